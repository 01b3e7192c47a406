//! A figure that is taken up again with another value: 这3.52亿元投资 after 投资3.25亿元.

use ::figure::{Class, Decimal};
use prose::Kind;

use super::again::{counted_again, is_one_scene};
use super::attribute;
use super::happened;
use super::told::is_of_other_level;
use crate::figure::reading::alike::{common, named_apart, ordinal, shared};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;
use crate::paper::Paper;

/// Words right before a number that is one told before.
const BACK: &[&str] = &["这", "上述", "以上", "该", "这些", "前述", "那", "此"];

/// Marks what is taken up otherwise than it was told.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        for index in 0..passage.numbers.len() {
            let line = before(passages, at).iter().flat_map(|p| &p.numbers);
            let kin: Vec<&Number> = line.filter(|n| n.is_alike(&passage.numbers[index])).collect();
            if is_divided(passages, at, index) || is_made(passage, &kin, &passage.numbers[index]) {
                continue;
            }
            let back = taken_up(passages, at, index)
                .or_else(|| swapped(passages, at, index))
                .or_else(|| counted_again(passages, at, index))
                .or_else(|| attribute::sized(passages, at, index))
                .or_else(|| attribute::all_again(passages, at, index));
            marks.extend(back);
        }
    }

    marks.extend(happened::find(paper));
    marks
}

/// `16个乡镇通过验收,2个正在整改` after 18个乡镇: the two make what was told before.
fn is_divided(passages: &[Passage<'_>], at: usize, index: usize) -> bool {
    let passage = &passages[at];
    let number = &passage.numbers[index];
    let Some(next) = passage.numbers.get(index + 1).filter(|next| next.is_alike(number)) else {
        return false;
    };
    let sum = number.value.checked_add(next.value);
    // 26个支部,24个支部已召开,其余2个本周召开: it may stand in the sentence itself.
    let told = passages[at.saturating_sub(4)..at].iter().flat_map(|p| &p.numbers);
    told.chain(&passage.numbers[..index])
        .filter(|n| n.is_alike(number))
        .any(|n| Some(n.value) == sum)
}

/// The sentences of one line from a few before up to one.
pub(super) fn before<'a, 'p>(passages: &'a [Passage<'p>], at: usize) -> &'a [Passage<'p>] {
    let chars = &passages[at].paper.chars;
    let mut first = at;
    while first > 0
        && at - first < 4
        && chars.get(passages[first].range.start.wrapping_sub(1)) != Some(&'\n')
    {
        first -= 1;
    }
    &passages[first..=at]
}

pub(super) fn plain(number: &Number) -> bool {
    number.is_exact()
        && number.direction.is_none()
        && !number.unit.is_empty()
        && number.kind == Kind::Fact
        && !number.is(Class::Years)
        && !number.is(Class::Rank)
}

/// The words of the clause around a number, with what stands before the number in its gap.
fn told(passage: &Passage<'_>, index: usize) -> String {
    format!("{}\n{}", passage.label(index), passage.noun(index))
}

/// The words from a little before a number to the next mark behind it.
fn lead(passage: &Passage<'_>, index: usize) -> String {
    let at = passage.numbers[index].at.clone();
    let from = passage.range.start.max(at.start.saturating_sub(20));
    format!("{}\n{}", passage.words(from..at.start), passage.noun(index))
}

/// `上半年完成的这3.52亿元固定资产投资`.
fn taken_up(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    let passage = &passages[at];
    let number = &passage.numbers[index];
    let label = passage.label(index);
    // 这支154人的队伍
    let back = BACK.iter().any(|word| label.ends_with(word))
        || ["这支", "这批", "这笔", "这片", "该批", "该笔", "这些"]
            .iter()
            .any(|word| label.ends_with(word));
    let noun = passage.noun(index);
    if !back || !plain(number) || number.value < Decimal::TWO {
        return None;
    }
    let noun = noun.trim_start_matches(|c: char| "的多余".contains(c));
    let noun = noun.split(['的', '都', '均', '全', '已']).next().unwrap_or(noun).to_owned();
    let mut told_before = Vec::new();
    for (k, earlier) in before(passages, at).iter().enumerate() {
        let last = k + 1 == before(passages, at).len();
        let end = if last { index } else { earlier.numbers.len() };
        for other in 0..end {
            if earlier.numbers[other].is_alike(number) && earlier.numbers[other].unit == number.unit
            {
                told_before.push((earlier, other));
            }
        }
    }
    // A value told before, or the sum of several, is what is taken up.
    let values: Vec<&Number> = told_before.iter().map(|(p, i)| &p.numbers[*i]).collect();
    if values.iter().any(|value| value.forgiving().meets(number.forgiving()))
        || is_sum(&values, number)
    {
        return None;
    }
    let named = |words: &str| {
        let run = shared(words, &noun);
        // 这150张床位从未空置
        if run.chars().count() >= 2 && noun.starts_with(&run) {
            return true;
        }
        let pairs: Vec<char> = noun.chars().take(6).collect();
        let told = pairs.windows(2).filter(|pair| words.contains(&pair.iter().collect::<String>()));
        if told.count() >= 2 {
            return true;
        }
        run.chars().count() >= 3 || (run.chars().count() == 2 && noun.chars().count() <= 4)
    };
    let (earlier, other) = told_before.iter().rev().find(|(earlier, other)| {
        named(&lead(earlier, *other)) && plain(&earlier.numbers[*other])
    })?;
    let first = &earlier.numbers[*other];
    // Names that are listed may be what is taken up.
    let listed = passage.words(earlier.range.start..number.at.start).contains('、');
    let small =
        number.value < Decimal::from(20) && listed && !earlier.numbers[*other].is_alike(number);
    if small || !is_near(first.value, number.value) {
        return None;
    }
    Some(mark(passage, first, number))
}

/// Whether one of some numbers makes a whole with a part of it.
pub(super) fn completes<'n>(
    mut others: impl Iterator<Item = &'n Number>,
    whole: &Number,
    part: &Number,
) -> bool {
    others.any(|n| n.is_alike(part) && part.value.checked_add(n.value) == Some(whole.value))
}

pub(super) fn is_sum(values: &[&Number], number: &Number) -> bool {
    (0..values.len()).any(|from| {
        let mut sum = Some(Decimal::ZERO);
        values[from..].iter().any(|n| {
            sum = sum.and_then(|sum| sum.checked_add(n.value));
            sum == Some(number.value)
        })
    })
}

/// Whether what is told makes a number of an earlier one: 312户, 清退21户, 新增30户 for 321户; and
/// 29件,其中3件是上年结转的 after 26件.
pub(super) fn is_made(passage: &Passage<'_>, told: &[&Number], number: &Number) -> bool {
    let own = passage.numbers.iter().filter(|n| n.is_alike(number));
    let mut all: Vec<&Number> = told.iter().copied().chain(own).collect();
    all.retain(|n| n.at != number.at && n.value != number.value);
    all.sort_by_key(|n| n.at.start);
    all.dedup_by_key(|n| n.at.start);
    let moves = |from: usize, to: Decimal| {
        let mut reached = vec![to];
        for other in all.iter().enumerate().filter(|(i, _)| *i != from).map(|(_, n)| n.value) {
            let moved: Vec<Decimal> = reached
                .iter()
                .flat_map(|sum| [sum.checked_add(other), sum.checked_sub(other)])
                .flatten()
                .collect();
            reached.extend(moved);
        }
        reached.contains(&number.value)
    };
    // 9个行政村 and 76个小组 are counted by 个 as anything is.
    number.counter != "个"
        && (2..=6).contains(&all.len())
        && (0..all.len()).any(|from| moves(from, all[from].value))
}

fn is_near(a: Decimal, b: Decimal) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    small.checked_mul(Decimal::TWO).is_some_and(|twice| twice >= large)
}

pub(super) fn mark(passage: &Passage<'_>, first: &Number, again: &Number) -> Mark {
    let (a, b) = (passage.words(first.at.clone()), passage.words(again.at.clone()));
    let message = format!("前面写{a},这里写{b},说的是同一个数,前后不一致;请核对");
    again.mark(passage.paper, message, &[first])
}

/// `居民2310户…走访2130户居民`: the same digits in another order, of the same thing.
fn swapped(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    let passage = &passages[at];
    let number = &passage.numbers[index];
    if !plain(number) || number.per {
        return None;
    }
    let line = before(passages, at);
    let digits = sorted(&passage.words(number.at.clone()), true)?;
    let times = time(passage, index);
    let all = line.iter().flat_map(|p| p.numbers.iter());
    let repeated =
        all.clone().filter(|n| n.is_alike(number) && n.value == number.value).count() > 1;
    if repeated {
        return None;
    }
    for earlier in &line[..line.len() - 1] {
        // 18条…,76台。18条线路上的67台: another number is taken up with its own value.
        let echoed = passage.numbers[..index].iter().any(|n| {
            let same = |o: &&Number| o.is_kin(n) && o.value == n.value && o.counter == n.counter;
            n.value >= Decimal::TWO
                && !n.unit.is_empty()
                && earlier.numbers.iter().any(|o| same(&o))
        });
        for (other, first) in earlier.numbers.iter().enumerate() {
            let totals = ["总投资", "总面积", "总长", "总人口", "总数", "总额", "总产量"];
            let total = totals.iter().any(|word| {
                earlier.label(other).ends_with(word) && passage.label(index).ends_with(word)
            });
            let nouns = shared(&earlier.noun(other), &passage.noun(index));
            let same_noun = nouns.chars().count() >= 3
                && earlier.noun(other).starts_with(&nouns)
                && passage.noun(index).starts_with(&nouns);
            let few = echoed || total || same_noun;
            let same = first.is_alike(number)
                && first.unit == number.unit
                && plain(first)
                && first.value != number.value
                && first.size == number.size
                && is_near(first.value, number.value)
                && sorted(&passage.words(first.at.clone()), few).as_ref() == Some(&digits)
                && time(earlier, other) == times
                && ordinal(&earlier.label(other)) == ordinal(&passage.label(index))
                && !is_of_other_level(&earlier.label(other), &passage.label(index))
                && !named_apart(&earlier.label(other), &passage.label(index))
                && (few
                    || common(&told(earlier, other), &told(passage, index)) >= 2
                    || is_all(&passage.label(index)));
            let part = is_share(passage, index, first);
            if same && !part && is_one_scene((earlier, other), (passage, index), false) {
                return Some(mark(passage, first, number));
            }
        }
    }
    None
}

/// Whether the share told behind a number is what it is of another one: 183个…138个,覆盖率75.4%.
pub(super) fn is_share(passage: &Passage<'_>, index: usize, whole: &Number) -> bool {
    let part = &passage.numbers[index];
    let share = passage.numbers.get(index + 1).filter(|next| next.is(Class::Share));
    share.filter(|_| part.value <= whole.value).is_some_and(|share| {
        let rate = part.rounded().over(whole.rounded());
        let percent = rate.and_then(|rate| rate.times(Extent::exact(Decimal::ONE_HUNDRED)));
        percent.is_some_and(|percent| percent.meets(share.forgiving()))
    })
}

/// The digits of a number in order of size; `None` where there are too few to be mixed up.
fn sorted(words: &str, echoed: bool) -> Option<Vec<char>> {
    let mut digits: Vec<char> = words.chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    let mut kinds = digits.clone();
    kinds.dedup();
    let least = if echoed { 2 } else { 3 };
    (digits.len() >= least && kinds.len() >= 2).then_some(digits)
}

/// Whether words are of all there are in a place: 全村, 总人口.
pub(super) fn is_all(label: &str) -> bool {
    let bare = label.trim_end_matches(['共', '有']);
    !bare.is_empty()
        && [
            "全村",
            "全镇",
            "全乡",
            "全县",
            "全社区",
            "全校",
            "总人口",
            "户籍人口",
            "常住人口",
            "总户数",
            "村民",
        ]
        .iter()
        .any(|word| bare.ends_with(word))
}

/// The words of time before a number, without which two numbers are of one time.
fn time(passage: &Passage<'_>, index: usize) -> Vec<String> {
    const TIMES: &[&str] = &[
        "去年",
        "上年",
        "同期",
        "上半年",
        "下半年",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "计划",
        "目标",
        "任务",
        "月底",
        "年初",
        "年末",
        "男",
        "女",
        "本月",
        "上月",
        "其中",
        "新增",
        "户籍",
        "常住",
        "春季",
        "夏季",
        "秋季",
        "冬季",
        "一期",
        "二期",
        "三期",
    ];
    let words = passage.label(index);
    TIMES.iter().filter(|word| words.contains(*word)).map(ToString::to_string).collect()
}
