//! A set told before that is taken up by what was said of it: 今年签约引进的26个项目 after
//! 今年签约引进项目23个.

use std::collections::BTreeMap;

use ::figure::Class;
use prose::Kind;

use super::echo::{is_made, is_share, is_sum, mark};
use super::renamed::{
    LEADS, beside, divides, is_of_all, is_year_over, renamed, taken, time, unscoped,
};
use super::told::{self, Told, is_close, is_in_unit, is_many, is_mixed, is_slip, level, spelt_one};
use super::{definite, resembling, standing, turned};
use crate::figure::reading::alike::covered;
use crate::figure::reading::key::{self, own_place};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words of what holds for all that is counted before them.
pub(super) const EVERY: &[&str] =
    &["全部", "均", "都", "全", "已全部", "已全面", "足额", "逐", "悉数", "无一"];

/// Words that govern what is taken up.
pub(super) const GOVERNING: &[&str] = &[
    "对",
    "将",
    "把",
    "为",
    "给",
    "向",
    "从",
    "由",
    "就",
    "按",
    "请",
    "让",
    "在",
    "和",
    "与",
    "及",
    "用",
    "以",
    "开",
    "召开",
    "开展",
    "举办",
    "完成",
    "实现",
    "主持",
    "这",
    "该",
    "这些",
    "这批",
    "组织",
    "通过",
    "围绕",
    "针对",
    "覆盖",
    "其中的",
];

/// Words that make one of two numbers that of a part, of another time or of a plan.
pub(super) const OTHER: &[&str] = &[
    "去年",
    "上年",
    "同期",
    "前年",
    "往年",
    "首批",
    "部分",
    "另",
    "再",
    "又",
    "剩",
    "余",
    "第",
    "计划",
    "拟",
    "目标",
    "任务",
    "比",
    "较",
    "累计",
    "收回",
    "归还",
    "偿还",
    "新一批",
    "每",
    "各",
    "平均",
    "最",
    "仅",
    "上次",
    "上一次",
    "前次",
];

/// Marks sets that are taken up with another number than they were told with.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let told = told::read(paper, passages);
    let mut kin: BTreeMap<_, Vec<&Told<'_, '_>>> = BTreeMap::new();
    for one in &told {
        kin.entry(one.number.kinship()).or_default().push(one);
    }
    let mut marks = Vec::new();
    for all in kin.values() {
        let levels: Vec<Option<usize>> = all.iter().map(|one| level(&one.before)).collect();
        for (k, later) in all.iter().enumerate() {
            // 全市粮食总产增长1.2%, 我县粮食总产增长1.6%
            let is_near = |o: &usize| !told::are_apart(levels[*o], levels[k]);
            let earlier: Vec<&Told<'_, '_>> = (0..k).filter(is_near).map(|o| all[o]).collect();
            let earlier = earlier.as_slice();
            // A share is of one thing where its name is the same, and only there.
            let named = !later.number.is(Class::Share);
            let mark = named
                .then(|| {
                    taken_up(paper, later, earlier)
                        .or_else(|| beside(later, earlier))
                        .or_else(|| renamed(paper, later, earlier))
                })
                .flatten()
                .or_else(|| resembling::find(paper, later, earlier, &all[k + 1..]))
                .or_else(|| turned::find(paper, later, earlier, &all[k + 1..]))
                .or_else(|| definite::find(paper, later, earlier, &all[k + 1..]))
                .or_else(|| standing::find(paper, later, earlier, &all[k + 1..]));
            marks.extend(mark);
        }
    }
    marks
}

/// What takes up a number told before: the words before it from their end and those behind it.
struct Back {
    turned: Vec<char>,
    noun: Vec<char>,
}

fn back(later: &Told<'_, '_>) -> Back {
    let head = unscoped(&taken(&later.before));
    let head = head.trim_end_matches('的');
    let noun = later.behind.chars().filter(|c| *c != '的').collect();
    Back { turned: head.chars().rev().filter(|c| *c != '的').collect(), noun }
}

/// How far the words of a later number take up those of an earlier one, and whether they say that
/// all of it is meant.
fn covers(
    later: &Told<'_, '_>,
    Back { turned, noun }: &Back,
    earlier: &Told<'_, '_>,
) -> Option<(usize, bool)> {
    // 已建成和在建的 are more than what was built.
    let unfinished = ["在建", "拟建", "待建"];
    if unfinished.iter().any(|w| later.before.contains(w) != earlier.before.contains(w)) {
        return None;
    }
    let tail = covered(turned, &earlier.turned);
    let name = covered(noun, &earlier.text);
    // 这次捐的二万五千三百元 after 捐款一共23500元: the deed is the same, and so are the digits.
    let this = ["这次", "此次", "这笔", "这批", "这回"].iter().any(|w| later.before.contains(w));
    let deed = turned.first().filter(|_| this && later.before.ends_with('的'));
    let long = later.digits.len() >= 4 && is_mixed(earlier, later);
    if long && deed.is_some_and(|deed| earlier.turned.contains(deed)) {
        return Some((4, true));
    }
    // Most pairs have next to nothing in common, which costs little to see.
    if tail < 2 && name < 2 {
        return None;
    }
    let mixed = is_mixed(earlier, later);
    let definite = later.before.trim_end_matches(['这', '些', '批']).ends_with('的');
    // 上半年调解的 is of the time that both are told of, 目前在册的 of all there are.
    let free: String = turned[tail..].iter().rev().collect();
    let free = LEADS.iter().fold(free, |free, lead| free.replace(lead, ""));
    // 走访了全部72名孤儿
    let head = later.before.trim_end_matches('的');
    let entire = ["全部", "所有", "上述", "现有"].iter().any(|word| head.ends_with(word));
    let governed = free.is_empty() || entire || GOVERNING.iter().any(|word| free.ends_with(word));
    let rest: String = noun[name..].iter().collect();
    let all = is_of_all(&later.before)
        || later.before.ends_with(['这', '该'])
        || EVERY.iter().any(|word| rest.starts_with(word));
    // 320人参会。参会的230人: nothing is named but what they did.
    if definite && mixed && tail >= 2 && free.is_empty() && later.number.counter == "人" {
        return Some((tail, true));
    }
    // 已改造的危房75户: what was done with them and their name stand before the number.
    if mixed && tail >= 4 && governed && later.before.contains('的') && !has_any(&free, OTHER) {
        return Some((tail, true));
    }
    // 现有脱贫户418户 and 全镇437户脱贫户 are all there are of one name.
    let own = earlier.name.iter().rev().eq(&noun[..name]);
    let there = has_any(&earlier.before, &["现有", "共有", "在册"]) && own && name >= 3;
    if there && governed && is_of_all(&later.before) && is_close(earlier, later) {
        return Some((name, !has_any(&free, OTHER)));
    }
    // 在册的全部6134户
    if long && entire && tail >= 2 && !has_any(&free, OTHER) {
        return Some((tail + name, true));
    }
    let fits = governed && name >= 2 && !has_any(&free, OTHER);
    let enough = if tail >= 2 {
        tail + name
            >= if definite {
                4
            } else if mixed {
                5
            } else {
                6
            }
    } else {
        // 26.8万亩禁牧任务一亩不少
        let most: String = rest.chars().take(6).collect();
        let many = later.digits.len() >= 3 && has_any(&most, &["不少", "全部", "无一"]);
        let bare = rest.is_empty() || many || EVERY.iter().any(|word| rest.starts_with(word));
        let all = all || many;
        name >= if mixed && all && (bare || long && entire) {
            2
        } else if mixed && all {
            3
        } else {
            4
        }
    };
    // Of what only its name is said, some may be meant.
    let whole = tail >= 2 && definite || all;
    (fits && enough).then_some((tail + name, whole))
}

/// Whether the later number may be of the place and time of the earlier one.
pub(super) fn is_one_scene(paper: &Paper, earlier: &Told<'_, '_>, later: &Told<'_, '_>) -> bool {
    let (first, second) = (earlier.words_before(), later.words_before());
    let own = own_place(paper);
    let places = |words: &str| -> Vec<String> {
        key::places(words).into_iter().filter(|p| Some(p.as_str()) != own).collect()
    };
    let (here, there) = (places(&first), places(&second));
    let between = paper.chars[earlier.number.at.end..later.number.at.start].contains(&'\n');
    let place = here == there || there.is_empty() && !between && !is_of_all(&later.before);
    let (x, y) = (key::year(&first, None), key::year(&second, None));
    let (p, q) = (time(&first), time(&second));
    place
        && !is_year_over(&first, &second)
        && (x == y || x.is_none() || y.is_none())
        && (p == q || q.is_none() || p.is_none() && !between && q.as_deref() == Some("年"))
}

/// `上半年新建青贮窖14座…上半年新建的17座青贮窖`.
fn taken_up(paper: &Paper, later: &Told<'_, '_>, earlier: &[&Told<'_, '_>]) -> Option<Mark> {
    let may = earlier.iter().any(|other| is_in_unit(other, later) && is_slip(other, later));
    if !may || !is_many(later.number) || later.passage.gap(later.index).contains("其中") {
        return None;
    }
    let words = back(later);
    let told: Vec<(&Told<'_, '_>, usize, bool)> = earlier
        .iter()
        .filter(|other| is_in_unit(other, later))
        .filter_map(|other| covers(later, &words, other).map(|(long, all)| (*other, long, all)))
        .collect();
    let best = told.iter().map(|(_, long, _)| *long).max()?;
    let named: Vec<&(&Told<'_, '_>, usize, bool)> =
        told.iter().filter(|(_, long, _)| *long + 1 >= best).collect();
    // A third value of that name leaves open which one is meant.
    let [(first, _, all)] = named.as_slice() else { return None };
    let apart = paper.chars[first.number.at.end..later.number.at.start].iter();
    let parted = apart.clone().any(|c| matches!(c, '。' | ';' | '；' | '\n' | ',' | '，'));
    // 市里下达的任务 is one task, however often it is told.
    let mixed = is_mixed(first, later);
    let own = first.before.replace("第一", "").replace("各类", "").replace("各种", "");
    // What adds up to 1286人 is not 1268名 of them.
    let own = if mixed && *all { own.replace("累计", "") } else { own };
    let other = OTHER.iter().filter(|word| own.contains(**word));
    let text: String = later.text.iter().collect();
    let plain = (first.number.kind == Kind::Fact || first.number.kind == later.number.kind)
        && is_many(first.number)
        && other.clone().all(|word| text.contains(*word))
        && !first.passage.gap(first.index).contains("至少");
    let values: Vec<&Number> = earlier
        .iter()
        .filter(|other| is_in_unit(other, later) && other.at + 3 >= later.at)
        .map(|other| other.number)
        .filter(|number| !spelt_one(paper, number))
        .collect();
    let known = values.iter().any(|n| n.value == later.number.value)
        || is_sum(&values, later.number)
        || is_made(later.passage, &values, later.number);
    let divided =
        divides(first.number, later) || is_share(later.passage, later.index, first.number);
    let fits = plain
        && parted
        && !known
        && !divided
        && (*all || mixed)
        && is_slip(first, later)
        && is_one_scene(paper, first, later);
    fits.then(|| mark(later.passage, first.number, later.number))
}
