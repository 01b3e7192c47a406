//! So much for each, times how many, is so much in all.

use ::figure::{Class, Decimal};
use pack::ReviewRule;

use super::reading::each::{base, each, is_in, is_rate, rate_value, scaled, weight};
use super::reading::extent::Extent;
use super::reading::number::Number;
use super::reading::passage::{Passage, across, has_any, pairs, passages};
use crate::finding::Mark;
use crate::paper::Paper;

mod annual;
mod classes;
mod days;
mod divided;
mod explained;
mod heads;
mod lapse;
mod listed;
mod mean;
mod paired;
mod per_day;
mod planted;
mod priced;
mod product;
mod unitary;
mod yearly;

/// Marks totals that a price, a mean or a standard does not lead to.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in &sentences {
        for index in (0..passage.numbers.len()).filter(|i| !is_reckoned(passage, *i)) {
            let mark = checked(passage, index)
                .or_else(|| mean::loose(passage, index))
                .or_else(|| heads::per_head(passage, index))
                .or_else(|| priced::find(passage, index));
            let by_day = unitary::is_by_day(&passage.label(index));
            let mark = mark.filter(|_| !by_day).or_else(|| divided::find(passage, index));
            let mark = mark.or_else(|| product::find(passage, index));
            let mark = mark.or_else(|| yearly::find(passage, index));
            let mark = mark.or_else(|| annual::find(passage, index));
            let mark = mark.or_else(|| days::find(passage, index));
            let mark = mark.or_else(|| listed::find(passage, index));
            let mark = mark.or_else(|| per_day::find(passage, index));
            let mark = mark.or_else(|| paired::find(passage, index));
            marks.extend(mark.or_else(|| planted::find(passage, index)));
        }
    }
    for passage in pairs(&sentences) {
        let plain = (0..passage.numbers.len()).filter(|i| !is_reckoned(&passage, *i));
        marks.extend(plain.filter_map(|index| {
            let mark = mean::loose(&passage, index).or_else(|| priced::find(&passage, index));
            let by_day = unitary::is_by_day(&passage.label(index));
            let mark = mark.filter(|_| !by_day).or_else(|| divided::find(&passage, index));
            mark.or_else(|| product::find(&passage, index))
        }));
    }
    for passage in across(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| priced::find(&passage, i)));
    }
    // Of several classes each leads to no more than its part of the total.
    for passage in sentences.iter().chain(&pairs(&sentences)).chain(&across(&sentences)) {
        for index in (0..passage.numbers.len()).filter(|i| classes::is_total(passage, *i)) {
            let total = paper.origin(&passage.numbers[index].at);
            marks.retain(|mark| mark.at != total);
            marks.extend(classes::find(passage, index));
        }
    }
    marks.retain(|mark| !explained::is_explained(paper, &sentences, mark));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Whether a rate is not all that there is to reckon with: brackets say what else a mean was worked
/// out from, 41877元(按年平均人口34.1万人计算), it comes on top of another, 每户再补2000元, or is
/// paid twice a year, 每学期380元, or by what each really did: 每月800元,按实际在岗月数计发.
fn is_reckoned(passage: &Passage<'_>, index: usize) -> bool {
    let label = passage.label(index);
    let terms = || has_any(&passage.words(passage.range.clone()), &["全年", "学年", "一年"]);
    // 按常住人口计算 beside the 户籍人口: the people meant are not told.
    let words = passage.words(passage.range.clone());
    let of_others = words.contains("户籍") && words.contains("按常住");
    let comes_on_top = has_any(&label, &["再补", "再奖", "再加", "均月增"]);
    if comes_on_top || of_others || label.contains("学期") && terms() {
        return true;
    }
    let words = passage.words(passage.numbers[index].at.end..passage.range.end);
    let behind = words.split('。').next().unwrap_or_default();
    let got = has_any(&words, COLLECTED) && !words.contains("应收");
    // Of those on the list when the year ends not everybody was paid all the year.
    let heads = |n: &Number| n.is(Class::Persons) || n.is(Class::Households);
    let at_end = label.contains('月')
        && (0..passage.numbers.len()).any(|i| {
            heads(&passage.numbers[i])
                && has_any(&passage.label(i), &["年末", "年底", "期末", "当月"])
        });
    // 治理河段6.4公里,其中护岸每公里110万元,另建拦水堰2座: the rate is of a part of it.
    // 每座主体造价8.5万元,项目总投资412万元,含道路等配套设施 is more than the rate is for.
    let of_body = label.contains("主体") && has_any(&words, &["，含", ",含"]);
    let of_part = of_body || label.starts_with("其中") && words.contains('另');
    let changing = has_any(&words, CHANGING) || has_any(&label, &["市场价", "原价", "挂牌价"]);
    if has_any(behind, RECKONED) || got || at_end || changing || of_part {
        return true;
    }
    let own = words.strip_prefix(['(', '（']).and_then(|rest| rest.split([')', '）']).next());
    own.is_some_and(|own| own.contains('按') && has_any(own, &["计算", "测算", "折算", "平均"]))
}

/// Words behind a rate by which each gets as much of it as is due.
const RECKONED: &[&str] = &[
    "按实际",
    "实际在册",
    "各月实际",
    "据实发",
    "据实结",
    "据实核",
    "据实支",
    "按月数",
    "按天数",
    "按出勤",
    "按在岗",
    "按工作量",
    "按履职",
    "多劳多得",
    "不计价",
    "损耗",
    "按质论价",
    "分别计价",
    "加价",
    "优质优价",
    "按等级",
];

/// Words by which not as many are paid for all the time.
const CHANGING: &[&str] =
    &["逐月", "有增有减", "人数变动", "人员变动", "人数变化", "分批上岗", "到期退出", "折结算"];

/// Words by which only some of what is due was got.
const COLLECTED: &[&str] = &["收缴率", "征缴率", "缴费率", "收费率", "收取率", "回收率", "回款率"];

fn checked(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let rate = &passage.numbers[index];
    let each = each(passage, index)?;
    let [unit] = each.units.as_slice() else { return None };
    let base = base(rate)?;
    let numbers = &passage.numbers;
    let segment = segment(passage, index);
    let mut counts: Vec<usize> = segment
        .clone()
        .filter(|i| {
            *i != index
                && !is_rate(passage, *i)
                && is_in(&numbers[*i], *unit)
                && (!each.village || passage.noun(*i).starts_with(['村', '行']))
                && numbers[*i].direction.is_none()
        })
        .collect();
    let totals: Vec<usize> = segment
        .filter(|i| *i != index && !is_rate(passage, *i) && is_in(&numbers[*i], base))
        .collect();
    let times = times(passage, each.monthly);
    let product = |count: usize, times: Decimal| {
        scaled(rate, base)?.times(each.counted(&numbers[count])?)?.times(Extent::exact(times))
    };
    let fits = |count: usize, total: usize| {
        times
            .iter()
            .any(|times| product(count, *times).is_none_or(|p| p.meets(numbers[total].forgiving())))
    };
    if counts.iter().any(|count| totals.iter().any(|total| fits(*count, *total))) {
        return None;
    }
    // 认定46户,…46户补助已拨付: told again it is one count.
    counts.dedup_by_key(|count| numbers[*count].value);
    // A total goes with the rate right before it.
    let total = *totals.iter().find(|total| {
        let mut between = if **total > index { index + 1..**total } else { 0..**total };
        is_total(passage, **total, index) && !between.any(|at| is_rate(passage, at))
    })?;
    // 因部分老人年中才满龄,实发31.8万元: not everybody got all of it.
    let whole = passage.between(index.min(total), index.max(total));
    if has_any(
        &format!("{whole}{}{}", passage.label(total), passage.label(index)),
        &[
            "最高",
            "最低",
            "其中",
            "可支配",
            "实发",
            "实收",
            "收缴率",
            "满龄",
            "年中",
            "不足一年",
            "下浮",
            "上浮",
            "加上",
            "另加",
            "连同",
            "一半",
            "首付",
            "先行",
            "付清",
        ],
    ) {
        return None;
    }
    let [count] = counts.as_slice() else { return None };
    // 其中12人只干半月: the others are counted elsewhere.
    if passage.label(*count).contains("其中")
        && passage.between(*count, total).contains(['，', ','])
    {
        return None;
    }
    if priced::is_led(passage, index, (*count, total), base)
        || mean::is_left_out(passage, (*count, total))
        || mean::is_saved(passage, index, total)
    {
        return None;
    }
    // What else is counted on the way may be paid for as well.
    let (from, to) = ((*count).min(total).min(index), (*count).max(total).max(index));
    let other = (from..=to).any(|at| {
        let number = &numbers[at];
        at != *count
            && at != total
            && at != index
            && !number.is(Class::Months)
            && (!is_rate(passage, at) || number.is_alike(rate))
    });
    if other {
        return None;
    }
    let between = passage.between((*count).min(total).min(index), (*count).max(total).max(index));
    let clear = between.matches([';', '；']).count() == 0
        && between.chars().count() <= 60
        && [*count, total].iter().all(|i| numbers[*i].kind == rate.kind)
        && numbers[total].direction.is_none();
    if !clear {
        return None;
    }
    let at = total;
    let (total, count) = (&numbers[total], &numbers[*count]);
    let months = times.last().filter(|_| each.monthly).copied();
    let exact = rate_value(rate, base)?
        .checked_mul(count.value.checked_div(weight(*unit)?)?)?
        .checked_mul(months.unwrap_or(Decimal::ONE))?;
    if mean::is_made_up(passage, at, exact) {
        return None;
    }
    let factor = months.map(|months| format!("×{months}个月")).unwrap_or_default();
    let message = format!(
        "{}×{}{factor}={},不是{};请核对单价、数量和总额",
        passage.words(rate.at.clone()),
        passage.words(count.at.clone()),
        total.told(passage.paper, exact),
        passage.words(total.at.clone())
    );
    Some(total.mark(passage.paper, message, &[rate, count]))
}

/// The numbers between the semicolons around one.
fn segment(passage: &Passage<'_>, index: usize) -> std::ops::Range<usize> {
    let parted = |at: usize| passage.gap(at).contains([';', '；']);
    let start = (1..=index).rev().find(|at| parted(*at)).unwrap_or(0);
    let end = (index + 1..passage.numbers.len()).find(|at| parted(*at));
    start..end.unwrap_or(passage.numbers.len())
}

/// How many months a monthly amount may have been paid; once for all others.
fn times(passage: &Passage<'_>, monthly: bool) -> Vec<Decimal> {
    if !monthly {
        return vec![Decimal::ONE];
    }
    let stated = passage.numbers.iter().filter(|n| n.is(Class::Months)).map(|n| n.value);
    let stated: Vec<Decimal> = stated.collect();
    if !stated.is_empty() {
        return stated;
    }
    (1..=12).map(Decimal::from).collect()
}

/// Whether a number is the total of something: 共, 合计 or 总 stands before it.
fn is_total(passage: &Passage<'_>, total: usize, rate: usize) -> bool {
    let label = passage.label(total);
    let yearly = has_any(&label, &["一年", "每年", "年"]) && total > rate && label.contains("收");
    let said = has_any(&label, &["共", "合计", "总", "全年", "累计", "即"])
        || yearly
        || (total.abs_diff(rate) <= 2
            && has_any(&label, &["发放", "支付", "兑现", "月发", "年产"])
            && total > rate);
    said && !has_any(&label, &["全镇", "全县", "其中"])
        && passage.numbers[total].kind == passage.numbers[rate].kind
        && is_of_same(&label, &passage.words(passage.range.start..passage.numbers[rate].at.start))
}

/// Whether a total is named as the rate is, or by no name of its own.
fn is_of_same(label: &str, before: &str) -> bool {
    const PLAIN: &[&str] = &[
        "烟农",
        "果农",
        "茶农",
        "菜农",
        "农户",
        "农民",
        "群众",
        "村民",
        "全年",
        "共计",
        "合计",
        "总计",
        "累计",
        "一共",
        "共",
        "总",
        "即",
        "需",
        "要",
        "支付",
        "支出",
        "发放",
        "投入",
        "兑现",
        "补助",
        "补贴",
        "资金",
        "工资",
        "费用",
        "款",
        "金额",
        "产量",
        "产值",
        "收入",
        "增收",
        "租金",
        "产",
        "达",
        "为",
        "计",
        "约",
        "了",
        "实现",
        "可",
        "预计",
        "额",
        "已",
        "花费",
        "村集体",
        "仅这一项",
        "仅此一项",
        "一年",
        "每年",
        "增加",
        "就",
        "可为",
        "能为",
        "带来",
        "给",
        "销售",
        "年",
        "报酬",
        "拨付",
        "下拨",
        "落实",
        "争取",
        "到",
        "租",
        "金",
    ];
    let rest = PLAIN.iter().fold(label.to_owned(), |rest, word| rest.replace(word, ""));
    // 年产鲜鱼 goes with 每亩产鱼.
    let end = rest.chars().next_back().filter(|_| rest.chars().count() <= 3);
    rest.is_empty() || before.contains(&rest) || end.is_some_and(|end| before.contains(end))
}
