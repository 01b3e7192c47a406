//! Numbers whose digits stand in groups of three behind spaces: 23 600人.

use crate::text::Text;

/// A space that may stand between groups of three digits (GB/T 15835-2011, 5.1.1).
pub(super) fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// After the groups of three digits behind spaces, if the digits from `i` to `end` have such;
/// `run` is the end of the digits from a place.
///
/// The cells of a row of a table stand behind spaces as well, but have no unit right behind them.
pub(super) fn spaced_end(
    text: &Text<'_>,
    i: usize,
    end: usize,
    run: impl Fn(usize) -> usize,
) -> usize {
    let mut last = end;
    while is_group_space(text.at(last)) && run(last + 1) == last + 4 {
        last += 4;
    }
    let next = if matches!(text.at(last), '.' | '．') { run(last + 1) } else { last };
    let behind = text.at(next);
    let is_counted = behind.is_alphabetic() && !behind.is_ascii() || matches!(behind, '%' | '％');
    let before = text.before(i);
    let is_first = i == 0 || matches!(before, '\n' | '\u{3000}');
    let is_inside = !before.is_whitespace() && !before.is_ascii_alphanumeric();
    if text.at(i) != '0' && is_counted && (is_first || is_inside) { last } else { end }
}

#[cfg(test)]
mod tests {
    use super::super::figure_at;
    use super::*;
    use crate::cues::Cues;

    fn check(words: &str, expected: &str) {
        let text = Text::new(words);
        let at = words.chars().position(|c| c.is_ascii_digit()).unwrap();
        let figure = figure_at(&text, at, &Cues::new(["网格"])).unwrap();
        assert_eq!(format!("{} {}", figure.value, figure.unit_text), expected, "{words}");
    }

    #[test]
    fn groups_behind_spaces_are_one_number() {
        check("参保23 600人", "23600 人");
        check("参保1\u{2009}234\u{2009}567人", "1234567 人");
        check("均为16\u{a0}632.5元", "16632.5 元");
        check("共(12 000亩)", "12000 亩");
        check("1 594户农户", "1594 户");
    }

    #[test]
    fn cells_and_numbers_of_lines_are_their_own() {
        check("合计 120 350 46", "120 ");
        check("合计 120 350人", "120 ");
        check("编号0 230人", "0 ");
        check("第3 20人", "3 ");
        check("共1200 230人", "1200 ");
    }
}
