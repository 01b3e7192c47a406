//! The definition files of the invented township.

/// Path and text of each file.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("pack.toml", "label = \"青石镇台账包\"\n"),
    (
        "place/tree.toml",
        r#"
[[place]]
code = "990101"
label = "云县"
kind = "county"

[[place]]
code = "990101002"
label = "白水镇"
kind = "township"
parent = "990101"

[[place]]
code = "990101001"
label = "青石镇"
aliases = ["全镇"]
kind = "township"
parent = "990101"

[[place]]
code = "990101001201"
label = "甲村"
kind = "village"
parent = "990101001"

[[place]]
code = "990101001202"
label = "乙村"
kind = "village"
parent = "990101001"

[[place]]
code = "990101001203"
label = "丙村"
kind = "village"
parent = "990101001"

[[place]]
code = "990101001301"
label = "丁社区"
kind = "community"
parent = "990101001"
"#,
    ),
    (
        "lexicon/words.toml",
        "background = [\"八大行动\", \"三类人员\", \"党的十八大\"]\ncommon = [\"先后\", \"各类\", \"以来\", \"全年\", \"积极\"]\nnarrow = [\"实名\", \"夜间\"]\nalike = [\"收到 接收\"]\nrhetoric = [\"卓有成效\"]\nplan = [\"力争\", \"计划\"]\ndated = [\"开局之年\"]\nonce = [\"荣获\"]\n",
    ),
    (
        "ledger/hazard.toml",
        r#"
label = "安全隐患台账"
meaning = "每一处隐患记一条。"
place = ["village", "community"]
close = "month"
owner = "应急办"

[[field]]
id = "found_on"
label = "发现日期"
type = "date"
required = true

[[field]]
id = "fixed_on"
label = "整改日期"
type = "date"

[[field]]
id = "sector"
label = "领域"
type = "choice"
values = { mine = "矿山", road = "道路交通/公路" }

[[field]]
id = "finder"
label = "发现人"
type = "person-name"
private = "identity"

[[field]]
id = "phone"
label = "联系电话"
type = "phone"
private = "identity"

[[field]]
id = "illness"
label = "健康状况"
type = "text"
private = "sensitive"
"#,
    ),
    (
        "ledger/fire.toml",
        r#"
label = "火灾台账"
meaning = "每一起火灾记一条。"
place = ["village", "community"]
close = "month"
owner = "林业站"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true

[[field]]
id = "kind"
label = "类别"
type = "choice"
values = { forest = "森林", house = "民房" }
"#,
    ),
    (
        "ledger/visit.toml",
        r#"
label = "上访台账"
meaning = "每一人次上访记一条。"
place = ["village", "community"]
close = "month"
owner = "信访办"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true

[[field]]
id = "level"
label = "层级"
type = "choice"
values = { capital = "进京访/进京", province = "到省访/省" }
"#,
    ),
    (
        "ledger/income.toml",
        r#"
label = "村集体收入台账"
meaning = "每笔收入记一条。"
place = "village"
close = "year"
owner = "经管站"

[[field]]
id = "on_day"
label = "到账日期"
type = "date"
required = true

[[field]]
id = "amount"
label = "金额"
type = "money"
required = true
"#,
    ),
    (
        "ledger/contract.toml",
        r#"
label = "合同应收台账"
meaning = "每份合同的年度应收记一条。"
place = "village"
owner = "经管站"
close = "year"

[[field]]
id = "due_on"
label = "应收日期"
type = "date"
required = true

[[field]]
id = "amount"
label = "金额"
type = "money"
required = true
"#,
    ),
    (
        "ledger/member.toml",
        r#"
label = "监测对象台账"
meaning = "每人记一条。"
place = ["village", "community"]
close = "year"
owner = "乡村振兴办"

[[field]]
id = "household"
label = "户编号"
type = "text"
required = true

[[field]]
id = "since"
label = "纳入日期"
type = "date"
required = true

[[field]]
id = "enrolled"
label = "大专及以上"
type = "boolean"
"#,
    ),
    (
        "ledger/honour.toml",
        r#"
label = "荣誉台账"
meaning = "每项荣誉记一条。"
place = "township"
close = "year"
owner = "党政办"

[[field]]
id = "on_day"
label = "日期"
type = "date"
required = true

[[field]]
id = "title"
label = "名称"
type = "text"
required = true

[[field]]
id = "rank"
label = "名次"
type = "integer"

[[field]]
id = "document"
label = "文件"
type = "file"
"#,
    ),
    (
        "indicator/hazards.toml",
        "label = \"排查整治隐患数\"\nunit = \"起\"\nmeaning = \"期间内发现且已整改的隐患。\"\nsays = [\"排查 整治 隐患\"]\ncount = \"hazard\"\nwhere = \"fixed_on is not null\"\non = \"found_on\"\ndims = [\"sector\"]\n",
    ),
    (
        "indicator/hazards_found.toml",
        "label = \"发现隐患数\"\nunit = \"起\"\nmeaning = \"期间内发现的隐患。\"\nsays = [\"发现 隐患\"]\ncount = \"hazard\"\non = \"found_on\"\n",
    ),
    (
        "indicator/hazards_sent.toml",
        "label = \"上报隐患数\"\nunit = \"起\"\nmeaning = \"上报的隐患。\"\nsays = [\"上报 隐患\"]\ncount = \"hazard\"\non = \"found_on\"\n",
    ),
    (
        "indicator/hazards_told.toml",
        "label = \"上报隐患条数\"\nunit = \"条\"\nmeaning = \"上报的隐患。\"\nsays = [\"上报 隐患\"]\ncount = \"hazard\"\non = \"found_on\"\n",
    ),
    (
        "indicator/forest_fires.toml",
        "label = \"森林火灾数\"\nunit = \"起\"\nmeaning = \"期间内发生的森林火灾。\"\nsays = [\"森林火灾\"]\ncount = \"fire\"\nwhere = \"kind = 'forest'\"\non = \"on_day\"\nundecided = \"kind is null\"\n",
    ),
    (
        "indicator/visits.toml",
        "label = \"上访人次\"\nunit = \"人次\"\nmeaning = \"期间内到上级上访的人次。\"\nsays = [\"访\"]\ncount = \"visit\"\non = \"on_day\"\ndims = [\"level\"]\n",
    ),
    (
        "indicator/income.toml",
        "label = \"村集体经济收入\"\nunit = \"元\"\nmeaning = \"当年到账的经营收入。\"\nsays = [\"集体 收入\"]\nsum = \"income\"\nvalue = \"amount\"\non = \"on_day\"\nforecast = \"income_expected\"\n",
    ),
    (
        "indicator/income_expected.toml",
        "label = \"村集体经济预计收入\"\nunit = \"元\"\nmeaning = \"当年合同应收。\"\nsum = \"contract\"\nvalue = \"amount\"\non = \"due_on\"\n",
    ),
    (
        "indicator/households.toml",
        "label = \"监测对象户数\"\nunit = \"户\"\nmeaning = \"期末在册户数。\"\nsays = [\"监测 对象\"]\ndistinct = \"member\"\nvalue = \"household\"\non = \"since\"\ntime = \"at\"\n",
    ),
    (
        "indicator/persons.toml",
        "label = \"监测对象人数\"\nunit = \"人\"\nmeaning = \"期末在册人数。\"\nsays = [\"监测 对象\"]\ncount = \"member\"\non = \"since\"\ntime = \"at\"\n",
    ),
    (
        "indicator/college.toml",
        "label = \"大专人数\"\nunit = \"人\"\nmeaning = \"大专及以上人数。\"\nsays = [\"大专 人\"]\ncount = \"member\"\nwhere = \"enrolled = true\"\non = \"since\"\ntime = \"at\"\n",
    ),
    (
        "indicator/college_share.toml",
        "label = \"大专占比\"\nunit = \"%\"\nmeaning = \"大专及以上人数占监测对象人数。\"\nsays = [\"学历\"]\nratio = { of = \"college\", to = \"persons\" }\n",
    ),
    (
        "indicator/honours.toml",
        "label = \"荣誉数\"\nunit = \"项\"\nmeaning = \"期间内获得的荣誉。\"\nsays = [\"评为\"]\ncount = \"honour\"\non = \"on_day\"\ndims = [\"title\"]\n",
    ),
    (
        "indicator/cover_rank.toml",
        "label = \"森林覆盖率名次\"\nunit = \"位次\"\nmeaning = \"全县通报的名次。\"\nsays = [\"森林覆盖率\"]\nstated = \"honour\"\nvalue = \"rank\"\ndocument = \"document\"\non = \"on_day\"\ntime = \"latest\"\n",
    ),
    (
        "relation/parts.toml",
        "label = \"整治数不多于发现数\"\nholds = \"hazards <= hazards_found\"\nadvice = \"先核对隐患台账。\"\n",
    ),
];
