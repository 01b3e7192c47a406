//! The remarks of a check in a terminal: what is wrong before what is doubtful, each sentence
//! once, with marks under the words.

use std::collections::BTreeMap;

use pack::Grade;
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

/// How remarks are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Whether with colours.
    pub paint: Paint,
    /// Whether each is told, however many are of one kind.
    pub all: bool,
}

/// Most columns of a sentence that are shown around the words.
const CONTEXT: usize = 36;

/// Remarks of one kind that are told before the others are only counted.
const FEW: usize = 3;

/// What is told together, in this order: what has to be mended stands first, and last what
/// nobody could check.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Wrong,
    Open,
    Hint,
    Unbound,
}

impl Group {
    const ALL: [Group; 4] = [Group::Wrong, Group::Open, Group::Hint, Group::Unbound];

    fn of(sort: RemarkSort) -> Group {
        match sort {
            _ if sort.is_wrong() => Group::Wrong,
            RemarkSort::Rule(_) => Group::Hint,
            RemarkSort::Loose | RemarkSort::Claim(Conclusion::Unbound) => Group::Unbound,
            RemarkSort::Claim(_) => Group::Open,
        }
    }

    /// Whether more of one kind are told by their count.
    fn is_folded(self) -> bool {
        matches!(self, Group::Hint | Group::Unbound)
    }

    fn head(self, remarks: &[&Remark]) -> String {
        let count = remarks.len();
        match self {
            Group::Wrong => {
                let refuted =
                    remarks.iter().filter(|r| matches!(r.sort, RemarkSort::Claim(_))).count();
                let is_leak = |r: &&&Remark| r.sort == RemarkSort::Rule(Grade::Leak);
                let leaks = remarks.iter().filter(is_leak).count();
                let wrong = count - refuted - leaks;
                let parts = [("与台账不符", refuted), ("自相矛盾", wrong), ("不宜公开", leaks)];
                let parts = parts.into_iter().filter(|(_, count)| *count > 0);
                let parts = parts.map(|(what, count)| format!("{what} {count} 处"));
                format!("【{}】", parts.collect::<Vec<_>>().join("、"))
            }
            Group::Open => format!("【无法证实 {count} 处】台账还没有结账,或者缺记录,还不能断定"),
            Group::Hint => format!("【核稿提示 {count} 处】"),
            Group::Unbound => {
                format!("【未绑定 {count} 处】台账里没有对得上的指标,没有核对,请人工核对")
            }
        }
    }
}

/// All remarks; of a text without a ledger, whose claims nobody could measure, only those of the
/// rules.
pub(crate) fn tell(checked: &Checked, telling: Telling) -> String {
    let remarks = checked.remarks();
    let mut told = String::new();
    for group in Group::ALL {
        let of_group = |remark: &&Remark| Group::of(remark.sort) == group;
        let is_told = |remark: &&Remark| {
            checked.asked_ledgers() || matches!(remark.sort, RemarkSort::Rule(_))
        };
        let own: Vec<&Remark> = remarks.iter().filter(of_group).filter(is_told).collect();
        if own.is_empty() {
            continue;
        }
        told.push_str(&format!("{}\n", group.head(&own)));
        told.push_str(&tell_group(checked, &own, group.is_folded() && !telling.all, telling.paint));
    }
    told
}

/// The remarks of a group in the order of the text; of those that are many of one kind, when
/// `folded`, a few and how many more there are.
fn tell_group(checked: &Checked, remarks: &[&Remark], folded: bool, paint: Paint) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for remark in remarks {
        *counts.entry(kind(remark)).or_default() += 1;
    }
    // One more is told as quickly as counted.
    let limit = |kind: &str| match counts.get(kind) {
        Some(count) if folded && *count > FEW + 1 => FEW,
        _ => usize::MAX,
    };
    let mut told = String::new();
    let mut shown: Option<Excerpt> = None;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for remark in remarks {
        let time = times.entry(kind(remark)).or_default();
        *time += 1;
        if *time > limit(kind(remark)) {
            continue;
        }
        let excerpt = checked.excerpt(remark.start, remark.end);
        if let Some(excerpt) = excerpt.filter(|excerpt| shown.as_ref() != Some(excerpt)) {
            told.push_str(&marked(checked, &excerpt, remark.sort, paint));
            shown = Some(excerpt);
        }
        let label = painted(&format!("[{}]", remark.label), remark.sort, paint);
        let (place, text, reason) = (&remark.whereabouts, &remark.text, &remark.reason);
        told.push_str(&format!("{place} {label} “{text}”:{reason}\n"));
    }
    let more = counts.iter().filter_map(|(kind, count)| {
        let more = count.saturating_sub(limit(kind));
        // Of a reason the advice behind it is told with the first ones.
        let kind = kind.split_once(';').map_or(*kind, |(what, _)| what);
        (more > 0).then(|| format!("“{kind}”还有 {more} 处"))
    });
    let more: Vec<String> = more.collect();
    if !more.is_empty() {
        told.push_str(&format!("… {}(要全部列出请加 --all)\n", more.join(",")));
    }
    told
}

/// What makes remarks of one kind: the rule, or for a figure that was not checked, why.
fn kind(remark: &Remark) -> &str {
    match remark.sort {
        RemarkSort::Rule(_) => &remark.label,
        _ => &remark.reason,
    }
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
