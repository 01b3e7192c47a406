//! Parts behind 其中 that are more than anything of their kind before them, or than what bears their
//! name.

use ::figure::{Class, Decimal};

use super::within::NOT;
use crate::figure::reading::alike::shared;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::sum::kinds::ATTRIBUTES;
use crate::figure::sum::parts::NEXT;
use crate::finding::Mark;

/// Words before a part of what stands before them.
const AMONG: &[&str] = &["其中", "当中", "里面", "里头"];

/// The words of a number behind 其中: in its clause, in the clause of a row that it ends, or in
/// front of the row before it, of which it is a further mark: 其中女性19名,中共党员52名.
fn behind_among(passage: &Passage<'_>, index: usize) -> Option<String> {
    let number = &passage.numbers[index];
    let before = passage.words(passage.range.start..number.at.start);
    let clause = before.rsplit(is_clause_mark).next().unwrap_or_default().trim().to_owned();
    let own = |words: &str| {
        AMONG
            .iter()
            .find_map(|word| words.strip_prefix(word))
            .or_else(|| words.split_once("其中的").map(|(_, bare)| bare))
            .map(str::to_owned)
    };
    // 其中超过15年的老旧电梯302部: what is told of the part may have a number of its own.
    let sized = index >= 2 && !passage.numbers[index - 1].is_alike(number);
    // 其中用于教育、卫生等领域34860万元: the names of one part, and no numbers among them.
    let named = passage.gap(index).contains(&clause);
    let label = if sized || named { clause } else { passage.label(index) };
    own(&label).or_else(|| {
        let mark = number.is(Class::Persons)
            && (has_any(&label, ATTRIBUTES) || label.ends_with("人员"))
            && !has_any(&label, NEXT);
        let gap = passage.gap(index);
        let next = gap.chars().count() <= 8 && gap.starts_with(['、', ',', '，']);
        let first =
            index.checked_sub(1).filter(|before| passage.numbers[*before].is_kin(number))?;
        (mark && next && behind_among(passage, first).is_some()).then_some(label)
    })
}

/// `登记318件次,较上年少41件次;其中初次反映的345件次`: more than what bears its name before it, or than
/// anything of its kind.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let bare = behind_among(passage, index)?;
    let bare = bare.replace("初次", "").replace("首次", "").replace("首针", "");
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    let before: Vec<usize> = (0..index)
        .filter(|i| {
            let n = &numbers[*i];
            n.is_kin(part) && plain(n) && n.kind == part.kind && behind_among(passage, *i).is_none()
        })
        .collect();
    let run = |i: &usize| shared(&passage.around(*i), &bare).chars().count();
    let named = before.iter().max_by_key(|i| run(i)).filter(|i| run(i) >= 3);
    let most = before.iter().max_by_key(|i| numbers[**i].value)?;
    let most = &numbers[*named.unwrap_or(most)];
    let near = part.value.checked_mul(Decimal::TWO)? <= most.value.checked_mul(Decimal::from(3))?;
    let fits = plain(part)
        && near
        && part.rounded().low > most.forgiving().high
        && !has_any(&bare, NOT)
        && !passage.gap(index).contains('。');
    fits.then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let message = format!("其中{}大于总数{}:部分不能多于全部;请核对", words(part), words(most));
        part.mark(passage.paper, message, &[most])
    })
}
