//! A share that is not the quotient of the numbers beside it.

use ::figure::{Class, Decimal, decimal_text};
use pack::ReviewRule;

use super::alike::common;
use super::extent::Extent;
use super::half;
use super::joined;
use super::number::Number;
use super::passage::{Passage, across, has_any, pairs, passages};
use super::portion::{self, share_of};
use super::quotient;
use super::rates::{RATES, WHOLE, is_narrower};
use super::spelt::{spelt_out, told_after, told_of_both};
use super::structure;
use super::twofold::{self, is_of_others, is_told};
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks shares and rates that their numbers do not give.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in sentences.iter().chain(&pairs(&sentences)) {
        for index in 0..passage.numbers.len() {
            let share = &passage.numbers[index];
            if share.is(Class::Share) && share.direction.is_none() && !is_narrower(passage, index) {
                let mark = checked(passage, index)
                    .or_else(|| spelt_out(passage, index))
                    .or_else(|| half::air(passage, index))
                    .or_else(|| joined::excepted(passage, index))
                    .or_else(|| twofold::find(passage, index));
                marks.extend(mark);
            }
            marks.extend(half::find(passage, index));
        }
        marks.extend(structure::find(passage));
        marks.extend((0..passage.numbers.len()).filter_map(|i| structure::plain_ratio(passage, i)));
    }
    for passage in across(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| twofold::find(&passage, i)));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Whether a year is named in digits.
fn is_dated(words: &str) -> bool {
    words.split('年').any(|lead| {
        let digits = lead.chars().rev().take_while(char::is_ascii_digit).count();
        digits == 4 && words.contains('年')
    })
}

/// Words by which a share is of another plan than the one told beside it.
pub(super) const BASES: &[&str] = &[
    "市级",
    "省级",
    "县级",
    "市定",
    "省定",
    "县定",
    "上级",
    "市下达",
    "省下达",
    "县下达",
    "自定",
    "调整",
    "半年",
    "季度",
    "阶段",
    "考核",
    "奋斗",
    "首期",
    "一期",
    "三年",
    "五年",
    "总任务",
    "市里",
    "省里",
    "县里",
    "总目标",
    "总计划",
];

/// The words before a share, 在生产总值中占 as 占生产总值的.
pub(super) fn told_share(passage: &Passage<'_>, index: usize) -> String {
    let label = passage.label(index);
    let inside =
        ["中占", "里占", "中的占比", "中所占"].iter().find_map(|end| label.split_once(end));
    let turned = inside.and_then(|(lead, rest)| {
        let (own, of) = lead.split_once('在')?;
        Some(format!("{own}占{of}的{}", rest.trim_start_matches(['了', '到', '比', '重'])))
    });
    turned.unwrap_or(label)
}

fn checked(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let label = told_share(passage, index);
    if let Some((part, whole)) = portion::of_member(passage, index, &label, usable) {
        return differing(passage, index, (part, whole));
    }
    let (part, whole) = pair(passage, index).or_else(|| told_after(passage, index))?;
    let (own, of) = (told_share(passage, index), passage.gap(whole));
    if BASES.iter().any(|base| own.contains(base) && !of.contains(base)) {
        return None;
    }
    // 务工人员中省外务工占62% is of those that work.
    let inside =
        label.split_once('中').filter(|(of, rest)| of.chars().count() >= 2 && rest.contains('占'));
    let of_part =
        |of: &str| common(of, &passage.around(part)) >= 2 && common(of, &passage.around(whole)) < 2;
    if inside.is_some_and(|(of, rest)| of_part(of) && rest.chars().count() >= 3) {
        return None;
    }
    // 其中今年发展会员830人,会员中外来工占七成: those that have the share are not counted.
    if part < index && is_of_others(&label, &passage.around(part)) {
        return None;
    }
    // 占地区生产总值的32% is of what it names.
    let named = share_of(&own).filter(|of| !of.is_empty());
    if named.is_some_and(|of| !passage.around(whole).contains(&of) && of.contains("生产总值")) {
        return None;
    }
    let share = &passage.numbers[index];
    // Any two numbers before it that give the share may be the ones that are meant.
    let parted = (1..=index).rev().find(|at| passage.gap(*at).contains([';', '；'])).unwrap_or(0);
    let near = index.saturating_sub(6).max(parted);
    // 占一般公共预算支出的八成 is of what was spent.
    let done = label.replace("公共预算", "");
    let beyond = has_any(&done, &["任务", "计划", "目标", "完成", "预算", "相当于"]);
    let fits = |a: usize, b: usize| {
        let (a, b) = (&passage.numbers[a], &passage.numbers[b]);
        a.is_alike(b) && (beyond || share.is_exact() || a.value <= b.value) && gives(a, b, share)
    };
    let far = (index + 3).min(passage.numbers.len());
    // 上半年3.3亿元、下半年2.8亿元, and a share of both together.
    let together = (near..index).any(|from| {
        (from + 2..=index).any(|to| {
            let run: Vec<&Number> = passage.numbers[from..to].iter().collect();
            let alike = run.iter().all(|n| n.is_alike(run[0]) && usable(n));
            let sum = run
                .iter()
                .map(|n| n.rounded())
                .try_fold(Extent::exact(Decimal::ZERO), Extent::plus);
            alike
                && (near..index).filter(|b| !(from..to).contains(b)).any(|b| {
                    let whole = &passage.numbers[b];
                    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
                    whole.is_alike(run[0])
                        && sum
                            .and_then(|sum| sum.over(whole.rounded()))
                            .and_then(|q| q.times(hundred))
                            .is_some_and(|q| q.meets(share.forgiving()))
                })
        })
    });
    if together {
        return None;
    }
    if (near..far).any(|a| (near..far).any(|b| a != b && fits(a, b))) || fits(part, whole) {
        return None;
    }
    differing(passage, index, (part, whole))
}

/// The mark at a share that is not that of its part in its whole.
fn differing(passage: &Passage<'_>, index: usize, (part, whole): (usize, usize)) -> Option<Mark> {
    let share = &passage.numbers[index];
    if is_told(passage, index, (part, whole)) {
        return None;
    }
    let (part, whole) = (&passage.numbers[part], &passage.numbers[whole]);
    // 项目793个,其中12条产业链项目占84.4%: chains are none of the projects.
    if !part.is_kin(whole) && part.counter.chars().count() == 1 {
        return None;
    }
    if part.extent.low == Decimal::ZERO && !part.is_exact() || gives(part, whole, share) {
        return None;
    }
    let quotient = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    let places = share.digit.scale().max(1);
    let message = format!(
        "{}÷{}={}%,不是{};请核对比例或两个数",
        passage.words(part.at.clone()),
        passage.words(whole.at.clone()),
        decimal_text(quotient.round_dp(places)),
        passage.words(share.at.clone())
    );
    Some(share.mark(passage.paper, message, &[part, whole]))
}

/// Whether the part over the whole is the share, rounding forgiven; `true` where it cannot be
/// told.
pub(super) fn gives(part: &Number, whole: &Number, share: &Number) -> bool {
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    // What is planned is not rounded.
    let of =
        if whole.kind == prose::Kind::Plan { whole.extent } else { whole.rounded_beside(part) };
    let quotient = part.rounded_beside(whole).over(of).and_then(|q| q.times(hundred));
    quotient.is_none_or(|quotient| quotient.meets(share.forgiving()))
}

/// The two numbers that the share is said to be of.
fn pair(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let gap = passage.gap(index);
    let label = told_share(passage, index);
    // 用上自来水的2115户,普及率提高到94.5%: right behind its part this is a level.
    let beside = gap.matches([',', '，']).count() == 1
        && !gap.contains(['。', ';', '；'])
        && !has_any(&gap, &["年", "月", "底", "末", "以来"])
        && index.checked_sub(1).is_some_and(|part| {
            let own = passage.label(part);
            own.ends_with(['的', '有']) || has_any(&own, &["其中", "已", "实"])
        });
    let label = ["提高到", "提高至", "提升到", "提升至"]
        .iter()
        .filter(|_| beside)
        .fold(label, |label, word| label.replace(word, "达到"));
    if has_any(&label, &["增长", "同比", "提高", "下降", "高于", "低于", "较", "平均", "每"])
    {
        return None;
    }
    of_named_whole(passage, index, &gap)
        .or_else(|| of_whole_before(passage, index, &label))
        .or_else(|| rate(passage, index, &label))
        .or_else(|| of_task(passage, index, &label))
        .or_else(|| told_of_both(passage, index, &label))
        .or_else(|| quotient::pair(passage, index, &label, usable))
        .or_else(|| joined::pair(passage, index, usable))
        .or_else(|| portion::under_total(passage, index, &label, usable))
        .or_else(|| portion::restated(passage, index, &label, usable))
        .or_else(|| portion::told_ahead(passage, index, &label, usable))
}

pub(super) fn usable(number: &Number) -> bool {
    number.direction.is_none()
        && !number.per
        && !number.unit.is_empty()
        && number.class.is_none_or(|class| {
            !matches!(
                class,
                Class::Share
                    | Class::Points
                    | Class::Multiples
                    | Class::Years
                    | Class::Rank
                    | Class::Days
            )
        })
}

/// The nearest number before a position that can be compared with `like`.
fn nearest(passage: &Passage<'_>, before: usize, like: Option<&Number>) -> Option<usize> {
    (0..before).rev().find(|i| {
        let number = &passage.numbers[*i];
        usable(number) && like.is_none_or(|like| number.is_alike(like))
    })
}

/// `到位120万元,占计划总投资200万元的60%`.
fn of_named_whole(passage: &Passage<'_>, index: usize, gap: &str) -> Option<(usize, usize)> {
    let whole = index.checked_sub(1)?;
    let direct =
        gap.trim_start_matches(|c: char| !"的(（,，".contains(c)).trim_start_matches(['(', '（']);
    let lead = passage.label(whole);
    if !direct.starts_with('的') || direct.chars().count() > 3 || !lead.contains('占') {
        return None;
    }
    if !usable(&passage.numbers[whole]) {
        return None;
    }
    let part = nearest(passage, whole, Some(&passage.numbers[whole]))?;
    Some((part, whole))
}

/// `共640人,其中外出320人,占50%`.
fn of_whole_before(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    let named = share_of(label)?;
    let mut part = nearest(passage, index, None)?;
    // 9个村收入过了20万元,占到60%: the size that some have is none of what is shared.
    let size = passage.label(part);
    let size = size.trim_end_matches('了');
    if ["过", "超", "超过", "达", "达到", "不足", "在"].iter().any(|word| size.ends_with(word))
    {
        let before = part.checked_sub(1).filter(|i| usable(&passage.numbers[*i]));
        part = before
            .filter(|i| !passage.numbers[*i].is_alike(&passage.numbers[part]))
            .unwrap_or(part);
    }
    if part + 1 != index && passage.numbers[part + 1..index].iter().any(|n| !usable(n) || !n.per) {
        let between = &passage.numbers[part + 1..index];
        if between.iter().any(|n| n.is(Class::Share)) {
            return None;
        }
    }
    let like = &passage.numbers[part];
    let joined = |whole: usize| {
        passage.between(whole, part).contains("其中")
            || has_any(&passage.between(whole, part), INSIDE)
    };
    let wholes: Vec<usize> = (0..part)
        .filter(|i| usable(&passage.numbers[*i]) && passage.numbers[*i].is_alike(like))
        .collect();
    let whole = match named.as_str() {
        "" => wholes.iter().copied().find(|whole| joined(*whole))?,
        name => wholes.iter().copied().rev().find(|whole| passage.around(*whole).contains(name))?,
    };
    // Several wholes before 其中 leave open which is meant; any that fits has been tried.
    (passage.numbers[whole].rounded().high >= like.rounded().low).then_some((part, whole))
}

/// Words by which a number is inside of the one before it.
const INSIDE: &[&str] =
    &["中,", "中有", "中已有", "当中", "里头", "里面", "之中", "里,", "里，", "里有", "里已有"];

/// `应参保12000人,实际参保11400人,参保率95%`.
fn rate(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    let name = label.trim_end_matches(|c: char| "达到为约是仅至已刚超近逾好".contains(c));
    let known = RATES.iter().find(|(rate, _)| name.ends_with(rate)).map(|(_, words)| *words);
    // Of any other rate the part has its name: 采纳率 goes with 采纳61条.
    let stem: String = name
        .strip_suffix('率')
        .map(|stem| stem.chars().skip(stem.chars().count().saturating_sub(2)).collect())
        .unwrap_or_default();
    let stem = [stem.as_str()];
    let words = known.or_else(|| (stem[0].chars().count() == 2).then_some(stem.as_slice()))?;
    let part = nearest(passage, index, None)?;
    let whole = nearest(passage, part, Some(&passage.numbers[part]))?;
    let numerator = passage.around(part);
    let denominator = passage.around(whole);
    // Both stand right before the rate; what is in between would be of something else.
    let apart = (whole + 1..index).any(|i| {
        i != part
            && usable(&passage.numbers[i])
            && passage.numbers[i].is_alike(&passage.numbers[part])
    });
    let far = passage.between(part, index).chars().count() > 14;
    let due = denominator.contains('应') && numerator.contains('实');
    let spelt = stem[0].chars().count() == 2 && stem[0].chars().all(|c| numerator.contains(c));
    let named =
        (has_any(&numerator, words) || spelt || due) && !has_any(&numerator, &["应", "未", "不"]);
    let counted = ["已", "实", "其中", "现"].iter().any(|word| numerator.starts_with(word));
    let own = timeless(&numerator);
    let beside = part == whole + 1
        && (words.iter().any(|word| own.starts_with(word)) || name.strip_suffix('率') == Some(own));
    let whole_named = has_any(&denominator, WHOLE)
        || counted
        || beside
        || passage.between(whole, part).contains("其中");
    let open = passage.between(whole, part).contains([';', '；']);
    // 按时办结率 is of fewer than are closed.
    let narrower = has_any(name, &["按时", "按期", "及时", "法定", "一次", "当年", "首次"]);
    let smaller = passage.numbers[part].rounded().low <= passage.numbers[whole].rounded().high;
    (!apart
        && !far
        && named
        && smaller
        && !narrower
        && whole_named
        && !open
        && passage.numbers[whole].kind == passage.numbers[part].kind)
        .then_some((part, whole))
}

/// The words without the time that they begin with: 竣工 for 年内竣工.
fn timeless(words: &str) -> &str {
    const TIMES: &[&str] = &["今年", "年内", "当年", "全年", "目前", "累计", "共", "已"];
    TIMES.iter().fold(words, |words, time| words.strip_prefix(time).unwrap_or(words))
}

/// `年度任务1000亩,已完成850亩,完成任务的85%`.
fn of_task(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    const TASK: &[&str] = &["任务", "目标", "计划", "指标", "预算", "应"];
    let said = has_any(label, &["完成", "占"])
        && has_any(label, &["任务", "目标", "计划", "预算", "总数", "总任务"]);
    if !said || has_any(label, &["序时", "季度", "时间"]) {
        return None;
    }
    let yearly = |words: &str| {
        has_any(words, &["年度", "全年", "今年", "本年", "当年", "年初"]) || is_dated(words)
    };
    let last = nearest(passage, index, None)?;
    let first = nearest(passage, last, Some(&passage.numbers[last]))?;
    let planned = (0..last).rev().find(|i| {
        let number = &passage.numbers[*i];
        usable(number)
            && number.is_alike(&passage.numbers[last])
            && has_any(&passage.around(*i), TASK)
    });
    let (part, whole) = match planned {
        Some(planned) => (last, planned),
        None => (first, last),
    };
    let fits = has_any(&passage.around(whole), TASK) && !has_any(&passage.around(part), TASK);
    (fits && (!yearly(label) || yearly(&passage.gap(whole)))).then_some((part, whole))
}
