//! The claims that the program prints.

use serde_json::Value;

/// One claim of `claims --json`.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) qualifier: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) normalized: Option<(String, String)>,
    pub(super) period: Option<String>,
}

/// The claims of each document of an answer: one object, or one a line.
pub(super) fn read(answer: &str) -> Vec<Vec<Claim>> {
    let documents = serde_json::Deserializer::from_str(answer).into_iter::<Value>();
    documents
        .flatten()
        .map(|document| {
            let claims = document["claims"].as_array().map_or(&[][..], Vec::as_slice);
            claims.iter().map(claim).collect()
        })
        .collect()
}

fn claim(value: &Value) -> Claim {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let place = |name: &str| value[name].as_u64().and_then(|n| usize::try_from(n).ok());
    let normal = &value["normalized"];
    let normalized = normal["value"].as_str().zip(normal["unit"].as_str());
    Claim {
        text: text("text"),
        start: place("start").unwrap_or_default(),
        end: place("end").unwrap_or_default(),
        kind: text("kind"),
        qualifier: text("qualifier"),
        value: text("value"),
        unit: text("unit"),
        normalized: normalized.map(|(v, u)| (v.to_owned(), u.to_owned())),
        period: value["period"].as_str().map(str::to_owned),
    }
}
