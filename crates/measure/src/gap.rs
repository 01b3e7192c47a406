//! What stands in the way of a value, in words that say what to do about it.

use std::collections::HashSet;
use std::fmt;

use figure::{Date, Period};

/// Number of gaps, and of records within a gap, that are named one by one.
pub const GAPS_SHOWN: usize = 5;

/// One thing that keeps a value from being exact or final.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// The window is not over, so that anything may still happen in it.
    Running {
        /// Its last day.
        until: Date,
    },
    /// The place did not exist at the window's end.
    PlaceAbsent {
        /// Name of the place.
        place: String,
        /// The window's end.
        on: Date,
        /// Name of the place that took over, if it was dissolved.
        successor: Option<String>,
    },
    /// A place was divided among several, and its records were given to none of them.
    Undivided {
        /// Name of the ledger.
        ledger: String,
        /// Name of the place that was divided.
        place: String,
        /// Names of the new places.
        into: Vec<String>,
        /// How many of its records would count.
        count: u64,
    },
    /// The ledger is kept by places above this one, so that its rows say nothing here.
    NotKept {
        /// Name of the ledger.
        ledger: String,
        /// Name of the place.
        place: String,
    },
    /// The ledger is not closed for a place and period.
    Open {
        /// Name of the ledger.
        ledger: String,
        /// Name of the place.
        place: String,
        /// The month or year.
        period: Period,
    },
    /// No record where the latest or the stated one is read.
    MissingRecord {
        /// Name of the ledger.
        ledger: String,
        /// Name of the place.
        place: String,
        /// The window.
        window: Period,
    },
    /// Records that state a figure without the document that proves it.
    MissingDocument {
        /// Name of the ledger.
        ledger: String,
        /// Numbers of the first of them.
        ids: Vec<i64>,
        /// How many there are.
        count: u64,
    },
    /// Several records state a figure that cannot be added up.
    Several {
        /// Name of the ledger.
        ledger: String,
        /// Name of the place asked about.
        place: String,
        /// How many there are.
        count: u64,
    },
    /// Records in which the number measured is not filled in.
    MissingValue {
        /// Name of the ledger.
        ledger: String,
        /// Name of the field.
        field: String,
        /// Numbers of the first of them.
        ids: Vec<i64>,
        /// How many there are.
        count: u64,
    },
    /// Records of which it is not settled whether they count.
    Undecided {
        /// Name of the ledger.
        ledger: String,
        /// Numbers of the first of them.
        ids: Vec<i64>,
        /// How many there are.
        count: u64,
    },
    /// A signed voucher says what the records prove to be wrong.
    VoucherContradicted {
        /// Name of the vouchers' ledger.
        ledger: String,
        /// Number of the voucher.
        id: i64,
        /// Its figure with its unit.
        said: String,
        /// What is known from the records, with its unit.
        known: String,
    },
    /// Signed vouchers give different figures for one indicator, place and period.
    VouchersDiffer {
        /// Name of their ledger.
        ledger: String,
        /// Numbers of the first of them.
        ids: Vec<i64>,
        /// How many there are.
        count: u64,
    },
    /// A signed voucher is in a unit that is not of the indicator's kind.
    VoucherUnit {
        /// Name of the vouchers' ledger.
        ledger: String,
        /// Number of the voucher.
        id: i64,
        /// Its unit as written.
        unit: String,
        /// The indicator's.
        expected: String,
    },
    /// The divisor is zero.
    ZeroDivisor {
        /// Name of the indicator divided by, or the formula that divides.
        divisor: String,
    },
    /// Nothing is divided by nothing: both sides are known to be zero, so that the ratio has no
    /// value, and nothing that is said of it can be wrong.
    NoRatio {
        /// Name of the indicator divided by, or the formula that divides.
        divisor: String,
    },
    /// Further gaps that are not named.
    More {
        /// How many.
        count: u64,
    },
}

impl Gap {
    /// Whether records may still be missing, so that the value is not final.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Gap::Running { .. }
                | Gap::PlaceAbsent { .. }
                | Gap::Undivided { .. }
                | Gap::NotKept { .. }
                | Gap::Open { .. }
                | Gap::MissingRecord { .. }
        )
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Gap::Running { until } => {
                write!(f, "期间到{}才结束:请到期后结账再核", Period::day(*until).describe())
            }
            Gap::PlaceAbsent { place, on, successor } => {
                write!(f, "{}时没有{place}:", Period::day(*on).describe())?;
                match successor {
                    Some(name) => write!(f, "其记录已并入{name},请查{name}"),
                    None => f.write_str("请核对地方和期间"),
                }
            }
            Gap::Undivided { ledger, place, into, count } => write!(
                f,
                "{place}已拆分为{},它在{ledger}的 {count} 条记录归哪一个还没有登记:请在新的地方补登(原记录在拆分之日办结、撤销或注销),再核",
                into.join("、")
            ),
            Gap::NotKept { ledger, place } => {
                write!(f, "{ledger}不由{place}登记:请查它上一级的地方,或换用{place}登记的台账")
            }
            Gap::Open { ledger, place, period } => {
                write!(f, "{ledger} {} {place}尚未结账:请结账或零报告", period.describe())
            }
            Gap::MissingRecord { ledger, place, window } => {
                write!(f, "{ledger} {} {place}没有记录:请补登或零报告", window.describe())
            }
            Gap::MissingDocument { ledger, ids, count } => {
                write!(f, "{ledger}{count} 条记录没有依据文件({}):请补上文件", numbers(ids, *count))
            }
            Gap::Several { ledger, place, count } => {
                write!(f, "{ledger}中{place}有 {count} 条记录,这类数不能相加:请限定到一条")
            }
            Gap::MissingValue { ledger, field, ids, count } => {
                let numbers = numbers(ids, *count);
                write!(f, "{ledger}{count} 条记录未填“{field}”({numbers}):请补填")
            }
            Gap::Undecided { ledger, ids, count } => {
                let numbers = numbers(ids, *count);
                write!(f, "{ledger}{count} 条记录尚未定性({numbers}):请定性后再核")
            }
            Gap::VoucherContradicted { ledger, id, said, known } => write!(
                f,
                "{ledger}第 {id} 号凭证写 {said},台账记录已知 {known}:凭证与台账已有记录不符,请核对后更正其中一方"
            ),
            Gap::VouchersDiffer { ledger, ids, count } => {
                let numbers = numbers(ids, *count);
                write!(
                    f,
                    "{ledger}{count} 条凭证({numbers})对同一指标、地方和期间写了不同的数:请核对,只留正确的一条"
                )
            }
            Gap::VoucherUnit { ledger, id, unit, expected } => {
                write!(f, "{ledger}第 {id} 号凭证的单位“{unit}”不能换算成“{expected}”:请更正单位")
            }
            Gap::ZeroDivisor { divisor } => write!(f, "“{divisor}”为 0,不能作除数:请核对分母"),
            Gap::NoRatio { divisor } => {
                write!(f, "“{divisor}”为 0,也没有要除的数:这个比率没有值")
            }
            Gap::More { count } => write!(f, "另有 {count} 处未列出:请先办理以上各处"),
        }
    }
}

fn numbers(ids: &[i64], count: u64) -> String {
    let shown: Vec<String> = ids.iter().map(i64::to_string).collect();
    let more = if count > ids.len() as u64 { " 等" } else { "" };
    format!("第 {} 号{more}", shown.join("、"))
}

/// The gaps without repeats, keeping the first few and counting the rest.
/// Running windows come first, since they explain the others, then ratios that have no value,
/// by which a relation holds.
pub(crate) fn bounded(mut gaps: Vec<Gap>) -> Vec<Gap> {
    let mut seen = HashSet::new();
    gaps.retain(|gap| seen.insert(gap.clone()));
    gaps.sort_by_key(|gap| match gap {
        Gap::Running { .. } => 0,
        Gap::NoRatio { .. } => 1,
        _ => 2,
    });
    if gaps.len() > GAPS_SHOWN {
        let count = (gaps.len() - GAPS_SHOWN) as u64;
        gaps.truncate(GAPS_SHOWN);
        gaps.push(Gap::More { count });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use figure::date;

    fn check(gap: Gap, expected: &str) {
        assert_eq!(gap.to_string(), expected);
    }

    #[test]
    fn a_gap_says_where_it_is_and_what_to_do() {
        let ledger = || "安全隐患台账".to_owned();
        let month = Period::month(2023, 7).unwrap();
        check(
            Gap::Open { ledger: ledger(), place: "青石镇甲村".to_owned(), period: month },
            "安全隐患台账 2023年7月 青石镇甲村尚未结账:请结账或零报告",
        );
        check(
            Gap::Undecided { ledger: ledger(), ids: vec![3, 8], count: 2 },
            "安全隐患台账2 条记录尚未定性(第 3、8 号):请定性后再核",
        );
        check(
            Gap::MissingValue {
                ledger: ledger(),
                field: "金额".to_owned(),
                ids: vec![1],
                count: 9,
            },
            "安全隐患台账9 条记录未填“金额”(第 1 号 等):请补填",
        );
    }

    #[test]
    fn long_lists_are_cut_without_losing_count() {
        let open = |m| Gap::Open {
            ledger: "台账".to_owned(),
            place: "甲村".to_owned(),
            period: Period::month(2023, m).unwrap(),
        };
        let twice =
            (1..=8).chain(1..=8).map(open).chain([Gap::Running { until: date(2023, 12, 31) }]);
        let gaps = bounded(twice.collect());
        assert_eq!(gaps.len(), GAPS_SHOWN + 1);
        assert!(matches!(gaps[0], Gap::Running { .. }));
        assert_eq!(gaps[1], open(1));
        assert_eq!(gaps.last(), Some(&Gap::More { count: 4 }));
    }
}
