//! The definition files of the tests.

/// Path and text of each.
pub(crate) const DEFINITIONS: [(&str, &str); 9] = [
    ("pack.toml", "label = \"试验\""),
    (
        "place/all.toml",
        r#"
[[place]]
code = "369900100"
label = "青石镇"
kind = "township"

[[place]]
code = "369900100201"
label = "甲村"
aliases = ["甲村委会"]
kind = "village"
parent = "369900100"

[[place]]
code = "369900100202"
label = "乙村"
kind = "village"
parent = "369900100"

[[place]]
code = "369900100203"
label = "南甲村"
kind = "village"
parent = "369900100"
"#,
    ),
    (
        "codes/level.toml",
        "label = \"级别\"\n[[code]]\ncode = \"01\"\nlabel = \"省级\"\n[[code]]\ncode = \"02\"\nlabel = \"县级\"\naliases = [\"县里\"]\n",
    ),
    (
        "ledger/project.toml",
        r#"
label = "项目台账"
meaning = "一个项目一条。"
place = ["village"]
close = "year"
owner = "经济办"
unique = [["name", "start"]]

[[field]]
id = "name"
label = "项目名称"
aliases = ["名称"]
type = "text"
required = true

[[field]]
id = "amount"
label = "金额"
aliases = ["补助>金额"]
type = "money"

[[field]]
id = "area"
label = "面积"
type = "quantity"
unit = "亩"
scale = 2

[[field]]
id = "households"
label = "户数"
type = "quantity"
unit = "户"
scale = 0

[[field]]
id = "grade"
label = "等级"
type = "choice"
values = { a = "一般", b = "重大" }

[[field]]
id = "level"
label = "级别"
type = "code"
list = "level"

[[field]]
id = "start"
label = "开工日期"
type = "date"

[[field]]
id = "done"
label = "完工日期"
type = "date"

[[field]]
id = "share"
label = "完成率"
type = "quantity"
unit = "%"
scale = 2

[[rule]]
check = "done is null or start is null or done >= start"
message = "完工日期早于开工日期"
"#,
    ),
    (
        "ledger/household.toml",
        r#"
label = "农户"
meaning = "一户一条。"
place = ["village"]
close = "year"
owner = "便民中心"
key = "number"

[[field]]
id = "number"
label = "户编号"
type = "text"
required = true

[[field]]
id = "head"
label = "户主"
type = "person-name"
private = "identity"
required = true
"#,
    ),
    (
        "ledger/member.toml",
        r#"
label = "家庭成员"
meaning = "一人一条。"
owner = "便民中心"
parent = "household"

[[field]]
id = "name"
label = "姓名"
type = "person-name"
private = "identity"
required = true

[[field]]
id = "id_number"
label = "身份证号"
aliases = ["证件号码"]
type = "id-number"
private = "identity"

[[field]]
id = "phone"
label = "电话"
type = "phone"
private = "identity"
"#,
    ),
    (
        "ledger/hazard.toml",
        r#"
label = "安全隐患台账"
meaning = "一处隐患一条。"
place = ["village"]
close = "month"
owner = "应急办"

[[field]]
id = "what"
label = "隐患"
type = "text"
required = true

[case]
states = { open = "待整改", closed = "已销号" }
start = "open"
step = [{ from = "open", to = "closed", who = "station" }]
"#,
    ),
    ("role/station.toml", "label = \"站所\"\nmeaning = \"经办。\""),
    (
        "ledger/every.toml",
        r#"
label = "全类型台账"
meaning = "每种字段一个。"
place = ["village"]
close = "year"
owner = "党政办"

[[field]]
id = "title"
label = "标题"
type = "text"
required = true

[[field]]
id = "level"
label = "级别"
type = "code"
list = "level"

[[field]]
id = "flag"
label = "是否达标"
type = "boolean"

[[field]]
id = "count"
label = "件数"
type = "integer"

[[field]]
id = "score"
label = "得分"
type = "decimal"
scale = 3

[[field]]
id = "area"
label = "面积"
type = "quantity"
unit = "亩"
scale = 2

[[field]]
id = "share"
label = "占比"
type = "quantity"
unit = "%"
scale = 2

[[field]]
id = "amount"
label = "金额"
type = "money"

[[field]]
id = "day"
label = "日期"
type = "date"

[[field]]
id = "instant"
label = "时刻"
type = "timestamp"

[[field]]
id = "span"
label = "所属期间"
type = "period"

[[field]]
id = "grade"
label = "等级"
type = "choice"
values = { a = "一般", b = "重大" }

[[field]]
id = "marks"
label = "标签"
type = "multi-choice"
values = { x = "水", y = "电", z = "路" }

[[field]]
id = "other"
label = "结对村"
type = "place"

[[field]]
id = "household"
label = "农户编号"
type = "record"
ledger = "household"

[[field]]
id = "person"
label = "姓名"
type = "person-name"
private = "identity"

[[field]]
id = "id_number"
label = "身份证号"
type = "id-number"
private = "identity"

[[field]]
id = "phone"
label = "电话"
type = "phone"
private = "identity"

[[field]]
id = "file"
label = "附件"
type = "file"

[[field]]
id = "spot"
label = "位置"
type = "geo-point"
"#,
    ),
];
