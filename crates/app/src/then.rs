//! What `--known-at` asks for: which revision, and under which definitions it was written.

use figure::Date;
use pack::Pack;
use store::Store;

use crate::definitions::{Files, load_in_force};
use crate::error::AppError;

/// The revision that a text names: its number, or the last one at or before an instant.
pub(crate) fn revision(store: &Store, text: &str) -> Result<i64, AppError> {
    let last = store.revision()?;
    if let Ok(number) = text.parse::<i64>() {
        return match (0..=last).contains(&number) {
            true => Ok(number),
            false => Err(AppError::NoRevision { text: text.to_owned(), last }),
        };
    }
    let is_day = text.get(..10).is_some_and(|day| day.parse::<Date>().is_ok());
    let is_instant = is_day && (text.len() == 10 || text[10..].starts_with(['T', ' ']));
    if !is_instant {
        return Err(AppError::NoRevision { text: text.to_owned(), last });
    }
    Ok(store.revision_at(&text.replacen(' ', "T", 1))?)
}

/// The definitions under which a revision was written, where they are others than those at hand
/// and were kept.
pub(crate) fn definitions(
    store: &Store,
    revision: i64,
    today: &Files,
    notices: &mut Vec<String>,
) -> Result<Option<(Files, Pack)>, AppError> {
    let (base, local) = today.sets();
    let Some(kept) = store.in_force(revision)? else { return Ok(None) };
    if kept.base == base && kept.local == local {
        return Ok(None);
    }
    let then = load_in_force(store, &kept)?;
    notices.push(match &then {
        Some(_) => format!(
            "台账、指标和口径按版本 {revision} 时的定义(此后改过);按今天的定义算,请不加 --known-at,用 --window 指定期间"
        ),
        None => format!(
            "版本 {revision} 时的定义与今天不同,而当时的定义文件已不全或本程序读不懂,只能按今天的定义计算"
        ),
    });
    Ok(then)
}

/// What is to be said where the dates of the revisions do not tell what was known at an instant.
pub(crate) fn out_of_order(
    store: &Store,
    revision: i64,
    text: &str,
) -> Result<Option<String>, AppError> {
    if text.parse::<i64>().is_ok() {
        return Ok(None);
    }
    let later = store.dated_after(&text.replacen(' ', "T", 1), revision)?;
    Ok(later.map(|(number, at)| {
        format!(
            "写入时间前后颠倒:版本 {number} 写的是 {at},晚于 {text},却排在版本 {revision} 之前;可能有人倒填时间,或电脑时钟不准,请按版本号查(--known-at {})",
            number - 1
        )
    }))
}
