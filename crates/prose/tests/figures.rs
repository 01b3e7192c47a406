//! Claims in free text.

mod found;

use proptest::prelude::*;
use prose::{Direction, Kind, Lexicon, Predicate, figures, read_claim};

use found::{check, lexicon};

#[test]
fn figures_are_found_with_what_they_are_about() {
    check("全年召开会议11次,发展党员7名。", &["= 11 次 召开会议", "= 7 名 发展党员"]);
    check("落实奖补337户38.605万元", &["= 337 户 落实奖补", "= 38.605 万元 落实奖补"]);
    check("监测对象38户156 人", &["= 38 户 监测对象", "= 156 人 监测对象"]);
    check("排查300余次,购销50余万元", &["余 300 次 排查", "余 50 万元 购销"]);
    check("全镇6个村收入均达到30万元以上", &["= 6 个 全镇", "均≥ 30 万元 村收入"]);
    check(
        "甲村、乙村村集体收入可突破50万元",
        &["> 50 万元 甲村村集体收入", "> 50 万元 乙村村集体收入"],
    );
    check(
        "饮用水水质、断面水质达标率100%",
        &["全 100 % 饮用水水质达标率", "全 100 % 断面水质达标率"],
    );
    check("薯类、豆类等作物2014.3亩", &["= 2014.3 亩 薯类、豆类等作物"]);
    check("设529网格,购12台", &["= 529 网格 设", "= 12 台 购"]);
    check("建成三个基地,新建一座水厂", &["= 3 个 建成", "= 1 座 新建"]);
    check("面积、蓄积量全县第一。", &["第 1 位 面积", "第 1 位 蓄积量"]);
    check("举办甲县首届丰收节", &["第 1 届 丰收节"]);
    check("引进10万元至50万元资金", &["范围 10 万元 引进"]);
    check("每月至少开展1次志愿服务", &["≥ 1 次 每月"]);
    check("3名党员、5名群众", &["= 3 名 党员", "= 5 名 群众"]);
    check("较上年减少12户30人", &["降 12 户 ", "降 30 人 "]);
    check("收入达23456元,同比增长8.3%", &["= 23456 元 收入", "= 8.3 % 收入"]);
    check("覆盖率由60%提升至90%", &["= 60 % 覆盖率", "= 90 % 覆盖率"]);
    check("全镇GDP8.9亿元,改造G331、歼-20", &["= 8.9 亿元 全镇GDP"]);
    check("产值预计达500万元", &["预计 500 万元 产值"]);
}

#[test]
fn numbers_told_by_their_place_are_claims() {
    check(
        "排查百余起,近百起,上百起,数百起",
        &["余 100 起 排查", "近 100 起 排查", "≥ 100 起 排查", "范围 200 起 排查"],
    );
    check("走访几十户,十几户,十余户", &["范围 20 户 走访", "余 10 户 走访", "余 10 户 走访"]);
    check("发动群众数百人", &["范围 200 人 发动群众"]);
    check("人数百余人", &["余 100 人 人数"]);
    check("千亩示范片,百日攻坚,百人计划,千家万户", &[]);
}

#[test]
fn moves_multiples_and_durations_are_claims() {
    check("产值翻一番", &["= 1 倍 产值"]);
    check("产值翻两番", &["= 3 倍 产值"]);
    check("产值增加一倍", &["= 1 倍 产值"]);
    check("收入提高1.5倍", &["= 1.5 倍 收入"]);
    check("由第15位上升至第8位", &["第 15 位 ", "第 8 位 "]);
    check("综合得分居第8位", &["第 8 位 综合得分居"]);
    check("工期2周,历时1.5年,值守36小时", &["= 2 周 工期", "= 1.5 年 历时", "= 36 小时 值守"]);
    check("成立75周年,五年过渡期,5年规划", &[]);
    let found = figures("增长5%,下降3%,共5户", &lexicon()).claims;
    let moved: Vec<_> = found.iter().map(|claim| claim.direction).collect();
    assert_eq!(moved, [Some(Direction::Up), Some(Direction::Down), None]);
}

#[test]
fn units_and_signs_are_kept_as_written() {
    check("效益20万元/亩,补贴500元/月", &["= 20 万元/亩 效益", "= 500 元/月 补贴"]);
    check("增速下降到-1.5%", &["= -1.5 % 增速"]);
    check("3万至5万亩", &["范围 3 万亩 "]);
    let found = figures("效益20万元/亩,浓度28微克/立方米", &lexicon());
    let normal = found.claims[0].normalized.as_ref().unwrap();
    assert_eq!((normal.value.to_string().as_str(), normal.unit.as_str()), ("200000", "元/亩"));
    assert!(found.claims.iter().all(|claim| claim.reading.is_none()));
    let flagged = |text: &str| figures(text, &lexicon()).flags.remove(0).reason;
    assert!(flagged("用电3.5万千瓦时").contains("不认识的单位‘万千瓦时’"));
    assert!(flagged("气温35℃").contains("不认识的单位‘℃’"));
    assert!(flagged("达到105,").contains("没有认得的单位"));
    let high = figures("3—5万亩", &lexicon()).claims[0].high;
    assert_eq!(high.map(|h| h.to_string()).as_deref(), Some("5"));
}

#[test]
fn respectively_gives_each_thing_its_number() {
    check(
        "安全事故起数、死亡人数分别下降33.3%、50%。",
        &["降 33.3 % 安全事故起数", "降 50 % 死亡人数"],
    );
    check(
        "产业奖补、雨露计划、交通补助分别发放38.605万元、9.3万元和20.5万元。",
        &["= 38.605 万元 产业奖补发放", "= 9.3 万元 雨露计划发放", "= 20.5 万元 交通补助发放"],
    );
    check("甲村、乙村的收入分别突破5万元、6万元", &["> 5 万元 甲村的收入", "> 6 万元 乙村的收入"]);
    check(
        "甲村、乙村、丙村分别下降5%、6%",
        &["降 5 % 甲村、乙村、丙村", "降 6 % 甲村、乙村、丙村"],
    );
    let text = "2021年、2022年、2023年分别实现收入10万元、12万元、15万元";
    check(text, &["= 10 万元 实现收入", "= 12 万元 实现收入", "= 15 万元 实现收入"]);
    let found = figures(text, &lexicon()).claims;
    let periods: Vec<_> = found
        .iter()
        .filter(|claim| claim.kind == Kind::Fact)
        .map(|claim| claim.period.as_deref().unwrap())
        .collect();
    assert_eq!(periods, ["2021年", "2022年", "2023年"]);
}

#[test]
fn a_denied_claim_is_no_ground_for_its_opposite() {
    for (text, words) in [
        ("全年未排查整治隐患105起", "未排查整治隐患105起"),
        ("没有完成排查105起的目标", "没有完成排查105起"),
        ("面积未居全县第一", "未居全县第一"),
        ("干部学历均未达到大专", "均未达到大专"),
        ("信访没有逐年减少", "没有逐年减少"),
        ("尚未实现清零", "尚未实现清零"),
    ] {
        let found = figures(text, &Lexicon::default()).claims;
        let denied = found.iter().find(|claim| claim.text == words).expect(text);
        let reading = denied.reading.as_ref().expect(text);
        assert!(reading.negated && reading.predicate == Predicate::NotAchieved, "{text}");
        assert!(read_claim(&denied.text).is_err(), "{text}");
    }
    let found = figures("粮食面积居全省第一", &Lexicon::default()).claims;
    assert_eq!(found[0].reading.as_ref().unwrap().scope.as_deref(), Some("全省"));
    let found = figures("每月排查隐患105起", &Lexicon::default()).claims;
    assert_eq!(found.last().unwrap().reading.as_ref().unwrap().per.as_deref(), Some("每月"));
}

#[test]
fn statements_without_a_number_are_found() {
    check("全年未发生一起森林火灾。", &["零 0 起 森林火灾"]);
    check(
        "近三年来无进京、省、市访人员,",
        &["零 0 人 进京访人员", "零 0 人 省访人员", "零 0 人 市访人员"],
    );
    check("没有发生过激行为的恶性事件", &["零 0 起 过激行为的恶性事件"]);
    check("信访与纠纷呈现逐年减少的趋势", &["降   信访", "降   纠纷"]);
    check("干部学历均达到大专", &["均   干部学历"]);
    check("实现零抛荒", &["零 0  抛荒"]);
}

#[test]
fn numerals_that_state_nothing_are_background() {
    for text in [
        "一、总结\n(一)党建\n1.学习\n一是强化",
        "2023年4月5日,近三年,2021—2023年,一季度",
        "百子果产业,百子果之乡",
        "坚持三色一体,落实中央八条规矩",
        "“三个先行”“两大工程”",
        "进一步推动,打造一批品牌,实现多元化,更多",
        "5G基站,G206国道,4A景区,〔2023〕12号,2号楼",
        "第八届人大第四次会议,第三批,第一议题",
        "五年过渡期,成立75周年",
        "年产40万吨矿石技改项目,20万头生猪养殖基地",
        "500万元以上项目,10-500万元项目,千亩示范片",
        "被评为无邪教创建示范乡镇",
        "二、三产业规模较小,一二三产业融合",
        "每月一排查,一户一策,一对一帮扶",
        "项目二期,一期工程",
        "无产业基础,无公害蔬菜",
    ] {
        check(text, &[]);
    }
    let found = figures("第八届人大第四次会议", &lexicon()).claims;
    assert_eq!(found.len(), 2, "background is listed too");
}

#[test]
fn plans_are_told_by_heading_and_sentence() {
    let report = "一、2023年工作总结\n(一)党建\n召开会议11次。\n二、2024年工作计划\n(一)产业。建成2个基地。\n三、建议\n共3条。";
    check(report, &["= 11 次 召开会议", "计 = 2 个 建成", "= 3 条 "]);
    check("力争明年修路5公里。新修3公里", &["计 = 5 公里 力争明年修路", "= 3 公里 新修"]);
    check("达成投资100万元的合作意向", &["计 = 100 万元 达成投资"]);
    check("确保完成12项", &["计 = 12 项 确保完成"]);
    check("阳光计划62人", &["= 62 人 阳光计划"]);
    check("计划投资62万元", &["计 = 62 万元 计划投资"]);
    check(
        "围绕“一区、一园”(即:1个核心区,1个育苗园)",
        &["= 1 区 ", "= 1 园 ", "= 1 个 核心区", "= 1 个 育苗园"],
    );
}

/// The period of each fact and plan.
#[test]
fn the_longest_counter_is_the_unit() {
    check(
        "上门服务7户次,活动26场次,帮扶9户",
        &["= 7 户次 上门服务", "= 26 场次 活动", "= 9 户 帮扶"],
    );
    let found = figures("活动26场次。", &lexicon()).claims;
    assert_eq!((found[0].text.as_str(), found[0].unit.as_deref()), ("26场次", Some("场次")));
}

fn check_periods(text: &str, expected: &[Option<&str>]) {
    let found = figures(text, &lexicon()).claims;
    let stated = found.iter().filter(|claim| claim.kind != Kind::Background);
    let periods: Vec<_> = stated.map(|claim| claim.period.as_deref()).collect();
    assert_eq!(periods, expected, "{text}");
}

#[test]
fn periods_govern_sentence_paragraph_and_section() {
    let since = Some("2023年以来");
    check_periods("2023年以来,共立案3件,结案2件。又立案1件", &[since, since, since]);
    check_periods("共立案3件。上半年立案1件;结案2件。", &[None, Some("上半年"), Some("上半年")]);
    check_periods(
        "一、2023年工作总结\n立案3件。\n二、2024年工作计划\n修路5公里。",
        &[Some("2023年"), Some("2024年")],
    );
    check_periods(
        "2023年总结\n产量3吨。\n1—5月产量2吨。修路1公里",
        &[Some("2023年"), Some("1—5月"), Some("1—5月")],
    );
    check_periods("2023年收入5万元,较2022年增长8%,完成全年任务的98%", &[Some("2023年"); 3]);
    check_periods("连续3个季度完成5项", &[None, None]);
    // What is only compared with governs no more than itself.
    let (last, now) = (Some("上年"), Some("今年"));
    check_periods("今年产量315吨，上年为252吨，增长25%，建成5座", &[now, last, now, now]);
    check_periods("今年出生率由上年的3.9‰降到3.1‰", &[last, now]);
    check_periods("上年结转5件，新收38件，未结7件", &[last, None, None]);
    check_periods("去年发放5万元，惠及30人", &[Some("去年"); 2]);
}

#[test]
fn a_later_year_is_a_plan() {
    check("2023年建成2个。到2025年,建成5个。", &["= 2 个 建成", "计 = 5 个 建成"]);
    check("2023年建成2个。到2022年,建成5个。", &["= 2 个 建成", "= 5 个 建成"]);
}

#[test]
fn hidden_and_bare_numbers_are_flagged() {
    let flags = |text: &str| -> Vec<String> {
        figures(text, &Lexicon::default()).flags.into_iter().map(|flag| flag.text).collect()
    };
    assert_eq!(flags("收入1XX32元,增长21.X%,投入XX万元"), ["1XX32元", "21.X%", "XX万元"]);
    assert_eq!(flags("达到105,"), ["105"]);
    assert_eq!(flags("均XX万元"), ["XX万元"], "a statement around it does not hide it");
    assert!(figures("收入1XX32元", &Lexicon::default()).claims.is_empty());
}

#[test]
fn ratios_roads_and_slogans_are_told_apart() {
    check(
        "三产结构由21:50:29调整为11:65:24",
        &[
            "= 21  三产结构",
            "= 50  三产结构",
            "= 29  三产结构",
            "= 11  调整",
            "= 65  调整",
            "= 24  调整",
        ],
    );
    check("会议8:30开始,县道110改造,“147”行动,“4·25”风暴,“3 1”成果", &[]);
    check("完成8亿元。2、招商引资落户3个。 3.党建", &["= 8 亿元 完成", "= 3 个 招商引资落户"]);
    check("镇六届人大五次、六次会议", &[]);
    check("改造110千伏变电站", &[]);
}

#[test]
fn units_that_are_left_out_or_written_otherwise() {
    check("固定资产投资4.9个亿,同比增长8%", &["= 4.9 个亿 固定资产投资", "= 8 % 固定资产投资"]);
    check("税收入库293万,占13.81万贫困人口", &["= 293 万 税收入库", "= 13.81 万 占"]);
    check("解决500多留守老人用餐", &["余 500  解决"]);
    check("在12村开展,覆盖7县", &["= 12 村 在", "= 7 县 覆盖"]);
    check("会议室1500余平,换门30余面", &["余 1500 平 会议室", "余 30 面 换门"]);
    check("亩均收入万元以上", &["≥ 10000 元 亩均收入"]);
    check("其余3.94万亩均为旱地", &["= 3.94 万亩 其余", "均   其余3.94万亩"]);
    check("引进亿元以上重大项目2个", &["= 2 个 引进亿元以上重大项目"]);
    check(
        "建房20㎡,挖土3m³,修路5km,收瓜8kg",
        &["= 20 ㎡ 建房", "= 3 m³ 挖土", "= 5 km 修路", "= 8 kg 收瓜"],
    );
    let shown = |text: &str| figures(text, &lexicon()).claims[0].shown().unwrap();
    let area = shown("建房20万㎡");
    assert_eq!((area.value.to_string().as_str(), area.unit.as_str()), ("200000", "平方米"));
    let mass = shown("清运8万吨");
    assert_eq!((mass.value.to_string().as_str(), mass.unit.as_str()), ("80000", "吨"));
}

#[test]
fn a_class_that_is_counted_in_is_no_figure() {
    check("35岁以下441名,60岁以上老人8名", &["= 441 名 35岁以下", "= 8 名 60岁以上老人"]);
    check(
        "收入10—15万元的村3个,3万元以下的2个",
        &["= 3 个 收入10—15万元的村", "= 2 个 3万元以下的"],
    );
}

#[test]
fn plans_are_told_by_a_lead_and_by_shall() {
    check("2016年脱贫计划:甲村3户。\n完成2户。", &["计 = 3 户 甲村", "= 2 户 完成"]);
    check("将搬迁12户。将损失降到5万元", &["计 = 12 户 将搬迁", "= 5 万元 将损失降到"]);
    check("争取到位资金5万元,超预期完成3万元", &["= 5 万元 争取到位资金", "= 3 万元 超预期完成"]);
}

#[test]
fn numbers_in_names_are_no_figures() {
    check("世界500强企业,24小时巡查,河东三组、四组,“一带四网格”", &[]);
    check(
        "用时24小时以内,中心小学一座。路4条约600米",
        &["≤ 24 小时 用时", "= 1 座 中心小学", "= 4 条 路", "约 600 米 路"],
    );
    check(
        "人口由750万减少到272万,历经4个多月",
        &["= 750 万 人口", "= 272 万 人口", "余 4 个多月 历经"],
    );
}

#[test]
fn what_only_compares_is_of_the_figure_before() {
    check(
        "收入5万元,较去年增长8%,完成全年任务的98%,是2020年的2倍",
        &["= 5 万元 收入", "= 8 % 收入", "= 98 % 收入", "= 2 倍 收入"],
    );
    check(
        "党员50人,占总人口的6%。干部3人;2名在编",
        &["= 50 人 党员", "= 6 % 党员占总人口的", "= 3 人 干部", "= 2 名 在编"],
    );
    check("辖5个村1个居委会、3个组", &["= 5 个 辖", "= 1 个 居委会", "= 3 个 组"]);
    check("产量31吨，去年同期为28吨", &["= 31 吨 产量", "= 28 吨 产量"]);
    check("79人及格，及格率92%", &["= 79 人 及格", "= 92 % 及格率"]);
}

#[test]
fn zeros_wholes_and_heights_are_told_from_slogans() {
    check(
        "实现零确诊、零感染,发展零售,坚持“动态清零”总方针,开展清零行动",
        &["零 0  确诊", "零 0  感染"],
    );
    check("洪灾未造成人员伤亡。", &["零 0 人 人员伤亡"]);
    check("36个问题全部整改", &["= 36 个 问题全部整改", "全   36个问题"]);
    check("全覆盖排查,实现全覆盖。均达X元", &["全   实现"]);
    check("产量再创新高。幸福指数稳步提升。产量5吨,创历史新高", &["升   产量", "= 5 吨 产量"]);
    check("增量居全县首位,党建摆在首位", &["第 1 位 增量居"]);
    check("全市唯一的示范园", &["= 1 个 全市"]);
    check("预计在12月份开工", &["计 预计 12 月 开工"]);
}

proptest! {
    #[test]
    fn no_digit_is_lost(text in "[共约近户元次万亿0-9.,%。、“”()（）年月日一三十第届X*余以上未发生起均达到\n ]{0,40}") {
        let found = figures(&text, &lexicon());
        let length = text.chars().count();
        let mut covered = vec![false; length];
        let spans = found.claims.iter().map(|c| (c.start, c.end)).chain(found.flags.iter().map(|f| (f.start, f.end)));
        for (start, end) in spans {
            prop_assert!(start < end && end <= length, "{start}..{end}");
            covered[start..end].fill(true);
        }
        for (at, c) in text.chars().enumerate() {
            prop_assert!(covered[at] || !c.is_ascii_digit(), "{c} at {at} of {text}");
        }
    }
}

#[test]
fn the_name_of_a_programme_plans_nothing() {
    let programmes = Lexicon::new(vec!["雨露计划".to_owned()], Vec::new(), Vec::new());
    let kind = |text: &str| figures(text, &programmes).claims[0].kind;
    assert_eq!(kind("雨露计划资助62人"), Kind::Fact);
    assert_eq!(kind("镇里计划资助62人"), Kind::Plan);
}
