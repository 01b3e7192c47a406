//! Claims of a change: the value against that of an earlier period.
//!
//! A change is never held against the level. `增长5%` is the value less that of the period
//! before, as a share of it; `提高3个百分点` is the difference of two shares.

use figure::{Class, Decimal, Interval, Period, Quantity, Step, Unit};
use measure::Value;
use pack::Indicator;
use prose::{Direction, Predicate, Reading};

use crate::limits::known;
use crate::scope::Scope;
use crate::window::{Calendar, in_year};

/// Words by which an indicator is a change itself.
const RATES: &[&str] =
    &["增长率", "增速", "增幅", "降幅", "涨幅", "同比", "环比", "增长幅度", "下降幅度"];
/// Words that compare with the same part of the year before.
const YEAR_BEFORE: &[&str] = &["同比", "上年", "去年", "上一年", "前一年", "上年度"];
/// Words that compare with the period right before.
const STEP_BEFORE: &[&str] = &["环比", "上月", "上个月", "上季度", "上期", "上半年"];
/// Words by which a count grew or fell, right before its number.
const UP: &[&str] = &["增加", "增长", "增多", "提高", "上升"];
const DOWN: &[&str] = &["减少", "下降", "降低", "减低"];

/// Words that compare with an earlier period.
const COMPARED: &[&str] =
    &["同比", "环比", "比上", "比去", "比前", "较上", "较去", "较前", "比20", "较20", "比同期"];
/// Words behind which a number is the level that was reached.
const REACHED: &[&str] = &["至", "到", "达", "为", "持平", "共", "完成"];

/// What the words' change is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// This period.
    Period(Period),
    /// Something that is no earlier period (比全县平均).
    Other,
}

/// Whether a reading has to be measured as a change of this indicator.
pub(crate) fn is_change(reading: &Reading, indicator: &Indicator) -> bool {
    matches!(reading.predicate, Predicate::Change { .. })
        && !RATES.iter().any(|word| indicator.label.contains(word))
}

/// A count behind 增加 or 减少 is a change too, unless what is added is what the
/// indicator counts.
pub(crate) fn as_change(reading: Reading, scope: &Scope, indicator: &Indicator) -> Reading {
    if matches!(reading.predicate, Predicate::Change { .. }) || !is_plain(&reading.predicate) {
        return reading;
    }
    let number = reading.number_range.as_ref().map_or(0, |range| range.start);
    let words: String = scope.words().chars().take(number).collect();
    let before = scope.before() + &words;
    let before = before.trim_end_matches(['了', '近', '约', '超']).to_owned();
    let ends =
        |list: &[&str]| list.iter().find(|word| before.ends_with(**word)).map(|w| (*w).to_owned());
    let (direction, word) = match (ends(UP), ends(DOWN)) {
        (Some(word), _) => (Direction::Up, word),
        (None, Some(word)) => (Direction::Down, word),
        (None, None) => return compared(reading, &before),
    };
    let known = known(indicator);
    if known.contains(&word) || known.contains("新增") || known.contains("追加") {
        return reading;
    }
    let amount = Box::new(reading.predicate);
    Reading { predicate: Predicate::Change { direction, amount }, ..reading }
}

/// A number behind a comparison is a change wherever the verb stands: 同比多排查5起.
fn compared(reading: Reading, before: &str) -> Reading {
    let clause = before.rsplit([',', '，', ';', '；', '。']).next().unwrap_or("");
    let tail = COMPARED.iter().filter_map(|word| clause.split_once(word)).map(|(_, tail)| tail);
    let tail = tail.min_by_key(|tail| tail.len()).or_else(|| beside(clause));
    let Some(tail) = tail else { return reading };
    if REACHED.iter().any(|word| tail.contains(word)) {
        return reading;
    }
    let has = |list: &[char]| tail.contains(list);
    let direction = match (has(&['增', '多', '升', '高']), has(&['减', '少', '降', '低'])) {
        (true, false) => Direction::Up,
        (false, true) => Direction::Down,
        _ => return reading,
    };
    let amount = Box::new(reading.predicate);
    Reading { predicate: Predicate::Change { direction, amount }, ..reading }
}

/// What follows 比 where a clause tells how far one figure is from another: 比立案数多.
fn beside(clause: &str) -> Option<&str> {
    let (head, tail) = clause.rsplit_once('比')?;
    let is_distance = tail.ends_with(['多', '少']) && tail.chars().nth(2).is_some();
    (is_distance && !head.ends_with(INSIDE)).then_some(tail)
}

/// Characters with which 比 makes a word that compares nothing.
const INSIDE: [char; 7] = ['同', '环', '占', '对', '相', '百', '评'];

fn is_plain(predicate: &Predicate) -> bool {
    predicate.unit().is_some() && !matches!(predicate, Predicate::Whole | Predicate::Rank(_))
}

/// Whether a change in this unit can be one of an indicator in that one.
pub(crate) fn change_fits(said: Option<Unit>, unit: Unit) -> bool {
    let Some(said) = said else { return true };
    match said.class() {
        Class::Share | Class::Multiples => unit.class() != Class::Rank,
        Class::Points => unit.class() == Class::Share,
        _ => said.is_alike(unit),
    }
}

/// The period that the clause of the words compares with.
pub(crate) fn against(scope: &Scope, calendar: Calendar, window: Period) -> Against {
    let clause = scope.clause();
    let year_before = || shifted(window).map_or(Against::Other, Against::Period);
    let step_before = || preceding(window).map_or(Against::Other, Against::Period);
    let compared = clause.char_indices().filter(|(_, c)| matches!(c, '比' | '较' | '与'));
    for (at, c) in compared {
        let (head, rest) = (&clause[..at], &clause[at + c.len_utf8()..]);
        if head.ends_with(INSIDE) || rest.starts_with(['例', '赛', '重', '率', '为']) {
            continue;
        }
        if STEP_BEFORE.iter().any(|word| rest.starts_with(word)) && window_is_part(window) {
            return step_before();
        }
        if YEAR_BEFORE.iter().any(|word| rest.starts_with(word)) {
            return year_before();
        }
        match calendar.compared(rest, window) {
            Some(period) => return Against::Period(period),
            None if c == '与' => {}
            None => return Against::Other,
        }
    }
    if YEAR_BEFORE.iter().any(|word| clause.contains(word)) {
        return year_before();
    }
    if is_over_years(&clause) || window.to().year() > window.from().year() {
        return Against::Other;
    }
    step_before()
}

/// Whether words tell of a change over several years (三年下降17件), of which they do not say
/// whether the first or the year before it is where it began.
fn is_over_years(clause: &str) -> bool {
    let chars: Vec<char> = clause.chars().collect();
    let number = |c: &char| c.is_ascii_digit() || "两三四五六七八九十".contains(*c);
    let is_span = |two: &[char]| number(&two[0]) && two[1] == '年';
    chars.windows(2).enumerate().filter(|(_, two)| is_span(two)).any(|(at, _)| {
        // 2023年 and 第三年 name a year.
        let before = at.checked_sub(1).map(|at| chars[at]);
        let named = before.is_some_and(|c| c == '第' || c.is_ascii_digit());
        !named && !chars.get(at + 2).is_some_and(|c| "底末初度级".contains(*c))
    })
}

fn window_is_part(window: Period) -> bool {
    window != Period::year(window.to().year())
}

/// The same part of the year before.
fn shifted(window: Period) -> Option<Period> {
    in_year(window, window.to().year() - 1)
}

/// The period of the same length right before.
fn preceding(window: Period) -> Option<Period> {
    for step in [Step::Month, Step::Quarter, Step::Year] {
        if Period::around(window.to(), step) == window {
            let day = window.from().yesterday().ok()?;
            return Some(Period::around(day, step));
        }
    }
    let years = window.to().year() - window.from().year() + 1;
    let whole = Period::year(window.from().year()).from() == window.from()
        && Period::year(window.to().year()).to() == window.to();
    if whole {
        let last = Period::year(window.from().year() - 1);
        return Period::new(Period::year(window.from().year() - years).from(), last.to());
    }
    // A part of a year has no natural neighbour; the same part of the year before is fair.
    shifted(window)
}

/// The change from one value to another, in the unit that the words are in; `None`
/// where what is known of the two leaves it open.
pub(crate) fn between(earlier: &Value, later: &Value, said: Option<Unit>) -> Option<Quantity> {
    let (a, b) = (earlier.amount.value()?, later.amount.value()?);
    let by = b.checked_sub(a)?;
    let class = said.map(Unit::class);
    match (class, said) {
        (Some(Class::Share | Class::Multiples), Some(unit)) => {
            if a <= Decimal::ZERO {
                return None;
            }
            let times = by.checked_div(a)?;
            let share = unit.class() == Class::Share;
            let hundred = Quantity::new(times.checked_mul(Decimal::ONE_HUNDRED)?, Unit::percent());
            if share { hundred.to(unit).ok() } else { Some(Quantity::new(times, unit)) }
        }
        (Some(Class::Points), Some(unit)) => Some(Quantity::new(by, unit)),
        (_, Some(unit)) => Quantity::new(by, later.unit).to(unit).ok(),
        (_, None) => Some(Quantity::new(by, later.unit)),
    }
}

/// What is known of a change in the unit of the words.
pub(crate) fn amount(change: Option<Quantity>) -> Interval {
    change.map_or_else(Interval::unknown, |quantity| Interval::exact(quantity.value))
}
