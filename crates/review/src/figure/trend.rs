//! What is said to rise or fall without a number, beside two numbers that do the other.

use ::figure::{Class, Decimal};
use prose::Direction;

use super::number::Number;
use super::passage::{Passage, has_any};
use crate::finding::Mark;

const RISES: &[&str] = &[
    "增长", "增加", "上升", "提高", "提升", "回升", "上涨", "增产", "增收", "攀升", "走高", "增多",
    "扩大", "上扬", "升高", "多", "增",
];
const FALLS: &[&str] = &[
    "下降", "减少", "降低", "回落", "下滑", "减产", "走低", "压减", "收窄", "缩减", "缩短", "少",
    "减", "降",
];

/// Words before a direction that say nothing of it.
const LEADS: &[&str] = &[
    "同比", "总体", "略有", "略", "有所", "大幅", "大幅度", "明显", "稳步", "小幅", "继续", "持续",
    "进一步", "实现", "呈", "保持", "又", "再", "有了", "有", "了", "显著", "逐年", "不降反", "整体",
    "不升反", "仍", "还", "所", "较大幅度", "的", "还是", "是", "反而", "均", "都",
];

/// The direction that words begin with.
pub(super) fn direction_at(words: &str) -> Option<Direction> {
    let mut rest = words.trim_start_matches([',', '，', ' ', ')', '）', '、']);
    while let Some(next) =
        LEADS.iter().filter_map(|lead| rest.strip_prefix(lead)).min_by_key(|rest| rest.len())
    {
        rest = next;
    }
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    // 增速 and 降幅 are figures of their own.
    let own = ["增速", "增幅", "降幅", "多数", "少数", "多个", "多家", "增收节支", "降本", "减税", "增值", "减排", "少年", "增强"];
    if begins(&own) {
        return None;
    }
    match (begins(RISES), begins(FALLS)) {
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ => None,
    }
}

/// Whether a label names the value of an earlier year: 上年为, 较2022年的, 去年同期.
pub(super) fn is_earlier(label: &str) -> bool {
    const EARLIER: &[&str] = &["上年", "去年", "同期", "上一年", "前年", "上季度", "上月", "上届", "往年"];
    has_any(label, EARLIER) || dated(label).is_some()
}

/// 2022年 with nothing but a few words behind it.
fn dated(label: &str) -> Option<u32> {
    let bare = label.trim_start_matches(['较', '比', '由', '从', '而', '与']);
    let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
    let fits = digits.len() == 4 && bare.chars().nth(4) == Some('年') && bare.chars().count() <= 12;
    digits.parse().ok().filter(|_| fits)
}

fn comparable(a: &Number, b: &Number) -> bool {
    let class = |n: &Number| {
        !n.is(Class::Rank) && !n.is(Class::Years) && !n.unit.is_empty() && n.direction.is_none()
    };
    a.is_alike(b) && a.kind == b.kind && class(a) && class(b) && a.per == b.per
}

fn denies(old: &Number, new: &Number, said: Direction) -> bool {
    match said {
        Direction::Up => new.extent.high < old.extent.low,
        Direction::Down => new.extent.low > old.extent.high,
    }
}

/// `1.32亿千瓦时,上年为1.41亿千瓦时,同比增长`, `2.15万吨,较2022年的2.21万吨增产`.
pub(super) fn told_behind(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (first, second) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let label = passage.label(index);
    let gap = passage.gap(index);
    let now = |label: &str| has_any(label, &["今年", "本年", "当年", "本届", "本季度", "本月"]);
    if !comparable(first, second) || gap.matches([',', '，', ';', '；', '。']).count() > 1 {
        return None;
    }
    let before = passage.label(index - 1);
    let years = dated(&before).zip(dated(&label));
    let (old, new) = if let Some((a, b)) = years.filter(|(a, b)| a != b) {
        if a > b { (second, first) } else { (first, second) }
    } else if is_earlier(&label) && !is_earlier(&before) && !now(&label) {
        (second, first)
    } else if is_earlier(&before) && (now(&label) || now(&gap)) && !is_earlier(&label) {
        (first, second)
    } else {
        return None;
    };
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(second.at.end..end);
    // The tail speaks of the two only where it names nothing else.
    let said = direction_at(&tail)?;
    if !denies(old, new, said) {
        return None;
    }
    Some(mark(passage, old, new, said))
}

fn mark(passage: &Passage<'_>, old: &Number, new: &Number, said: Direction) -> Mark {
    let (a, b) = (passage.words(old.at.clone()), passage.words(new.at.clone()));
    let (word, is) = match said {
        Direction::Up => ("增加", "减少"),
        Direction::Down => ("减少", "增加"),
    };
    let message = format!("说是{word},数字却由{a}到{b},是{is};请核对数字或升降的说法");
    new.mark(passage.paper, message, &[old])
}

/// `信访总量继续下降。去年87件次,今年94件次`: the words come first.
pub(super) fn told_before(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (old, new) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let (before, label) = (passage.label(index - 1), passage.label(index));
    let gap = passage.gap(index);
    let pair = is_earlier(&before)
        && has_any(&gap, &["今年", "本年", "当年"])
        && !is_earlier(&label)
        && comparable(old, new)
        && gap.matches([',', '，', ';', '；', '。']).count() <= 2;
    let swapped = is_earlier(&label)
        && !is_earlier(&before)
        && has_any(&before, &["今年", "本年", "当年"])
        && comparable(old, new);
    if !pair && !swapped {
        return None;
    }
    let (old, new) = if pair { (old, new) } else { (new, old) };
    // 今年降到94件次 says it right before the number.
    let to = [("降到", Direction::Down), ("降至", Direction::Down), ("降为", Direction::Down), ("减少到", Direction::Down), ("减少为", Direction::Down), ("减至", Direction::Down), ("下降到", Direction::Down), ("下降为", Direction::Down), ("回落到", Direction::Down), ("增加到", Direction::Up), ("增至", Direction::Up), ("上升到", Direction::Up), ("升至", Direction::Up), ("升到", Direction::Up), ("增长到", Direction::Up), ("提高到", Direction::Up), ("扩大到", Direction::Up), ("增加为", Direction::Up)];
    let own = pair.then(|| to.iter().find(|(word, _)| label.ends_with(word))).flatten();
    let said = match own {
        Some((_, said)) => *said,
        None => lead(&passage.words(passage.range.start..passage.numbers[index - 1].at.start))?,
    };
    denies(old, new, said).then(|| mark(passage, old, new, said))
}

/// The direction that a clause right before the numbers ends in: 信访总量继续下降。
fn lead(words: &str) -> Option<Direction> {
    let clauses: Vec<&str> = words.split([',', '，', '。', ';', '；', ':', '：']).collect();
    let before = clauses.len().checked_sub(2)?;
    let claim = clauses[before];
    let stressed = ["继续", "持续", "稳步", "明显", "大幅", "逐年", "稳中有", "不断", "有所", "进一步", "实现", "双", "再度", "连续", "呈", "总体", "稳定"];
    let ends = |words: &[&str]| {
        words.iter().any(|word| claim.ends_with(word) && word.chars().count() == 2)
    };
    let said = has_any(claim, &stressed) && claim.chars().count() <= 20;
    let two = claim.ends_with("稳中有降") || claim.ends_with("有降");
    match (ends(RISES) || claim.ends_with("有升"), ends(FALLS) || two) {
        (true, false) if said => Some(Direction::Up),
        (false, true) if said => Some(Direction::Down),
        _ => None,
    }
}

/// `首次突破5000万元,达到4860万元`.
pub(super) fn passed(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const PASS: &[&str] = &["突破", "迈上", "站上", "跨越", "跨过", "冲破", "跃上"];
    let (first, second) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let (a, b) = (passage.label(index - 1), passage.label(index));
    let passes = |label: &str| PASS.iter().any(|word| label.ends_with(word));
    let reaches = |label: &str| {
        label.is_empty() || ["达到", "达", "为", "完成", "实现", "到"].iter().any(|word| label.ends_with(word))
    };
    if passage.gap(index).matches([',', '，', '、', ';', '；', '。']).count() > 1
        || !first.is_alike(second)
        || first.kind != second.kind
        || has_any(&format!("{a}{b}"), &["上年", "去年", "同期", "其中", "目标", "力争", "增", "未", "即将", "有望"])
    {
        return None;
    }
    let short = |label: &str| label.chars().count() <= 6;
    let (mark_at, value) = if passes(&a) && reaches(&b) && short(&b) {
        (first, second)
    } else if passes(&b) && reaches(&a) && short(&b) {
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

/// `完成全年任务的46%,实现任务过半`.
pub(super) fn halved(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const TASK: &[&str] = &["任务", "目标", "计划", "预算"];
    let share = &passage.numbers[index];
    let label = passage.label(index);
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail: String = passage.words(share.at.end..end).chars().take(20).collect();
    let half = has_any(&tail, &["过半", "超过一半", "过了半"]);
    let denied = has_any(&tail, &["未", "不", "没", "确保", "力争"]);
    let fits = share.is(Class::Share)
        && share.direction.is_none()
        && has_any(&label, TASK)
        && share.rounded().high < Decimal::from(50)
        && half
        && !denied;
    fits.then(|| {
        let words = passage.words(share.at.clone());
        share.mark(passage.paper, format!("完成{words},没有过半;请核对"), &[])
    })
}
