//! What is set up for a work and named one by one: groups, pilot villages, fields.

/// Names of what is set up and named one by one.
const GROUPS: &[&str] = &[
    "专班",
    "工作组",
    "小组",
    "专项组",
    "工作专班",
    "网格",
    "支部",
    "党支部",
    "主导产业",
    "片区",
    "板块",
    "平台",
    "体系",
    "专题",
    "攻坚组",
    "工作小组",
    "专门工作组",
    "特色产业",
    "重点领域",
    "领域",
    "环节",
    "景区",
    "村民小组",
    "自然村",
    "社区",
    "乡镇",
    "部门",
    "行动",
    "专项行动",
    "示范村",
    "试点村",
    "行政村",
];

/// Whether a noun begins with the name of a group, or with what kind of it: 一般领域, 示范村.
pub(super) fn is_group(noun: &str) -> bool {
    GROUPS.iter().any(|group| noun.find(group).is_some_and(|at| noun[..at].chars().count() <= 2))
}
