//! An event that is told with two dates.

use std::ops::Range;

use crate::figure::reading::alike::common;
use crate::figure::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

/// `8月12日召开警示教育大会…8月21日警示教育大会结束当天`: an event with two dates.
pub(super) fn dates(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut found: Vec<Written> = Vec::new();
    let mut end = 0;
    while let Some(date) = small::next_date(chars, end) {
        end = date.at.end;
        found.extend(Some(date).filter(|date| date.day.is_some()));
    }
    let mut marks = Vec::new();
    for (k, later) in found.iter().enumerate() {
        let Some(event) = event_behind(chars, later.at.clone()) else { continue };
        let lead: String = chars[later.at.start.saturating_sub(2)..later.at.start].iter().collect();
        let bare = event.subject.is_empty() && event.name.chars().count() == 2;
        if bare && event.name != "会议" && !matches!(lead.as_str(), "。自" | "。从") {
            continue;
        }
        let of_it: Vec<&Written> =
            found[..k].iter().filter(|first| is_of_event(chars, first, &event)).collect();
        let [first] = of_it.as_slice() else { continue };
        if (first.month, first.day) == (later.month, later.day)
            || first.year.zip(later.year).is_some_and(|(a, b)| a != b)
        {
            continue;
        }
        let (a, b) = (paper.words(first.at.clone()), paper.words(later.at.clone()));
        let Event { subject, name } = &event;
        let message = format!("{subject}{name}前面写在{a},这里写在{b},前后不一致;请核对日期");
        let also = vec![paper.origin(&first.at)];
        marks.push(Mark { at: paper.origin(&later.at), message, also });
    }
    marks
}

/// What happened on a date.
struct Event {
    /// What it happened to, where the words tell: 云溪变 in 云溪变自5月18日投运以来.
    subject: String,
    name: String,
}

/// The event right behind a date that is spoken of as known: 警示教育大会结束当天.
fn event_behind(chars: &[char], date: Range<usize>) -> Option<Event> {
    let at = date.end;
    let named = |name: &str| Some(Event { subject: String::new(), name: name.to_owned() });
    const KNOWN: &[&str] = &[
        "结束",
        "当天",
        "当日",
        "之后",
        "后",
        "期间",
        "现场",
        "上,",
        "上，",
        "闭幕",
        "一结束",
        "散会",
    ];
    let words: String = chars[at..chars.len().min(at + 30)].iter().collect();
    let clause = words.split(['。', ',', '，', ';', '；', '\n']).next()?;
    let mut event = clause;
    // 6月28日的这次会议
    for back in ["的这次", "的这场", "的该次", "召开的这次", "举行的这次", "举行的这场"]
    {
        if let Some(rest) = clause.strip_prefix(back) {
            let word: String = rest.chars().take(2).collect();
            return named(&word).filter(|_| word.chars().count() == 2);
        }
    }
    for lead in ["召开的", "举行的", "举办的", "开展的", "的", "这次", "该次", "全镇", "全县"]
    {
        event = event.strip_prefix(lead).unwrap_or(event);
    }
    // 自6月28日开工以来
    const BEGUN: &[&str] = &[
        "开工",
        "开业",
        "启动",
        "成立",
        "揭牌",
        "竣工",
        "投用",
        "开园",
        "通车",
        "开班",
        "开幕",
        "挂牌",
        "投运",
        "投产",
        "开馆",
        "上线",
        "投入使用",
        "投入运行",
    ];
    let back = ["以来", "以后", "当天", "后", "至今", "那天"];
    let begun = BEGUN.iter().find_map(|verb| {
        let (lead, rest) = event.split_once(verb)?;
        back.iter().any(|word| rest.starts_with(word)).then_some((lead, *verb))
    });
    if let Some((lead, verb)) = begun {
        let subject =
            if lead.is_empty() { subject_before(chars, date.start) } else { lead.to_owned() };
        let told = subject.is_empty() || subject.chars().count() >= SUBJECT;
        return told.then(|| Event { subject, name: verb.to_owned() });
    }
    let end = KNOWN.iter().filter_map(|word| event.find(word)).min()?;
    let event = &event[..end];
    let kind = event.ends_with(['会', '动', '式', '练', '训', '节', '赛', '班']);
    named(event).filter(|_| kind && event.chars().count() >= 4)
}

/// Characters that name what something happened to.
const SUBJECT: usize = 3;

/// What stands before a date in its clause: 云溪变 in 云溪变自5月18日投运以来.
fn subject_before(chars: &[char], at: usize) -> String {
    let is_mark = |c: &&char| !c.is_alphanumeric();
    let clause = chars[..at].iter().rev().take_while(|c| !is_mark(c)).count();
    let words: String = chars[at - clause..at].iter().collect();
    words.trim_end_matches(['自', '从', '于']).to_owned()
}

/// Whether the sentence of a date names an event.
fn is_of_event(chars: &[char], date: &Written, event: &Event) -> bool {
    let is_end = |c: &char| matches!(c, '。' | '\n');
    let start = chars[..date.at.start].iter().rposition(is_end).map_or(0, |k| k + 1);
    let end = chars[date.at.end..].iter().position(is_end).map_or(chars.len(), |k| date.at.end + k);
    let words: String = chars[start..end].iter().collect();
    let is_same = || common(&words, &event.subject) >= SUBJECT;
    words.contains(&event.name) && (event.subject.is_empty() || is_same())
}
