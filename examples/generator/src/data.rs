//! The form of the data files: which workbooks there are, and how their rows come about.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::GenerateError;

/// What the files of a town say together.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Town {
    /// Workbooks with records.
    pub(crate) workbook: Vec<Workbook>,
    /// Workbooks with monthly closings.
    pub(crate) monthly: Vec<Monthly>,
    /// Workbooks with yearly closings.
    pub(crate) yearly: Vec<Yearly>,
}

/// Reads all data files of a folder, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Town, GenerateError> {
    let failed = |source| GenerateError::File { path: folder.to_path_buf(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut town = Town::default();
    for path in paths {
        let text = std::fs::read_to_string(&path)
            .map_err(|source| GenerateError::File { path: path.clone(), source })?;
        let more: Town = toml::from_str(&text).map_err(|source| GenerateError::Form {
            path: path.clone(),
            source: Box::new(source),
        })?;
        town.workbook.extend(more.workbook);
        town.monthly.extend(more.monthly);
        town.yearly.extend(more.yearly);
    }
    Ok(town)
}

/// A workbook of one ledger.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Workbook {
    /// File name.
    pub(crate) file: String,
    /// Id of the ledger.
    pub(crate) ledger: String,
    /// Title above the head.
    pub(crate) title: String,
    /// Line between title and head, such as `单位:元`.
    #[serde(default)]
    pub(crate) unit: Option<String>,
    /// One sheet for each place instead of a column for it.
    #[serde(default)]
    pub(crate) by_place: bool,
    /// Head of the place column.
    #[serde(default = "place_head")]
    pub(crate) place_head: String,
    /// Head of the column that names the parent record, for a child ledger.
    #[serde(default)]
    pub(crate) parent_head: Option<String>,
    /// Whether cells of one place are merged downwards in its column.
    #[serde(default)]
    pub(crate) merge_place: bool,
    /// Heads above other heads: group → fields, which must stand side by side.
    #[serde(default)]
    pub(crate) groups: BTreeMap<String, Vec<String>>,
    /// Other heads than the fields' labels.
    #[serde(default)]
    pub(crate) heads: BTreeMap<String, String>,
    /// Fields that the 合计 row adds up.
    #[serde(default)]
    pub(crate) total: Vec<String>,
    /// Last line, such as `填表人:… 审核:…`.
    #[serde(default)]
    pub(crate) footer: Option<String>,
    /// How dates are written.
    #[serde(default)]
    pub(crate) dates: DateStyle,
    /// The rows.
    pub(crate) rows: Vec<Rows>,
}

fn place_head() -> String {
    "村(社区)".to_owned()
}

/// How dates stand in the cells.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DateStyle {
    /// As date cells.
    #[default]
    Cell,
    /// As text `2023.4.5`.
    Dotted,
    /// As text `2023年4月5日`.
    Chinese,
}

/// A run of rows with the same recipes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    /// Number of rows; absent where `places` or `parents` give it.
    #[serde(default)]
    pub(crate) count: Option<usize>,
    /// Number of rows for each place, by name, in order.
    #[serde(default)]
    pub(crate) places: Vec<(String, usize)>,
    /// Number of rows for each parent record, by key, in order.
    #[serde(default)]
    pub(crate) parents: Vec<(String, usize)>,
    /// Field → recipe.
    pub(crate) fields: BTreeMap<String, Recipe>,
}

/// How the values of one field come about over a run of rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Recipe {
    /// The same text in each row.
    Same(String),
    /// The texts in turn.
    Cycle(Vec<String>),
    /// Something computed.
    Made(Made),
}

/// A computed recipe.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Made {
    /// Days spread evenly from the first to the last.
    Dates(String, String),
    /// A number of days after the date in another field of the row, in turn.
    After(String, Vec<i64>),
    /// A total split over the rows in unequal parts, exact to the last digit.
    Split {
        /// The total.
        total: String,
        /// Every part is a multiple of this.
        step: String,
        /// No part is below this.
        least: String,
    },
    /// A number counted up, put where `{}` stands, with three digits at least.
    Serial(String, usize),
    /// Synthetic names of persons, from a position in their list.
    Person(usize),
    /// Synthetic ID numbers, from a position in their list.
    Id(usize),
}

/// Monthly closings of some places.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Monthly {
    /// File name.
    pub(crate) file: String,
    /// Title above the head.
    pub(crate) title: String,
    /// The year.
    pub(crate) year: i16,
    /// How many of its months are signed, from January.
    #[serde(default = "all_months")]
    pub(crate) months: i8,
    /// Place names and who signs there.
    pub(crate) signers: Vec<(String, String)>,
}

fn all_months() -> i8 {
    12
}

/// Yearly closings by the owners of ledgers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Yearly {
    /// File name.
    pub(crate) file: String,
    /// Title above the head.
    pub(crate) title: String,
    /// The year, or a run of months of it: `2024H1`.
    pub(crate) period: String,
    /// Day of signature.
    pub(crate) signed_on: String,
    /// Who signs; every ledger closed by the year is listed.
    pub(crate) signer: String,
}
