//! The numbers that Word counts by itself, in the forms that Chinese documents use.

/// Digits of counting in Chinese.
const COUNTING: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Digits that cannot be altered.
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// Heavenly stems.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
/// Earthly branches.
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// A number in a format of WordprocessingML (`w:numFmt`); `None` for bullets and the like.
/// A format that is not known is counted in digits.
pub(crate) fn number(format: &str, n: u32) -> Option<String> {
    let shown = match format {
        "none" | "bullet" => return None,
        "decimalZero" => format!("{n:02}"),
        "upperRoman" => roman(n).to_uppercase(),
        "lowerRoman" => roman(n),
        "upperLetter" => letters(n).to_uppercase(),
        "lowerLetter" => letters(n),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanDigital2" => chinese(n, &COUNTING, ['十', '百', '千']),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            chinese(n, &LEGAL, ['拾', '佰', '仟'])
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            n.to_string().chars().filter_map(|c| COUNTING.get(c.to_digit(10)? as usize)).collect()
        }
        "ideographTraditional" => nth(STEMS, n)?,
        "ideographZodiac" => nth(BRANCHES, n)?,
        "decimalFullWidth" | "decimalFullWidth2" => {
            n.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            from(0x2460, n, 20).unwrap_or_else(|| n.to_string())
        }
        "decimalEnclosedParen" => from(0x2474, n, 20).unwrap_or_else(|| format!("({n})")),
        "decimalEnclosedFullstop" => from(0x2488, n, 20).unwrap_or_else(|| format!("{n}.")),
        "ideographEnclosedCircle" => {
            from(0x3280, n, 10).unwrap_or_else(|| chinese(n, &COUNTING, ['十', '百', '千']))
        }
        _ => n.to_string(),
    };
    Some(shown)
}

/// The n-th character of a row that begins at a code point.
fn from(first: u32, n: u32, most: u32) -> Option<String> {
    let at = n.checked_sub(1).filter(|at| *at < most)?;
    char::from_u32(first + at).map(String::from)
}

fn nth(row: &str, n: u32) -> Option<String> {
    let at = n.checked_sub(1)? as usize;
    row.chars().cycle().nth(at % row.chars().count()).map(String::from)
}

/// a … z, aa, bb …, as Word counts.
fn letters(n: u32) -> String {
    let Some(at) = n.checked_sub(1) else { return String::new() };
    let letter = char::from_u32(u32::from('a') + at % 26).unwrap_or('a');
    String::from(letter).repeat((at / 26 + 1).min(30) as usize)
}

fn roman(n: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = n.min(3999);
    let mut shown = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            shown.push_str(digit);
            rest -= value;
        }
    }
    shown
}

/// 十, 十一, 二十, 一百〇五. Lists do not run to ten thousand; what does is shown in digits.
fn chinese(n: u32, digits: &[char; 10], units: [char; 3]) -> String {
    let digit = |d: u32| digits.get(d as usize).copied().unwrap_or('〇');
    if n == 0 {
        return digit(0).to_string();
    }
    if n > 9999 {
        return n.to_string();
    }
    let mut shown = String::new();
    let mut gap = false;
    for (value, unit) in
        [(1000, Some(units[2])), (100, Some(units[1])), (10, Some(units[0])), (1, None)]
    {
        let d = n / value % 10;
        if d == 0 {
            gap = !shown.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            shown.push(digits[0]);
        }
        // 十一, not 一十一.
        if !(value == 10 && d == 1 && shown.is_empty()) {
            shown.push(digit(d));
        }
        shown.extend(unit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_shows_them() {
        for (format, n, expected) in [
            ("chineseCounting", 1, "一"),
            ("japaneseCounting", 10, "十"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 105, "一百〇五"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("decimal", 7, "7"),
            ("decimalZero", 7, "07"),
            ("upperRoman", 14, "XIV"),
            ("lowerLetter", 28, "bb"),
            ("ideographTraditional", 3, "丙"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalFullWidth", 12, "\u{FF11}\u{FF12}"),
            ("ideographDigital", 10, "一〇"),
            ("x", 3, "3"),
        ] {
            assert_eq!(number(format, n).as_deref(), Some(expected), "{format} {n}");
        }
        assert_eq!(number("bullet", 1), None);
        for n in [0, u32::MAX] {
            for format in ["upperRoman", "lowerLetter", "chineseCounting", "ideographZodiac"] {
                let _ = number(format, n);
            }
        }
    }
}
