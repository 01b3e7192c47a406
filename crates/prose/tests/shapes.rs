//! Shapes in which reports write figures, and names that look like them.

mod found;

use found::check;

#[test]
fn numbers_of_a_list_share_the_unit_behind_the_last() {
    check(
        "合格率提高2.5、3.1、4个百分点",
        &["= 2.5 个百分点 合格率", "= 3.1 个百分点 合格率", "= 4 个百分点 合格率"],
    );
    check("人流达12万、9万人次", &["= 12 万人次 人流", "= 9 万人次 人流"]);
    check("收入为31和28万元", &["= 31 万元 收入", "= 28 万元 收入"]);
    check("第3、4期工程", &[]);
}

#[test]
fn units_beyond_the_ledgers_are_read() {
    check("电梯55部,货运班列80列", &["= 55 部 电梯", "= 80 列 货运班列"]);
    check("涉及4部门,粮食18连增", &["= 4 部门 涉及", "= 18 连增 粮食"]);
    check("产值3千亿元,存款5百亿元", &["= 3000 亿元 产值", "= 500 亿元 存款"]);
    check("农具80台(套),牲畜10万只(头)", &["= 80 台(套) 农具", "= 10 万只(头) 牲畜"]);
    check("考核得分91.5分,获3金、2银", &["= 91.5 分 考核得分", "= 3 金 获", "= 2 银 获"]);
    check("设立3分公司", &["= 3  设立"]);
}

#[test]
fn people_and_households_are_counted_without_a_counter() {
    check("惠及1.2万妇女,带动3000余农户", &["= 1.2 万 惠及", "余 3000  带动"]);
    let found = prose::figures("惠及1.2万妇女,带动300农户", &found::lexicon()).claims;
    let units: Vec<_> =
        found.iter().map(|claim| claim.normalized.as_ref().unwrap().unit.as_str()).collect();
    assert_eq!(units, ["人", "户"]);
}

#[test]
fn names_years_and_codes_are_no_figures() {
    check("办理12345便民热线,推出惠企2.0版,争夺2024杯", &[]);
    check("331国道通车,261弄改造,舰载歼-20升空,“科创50”板块", &[]);
    check("第一、二批规划,第3、4中队", &[]);
    check("111月份开工,见［24］,9:45:30签到,09:45:30签到", &[]);
    check(
        "比例由21:50:29调整为11:65:24",
        &["= 21  比例", "= 50  比例", "= 29  比例", "= 11  调整", "= 65  调整", "= 24  调整"],
    );
}

#[test]
fn words_with_a_number_in_them_are_no_figures() {
    check("机场三期、核电二期开工,统筹两个大局,抓好三项重点工作,把握四个方面", &[]);
    check("举办培训班十期", &["= 10 期 举办培训班"]);
    check("打造科技创新高地,实现可持续增长,批零住餐业回暖,推进零基预算", &[]);
}

#[test]
fn a_target_is_plan_and_what_became_of_it_is_fact() {
    check("改厕任务500座,完成520座", &["计 = 500 座 改厕任务", "= 520 座 完成"]);
    check("造林230亩(任务200亩)", &["= 230 亩 造林", "计 = 200 亩 任务"]);
    check(
        "完成任务12件,下达资金5万元,下达通知书30份",
        &["= 12 件 完成任务", "= 5 万元 下达资金", "= 30 份 下达通知书"],
    );
    check("县下达安居工程230户", &["计 = 230 户 县下达安居工程"]);
    check(
        "计划投资800万元,1—10月已完成投资640万元",
        &["计 = 800 万元 计划投资", "= 640 万元 完成投资"],
    );
    check(
        "计划整治旱厕600个,拟采购设备3台,模拟演练5次",
        &["计 = 600 个 计划整治旱厕", "计 = 3 台 拟采购设备", "计 = 5 次 模拟演练"],
    );
    check("全年模拟演练5次", &["= 5 次 模拟演练"]);
    check(
        "力争产值2亿元;新增企业5家。建成3家",
        &["计 = 2 亿元 力争产值", "计 = 5 家 新增企业", "= 3 家 建成"],
    );
    check("预计游客将达到50万人次", &["预计 50 万人次 预计游客"]);
}

#[test]
fn a_heading_of_a_later_year_opens_a_plan() {
    check(
        "一、2023年工作回顾\n种树5亩。\n二、2024年工作\n种树6亩。",
        &["= 5 亩 种树", "计 = 6 亩 种树"],
    );
    check("一、2023年工作回顾\n二、2023年工作\n种树6亩。", &["= 6 亩 种树"]);
}

#[test]
fn parts_of_a_whole_are_shares() {
    check("占全县的1/4,约占总数的五分之一", &["= 25 % 占全县的", "约 20 % 约占总数的"]);
    check("日期2023/4/5", &[]);
}

#[test]
fn an_expected_age_is_no_forecast_and_one_of_many_no_figure() {
    check("预期寿命提高到80岁,预期收入5万元", &["= 80 岁 预期寿命", "预计 5 万元 预期收入"]);
    check("每10万人设3家,就诊人次8.5万", &["= 3 家 每10万人设", "= 8.5 万 就诊人次"]);
}

#[test]
fn a_shortage_is_no_bound() {
    check("线路老化13处,器材不足11处", &["= 13 处 线路老化", "= 11 处 器材不足"]);
    check("存量不足10处,人口不足3万人", &["< 10 处 存量", "< 3 万人 人口"]);
}

#[test]
fn none_is_not_said_of_what_is_counted_behind() {
    check("无还本续贷新增5亿元", &["= 5 亿元 无还本续贷新增"]);
    check("全年无重大事故", &["零 0 起 重大事故"]);
}

#[test]
fn what_is_held_at_a_number_is_at_most_as_much() {
    check(
        "失业率控制在5%,空置率控制在3%左右,损耗率控制在2%以内",
        &["≤ 5 % 失业率", "约 3 % 空置率", "≤ 2 % 损耗率"],
    );
}

#[test]
fn points_money_and_signs_are_read_as_people_write_them() {
    check("GDP达12.3亿,同比增8.5个点,设8个点位", &["= 12.3 亿 GDP", "= 8.5 个点 GDP", "= 8 个 设"]);
    check("浓度降至8μg/m3,装机20kW", &["= 8 μg/m3 浓度", "= 20 kW 装机"]);
    check(
        "入户率由2015年的78%提高到2020年的96%",
        &["= 78 % 入户率由2015年的", "= 96 % 提高到2020年的"],
    );
}

#[test]
fn classes_that_something_is_counted_in_are_no_figures() {
    check(
        "中考600分以上12人,20户以上自然村通路率100%",
        &["= 12 人 中考600分以上", "全 100 % 20户以上自然村通路率"],
    );
    check("10万元以下薄弱村清零", &["零 0  10万元以下薄弱村"]);
    check("提供岗位300个以上", &["≥ 300 个 提供岗位"]);
}

#[test]
fn what_was_done_by_plan_is_fact() {
    check("超计划造林20亩,按计划完成投资3万元", &["= 20 亩 超计划造林", "= 3 万元 按计划完成投资"]);
}

#[test]
fn entries_behind_half_width_marks_are_no_figures() {
    check("1、造林。完成2亩;2、育苗。完成3亩", &["= 2 亩 完成", "= 3 亩 完成"]);
    check("有百亩以上林地18块,罚没款6万元", &["= 18 块 有百亩以上林地", "= 6 万元 罚没款"]);
}

#[test]
fn days_and_times_of_a_date_are_no_figures() {
    check("26日和29日上午9时30分签约,90年代建成,50多年前立村,20世纪", &[]);
    check("30日内办结,历时15日,工期90日", &["= 30 日 内办结", "= 15 日 历时", "= 90 日 工期"]);
    check("4、2023年修好道路\n电话:65092341", &[]);
    check(
        "占收入的1／3,税收超600亿增长5%",
        &["= 33.33333333333333333333 % 占收入的", "> 600 亿 税收", "= 5 % 税收"],
    );
}

#[test]
fn tenths_ages_and_means_are_read() {
    check("入住率超过八成五", &["> 85 % 入住率"]);
    check(
        "平均年龄由49岁降至43岁,户均4万元",
        &["= 49 岁 平均年龄", "= 43 岁 平均年龄", "= 4 万元 户均"],
    );
    check("生均图书28册,罚款4.5万", &["= 28 册 生均图书", "= 4.5 万 罚款"]);
}

#[test]
fn a_point_that_a_space_follows_is_one() {
    let cleaned = prose::clean("投资12. 34亿元,占8. 5%。\n2. 5个村");
    check(&cleaned.text, &["= 12.34 亿元 投资", "= 8.5 % 投资占", "= 5 个 村"]);
}

#[test]
fn what_is_crossed_is_money() {
    check("产值突破百亿大关,超千亿台阶", &["> 100 亿 产值", "> 1000 亿 产值"]);
}
