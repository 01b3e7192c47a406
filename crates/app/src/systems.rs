//! `pack systems`: what the pack has of each working system, and what it costs the villages.

use std::collections::BTreeMap;

use pack::{CloseEvery, Ledger, Pack};
use serde::Serialize;

use crate::definitions::{self, example_files, example_names};
use crate::demo::ledger_of;
use crate::error::AppError;
use crate::office::OfficeOptions;

/// What the pack has of one working system.
#[derive(Debug, Default, Serialize)]
pub struct SystemRow {
    /// Id, such as `S30`.
    pub system: String,
    /// Its name.
    pub label: String,
    /// Part of the report that it belongs to.
    pub group: String,
    /// Whether it only holds the registers that the others refer to.
    #[serde(skip)]
    pub is_base: bool,
    /// Number of ledgers.
    pub ledgers: usize,
    /// Number of their fields.
    pub fields: usize,
    /// Number of indicators over them.
    pub indicators: usize,
    /// Number of relations among these.
    pub relations: usize,
    /// Number of time limits.
    pub clocks: usize,
    /// Number of records in the workbooks of the example town.
    pub example_records: usize,
}

/// All working systems.
#[derive(Debug, Serialize)]
pub struct SystemsReport {
    /// One row a system, in the order of the report.
    pub systems: Vec<SystemRow>,
    /// Signatures that a village gives each month.
    pub village_month: usize,
    /// Signatures that the township gives each month for ledgers of its own.
    pub township_month: usize,
    /// Ledgers closed by a monthly signature.
    pub monthly: Vec<String>,
    /// Ledgers closed once a year by their owner.
    pub yearly: usize,
}

/// Counts what the pack has of each system, with the records of the first example town.
pub fn list_systems(options: &OfficeOptions) -> Result<SystemsReport, AppError> {
    let base = options.base();
    let base = base.as_deref();
    let town = example_names().into_iter().next().unwrap_or_default();
    let pack = definitions::load_with_example(base, &town)?;
    let mut systems: Vec<SystemRow> = pack
        .systems
        .iter()
        .map(|system| SystemRow {
            system: system.id.clone(),
            label: system.label.clone(),
            group: system.group.clone(),
            is_base: system.is_base,
            ..SystemRow::default()
        })
        .collect();
    let place: BTreeMap<String, usize> =
        systems.iter().enumerate().map(|(index, row)| (row.system.clone(), index)).collect();
    let mut add = |system: Option<&str>, count: &dyn Fn(&mut SystemRow)| {
        if let Some(row) = system.and_then(|id| place.get(id)) {
            count(&mut systems[*row]);
        }
    };
    for ledger in pack.ledgers.values() {
        add(pack.system_of_ledger(&ledger.id), &|row| {
            row.ledgers += 1;
            row.fields += ledger.fields.values().filter(|field| !field.derived).count();
            row.clocks += ledger.clocks.len();
        });
    }
    for id in pack.indicators.keys() {
        add(pack.system_of_indicator(id), &|row| row.indicators += 1);
    }
    for id in pack.relations.keys() {
        add(pack.system_of_relation(id), &|row| row.relations += 1);
    }
    for (ledger, records) in example_records(&pack, &town)? {
        add(pack.system_of_ledger(&ledger), &|row| row.example_records += records);
    }
    let monthly: Vec<&Ledger> =
        pack.ledgers.values().filter(|ledger| ledger.close == Some(CloseEvery::Month)).collect();
    // One signature closes all monthly ledgers of a place.
    let signed_by = |kind: &str| {
        usize::from(monthly.iter().any(|ledger| ledger.place.iter().any(|own| own == kind)))
    };
    Ok(SystemsReport {
        village_month: signed_by("village"),
        township_month: signed_by("township"),
        yearly: pack
            .ledgers
            .values()
            .filter(|ledger| ledger.close == Some(CloseEvery::Year))
            .count(),
        monthly: monthly.iter().map(|ledger| ledger.label.clone()).collect(),
        systems,
    })
}

/// Number of records by ledger in the workbooks of an example town.
fn example_records(pack: &Pack, town: &str) -> Result<BTreeMap<String, usize>, AppError> {
    let mut records: BTreeMap<String, usize> = BTreeMap::new();
    for (path, bytes) in example_files(town, "workbooks") {
        let name = path.display().to_string();
        let ledger = ledger_of(pack, &name)?;
        let read = sheet::ReadOptions { place: None };
        let staged = sheet::read_workbook(&bytes, &name, pack, &ledger, &read)
            .map_err(|source| AppError::Sheet { file: name, source: Box::new(source) })?;
        *records.entry(ledger).or_default() += staged.rows.len();
    }
    Ok(records)
}

impl SystemsReport {
    /// The table, and what the closings cost.
    pub fn text(&self) -> String {
        let mut text = String::from("系统  台账  字段  指标  勾稽  时限  示例记录  名称\n");
        for row in &self.systems {
            text.push_str(&format!(
                "{:<4}  {:>4}  {:>4}  {:>4}  {:>4}  {:>4}  {:>8}  {}\n",
                row.system,
                row.ledgers,
                row.fields,
                row.indicators,
                row.relations,
                row.clocks,
                row.example_records,
                row.label
            ));
        }
        text.push_str(&format!(
            "每村每月签字 {} 次,镇里每月 {} 次(月结台账 {} 个:{});其余 {} 个台账每年由主管签字一次\n",
            self.village_month,
            self.township_month,
            self.monthly.len(),
            self.monthly.join("、"),
            self.yearly
        ));
        text
    }
}
