//! The part and the whole of a share that stand side by side: 1460户农户已有1095户, 除14起外.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::reading::alike::common;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Characters around the name of a share that say how near it is.
const FRAME: &str = "达到为约是仅至已了近超过刚逾不足的均好";

/// Words by which a rate is of fewer than are told beside it.
const NARROW: &[&str] = &[
    "按时", "按期", "及时", "一次", "当年", "首次", "同比", "增长", "满意", "综合", "平均", "亩均",
];

fn has_comma_only(gap: &str) -> bool {
    gap.matches([',', '，']).count() == 1 && !gap.contains(['。', ';', '；', '、', ':', '：'])
}

/// The part and the whole right before a share.
pub(super) fn pair(
    passage: &Passage<'_>,
    index: usize,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let (part, whole) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let numbers = &passage.numbers;
    if !usable(&numbers[part]) || !usable(&numbers[whole]) || !numbers[part].is_kin(&numbers[whole])
    {
        return None;
    }
    let (gap, label) = (passage.gap(index), passage.label(index));
    let name = label.trim_end_matches(|c: char| FRAME.contains(c));
    let own = passage.label(part);
    if !has_comma_only(&gap) || has_any(&label, NARROW) {
        return None;
    }
    let smaller = numbers[part].rounded().low <= numbers[whole].rounded().high;
    let stem = name.strip_suffix('率').unwrap_or_default();
    let told = passage.around(part);
    // 1460户农户已有1095户用上卫生厕所,普及率…
    let beside = passage.gap(part);
    let inside = !beside.contains(|c: char| ",，。;；、:：()（）".contains(c))
        && beside.chars().count() <= 12
        && (beside.contains('已') || ["中有", "里有", "现有"].iter().any(|w| beside.ends_with(w)));
    let general = ["普及", "覆盖", "入户", "达标", "使用"].contains(&stem);
    // 水质达标率 and 亩均成活率 are of something else.
    let tail: Vec<char> = stem.chars().rev().take(2).collect();
    let of_part = !stem.is_empty() && (general || tail.iter().all(|c| told.contains(*c)));
    // 其中18名,超过三分之一
    // 举手赞成的121名,近九成; 已有21个村…,超过三分之二
    let told_some = own.ends_with('的') || own.starts_with("已有");
    let among = told_some && name.is_empty()
        || own.starts_with("其中") && (name.is_empty() || name == "发生率")
        || beside.starts_with(['中', '里'])
            && !beside.contains(|c: char| ",，。;；、:：()（）".contains(c))
            && (["", "比例", "占", "占比"].contains(&name)
                || ["中的", "里的", "中有", "里有"].contains(&beside.as_str())
                    && ["率", "面", "比例", "占比", "度"].iter().any(|end| name.ends_with(end)));
    // 国土总面积48万亩,森林面积31.2万亩,森林覆盖率…
    let land = name.ends_with("森林覆盖率")
        && own.ends_with("森林面积")
        && has_any(&passage.label(whole), &["国土", "土地"])
        && passage.label(whole).contains("面积");
    // 任务45人,实际输送54人,完成率…
    let completed = ["完成率", "任务完成率", "完成比例"].contains(&name)
        && has_any(&passage.around(whole), &["任务", "目标", "计划", "下达"])
        && has_any(&own, &["实际", "完成", "已", "共"])
        && !has_any(&own, &["任务", "目标", "计划"]);
    let fits = completed || (smaller && ((inside && of_part) || among || land));
    fits.then_some((part, whole))
}

/// `受理312起,除14起走诉讼程序外,其余全部调解成功,化解率达99.2%`.
pub(super) fn excepted(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (except, whole) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let numbers = &passage.numbers;
    let (share, some, all) = (&numbers[index], &numbers[except], &numbers[whole]);
    let (gap, label) = (passage.gap(index), passage.label(index));
    let told = gap.strip_suffix(label.as_str()).unwrap_or(&gap);
    let name = label.trim_end_matches(|c: char| FRAME.contains(c));
    let stem = name.strip_suffix('率')?;
    let fits = share.is(Class::Share)
        && some.is_kin(all)
        && [some, all].iter().all(|n| n.is_exact() && n.direction.is_none())
        && some.value < all.value
        && passage.label(except).starts_with('除')
        && told.contains('外')
        && has_any(told, &["其余", "其他", "余下"])
        && has_any(told, &["全部", "均", "都", "全"])
        && !has_any(&label, NARROW)
        && common(stem, told) >= 2;
    if !fits {
        return None;
    }
    let rest = all.rounded().minus(some.rounded())?;
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    // Whether what is taken out counts as settled is told by no word.
    let rate = rest.over(all.rounded())?.times(hundred)?;
    if rate.meets(share.forgiving()) || share.forgiving().high >= Decimal::ONE_HUNDRED {
        return None;
    }
    let value = all.value.checked_sub(some.value)?;
    let percent = value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all.value)?;
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "({0}-{1})÷{0}={2}%,不是{3};请核对比例或两个数",
        words(all),
        words(some),
        decimal_text(percent.round_dp(share.value.scale().max(1))),
        words(share)
    );
    Some(share.mark(passage.paper, message, &[all, some]))
}
