//! What a rate is for one of, and how many of them there are.

use ::figure::{Class, Decimal, Unit};

use super::extent::Extent;
use super::number::Number;
use super::passage::{Passage, has_any};

/// What a number is for one of: 亩 in 每亩800元.
#[derive(Clone, Debug, Default)]
pub(in crate::figure) struct Each {
    pub(in crate::figure) units: Vec<Unit>,
    /// A counter that no ledger counts in: 具 in 每具86元.
    counter: Option<char>,
    pub(in crate::figure) monthly: bool,
    yearly: bool,
    /// 村均 and 每村: villages are counted by 个.
    pub(in crate::figure) village: bool,
    /// The counter as it is written: 名 in 每名医生.
    written: Option<String>,
    /// 单价: of whatever is counted.
    any: bool,
}

impl Each {
    /// For one of a unit that no 每 names: 户户, 人人.
    pub(in crate::figure) fn of(unit: &str) -> Option<Each> {
        Some(Each { units: vec![Unit::parse(unit).ok()?], ..Each::default() })
    }

    /// For one of what has a counter: 盏 in 一盏包干2600元.
    pub(in crate::figure) fn counting(counter: &str) -> Each {
        let mut each = Each::default();
        each.take(counter);
        each
    }

    /// The same, paid by the month: 每岗每月.
    pub(in crate::figure) fn by_month(mut self) -> Each {
        self.monthly = true;
        self
    }

    fn take(&mut self, words: &str) {
        if words.starts_with('生') {
            self.units.extend(Unit::parse("人"));
            return;
        }
        if words.starts_with('村') || words.starts_with("个村") {
            self.units.extend(Unit::parse("个"));
            self.village = true;
            return;
        }
        if words.starts_with('月') || words.starts_with("个月") {
            self.monthly = true;
            return;
        }
        if words.starts_with('年') {
            self.yearly = true;
            return;
        }
        let Some((unit, _)) = Unit::at_start(words) else {
            self.counter = self.counter.or_else(|| words.chars().next());
            return;
        };
        if matches!(unit.class(), Class::Years) {
            return;
        }
        self.written = words.chars().next().map(String::from);
        self.units.push(unit);
    }

    /// Whether a number counts what the rate is for one of.
    pub(in crate::figure) fn counts(&self, passage: &Passage<'_>, index: usize) -> bool {
        let number = &passage.numbers[index];
        let mean = number.per && !has_any(&passage.label(index), &["平均常住", "年均常住"]);
        // 无一人 counts nobody.
        !mean && !number.value.is_zero() && self.is_of(passage, index)
    }

    /// Whether a number is in what the rate is for one of, be it a mean itself.
    pub(in crate::figure) fn is_of(&self, passage: &Passage<'_>, index: usize) -> bool {
        let number = &passage.numbers[index];
        if number.unit.contains('/') {
            return false;
        }
        if let [unit] = self.units.as_slice() {
            // 平均每名医生服务2000人: the doctors are counted by 名.
            let named = self.written.as_ref().is_none_or(|written| {
                let all = &passage.numbers;
                number.counter.starts_with(written.as_str())
                    || !all
                        .iter()
                        .any(|n| n.counter.starts_with(written.as_str()) && is_in(n, *unit))
            });
            let village = passage.noun(index).chars().take(4).any(|c| c == '村');
            // 救助37人次,人均3000元: who came is who is meant where nobody else is counted.
            let persons = |n: &Number| n.is(Class::Persons);
            let given = ["救助", "资助", "救济", "补助", "慰问", "帮扶", "补贴", "发放"];
            let visits = unit.class() == Class::Persons
                && number.is(Class::Visits)
                && has_any(&passage.around(index), &given)
                && self.written.as_deref() == Some("人")
                && !passage.numbers.iter().any(persons);
            return (is_in(number, *unit) || visits) && named && (!self.village || village);
        }
        if !self.units.is_empty() {
            return false;
        }
        let counted = number.class.is_none_or(|class| {
            matches!(
                class,
                Class::Items | Class::Other | Class::Households | Class::Mass | Class::Area
            )
        });
        if self.any {
            return counted && !number.unit.is_empty();
        }
        // 教学班36个 for 每班, 网店840家 for 店均
        let named = |counter: char| {
            matches!(number.counter.as_str(), "个" | "家" | "所" | "支")
                && passage.around(index).contains(counter)
        };
        // 48蒸吨 for 每蒸吨
        let bare =
            |counter: char| number.unit.is_empty() && passage.noun(index).starts_with(counter);
        self.counter.is_some_and(|c| number.unit.starts_with(c) || named(c) || bare(c))
    }

    /// How many of what the rate is for.
    pub(in crate::figure) fn counted(&self, count: &Number) -> Option<Extent> {
        match self.units.as_slice() {
            [unit] => count.rounded().over(Extent::exact(weight(*unit)?)),
            _ => Some(count.rounded()),
        }
    }

    /// The same as it is written.
    pub(in crate::figure) fn counted_value(&self, count: &Number) -> Option<Decimal> {
        match self.units.as_slice() {
            [unit] => count.value.checked_div(weight(*unit)?),
            _ => Some(count.value),
        }
    }

    /// Whether it is for one person.
    pub(in crate::figure) fn is_of_persons(&self) -> bool {
        self.units.iter().any(|unit| unit.class() == Class::Persons)
    }

    /// Whether it is paid by the month.
    pub(in crate::figure) fn is_monthly(&self) -> bool {
        self.monthly
    }

    /// How often it is paid; `None` where the words leave that open.
    pub(in crate::figure) fn months(&self, words: &str) -> Option<u32> {
        if !self.monthly {
            return Some(1);
        }
        months_in(words)
    }
}

/// A number of months in words: 3 in 一个季度.
fn months_in(words: &str) -> Option<u32> {
    const SPANS: &[(&str, u32)] =
        &[("一个季度", 3), ("半年", 6), ("三个月", 3), ("6个月", 6), ("3个月", 3), ("12个月", 12)];
    let told: Vec<u32> =
        SPANS.iter().filter(|(word, _)| words.contains(word)).map(|(_, months)| *months).collect();
    match told.as_slice() {
        [months] => Some(*months),
        _ => None,
    }
}

/// Normal units in one of what the rate is for: 1000 for 每吨.
pub(in crate::figure) fn weight(unit: Unit) -> Option<Decimal> {
    unit.ratio().checked_div(unit.normal().ratio())
}

pub(in crate::figure) fn is_in(number: &Number, unit: Unit) -> bool {
    number.class == Some(unit.class())
        && (unit.class() != Class::Other || number.unit == unit.base_symbol())
}

/// Whether a number may be what so much for each comes to: 每期40人 comes to 人次 as well.
pub(in crate::figure) fn comes_to(number: &Number, base: Unit) -> bool {
    is_in(number, base) || base.class() == Class::Persons && number.is(Class::Visits)
}

pub(in crate::figure) fn is_rate(passage: &Passage<'_>, index: usize) -> bool {
    passage.numbers[index].per && !is_yearly(&passage.label(index))
        || passage.numbers[index].unit.contains('/')
        || each(passage, index).is_some()
}

/// Whether the only 每 of a label is that of 每年: 每年可获土地租金 is a total.
fn is_yearly(label: &str) -> bool {
    label.contains("每年") && !label.replace("每年", "").contains(['每', '均'])
}

/// The unit of what each costs or gives.
pub(in crate::figure) fn base(rate: &Number) -> Option<Unit> {
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
                | Class::Households
                | Class::Visits
                | Class::Other
        )
    })
}

/// The rate for one, in the normal unit of its class. A quotient of two units keeps the size it
/// was written in.
pub(in crate::figure) fn scaled(rate: &Number, base: Unit) -> Option<Extent> {
    let half = rate.digit.checked_div(Decimal::TWO)?;
    let extent = rate.extent.widened(half)?;
    extent.times(Extent::exact(size(rate, base)?))
}

/// The rate as it is written, in the normal unit of its class.
pub(in crate::figure) fn rate_value(rate: &Number, base: Unit) -> Option<Decimal> {
    rate.value.checked_mul(size(rate, base)?)
}

/// Normal units in one unit of the rate's value.
pub(in crate::figure) fn size(rate: &Number, base: Unit) -> Option<Decimal> {
    if rate.class.is_some() {
        return Some(Decimal::ONE);
    }
    base.ratio().checked_div(base.normal().ratio())
}

/// What a number is for one of, read from the words before it, its unit, and 每 behind it.
pub(in crate::figure) fn each(passage: &Passage<'_>, index: usize) -> Option<Each> {
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
    // 800亩每亩80元: the 每 behind is of the next number.
    let of_next = passage.numbers.get(index + 1).is_some() && passage.gap(index + 1).trim() == noun;
    if let Some(words) = noun.strip_prefix('每').filter(|_| !of_next) {
        each.take(words);
    }
    each.monthly |= has_any(&label, &["月均", "月工资", "月补", "月收入", "月租"])
        || has_any(&noun, &["/月", "每月"]);
    const MEANS: &[(&str, &str)] = &[
        ("人均", "人"),
        ("村均", "村"),
        ("平均到村", "村"),
        ("平均每村", "村"),
        ("户均", "户"),
        ("次均", "人次"),
        ("件均", "件"),
        ("台均", "台"),
        ("场均", "场"),
        ("笔均", "笔"),
        ("生均", "人"),
        ("师均", "人"),
        ("组均", "组"),
        ("校均", "所"),
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
    each.any = each.units.is_empty() && label.contains("单价");
    (!each.units.is_empty()).then_some(each)
}

/// The same for rates of what has a counter of its own, or a price for one of it.
pub(in crate::figure) fn each_of(passage: &Passage<'_>, index: usize) -> Option<Each> {
    let known = each(passage, index);
    if known.is_some() {
        return known;
    }
    let (label, noun) = (passage.label(index), passage.noun(index));
    let number = &passage.numbers[index];
    let mut each = Each::default();
    // 0.38元/千瓦时, in what no table has
    if let Some((_, per)) = number.unit.split_once('/') {
        each.take(per);
    }
    // 一辆垃圾转运车18万元, 门票30元一张, 单个项目平均2000万元
    let one = label.strip_prefix('一').or_else(|| noun.strip_prefix('一'));
    if let Some(rest) = one.filter(|_| number.is(Class::Money)) {
        each.take(rest);
    }
    if let Some(at) = label.find("单个").filter(|_| label.contains("平均")) {
        each.take(&label[at + '单'.len_utf8()..]);
    }
    if let Some(at) = label.rfind('每') {
        each.take(&label[at + '每'.len_utf8()..]);
    }
    // 单盏造价2800元
    let single = label.rsplit_once('单').filter(|_| number.is(Class::Money));
    if let Some((_, rest)) = single.filter(|(_, rest)| !rest.starts_with(['价', '位', '项', '独']))
    {
        each.take(rest);
    }
    each.any = label.contains("单价") || noun.trim_start_matches('的').starts_with("单价");
    let told = each.any || !each.units.is_empty() || (each.counter.is_some() && !each.yearly);
    (told && !each.monthly).then_some(each)
}

/// A mean in the unit that a rate is written in, to one digit more than the rate shows, with that unit.
pub(in crate::figure) fn in_unit_of(
    passage: &Passage<'_>,
    rate: &Number,
    base: Unit,
    value: Decimal,
) -> Option<String> {
    let value = value.checked_div(size(rate, base)?)?;
    let last = rate.digit.max(Decimal::new(1, rate.value.scale())).checked_div(Decimal::TEN)?;
    let value = value.checked_div(last)?.round_dp(0).checked_mul(last)?;
    Some(rate.told(passage.paper, value.normalize()))
}

/// Words for each in the clause of a rate, which no 每 says: 户户送上500元.
const ALL: &[(&str, &str)] = &[
    ("户户", "户"),
    ("人人", "人"),
    ("家家", "户"),
    ("人手", "人"),
    ("逐户", "户"),
    ("按户", "户"),
];

/// What a number is for one of, in whatever words.
pub(in crate::figure) fn told_each(passage: &Passage<'_>, index: usize) -> Option<Each> {
    let known = each_of(passage, index);
    if known.is_some() {
        return known;
    }
    let number = &passage.numbers[index];
    let label = passage.label(index);
    if label.contains("班额") {
        return Some(Each::counting("班"));
    }
    // 每岗每月补助800元
    let monthly = label.split_once("每月").and_then(|(lead, _)| lead.rsplit_once('每'));
    if let Some((_, one)) = monthly.filter(|(_, one)| one.chars().count() <= 3) {
        let counter: String = one.chars().filter(|c| *c != '个' && *c != '名').take(1).collect();
        if !counter.is_empty() {
            return Some(Each::counting(&counter).by_month());
        }
    }
    if !number.is(Class::Money) {
        return None;
    }
    // 一盏包干2600元: for one of what is counted beside it.
    let beside = index.saturating_sub(2)..(index + 3).min(passage.numbers.len());
    let one = beside
        .filter(|i| *i != index)
        .map(|i| &passage.numbers[i].counter)
        .find(|counter| counter.chars().count() == 1 && label.contains(&format!("一{counter}")));
    if let Some(counter) = one {
        return Some(Each::counting(counter));
    }
    let all = ALL.iter().find(|(word, _)| label.contains(word));
    let (_, unit) = all?;
    Each::of(unit)
}
