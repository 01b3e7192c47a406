//! Cleaning of text that came from web pages, PDF files or chat windows.
//!
//! What can be undone for certain is undone, and each edit is kept: notes of
//! pronunciation behind characters (鎮(zhèn)), traditional characters, doubled
//! marks, spaces and line breaks inside figures. What is lost or hidden cannot
//! be restored and is flagged; it is never guessed.

use std::ops::Range;

use crate::Flag;
use crate::scan::unit_at;
use crate::text::Text;

mod lost;
mod note;
mod page;
mod traditional;

pub use traditional::{Region, simplified};

/// What an edit undid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A note of pronunciation behind a character.
    Pinyin,
    /// A traditional character.
    Traditional,
    /// A mark that stands twice.
    Punctuation,
    /// A space beside or inside a figure.
    Space,
    /// A line break inside a figure or a sentence.
    LineBreak,
    /// The number or the watermark of a page.
    Page,
}

/// One edit, in character offsets of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// First character that was replaced.
    pub start: usize,
    /// After the last character that was replaced.
    pub end: usize,
    /// What stood there.
    pub before: String,
    /// What stands there now; empty where characters were taken out.
    pub after: String,
    /// Why.
    pub rule: Rule,
}

/// A cleaned text and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The cleaned text.
    pub text: String,
    /// For each character of the cleaned text, its offset in the input.
    pub origin: Vec<usize>,
    /// Edits in order of their place.
    pub edits: Vec<Edit>,
    /// Places that cannot be restored, in offsets of the cleaned text.
    pub flags: Vec<Flag>,
}

/// Cleans a text. Cleaning a cleaned text changes nothing.
pub fn clean(input: &str) -> Cleaned {
    clean_around(input, &[])
}

/// [`clean`] of a text with tables. `cells` are the characters of their cells, in order: a line
/// of a cell is one, however much it looks like a piece of a broken one.
pub fn clean_around(input: &str, cells: &[Range<usize>]) -> Cleaned {
    let text = Text::new(input);
    let mut pass = Pass { text: &text, chars: Vec::new(), origin: Vec::new(), edits: Vec::new() };
    pass.run(cells);
    let Pass { mut chars, origin, mut edits, .. } = pass;
    traditional::simplify(&mut chars, &origin, &mut edits);
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let text: String = chars.into_iter().collect();
    let flags = lost::flags(&Text::new(&text));
    Cleaned { text, origin, edits, flags }
}

/// The pass that only takes characters out.
struct Pass<'t> {
    text: &'t Text<'t>,
    chars: Vec<char>,
    origin: Vec<usize>,
    edits: Vec<Edit>,
}

impl Pass<'_> {
    fn run(&mut self, cells: &[Range<usize>]) {
        self.chars.reserve(self.text.len());
        self.origin.reserve(self.text.len());
        let cuts = page::cuts(self.text, cells);
        let mut cuts = cuts.into_iter().peekable();
        let mut i = 0;
        while i < self.text.len() {
            while let Some((start, end, rule)) = cuts.next_if(|cut| cut.0 <= i) {
                if end > i && start == i {
                    self.take_out(i, end, rule);
                    i = end;
                }
            }
            if i >= self.text.len() {
                break;
            }
            let last = self.chars.last().copied();
            let c = self.text.at(i);
            let taken = match c {
                '(' | '（' => note::end(self.text, i, last).map(|end| (end, Rule::Pinyin)),
                ' ' | '\t' | '\u{3000}' | '\u{a0}' => {
                    space_end(self.text, i, last).map(|end| (end, Rule::Space))
                }
                '\n' | '\r' => break_end(self.text, i, last).map(|end| (end, Rule::LineBreak)),
                c if is_mark(c) => self.mark(i, last).map(|end| (end, Rule::Punctuation)),
                _ => None,
            };
            match taken {
                Some((end, rule)) => {
                    self.take_out(i, end, rule);
                    i = end;
                }
                None => {
                    self.chars.push(c);
                    self.origin.push(i);
                    i += 1;
                }
            }
        }
    }

    fn take_out(&mut self, start: usize, end: usize, rule: Rule) {
        let before = self.text.slice(start, end).to_owned();
        self.edits.push(Edit { start, end, before, after: String::new(), rule });
    }

    /// A mark that repeats the one before it, or stands before the end of the
    /// sentence: ,, and ,。 each keep one mark.
    fn mark(&self, i: usize, last: Option<char>) -> Option<usize> {
        let c = self.text.at(i);
        let next = self.text.at(i + 1);
        let repeated = last == Some(c) && !matches!(c, '!' | '！' | '?' | '？');
        let weak =
            matches!(c, ',' | '，' | '、') && matches!(next, '。' | '；' | ';' | '！' | '？');
        (repeated || weak).then_some(i + 1)
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '，' | '。' | '；' | ';' | '、' | '：' | ':' | '!' | '！' | '?' | '？')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Spaces between a figure and Chinese characters. Those between two figures
/// stay, because an operator may be lost there (3 1 for 3+1); they are flagged.
fn space_end(text: &Text<'_>, i: usize, last: Option<char>) -> Option<usize> {
    let last = last?;
    let end = (i..).find(|&k| !matches!(text.at(k), ' ' | '\t' | '\u{3000}' | '\u{a0}'))?;
    let next = text.at(end);
    let figure = |c: char| is_digit(c) || matches!(c, '%' | '％');
    let word = |c: char| is_han(c) || matches!(c, '%' | '％' | '‰');
    if is_split_point(text, i, end) {
        return Some(end);
    }
    ((figure(last) && word(next)) || (is_han(last) && is_digit(next))).then_some(end)
}

/// Whether a space stands behind the point of a figure: 投资12. 34亿元. An entry (2. 5个村) has
/// no words right before it.
fn is_split_point(text: &Text<'_>, i: usize, end: usize) -> bool {
    if !matches!(text.before(i), '.' | '．') {
        return false;
    }
    let first = (0..i - 1).rev().find(|&k| !is_digit(text.at(k)));
    let whole = first.is_some_and(|k| is_han(text.at(k)) && k + 2 < i);
    let after = (end..).find(|&k| !is_digit(text.at(k))).unwrap_or(end);
    let size = text.any_at(after, &["万", "亿"]).unwrap_or(0);
    let measured = matches!(text.at(after), '%' | '％') || unit_at(text, after + size).is_some();
    whole && measured && (end + 1..end + 4).contains(&after)
}

/// Fewest characters of a line that was broken by its width. A shorter line ends
/// on purpose, so a figure at its end is complete.
const WRAPPED: usize = 15;

/// A line break inside a figure: 4779⏎1元, 77.8⏎%.
fn break_end(text: &Text<'_>, i: usize, last: Option<char>) -> Option<usize> {
    if !last.is_some_and(is_digit) {
        return None;
    }
    let end =
        (i..i + 3).find(|&k| !matches!(text.at(k), '\r' | '\n')).filter(|_| i < text.len())?;
    if (i..end).filter(|&k| text.at(k) == '\n').count() != 1 {
        return None;
    }
    if matches!(text.at(end), '%' | '％' | '‰') {
        return Some(end);
    }
    let long = (1..=WRAPPED).all(|back| i >= back && text.at(i - back) != '\n');
    let digits = (end..).take_while(|&k| is_digit(text.at(k))).count();
    let after = end + digits;
    let size = text.any_at(after, &["万", "亿"]).unwrap_or(0);
    let unit = crate::scan::unit_at(text, after + size).is_some();
    (long && unit && (digits > 0 || size > 0)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(input: &str, expected: &str) {
        let cleaned = clean(input);
        assert_eq!(cleaned.text, expected, "{input}");
        let chars: Vec<char> = input.chars().collect();
        assert_eq!(cleaned.origin.len(), expected.chars().count());
        for (c, &from) in cleaned.text.chars().zip(&cleaned.origin) {
            let edited = cleaned.edits.iter().any(|e| e.start <= from && from < e.end);
            assert!(chars[from] == c || edited, "{input}: {c} from {from}");
        }
        assert_eq!(clean(expected).text, expected, "cleaning twice");
    }

    #[test]
    fn noise_is_taken_out() {
        for (input, expected) in [
            ("甲鎮(zhèn)黨委", "甲镇党委"),
            ("甲鎮(zhen)(zhen)", "甲镇"),
            ("1.20萬(wan)(wan)戶", "1.20万户"),
            ("村(社區(qū))干部", "村(社区)干部"),
            ("環（huán）境", "环境"),
            ("女(nǚ)性", "女性"),
            ("總值(gdp)增長(zhǎng)", "总值(gdp)增长"),
            ("项目(EOD)(套)", "项目(EOD)(套)"),
            ("镇(cun)", "镇(cun)"),
            ("(zhèn)", "(zhèn)"),
            ("38戶156 人", "38户156人"),
            ("共收到 11 条", "共收到11条"),
            ("达 77.8 %", "达77.8%"),
            ("打造“3 1”成果", "打造“3 1”成果"),
            ("完成,,好,。", "完成,好。"),
            ("好!!真的?!……", "好!!真的?!……"),
            ("达77.8\n%的", "达77.8%的"),
            (
                "全年全镇农村居民人均可支配收入达到4779\n1元,",
                "全年全镇农村居民人均可支配收入达到47791元,",
            ),
            ("共12户\n34人", "共12户\n34人"),
            ("12\n34户", "12\n34户"),
        ] {
            check(input, expected);
        }
    }

    #[test]
    fn lines_broken_at_the_width_of_a_page_are_joined() {
        let page = "全镇完成粮食种植面积五千一百亩,新建水渠三公里,惠及群\n\
                    众八百人;全年召开党委会议十二次,发展党员七名,培训村\n\
                    干部三十人次,解决群众急难愁盼问题三十六个,办结率达到\n\
                    百分之百。\n\
                    一是抓好产业发展,引进企业两家,实现销售收入三百万元,\n\
                    带动就业五十人。";
        let joined = page
            .replace("群\n", "群")
            .replace("村\n", "村")
            .replace("到\n", "到")
            .replace("元,\n", "元,");
        check(page, &joined);
        check("甲村三户\n乙村五户\n丙村二户\n丁村九户", "甲村三户\n乙村五户\n丙村二户\n丁村九户");
    }

    #[test]
    fn page_numbers_and_watermarks_are_taken_out() {
        check("共三户XLC\n好XLC\n- 12 -\n第3页 共9页\n新建XLC\n完成", "共三户\n好\n新建\n完成");
        check("用5G\n买5G\n建5G\n5G好", "用5G\n买5G\n建5G\n5G好");
    }

    #[test]
    fn what_is_lost_is_flagged_and_stays() {
        for (input, flagged) in [
            ("收入1XX32元", "1XX32元"),
            ("增长21.X%", "21.X%"),
            ("人均21*元", "21*元"),
            ("投入XX万元", "XX万元"),
            ("规模?；N植", "?；"),
            ("快来摘\u{fffd}吧", "\u{fffd}"),
            ("打造“3 1”成果", "3 1"),
            ("产值3、19亿元", "3、19亿元"),
            ("收入IlOO多万元", "IlOO多万元"),
        ] {
            let cleaned = clean(input);
            assert_eq!(cleaned.text, input);
            let flags: Vec<_> = cleaned.flags.iter().map(|f| f.text.as_str()).collect();
            assert_eq!(flags, [flagged], "{input}");
        }
        assert_eq!(clean("一、总体,共3、5月两次。真的吗？好！").flags, []);
    }

    proptest! {
        #[test]
        fn every_character_has_an_origin(input in "[甲鎮萬zhèn()（） ,。\n0-9%X*?；户元]{0,40}") {
            let cleaned = clean(&input);
            prop_assert_eq!(cleaned.text.chars().count(), cleaned.origin.len());
            prop_assert!(cleaned.origin.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(cleaned.origin.iter().all(|&at| at < input.chars().count()));
        }
    }
}
