//! Words that say up and numbers that go down, and other comparisons the wrong way round.

use ::figure::{Class, Decimal};
use pack::ReviewRule;
use prose::Direction;

use super::reading::alike::common;
use super::reading::change::{change, is_reached, is_start};
use super::reading::number::Number;
use super::reading::passage::{Passage, has_any, neighbours, passages};
use super::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

mod apart;
mod beside;
mod beyond;
mod distance;
pub(super) mod due;
mod foremost;
mod from_to;
mod level;
mod narrowed;
mod opposed;
pub(super) mod pace;
mod reached;
mod series;
mod trend;
mod trend_words;
mod verdict;
mod verdict_words;
mod versus;

/// Marks numbers that their words deny.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in &sentences {
        for index in 1..passage.numbers.len() {
            let mark = moved(passage, index)
                .or_else(|| against(passage, index))
                .or_else(|| since(passage, index))
                .or_else(|| task(passage, index))
                .or_else(|| reached::passed(passage, index))
                .or_else(|| reached::claimed(passage, index))
                .or_else(|| reached::below(passage, index))
                .or_else(|| beyond::find(passage, index))
                .or_else(|| beyond::fallen_short(passage, index))
                .or_else(|| due::unfinished(passage, index))
                .or_else(|| due::since_opening(passage, index))
                .or_else(|| beside::find(passage, index))
                .or_else(|| apart::find(passage, index))
                .or_else(|| from_to::moved(passage, index))
                .or_else(|| from_to::turned(passage, index))
                .or_else(|| from_to::level(passage, index));
            marks.extend(mark);
        }
        marks.extend((0..passage.numbers.len()).filter_map(|i| {
            reached::halved(passage, i)
                .or_else(|| reached::threshold(passage, i))
                .or_else(|| pace::find(passage, i))
                .or_else(|| versus::find(passage, i))
                .or_else(|| from_to::changed(passage, i))
                .or_else(|| narrowed::turned(passage, i))
                .or_else(|| narrowed::find(passage, i))
                .or_else(|| level::find(passage, i))
                .or_else(|| distance::find(passage, i))
        }));
        marks.extend(ranks(passage));
    }
    for passage in sentences.iter().chain(&neighbours(&sentences)) {
        marks.extend((1..passage.numbers.len()).filter_map(|index| {
            trend::told_behind(passage, index)
                .or_else(|| trend::told_before(passage, index))
                .or_else(|| due::against_plan(passage, index))
                .or_else(|| due::other_side(passage, index))
                .or_else(|| opposed::find(passage, index))
        }));
        marks.extend(series::find(passage));
        marks.extend(
            (0..passage.numbers.len())
                .filter_map(|i| verdict::find(passage, i).or_else(|| foremost::find(passage, i))),
        );
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

pub(super) const UP: &[&str] = &[
    "增至",
    "增加到",
    "增长到",
    "增加至",
    "增长至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "上升到",
    "上升至",
    "扩大到",
    "扩大至",
    "上涨到",
    "升至",
    "涨到",
    "增到",
    "发展到",
    "扩大为",
    "壮大到",
    "扩充到",
];
pub(super) const DOWN: &[&str] = &[
    "降至",
    "下降到",
    "下降至",
    "减少到",
    "减少至",
    "减至",
    "降低到",
    "降低至",
    "降到",
    "压减到",
    "压减至",
    "缩短到",
    "缩短至",
    "压缩到",
    "压缩至",
    "缩减到",
    "缩减至",
    "回落到",
    "回落至",
    "精简到",
    "精简至",
    "减少为",
    "缩短为",
    "减到",
    "减为",
    "降为",
    "压到",
    "缩到",
    "缩小到",
    "缩小至",
    "缩小为",
    "下降为",
    "压缩为",
];

fn comparable(a: &Number, b: &Number) -> bool {
    a.is_alike(b) && a.kind == b.kind
}

/// `由15人增至12人`.
fn moved(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (old, new) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let gap = passage.gap(index);
    let tail: String = gap.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    let (up, down) = (has_any(&tail, UP), has_any(&tail, DOWN));
    if !is_start(&passage.label(index - 1))
        || !is_reached(&passage.label(index))
        || up == down
        || !comparable(old, new)
    {
        return None;
    }
    // 排名由12位升到8位 goes up.
    let lead = passage.words(passage.range.start..old.at.start);
    let ranked = passage.words(old.at.clone()).ends_with(['位', '名'])
        && has_any(&format!("{lead}{gap}"), &["排", "名次", "位次", "位列", "居", "强"]);
    // A grade goes up by a smaller number as well.
    let ratio = has_any(&passage.label(index - 1), &["比由", "比从", "系数由", "系数从"]);
    let graded = old.unit.is_empty() && !ratio || has_any(&lead, &["等级", "级别", "名次", "位次"]);
    if ranked || graded || gap.contains([';', '；', '、']) || gap.matches([',', '，']).count() > 1
    {
        return None;
    }
    let wrong =
        if up { new.extent.high < old.extent.low } else { new.extent.low > old.extent.high };
    let (word, is) = if up { ("增加", "减少") } else { ("减少", "增加") };
    wrong.then(|| {
        let (from, to) = (passage.words(old.at.clone()), passage.words(new.at.clone()));
        new.mark(passage.paper, format!("说是{word},数字却由{from}到{to}是{is};请核对"), &[old])
    })
}

const ABOVE: &[&str] = &["高于", "超过", "高出", "多于", "优于", "超出", "快于", "好于", "领先"];
const BELOW: &[&str] = &["低于", "少于", "不及", "落后于", "慢于", "差于", "小于"];

/// `满意度96.2%,高于全县平均水平97.1%`.
fn against(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const MEASURE: &[&str] = &[
        "平均", "水平", "上年", "去年", "全市", "全县", "全省", "全国", "目标", "任务", "计划",
        "同期", "标准", "指标", "值",
    ];
    let (own, other) = (&passage.numbers[index - 1], &passage.numbers[index]);
    // 高于全县平均水平（15620元） tells it in brackets.
    let gap = passage.gap(index);
    let label = match gap.strip_suffix(['(', '（']) {
        Some(before) => before.rsplit([',', '，']).next().unwrap_or_default().to_owned(),
        None => passage.label(index),
    };
    let above = ABOVE.iter().any(|word| label.starts_with(word)) && !label.contains('不');
    let denied = label.replace("不及", "").contains('不');
    let below = BELOW.iter().any(|word| label.starts_with(word)) && !denied;
    // 高于全区22.6万元的平均水平: what it is measured by may stand behind.
    let noun = passage.noun(index);
    let behind = noun
        .strip_prefix('的')
        .is_some_and(|noun| has_any(noun, &["平均", "水平", "均值", "标准"]));
    // 低于茶叶的1620元 names the other thing itself.
    let named = label.ends_with('的') && label.chars().count() <= 9 && !own.is(Class::Share);
    let measured = behind || named || has_any(&label, MEASURE);
    // 高于全市平均水平4个百分点 tells how far above.
    // 比上年高1740元,比全县平均24100元高760元: a distance is none of the two.
    if is_distance(passage, index - 1)
        || !comparable(own, other)
        || other.is(Class::Points)
        || !measured
        || above == below
        || change(label.trim_end_matches(['增', '降', '涨', '速', '幅'])).is_some()
        || (own.direction.is_some() && !has_any(&label, &["平均", "全省", "全市", "全县", "全国"]))
    {
        return None;
    }
    let mean = named || passage.label(index - 1).contains('均');
    if passage.gap(index).matches([',', '，']).count() != 1
        || (own.per != other.per && own.is(Class::Money) && !mean)
    {
        return None;
    }
    // 低于全县平均3.1% gives the distance.
    let half = own.value.checked_div(Decimal::TWO)?;
    let level = other.value > half
        && (behind || has_any(&label, &["的", "水平", "平均", "目标", "任务", "标准", "值"]));
    let wrong = if above {
        own.forgiving().high < other.extent.low
    } else {
        own.forgiving().low > other.value
    };
    (wrong && (above || level) && (level || other.value < own.value.checked_mul(Decimal::TWO)?))
        .then(|| {
            let (a, b) = (passage.words(own.at.clone()), passage.words(other.at.clone()));
            let word = if above { "高于" } else { "低于" };
            own.mark(passage.paper, format!("{a}并不{word}{b};请核对"), &[other])
        })
}

/// `130起,比上年的160起增加30起`: the words of the change and the two values disagree.
fn since(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (new, old) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let label = passage.label(index);
    let earlier = has_any(&label, &["上年", "去年", "同期", "年初", "前年"])
        && has_any(&label, &["比", "较"]);
    if !earlier
        || !comparable(old, new)
        || change(&label).is_some()
        || change(&passage.label(index - 1)).is_some()
    {
        return None;
    }
    if passage.gap(index).matches([',', '，', ';', '；']).count() > 1
        || is_distance(passage, index - 1)
    {
        return None;
    }
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(old.at.end..end);
    // 比上年的0.41吨标准煤继续下降: what is measured is named behind each of the two.
    let noun = passage.noun(index - 1);
    let tail = tail.strip_prefix(noun.as_str()).unwrap_or(&tail);
    let tail =
        ["继续", "持续", "进一步", "稳步"].iter().fold(tail, |t, w| t.strip_prefix(w).unwrap_or(t));
    let tail = tail.trim_start_matches(['的', '有', '所', '了', '略', '大', '幅', '明', '显']);
    // 比去年的4500人次多 ends there; 多出口 goes on.
    let ended = tail.chars().nth(1).is_none_or(|c| ",，。了一不得".contains(c));
    let direction = match tail.chars().next()? {
        '增' | '上' | '提' => Direction::Up,
        '减' | '下' | '降' => Direction::Down,
        '多' | '高' if ended => Direction::Up,
        '少' | '低' if ended => Direction::Down,
        _ => return None,
    };
    let wrong = match direction {
        Direction::Up => new.extent.high < old.extent.low,
        Direction::Down => new.extent.low > old.extent.high,
    };
    wrong.then(|| {
        let (a, b) = (passage.words(old.at.clone()), passage.words(new.at.clone()));
        let is = if direction == Direction::Up { "减少" } else { "增加" };
        new.mark(passage.paper, format!("由{a}到{b}是{is},与文字所说相反;请核对"), &[old])
    })
}

/// `完成92万元,超额完成100万元的任务` and `任务100亩,完成90亩,超额完成`.
fn task(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const TASK: &[&str] = &["任务", "目标", "计划", "指标"];
    let second = &passage.numbers[index];
    // 办班七期,参训三百人次,完成了八期的任务: others may stand between the two.
    let before = (0..index).rev().find(|i| {
        let number = &passage.numbers[*i];
        number.is_kin(second) || *i + 1 == index && number.is_alike(second)
    })?;
    let first = &passage.numbers[before];
    if passage.between(before, index).contains("其中")
        || second.direction.is_some()
        || first.direction.is_some()
        || second.is(Class::Share)
    {
        return None;
    }
    if has_any(&passage.words(passage.range.start..second.at.start), LAST_PART) {
        return None;
    }
    let label = passage.label(index);
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(second.at.end..end);
    let tail: String = tail.chars().take(14).collect();
    let exceeded = ["超额完成", "超额实现", "提前超额"];
    // 办班七期,全面完成了年初确定的八期的培训任务
    let whole =
        ["全面完成", "圆满完成", "全部完成", "顺利完成", "如期完成", "足额完成", "如数完成"];
    let named = tail.starts_with(['的', '任', '目', '年', '计']) && has_any(&tail, TASK);
    let all_of_it = has_any(&label, &whole) && is_task_of(passage, index, &tail);
    let (done, all) = if (has_any(&label, &exceeded) || all_of_it)
        && !has_any(&label, &["未", "没", "将", "确保", "力争"])
        && named
    {
        (first, second)
    } else if before + 1 == index
        && has_any(&passage.around(before), TASK)
        && has_any(&label, &["完成", "实现", "达到", "实际"])
        && has_any(&tail, &exceeded)
        && !has_any(&label, TASK)
    {
        (second, first)
    } else {
        return None;
    };
    (done.extent.high < all.extent.low).then(|| {
        let (a, b) = (passage.words(done.at.clone()), passage.words(all.at.clone()));
        done.mark(passage.paper, format!("完成{a}少于任务{b},没有完成任务;请核对"), &[all])
    })
}

/// Whether a number tells how far two others lie apart: 高1740元.
pub(super) fn is_distance(passage: &Passage<'_>, index: usize) -> bool {
    matches!(passage.label(index).as_str(), "高" | "低" | "多" | "少" | "高出" | "多出")
}

/// Words of a part of the year alone, behind which a task of the year may be done.
const LAST_PART: &[&str] =
    &["月份", "季度", "个月", "最后一", "第二批", "第三批", "末批", "再完成", "下半年"];

/// Whether the task behind a number is that of the one told before: it names no other thing, and
/// no share of it is told.
fn is_task_of(passage: &Passage<'_>, index: usize, tail: &str) -> bool {
    const TASK: &[&str] = &["任务", "目标", "计划", "指标"];
    let Some(at) = TASK.iter().filter_map(|word| tail.find(word)).min() else { return false };
    let thing = tail[..at].replace(['的', '年', '度', '全'], "");
    let lead = passage.words(passage.range.start..passage.numbers[index - 1].at.start);
    let share = passage.numbers.get(index + 1).is_some_and(|n| {
        n.is(Class::Share) && passage.gap(index + 1).chars().count() <= at / 3 + 6
    });
    // 十一场 and 十二场 are of what is held; a 个 may be anything.
    let held = matches!(passage.numbers[index].counter.as_str(), "场" | "期" | "次" | "批" | "轮");
    !share && (held || thing.is_empty() || common(&thing, &lead) >= 2)
}

/// `由第8位上升到第15位`.
fn ranks(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars[passage.range.clone()];
    let rank = |at: usize| {
        let (value, end) = small::number_at(chars, at + 1)?;
        (chars[at] == '第').then_some((value, end))
    };
    for at in 0..chars.len() {
        let Some((old, end)) = rank(at) else { continue };
        let from = at.saturating_sub(8);
        let lead: String = chars[from..at].iter().collect();
        let next = (end..chars.len().min(end + 12))
            .find_map(|k| rank(k).map(|(value, end)| (k, value, end)));
        let Some((to, new, close)) = next else { continue };
        let words: String = chars[end..to].iter().collect();
        let up = has_any(
            &words,
            &["上升", "前移", "提升", "跃升", "跃居", "前进", "升至", "升到", "提高"],
        );
        let down = has_any(&words, &["下降", "退至", "后退", "下滑", "降至", "降到", "滑落"]);
        let moves =
            lead.contains(['由', '从']) && up != down && words.contains(['位', '名', '至', '到']);
        if moves && ((up && new > old) || (down && new < old)) {
            let place = passage.range.start + to..passage.range.start + close;
            let is = if up { "后退" } else { "前移" };
            let message = format!("由第{old}到第{new}是{is},与文字所说相反;请核对名次");
            return Some(Mark { at: passage.paper.origin(&place), message, also: Vec::new() });
        }
    }
    None
}
