//! Targets: what stands in the round brackets behind a claim's words.
//!
//! `indicator?key=value&key=value; other` · `plan` · `background`. The keys
//! window, place, each, series and last are fixed; every other key is a
//! dimension of the indicator, which only the check can know.

use figure::{Period, Step};

use crate::source::Purpose;

/// One indicator that words are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Id of the indicator as written.
    pub indicator: String,
    /// Window fixed by the target.
    pub window: Option<Period>,
    /// Place fixed by the target: name or code.
    pub place: Option<String>,
    /// Kind of place of which every member has to satisfy the words.
    pub each: Option<String>,
    /// A run of periods that the words are about.
    pub series: Option<Series>,
    /// Dimensions that are fixed: name, and stored id or label as written.
    pub fixed: Vec<(String, String)>,
    /// Character offset in the file where the target begins.
    pub start: usize,
}

/// `series=year&last=3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// Length of a member.
    pub step: Step,
    /// Number of members; the last one ends with the window.
    pub last: usize,
}

/// A fault in a target: offset in characters from its first character, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) offset: usize,
    pub(crate) message: String,
    pub(crate) expected: String,
}

/// Members of a series when `last` is not given: the fewest that show a trend.
const DEFAULT_LAST: usize = 3;

/// Largest series that can be asked for; ten years of months.
const MOST_LAST: usize = 120;

/// Reads the text between the round brackets. `start` is the character offset
/// of the text in the file.
pub(crate) fn parse_purpose(text: &str, start: usize) -> Result<Purpose, Vec<Fault>> {
    match text.trim() {
        "plan" => return Ok(Purpose::Plan),
        "background" => return Ok(Purpose::Background),
        "" => return Err(vec![fault(0, "目标是空的".to_owned(), FORM)]),
        _ => {}
    }
    if let Some(at) = text.chars().position(|c| "？＝＆；（）".contains(c)) {
        let found = text.chars().nth(at).unwrap_or_default();
        return Err(vec![fault(
            at,
            format!("目标里有全角符号“{found}”"),
            "目标里的 ? = & ; 都用半角",
        )]);
    }
    let mut targets = Vec::new();
    let mut faults = Vec::new();
    let mut offset = 0;
    for part in text.split(';') {
        match parse_target(part, offset) {
            Ok(mut target) => {
                target.start += start;
                targets.push(target);
            }
            Err(found) => faults.extend(found),
        }
        offset += part.chars().count() + 1;
    }
    if faults.is_empty() { Ok(Purpose::Measured(targets)) } else { Err(faults) }
}

const FORM: &str = "应写 指标编号、指标编号?键=值&键=值、plan 或 background,几个指标用 ; 隔开";

fn fault(offset: usize, message: String, expected: &str) -> Fault {
    Fault { offset, message, expected: expected.to_owned() }
}

fn parse_target(part: &str, offset: usize) -> Result<Target, Vec<Fault>> {
    let lead = part.chars().take_while(|c| c.is_whitespace()).count();
    let (name, query) = match part.split_once('?') {
        Some((name, query)) => (name, Some(query)),
        None => (part, None),
    };
    let indicator = name.trim().to_owned();
    let at = offset + lead;
    if indicator.is_empty() {
        return Err(vec![fault(at, "目标里缺指标编号".to_owned(), FORM)]);
    }
    if indicator == "plan" || indicator == "background" {
        let message = format!("“{indicator}”不能和指标写在一起");
        return Err(vec![fault(at, message, "plan 和 background 单独写")]);
    }
    let mut target = Target {
        indicator,
        window: None,
        place: None,
        each: None,
        series: None,
        fixed: Vec::new(),
        start: at,
    };
    let mut faults = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut last = None;
    let mut pair_at = offset + name.chars().count() + 1;
    for pair in query.into_iter().flat_map(|q| q.split('&')) {
        let at = pair_at;
        pair_at += pair.chars().count() + 1;
        let Some((key, value)) = pair.split_once('=').map(|(k, v)| (k.trim(), v.trim())) else {
            faults.push(fault(
                at,
                format!("“{}”不是 键=值", pair.trim()),
                "写成 键=值,几个键用 & 隔开",
            ));
            continue;
        };
        if key.is_empty() || value.is_empty() {
            faults.push(fault(
                at,
                format!("“{}”缺键或缺值", pair.trim()),
                "写成 键=值,如 window=2023",
            ));
            continue;
        }
        if seen.iter().any(|k| k == key) {
            faults.push(fault(at, format!("键“{key}”写了两次"), "每个键只写一次"));
            continue;
        }
        seen.push(key.to_owned());
        if key == "last" {
            last = Some((at, value.to_owned()));
        } else if let Err(found) = set(&mut target, key, value, at) {
            faults.push(found);
        }
    }
    if let Err(found) = set_last(&mut target, last) {
        faults.push(found);
    }
    if target.each.is_some() && target.series.is_some() {
        faults.push(fault(at, "each 和 series 不能同时用".to_owned(), "分成两处表述"));
    }
    if faults.is_empty() { Ok(target) } else { Err(faults) }
}

fn set(target: &mut Target, key: &str, value: &str, at: usize) -> Result<(), Fault> {
    match key {
        "window" => {
            let window = Period::parse(value).map_err(|e| {
                fault(at, e.to_string(), "window 是期间,如 window=2023 或 window=2021..2023")
            })?;
            target.window = Some(window);
        }
        "place" => target.place = Some(value.to_owned()),
        "each" => target.each = Some(value.to_owned()),
        "series" => {
            let step = match value {
                "year" => Step::Year,
                "quarter" => Step::Quarter,
                "month" => Step::Month,
                _ => {
                    let message = format!("不认识的步长“{value}”");
                    return Err(fault(at, message, "series 可为 year、quarter、month"));
                }
            };
            target.series = Some(Series { step, last: DEFAULT_LAST });
        }
        dimension => target.fixed.push((dimension.to_owned(), value.to_owned())),
    }
    Ok(())
}

fn set_last(target: &mut Target, last: Option<(usize, String)>) -> Result<(), Fault> {
    let Some((at, text)) = last else { return Ok(()) };
    let Some(series) = &mut target.series else {
        return Err(fault(at, "last 要和 series 一起用".to_owned(), "写成 series=year&last=3"));
    };
    match text.parse::<usize>() {
        Ok(count) if (1..=MOST_LAST).contains(&count) => {
            series.last = count;
            Ok(())
        }
        _ => Err(fault(at, format!("last 的值“{text}”不对"), "last 是 1 到 120 的整数")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn targets(text: &str) -> Vec<Target> {
        match parse_purpose(text, 0).unwrap() {
            Purpose::Measured(targets) => targets,
            other => panic!("{text} gave {other:?}"),
        }
    }

    fn check_fault(text: &str, offset: usize, part: &str) {
        let faults = parse_purpose(text, 0).unwrap_err();
        assert_eq!(faults[0].offset, offset, "{text}: {faults:?}");
        assert!(faults[0].message.contains(part), "{text}: {faults:?}");
    }

    #[test]
    fn targets_are_read() {
        let all =
            targets("visits?level=capital&window=2021..2023; visits?level=省 ;income?each=village");
        assert_eq!(all.len(), 3);
        assert_eq!(all[0].window, Some(Period::parse("2021..2023").unwrap()));
        assert_eq!(all[0].fixed, [("level".to_owned(), "capital".to_owned())]);
        assert_eq!((all[1].indicator.as_str(), all[1].start), ("visits", 40));
        assert_eq!(all[2].each.as_deref(), Some("village"));
        assert_eq!(
            targets("cases?series=year")[0].series,
            Some(Series { step: Step::Year, last: 3 })
        );
        assert_eq!(targets("cases?last=5&series=month")[0].series.unwrap().last, 5);
        assert_eq!(parse_purpose(" plan ", 0), Ok(Purpose::Plan));
        assert_eq!(parse_purpose("background", 0), Ok(Purpose::Background));
    }

    #[test]
    fn faults_name_their_place() {
        check_fault("", 0, "空的");
        check_fault("a;;b", 2, "缺指标");
        check_fault("a; plan", 3, "不能和指标写在一起");
        check_fault("a?window", 2, "不是 键=值");
        check_fault("a?window=", 2, "缺键或缺值");
        check_fault("a?window=20x", 2, "不是期间");
        check_fault("a?x=1&x=2", 6, "写了两次");
        check_fault("a?series=week", 2, "步长");
        check_fault("a?last=3", 2, "series");
        check_fault("a?series=year&last=0", 14, "last");
        check_fault("a？x=1", 1, "全角");
        check_fault("a?each=village&series=year", 0, "不能同时");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in ".{0,40}") {
            if let Err(faults) = parse_purpose(&text, 0) {
                prop_assert!(faults.iter().all(|f| f.offset <= text.chars().count()));
            }
        }
    }
}
