//! One thing that a check says otherwise than a seal.

use std::fmt;

/// What differs, and about what. Its `Display` is one line for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub about: Subject,
    /// What of it differs.
    pub aspect: Aspect,
    /// What the seal holds, in words.
    pub old: String,
    /// What the check says, in words.
    pub new: String,
}

/// What a difference is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The report as a whole.
    Report,
    /// A verdict on a claim.
    Claim {
        /// Its words.
        text: String,
        /// Its line, from 1.
        line: u64,
        /// Where they begin, in characters of the text: the same words may stand in a line twice.
        start: u64,
        /// The indicator it is held against.
        indicator: Option<String>,
    },
    /// A relation.
    Relation {
        /// Its id.
        id: String,
        /// Code of the place.
        place: String,
        /// Code of the window.
        window: String,
    },
}

/// What of a claim, relation or report differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Whether it is there at all.
    Presence,
    /// The words, or the text of the report.
    Text,
    /// Where the words stand.
    Position,
    /// The title of the report.
    Title,
    /// The name of the indicator.
    Label,
    /// The unit.
    Unit,
    /// What the indicator measures.
    Meaning,
    /// What the words claim.
    Predicate,
    /// The place.
    Place,
    /// The window.
    Window,
    /// The dimensions that are fixed.
    Fixed,
    /// The conclusion.
    Conclusion,
    /// What stands behind a conclusion that is not proven.
    Kind,
    /// The value.
    Value,
    /// What the value rests on.
    Basis,
    /// How settled it is.
    Status,
    /// The number of records.
    Records,
    /// What stands in the way of knowing it.
    Gaps,
    /// The values of places or periods.
    Members,
    /// The exceptions, or the one it falls under.
    Exception,
    /// The equation of a relation.
    Equation,
    /// How binding a relation is.
    Level,
    /// The left side of a relation.
    Left,
    /// The right side of a relation.
    Right,
    /// Whether a relation holds.
    Holds,
    /// The number of forbidden records.
    Violations,
    /// Words that are a plan.
    Plans,
    /// Words that are a fixed expression.
    Background,
    /// A figure that is bound to nothing.
    Loose,
}

impl Aspect {
    /// The word that programs read, and the one that people read.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Aspect::Presence => ("presence", "有无"),
            Aspect::Text => ("text", "文字"),
            Aspect::Position => ("position", "位置"),
            Aspect::Title => ("title", "标题"),
            Aspect::Label => ("label", "指标名称"),
            Aspect::Unit => ("unit", "单位"),
            Aspect::Meaning => ("meaning", "口径"),
            Aspect::Predicate => ("predicate", "说法"),
            Aspect::Place => ("place", "地方"),
            Aspect::Window => ("window", "期间"),
            Aspect::Fixed => ("fixed", "限定"),
            Aspect::Conclusion => ("conclusion", "结论"),
            Aspect::Kind => ("kind", "不能证实的原因"),
            Aspect::Value => ("value", "台账值"),
            Aspect::Basis => ("basis", "依据"),
            Aspect::Status => ("status", "结账状况"),
            Aspect::Records => ("records", "记录数"),
            Aspect::Gaps => ("gaps", "缺口"),
            Aspect::Members => ("members", "逐项"),
            Aspect::Exception => ("exception", "批准例外"),
            Aspect::Equation => ("equation", "关系式"),
            Aspect::Level => ("level", "约束程度"),
            Aspect::Left => ("left", "左边"),
            Aspect::Right => ("right", "右边"),
            Aspect::Holds => ("holds", "是否成立"),
            Aspect::Violations => ("violations", "违反的记录数"),
            Aspect::Plans => ("plans", "打算的处数"),
            Aspect::Background => ("background", "固定说法的处数"),
            Aspect::Loose => ("loose", "未绑定数字"),
        }
    }

    /// The word that programs read.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        self.words().1
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Report => f.write_str("报告"),
            Subject::Claim { text, line, indicator: Some(indicator), .. } => {
                write!(f, "第{line}行 “{text}”({indicator})")
            }
            Subject::Claim { text, line, indicator: None, .. } => write!(f, "第{line}行 “{text}”"),
            Subject::Relation { id, place, window } => {
                write!(f, "勾稽关系 {id}({place},{window})")
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { about, aspect, old, new } = self;
        write!(f, "{about}的{}:封存时{old},现在{new}", aspect.label())
    }
}
