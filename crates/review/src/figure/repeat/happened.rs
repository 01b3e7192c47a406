//! An event that is taken up with another date than the one it was told with: 3月18日挂牌…自3月28日
//! 挂牌之日算起.

use std::ops::Range;

use super::resembling::content;
use crate::figure::reading::key;
use crate::figure::reading::passage::has_any;
use crate::figure::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

/// What happens once to one thing, words of one event in a row.
const EVENTS: &[&[&str]] = &[
    &["开工", "动工", "破土", "奠基"],
    &["竣工", "完工", "建成"],
    &["投用", "启用", "投入使用", "投运", "运行"],
    &["挂牌", "揭牌", "成立", "组建"],
    &["开馆", "开园", "开业", "开幕", "开营"],
    &["通车", "贯通"],
    &["投产", "试产"],
    &["会议", "大会", "召开", "动员会", "推进会", "部署会", "座谈会", "现场会", "全会", "调度会"],
    &["暴雨", "山洪", "洪水", "地震", "火灾", "台风", "滑坡", "险情", "冰雹", "事故"],
    &["任", "担任", "到任", "上任"],
    &["签约", "签订"],
    &["上线", "启动"],
    &["出生", "入党", "参加工作"],
    &["演练", "培训", "比赛", "运动会"],
    &["咨询日", "宣传日", "活动日", "签约仪式"],
];

/// Words before a date or behind it by which something told before is taken up.
const LEADS: &[&str] = &["自", "从", "根据", "按照", "依据", "落实", "距"];
const BACK: &[&str] = &[
    "以来",
    "之日",
    "当天",
    "当日",
    "那天",
    "算起",
    "至今",
    "以后",
    "之后",
    "的部署",
    "的要求",
    "会议精神",
    "的这",
    "的那",
    "结束",
];
/// Words by which the event told is another one.
const OTHER: &[&str] = &[
    "一期",
    "二期",
    "三期",
    "副",
    "第一",
    "第二",
    "第三",
    "一标段",
    "二标段",
    "三标段",
    "试运行",
    "再次",
    "又",
    "另",
    "计划",
    "拟",
    "原定",
    "预计",
    "将于",
    "定于",
];

/// Words of whose an event is.
const LEVELS: &[&str] =
    &["全村", "全镇", "全乡", "全街道", "全县", "全区", "全市", "全省", "镇党委", "县委", "市委"];

/// Characters around a date that may say what happened.
const BEFORE: usize = 24;
const BEHIND: usize = 24;
/// Pairs of characters that two tellings of one event have in common, the fewest of one of which
/// nothing but the event is told: 自3月28日开工以来.
const COMMON: usize = 3;
const OWN: usize = 2;
const BARE: usize = 1;
/// Characters between two tellings.
const FAR: usize = 1500;

/// A date with the words around it.
struct Told {
    date: Written,
    lead: String,
    around: Vec<[char; 2]>,
    words: String,
    /// Those of its own clause.
    clause: String,
}

/// Marks dates of what was told with another date before.
pub(super) fn find(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut told: Vec<Told> = Vec::new();
    let mut marks = Vec::new();
    let mut dates: Vec<Written> = Vec::new();
    while let Some(date) = small::next_date(chars, dates.last().map_or(0, |date| date.at.end)) {
        dates.push(date);
    }
    for (index, date) in dates.iter().enumerate() {
        // What happened on another date is told beside that one.
        let before = index.checked_sub(1).map_or(0, |before| dates[before].at.end);
        let next = dates.get(index + 1).map_or(chars.len(), |next| next.at.start);
        let later = read(chars, date.clone(), before..next);
        let mut earlier = told.iter().filter(|first| is_one(first, &later));
        // Two that it may be leave open which one is meant.
        let first = earlier.next().filter(|_| earlier.next().is_none());
        if let Some(first) = first.filter(|first| is_apart(&first.date, &later.date)) {
            let (a, b) = (paper.words(first.date.at.clone()), paper.words(later.date.at.clone()));
            let message = format!("同一件事前面写在{a},这里写在{b},前后不一致;请核对日期");
            let also = vec![paper.origin(&first.date.at)];
            marks.push(Mark { at: paper.origin(&later.date.at), message, also });
        }
        told.push(later);
    }
    marks
}

fn read(chars: &[char], date: Written, own: Range<usize>) -> Told {
    let is_end = |c: &char| matches!(c, '。' | '\n' | ';' | '；');
    let from = date.at.start.saturating_sub(BEFORE).max(own.start);
    let from = chars[from..date.at.start].iter().rposition(is_end).map_or(from, |k| from + k + 1);
    let to = own.end.min(date.at.end + BEHIND);
    let to = chars[date.at.end..to].iter().position(is_end).map_or(to, |k| date.at.end + k);
    let words = |range: Range<usize>| chars[range].iter().collect::<String>();
    let (lead, behind) = (words(from..date.at.start), words(date.at.end..to));
    let pairs = |words: &str| -> Vec<[char; 2]> {
        words
            .split(|c: char| !c.is_alphabetic())
            .flat_map(|part| content(part).windows(2).map(|p| [p[0], p[1]]).collect::<Vec<_>>())
            .collect()
    };
    let around = [pairs(&lead), pairs(&behind)].concat();
    let is_mark = |c: char| matches!(c, ',' | '，');
    let before = lead.rsplit(is_mark).next().unwrap_or_default();
    let after = behind.trim_start_matches(is_mark).split(is_mark).next().unwrap_or_default();
    let clause = format!("{before}\n{after}");
    Told { date, words: format!("{lead}\n{behind}"), clause, lead, around }
}

/// Whether a later date takes up what an earlier one is of.
fn is_one(first: &Told, later: &Told) -> bool {
    let (a, b) = (&first.date, &later.date);
    let this = has_any(&later.words, &["这场", "这次", "该次", "此次", "本次"]);
    let behind = later.words.rsplit('\n').next().unwrap_or_default();
    let own = behind.split([',', '，']).next().unwrap_or_default();
    let lead = later.lead.as_str();
    // 自6月28日新院区启用至年底
    let led = LEADS.iter().any(|word| lead.ends_with(word))
        && (has_any(behind, BACK) || EVENTS.iter().any(|words| has_any(own, words)));
    // 对9月21日召开的集体学习会
    let named = ["召开的", "举行的", "举办的", "发生的", "开展的", "组织的", "签订的"];
    let held = ["以来", "结束当天", "大会结束", "活动现场"].iter().any(|word| own.contains(word))
        || named.iter().any(|word| own.starts_with(word))
        // 5月21日的演练 may be another one than that of May 12th, and of August is for sure.
        || own.starts_with('的') && a.month == b.month
        || is_behind(own);
    let taken_up = led || held || this;
    let near = a.at.end + FAR > b.at.start;
    let alike = a.day.is_some() == b.day.is_some();
    let event =
        EVENTS.iter().any(|words| has_any(&first.words, words) && has_any(&later.words, words));
    if !taken_up || !near || !alike || !event || is_another(first, later) {
        return false;
    }
    let mut both: Vec<[char; 2]> =
        later.around.iter().filter(|pair| first.around.contains(pair)).copied().collect();
    both.sort_unstable();
    both.dedup();
    let bare = this || later.lead.trim_end_matches(['自', '从']).is_empty();
    // …,自6月28日新址启用以来
    let clause = later.lead.rsplit([',', '，']).next().unwrap_or_default();
    let own = clause.trim_end_matches(['自', '从']).is_empty();
    both.len()
        >= if bare {
            BARE
        } else if own {
            OWN
        } else {
            COMMON
        }
}

/// Whether words speak of what came after an event: 到任后, 开工之后.
fn is_behind(own: &str) -> bool {
    EVENTS.iter().flat_map(|words| *words).any(|word| {
        let begins = own.strip_prefix(word).is_some_and(|rest| rest.starts_with(['后', '之']));
        // 9月6日建材市场火灾发生后
        begins || own.ends_with("发生后") && own.contains(word)
    })
}

/// Whether one of two tellings has a word by which it is of another event or of a plan.
fn is_another(first: &Told, later: &Told) -> bool {
    let (a, b) = (&first.clause, &later.clause);
    let level = |words: &str| LEVELS.iter().find(|level| words.contains(**level)).copied();
    let (here, there) = (key::places(a), key::places(b));
    OTHER.iter().any(|word| a.contains(word) != b.contains(word))
        || level(a).zip(level(b)).is_some_and(|(a, b)| a != b)
        || !here.is_empty() && !there.is_empty() && here != there
}

/// Whether two dates are different ones, as far as both are told.
fn is_apart(a: &Written, b: &Written) -> bool {
    let year = a.year.zip(b.year).is_some_and(|(a, b)| a != b);
    (a.month, a.day) != (b.month, b.day) || year
}
