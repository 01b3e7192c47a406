//! A report that came back from a leader as a Word file: `report merge`.

use std::path::Path;

use manuscript::{Revised, RevisedParagraph};
use report::{Checked, Conclusion, MergeChange, MergeKind, Merged, Options, Returned, Verdict};
use serde_json::{Value, json};
use thiserror::Error;

use crate::error::AppError;
use crate::office::Office;
use crate::output::{self, Readers};
use crate::report::CheckOptions;
use crate::report::{check, parse, setting};

/// Why a document could not be taken in.
#[derive(Debug, Error)]
pub enum MergeProblem {
    /// The document cannot be read.
    #[error("读不了退回的稿子 {file};要 Word 的 .docx,旧的 .doc、.wps 请先另存为 .docx")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: Box<manuscript::ReadError>,
    },
    /// The document is none of this report.
    #[error(
        "{file} 像是另一份材料,不是 {into} 的改稿:能比的 {sharable} 段里只有 {shared} 段对得上,没有合并;请核对文件。真要整篇另写,请直接改报告源文件"
    )]
    Another {
        /// The document.
        file: String,
        /// The report source.
        into: String,
        /// Paragraphs that both have.
        shared: usize,
        /// Paragraphs that both could have.
        sharable: usize,
    },
    /// The source with the changes cannot be read, which would be a fault of this program.
    #[error("合并后的报告读不了,没有写入")]
    Unparsed(#[source] report::ParseErrors),
}

/// What a returned document changes.
pub struct MergeAnswer {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
    /// Whether no statement is refuted that was changed.
    pub good: bool,
}

/// Shows what a returned document changes of a report source, and with `accept` writes it.
pub fn merge_report(
    office: &Office,
    leader: &Path,
    into: &Path,
    accept: bool,
) -> Result<MergeAnswer, AppError> {
    let source = parse(into)?;
    let bytes = std::fs::read(leader)
        .map_err(|source| AppError::ReadFile { path: leader.to_path_buf(), source })?;
    let revised = manuscript::revisions(&bytes).map_err(|source| MergeProblem::Unreadable {
        file: leader.display().to_string(),
        source: Box::new(source),
    })?;
    let paragraphs = joined(&revised);
    let returned: Vec<Returned> = paragraphs.iter().map(|p| p.returned.clone()).collect();
    let merged = report::merge(&source, &returned, &report::lexicon(&office.pack));
    let name = into.display().to_string();
    if merged.is_another() {
        let (shared, sharable) = (merged.shared, merged.sharable);
        let file = leader.display().to_string();
        return Err(MergeProblem::Another { file, into: name, shared, sharable }.into());
    }
    let new = report::parse(&merged.text, &name).map_err(MergeProblem::Unparsed)?;
    let session = office.session();
    let options: Options = setting(office, &CheckOptions::default())?;
    let (before, after) =
        (check(&source, &session, &options, into)?, check(&new, &session, &options, into)?);
    if accept && merged.text != source.text {
        output::write(into, merged.text.as_bytes(), Readers::Usual)?;
    }
    let told = Told {
        revised: &revised,
        paragraphs: &paragraphs,
        merged: &merged,
        before: &before,
        after: &after,
    };
    Ok(told.answer(into, accept))
}

/// A paragraph of the document with all changes accepted, and the parts it was made of.
struct Joined {
    returned: Returned,
    /// Numbers of the paragraphs in the document.
    parts: Vec<usize>,
}

/// Bookmarks of a built report: `zz_claim_7`.
const BOOKMARK: &str = "zz_claim_";

/// The paragraphs as they are once all changes are accepted.
fn joined(revised: &Revised) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::new();
    let mut runs_on = false;
    for (number, paragraph) in revised.paragraphs.iter().enumerate() {
        if !runs_on {
            all.push(Joined { returned: Returned::default(), parts: Vec::new() });
        }
        if let Some(last) = all.last_mut() {
            let lead = last.returned.text.chars().count();
            last.returned.text.push_str(&paragraph.after);
            last.parts.push(number);
            let marks = paragraph.bookmarks.iter().filter_map(|mark| {
                let claim = mark.name.strip_prefix(BOOKMARK)?.parse().ok()?;
                Some((claim, lead + mark.start..lead + mark.end))
            });
            last.returned.claims.extend(marks);
        }
        runs_on = matches!(paragraph.mark, manuscript::Mark::Deleted(_));
    }
    all
}

struct Told<'t> {
    revised: &'t Revised,
    paragraphs: &'t [Joined],
    merged: &'t Merged,
    before: &'t Checked,
    after: &'t Checked,
}

impl Told<'_> {
    fn answer(&self, into: &Path, accept: bool) -> MergeAnswer {
        let mut text = String::new();
        let mut good = true;
        let mut changes = Vec::new();
        for change in &self.merged.changes {
            let by = self.authors(change);
            text.push_str(&self.told_change(change, &by));
            let verdicts = self.verdicts(change);
            for verdict in &verdicts {
                let finding = &verdict.finding;
                good &= finding.conclusion != Conclusion::Refuted;
                text.push_str(&format!(
                    "    “{}”[{}]:{}\n",
                    verdict.text,
                    finding.conclusion.label(),
                    finding.reason
                ));
            }
            changes.push(json!({
                "kind": change.kind.code(),
                "line": change.line,
                "by": by,
                "before": change.before,
                "after": change.after,
                "words": change.words.iter()
                    .map(|(before, after)| json!({ "before": before, "after": after }))
                    .collect::<Vec<_>>(),
                "claims": verdicts.iter().map(|verdict| json!({
                    "text": verdict.text,
                    "verdict": verdict.finding.conclusion.code(),
                    "reason": verdict.finding.reason,
                })).collect::<Vec<_>>(),
            }));
        }
        let mut comments = Vec::new();
        for paragraph in &self.revised.paragraphs {
            for comment in &paragraph.comments {
                let said = comment.text.replace('\n', " ");
                text.push_str(&format!("批注 {}(“{}”):{said}\n", comment.by.author, comment.words));
                comments.push(json!({
                    "by": comment.by.author,
                    "date": comment.by.date,
                    "words": comment.words,
                    "text": comment.text,
                }));
            }
        }
        let lost: Vec<&str> =
            self.merged.lost.iter().map(|n| self.before.source.claims[*n].text.as_str()).collect();
        for words in &lost {
            text.push_str(&format!("“{words}”的字没有了,它的绑定也去掉\n"));
        }
        let loose = self.new_loose();
        for (line, words) in &loose {
            text.push_str(&format!("第{line}行新写的“{words}”没有绑定指标\n"));
        }
        let end = match (accept, self.merged.changes.is_empty()) {
            (_, true) => "稿子没有改动".to_owned(),
            (true, false) => format!("已写入 {}", into.display()),
            (false, false) => {
                format!("没有写入;同意这些改动,请加 --accept 写入 {}", into.display())
            }
        };
        text.push_str(&format!("改动 {} 处,批注 {} 条;{end}\n", changes.len(), comments.len()));
        let json = json!({
            "changes": changes,
            "comments": comments,
            "lost": lost,
            "loose": loose.iter().map(|(line, words)| json!({ "line": line, "text": words })).collect::<Vec<_>>(),
            "written": accept && !self.merged.changes.is_empty(),
        });
        MergeAnswer { text, json, good }
    }

    /// Who made a change, as Word noted it.
    fn authors(&self, change: &MergeChange) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut add = |paragraph: &RevisedParagraph| {
            let by = paragraph.changes.iter().map(|change| &change.by);
            let mark = match &paragraph.mark {
                manuscript::Mark::Kept => None,
                manuscript::Mark::Inserted(by) | manuscript::Mark::Deleted(by) => Some(by),
            };
            for by in by.chain(mark) {
                if !names.contains(&by.author) {
                    names.push(by.author.clone());
                }
            }
        };
        match change.returned {
            Some(number) => {
                let parts = self.paragraphs.get(number).map_or(&[][..], |p| &p.parts);
                parts.iter().filter_map(|n| self.revised.paragraphs.get(*n)).for_each(&mut add);
            }
            None => {
                let gone = self.revised.paragraphs.iter();
                gone.filter(|p| p.before.trim() == change.before.trim()).for_each(&mut add);
            }
        }
        names
    }

    /// The verdicts on the claims whose words a change touched, and on others of its paragraph
    /// that are judged otherwise than before.
    fn verdicts(&self, change: &MergeChange) -> Vec<&Verdict> {
        let source = &self.before.source;
        let mine = |old: usize| {
            let passage = &source.passages[source.claims[old].passage];
            passage.line == change.line && passage.text() == change.before
        };
        let mut found = Vec::new();
        for (new, old) in self.merged.claims.iter().enumerate() {
            let worse = self.after.conclusion_of(new) != self.before.conclusion_of(*old);
            if change.claims.contains(old) || (mine(*old) && worse) {
                found.extend(self.after.verdicts_of(new));
            }
        }
        found
    }

    /// Figures that the report did not have, and that nothing is known of.
    fn new_loose(&self) -> Vec<(usize, String)> {
        let known = |words: &str| self.before.loose.iter().any(|loose| loose.text == words);
        let new = self.after.loose.iter().filter(|loose| !known(&loose.text));
        new.map(|loose| (loose.line, loose.text.clone())).collect()
    }

    fn told_change(&self, change: &MergeChange, by: &[String]) -> String {
        let who = |names: &[String]| match names {
            [] => UNTRACKED.to_owned(),
            names => names.join("、"),
        };
        let lead = format!("第{}行 [{}] ", change.line, change.kind.label());
        let whole = |text: &str, more: &str| format!("{lead}{}:“{text}”{more}\n", who(by));
        let words = change.words.iter().map(|(before, after)| {
            let author = self.author_of(change, before, after);
            format!("{}:“{before}”→“{after}”", author.unwrap_or(UNTRACKED))
        });
        let words: Vec<String> = words.collect();
        match change.kind {
            MergeKind::Inserted => whole(&change.after, "(在这一行之后)"),
            MergeKind::Deleted => whole(&change.before, ""),
            MergeKind::Moved if words.is_empty() => whole(&change.after, ""),
            MergeKind::Moved | MergeKind::Edited => format!("{lead}{}\n", words.join(",")),
        }
    }

    /// Who made a single difference, if it was tracked.
    fn author_of(&self, change: &MergeChange, before: &str, after: &str) -> Option<&str> {
        let parts = &self.paragraphs.get(change.returned?)?.parts;
        let tracked = parts.iter().filter_map(|n| self.revised.paragraphs.get(*n));
        let mut all = tracked.flat_map(|paragraph| &paragraph.changes);
        let same = all.find(|c| c.before.contains(before) && c.after.contains(after))?;
        Some(&same.by.author)
    }
}

/// Who changed words that Word kept no track of.
const UNTRACKED: &str = "没有修订痕迹";
