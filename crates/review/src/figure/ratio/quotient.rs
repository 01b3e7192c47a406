//! The two numbers that a share can only be of, where no set phrase names them.

use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};

/// Words by which a rate is of fewer, or of others, than are told beside it.
const NARROW: &[&str] = &[
    "按时",
    "按期",
    "及时",
    "法定",
    "一次",
    "当年",
    "首次",
    "扣除",
    "剔除",
    "不含",
    "除",
    "可比",
    "毛",
    "加权",
    "平均",
    "亩均",
    "综合",
    "抽样",
    "抽查",
    "折算",
    "同口径",
    "森林覆盖率",
    "城镇化",
    "林木",
    "绿化",
    "增长",
    "同比",
    "提高",
    "下降",
    "高于",
    "低于",
    "较",
    "上年",
    "去年",
    "序时",
];

/// Characters that say nothing of what a rate is of.
const BLANK: &str = "率比例重占的达到为了约近超过已有全总人数合共高仅只就";

/// Where the sentence of a number begins, among the numbers of its passage.
fn sentence(passage: &Passage<'_>, index: usize) -> usize {
    (1..=index).rev().find(|at| passage.gap(*at).contains('。')).unwrap_or(0)
}

/// Where the clauses behind the last semicolon begin, if they have a part and a whole of their own.
fn clause(passage: &Passage<'_>, index: usize, usable: fn(&Number) -> bool) -> Option<usize> {
    let from = (1..=index).rev().find(|at| passage.gap(*at).contains([';', '；']))?;
    let own = &passage.numbers[from..index];
    let last = own.last()?;
    (own.iter().filter(|n| usable(n) && n.is_kin(last)).count() >= 2).then_some(from)
}

/// The part and the whole of a share.
pub(super) fn pair(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    told_inside(passage, index, usable)
        .or_else(|| told_around(passage, index, label, usable))
        .or_else(|| of_only(passage, index, label, usable))
        .or_else(|| rate_of(passage, index, label, usable))
}

/// `3.2亿元,占一般公共预算支出4亿元的75%`.
fn told_inside(
    passage: &Passage<'_>,
    index: usize,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let whole = index.checked_sub(1)?;
    let part = whole.checked_sub(1)?;
    let gap = passage.gap(index);
    let plain = !gap.contains(|c: char| !c.is_alphanumeric()) && gap.ends_with('的');
    // 完成区下达1.2亿元年度任务的104.2%
    let named = plain && has_any(&gap, &["任务", "计划", "目标", "预算"]);
    let joined = named || plain && gap.starts_with('的') && gap.chars().count() <= 6;
    let label = passage.label(whole);
    let of = ["占", "约占", "仅占", "已占", "只占", "相当于", "完成"]
        .iter()
        .any(|word| label.starts_with(word));
    // 完成1200亩,为年度任务1000亩的130%
    let task = ["为", "是", "达", "达到", "已达", "已达到"].iter().any(|word| {
        label.strip_prefix(word).is_some_and(|of| has_any(of, &["任务", "计划", "目标", "预算"]))
    });
    let of = of || task;
    let of = of || named && has_any(&label, &["占", "完成"]);
    let plain = numbers[part].is_alike(&numbers[whole])
        && usable(&numbers[part])
        && usable(&numbers[whole])
        && passage.gap(whole).matches([',', '，', ';', '；', '。']).count() <= 1
        && !has_any(&label, &["上年", "去年", "同期"]);
    (joined && of && plain).then_some((part, whole))
}

/// `120人中退役军人占九成,达到96人`, `七成的农户(350户中的245户)`: the part is told behind.
fn told_around(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let next = index + 1;
    let behind = numbers.get(next).filter(|n| usable(n))?;
    let gap = passage.gap(next);
    let told = gap.trim_start_matches([',', '，', '(', '（']);
    if let Some(whole) =
        index.checked_sub(1).filter(|i| usable(&numbers[*i]) && numbers[*i].is_kin(behind))
    {
        let said = matches!(told, "达到" | "达" | "共" | "有" | "即" | "为" | "计" | "共有" | "约");
        let of = label.ends_with('占')
            && passage.gap(index).chars().count() <= 14
            && behind.value < numbers[whole].value;
        return (said && of).then_some((next, whole));
    }
    let third = numbers.get(next + 1).filter(|n| usable(n) && n.is_kin(behind))?;
    let opened = gap.contains(['(', '（']) || gap.contains("即");
    let close = gap.chars().count() <= 12 && passage.gap(next + 1).chars().count() <= 8;
    let joined = has_any(&passage.gap(next + 1), &["中", "/", "里", "有", "共"]);
    if !(opened && close && joined) {
        return None;
    }
    Some(if third.value < behind.value { (next + 1, next) } else { (next, next + 1) })
}

/// `全镇老人4200人,其中失能老人630人,占老年人口的20%`: the only two numbers in one unit.
fn of_only(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let mut part = index.checked_sub(1)?;
    if !usable(&numbers[part]) {
        return None;
    }
    let first = sentence(passage, index);
    let alike: Vec<usize> = (first..part)
        .filter(|i| numbers[*i].is_alike(&numbers[part]) && usable(&numbers[*i]))
        .collect();
    let [whole] = alike.as_slice() else { return None };
    let mut whole = *whole;
    let at = label.find('占')?;
    // 通车42公里,全长60公里,通车里程占八成: the part was told first.
    if numbers[part].value > numbers[whole].value
        && common(&label[..at], &passage.around(whole)) >= 2
    {
        (part, whole) = (whole, part);
    }
    // 占全市 is of more than the town's.
    let wider = ["全省", "全市", "全国", "全县", "全区"];
    let (of, lead) = (&label[at + '占'.len_utf8()..], &label[..at]);
    let named: String = wider.iter().fold(of.to_owned(), |rest, word| rest.replace(word, ""));
    let named: String = named.chars().filter(|c| !BLANK.contains(*c)).collect();
    let around = format!("{}{}", passage.gap(whole), passage.noun(whole));
    let beyond = wider.iter().any(|word| of.contains(word) && !around.contains(word));
    let shares = named.chars().filter(|c| around.contains(*c)).count();
    let joined = passage.between(whole, part).contains("其中")
        || passage
            .gap(part)
            .split([',', '，'])
            .next()
            .is_some_and(|clause| clause.ends_with(['中', '里', '内']))
        || (label == "占"
            && has_any(
                &passage.gap(whole),
                &["在职", "现有", "共", "全", "总", "应", "在册", "登记"],
            ));
    let of_it = if named.is_empty() {
        joined || (lead.chars().count() >= 2 && common(lead, &passage.around(part)) >= 2)
    } else {
        shares * 2 >= named.chars().count().max(2) || (joined && shares > 0)
    };
    // 占年度计划 is of the plan for the year.
    let yearly = |words: &str| has_any(words, &["年度", "今年", "当年", "本年", "全年"]);
    if yearly(of) && !yearly(&around) && !around.contains('年') {
        return None;
    }
    // 等级公路占比 names the part before.
    let own =
        lead.is_empty() || common(lead, &passage.around(part)) >= 2 || lead.chars().count() <= 1;
    let near = passage.gap(index).matches([',', '，', ';', '；', '。']).count() <= 1;
    let smaller = numbers[part].rounded().low <= numbers[whole].rounded().high;
    (of_it && own && near && smaller && !beyond && !has_any(label, NARROW)).then_some((part, whole))
}

/// `转办860件,群众表示满意的791件,满意率98%`: the rate has a word of its part.
fn rate_of(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let first = clause(passage, index, usable).unwrap_or_else(|| sentence(passage, index));
    // 10个村收入超过50万元: what is told of the part may have a number of its own.
    let last = (first..index).rev().take(2).find(|i| {
        usable(&numbers[*i])
            && (first..*i).any(|k| usable(&numbers[k]) && numbers[k].is_kin(&numbers[*i]))
    })?;
    let name = label.trim_end_matches(|c: char| "达到为约是仅至已了近超过在高".contains(c));
    let (stem, ending) =
        ["率", "比例", "占比", "比率", "比重", "面", "满意度", "知晓度", "程度", "进度", "密度"]
            .iter()
            .find_map(|ending| Some((name.strip_suffix(ending)?, *ending)))?;
    let stem = if ending == "满意度" || ending == "知晓度" { &name[..6] } else { stem };
    if ending == "面" && stem.chars().count() != 2 {
        return None;
    }
    let of_kind: Vec<usize> = (first..index)
        .filter(|i| numbers[*i].is_kin(&numbers[last]) && usable(&numbers[*i]))
        .collect();
    let due = |i: &usize| has_any(&passage.around(*i), &["应", "任务", "计划", "核定", "目标"]);
    let (a, b) = match of_kind.as_slice() {
        [a, b] => (*a, *b),
        // 应征集20名,报名80人,送兵16名: the first is due, the last is done.
        [a, .., b] if due(a) && !due(b) => (*a, *b),
        _ => return None,
    };
    if b != last {
        return None;
    }
    let (part, whole) = if numbers[b].value <= numbers[a].value { (b, a) } else { (a, b) };
    let told = passage.around(part);
    // 签约项目开工率 beside 签约项目49个,其中高新项目11个: what both are tells nothing of the part.
    let both = passage.around(whole);
    let own = |c: &char| !BLANK.contains(*c) && told.contains(*c) && !both.contains(*c);
    let known = stem.chars().filter(own).count();
    let tail: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
    let all = !tail.is_empty() && tail.chars().all(|c| told.contains(c));
    let one = last + 1 == index && tail.chars().any(|c| !BLANK.contains(c) && told.contains(c));
    let near_name = all || one || known >= 2;
    // 比例 without a name is of what was told right before.
    let stem_is_empty = stem.is_empty() || stem == "所";
    let bare = stem_is_empty && ending != "率" && ending != "面" && part == b;
    // The larger number behind the smaller one is its whole where it is called so.
    let ordered = part == b
        || has_any(
            &passage.around(whole),
            &["应", "全年", "总", "全部", "共", "全镇", "全县", "任务", "计划", "年度", "全长"],
        );
    let between = passage.between(a, b);
    let gap = passage.gap(index);
    let near = gap.matches([',', '，', ';', '；', '。']).count() <= 1
        && gap.chars().count() <= 16
        && between.matches(['。', ';', '；']).count() == 0
        && between.matches([',', '，', '、']).count() <= if due(&a) { 4 } else { 2 };
    let words = format!("{label}{told}{}", passage.label(whole));
    // 服务满意率 beside those that were served is of other people's answers.
    if name.ends_with("满意率") && !told.contains("满意") {
        return None;
    }
    let denied = ["不", "未", "没", "无", "缺", "空", "差"]
        .iter()
        .any(|word| stem.contains(word) != told.contains(word));
    let same = numbers[part].kind == numbers[whole].kind || due(&whole);
    let done = ["完成", "进度"].iter().any(|word| name.contains(word)) && due(&a);
    (same && near && ordered && !denied && (near_name || bare || done) && !has_any(&words, NARROW))
        .then_some((part, whole))
}
