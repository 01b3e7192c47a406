//! Words that narrow or turn what a figure is about: 每村, 人均, 最高, 全县第一.
//!
//! A total is no average, the best is not all, and a rank in the county is none in the
//! province. An indicator may be held against such words only if it says them itself.

use figure::{Class, Step};
use pack::{Indicator, Timing};
use prose::Predicate;

use crate::scope::Scope;
use crate::subject::Mismatch;
use crate::target::Target;

/// What one of many is counted by: 每月, 月均.
const UNITS: &[&str] = &[
    "季度", "个村", "亩", "人", "户", "村", "月", "年", "日", "天", "周", "季", "次", "场", "个",
    "名", "家", "所", "吨", "斤", "组", "镇", "乡", "县", "支",
];
/// Words by which one of many is meant and not all.
const EXTREMES: &[&str] =
    &["最高", "最低", "最大", "最小", "最好", "最差", "最长", "最短", "最强", "最弱"];

/// Words by which only what came is meant and not what there is.
const ADDED: &[&str] = &["新增", "净增", "新种", "扩种", "新建", "新栽"];

fn is_stock(indicator: &Indicator) -> bool {
    matches!(indicator.time, Timing::At | Timing::Since | Timing::Latest)
}

/// Refuses words of one of many on an indicator that gives the whole.
pub(crate) fn check_limits(
    scope: &Scope,
    indicator: &Indicator,
    target: &Target,
    read: Option<&str>,
) -> Result<(), Mismatch> {
    let clause = scope.clause();
    let known = known(indicator);
    let per = per_words(&clause)
        .or_else(|| read.and_then(per_words).or(read.map(|w| (w.to_owned(), ""))));
    if let Some((word, unit)) = per
        && !covers(&known, &word, unit)
        && !is_member(target, unit)
    {
        return Err(Mismatch(format!(
            "句子说的是“{word}”的数,指标‘{}’取的是总数;请换一个指标或改正文字",
            indicator.label
        )));
    }
    let extreme = EXTREMES.iter().find(|word| clause.contains(**word));
    if let Some(word) = extreme.filter(|word| !known.contains(**word)) {
        return Err(Mismatch(format!(
            "句子说的是“{word}”的一个,指标‘{}’取的是全部;请换一个指标或改正文字",
            indicator.label
        )));
    }
    let added = ADDED.iter().find(|word| clause.contains(**word));
    if let Some(word) = added.filter(|_| is_stock(indicator) && !known.contains('新')) {
        return Err(Mismatch(format!(
            "句子说的是“{word}”的数,指标‘{}’取的是期末的总数;请换一个指标或改正文字",
            indicator.label
        )));
    }
    let said = scope.region();
    if let Some((_, wider)) = indicator.label.split_once('或')
        && !said.contains('或')
        && !said.contains(&wider.chars().take(2).collect::<String>())
    {
        return Err(Mismatch(format!(
            "指标‘{}’还包括“{wider}”,文字没有说到;请让两者一致",
            indicator.label
        )));
    }
    Ok(())
}

/// Refuses a rank within one field on an indicator that ranks within another.
/// `read` is the field as the words name it.
pub(crate) fn check_rank(
    scope: &Scope,
    indicator: &Indicator,
    predicate: &Predicate,
    read: Option<&str>,
) -> Result<(), Mismatch> {
    if !matches!(predicate, Predicate::Rank(_)) || indicator.unit.class() != Class::Rank {
        return Ok(());
    }
    let Some(level) = read.and_then(level_of).or_else(|| rank_field(&scope.clause())) else {
        return Ok(());
    };
    let known = known(indicator);
    let own = known.contains(&format!("全{level}")) || known.contains(&format!("{level}内"));
    if own {
        return Ok(());
    }
    Err(Mismatch(format!(
        "句子说的是全{level}的名次,指标‘{}’不是全{level}的;请让两者一致",
        indicator.label
    )))
}

/// Levels that a ranking is taken over.
const FIELDS: &str = "国省市县区州盟旗镇乡";

fn level_of(field: &str) -> Option<char> {
    field.chars().rfind(|c| FIELDS.contains(*c))
}

/// The level of the last field that a clause names: 全县, 县内, 县第一.
fn rank_field(clause: &str) -> Option<char> {
    let chars: Vec<char> = clause.chars().collect();
    (0..chars.len()).rev().find_map(|at| {
        let level = chars[at];
        let before = at.checked_sub(1).map(|b| chars[b]);
        let after = chars.get(at + 1).copied().unwrap_or('\n');
        // 全镇 opens a sentence as its subject; a town ranks only where the rank follows.
        let wide = before.is_some_and(|c| "全我本".contains(c)) && !matches!(level, '镇' | '乡');
        let named = wide || "第首内里排居位列".contains(after);
        let noun =
            before.is_some_and(|c| "乡城集圩".contains(c)) && matches!(level, '镇' | '乡' | '市');
        (FIELDS.contains(level) && named && !noun).then_some(level)
    })
}

/// Everything an indicator says of itself.
pub(crate) fn known(indicator: &Indicator) -> String {
    let says: Vec<String> = indicator.says.iter().map(|parts| parts.concat()).collect();
    format!("{}\n{}\n{}", indicator.label, indicator.meaning, says.join("\n"))
}

/// The words of one of many in a clause, and what they count by; nothing for 平均.
fn per_words(clause: &str) -> Option<(String, &'static str)> {
    for (at, _) in clause.match_indices('每') {
        let rest = &clause[at + '每'.len_utf8()..];
        let rest = rest.strip_prefix('一').unwrap_or(rest);
        if let Some(unit) = UNITS.iter().find(|unit| rest.starts_with(**unit)) {
            return Some((format!("每{unit}"), unit));
        }
    }
    for (at, mark) in clause.match_indices('均') {
        let before = &clause[..at];
        let after = &clause[at + mark.len()..];
        if after.starts_with(['衡', '匀', '等', '价', '线', '值']) {
            continue;
        }
        if before.ends_with('平') {
            return Some(("平均".to_owned(), ""));
        }
        let unit =
            UNITS.iter().find(|unit| before.ends_with(**unit) && !is_whole_word(before, unit));
        if let Some(unit) = unit {
            return Some((format!("{unit}均"), unit));
        }
    }
    None
}

/// Before 均 as “every one” stands a noun of its own: 六个村均达到, 干部均达到.
fn is_whole_word(before: &str, unit: &str) -> bool {
    let head = &before[..before.len() - unit.len()];
    let long = matches!(
        unit,
        "个村"
            | "季度"
            | "次"
            | "场"
            | "个"
            | "名"
            | "家"
            | "所"
            | "组"
            | "支"
            | "镇"
            | "乡"
            | "县"
    );
    long || head.ends_with(|c: char| {
        c.is_numeric() || "各个全一二两三四五六七八九十每行政们工村户人".contains(c)
    })
}

fn covers(known: &str, word: &str, unit: &str) -> bool {
    known.contains(word)
        || (!unit.is_empty()
            && [format!("每{unit}"), format!("{unit}均"), format!("每一{unit}")]
                .iter()
                .any(|form| known.contains(form.as_str())))
        || (unit.is_empty() && (known.contains("平均") || known.contains('每')))
}

/// Whether the target asks for each of the members that the words speak of.
fn is_member(target: &Target, unit: &str) -> bool {
    let step = target.series.map(|series| series.step);
    match unit {
        "村" | "个村" | "镇" | "乡" | "县" => target.each.is_some(),
        "月" => step == Some(Step::Month),
        "季度" | "季" => step == Some(Step::Quarter),
        "年" => step == Some(Step::Year),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_of_many_are_found() {
        let per = |clause: &str| per_words(clause).map(|(word, _)| word);
        for (clause, word) in [
            ("每月排查隐患", "每月"),
            ("平均每村排查隐患", "每村"),
            ("日均排查隐患", "日均"),
            ("人均收入", "人均"),
            ("产业奖补户均", "户均"),
            ("平均达到", "平均"),
            ("每一户补助", "每户"),
        ] {
            assert_eq!(per(clause).as_deref(), Some(word), "{clause}");
        }
        for clause in
            ["六个村均达到", "干部均达到", "均衡发展", "各村均达到", "村村均达到", "每逢集日"]
        {
            assert_eq!(per(clause), None, "{clause}");
        }
    }

    #[test]
    fn the_field_of_a_ranking_is_found() {
        for (clause, level) in [
            ("均居全县第一", Some('县')),
            ("排全省第一", Some('省')),
            ("居云州市第一", Some('市')),
            ("在县内居首位", Some('县')),
            ("率先完成", None),
            ("居乡镇第一", None),
        ] {
            assert_eq!(rank_field(clause), level, "{clause}");
        }
    }
}
