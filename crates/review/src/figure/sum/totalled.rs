//! A total told behind a row of its parts, in whatever words: 再加上其余各项2245万元,支出合计12300万元.

use ::figure::{Class, Decimal};

use super::marked::marked;
use super::partitions::is_plain_partition;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark, some_fit};
use crate::figure::reading::role;
use crate::finding::Mark;

const SUM: &[&str] = &["合计", "共计", "总计", "总共", "加起来", "加总", "合起来", "总和", "一共"];

/// Words that open the clause of a sum.
const ADDED: &[&str] =
    &["两项相加", "三项相加", "各项相加", "相加", "加起来", "合在一起", "合起来"];

/// Words by which a number is no part of the sum, or the sum is of more.
const NOT: &[&str] = &[
    "其中", "累计", "平均", "以来", "历年", "同比", "增", "每", "均", "比", "较", "占", "等", "含",
    "去年", "上年", "计划", "目标", "任务", "包括", "重复", "交叉", "剔除", "扣除", "办结", "审结",
    "整改",
];

/// Marks a total that no reading of the numbers right before it makes.
pub(super) fn find(passage: &Passage<'_>, total: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let whole = &numbers[total];
    let label = role::clause(passage, total);
    let label = if has_any(&passage.gap(total), ADDED) { format!("合计{label}") } else { label };
    let gap = passage.gap(total);
    let above = has_any(&gap, &["以上", "上述"])
        && has_any(&gap, &["类", "项", "者", "合"])
        && has_any(&gap, &["总", "共", "合"]);
    let all =
        has_any(&label, &["总数", "总量", "总额"]) && passage.gap(total).chars().count() <= 16;
    let named = has_any(&label, SUM) || above || all;
    let joined = gap.ends_with('共') || gap.ends_with("合计") || gap.ends_with("共计");
    let may = named || joined || has_any(&passage.gap(total), &["全年", "累计", "共", "总"]);
    // 三项合计32天 sums up days as well.
    let is_amount = whole.is_amount() || (named && whole.is(Class::Days));
    if !may || !is_amount || !whole.is_exact() || whole.unit.is_empty() {
        return None;
    }
    let mut row: Vec<usize> = Vec::new();
    let mut asides: Vec<String> = Vec::new();
    for i in (0..total).rev() {
        let number = &numbers[i];
        // 三批合起来4695亩 tells how many are added.
        let how_many = i + 1 == total && number.value <= Decimal::from(12);
        if how_many && !number.is_kin(whole) && has_any(&gap, ADDED) {
            continue;
        }
        if number.is(Class::Share)
            || number.is(Class::Points)
            || passage.label(i).contains(['较', '比'])
        {
            asides.push(passage.label(i));
            continue;
        }
        let apart = passage.words(number.at.end..numbers[*row.last().unwrap_or(&total)].at.start);
        let marks = apart.matches([',', '，', ';', '；', '、']).count();
        // Before a total of the year the row of its quarters may be a sentence of its own.
        // 打捆离田1.9万吨。两项相加,全镇共处理…: the row may end with its sentence.
        let stop = row.len() >= 2 || named && !(row.is_empty() && has_any(&gap, ADDED));
        if !number.is_kin(whole) || (stop && apart.contains('。')) || marks > 4 {
            break;
        }
        row.push(i);
    }
    row.reverse();
    let parts: Vec<&Number> = row.iter().map(|i| &numbers[*i]).collect();
    let words = passage.words(numbers[*row.first()?].at.start..whole.at.start);
    let words = asides.iter().fold(words, |words, aside| words.replace(aside, ""));
    // 再加上年结余430万元 is a part as well.
    let words = ["较上年", "比上年", "上年结余", "上年结转", "加上年"]
        .iter()
        .fold(words, |words, other| {
            words.replace(other, if *other == "加上年" { "加上" } else { "" })
        });
    // 下半年克服雨水多、运料难的困难又完成9.7公里 is of the whole clause.
    let clause = |i: &usize| -> String {
        let gap = passage.gap(*i);
        gap.rsplit(is_clause_mark).next().unwrap_or_default().trim().to_owned()
    };
    let lead: String = row.first().map(clause)?;
    let labels: Vec<String> = row.iter().map(clause).collect();
    let quarters = lead.contains("季度") && has_any(&lead, &["分别", "依次"]) && parts.len() == 4;
    let stretch = is_of_stretch(&labels, &gap);
    let divided = is_plain_partition(&labels) || quarters || stretch;
    let added = has_any(&words, &["加上", "其余", "剩下"]) || has_any(&words, ADDED);
    let beside = is_beside(passage, &row, total);
    let enough = divided || beside || named && (parts.len() >= 3 || parts.len() == 2 && added);
    let words = if divided { words.replace("累计", "").replace("增", "") } else { words };
    let plain = parts
        .iter()
        .all(|n| n.is_kin(whole) && n.is_exact() && n.kind == whole.kind && n.value < whole.value);
    let lead = if divided { lead.replace("增加值", "") } else { lead };
    let lead = if quarters || stretch { lead.replace("新增", "") } else { lead };
    if !enough || !plain || has_any(&words, NOT) || has_any(&lead, NOT) {
        return None;
    }
    let zero = Extent::exact(Decimal::ZERO);
    if parts.len() > 7 || some_fit(zero, &parts, whole.forgiving()) {
        return None;
    }
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = sum.checked_sub(whole.value)?.abs();
    if gap.checked_mul(Decimal::from(4))? > whole.value {
        return None;
    }
    marked(passage, whole, &parts)
}

/// Whether numbers are of all parts of the stretch of the year that their total is of: 一季度…,
/// 二季度…,上半年共….
fn is_of_stretch(labels: &[String], gap: &str) -> bool {
    const STRETCHES: &[(&str, &[&str])] = &[
        ("上半年", &["一季度", "二季度"]),
        ("前三季度", &["一季度", "二季度", "三季度"]),
        ("前三季度", &["上半年", "三季度"]),
        ("下半年", &["三季度", "四季度"]),
        ("一季度", &["1月", "2月", "3月"]),
        ("二季度", &["4月", "5月", "6月"]),
        ("三季度", &["7月", "8月", "9月"]),
        ("四季度", &["10月", "11月", "12月"]),
    ];
    STRETCHES.iter().any(|(whole, parts)| {
        let clause = gap.trim_start_matches([',', '，', '。', ';', '；']).strip_prefix(whole);
        // 上半年全镇各部门共受理 and 上半年连同上年结转共发放 are of more than the parts.
        let plain = |c: char| {
            "共累计合总一全已实际达到为了".contains(c) || labels[0].contains(c) && c != '上'
        };
        let told = clause.is_some_and(|rest| rest.chars().all(plain));
        let each = |(label, part): (&String, &&str)| label.contains(*part);
        told && parts.len() == labels.len() && labels.iter().zip(*parts).all(each)
    })
}

/// `16个行政村、3个社区共19个村居`: two numbers and what they are of right before their total, which
/// is called after the first.
fn is_beside(passage: &Passage<'_>, row: &[usize], total: usize) -> bool {
    let [first, second] = row else { return false };
    let (name, behind) = (passage.noun(*first), passage.noun(total));
    let gap = passage.between(*second, total);
    let between = passage.between(*first, *second);
    let plain = |words: &str, end: &str| {
        words.strip_suffix(end).is_some_and(|noun| noun.chars().all(char::is_alphanumeric))
    };
    let summed = ["共计", "合计", "共"].iter().any(|end| plain(&gap, end));
    let joined = ["、", "和", "与"].iter().any(|end| plain(&between, end));
    *second + 1 == total
        && *first + 1 == *second
        && summed
        && joined
        && name.chars().any(|c| behind.contains(c))
}
