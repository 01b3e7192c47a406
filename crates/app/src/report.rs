//! Reports: checked, built into documents, refreshed.

use std::path::{Path, PathBuf};

use figure::Period;
use measure::Session;
use pack::{Grade, Pack};
use report::{Checked, Obstacle, ObstacleKind, Options, Source, Unmeasured};
use serde_json::Value;
use store::AccessKind;

use crate::definitions;
use crate::error::AppError;
use crate::office::{Office, OfficeOptions, nearest, place};
use crate::output::{self, Readers};
use crate::reading::{Reading, read};
use crate::relations::told_together;
use crate::remarks::{self, Telling};

/// What the caller decides about a check.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The period as written.
    pub window: Option<String>,
    /// Place by code or name.
    pub place: Option<String>,
    /// Rules of proofreading that are not wanted, by id or label.
    pub off: Vec<String>,
    /// Where to write the user's own Word file with comments.
    pub docx: Option<PathBuf>,
    /// Where to write the page.
    pub html: Option<PathBuf>,
    /// How the text for people is.
    pub telling: Telling,
}

/// The answer of a check.
pub struct CheckAnswer {
    /// For people.
    pub text: String,
    /// Everything that was found out.
    pub checked: Box<Checked>,
    /// Whether every claim is proven, no figure is loose and every relation holds.
    pub good: bool,
    /// Verdicts proven, refuted, unprovable.
    pub counts: [usize; 3],
    /// Figures bound to nothing.
    pub loose: usize,
    /// Files written.
    pub files: Vec<PathBuf>,
}

impl CheckAnswer {
    /// For programs: the form of `verdicts.json`.
    pub fn json(&self) -> Value {
        report::json(&self.checked)
    }
}

/// Checks a file: a linked report source, or a plain text whose claims are bound by their words.
pub fn check_file(
    office: &Office,
    file: &Path,
    options: &CheckOptions,
) -> Result<CheckAnswer, AppError> {
    check_reading(office, &read(file)?, options)
}

/// Checks a file that was read.
pub(crate) fn check_reading(
    office: &Office,
    reading: &Reading,
    options: &CheckOptions,
) -> Result<CheckAnswer, AppError> {
    let (checked, asked) = checked(office, reading, options)?;
    let files = written(&checked, reading, options, &office.clerk.at)?;
    Ok(CheckAnswer { files, ..answer(checked, options.telling, asked) })
}

/// Reads a file where there is no ledger: what it states, what contradicts itself, and what a
/// proofreader marks.
pub fn check_text(
    definitions: &OfficeOptions,
    file: &Path,
    options: &CheckOptions,
) -> Result<CheckAnswer, AppError> {
    let local = definitions.local_directory();
    let pack = definitions::load(definitions.base().as_deref(), local.as_deref())?;
    check_words(definitions, &pack, &read(file)?, options)
}

/// Reads a file that was read, with definitions that were loaded, where there is no ledger.
pub(crate) fn check_words(
    definitions: &OfficeOptions,
    pack: &Pack,
    reading: &Reading,
    options: &CheckOptions,
) -> Result<CheckAnswer, AppError> {
    let window = options.window.as_deref().map(Period::parse).transpose()?;
    let off = known_rules(pack, &options.off)?;
    // A place says nothing where there is no ledger, but a name that is none is a mistake.
    options.place.as_deref().map(|text| place(pack, text)).transpose()?;
    let setting = Options { window, place: None, off };
    let why = Unmeasured::NoLedger;
    let checked = report::unmeasured(&reading.plain(), pack, definitions.now, &setting, why);
    let files = written(&checked, reading, options, &definitions.at)?;
    Ok(CheckAnswer { files, ..answer(checked, options.telling, Asked::Nothing(why)) })
}

/// Writes what was asked for beside the answer: the user's own Word file with comments, a page.
fn written(
    checked: &Checked,
    reading: &Reading,
    options: &CheckOptions,
    at: &str,
) -> Result<Vec<PathBuf>, AppError> {
    let input = Path::new(&reading.name);
    if let Some(path) = &options.docx {
        output::is_no_input("--docx", path, input, "-核稿.docx")?;
    }
    if let Some(path) = &options.html {
        output::is_no_input("--html", path, input, "-核稿.html")?;
    }
    let mut files = Vec::new();
    let mut put = |path: &PathBuf, bytes: &[u8]| {
        files.push(path.clone());
        output::write(path, bytes, Readers::Usual)
    };
    if let Some(path) = &options.docx {
        put(path, &reading.commented(checked, at)?)?;
    }
    if let Some(path) = &options.html {
        put(path, report::html(checked, &[]).as_bytes())?;
    }
    Ok(files)
}

/// The ids of rules, each given by its id or by the name that its remarks have.
fn known_rules(pack: &Pack, names: &[String]) -> Result<Vec<String>, AppError> {
    let rules = || pack.review.values();
    let id = |name: &String| {
        let found = rules().find(|rule| rule.id == *name || rule.label == *name);
        found.map(|rule| rule.id.clone()).ok_or_else(|| AppError::UnknownRule {
            rule: name.clone(),
            nearest: nearest(name, rules().flat_map(|rule| [&rule.id, &rule.label])),
        })
    };
    names.iter().map(id).collect()
}

/// The files of a built report.
pub(crate) const BUILT: [&str; 3] = ["report.docx", "report.html", "verdicts.json"];

/// Checks a report and writes `report.docx`, `report.html` and `verdicts.json` into a directory.
pub fn build_report(office: &Office, file: &Path, out: &Path) -> Result<CheckAnswer, AppError> {
    let options = setting(office, &CheckOptions::default())?;
    let source = parse(file)?;
    let session = office.session();
    let mut checked = check(&source, &session, &options, file)?;
    let name = file.display().to_string();
    let evidence = report::gather(&checked, &session).map_err(AppError::Evidence)?;
    note_evidence(office, &checked, &evidence)?;
    checked.document.proof = Some(proof(office, &session)?);
    let page = report::html(&checked, &evidence);
    let word = docx::write(&checked.document)
        .map_err(|source| AppError::Docx { file: name, source: Box::new(source) })?;
    let mut answer = answer(checked, Telling::default(), Asked::Given);
    let json = format!("{:#}\n", answer.json());
    std::fs::create_dir_all(out)
        .map_err(|source| AppError::WriteFile { path: out.to_path_buf(), source })?;
    for (name, bytes) in BUILT.into_iter().zip([&word, page.as_bytes(), json.as_bytes()]) {
        let path = out.join(name);
        output::write(&path, bytes, Readers::Usual)?;
        answer.files.push(path);
    }
    Ok(answer)
}

/// The line that says which state of the ledgers a report rests on.
fn proof(office: &Office, session: &Session<'_>) -> Result<String, AppError> {
    let revision = session.revision().map_err(|e| AppError::Measure(Box::new(e)))?;
    let (_, head) = office.store.chain_at(revision)?;
    let code = report::short_code(&head).unwrap_or_default();
    Ok(format!("台账第 {revision} 版 · 审计链头 {code}"))
}

/// Notes that the page lists records about persons.
fn note_evidence(
    office: &Office,
    checked: &Checked,
    evidence: &[Vec<report::RecordTable>],
) -> Result<(), AppError> {
    let shown = |label: &str| -> u64 {
        let tables = evidence.iter().flatten().filter(|table| table.ledger == label);
        tables.map(|table| table.rows.len() as u64).sum()
    };
    let detail = format!("写出报告《{}》,附记录", checked.source.front.title);
    for ledger in office.pack.ledgers.values() {
        office.note_read(AccessKind::Read, &ledger.id, shown(&ledger.label), &detail)?;
    }
    Ok(())
}

/// Rewrites stale words of a report source; gives how many it rewrote.
pub fn refresh_report(office: &Office, file: &Path, out: &Path) -> Result<usize, AppError> {
    let options = setting(office, &CheckOptions::default())?;
    let source = parse(file)?;
    let session = office.session();
    let checked = check(&source, &session, &options, file)?;
    let text = report::refresh(&source, &checked);
    let changed = checked
        .verdicts
        .iter()
        .filter(|v| v.finding.suggestion.is_some() && checked.exception_for(v).is_none())
        .count();
    output::write(out, text.as_bytes(), Readers::Usual)?;
    Ok(changed)
}

pub(crate) fn parse(file: &Path) -> Result<Source, AppError> {
    let reading = read(file)?;
    report::parse(&reading.text, &reading.name).map_err(AppError::Report)
}

pub(crate) fn setting(office: &Office, options: &CheckOptions) -> Result<Options, AppError> {
    Ok(Options {
        window: options.window.as_deref().map(|w| office.period(w)).transpose()?,
        place: options.place.as_deref().map(|p| office.place(Some(p))).transpose()?,
        off: known_rules(&office.pack, &options.off)?,
    })
}

pub(crate) fn check(
    source: &Source,
    session: &Session<'_>,
    options: &Options,
    file: &Path,
) -> Result<Checked, AppError> {
    report::check(source, session, options).map_err(|source| AppError::Check {
        file: file.display().to_string(),
        source: Box::new(source),
    })
}

fn checked(
    office: &Office,
    reading: &Reading,
    options: &CheckOptions,
) -> Result<(Checked, Asked), AppError> {
    let mut setting = setting(office, options)?;
    let session = office.session();
    let (text, file) = (&reading.text, Path::new(&reading.name));
    // A report source begins with its front matter; anything else is somebody's text.
    // Links without front matter are a report that lost its head, and the parser says so.
    if text.trim_start().starts_with("+++") || text.contains("](") {
        let source = report::parse(text, &reading.name).map_err(AppError::Report)?;
        if let (Some(own), Some(given)) = (source.front.window, setting.window)
            && own != given
        {
            return Err(AppError::OtherWindow { own: own.code(), given: given.code() });
        }
        return Ok((check(&source, &session, &setting, file)?, Asked::Given));
    }
    let plain = reading.plain();
    let mut asked = Asked::Given;
    if setting.window.is_none() {
        let Some(period) = report::own_period(text, office.now) else {
            let why = Unmeasured::NoPeriod;
            let checked = report::unmeasured(&plain, &office.pack, office.now, &setting, why);
            return Ok((checked, Asked::Nothing(why)));
        };
        setting.window = Some(period);
        asked = Asked::Named(period);
    }
    if setting.place.is_none() {
        setting.place = Some(office.place(None)?);
    }
    let checked = report::check_plain(&plain, &session, &setting).map_err(|source| {
        AppError::Check { file: reading.name.clone(), source: Box::new(source) }
    })?;
    Ok((checked, asked))
}

/// What the ledgers were asked.
#[derive(Clone, Copy)]
enum Asked {
    /// For the period that the caller or a report source gives.
    Given,
    /// For the period that the text names in its title or head.
    Named(Period),
    /// Nothing.
    Nothing(Unmeasured),
}

fn answer(checked: Checked, telling: Telling, asked: Asked) -> CheckAnswer {
    let summary = checked.summary;
    // Periods that are still open are no fault of the words; a seal asks for more.
    let settled = |o: &Obstacle| matches!(o.kind, ObstacleKind::Open | ObstacleKind::Unexplained);
    // Where there is no ledger, nothing could be proven, and that is no fault of the words
    // either. Where there is one that was not asked, nobody may take the text for proven.
    let sound = match asked {
        Asked::Nothing(why) => why == Unmeasured::NoLedger,
        _ => checked.obstacles(false).iter().all(settled),
    };
    let good = sound && !checked.breaks_rules();
    let broken = checked.relations.iter().filter(|r| r.is_broken()).count();
    let unexplained = checked.relations.iter().filter(|r| r.is_unexplained()).count();
    let mut text = String::new();
    if let Asked::Named(period) = asked {
        let period = period.describe();
        text.push_str(&format!("期间:{period}(材料的标题或开头写的;不对请用 --window 另给)\n"));
    }
    text.push_str(&remarks::tell(&checked, telling));
    if broken + unexplained > 0 {
        text.push_str(&format!("【勾稽不符 {broken} 条、需说明 {unexplained} 条】\n"));
    }
    // One that was explained is settled, and no more than counted.
    text.push_str(&told_together(&checked.relations));
    let counted = match asked {
        Asked::Given | Asked::Named(_) => format!(
            "表述 {} 条:证实 {},不符 {},无法证实 {},未绑定 {};未绑定数字 {};勾稽不符 {broken},需说明 {unexplained}",
            checked.verdicts.len(),
            summary.proven,
            summary.refuted,
            summary.unprovable,
            summary.unbound,
            summary.loose
        ),
        Asked::Nothing(why) => format!(
            "表述 {} 条,打算 {} 处;{}({})",
            checked.verdicts.len(),
            summary.plan,
            why.lack(),
            why.remedy()
        ),
    };
    let of = |grade| checked.findings.iter().filter(|f| f.grade == grade).count();
    let (wrong, leaks, doubtful) = (of(Grade::Wrong), of(Grade::Leak), of(Grade::Doubt));
    let leaks = if leaks > 0 { format!(",不宜公开 {leaks}") } else { String::new() };
    text.push_str(&format!("{counted};自相矛盾 {wrong}{leaks},核稿提示 {doubtful}\n"));
    for unused in checked.unused_exceptions() {
        text.push_str(&format!("提醒:{unused}\n"));
    }
    CheckAnswer {
        text,
        checked: Box::new(checked),
        good,
        counts: [summary.proven, summary.refuted, summary.unprovable],
        loose: summary.loose,
        files: Vec::new(),
    }
}
