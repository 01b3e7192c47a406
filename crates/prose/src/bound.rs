//! What the words around a number make of it: 余, 突破, 以上, 均, 同比增长.

use std::sync::LazyLock;

use figure::{Class, Decimal, Quantity, Unit};
use rust_decimal::RoundingStrategy;

use crate::cues::Cues;
use crate::predicate::{Direction, Predicate};
use crate::qualifier::Qualifier;
use crate::scan::{Figure, is_numeral};
use crate::scope;
use crate::text::Text;
use crate::words::{self, Op};

/// The words around one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) op: Op,
    /// First character of the number and the words that qualify it.
    pub(crate) start: usize,
    /// After the number, its unit and the words that qualify it.
    pub(crate) end: usize,
    pub(crate) each: bool,
    pub(crate) forecast: bool,
    pub(crate) direction: Option<Direction>,
}

/// Reads the words around a number. Nothing before `from`, the beginning of the
/// clause, is looked at.
///
/// | before | after | condition |
/// |---|---|---|
/// | 不少于 至少 ≥ | 以上 及以上 | x ≥ N |
/// | 突破 超过 逾 高于 | 以外 | x > N |
/// | 不超过 至多 控制在 ≤ | 以下 以内 | x ≤ N |
/// | 不足 不到 不满 低于 | | x < N |
/// | 近 接近 | | N − step ≤ x < N |
/// | 约 大约 | 左右 上下 | within 10 % |
/// | | 余 多 (in the number) | N < x < N + step |
///
/// Where words stand on both sides, those before the number win, because they
/// are the verb of the sentence; 余 wins over 近, and 约 over 余, because it says less.
pub(crate) fn bound(text: &Text<'_>, figure: &Figure, from: usize) -> Bound {
    let mut bound = Bound {
        op: Op::Equal,
        start: figure.start,
        end: figure.end,
        each: false,
        forecast: false,
        direction: None,
    };
    read_before(text, figure, from, &mut bound);
    read_far(text, figure, from, &mut bound);
    read_after(text, &mut bound);
    if figure.unit == Some(Unit::rank()) && bound.op == Op::Equal && bound.start > from {
        (bound.op, bound.start) = (Op::AtMost, bound.start - 1);
    }
    match figure.mark {
        Some(('来', _)) if bound.op == Op::Equal => bound.op = Op::About,
        Some((mark, _)) if mark != '来' => {
            // 约170多 is about as much.
            if matches!(bound.op, Op::Equal | Op::Near) {
                bound.op = Op::Over;
            }
        }
        _ => {}
    }
    bound.each |= each_in(text, from, figure.start).is_some();
    bound.forecast |= (from..figure.start).any(|i| is_foreseen(text, from, i, figure.start));
    bound.forecast |= bound.forecast_word(text, from);
    bound
}

/// Words of a forecast anywhere in the clause.
static FORESEEN: LazyLock<Cues> =
    LazyLock::new(|| Cues::new([words::FORECAST, words::CAN].concat()));

/// Whether a word of a forecast stands at a position of the clause between two others.
fn is_foreseen(text: &Text<'_>, from: usize, i: usize, to: usize) -> bool {
    FORESEEN.end_at(text, i).is_some_and(|end| end <= to) && !is_expected(text, from, i, to)
}

/// Whether 预期 at a position is part of a name: 预期寿命, 超预期.
fn is_expected(text: &Text<'_>, from: usize, i: usize, to: usize) -> bool {
    const NAMES: &[&str] = &["预期寿命", "预期目标", "预期性", "预期指标", "预期效果"];
    text.any_at(i, NAMES).is_some_and(|length| i + length <= to)
        || (text.has(i, "预期") && i > from && text.before(i) == '超')
}

impl Bound {
    /// 可 or 预计 right before the words of the number, where 可达 is cut in two.
    fn forecast_word(&self, text: &Text<'_>, from: usize) -> bool {
        self.start > from
            && text.before(self.start) == '可'
            && words::CAN.iter().any(|word| text.has(self.start - 1, word))
    }
}

/// What may end the words before a number: the last character of each of them.
static LAST: LazyLock<Cues> = LazyLock::new(|| {
    let lists = [words::LEVEL, words::UP, words::DOWN, words::FORECAST, words::NEUTRAL];
    let words = words::BEFORE.iter().map(|before| before.word);
    let words = words.chain(lists.into_iter().flatten().copied()).chain(["均", "上", "过", "破"]);
    Cues::new(words.filter_map(|word| word.chars().last()))
});

fn read_before(text: &Text<'_>, figure: &Figure, from: usize, bound: &mut Bound) {
    let (mut at, mut level) = (figure.start, false);
    while at > from {
        let ends = |word: &str| text.ends(at, word) && at - word.chars().count() >= from;
        let c = text.before(at);
        if c == ' ' {
            at -= 1;
            continue;
        }
        if !LAST.is_at(text, at - 1) {
            return;
        }
        if let Some(found) = words::BEFORE.iter().find(|b| ends(b.word))
            && bound.op == Op::Equal
        {
            let start = at - found.word.chars().count();
            // 灭火器不足11处 tells of places where something is short.
            if found.word == "不足" && SHORT.contains(text.before(start)) && is_shortage(figure) {
                return;
            }
            // 条约 is a word, and 4条约600米 two numbers.
            let counted = start > 1 && is_numeral(text.at(start - 2));
            if start > 0 && found.not_after.contains(text.before(start)) && !counted {
                return;
            }
            (bound.op, bound.start, at) = (found.op, start, start);
        } else if let Some(op) = bare_word(text, figure).filter(|_| at == figure.start) {
            (bound.op, bound.start, at) = (op, at - 1, at - 1);
        } else if let Some(word) = words::LEVEL.iter().find(|w| ends(w) && !ends("达到")) {
            level = true;
            at -= word.chars().count();
        } else if let Some(direction) = direction_before(&ends) {
            let (direction, word) = direction;
            if !level && is_change(text, figure, from) {
                bound.direction = Some(direction);
                bound.start = at - word.chars().count();
            }
            return;
        } else if is_each(text, at - 1) {
            (bound.each, bound.start) = (true, at - 1);
            return;
        } else if let Some(word) =
            words::FORECAST.iter().find(|w| ends(w)).filter(|_| !text.ends(at, "超预期"))
        {
            (bound.forecast, bound.start) = (true, at - word.chars().count());
            return;
        } else if let Some(word) = words::NEUTRAL.iter().find(|w| ends(w)) {
            at -= word.chars().count();
        } else {
            return;
        }
    }
}

/// How the words end that name what may be short: 器材, 设施, 设备, 人员, 标志.
const SHORT: &str = "材施备器员志识";

/// Whether 不足 before a number of things is what was found and no bound, which would be round.
fn is_shortage(figure: &Figure) -> bool {
    let places = figure.unit.is_some_and(|unit| unit.class() == Class::Items);
    places && !(figure.value % Decimal::from(5)).is_zero() && figure.value > Decimal::from(5)
}

/// What 上, 过 and 破 make of a lone 百 or 千: 上百 is a hundred or more, 过千 more
/// than a thousand. Before other numbers they are places and verbs (会上3人).
fn bare_word(text: &Text<'_>, figure: &Figure) -> Option<Op> {
    const PLACES: &str = "以网线镇会场路地山村楼床晚早史党身街岗手";
    let i = figure.start.checked_sub(1).filter(|_| figure.bare)?;
    match text.at(i) {
        '上' if !PLACES.contains(text.before(i)) => Some(Op::AtLeast),
        '过' | '破' => Some(Op::MoreThan),
        _ => None,
    }
}

/// Whether a lone 百 or 千 is a number and not a size: 百余, 近百, 百人以上.
pub(crate) fn is_measured(text: &Text<'_>, figure: &Figure) -> bool {
    let word = words::BEFORE.iter().find(|b| text.ends(figure.start, b.word)).is_some_and(|b| {
        let start = figure.start - b.word.chars().count();
        start == 0 || !b.not_after.contains(text.before(start))
    });
    // 亿元以上 is a class of projects, 亩均收入万元以上 an amount.
    let money = figure.unit.is_some_and(|unit| unit.class() == Class::Money);
    let near = text.slice(figure.start.saturating_sub(6), figure.start);
    let earned = ["收入", "产值", "效益", "增收", "利润", "达"].iter().any(|w| near.ends_with(w));
    let after =
        (!money || earned) && words::AFTER.iter().any(|(word, _)| text.has(figure.end, word));
    figure.mark.is_some() || word || after || bare_word(text, figure).is_some()
}

/// How far 约占 reaches over the whole: 约占全区人口总数的五分之一.
const PART: usize = 20;

/// How far 至少 and 最多 reach over a verb: 每月至少开展1次.
const FAR: usize = 6;

/// 至少 or 最多 with a verb between it and the number.
fn read_far(text: &Text<'_>, figure: &Figure, from: usize, bound: &mut Bound) {
    let clause = text.slice(from.max(figure.start.saturating_sub(PART)), figure.start);
    let (from, to) = (from.max(figure.start.saturating_sub(FAR)), figure.start);
    let other = text.slice(from, to).contains(|c: char| c.is_ascii_digit() || c == '、');
    if bound.op != Op::Equal || other {
        return;
    }
    let shared = figure.unit.is_some_and(|unit| unit.class() == Class::Share);
    let about = words::ABOUT_PART.iter().find(|word| shared && clause.contains(*word));
    if about.is_some() {
        bound.op = Op::About;
        return;
    }
    let held = |i: &usize, word: &str| text.has(*i, word) && i + word.chars().count() <= to;
    for (word, op) in words::FAR {
        if let Some(at) = (from..to).rev().find(|i| held(i, word)) {
            bound.op = *op;
            bound.start = bound.start.min(at);
            return;
        }
    }
}

fn direction_before(ends: &dyn Fn(&str) -> bool) -> Option<(Direction, &'static str)> {
    let up = words::UP.iter().map(|w| (Direction::Up, *w));
    let down = words::DOWN.iter().map(|w| (Direction::Down, *w));
    up.chain(down).find(|(_, word)| ends(word))
}

/// Whether a number after 增长 is a change. A share, points or multiples are; a
/// count is one only against a named earlier period, since 增加投入 counts money.
fn is_change(text: &Text<'_>, figure: &Figure, from: usize) -> bool {
    let relative = figure
        .unit
        .is_some_and(|u| matches!(u.class(), Class::Share | Class::Points | Class::Multiples));
    let clause = text.slice(from, figure.start);
    relative
        || ["同比", "环比", "较上", "比上", "较去", "比去", "较前", "比前"]
            .iter()
            .any(|w| clause.contains(w))
}

fn read_after(text: &Text<'_>, bound: &mut Bound) {
    let at = bound.end + usize::from(text.at(bound.end) == ' ');
    if let Some((word, op)) = words::AFTER.iter().find(|(word, _)| text.has(at, word)) {
        bound.end = at + word.chars().count();
        // 控制在5%左右 is about as much.
        let words = text.slice(bound.start, bound.end);
        let held = *op == Op::About && words.contains("控制在");
        if bound.op == Op::Equal || held {
            bound.op = *op;
        }
    }
}

/// The 均 between two positions that speaks of every member.
pub(crate) fn each_in(text: &Text<'_>, from: usize, to: usize) -> Option<usize> {
    // 六项均达标的有73次 counts those of which something holds, and is not said of each.
    let states = |i: usize| (i..to).any(|k| text.at(k) == '的');
    (from..to).find(|&i| is_each(text, i) && !states(i))
}

/// Whether the word before 均 ends a number or a year and a verb follows: 2022年均
/// 达到, 38户均完成. 2022年均增长 stays an average.
fn is_counted(text: &Text<'_>, i: usize) -> bool {
    let counted = i > 1 && (is_numeral(text.at(i - 2)) || text.at(i - 2) == '度');
    // 3.94万亩均为旱地 counts fields, and 2022年均为15% may be a mean.
    let thing = matches!(text.at(i - 1), '人' | '户' | '亩' | '机' | '单');
    counted
        && ("达已完通实未无没超突不保按能顺全如落签".contains(text.at(i + 1))
            || (thing && "为是在由属纳享获得".contains(text.at(i + 1))))
}

/// 生均图书 is of one pupil, 学生均达标 of every one.
fn is_pupils(text: &Text<'_>, i: usize) -> bool {
    text.before(i) == '生' && !"学考师新招女男".contains(text.before(i - 1))
}

/// 均 as “every one”, not 平均, 人均 or 均衡.
pub(crate) fn is_each(text: &Text<'_>, i: usize) -> bool {
    if text.at(i) != '均' {
        return false;
    }
    let compound = "衡匀等价线值";
    let average = "平年人户亩日月机单场";
    let averages = i > 0
        && (average.contains(text.before(i)) || scope::is_mean(text, i - 1) || is_pupils(text, i))
        && !is_counted(text, i);
    !averages && !compound.contains(text.at(i + 1))
}

/// The predicate of a number; `None` where it has no unit.
pub(crate) fn predicate(figure: &Figure, bound: &Bound) -> Option<Predicate> {
    let value = figure.quantity()?;
    let amount = match figure.high {
        Some(high) if figure.open => {
            Predicate::Within { low: value, high: Quantity::new(high, value.unit) }
        }
        Some(high) => Predicate::Between { low: value, high: Quantity::new(high, value.unit) },
        None => simple(figure, bound, value),
    };
    Some(match bound.direction {
        Some(direction) => Predicate::Change { direction, amount: Box::new(amount) },
        None => amount,
    })
}

fn simple(figure: &Figure, bound: &Bound, value: Quantity) -> Predicate {
    let step = figure.step;
    match bound.op {
        Op::Equal
            if value.value == Decimal::ONE_HUNDRED
                && value.unit.class() == Class::Share
                && value.unit.base_symbol() != "‰"
                && bound.direction.is_none() =>
        {
            Predicate::Whole
        }
        Op::Equal => Predicate::Equal { value, places: figure.places() },
        Op::Over => Predicate::Over { value, step },
        Op::Near if step == value.value.normalize() => {
            Predicate::Near { value, step: (step / Decimal::TEN).normalize() }
        }
        Op::Near => Predicate::Near { value, step },
        Op::About => Predicate::About { value },
        Op::AtLeast => Predicate::AtLeast { value: nearer(value, RoundingStrategy::ToZero) },
        Op::LessThan => Predicate::LessThan { value: nearer(value, RoundingStrategy::ToZero) },
        Op::MoreThan => {
            Predicate::MoreThan { value: nearer(value, RoundingStrategy::AwayFromZero) }
        }
        Op::AtMost => Predicate::AtMost { value: nearer(value, RoundingStrategy::AwayFromZero) },
    }
}

/// A fraction such as 三分之二 has no end; its bound is moved to the side on
/// which a share of exactly two thirds, itself cut after 28 digits, is judged
/// right. Every other number stays as it is.
fn nearer(value: Quantity, side: RoundingStrategy) -> Quantity {
    const KEPT: u32 = 18;
    Quantity::new(value.value.round_dp_with_strategy(KEPT, side), value.unit)
}

/// The printed mark of a number and its words.
pub(crate) fn qualifier(figure: &Figure, bound: &Bound) -> Qualifier {
    let whole = bound.op == Op::Equal
        && figure.value == Decimal::ONE_HUNDRED
        && figure.unit.is_some_and(|u| u.base_symbol() == "%" || u.base_symbol() == "％");
    match bound.op {
        _ if figure.high.is_some() => Qualifier::Range,
        Op::AtLeast | Op::MoreThan if bound.each => Qualifier::EachAtLeast,
        Op::AtLeast => Qualifier::AtLeast,
        Op::MoreThan => Qualifier::MoreThan,
        Op::AtMost => Qualifier::AtMost,
        Op::LessThan => Qualifier::LessThan,
        _ if bound.direction == Some(Direction::Down) => Qualifier::Falling,
        Op::Over => Qualifier::Over,
        Op::Near => Qualifier::Near,
        Op::About => Qualifier::About,
        Op::Equal if bound.forecast => Qualifier::Forecast,
        Op::Equal if whole && bound.direction.is_none() => Qualifier::Whole,
        Op::Equal if bound.each => Qualifier::Each,
        Op::Equal => Qualifier::Exact,
    }
}
