//! What the words of a claim say about a value.

use figure::{Class, Decimal, Quantity, Unit, decimal_text};

/// How far 约 and 左右 reach, in per cent of the number, both ends included.
/// No law fixes it. Ten per cent is what statistical bulletins tolerate for a
/// rounded figure, and a wider band would make 约 a way to say nothing.
pub const ABOUT_PER_CENT: u32 = 10;

/// Whether a change goes up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 增长, 提高.
    Up,
    /// 下降, 减少.
    Down,
}

/// A condition on a value. Numbers are in the unit they were written in, which
/// is [`Predicate::unit`]; a value is converted to it before it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// `38.605万元`: the value, rounded half up to `places` digits, is the number.
    Equal {
        /// The number with its unit.
        value: Quantity,
        /// Digits shown after the point.
        places: u32,
    },
    /// `300余`: N < x < N + step.
    Over {
        /// The number with its unit.
        value: Quantity,
        /// Place value of the last digit that is not zero, in the same unit.
        step: Decimal,
    },
    /// `近3000`: N − step ≤ x < N.
    Near {
        /// The number with its unit.
        value: Quantity,
        /// Place value of the last digit that is not zero; one place less where
        /// the number is 1 and zeros only, so that 近1000 starts at 900.
        step: Decimal,
    },
    /// `约51亿元`: within [`ABOUT_PER_CENT`] of the number.
    About {
        /// The number with its unit.
        value: Quantity,
    },
    /// `30万元以上`, `不少于5次`: x ≥ N (民法典 1259: 以上 includes the number).
    AtLeast {
        /// The number with its unit.
        value: Quantity,
    },
    /// `突破6000亩`, `超过`: x > N (民法典 1259: 超过 does not include it).
    MoreThan {
        /// The number with its unit.
        value: Quantity,
    },
    /// `20户以内`, `不超过`: x ≤ N.
    AtMost {
        /// The number with its unit.
        value: Quantity,
    },
    /// `不足50户`, `不满`: x < N.
    LessThan {
        /// The number with its unit.
        value: Quantity,
    },
    /// `3—5万元`, `三四个`: low ≤ x ≤ high.
    Between {
        /// The lower number.
        low: Quantity,
        /// The higher number, in the same unit.
        high: Quantity,
    },
    /// `数百`, `几十`: low ≤ x < high. 数 and 几 stand for two to nine of the place.
    Within {
        /// The lower end.
        low: Quantity,
        /// The end that is not reached, in the same unit.
        high: Quantity,
    },
    /// `未发生一起`, `无`: x = 0.
    Zero,
    /// `100%`, `全部`: a share of exactly 100 %, with no rounding.
    Whole,
    /// `全县第一`: the place in a ranking.
    Rank(u32),
    /// `首届`, `第二届`: the number in a sequence.
    Ordinal(u32),
    /// A state, event or honour that exists: x ≥ 1.
    Achieved,
    /// A state or event that does not exist: x < 1.
    NotAchieved,
    /// `逐年减少`: each member of a series is below the one before.
    Falling {
        /// Whether equal neighbours refute it.
        strict: bool,
        /// Fewest members that make a trend.
        points: usize,
    },
    /// `逐年增加`: each member of a series is above the one before.
    Rising {
        /// Whether equal neighbours refute it.
        strict: bool,
        /// Fewest members that make a trend.
        points: usize,
    },
    /// `多个`: x ≥ 3.
    Several,
    /// `增长6.2%`, `下降3个百分点`: the value is a change, negative where it
    /// fell, and its size meets `amount`.
    Change {
        /// Up or down.
        direction: Direction,
        /// The condition on the size of the change.
        amount: Box<Predicate>,
    },
}

impl Predicate {
    /// The unit that the predicate's numbers are in; `None` where any unit will do.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Predicate::Equal { value, .. }
            | Predicate::Over { value, .. }
            | Predicate::Near { value, .. }
            | Predicate::About { value }
            | Predicate::AtLeast { value }
            | Predicate::MoreThan { value }
            | Predicate::AtMost { value }
            | Predicate::LessThan { value }
            | Predicate::Between { low: value, .. }
            | Predicate::Within { low: value, .. } => Some(value.unit),
            Predicate::Whole => Some(Unit::percent()),
            Predicate::Rank(_) => Some(Unit::rank()),
            Predicate::Change { amount, .. } => amount.unit(),
            _ => None,
        }
    }

    /// Whether the predicate is about a series and not about one value.
    pub fn is_series(&self) -> bool {
        matches!(self, Predicate::Falling { .. } | Predicate::Rising { .. })
    }

    /// The predicate in words for people.
    pub fn describe(&self) -> String {
        match self {
            Predicate::Equal { value, places } => describe_equal(*value, *places),
            Predicate::Over { value, step } => {
                let top = Quantity::new(value.value + step, value.unit);
                format!("大于 {}且小于 {}", spoken(*value), spoken(top))
            }
            Predicate::Near { value, step } => {
                let bottom = Quantity::new(value.value - step, value.unit);
                format!("不少于 {}且小于 {}", spoken(bottom), spoken(*value))
            }
            Predicate::About { value } => {
                format!("与 {}相差不超过 {ABOUT_PER_CENT}%", spoken(*value))
            }
            Predicate::AtLeast { value } => format!("不少于 {}", spoken(*value)),
            Predicate::MoreThan { value } => format!("大于 {}", spoken(*value)),
            Predicate::AtMost { value } => format!("不超过 {}", spoken(*value)),
            Predicate::LessThan { value } => format!("小于 {}", spoken(*value)),
            Predicate::Between { low, high } => {
                format!("不少于 {}且不超过 {}", spoken(*low), spoken(*high))
            }
            Predicate::Within { low, high } => {
                format!("不少于 {}且小于 {}", spoken(*low), spoken(*high))
            }
            Predicate::Zero => "等于零".to_owned(),
            Predicate::Whole => "恰好等于 100%".to_owned(),
            Predicate::Rank(n) => format!("排名第 {n}"),
            Predicate::Ordinal(n) => format!("第 {n} 届(次)"),
            Predicate::Achieved => "已经做到或者发生".to_owned(),
            Predicate::NotAchieved => "尚未做到或者发生".to_owned(),
            Predicate::Falling { strict, points } => describe_trend("少", "多", *strict, *points),
            Predicate::Rising { strict, points } => describe_trend("多", "少", *strict, *points),
            Predicate::Several => "不少于 3".to_owned(),
            Predicate::Change { direction: Direction::Up, amount } => {
                format!("增加的幅度{}", amount.describe())
            }
            Predicate::Change { direction: Direction::Down, amount } => {
                format!("减少的幅度{}", amount.describe())
            }
        }
    }

    /// A remark on the wording where it is true but another fits better; `value`
    /// is in the predicate's unit. `None` where the wording fits.
    pub fn style_warning(&self, value: Decimal) -> Option<StyleWarning> {
        let half = Decimal::new(5, 1);
        match self {
            Predicate::Over { value: n, step } if value > n.value + step * half => {
                let next = Quantity::new(n.value + step, n.unit).to_string();
                Some(StyleWarning::CloserToNext { next })
            }
            Predicate::Near { value: n, step } if value < n.value - step * half => {
                let below = Quantity::new(n.value - step, n.unit).to_string();
                Some(StyleWarning::CloserToLower { below })
            }
            Predicate::MoreThan { value: n } if value > n.value * Decimal::new(11, 1) => {
                Some(StyleWarning::FarBeyond { number: n.to_string() })
            }
            _ => None,
        }
    }
}

/// Words that are true and yet ill chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleWarning {
    /// 余 where the value is closer to the next round number.
    CloserToNext {
        /// The next round number.
        next: String,
    },
    /// 近 where the value is closer to the round number below.
    CloserToLower {
        /// The round number below.
        below: String,
    },
    /// 突破 where the value is more than a tenth beyond the number.
    FarBeyond {
        /// The number as written.
        number: String,
    },
}

impl std::fmt::Display for StyleWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StyleWarning::CloserToNext { next } => write!(f, "数值更接近{next},宜写“近{next}”"),
            StyleWarning::CloserToLower { below } => {
                write!(f, "数值更接近{below},宜写“{below}”加“余”")
            }
            StyleWarning::FarBeyond { number } => {
                write!(f, "数值已超出{number}一成以上,宜换用更接近的整数")
            }
        }
    }
}

/// A quantity in its unit without 万 and 亿, with a space before the unit.
fn spoken(quantity: Quantity) -> String {
    let plain = quantity.to(quantity.unit.without_magnitude()).unwrap_or(quantity);
    if plain.unit.class() == Class::Share {
        return plain.to_string();
    }
    format!("{} {}", decimal_text(plain.value), plain.unit)
}

fn describe_equal(value: Quantity, places: u32) -> String {
    let gap = if value.unit.class() == Class::Share { "" } else { " " };
    let number = format!("{:.*}{gap}{}", places as usize, value.value, value.unit);
    let counted = value.unit.class().is_counted();
    if counted && places == 0 && value.unit.magnitude() == 0 {
        format!("等于 {number}")
    } else {
        format!("四舍五入后等于 {number}")
    }
}

fn describe_trend(toward: &str, against: &str, strict: bool, points: usize) -> String {
    if strict {
        format!("一期比一期{toward},至少 {points} 期")
    } else {
        format!("没有一期比上一期{against},至少 {points} 期")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(value: &str, unit: &str) -> Quantity {
        Quantity::new(value.parse().unwrap(), Unit::parse(unit).unwrap())
    }

    fn check(predicate: &Predicate, words: &str) {
        assert_eq!(predicate.describe(), words);
    }

    #[test]
    fn predicates_are_put_in_words() {
        let over = Predicate::Over { value: quantity("300", "次"), step: Decimal::from(100) };
        check(&over, "大于 300 次且小于 400 次");
        check(&Predicate::AtLeast { value: quantity("30", "万元") }, "不少于 300000 元");
        check(&Predicate::Equal { value: quantity("11", "次"), places: 0 }, "等于 11 次");
        check(
            &Predicate::Equal { value: quantity("1.10", "亿元"), places: 2 },
            "四舍五入后等于 1.10 亿元",
        );
        check(
            &Predicate::Equal { value: quantity("90.9", "%"), places: 1 },
            "四舍五入后等于 90.9%",
        );
        check(&Predicate::Whole, "恰好等于 100%");
        check(&Predicate::Falling { strict: true, points: 3 }, "一期比一期少,至少 3 期");
        let amount = Box::new(Predicate::MoreThan { value: quantity("5", "%") });
        check(&Predicate::Change { direction: Direction::Down, amount }, "减少的幅度大于 5%");
    }

    #[test]
    fn a_true_wording_may_still_be_ill_chosen() {
        let over = Predicate::Over { value: quantity("300", "次"), step: Decimal::from(100) };
        assert_eq!(over.style_warning(Decimal::from(350)), None);
        let warning = over.style_warning(Decimal::from(351)).unwrap();
        assert_eq!(warning.to_string(), "数值更接近400次,宜写“近400次”");
        let beyond = Predicate::MoreThan { value: quantity("6000", "亩") };
        assert_eq!(beyond.style_warning(Decimal::from(6600)), None);
        assert!(beyond.style_warning(Decimal::from(6601)).unwrap().to_string().contains("6000亩"));
        let near = Predicate::Near { value: quantity("3000", "人"), step: Decimal::from(1000) };
        assert_eq!(near.style_warning(Decimal::from(2500)), None);
        assert!(near.style_warning(Decimal::from(2499)).unwrap().to_string().contains("2000人"));
    }
}
