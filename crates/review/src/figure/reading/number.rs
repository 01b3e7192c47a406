//! One number of a text with what its words allow.

use std::ops::Range;

use ::figure::{Class, Decimal, Unit, decimal_text};
use prose::{Direction, FoundClaim, Kind, Predicate, Qualifier};

use super::extent::{Extent, boundless};
use super::tail::{Tail, magnitude};
use crate::finding::Mark;
use crate::paper::Paper;

/// A number that states or announces something.
#[derive(Clone, Debug)]
pub(in crate::figure) struct Number {
    /// The digits with 余 and the unit, in the cleaned text.
    pub(in crate::figure) at: Range<usize>,
    /// The number in the normal unit of its class.
    pub(in crate::figure) value: Decimal,
    /// What the words allow, in the same unit, before rounding.
    pub(in crate::figure) extent: Extent,
    /// One unit of the last digit shown; zero for things counted one by one.
    pub(in crate::figure) digit: Decimal,
    /// Normal units in one unit as written: 10000 for 万元.
    pub(in crate::figure) size: Decimal,
    pub(in crate::figure) class: Option<Class>,
    /// The normal unit; two of class `Other` are compared by it.
    pub(in crate::figure) unit: String,
    /// The counter as it is written, without 万 and 余: 名 in 36名.
    pub(in crate::figure) counter: String,
    pub(in crate::figure) kind: Kind,
    pub(in crate::figure) direction: Option<Direction>,
    /// Whether it holds for one of many: 人均, 每亩.
    pub(in crate::figure) per: bool,
}

impl Number {
    /// Reads a claim that has a number; `None` for dates, statements without one and places in
    /// a ranking.
    pub(in crate::figure) fn read(claim: &FoundClaim, chars: &[char]) -> Option<Number> {
        if claim.kind == Kind::Background {
            return None;
        }
        let written = claim.value?;
        let inside = match &claim.reading {
            // The range is counted from the number's own words; a denial before them (未结37件)
            // moves it.
            Some(reading) => {
                // 翻了一番 has its number in words of its own.
                let own = reading
                    .number_range
                    .clone()
                    .filter(|range| chars.get(claim.start + range.start).is_some_and(is_numeral));
                own.or_else(|| digits(&claim.text))?
            }
            None => digits(&claim.text)?,
        };
        if claim
            .reading
            .as_ref()
            .is_some_and(|r| matches!(r.predicate, Predicate::Rank(_) | Predicate::Ordinal(_)))
        {
            return None;
        }
        let unit = claim.unit.as_deref().and_then(|unit| Unit::parse(unit).ok());
        let (value, name) = match &claim.normalized {
            Some(normal) => (normal.value, normal.unit.clone()),
            None => scaled(written, claim.unit.as_deref().unwrap_or_default())?,
        };
        let size = value.checked_div(written).unwrap_or(Decimal::ONE);
        let extent = match &claim.reading {
            Some(reading) => {
                let written = allowed(&reading.predicate, written)?;
                written.times(Extent::exact(size))?
            }
            // A change in a unit that no table has is as exact as any: 下降8微克.
            None if claim.qualifier.is_none_or(is_exact) => Extent::exact(value),
            None => Extent::new(Decimal::ZERO, boundless()),
        };
        let extent = match claim.high {
            Some(high) => Extent::new(extent.low, high.checked_mul(size)?.max(extent.low)),
            None => extent,
        };
        let counted = unit.is_none_or(|unit| unit.class().is_counted());
        let whole = written.scale() == 0 && size == Decimal::ONE;
        // 三分之二 and 八成 say no more than about so much.
        let words = &claim.text;
        let coarse =
            words.contains("分之") && !words.contains("百分之") && !words.contains("千分之");
        let digit = if coarse {
            Decimal::from(3)
        } else if words.contains('成') && claim.unit.as_deref() == Some("%") && written.scale() == 0
        {
            if words.ends_with(['成']) || words.contains("成以") || words.contains("成多") {
                Decimal::from(5)
            } else {
                Decimal::ONE
            }
        } else if counted && whole {
            Decimal::ZERO
        } else {
            Decimal::new(1, written.scale()).checked_mul(size)?
        };
        let mut at = claim.start + inside.start..claim.start + inside.end;
        let mut class = unit.map(Unit::class);
        let mut name = name;
        // A counter that the table of units lacks, and 家次, which is none of 家.
        let next = chars.get(at.end).copied().unwrap_or('\n');
        if name.is_empty() && COUNTERS.contains(next) {
            at.end += 1;
            name = next.to_string();
        } else if next == '次'
            && chars.get(at.end + 1) != Some(&'干')
            && class.is_some_and(Class::is_counted)
            && !name.ends_with('次')
        {
            at.end += 1;
            name.push('次');
            class = None;
        }
        // 9条次干道 are roads and no times.
        if next == '干' && name.len() > '次'.len_utf8() && name.ends_with('次') {
            name.pop();
            at.end -= 1;
            class = Unit::parse(&name).ok().map(Unit::class);
        }
        // 三个季度 is a span of time and counts nothing.
        let span = ["季度", "年头"].iter().any(|word| {
            chars[at.end..].iter().take(word.chars().count()).copied().eq(word.chars())
        });
        // 由三块构成 tells how many parts follow.
        let parts =
            name == "块" && ['构', '组'].iter().any(|c| chars[at.end..].starts_with(&[*c, '成']));
        if span && class == Some(Class::Items) || parts {
            return None;
        }
        // 0.6个千分点 is a tenth of so many points of a hundred.
        let points = chars[at.end..].starts_with(&['千', '分', '点']);
        let (value, extent, digit, size) = if points {
            at.end += 3;
            class = Some(Class::Points);
            let tenth = Decimal::new(1, 1);
            let extent = extent.times(Extent::exact(tenth))?;
            let digit = Decimal::new(1, written.scale() + 1);
            (value.checked_mul(tenth)?, extent, digit, tenth)
        } else {
            (value, extent, digit, size)
        };
        // 1260口人 are persons as much as 1260人.
        if name == "口" && chars.get(at.end) == Some(&'人') {
            class = Some(Class::Persons);
        }
        let tenths =
            class == Some(Class::Share) && chars.get(at.end.wrapping_sub(1)) == Some(&'成');
        let unit = if tenths { "成" } else { &name };
        let tail = Tail::read(&chars[at.end..], class, unit, written.fract().is_zero());
        let (value, extent, digit) = match tail.value {
            Some((more, digit)) => {
                let more = more.checked_mul(size)?;
                let moved = extent.plus(Extent::exact(more))?;
                (value.checked_add(more)?, moved, digit.checked_mul(size)?)
            }
            None => (value, extent, digit),
        };
        let extent = if tail.more {
            let room = size.max(value.checked_div(Decimal::from(5))?);
            Extent::new(extent.low, extent.high.checked_add(room)?)
        } else {
            extent
        };
        at.end += tail.length;
        if tail.money {
            (class, name) = (Some(Class::Money), "元".to_owned());
        }
        let words: String = chars[at.clone()].iter().collect();
        // 绵羊71.38万、山羊12.06万: the unit stands before the row, the size does not.
        let bare = if name.is_empty() && size == Decimal::ONE { magnitude(&words) } else { None };
        let (digit, size) = match bare {
            Some(size) => {
                let shown = words.split_once('.').map_or(0, |(_, tail)| tail.chars().count() - 1);
                let scale = u32::try_from(shown).ok()?;
                (Decimal::new(1, scale).checked_mul(size)?, size)
            }
            None => (digit, size),
        };
        let counter =
            words.trim_start_matches(|c: char| is_numeral(&c) || ".,余多点成".contains(c));
        let counter = counter.trim_end_matches('半');
        // 41.3万头只 are counted in one or the other.
        let either = counter == "头" && chars.get(at.end) == Some(&'只');
        let counter = if either { "头只" } else { counter };
        Some(Number {
            at,
            counter: counter.to_owned(),
            value,
            extent,
            digit,
            size,
            class,
            unit: name,
            kind: claim.kind,
            direction: claim.direction,
            per: claim.reading.as_ref().is_some_and(|reading| reading.per.is_some()),
        })
    }

    /// Whether it counts or measures something once: no change, no rate, no share, no span of
    /// time and no place in a row.
    pub(in crate::figure) fn is_amount(&self) -> bool {
        self.direction.is_none()
            && !self.per
            && self.class.is_none_or(|class| {
                !matches!(
                    class,
                    Class::Share
                        | Class::Points
                        | Class::Multiples
                        | Class::Years
                        | Class::Days
                        | Class::Months
                        | Class::Rank
                )
            })
    }

    /// Whether the words give one value, rounding apart.
    pub(in crate::figure) fn is_exact(&self) -> bool {
        self.extent.is_exact()
    }

    /// Whether no digits are shown behind the point.
    pub(in crate::figure) fn is_whole(&self) -> bool {
        self.digit.is_zero() || self.digit == self.size
    }

    /// Whether the two numbers may be added and compared.
    pub(in crate::figure) fn is_alike(&self, other: &Number) -> bool {
        match (self.class, other.class) {
            (Some(Class::Other), Some(Class::Other)) | (None, None) => self.unit == other.unit,
            (a, b) => a == b,
        }
    }

    /// Whether the two count the same kind of thing: 件 is none of 个, 名 is of 人.
    pub(in crate::figure) fn is_kin(&self, other: &Number) -> bool {
        self.kinship() == other.kinship()
    }

    /// What is the same of all numbers of one kind: the class, the unit where no class tells it,
    /// and the counter of what is counted.
    pub(in crate::figure) fn kinship(&self) -> (Option<Class>, &str, &str) {
        let unit = if matches!(self.class, None | Some(Class::Other)) { &*self.unit } else { "" };
        let counter = match self.counter.as_str() {
            _ if !self.class.is_none_or(Class::is_counted) => "",
            "名" | "位" | "口" => "人",
            counter => counter,
        };
        (self.class, unit, counter)
    }

    /// Whether one is so many times the other that no yearly growth in per cent is between them.
    pub(in crate::figure) fn is_of_another_order(&self, other: &Number) -> bool {
        let (most, least) = (self.value.max(other.value), self.value.min(other.value));
        least.checked_mul(Decimal::from(40)).is_none_or(|far| most > far)
    }

    /// What the words allow and half a unit of the last digit.
    pub(in crate::figure) fn rounded(&self) -> Extent {
        let half = self.digit.checked_div(Decimal::TWO).unwrap_or(self.digit);
        self.extent.widened(half).unwrap_or(self.extent)
    }

    /// The same beside a number that shows more digits in the same unit: 3亿元 beside 3.6亿元 is
    /// not told so roughly as it would be alone.
    pub(in crate::figure) fn rounded_beside(&self, other: &Number) -> Extent {
        let finer =
            self.size == other.size && other.digit < self.digit && self.digit > Decimal::ZERO;
        let tenth = self.digit.checked_div(Decimal::TEN).filter(|_| finer);
        let Some(digit) = tenth.map(|tenth| tenth.max(other.digit)) else { return self.rounded() };
        let half = digit.checked_div(Decimal::TWO).unwrap_or(digit);
        self.extent.widened(half).unwrap_or(self.extent)
    }

    /// What the words allow and nearly a unit of the last digit, as reports round and cut results.
    pub(in crate::figure) fn forgiving(&self) -> Extent {
        let room = self.digit.checked_mul(Decimal::new(98, 2)).unwrap_or(self.digit);
        self.extent.widened(room).unwrap_or(self.extent)
    }

    pub(in crate::figure) fn is(&self, class: Class) -> bool {
        self.class == Some(class)
    }

    /// A value of this number's class, written in this number's unit.
    pub(in crate::figure) fn shown(&self, value: Decimal) -> String {
        decimal_text(value.checked_div(self.size).unwrap_or(value).round_dp(4))
    }

    /// A value of this number's class in this number's unit, with the unit as it is written.
    pub(in crate::figure) fn told(&self, paper: &Paper, value: Decimal) -> String {
        let words = paper.words(self.at.clone());
        let (mut size, mut unit) = ("", "元");
        let is_spoken = words.contains('块') && self.is(Class::Money);
        if !is_spoken && words.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            unit = words.trim_start_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || "-.,余多几".contains(c)
            });
        } else if !is_spoken {
            // 三十四万元 is told in 万元 as well.
            unit = words.trim_start_matches(|c: char| is_numeral(&c) || "余多点".contains(c));
            size = [(8, "亿"), (4, "万"), (0, "")]
                .iter()
                .find(|(power, _)| self.size >= Decimal::from(10_i64.pow(*power)))
                .map_or("", |(_, word)| *word);
        }
        format!("{}{size}{}", self.shown(value), unit.replace(['余', '多', '半'], ""))
    }

    /// The digits of it in order of size; those of 二万五千三百 are the digits of 25300.
    pub(in crate::figure) fn digits(&self, paper: &Paper) -> Vec<char> {
        let words = paper.words(self.at.clone());
        let spelt = !words.contains(|c: char| c.is_ascii_digit());
        let value = self.value.checked_div(self.size).filter(|_| spelt);
        let words = value.map_or(words, decimal_text);
        let mut digits: Vec<char> = words.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    /// Marks this number.
    pub(in crate::figure) fn mark(&self, paper: &Paper, message: String, also: &[&Number]) -> Mark {
        Mark {
            at: paper.origin(&self.at),
            message,
            also: also.iter().map(|number| paper.origin(&number.at)).collect(),
        }
    }
}

fn is_exact(qualifier: Qualifier) -> bool {
    matches!(qualifier, Qualifier::Each | Qualifier::Exact | Qualifier::Falling)
}

/// Counters that no ledger counts in.
const COUNTERS: &str = "只棵枚幅篇笔桌艘棒课节本双副块片面根瓶袋层门眼尾匹趟轮度卷筐担则封扇道款具盏杆株箱桶罐盒箩捆架队首顿枝窝";

/// A number in a unit that the table lacks, without the 万 before the unit: 84.6万只.
fn scaled(written: Decimal, unit: &str) -> Option<(Decimal, String)> {
    let large = [("万", 4), ("亿", 8)]
        .iter()
        .find_map(|(word, power)| Some((unit.strip_prefix(word)?, 10_i64.pow(*power))));
    match large {
        // 25万 of what is told behind keeps its 万 for a unit.
        Some(("", size)) => Some((written.checked_mul(Decimal::from(size))?, unit.to_owned())),
        Some((rest, size)) => Some((written.checked_mul(Decimal::from(size))?, rest.to_owned())),
        None => Some((written, unit.to_owned())),
    }
}

fn is_numeral(c: &char) -> bool {
    c.is_ascii_digit() || "-负〇零一二三四五六七八九十百千万亿两数几半".contains(*c)
}

/// Where the number of a claim without a reading stands in its words.
fn digits(words: &str) -> Option<Range<usize>> {
    let chars: Vec<char> = words.chars().collect();
    let start = chars.iter().position(is_numeral)?;
    Some(start..chars.len())
}

fn allowed(predicate: &Predicate, written: Decimal) -> Option<Extent> {
    let above = boundless();
    Some(match predicate {
        Predicate::Over { value, step } => {
            Extent::new(value.value, value.value.checked_add(*step)?)
        }
        Predicate::Near { value, step } => {
            Extent::new(value.value.checked_sub(*step)?, value.value)
        }
        Predicate::About { value } => {
            let tenth = value.value.abs().checked_div(Decimal::TEN)?;
            Extent::exact(value.value).widened(tenth)?
        }
        Predicate::AtLeast { value } | Predicate::MoreThan { value } => {
            Extent::new(value.value, above)
        }
        Predicate::AtMost { value } | Predicate::LessThan { value } => {
            Extent::new(Decimal::ZERO.min(value.value), value.value)
        }
        Predicate::Between { low, high } | Predicate::Within { low, high } => {
            Extent::new(low.value, high.value.max(low.value))
        }
        Predicate::Change { amount, .. } => return allowed(amount, written),
        _ => Extent::exact(written),
    })
}
