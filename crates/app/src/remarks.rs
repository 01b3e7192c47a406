//! The remarks of a check in a terminal: each sentence once, with marks under the words.

use report::{Checked, Conclusion, Excerpt, Remark, RemarkSort};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether the terminal shows colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Plain characters.
    #[default]
    Plain,
    /// With ANSI colours (ECMA-48).
    Colour,
}

/// Most columns of a sentence that are shown around the words.
const CONTEXT: usize = 36;

/// All remarks; of a text without a ledger, whose claims nobody could measure, only those of the
/// rules.
pub(crate) fn tell(checked: &Checked, paint: Paint) -> String {
    let mut told = String::new();
    let mut shown: Option<Excerpt> = None;
    for remark in checked.remarks().iter().filter(|remark| is_told(checked, remark)) {
        let excerpt = checked.excerpt(remark.start, remark.end);
        if let Some(excerpt) = excerpt.filter(|excerpt| shown.as_ref() != Some(excerpt)) {
            told.push_str(&marked(checked, &excerpt, remark.sort, paint));
            shown = Some(excerpt);
        }
        let label = painted(&format!("[{}]", remark.label), remark.sort, paint);
        let (place, text, reason) = (&remark.whereabouts, &remark.text, &remark.reason);
        told.push_str(&format!("{place} {label} “{text}”:{reason}\n"));
    }
    told
}

fn is_told(checked: &Checked, remark: &Remark) -> bool {
    checked.asked_ledgers() || matches!(remark.sort, RemarkSort::Rule(_))
}

/// The words with what stands around them in their sentence, and a line of marks below.
fn marked(checked: &Checked, excerpt: &Excerpt, sort: RemarkSort, paint: Paint) -> String {
    let chars = &checked.source.passages[excerpt.passage].chars;
    let (words, sentence) = (&excerpt.words, &excerpt.sentence);
    let mut from = words.start;
    let mut width = 0;
    while from > sentence.start && width < CONTEXT {
        from -= 1;
        width += chars[from].width().unwrap_or(0);
    }
    let mut to = words.end;
    width = 0;
    while to < sentence.end && width < CONTEXT {
        width += chars[to].width().unwrap_or(0);
        to += 1;
    }
    let text = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let (before, said, after) = (
        format!("{}{}", cut(from > sentence.start), text(from..words.start)),
        text(words.clone()),
        format!("{}{}", text(words.end..to), cut(to < sentence.end)),
    );
    let mark = if sort.is_wrong() { "^" } else { "~" };
    let gap = " ".repeat(before.width());
    let marks = painted(&mark.repeat(said.width().max(1)), sort, paint);
    format!("    {before}{}{after}\n    {gap}{marks}\n", painted(&said, sort, paint))
}

fn painted(text: &str, sort: RemarkSort, paint: Paint) -> String {
    let code = match sort {
        _ if paint == Paint::Plain => return text.to_owned(),
        sort if sort.is_wrong() => "31",
        RemarkSort::Claim(Conclusion::Unprovable) => "33",
        RemarkSort::Rule(_) => "35",
        _ => "36",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
