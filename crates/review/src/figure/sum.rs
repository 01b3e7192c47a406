//! A total that is not the sum of its parts.

use ::figure::{Class, Decimal};
use pack::ReviewRule;

use super::extent::Extent;
use super::number::Number;
use super::parts::{self, Join, Parts};
use super::passage::{Passage, has_any, passages};
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks totals that their parts do not make.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    for passage in passages(paper) {
        for index in 0..passage.numbers.len() {
            let marked = behind(&passage, index).or_else(|| before(&passage, index));
            marks.extend(marked);
        }
    }
    marks
}

/// The total stands before its parts.
fn behind(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let parts = parts::behind(passage, whole)?;
    let total = &passage.numbers[whole];
    let members: Vec<&Number> = parts.members.iter().map(|i| &passage.numbers[*i]).collect();
    if members.len() < 2 || total.is(Class::Share) || !comparable(total, &members) {
        return None;
    }
    // What stands behind the list may belong to it, and its end may not.
    let alike: Vec<&Number> =
        passage.numbers[parts.members[0]..].iter().filter(|n| n.is_alike(total)).collect();
    if (2..=alike.len()).any(|count| fits(total, &alike[..count])) || fits(total, &members) {
        return None;
    }
    if passage.numbers[..whole].iter().any(|n| n.is_alike(total) && fits(n, &members)) {
        return None;
    }
    let sum = total_of(&members)?;
    let exceeds = sum.low > total.forgiving().high;
    let oversized = members.iter().any(|part| part.extent.low > total.forgiving().high);
    if oversized && parts.join == Join::Among {
        return None;
    }
    (is_whole(passage, &parts)
        || (exceeds && is_disjoint(passage, &parts))
        || is_near(passage, &parts, sum))
    .then(|| total.mark(passage.paper, message(total, &members), &members))
}

/// The total stands behind its parts: `甲4个、乙6个,共10个`.
fn before(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    const TOTAL: &[&str] = &[
        "共",
        "共计",
        "合计",
        "总计",
        "总共",
        "一共",
        "合计为",
        "共有",
        "总数为",
        "合计达",
        "共计达",
    ];
    let total = &passage.numbers[whole];
    let label = passage.label(whole);
    // 三项合计, 以上共计
    let short = label.chars().count() <= 4
        && ["合计", "共计", "总计"].iter().any(|word| label.ends_with(word));
    let plain = TOTAL.contains(&label.as_str()) || short;
    let verb = label.strip_prefix('共').or_else(|| label.strip_prefix("累计")).unwrap_or_default();
    let repeated = verb.chars().count() >= 2
        && whole >= 2
        && passage.gap(first_of(passage, whole)).contains(verb);
    if !(plain || repeated) {
        return None;
    }
    let first = first_of(passage, whole);
    let mut members: Vec<&Number> =
        passage.numbers[first..whole].iter().filter(|n| n.is_alike(total)).collect();
    // The total may stand before its parts as well.
    if members.len() > 2 && members[0].value == total.value {
        members.remove(0);
    }
    if members.len() < 2 || !comparable(total, &members) || total.is(Class::Share) {
        return None;
    }
    if passage.gap(first).contains("其中") || parts::behind(passage, first).is_some() {
        return None;
    }
    if (0..members.len() - 1).any(|from| fits(total, &members[from..])) {
        return None;
    }
    // 共有 may count what there is altogether.
    let sum = total_of(&members)?;
    if label == "共有" && sum.high < total.extent.low {
        return None;
    }
    Some(total.mark(passage.paper, message(total, &members), &members))
}

/// The first of the numbers in one unit that form a list right before the total.
fn first_of(passage: &Passage<'_>, whole: usize) -> usize {
    let total = &passage.numbers[whole];
    // 三项合计: what is counted there are the members.
    let counted = whole.checked_sub(1).filter(|at| {
        let number = &passage.numbers[*at];
        !number.is_alike(total)
            && passage.gap(whole).trim().chars().count() <= 2
            && number.unit == "项"
    });
    let mut first = counted.unwrap_or(whole);
    while let Some(at) = first.checked_sub(1) {
        let number = &passage.numbers[at];
        let gap = if first == whole || Some(first) == counted {
            String::new()
        } else {
            passage.gap(first)
        };
        let clauses = gap.matches([',', '，', ';', '；', ':', '：']).count();
        if !number.is_alike(total) || clauses > 1 || number.direction.is_some() {
            break;
        }
        first = at;
    }
    first
}

fn comparable(total: &Number, members: &[&Number]) -> bool {
    total.class.is_some_and(|class| {
        !matches!(
            class,
            Class::Rank | Class::Points | Class::Multiples | Class::Years | Class::Days
        )
    }) && total.direction.is_none()
        && members
            .iter()
            .all(|part| part.kind == total.kind && part.extent.high < super::extent::boundless())
}

fn total_of(members: &[&Number]) -> Option<Extent> {
    let zero = Extent::exact(Decimal::ZERO);
    members.iter().try_fold(zero, |sum, part| sum.plus(part.rounded()))
}

/// Whether the parts make the total, rounding forgiven; `true` where that cannot be told.
fn fits(total: &Number, members: &[&Number]) -> bool {
    // Whole numbers in one unit are added as they stand.
    if members.iter().all(|part| part.digit == total.digit && part.is_whole()) && total.is_whole() {
        let zero = Extent::exact(Decimal::ZERO);
        let sum = members.iter().try_fold(zero, |sum, part| sum.plus(part.extent));
        return sum.is_none_or(|sum| sum.meets(total.forgiving()));
    }
    total_of(members).is_none_or(|sum| sum.meets(total.forgiving()))
}

fn message(total: &Number, members: &[&Number]) -> String {
    let sum: Decimal = members
        .iter()
        .map(|part| part.value)
        .fold(Decimal::ZERO, |a, b| a.checked_add(b).unwrap_or(a));
    let gap = (total.value - sum).abs();
    let terms: Vec<String> = members.iter().map(|part| total.shown(part.value)).collect();
    format!(
        "{}≠{}={},差{};请核对总数或分项",
        total.shown(total.value),
        terms.join("+"),
        total.shown(sum),
        total.shown(gap)
    )
}

/// Labels that leave nothing over.
const REST: &[&str] = &["其他", "其它", "其余", "剩余", "余下"];

/// Kinds that together are all there is.
const PARTITIONS: &[&[&str]] = &[
    &["男", "女"],
    &["税收", "非税"],
    &["城镇", "农村"],
    &["城市", "农村"],
    &["城市", "乡村"],
    &["城镇", "乡村"],
    &["一产", "二产", "三产"],
    &["第一产业", "第二产业", "第三产业"],
    &["第一", "第二", "第三"],
    &["一季度", "二季度", "三季度", "四季度"],
    &["上半年", "下半年"],
    &["新建", "续建"],
    &["新建", "改扩建"],
    &["新建", "改建"],
    &["新建", "维修"],
    &["国内", "境外"],
    &["国内", "国外"],
    &["常住", "流动"],
    &["脱贫", "边缘", "突发"],
    &["稳定", "边缘", "突发"],
    &["早稻", "中稻", "晚稻"],
    &["早稻", "晚稻"],
    &["夏粮", "秋粮"],
    &["水田", "旱地"],
    &["公办", "民办"],
    &["城乡低保", "特困"],
    &["城市低保", "农村低保"],
    &["城镇低保", "农村低保"],
    &["集中供养", "分散供养"],
    &["集中", "分散"],
    &["优秀", "合格", "不合格"],
    &["重大", "一般"],
    &["线上", "线下"],
    &["财政", "自筹"],
    &["上级", "自筹"],
    &["自筹", "补助"],
    &["配套", "补助"],
    &["中央", "省", "市", "县"],
    &["中央", "省级", "市县"],
    &["中央", "省级", "县级"],
    &["中央", "地方"],
    &["省级", "市级", "县级"],
    &["省", "市", "县"],
    &["正式", "预备"],
    &["在职", "离退休"],
    &["在职", "退休"],
    &["行政", "事业"],
    &["已", "未"],
    &["已", "正在"],
    &["办结", "在办"],
    &["办结", "正在办理"],
    &["完工", "在建"],
    &["竣工", "在建"],
    &["完成", "正在"],
    &["一级", "二级", "三级"],
    &["甲", "乙", "丙"],
    &["来信", "来访", "网上"],
    &["来信", "来访"],
    &["村", "社区"],
    &["行政村", "居委会"],
    &["村委会", "居委会"],
    &["小学", "初中", "高中"],
    &["小学", "中学"],
    &["转入", "转出"],
    &["轻工业", "重工业"],
    &["干流", "支流"],
    &["短期", "中长期"],
    &["短期", "中期", "长期"],
    &["流动资产", "固定资产"],
    &["县内", "县外"],
    &["省内", "省外"],
    &["县内", "县外", "省外"],
    &["县内", "省外", "省内"],
    &["寄宿", "走读"],
    &["住院", "门诊"],
    &["货运", "客运"],
    &["大型", "中型", "小型"],
    &["大", "中", "小"],
    &["新", "旧"],
    &["生产经营", "生活"],
    &["耕地", "林地", "草地"],
    &["山区", "丘陵", "平原"],
    &["专任", "后勤"],
    &["普通", "职业"],
    &["个人", "集体"],
    &["个人", "单位"],
    &["职工", "居民"],
    &["人工", "自然"],
    &["专职", "兼职"],
    &["户籍", "外来"],
    &["本地", "外地"],
    &["室内", "室外"],
    &["水域", "陆地"],
    &["固定", "流动"],
    &["有劳动能力", "无劳动能力"],
    &["现场", "网络"],
    &["电话", "网络"],
    &["合格", "不合格"],
    &["优秀", "合格", "基本合格"],
    &["县道", "乡道", "村道"],
    &["高中", "初中"],
    &["公立", "私立"],
];

/// Whether the words say, or their kinds make plain, that the parts are all there is.
fn is_whole(passage: &Passage<'_>, parts: &Parts) -> bool {
    if parts.open {
        return false;
    }
    let labels: Vec<String> = parts.members.iter().map(|i| passage.around(*i)).collect();
    let rest = labels.last().is_some_and(|label| has_any(label, REST));
    rest || parts.join == Join::Composed || is_partition(&labels)
}

pub(super) fn is_partition(labels: &[String]) -> bool {
    PARTITIONS.iter().any(|kinds| {
        kinds.len() == labels.len()
            && kinds.iter().all(|kind| labels.iter().any(|label| label.contains(kind)))
            && labels.iter().all(|label| kinds.iter().any(|kind| label.contains(kind)))
    })
}

/// Marks of persons and things that one and the same may have at once.
const ATTRIBUTES: &[&str] = &[
    "女",
    "男",
    "岁",
    "学历",
    "大专",
    "本科",
    "以上",
    "以下",
    "少数民族",
    "党员",
    "流动",
    "农民",
    "残疾",
    "返乡",
    "退役",
    "留守",
    "低保",
    "年轻",
    "青年",
    "骨干",
    "优秀",
    "先进",
    "重点",
    "省级",
    "市级",
    "县级",
    "国家级",
    "民间",
    "工业",
    "技改",
    "房地产",
    "民营",
    "规上",
    "限上",
    "新增",
    "新",
    "最",
    "贫困",
    "脱贫",
    "高级",
    "龙头",
    "示范",
    "老",
    "干部",
    "群众",
    "亿元",
    "万元",
    "税收",
    "一般公共预算",
];

/// Ends of the names of places and bodies, which nobody is in two of.
const BODIES: &[&str] = &[
    "村", "社区", "组", "镇", "乡", "县", "区", "局", "所", "站", "班", "校", "院", "支部", "小学",
    "中学", "专业", "公司", "厂", "系",
];

/// Whether nothing can be in two of the parts. People have several marks at once, so that only
/// places and bodies divide them for sure.
fn is_disjoint(passage: &Passage<'_>, parts: &Parts) -> bool {
    let labels: Vec<String> = parts.members.iter().map(|i| passage.around(*i)).collect();
    let people =
        matches!(passage.numbers[parts.whole].class, Some(Class::Persons | Class::Households));
    let body = |label: &String| BODIES.iter().any(|body| label.ends_with(body));
    let grade =
        |label: &String| label.contains(['级', '类', '型', '档', '式']) && !label.contains("人才");
    if people && !(labels.iter().all(body) || labels.iter().all(grade)) {
        return false;
    }
    labels.iter().all(|label| !label.is_empty() && !has_any(label, ATTRIBUTES))
}

/// A list that ends its sentence and comes close to its total was meant to make it.
fn is_near(passage: &Passage<'_>, parts: &Parts, sum: Extent) -> bool {
    let total = &passage.numbers[parts.whole];
    // Kinds of one thing, named alike, were meant to be all of them even where they miss by more;
    // 其中 often leaves a tenth unsaid.
    let parts_of = match parts.join {
        _ if is_alike_named(passage, parts) && parts.members.len() > 2 => 4,
        _ if is_alike_named(passage, parts) => 10,
        Join::Among => 20,
        _ => 10,
    };
    let Some(room) = total.value.checked_div(Decimal::from(parts_of)) else { return false };
    let near = total.extent.widened(room).is_some_and(|wide| wide.meets(sum));
    let named = is_alike_named(passage, parts);
    let least = if parts.join == Join::Among && !named { 3 } else { 2 };
    near && !parts.open && parts.last && parts.members.len() >= least && is_disjoint(passage, parts)
}

/// Whether all the labels end in the same two characters: 邻里纠纷、土地纠纷、婚姻纠纷.
fn is_alike_named(passage: &Passage<'_>, parts: &Parts) -> bool {
    let end = |index: &usize| {
        let label = passage.label(*index);
        let label = if label.is_empty() { passage.noun(*index) } else { label };
        let tail: Vec<char> = label.chars().rev().take(2).collect();
        (tail.len() == 2).then_some(tail)
    };
    let ends: Vec<_> = parts.members.iter().map(end).collect();
    ends.first().is_some_and(|first| first.is_some() && ends.iter().all(|end| end == first))
}
