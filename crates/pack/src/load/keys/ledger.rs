//! Keys of ledgers: fields, rules, cases, clocks.

use super::{Form, Keys, Need, OwnKeys, key, plain};
use crate::load::{clock, field, ledger};
use Form::{
    Date, Flag, Id, Labels, Length, LengthOr, Retention, Small, Table, Tables, Text, TextLists,
    TextOrTexts, Texts, Unit, Word,
};
use Need::{Always, May, Unless};

/// `ledger/X.toml`
pub(crate) static LEDGER: Keys = plain(&[
    key("label", Text, Always, "台账名称,一般以“台账”结尾。"),
    key("system", Text, May, "属于哪个工作系统(systems.toml 里的编号)。"),
    key("meaning", Text, Always, "一条记录是什么、什么时候登记。"),
    key(
        "place",
        TextOrTexts(&crate::load::place::KINDS),
        Unless("parent"),
        "记录归哪一种地方;几种就写成列表。",
    ),
    key(
        "close",
        Word(&ledger::CLOSE_WORDS),
        Unless("parent"),
        "结账周期:要据此说“没有”“全部”“趋势”的写 month,其余写 year。",
    ),
    key("owner", Text, Unless("parent"), "哪个办公室保管;下级台账不写时随上级。"),
    key("parent", Id, May, "上级台账:本台账的每条记录属于它的一条记录(户 → 人)。"),
    key("key", Id, May, "人们用来称呼一条记录的字段,如编号;在本台账里不重复。"),
    key("unique", TextLists, May, "哪几个字段合起来不能重复,一组一个列表。"),
    key("retention", Retention, May, "保管期限。"),
    key("roles", Table(&ROLES), May, "谁登记、谁核对、谁审定、谁查看。"),
    key("field", Tables(&FIELD), May, "字段,一个一段。"),
    key("rule", Tables(&RULE), May, "每条记录都要满足的条件,一条一段。"),
    key("case", Table(&CASE), May, "办理状态;写了就自带字段 state。"),
    key("clock", Tables(&CLOCK), May, "时限,一个一段;各自带字段 due_编号(到期日)。"),
]);

/// `[roles]`
pub(crate) static ROLES: Keys = plain(&[
    key("enter", TextOrTexts(&[]), May, "登记的岗位。"),
    key("check", TextOrTexts(&[]), May, "核对的岗位。"),
    key("approve", TextOrTexts(&[]), May, "审定的岗位。"),
    key("read", TextOrTexts(&[]), May, "可以查看的岗位。"),
]);

/// What the types of field need beside the keys of all. The loader refuses these keys of any
/// other type.
pub(crate) static OWN_KEYS: [OwnKeys; 6] = [
    OwnKeys { word: "code", needs: &["list"], may: &[] },
    OwnKeys { word: "decimal", needs: &["scale"], may: &[] },
    OwnKeys { word: "quantity", needs: &["unit"], may: &["scale"] },
    OwnKeys { word: "choice", needs: &["values"], may: &[] },
    OwnKeys { word: "multi-choice", needs: &["values"], may: &[] },
    OwnKeys { word: "record", needs: &["ledger"], may: &[] },
];

/// `[[field]]`
pub(crate) static FIELD: Keys = Keys {
    keys: &[
        key("id", Id, Always, "编号:小写字母、数字和下划线。"),
        key("label", Text, Always, "表头。"),
        key("aliases", Texts, May, "工作簿里见过的其他表头。"),
        key("type", Word(&field::TYPE_WORDS), Always, "类型。"),
        key("required", Flag, May, "是否必填;没有它这条记录就没有意义时才写。"),
        key("dated", Flag, May, "值是否随日期变更并留下每一次的起始日期。"),
        key(
            "private",
            Word(&field::PRIVATE_WORDS),
            May,
            "identity 指向某个人,加密;sensitive 暴露某个人,遮盖;open 听起来像、其实不是,要写 note。",
        ),
        key("values", Labels, May, "选项:编号 = 名称。"),
        key("list", Id, May, "代码表的编号。"),
        key("unit", Unit, May, "计量单位。"),
        key("scale", Small(field::MOST_DIGITS), May, "小数位数。"),
        key("ledger", Id, May, "指向哪个台账;工作簿里填那条记录的编号。"),
        key("note", Text, May, "怎样填,给填表的人看。"),
    ],
    one_of: &[],
    own: &OWN_KEYS,
};

/// `[[rule]]`
pub(crate) static RULE: Keys = plain(&[
    key("check", Text, Always, "条件,只用本记录自己的字段;不为假就通过。"),
    key("message", Text, Always, "不满足时对填表的人说的话。"),
]);

/// `[case]`
pub(crate) static CASE: Keys = plain(&[
    key("states", Labels, Always, "状态:编号 = 名称,按先后。"),
    key("start", Id, Always, "新记录的状态。"),
    key("step", Tables(&STEP), May, "允许的办理步骤。"),
]);

/// `[[case.step]]`
pub(crate) static STEP: Keys = plain(&[
    key("from", Id, Always, "从哪个状态。"),
    key("to", Id, Always, "到哪个状态。"),
    key("who", Id, Always, "由哪个岗位办理。"),
    key("needs", Texts, May, "先要填好的字段。"),
]);

/// `[[clock]]`
pub(crate) static CLOCK: Keys = Keys {
    keys: &[
        key("id", Id, Always, "编号;同一时限前后两个版本用同一编号,以 from、to 分开。"),
        key("label", Text, Always, "时限名称。"),
        key("on", Id, Always, "从哪个日期字段起算。"),
        key(
            "until",
            TextOrTexts(&[]),
            Unless("last"),
            "到哪个日期字段或状态为止;有几个就写成列表。",
        ),
        key("last", Table(&LAST), May, "定期要做的事:每做一次在另一个台账记一条,从最近一次起算。"),
        key(
            "within",
            LengthOr(&LENGTH),
            May,
            "最多多久:\"2 hours\"、\"15 working days\"、\"60 days\"。",
        ),
        key("least", LengthOr(&LENGTH), May, "至少多久:\"1 year\"。"),
        key("by", Id, May, "到期日写在哪个日期字段里(限期整改至某日)。"),
        key("given", Id, May, "给这条记录另定期限的日期字段;填了就以它为准。"),
        key(
            "roll",
            Flag,
            May,
            "最后一天是休息日、节假日的,顺延到其后第一个工作日;法律这样规定的才写(民法典第二百零三条)。",
        ),
        key("when", Text, May, "只对满足这个条件的记录计时。"),
        key("pause", Tables(&PAUSE), May, "不计入的时间。"),
        key("extend", Table(&EXTEND), May, "经批准可以延长多久。"),
        key("breach", Word(&clock::BREACH_WORDS), May, "超时亮什么灯,不写是 red。"),
        key("warn", Length, May, "到期前多久提醒。"),
        key("source", Text, Always, "出自哪部法规哪一条。"),
        key("from", Date, May, "起算日在这一天及以后的才适用。"),
        key("to", Date, May, "起算日在这一天及以前的才适用。"),
    ],
    one_of: &["within", "least", "by"],
    own: &[],
};

/// `last = { … }`
pub(crate) static LAST: Keys = plain(&[
    key("ledger", Id, Always, "每做一次记在哪个台账。"),
    key("field", Id, May, "那个台账里指向本台账的字段;不写就是它的下级记录。"),
    key("on", Id, Always, "那个台账里做的日期。"),
    key("when", Text, May, "只算满足这个条件的。"),
]);

/// `within = { … }`
pub(crate) static LENGTH: Keys = plain(&[
    key("parameter", Id, Always, "参数的编号。"),
    key("unit", Word(&clock::UNIT_WORDS), Always, "参数的数是多少个什么。"),
]);

/// `[[clock.pause]]`
pub(crate) static PAUSE: Keys = plain(&[
    key("from", Id, Always, "从哪个日期字段起不计。"),
    key("until", Id, Always, "到哪个日期字段起接着计。"),
]);

/// `[clock.extend]`
pub(crate) static EXTEND: Keys = plain(&[
    key("by", Length, Always, "延长多久。"),
    key("on", Id, Always, "批准延长的日期字段;填了才延长。"),
    key("who", Id, Always, "由哪个岗位批准。"),
]);
