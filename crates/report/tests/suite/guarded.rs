//! Definition files for the tests of what must never be proven.

/// Path and text of each file.
pub(crate) const FILES: &[(&str, &str)] = &[
    (
        "ledger/guest.toml",
        r#"
label = "交流台账"
meaning = "每批来访记一条。"
place = "township"
close = "year"
owner = "党政办"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true

[[field]]
id = "partner"
label = "对方单位"
type = "text"
required = true

[[field]]
id = "persons"
label = "人数"
type = "integer"
required = true
"#,
    ),
    (
        "ledger/land.toml",
        r#"
label = "征地台账"
meaning = "每宗地记一条。"
place = "village"
close = "year"
owner = "自然资源所"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true

[[field]]
id = "project"
label = "征收项目"
type = "text"
required = true

[[field]]
id = "area"
label = "面积"
type = "quantity"
required = true
unit = "亩"
scale = 2
"#,
    ),
    (
        "ledger/grant.toml",
        r#"
label = "补助台账"
meaning = "每笔补助记一条。"
place = "village"
close = "year"
owner = "民政所"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true

[[field]]
id = "policy"
label = "项目"
type = "choice"
required = true
values = { seed = "良种补助", school = "助学补助", bus = "乘车补助" }

[[field]]
id = "amount"
label = "金额"
type = "money"
required = true
"#,
    ),
    (
        "ledger/party.toml",
        r#"
label = "入党台账"
meaning = "每接收一人记一条。"
place = "township"
close = "year"
owner = "党政办"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true
"#,
    ),
    (
        "indicator/guests.toml",
        "label = \"交流人数\"\nunit = \"人\"\nmeaning = \"期间内来访的人数。\"\nsays = [\"组织 交流\"]\nsum = \"guest\"\nvalue = \"persons\"\non = \"on_day\"\ndims = [\"partner\"]\n",
    ),
    (
        "indicator/land.toml",
        "label = \"征收土地面积\"\nunit = \"亩\"\nmeaning = \"期间内征收的土地。\"\nsays = [\"征收土地\"]\nsum = \"land\"\nvalue = \"area\"\non = \"on_day\"\ndims = [\"project\"]\n",
    ),
    (
        "indicator/grant_seed.toml",
        "label = \"良种补助资金\"\nunit = \"元\"\nmeaning = \"期间内发放的良种补助。\"\nsays = [\"良种补助\"]\nsum = \"grant\"\nvalue = \"amount\"\nwhere = \"policy = 'seed'\"\non = \"on_day\"\n",
    ),
    (
        "indicator/grant_school.toml",
        "label = \"助学补助资金\"\nunit = \"元\"\nmeaning = \"期间内发放的助学补助。\"\nsays = [\"助学补助\"]\nsum = \"grant\"\nvalue = \"amount\"\nwhere = \"policy = 'school'\"\non = \"on_day\"\n",
    ),
    (
        "indicator/grant_bus.toml",
        "label = \"乘车补助资金\"\nunit = \"元\"\nmeaning = \"期间内发放的乘车补助。\"\nsays = [\"乘车补助\"]\nsum = \"grant\"\nvalue = \"amount\"\nwhere = \"policy = 'bus'\"\non = \"on_day\"\n",
    ),
    (
        "indicator/admissions.toml",
        "label = \"发展党员人数\"\nunit = \"名\"\nmeaning = \"期间内接收的党员。\"\nsays = [\"发展 党员\"]\ncount = \"party\"\non = \"on_day\"\n",
    ),
    (
        "indicator/villages.toml",
        "label = \"行政村个数\"\nunit = \"个\"\nmeaning = \"期末存在的行政村,社区不计。\"\nsays = [\"个村\"]\ncount = \"place\"\nwhere = \"kind = 'village'\"\n",
    ),
    (
        "indicator/college_wide.toml",
        "label = \"大专学历或在读人数\"\nunit = \"名\"\nmeaning = \"大专学历的人和正在读的人。\"\nsays = [\"干部 大专\"]\ncount = \"member\"\non = \"since\"\ntime = \"at\"\n",
    ),
];
