//! 分别: several items and, behind them, one figure for each in the same order.

use std::ops::Range;

use crate::scope::{CLAUSE, Scope};

/// The word that hands figures out.
const EACH: [char; 2] = ['分', '别'];

/// What 分别 makes of a figure.
pub(crate) enum Share {
    /// The figure is not handed out.
    None,
    /// The item and the figure that is its own.
    Own(Scope),
    /// Items and figures cannot be matched one to one.
    Unclear,
}

/// Finds the item of the figure at `words`; `figures` are all figures of the text.
pub(crate) fn share(
    text: &[char],
    sentence: &Range<usize>,
    words: &Range<usize>,
    figures: &[Range<usize>],
) -> Share {
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
    let open = text[sentence.start..at].iter().rposition(|c| CLAUSE.contains(*c));
    let open = open.map_or(sentence.start, |mark| sentence.start + mark + 1);
    let named: String = text[open..at].iter().collect();
    let items: Vec<&str> = named.split(['、', '和', '与', '及']).map(str::trim).collect();
    let dated = items.iter().any(|item| item.ends_with(['年', '月', '度']));
    if items.len() != list.len() || dated || items.iter().any(|item| item.is_empty()) {
        return Share::Unclear;
    }
    let mut own: Vec<char> = items[index].chars().collect();
    own.extend(&text[verb..list[0].start]);
    let start = own.len();
    own.extend(&text[words.clone()]);
    let (end, length) = (own.len(), own.len());
    Share::Own(Scope::new(&own, 0..length, start..end, &[], ""))
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
        match share(&text, &(0..text.len()), &figures[index].clone(), &figures) {
            Share::None => "none".to_owned(),
            Share::Own(scope) => scope.clause(),
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
}
