//! Definitions of an office that keeps people in every way in which a ledger can.

use std::path::Path;

const RESIDENT: &str = r#"
label   = "居民登记台账"
system  = "S00"
meaning = "每名登记的居民记一条。"
place   = ["village", "community"]
close   = "month"
owner   = "党政办"
key     = "id_no"
unique  = [["account"]]

[[field]]
id = "id_no"
label = "身份号码"
type = "id-number"
required = true
private = "identity"
"#;

const ACCOUNT: &str = r#"
[[field]]
id = "account"
label = "银行账号"
type = "text"
private = "identity"

[[field]]
id = "matter"
label = "事项"
type = "text"
dated = true

[[field]]
id = "age"
label = "年龄"
type = "integer"

[[field]]
id = "registered_on"
label = "登记日期"
type = "date"
required = true

[[rule]]
check = "age is null or age >= 0"
message = "年龄不能是负数"
"#;

/// Fields of every person.
const PERSON: &str = r#"
[[field]]
id = "name"
label = "姓名"
type = "person-name"
required = true
private = "identity"

[[field]]
id = "phone"
label = "联系电话"
type = "phone"
private = "identity"
"#;

const VISIT: &str = r#"
label   = "走访登记台账"
system  = "S00"
meaning = "每次走访一名居民记一条。"
place   = ["village", "community"]
close   = "month"
owner   = "党政办"

[[field]]
id = "resident"
label = "走访对象"
type = "record"
ledger = "resident"
required = true

[[field]]
id = "visited_on"
label = "走访日期"
type = "date"
required = true
"#;

const KIN: &str = r#"
label   = "居民亲属台账"
system  = "S00"
meaning = "居民的每名亲属记一条。"
owner   = "党政办"
parent  = "resident"
unique  = [["phone"]]
"#;

const RESIDENTS: &str = r#"
label   = "登记居民数"
unit    = "人"
meaning = "期间内登记的居民人数。"
count   = "resident"
on      = "registered_on"
says    = ["登记 居民"]
"#;

const KNOWN: &str = r#"
label    = "登记居民去重人数"
unit     = "人"
meaning  = "期间内登记的居民,按身份号码去重。"
distinct = "resident"
value    = "id_no"
on       = "registered_on"
says     = ["居民 去重"]
"#;

const EXAMPLE: &str = r#"
[[example]]
rows = [{ id_no = "990101197001010095", name = "甲某", registered_on = "2023-03-02" }]
window = "2023"
expect = "1 人"
"#;

/// Writes the definitions into the office's `local`.
pub(super) fn define(local: &Path) {
    for (file, text) in [
        ("ledger/resident.toml", [RESIDENT, PERSON, ACCOUNT].concat()),
        ("ledger/visit.toml", VISIT.to_owned()),
        ("ledger/kin.toml", [KIN, PERSON].concat()),
        ("indicator/residents.toml", [RESIDENTS, EXAMPLE].concat()),
        ("indicator/residents_known.toml", [KNOWN, EXAMPLE].concat()),
    ] {
        let path = local.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text.trim_start()).unwrap();
    }
}
