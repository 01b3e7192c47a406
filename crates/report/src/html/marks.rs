//! The words of the sheet with what was found out about them marked: claims by their conclusion,
//! figures that are bound to nothing, and on top of both what the rules of proofreading found.

use std::ops::Range;

use super::escape;
use super::findings::{class, is_at};
use crate::source::Passage;
use crate::verdict::{Checked, Conclusion};

/// Where findings stand: plain characters of a passage or of the title, with the number of the
/// finding.
type Stretch = (Range<usize>, usize);

/// The marks of a checked text.
pub(super) struct Marks<'a> {
    checked: &'a Checked,
    title: Vec<Stretch>,
    passages: Vec<Vec<Stretch>>,
}

impl<'a> Marks<'a> {
    pub(super) fn of(checked: &'a Checked) -> Marks<'a> {
        let mut title = Vec::new();
        let mut passages = vec![Vec::new(); checked.source.passages.len()];
        for (number, finding) in checked.findings.iter().enumerate() {
            match checked.excerpt(finding.start, finding.end) {
                Some(excerpt) => passages[excerpt.passage].push((excerpt.words, number)),
                // The title is printed apart from all passages, and only its words are known.
                None => {
                    let at = checked.document.title.split_once(&finding.text);
                    title.extend(at.map(|(before, _)| {
                        let start = before.chars().count();
                        (start..start + finding.text.chars().count(), number)
                    }));
                }
            }
        }
        Marks { checked, title, passages }
    }

    /// Whether a finding is marked somewhere, so that one can jump to it.
    pub(super) fn has(&self, finding: usize) -> bool {
        let mut all = self.title.iter().chain(self.passages.iter().flatten());
        all.any(|(_, number)| *number == finding)
    }

    /// The title.
    pub(super) fn title(&self) -> String {
        let chars: Vec<char> = self.checked.document.title.chars().collect();
        self.words(&chars, &self.title, 0..chars.len())
    }

    /// One passage: its runs, with all marks.
    pub(super) fn passage(&self, number: usize) -> String {
        let (checked, passage) = (self.checked, &self.checked.source.passages[number]);
        let mut out = String::new();
        let mut at = 0;
        let mut open: Option<usize> = None;
        for span in &passage.spans {
            let marked = span.claim.filter(|c| is_marked(checked, *c));
            if open != marked {
                if open.is_some() {
                    out.push_str("</span>");
                }
                if let Some(claim) = marked {
                    out.push_str(&claim_tag(checked, claim));
                }
                open = marked;
            }
            let end = at + span.text.chars().count();
            let text = match marked {
                Some(_) => self.words(&passage.chars, &self.passages[number], at..end),
                None => self.with_loose(number, passage, at, end),
            };
            if span.bold {
                out.push_str(&format!("<strong>{text}</strong>"));
            } else {
                out.push_str(&text);
            }
            at = end;
        }
        if open.is_some() {
            out.push_str("</span>");
        }
        out
    }

    /// The plain characters from `from` up to `to`, loose figures marked.
    fn with_loose(&self, number: usize, passage: &Passage, from: usize, to: usize) -> String {
        let text = |range| self.words(&passage.chars, &self.passages[number], range);
        let mut out = String::new();
        let mut at = from;
        for (index, loose) in self.checked.loose.iter().enumerate() {
            let (start, end) = (loose.range.start.max(at), loose.range.end.min(to));
            if loose.passage != number || start >= end {
                continue;
            }
            out.push_str(&text(at..start));
            out.push_str(&format!(
                "<span class=\"figure unbound\" {SPOT} data-verdict=\"unbound\" data-loose=\"{index}\" \
                 title=\"未绑定:{}\">{}</span>",
                escape(&loose.reason),
                text(start..end)
            ));
            at = end;
        }
        out.push_str(&text(at..to));
        out
    }

    /// Characters with the findings marked that stand in them. Findings may overlap in any way,
    /// elements may not: the characters are cut wherever one begins or ends. The first piece of a
    /// finding is the one to jump to.
    fn words(&self, chars: &[char], stretches: &[Stretch], range: Range<usize>) -> String {
        let (from, to) = (range.start, range.end);
        let there: Vec<&Stretch> =
            stretches.iter().filter(|(at, _)| at.start < to && from < at.end).collect();
        let mut cuts: Vec<usize> = there
            .iter()
            .flat_map(|(at, _)| [at.start, at.end])
            .filter(|cut| from < *cut && *cut < to)
            .chain([from, to])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut out = String::new();
        for piece in cuts.windows(2) {
            let (start, end) = (piece[0], piece[1]);
            let over = there.iter().filter(|(at, _)| at.start <= start && end <= at.end);
            let mut count = 0;
            for (at, number) in over {
                out.push_str(&self.found_tag(*number, at.start == start));
                count += 1;
            }
            out.push_str(&escape(&chars[start..end].iter().collect::<String>()));
            out.push_str(&"</mark>".repeat(count));
        }
        out
    }

    fn found_tag(&self, number: usize, is_first: bool) -> String {
        let finding = &self.checked.findings[number];
        let class = class(finding.grade);
        let title = format!("{}:{}", finding.label, finding.message);
        let spot = match is_first {
            true => format!("id=\"f{number}\" {SPOT} data-verdict=\"{class}\""),
            false => String::new(),
        };
        format!(
            "<mark class=\"found {class}\" {spot} data-finding=\"{number}\" title=\"{}\">",
            escape(&title)
        )
    }
}

/// What makes an element a spot that opens the panel, by mouse and by keyboard.
const SPOT: &str = "role=\"button\" tabindex=\"0\" aria-controls=\"panel\" aria-expanded=\"false\"";

/// Whether a claim is marked: it has a conclusion, and there was a ledger that could have given
/// another one than that nothing is known.
fn is_marked(checked: &Checked, claim: usize) -> bool {
    checked.asked_ledgers() && checked.conclusion_of(claim).is_some()
}

fn claim_tag(checked: &Checked, claim: usize) -> String {
    let conclusion = checked.conclusion_of(claim).unwrap_or(Conclusion::Unbound);
    let reason = checked
        .verdicts_of(claim)
        .find(|v| v.finding.conclusion == conclusion)
        .map_or("", |v| v.finding.reason.as_str());
    let (code, label) = (conclusion.code(), conclusion.label());
    let excepted = checked.verdicts_of(claim).any(|v| checked.exception_for(v).is_some());
    let (class, note) = if excepted { (" excepted", "(批准例外)") } else { ("", "") };
    format!(
        "<span class=\"claim {code}{class}\" {SPOT} data-verdict=\"{code}\" data-claim=\"{claim}\" \
         title=\"{label}{note}:{}\">",
        escape(reason)
    )
}

/// The numbers of the findings at the words of a claim.
pub(crate) fn found_at(checked: &Checked, claim: usize) -> Vec<usize> {
    let Some(claim) = checked.source.claims.get(claim) else { return Vec::new() };
    is_at(checked, claim.start..claim.end)
}
