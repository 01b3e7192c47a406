//! Numbers in Chinese characters, most of which are words and names.

use figure::Class;

use crate::claim;
use crate::scan::{self, Figure, is_numeral};
use crate::text::Text;
use crate::words;

use super::REACH;

pub(super) fn chinese_counts(text: &Text<'_>, figure: &Figure, quoted: bool) -> bool {
    let Some(unit) = figure.unit else {
        let foreign = scan::is_foreign(&figure.unit_text);
        let counted = !figure.is_one(text) || one_is_made(text, figure);
        // “一带四片” and 四片:… name parts.
        let named = quoted
            || (matches!(text.at(figure.end), ':' | '：')
                && !words::goes_on(text.before(figure.start)));
        return !figure.unit_text.is_empty() && !foreign && counted && !named;
    };
    if unit.class() == Class::Share {
        return true;
    }
    if unit.class() == Class::Multiples {
        return !quoted;
    }
    if quoted
        || matches!(unit.class(), Class::Years | Class::Sessions)
        || unit.base_symbol() == "日"
    {
        return false;
    }
    // 河东三组、四组 are the third group and the fourth.
    let place = "村东西南北区屯庄湾、".contains(text.before(figure.start));
    if unit.base_symbol() == "组" && place {
        return false;
    }
    if unit.base_symbol() == "月" || text.at(figure.end) == '“' {
        return false;
    }
    // 人大五次、六次会议: the first number is of the same meetings.
    let list = text.at(figure.end) == '、' && is_numeral(text.at(figure.end + 1));
    let meeting =
        list || text.any_at(figure.end, &["会议", "全会", "全体会", "代表大会"]).is_some();
    if meeting && matches!(text.before(figure.start), '大' | '会' | '届' | '委' | '、') {
        return false;
    }
    if (unit.base_symbol() == "期" && is_phase(text, figure)) || is_abstract(text, figure) {
        return false;
    }
    !figure.is_one(text) || one_is_made(text, figure)
}

/// 一期工程, 项目二期, 核电三期: a phase, where no verb of holding or printing stands before it
/// and no lessons behind.
fn is_phase(text: &Text<'_>, figure: &Figure) -> bool {
    const HELD: &[&str] = &[
        "办", "展", "班", "训", "刊", "发", "印", "编", "出版", "共", "计", "推出", "播出", "达",
        "开", "办了", "开了",
    ];
    const LESSONS: &[&str] = &["培训", "讲座", "简报", "活动", "课", "论坛", "沙龙", "节目", "班"];
    let held = HELD.iter().any(|verb| text.ends(figure.start, verb));
    !held && text.any_at(figure.end, LESSONS).is_none()
}

/// What is named by its number and not counted: 两个大局, 三项基本原则, 五个方面.
const ABSTRACT: &[&str] = &[
    "方面",
    "大局",
    "市场",
    "积极性",
    "关键",
    "环节",
    "维度",
    "层面",
    "台阶",
    "重点",
    "职能",
    "原则",
    "导向",
    "关口",
    "战场",
    "抓手",
    "理念",
    "意识",
    "阶段",
    "转变",
    "关系",
    "优势",
    "文章",
    "定位",
    "方法",
    "主题",
    "需求",
    "任务",
    "核心",
    "支撑",
    "底线",
    "文明",
    "作用",
    "必须",
    "坚持",
    "聚焦",
    "突破",
    "短板",
    "统筹",
    "结合",
    "到位",
    "提升",
    "加强",
    "融合",
    "不落",
    "强化",
    "目标",
    "主线",
    "更加",
    "严格",
    "严禁",
    "一律",
];

/// Whether a number names a set of ideas.
fn is_abstract(text: &Text<'_>, figure: &Figure) -> bool {
    let symbol = figure.unit.map(|unit| unit.base_symbol());
    let named = |at: usize| text.any_at(at, ABSTRACT).is_some();
    matches!(symbol, Some("个" | "项" | "种" | "条"))
        && (named(figure.end) || named(figure.end + 2))
}

/// 新建一座水厂: 一 counts where a verb of making stands before it and a counter
/// of single things after it. Elsewhere it means “a” or “the whole”.
fn one_is_made(text: &Text<'_>, figure: &Figure) -> bool {
    const MADE: &[&str] = &[
        "新建", "建成", "建设", "改造", "成立", "组建", "修建", "购置", "召开", "举办", "引进",
        "查处", "新增", "完成", "修复", "改建", "扩建", "建立", "设立",
    ];
    let single = figure.unit_text == "所"
        || figure.unit.is_some_and(|u| {
            matches!(
                u.base_symbol(),
                "座" | "栋"
                    | "幢"
                    | "处"
                    | "家"
                    | "支"
                    | "条"
                    | "台"
                    | "辆"
                    | "口"
                    | "场"
                    | "个"
                    | "套"
                    | "间"
                    | "项"
                    | "名"
                    | "件"
            )
        });
    let from = figure.start.saturating_sub(4);
    let near = text.slice(from, figure.start);
    // 中心小学一所,: what is counted stands before.
    let ends = !words::goes_on(text.at(figure.end)) && words::goes_on(text.before(figure.start));
    let clause = text.slice(claim::clause_start(text, figure.start, REACH), figure.start);
    let often = clause.contains(['每', '逐', '这', '第', '任', '统']);
    if single && ends && !often && clause.chars().count() > 2 {
        return true;
    }
    single && MADE.iter().any(|verb| near.contains(verb)) && figure.unit_text != "系列"
}
