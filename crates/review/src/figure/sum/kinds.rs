//! Whether the parts that are named make up the whole.

use ::figure::{Class, Decimal};

use super::axes::is_of_axis;
use super::partitions::is_partition;
use super::parts::{Join, Parts, group_start, is_yearly};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::passage::{Passage, has_any};

/// Labels of the last part, that leave nothing over.
pub(super) const REST: &[&str] = &["其他", "其它", "其余", "剩余", "余下", "剩下", "别的"];

/// Whether the words say, or their kinds make plain, that the parts are all there is.
pub(in crate::figure) fn is_whole(passage: &Passage<'_>, parts: &Parts) -> bool {
    if parts.open {
        return false;
    }
    let lead = passage.between(parts.whole, parts.members[0]);
    if has_any(&lead, &["分别是", "分别为", "依次是", "依次为"]) && parts.members.len() > 1
    {
        return true;
    }
    let labels: Vec<String> = parts.members.iter().map(|i| named(passage, *i)).collect();
    let end = parts.members.last().map_or(0, |i| passage.numbers[*i].at.end);
    let tail: String = passage.words(end..passage.range.end).chars().take(16).collect();
    const NO_MORE: &[&str] = &["再无其他", "没有其他", "别无其他", "无其他", "再无其它"];
    let closed = has_any(&tail, &["除此", "此外"]) && has_any(&tail, NO_MORE);
    if parts.members.len() > 1 && closed {
        return true;
    }
    if is_yearly(passage, parts) || is_counted(passage, parts) {
        return true;
    }
    let rest = labels.last().is_some_and(|label| has_any(label, REST));
    rest || matches!(parts.join, Join::Composed | Join::Beside) || is_partition(&labels)
}

/// The words around a member; of the second of two numbers that count one thing, those of the
/// first: 农村低保 for 1048人 in 农村低保472户1048人.
fn named(passage: &Passage<'_>, member: usize) -> String {
    let first = group_start(passage, member);
    let own = passage.around(member);
    if first == member { own } else { format!("{}{own}", passage.label(first)) }
}

/// Whether the words behind the list count its members: `…三个片区均已收尾`.
fn is_counted(passage: &Passage<'_>, parts: &Parts) -> bool {
    let Some(last) = parts.members.last() else { return false };
    let Some(next) = passage.numbers.get(last + 1) else { return false };
    let count = Decimal::from(i64::try_from(parts.members.len()).unwrap_or(0));
    let gap = passage.gap(last + 1);
    let named = next.value == count
        && next.is(Class::Items)
        && gap.chars().count() <= 3
        && gap.starts_with([',', '，', ';', '；']);
    let noun = passage.noun(last + 1);
    let kind = |index: &usize| {
        let label = passage.label(*index);
        label.chars().last().is_some_and(|end| noun.chars().take(4).any(|c| c == end))
    };
    named && parts.members.iter().all(kind)
}

/// Whether words end in the name of a place or a body.
pub(in crate::figure) fn is_body(label: &str) -> bool {
    BODIES.iter().any(|body| label.ends_with(body))
}

/// Marks of persons and things that one and the same may have at once.
pub(in crate::figure) const ATTRIBUTES: &[&str] = &[
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
    "享受",
    "领取",
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

/// Marks of persons among them.
const WHO: &[&str] = &[
    "女",
    "男",
    "岁",
    "少数民族",
    "党员",
    "农民",
    "残疾",
    "返乡",
    "退役",
    "留守",
    "低保",
    "年轻",
    "青年",
    "老",
    "干部",
    "群众",
    "贫困",
    "脱贫",
];

/// Whether what might be a whole is named as its first part is and stands in a row with it behind
/// a larger number: 西片180户 before 北片130户.
pub(in crate::figure) fn is_fellow(passage: &Passage<'_>, whole: usize, first: usize) -> bool {
    let (own, other) = (passage.label(whole), passage.label(first));
    let total = &passage.numbers[whole];
    let above = passage.told_before(80);
    let larger = above
        .iter()
        .chain(&passage.numbers[..whole])
        .any(|n| n.is_kin(total) && n.value > total.value);
    let alike = own.chars().last().is_some_and(|end| other.ends_with(end));
    alike && larger && !has_any(&own, &["共", "总", "合"])
}

/// Ends of the names of places and bodies, which nobody is in two of.
const BODIES: &[&str] = &[
    "村", "社区", "组", "镇", "乡", "县", "区", "局", "所", "站", "班", "校", "院", "支部", "小学",
    "中学", "专业", "公司", "厂", "系", "片", "片区", "街", "街道", "园", "线", "段", "户型",
    "分局", "中心",
];

/// Where somebody or something is: in one of them.
const REGIONS: &[&str] = &[
    "省外", "省内", "市外", "市内", "县外", "县内", "镇外", "镇内", "境外", "境内", "本地", "外地",
    "就近", "区内", "区外",
];

/// Whether parts are told by how far they have come, so that a later stage is within an earlier one:
/// 已落地18个,开工14个,竣工5个.
pub(super) fn is_of_stages(labels: &[String]) -> bool {
    const STAGES: &[&str] = &["入库", "落地", "开工", "竣工", "投产", "投用", "达产"];
    const NOT_YET: &[&str] = &["未", "在建", "前期", "筹", "正在"];
    let reached = labels.iter().filter(|label| has_any(label, STAGES)).count();
    reached > 1 && !labels.iter().any(|label| has_any(label, NOT_YET))
}

/// Whether nothing can be in two of the parts. People have several marks at once, so that only
/// places and bodies divide them for sure.
pub(in crate::figure) fn is_disjoint(passage: &Passage<'_>, parts: &Parts) -> bool {
    let labels: Vec<String> = parts.members.iter().map(|i| named(passage, *i)).collect();
    // 标准化卫生室11个,去年改造3个,今年改造4个: what was done with some of them when.
    let dated = |label: &String| has_any(label, &["去年", "今年", "上年", "年内", "当年"]);
    if labels.iter().any(dated) && !labels.iter().all(dated) {
        return false;
    }
    let people = matches!(
        passage.numbers[parts.whole].class,
        Some(Class::Persons | Class::Households | Class::Visits)
    );
    let body = |label: &String| is_body(label);
    let grade =
        |label: &String| label.contains(['级', '类', '型', '档', '式']) && !label.contains("人才");
    // Those outside the province are outside the county as well.
    let outside = labels.iter().filter(|l| l.contains('外') && !l.contains('内')).count();
    let where_to = |label: &String| outside < 2 && has_any(label, REGIONS);
    let divided =
        labels.iter().all(body) || labels.iter().all(grade) || labels.iter().all(where_to);
    if is_of_stages(&labels) {
        return false;
    }
    if is_of_axis(&labels) {
        return true;
    }
    if people && !divided {
        return false;
    }
    // What is given to one is not given to another, whatever both of them are.
    let given = passage.numbers[parts.whole].is(Class::Money);
    // 新塘村 is the name of a place, whatever its characters mean alone.
    let marked = |label: &String| {
        let label = label.replace("农民专业合作社", "");
        let named = is_body(&label);
        // So is 退休干部第一支部.
        let who = given || label.ends_with("支部") || label.ends_with("小组");
        let own = |mark: &str| named && mark.chars().count() == 1 || who && WHO.contains(&mark);
        ATTRIBUTES.iter().any(|mark| label.contains(mark) && !own(mark))
    };
    labels.iter().all(|label| !label.is_empty() && !marked(label))
}

/// A list that ends its sentence and comes close to its total was meant to make it.
pub(in crate::figure) fn is_near(passage: &Passage<'_>, parts: &Parts, sum: Extent) -> bool {
    let total = &passage.numbers[parts.whole];
    // Kinds of one thing, named alike, were meant to be all of them even where they miss by more;
    // 其中 often leaves a tenth unsaid.
    let parts_of = match parts.join {
        Join::Among if is_alike_named(passage, parts) => 10,
        _ if is_alike_named(passage, parts) && parts.members.len() > 2 => 4,
        _ if is_alike_named(passage, parts) => 10,
        Join::Among => 20,
        _ => 10,
    };
    // Visitors come at other times than on holidays as well.
    let holidays = |i: &usize| has_any(&passage.label(*i), &["假期", "长假", "黄金周", "期间"]);
    // A colon opens all of what is counted otherwise.
    let opened = passage.between(parts.whole, parts.members[0]).contains([':', '：']);
    if parts.members.iter().all(holidays) && (!opened || total.is(Class::Visits)) {
        return false;
    }
    let Some(room) = total.value.checked_div(Decimal::from(parts_of)) else { return false };
    let near = total.extent.widened(room).is_some_and(|wide| wide.meets(sum));
    let named = is_alike_named(passage, parts);
    let least = if parts.join == Join::Among && !named { 3 } else { 2 };
    // Where more is told behind the list, only a list of one kind of names is sure to be all.
    let whole = parts.last || (named && parts.members.len() > 2 && parts.ended);
    let close = total
        .value
        .checked_div(Decimal::TEN)
        .and_then(|room| total.extent.widened(room))
        .is_some_and(|wide| wide.meets(sum));
    near && !parts.open
        && whole
        && (parts.last || close)
        && parts.members.len() >= least
        && is_disjoint(passage, parts)
}

/// Whether all the labels end in the same two characters: 邻里纠纷、土地纠纷、婚姻纠纷.
fn is_alike_named(passage: &Passage<'_>, parts: &Parts) -> bool {
    let end = |index: &usize| {
        let label = passage.label(*index);
        let label = if label.is_empty() { passage.noun(*index) } else { label };
        // One character is enough where it names a kind: 内科、外科、中医科.
        let kind = label.ends_with(|c| "科类种型段级期式园场村组".contains(c));
        let tail: Vec<char> = label.chars().rev().take(if kind { 1 } else { 2 }).collect();
        (kind || tail.len() == 2).then_some(tail)
    };
    let ends: Vec<_> = parts.members.iter().map(end).collect();
    ends.first().is_some_and(|first| first.is_some() && ends.iter().all(|end| end == first))
}
