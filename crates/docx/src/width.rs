//! Widths of characters as official documents set them.

/// Width of a character in halves of a Chinese character: Latin letters, digits
/// and ASCII marks are set in Times New Roman and take about one half, all others two.
///
/// Curly quotes, dashes and ellipses count as Chinese, since every run names the
/// East-Asian font as the one to draw them with.
pub(crate) fn halves(c: char) -> i32 {
    if c.is_control() {
        0
    } else if c < '\u{0250}' && !matches!(c, '·' | '×' | '÷' | '°' | '±' | '§') {
        1
    } else {
        2
    }
}

/// Width of a text in halves of a Chinese character.
pub(crate) fn text_halves(text: &str) -> i32 {
    text.chars().map(halves).fold(0, i32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_take_half_a_character() {
        for (text, expected) in
            [("", 0), ("甲村", 4), ("2023年", 6), ("“两委”", 8), ("GDP", 3), ("乙·丙", 6)]
        {
            assert_eq!(text_halves(text), expected, "{text}");
        }
    }
}
