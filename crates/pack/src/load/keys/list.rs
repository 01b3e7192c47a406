//! Keys of lists: codes, parameters, places, organisations, roles, days, words, systems.

use super::super::review;
use super::{Form, Keys, Need, key, plain};
use Form::{Date, Dates, Decimal, Flag, Groups, Id, Table, Tables, Text, Texts, Unit, Word};
use Need::{Always, May};

/// `pack.toml`
pub(crate) static PACK: Keys = plain(&[
    key("label", Text, Always, "台账包的名称。"),
    key("explanations", Table(&EXPLANATIONS), May, "勾稽关系不成立时的说明记在哪个台账。"),
    key("vouchers", Table(&VOUCHERS), May, "有台账以前的数,凭签字文件记在哪个台账。"),
]);

/// `[explanations]`
pub(crate) static EXPLANATIONS: Keys = plain(&[
    key("ledger", Id, Always, "台账的编号。"),
    key("relation", Id, Always, "写勾稽关系编号或名称的字段(text)。"),
    key("period", Id, Always, "写期间的字段(period)。"),
    key("reason", Id, Always, "写原因的字段(text)。"),
]);

/// `[vouchers]`
pub(crate) static VOUCHERS: Keys = plain(&[
    key("ledger", Id, Always, "台账的编号。"),
    key("indicator", Id, Always, "写指标编号或名称的字段(text)。"),
    key("period", Id, Always, "写期间的字段(period)。"),
    key("value", Id, Always, "写数的字段(decimal)。"),
    key("unit", Id, Always, "写单位的字段(text)。"),
    key("document", Id, Always, "写签字文件的字段(file);没有文件就证明不了什么。"),
]);

/// `codes/X.toml`
pub(crate) static CODES: Keys = plain(&[
    key("label", Text, Always, "代码表名称。"),
    key("source", Text, May, "出自哪个标准或文件。"),
    key("code", Tables(&CODE), Always, "代码,一个一段。"),
    key("group", Groups, May, "几个代码合成一组:组名 = [代码];条件里用 in_group。"),
]);

/// `[[code]]`
pub(crate) static CODE: Keys = plain(&[
    key("code", Text, Always, "代码。"),
    key("label", Text, Always, "名称。"),
    key("aliases", Texts, May, "工作簿里见过的其他写法。"),
    key("from", Date, May, "从哪天起可用。"),
    key("until", Date, May, "到哪天止可用。"),
    key("became", Text, May, "后来改成了哪个代码。"),
]);

/// `parameter/X.toml`
pub(crate) static PARAMETER: Keys = plain(&[
    key("label", Text, Always, "参数名称。"),
    key("unit", Unit, May, "单位;没有就不写。"),
    key("value", Tables(&VALUE), May, "值,一个一段;几个都适用时,后写的算数。"),
]);

/// `[[value]]`
pub(crate) static VALUE: Keys = plain(&[
    key("value", Decimal, Always, "数,带引号。"),
    key("from", Date, May, "从哪天起。"),
    key("until", Date, May, "到哪天止。"),
    key("place", Text, May, "只在哪个地方(及其以下)适用:地方编码。"),
    key("source", Text, Always, "出自哪个文件。"),
]);

/// `place/X.toml`
pub(crate) static PLACES: Keys = plain(&[
    key("label", Text, May, "这个文件的名称。"),
    key("place", Tables(&PLACE), May, "地方,一个一段。"),
]);

/// `[[place]]`
pub(crate) static PLACE: Keys = plain(&[
    key("code", Text, Always, "编码,一般是统计用区划代码。"),
    key("label", Text, Always, "名称。"),
    key("aliases", Texts, May, "其他叫法。"),
    key("kind", Text, Always, "种类:county、township、village、community 等。"),
    key("parent", Text, May, "上级的编码。"),
    key("from", Date, May, "设立日期。"),
    key("until", Date, May, "撤销日期。"),
    key("successor", Text, May, "撤销后并入哪里:编码。"),
    key(
        "split_into",
        Texts,
        May,
        "撤销后拆分成哪几个:编码。原有的记录归哪个新地方没有说明,新地方的存量在补登前不能证实。",
    ),
]);

/// `org/X.toml`
pub(crate) static ORGS: Keys = plain(&[
    key("label", Text, May, "这个文件的名称。"),
    key("org", Tables(&ORG), May, "单位,一个一段。"),
]);

/// `[[org]]`
pub(crate) static ORG: Keys = plain(&[
    key("id", Id, Always, "编号。"),
    key("label", Text, Always, "名称。"),
    key("kind", Text, Always, "种类,如 branch、station、department。"),
    key("place", Text, May, "所在地方的编码。"),
]);

/// `role/X.toml`
pub(crate) static ROLE: Keys = plain(&[
    key("label", Text, Always, "岗位名称。"),
    key("meaning", Text, Always, "做什么、看什么。"),
]);

/// `calendar/YEAR.toml`
pub(crate) static CALENDAR: Keys = plain(&[
    key("source", Text, Always, "放假安排的通知。"),
    key("holiday", Tables(&HOLIDAY), May, "放假,一段一个。"),
    key("workday", Dates, Always, "调为上班的星期六、星期日。"),
]);

/// `[[holiday]]`
pub(crate) static HOLIDAY: Keys = plain(&[
    key("label", Text, Always, "节日名称。"),
    key("from", Date, Always, "第一天。"),
    key("until", Date, Always, "最后一天。"),
]);

/// `lexicon/X.toml`
pub(crate) static LEXICON: Keys = plain(&[
    key("label", Text, May, "这个文件的名称。"),
    key("background", Texts, May, "带数字却不是数的固定说法:三会一课。"),
    key("rhetoric", Texts, May, "不陈述事实的评价:卓有成效。"),
    key("plan", Texts, May, "表示打算的词:力争、计划。"),
    key("counters", Texts, May, "自成量词的名词:车次、网格。"),
    key("dated", Texts, May, "只合一年或一时的说法,报告换年时要人看:开局之年、中央经济工作会议。"),
    key("once", Texts, May, "办过一次、下一年不再说的事的用词,报告换年时要人看:被评为、成功引进。"),
    key("common", Texts, May, "只说怎么做、不说做什么的词,不改变一个数说的是什么:积极、累计。"),
    key(
        "narrow",
        Texts,
        May,
        "说明只是其中一部分的词,指标自己没有说到的,不拿它的数来核:实名、夜间。",
    ),
    key(
        "alike",
        Texts,
        May,
        "意思一样的词,一条是一组(空格分开);指标的 says 写其中一个,其余的也认:“收到 接收”。",
    ),
]);

/// `binding/X.toml`
pub(crate) static BINDINGS: Keys = plain(&[
    key("label", Text, May, "这个文件的名称。"),
    key("binding", Tables(&BINDING), Always, "核定的绑定,一句一个。"),
]);

/// `[[binding]]`
pub(crate) static BINDING: Keys = plain(&[
    key("words", Text, Always, "这样的话,数写成 #:整治了隐患#起。"),
    key(
        "target",
        Text,
        Always,
        "说的是什么,写法同报告链接的括号:hazards_rectified?place=甲村;不是台账里的数写 none。",
    ),
    key("who", Text, May, "谁核定的。"),
    key("on", Date, May, "哪天核定的。"),
    key("why", Text, May, "为什么。"),
]);

/// `systems.toml`
pub(crate) static SYSTEMS: Keys =
    plain(&[key("system", Tables(&SYSTEM), May, "工作系统,一个一段。")]);

/// `[[system]]`
pub(crate) static SYSTEM: Keys = plain(&[
    key("id", Text, Always, "编号,如 S30。"),
    key("label", Text, Always, "名称。"),
    key("group", Text, Always, "在年度总结里属于哪一部分。"),
    key("base", Flag, May, "是否只是供其他系统引用的基础登记。"),
]);

/// `privacy.toml`
pub(crate) static PRIVACY: Keys = plain(&[
    key("identity", Texts, May, "指向某个人的词:姓名、身份证。"),
    key("sensitive", Texts, May, "暴露某个人的词:病种、低保。"),
]);

/// `review/X.toml`
pub(crate) static REVIEW: Keys = plain(&[
    key("label", Text, Always, "规则的名称。"),
    key("meaning", Text, Always, "标出什么,为什么,依据哪个标准或文件。"),
    key(
        "grade",
        Word(&review::GRADE_WORDS),
        Always,
        "wrong 是自相矛盾或违反标准;leak 是不宜公开;doubt 是请人看一眼。",
    ),
    key("off", Flag, May, "不用这条规则。"),
    key("words", Texts, May, "规则用到的词。"),
    key("limit", Decimal, May, "规则用到的数,如最多多少字,带引号。"),
    key("phrase", Tables(&PHRASE), May, "不该有的词,一个一段。"),
    key("example", Tables(&REVIEW_EXAMPLE), May, "例子:一段文字,应当标出哪些词。"),
]);

/// `[[phrase]]`
pub(crate) static PHRASE: Keys = plain(&[
    key("text", Text, Always, "不该有的词。"),
    key("right", Text, May, "应当怎么写。"),
    key("unless", Texts, May, "含有它却是对的更长的词。"),
    key("from", Date, May, "从哪天起不该有。"),
    key("until", Date, May, "到哪天止不该有。"),
    key("note", Text, May, "为什么。"),
]);

/// `[[example]]` of a rule of proofreading.
pub(crate) static REVIEW_EXAMPLE: Keys = plain(&[
    key("text", Text, Always, "一段文字。"),
    key("finds", Texts, Always, "应当标出的词,按先后;一个都不该标出就写 []。"),
]);
