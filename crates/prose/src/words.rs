//! The words of report language that change what a number near them means.
//!
//! They belong to the Chinese language and not to any office; set phrases of an
//! office come in the lexicon.

use std::sync::LazyLock;

use crate::cues::Cues;

mod plan;
pub(crate) mod said;

pub(crate) use plan::{BY_PLAN, NOT_MEANT, PLAN, PLANNED, SHALL};

/// Words that begin with 多 and are no “more than”.
pub(crate) const NOT_MORE: &[&str] = &["多元化", "多样"];

/// Words that begin with 成 and are no tenths.
pub(crate) const NOT_TENTHS: &[&str] = &[
    "成立",
    "成功",
    "成为",
    "成就",
    "成员",
    "成绩",
    "成本",
    "成果",
    "成效",
    "成不变",
    "成交",
    "成活",
    "成群",
    "成年",
];

/// Words that begin with the sign of a unit and are something else.
pub(crate) static NOT_UNITS: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new([
        "方面",
        "方案",
        "方位",
        "方式",
        "方针",
        "方向",
        "方便",
        "方法",
        "里面",
        "里程",
        "口径",
        "口岸",
        "口号",
        "条例",
        "条件",
        "元旦",
        "元宵",
        "元素",
        "人大",
        "人才",
        "人居",
        "人民",
        "名称",
        "名单",
        "家庭",
        "家长",
        "家园",
        "起来",
        "起步",
        "处理",
        "处置",
        "处罚",
        "处于",
        "台账",
        "台风",
        "头部",
        "组织",
        "组建",
        "组长",
        "对接",
        "对口",
        "对象",
        "对标",
        "对照",
        "对比",
        "支部",
        "支持",
        "支付",
        "支农",
        "支委",
        "批发",
        "批评",
        "批准",
        "批复",
        "批示",
        "场所",
        "场地",
        "场景",
        "座谈",
        "份额",
        "例会",
        "例行",
        "例如",
        "户籍",
        "户口",
        "天然",
        "羽毛",
        "套路",
        "期间",
        "期限",
        "期待",
        "期盼",
        "位于",
        "位列",
        "位居",
        "位置",
        "条款",
        "月月",
        "次性",
        "名列",
        "人均",
        "户均",
        "亩均",
        "项目部",
        "张贴",
        "盘活",
    ])
});

/// Words that begin with a counter beyond the table of units and are something else.
pub(crate) static NOT_COUNTERS: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new([
        "副书记",
        "副镇",
        "副乡",
        "副县",
        "副主任",
        "副职",
        "副处",
        "副科",
        "副产",
        "副业",
        "副食",
        "副院",
        "副校",
        "部门",
        "部分",
        "部委",
        "部队",
        "部署",
        "部级",
        "部长",
        "部落",
        "列入",
        "列为",
        "列车",
        "列席",
        "款项",
        "所有",
        "所在",
        "所属",
        "所需",
        "所辖",
        "站点",
        "站位",
        "站在",
        "站台",
        "站长",
        "本级",
        "本地",
        "本村",
        "本镇",
        "本县",
        "本科",
        "本次",
        "本年",
        "本着",
        "门类",
        "门前",
        "门诊",
        "股权",
        "股东",
        "股份",
        "股金",
        "股级",
        "层级",
        "层面",
        "层次",
        "片区",
        "片面",
        "轮换",
        "轮训",
        "轮流",
        "轮作",
        "轮胎",
        "针对",
        "床位",
        "幅度",
        "专业化",
        "专业合作",
        "方面军",
        "块地",
        "部曲",
        "票制",
        "页岩",
        "票据",
    ])
});

/// Whether a character goes on with the words, as opposed to a mark or the end.
pub(crate) fn goes_on(c: char) -> bool {
    c.is_alphanumeric()
}

/// What the words before a number make of it. Longest first, since 不超过 ends
/// with 超过. `not_after` are characters that turn the word into another one:
/// 节约, 签约, 最近, 附近.
pub(crate) struct Before {
    pub(crate) word: &'static str,
    pub(crate) op: Op,
    pub(crate) not_after: &'static str,
}

/// How a number bounds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Equal,
    Over,
    Near,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

const fn before(word: &'static str, op: Op, not_after: &'static str) -> Before {
    Before { word, op, not_after }
}

/// The words that stand right before a number.
pub(crate) static BEFORE: &[Before] = &[
    before("未能达到", Op::LessThan, ""),
    before("没有达到", Op::LessThan, ""),
    before("没能达到", Op::LessThan, ""),
    before("未达到", Op::LessThan, ""),
    before("没达到", Op::LessThan, ""),
    before("没有达", Op::LessThan, ""),
    before("未达", Op::LessThan, ""),
    before("未到", Op::LessThan, ""),
    before("没到", Op::LessThan, ""),
    before("达不到", Op::LessThan, ""),
    before("没有低于", Op::AtLeast, ""),
    before("没有少于", Op::AtLeast, ""),
    before("不能低于", Op::AtLeast, ""),
    before("不得低于", Op::AtLeast, ""),
    before("不能少于", Op::AtLeast, ""),
    before("不得少于", Op::AtLeast, ""),
    before("未低于", Op::AtLeast, ""),
    before("未少于", Op::AtLeast, ""),
    before("没低于", Op::AtLeast, ""),
    before("没有超过", Op::AtMost, ""),
    before("没有突破", Op::AtMost, ""),
    before("没有超出", Op::AtMost, ""),
    before("未能超过", Op::AtMost, ""),
    before("未能突破", Op::AtMost, ""),
    before("不能超过", Op::AtMost, ""),
    before("不得超过", Op::AtMost, ""),
    before("不得高于", Op::AtMost, ""),
    before("不能高于", Op::AtMost, ""),
    before("没超过", Op::AtMost, ""),
    before("没突破", Op::AtMost, ""),
    before("未突破", Op::AtMost, ""),
    before("未高于", Op::AtMost, ""),
    before("未多于", Op::AtMost, ""),
    before("未超出", Op::AtMost, ""),
    before("未超", Op::AtMost, ""),
    before("未逾", Op::AtMost, ""),
    before("不少于", Op::AtLeast, ""),
    before("不低于", Op::AtLeast, ""),
    before("不小于", Op::AtLeast, ""),
    before("不下于", Op::AtLeast, ""),
    before("不亚于", Op::AtLeast, ""),
    before("至少", Op::AtLeast, ""),
    before("最少", Op::AtLeast, ""),
    before("起码", Op::AtLeast, ""),
    before("届满", Op::AtLeast, ""),
    before("≥", Op::AtLeast, ""),
    before("不超过", Op::AtMost, ""),
    before("未超过", Op::AtMost, ""),
    before("不高于", Op::AtMost, ""),
    before("不多于", Op::AtMost, ""),
    before("不大于", Op::AtMost, ""),
    before("不突破", Op::AtMost, ""),
    before("不超", Op::AtMost, ""),
    before("至多", Op::AtMost, ""),
    before("最多", Op::AtMost, ""),
    before("控制在", Op::AtMost, ""),
    before("≤", Op::AtMost, ""),
    before("突破", Op::MoreThan, ""),
    before("超过", Op::MoreThan, ""),
    before("超出", Op::MoreThan, ""),
    before("高于", Op::MoreThan, ""),
    before("多于", Op::MoreThan, ""),
    before("大于", Op::MoreThan, ""),
    before("逾", Op::MoreThan, ""),
    before("超", Op::MoreThan, "赶反"),
    before(">", Op::MoreThan, ""),
    before("不足", Op::LessThan, ""),
    before("不到", Op::LessThan, ""),
    before("不满", Op::LessThan, ""),
    before("未满", Op::LessThan, ""),
    before("低于", Op::LessThan, ""),
    before("少于", Op::LessThan, ""),
    before("小于", Op::LessThan, ""),
    before("<", Op::LessThan, ""),
    before("将近", Op::Near, ""),
    before("接近", Op::Near, ""),
    before("逼近", Op::Near, ""),
    before("近", Op::Near, "最附邻就临贴亲靠远"),
    before("大约", Op::About, ""),
    before("大概", Op::About, ""),
    before("约", Op::About, "节签合预契制违公条解失赴相邀"),
];

/// Words of a bound that may have a verb between them and the number.
pub(crate) static FAR: &[(&str, Op)] = &[
    ("至少", Op::AtLeast),
    ("最少", Op::AtLeast),
    ("起码", Op::AtLeast),
    ("至多", Op::AtMost),
    ("最多", Op::AtMost),
];

/// Words by which a share of something is about as large.
pub(crate) static ABOUT_PART: &[&str] = &["约占", "大约占", "约为", "大概占"];

/// The words that stand right after a number and its unit.
pub(crate) static AFTER: &[(&str, Op)] = &[
    ("及以上", Op::AtLeast),
    ("(含)以上", Op::AtLeast),
    ("（含）以上", Op::AtLeast),
    ("以上", Op::AtLeast),
    ("之上", Op::AtLeast),
    ("及以下", Op::AtMost),
    ("以下", Op::AtMost),
    ("以内", Op::AtMost),
    ("之内", Op::AtMost),
    ("以外", Op::MoreThan),
    ("开外", Op::MoreThan),
    ("左右", Op::About),
    ("上下", Op::About),
];

/// Words between those above and the number that change nothing.
pub(crate) const NEUTRAL: &[&str] = &[
    "实现", "完成", "保持", "稳定", "控制", "达到", "累计", "总计", "共计", "合计", "达", "了",
    "过", "共", "为", "在", "是", "计", "也", "都", "将",
];

/// Words by which a number becomes the level that was reached, not the change.
pub(crate) const LEVEL: &[&str] = &["至", "到"];

/// Words of growth before a number.
pub(crate) const UP: &[&str] =
    &["增长", "增加", "提高", "提升", "上升", "上涨", "增幅", "增速", "涨幅", "增", "涨", "升"];

/// Words of decline before a number.
pub(crate) const DOWN: &[&str] = &[
    "下降", "减少", "降低", "下滑", "回落", "下跌", "降幅", "减幅", "缩减", "压减", "减", "降",
    "跌",
];

/// Words of a forecast anywhere in the clause.
pub(crate) const FORECAST: &[&str] = &["预计", "预估", "预期", "预测", "有望", "可望", "估计"];

/// What 可 must be followed by to announce a value and not a possibility.
pub(crate) const CAN: &[&str] = &[
    "可突破",
    "可达",
    "可超",
    "可增",
    "可实现",
    "可完成",
    "可带动",
    "可新增",
    "可创",
    "可产",
    "可收",
];
