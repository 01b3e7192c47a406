//! Numbers that are names: of roads, telephones, years, editions and programmes.

use figure::{Class, Decimal, Unit};

use crate::scan::{Figure, is_numeral};
use crate::text::Text;
use crate::words;

/// 24小时 before a verb says how something is done.
pub(super) fn is_round_the_clock(text: &Text<'_>, figure: &Figure) -> bool {
    let within = matches!(text.at(figure.end), '内' | '以' | '之');
    figure.unit_text == "小时"
        && figure.value.to_string() == "24"
        && words::goes_on(text.at(figure.end))
        && !within
}

/// Whether a number without a unit is the name of a road, a day or a programme: 县道110,
/// “4·25”, “147”.
pub(super) fn is_named(text: &Text<'_>, figure: &Figure, quoted: bool) -> bool {
    const ROADS: &[&str] = &[
        "县道", "省道", "国道", "乡道", "村道", "高速", "编号", "文号", "型号", "热线", "拨打",
        "邮编", "电话", "代码", "房间", "附件", "附表", "表", "图", "注",
    ];
    let (before, after) = (text.before(figure.start), text.at(figure.end));
    let opens = matches!(before, '“' | '‘' | '"' | '\'' | '·' | '・' | '《');
    let closes = matches!(after, '”' | '’' | '"' | '\'' | '·' | '・' | '》');
    // “3 1 1” lost its operators.
    let lost = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | 'N' | '＋');
    let from = (figure.start.saturating_sub(8)..figure.start).rev().find(|&k| !lost(text.at(k)));
    let to = (figure.end..figure.end + 8).find(|&k| !lost(text.at(k)));
    let slogan = from.is_some_and(|k| text.at(k) == '“') && to.is_some_and(|k| text.at(k) == '”');
    if slogan {
        return true;
    }
    let clock = matches!(before, ':' | '：')
        && figure.start > 1
        && text.at(figure.start - 2).is_ascii_digit();
    let pair = clock || matches!(before, '·' | '・') || matches!(after, '·' | '・');
    pair || (opens && closes)
        || text.any_before(figure.start, ROADS).is_some()
        || is_numbered(text, figure, quoted)
}

/// What a number stands before that it is the number of: 261弄, 331国道, 2.0版.
fn is_numbered(text: &Text<'_>, figure: &Figure, quoted: bool) -> bool {
    const THINGS: &[&str] = &[
        "热线", "电话", "专线", "平台", "年", "月", "日", "国道", "省道", "县道", "线", "弄",
        "街坊", "路", "巷", "版", "强", "型", "世纪", "楼", "计划",
    ];
    let after = text.at(figure.end);
    let numbered = after.is_ascii_alphabetic()
        || matches!(after, '号' | '#' | '〕' | ']' | '］' | '后' | ':' | '周' | '时' | '×' | '*');
    // 8.6代线 is the size of a line of works, 2.0 an edition.
    let tenth = figure.value.scale() == 1;
    let edition = (tenth && matches!(after, '代' | '时'))
        || (tenth && figure.value.fract().is_zero() && words::goes_on(after));
    let within = quoted && (after == '”' || words::goes_on(after));
    // 《山乡2》 is the second of its name, 1+N a slogan.
    let second = after == '》' || (after == '+' && text.at(figure.end + 1).is_alphanumeric());
    // 电话:65092341, 公元9世纪.
    let long =
        figure.end - figure.start > 5 && matches!(text.before(figure.start), ':' | '：' | '—');
    numbered
        || long
        || edition
        || second
        || within
        || text.any_at(figure.end, THINGS).is_some()
        || is_hotline(text, figure)
        || is_year(text, figure)
}

/// A year that lost its 年: 2025足协杯, 聚焦2030.
fn is_year(text: &Text<'_>, figure: &Figure) -> bool {
    let years = Decimal::from(1949)..Decimal::from(2061);
    let plain = figure.end - figure.start == 4 && years.contains(&figure.value);
    plain && !matches!(text.at(figure.end), '。' | '；' | ';')
}

/// The number of a service that people call: 12345便民热线.
fn is_hotline(text: &Text<'_>, figure: &Figure) -> bool {
    let digits = text.slice(figure.start, figure.end);
    let short = matches!(digits, "110" | "119" | "120" | "122");
    let long = digits.len() == 5 && ["12", "95", "96"].iter().any(|lead| digits.starts_with(lead));
    (short || long) && words::goes_on(text.at(figure.end))
}

/// A number that letters or marks make part of a code: G331, 歼-20, 〔2023〕5.
pub(super) fn is_code(text: &Text<'_>, figure: &Figure) -> bool {
    let before = text.before(figure.start);
    let dashed = matches!(before, '-' | '_') && figure.start > 1 && {
        let lead = text.at(figure.start - 2);
        let bare = figure.unit_text.is_empty() && words::goes_on(lead);
        lead.is_ascii_alphanumeric() || bare
    };
    let clocked = (before == '时' && figure.unit_text == "分")
        || (before == '分' && figure.unit_text == "秒");
    let minute = clocked && is_numeral(text.before(figure.start - 1));
    // No code has money or a share behind it: GDP8.9亿元.
    let is_amount = |unit: Unit| matches!(unit.class(), Class::Money | Class::Share);
    let lettered = before.is_ascii_alphabetic() && !figure.unit.is_some_and(is_amount);
    lettered || dashed || minute || matches!(before, '〔' | '〕' | '[' | '［' | '#' | '№' | '×')
}
