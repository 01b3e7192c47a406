//! The period that governs a number: of its sentence, of its paragraph, of the headings.

use crate::passing;
use crate::period::Words;
use crate::text::Text;
use crate::walk::{Numeral, Role};

use super::section::Sections;

/// Words before a period that make it a measure of comparison: 较去年增长5%.
const COMPARED: &[&str] = &["较", "比", "与", "同", "超", "占", "是", "为", "高于", "低于", "好于"];

/// Words behind 全年 that make it the name of a target: 完成全年任务的98%.
const TARGETS: &[&str] = &["目标", "任务", "预算", "计划", "指标", "序时"];

/// How far from the beginning of its line a period governs the whole paragraph.
const LEAD: usize = 12;

/// The periods passed so far.
#[derive(Default)]
pub(super) struct Era {
    /// The last one, and the sentence it stands in.
    last: Option<(usize, String)>,
    /// The one that a paragraph begins with, and the beginning of its line.
    lead: Option<(usize, String)>,
    /// One that is only compared with, and where its clause ends.
    passing: Option<(usize, String)>,
    /// A sentence that speaks of a year after the report's.
    ahead: Option<usize>,
}

impl Era {
    /// Takes note of period words; those of a comparison govern nothing.
    pub(super) fn pass(&mut self, text: &Text<'_>, sections: &Sections, numeral: &Numeral) {
        let Role::Period(words) = numeral.role else { return };
        let start = numeral.start;
        let named = text.any_at(numeral.end, TARGETS).is_some();
        if text.any_before(start, COMPARED).is_some() || named {
            return;
        }
        let sentence = sections.passage(start);
        let said = text.slice(start, numeral.end).to_owned();
        if let Some(end) = passing::reach(text, start..numeral.end) {
            self.passing = Some((end, said));
            return;
        }
        let line = sections.line_start(start);
        if start <= line + LEAD && !matches!(words, Words::Day(..) | Words::Days(..)) {
            self.lead = Some((line, said.clone()));
        }
        self.last = Some((sentence, said));
        // 提高到2020年的96% compares two years, and 到2024年已做到1050万元 is done.
        let compared = matches!(text.at(numeral.end), '的' | '已');
        let aimed = text.any_before(start, &["确保", "力争", "争取"]).is_some();
        if aimed
            || (!compared
                && text.before(start) == '到'
                && words.is_dated()
                && sections.is_later(words))
        {
            self.ahead = Some(sections.sentence(start));
        }
    }

    /// The words of the period that governs a position.
    pub(super) fn period<'s>(&'s self, sections: &'s Sections, i: usize) -> Option<&'s str> {
        let (passage, line) = (sections.passage(i), sections.line_start(i));
        let of = |note: &'s Option<(usize, String)>, place: usize| {
            note.as_ref().filter(|(at, _)| *at == place).map(|(_, words)| words.as_str())
        };
        let passing = self.passing.as_ref().filter(|(end, _)| i < *end);
        if let Some((_, words)) = passing {
            return Some(words);
        }
        of(&self.last, passage).or_else(|| of(&self.lead, line)).or_else(|| sections.period(i))
    }

    /// Whether the sentence of a position speaks of a later year.
    pub(super) fn is_ahead(&self, sections: &Sections, i: usize) -> bool {
        self.ahead == Some(sections.sentence(i))
    }
}

impl Words {
    /// The last year that the words name.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Words::Year(year) | Words::Years(_, year) | Words::Since(year, _) => Some(year),
            Words::Months(year, ..) | Words::Day(year, ..) => year.said(),
            Words::Days(_, (year, ..)) => year.said(),
            Words::LastYears(_) | Words::YearsBack(_) | Words::ToDate => None,
        }
    }
}
