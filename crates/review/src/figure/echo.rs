//! A figure that is taken up again with another value: 这3.52亿元投资 after 投资3.25亿元.

use ::figure::{Class, Decimal};
use prose::Kind;

use super::alike::{bare, common, shared};
use super::key;
use super::number::Number;
use super::passage::{Passage, has_any};
use super::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words right before a number that is one told before.
const BACK: &[&str] = &["这", "上述", "以上", "该", "这些", "前述", "那", "此"];

/// Marks what is taken up otherwise than it was told.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        for index in 0..passage.numbers.len() {
            let back = taken_up(passages, at, index)
                .or_else(|| swapped(passages, at, index))
                .or_else(|| counted_again(passages, at, index))
                .or_else(|| named_again(passages, at, index));
            marks.extend(back);
        }
    }
    marks.extend(dates(paper));
    marks
}

/// The sentences of one line from a few before up to one.
fn before<'a, 'p>(passages: &'a [Passage<'p>], at: usize) -> &'a [Passage<'p>] {
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

fn plain(number: &Number) -> bool {
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
        || ["这支", "这批", "这笔", "这片", "该批", "该笔", "这些"].iter().any(|word| label.ends_with(word));
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
            if earlier.numbers[other].is_alike(number) && earlier.numbers[other].unit == number.unit {
                told_before.push((earlier, other));
            }
        }
    }
    // A value told before, or the sum of several, is what is taken up.
    let values: Vec<&Number> = told_before.iter().map(|(p, i)| &p.numbers[*i]).collect();
    if values.iter().any(|value| value.forgiving().meets(number.forgiving())) || is_sum(&values, number) {
        return None;
    }
    let named = |words: &str| {
        let run = shared(words, &noun);
        run.chars().count() >= 3 || (run.chars().count() == 2 && noun.chars().count() <= 4)
    };
    let (earlier, other) = told_before
        .iter()
        .rev()
        .find(|(earlier, other)| named(&lead(earlier, *other)) && plain(&earlier.numbers[*other]))?;
    let first = &earlier.numbers[*other];
    // Names that are listed may be what is taken up.
    let listed = passage.words(earlier.range.start..number.at.start).contains('、');
    let small = number.value < Decimal::from(20) && listed && !earlier.numbers[*other].is_alike(number);
    if small || !is_near(first.value, number.value) {
        return None;
    }
    Some(mark(passage, first, number))
}

fn is_sum(values: &[&Number], number: &Number) -> bool {
    (0..values.len()).any(|from| {
        (from + 1..=values.len()).any(|to| {
            let sum = values[from..to]
                .iter()
                .try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value));
            sum == Some(number.value)
        })
    })
}

fn is_near(a: Decimal, b: Decimal) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    small.checked_mul(Decimal::TWO).is_some_and(|twice| twice >= large)
}

fn mark(passage: &Passage<'_>, first: &Number, again: &Number) -> Mark {
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
    let repeated = all.clone().filter(|n| n.is_alike(number) && n.value == number.value).count() > 1;
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
                && passage.label(0).is_empty()
        });
        for (other, first) in earlier.numbers.iter().enumerate() {
            let totals = ["总投资", "总面积", "总长", "总人口", "总数", "总额", "总产量"];
            let total = totals
                .iter()
                .any(|word| earlier.label(other).ends_with(word) && passage.label(index).ends_with(word));
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
                && (few
                    || common(&told(earlier, other), &told(passage, index)) >= 2
                    || (is_all(&passage.label(index)) && is_all(&earlier.label(other))));
            if same && is_one_scene((earlier, other), (passage, index), false) {
                return Some(mark(passage, first, number));
            }
        }
    }
    None
}

/// `开展集中整治12次。通过13次集中整治…`: the same thing counted right behind otherwise.
fn counted_again(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    const LEADS: &[&str] = &[
        "", "通过", "全部", "经过", "依托", "全镇", "全县", "全乡", "全村", "我镇", "我县", "目前",
        "在", "对", "从", "如今", "上述", "这", "全街道", "辖区", "其中的", "全镇的", "所有",
    ];
    let passage = &passages[at];
    let number = &passage.numbers[index];
    let label = passage.label(index);
    let noun = passage.noun(index);
    let noun = noun.trim_start_matches('的').to_owned();
    let lead = label.trim_end_matches(['和', '及', '与']);
    let lead = if label.len() > lead.len() { "" } else { lead };
    if !LEADS.contains(&lead) || !plain(number) || number.per || noun.chars().count() < 2 {
        return None;
    }
    let line = before(passages, at);
    let first_of = line.len().saturating_sub(2);
    for (k, earlier) in line.iter().enumerate().skip(first_of) {
        let end = if k + 1 == line.len() { index } else { earlier.numbers.len() };
        for other in (0..end).rev() {
            let first = &earlier.numbers[other];
            if !first.is_alike(number) || first.unit != number.unit || !plain(first) {
                continue;
            }
            let (before, behind) = (earlier.label(other), earlier.noun(other));
            let run = shared(&before, &noun);
            let least = if number.value >= Decimal::from(100) { 2 } else { 3 };
            let at_end = run.chars().count() >= least && before.ends_with(&run) && noun.starts_with(&run);
            let same = shared(&behind, &noun);
            // 全镇14所学校 is of all of them, and so is 16所学校 behind it.
            let least = if is_all(&before) { 2 } else { 4 };
            let at_start = same.chars().count() >= least
                && behind.trim_start_matches('的').starts_with(&same)
                && noun.starts_with(&same);
            let scope = ["其中", "新增", "去年", "上年", "计划", "目标", "累计", "每"];
            let told = format!("{label}{noun}");
            let part = scope.iter().any(|word| before.contains(word) != told.contains(word))
                || has_any(&earlier.gap(other), &["其中", "、"]);
            if !(at_end || at_start) || part {
                continue;
            }
            // The same value anywhere, or the sum of several, is what is meant.
            let values: Vec<&Number> = line
                .iter()
                .flat_map(|p| p.numbers.iter())
                .filter(|n| n.is_alike(number) && n.at != number.at)
                .collect();
            let told = values.iter().any(|n| n.value == number.value) || is_sum(&values, number);
            let gap = (first.value - number.value).abs();
            let digits = |n: &Number, p: &Passage<'_>| {
                let mut digits: Vec<char> =
                    p.words(n.at.clone()).chars().filter(char::is_ascii_digit).collect();
                digits.sort_unstable();
                digits
            };
            let mixed = first.size == number.size
                && digits(first, earlier).len() >= 2
                && digits(first, earlier) == digits(number, passage);
            let slip = mixed
                || gap <= Decimal::from(3)
                || gap.checked_mul(Decimal::TEN)? <= first.value;
            let known = first.extent.meets(number.extent);
            let scene = k + 1 == line.len()
                || is_one_scene((earlier, other), (passage, index), false);
            return (!told && slip && !known && scene).then(|| mark(passage, first, number));
        }
    }
    None
}

/// Whether two numbers can be of one place and time, as far as their sentences tell.
fn is_one_scene(a: (&Passage<'_>, usize), b: (&Passage<'_>, usize), strict: bool) -> bool {
    let words = |(passage, index): (&Passage<'_>, usize)| {
        passage.words(passage.range.start..passage.numbers[index].at.start)
    };
    let (first, second) = (words(a), words(b));
    let own = key::own_place(a.0.paper);
    let places = |words: &str| -> Vec<String> {
        key::places(words).into_iter().filter(|p| Some(p) != own.as_ref()).collect()
    };
    let (here, there) = (places(&first), places(&second));
    let place = here == there || (!strict && (here.is_empty() || there.is_empty()));
    let year = key::year(&first, None);
    let other = key::year(&second, None);
    let same_year = year == other || (!strict && (year.is_none() || other.is_none()));
    let known = |words: &str| key::period(words).replace("全年", "");
    place && same_year && known(&first) == known(&second)
}

/// The words that touch a number on both sides, without scope words; `None` where it is of a
/// part, of another time or of a plan.
fn touching(passage: &Passage<'_>, index: usize) -> Option<(String, String)> {
    const SCOPE: &[&str] = &[
        "其中", "新增", "去年", "上年", "同期", "计划", "目标", "任务", "累计", "每", "均", "比", "较",
        "再", "又", "另", "还", "余", "剩", "占", "增", "减", "降", "预计", "力争", "将", "原", "约",
        "上半年", "下半年", "季度", "月", "分别", "各", "前", "后", "最", "第", "超", "以上", "部分",
        "应", "拟", "已完成", "年初", "年底", "年末", "首批", "一期", "二期", "从", "由", "到", "至",
    ];
    let (label, noun) = (passage.label(index), passage.noun(index));
    let gap = passage.gap(index);
    let listed = gap.contains('、') || passage.gap(index + 1).starts_with('、');
    let noun = noun.trim_start_matches('的').to_owned();
    (!has_any(&label, SCOPE) && !has_any(&noun, &["增", "减", "其中", "左右"]) && !listed)
        .then_some((label, noun))
}

/// `完成危房改造86户…完成了96户危房改造`: the same words touch both numbers.
fn named_again(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    let passage = &passages[at];
    let number = &passage.numbers[index];
    if !plain(number) || number.per || number.value < Decimal::TWO {
        return None;
    }
    let (label, noun) = touching(passage, index)?;
    let line = before(passages, at);
    let values: Vec<&Number> = line
        .iter()
        .flat_map(|p| p.numbers.iter())
        .filter(|n| n.is_alike(number) && n.at != number.at)
        .collect();
    if values.iter().any(|n| n.extent.meets(number.forgiving())) || is_sum(&values, number) {
        return None;
    }
    for earlier in line[..line.len() - 1].iter().rev() {
        for (other, first) in earlier.numbers.iter().enumerate() {
            if !first.is_kin(number) || first.counter != number.counter || !plain(first) || first.per {
                continue;
            }
            let Some((before, behind)) = touching(earlier, other) else { continue };
            let pairs = [(&before, &noun, true, false), (&before, &label, true, true), (&behind, &noun, false, false), (&behind, &label, false, true)];
            let named = pairs.iter().any(|(a, b, a_ends, b_ends)| {
                let run = shared(a, b);
                let touch = |words: &str, ends: bool| if ends { words.ends_with(&run) } else { words.starts_with(&run) };
                // 中心小学现有教师 and 镇中学现有教师 begin otherwise.
                let lead = |words: &str, ends: bool| {
                    ends.then(|| words.strip_suffix(&run).map(bare)).flatten()
                };
                let (x, y) = (lead(a, *a_ends), lead(b, *b_ends));
                let alike = match (*a_ends, *b_ends) {
                    (true, true) => x == y || x.as_deref() == Some("") || y.as_deref() == Some(""),
                    _ => true,
                };
                run.chars().count() >= 4 && touch(a, *a_ends) && touch(b, *b_ends) && alike
            });
            let third = first.value.checked_mul(Decimal::new(3, 1))?;
            let near = (first.value - number.value).abs() <= third;
            let among = |p: &Passage<'_>, i: usize| {
                p.words(p.range.start..p.numbers[i].at.start).contains("其中")
            };
            let scene = is_one_scene((earlier, other), (passage, index), true)
                && !among(earlier, other)
                && !among(passage, index);
            if named && near && scene {
                return Some(mark(passage, first, number));
            }
        }
    }
    None
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
fn is_all(label: &str) -> bool {
    let bare = label.trim_end_matches(['共', '有']);
    !bare.is_empty() && ["全村", "全镇", "全乡", "全县", "全社区", "全校", "总人口", "户籍人口", "常住人口", "总户数", "村民"]
        .iter()
        .any(|word| bare.ends_with(word))
}

/// The words of time before a number, without which two numbers are of one time.
fn time(passage: &Passage<'_>, index: usize) -> Vec<String> {
    const TIMES: &[&str] = &[
        "去年", "上年", "同期", "上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "计划",
        "目标", "任务", "月底", "年初", "年末", "男", "女", "本月", "上月", "其中", "新增",
    ];
    let words = passage.label(index);
    TIMES.iter().filter(|word| words.contains(*word)).map(ToString::to_string).collect()
}

/// `8月12日召开警示教育大会…8月21日警示教育大会结束当天`: an event with two dates.
fn dates(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut found: Vec<Written> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at].is_ascii_digit().then(|| small::date_at(chars, at)).flatten() {
            Some(date) if date.day.is_some() => {
                at = date.at.end;
                found.push(date);
            }
            _ => at += 1,
        }
    }
    let mut marks = Vec::new();
    for (k, later) in found.iter().enumerate() {
        let Some(event) = event_behind(chars, later.at.end) else { continue };
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
        "结束", "当天", "当日", "之后", "后", "期间", "现场", "上,", "上，", "闭幕", "一结束",
        "散会",
    ];
    let words: String = chars[at..chars.len().min(at + 30)].iter().collect();
    let clause = words.split(['。', ',', '，', ';', '；', '\n']).next()?;
    let mut event = clause;
    // 6月28日的这次会议
    for back in ["的这次", "的这场", "的该次", "召开的这次", "举行的这次", "举行的这场"] {
        if let Some(rest) = clause.strip_prefix(back) {
            let word: String = rest.chars().take(2).collect();
            return (word.chars().count() == 2).then_some(word);
        }
    }
    for lead in ["召开的", "举行的", "举办的", "开展的", "的", "这次", "该次", "全镇", "全县"] {
        event = event.strip_prefix(lead).unwrap_or(event);
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
