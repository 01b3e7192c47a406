//! The same thing told twice, far apart and in other words, with two values.

use std::collections::BTreeMap;

use ::figure::{Class, Decimal};
use prose::Kind;

use super::echo::{completes, is_made, is_share, is_sum, mark, plain};
use super::told::is_of_other_level;
use crate::figure::reading::alike::{bare, named_apart, ordinal, shared, without_years};
use crate::figure::reading::change::is_start;
use crate::figure::reading::key::{self, is_general};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::figure::reading::scope::{NAMED, SCOPE};
use crate::figure::reading::span::{Span, spans};
use crate::finding::Mark;
use crate::paper::Paper;

/// Scope words of what stands far apart.
const OWN: &[&str] = &[
    "收回",
    "归还",
    "偿还",
    "净",
    "半年",
    "至少",
    "不低于",
    "争取到",
    "明年",
    "今后",
    "以来",
    "五年",
    "三年",
    "近年",
    "连续",
    "先后",
    "日",
    "不足",
    "示范",
    "试点",
    "重点",
    "受益",
    "带动",
    "涉及",
    "惠及",
    "民办",
    "公办",
    "春季",
    "夏季",
    "秋季",
    "冬季",
];

/// Those of them that may be of the name of a thing: 16个重点项目.
const NAMING: &[&str] = &["重点", "示范", "试点", "民办", "公办"];

/// Words of all there is in a town.
const TOWN: &[&str] = &["全镇", "全乡", "全县", "全区", "全村", "全街道", "辖区"];

/// Those that hold for one of two places alone, whatever the other says.
const PART: &[&str] = &["其中", "比", "较", "占", "各", "分别", "另", "再", "又", "部分", "抽"];

/// The scope words of a label.
fn scopes(words: &str) -> Vec<&'static str> {
    let words = role::masked(words);
    // 将为全镇现有的25所…配备 tells what there is.
    let words = if words.contains("现有") { words.replace('将', "") } else { words };
    SCOPE.iter().chain(NAMED).chain(OWN).copied().filter(|word| words.contains(word)).collect()
}

/// A number with the words that touch it.
struct Told<'n, 'p> {
    passage: &'n Passage<'p>,
    span: Span,
    number: &'n Number,
    before: String,
    behind: String,
    scopes: Vec<&'static str>,
    digits: Vec<char>,
}

fn told<'n, 'p>(paper: &Paper, passages: &'n [Passage<'p>]) -> Vec<Told<'n, 'p>> {
    let mut found = Vec::new();
    // What is planned in one section is no slip of what another one tells.
    let spans = spans(paper, passages);
    for (passage, span) in passages.iter().zip(spans) {
        for (index, number) in passage.numbers.iter().enumerate() {
            let before = passage.label(index);
            // 83.6亿元的全县地区生产总值
            let noun = passage.noun(index);
            let noun = noun.trim_start_matches('的');
            let town = TOWN.iter().chain(&["我县", "我镇", "我乡"]);
            let behind =
                town.clone().find_map(|word| noun.strip_prefix(word)).unwrap_or(noun).to_owned();
            let gap = passage.gap(index);
            let listed = gap.contains('、') || passage.gap(index + 1).starts_with('、');
            // 比重由上年的42%上升到46%: what a share came from is told of many.
            let own = gap.rsplit([',', '，']).next().unwrap_or_default();
            let begins = number.is(Class::Share) && is_start(own);
            if !plain(number)
                || number.kind != Kind::Fact && !before.contains("现有")
                || listed
                || begins
                || has_any(&before, PART)
                || before.contains('对') && !has_any(&before, &["全年", "全部", "所有"])
                || has_any(&behind, &["增", "减", "其中", "左右", "以上", "每"])
                || passage.words(number.at.clone()).ends_with('%')
                    && has_any(&before, &["完成", "任务", "目标"])
            {
                continue;
            }
            let (scopes, digits) = (scopes(&before), number.digits(paper));
            found.push(Told { passage, span, number, before, behind, scopes, digits });
        }
    }
    found
}

/// The words that touch both numbers, where they name a thing.
fn thing(a: &Told<'_, '_>, b: &Told<'_, '_>) -> Option<String> {
    let pairs = [
        (&a.before, &b.before, true, true),
        (&a.before, &b.behind, true, false),
        (&a.behind, &b.before, false, true),
        (&a.behind, &b.behind, false, false),
    ];
    pairs.iter().find_map(|(x, y, x_ends, y_ends)| {
        let run = shared(x, y);
        // Most pairs have nothing in common, which costs little to see.
        if run.chars().count() < 3 {
            return None;
        }
        let touches = |words: &str, ends: bool| {
            let at = if ends { words.rfind(&run) } else { words.find(&run) };
            at.is_some_and(|at| {
                // 22家民办养老机构 are some of 26家养老机构.
                if ends { words[at + run.len()..].chars().count() <= 6 } else { at == 0 }
            })
        };
        // 中医药产业产值 and 装备制造产业产值 begin otherwise.
        let lead = |words: &str, ends: bool| {
            words.rfind(&run).filter(|_| ends).map(|at| bare(&words[..at])).unwrap_or_default()
        };
        let alike = || {
            let (a, b) = (lead(x, *x_ends), lead(y, *y_ends));
            !(*x_ends && *y_ends) || a == b || a.is_empty() || b.is_empty()
        };
        // 预算收入 and 预算支出 end otherwise, as do 安排资金 and 安排救灾款.
        let tail = |words: &str, behind: &str, ends: bool| {
            let own = words.rfind(&run).map(|at| &words[at + run.len()..]).filter(|_| ends);
            own.map(|own| bare(&format!("{own}{behind}"))).unwrap_or_default()
        };
        let (end, other) = (tail(x, &a.behind, *x_ends), tail(y, &b.behind, *y_ends));
        let parted =
            !end.is_empty() && !other.is_empty() && !end.chars().any(|c| other.contains(c));
        if !touches(x, *x_ends) || !touches(y, *y_ends) || !alike() || *x_ends && *y_ends && parted
        {
            return None;
        }
        let name = bare(without_years(&run).trim_start_matches(['由', '从']));
        (name.chars().count() >= 3 && !is_general(&name)).then_some(name)
    })
}

/// The longest run that the words around both have, where they have more in common than that:
/// digits in another order are a slip for sure, however the sentence is turned.
fn alike(a: &Told<'_, '_>, b: &Told<'_, '_>) -> Option<String> {
    let around = |told: &Told<'_, '_>| bare(&format!("{}{}", told.before, told.behind));
    let (x, y) = (around(a), around(b));
    let (x_chars, y_chars): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    let mut pairs: Vec<&[char]> =
        x_chars.windows(2).filter(|pair| y_chars.windows(2).any(|other| other == *pair)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let run = shared(&x, &y);
    let least = if a.digits.len() >= 4 { 2 } else { 3 };
    let own = !named_apart(&a.before, &b.before) && !is_of_two(a, b);
    (own && pairs.len() >= least && run.chars().count() >= 2).then(|| format!("{run}的数"))
}

/// Whether two numbers of one sentence are of two things whose names end alike: 小学有在校学生1126名,
/// 初中有在校学生1162名.
fn is_of_two(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    let (x, y) = (bare(&a.before), bare(&b.before));
    let (x, y): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (own, its) = (&x[..x.len() - tail], &y[..y.len() - tail]);
    let named = own.len() >= 2 && its.len() >= 2 && own[own.len() - 2..] != its[its.len() - 2..];
    a.passage.range == b.passage.range && tail >= 2 && named
}

/// Whether the two may be of one place and time: the same named places, and no other year or
/// part of a year than the other names.
fn is_one_scene(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    let words =
        |told: &Told<'_, '_>| told.passage.words(told.passage.range.start..told.number.at.start);
    let (first, second) = (words(a), words(b));
    let own = key::own_place(a.passage.paper);
    let places = |words: &str| -> Vec<String> {
        key::places(words).into_iter().filter(|p| Some(p.as_str()) != own).collect()
    };
    let (x, y) = (key::year(&first, None), key::year(&second, None));
    let (p, q) = (key::period(&first), key::period(&second));
    places(&first) == places(&second)
        && (x == y || x.is_none() || y.is_none())
        && (p == q || p.is_empty() || q.is_empty())
}

/// Whether a later number is taken up with its whole name and nothing else, as no part of the
/// earlier one can be: 实施重点项目16个, and 18个重点项目中有3个尚未开工.
fn is_named_alone(earlier: &Told<'_, '_>, later: &Told<'_, '_>) -> bool {
    let other = |told: &Told<'_, '_>| {
        told.scopes.iter().filter(|word| !NAMING.contains(word)).copied().collect::<Vec<_>>()
    };
    let lead = bare(&later.before);
    let numbered = lead.chars().all(|c| "一二三四五六七八九十".contains(c));
    let all = later.number.value > earlier.number.value || later.behind.contains('中');
    other(earlier) == other(later) && numbered && all
}

/// The noun right before one number and right behind another, where both are of all in the town
/// and have the same digits: 全镇共有党员786名, and 组织全镇768名党员.
fn of_town(a: &Told<'_, '_>, b: &Told<'_, '_>) -> Option<String> {
    let (noun, behind) = (bare(&a.before), bare(&b.behind));
    let town = has_any(&a.before, TOWN) && has_any(&b.before, TOWN);
    (town && noun.chars().count() >= 2 && behind.starts_with(&noun)).then_some(noun)
}

/// `共下设17支支队…下设的19支支队`: one verb before and one noun behind, both short.
fn framed(a: &Told<'_, '_>, b: &Told<'_, '_>) -> Option<String> {
    let verb =
        |told: &Told<'_, '_>| told.before.trim_end_matches(['的', '共', '有', '了']).to_owned();
    let (x, y) = (verb(a), verb(b));
    let tail = |words: &str| words.chars().rev().take(2).collect::<Vec<char>>();
    let head = |words: &str| words.chars().take(2).collect::<Vec<char>>();
    let same = tail(&x).len() == 2
        && head(&a.behind).len() == 2
        && tail(&x) == tail(&y)
        && head(&a.behind) == head(&b.behind);
    // 三产消费量 and 生活消费量 begin otherwise.
    let lead = |words: &str| {
        bare(words.strip_suffix(&tail(words).iter().rev().collect::<String>()).unwrap_or(words))
    };
    let (p, q) = (lead(&x), lead(&y));
    let dated = x.ends_with(['年', '月', '日', '末', '底']);
    let same = same && !dated && (p == q || p.is_empty() || q.is_empty());
    same.then(|| tail(&x).into_iter().rev().chain(head(&a.behind)).collect::<String>())
}

/// Marks what another paragraph tells otherwise, where nothing else of its kind has its name.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let told = told(paper, passages);
    let mut kin: BTreeMap<_, Vec<&Told<'_, '_>>> = BTreeMap::new();
    for one in &told {
        kin.entry(one.number.kinship()).or_default().push(one);
    }
    let mut marks = Vec::new();
    for all in kin.values() {
        for (at, later) in all.iter().enumerate() {
            marks.extend(all[..at].iter().filter_map(|earlier| differ(earlier, later, all)));
        }
    }
    // The first of several marks of one number is kept, so they stay in the order of the text.
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// Marks a later one of two numbers of a kind.
fn differ(earlier: &Told<'_, '_>, later: &Told<'_, '_>, all: &[&Told<'_, '_>]) -> Option<Mark> {
    let (a, b) = (earlier.number, later.number);
    // Most pairs are of one value or too far from each other, which costs little to see.
    let few = a.value.min(b.value) < Decimal::from(5);
    if few || a.value == b.value || a.counter != b.counter && a.unit != b.unit {
        return None;
    }
    // 已支出1.25亿元 is what was spent of it so far.
    let spent = ["支出", "拨付", "兑付", "使用", "支付"];
    let so_far = b.value < a.value
        && has_any(&later.before, &["已", "累计"])
        && has_any(&later.before, &spent)
        && !has_any(&earlier.before, &spent);
    let mixed = a.size == b.size && earlier.digits == later.digits && earlier.digits.len() >= 2;
    // A slip of the pen: digits mixed up, or a value not far off.
    let (small, large) = if a.value < b.value { (a, b) } else { (b, a) };
    let third = small.value.checked_mul(Decimal::new(14, 1))? >= large.value;
    if !(mixed || third)
        || a.forgiving().meets(b.forgiving())
        || earlier.scopes != later.scopes && !is_named_alone(earlier, later)
        || ordinal(&earlier.before) != ordinal(&later.before)
        || is_of_other_level(&earlier.before, &later.before)
    {
        return None;
    }
    // 年中追加后到位2.63亿元
    let words =
        |told: &Told<'_, '_>| told.passage.words(told.passage.range.start..told.number.at.start);
    let (own, its) = (words(later), words(earlier));
    let years = ["去年", "上年", "今年"];
    let last =
        has_any(&its, &years) && years.iter().any(|year| own.contains(year) && !its.contains(year));
    if so_far || last || has_any(&own, &["追加", "修订", "调增", "调减", "核减", "再"]) {
        return None;
    }
    let apart = earlier.passage.range != later.passage.range;
    let between = if apart { String::new() } else { earlier.passage.words(a.at.end..b.at.start) };
    // 高层每部25万元;低层每部20万元: what is for each of two kinds is told in one sentence.
    let each = !apart && earlier.before.contains('每');
    if each || !apart && (between.contains("其中") || !between.contains([',', '，'])) {
        return None;
    }
    // 公益林补偿860万元,涉及牧户1120户;草原奖补460万元,涉及牧户980户: two of a list.
    let numbers = &later.passage.numbers;
    let listed = !apart
        && between.contains([';', '；'])
        && numbers
            .iter()
            .filter(|n| a.at.end <= n.at.start && n.at.end <= b.at.start)
            .any(|n| numbers.iter().any(|o| o.at.end <= a.at.start && o.is_kin(n) && !o.is_kin(b)));
    if listed && earlier.before == later.before {
        return None;
    }
    // 七层及以上每部25万元;六层及以下每部20万元: each kind has a rate of its own.
    if !apart && earlier.scopes.contains(&"每") {
        return None;
    }
    // 集中学习12次,…14次集中学习
    let turned = || {
        (4..=8).rev().any(|long| {
            let end: Vec<char> = earlier.before.chars().rev().take(long).collect();
            let end: String = end.into_iter().rev().collect();
            end.chars().count() == long && later.behind.starts_with(&end)
        })
    };
    let parted = apart || between.contains([';', '；', '。']) || turned();
    if !mixed && (!third || !parted) {
        return None;
    }
    let many = mixed && earlier.digits.len() >= 3;
    let town = many.then(|| of_town(earlier, later)).flatten();
    let name = thing(earlier, later)
        .or_else(|| framed(earlier, later))
        .or_else(|| many.then(|| alike(earlier, later)).flatten())
        .or_else(|| town.clone())?;
    let reported = earlier.span == Span::Year && later.span == Span::Year;
    // What is planned differs from year to year, but a work has one size.
    let sized = [earlier, later].iter().any(|told| {
        has_any(&told.before, &["总投资", "总面积", "总长", "全长", "总库容", "占地", "建筑面积"])
    });
    let fixed = sized && name.chars().count() >= 6;
    if !(reported || fixed || town.is_some()) {
        return None;
    }
    let long = town.is_some() || name.chars().count() >= if many { 3 } else { 4 };
    if !long || !is_one_scene(earlier, later) {
        return None;
    }
    // 县里180万元,市里又30万元, and so 210万元.
    let beside: Vec<&Number> =
        earlier.passage.numbers.iter().filter(|n| n.is_kin(b) && n.at.end <= b.at.start).collect();
    let at = later.passage.numbers.iter().position(|n| n.at == b.at)?;
    // 民办早教机构15所, of which 14所 stand in one place and 1所 in another.
    let parts = || all.iter().map(|told| told.number);
    if completes(parts(), a, b)
        || is_sum(&beside, b)
        || is_made(later.passage, &beside, b)
        || is_share(later.passage, at, a)
    {
        return None;
    }
    // A third value of that name leaves open which are of one thing.
    let mut others = all.iter().filter(|other| {
        let n = other.number;
        n.at != a.at
            && n.at != b.at
            && (other.before.contains(&name) || other.behind.contains(&name))
            // 26个重点项目中仍有5个 tells of them.
            && !other.before.contains(&format!("{name}中"))
            // 其中女党员165名 are not all in the town.
            && (town.is_none() || has_any(&other.before, TOWN))
    });
    others.next().is_none().then(|| mark(later.passage, a, b))
}
