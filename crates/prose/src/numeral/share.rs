//! Parts of a whole in words and signs.

use figure::Decimal;

use super::{Mode, NumberError, overflow, read};

/// 90%, 百分之九十, 三分之二, 八成, 一半.
pub(super) fn read(text: &str, mode: Mode, whole: &str) -> Result<Option<Decimal>, NumberError> {
    let read = |part: &str| read::read(part, mode).map_err(|e| e.about(whole));
    let divided = |above: Decimal, below: Decimal| {
        let text = whole.to_owned();
        let zero = below.is_zero();
        // What never ends is kept to as many digits as can be written and read again.
        let share = above.checked_div(below).and_then(|share| share.round_sf(read::DIGITS));
        share.ok_or(match zero {
            true => NumberError::ZeroBelow { text },
            false => overflow(&text),
        })
    };
    // A share with more digits than a decimal keeps is none that could be told exactly.
    let exactly = |value: Option<Decimal>, times: Decimal| {
        let share = value.and_then(|value| value.checked_div(times));
        let kept = share.and_then(|share| share.round_sf(read::DIGITS)) == share;
        let back = || share.and_then(|share| share.checked_mul(times)) == value;
        share.filter(|_| kept && back()).ok_or_else(|| overflow(whole))
    };
    if let Some(number) = text.strip_suffix('%') {
        return exactly(Some(read(number)?), Decimal::ONE_HUNDRED).map(Some);
    }
    if let Some(number) = text.strip_suffix('‰') {
        return exactly(Some(read(number)?), Decimal::ONE_THOUSAND).map(Some);
    }
    if let Some((below, above)) = text.split_once("分之") {
        if let Some((integer, below)) = below.split_once('又') {
            let share = divided(read(above)?, read(below)?)?;
            let mixed = read(integer)?.checked_add(share).and_then(|n| n.round_sf(read::DIGITS));
            return mixed.map(Some).ok_or_else(|| overflow(whole));
        }
        let below = match below {
            "百" => Decimal::ONE_HUNDRED,
            "千" => Decimal::ONE_THOUSAND,
            "万" => Decimal::from(10_000),
            _ => read(below)?,
        };
        return divided(read(above)?, below).map(Some);
    }
    if let Some((tenths, rest)) = text.split_once('成') {
        let hundredths = match rest {
            "" => Decimal::ZERO,
            "半" => Decimal::new(5, 1),
            // 八成二: one digit, since 二五 behind 成 would be twenty-five of ten.
            digit if digit.chars().count() == 1 => read(digit)? / Decimal::TEN,
            _ => return Ok(None),
        };
        return exactly(read(tenths)?.checked_add(hundredths), Decimal::TEN).map(Some);
    }
    Ok((text == "一半" || text == "半").then(|| Decimal::new(5, 1)))
}
