//! Rows of parts that are all there is: the words divide the whole (分税种看), count its parts
//! (全乡就这三类) or deny any other (没有其他), or a row of plain names opens right behind it.

use ::figure::{Class, Decimal};

use super::counted::{counts, is_closed, is_named_before, is_named_row, is_split};
use super::disjoint::is_twofold;
use super::kinds::{ATTRIBUTES, REST, is_fellow};
use super::marked::marked;
use super::parts::NEXT;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark, ones, without_brackets};
use crate::figure::reading::role::{self, Way};
use crate::figure::sum::fits;
use crate::finding::Mark;

/// Why a row is all there is, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// 全乡就这三个片区, 没有其他.
    Closed,
    /// 按畜种看:.
    Divided,
    /// `75所:高中2所、初中9所…`, `共配发186件,轮椅54件、…`.
    Opened,
    /// `审批136宗,新建78宗、翻建39宗、改扩建22宗`.
    Beside,
}

/// Words by which only some of the parts are told.
const SOME: &[&str] =
    &["主要", "重点", "较大", "较多", "突出", "典型", "部分", "首批", "等", "至少"];

/// Words of a number that is no part of its own.
pub(super) const ASIDE: &[&str] = &[
    "其中",
    "含",
    "占",
    "均",
    "每",
    "比上",
    "较上",
    "比去",
    "较去",
    "同比",
    "去年",
    "上年",
    "累计",
    "合计",
    "总计",
    "共计",
    "前三季度",
    "现有",
    "目前",
    "年末",
    "年底",
    "期末",
    "月末",
    "余额",
    "结余",
    "比",
    "较",
    "净",
    "调整后",
    "合并后",
];

/// Marks a total that the row of all its parts does not make.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let total = &passage.numbers[whole];
    if !is_plain(total) || is_aside(passage, whole) {
        return None;
    }
    let from = announced(passage, whole);
    let first = (from.unwrap_or(whole + 1)..passage.numbers.len())
        .find(|i| is_part(&passage.numbers[*i], total))?;
    let row = row(passage, first, total)?;
    let reason = reason(passage, whole, &row, from.is_some())?;
    let parts: Vec<&Number> = row.iter().map(|i| &passage.numbers[*i]).collect();
    // 收进1860吨,出库2350吨 are no parts of what there was.
    let ways: Vec<Way> = row.iter().map(|i| role::way(passage, *i)).collect();
    if ways.contains(&Way::In) && ways.contains(&Way::Out) {
        return None;
    }
    if is_twofold(passage) || is_read_otherwise(passage, whole, &row) {
        return None;
    }
    let value = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = value.checked_sub(total.value)?;
    let part = match reason {
        Reason::Closed => 4,
        Reason::Divided if gap > Decimal::ZERO => 5,
        Reason::Divided => 8,
        Reason::Opened => 11,
        // Sums of money have names that hold each other: 工业投资, 技改投资.
        Reason::Beside if gap > Decimal::ZERO && !total.is(Class::Money) => 8,
        Reason::Beside if parts.len() > 3 => 12,
        Reason::Beside => 18,
    };
    let near = gap.abs().checked_mul(Decimal::from(part))? <= total.value;
    near.then(|| marked(passage, total, &parts)).flatten()
}

/// Marks a total behind a row whose parts were counted before it: 分三段施工,第一段3.2公里,
/// 第二段4.6公里,第三段2.9公里,全线11.2公里.
pub(super) fn behind(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let total = &numbers[whole];
    let label = passage.label(whole);
    if !is_plain(total) || is_aside(passage, whole) || has_any(&label, &["剩", "余", "还", "每"])
    {
        return None;
    }
    let part = |i: &usize| {
        let n = &numbers[*i];
        is_part(n, total)
            && is_plain(n)
            && n.kind == total.kind
            && n.value < total.value
            && !has_any(&passage.label(*i), ASIDE)
    };
    let count = (0..whole).rev().take_while(part).count();
    let first = whole - count;
    let before = passage.words(passage.range.start..numbers[first].at.start);
    let words = passage.words(passage.range.clone());
    let told =
        (3..=8).contains(&count) && counts(&before, count, &["分", "共", "有", "设", "就", "只"]);
    let row: Vec<&Number> = numbers[first..whole].iter().collect();
    if !told || is_twofold(passage) || has_any(&words, SOME) || fits(total, &row) {
        return None;
    }
    let value = row.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = value.checked_sub(total.value)?.abs();
    (gap.checked_mul(Decimal::from(8))? <= total.value)
        .then(|| marked(passage, total, &row))
        .flatten()
}

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact()
}

/// Whether a number may be a part of a total: of its kind, or told in its size and without the
/// unit that both have.
pub(super) fn is_part(number: &Number, total: &Number) -> bool {
    let short = number.unit.is_empty()
        && number.class.is_none()
        && number.size > Decimal::ONE
        && number.size == total.size
        && !total.unit.is_empty();
    // 2.84万头(只): the parts are counted in one or the other.
    let both = (total.counter.contains(['(', '（']) || total.counter == "头只")
        && !number.counter.is_empty()
        && total.counter.contains(|c| number.counter.starts_with(c));
    (number.is_kin(total) && !number.unit.is_empty()) || short || both
}

pub(super) fn is_aside(passage: &Passage<'_>, index: usize) -> bool {
    // 完成生态修复任务3.85万亩 tells what was done.
    let label = passage.label(index);
    let done = label.contains("完成") && !label.contains(['应', '需', '要', '须', '未']);
    let label = if done { label.replace("任务", "") } else { label };
    has_any(
        &label,
        &["其中", "同比", "去年", "上年", "计划", "目标", "任务", "年初", "期初", "原有", "结转"],
    ) || label.contains(['较', '比', '净'])
}

/// The numbers of one kind that begin with one, up to the end of its sentence.
fn row(passage: &Passage<'_>, first: usize, total: &Number) -> Option<Vec<usize>> {
    let mut row: Vec<usize> = Vec::new();
    for (index, number) in passage.numbers.iter().enumerate().skip(first) {
        let gap = passage.gap(index);
        let apart = row.last().map(|last| passage.between(*last, index)).unwrap_or_default();
        // Behind 按投资额分 another 按 divides the whole anew.
        if apart.contains('。') || !row.is_empty() && is_dividing(&gap) {
            break;
        }
        // 38户156人 is one part in two units, and a share says more of it.
        if !is_part(number, total) {
            // 封山育林涉及两个施业区,完成1.46万亩: a few of something else are told of the part.
            let next = passage.numbers.get(index + 1).filter(|next| is_part(next, total));
            let marks = |words: &str| words.matches(is_clause_mark).count();
            let behind = passage.gap(index + 1);
            let few = number.value < Decimal::TEN
                && number.class.is_some_and(Class::is_counted)
                && next.is_some()
                && marks(&gap) <= 1
                && marks(&behind) == 1
                && (gap.contains([';', '；']) || behind.contains([';', '；']));
            // 5000万元以下8个: a size in the name of a part.
            // 5000万元以上不足1亿元6个: or the two sizes that it is between.
            let after = passage.numbers.get(index + 2).filter(|_| !number.is_kin(total));
            let reaches = next.or(after.filter(|n| is_part(n, total))).is_some();
            let sized = reaches
                && ["以上", "以下", "及以上", "（含", "(含", "至", "—", "-", "不足", "不到"]
                    .iter()
                    .any(|word| behind.starts_with(word));
            let upper = next.is_some() && gap.starts_with("以上不") && gap.chars().count() <= 4;
            let beside = few
                || sized
                || upper
                || behind.is_empty() && next.is_some()
                || gap.chars().count() <= 1
                || number.is(Class::Share);
            if beside || row.is_empty() {
                continue;
            }
            break;
        }
        let label = passage.label(index);
        if label.ends_with(['这', '就', '只', '仅']) {
            break;
        }
        // 医生13人,护士15人,别的10人: what is left is of the row before it.
        if row.is_empty() && REST.iter().any(|rest| label.starts_with(rest)) {
            return None;
        }
        let own = if row.is_empty() { label.replace("其中", "") } else { label };
        // 其他各税合计1.26亿元 is a part.
        let rest = has_any(&own, &["其他", "其它", "其余", "各"]);
        let own = if rest { own.replace("合计", "").replace("共计", "") } else { own };
        // What is told behind a plain row, with another total or of a whole place or time, is of
        // something else.
        let wide = ["全年", "全镇", "全乡", "全县", "全区", "全市", "今年", "同时"];
        if !row.is_empty() && (has_any(&own, ASIDE) || has_any(&own, &wide)) {
            break;
        }
        // 按用途安排:…: what is given to each is no plan where the whole has come.
        let given = passage.words(total.at.end..passage.numbers[first].at.start).contains("安排");
        let of_kind = number.kind == total.kind || given;
        let fits = is_plain(number) && of_kind && number.value < total.value;
        if !fits || has_any(&own, ASIDE) {
            return None;
        }
        row.push(index);
    }
    (2..=12).contains(&row.len()).then_some(row)
}

fn reason(passage: &Passage<'_>, whole: usize, row: &[usize], divided: bool) -> Option<Reason> {
    let numbers = &passage.numbers;
    let (first, last) = (*row.first()?, *row.last()?);
    let total = &numbers[whole];
    let lead = passage.between(whole, first);
    let end = numbers[last].at.end;
    let behind = without_brackets(&passage.words(end..passage.range.end));
    // 除这三样外没有种别的药材 may be a sentence of its own that has no number.
    let chars = &passage.paper.chars;
    let line = end..chars.len().min(end + 40);
    let near: String = chars[line].iter().take_while(|c| **c != '\n').collect();
    let clause = behind.trim_start_matches(|c: char| c.is_alphanumeric());
    let next: String = clause.chars().skip(1).take_while(|c| !is_clause_mark(*c)).collect();
    let tail: String = behind.chars().take_while(|c| !is_clause_mark(*c)).collect();
    let rest = ["其余", "其他", "其它", "剩余", "余下", "剩下", "另有", "此外", "还有", "另外"];
    let before = passage.words(
        numbers[whole].at.start.saturating_sub(24).max(passage.range.start)
            ..numbers[whole].at.start,
    );
    if is_closed(&lead, row.len()) || is_closed(&near, row.len()) || is_split(&before, row.len()) {
        return Some(Reason::Closed);
    }
    let more = next.starts_with('等');
    if more || has_any(&lead, SOME) || has_any(&tail, SOME) || has_any(&next, &rest) {
        return None;
    }
    let labels: Vec<String> = row.iter().map(|i| passage.label(*i)).collect();
    if divided || is_named_row(&before, &labels) || is_named_before(&before, &labels) {
        return Some(Reason::Divided);
    }
    let own = passage.label(whole);
    let colon = lead.contains([':', '：']) && lead.chars().count() <= 18;
    let comma = lead.matches([',', '，']).count() == 1 && lead.chars().count() <= 14;
    let alone = lead.starts_with('。') && !lead.contains([',', '，']);
    let all = ["共", "总", "合计", "累计", "各类", "各级", "全部"];
    let stock = has_any(&own, &all) || has_any(&own, &["登记", "现有", "在册"]);
    let summed = has_any(&own, &all) && !has_any(&own, &["公共", "共建", "共享", "共同"]);
    let tight = (first + 1..=last)
        .all(|i| passage.gap(i).matches([',', '，', '、', ';', '；']).count() <= 1);
    let named = labels.iter().all(|label| {
        let bare = label.trim_start_matches("其中");
        (1..=14).contains(&bare.chars().count()) && !has_any(bare, &["以上", "以下", "新增", "最"])
    });
    let things = !matches!(total.class, Some(Class::Persons | Class::Households | Class::Visits))
        // 退休干部第二支部 is one of the bodies.
        || !labels.iter().any(|label| has_any(label, ATTRIBUTES) && !label.ends_with("支部"));
    if lead.contains("其中") || !tight || !named || !things {
        return None;
    }
    // 其他收入5.7万元 at the end leaves nothing over.
    let left = labels.last().is_some_and(|label| REST.iter().any(|word| label.starts_with(word)));
    let opened = lead.starts_with('。') && lead.chars().count() <= 20;
    if left && row.len() >= 3 && (colon || comma || alone || opened) {
        return Some(Reason::Divided);
    }
    // 登记单位1286家,法人单位874家,产业活动单位432家
    let end = |words: &str| words.chars().rev().take(2).collect::<String>();
    let kinds = labels.iter().all(|label| end(label) == end(&own) && label.chars().count() > 2)
        && own.chars().count() > 2
        && !labels.iter().any(|label| has_any(label, ATTRIBUTES));
    if row.len() >= 3 && (colon || comma && summed) || kinds && comma && stock {
        return Some(Reason::Opened);
    }
    let deeds = labels.iter().any(|label| has_any(label, NEXT));
    (row.len() >= 3 && (comma || alone) && !deeds).then_some(Reason::Beside)
}

/// Where the numbers begin before which words divide a whole.
fn announced(passage: &Passage<'_>, whole: usize) -> Option<usize> {
    (whole + 1..passage.numbers.len()).find(|index| is_dividing(&passage.gap(*index)))
}

/// Whether words divide a whole: `分税种看,`, `新办证件按类别分:`, `所办案件分四类:`.
fn is_dividing(gap: &str) -> bool {
    const ENDS: &[&str] = &[
        "看", "分", "划分", "统计", "区分", "来分", "来说", "归类", "分类", "计", "构成", "分布",
        "归集", "核算", "算",
    ];
    let clauses: Vec<&str> = gap.split(is_clause_mark).collect();
    clauses.iter().take(clauses.len().saturating_sub(1)).any(|clause| {
        let lead = clause.trim();
        let of = lead.find(['按', '从', '依']).map(|at| &lead[at..]);
        of.is_some_and(|of| {
            (3..=12).contains(&of.chars().count())
                && ENDS.iter().any(|end| of.ends_with(end))
                && !has_any(lead, &["主要", "重点", "总体", "整体", "全年", "情况看"])
        }) || lead.starts_with('分') && lead.ends_with('看') && lead.chars().count() <= 8
            || gap.contains(':') && (2..=9).any(|count| is_split(lead, count))
            || gap.contains('：') && (2..=9).any(|count| is_split(lead, count))
    })
}

/// Whether some other reading of the numbers makes a total: some of the row, or the row with what
/// is told before it.
pub(super) fn is_read_otherwise(passage: &Passage<'_>, whole: usize, row: &[usize]) -> bool {
    let numbers = &passage.numbers;
    let total = &numbers[whole];
    let earlier: Vec<&Number> =
        numbers[..row[0]].iter().filter(|n| is_part(n, total) || is_part(total, n)).collect();
    let one = Decimal::from(ones(passage, &total.counter));
    let makes = |parts: &[&Number], whole: &Number| {
        let value = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
        let near = value.and_then(|value| value.checked_sub(whole.value));
        fits(whole, parts) || near.is_none_or(|gap| !one.is_zero() && gap.abs() <= one)
    };
    let parts: Vec<&Number> = row.iter().map(|i| &numbers[*i]).collect();
    let mut all = vec![total];
    all.extend(&parts);
    let is_near = |parts: &[&Number], whole: &Number| {
        let value = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
        let gap = value.and_then(|value| value.checked_sub(whole.value));
        gap.and_then(|gap| gap.abs().checked_mul(Decimal::from(5)))
            .is_some_and(|gap| gap <= whole.value)
    };
    // A part of the row is the whole of nothing that follows it.
    let fellow = earlier.iter().any(|n| {
        n.at != total.at
            && (makes(&all, n)
                || is_near(&all, n)
                || n.value > total.value
                    && total.at.start > n.at.start
                    && earlier.iter().any(|other| other.value == n.value && makes(&parts, other)))
    });
    // 城镇487.3亿元,乡村39.7亿元;从行业看,批发…、住宿…: the row divides both together.
    let between = (whole..row[0]).map(|i| &numbers[i]).filter(|n| is_part(n, total));
    let both = between.clone().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value));
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value));
    let together = between.count() > 1 && both == sum;
    let same = together || is_fellow(passage, whole, row[0]);
    let some = (2..=parts.len()).any(|count| {
        earlier.iter().any(|n| makes(&parts[..count], n) || makes(&parts[parts.len() - count..], n))
    });
    let behind = numbers[row[row.len() - 1] + 1..].iter().filter(|n| is_part(n, total));
    fellow || same || some || behind.clone().any(|n| makes(&parts, n) || n.value == total.value)
}
