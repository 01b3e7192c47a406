//! What the words of claims say.

use proptest::prelude::*;
use prose::{Lexicon, read_claim, read_claim_with};

/// The mark, the predicate in words, and the number with its unit.
fn check(words: &str, mark: &str, says: &str, number: &str) {
    let reading = read_claim(words).unwrap_or_else(|e| panic!("{e}"));
    let range = reading.number_range.clone().unwrap_or(0..0);
    let found: String = words.chars().skip(range.start).take(range.len()).collect();
    let read = (reading.qualifier.symbol(), reading.describe());
    assert_eq!((read.0, read.1.as_str(), found.as_str()), (mark, says, number), "{words}");
    let manner = &reading.manner;
    assert_eq!(format!("{}{found}{}", manner.before, manner.after), words);
}

#[test]
fn numbers_are_read_with_the_words_around_them() {
    for (words, mark, says, number) in [
        ("11次", "=", "等于 11 次", "11次"),
        ("党员7名", "=", "等于 7 名", "7名"),
        ("共立案3件", "=", "等于 3 件", "3件"),
        ("38.605万元", "=", "四舍五入后等于 38.605 万元", "38.605万元"),
        ("年产值达1.18亿元", "=", "四舍五入后等于 1.18 亿元", "1.18亿元"),
        ("90.9%", "=", "四舍五入后等于 90.9%", "90.9%"),
        ("农业机械化率提升至85%", "=", "四舍五入后等于 85%", "85%"),
        ("156 人", "=", "等于 156 人", "156 人"),
        ("300余次", "余", "大于 300 次且小于 400 次", "300余次"),
        ("50余万元", "余", "大于 500000 元且小于 600000 元", "50余万元"),
        ("6000余张", "余", "大于 6000 张且小于 7000 张", "6000余张"),
        ("13.3万余车次", "余", "大于 133000 车次且小于 134000 车次", "13.3万余车次"),
        ("三十多户", "余", "大于 30 户且小于 40 户", "三十多户"),
        ("近3000人", "近", "不少于 2000 人且小于 3000 人", "3000人"),
        ("近15.2万人次", "近", "不少于 151000 人次且小于 152000 人次", "15.2万人次"),
        ("总投资约51亿元", "约", "与 5100000000 元相差不超过 10%", "51亿元"),
        ("200户左右", "约", "与 200 户相差不超过 10%", "200户"),
        ("均达到30万元以上", "均≥", "每个都不少于 300000 元", "30万元"),
        ("某村村集体经济收入可突破50万元", ">", "预计大于 500000 元", "50万元"),
        ("不少于5次", "≥", "不少于 5 次", "5次"),
        ("每网格不超过20户", "≤", "不超过 20 户", "20户"),
        ("20户以内", "≤", "不超过 20 户", "20户"),
        ("不足20户", "<", "小于 20 户", "20户"),
        ("20户以外", ">", "大于 20 户", "20户"),
        ("每月至少开展1次", "≥", "不少于 1 次", "1次"),
        ("一万亩", "=", "四舍五入后等于 1 万亩", "一万亩"),
        ("一万多亩", "余", "大于 10000 亩且小于 20000 亩", "一万多亩"),
        ("逾500亩", ">", "大于 500 亩", "500亩"),
        ("三分之二以上", "≥", "不少于 66.666666666666666666%", "三分之二"),
        ("八成以上", "≥", "不少于 80%", "八成"),
        ("3—5万元", "范围", "不少于 30000 元且不超过 50000 元", "3—5万元"),
        ("三四个", "范围", "不少于 3 个且不超过 4 个", "三四个"),
        ("水质达标率100%", "全", "恰好等于 100%", "100%"),
        ("达100%以上", "≥", "不少于 100%", "100%"),
        ("预计达500万公斤", "预计", "预计四舍五入后等于 500 万公斤", "500万公斤"),
        ("同比增长1.6%", "=", "增加的幅度四舍五入后等于 1.6%", "1.6%"),
        ("同比下降3个百分点", "降", "减少的幅度四舍五入后等于 3 个百分点", "3个百分点"),
        ("增长超过5%", ">", "增加的幅度大于 5%", "5%"),
        ("较上年增加5户", "=", "增加的幅度等于 5 户", "5户"),
        ("增加投入20万元", "=", "四舍五入后等于 20 万元", "20万元"),
    ] {
        check(words, mark, says, number);
    }
}

#[test]
fn words_state_something_without_a_number() {
    for (words, mark, says) in [
        ("未发生一起森林火灾", "零", "等于零"),
        ("没有发生过激行为的恶性事件", "零", "等于零"),
        ("近三年来无进京、省、市访人员", "零", "等于零"),
        ("实现零抛荒", "零", "等于零"),
        ("问题动态清零", "零", "等于零"),
        ("呈现逐年减少的趋势", "降", "一期比一期少,至少 3 期"),
        ("逐年增加", "升", "一期比一期多,至少 3 期"),
        ("全县第一", "第", "排名第 1"),
        ("位列全市第二", "第", "排名第 2"),
        ("率先完成土地征收任务", "第", "排名第 1"),
        ("居全县首位", "第", "排名第 1"),
        ("首届丰收节", "第", "是第 1 届(次)"),
        ("第二届丰收节", "第", "是第 2 届(次)"),
        ("学历均达到或正在提升大专及以上", "均", "恰好等于 100%"),
        ("全部通过验收", "全", "恰好等于 100%"),
        ("巩固多个种植基地", "≥", "不少于 3"),
        ("顺利通过评估验收", "=", "已经做到或者发生"),
        ("成功引进甲公司板材制造项目", "=", "已经做到或者发生"),
        ("2023年4月被评为无邪教创建示范乡镇", "=", "已经做到或者发生"),
        ("被评为全县第一批先进集体", "=", "已经做到或者发生"),
        ("未通过验收", "=", "尚未做到或者发生"),
        ("产值翻一番", "=", "增加的幅度四舍五入后等于 100%"),
        ("参保人数过半", ">", "大于 50%"),
    ] {
        check(words, mark, says, "");
    }
}

#[test]
fn dates_and_names_are_no_numbers_of_a_claim() {
    check("2023年4月召开会议11次", "=", "等于 11 次", "11次");
    check("近三年来立案3件", "=", "等于 3 件", "3件");
    check("一是开展学习30次", "=", "等于 30 次", "30次");
    check("“八大行动”开展学习30次", "=", "等于 30 次", "30次");
    check("打造2个“1号工程”", "=", "等于 2 个", "2个");
    check("5G基站11个", "=", "等于 11 个", "11个");
    let lexicon = Lexicon::new(vec!["百子果三条".to_owned()], vec![], vec![]);
    let reading = read_claim_with("百子果三条生产线11条", &lexicon).unwrap();
    assert_eq!(reading.describe(), "等于 11 条");
    assert!(
        read_claim("百子果三条生产线11条").is_err(),
        "without the set phrase it is two numbers"
    );
}

fn refused(words: &str, parts: &[&str]) {
    let message = read_claim(words).expect_err(words).to_string();
    assert!(parts.iter().all(|part| message.contains(part)), "{message}");
}

#[test]
fn what_cannot_be_read_says_why() {
    refused("6户4栋", &["6户", "4栋", "分成两处"]);
    refused("9间房屋均完成签约", &["9间", "均", "两个说法"]);
    refused("12个村未发生一起事故", &["12个", "未发生一起"]);
    refused("收入1XX32元", &["1XX32元", "隐去"]);
    refused("达到105", &["105", "单位"]);
    refused("卓有成效", &["没有可核验的说法"]);
    refused("", &["没有可核验的说法"]);
    refused("五年过渡期", &["没有可核验的说法"]);
}

#[test]
fn plans_and_forecasts_are_told_from_facts() {
    let flags = |words: &str| read_claim(words).map(|r| (r.plan, r.forecast)).unwrap();
    assert_eq!(flags("力争达到30万元"), (true, false));
    assert_eq!(flags("计划投资500万元"), (true, false));
    assert_eq!(flags("某某计划62人"), (false, false));
    assert_eq!(flags("有望超过50万元"), (false, true));
    let lexicon = Lexicon::new(vec![], vec!["确保".to_owned()], vec![]);
    assert!(read_claim_with("确保5次", &lexicon).unwrap().plan && !flags("确保5次").0);
}

#[test]
fn words_that_look_like_a_bound_are_none() {
    for words in ["节约20万元", "签约20万元", "附近20户", "第3期培训20人"] {
        assert_eq!(read_claim(words).unwrap().qualifier.symbol(), "=", "{words}");
    }
    assert!(!read_claim("人均收入达到2万元以上").unwrap().each);
}

proptest! {
    #[test]
    fn any_words_are_answered(words in "[均约近超不足达0-9.三两百万亿元户人次余多以上%未发生一起第年X“”—、]{0,14}") {
        if let Ok(reading) = read_claim(&words) {
            prop_assert!(!reading.describe().is_empty());
            if let Some(range) = reading.number_range {
                prop_assert!(range.start < range.end && range.end <= words.chars().count());
            }
        }
    }
}
