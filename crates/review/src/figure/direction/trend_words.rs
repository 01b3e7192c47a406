//! Words that say a rise or a fall without a number: 有所增加, 呈下降态势, 扩大到.

use ::figure::Class;
use prose::Direction;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::has_any;

const RISES: &[&str] = &[
    "增长",
    "增加",
    "上升",
    "提高",
    "提升",
    "回升",
    "上涨",
    "增产",
    "增收",
    "攀升",
    "走高",
    "增多",
    "扩大",
    "上扬",
    "升高",
    "多",
    "增",
    "上新台阶",
    "上台阶",
    "创新高",
    "再上",
    "又上",
    "更上",
    "偏多",
    "偏高",
    "偏大",
    "走强",
];
const FALLS: &[&str] = &[
    "下降", "减少", "降低", "回落", "下滑", "减产", "走低", "压减", "收窄", "缩减", "缩短", "缩小",
    "少", "减", "降", "偏少", "偏低", "偏小", "走弱",
];

/// Words before a direction that say nothing of it.
const LEADS: &[&str] = &[
    "同比",
    "比上年同期",
    "较上年同期",
    "比去年同期",
    "较去年同期",
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "总体",
    "略有",
    "略",
    "有所",
    "大幅",
    "大幅度",
    "明显",
    "稳步",
    "小幅",
    "继续",
    "持续",
    "进一步",
    "实现",
    "呈现",
    "相比",
    "环比",
    "呈",
    "出现",
    "逐步",
    "保持",
    "又",
    "再",
    "有了",
    "有",
    "了",
    "显著",
    "逐年",
    "不降反",
    "整体",
    "不升反",
    "仍",
    "还",
    "所",
    "较大幅度",
    "的",
    "还是",
    "是",
    "反而",
    "均",
    "都",
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
    let own = [
        "增速",
        "多发",
        "多发病",
        "增幅",
        "降幅",
        "多数",
        "少数",
        "多个",
        "多家",
        "增收节支",
        "降本",
        "减税",
        "增值",
        "减排",
        "少年",
        "增强",
    ];
    if begins(&own) {
        return None;
    }
    match (begins(RISES), begins(FALLS)) {
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ => None,
    }
}

/// `价格上涨`, `人数比去年有所增加`: the quantity itself is named, which the value is of.
pub(super) fn of_quantity(clause: &str, value: &Number) -> Option<Direction> {
    let names: &[&str] = match value.class {
        Some(Class::Money) => &["价格", "单价", "均价", "售价"],
        Some(Class::Persons) => &["人数"],
        Some(Class::Share) => &[],
        _ => &["数量", "总量", "总数"],
    };
    // 场次明显增多 names what 26场 counts.
    let counted = clause.strip_prefix(&*value.counter).filter(|_| !value.counter.is_empty());
    let counted = counted.and_then(|rest| rest.strip_prefix(['次', '数']));
    let rest = names.iter().find_map(|name| clause.strip_prefix(name)).or(counted)?;
    let last = ["比去年", "较去年", "比上年", "较上年", "比前年", "同期", "同比"];
    let rest = last.iter().fold(rest, |rest, last| rest.strip_prefix(last).unwrap_or(rest));
    // 数量增加是主因 is told of something else.
    let ends = RISES.iter().chain(FALLS).any(|word| rest.ends_with(word));
    direction_at(rest).filter(|_| ends && clause.chars().count() <= 12)
}

/// 扩大到, 压减至 right before a number.
pub(super) fn moved_to(label: &str) -> Option<Direction> {
    const MOVES: &[(&str, Direction)] = &[
        ("降", Direction::Down),
        ("减少", Direction::Down),
        ("减", Direction::Down),
        ("下降", Direction::Down),
        ("回落", Direction::Down),
        ("压减", Direction::Down),
        ("压缩", Direction::Down),
        ("缩短", Direction::Down),
        ("增加", Direction::Up),
        ("增", Direction::Up),
        ("上升", Direction::Up),
        ("升", Direction::Up),
        ("增长", Direction::Up),
        ("提高", Direction::Up),
        ("提升", Direction::Up),
        ("扩大", Direction::Up),
        ("扩展", Direction::Up),
        ("攀升", Direction::Up),
        ("上涨", Direction::Up),
    ];
    let rest = label.strip_suffix(['到', '至', '为'])?;
    MOVES.iter().find(|(word, _)| rest.ends_with(word)).map(|(_, said)| *said)
}

/// The direction that a clause right before the numbers ends in: 信访总量继续下降。
pub(super) fn lead_before(words: &str) -> Option<Direction> {
    let clauses: Vec<&str> = words.split([',', '，', '。', ';', '；', ':', '：']).collect();
    let before = clauses.len().checked_sub(2)?;
    lead_of(clauses[before])
}

/// The direction that a clause ends in.
pub(super) fn lead_of(claim: &str) -> Option<Direction> {
    let stressed = [
        "继续",
        "持续",
        "稳步",
        "明显",
        "大幅",
        "逐年",
        "连年",
        "逐季",
        "逐月",
        "一路",
        "稳中有",
        "不断",
        "有所",
        "进一步",
        "实现",
        "双",
        "再度",
        "连续",
        "呈",
        "总体",
        "稳定",
        "显著",
        "逐步",
        "大为",
        "快速",
        "小幅",
    ];
    let claim =
        ["态势", "趋势", "势头", "走势"].iter().fold(claim, |c, w| c.strip_suffix(w).unwrap_or(c));
    // 比去年高出不少
    let far = ["不少", "许多", "很多", "一截", "一大截", "得多", "一些", "了些"]
        .iter()
        .find_map(|word| claim.strip_suffix(word))
        .map(|claim| claim.trim_end_matches(['出', '了', '上', '下']));
    let says = |c: [char; 2]| far.is_some_and(|claim| claim.ends_with(c));
    let ends = |words: &[&str]| {
        words.iter().any(|word| claim.ends_with(word) && word.chars().count() == 2)
    };
    let compared = has_any(claim, &["比年初", "比上年", "较上年", "比去年", "同比", "较年初"]);
    let said = (compared || has_any(claim, &stressed)) && claim.chars().count() <= 20;
    let two = claim.ends_with("稳中有降") || claim.ends_with("有降");
    let (high, low) = (says(['高', '多']), says(['低', '少']));
    match (
        ends(RISES) || high || claim.ends_with("有升") || claim.ends_with("稳中有增"),
        ends(FALLS) || low || two,
    ) {
        (true, false) if said => Some(Direction::Up),
        (false, true) if said => Some(Direction::Down),
        _ => None,
    }
}
