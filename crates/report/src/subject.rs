//! Whether a sentence says what its target measures: thing, places, dimensions.

use figure::Period;
use measure::{Request, Session};
use pack::{Formula, Indicator, Measure, Pack, Place, Places, Type};

use prose::Reading;

use crate::candidate::whole_says;
use crate::dimension::{dimension_values, is_listed};
use crate::honour;
use crate::scope::Scope;
use crate::way::{Alike, Way};

/// Why a sentence does not fit its target, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch(pub(crate) String);

/// What a target fixes, resolved against the pack.
#[derive(Clone, Debug)]
pub(crate) struct Fixed<'a> {
    /// The place, if the target names one.
    pub(crate) place: Option<&'a Place>,
    /// Dimensions with the labels that any sentence may use for their values.
    pub(crate) dimensions: Vec<FixedDimension>,
    /// Whether the target asks for each member of a kind of place.
    pub(crate) each: bool,
}

/// One dimension fixed to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FixedDimension {
    /// Id of the dimension.
    pub(crate) id: String,
    /// Stored value.
    pub(crate) value: String,
    /// Name of the dimension.
    pub(crate) label: String,
    /// Ways to say the value; empty when the value needs no words.
    pub(crate) forms: Vec<String>,
}

/// The sentence must say what the indicator says.
pub(crate) fn check_says(
    scope: &Scope,
    (indicator, alike): (&Indicator, &Alike<'_>),
    fixed: &Fixed<'_>,
    reading: Option<&Reading>,
) -> Result<(), Mismatch> {
    let own = scope.own();
    let names_value = fixed.dimensions.iter().any(|d| says_any(&own, &d.forms));
    let names_place = fixed.place.is_some_and(|p| place_forms(p).any(|f| own.contains(f)));
    let leans = names_value || names_place;
    let label = [vec![indicator.label.clone()]];
    let entries = if indicator.says.is_empty() { &label[..] } else { &indicator.says[..] };
    let whole = |parts: &Vec<String>| reading.and_then(|reading| whole_says(reading, parts));
    let said = |parts: &Vec<String>| {
        let says = |parts: &[String]| scope.says(&Way::new(parts, alike), leans);
        says(parts) || whole(parts).is_some_and(|parts| says(&parts))
    };
    if entries.iter().any(said) {
        return Ok(());
    }
    // 评为, 获评 and 授予 say the same of an honour that is named.
    if names_value && honour::is_list(indicator) && honour::has_verb(&own) {
        return Ok(());
    }
    let wanted: Vec<String> = entries.iter().map(|e| format!("‘{}’", e.join(" "))).collect();
    Err(Mismatch(format!(
        "这句话没有说到{},与指标‘{}’不符;请改正文字或换一个指标",
        wanted.join("或"),
        indicator.label
    )))
}

/// Places named by the words must be those of the targets; a place that only a
/// target fixes must be named by the sentence. `targets` are the places of all
/// targets of the claim.
pub(crate) fn check_places(
    scope: &Scope,
    places: &Places,
    home: &str,
    targets: &[&Place],
    fixed: &Fixed<'_>,
) -> Result<(), Mismatch> {
    let said = named_places(&scope.words(), places, home);
    if !said.is_empty() {
        let foreign: Vec<&str> = said
            .iter()
            .filter(|p| !targets.iter().any(|t| t.code == p.code))
            .map(|p| p.label.as_str())
            .collect();
        if !foreign.is_empty() {
            let bound: Vec<&str> = targets.iter().map(|p| p.label.as_str()).collect();
            return Err(Mismatch(format!(
                "文字说的是{},指标取的是{};请让两者一致",
                foreign.join("、"),
                bound.join("、")
            )));
        }
        let silent: Vec<&str> = targets
            .iter()
            .filter(|t| !said.iter().any(|p| p.code == t.code))
            .map(|p| p.label.as_str())
            .collect();
        if !silent.is_empty() && !fixed.each {
            return Err(Mismatch(format!(
                "指标取的是{},文字没有说到;请让两者一致",
                silent.join("、")
            )));
        }
    }
    let Some(place) = fixed.place.filter(|p| p.code != home) else { return Ok(()) };
    let region = named_places(&scope.region(), places, home);
    if region.iter().any(|p| p.code == place.code) {
        return Ok(());
    }
    Err(Mismatch(format!("这句话没有说到{},指标却只取{};请让两者一致", place.label, place.label)))
}

/// Every value that a target fixes must be said: by the sentence, or by what
/// stands over it (`context`: headings, and the opening sentence of the paragraph).
pub(crate) fn check_dimensions(
    scope: &Scope,
    context: &str,
    fixed: &Fixed<'_>,
) -> Result<(), Mismatch> {
    let region = scope.region();
    let said = |forms: &[String]| says_any(&region, forms) || says_any(context, forms);
    let silent = fixed.dimensions.iter().find(|d| !d.forms.is_empty() && !said(&d.forms));
    match silent {
        None => Ok(()),
        Some(dimension) => Err(Mismatch(format!(
            "这句话没有说到‘{}’({}),指标却只取这一项;请让两者一致",
            dimension.forms.join("’或‘"),
            dimension.label
        ))),
    }
}

/// A value that stands inside what is measured (整治燃气隐患, 发展女党员) restricts it,
/// and so the target has to fix it. Several values at once restrict nothing.
pub(crate) fn check_open_dimensions(
    pack: &Pack,
    scope: &Scope,
    (indicator, ways): (&Indicator, &[Way]),
    fixed: &Fixed<'_>,
) -> Result<(), Mismatch> {
    let words = scope.words_at();
    let found = ways.iter().filter_map(|way| scope.best_match(way, None)).max();
    let Some(found) = found.filter(|f| f.start >= scope.clause_start() && f.start < words.start)
    else {
        return Ok(());
    };
    let inside: String = scope.chars()[found.start..words.start].iter().collect();
    let says: String = indicator.says.iter().flatten().map(String::as_str).collect();
    for dimension in &indicator.dims {
        if fixed.dimensions.iter().any(|d| d.id == dimension.id) {
            continue;
        }
        let values = dimension_values(pack, indicator, dimension);
        let said: Vec<&String> = values
            .iter()
            .filter_map(|(_, forms)| {
                forms.iter().find(|form| inside.contains(*form) && !says.contains(*form))
            })
            .collect();
        if let [value] = said.as_slice()
            && dimension.column.ty != Type::Boolean
            && !is_listed(&inside, value)
        {
            return Err(Mismatch(format!(
                "句子说的是‘{value}’({}),指标‘{}’取的是全部;请在指标后面写 ?{}=…,或改正文字",
                dimension.label, indicator.label, dimension.id
            )));
        }
    }
    Ok(())
}

/// Whether a text has one of the forms.
pub(crate) fn says_any(text: &str, forms: &[String]) -> bool {
    forms.iter().any(|form| text.contains(form.as_str()))
}

/// The names of a place that are long enough to be told from other words.
pub(crate) fn place_forms(place: &Place) -> impl Iterator<Item = &str> {
    let names = std::iter::once(&place.label).chain(&place.aliases).map(String::as_str);
    // A single character is part of too many words to name a place.
    names.filter(|name| name.chars().nth(1).is_some())
}

/// All names of the places at or below home.
pub(crate) fn place_names(pack: &Pack, home: &Place) -> Vec<String> {
    let below = pack.places.iter().filter(|p| pack.places.is_within(&p.code, &home.code));
    below.flat_map(place_forms).map(str::to_owned).collect()
}

/// The places at or below `home` that a text names, in order, the longest name
/// winning where two begin together.
pub(crate) fn named_places<'a>(text: &str, places: &'a Places, home: &str) -> Vec<&'a Place> {
    let known: Vec<(&str, &Place)> = places
        .iter()
        .filter(|p| places.is_within(&p.code, home))
        .flat_map(|p| place_forms(p).map(move |name| (name, p)))
        .collect();
    let mut found: Vec<&Place> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let best =
            known.iter().filter(|(name, _)| rest.starts_with(name)).max_by_key(|(n, _)| n.len());
        let skip = match best {
            Some((name, place)) => {
                if !found.iter().any(|p| p.code == place.code) {
                    found.push(place);
                }
                name.len()
            }
            None => c.len_utf8(),
        };
        rest = &rest[skip..];
    }
    found
}

/// The names that the records of an indicator have in its free-text dimensions: what a
/// report calls by them is a thing or another party, and not the place measured.
pub(crate) fn names_met(
    session: &Session<'_>,
    indicator: &Indicator,
    home: &Place,
    window: Period,
) -> Vec<String> {
    let of = |indicator: &Indicator| -> Vec<String> {
        let request = Request::new(&indicator.id, &home.code, window);
        let free = indicator.dims.iter().filter(|d| d.column.ty == Type::Text);
        // An indicator that cannot be split has no names; a store that fails says so when
        // the value itself is asked for.
        free.filter_map(|d| session.members(&request, &d.id).ok()).flatten().collect()
    };
    let own = of(indicator);
    let Some(source) = indicator.measure.source().filter(|_| own.is_empty()) else { return own };
    // An indicator without records borrows the names of its ledger, so that a claim about
    // nothing falls for its value and not for the party it names.
    let same =
        |other: &&Indicator| other.measure.source().is_some_and(|s| s.ledger == source.ledger);
    session.pack().indicators.values().filter(same).flat_map(of).collect()
}

/// Deepest nesting of ratios and formulas that is followed.
const DEEPEST: usize = 16;

/// The ledger that an indicator reads; of a ratio or formula, its first part's.
pub(crate) fn source_ledger<'a>(
    pack: &'a Pack,
    indicator: &'a Indicator,
    depth: usize,
) -> Option<&'a str> {
    if depth > DEEPEST {
        return None;
    }
    match &indicator.measure {
        Measure::Count(source)
        | Measure::Sum(source, _)
        | Measure::Distinct(source, _)
        | Measure::Min(source, _)
        | Measure::Max(source, _)
        | Measure::Stated { source, .. } => Some(&source.ledger),
        Measure::Ratio { of, .. } => source_ledger(pack, pack.indicators.get(of)?, depth + 1),
        Measure::Formula(formula) => {
            source_ledger(pack, pack.indicators.get(first_part(formula)?)?, depth + 1)
        }
    }
}

fn first_part(formula: &Formula) -> Option<&str> {
    match formula {
        Formula::Indicator(id) => Some(id),
        Formula::Number(_) => None,
        Formula::Binary(_, left, right) => first_part(left).or_else(|| first_part(right)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str, label: &str, alias: &str, parent: Option<&str>) -> Place {
        Place {
            code: code.to_owned(),
            label: label.to_owned(),
            aliases: vec![alias.to_owned()],
            kind: "village".to_owned(),
            parent: parent.map(str::to_owned),
            from: None,
            until: None,
            successor: None,
            split_into: Vec::new(),
        }
    }

    fn check(text: &str, expected: &[&str]) {
        let places = Places::new(vec![
            place("1", "青石镇", "全镇", None),
            place("11", "甲村", "甲", Some("1")),
            place("12", "大甲村", "大甲", Some("1")),
            place("2", "别处镇", "别处", None),
        ]);
        let found: Vec<&str> =
            named_places(text, &places, "1").iter().map(|p| p.label.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_name_wins_and_foreign_places_are_names_only() {
        check("大甲村、甲村收入", &["大甲村", "甲村"]);
        check("大甲收入", &["大甲村"]);
        check("甲级单位", &[]);
        check("别处镇来访", &[]);
        check("全镇和甲村", &["青石镇", "甲村"]);
    }
}
