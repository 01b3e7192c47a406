//! How many dates stand in a row where so many times are announced.

use super::items::Told;
use crate::figure::reading::passage::Passage;
use crate::figure::reading::small;

/// `6次(1月、3月、4月各一次)`, `4次,分别在7月8日、8月19日和9月26日`: how many times are told.
pub(super) fn times(words: &str, said: usize) -> Option<usize> {
    const LEADS: &[&str] = &[
        "时间分别为",
        "时间分别是",
        "时间依次为",
        "时间依次是",
        "分别在",
        "分别于",
        "分别是",
        "分别为",
        "即",
        "时间为",
        "时间是",
        "先后于",
        "先后在",
        "依次在",
        "依次为",
        "依次是",
        "时间分别在",
        "分别安排在",
        "安排在",
    ];
    // 4次会议的时间分别为3月6日 has no mark before its row.
    let digit = words.find(|c: char| c.is_ascii_digit())?;
    let led = LEADS.iter().find_map(|lead| Some(words[..digit].strip_suffix(lead)?.len()));
    let noun_end = words.find(|c: char| !c.is_alphanumeric())?;
    let noun_end = led.filter(|at| *at < noun_end).unwrap_or(noun_end);
    if words[..noun_end].chars().count() > 20 {
        return None;
    }
    let rest = words[noun_end..].trim_start_matches([',', '，', '(', '（', ':', '：']);
    let opened = words[noun_end..].starts_with(['(', '（', ':', '：']);
    // 会期分别为, 召开日期依次是: what the days are of stands before.
    let named = ["分别", "依次"].iter().filter_map(|word| rest.find(word)).min();
    let name = named.map_or("", |at| &rest[..at]);
    let of_days = (2..=5).contains(&name.chars().count()) && name.ends_with(['期', '间', '日']);
    let rest = if of_days { &rest[name.len()..] } else { rest };
    let lead = LEADS.iter().find_map(|lead| rest.strip_prefix(lead));
    let rest = match lead {
        Some(rest) => rest,
        None if opened => rest,
        None => return None,
    };
    let chars: Vec<char> = rest.chars().collect();
    let (count, end) = row_of_dates(&chars, 0)?;
    let tail: String = chars[end..chars.len().min(end + 6)].iter().collect();
    // 各两次, 前后 and 至 say something else.
    let each = tail.contains('各') && !tail.contains("各一") && !tail.contains("各1");
    let open = tail.starts_with(['等', '至', '到', '-', '前', '后', '底', '起']) || each;
    let inside: String = chars[end..].iter().take_while(|c| !")）。".contains(**c)).collect();
    // (2月、5月、8月各一次,11月一次) goes on.
    let open = open || opened && inside.contains('月');
    let wrong = count != said && count >= 2;
    (wrong && !open && said.abs_diff(count) <= 3).then_some(count)
}

/// `于3月8日、7月15日两次召开` with the dates before the number.
pub(super) fn dates_before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let said = told.said;
    if !"次场期批届轮".contains(told.unit) {
        return None;
    }
    let chars = &passage.paper.chars;
    let start = told.at.start;
    let from = passage.range.start.max(start.saturating_sub(60));
    let first = (from..start).find(|at| {
        chars[*at].is_ascii_digit()
            && !chars[at.saturating_sub(1)].is_ascii_digit()
            && row_of_dates(&chars[..start], *at).is_some()
    })?;
    let (count, end) = row_of_dates(&chars[..start], first)?;
    let between = passage.words(end..start);
    let between = between.trim_end_matches(['了', '过']);
    // 先后于5月8日、7月16日和9月3日召开4次
    let verb = ["召开", "开展", "举办", "组织", "举行", "进行", "组织开展"].contains(&between);
    // 先后于2月8日、5月16日召开专题党委会4次
    let days = passage.words(first..end).contains(['日', '号']);
    // 召开党委会4次、班子会6次 shares the days out.
    let shared = matches!(chars.get(told.at.end), Some('、' | '和' | '及' | '与'));
    let held = days
        && !shared
        && between.strip_prefix("召开").is_some_and(|what| {
            what.chars().count() <= 12
                && what.chars().all(char::is_alphabetic)
                && (what.ends_with("会") || what.ends_with("会议"))
        });
    // 3月、6月、9月和11月,先后三次
    let bare = between.trim_start_matches([',', '，']);
    // 于4月、6月、9月各开展一次集中整治,全年四次
    let once = ["一", "1"].map(|one| format!("{one}{}", told.unit));
    let each = between.starts_with('各')
        && between.chars().count() <= 24
        && once.iter().any(|once| between.contains(once))
        && between.matches([',', '，']).count() <= 1
        && !between.contains(['。', ';', '；', '另', '又'])
        && !between
            .chars()
            .zip(between.chars().skip(1))
            .any(|(c, next)| c.is_ascii_digit() && matches!(next, '月' | '日' | '次'));
    let joined = verb
        || held
        || each
        || ["", "共", "分", "先后", "连续", "前后", "一共", "总共"].contains(&bare);
    (joined && count >= 2 && count != said && said.abs_diff(count) <= 3).then_some(count)
}

/// A row of months or days joined by 、 and 和: how many, and where it ends.
fn row_of_dates(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let one = |at: usize| -> Option<usize> {
        let (_, end) = small::digits_at(chars, at)?;
        match chars.get(end)? {
            '月' | '日' | '号' => {
                let day = small::digits_at(chars, end + 1)
                    .filter(|(_, end)| matches!(chars.get(*end), Some('日' | '号')));
                Some(day.map_or(end + 1, |(_, end)| end + 1))
            }
            '年' => {
                let (_, end) = small::digits_at(chars, end + 1)?;
                let end = (chars.get(end) == Some(&'月')).then_some(end + 1)?;
                let day = small::digits_at(chars, end)
                    .filter(|(_, end)| matches!(chars.get(*end), Some('日' | '号')));
                Some(day.map_or(end, |(_, end)| end + 1))
            }
            _ => None,
        }
    };
    let mut end = one(at)?;
    let mut count = 1;
    while matches!(chars.get(end), Some('、' | '和' | '及' | '与')) {
        let next = one(end + 1)?;
        count += 1;
        end = next;
    }
    Some((count, end))
}
