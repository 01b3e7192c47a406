//! What conditions become: typed, with literals in stored form, or refused.

use figure::Unit;
use pack::{Measure, NumberType, RelationKind, number_type};

use crate::changed;
use crate::print::{column, print};

/// Loads a relation that forbids hazards meeting the condition.
fn typed(condition: &str) -> Result<String, String> {
    let text = format!("label = \"试\"\nforbids = \"hazard\"\nwhere = '''{condition}'''\n");
    let pack =
        changed("relation/no_late_fix.toml", "", &text).map_err(|errors| errors.to_string())?;
    match &pack.relations["no_late_fix"].kind {
        RelationKind::Forbids { filter, .. } => Ok(print(filter)),
        RelationKind::Holds { .. } => Err("no condition".to_owned()),
    }
}

#[track_caller]
fn check(condition: &str, expected: &str) {
    assert_eq!(typed(condition).as_deref(), Ok(expected), "{condition}");
}

#[track_caller]
fn refuse(condition: &str, expected: &str) {
    let expected = format!("relation/no_late_fix.toml:3 [where] {expected}");
    assert_eq!(typed(condition), Err(expected), "{condition}");
}

#[test]
fn literals_take_the_stored_form_of_what_they_meet() {
    check("cost > 500.5", "(cost > 50050)");
    check("500.50 < cost", "(50050 < cost)");
    check("cost = -3", "(cost = -300)");
    check("score = 9.0", "(score = 90)");
    check("found_on >= '2023-04-05'", "(found_on >= '2023-04-05')");
    check("is_public = true", "(is_public = 1)");
    check("is_public and not is_public", "(is_public and not is_public)");
    check("grade in ('major', 'general')", "grade in ('major', 'general')");
    check("people not in (1, 2)", "people not in (1, 2)");
    check("place = '990101001'", "(_place = '990101001')");
    check("station = 'emergency'", "(station = 'emergency')");
    check("measures = 'warn|repair'", "(measures = 'repair|warn')");
    check("covers >= '2023-4'", "(covers >= '2023-04')");
    check("reporter is not null", "reporter is not null");
    check("true", "1");
}

#[test]
fn constructs_keep_their_meaning() {
    check("people between 1 and 3", "((people >= 1) and (people <= 3))");
    check("people not between 1 and 3", "not ((people >= 1) and (people <= 3))");
    check(
        "not (people = 1 or people = 2) and cost > 0",
        "(not ((people = 1) or (people = 2)) and (cost > 0))",
    );
    check("in_group(education, 'college')", "education in ('20', '30')");
    check("found_on <= :to and found_on >= :from", "((found_on <= :to) and (found_on >= :from))");
    check("\"people\" = 1", "(people = 1)");
    check("coalesce(fixed_on, found_on) > :to", "(coalesce(fixed_on, found_on) > :to)");
}

#[test]
fn paths_follow_references() {
    check("project.kind = 'road'", "(project<project>.kind = 'road')");
    check("project.place.kind = 'village'", "(project<project>._place<place>.kind = 'village')");
    check("origin.label = '甲村'", "(origin<place>.label = '甲村')");
    check("project is null", "project is null");
    check("state = 'open'", "(state = 'open')");
}

#[test]
fn numbers_meet_at_one_scale() {
    check("cost > budget", "(cost > budgete3)");
    check("budget < cost", "(budgete3 < cost)");
    check("cost + budget > 1", "((cost + budgete3) > 100)");
    check("people * cost > 10", "((people * cost) > 1000)");
    check("-people < 0", "((0 - people) < 0)");
}

#[test]
fn parameters_take_the_scale_of_what_they_meet() {
    check("cost >= :target_income", "(cost >= :target_income@6)");
    check("budget >= :target_income", "(budget >= :target_income@3)");
    check("people + :bonus_points > 3", "((people + :bonus_points@0) > 3)");
    check("score * :bonus_points > 3", "((score * :bonus_points@0) > 30)");
}

#[test]
fn children_and_other_ledgers_are_searched() {
    let pack = crate::miniature();
    let filter = |id: &str| match &pack.indicators[id].measure {
        Measure::Count(source) | Measure::Sum(source, _) => {
            source.filter.as_ref().map(print).unwrap_or_default()
        }
        _ => String::new(),
    };
    assert_eq!(
        filter("projects"),
        "(exists payment[_parent] where (amount > 0) and not exists hazard[project] where (state = 'open'))"
    );
    assert_eq!(
        filter("paid"),
        "(((_parent<project>.kind = 'road') and (_parent<project>._place<place>.kind = 'village')) \
         and (amount >= :target_income@6))"
    );
    let dims: Vec<String> =
        pack.indicators["hazards"].dims.iter().map(|d| column(&d.column)).collect();
    assert_eq!(dims, ["grade", "project<project>.kind"]);
}

#[test]
fn the_type_of_a_number_is_told() {
    let value = |text: &str, unit: &str| {
        let text = format!(
            "label='试'\nunit='{unit}'\nmeaning='试'\nsum='hazard'\nvalue='{text}'\non='found_on'\n"
        );
        let pack = changed("indicator/total.toml", "", &text).unwrap_or_else(|e| panic!("{e}"));
        match &pack.indicators["total"].measure {
            Measure::Sum(_, value) => number_type(value),
            _ => None,
        }
    };
    let number = |scale, unit| Some(NumberType { scale, unit: Unit::parse(unit).ok() });
    assert_eq!(value("cost", "万元"), number(2, "元"));
    // 万元 with six digits after the point counts 分, as 元 with two does.
    assert_eq!(value("budget - cost", "元"), number(6, "万元"));
    assert_eq!(value("cost - budget", "元"), number(2, "元"));
    assert_eq!(value("cost * people", "元"), number(2, "元"));
    assert_eq!(value("people * 2", "人"), Some(NumberType { scale: 0, unit: None }));
}

#[test]
fn values_meet_only_their_own_kind() {
    refuse("score = '9'", "数“score”不能与文字“9”比较;应为 数字");
    refuse("grade = 5", "选项“grade”不能与数字“5”比较;应为 选项的编号,加单引号");
    refuse(
        "found_on > 3",
        "日期“found_on”不能与数字“3”比较;应为 日期,如 '2023-04-05'、:from 或 :to",
    );
    refuse("people > :from", "数“people”不能与日期“:from”比较;应为 数字");
    refuse("grade = education", "选项“grade”不能与代码“education”比较;应为 选项的编号,加单引号");
    refuse("is_public = 1", "是否“is_public”不能与数字“1”比较;应为 true 或 false");
    refuse(
        "project = 3",
        "“project”是对台账 project 的引用,不能与数字“3”比较;应为 它的字段,如 project.字段",
    );
    refuse(
        "found_on > :target_income",
        "日期“found_on”不能与参数“:target_income”比较;应为 日期,如 '2023-04-05'、:from 或 :to",
    );
}

#[test]
fn ids_codes_and_dates_must_exist() {
    refuse("grade = 'majr'", "不认识的选项“majr”;应为 general、major之一;是不是“major”?");
    refuse("grade = '重大'", "不认识的选项“重大”;应为 general、major之一;是不是“major”?");
    refuse("education = '21'", "不认识的代码(education)“21”;应为 20、30、31、70之一");
    refuse(
        "education = '本科'",
        "不认识的代码(education)“本科”;应为 20、30、31、70之一;是不是“20”?",
    );
    refuse(
        "place = '甲村'",
        "不认识的地方编码“甲村”;应为 990101、990101001、990101002、990101003之一;是不是“990101001”?",
    );
    refuse("station = 'x'", "不认识的单位“x”;应为 emergency");
    refuse("measures = 'warn|x'", "不认识的选项“x”;应为 repair、close_down、warn之一");
    refuse("found_on = '2023-2-1'", "'2023-2-1' 不是日期;应为 形如 '2023-04-05' 的日期");
    refuse("found_on > '2023-02-30'", "'2023-02-30' 不是日期;应为 形如 '2023-04-05' 的日期");
    refuse(
        "covers = '2023-13'",
        "“2023-13”不是期间;请写 2023、2023-04、2023Q1、2023H1、2021..2023 或 2023-01-01..2023-06-30",
    );
    refuse("seen_at > '9:30'", "'9:30' 不是时刻;应为 形如 '2023-04-05T09:30' 的时刻");
    refuse(
        "in_group(education, 'colege')",
        "不认识的代码组(education)“colege”;应为 college;是不是“college”?",
    );
    refuse("in_group(grade, 'x')", "选项“grade”没有代码组;应为 类型为 code 的字段");
}

#[test]
fn what_has_no_size_is_not_ordered() {
    refuse("grade > 'major'", "选项“grade”没有大小,不能比大小;应为 =、<>、in 或 is null");
    refuse("education >= '20'", "代码“education”没有大小,不能比大小;应为 =、<>、in 或 is null");
    refuse(
        "reporter > '张三'",
        "文字“reporter”是个人身份信息,不能比大小;应为 =、<>、in 或 is null",
    );
}

#[test]
fn numbers_of_different_units_and_digits_do_not_meet() {
    refuse("cost > 500.555", "500.555 有 3 位小数,而“cost”只存 2 位;应为 至多 2 位小数");
    refuse("people > 1.5", "1.5 有 1 位小数,而“people”只存 0 位;应为 至多 0 位小数");
    refuse(
        "cost > site_area",
        "“cost”单位是“元”,“site_area”单位是“亩”,不能相比或相加;应为 同一类单位",
    );
    refuse(
        "site_area > land_area",
        "“site_area”单位是“亩”,“land_area”单位是“公顷”,两者之比不是十的整数次幂;应为 在台账里用同一个单位",
    );
    refuse("cost > people", "“cost”单位是“元”,“people”没有单位,不能相比或相加;应为 同一类单位");
    refuse("cost + people > 1", "“cost”单位是“元”,“people”没有单位,不能相比或相加;应为 同一类单位");
    refuse("cost * cost > 1", "“cost * cost”两边都有单位;应为 至多一边有单位");
    refuse("score * score > 1", "“score * score”两边都有小数;应为 至少一边是整数");
    refuse("cost * 1.5 > 1", "不能乘以 1.5;应为 整数");
    refuse("cost * :target_income > 1", "参数“:target_income”不能相乘;应为 数字字段或整数");
    refuse("people > 99999999999999999999", "99999999999999999999 太大");
    refuse("found_on + 1 > '2023-01-01'", "日期“found_on”不能参加运算;应为 数字字段");
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    refuse(
        "cots > 1",
        "不认识的字段(台账 hazard)“cots”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一;是不是“cost”?",
    );
    refuse(
        "project.knd = 'road'",
        "不认识的字段(台账 project)“knd”;应为 name、kind、started_on、ended_on、place之一;是不是“kind”?",
    );
    refuse(
        "payment.amount > 1",
        "不认识的字段(台账 hazard)“payment”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一",
    );
    refuse("grade.x = 1", "“grade”不引用别的记录,后面不能再接“.”");
    refuse(
        "cost > :target",
        "不认识的参数“target”;应为 from、to、bonus_points、target_income之一;是不是“target_income”?",
    );
    refuse(
        "exists (select 1 from pament)",
        "不认识的台账“pament”;应为 place、hazard、payment、project之一;是不是“payment”?",
    );
    refuse(
        "grade = \"major\"",
        "双引号里的 \"major\" 是字段名,而这里没有这个字段;应为 文字用单引号:'major'",
    );
}

#[test]
fn what_is_outside_the_subset_is_refused() {
    refuse("people", "数“people”本身不是条件;应为 比较,如 … = …,或是否字段");
    refuse("'a' = 'b'", "文字“a”与文字“b”之间没有字段;应为 至少一边是字段");
    refuse("people = null", "与 null 比较没有结果;应为 is null 或 is not null");
    refuse("5 is null", "数字“5”不会缺失;应为 字段 is null");
    refuse("5 in (5)", "数字“5”不是字段;应为 字段 in (…)");
    refuse("people in (people)", "in 的括号里不能有“people”;应为 数字、单引号文字");
    refuse(
        "lower(grade) = 'x'",
        "不支持“lower(grade)”这种写法;应为 and or not、= <> < <= > >=、between、in、is null、+ - *、in_group、coalesce、exists",
    );
    refuse(
        "cost / 2 > 1",
        "不支持“cost / 2”这种写法;应为 and or not、= <> < <= > >=、between、in、is null、+ - *、in_group、coalesce、exists",
    );
    refuse(
        "people in (select 1)",
        "不支持“people IN (SELECT 1)”这种写法;应为 and or not、= <> < <= > >=、between、in、is null、+ - *、in_group、coalesce、exists",
    );
    refuse(
        "exists (select 1 from payment)",
        "台账 payment 的记录不引用 hazard 的记录;应为 下级台账,或有字段引用本台账的台账",
    );
    refuse(
        "exists (select * from hazard)",
        "不支持“exists (SELECT * FROM hazard)”这种写法;应为 exists (select 1 from 台账 where 条件)",
    );
    refuse(
        "exists (select 1 from hazard limit 1)",
        "不支持“exists (SELECT 1 FROM hazard LIMIT 1)”这种写法;应为 exists (select 1 from 台账 where 条件)",
    );
    refuse(
        "grade = 'major' grade",
        "表达式“grade = 'major' grade”写法有误(多余的“grade”);应为 SQL 表达式",
    );
    refuse(
        "grade = ",
        "表达式“grade = ”写法有误(Expected: an expression, found: EOF);应为 SQL 表达式",
    );
}
