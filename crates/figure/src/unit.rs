//! Units of measure and count, grouped in classes inside which values convert.
//!
//! Lawful units and their ratios follow the State Council order on statutory
//! units (1984): 1 公顷 = 15 亩, 1 亩 = 2000/3 平方米, 1 斤 = 0.5 公斤, 1 里 = 0.5 公里.

use rust_decimal::Decimal;
use thiserror::Error;

/// What a unit measures. Values convert inside a class and never across two:
/// households, persons and person-times are three classes on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// 元 and its multiples.
    Money,
    /// 美元.
    ForeignMoney,
    /// 亩, 公顷, 平方米.
    Area,
    /// 公斤, 斤, 吨.
    Mass,
    /// 公里, 米.
    Length,
    /// 立方米.
    Volume,
    /// Shares: %, ‰.
    Share,
    /// 个百分点.
    Points,
    /// 人, 名, 位.
    Persons,
    /// 人次.
    Visits,
    /// 户.
    Households,
    /// Things counted one by one: 件, 条, 个, 起, 处, 项 and the like.
    Items,
    /// Happenings: 次, 场, 期.
    Times,
    /// 批, 批次.
    Batches,
    /// 张, 份.
    Sheets,
    /// 栋, 幢.
    Buildings,
    /// 届.
    Sessions,
    /// 第…位, 第…名 in a ranking.
    Rank,
    /// 天, 日.
    Days,
    /// 月, 个月.
    Months,
    /// 年.
    Years,
    /// 倍.
    Multiples,
    /// 车次, 台, 头 and other counters that stand alone; two units of this class
    /// are alike only when their symbols are.
    Other,
}

impl Class {
    /// Whether things, people or happenings are counted in units of this class, one by one.
    pub fn is_counted(self) -> bool {
        !matches!(
            self,
            Class::Money
                | Class::ForeignMoney
                | Class::Area
                | Class::Mass
                | Class::Length
                | Class::Volume
                | Class::Share
                | Class::Points
                | Class::Rank
                | Class::Multiples
        )
    }
}

#[derive(Clone, Copy, Debug)]
struct Base {
    symbol: &'static str,
    class: Class,
    /// Value of one unit in the class's base unit, as mantissa and scale; areas
    /// in 平方米 are exact in 亩 because 1 平方米 = 0.0015 亩.
    ratio: (i64, u32),
}

const fn base(symbol: &'static str, class: Class, mantissa: i64, scale: u32) -> Base {
    Base { symbol, class, ratio: (mantissa, scale) }
}

/// Longest symbols first, so that 人次 is found before 人.
static BASES: &[Base] = &[
    base("个百分点", Class::Points, 1, 0),
    base("平方公里", Class::Area, 1500, 0),
    base("百分点", Class::Points, 1, 0),
    base("平方米", Class::Area, 15, 4),
    base("立方米", Class::Volume, 1, 0),
    base("个月", Class::Months, 1, 0),
    base("公顷", Class::Area, 15, 0),
    base("公里", Class::Length, 1, 0),
    base("千米", Class::Length, 1, 0),
    base("公斤", Class::Mass, 1, 0),
    base("千克", Class::Mass, 1, 0),
    base("美元", Class::ForeignMoney, 1, 0),
    base("人次", Class::Visits, 1, 0),
    base("批次", Class::Batches, 1, 0),
    base("车次", Class::Other, 1, 0),
    base("元", Class::Money, 1, 0),
    base("亩", Class::Area, 1, 0),
    base("斤", Class::Mass, 5, 1),
    base("克", Class::Mass, 1, 3),
    base("吨", Class::Mass, 1000, 0),
    base("米", Class::Length, 1, 3),
    base("里", Class::Length, 5, 1),
    base("方", Class::Volume, 1, 0),
    base("%", Class::Share, 1, 0),
    base("％", Class::Share, 1, 0),
    base("‰", Class::Share, 1, 1),
    base("户", Class::Households, 1, 0),
    base("人", Class::Persons, 1, 0),
    base("名", Class::Persons, 1, 0),
    base("位", Class::Persons, 1, 0),
    base("件", Class::Items, 1, 0),
    base("条", Class::Items, 1, 0),
    base("个", Class::Items, 1, 0),
    base("起", Class::Items, 1, 0),
    base("处", Class::Items, 1, 0),
    base("项", Class::Items, 1, 0),
    base("宗", Class::Items, 1, 0),
    base("例", Class::Items, 1, 0),
    base("座", Class::Items, 1, 0),
    base("所", Class::Items, 1, 0),
    base("次", Class::Times, 1, 0),
    base("场", Class::Times, 1, 0),
    base("期", Class::Times, 1, 0),
    base("批", Class::Batches, 1, 0),
    base("张", Class::Sheets, 1, 0),
    base("份", Class::Sheets, 1, 0),
    base("栋", Class::Buildings, 1, 0),
    base("幢", Class::Buildings, 1, 0),
    base("届", Class::Sessions, 1, 0),
    base("天", Class::Days, 1, 0),
    base("日", Class::Days, 1, 0),
    base("月", Class::Months, 1, 0),
    base("年", Class::Years, 1, 0),
    base("倍", Class::Multiples, 1, 0),
    base("间", Class::Other, 1, 0),
    base("台", Class::Other, 1, 0),
    base("头", Class::Other, 1, 0),
    base("羽", Class::Other, 1, 0),
    base("株", Class::Other, 1, 0),
    base("家", Class::Other, 1, 0),
    base("盏", Class::Other, 1, 0),
    base("套", Class::Other, 1, 0),
    base("口", Class::Other, 1, 0),
    base("辆", Class::Other, 1, 0),
    base("组", Class::Other, 1, 0),
    base("册", Class::Other, 1, 0),
    base("支", Class::Other, 1, 0),
    base("对", Class::Other, 1, 0),
    base("盘", Class::Other, 1, 0),
    base("箱", Class::Other, 1, 0),
];

/// Counters that are units where they stand alone behind a number, and otherwise begin other words:
/// 27部 and 部门.
static COUNTERS: [Base; NAMES.len()] = {
    let mut all = [base("", Class::Other, 1, 0); NAMES.len()];
    let mut at = 0;
    while at < all.len() {
        all[at].symbol = NAMES[at];
        at += 1;
    }
    all
};
const NAMES: [&str; 62] = [
    "部", "面", "扇", "尾", "只", "桶", "袋", "瓶", "顶", "篇", "幅", "本", "单", "艘", "架", "把",
    "床", "副", "根", "枚", "片", "层", "孔", "眼", "门", "款", "节", "轮", "封", "卷", "盒", "筐",
    "捆", "趟", "遍", "桌", "匹", "粒", "颗", "棵", "蔸", "穴", "畦", "垄", "段", "班", "家次",
    "户次", "台次", "条次", "件次", "项次", "课时", "笔", "堂", "亩次", "台套", "剂次", "针次",
    "班次", "航次", "人份",
];

/// The place in a ranking (第1位); it has a name of its own because 位 also counts people.
static RANK: Base = base("位次", Class::Rank, 1, 0);

static MAGNITUDES: &[(&str, u32)] =
    &[("百万", 6), ("千万", 7), ("亿", 8), ("万", 4), ("千", 3), ("百", 2)];

/// A unit as written: a symbol, with 万 or 亿 before it or not (万元, 亿斤).
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    base: &'static Base,
    magnitude: u32,
}

/// Why a unit could not be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum UnitError {
    /// No unit has this symbol.
    #[error("不认识的单位“{symbol}”;可用的如 元、万元、亩、公顷、户、人、人次、件、次、%")]
    Unknown {
        /// The symbol as written.
        symbol: String,
    },
}

impl Unit {
    /// Reads a unit symbol such as `万元`, `亩`, `人次` or `位次`.
    pub fn parse(symbol: &str) -> Result<Unit, UnitError> {
        let unknown = || UnitError::Unknown { symbol: symbol.to_owned() };
        if symbol == RANK.symbol {
            return Ok(Unit { base: &RANK, magnitude: 0 });
        }
        if let Some(base) = BASES.iter().chain(&COUNTERS).find(|b| b.symbol == symbol) {
            return Ok(Unit { base, magnitude: 0 });
        }
        let (prefix, magnitude) =
            MAGNITUDES.iter().find(|(p, _)| symbol.starts_with(p)).ok_or_else(unknown)?;
        let rest = &symbol[prefix.len()..];
        let base = BASES.iter().chain(&COUNTERS).find(|b| b.symbol == rest).ok_or_else(unknown)?;
        Ok(Unit { base, magnitude: *magnitude })
    }

    /// The longest unit that `text` begins with, and its length in bytes.
    pub fn at_start(text: &str) -> Option<(Unit, usize)> {
        let (magnitude, skip) = MAGNITUDES
            .iter()
            .find(|(p, _)| text.starts_with(p))
            .map_or((0, 0), |(p, m)| (*m, p.len()));
        let find = |rest: &str| BASES.iter().find(|b| rest.starts_with(b.symbol));
        match find(&text[skip..]) {
            Some(base) => Some((Unit { base, magnitude }, skip + base.symbol.len())),
            None if skip > 0 => {
                find(text).map(|b| (Unit { base: b, magnitude: 0 }, b.symbol.len()))
            }
            None => None,
        }
    }

    /// The unit of a place in a ranking.
    pub fn rank() -> Unit {
        Unit { base: &RANK, magnitude: 0 }
    }

    /// Percent.
    pub fn percent() -> Unit {
        Unit {
            base: BASES.iter().find(|b| b.symbol == "%").expect("the table has %"),
            magnitude: 0,
        }
    }

    /// What the unit measures.
    pub fn class(self) -> Class {
        self.base.class
    }

    /// The symbol without 万 or 亿.
    pub fn base_symbol(self) -> &'static str {
        self.base.symbol
    }

    /// The same unit without 万 or 亿.
    pub fn without_magnitude(self) -> Unit {
        Unit { base: self.base, magnitude: 0 }
    }

    /// The unit that this class is normalised to: 元, 亩, 公斤, 公里, 人 …
    /// A counter keeps its own symbol.
    pub fn normal(self) -> Unit {
        let symbol = match self.base.class {
            Class::Area => "亩",
            Class::Mass => "公斤",
            Class::Length => "公里",
            Class::Volume => "立方米",
            Class::Persons => "人",
            Class::Share => "%",
            _ => return self.without_magnitude(),
        };
        Unit { base: BASES.iter().find(|b| b.symbol == symbol).expect("listed"), magnitude: 0 }
    }

    /// Power of ten written before the unit: 4 for 万元, 0 for 元.
    pub fn magnitude(self) -> u32 {
        self.magnitude
    }

    /// Whether values of the two units may be compared after conversion.
    pub fn is_alike(self, other: Unit) -> bool {
        self.base.class == other.base.class
            && (self.base.class != Class::Other || self.base.symbol == other.base.symbol)
    }

    /// Value of one of this unit in the base unit of its class, exact.
    pub fn ratio(self) -> Decimal {
        let (mantissa, scale) = self.base.ratio;
        Decimal::new(mantissa, scale) * Decimal::from(10_i64.pow(self.magnitude))
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Unit) -> bool {
        self.base.symbol == other.base.symbol && self.magnitude == other.magnitude
    }
}

impl Eq for Unit {}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = MAGNITUDES.iter().find(|(_, m)| *m == self.magnitude).map_or("", |(p, _)| p);
        write!(f, "{prefix}{}", self.base.symbol)
    }
}

/// Every unit symbol that is known, for messages and completion.
pub fn units() -> impl Iterator<Item = &'static str> {
    BASES.iter().map(|b| b.symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(symbol: &str, class: Class, ratio: &str) {
        let unit = Unit::parse(symbol).unwrap();
        assert_eq!(unit.class(), class, "{symbol}");
        assert_eq!(unit.ratio(), ratio.parse().unwrap(), "{symbol}");
        assert_eq!(unit.to_string(), symbol);
    }

    #[test]
    fn symbols_have_their_class_and_ratio() {
        check("元", Class::Money, "1");
        check("万元", Class::Money, "10000");
        check("亿元", Class::Money, "100000000");
        check("公顷", Class::Area, "15");
        check("平方米", Class::Area, "0.0015");
        check("万平方米", Class::Area, "15");
        check("吨", Class::Mass, "1000");
        check("人次", Class::Visits, "1");
        check("万公斤", Class::Mass, "10000");
    }

    #[test]
    fn counters_are_alike_but_people_households_and_visits_are_not() {
        let alike = |a: &str, b: &str| Unit::parse(a).unwrap().is_alike(Unit::parse(b).unwrap());
        assert!(alike("件", "起") && alike("名", "人") && alike("次", "场"));
        assert!(!alike("户", "人") && !alike("人", "人次") && !alike("个", "户"));
        assert!(!alike("台", "套") && alike("台", "台"));
    }

    #[test]
    fn the_longest_symbol_wins_at_a_start() {
        let (unit, len) = Unit::at_start("人次20.5万元").unwrap();
        assert_eq!((unit.to_string().as_str(), len), ("人次", "人次".len()));
        let (unit, _) = Unit::at_start("万元,其中").unwrap();
        assert_eq!(unit.to_string(), "万元");
        assert!(Unit::at_start("水稻").is_none());
        assert!(Unit::parse("斗").is_err());
    }
}
