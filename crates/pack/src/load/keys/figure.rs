//! Keys of what is computed: indicators and relations, and their examples.

use super::{Form, Keys, Need, key, plain};
use crate::load::{indicator, relation};
use Form::{
    Decimal, Flag, Id, Records, RecordsByLedger, Table, Tables, Text, TextOrTexts, Texts, Unit,
    Word,
};
use Need::{Always, May};

/// The keys of which exactly one says how an indicator is computed.
pub(crate) const MEASURES: [&str; 8] =
    ["count", "sum", "distinct", "min", "max", "ratio", "formula", "stated"];

/// Keys that choose records; ratios and formulas leave them to their parts.
pub(crate) const OF_RECORDS: [&str; 6] = ["where", "on", "until", "undecided", "time", "dims"];

/// `indicator/X.toml`
pub(crate) static INDICATOR: Keys = Keys {
    keys: &[
        key("label", Text, Always, "指标名称。"),
        key("unit", Unit, Always, "单位。"),
        key("meaning", Text, Always, "口径:到底数的是什么,哪些算、哪些不算。"),
        key(
            "says",
            Texts,
            May,
            "报告里的句子要有哪些词:一条是依次出现的几个词(空格分开),满足一条即可。",
        ),
        key("count", Id, May, "数记录的条数:台账编号。"),
        key("sum", Id, May, "求和:台账编号,另写 value。"),
        key("distinct", Id, May, "数不同的值有几个:台账编号,另写 value。"),
        key("min", Id, May, "最小值:台账编号,另写 value。"),
        key("max", Id, May, "最大值:台账编号,另写 value。"),
        key("ratio", Table(&RATIO), May, "一个指标除以另一个;单位是 % 时乘 100。"),
        key("formula", Text, May, "指标之间的加减乘除:\"a + b - c\"。"),
        key("stated", Id, May, "别的机关认定的数:台账编号,另写 value 和 document。"),
        key("value", Text, May, "取哪个值:字段,或由字段算出的式子。"),
        key("document", Text, May, "认定文件所在的字段;没有文件就无法证实。"),
        key("where", Text, May, "只算满足这个条件的记录。"),
        key("on", Text, May, "哪个日期决定记录属于哪个期间;除地方外都要写。"),
        key("until", Text, May, "到哪个日期为止不再算;只有 time = \"at\" 用它。"),
        key("undecided", Text, May, "满足这个条件的记录算不算说不准,结果成为一个范围。"),
        key(
            "time",
            Word(&indicator::TIME_WORDS),
            May,
            "时间口径:during 期间内发生;at 期末在册;since 截至期末累计;latest 期间内最近一次。不写是 during。",
        ),
        key("dims", Texts, May, "句子里可以限定的字段(?字段=值)。"),
        key("forecast", Id, May, "期间没完时回答“可、预计”的另一个指标。"),
        key("example", Tables(&EXAMPLE), May, "例子:几条记录,和应当算出的值。"),
    ],
    one_of: &MEASURES,
    own: &[],
};

/// `ratio = { … }`
pub(crate) static RATIO: Keys =
    plain(&[key("of", Id, Always, "分子:指标编号。"), key("to", Id, Always, "分母:指标编号。")]);

/// `[[example]]` of an indicator.
pub(crate) static EXAMPLE: Keys = plain(&[
    key("rows", Records, May, "本指标所读台账的记录:字段 = 值;place、parent 也可写。"),
    key("given", RecordsByLedger, May, "其他台账的记录:台账 = [记录]。"),
    key("window", Text, Always, "期间:\"2023\"、\"2023-04\"、\"2023Q1\"。"),
    key("expect", Text, Always, "应当算出的值:\"1 起\"、\"0 至 1 起\"、\"未知\"。"),
]);

/// `relation/X.toml`
pub(crate) static RELATION: Keys = Keys {
    keys: &[
        key("label", Text, Always, "关系的名称。"),
        key("rule", Text, May, "在上级规定里的编号。"),
        key("system", Text, May, "属于哪个工作系统;不写就是所读台账的。"),
        key("holds", Text, May, "指标之间的等式或不等式:\"a = b + c\"、\"a <= b\"。"),
        key("forbids", Id, May, "不许有满足 where 的记录:台账编号。"),
        key("where", Text, May, "不许满足的条件;只有 forbids 用它。"),
        key("tolerance", Decimal, May, "等式允许相差多少;只有等式用它。"),
        key(
            "each",
            TextOrTexts(&relation::STEP_WORDS),
            May,
            "按什么分别核对:一种地方、一种周期(month、quarter、year)。",
        ),
        key(
            "level",
            Word(&relation::LEVEL_WORDS),
            May,
            "must 必须成立;explain 不成立时要说明。不写是 must。",
        ),
        key("advice", Text, May, "不成立时先看哪里。"),
        key("example", Tables(&RELATION_EXAMPLE), May, "例子:一个成立,一个不成立。"),
    ],
    one_of: &["holds", "forbids"],
    own: &[],
};

/// `[[example]]` of a relation.
pub(crate) static RELATION_EXAMPLE: Keys = plain(&[
    key("rows", Records, May, "forbids 的台账的记录:字段 = 值。"),
    key("given", RecordsByLedger, May, "其他台账的记录:台账 = [记录]。"),
    key("window", Text, Always, "期间:\"2023\"、\"2023-04\"、\"2023Q1\"。"),
    key("holds", Flag, Always, "在这些记录上是否成立。"),
]);
