//! File names, codes, places and parameters.

use super::check;

#[test]
fn file_names_are_ids() {
    check(
        "ledger/zz_own.toml",
        "",
        "label=\"试\"\nmeaning=\"试\"\nplace=\"village\"\nclose=\"year\"\nowner=\"试\"\n",
        "ledger/zz_own.toml:1 台账编号“zz_own”不能以 zz_ 开头,也不能含 __:这些名称留给系统",
    );
    check(
        "ledger/a__b.toml",
        "",
        "label=\"试\"\nmeaning=\"试\"\nplace=\"village\"\nclose=\"year\"\nowner=\"试\"\n",
        "ledger/a__b.toml:1 台账编号“a__b”不能以 zz_ 开头,也不能含 __:这些名称留给系统",
    );
    check(
        "ledger/place.toml",
        "",
        "label=\"试\"\nmeaning=\"试\"\nplace=\"village\"\nclose=\"year\"\nowner=\"试\"\n",
        "ledger/place.toml:1 台账“place”是自带的,请换一个文件名",
    );
    check(
        "ledger/Hazard.toml",
        "",
        "label=\"试\"\n",
        "ledger/Hazard.toml:1 文件名“Hazard”不能作编号;应为 小写字母开头,只含小写字母、数字和下划线",
    );
    check(
        "ledger/safety/hazard.toml",
        "",
        "label=\"试\"\n",
        "ledger/safety/hazard.toml:1 编号“hazard”已由 ledger/hazard.toml 定义;请换一个文件名",
    );
    check(
        "ledgers/hazard.toml",
        "",
        "label=\"试\"\n",
        "ledgers/hazard.toml:1 不认识的文件夹“ledgers”;应为 ledger、indicator、relation、codes、parameter、place、org、role…之一;是不是“ledger”?",
    );
    check(
        "notes.toml",
        "",
        "label=\"试\"\n",
        "notes.toml:1 这一层不放定义文件;应为 pack.toml、privacy.toml、systems.toml,或 ledger、indicator 等文件夹里的文件",
    );
    check(
        "pack.toml",
        "",
        "lable = \"试\"",
        "pack.toml:1 [label] 缺少“label”\npack.toml:1 [lable] 不认识的键“lable”;应为 label、explanations、vouchers之一;是不是“label”?",
    );
}

#[test]
fn codes_places_and_parameters_are_consistent() {
    check(
        "codes/education.toml",
        "code = \"70\"",
        "code = \"20\"",
        "codes/education.toml:20 [code.20] 代码“20”重复",
    );
    check(
        "codes/education.toml",
        "became = \"30\"",
        "became = \"33\"",
        "codes/education.toml:18 [code.31.became] 不认识的代码“33”;应为 20、30、31、70之一",
    );
    check(
        "codes/education.toml",
        "college = [\"20\", \"30\"]",
        "college = [\"20\", \"39\"]",
        "codes/education.toml:25 [group.college[2]] 不认识的代码“39”;应为 20、30、31、70之一",
    );
    check(
        "parameter/target_income.toml",
        "value = \"30\"",
        "value = 30",
        "parameter/target_income.toml:5 [value[1].value] 这里是整数;应为 带引号的数字,形如 \"12.5\"",
    );
    check(
        "parameter/target_income.toml",
        "value = \"30\"",
        "value = \"三十\"",
        "parameter/target_income.toml:5 [value[1].value] “三十”不是数字;应为 形如 \"12.5\" 的数字",
    );
    check(
        "parameter/target_income.toml",
        "from = \"2023-01-01\"",
        "from = \"2023-1-1\"",
        "parameter/target_income.toml:6 [value[1].from] “2023-1-1”不是日期;应为 形如 \"2023-04-05\" 的日期",
    );
    check(
        "parameter/target_income.toml",
        "from = \"2023-01-01\"",
        "from = \"2023-01-01\"\nuntil = \"2022-12-31\"",
        "parameter/target_income.toml:7 [value[1].until] 终止日期早于起始日期",
    );
    check(
        "parameter/target_income.toml",
        "place = \"990101002\"",
        "place = \"乙村\"",
        "parameter/target_income.toml:11 [value[2].place] 没有编码为“乙村”的地方;应为 地方的编码;是不是“990101002”?",
    );
    check(
        "place/tree.toml",
        "parent = \"990101\"",
        "parent = \"990102\"",
        "place/tree.toml:6 [place.990101001.parent] 没有编码为“990102”的地方;是不是“990101”?",
    );
    check(
        "place/tree.toml",
        "parent = \"990101\"",
        "parent = \"990101\"\nuntil = 2023-06-30\nsplit_into = [\"990101002\"]",
        "place/tree.toml:8 [place.990101001.split_into] split_into 要写两个以上的地方;只并入一个的,请写 successor",
    );
    check(
        "place/tree.toml",
        "parent = \"990101\"",
        "parent = \"990101\"\nuntil = 2023-06-30\nsuccessor = \"990101002\"\nsplit_into = [\"990101002\", \"990101003\"]",
        "place/tree.toml:9 [place.990101001.split_into] successor 和 split_into 只能写一个",
    );
    check(
        "place/tree.toml",
        "parent = \"990101\"",
        "parent = \"990101\"\nsplit_into = [\"990101002\", \"990101003\"]",
        "place/tree.toml:7 [place.990101001.split_into] 拆分的地方要写明撤销日期 until",
    );
    check(
        "place/tree.toml",
        "parent = \"990101\"",
        "parent = \"990101\"\nuntil = 2023-06-30\nsplit_into = [\"990101002\", \"990109\"]",
        "place/tree.toml:8 [place.990101001.split_into] 没有编码为“990109”的地方;是不是“990101”?",
    );
    check(
        "place/tree.toml",
        "kind = \"township\"",
        "kind = \"township\"\nparent = \"990101003\"",
        "place/tree.toml:1 [place.990101001] 地方“甲村”的上级绕了一圈又是它自己\nplace/tree.toml:8 [place.990101002] 地方“乙村”的上级绕了一圈又是它自己\nplace/tree.toml:15 [place.990101003] 地方“丙社区”的上级绕了一圈又是它自己\nplace/tree.toml:21 [place.990101] 地方“青石镇”的上级绕了一圈又是它自己",
    );
    check(
        "place/tree.toml",
        "code = \"990101002\"",
        "code = \"990101001\"",
        "parameter/target_income.toml:11 [value[2].place] 没有编码为“990101002”的地方;应为 地方的编码;是不是“990101001”?\nplace/tree.toml:8 [place.990101001] 地方编码“990101001”重复",
    );
    check(
        "org/stations.toml",
        "place = \"990101\"",
        "place = \"青石镇\"",
        "org/stations.toml:5 [org.emergency.place] 没有编码为“青石镇”的地方;应为 地方的编码;是不是“990101”?",
    );
}
