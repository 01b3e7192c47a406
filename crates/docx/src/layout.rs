//! Lengths of GB/T 9704-2012, in the units of WordprocessingML.
//!
//! A *twip* is 1/20 of a point, so 1440 of them are an inch and 1 mm is
//! 1440 ÷ 25.4 = 56.69 twips. Font sizes are counted in half points.
//!
//! # The grid
//!
//! The standard asks for 22 lines of 28 characters that fill a type area of
//! 156 mm × 225 mm. Word makes such a page with a document grid:
//!
//! * `w:linePitch` is a whole number of twips. 225 mm are 12 756 twips, and
//!   12 756 ÷ 22 = 579.8 (28.99 pt). It has to be rounded *down* to 579: with
//!   580 the 22 lines would need 12 760 twips, and Word would set 21.
//! * `w:charSpace` is what the grid adds to the size of the default font, in
//!   1/4096 of a point. 156 mm are 8845 twips = 442.25 pt, and 442.25 ÷ 28 =
//!   15.7946 pt a character. The default font has 16 pt, so the addition is
//!   (15.7946 − 16) × 4096 = −841.1, which again is rounded down, to −842, or
//!   the 28th character would not fit.
//!
//! The grid serves what an office types into the document in the default style.
//! The styles of the body get the same page without it, by lines of exactly 579
//! twips and characters condensed by 6 twips (0.3 pt), for two reasons:
//!
//! * LibreOffice 7.4 gives a character that is wider than the grid's cell
//!   (16 pt in 15.79) two cells, which makes 14 characters a line.
//! * A line of the grid grows to two where a substituted font is taller than it,
//!   an exact line does not.
//!
//! Two-sided alignment returns to a full line the millimetre that rounding saves.

/// Millimetres as twips, rounded to the nearest.
const fn millimetres(mm: i32) -> i32 {
    (mm * 14_400 + 127) / 254
}

/// Width of A4.
pub(crate) const PAGE_WIDTH: i32 = millimetres(210);
/// Height of A4.
pub(crate) const PAGE_HEIGHT: i32 = millimetres(297);
/// Top margin (天头), 37 mm.
pub(crate) const TOP: i32 = millimetres(37);
/// Bottom margin, 297 − 37 − 225 = 35 mm.
pub(crate) const BOTTOM: i32 = millimetres(35);
/// Binding margin (订口), 28 mm.
pub(crate) const LEFT: i32 = millimetres(28);
/// Right margin, 210 − 28 − 156 = 26 mm.
pub(crate) const RIGHT: i32 = millimetres(26);
/// Width of the type area.
pub(crate) const TYPE_WIDTH: i32 = PAGE_WIDTH - LEFT - RIGHT;
/// Height of the type area.
pub(crate) const TYPE_HEIGHT: i32 = PAGE_HEIGHT - TOP - BOTTOM;

/// Lines on a page.
pub(crate) const LINES: i32 = 22;
/// Characters in a line.
pub(crate) const CHARACTERS: i32 = 28;
/// Distance between two lines of the grid.
pub(crate) const LINE_PITCH: i32 = TYPE_HEIGHT / LINES;
/// `w:charSpace`: what the grid adds to the default font's size, in 1/4096 point.
pub(crate) const CHAR_SPACE: i32 =
    (TYPE_WIDTH * 4096).div_euclid(20 * CHARACTERS) - BODY_SIZE / 2 * 4096;
/// What the styles of the body add between characters, in twips.
///
/// LibreOffice cuts the lines to whole cells of the grid, 28 × 315 = 8820 twips,
/// and does not condense the last character. So 27 characters share 8820 − 320
/// twips, 314.8 each, which is rounded down to 314, six less than their 320.
pub(crate) const CONDENSED: i32 =
    (TYPE_WIDTH / CHARACTERS * CHARACTERS - BODY_SIZE * 10) / (CHARACTERS - 1) - BODY_SIZE * 10;

/// 二号, 22 pt, the title.
pub(crate) const TITLE_SIZE: i32 = 44;
/// 三号, 16 pt, the body.
pub(crate) const BODY_SIZE: i32 = 32;
/// 四号, 14 pt, the page number.
pub(crate) const NUMBER_SIZE: i32 = 28;
/// 小四, 12 pt, tables.
pub(crate) const TABLE_SIZE: i32 = 24;

/// 小五, 9 pt, a note in the line of the page number.
pub(crate) const NOTE_SIZE: i32 = 18;

/// Pitch of the title's lines. The standard (3.2) defines a line as the height
/// of a character and 7/8 of a 三号 character: 22 + 14 = 36 pt.
pub(crate) const TITLE_PITCH: i32 = (TITLE_SIZE / 2 + BODY_SIZE / 2 * 7 / 8) * 20;
/// Pitch of the lines of a table cell, one and a half times its characters.
pub(crate) const TABLE_PITCH: i32 = TABLE_SIZE * 15;
/// Height of the line with the page number.
pub(crate) const NUMBER_PITCH: i32 = NUMBER_SIZE * 10;
/// From the page's edge to the foot of the line with the page number.
///
/// The dash beside the number stands 7 mm below the type area (7.5), and it is
/// drawn at the middle of its line.
pub(crate) const FOOTER: i32 = BOTTOM - millimetres(7) - NUMBER_PITCH / 2;
/// Header distance; there is no header, and this is Word's own default (15 mm).
pub(crate) const HEADER: i32 = millimetres(15);

/// Hundredths of a body character on the grid as twips.
pub(crate) const fn characters(hundredths: i32) -> i32 {
    (hundredths * TYPE_WIDTH + 50 * CHARACTERS) / (100 * CHARACTERS)
}

/// Blank height above and below a title of that many lines, so that the title
/// and the blank line after it fill whole lines of the grid, and the first page
/// ends on the 22nd line as all others do.
pub(crate) const fn title_padding(lines: i32) -> (i32, i32) {
    let taken = lines * TITLE_PITCH;
    let padding = (LINE_PITCH - taken % LINE_PITCH) % LINE_PITCH;
    (padding / 2, padding - padding / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_is_a4_with_the_standards_margins() {
        assert_eq!((PAGE_WIDTH, PAGE_HEIGHT), (11_906, 16_838));
        assert_eq!((TOP, BOTTOM, LEFT, RIGHT), (2098, 1984, 1587, 1474));
        assert_eq!((TYPE_WIDTH, TYPE_HEIGHT), (8845, 12_756));
    }

    #[test]
    fn grid_is_the_largest_that_holds_22_lines_of_28_characters() {
        assert_eq!((LINE_PITCH, CHAR_SPACE), (579, -842));
        let holds = |pitch: i32| TYPE_HEIGHT / pitch >= LINES;
        assert!(holds(LINE_PITCH) && !holds(LINE_PITCH + 1));
        // Widths in 1/4096 of a point, so that nothing is rounded.
        let width = |space: i32| CHARACTERS * (BODY_SIZE / 2 * 4096 + space);
        let area = TYPE_WIDTH * 4096 / 20;
        assert!(width(CHAR_SPACE) <= area && width(CHAR_SPACE + 1) > area);
    }

    #[test]
    fn condensed_body_has_28_characters_a_line() {
        assert_eq!(CONDENSED, -6);
        assert_eq!(TYPE_WIDTH / (BODY_SIZE * 10 + CONDENSED), CHARACTERS);
    }

    #[test]
    fn indents_are_counted_in_grid_characters() {
        assert_eq!([characters(100), characters(200), characters(400)], [316, 632, 1264]);
        assert_eq!(characters(2800), TYPE_WIDTH);
    }

    #[test]
    fn title_ends_on_a_line_of_the_grid() {
        assert_eq!(TITLE_PITCH, 720);
        for lines in 1..9 {
            let (above, below) = title_padding(lines);
            assert_eq!((above + lines * TITLE_PITCH + below) % LINE_PITCH, 0, "{lines} lines");
            assert!(above >= 0 && below >= above && above + below < LINE_PITCH);
        }
    }

    #[test]
    fn page_number_stands_seven_millimetres_below_the_type_area() {
        assert_eq!(BOTTOM - (FOOTER + NUMBER_PITCH / 2), 397);
    }
}
