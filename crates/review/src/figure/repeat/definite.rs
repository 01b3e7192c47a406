//! A set taken up by what was done with it or as all there is, when its words stand in another order
//! than they were first told in: 17家医疗机构纳入DRG付费, and later 已纳入DRG付费的19家医疗机构.

use ::figure::Class;
use prose::Kind;

use super::echo::{completes, is_made, is_share, is_sum, mark};
use super::renamed::{ALL, divides, is_of_all, is_year_over, time, unscoped};
use super::retold::{GOVERNING, OTHER, is_one_scene};
use super::told::{Told, is_in_unit, is_many, is_mixed, is_slip, spelt_one};
use crate::figure::reading::alike::ordinal;
use crate::figure::reading::change::is_start;
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::is_clause_mark;
use crate::finding::Mark;
use crate::paper::Paper;

/// Words right before a number that is one told before.
const ABOVE: &[&str] = &["上述", "以上", "前述", "所有", "全部"];

/// Words for all that belong to an office, right before a number of them.
const WHOLE: &[&str] = &[
    "全院",
    "全校",
    "全所",
    "全局",
    "全站",
    "全队",
    "全园",
    "全中心",
    "院内",
    "校内",
    "站内",
    "园内",
    "馆内",
    "所内",
];

/// Words that begin what is done with a set, before the words that name it.
const DEALING: &[&str] = &[
    "指导", "督促", "推动", "确保", "促进", "带动", "巩固", "抓好", "做好", "用好", "管好", "推进",
    "加快", "协调", "组织", "要求", "引导", "帮助", "支持", "使", "令",
];

/// Words that make one of two numbers that of a part or of another stage.
const NARROWING: &[&str] = &[
    "其中",
    "新增",
    "续建",
    "结转",
    "部分",
    "符合",
    "办结",
    "完成",
    "未",
    "尚",
    "未能",
    "不",
    "首次",
    "新纳入",
    "市级",
    "省级",
    "国家级",
    "县级",
    "困难",
    "重点",
    "一期",
    "二期",
    "三期",
    "在建",
    "拟建",
    "已建成",
    "夜间",
    "当场",
    "实际",
    "到位",
    "退出",
    "注销",
];

/// The characters of words that name something: no scope, no time, no digits.
pub(super) fn content(words: &str) -> Vec<char> {
    let words = ["截至目前", "截至", "上半年", "下半年", "新"]
        .iter()
        .fold(unscoped(words), |rest, word| rest.replace(word, ""));
    let said = |c: &char| c.is_alphanumeric() && !c.is_ascii_digit();
    words.chars().filter(|c| said(c) && !"的所地得年月日底末".contains(*c)).collect()
}

/// Words before a number without the verb by which there is so much: 设有床位 is 床位.
fn had(words: &str) -> &str {
    const HAVING: &[&str] = &[
        "现有", "共有", "设有", "配有", "建有", "拥有", "设置", "划分", "入住", "登记", "配备",
        "下辖", "共设", "设",
    ];
    let end = HAVING.iter().filter_map(|word| words.rfind(word).map(|at| at + word.len())).max();
    &words[end.unwrap_or(0)..]
}

/// Whether the words before a number say that there is so much.
fn is_standing(words: &str) -> bool {
    had(words).len() < words.len() || words.ends_with('辖')
}

/// What takes a number up again: the words before it that name the set.
pub(super) struct Taken {
    /// What was done with it, from the last word that governs it on.
    deed: Vec<char>,
    /// Whether no deed but 上述 or 全院 takes it up.
    bare: bool,
}

impl Taken {
    /// What was done with the set, without the words that govern it.
    pub(super) fn deed(&self) -> &[char] {
        let governs = |at: &usize| {
            let lead: String = self.deed[..*at].iter().collect();
            GOVERNING.iter().chain(DEALING).chain(&["对照"]).any(|word| lead.ends_with(word))
        };
        let first = (1..=self.deed.len().min(4)).rev().find(governs);
        &self.deed[first.unwrap_or(0)..]
    }
}

pub(super) fn taken(later: &Told<'_, '_>) -> Option<Taken> {
    let words = later.before.trim_end_matches(['这', '些', '批', '该', '那', '个']);
    if let Some(lead) = words.strip_suffix('的') {
        // 由1954年的89个增加到138个: the time is no deed.
        if is_start(lead) || lead.ends_with(['年', '月', '日', '底', '末', '初', '期']) {
            return None;
        }
        return Some(Taken { deed: content(lead), bare: false });
    }
    let said = ABOVE.iter().chain(WHOLE).chain(ALL).any(|word| words.ends_with(word));
    said.then_some(Taken { deed: Vec::new(), bare: true })
}

/// How far the later words are those of the clause that the earlier number stands in.
fn likeness(earlier: &Told<'_, '_>, later: &Told<'_, '_>, taken: &Taken) -> Option<usize> {
    let behind = earlier.behind.split(is_clause_mark).next().unwrap_or_default();
    let clause = format!("{}{}{}", earlier.before, earlier.number.counter, behind);
    let there: Vec<char> = clause.chars().collect();
    let first = taken.deed.iter().rposition(|c| !there.contains(c)).map_or(0, |at| at + 1);
    let lead: String = taken.deed[..first].iter().collect();
    let governed = GOVERNING.iter().chain(DEALING).any(|word| lead.ends_with(word));
    if !lead.is_empty() && !governed {
        return None;
    }
    let deed = &taken.deed[first..];
    let noun = content(&later.behind);
    let named = noun.iter().take_while(|c| there.contains(c)).count();
    // A pair of neighbours has to be the same, or the characters meet by chance.
    let paired = |words: &[char]| words.windows(2).any(|two| there.windows(2).any(|o| o == two));
    let own = content(&format!("{}{behind}", had(&earlier.before)));
    let told = |c: &char| deed.contains(c) || noun[..named].contains(c);
    // 所立的16件案子 after 街道纪工委本年度立案18件: who did it may be named the first time only.
    let passive = later.before.contains('所') && own.len() >= 2;
    let own = if passive { &own[own.len() - 2..] } else { own.as_slice() };
    let mutual = !own.is_empty() && own.iter().all(told);
    let noun_fits = noun.is_empty() || named >= 2 && paired(&noun[..named]);
    // 全镇68个网格 is all of the 58 there are.
    if taken.bare && is_of_all(&later.before) && !is_standing(&earlier.before) {
        return None;
    }
    let whole = if taken.bare {
        named >= 2 && paired(&noun[..named]) && (named >= 3 || mutual)
    } else {
        let deed_fits = deed.len() >= 2 && (paired(deed) || mutual);
        deed_fits && (noun_fits || mutual && named >= 1) || mutual && deed.len() + named >= 2
    };
    whole.then_some(deed.len() + named)
}

/// `截至11月底签约的11.63万居民` after 共签约居民11.36万人.
pub(super) fn find(
    paper: &Paper,
    later: &Told<'_, '_>,
    earlier: &[&Told<'_, '_>],
    behind: &[&Told<'_, '_>],
) -> Option<Mark> {
    let number = later.number;
    let may = earlier.iter().any(|other| is_in_unit(other, later) && is_slip(other, later));
    if !may || !is_many(number) || later.passage.gap(later.index).contains("其中") {
        return None;
    }
    if let Some(first) = attended(paper, later, earlier) {
        return Some(mark(later.passage, first.number, number));
    }
    let taken = taken(later)?;
    let told: Vec<(&Told<'_, '_>, usize)> = earlier
        .iter()
        .filter(|other| is_in_unit(other, later))
        .filter_map(|other| likeness(other, later, &taken).map(|long| (*other, long)))
        .collect();
    let best = told.iter().map(|(_, long)| *long).max()?;
    let named: Vec<&Told<'_, '_>> =
        told.iter().filter(|(_, long)| *long == best).map(|(other, _)| *other).collect();
    // A third value of that name leaves open which one is meant.
    let [first] = named.as_slice() else { return None };
    let near: Vec<&Number> = earlier
        .iter()
        .filter(|other| is_in_unit(other, later) && other.at + 3 >= later.at)
        .map(|other| other.number)
        .filter(|number| !spelt_one(paper, number))
        .collect();
    let around = near.iter().copied().chain(behind.iter().take(4).map(|other| other.number));
    let known = earlier.iter().any(|other| other.number.extent.meets(number.extent))
        || is_sum(&near, number)
        || is_made(later.passage, &near, number)
        || divides(first.number, later)
        || is_share(later.passage, later.index, first.number)
        || completes(around, first.number, number);
    (!known && is_one_set(paper, first, later, &taken))
        .then(|| mark(later.passage, first.number, number))
}

/// Whether the later words are of the whole year, and the earlier ones name no other time or place.
fn is_of_year(x: &str, y: &str) -> bool {
    time(x).is_none()
        && time(y).as_deref() == Some("年")
        && key::year(x, None) == key::year(y, None)
        && key::places(x) == key::places(y)
}

/// Those who came to a meeting, before those who did something there: 实到61名, 到会的59名代表.
fn attended<'t, 'n, 'p>(
    paper: &Paper,
    later: &Told<'_, '_>,
    earlier: &[&'t Told<'n, 'p>],
) -> Option<&'t Told<'n, 'p>> {
    const THERE: &[&str] =
        &["到会的", "与会的", "参会的", "出席会议的", "参加会议的", "到会", "与会", "全体与会"];
    const CAME: &[&str] = &["实到", "到会", "出席", "实际到会", "实际出席", "参会", "参加"];
    let other = later.before.replace("与会", "");
    if !THERE.iter().any(|word| later.before.ends_with(word))
        || OTHER.iter().chain(&["上届"]).any(|word| other.contains(word))
    {
        return None;
    }
    let came = |other: &&&Told<'_, '_>| {
        let before = other.before.trim_end_matches(['代', '表', '委', '员', '党']);
        is_in_unit(other, later)
            && other.at + 3 >= later.at
            && (CAME.iter().any(|word| before.ends_with(word))
                || CAME.iter().any(|word| other.behind.starts_with(word)))
    };
    let mut told = earlier.iter().copied().filter(|other| came(&other));
    let first = told.next().filter(|_| told.next().is_none())?;
    let known =
        earlier.iter().any(|o| o.at + 3 >= later.at && o.number.value == later.number.value);
    (!known && is_slip(first, later) && is_one_scene(paper, first, later)).then_some(first)
}

/// Whether nothing in the words around two numbers makes one of them that of a part, of another time
/// or of a plan.
fn is_one_set(paper: &Paper, first: &Told<'_, '_>, later: &Told<'_, '_>, taken: &Taken) -> bool {
    let between = &paper.chars[first.number.at.end..later.number.at.start];
    let parted = between.iter().any(|c| matches!(c, '。' | ';' | '；' | '\n'));
    let (x, y) = (first.words_before(), later.words_before());
    let clause = |told: &Told<'_, '_>| format!("{}\n{}", told.before, told.behind);
    let (own, its) = (clause(first), clause(later));
    // What is 已建成 is what was built up to now: 累计建成.
    let own = if later.before.contains('已') { own.replace("累计", "") } else { own };
    let differ = OTHER.iter().chain(NARROWING).any(|word| {
        first.before.contains(word) != its.contains(word)
            && own.contains(word) != its.contains(word)
    });
    // What is new is not all there is.
    let fresh = taken.bare && first.before.contains(['新', '增']);
    let kinds = first.number.kind == Kind::Fact || first.number.kind == later.number.kind;
    let unlike = first.number.direction.is_some()
        || first.number.is(Class::Share) && !is_mixed(first, later);
    parted
        && kinds
        && !unlike
        && is_many(first.number)
        && is_slip(first, later)
        && !differ
        && !fresh
        && !first.passage.gap(first.index).contains("其中")
        && !first.passage.gap(first.index).contains("至少")
        && ordinal(&x).zip(ordinal(&y)).is_none_or(|(a, b)| a == b)
        && !is_year_over(&x, &y)
        && (is_one_scene(paper, first, later)
            || is_of_year(&x, &y)
            || is_of_all(&later.before) && !between.contains(&'\n'))
}
