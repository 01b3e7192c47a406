//! Ledgers, their fields and cases.

use super::check;

#[test]
fn keys_and_words_are_known() {
    check(
        "ledger/hazard.toml",
        "type = \"choice\"",
        "type = \"choise\"",
        "ledger/hazard.toml:20 [field.grade.type] 不认识的类型“choise”;应为 text、code、boolean、integer、decimal、quantity、money、date…之一;是不是“choice”?",
    );
    check(
        "ledger/hazard.toml",
        "label = \"安全隐患台账\"",
        "lable = \"安全隐患台账\"",
        "ledger/hazard.toml:1 [label] 缺少“label”\nledger/hazard.toml:1 [lable] 不认识的键“lable”;应为 label、system、meaning、place、close、owner、parent、key…之一;是不是“label”?",
    );
    check(
        "ledger/hazard.toml",
        "aliases = [\"等级\"]",
        "alias = [\"等级\"]",
        "ledger/hazard.toml:19 [field.grade.alias] 不认识的键“alias”;应为 id、label、aliases、type、required、dated、private、values…之一;是不是“aliases”?",
    );
    check(
        "ledger/hazard.toml",
        "close = \"month\"",
        "close = \"weekly\"",
        "ledger/hazard.toml:5 [close] 不认识的结账周期“weekly”;应为 month、year之一",
    );
    check(
        "ledger/hazard.toml",
        "place = \"village\"",
        "place = \"vilage\"",
        "ledger/hazard.toml:4 [place] 不认识的地方种类“vilage”;应为 province、city、county、township、village、community之一;是不是“village”?",
    );
    check(
        "ledger/hazard.toml",
        "private = \"identity\"",
        "private = \"secret\"",
        "ledger/hazard.toml:81 [field.reporter.private] 不认识的保护级别“secret”;应为 identity、sensitive、open之一",
    );
    check(
        "ledger/hazard.toml",
        "private = \"identity\"",
        "private = \"identity\"\ndated = true",
        "ledger/hazard.toml:82 [field.reporter.dated] 这里不能有“dated”:身份信息按日期变更时不能加密保存",
    );
    check(
        "ledger/hazard.toml",
        "type = \"person-name\"",
        "type = \"integer\"",
        "ledger/hazard.toml:81 [field.reporter.private] 这里不能有“private”:这个类型的身份信息不能加密保存;请改用 text",
    );
    check(
        "ledger/hazard.toml",
        "required = true",
        "required = \"是\"",
        "ledger/hazard.toml:14 [field.number.required] 这里是文字;应为 true 或 false",
    );
    check(
        "ledger/hazard.toml",
        "owner = \"应急办\"",
        "owner = \"\"",
        "ledger/hazard.toml:6 [owner] 这里是空的",
    );
    check(
        "ledger/hazard.toml",
        "owner = \"应急办\"",
        "owner = 3",
        "ledger/hazard.toml:6 [owner] 这里是整数;应为 带引号的文字",
    );
    check(
        "ledger/hazard.toml",
        "system = \"S30\"",
        "system = ",
        "ledger/hazard.toml:2 TOML 写法有误:文字要写在半角双引号里",
    );
}

#[test]
fn fields_have_what_their_type_needs_and_no_more() {
    check(
        "ledger/hazard.toml",
        "unit = \"亩\"\nscale = 2",
        "scale = 2",
        "ledger/hazard.toml:40 [field.site_area.unit] 缺少“unit”",
    );
    check(
        "ledger/hazard.toml",
        "unit = \"亩\"",
        "unit = \"母\"",
        "ledger/hazard.toml:44 [field.site_area.unit] 不认识的单位“母”;可用的如 元、万元、亩、公顷、户、人、人次、件、次、%",
    );
    check(
        "ledger/hazard.toml",
        "scale = 4",
        "scale = 12",
        "ledger/hazard.toml:52 [field.land_area.scale] 不是允许的整数;应为 0 至 9",
    );
    check(
        "ledger/hazard.toml",
        "list = \"education\"",
        "list = \"educaton\"",
        "ledger/hazard.toml:87 [field.education.list] 不认识的代码表“educaton”;应为 education;是不是“education”?",
    );
    check(
        "ledger/hazard.toml",
        "ledger = \"project\"",
        "ledger = \"projects\"",
        "ledger/hazard.toml:120 [field.project.ledger] 不认识的台账“projects”;应为 hazard、payment、project之一;是不是“project”?",
    );
    check(
        "ledger/hazard.toml",
        "type = \"money\"",
        "type = \"money\"\nscale = 2",
        "ledger/hazard.toml:39 [field.cost.scale] 这里不能有“scale”:这个类型不用它",
    );
    check(
        "ledger/hazard.toml",
        "major = \"重大\" }",
        "major = \"一般\" }",
        "ledger/hazard.toml:21 [field.grade.values] 选项“general”和“major”都叫“一般”",
    );
    check(
        "ledger/hazard.toml",
        "id = \"people\"",
        "id = \"_people\"",
        "indicator/hazards.toml:15 [example[1].rows[2].people] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、_people…之一;是不是“_people”?\nindicator/hazards_expected.toml:5 [value] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、_people…之一;是不是“_people”?\nledger/hazard.toml:55 [field._people.id] “_people”不能作字段编号;应为 小写字母开头,只含小写字母、数字和下划线",
    );
    check(
        "ledger/hazard.toml",
        "id = \"people\"",
        "id = \"parent\"",
        "indicator/hazards.toml:15 [example[1].rows[2].people] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、parent…之一\nindicator/hazards_expected.toml:5 [value] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、parent…之一\nledger/hazard.toml:55 [field.parent.id] “parent”是每条记录自带的,不能作字段编号",
    );
    check(
        "ledger/hazard.toml",
        "id = \"people\"",
        "id = \"not\"",
        "indicator/hazards.toml:15 [example[1].rows[2].people] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、not…之一\nindicator/hazards_expected.toml:5 [value] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、not…之一\nledger/hazard.toml:55 [field.not.id] “not”在 SQL 表达式里另有含义,不能作字段编号;应为 换一个词",
    );
    check(
        "ledger/hazard.toml",
        "id = \"people\"",
        "id = \"cost\"",
        "indicator/hazards.toml:15 [example[1].rows[2].people] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、score…之一\nindicator/hazards_expected.toml:5 [value] 不认识的字段(台账 hazard)“people”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、score…之一\nledger/hazard.toml:55 [field.cost.id] 字段“cost”重复(前一个是“整改费用”)",
    );
    check(
        "ledger/hazard.toml",
        "label = \"整改日期\"",
        "label = \"发现日期\"",
        "ledger/hazard.toml:30 [field.fixed_on] 表头“发现日期”已是字段“found_on”的",
    );
}

#[test]
fn a_ledger_fits_together() {
    check(
        "ledger/hazard.toml",
        "key = \"number\"",
        "key = \"nummer\"",
        "ledger/hazard.toml:7 [key] 不认识的字段“nummer”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一;是不是“number”?",
    );
    check(
        "ledger/hazard.toml",
        "unique = [[\"number\", \"found_on\"]]",
        "unique = [[\"number\", \"found\"]]",
        "ledger/hazard.toml:8 [unique[1][2]] 不认识的字段“found”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一;是不是“found_on”?",
    );
    check(
        "ledger/payment.toml",
        "parent = \"project\"",
        "parent = \"project\"\nclose = \"month\"",
        "ledger/payment.toml:4 [close] 这里不能有“close”:下级台账随上级台账",
    );
    check(
        "ledger/payment.toml",
        "parent = \"project\"",
        "parent = \"projet\"",
        "ledger/payment.toml:3 [parent] 不认识的台账“projet”;应为 hazard、payment、project之一;是不是“project”?",
    );
    check(
        "ledger/hazard.toml",
        "close = \"month\"",
        "",
        "ledger/hazard.toml:1 [close] 缺少“close”",
    );
    check(
        "ledger/project.toml",
        "place = [\"village\", \"community\"]\nclose = \"year\"",
        "parent = \"payment\"",
        "ledger/payment.toml:3 [parent] 上级台账绕了一圈又是“payment”\nledger/project.toml:3 [parent] 上级台账绕了一圈又是“project”",
    );
    check(
        "ledger/hazard.toml",
        "start = \"open\"",
        "start = \"opened\"",
        "ledger/hazard.toml:132 [case.start] 不认识的状态“opened”;应为 open、fixing、closed之一;是不是“open”?",
    );
    check(
        "ledger/hazard.toml",
        "to = \"fixing\"",
        "to = \"fixed\"",
        "ledger/hazard.toml:134 [case.step[1].to] 不认识的状态“fixed”;应为 open、fixing、closed之一",
    );
    check(
        "ledger/hazard.toml",
        "needs = [\"fixed_on\"]",
        "needs = [\"photo\"]",
        "ledger/hazard.toml:135 [case.step[2].needs[1]] 不认识的字段“photo”;应为 number、grade、found_on、fixed_on、cost、site_area、land_area、people…之一",
    );
    check(
        "ledger/hazard.toml",
        "on = \"found_on\"",
        "on = \"grade\"",
        "ledger/hazard.toml:141 [clock.rectify.on] 字段“grade”不是日期;应为 日期字段",
    );
    check(
        "ledger/hazard.toml",
        "within = \"15 working days\"",
        "within = \"15 workdays\"",
        "ledger/hazard.toml:143 [clock.rectify.within] “15 workdays”不是时限;应为 形如 \"2 hours\"、\"15 working days\"、\"60 days\"、\"3 months\"、\"1 year\"",
    );
    check(
        "ledger/hazard.toml",
        "id = \"score\"",
        "id = \"state\"",
        "ledger/hazard.toml:130 [case] 有 [case] 的台账自带字段 state,不能再定义“得分”",
    );
    check(
        "ledger/hazard.toml",
        "fixed_on >= found_on",
        "project.started_on >= found_on",
        "ledger/hazard.toml:123 [rule[1].check] 规则里不能用“project.started_on”;应为 本条记录自己的字段",
    );
    check(
        "ledger/hazard.toml",
        "fixed_on >= found_on",
        "fixed_on >= :from",
        "ledger/hazard.toml:123 [rule[1].check] 规则里不能用“:from”;应为 本条记录自己的字段",
    );
}
