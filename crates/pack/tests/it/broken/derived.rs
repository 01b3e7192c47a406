//! Indicators and relations made of indicators, and examples.

use super::check;

#[test]
fn derived_indicators_have_the_unit_of_their_parts() {
    check(
        "indicator/project_share.toml",
        "of = \"projects\"",
        "of = \"project\"",
        "indicator/project_share.toml:4 [ratio.of] 不认识的指标“project”;应为 both、hazards、hazards_expected、paid、project_share、projects、villages之一;是不是“projects”?",
    );
    check(
        "indicator/project_share.toml",
        "of = \"projects\"",
        "of = \"paid\"",
        "indicator/project_share.toml:4 [ratio] “万元”除以“个”得不出“%”;应为 分子、分母是同一类单位",
    );
    check(
        "indicator/project_share.toml",
        "unit = \"%\"",
        "unit = \"人\"",
        "indicator/project_share.toml:4 [ratio] “个”除以“个”得不出“人”;应为 分子的单位与本指标同类",
    );
    check(
        "indicator/project_share.toml",
        "unit = \"%\"",
        "unit = \"%\"\nwhere = \"true\"",
        "indicator/project_share.toml:3 [where] 这里不能有“where”:口径由分子和分母各自规定",
    );
    check(
        "indicator/both.toml",
        "hazards + 2",
        "hazads + 2",
        "indicator/both.toml:4 [formula] 不认识的指标“hazads”;应为 both、hazards、hazards_expected、paid、project_share、projects、villages之一;是不是“hazards”?",
    );
    check(
        "indicator/both.toml",
        "hazards + 2 * projects",
        "hazards + paid",
        "indicator/both.toml:4 [formula] “hazards + paid”一边的单位是“起”,另一边是“万元”,不能相加减;应为 同一类单位",
    );
    check(
        "indicator/both.toml",
        "hazards + 2 * projects",
        "hazards + 2",
        "indicator/both.toml:4 [formula] “hazards + 2”把有单位的指标和没有单位的数相加减;应为 两边都是指标",
    );
    check(
        "indicator/both.toml",
        "villages / 2",
        "villages / projects",
        "indicator/both.toml:4 [formula] “villages / projects”除以指标;应为 用 ratio = { of = \"…\", to = \"…\" } 另建一个指标",
    );
    check(
        "indicator/both.toml",
        "villages / 2",
        "villages / 0",
        "indicator/both.toml:4 [formula] “villages / 0”除以零",
    );
    check(
        "indicator/both.toml",
        "villages / 2",
        "villages * projects",
        "indicator/both.toml:4 [formula] “villages * projects”把两个指标相乘;应为 指标乘以数",
    );
    check(
        "indicator/both.toml",
        "villages / 2",
        "both",
        "indicator/both.toml:4 [formula] 指标“both”绕了一圈又由它自己算出",
    );
    check(
        "indicator/both.toml",
        "unit = \"件\"",
        "unit = \"人\"",
        "indicator/both.toml:4 [formula] 公式的单位是“起”,本指标是“人”;应为 同一类单位\nrelation/both_parts.toml:2 [holds] 左边的单位是“人”,右边的单位是“起”,不能比较;应为 两边是同一类单位",
    );
    check(
        "indicator/both.toml",
        "villages / 2",
        "round(villages)",
        "indicator/both.toml:4 [formula] 公式里不支持“round(villages)”;应为 指标编号、数字、+ - * / 和括号",
    );
}

#[test]
fn examples_are_what_a_clerk_could_enter() {
    check(
        "indicator/hazards.toml",
        "grade = \"重大\"",
        "graed = \"重大\"",
        "indicator/hazards.toml:14 [example[1].rows[1].graed] 不认识的字段(台账 hazard)“graed”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一;是不是“grade”?",
    );
    check(
        "indicator/hazards.toml",
        "grade = \"重大\"",
        "grade = \"特大\"",
        "indicator/hazards.toml:12 [example[1].hazard.grade] 不认识“特大”;应为 一般、重大之一",
    );
    check(
        "indicator/hazards.toml",
        "window = \"2023\"",
        "window = \"23\"",
        "indicator/hazards.toml:18 [example[1].window] “23”不是期间;请写 2023、2023-04、2023Q1、2023H1、2021..2023 或 2023-01-01..2023-06-30",
    );
    check(
        "indicator/hazards.toml",
        "expect = \"1 至 2 起\"",
        "expect = \"1 至 2 人\"",
        "indicator/hazards.toml:19 [example[1].expect] “1 至 2 人”不是本指标的值;应为 如 1 起、0 至 1 起、1 以上 起 或 未知",
    );
    check(
        "indicator/hazards.toml",
        "given = { project",
        "given = { projekt",
        "indicator/hazards.toml:17 [example[1].given.projekt] 不认识的台账“projekt”;应为 place、hazard、payment、project之一;是不是“project”?",
    );
}

#[test]
fn relations_compare_what_is_alike() {
    check(
        "relation/both_parts.toml",
        "both = hazards + projects",
        "both + hazards",
        "relation/both_parts.toml:2 [holds] “both + hazards”不是一个等式或不等式;应为 左边 = 右边(或 <=、>=、<、>)",
    );
    check(
        "relation/both_parts.toml",
        "both = hazards",
        "both <> hazards",
        "relation/both_parts.toml:2 [holds] “both <> hazards + projects”不是一个等式或不等式;应为 左边 = 右边(或 <=、>=、<、>)",
    );
    check(
        "relation/both_parts.toml",
        "both = hazards + projects",
        "paid = hazards",
        "relation/both_parts.toml:2 [holds] 左边的单位是“万元”,右边的单位是“起”,不能比较;应为 两边是同一类单位",
    );
    check(
        "relation/both_parts.toml",
        "both = hazards + projects",
        "1 = 2",
        "relation/both_parts.toml:2 [holds] “1 = 2”两边都没有指标;应为 至少一边有指标",
    );
    check(
        "relation/both_parts.toml",
        "both = hazards",
        "both <= hazards",
        "relation/both_parts.toml:3 [tolerance] 只有等式才有允许误差",
    );
    check(
        "relation/both_parts.toml",
        "tolerance = \"0.1\"",
        "tolerance = \"-1\"",
        "relation/both_parts.toml:3 [tolerance] 允许误差是负数;应为 0 或正数",
    );
    check(
        "relation/both_parts.toml",
        "\"village\", \"year\"",
        "\"village\", \"week\"",
        "relation/both_parts.toml:4 [each[2]] 不认识的地方种类“week”;应为 province、city、county、township、village、community之一",
    );
    check(
        "relation/both_parts.toml",
        "\"village\", \"year\"",
        "\"month\", \"year\"",
        "relation/both_parts.toml:4 [each[2]] “year”之外已写了一个同类的词;应为 一种地方、一种周期",
    );
    check(
        "relation/both_parts.toml",
        "level = \"explain\"",
        "level = \"should\"",
        "relation/both_parts.toml:5 [level] 不认识的程度“should”;应为 must、explain之一",
    );
    check(
        "relation/no_late_fix.toml",
        "where = \"fixed_on < found_on\"\n",
        "",
        "relation/no_late_fix.toml:1 [where] 缺少“where”",
    );
    check(
        "relation/no_late_fix.toml",
        "forbids = \"hazard\"",
        "forbids = \"hazzard\"",
        "relation/no_late_fix.toml:2 [forbids] 不认识的台账“hazzard”;应为 place、hazard、payment、project之一;是不是“hazard”?",
    );
}
