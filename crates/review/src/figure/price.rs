//! So much for each, times how many, is so much in all.

use ::figure::{Class, Decimal, Unit};
use pack::ReviewRule;

use super::extent::Extent;
use super::number::Number;
use super::passage::{Passage, has_any, passages};
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks totals that a price, a mean or a standard does not lead to.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    for passage in passages(paper) {
        for index in 0..passage.numbers.len() {
            marks.extend(checked(&passage, index));
        }
    }
    marks
}

/// What a number is for one of: 亩 in 每亩800元.
#[derive(Clone, Debug, Default)]
struct Each {
    units: Vec<Unit>,
    monthly: bool,
    /// 村均 and 每村: villages are counted by 个.
    village: bool,
}

fn checked(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let rate = &passage.numbers[index];
    let each = each(passage, index)?;
    let [unit] = each.units.as_slice() else { return None };
    let base = base(rate)?;
    let numbers = &passage.numbers;
    let segment = segment(passage, index);
    let counts: Vec<usize> = segment
        .clone()
        .filter(|i| {
            *i != index
                && !is_rate(passage, *i)
                && is_in(&numbers[*i], *unit)
                && (!each.village || passage.noun(*i).starts_with(['村', '行']))
                && numbers[*i].direction.is_none()
        })
        .collect();
    let totals: Vec<usize> = segment
        .filter(|i| *i != index && !is_rate(passage, *i) && is_in(&numbers[*i], base))
        .collect();
    let times = times(passage, each.monthly);
    let product = |count: usize, times: Decimal| {
        scaled(rate, base)?.times(numbers[count].rounded())?.times(Extent::exact(times))
    };
    let fits = |count: usize, total: usize| {
        times
            .iter()
            .any(|times| product(count, *times).is_none_or(|p| p.meets(numbers[total].forgiving())))
    };
    if counts.iter().any(|count| totals.iter().any(|total| fits(*count, *total))) {
        return None;
    }
    let total = *totals.iter().find(|total| is_total(passage, **total, index))?;
    let [count] = counts.as_slice() else { return None };
    // What else is counted on the way may be paid for as well.
    let (from, to) = ((*count).min(total).min(index), (*count).max(total).max(index));
    let other = (from..=to).any(|at| {
        let number = &numbers[at];
        at != *count
            && at != total
            && at != index
            && !number.is(Class::Months)
            && !is_rate(passage, at)
    });
    if other {
        return None;
    }
    let between = passage.between((*count).min(total).min(index), (*count).max(total).max(index));
    let clear = between.matches([';', '；']).count() == 0
        && between.chars().count() <= 60
        && [*count, total].iter().all(|i| numbers[*i].kind == rate.kind)
        && numbers[total].direction.is_none();
    if !clear {
        return None;
    }
    let (total, count) = (&numbers[total], &numbers[*count]);
    let months = times.last().filter(|_| each.monthly).copied();
    let exact = rate_value(rate, base)?
        .checked_mul(count.value)?
        .checked_mul(months.unwrap_or(Decimal::ONE))?;
    let factor = months.map(|months| format!("×{months}个月")).unwrap_or_default();
    let message = format!(
        "{}×{}{factor}={},不是{};请核对单价、数量和总额",
        passage.words(rate.at.clone()),
        passage.words(count.at.clone()),
        total.shown(exact),
        total.shown(total.value)
    );
    Some(total.mark(passage.paper, message, &[rate, count]))
}

/// The numbers between the semicolons around one.
fn segment(passage: &Passage<'_>, index: usize) -> std::ops::Range<usize> {
    let parted = |at: usize| passage.gap(at).contains([';', '；']);
    let start = (1..=index).rev().find(|at| parted(*at)).unwrap_or(0);
    let end = (index + 1..passage.numbers.len()).find(|at| parted(*at));
    start..end.unwrap_or(passage.numbers.len())
}

/// How many months a monthly amount may have been paid; once for all others.
fn times(passage: &Passage<'_>, monthly: bool) -> Vec<Decimal> {
    if !monthly {
        return vec![Decimal::ONE];
    }
    let stated = passage.numbers.iter().filter(|n| n.is(Class::Months)).map(|n| n.value);
    let stated: Vec<Decimal> = stated.collect();
    if !stated.is_empty() {
        return stated;
    }
    (1..=12).map(Decimal::from).collect()
}

/// Whether a number is the total of something: 共, 合计 or 总 stands before it.
fn is_total(passage: &Passage<'_>, total: usize, rate: usize) -> bool {
    let label = passage.label(total);
    let said = has_any(&label, &["共", "合计", "总", "全年", "累计", "即"])
        || (total.abs_diff(rate) <= 2
            && has_any(&label, &["发放", "支付", "兑现", "月发", "年产"])
            && total > rate);
    said && !has_any(&label, &["全镇", "全县", "其中"])
        && passage.numbers[total].kind == passage.numbers[rate].kind
        && is_of_same(&label, &passage.words(passage.range.start..passage.numbers[rate].at.start))
}

/// Whether a total is named as the rate is, or by no name of its own.
fn is_of_same(label: &str, before: &str) -> bool {
    const PLAIN: &[&str] = &[
        "全年", "共计", "合计", "总计", "累计", "共", "总", "即", "需", "要", "支付", "支出",
        "发放", "投入", "兑现", "补助", "补贴", "资金", "工资", "费用", "款", "金额", "产量",
        "产值", "收入", "增收", "租金", "产", "达", "为", "计", "约", "了", "实现", "可", "预计",
        "额", "已", "花费", "销售", "年", "报酬", "拨付", "下拨", "落实", "争取", "到", "租", "金",
    ];
    let rest = PLAIN.iter().fold(label.to_owned(), |rest, word| rest.replace(word, ""));
    // 年产鲜鱼 goes with 每亩产鱼.
    let end = rest.chars().next_back().filter(|_| rest.chars().count() <= 3);
    rest.is_empty() || before.contains(&rest) || end.is_some_and(|end| before.contains(end))
}

fn is_in(number: &Number, unit: Unit) -> bool {
    number.class == Some(unit.class())
        && (unit.class() != Class::Other || number.unit == unit.base_symbol())
}

fn is_rate(passage: &Passage<'_>, index: usize) -> bool {
    passage.numbers[index].per
        || passage.numbers[index].unit.contains('/')
        || each(passage, index).is_some()
}

/// The unit of what each costs or gives.
fn base(rate: &Number) -> Option<Unit> {
    let symbol = rate.unit.split('/').next()?;
    Unit::parse(symbol).ok().filter(|unit| {
        matches!(
            unit.class(),
            Class::Money
                | Class::Mass
                | Class::Area
                | Class::Length
                | Class::Volume
                | Class::Items
                | Class::Persons
                | Class::Other
        )
    })
}

/// The rate for one, in the normal unit of its class. A quotient of two units keeps the size it
/// was written in.
fn scaled(rate: &Number, base: Unit) -> Option<Extent> {
    let half = rate.digit.checked_div(Decimal::TWO)?;
    let extent = rate.extent.widened(half)?;
    let size = size(rate, base)?;
    extent.times(Extent::exact(size))
}

fn rate_value(rate: &Number, base: Unit) -> Option<Decimal> {
    rate.value.checked_mul(size(rate, base)?)
}

fn size(rate: &Number, base: Unit) -> Option<Decimal> {
    if rate.class.is_some() {
        return Some(Decimal::ONE);
    }
    base.ratio().checked_div(base.normal().ratio())
}

/// What a number is for one of, read from the words before it, its unit, and 每 behind it.
fn each(passage: &Passage<'_>, index: usize) -> Option<Each> {
    let number = &passage.numbers[index];
    let mut each = Each::default();
    if let Some((_, per)) = number.unit.split_once('/') {
        each.take(per);
    }
    let label = passage.label(index);
    let noun = passage.noun(index);
    for (at, word) in label.match_indices('每') {
        each.take(label[at + word.len()..].trim_start_matches('一'));
    }
    if let Some(words) = noun.strip_prefix('每') {
        each.take(words);
    }
    each.monthly |= has_any(&label, &["月均", "月工资", "月补", "月收入", "月租"])
        || has_any(&noun, &["/月", "每月"]);
    const MEANS: &[(&str, &str)] = &[
        ("人均", "人"),
        ("村均", "村"),
        ("户均", "户"),
        ("亩均", "亩"),
        ("亩产", "亩"),
        ("头均", "头"),
        ("平均单产", "亩"),
        ("单产", "亩"),
    ];
    for (word, unit) in MEANS {
        if label.contains(word) && each.units.is_empty() {
            each.take(unit);
        }
    }
    (!each.units.is_empty()).then_some(each)
}

impl Each {
    fn take(&mut self, words: &str) {
        if words.starts_with('村') || words.starts_with("个村") {
            self.units.extend(Unit::parse("个"));
            self.village = true;
            return;
        }
        if words.starts_with('月') || words.starts_with("个月") {
            self.monthly = true;
            return;
        }
        let Some((unit, _)) = Unit::at_start(words) else { return };
        if matches!(unit.class(), Class::Years) {
            return;
        }
        self.units.push(unit);
    }
}
