//! What somebody decided that words of a text are about, kept beside the database: `bind`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use thiserror::Error;

use crate::error::AppError;
use crate::office::Office;
use crate::output::{self, Readers};
use crate::reading::read;

/// The file of the office's own definitions that decisions are written to.
const FILE: &str = "binding/decided.toml";
const HEAD: &str = "label = \"人工核定的绑定\"\n";

/// What is decided.
#[derive(Clone, Debug)]
pub struct BindRequest {
    /// The text.
    pub file: PathBuf,
    /// The words of a statement, as they stand in it.
    pub words: String,
    /// The target as a link of a report has it, or `none`.
    pub target: String,
    /// The line of the words, where they stand in several.
    pub line: Option<usize>,
    /// Why.
    pub why: Option<String>,
}

/// Why a decision was not kept.
#[derive(Debug, Error)]
pub enum BindProblem {
    /// The words or the target are not right.
    #[error("没有记下绑定")]
    Decide(#[source] Box<report::DecideError>),
    /// The office keeps no definitions of its own.
    #[error("这个数据库旁边没有本单位的定义,没有地方记;请用 --local 指明目录")]
    NoLocal,
}

fn undecided(source: report::DecideError) -> BindProblem {
    BindProblem::Decide(Box::new(source))
}

/// What was kept.
pub struct BindAnswer {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
}

/// Keeps what words are about, for this text and any other with the same clause.
pub fn bind_words(
    office: &Office,
    local: Option<&Path>,
    who: &str,
    request: &BindRequest,
) -> Result<BindAnswer, AppError> {
    let local = local.ok_or(BindProblem::NoLocal)?;
    let text = read(&request.file)?.text;
    let name = request.file.display().to_string();
    let clause = report::clause_of(&text, &name, &office.pack, &request.words, request.line)
        .map_err(undecided)?;
    let home = office.place(None)?;
    let labels = report::check_target(&office.pack, &home, &request.target).map_err(undecided)?;
    let path = local.join(FILE);
    let failed = |source| AppError::WriteFile { path: path.clone(), source };
    let mut kept = std::fs::read_to_string(&path).unwrap_or_else(|_| HEAD.to_owned());
    let why = request.why.as_deref();
    kept.push_str(&report::decision_entry(&clause, &request.target, who, office.now, why));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    output::write(&path, kept.as_bytes(), Readers::Usual)?;
    let about = match labels.as_slice() {
        [] => "不是台账里的数".to_owned(),
        labels => format!("‘{}’", labels.join("’、‘")),
    };
    let text = format!(
        "第{}行“{}”:记下“{}”说的{}{about},写在 {};以后这样的话都照此核验\n",
        clause.line,
        clause.words,
        clause.pattern,
        if labels.is_empty() { "" } else { "是" },
        path.display()
    );
    let json = json!({
        "line": clause.line,
        "words": clause.words,
        "pattern": clause.pattern,
        "target": request.target,
        "file": path.display().to_string(),
    });
    Ok(BindAnswer { text, json })
}
