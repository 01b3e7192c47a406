//! Time limits, roles, terms of keeping, working days and the protection of persons that are
//! written wrongly.

use super::check;

const HAZARD: &str = "ledger/hazard.toml";

#[test]
fn a_clock_fits_its_ledger() {
    check(
        HAZARD,
        "until = [\"fixed_on\", \"closed\"]",
        "until = [\"fixed_on\", \"shut\"]",
        "ledger/hazard.toml:142 [clock.rectify.until[2]] 不认识的状态“shut”;应为 open、fixing、closed之一",
    );
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = \"15 working days\"\nleast = \"1 day\"",
        "ledger/hazard.toml:138 [clock.rectify] 时限要有且只有一个长度;应为 within(最多多久)、least(至少多久)、by(到哪个日期字段所写的那天)三者之一",
    );
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = { parameter = \"term\", unit = \"days\" }",
        "ledger/hazard.toml:143 [clock.rectify.within.parameter] 不认识的参数“term”;应为 bonus_points、target_income之一",
    );
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = \"15 working days\"\nwhen = \"project.started_on is null\"",
        "ledger/hazard.toml:144 [clock.rectify.when] 规则里不能用“project.started_on”;应为 本条记录自己的字段",
    );
    check(
        HAZARD,
        "[[clock]]",
        "[[clock]]\nid = \"rectify\"\nlabel = \"整改\"\non = \"found_on\"\nuntil = \"fixed_on\"\nwithin = \"3 days\"\nsource = \"旧\"\n\n[[clock]]",
        "ledger/hazard.toml:146 [clock.rectify] 时限编号“rectify”重复;应为 另一个编号;同一时限的前后两个版本用 from、to 分开",
    );
}

#[test]
fn an_end_that_gives_way_is_a_day_that_may_be_off() {
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = \"15 working days\"\nroll = true",
        "ledger/hazard.toml:144 [clock.rectify.roll] 这里不能有“roll”:按工作日算的末日本来就是工作日,按小时算的不顺延",
    );
    check(
        HAZARD,
        "within = \"15 working days\"",
        "by = \"fixed_on\"\nextend = { by = \"1 day\", on = \"fixed_on\", who = \"deputy\" }",
        "ledger/hazard.toml:144 [clock.rectify.extend] 这里不能有“extend”:到期日写在记录里,改期就更正那个字段",
    );
}

#[test]
fn hours_need_times_of_day() {
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = \"2 hours\"",
        "ledger/hazard.toml:141 [clock.rectify.on] 按小时算的时限要有时刻,字段“found_on”只有日期;应为 timestamp 类型的字段\nledger/hazard.toml:142 [clock.rectify.until[1]] 按小时算的时限要有时刻,字段“fixed_on”只有日期;应为 timestamp 类型的字段",
    );
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = \"15 days\"\nwarn = \"2 hours\"\nextend = { by = \"2 hours\", on = \"fixed_on\", who = \"deputy\" }",
        "ledger/hazard.toml:144 [clock.rectify.warn] 提醒不按小时;应为 天数,形如 \"1 day\"\nledger/hazard.toml:145 [clock.rectify.extend.by] 时限和它的延长要么都按小时,要么都不按;应为 与时限一样的单位",
    );
    let first = "[[clock]]\nid = \"rectify\"\nlabel = \"整改\"\non = \"seen_at\"\nuntil = \"closed\"\nwithin = \"3 hours\"\nsource = \"旧\"\nto = \"2020-12-31\"\n\n[[clock]]\nfrom = \"2021-01-01\"";
    check(
        HAZARD,
        "[[clock]]",
        first,
        "ledger/hazard.toml:147 [clock.rectify] 时限“rectify”的两个版本只有一个按小时计;应为 另一个编号;到期的是时刻还是日期,前后两个版本要一样",
    );
}

#[test]
fn what_recurs_is_written_in_a_ledger_that_points_back() {
    check(
        HAZARD,
        "within = \"15 working days\"",
        "within = \"1 month\"\nlast = { ledger = \"payment\", on = \"paid\" }",
        "ledger/hazard.toml:144 [clock.rectify.last] 拨款台账不是安全隐患台账的下级台账;应为 field:拨款台账里指向 hazard 的字段\nledger/hazard.toml:144 [clock.rectify.last.on] 不认识的字段“paid”;应为 paid_on、amount、document之一;是不是“paid_on”?",
    );
    check(
        HAZARD,
        "within = \"15 working days\"",
        "least = \"1 month\"\nlast = { ledger = \"hazard\", field = \"project\", on = \"cost\", when = \"grade = 'big'\" }",
        "ledger/hazard.toml:143 [clock.rectify.least] 这里不能有“least”:定期要做的事只写 within\nledger/hazard.toml:144 [clock.rectify.last.field] 安全隐患台账的“project”不指向安全隐患台账;应为 指向 hazard 的 record 字段\nledger/hazard.toml:144 [clock.rectify.last.on] 字段“cost”不是日期;应为 日期字段\nledger/hazard.toml:144 [clock.rectify.last.when] 不认识的选项“big”;应为 general、major之一",
    );
}

#[test]
fn two_versions_of_a_clock_follow_each_other() {
    let first = "[[clock]]\nid = \"rectify\"\nlabel = \"整改\"\non = \"found_on\"\nuntil = \"fixed_on\"\nwithin = \"3 days\"\nsource = \"旧\"\nto = \"2020-12-31\"\n\n[[clock]]\nfrom = \"2021-01-01\"";
    let pack = crate::changed(HAZARD, "[[clock]]", first).expect("their times are apart");
    let hazard = &pack.ledgers["hazard"];
    assert_eq!(hazard.clocks.len(), 2);
    assert_eq!(hazard.fields.keys().filter(|id| id.starts_with("due_")).count(), 1);
}

#[test]
fn roles_and_terms_are_known() {
    check(
        HAZARD,
        "who = \"station\"",
        "who = \"statoin\"",
        "ledger/hazard.toml:134 [case.step[1].who] 不认识的岗位“statoin”;应为 deputy、station之一;是不是“station”?",
    );
    check(
        HAZARD,
        "owner = \"应急办\"",
        "owner = \"应急办\"\nretention = \"long\"\nroles = { enter = \"village\", reads = \"deputy\" }",
        "ledger/hazard.toml:7 [retention] “long”不是保管期限;应为 \"permanent\"(永久),或 \"30 years\"、\"10 years\"\nledger/hazard.toml:8 [roles.enter] 不认识的岗位“village”;应为 deputy、station之一\nledger/hazard.toml:8 [roles.reads] 不认识的键“reads”;应为 enter、check、approve、read之一;是不是“read”?",
    );
}

#[test]
fn working_days_lie_in_their_year() {
    check(
        "calendar/2023.toml",
        "",
        "source = \"试\"\nholiday = [{ label = \"元旦\", from = \"2023-01-01\", until = \"2024-01-01\" }]\nworkday = [\"2023-01-28\", \"2023-01-30\"]\n",
        "calendar/2023.toml:2 [holiday.元旦] 2024-01-01 不在2023年;应为 2023年的日期\ncalendar/2023.toml:3 [workday[2]] 2023-01-30 本来就要上班;应为 调为上班的星期六或星期日",
    );
    check(
        "calendar/last.toml",
        "",
        "source = \"试\"\nworkday = []\n",
        "calendar/last.toml:1 文件名“last”不是年份;应为 形如 calendar/2024.toml",
    );
}

#[test]
fn what_is_about_a_person_is_protected() {
    let words = "identity = [\"联系人\"]\nsensitive = [\"隐患等级\"]\n";
    check(
        "privacy.toml",
        "",
        words,
        "ledger/hazard.toml:16 [field.grade] 字段名里有“隐患等级”,是个人信息,却没有保护;应为 private = \"sensitive\";如果不是个人信息,写 private = \"open\" 并用 note 说明",
    );
    check(
        HAZARD,
        "private = \"identity\"",
        "private = \"open\"\nnote = \"值班人\"",
        "ledger/hazard.toml:77 [field.reporter] 姓名、身份证号、电话是个人信息,却没有保护;应为 private = \"identity\"",
    );
    check(
        HAZARD,
        "label = \"得分\"",
        "label = \"得分\"\nprivate = \"open\"",
        "ledger/hazard.toml:59 [field.score] 写了 private = \"open\",却没有说明;应为 用 note 说明它为什么不是个人信息",
    );
}
