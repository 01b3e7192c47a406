//! Whether a number is of what was done, or of what is yet to be done.

use figure::Class;

use crate::claim::clause_start;
use crate::scan::Figure;
use crate::statement::ends_clause;
use crate::text::Text;

use super::{CLAUSE, Finder, Kind, subject};

/// Words at the beginning of a clause that turn from a plan to what became of it: 计划投资5亿元,
/// 已完成2亿元.
const TURNS: &[&str] = &[
    "已",
    "现已",
    "目前",
    "截至",
    "截止",
    "到目前",
    "至目前",
    "实际",
    "累计完成",
    "今年以来",
    "迄今",
    "当前",
];

/// Words of a forecast before 将, which then says nothing more: 预计将达到5亿元.
const FORESEEN: &[&str] = &["预计", "据预测", "预测", "有望", "预估"];

/// What a number that was set for somebody stands behind: 改厕任务500座.
const SET: &[&str] = &["任务", "指标", "目标", "计划"];

/// Words that a target was met, given or counted by, so that its number is none that was set.
const MET: &[&str] = &[
    "完成", "落实", "争取", "获", "分解", "梳理", "确定", "交办", "解决", "超额", "推进", "办理",
    "占", "欠", "差", "实现", "承担", "细化", "制定", "达到", "超", "承接", "向上", "新增", "节余",
    "结余", "调剂", "盘活", "交易", "腾退", "保障", "报批", "使用", "申请", "涉及", "开展", "监测",
];

/// What is handed out and not set as a target: 下达资金5万元, 下达通知书3份.
const HANDED: &[&str] = &["书", "通知", "通报", "函", "文件", "资金", "经费", "清单", "单"];

impl Finder<'_> {
    /// Plan words count if they stand before the number in its sentence with no turn between,
    /// or after it in its clause: 达成投资100万元的合作意向.
    pub(super) fn kind(&self, start: usize, end: usize) -> Kind {
        if self.era.is_ahead(&self.sections, start) || self.sections.is_plan(start) {
            return Kind::Plan;
        }
        let text = self.text;
        let from = self.sections.passage(start).max(start.saturating_sub(2 * CLAUSE));
        let clause = subject::clause_end(text, end, CLAUSE);
        let first = self.plans.partition_point(|(at, _)| *at < from);
        let announced = self.plans[first..]
            .iter()
            .take_while(|(at, _)| *at < clause)
            .filter(|(_, after)| *after <= clause)
            .any(|(at, after)| {
                let turned = *at < start && turns(text, *after, start);
                !turned && !is_foreseen(text, from, *at) && !self.is_assured(*at, *after)
            });
        if announced { Kind::Plan } else { Kind::Fact }
    }

    /// Whether 确保 says what something counted before it in its sentence was for, or what was
    /// assured: 发放棉被20床,确保30户温暖过冬; 确保了.
    fn is_assured(&self, at: usize, after: usize) -> bool {
        let sentence = self.sections.sentence(at);
        let counted = self
            .found
            .claims
            .iter()
            .rev()
            .take_while(|claim| claim.start >= sentence)
            .any(|claim| claim.end <= at && claim.kind == Kind::Fact && claim.value.is_some());
        self.text.has(at, "确保") && (counted || self.text.at(after) == '了')
    }

    /// A number that was set as a target is plan, whatever became of it.
    pub(super) fn is_set(&self, figure: &Figure, start: usize) -> bool {
        let text = self.text;
        let clause = text.slice(clause_start(text, start, CLAUSE), start);
        let words = clause.trim_end_matches(['为', '是', '数', '共', '有', '计', '值', ' ']);
        let counted = figure.unit.is_none_or(|unit| {
            matches!(unit.class(), Class::Items | Class::Share | Class::Points | Class::Multiples)
        });
        let met = || MET.iter().any(|word| clause.contains(word));
        let set = SET.iter().any(|word| words.ends_with(word)) && !met();
        // 阳光计划62人 is the name of a programme.
        let named = words.ends_with("计划");
        if set && ((!counted && !named) || is_answered(text, figure.end)) {
            return true;
        }
        let money = figure.unit.is_some_and(|unit| unit.class() == Class::Money);
        let given = clause.find("下达").map(|at| &clause[at..]);
        given.is_some_and(|given| {
            let handed = HANDED.iter().any(|word| given.contains(word));
            !money && !counted && !handed && !given.contains("完成")
        })
    }
}

/// How far into its clause a turn stands: 1—10月已完成2亿元.
const TURN: usize = 10;

/// Whether a clause between two positions begins with a turn. 已建成的5个园区 describes.
fn turns(text: &Text<'_>, from: usize, to: usize) -> bool {
    let turn = |k: usize| {
        let end = text.any_at(k, TURNS).map(|n| k + n)?;
        let described = (end..end + 4).any(|i| text.at(i) == '的');
        (end <= to && !described).then_some(end)
    };
    let begins = (from..to).filter(|&k| ends_clause(text, k));
    begins.map(|k| k + 1).any(|begin| {
        let end = (begin..to.min(begin + TURN)).find(|&k| ends_clause(text, k));
        (begin..end.unwrap_or(to.min(begin + TURN))).any(|k| turn(k).is_some())
    })
}

/// Whether the word of a plan at a position is the 将 of a forecast.
fn is_foreseen(text: &Text<'_>, from: usize, at: usize) -> bool {
    text.at(at) == '将' && FORESEEN.iter().any(|word| text.slice(from, at).contains(word))
}

/// Whether the next clause says how much of a target was done: 任务5个,完成6个.
fn is_answered(text: &Text<'_>, end: usize) -> bool {
    matches!(text.at(end), ',' | '，')
        && text.any_at(end + 1, &["完成", "已完成", "实际完成", "共完成", "现完成", "已"]).is_some()
}
