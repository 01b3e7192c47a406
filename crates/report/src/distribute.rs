//! 分别: several items and, behind them, one figure for each in the same order.

use std::ops::Range;

use crate::filler::names_nothing;
use crate::scope::{CLAUSE, Scope};

/// The word that hands figures out.
const EACH: [char; 2] = ['分', '别'];

/// What 分别 makes of a figure.
pub(crate) enum Share {
    /// The figure is not handed out.
    None,
    /// The item and the figure that is its own.
    Own(Scope),
    /// The place and the figure that is its own.
    Placed(Scope),
    /// Items and figures cannot be matched one to one.
    Unclear,
}

/// Finds the item of the figure at `words`; `figures` are all figures of the text, `places` the
/// names that places have.
pub(crate) fn share(
    text: &[char],
    sentence: &Range<usize>,
    words: &Range<usize>,
    figures: &[Range<usize>],
    places: &[String],
) -> Share {
    if let Some(scope) = carried_on(text, sentence, words, figures, places) {
        return Share::Placed(scope);
    }
    let Some(at) = (sentence.start..words.start).rev().find(|i| text[*i..].starts_with(&EACH))
    else {
        return Share::None;
    };
    let verb = at + EACH.len();
    // The list goes on as long as nothing but marks stands between its figures.
    let mut list: Vec<&Range<usize>> = Vec::new();
    for figure in figures.iter().filter(|f| f.start >= verb && f.end <= sentence.end) {
        let joined = match list.last() {
            None => !text[verb..figure.start].iter().any(|c| CLAUSE.contains(*c)),
            Some(last) => text[last.end..figure.start].iter().all(|c| is_joint(*c)),
        };
        if !joined {
            break;
        }
        list.push(figure);
    }
    let Some(index) = list.iter().position(|f| *f == words) else { return Share::None };
    if list.len() < 2 {
        return Share::None;
    }
    let clause_before = |end: usize| {
        let mark = text[sentence.start..end].iter().rposition(|c| CLAUSE.contains(*c));
        mark.map_or(sentence.start, |mark| sentence.start + mark + 1)
    };
    let open = clause_before(at);
    let named: String = text[open..at].iter().collect();
    let verb_words: String = text[verb..list[0].start].iter().collect();
    // 征收土地100亩,涉及甲、乙两村,分别为60亩、40亩: the places stand in the clause before.
    if names_nothing(&named) && open > sentence.start {
        let listed = clause_before(open - 1);
        let clause: String = text[listed..open - 1].iter().collect();
        if let Some((_, names, _)) = listed_places(&clause, places)
            && names.len() == list.len()
        {
            let carried = without(text, sentence.start..listed, figures);
            let own = format!("{carried}{}{verb_words}", names[index]);
            return Share::Placed(alone(&own, &text[words.clone()]));
        }
    }
    if let Some((before, names, after)) = listed_places(&named, places)
        && names.len() == list.len()
    {
        // The subject may stand before the clause: 监测对象38户,其中甲村、乙村分别12户、15户.
        let carried = match names_nothing(&format!("{before}{after}{verb_words}")) {
            true => without(text, sentence.start..open, figures),
            false => String::new(),
        };
        let own = format!("{carried}{before}{}{after}{verb_words}", names[index]);
        return Share::Placed(alone(&own, &text[words.clone()]));
    }
    let items: Vec<&str> = named.split(['、', '和', '与', '及']).map(str::trim).collect();
    let dated = items.iter().any(|item| item.ends_with(['年', '月', '度']));
    if items.len() != list.len() || dated || items.iter().any(|item| item.is_empty()) {
        return Share::Unclear;
    }
    let own = format!("{}{verb_words}", items[index]);
    Share::Own(alone(&own, &text[words.clone()]))
}

/// Words that say of a place how it compares, and not what its figure is about.
const COMPARED: &[&str] = &["最多", "最少", "最高", "最低", "最大", "最小", "居首", "居前"];

/// The figure of a place that takes what it is about from the place before it:
/// 甲村收入35万元,乙村34万元. `None` where it does not stand behind a place alone.
fn carried_on(
    text: &[char],
    sentence: &Range<usize>,
    words: &Range<usize>,
    figures: &[Range<usize>],
    places: &[String],
) -> Option<Scope> {
    let unit = |range: &Range<usize>| text[range.clone()].last().copied();
    // Figures right before the words, the nearest first, as long as places alone part them.
    let mut end = words.start;
    let mut own: Option<String> = None;
    loop {
        let before = figures.iter().filter(|f| f.end <= end && f.start >= sentence.start);
        let previous = before.max_by_key(|f| f.end);
        let start = previous.map_or(sentence.start, |f| f.end);
        let lead: String = text[start..end].iter().collect();
        let lead = lead.trim_start_matches(|c: char| CLAUSE.contains(c) || is_joint(c));
        if let Some(name) =
            own.as_ref().filter(|_| !places.iter().any(|p| lead.contains(p.as_str())))
        {
            // 收集问题18条,甲村2条: the whole names no place.
            let whole = without(text, sentence.start..end, figures);
            let said = (!names_nothing(&whole)).then(|| format!("{name}{whole}"))?;
            return Some(alone(&said, &text[words.clone()]));
        }
        let (at, place) = only_place(lead, places)?;
        let rest = format!("{}{}", &lead[..at], &lead[at + place.len()..]);
        let rest = COMPARED.iter().fold(rest, |rest, word| rest.replace(word, ""));
        let Some(name) = &own else {
            let previous = previous.filter(|f| unit(f) == unit(words) && names_nothing(&rest))?;
            own = Some(place.to_owned());
            end = previous.start;
            continue;
        };
        if place == name {
            return None;
        }
        let carried = match names_nothing(&rest) {
            // 收入共69万元,其中甲村35万元、乙村34万元: the whole says what the parts are of.
            true if rest.contains("其中") => without(text, sentence.start..start, figures),
            true => {
                end = previous?.start;
                continue;
            }
            false => String::new(),
        };
        let said = format!("{carried}{}{name}{}", &lead[..at], &lead[at + place.len()..]);
        return Some(alone(&said, &text[words.clone()]));
    }
}

/// The only place that a text names, with where it stands.
fn only_place<'t>(text: &'t str, places: &[String]) -> Option<(usize, &'t str)> {
    let place_at = |at: usize| {
        let found = places.iter().filter(|name| text[at..].starts_with(name.as_str()));
        found.map(String::len).max()
    };
    let mut all = text.char_indices().filter_map(|(at, _)| place_at(at).map(|n| (at, n)));
    let (at, length) = all.next()?;
    let again = all.any(|(other, _)| other >= at + length);
    (!again).then(|| (at, &text[at..at + length]))
}

/// A figure behind words of its own.
fn alone(before: &str, words: &[char]) -> Scope {
    let mut own: Vec<char> = before.chars().collect();
    let start = own.len();
    own.extend(words);
    let (end, length) = (own.len(), own.len());
    Scope::new(&own, 0..length, start..end, &[], "")
}

/// A part of a text without its figures.
fn without(text: &[char], part: Range<usize>, figures: &[Range<usize>]) -> String {
    let in_figure = |at: usize| figures.iter().any(|f| f.contains(&at));
    part.filter(|at| !in_figure(*at)).map(|at| text[at]).collect()
}

/// Places that are listed one after the other in a text, with what stands before and behind
/// the list.
fn listed_places<'t>(text: &'t str, places: &[String]) -> Option<(&'t str, Vec<&'t str>, &'t str)> {
    let place_at = |rest: &str| {
        let found = places.iter().filter(|name| rest.starts_with(name.as_str()));
        found.map(String::len).max()
    };
    let joints = ['、', '和', '与', '及', ',', '，'];
    for (start, _) in text.char_indices() {
        let (mut at, mut names) = (start, Vec::new());
        while let Some(length) = place_at(&text[at..]) {
            names.push(&text[at..at + length]);
            at += length;
            match text[at..].chars().next().filter(|c| joints.contains(c)) {
                Some(joint) if place_at(&text[at + joint.len_utf8()..]).is_some() => {
                    at += joint.len_utf8();
                }
                _ => break,
            }
        }
        if names.len() > 1 {
            return Some((&text[..start], names, &text[at..]));
        }
    }
    None
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || "、,，和与及".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(marked: &str, index: usize) -> String {
        let (mut text, mut figures, mut open) = (Vec::new(), Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '{' => open = text.len(),
                '}' => figures.push(open..text.len()),
                c => text.push(c),
            }
        }
        let places = ["甲村", "乙村"].map(str::to_owned);
        match share(&text, &(0..text.len()), &figures[index].clone(), &figures, &places) {
            Share::None => "none".to_owned(),
            Share::Own(scope) | Share::Placed(scope) => scope.before() + &scope.words(),
            Share::Unclear => "unclear".to_owned(),
        }
    }

    #[test]
    fn each_item_gets_its_own_figure() {
        let text = "甲补、乙补、丙补分别发放{3元}、{4元}、{5元}。";
        assert_eq!([0, 1, 2].map(|i| own(text, i)), ["甲补发放3元", "乙补发放4元", "丙补发放5元"]);
        assert_eq!(own("甲补、乙补分别发放{3元}、{4元}、{5元}。", 1), "unclear");
        assert_eq!(own("2021年、2022年分别发放{3元}、{4元}。", 1), "unclear");
        assert_eq!(own("甲补、乙补分别达到{3元}以上。", 0), "none");
        assert_eq!(own("甲补、乙补分别发放{3元}、{4元},丙补发放{5元}。", 2), "none");
    }

    #[test]
    fn a_place_alone_goes_on_with_what_was_said_of_the_one_before() {
        let text = "甲村集体收入{35元},乙村{34元}。";
        assert_eq!([0, 1].map(|i| own(text, i)), ["none", "乙村集体收入34元"]);
        assert_eq!(own("收入共{69元},其中甲村{35元}、乙村{34元}。", 2), "收入共其中乙村34元");
        assert_eq!(own("收集问题{18条},甲村{2条}。", 1), "甲村收集问题2条");
        assert_eq!(own("甲村集体收入{35元},乙村{12户}。", 1), "none");
        assert_eq!(own("甲村集体收入{35元},乙村支出{34元}。", 1), "none");
    }

    #[test]
    fn places_share_the_subject_around_them() {
        let expected = ["甲村收入为3元", "乙村收入为4元"];
        let both = |text: &str| [0, 1].map(|i| own(text, i));
        assert_eq!(both("甲村、乙村收入分别为{3元}、{4元}。"), expected);
        let expected = ["收入甲村为3元", "收入乙村为4元"];
        assert_eq!(both("收入甲村、乙村分别为{3元}、{4元}。"), expected);
        let text = "征收土地{7亩},涉及甲村、乙村,分别为{3亩}、{4亩}。";
        assert_eq!(own(text, 2), "征收土地,乙村为4亩");
        let text = "监测对象{38户},其中甲村、乙村分别有{3户}、{4户}。";
        assert_eq!(own(text, 2), "监测对象,其中乙村有4户");
        assert_eq!(own("甲村、乙村收入分别为{3元}、{4元}、{5元}。", 1), "unclear");
    }
}
