//! What a clause says became of a target: 守住了指标, 没有达标, 未突破控制数.

use crate::figure::reading::passage::has_any;

/// What a clause says of the value reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The target is met: not less than a floor, not more than a ceiling.
    Met,
    Missed,
    /// The value is more than the target, whatever kind of target that is.
    Beyond,
    NotBeyond,
}

/// What a clause says, with its words.
pub(super) struct Claim {
    pub(super) said: Said,
    pub(super) words: String,
}

/// Verbs of reaching a target.
const VERBS: &[&str] = &[
    "完成",
    "达到",
    "达成",
    "实现",
    "兑现",
    "符合",
    "满足",
    "控制在",
    "控制住",
    "守住",
    "做到",
    "落实",
    "履行",
    "达",
    "达标",
    "过线",
    "合格",
    "踩线",
    "完成了",
];
/// Verbs of going beyond a limit.
const BEYOND: &[&str] = &["突破", "超出", "超过", "超了", "超标", "越过", "冲破"];
/// What is reached or passed.
const OBJECTS: &[&str] = &[
    "任务",
    "目标",
    "计划",
    "要求",
    "指标",
    "考核",
    "标准",
    "控制数",
    "预算",
    "额度",
    "批复",
    "进度",
    "红线",
    "底线",
    "线",
    "范围",
    "以内",
    "之内",
    "限额",
    "控制值",
    "上限",
    "约定",
    "承诺",
    "约束值",
    "规定",
    "限值",
];
/// Words by which a clause says nothing of what is.
const TO_COME: &[&str] = &[
    "确保",
    "力争",
    "年底",
    "将",
    "有望",
    "预计",
    "争取",
    "下一步",
    "下步",
    "如果",
    "若",
    "才能",
    "距",
    "离",
    "差",
    "力保",
    "可望",
    "能否",
    "为了",
    "保证",
    "率先",
    "是否",
    "半",
    "基本",
    "分之",
    "%",
    "其余",
    "视同",
    "视为",
    "可超",
    "可完",
    "可如",
    "可全",
    "可圆",
    "可提前",
    "可实现",
    // 完成了春季任务 is of a part of what was planned.
    "春季",
    "夏季",
    "秋季",
    "季度",
    "阶段",
    "一期",
    "上半年",
    "第一批",
    "当月",
    "首批",
];
const NOT: &[&str] = &["未", "没", "不", "无法"];

/// Whether a denial stands right before a verb: 没有达到, 未能按期完成.
fn is_denied(before: &str) -> bool {
    let tail: String = before.chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
    has_any(&tail, NOT)
}

/// What a clause says of a target.
pub(super) fn claim(clause: &str) -> Option<Claim> {
    // 下达 reaches nothing.
    let clause = clause.replace("下达", "下发");
    let clause = clause.as_str();
    if has_any(clause, TO_COME) || clause.chars().count() > 22 {
        return None;
    }
    // A number behind is another figure, or says how much of the target.
    if clause.chars().any(|c| c.is_ascii_digit()) || clause.contains("成任务") {
        return None;
    }
    let verb = |list: &[&str]| {
        list.iter().filter_map(|word| clause.find(word).map(|at| (at, word.len()))).max()
    };
    let alone = ["达标", "过线", "合格", "超标"];
    // 任务已全部完成 names the target first, 如数完成 names none.
    let bare = clause.trim_end_matches('了');
    let whole = ["如数", "全部", "足额", "圆满", "超额", "全面", "顺利", "如期", "按时", "按期"];
    let ended =
        ["完成", "达成", "实现", "兑现", "落实"].iter().find_map(|verb| bare.strip_suffix(verb));
    let ended = ended.filter(|lead| {
        has_any(lead, &["任务", "目标", "指标", "计划", "承诺"])
            || (lead.chars().count() <= 6 && has_any(lead, &whole))
    });
    let of = |found: Option<(usize, usize)>| {
        let (at, len) = found?;
        let word = &clause[at..at + len];
        let named = alone.contains(&word) || has_any(&clause[at + len..], OBJECTS);
        named.then(|| is_denied(&clause[..at]))
    };
    // 仍在警戒线以内 has no verb.
    let inside = clause.trim_start_matches(['仍', '均', '都']).strip_prefix('在').filter(|rest| {
        has_any(rest, OBJECTS) && ["以内", "之内", "范围内"].iter().any(|word| rest.ends_with(word))
    });
    if inside.is_some() {
        return Some(Claim { said: Said::NotBeyond, words: clause.trim().to_owned() });
    }
    let beyond = of(verb(BEYOND));
    let met = of(verb(VERBS)).or_else(|| ended.map(is_denied));
    let kept = clause.contains("控制在") && clause.ends_with('内');
    let said = match (met, beyond) {
        // 控制在预算以内 is said of a ceiling alone.
        (Some(false), None) if kept => Said::NotBeyond,
        // 超额完成 is more than a floor, and says no less than 完成.
        (Some(false), None) => Said::Met,
        (Some(true), None) => Said::Missed,
        (None, Some(false)) => Said::Beyond,
        (None, Some(true)) => Said::NotBeyond,
        _ => return None,
    };
    Some(Claim { said, words: clause.trim().to_owned() })
}
