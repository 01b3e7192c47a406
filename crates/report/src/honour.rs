//! Honours that a text claims in words: 被评为平安乡镇, 荣获先进集体称号.

use std::ops::Range;

use measure::{MeasureError, Request, Session};
use pack::{Indicator, Measure, Pack, Place, Type};
use prose::{FoundClaim, Predicate};

use crate::check::CheckError;
use crate::scope::Scope;
use crate::target::Target;
use crate::window::Calendar;

/// Verbs behind which the name of an honour stands.
const VERBS: &[&str] = &["评选为", "评为", "评委", "荣获", "获评", "授予", "命名为", "认定为"];
/// What may follow the name.
const TAILS: &[&str] =
    &["荣誉称号", "等荣誉称号", "称号", "等称号", "荣誉", "等荣誉", "奖牌", "等"];
/// Marks that end the name.
const ENDS: &str = ",，。;；:：!！?？\n";
/// Longest name of an honour that is read.
const NAME: usize = 40;

/// Words that claim honours, and the name or list of names in them.
pub(crate) struct Claimed {
    /// Plain characters of the words, from 被 or the verb on.
    pub(crate) range: Range<usize>,
    pub(crate) name: String,
    /// Who granted it, if the words say it.
    pub(crate) grantor: String,
}

/// Whether a statement found in a text is one of an honour.
pub(crate) fn is_honour(found: &FoundClaim) -> bool {
    let state = found
        .reading
        .as_ref()
        .is_some_and(|r| matches!(r.predicate, Predicate::Achieved | Predicate::NotAchieved));
    state && has_verb(&found.text)
}

/// Whether a text has a verb of honouring.
pub(crate) fn has_verb(text: &str) -> bool {
    VERBS.iter().any(|verb| text.contains(verb))
}

/// Whether an indicator counts honours: it says one of the verbs.
pub(crate) fn is_list(indicator: &Indicator) -> bool {
    indicator.says.iter().flatten().any(|part| VERBS.contains(&part.as_str()))
}

/// The honours that a text claims, outside the statements already found.
pub(crate) fn claimed(text: &[char], taken: &[Range<usize>]) -> Vec<Claimed> {
    let mut found: Vec<Claimed> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest: String = text[at..].iter().take(4).collect();
        let Some(verb) = VERBS.iter().find(|verb| rest.starts_with(**verb)) else {
            at += 1;
            continue;
        };
        let from = at + verb.chars().count();
        let end = (from..text.len().min(from + NAME))
            .find(|i| ENDS.contains(text[*i]) || begins_anew(text, *i))
            .unwrap_or(text.len().min(from + NAME));
        let range = lead(text, at)..end;
        at = end.max(from);
        let name: String = text[from..end].iter().collect();
        let name = bare(&name);
        let free = taken.iter().all(|t| t.end <= range.start || range.end <= t.start);
        if free && !name.is_empty() {
            let verb = at_of(text, &range, verb);
            let grantor: String = text[range.start..verb].iter().collect();
            let grantor = grantor.split_once('被').map_or("", |(_, g)| g).trim().to_owned();
            found.push(Claimed { range, name, grantor });
        }
    }
    found
}

/// Whether the next honour of a list has a verb of its own: 被评为甲奖、被评为乙奖.
fn begins_anew(text: &[char], mark: usize) -> bool {
    let rest = text[mark + 1..].iter().take(NAME);
    let next: String = rest.take_while(|c| !ENDS.contains(**c) && **c != '、').collect();
    text[mark] == '、' && has_verb(&next)
}

fn at_of(text: &[char], range: &Range<usize>, verb: &str) -> usize {
    let verb: Vec<char> = verb.chars().collect();
    let at = text[range.clone()].windows(verb.len()).position(|part| part == verb);
    at.map_or(range.start, |at| range.start + at)
}

/// Why the words of an honour say another one than the target fixes, or another grantor
/// than its records have. `request` is that of the target.
pub(crate) fn differs(
    session: &Session<'_>,
    indicator: &Indicator,
    request: &Request<'_>,
    scope: &Scope,
) -> Option<String> {
    let free = |id: &str| indicator.dims.iter().any(|d| d.id == id && d.column.ty == Type::Text);
    let fixed: Vec<String> =
        request.fixed.iter().filter(|(id, _)| free(id)).map(|(_, value)| value.clone()).collect();
    let words = scope.words_at();
    let said = claimed(scope.chars(), &[])
        .into_iter()
        .find(|c| c.range.start < words.end && words.start < c.range.end)?;
    let open: Vec<String> = names(session, indicator, request);
    let stored: Vec<String> = open.into_iter().chain(fixed.iter().cloned()).collect();
    let parts = resolve(&said.name, &stored);
    let fits = |parts: &Vec<String>| fixed.iter().all(|value| parts.contains(value));
    if !fixed.is_empty() && !parts.as_ref().is_some_and(fits) {
        return Some(format!(
            "文字说的是“{}”,指标取的是“{}”;请让两者一致",
            said.name,
            fixed.join("、")
        ));
    }
    let grantors: Vec<String> = indicator
        .dims
        .iter()
        .filter(|d| free(&d.id) && request.fixed.iter().all(|(id, _)| *id != d.id))
        .filter_map(|d| session.split(request, &d.id).ok())
        .flatten()
        .filter_map(|member| member.key.filter(|_| member.value.records > 0))
        .collect();
    let known = grantors.is_empty() || said.grantor.is_empty() || grantors.contains(&said.grantor);
    (!known).then(|| {
        format!("文字说是“{}”授予的,台账里是“{}”;请核对", said.grantor, grantors.join("”“"))
    })
}

/// All names that the records have in the dimensions that a request fixes.
fn names(session: &Session<'_>, indicator: &Indicator, request: &Request<'_>) -> Vec<String> {
    let open = Request { fixed: Vec::new(), ..request.clone() };
    let fixed = indicator.dims.iter().filter(|d| request.fixed.iter().any(|(id, _)| *id == d.id));
    fixed
        .filter_map(|d| session.split(&open, &d.id).ok())
        .flatten()
        .filter_map(|member| member.key)
        .collect()
}

/// Where the words of an honour begin: at 被, 未 and what grants it, or at the verb.
fn lead(text: &[char], verb: usize) -> usize {
    let clause = text[..verb].iter().rposition(|c| ENDS.contains(*c) || "、".contains(*c));
    let clause = clause.map_or(0, |mark| mark + 1);
    let grantor = text[clause..verb].iter().position(|c| *c == '被');
    let start = grantor.map_or(verb, |b| clause + b);
    let denials = ["未能", "没有", "尚未", "未曾", "未"];
    let before: String = text[clause..start].iter().collect();
    let denial = denials.iter().find(|word| before.ends_with(**word));
    start - denial.map_or(0, |word| word.chars().count())
}

fn bare(text: &str) -> String {
    let text: String = text.trim().chars().filter(|c| !"“”\"‘’《》".contains(*c)).collect();
    let text = text.trim_start_matches('了');
    TAILS.iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text).to_owned()
}

/// The targets of a claim of honours: each name has to be one that the records have.
/// `None` where one is not.
pub(crate) fn targets(
    session: &Session<'_>,
    home: &Place,
    calendar: Calendar,
    claimed: &Claimed,
) -> Result<Option<Vec<Target>>, CheckError> {
    let pack = session.pack();
    for (indicator, dimension) in lists(pack) {
        let request = Request::new(&indicator.id, &home.code, calendar.report);
        let members = match session.split(&request, dimension) {
            Ok(members) => members,
            Err(error @ MeasureError::Store(_)) => return Err(CheckError::Measure(error)),
            Err(_) => continue,
        };
        let stored: Vec<String> = members.into_iter().filter_map(|member| member.key).collect();
        if let Some(named) = resolve(&claimed.name, &stored) {
            let target = |name: String| Target {
                indicator: indicator.id.clone(),
                window: None,
                place: None,
                each: None,
                series: None,
                fixed: vec![(dimension.to_owned(), name)],
                start: 0,
            };
            return Ok(Some(named.into_iter().map(target).collect()));
        }
    }
    Ok(None)
}

/// The stored names that a text lists, if it is nothing but a list of them.
fn resolve(text: &str, stored: &[String]) -> Option<Vec<String>> {
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let name = stored
            .iter()
            .filter(|name| !name.is_empty() && rest.starts_with(name.as_str()))
            .max_by_key(|name| name.len())?;
        parts.push(name);
        rest = &rest[name.len()..];
        if !rest.is_empty() {
            rest = rest.strip_prefix(['、', '和', '与', '及'])?;
            if rest.is_empty() {
                return None;
            }
        }
    }
    (!parts.is_empty()).then(|| parts.into_iter().map(str::to_owned).collect())
}

/// Counts of records that say one of the verbs, each with the text that names them.
fn lists(pack: &Pack) -> Vec<(&Indicator, &str)> {
    pack.indicators
        .values()
        .filter(|i| matches!(i.measure, Measure::Count(_)) && is_list(i))
        .flat_map(|i| {
            let texts = i.dims.iter().filter(|d| d.column.ty == Type::Text);
            texts.map(move |d| (i, d.id.as_str()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<(String, String)> = claimed(&chars, &[])
            .into_iter()
            .map(|c| (chars[c.range].iter().collect(), c.name))
            .collect();
        let found: Vec<(&str, &str)> =
            found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn claims_of_honours_are_found_with_their_names() {
        check("2023年4月被评为平安乡镇。", &[("被评为平安乡镇", "平安乡镇")]);
        check("被省委评为“平安乡镇”称号,", &[("被省委评为“平安乡镇”称号", "平安乡镇")]);
        check("荣获先进集体荣誉称号。", &[("荣获先进集体荣誉称号", "先进集体")]);
        check("未被评为平安乡镇。", &[("未被评为平安乡镇", "平安乡镇")]);
        check("被评为甲奖和乙奖。", &[("被评为甲奖和乙奖", "甲奖和乙奖")]);
        let both = [("被评为甲奖", "甲奖"), ("被评为乙奖", "乙奖")];
        check("先后被评为甲奖、被评为乙奖。", &both);
        check("召开会议。", &[]);
    }

    #[test]
    fn only_whole_names_are_known() {
        let stored = ["甲奖".to_owned(), "乙奖".to_owned(), "甲奖和丙奖".to_owned()];
        let names = |text: &str| resolve(text, &stored).map(|n| n.join("|"));
        assert_eq!(names("甲奖和乙奖").as_deref(), Some("甲奖|乙奖"));
        assert_eq!(names("甲奖和丙奖").as_deref(), Some("甲奖和丙奖"));
        assert_eq!(names("全国甲奖"), None);
        assert_eq!(names("甲奖和丁奖"), None);
    }
}
