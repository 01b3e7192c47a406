//! `pack manual`: the definitions as a manual for those who keep the ledgers.

pub(crate) mod words;

use std::path::{Path, PathBuf};

use pack::{CloseEvery, Field, Indicator, Ledger, Pack, Private};
use report::{Block, Document, Span};
use serde::Serialize;

use crate::definitions;
use crate::error::AppError;
use crate::office::OfficeOptions;
use crate::output::{self, Readers};

/// What was written.
#[derive(Debug, Serialize)]
pub struct ManualAnswer {
    /// The page.
    pub html: PathBuf,
    /// The document.
    pub docx: PathBuf,
    /// Number of ledgers in it.
    pub ledgers: usize,
    /// Number of indicators in it.
    pub indicators: usize,
}

/// Writes the manual of the office's definitions as a page and as a document.
pub fn write_manual(options: &OfficeOptions, out: &Path) -> Result<ManualAnswer, AppError> {
    let pack = definitions::load(options.base().as_deref(), options.local_directory().as_deref())?;
    let document = document(&pack);
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        |source| AppError::WriteFile { path, source }
    };
    std::fs::create_dir_all(out).map_err(failed(out))?;
    let (html, docx) = (out.join("manual.html"), out.join("manual.docx"));
    let bytes = docx::write(&document).map_err(|source| AppError::Docx {
        file: docx.display().to_string(),
        source: Box::new(source),
    })?;
    output::write(&html, report::plain_page(&document).as_bytes(), Readers::Usual)?;
    output::write(&docx, &bytes, Readers::Usual)?;
    let ledgers = pack.ledgers.values().filter(|ledger| !ledger.file.is_empty()).count();
    Ok(ManualAnswer { html, docx, ledgers, indicators: pack.indicators.len() })
}

fn document(pack: &Pack) -> Document {
    let mut blocks = Vec::new();
    let mut heads = 0;
    for system in &pack.systems {
        let title = format!("{} {}", system.id, system.label);
        chapter(pack, Some(&system.id), &title, &mut heads, &mut blocks);
    }
    chapter(pack, None, "其他台账和指标", &mut heads, &mut blocks);
    Document {
        title: format!("{}填报手册", pack.label),
        to: None,
        from: None,
        date: None,
        blocks,
        proof: None,
    }
}

/// One system, or what belongs to none. Nothing is written where there is nothing.
fn chapter(
    pack: &Pack,
    system: Option<&str>,
    title: &str,
    heads: &mut usize,
    blocks: &mut Vec<Block>,
) {
    let is_own = |found: Option<&str>| match system {
        Some(system) => found == Some(system),
        None => !pack.systems.iter().any(|known| Some(known.id.as_str()) == found),
    };
    let ledgers: Vec<&Ledger> = pack
        .ledgers
        .values()
        .filter(|ledger| !ledger.file.is_empty() && is_own(pack.system_of_ledger(&ledger.id)))
        .collect();
    let indicators: Vec<&Indicator> =
        pack.indicators.values().filter(|own| is_own(pack.system_of_indicator(&own.id))).collect();
    if ledgers.is_empty() && indicators.is_empty() {
        return;
    }
    *heads += 1;
    blocks.push(heading(1, format!("{}、{title}", ordinal(*heads))));
    for (number, ledger) in ledgers.iter().enumerate() {
        let number = ordinal(number + 1);
        blocks.push(heading(2, format!("({number}){}", ledger.label)));
        self::ledger(pack, ledger, blocks);
    }
    if !indicators.is_empty() {
        let number = ordinal(ledgers.len() + 1);
        blocks.push(heading(2, format!("({number})指标")));
        let mut rows = vec![row(["指标", "单位", "口径", "报告里的写法"])];
        for indicator in indicators {
            let says: Vec<String> = indicator.says.iter().map(|says| says.join("…")).collect();
            rows.push(row([
                &indicator.label,
                &indicator.unit.to_string(),
                &indicator.meaning,
                &says.join(";"),
            ]));
        }
        blocks.push(Block::Table { rows });
    }
}

fn ledger(pack: &Pack, ledger: &Ledger, blocks: &mut Vec<Block>) {
    blocks.push(paragraph(&ledger.meaning));
    blocks.push(paragraph(&keeping(pack, ledger)));
    let mut rows = vec![row(["栏目", "必填", "填什么", "保护"])];
    rows.extend(ledger.fields.values().filter(|field| !field.derived).map(|field| {
        let needed = if field.required { "必填" } else { "" };
        row([&field.label, needed, &takes(pack, field), protection(field.private)])
    }));
    blocks.push(Block::Table { rows });
    if !ledger.rules.is_empty() {
        let rules: Vec<&str> = ledger.rules.iter().map(|rule| rule.message.as_str()).collect();
        blocks.push(paragraph(&format!("填错时会提示:{}。", rules.join(";"))));
    }
    if let Some(case) = &ledger.case {
        blocks.push(paragraph(&words::flow(pack, ledger, case)));
    }
    for clock in &ledger.clocks {
        blocks.push(paragraph(&words::clock(pack, ledger, clock)));
    }
}

/// Who keeps the ledger, where, until when, and how it is closed.
fn keeping(pack: &Pack, ledger: &Ledger) -> String {
    let mut parts = Vec::new();
    if let Some(parent) = ledger.parent.as_ref().and_then(|id| pack.ledgers.get(id)) {
        parts.push(format!("随“{}”逐条登记", parent.label));
    }
    parts.push(format!("主管:{}", ledger.owner));
    for (what, roles) in [
        ("登记", &ledger.roles.enter),
        ("核对", &ledger.roles.check),
        ("审定", &ledger.roles.approve),
        ("可查看", &ledger.roles.read),
    ] {
        if !roles.is_empty() {
            parts.push(format!("{what}:{}", words::roles(pack, roles)));
        }
    }
    match ledger.close {
        Some(CloseEvery::Month) => parts.push("按月结账,没有也要零报告".to_owned()),
        Some(CloseEvery::Year) => parts.push("每年由主管结账一次".to_owned()),
        None => {}
    }
    if let Some(retention) = ledger.retention {
        parts.push(format!("保管期限:{}", words::retention(retention)));
    }
    format!("{}。", parts.join(";"))
}

fn takes(pack: &Pack, field: &Field) -> String {
    let mut takes = match &field.ty {
        pack::FieldType::Record { ledger } => {
            let label = pack.ledgers.get(ledger).map_or(ledger.as_str(), |l| l.label.as_str());
            format!("“{label}”里的编号")
        }
        pack::FieldType::Code { list } => {
            let label = pack.codes.get(list).map_or(list.as_str(), |l| l.label.as_str());
            format!("“{label}”的代码或名称")
        }
        _ => sheet::expected(field),
    };
    if field.dated {
        takes.push_str(";有变化时按日期变更,不覆盖");
    }
    if let Some(note) = &field.note {
        takes.push_str(&format!(";{note}"));
    }
    takes
}

fn protection(private: Private) -> &'static str {
    match private {
        Private::No => "",
        Private::Identity => "加密",
        Private::Sensitive => "遮盖",
    }
}

/// A number as headings have it: 十一.
fn ordinal(number: usize) -> String {
    prose::write_number(number.into(), prose::NumberStyle::Chinese)
}

fn heading(level: u8, text: String) -> Block {
    Block::Heading { level, spans: span(&text) }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { spans: span(text) }
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<Vec<Span>> {
    cells.into_iter().map(span).collect()
}

fn span(text: &str) -> Vec<Span> {
    vec![Span { text: text.to_owned(), claim: None, bold: false }]
}
