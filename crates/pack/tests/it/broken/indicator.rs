//! Indicators that read records.

use super::check;

#[test]
fn indicators_read_records_in_one_way() {
    check(
        "indicator/hazards.toml",
        "count = \"hazard\"",
        "count = \"hazards\"",
        "indicator/hazards.toml:5 [count] 不认识的台账“hazards”;应为 place、hazard、payment、project之一;是不是“hazard”?",
    );
    check(
        "indicator/hazards.toml",
        "count = \"hazard\"",
        "count = \"hazard\"\nsum = \"hazard\"",
        "indicator/hazards.toml:6 [sum] “count”和“sum”只能有一个",
    );
    check(
        "indicator/hazards.toml",
        "count = \"hazard\"\n",
        "",
        "indicator/hazards.toml:1 没有写怎样计算;应为 count、sum、distinct、min、max、ratio、formula、stated 之一",
    );
    check(
        "indicator/hazards.toml",
        "count = \"hazard\"",
        "count = \"hazard\"\nvalue = \"people\"",
        "indicator/hazards.toml:6 [value] 这里不能有“value”:count 不用它",
    );
    check(
        "indicator/hazards.toml",
        "unit = \"起\"",
        "unit = \"元\"",
        "indicator/both.toml:4 [formula] “hazards + 2 * projects”一边的单位是“元”,另一边是“个”,不能相加减;应为 同一类单位\nindicator/hazards.toml:2 [unit] 按“元”数不出个数;应为 件、人、户、次 等计数单位\nindicator/hazards.toml:10 [forecast] 预计指标“hazards_expected”的单位是“件”,本指标是“元”;应为 同一类单位\nindicator/hazards.toml:19 [example[1].expect] “1 至 2 起”不是本指标的值;应为 如 1 元、0 至 1 元、1 以上 元 或 未知\nrelation/both_parts.toml:2 [holds] “hazards + projects”一边的单位是“元”,另一边是“个”,不能相加减;应为 同一类单位",
    );
    check(
        "indicator/hazards.toml",
        "on = \"found_on\"",
        "on = \"grade\"",
        "indicator/hazards.toml:7 [on] “grade”不是日期;应为 类型为 date 的字段",
    );
    check(
        "indicator/hazards.toml",
        "on = \"found_on\"\n",
        "",
        "indicator/hazards.toml:1 [on] 缺少“on”",
    );
    check(
        "indicator/hazards.toml",
        "on = \"found_on\"",
        "on = \"found_on\"\nuntil = \"fixed_on\"",
        "indicator/hazards.toml:8 [until] 这里不能有“until”:只有 time = \"at\" 用它",
    );
    check(
        "indicator/hazards.toml",
        "on = \"found_on\"",
        "on = \"found_on\"\ntime = \"allways\"",
        "indicator/hazards.toml:8 [time] 不认识的时间口径“allways”;应为 during、at、since、latest之一",
    );
    check(
        "indicator/hazards.toml",
        "\"grade\", \"project.kind\"",
        "\"graed\"",
        "indicator/hazards.toml:9 [dims[2]] 不认识的字段(台账 hazard)“graed”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一;是不是“grade”?",
    );
    check(
        "indicator/hazards.toml",
        "\"grade\", \"project.kind\"",
        "\"origin.kind\", \"project.kind\"",
        "indicator/hazards.toml:9 [dims[3]] 维度“kind”重复",
    );
    check(
        "indicator/hazards.toml",
        "\"grade\", \"project.kind\"",
        "\"project.place\"",
        "indicator/hazards.toml:9 [dims[2]] “project.place”不能作维度;应为 字段,或引用的记录的字段",
    );
    check(
        "indicator/hazards.toml",
        "forecast = \"hazards_expected\"",
        "forecast = \"paid\"",
        "indicator/hazards.toml:10 [forecast] 预计指标“paid”的单位是“万元”,本指标是“起”;应为 同一类单位",
    );
    check(
        "indicator/hazards.toml",
        "forecast = \"hazards_expected\"",
        "forecast = \"hazards\"",
        "indicator/hazards.toml:10 [forecast] 指标“hazards”绕了一圈又由它自己算出",
    );
    check(
        "indicator/hazards_expected.toml",
        "document = \"number\"",
        "document = \"people\"",
        "indicator/hazards_expected.toml:6 [document] “people”不是文件;应为 类型为 file 或 text 的字段",
    );
    check(
        "indicator/hazards_expected.toml",
        "document = \"number\"\n",
        "",
        "indicator/hazards_expected.toml:1 [document] 缺少“document”",
    );
    check(
        "indicator/hazards_expected.toml",
        "value = \"people\"",
        "value = \"grade\"",
        "indicator/hazards_expected.toml:5 [value] stated 的值不是数;应为 数字字段,或由它们算出的数",
    );
    check(
        "indicator/hazards_expected.toml",
        "value = \"people\"",
        "value = \"cost\"",
        "indicator/hazards_expected.toml:5 [value] 值单位是“元”,本指标是“件”;应为 同一类单位",
    );
    check(
        "indicator/paid.toml",
        "unit = \"万元\"",
        "unit = \"亩\"",
        "indicator/paid.toml:5 [value] 值单位是“元”,本指标是“亩”;应为 同一类单位",
    );
    check(
        "indicator/paid.toml",
        "value = \"amount\"",
        "value = \"1\"",
        "indicator/paid.toml:5 [value] “1”里没有字段;应为 由记录的字段算出的值",
    );
}
