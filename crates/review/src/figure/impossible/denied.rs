//! What is said not to have happened, and is told with a number elsewhere.

use ::figure::{Class, Decimal};

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

/// Words of denial before what did not happen.
const NEVER: &[&str] = &[
    "未发生一起",
    "未发生任何",
    "未发生",
    "没有发生一起",
    "没有发生",
    "未出现一起",
    "未出现",
    "无一起",
    "零发生",
];

/// What may stand between 发生 and what happened.
const LINKS: &[&str] = &["一起", "一例", "1起", "任何", "各类", "过", "了", "共"];

/// `未发生生产安全事故…发生生产安全事故3起`.
pub(super) fn denied(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let text = &paper.cleaned.text;
    for word in ["未发生", "没有发生", "未出现", "没有新增", "未新增"] {
        for (byte, _) in text.match_indices(word) {
            let rest = &text[byte + word.len()..];
            let rest =
                LINKS.iter().fold(rest, |rest, link| rest.strip_prefix(link).unwrap_or(rest));
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let thing = &rest[..end];
            if thing.chars().count() < 3 || thing.chars().count() > 14 {
                continue;
            }
            let start = text[..byte].chars().count();
            let here = passages.partition_point(|p| p.range.end <= start);
            if !is_now(
                passages
                    .get(here)
                    .map(|p| p.words(p.range.start..start))
                    .unwrap_or_default()
                    .as_str(),
            ) {
                continue;
            }
            let also = start..start + word.chars().count();
            for passage in passages {
                let mark = happened(passage, thing).map(|number| {
                    let message = format!("前后矛盾:此处有{thing},别处写“{word}{thing}”;请核对");
                    let mut mark = number.mark(paper, message, &[]);
                    mark.also.push(paper.origin(&also));
                    mark
                });
                marks.extend(mark);
            }
        }
    }
    marks.extend(in_words(paper));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// What a report is glad not to have had.
const INCIDENTS: &[&str] = &[
    "事故",
    "火灾",
    "上访",
    "非访",
    "案件",
    "疫情",
    "溺水",
    "舆情",
    "事件",
    "火情",
    "火警",
    "中毒",
    "伤亡",
    "灾害",
    "集体访",
    "越级访",
    "灾情",
];
/// Words of a clause that say nothing of what did not happen.
const FILL: &[&str] = &[
    "今年以来",
    "一年来",
    "全年",
    "今年",
    "全镇",
    "全乡",
    "我镇",
    "我乡",
    "辖区",
    "辖区内",
    "全街道",
    "全县",
    "全区",
    "全村",
    "实现",
    "保持",
    "做到",
    "继续",
    "了",
    "均",
    "共",
    "内",
];

/// Names of accidents at work in general, of which each kind of them is one.
const GENERAL: &[&str] = &["安全生产事故", "生产安全事故", "安全事故"];
/// Kinds of accidents at work.
const KINDS: &[&str] = &[
    "安全", "生产", "一般", "亡人", "农机", "工地", "施工", "坍塌", "触电", "爆炸", "坠落", "燃气",
    "机械",
];

/// What did not happen, with where it is said.
struct Denial {
    thing: String,
    at: std::ops::Range<usize>,
    /// The months of the year that it is said of.
    months: u32,
}

/// What happened, with where its number stands.
struct Event {
    thing: String,
    at: std::ops::Range<usize>,
    /// The month it happened in, where its sentence says so.
    month: Option<u32>,
}

impl Denial {
    /// Whether an event is what is denied, and in its time.
    fn is_of(&self, event: &Event, chars: &[char]) -> bool {
        // What was denied is no narrower than what happened: 安全事故 and 一般安全事故.
        let alike = |words: &str| words.replace("事件", "事故");
        let (thing, denied) = (alike(&event.thing), alike(&self.thing));
        // 群体性上访事件 are what 群体性上访 names.
        let short = denied.strip_suffix("事故").filter(|name| name.ends_with("访"));
        let denied = short.map_or(denied.clone(), ToOwned::to_owned);
        let named = denied.chars().all(|c| thing.contains(c))
            && thing.chars().count() <= denied.chars().count() + 6;
        let kind = GENERAL.contains(&denied.as_str())
            && thing.ends_with("事故")
            && thing.chars().count() <= 10
            && has_any(&thing, KINDS);
        let between = self.at.end.min(event.at.start)..self.at.end.max(event.at.start);
        let here = !chars[between].iter().any(|c| matches!(c, '。' | '\n'));
        let timely = match event.month {
            _ if self.months == 12 => true,
            Some(month) => month <= self.months,
            None => here,
        };
        (named || kind && here) && timely
    }
}

/// `7月发生一起安全生产事故` beside 未发生安全生产事故, 安全生产零事故 or 无安全生产事故.
fn in_words(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut denials = Vec::new();
    let mut happened = Vec::new();
    for at in 0..chars.len() {
        denials.extend(denial_at(chars, at));
        happened.extend(happened_at(chars, at));
    }
    let mut marks = Vec::new();
    for event in &happened {
        if let Some(denial) = denials.iter().find(|denial| denial.is_of(event, chars)) {
            let said: String = chars[denial.at.clone()].iter().collect();
            let message = format!("前后矛盾:此处有{},别处写“{said}”;请核对", event.thing);
            let also = vec![paper.origin(&denial.at)];
            marks.push(Mark { at: paper.origin(&event.at), message, also });
        }
    }
    marks
}

/// The words of a sentence before a position.
fn lead(chars: &[char], at: usize) -> String {
    let start = chars[..at].iter().rposition(|c| matches!(c, '。' | '\n' | ';' | '；'));
    chars[start.map_or(0, |start| start + 1)..at].iter().collect()
}

/// The letters and digits from a position on.
fn run(chars: &[char], at: usize) -> String {
    chars[at..].iter().take_while(|c| c.is_alphanumeric()).take(24).collect()
}

fn denial_at(chars: &[char], at: usize) -> Option<Denial> {
    // It is looked for from every character on, of which few begin one.
    if !matches!(chars[at], '未' | '没' | '零' | '无') {
        return None;
    }
    let words = run(chars, at);
    let long = ["未发生", "没有发生", "未出现"].iter().find(|word| words.starts_with(**word));
    let short = ["零", "无"].iter().find(|word| words.starts_with(**word));
    let word = long.or(short)?;
    let rest = &words[word.len()..];
    let rest = LINKS.iter().fold(rest, |rest, link| rest.strip_prefix(link).unwrap_or(rest));
    let before = lead(chars, at);
    let (months, before) = months(&before);
    let own = before.rsplit(is_clause_mark).next().unwrap_or_default();
    let own = FILL.iter().fold(own.to_owned(), |own, word| own.replace(word, ""));
    let thing = match (*word, own.is_empty()) {
        ("零", _) => format!("{own}{rest}"),
        ("无", false) => return None,
        _ => rest.to_owned(),
    };
    // 全年无森林火灾发生
    let thing = thing.trim_end_matches("发生").trim_end_matches("出现").to_owned();
    let named = INCIDENTS.iter().any(|end| thing.ends_with(end))
        && (4..=12).contains(&thing.chars().count())
        && !thing.contains(['、', '和', '及']);
    let aim = ["目标", "努力", "争取", "推动", "追求", "坚守"];
    let fits = named && is_now(&before) && !has_any(&before, &aim);
    let end = at + words.chars().count();
    fits.then_some(Denial { thing, at: at..end, months })
}

/// The months from January that words speak of, with the words left without them.
fn months(words: &str) -> (u32, String) {
    const STRETCHES: &[(&str, u32)] = &[("上半年", 6), ("前三季度", 9), ("一季度", 3)];
    match STRETCHES.iter().find(|(stretch, _)| words.contains(stretch)) {
        Some((stretch, months)) => (*months, words.replace(stretch, "")),
        None => (12, words.to_owned()),
    }
}

/// What happened so many times, with where the number stands: 发生一起森林火灾, 发生上访1起.
fn happened_at(chars: &[char], at: usize) -> Option<Event> {
    if !(chars[at..].starts_with(&['发', '生']) || chars[at..].starts_with(&['出', '现'])) {
        return None;
    }
    let before = lead(chars, at);
    let own: String = before.chars().rev().take(6).collect();
    let denied = ["未", "没", "无", "不", "零", "防", "避", "杜", "易", "可能", "若", "如", "凡"];
    if has_any(&own, &denied) || !is_real(&before) {
        return None;
    }
    let from = at + 2;
    let counted = |k: usize| {
        let (value, end) = small::number_at(chars, k)?;
        let counter = chars.get(end).is_some_and(|c| "起例宗次件".contains(*c));
        (value > 0 && counter).then_some(k..end + 1)
    };
    let (place, thing) = (from..from + 14).take_while(|k| *k < chars.len()).find_map(|k| {
        let plain = chars[from..k].iter().all(|c| c.is_alphanumeric());
        let place = counted(k).filter(|_| plain)?;
        let name: String = chars[from..k].iter().collect();
        let name = name.trim_start_matches(['了', '过']).trim_end_matches(['共', '计']).to_owned();
        let thing = if name.chars().count() >= 3 { name } else { run(chars, place.end) };
        Some((place, thing))
    })?;
    let told: Vec<char> = before.chars().collect();
    let month = (0..told.len())
        .rev()
        .find_map(|k| small::number_at(&told, k).filter(|(_, end)| told.get(*end) == Some(&'月')));
    let month = month.map(|(month, _)| month);
    Some(Event { thing: thing.trim_start_matches('的').to_owned(), at: place, month })
}

/// Whether words speak of the time of the report.
fn is_now(words: &str) -> bool {
    let words = words.replace("今年以来", "").replace("年以来", "");
    !has_any(
        &words,
        &[
            "上年",
            "去年",
            "往年",
            "同期",
            "月",
            "季度",
            "半年",
            "期间",
            "近三年",
            "连续",
            "以来",
            "计划",
            "确保",
            "力争",
            "村",
            "校",
            "厂",
            "公司",
            "社区",
        ],
    )
}

/// Whether words speak of what happened in the time of the report, if only in a month of it.
fn is_real(words: &str) -> bool {
    !has_any(
        words,
        &["上年", "去年", "往年", "同期", "计划", "演练", "模拟", "历史", "近年", "以前"],
    )
}

/// The number by which something is said to have happened.
fn happened<'n>(passage: &'n Passage<'_>, thing: &str) -> Option<&'n Number> {
    passage.numbers.iter().enumerate().find_map(|(index, number)| {
        let counted =
            number.class.is_some_and(Class::is_counted) && number.extent.low > Decimal::ZERO;
        let fact = number.kind == prose::Kind::Fact && number.direction.is_none();
        if !counted || !fact {
            return None;
        }
        let label = passage.label(index);
        // 扑救森林火灾3起 tells what happened as well, where nothing else is named with it.
        let bare = label.trim_end_matches(['共', '计']).strip_suffix(thing).unwrap_or(&label);
        let bare = FILL.iter().fold(bare.to_owned(), |rest, word| rest.replace(word, ""));
        let met = ["扑救", "处置", "受理", "受理的", "调处", "调处的", "化解", "扑灭"];
        if !has_any(&label, &["发生", "出现", "查处"]) && !met.contains(&bare.as_str()) {
            return None;
        }
        let gap = passage.gap(index);
        let before =
            label.ends_with(thing) || label.trim_end_matches(['共', '计']).ends_with(thing);
        let after = || passage.noun(index).trim_start_matches('的') == thing;
        let said = !has_any(&gap, NEVER) && !gap.contains('未');
        (said
            && (before || after())
            && is_real(&passage.words(passage.range.start..number.at.start)))
        .then_some(number)
    })
}
