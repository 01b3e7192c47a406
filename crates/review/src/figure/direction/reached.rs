//! What is said to be passed, half done or done, beside numbers that are less.

use ::figure::{Class, Decimal};

use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::figure::stock::rest::CHANGED;
use crate::finding::Mark;

/// Verbs of going beyond a mark.
const PASS: &[&str] = &[
    "突破", "迈上", "站上", "跨越", "跨过", "冲破", "跃上", "迈过", "踏上", "首破", "已破", "跨入",
    "迈入", "步入",
];
/// All that is said where a number is told again as more than a round one.
const AGAIN: &[&str] = &[
    "突破",
    "迈上",
    "站上",
    "跨越",
    "跨过",
    "冲破",
    "跃上",
    "迈过",
    "踏上",
    "超过",
    "超",
    "逾",
    "首次",
    "已经",
    "已",
    "一举",
    "历史性",
    "成功",
    "总数",
    "总量",
    "总额",
    "规模",
    "人数",
    "合计",
    "达到",
    "达",
    "了",
    "双双",
    "首",
    "共",
    "累计",
    "率先",
    "再次",
    "再",
    "也",
    "大关",
    "跨入",
    "迈入",
    "步入",
    "过",
    "参与",
    "参加",
];

/// `首次突破5000万元,达到4860万元`.
pub(super) fn passed(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (first, second) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let (a, b) = (passage.label(index - 1), passage.label(index));
    let passes = |label: &str| PASS.iter().any(|word| label.ends_with(word));
    // 11640人,逾1.2万人: the second one says again what the first is, and nothing else.
    let again = |label: &str| {
        let bare = AGAIN.iter().fold(label.to_owned(), |bare, word| bare.replace(word, ""));
        let more = passes(label) || label.contains(['逾', '超', '过']);
        // 户籍人口29860人,人口总量已过3万人 names it once more.
        let thing = passage.around(index - 1);
        let taken = bare
            .strip_prefix('受')
            .filter(|rest| rest.chars().count() >= 4 && rest.chars().all(|c| thing.contains(c)));
        let named = bare.chars().count() >= 2 && (thing.contains(&bare) || taken.is_some());
        // 4.73万人次,客流量逾5万人次大关: a mark is passed by what was told right before.
        let mark = passage.noun(index).starts_with("大关") && bare.chars().count() <= 6;
        (bare.is_empty() || named || mark)
            && more
            && passage.gap(index).starts_with([',', '，', '(', '（', '、'])
    };
    let reaches = |label: &str| {
        let verb = label.strip_prefix('共').filter(|verb| !verb.is_empty());
        label.is_empty()
            || verb.is_some_and(|verb| a.contains(verb))
            || ["达到", "达", "为", "完成", "实现", "到"].iter().any(|word| label.ends_with(word))
    };
    if passage.gap(index).matches([',', '，', '、', ';', '；', '。']).count() > 1
        || !first.is_alike(second)
        || first.kind != second.kind
        || has_any(
            &format!("{a}{b}"),
            &["上年", "去年", "同期", "其中", "目标", "力争", "增", "未", "即将", "有望"],
        )
    {
        return None;
    }
    let short = |label: &str| label.chars().count() <= 6;
    let (mark_at, value) = if passes(&a) && reaches(&b) && short(&b) {
        (first, second)
    } else if (passes(&b) && reaches(&a) && short(&b)) || again(&b) {
        (second, first)
    } else {
        return None;
    };
    let below = value.extent.high < mark_at.value
        && value.value.checked_mul(Decimal::TWO).is_some_and(|twice| twice > mark_at.value);
    below.then(|| {
        let (limit, is) = (passage.words(mark_at.at.clone()), passage.words(value.at.clone()));
        value.mark(passage.paper, format!("说是突破{limit},写的却是{is};请核对"), &[mark_at])
    })
}

/// `346人次,还不到300人次`: told again as less than a round number that it is more than.
pub(super) fn below(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const LESS: &[&str] = &["不到", "不足", "不及", "未到", "未满", "不满", "没到"];
    let limit = &passage.numbers[index];
    let gap = passage.gap(index);
    let words = format!("{gap}{}", passage.words(limit.at.clone()));
    let bare = words.trim_start_matches([',', '，']);
    let bare = bare.trim_start_matches(|c: char| "还尚总共仍都也均".contains(c));
    // 受旱面积2600亩,其中重旱430亩,总受旱面积不足2000亩 names it again.
    let (name, _) = LESS.iter().find_map(|word| bare.split_once(word))?;
    let of = match name.is_empty() {
        true => index - 1,
        false => (0..index).rev().find(|i| {
            passage.numbers[*i].is_kin(limit) && common(name, &passage.around(*i)) >= 2
        })?,
    };
    let own = &passage.numbers[of];
    let fits = gap.starts_with([',', '，'])
        && gap.chars().count() <= if name.is_empty() { 5 } else { 10 }
        && (passage.noun(index).is_empty() || !name.is_empty())
        && own.is_alike(limit)
        && own.kind == limit.kind
        && own.is_exact()
        && own.direction.is_none();
    let more = own.rounded().low >= limit.value
        && limit.value.checked_mul(Decimal::TWO).is_some_and(|twice| twice > own.value);
    (fits && more).then(|| {
        let (a, b) = (passage.words(own.at.clone()), passage.words(limit.at.clone()));
        own.mark(
            passage.paper,
            format!("{a}不是不到{};请核对", b.trim_start_matches("不到")),
            &[limit],
        )
    })
}

/// `任务800户,上半年完成380户,实现任务过半`; `任务36人,征集32人,圆满完成任务`.
pub(super) fn claimed(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const TASK: &[&str] = &["任务", "目标", "计划", "指标", "下达", "预算"];
    // 该装1860户
    let tasked = |i: usize| has_any(&passage.around(i), TASK) || is_due(&passage.label(i));
    let (first, second) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let label = passage.label(index);
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail: String = passage.words(second.at.end..end).chars().take(22).collect();
    // 资金盘子1.5亿元,支付6200万元,进度过半: half may be of what is there to be spent.
    let half = is_half(&tail.replace("时间过半", "")) && !tail.contains(['差', '距']);
    // 入库412万元,全年任务980万元,任务过半: the task may be told last.
    let swapped = half && tasked(index) && !tasked(index - 1);
    let whole = half && has_any(&passage.around(index - 1), &["盘子", "安排", "资金", "总投资"]);
    let plain = first.is_alike(second)
        && first.direction == second.direction
        && (first.direction.is_none() || first.is(Class::Share))
        && first.is_exact()
        && second.is_exact()
        && (!second.is(Class::Share) || first.direction.is_some())
        && (whole || swapped || tasked(index - 1) && !has_any(&label, TASK))
        && passage.gap(index).matches([',', '，', ';', '；', '。']).count() <= 2;
    if has_any(&passage.words(passage.range.clone()), CHANGED) {
        return None;
    }
    let failed = ["未完成", "没有完成", "未能完成", "尚未完成", "没完成", "未达到", "未达"];
    let behind = tail.trim_start_matches([',', '，']);
    // 距计划还有一定差距
    let short = behind.starts_with(['距', '离', '与'])
        && has_any(behind, &["差距", "缺口", "有距离"])
        && !has_any(behind, &["没有差距", "无差距", "全县", "全市", "全省", "要求"]);
    let fails = short || failed.iter().any(|word| behind.starts_with(word));
    if plain && fails && has_any(&tail, TASK) {
        return (second.extent.low > first.forgiving().high).then(|| {
            let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
            let message = format!("任务是{a},写的是{b},已经完成;请核对");
            second.mark(passage.paper, message, &[first])
        });
    }
    if !plain
        || has_any(&tail, &["未", "没", "确保", "力争", "有望", "预计", "将", "下一步", "年底"])
    {
        return None;
    }
    let words = |n: &Number| passage.words(n.at.clone());
    if half {
        let (plan, done) = if swapped { (second, first) } else { (first, second) };
        let twice = done.forgiving().high.checked_mul(Decimal::TWO)?;
        return (twice < plan.value).then(|| {
            let message = format!("{}不到{}的一半,没有过半;请核对", words(done), words(plan));
            done.mark(passage.paper, message, &[plan])
        });
    }
    const DONE: &[&str] = &[
        "圆满完成",
        "全面完成",
        "如期完成",
        "全部完成",
        "顺利完成",
        "按时完成",
        "提前完成",
        "足额完成",
        "全额完成",
        "完成全年",
        "完成了全年",
        "完成年度",
        "百分之百完成",
        "超额完成",
        "超额",
    ];
    // 送走新兵12人,全部为高中以上文化,圆满完成征兵任务: a clause may stand between.
    let mut clauses = behind.split([',', '，']).take(2);
    let done = clauses.any(|clause| DONE.iter().any(|word| clause.starts_with(word)));
    let short = second.forgiving().high < first.rounded().low;
    // 完成全年任务的80% says how much of it.
    let share = passage
        .numbers
        .get(index + 1)
        .is_some_and(|n| n.is(Class::Share) && passage.gap(index + 1).chars().count() <= 12);
    (done && short && !share).then(|| {
        let message = format!("任务是{},写的却是{},没有完成;请核对", words(first), words(second));
        second.mark(passage.paper, message, &[first])
    })
}

/// Whether a label is of what should be done: 该装, 全镇应改造; 该镇 names a place.
fn is_due(label: &str) -> bool {
    const NAMED: &str = "镇乡村县市区项校社企公站办院所局组类批案线户片";
    let label = role::masked(label);
    let due = |behind: &str| behind.starts_with(|c| !NAMED.contains(c));
    label.split('该').nth(1).is_some_and(due)
        || label.contains('应') && !label.contains(['已', '实'])
}

/// Whether words say that more than half is done.
fn is_half(words: &str) -> bool {
    let words = words.replace("大半年", "").replace("大半天", "");
    has_any(&words, &["过半", "超过一半", "过了半", "超一半", "一大半", "一多半", "大半"])
}

/// The round amount that a verb of passing leads to without a digit: 亿元 in 突破亿元大关, with
/// where its words end.
fn landmark(words: &str) -> Option<(Decimal, String, usize)> {
    const ROUND: &[(&str, i64)] = &[
        ("百亿", 10_000_000_000),
        ("十亿", 1_000_000_000),
        ("亿", 100_000_000),
        ("千万", 10_000_000),
        ("百万", 1_000_000),
        ("十万", 100_000),
        ("双万", 20_000),
        ("万", 10_000),
        ("千", 1000),
        ("百", 100),
    ];
    let (at, verb) = PASS.iter().filter_map(|verb| words.rfind(verb).map(|at| (at, verb))).max()?;
    let behind = &words[at + verb.len()..];
    let (round, limit) = ROUND.iter().find(|(round, _)| behind.starts_with(round))?;
    let unit: String = behind[round.len()..].chars().take(2).collect();
    Some((Decimal::from(*limit), unit, at + verb.len() + round.len()))
}

/// `突破亿元大关,完成税收9600万元`; `常住人口有9680人,首次突破万人大关`.
pub(super) fn threshold(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const OTHER: &[&str] =
        &["其中", "上年", "去年", "增", "人均", "力争", "目标", "有望", "未", "即将", "没", "将"];
    let number = &passage.numbers[index];
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(number.at.end..end);
    let next: String = tail.chars().take(14).collect();
    let lead = passage.words(passage.range.start..number.at.start);
    let label = passage.label(index);
    let same = ["完成", "达到", "达", "实现", "为"].iter().any(|w| label.contains(w));
    let told = landmark(&next).filter(|(_, _, end)| {
        next.starts_with([',', '，']) && !next[..*end].contains(['。', ';', '；'])
    });
    let told = told.map(|(limit, unit, end)| (limit, unit, next[..end].to_owned())).or_else(|| {
        let (limit, unit, end) = landmark(&lead).filter(|_| same)?;
        let behind = &lead[end..];
        let near = behind.matches([',', '，']).count() <= 1 && !behind.contains(['。', ';', '；']);
        near.then(|| (limit, unit, lead[..end].to_owned()))
    });
    let (limit, unit, said) = told?;
    let kin = if unit.starts_with('元') {
        number.is(Class::Money)
    } else {
        !number.counter.is_empty() && unit.starts_with(number.counter.trim_start_matches('万'))
    };
    let below = kin
        && number.direction.is_none()
        && number.forgiving().high < limit
        && number.value.checked_mul(Decimal::TWO)? > limit
        && !has_any(&label, OTHER)
        && !has_any(&said, OTHER);
    below.then(|| {
        let is = passage.words(number.at.clone());
        let said = said.rsplit([',', '，', '。']).next().unwrap_or_default().to_owned();
        number.mark(passage.paper, format!("说是{said}{unit},写的却是{is};请核对"), &[])
    })
}

/// `完成全年任务的46%,实现任务过半`.
pub(super) fn halved(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const TASK: &[&str] = &["任务", "目标", "计划", "预算"];
    let share = &passage.numbers[index];
    let label = match index.checked_sub(1).filter(|_| passage.label(index) == "的") {
        // 占年度计划2.8亿元的40%
        Some(plan) => passage.label(plan),
        None => passage.label(index),
    };
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail: String = passage.words(share.at.end..end).chars().take(20).collect();
    let half = is_half(&tail);
    // 平均进度为43%,实现时间任务双过半
    const RATES: &[&str] = &["进度", "完成率", "完成比例", "执行率", "支付率", "支出率"];
    let rated = has_any(&label, RATES) && has_any(&tail, &["任务", "进度", "双过半", "完成"]);
    let denied = has_any(&tail, &["未", "不", "没", "确保", "力争"]);
    // 任务完成过半,清淤已完成41%: the clause before says it.
    let gap = passage.gap(index).replace("时间过半", "");
    let mut clauses = gap.rsplit([',', '，', '。', ';', '；']).skip(1);
    let before = clauses.next().is_some_and(|clause| {
        (clause.ends_with("过半") || clause.ends_with("过了半"))
            && has_any(clause, &["任务", "进度", "完成", "执行", "支付"])
            && !has_any(clause, &["未", "不", "没", "确保", "力争"])
            && has_any(&label, &["完成", "支付", "执行", "支出", "进度", "拨付"])
    });
    let fits = share.is(Class::Share)
        && share.direction.is_none()
        && share.rounded().high < Decimal::from(50)
        && (((has_any(&label, TASK) || rated) && half && !denied) || before);
    fits.then(|| {
        let words = passage.words(share.at.clone());
        share.mark(passage.paper, format!("完成{words},没有过半;请核对"), &[])
    })
}
