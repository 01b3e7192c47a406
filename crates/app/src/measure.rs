//! Values of indicators and the records behind them, ready to be shown.

use figure::{Period, Step, decimal_text, shown_text};
use measure::{Basis, Request, Status, Value};
use pack::Indicator;
use serde::Serialize;
use store::AccessKind;

use crate::error::AppError;
use crate::office::{Office, nearest};

/// A question about an indicator.
#[derive(Clone, Debug)]
pub struct MeasureQuery {
    /// Id or label.
    pub indicator: String,
    /// Code or name; home if absent.
    pub place: Option<String>,
    /// The period as written.
    pub window: String,
    /// Dimension and value (stored form or label).
    pub fixed: Vec<(String, String)>,
    /// A kind of place, `month`, `quarter`, `year`, or a dimension to split by.
    pub by: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct MeasureReport {
    /// Id.
    pub indicator: String,
    /// Name.
    pub label: String,
    /// Unit of the values.
    pub unit: String,
    /// What exactly is counted.
    pub meaning: String,
    /// The value, or one for each member.
    pub rows: Vec<MeasureRow>,
}

/// One value.
#[derive(Debug, Serialize)]
pub struct MeasureRow {
    /// Name of the place or member.
    pub name: String,
    /// Code of the place.
    pub place: String,
    /// The window as code.
    pub window: String,
    /// The window in words.
    pub period: String,
    /// The value in words: a number, or the bounds of one.
    pub value: String,
    /// Lowest possible value.
    pub low: Option<String>,
    /// Highest possible value.
    pub high: Option<String>,
    /// `final`, `provisional` or `forecast`.
    pub status: &'static str,
    /// `records`, `derived` or `attested`.
    pub basis: &'static str,
    /// Number of records behind it.
    pub records: u64,
    /// What stands in the way of an exact value.
    pub gaps: Vec<String>,
}

/// Records behind a value, a part for each ledger.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The parts.
    pub parts: Vec<ExplanationPart>,
}

/// Records of one ledger.
#[derive(Debug, Serialize)]
pub struct ExplanationPart {
    /// Label of the ledger.
    pub ledger: String,
    /// Number of records in all.
    pub total: u64,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// The records as text, personal data masked.
    pub rows: Vec<Vec<String>>,
}

/// Measures an indicator.
pub fn measure(office: &Office, query: &MeasureQuery) -> Result<MeasureReport, AppError> {
    let failed = |e| AppError::Measure(Box::new(e));
    let indicator = find(office, &query.indicator)?;
    let place = office.place(query.place.as_deref())?;
    let request = request(office, indicator, &place, query)?;
    let session = office.session();
    let label = |code: &str| office.pack.places.get(code).map_or(code, |p| &p.label).to_owned();
    let by = query.by.as_deref().map(|text| way(office, indicator, text)).transpose()?;
    let rows = match by {
        None => vec![row(label(&place), &session.measure(&request).map_err(failed)?)],
        Some(Way::Step(step)) => {
            // Steps at the ends of the window are cut to it.
            let window = request.window;
            let parts = window.split(step).into_iter().filter_map(|part| {
                Period::new(part.from().max(window.from()), part.to().min(window.to()))
            });
            let mut rows = Vec::new();
            for window in parts {
                let part = Request { window, ..request.clone() };
                rows.push(row(label(&place), &session.measure(&part).map_err(failed)?));
            }
            rows
        }
        Some(Way::Places(kind)) => session
            .measure_each(&request, kind)
            .map_err(failed)?
            .iter()
            .map(|(code, value)| row(label(code), value))
            .collect(),
        Some(Way::Dimension(dimension)) => session
            .split(&request, dimension)
            .map_err(failed)?
            .iter()
            .map(|part| row(part.label.clone(), &part.value))
            .collect(),
    };
    Ok(MeasureReport {
        indicator: indicator.id.clone(),
        label: indicator.label.clone(),
        unit: indicator.unit.to_string(),
        meaning: indicator.meaning.clone(),
        rows,
    })
}

/// How a value is split.
enum Way<'a> {
    Step(Step),
    /// Kind of the places.
    Places(&'a str),
    /// Id of the dimension.
    Dimension(&'a str),
}

/// The way that a text names, by its id or its name.
fn way<'a>(office: &'a Office, indicator: &'a Indicator, text: &str) -> Result<Way<'a>, AppError> {
    let steps = [
        (Step::Month, ["month", "月"]),
        (Step::Quarter, ["quarter", "季度"]),
        (Step::Year, ["year", "年"]),
    ];
    if let Some((step, _)) = steps.iter().find(|(_, names)| names.contains(&text)) {
        return Ok(Way::Step(*step));
    }
    let places = || office.pack.places.iter().map(|place| place.kind.as_str());
    if let Some(kind) = places().find(|kind| *kind == text || pack::kind_label(kind) == text) {
        return Ok(Way::Places(kind));
    }
    if let Some(id) = dimension(indicator, text) {
        return Ok(Way::Dimension(id));
    }
    let mut known: Vec<String> = steps.iter().map(|(_, [_, name])| (*name).to_owned()).collect();
    for kind in places().map(pack::kind_label) {
        if !known.iter().any(|other| other == kind) {
            known.push(kind.to_owned());
        }
    }
    known.extend(indicator.dims.iter().map(|d| d.label.clone()));
    Err(AppError::By { indicator: indicator.label.clone(), text: text.to_owned(), known })
}

/// The id of the dimension that a text names, by its id or its name.
fn dimension<'a>(indicator: &'a Indicator, text: &str) -> Option<&'a str> {
    let dims = || indicator.dims.iter();
    let found = dims().find(|d| d.id == text).or_else(|| dims().find(|d| d.label == text));
    found.map(|d| d.id.as_str())
}

/// Lists records behind an indicator, at most `limit` of each ledger.
pub fn explain(
    office: &Office,
    query: &MeasureQuery,
    limit: usize,
) -> Result<Explanation, AppError> {
    let indicator = find(office, &query.indicator)?;
    let place = office.place(query.place.as_deref())?;
    let request = request(office, indicator, &place, query)?;
    let session = office.session();
    let evidence = session.evidence(&request, limit).map_err(|e| AppError::Measure(Box::new(e)))?;
    for part in &evidence {
        let detail = format!("查看指标“{}”背后的记录", indicator.label);
        office.note_read(AccessKind::Read, &part.ledger, part.rows.len() as u64, &detail)?;
    }
    let parts = evidence
        .iter()
        .map(|part| {
            let ledger = &office.pack.ledgers[&part.ledger];
            let mut heads = vec!["记录号".to_owned(), "地方".to_owned()];
            heads.extend(ledger.fields.values().map(|f| f.label.clone()));
            let rows = part.rows.iter().map(|record| {
                let place = record.place.as_deref().unwrap_or("");
                let name = office.pack.places.get(place).map_or(place, |p| &p.label);
                let mut texts = vec![record.id.to_string(), name.to_owned()];
                texts.extend(record.cells.iter().map(|(field, cell)| {
                    let field = &ledger.fields[field];
                    cell.as_ref().map_or(String::new(), |value| {
                        report::mask_cell(field, &pack::show_cell(field, &office.pack, value))
                    })
                }));
                texts
            });
            ExplanationPart {
                ledger: ledger.label.clone(),
                total: part.total,
                heads,
                rows: rows.collect(),
            }
        })
        .collect();
    Ok(Explanation { parts })
}

fn find<'a>(office: &'a Office, text: &str) -> Result<&'a Indicator, AppError> {
    let indicators = &office.pack.indicators;
    indicators.get(text).or_else(|| indicators.values().find(|i| i.label == text)).ok_or_else(
        || AppError::Indicator {
            text: text.to_owned(),
            nearest: nearest(text, indicators.values().flat_map(|i| [&i.id, &i.label])),
        },
    )
}

fn request<'a>(
    office: &Office,
    indicator: &'a Indicator,
    place: &'a str,
    query: &MeasureQuery,
) -> Result<Request<'a>, AppError> {
    let mut request = Request::new(&indicator.id, place, office.period(&query.window)?);
    for (name, text) in &query.fixed {
        let (id, stored) = match name.as_str() {
            "place" | "地方" => ("place", office.place(Some(text))?),
            name => {
                let id = dimension(indicator, name).unwrap_or(name);
                (id, stored(office, indicator, id, text))
            }
        };
        request.fixed.push((id.to_owned(), stored));
    }
    Ok(request)
}

/// The stored form of a dimension's value: labels and aliases of choices and codes work too.
/// What is neither is left as written, and the session says what it makes of it.
fn stored(office: &Office, indicator: &Indicator, dimension: &str, text: &str) -> String {
    let column = indicator.dims.iter().find(|d| d.id == dimension).map(|d| &d.column);
    let field = column.and_then(|column| {
        let ledger = match column.joins.last() {
            Some(join) => Some(join.to.as_str()),
            None => indicator.measure.source().map(|s| s.ledger.as_str()),
        };
        match &column.column {
            pack::ColumnRef::Field(id) => office.pack.ledgers.get(ledger?)?.fields.get(id),
            _ => None,
        }
    });
    match field.map(|f| pack::read_cell(f, &office.pack, text)) {
        Some(Ok(Some(pack::Scalar::Text(code)))) => code,
        Some(Ok(Some(pack::Scalar::Integer(value)))) => value.to_string(),
        _ => text.to_owned(),
    }
}

fn row(name: String, value: &Value) -> MeasureRow {
    MeasureRow {
        name,
        place: value.place.clone(),
        window: value.window.code(),
        period: value.window.describe(),
        value: described(value),
        low: value.amount.low.map(decimal_text),
        high: value.amount.high.map(decimal_text),
        status: match value.status {
            Status::Final => "final",
            Status::Provisional => "provisional",
            Status::Forecast => "forecast",
        },
        basis: match value.basis {
            Basis::Records => "records",
            Basis::Derived => "derived",
            Basis::Voucher => "voucher",
            Basis::Attested => "attested",
        },
        records: value.records,
        gaps: value.gaps.iter().map(ToString::to_string).collect(),
    }
}

/// The value with its unit: `16 盏`, `16 盏以上`, `0 至 1 起`, `未知`.
pub(crate) fn described(value: &Value) -> String {
    let unit = value.unit;
    match (value.amount.low, value.amount.high) {
        (None, None) => "未知".to_owned(),
        (Some(low), None) => format!("{} {unit}以上", shown_text(low)),
        (None, Some(high)) => format!("{} {unit}以下", shown_text(high)),
        _ => format!("{} {unit}", value.amount.describe()),
    }
}
