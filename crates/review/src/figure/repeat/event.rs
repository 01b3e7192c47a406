//! An event that is told with two dates.

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
        let Some(event) = event_behind(chars, later.at.end) else { continue };
        // 幼儿园自4月21日开工以来 has a subject of its own.
        let lead: String = chars[later.at.start.saturating_sub(2)..later.at.start].iter().collect();
        if event.chars().count() == 2
            && event != "会议"
            && !matches!(lead.as_str(), "。自" | "。从")
        {
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
        let message = format!("{event}前面写在{a},这里写在{b},前后不一致;请核对日期");
        let also = vec![paper.origin(&first.at)];
        marks.push(Mark { at: paper.origin(&later.at), message, also });
    }
    marks
}

/// The event right behind a date that is spoken of as known: 警示教育大会结束当天.
fn event_behind(chars: &[char], at: usize) -> Option<String> {
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
            return (word.chars().count() == 2).then_some(word);
        }
    }
    for lead in ["召开的", "举行的", "举办的", "开展的", "的", "这次", "该次", "全镇", "全县"]
    {
        event = event.strip_prefix(lead).unwrap_or(event);
    }
    // 自6月28日开工以来
    const BEGUN: &[&str] = &[
        "开工", "开业", "启动", "成立", "揭牌", "竣工", "投用", "开园", "通车", "开班", "开幕",
        "挂牌",
    ];
    let verb = BEGUN.iter().find(|verb| event.starts_with(**verb));
    if let Some(verb) = verb {
        let rest = &event[verb.len()..];
        let back = ["以来", "以后", "当天", "后", "至今", "那天"];
        return back.iter().any(|word| rest.starts_with(word)).then(|| (*verb).to_owned());
    }
    let end = KNOWN.iter().filter_map(|word| event.find(word)).min()?;
    let event = &event[..end];
    let kind = event.ends_with(['会', '动', '式', '练', '训', '节', '赛', '班']);
    (kind && event.chars().count() >= 4).then(|| event.to_owned())
}

/// Whether the sentence of a date names an event.
fn is_of_event(chars: &[char], date: &Written, event: &str) -> bool {
    let is_end = |c: &char| matches!(c, '。' | '\n');
    let start = chars[..date.at.start].iter().rposition(is_end).map_or(0, |k| k + 1);
    let end = chars[date.at.end..].iter().position(is_end).map_or(chars.len(), |k| date.at.end + k);
    let words: String = chars[start..end].iter().collect();
    words.contains(event)
}
