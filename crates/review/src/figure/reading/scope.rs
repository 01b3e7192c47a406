//! Words that make a number one of a part, of a change, of another time or of a plan: it is no
//! plain total, and not the same number as one without them.

/// Those that any number may have.
pub(in crate::figure) const SCOPE: &[&str] = &[
    "其中", "新增", "去年", "上年", "同期", "计划", "目标", "任务", "累计", "每", "比", "较", "再",
    "又", "另", "占", "预计", "力争", "原", "分别", "各", "最", "以上", "部分",
];

/// Words by which a sentence counts otherwise than the one before: 若不含物流园项目.
pub(in crate::figure) const EXCEPT: &[&str] = &[
    "不含",
    "不包括",
    "不包含",
    "剔除",
    "扣除",
    "不计",
    "除外",
    "若按",
    "如按",
    "修订",
    "初步核算",
];

/// Those of a number that names a thing told before.
pub(in crate::figure) const NAMED: &[&str] = &[
    "均", "余", "剩", "减", "降", "将", "约", "季度", "第", "超", "应", "拟", "抽", "首批", "一期",
    "二期",
];
