//! What words say became of a target, beside the target and what was reached: 守住了指标, 没有达标,
//! 控制在范围之内.

use ::figure::{Class, Decimal};
use prose::Kind;

use super::verdict_words::{Claim, Said, claim};
use crate::figure::reading::alike;
use crate::figure::reading::extent::{Extent, boundless};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::role;
use crate::figure::stock::rest::CHANGED;
use crate::finding::Mark;

/// Words of a target beside those that any frame knows.
const LIMITS: &[&str] = &[
    "须",
    "考核线",
    "控制数",
    "标准",
    "红线",
    "底线",
    "约束",
    "上限",
    "限额",
    "不得",
    "务必",
    "达标线",
    "警戒线",
    "责任书",
    "责任状",
    "分配",
    "定为",
    "指标",
];
/// Words of a number that is none of the two.
const ASIDE: &[&str] = &[
    "其中",
    "占",
    "同比",
    "比上",
    "较上",
    "比去",
    "较去",
    "去年",
    "上年",
    "每",
    "差",
    "缺口",
    "超",
    "剩",
    "其余",
    "余下",
    "还有",
    "尚",
    "待",
    "未",
    "同期",
    "新增加",
    "扣",
    "排",
];
/// Words of less being better, where the words of the target do not say which way it bounds.
const LESS: &[&str] = &[
    "事故",
    "死亡",
    "亡人",
    "能耗",
    "漏损",
    "信访",
    "上访",
    "积案",
    "发案",
    "警情",
    "投诉",
    "火灾",
    "浓度",
    "排放",
    "耗水",
    "用水",
    "失业率",
    "不良",
    "逾期",
    "控制数",
    "控制目标",
    "接访",
    "批次",
    "病死",
    "死淘",
    "退线",
    "辍学",
    "负债",
    "债务",
    "三公",
    "支出",
];

/// Whether a number is a target, by its own clause or the words right behind it.
fn is_target(passage: &Passage<'_>, index: usize) -> bool {
    // 不超过5件 is a limit and no excess.
    let own =
        role::masked(&role::clause(passage, index)).replace("超过", "过").replace("应完成", "应");
    let real = has_any(&own, &["实际", "完成", "实绩", "已", "超", "差", "执行数"]);
    let bound = has_any(&own, &["要在", "应在", "控制在", "不过", "不得", "不低于", "不少于"])
        && is_bound(passage, index);
    let noun = passage.noun(index);
    let named = noun.starts_with('是') && has_any(&noun, &["目标", "任务", "指标"]);
    !real
        && (role::is_target(passage, index)
            || named
            || own.contains('应')
            || has_any(&own, LIMITS)
            || has_any(&own, &["目标", "任务", "指标"])
            || bound)
}

fn is_bound(passage: &Passage<'_>, index: usize) -> bool {
    !passage.numbers[index].is_exact() || is_ceiling(passage, index) || is_time(passage, index)
}

/// Words with a target that say that it is a ceiling.
fn is_ceiling(passage: &Passage<'_>, index: usize) -> bool {
    const ABOVE: &[&str] = &["以内", "以下", "之内", "之下"];
    const OVER: &[&str] = &[
        "不超过",
        "不高于",
        "不大于",
        "不得超过",
        "不得高于",
        "控制在",
        "上限",
        "最多",
        "降到",
        "压减到",
        "不多于",
        "限额",
        "低于",
        "压降到",
        "控制数",
        "控制目标",
        "控制指标",
        "少于",
        "警戒线",
    ];
    let clause = role::clause(passage, index)
        .replace("不低于", "")
        .replace("不得低于", "")
        .replace("不少于", "")
        .replace("不得少于", "");
    let number = &passage.numbers[index];
    let chars = &passage.paper.chars;
    let tail: String = chars[number.at.end..].iter().take(3).collect();
    ABOVE.iter().any(|word| tail.starts_with(word)) || has_any(&clause, OVER)
}

/// Whether a number is a length of time: 7个工作日, 15分钟.
fn is_time(passage: &Passage<'_>, index: usize) -> bool {
    let number = &passage.numbers[index];
    let day = passage.noun(index).starts_with("工作日");
    number.is(Class::Days) || day || matches!(number.counter.as_str(), "分钟" | "小时" | "工作日")
}

fn is_floor(passage: &Passage<'_>, index: usize) -> bool {
    let number = &passage.numbers[index];
    let chars = &passage.paper.chars;
    let tail: String = chars[number.at.end..].iter().take(2).collect();
    tail == "以上"
        || has_any(
            &role::clause(passage, index),
            &["不低于", "不少于", "不得低于", "不得少于", "至少", "达到"],
        )
}

/// `年末积案不超过5件,年末仍未化解的有8件,顺利实现控制目标`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let plan = &numbers[index];
    let words = passage.words(passage.range.clone());
    // 应到62名 is the roll of a meeting, and what the meeting did is no target of it.
    if plan.per
        || passage.label(index).contains("应到")
        || plan.unit.is_empty()
        || !is_target(passage, index)
        || has_any(&words.replace("变更调查", ""), CHANGED)
    {
        return None;
    }
    // Two targets of one kind leave open which one is meant.
    let others = (0..numbers.len())
        .filter(|i| *i != index && numbers[*i].is_kin(plan) && !passage.label(*i).contains('每'));
    let (targets, rest): (Vec<usize>, Vec<usize>) = others.partition(|i| is_target(passage, *i));
    let (behind, before): (Vec<usize>, Vec<usize>) =
        rest.into_iter().filter(|i| is_real(passage, index, *i)).partition(|i| *i > index);
    // 支出18.9万元,控制数为17.5万元,未超出控制数: what was done may be told right before.
    let whole = !passage.label(index).contains(['占', '的']);
    let beside = || before.into_iter().filter(|i| whole && i + 1 == index).collect();
    let real: Vec<usize> = if behind.is_empty() { beside() } else { behind };
    let [done_at] = real.as_slice() else { return None };
    let done = &numbers[*done_at];
    if !targets.is_empty()
        || passage
            .between(index.min(*done_at), index.max(*done_at))
            .matches(['。', ';', '；'])
            .count()
            > 1
    {
        return None;
    }
    let (at, claim) = claim_behind(passage, index.max(*done_at))
        .or_else(|| claim_before(passage, index, *done_at))?;
    // 工程质量抽检全部达标 is of the quality, and not of how much was built.
    const QUALITY: &[&str] = &["质量", "抽检", "检测", "验收"];
    let thing = passage.words(passage.range.start..plan.at.start);
    if QUALITY.iter().any(|word| claim.words.contains(word) && !thing.contains(word)) {
        return None;
    }
    // 控制在警戒线以内 is of a line that the target has to be told as.
    const LINES: &[&str] = &["警戒线", "限额", "预算"];
    let own = passage.words(passage.range.start..done.at.start);
    if LINES.iter().any(|line| claim.words.contains(line) && !own.contains(line)) {
        return None;
    }
    let floor = is_floor(passage, index);
    // A time in which something is to be done is the longest one, unless it is said to be the
    // shortest: 优良天数不少于250天.
    let ceiling = is_ceiling(passage, index) || (is_time(passage, index) && !floor);
    if ceiling && floor {
        return None;
    }
    let lead = passage.words(passage.range.start..done.at.start.max(plan.at.start));
    let lower_is_better = !ceiling && !floor && plan.direction.is_none() && has_any(&lead, LESS);
    let limit = &bare_of(plan);
    let (more, less) = (done.rounded().low > limit.high, done.rounded().high < limit.low);
    let equal = done.value == plan.value;
    let wrong = match claim.said {
        Said::Beyond => less || equal,
        Said::NotBeyond => more,
        _ if lower_is_better => return None,
        Said::Met => {
            if ceiling {
                more
            } else {
                less
            }
        }
        Said::Missed => {
            if ceiling {
                less || equal
            } else {
                more || equal
            }
        }
    };
    wrong.then(|| mark(passage, plan, done, &claim, at))
}

/// The value of a target without 以上 and 以内; 左右 leaves room at both ends.
fn bare_of(plan: &Number) -> Extent {
    let both = plan.extent.low > Decimal::ZERO && plan.extent.high < boundless();
    if both { plan.extent } else { Extent::exact(plan.value) }
}

/// Whether the words of a target say which way it goes: 能耗强度下降目标为3.5%.
fn is_named(passage: &Passage<'_>, target: usize) -> bool {
    let label = passage.label(target);
    has_any(&label, &["下降目标", "降低目标", "减少目标", "增长目标", "提高目标", "增长预期目标"])
}

/// Whether a number is what was reached of a target.
fn is_real(passage: &Passage<'_>, target: usize, index: usize) -> bool {
    let numbers = &passage.numbers;
    let (plan, done) = (&numbers[target], &numbers[index]);
    // 去年实际1.2% may be of the year that the target is of.
    let mut plain_label = passage.label(index).replace("未化解", "").replace("未结", "");
    if plain_label.contains("实际") {
        plain_label = plain_label.replace("去年", "").replace("上年", "");
    }
    // 到年底栽了2600棵 is what was done, though its day might be that of a plan.
    let plain = (done.kind == Kind::Fact || plain_label.ends_with('了'))
        && (done.per == plan.per || is_time(passage, target))
        && (done.direction.is_none()
            || done.direction == plan.direction
            || is_named(passage, target))
        && done.is_exact()
        && !has_any(&plain_label, ASIDE);
    // A rate is of the target's thing: it names that one again, or no rate.
    let own = passage.label(index);
    let named = ["率", "比例", "占比", "覆盖面", "指数"].iter().any(|word| own.contains(word));
    let thing = passage.words(passage.range.start..plan.at.start);
    let of_it = !done.is(Class::Share) || !named || alike::common(&own, &thing) >= 2;
    // 5个工作专班 counts something that the words of the target do not know.
    let noun: String = passage.noun(index).chars().take(2).collect();
    let known =
        noun.chars().count() < 2 || thing.contains(&noun) || passage.noun(target).contains(&noun);
    let counted = done.class.is_none_or(Class::is_counted) && !is_time(passage, index);
    plain && of_it && (known || !counted)
}

/// The first clause behind a number that says something of a target, and where it stands.
fn claim_behind(passage: &Passage<'_>, done: usize) -> Option<(std::ops::Range<usize>, Claim)> {
    let start = passage.numbers[done].at.end;
    let words = passage.words(start..passage.range.end);
    let mut at = start;
    for (k, clause) in words.split(is_clause_mark).enumerate().take(4) {
        let end = at + clause.chars().count();
        // The rest of the number's own clause is read with the next ones.
        if let Some(claim) = claim(clause).filter(|_| k > 0) {
            return Some((at..end, claim));
        }
        // 经督办后全部整改,达到了要求 is said of what became of it later.
        if has_any(clause, &["后", "最终", "目前", "现已", "二期", "再次", "全部", "均已"])
        {
            return None;
        }
        at = end + 1;
    }
    None
}

/// The clause right before that of a number which counts what was done: 全部任务已经完成,共改造396座.
fn claim_before(
    passage: &Passage<'_>,
    plan: usize,
    done: usize,
) -> Option<(std::ops::Range<usize>, Claim)> {
    let counts = ["共", "总共", "累计", "实际", "合计"];
    let label = passage.label(done);
    let gap = passage.words(passage.numbers[plan].at.end..passage.numbers[done].at.start);
    let clause = gap.rsplit(is_clause_mark).nth(1)?;
    let own = counts.iter().any(|word| label.starts_with(word))
        && gap.matches(is_clause_mark).count() >= 2;
    let end =
        passage.numbers[done].at.start - gap.rsplit(is_clause_mark).next()?.chars().count() - 1;
    let claim = claim(clause).filter(|_| own)?;
    Some((end - clause.chars().count()..end, claim))
}

fn mark(
    passage: &Passage<'_>,
    plan: &Number,
    done: &Number,
    claim: &Claim,
    at: std::ops::Range<usize>,
) -> Mark {
    let told = |n: &Number| passage.words(n.at.clone());
    let message =
        format!("目标是{},实际是{},与“{}”不符;请核对", told(plan), told(done), claim.words);
    let mut mark = done.mark(passage.paper, message, &[plan]);
    mark.also.push(passage.paper.origin(&at));
    mark
}
