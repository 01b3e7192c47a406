//! Shares in words without a number: more than half, all of them.

use ::figure::Decimal;
use prose::Kind;

use super::gives;
use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones};
use crate::finding::Mark;

const MORE: &[&str] = &[
    "超过半数",
    "半数以上",
    "一半以上",
    "超过一半",
    "过半数",
    "过了半数",
    "过了半",
    "多半",
    "大半",
    "占比过半",
    "人数过半",
    "户数过半",
    "过半的",
    "面过半",
    "率过半",
    "已过半",
];
const LESS: &[&str] = &["不足一半", "不到一半", "不足半数", "不到半数", "未过半", "少于一半"];
const ALL: &[&str] = &[
    "全覆盖",
    "全部覆盖",
    "一个不落",
    "一户不落",
    "一村不落",
    "无一遗漏",
    "百分之百",
    "村村通",
    "户户通",
    "实现清零",
    "全部完成",
    "全部建成",
    "全部通",
];

/// Words by which a part is of something else than of the whole right before it.
const OTHER: &[&str] = &[
    "同比", "去年", "上年", "比", "较", "目标", "计划", "累计", "增", "其余", "剩余", "预计",
    "力争", "将", "除", "其他", "未来", "新建", "新装", "只有", "仅有", "还有", "尚", "不", "未",
];

/// The mark at the part, where the words behind it say more or less of it than it is.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    // 35岁以下 is no number of people.
    // Nor is 20万元 of 收入超20万元的有9个.
    let before = (0..index).rev().find(|i| numbers[*i].is_kin(&numbers[index]))?;
    let (whole, part) = (&numbers[before], &numbers[index]);
    let end = numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail: String = passage.words(part.at.end..end).chars().take(24).collect();
    let gap = passage.between(before, index);
    let plain = |n: &Number| {
        n.is_exact()
            && n.direction.is_none()
            && !n.per
            && n.kind == Kind::Fact
            && !n.unit.is_empty()
    };
    let lead = passage.gap(before);
    // 其中…占半数以上,有204名 says it in a clause between.
    let clauses = 1 + usize::from(passage.label(index).chars().count() <= 3);
    // 通过资源发包、物业经营增收,20万元以上的58个: what a clause before lists has no numbers.
    let listed = passage.gap(index).rsplit([',', '，']).next().is_some_and(|c| c.contains('、'));
    let near =
        gap.matches([',', '，', '。']).count() <= clauses && !listed && !gap.contains([';', '；']);
    let joined = has_any(&gap, &["中", "里"]) || gap.contains([',', '，']) || gap.ends_with('有');
    let fits = plain(whole) && plain(part) && part.is_kin(whole) && part.value < whole.value;
    if !fits
        || !near
        || !joined
        || has_any(&passage.label(index), OTHER)
        || has_any(&lead, &["同比", "去年", "上年", "其中", "新增"])
    {
        return None;
    }
    let clause = tail.split(['。', ';', '；']).next()?;
    let twice = part.value.checked_mul(Decimal::TWO)?;
    let words = |n: &Number| passage.words(n.at.clone());
    let (a, b) = (words(part), words(whole));
    // 45岁以下的过半数 is told of others than the part.
    let own = |words: &[&str]| {
        words.iter().any(|word| {
            clause.find(word).is_some_and(|at| {
                let lead = clause[..at].rsplit([',', '，']).next().unwrap_or_default();
                !clause[..at].contains([',', '，'])
                    || lead.chars().count() <= 4
                    // 5个村完成换届,完成换届的村数已过半
                    || common(lead, &passage.around(index)) >= 2
                    || ["总数的", "总额的", "总量的"].iter().any(|all| lead.ends_with(all))
            })
        })
    };
    // 86家里改造的已过半,有35家: the words stand before the part.
    let before = |words: &[&str]| {
        let lead = gap.rsplit([',', '，']).nth(1);
        let lead = lead.map(|lead| lead.trim_end_matches(['了', '数', '的']));
        // 没有实现双过半 is of a year's task.
        let lead = lead.filter(|lead| !lead.ends_with("双过半"));
        lead.is_some_and(|lead| words.iter().any(|word| lead.ends_with(word)))
            && passage.label(index).chars().count() <= 3
    };
    let message = if (own(MORE) || before(&["过半", "超半", "一半以上", "半数以上", "超过一半"]))
        && twice < whole.value
    {
        format!("{a}不到{b}的一半,与文字所说不符;请核对")
    } else if (own(LESS) || before(&["不足半", "不到一半", "未过半", "不足一半"]))
        && twice > whole.value
    {
        format!("{a}超过{b}的一半,与文字所说不符;请核对")
    } else if has_any(clause, ALL)
        && whole.value.checked_mul(Decimal::new(8, 1))? <= part.value
        && ones(passage, &whole.counter) == 0
        && !has_any(
            clause,
            &["力争", "确保", "年底", "基本", "将", "预计", "争取", "下一步", "计划", "其余", "除"],
        )
    {
        format!("{b}中只有{a},不是全部;请核对")
    } else {
        return None;
    };
    Some(part.mark(passage.paper, message, &[whole]))
}

/// `有效监测天数181天,优良天数163天,优良率93.4%`: both are told in days.
pub(super) fn measured(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let share = &passage.numbers[index];
    let named =
        has_any(&passage.label(index), &["优良率", "优良天数比例", "优良天数占比", "达标率"]);
    let (whole, part) = (index.checked_sub(2)?, index - 1);
    let days = |i: usize, words: &[&str]| {
        let n = &passage.numbers[i];
        let plain = n.is(::figure::Class::Days) && n.direction.is_none() && n.is_exact();
        plain && has_any(&passage.label(i), words)
    };
    let fits = named
        && days(whole, &["监测", "有效"])
        && days(part, &["优良", "达标"])
        && passage.between(whole, index).matches([',', '，']).count() <= 2;
    let (all, good) = (&passage.numbers[whole], &passage.numbers[part]);
    if !fits || gives(good, all, share) {
        return None;
    }
    let rate = good.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all.value)?;
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}÷{}={}%,不是{};请核对天数或比例",
        words(good),
        words(all),
        ::figure::decimal_text(rate.round_dp(share.digit.scale().max(1))),
        words(share)
    );
    Some(share.mark(passage.paper, message, &[all, good]))
}

/// `优良天数331天,优良率96.4%`: days of a year.
pub(super) fn air(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let share = &passage.numbers[index];
    let words = passage.words(passage.range.clone()).replace("无重污染", "");
    let label = passage.label(index);
    let other = [
        "扣除",
        "有效",
        "剔除",
        "季度",
        "上半年",
        "月",
        "重污染",
        "沙尘",
        "去年同期",
        "上年同期",
        "监测天数",
        "应测",
    ];
    let named = has_any(&label, &["优良率", "优良比例", "达标率", "优良天数比例", "优良天数占比"]);
    let days = passage.numbers[..index].iter().enumerate().rev().find(|(i, n)| {
        n.is(::figure::Class::Days)
            && n.direction.is_none()
            && has_any(&passage.label(*i), &["优良", "达标"])
    });
    let (_, days) = days.filter(|_| named && !has_any(&words, &other))?;
    let share_of = |year: i64| {
        let rate =
            days.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(year))?;
        share
            .forgiving()
            .widened(Decimal::new(5, 2))
            .map(|room| room.low <= rate && rate <= room.high)
    };
    // Some days a year are not measured well enough to count.
    let is_valid = (358..365).any(|days| share_of(days) == Some(true));
    if !share.is_exact() || !days.is_exact() || share_of(365)? || share_of(366)? || is_valid {
        return None;
    }
    let rate = days.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(365))?;
    let message = format!(
        "{}÷365天={}%,不是{};请核对天数或比例",
        passage.words(days.at.clone()),
        ::figure::decimal_text(rate.round_dp(1)),
        passage.words(share.at.clone())
    );
    Some(share.mark(passage.paper, message, &[days]))
}
