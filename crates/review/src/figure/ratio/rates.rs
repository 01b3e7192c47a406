//! Names of rates with the words for what they are of.

use ::figure::Class;

use crate::figure::ratio::usable;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};

/// Rates that are a part over a whole, with the words that name the part.
pub(super) const RATES: &[(&str, &[&str])] = &[
    ("参保率", &["参保", "缴费", "投保"]),
    ("参合率", &["参合", "参保"]),
    ("参训率", &["参训", "参加培训"]),
    ("签约率", &["签约", "签订"]),
    ("办结率", &["办结", "已办", "办理"]),
    ("结案率", &["结案", "办结", "审结"]),
    ("化解率", &["化解", "调处", "调解"]),
    ("调解率", &["调解", "调处"]),
    ("成功率", &["成功", "化解"]),
    ("合格率", &["合格"]),
    ("通过率", &["通过", "合格", "符合"]),
    ("优良率", &["优良"]),
    ("达标率", &["达标"]),
    ("整改率", &["整改", "销号"]),
    ("销号率", &["销号"]),
    ("到位率", &["到位"]),
    ("开工率", &["开工"]),
    ("竣工率", &["竣工", "完工"]),
    ("完工率", &["完工", "竣工"]),
    ("投产率", &["投产"]),
    ("覆盖率", &["覆盖", "安装", "建成", "通"]),
    ("普及率", &["改造", "使用", "普及", "通"]),
    ("入户率", &["入户", "走访", "通"]),
    ("走访率", &["走访"]),
    ("接种率", &["接种"]),
    ("支付率", &["支付", "支出", "付"]),
    ("支出率", &["支出", "支付"]),
    ("执行率", &["执行", "支出", "花", "支付", "用"]),
    ("收缴率", &["收缴", "缴纳", "收取"]),
    ("缴费率", &["缴费", "缴纳"]),
    ("入学率", &["入学"]),
    ("就业率", &["就业"]),
    ("使用率", &["使用"]),
    ("利用率", &["利用"]),
    ("流转率", &["流转"]),
    ("建档率", &["建档"]),
    ("管理率", &["管理"]),
    ("回访率", &["回访"]),
    ("满意率", &["满意"]),
    ("发放率", &["发放"]),
    ("登记率", &["登记"]),
    ("颁证率", &["颁证"]),
    ("采集率", &["采集"]),
    ("录入率", &["录入"]),
    ("检测率", &["检测"]),
    ("免疫率", &["免疫"]),
    ("成活率", &["成活"]),
    ("响应率", &["响应"]),
    ("响应率", &["回应"]),
    ("见面率", &["见面"]),
    ("出勤率", &["出勤", "到会"]),
    ("到会率", &["到会", "参会"]),
    ("参会率", &["参会", "到会"]),
    ("参与率", &["参与"]),
    ("知晓率", &["知晓"]),
    ("改厕率", &["改厕", "改造"]),
    ("脱贫率", &["脱贫"]),
    ("破案率", &["破案", "破获", "侦破"]),
    ("占有率", &["占有"]),
    ("入园率", &["入园"]),
    ("落实率", &["落实"]),
    ("解决率", &["解决"]),
    ("兑现率", &["兑现"]),
    ("回收率", &["回收", "收回", "有效"]),
    ("出租率", &["出租"]),
    ("入住率", &["入住"]),
    ("转化率", &["转化"]),
    ("验收率", &["验收"]),
    ("完成率", &["完成"]),
    ("城镇化率", &["城镇"]),
    ("发生率", &["贫困", "发生"]),
    ("进度", &["完成", "到位", "支出", "支付"]),
];

/// Words for the whole of a rate.
pub(super) const WHOLE: &[&str] = &[
    "应", "共", "总", "计划", "任务", "目标", "全部", "受理", "收到", "接到", "抽检", "抽查",
    "检查", "排查", "现有", "有", "全年", "发现", "需", "预算", "辖", "符合", "发放", "印发",
    "送检", "报名", "参加", "投放", "下发", "登记", "申请", "申报", "全县", "全镇", "全村", "全乡",
    "全区",
];

/// Words by which a rate is of some of those that are told beside it.
const NARROWER: &[&str] = &[
    "以上",
    "以下",
    "规上",
    "重点",
    "主要",
    "高危",
    "大型",
    "首批",
    "试点",
    "示范",
    "应届",
    "工程进度",
    "形象进度",
    "按期",
    "按时",
    "到期",
    "法定",
    "计入",
    "认定",
    "集中",
    "规范化",
    "标准化",
    "智能化",
    "动态",
    "专业",
    "专职",
];

/// Whether a rate names a kind of its own that nothing before it does: 25人以上企业建会率.
pub(super) fn is_narrower(passage: &Passage<'_>, index: usize) -> bool {
    let own = passage.label(index);
    let end = passage.numbers[index].at.start.saturating_sub(own.chars().count());
    let before = passage.words(passage.range.start..end);
    // 蔬菜类不合格率 is of the vegetables, 失业率 of more people than have no work.
    let kind = own.split_once('类').is_some_and(|(kind, _)| !before.contains(kind));
    // 占比超过三成的是化工类 tells which of them has it.
    let which = passage.noun(index).starts_with("的是");
    which
        || NARROWER.iter().any(|word| own.contains(word) && !before.contains(word))
        || kind
        || own.contains("失业率")
        || own.starts_with("其中") && own.contains('率') && !own.contains('占')
        || is_of_each(passage, index)
        || is_of_untold(&own, &before)
        || is_of_measure(passage, index, &own, &before)
}

/// Whether a rate is what each of those counted right before it has: 8件满意率超过九成.
fn is_of_each(passage: &Passage<'_>, index: usize) -> bool {
    let own = passage.gap(index).replace("年度", "").replace("季度", "");
    let named = own.contains(['率', '度']) && !has_any(&own, &["占", "比例", "比率"]);
    let counted = index.checked_sub(1).is_some_and(|of| usable(&passage.numbers[of]));
    named && counted && !own.contains(is_clause_mark)
}

/// Whether a rate bears the name of what nothing before it speaks of: 麻疹疫苗接种率 beside 加强针.
fn is_of_untold(own: &str, before: &str) -> bool {
    const OF_ALL: &[&str] = &[
        "全", "我", "年", "月", "总", "综", "整体", "群众", "社会", "村民", "居民", "任务", "率",
        "目前", "实际", "平均", "季度", "公众", "各",
    ];
    let Some((name, _)) = own.split_once('率') else { return false };
    let length = name.chars().count();
    let lead: String = name.chars().take(length.saturating_sub(2)).collect();
    let told = lead.chars().any(|c| before.contains(c) || !c.is_alphabetic());
    // A rate told first has all that it is of behind it.
    !before.is_empty() && lead.chars().count() >= 3 && !told && !has_any(&lead, OF_ALL)
}

/// Whether a share is of households or a measure that nothing before it tells, beside other things:
/// 规上企业42家,其中高新企业13家,高新产业增加值占45%.
fn is_of_measure(passage: &Passage<'_>, index: usize, own: &str, before: &str) -> bool {
    const MEASURES: &[&str] = &[
        "增加值",
        "产值",
        "产量",
        "收入",
        "面积",
        "投资",
        "税收",
        "销售额",
        "营收",
        "用电",
        "利润",
    ];
    let last = passage.numbers[..index].iter().rev().find(|n| usable(n));
    if own.contains("入户率") && last.is_some_and(|n| !n.is(Class::Households)) {
        return true;
    }
    let counted = last.is_some_and(|n| n.class.is_none_or(Class::is_counted));
    counted && MEASURES.iter().any(|word| own.contains(word) && !before.contains(word))
}
