//! What keeps a checked report from being sealed, with line and remedy.

use std::fmt;

use measure::Status;

use crate::verdict::{Checked, Conclusion, Finding, Kind, Loose, Verdict};

/// One thing that has to be settled before a report can be sealed. Its `Display` says where
/// it is, what it is, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What sort of thing it is.
    pub kind: ObstacleKind,
    /// Line in the file, from 1; `None` for a relation, which stands in no line.
    pub line: Option<usize>,
    /// The words, or the relation with its place and period.
    pub subject: String,
    /// Why it is one, and what to do.
    pub reason: String,
}

/// The sorts of obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObstacleKind {
    /// A figure that is bound to nothing.
    Loose,
    /// Words that are not proven and not excepted.
    Claim(Conclusion),
    /// Proven words whose value may still change, in the way of a final seal only.
    Open,
    /// A relation that must hold, does not, and is not excepted.
    Relation,
    /// A relation that may differ, does without a written reason, and is not excepted.
    Unexplained,
}

impl ObstacleKind {
    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            ObstacleKind::Loose => "未绑定数字",
            ObstacleKind::Claim(conclusion) => conclusion.label(),
            ObstacleKind::Open => "未结账",
            ObstacleKind::Relation => "勾稽不符",
            ObstacleKind::Unexplained => "勾稽需说明",
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "第{line}行 ")?;
        }
        write!(f, "[{}] {}:{}", self.kind.label(), self.subject, self.reason)
    }
}

impl Checked {
    /// Everything that stands in the way of a seal, by line, relations last. A final seal asks
    /// for more than a `provisional` one: the values behind proven words may not change any
    /// more, and words are not excused by a window that is still open.
    pub fn obstacles(&self, provisional: bool) -> Vec<Obstacle> {
        let mut obstacles: Vec<Obstacle> = self.loose.iter().map(of_loose).collect();
        obstacles.extend(self.verdicts.iter().filter_map(|v| self.of_verdict(v, provisional)));
        obstacles.sort_by_key(|o| o.line);
        obstacles.extend(self.of_relations());
        obstacles
    }

    fn of_verdict(&self, verdict: &Verdict, provisional: bool) -> Option<Obstacle> {
        let finding = &verdict.finding;
        let (kind, reason) = match finding.conclusion {
            Conclusion::Proven if provisional || finding.status == Some(Status::Final) => {
                return None;
            }
            Conclusion::Proven => (ObstacleKind::Open, open_reason(finding)),
            _ if self.exception_for(verdict).is_some() => return None,
            _ if provisional && waits_only(finding) => return None,
            conclusion => (ObstacleKind::Claim(conclusion), finding.reason.clone()),
        };
        let subject = format!("“{}”", verdict.text);
        Some(Obstacle { kind, line: Some(verdict.line), subject, reason })
    }

    fn of_relations(&self) -> impl Iterator<Item = Obstacle> {
        let broken = self
            .relations
            .iter()
            .filter(|r| r.is_amiss() && self.exception_for_relation(r).is_none());
        broken.map(|relation| {
            let (label, place) = (&relation.label, &relation.place_label);
            let advice = match relation.advice.trim_end_matches('。') {
                "" => String::new(),
                advice => format!(";{advice}"),
            };
            Obstacle {
                kind: match relation.is_broken() {
                    true => ObstacleKind::Relation,
                    false => ObstacleKind::Unexplained,
                },
                line: None,
                subject: format!("{label} · {place} · {}", relation.window.describe()),
                reason: format!("{}{advice};关系的编号是 {}", relation.equation, relation.id),
            }
        })
    }
}

/// Whether nothing but a window that is still open keeps words from being judged.
fn waits_only(finding: &Finding) -> bool {
    finding.conclusion == Conclusion::Unprovable
        && finding.kind == Some(Kind::Gap)
        && matches!(finding.status, Some(Status::Provisional | Status::Forecast))
}

fn open_reason(finding: &Finding) -> String {
    let gaps = match finding.gaps.as_slice() {
        [] => String::new(),
        gaps => format!(",{}", gaps.join(",")),
    };
    format!("现在证实,但数还可能变动{gaps};请先结账这些月份,或改为暂行封存")
}

fn of_loose(loose: &Loose) -> Obstacle {
    Obstacle {
        kind: ObstacleKind::Loose,
        line: Some(loose.line),
        subject: format!("“{}”", loose.text),
        reason: loose.reason.clone(),
    }
}
