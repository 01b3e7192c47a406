//! Claims in free text.

use proptest::prelude::*;
use prose::{Kind, Lexicon, figures};

fn lexicon() -> Lexicon {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    Lexicon::new(words("百子果 三色一体 中央八条规矩"), words("确保"), words("网格 车床"))
}

/// Facts and plans as `mark value unit subject`, plans with a `计` before them.
fn check(text: &str, expected: &[&str]) {
    let found = figures(text, &lexicon());
    let chars: Vec<char> = text.chars().collect();
    for claim in &found.claims {
        let slice: String = chars[claim.start..claim.end].iter().collect();
        assert_eq!(slice, claim.text, "offsets in {text}");
        assert_eq!(claim.line, 1 + slice_lines(&chars[..claim.start]), "line in {text}");
    }
    let stated: Vec<String> = found
        .claims
        .iter()
        .filter(|claim| claim.kind != Kind::Background)
        .map(|claim| {
            let plan = if claim.kind == Kind::Plan { "计 " } else { "" };
            let mark = claim.qualifier.map_or("", |q| q.symbol());
            let value = claim.value.map_or(String::new(), |v| v.to_string());
            let unit = claim.unit.as_deref().unwrap_or("");
            format!("{plan}{mark} {value} {unit} {}", claim.subject.as_deref().unwrap_or(""))
        })
        .collect();
    assert_eq!(stated, expected, "{text}");
}

fn slice_lines(chars: &[char]) -> usize {
    chars.iter().filter(|c| **c == '\n').count()
}

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
    check("产值预计达500万元", &["预计 500 万元 产值"]);
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
    check("实现零抛荒", &["零 0  实现"]);
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

#[test]
fn periods_govern_the_figures_of_their_sentence() {
    let found = figures("2023年以来,共立案3件,结案2件。又立案1件", &Lexicon::default()).claims;
    let periods: Vec<_> = found.iter().map(|claim| claim.period.as_deref()).collect();
    assert_eq!(periods, [Some("2023年以来"), Some("2023年以来"), Some("2023年以来"), None]);
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
