//! Words that count the parts of a total, or say that there are no others.

use crate::figure::reading::alike::common;
use crate::figure::reading::passage::{has_any, is_clause_mark};
use crate::figure::reading::small;

/// Whether words say that there are so many parts and no more: 就这三个片区, 没有其他.
pub(super) fn is_closed(words: &str, count: usize) -> bool {
    const MORE: &[&str] = &["完成", "完工", "开工", "达", "尚", "还", "仍", "到位", "变", "不同"];
    let denied = words.split(is_clause_mark).any(|clause| {
        // 没有其他编外人员 denies a kind of its own.
        let other = ["其他", "其它", "别的"].iter().any(|word| {
            clause.split_once(word).is_some_and(|(_, noun)| {
                let noun = noun.split(['没', '未', '无', '均', '都', '不']).next();
                noun.is_some_and(|noun| noun.chars().count() <= 3)
            })
        });
        let none = has_any(clause, &["没", "未", "无", "不含", "不包括", "不涉及"]);
        other && none && !has_any(clause, MORE) || has_any(clause, &["别无", "再无", "仅此"])
    });
    denied
        || counts(
            words,
            count,
            &["就", "只", "仅", "这", "除", "分为", "分成", "限于", "以下", "如下"],
        )
}

/// Whether the words before a total say into how many parts it is split: 分四路.
pub(super) fn is_split(words: &str, count: usize) -> bool {
    counts(words, count, &["分", "分为", "分成", "设", "只", "仅"])
}

/// Whether words count what all the parts are called: 两个安置小区共642户, 东苑小区…, 西苑小区….
pub(super) fn is_named_row(words: &str, labels: &[String]) -> bool {
    let tail = |label: &String| label.chars().rev().take(2).collect::<Vec<char>>();
    let Some(end) = labels.first().map(tail).filter(|end| end.len() == 2) else { return false };
    let name: String = end.iter().rev().collect();
    let chars: Vec<char> = words.chars().collect();
    labels.iter().all(|label| tail(label) == end)
        && (0..chars.len()).any(|at| {
            let Some((said, end)) = small::number_at(&chars, at) else { return false };
            let noun: String = chars[end..].iter().take_while(|c| !is_clause_mark(**c)).collect();
            usize::try_from(said) == Ok(labels.len()) && noun.contains(&name)
        })
}

/// Whether the clause of a total names just what its parts are: 农药包装、废旧农膜共128吨,其中农药包装…,废旧农膜….
pub(super) fn is_named_before(words: &str, labels: &[String]) -> bool {
    let clause = words.rsplit(is_clause_mark).next().unwrap_or_default();
    let names: Vec<&str> = clause.split(['、', '和', '与', '及']).collect();
    let of = |label: &String| {
        let bare = label.replace("其中", "");
        let same = |name: &&str| common(name, &bare) >= 2;
        names.iter().position(same).filter(|at| names.iter().skip(at + 1).all(|n| !same(n)))
    };
    let found: Vec<Option<usize>> = labels.iter().map(of).collect();
    names.len() >= 2
        && names.len() == labels.len()
        && (0..names.len()).all(|at| found.contains(&Some(at)))
}

/// Whether words name a number of parts right behind one of some words.
pub(super) fn counts(words: &str, count: usize, leads: &[&str]) -> bool {
    let chars: Vec<char> = words.chars().collect();
    (0..chars.len()).any(|at| {
        let Some((said, end)) = small::number_at(&chars, at) else { return false };
        let counter = chars.get(end).copied().unwrap_or(' ');
        let from = chars[..at].iter().rposition(|c| is_clause_mark(*c)).map_or(0, |k| k + 1);
        let lead: String = chars[from.max(at.saturating_sub(14))..at].iter().collect();
        // 3条公路中,
        let noun: String =
            chars[end..].iter().take(6).take_while(|c| !is_clause_mark(**c)).collect();
        let digit = at.checked_sub(1).is_some_and(|k| chars[k].is_ascii_digit());
        usize::try_from(said) == Ok(count)
            && !digit
            && "个类项样种块处家村片镇乡所路校街方部条大户组批段支期".contains(counter)
            && (has_any(&lead, leads)
                || noun.ends_with(['中', '外']) && noun.chars().count() < 6
                || ["之外", "以外"].iter().any(|word| noun.contains(word)))
    })
}
