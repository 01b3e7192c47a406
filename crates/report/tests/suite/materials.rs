//! Several texts held against each other where there is no ledger.

use std::path::Path;
use std::sync::LazyLock;

use figure::{Date, date};
use pack::{Pack, SourceFile};
use report::{
    Checked, Clash, Options, Plain, Unmeasured, across, lexicon, titled_period, unmeasured,
};

/// A day after all years that the texts speak of.
const NOW: Date = date(2025, 3, 1);

/// What the clashes between texts are about.
fn clashes(texts: &[&str]) -> Vec<String> {
    found(texts).into_iter().map(|clash| clash.about).collect()
}

/// The definitions that the program is shipped with, whose words say how a text is read.
static SHIPPED: LazyLock<Pack> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap().into();
                let path = path.strip_prefix(&root).unwrap().display().to_string();
                files.push(SourceFile { path, text });
            }
        }
    }
    pack::load(&files, &[]).unwrap_or_else(|errors| panic!("{errors}"))
});

fn found(texts: &[&str]) -> Vec<Clash> {
    let read = |(number, text): (usize, &&str)| -> Checked {
        let options = Options { window: titled_period(text, NOW), ..Options::default() };
        let file = format!("{number}.txt");
        let plain = Plain { text, file: &file, ..Plain::default() };
        unmeasured(&plain, &SHIPPED, NOW, &options, Unmeasured::NoLedger)
    };
    let checked: Vec<Checked> = texts.iter().enumerate().map(read).collect();
    let all: Vec<&Checked> = checked.iter().collect();
    across(&all, &lexicon(&SHIPPED))
}

fn titled(kind: &str, text: &str) -> String {
    format!("青石镇2023年{kind}\n{text}\n")
}

fn check(first: &str, second: &str, expected: &[&str]) {
    let texts = [titled("总结", first), titled("述职", second)];
    assert_eq!(clashes(&[&texts[0], &texts[1]]), expected, "{first} | {second}");
}

#[test]
fn the_same_subject_with_other_values_clashes() {
    check("排查整治各类隐患105起。", "全年共排查整治隐患98起。", &["排查整治隐患"]);
    check("森林覆盖率达到90.9%。", "森林覆盖率80%。", &["森林覆盖率"]);
    check("发放宣传单6000余张。", "发放宣传单8000张。", &["发放宣传单"]);
    check("全年未发生一起森林火灾。", "发生森林火灾2起。", &["森林火灾"]);
}

#[test]
fn what_the_whole_office_has_is_one_figure() {
    check("全镇共有党员632名。", "全镇共有党员635名。", &["党员"]);
    check("全镇现有632名党员。", "目前,全镇党员总数635人。", &["党员"]);
    check("全年税收达到866万元。", "全年完成税收886万元,增长5%。", &["税收"]);
    check("全镇GDP达到8.6亿元。", "全镇实现GDP8.9亿元。", &["GDP"]);
    check("全镇共有党员632名。", "参加活动的党员32名。", &[]);
    check("全镇共有党员632名。", "全镇党员32名参加培训。", &[]);
    check("全年完成投资3.2亿元。", "全年完成投资8.6亿元。", &[]);
    check("全镇党员632名。全镇党员612名。", "全镇共有党员635名。", &[]);
}

#[test]
fn other_villages_bodies_parts_and_stages_are_other_figures() {
    let mut told = Vec::new();
    for line in include_str!("look_alikes.txt").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let texts = match fields.as_slice() {
            [one, two] => [titled("总结", one), titled("汇报", two)],
            [a, one, b, two] => [format!("{a}\n{one}\n"), format!("{b}\n{two}\n")],
            _ => panic!("{line}"),
        };
        if !clashes(&[&texts[0], &texts[1]]).is_empty() {
            told.push(line);
        }
    }
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn a_part_of_the_year_has_no_more_than_the_year() {
    check("全年发展党员11名。", "上半年发展党员15名。", &["发展党员"]);
    check("上半年受理信访事项31件。", "全年受理信访事项26件。", &["受理信访事项"]);
    check("全年发展党员11名。", "上半年发展党员9名。", &[]);
    check("全年现有在册低保户211户。", "上半年现有在册低保户215户。", &[]);
    check("全年净增市场主体11户。", "上半年净增市场主体15户。", &[]);
    let told = found(&["2023年总结\n全年发展党员11名。\n", "2023年汇报\n上半年发展党员15名。\n"]);
    assert!(
        told[0].to_string().contains("‘发展党员’2023年上半年的数比2023年的还大"),
        "{}",
        told[0]
    );
}

#[test]
fn what_is_of_a_part_another_level_or_another_time_is_another_figure() {
    let pairs = [
        ("电商方面,全年销售额3.2亿元。", "茶叶产业方面,全年销售额1.8亿元。"),
        ("派出所加强巡逻防控,全年接警412起。", "消防救援站全天备勤,全年接警36起。"),
        ("水稻,全镇播种1.2万亩。", "玉米,全镇播种0.8万亩。"),
        ("奶牛方面,全镇存栏320头。", "生猪方面,全镇存栏12600头。"),
        ("图书室免费开放,全年借阅1200人次。", "文化站,全年借阅3200人次。"),
        ("低保户中,全镇共有残疾人212名。", "全镇共有残疾人812名。"),
        ("换届时,全镇共有党员632名。", "全镇共有党员635名。"),
        ("改革前,全镇共有干部119名。", "全镇共有干部86名。"),
        ("第七次人口普查,全镇人口2.6万人。", "全镇人口3.2万人。"),
        ("全镇改厕3200户。", "全镇改厕完成200户,正在施工30户。"),
        ("全镇水库共12座。", "全镇水库完成3座。"),
        ("全镇公路320公里。", "全镇公路完成28公里。"),
        ("上半年全镇开工重点项目12个。", "上半年全县开工重点项目132个。"),
        ("粮食播种面积3.2万亩。", "全县粮食播种面积13.2万亩。"),
        ("社会消费品零售总额3.2亿元。", "全县社会消费品零售总额86亿元。"),
        ("规上工业增加值增长8.2%。", "全县规上工业增加值增长6.2%。"),
        ("油茶种植面积9200亩。", "青田村产业兴旺,油茶种植面积320亩。"),
        ("固定资产投资3.2亿元。", "从全县看,固定资产投资86亿元。"),
        ("固定资产投资3.2亿元。", "全县上下齐心,完成固定资产投资132亿元。"),
        ("新建停车位120个。", "新增停车位150个,其中改造30个。"),
        ("新建安置房120套。", "新增安置房150套(含购买30套)。"),
        ("新建幼儿园3所。", "新增幼儿园4所。"),
        ("新开工项目12个,总投资3.2亿元。", "新增项目15个,总投资3.2亿元。"),
        ("新建高标准农田1200亩。", "新增高标准农田1500亩。"),
        ("秋季开学,全镇小学在校生1632人。", "春季开学,全镇小学在校生1715人。"),
        ("秋季开学,资助困难学生132人。", "春季开学,资助困难学生115人。"),
        ("目前,全镇参保28650人。", "年底,全镇参保29650人。"),
        ("目前,全镇参保28650人。", "到年底,全镇参保29650人。"),
    ];
    let told: Vec<_> = pairs
        .into_iter()
        .filter(|(first, second)| {
            let texts = [titled("总结", first), titled("述职", second)];
            !clashes(&[&texts[0], &texts[1]]).is_empty()
        })
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn what_can_be_one_figure_does_not() {
    check("排查整治隐患105起。", "排查整治隐患100余起。", &[]);
    check("粮食种植面积5194.7亩。", "粮食种植面积5195亩。", &[]);
    check("累计办理低保300户。", "办理低保12户。", &[]);
    check("甲村种植百香果600亩。", "乙村种植百香果300亩。", &[]);
    check("圩镇改造投入资金5万元。", "道路硬化投入资金9万元。", &[]);
    check("计划排查整治隐患200起。", "排查整治隐患105起。", &[]);
    check("一季度排查整治隐患20起。", "排查整治隐患105起。", &[]);
    check("排查整治隐患增长5%。", "排查整治隐患3%。", &[]);
    check("机关支部排查整治隐患8起。", "排查整治隐患105起。", &[]);
    check("活动中,向群众发放宣传单200份。", "发放宣传单6000余份。", &[]);
    check("本月排查整治隐患8起。", "排查整治隐患105起。", &[]);
    let later = "三、2024年工作计划\n排查整治隐患200起。";
    check(later, "排查整治隐患105起。", &[]);
    check("低保人均补助500元。", "低保补助90000元。", &[]);
}

#[test]
fn a_text_that_gives_several_values_itself_settles_nothing() {
    check("建成示范点3个。又建成示范点5个。", "建成示范点4个。", &[]);
}

#[test]
fn a_title_names_the_period() {
    let period = |text: &str| titled_period(text, NOW).map(figure::Period::describe);
    assert_eq!(period("青石镇2024年上半年工作情况报告\n正文"), Some("2024年上半年".to_owned()));
    assert_eq!(period("青石镇2023年工作总结及2024年工作计划"), Some("2023年".to_owned()));
    assert_eq!(period("安全生产简报\n全年排查隐患。"), None);
    assert_eq!(period("工作情况报告\n2024年1月5日\n全年排查隐患。"), None);
}

#[derive(serde::Deserialize)]
struct Pair {
    first: String,
    second: String,
    #[serde(default)]
    clash: Vec<String>,
    #[serde(default)]
    missed: bool,
}

#[derive(serde::Deserialize)]
struct Pairs {
    pair: Vec<Pair>,
}

/// The sets of pairs: who finds one more takes its mark away.
const SETS: [(&str, usize); 20] = [
    (include_str!("pairs.toml"), 80),
    (include_str!("pairs_written_blind.toml"), 80),
    (include_str!("pairs_of_families.toml"), 50),
    (include_str!("pairs_of_tea_street_grain.toml"), 80),
    (include_str!("pairs_of_seasons_parts_states.toml"), 37),
    (include_str!("pairs_of_rice_and_oranges.toml"), 80),
    (include_str!("pairs_of_ferries_and_forests.toml"), 130),
    (include_str!("pairs_of_stations.toml"), 80),
    (include_str!("pairs_of_turned_digits.toml"), 80),
    (include_str!("pairs_of_mountain_township.toml"), 80),
    (include_str!("pairs_of_street_office.toml"), 80),
    (include_str!("pairs_of_congress.toml"), 80),
    (include_str!("pairs_of_half_years.toml"), 80),
    (include_str!("pairs_of_industrial_town.toml"), 80),
    (include_str!("pairs_of_villages_and_towns.toml"), 80),
    (include_str!("pairs_of_hills.toml"), 80),
    (include_str!("pairs_of_communities.toml"), 80),
    (include_str!("pairs_of_northern_township.toml"), 80),
    (include_str!("pairs_of_port_town.toml"), 80),
    (include_str!("pairs_of_river_plain.toml"), 80),
];

#[test]
fn pairs_of_materials_clash_where_they_tell_one_figure_twice() {
    let mut other = Vec::new();
    for (set, length) in SETS {
        let pairs: Pairs = toml::from_str(set).unwrap();
        assert!(pairs.pair.len() >= length);
        for pair in &pairs.pair {
            let told = found(&[&pair.first, &pair.second]);
            let sides: Vec<[&str; 2]> = told
                .iter()
                .map(|c| [c.sides[0].clause.as_str(), c.sides[1].clause.as_str()])
                .collect();
            let expected = match (pair.clash.as_slice(), pair.missed, sides.as_slice()) {
                ([a, b], false, [[one, two]]) => one.contains(a) && two.contains(b),
                ([_, _], false, _) => false,
                (_, _, all) => all.is_empty(),
            };
            if !expected {
                let (clash, missed) = (&pair.clash, pair.missed);
                let (first, second) = (&pair.first, &pair.second);
                other.push(format!("{sides:?}, not {clash:?} {missed}: {first}\n{second}"));
            }
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n\n"));
}

#[test]
fn a_material_says_nothing_against_itself_or_another_place() {
    for (set, _) in SETS {
        let pairs: Pairs = toml::from_str(set).unwrap();
        for pair in &pairs.pair {
            for text in [&pair.first, &pair.second] {
                assert_eq!(clashes(&[text, text]), Vec::<String>::new(), "{text}");
            }
        }
    }
    let text = "排查整治隐患105起。";
    let other = "排查整治隐患98起。";
    let titled = |place: &str, text: &str| format!("{place}2023年工作总结\n{text}\n");
    let told = clashes(&[&titled("白沙镇", text), &titled("青田镇", other)]);
    assert!(told.is_empty(), "{told:?}");
    let told = clashes(&[&titled("白沙镇", text), &titled("白沙镇青田村", other)]);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(clashes(&[&titled("白沙镇", text), &titled("白沙镇应急办", other)]).len(), 1);
}
