//! A target of the report taken apart.

/// What a target names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'t> {
    /// Id of the indicator.
    pub indicator: &'t str,
    /// Name of the place.
    pub place: Option<&'t str>,
    /// Kind of place of which every member is meant.
    pub each: Option<&'t str>,
    /// Years of a series; none for a single value.
    pub years: usize,
    /// Dimensions and their values.
    pub fixed: Vec<(&'t str, &'t str)>,
}

impl Target<'_> {
    /// Reads `indicator?key=value&key=value`.
    ///
    /// # Panics
    /// On a target that the example report does not have the like of.
    pub fn parse(text: &str) -> Target<'_> {
        let (indicator, query) = text.split_once('?').unwrap_or((text, ""));
        let mut target = Target { indicator, place: None, each: None, years: 0, fixed: Vec::new() };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').expect("key=value");
            match key {
                "place" => target.place = Some(value),
                "each" => target.each = Some(value),
                "series" => assert_eq!(value, "year", "the example has series of years only"),
                "last" => target.years = value.parse().expect("a number of years"),
                dimension => target.fixed.push((dimension, value)),
            }
        }
        target
    }
}
