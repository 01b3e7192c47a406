//! A share that is not the quotient of the numbers beside it.

use ::figure::{Class, Decimal, decimal_text};
use pack::ReviewRule;

use super::reading::alike::common;
use super::reading::extent::Extent;
use super::reading::number::Number;
use super::reading::passage::{Passage, across, has_any, pairs, passages, triples};
use super::reading::slip::is_shifted;
use crate::finding::Mark;
use crate::paper::Paper;
use portion::share_of;
use rates::is_narrower;
use spelt::told_after;
use twofold::{is_of_others, is_told};

mod beyond;
mod complement;
mod defined;
mod due;
mod half;
mod joined;
mod named;
mod of_named;
mod of_office;
mod of_row;
mod on_time;
mod pair;
mod portion;
mod quotient;
mod rates;
mod rows;
mod siblings;
mod slipped;
mod spelt;
mod structure;
mod together;
pub(super) mod twofold;
mod vital;

/// Whether a share is of forest where no forest is told, but land of which some bears none.
fn is_of_forest(passage: &Passage<'_>, index: usize) -> bool {
    let words = passage.words(passage.range.clone());
    let forest = passage.label(index).contains("森林覆盖率");
    forest && words.contains("林地面积") && !words.contains("森林面积")
}

/// Marks shares and rates that their numbers do not give.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in sentences.iter().chain(&pairs(&sentences)) {
        for index in 0..passage.numbers.len() {
            let share = &passage.numbers[index];
            if share.is(Class::Share)
                && share.direction.is_none()
                && !is_narrower(passage, index)
                && !is_of_forest(passage, index)
            {
                let mark = checked(passage, index)
                    .or_else(|| half::air(passage, index))
                    .or_else(|| half::measured(passage, index))
                    .or_else(|| joined::excepted(passage, index))
                    .or_else(|| twofold::find(passage, index))
                    .or_else(|| of_row::find(passage, index))
                    .or_else(|| named::find(passage, index))
                    .or_else(|| defined::find(passage, index))
                    .or_else(|| complement::find(passage, index))
                    .or_else(|| of_named::find(passage, index))
                    .or_else(|| siblings::find(passage, index))
                    .or_else(|| differing(passage, index, due::pair(passage, index)?))
                    .or_else(|| together::find(passage, index))
                    .or_else(|| slipped::find(passage, index));
                marks.extend(unexplained(passage, index, mark));
            }
            let is_times = share.is(Class::Multiples) && share.direction.is_none();
            marks.extend(is_times.then(|| named::find(passage, index)).flatten());
            marks.extend(half::find(passage, index));
            marks.extend(beyond::find(passage, index));
            marks.extend(rows::find(passage, index));
            marks.extend(on_time::find(passage, index));
        }
        marks.extend(structure::find(passage));
        marks.extend((0..passage.numbers.len()).filter_map(|i| {
            structure::plain_ratio(passage, i).or_else(|| structure::of_all(passage, i))
        }));
    }
    for passage in triples(&sentences) {
        for index in 0..passage.numbers.len() {
            let due = || due::pair(&passage, index);
            let mark = slipped::find(&passage, index);
            let mark = mark.or_else(|| differing(&passage, index, due()?));
            let mark = mark.or_else(|| siblings::find(&passage, index));
            let mark = mark.or_else(|| of_named::find(&passage, index));
            marks.extend(unexplained(&passage, index, mark));
        }
    }
    for passage in across(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| {
            let mark = twofold::find(&passage, i).or_else(|| defined::find(&passage, i));
            unexplained(&passage, i, mark)
        }));
    }
    marks.extend(of_office::find(&sentences));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// The mark at a share, unless the words around it let it be right.
fn unexplained(passage: &Passage<'_>, index: usize, mark: Option<Mark>) -> Option<Mark> {
    mark.filter(|mark| !siblings::explain(passage, index, mark))
}

/// Whether a share stands in a row of shares with nothing else between them: 民生投资占43.7%,
/// 生态建设占15.3%, of which none is of the amounts told before the row.
pub(super) fn is_in_structure(passage: &Passage<'_>, index: usize) -> bool {
    let beside = [index.checked_sub(1), Some(index + 1)];
    let is_of_row = |i: usize| {
        let label = passage.label(i);
        let plain = passage.numbers.get(i).is_some_and(|n| n.is(Class::Share) && !n.per);
        plain && label.contains('占') && !label.starts_with('占')
    };
    is_of_row(index) && beside.into_iter().flatten().any(is_of_row)
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

/// Whether the whole is itself told as a share of the same: 债款收入7亿元,占本年收入的2.5%,其他收入
/// 6亿元,占本年收入的2.3%; or each has a budget of its own: 完成预算数的92%, 完成预算数的87%.
fn is_of_siblings(passage: &Passage<'_>, index: usize, whole: usize) -> bool {
    let own = told_share(passage, index);
    let is_same = |at: usize| {
        let share = passage.numbers.get(at).is_some_and(|n| n.is(Class::Share));
        share && at != index && told_share(passage, at) == own
    };
    own.contains('占') && is_same(whole + 1)
        || own.contains("预算") && (0..passage.numbers.len()).any(is_same)
}

/// The words before a share, 在生产总值中占 as 占生产总值的.
pub(super) fn told_share(passage: &Passage<'_>, index: usize) -> String {
    let label = passage.label(index);
    let inside =
        ["中占", "里占", "中的占比", "中所占"].iter().find_map(|end| label.split_once(end));
    let turned = inside.and_then(|(lead, rest)| {
        let (own, of) = lead.split_once('在')?;
        Some(format!("{own}占{of}的{}", rest.trim_start_matches(['了', '到', '比', '重'])))
    });
    let label = turned.unwrap_or(label);
    let label =
        beyond_all(&label, &passage.words(passage.numbers[index].at.clone())).unwrap_or(label);
    // 占比不足四成: the number itself knows how it bounds.
    const BOUNDS: &[&str] = &["接近", "将近", "不足", "不到", "未到"];
    BOUNDS
        .iter()
        .find_map(|bound| label.strip_suffix(bound))
        .unwrap_or(&label)
        .trim_end_matches(['仍', '还', '尚'])
        .to_owned()
}

/// 到会人数超过代表总数的 as 到会人数占代表总数的, and 超过三分之二 as 占三分之二: the share has its bound
/// itself.
fn beyond_all(label: &str, share: &str) -> Option<String> {
    let of_all =
        ["总数的", "总人数的", "总户数的", "总量的", "总额的", "应到人数的", "应到会人数的"];
    let bound = ["超过", "不足", "不到", "达到", "达", "超"].iter().find(|w| label.contains(*w))?;
    let alone = share.contains("分之") && label.trim_start_matches('已') == *bound;
    let said = of_all.iter().any(|end| label.ends_with(end)) && !label.contains('占');
    (said || alone).then(|| label.replacen(bound, "占", 1))
}

fn checked(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let label = told_share(passage, index);
    if let Some((part, whole)) = portion::of_member(passage, index, &label, usable) {
        return differing(passage, index, (part, whole));
    }
    if is_in_structure(passage, index) {
        return None;
    }
    let (part, whole) = pair::pair(passage, index).or_else(|| told_after(passage, index))?;
    let (own, of) = (told_share(passage, index), passage.gap(whole));
    if is_of_siblings(passage, index, whole) {
        return None;
    }
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
        a.is_alike(b) && (beyond || share.is_exact()) && gives(a, b, share)
    };
    let parted = (index + 1..passage.numbers.len()).find(|i| passage.gap(*i).contains([';', '；']));
    let far = (index + 3).min(parted.unwrap_or(passage.numbers.len()));
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

/// Characters before a passage in which the whole of a share may be told.
const BEFORE: usize = 60;

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
    // 860人报名,742人参训,631人取证,取证率85%: any two that give it may be the ones that are meant.
    let before = &passage.numbers[index.saturating_sub(12)..index];
    let kin = || before.iter().filter(|n| n.is_kin(whole) && usable(n));
    let fine = share.digit < Decimal::ONE;
    // 任务3500户。…已开工2410户、完工2000户,完工率57.1%: the whole may stand in the sentence before.
    let ahead = passage.told_before(BEFORE);
    // 当场整改615处,限期整改127处,整改率100% is of both together.
    let both = share.value == Decimal::ONE_HUNDRED
        && kin().any(|a| {
            a.at != part.at
                && a.value < whole.value
                && a.value + part.value <= whole.value
                && Extent::exact(a.value + part.value)
                    .over(whole.rounded())
                    .and_then(|q| q.times(Extent::exact(Decimal::ONE_HUNDRED)))
                    .is_some_and(|q| q.meets(share.forgiving()))
        });
    let of_told = || ahead.iter().any(|all| all.is_kin(part) && gives(part, all, share));
    let given = fine
        && (kin().any(|a| kin().any(|b| a.value < b.value && gives(a, b, share))) || of_told());
    if given || both { None } else { untrue(passage, share, (part, whole)) }
}

/// The mark at a share that two numbers do not give, and come near enough to be those of it.
fn untrue(
    passage: &Passage<'_>,
    share: &Number,
    (part, whole): (&Number, &Number),
) -> Option<Mark> {
    let is_open = part.extent.low == Decimal::ZERO && !part.is_exact();
    if is_open || gives(part, whole, share) {
        return None;
    }
    let quotient = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    // 体检2790人, of a base that is not told, is no share of the 21436人 of another sentence.
    let far = Decimal::from(4);
    let apart =
        quotient.checked_mul(far)? < share.value || share.value.checked_mul(far)? < quotient;
    if apart && !is_shifted(share, quotient) {
        return None;
    }
    told(passage, share, (part, whole))
}

/// The mark at a share, with what its part and its whole give.
fn told(passage: &Passage<'_>, share: &Number, (part, whole): (&Number, &Number)) -> Option<Mark> {
    let quotient = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    let message = format!(
        "{}÷{}={}%,不是{};请核对比例或两个数",
        passage.words(part.at.clone()),
        passage.words(whole.at.clone()),
        decimal_text(quotient.round_dp(share.digit.scale().max(1))),
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
    // 超过四成 is no less than that: what is beyond a bound is not rounded to it.
    let point = share.digit.min(Decimal::ONE);
    let said = match share.is_exact() {
        true => share.forgiving(),
        false => share.extent.widened(point).unwrap_or(share.extent),
    };
    quotient.is_none_or(|quotient| quotient.meets(said))
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
