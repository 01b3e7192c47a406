//! Shares of a row of which one shows what they are of: 426件,…婚姻134件,占31.5%;土地96件,占27.5%.

use ::figure::{Class, Decimal};

use super::{gives, told, usable};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;

/// Marks a share that its part is not of the whole that another share of the row is of.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let share = &numbers[index];
    let part = own_part(passage, index)?;
    let fine = |n: &Number| n.is_exact() && n.digit < Decimal::ONE;
    // A share told to a tenth is not by chance that of a part in a whole.
    let others = (0..numbers.len()).filter(|i| {
        *i != index
            && numbers[*i].is(Class::Share)
            && fine(&numbers[*i])
            && alike(passage, *i, index)
    });
    let of_whole = |whole: usize| {
        let all = &numbers[whole];
        let mut others = others.clone().filter_map(|i| Some((own_part(passage, i)?, i)));
        others.any(|(own, i)| {
            own != whole
                && own != part
                && numbers[own].is_kin(all)
                && numbers[own].value < all.value
                && gives(&numbers[own], all, &numbers[i])
        })
    };
    let first = part.min(others.clone().filter_map(|i| own_part(passage, i)).min()?);
    let whole = (0..first).rev().find(|whole| {
        usable(&numbers[*whole]) && numbers[*whole].is_kin(&numbers[part]) && of_whole(*whole)
    })?;
    let (part, whole) = (&numbers[part], &numbers[whole]);
    let amounts = || numbers.iter().filter(|n| n.is_kin(whole) && usable(n));
    let given = amounts().any(|a| amounts().any(|b| a.value < b.value && gives(a, b, share)));
    (fine(share) && part.value < whole.value && !given)
        .then(|| told(passage, share, (part, whole)))?
}

/// The part right before a share that says no more than 占.
fn own_part(passage: &Passage<'_>, index: usize) -> Option<usize> {
    let part = index.checked_sub(1)?;
    let gap = passage.gap(index);
    let bare = gap.trim_start_matches([',', '，', '(', '（']);
    let plain = bare != gap && matches!(bare, "占" | "占比" | "占比为" | "占总数的" | "");
    (plain && usable(&passage.numbers[part])).then_some(part)
}

/// Whether two shares are told in the same words.
fn alike(passage: &Passage<'_>, a: usize, b: usize) -> bool {
    passage.gap(a) == passage.gap(b)
}

/// Whether the words around a share let it be right beside the part of its mark.
pub(super) fn explain(passage: &Passage<'_>, index: usize, mark: &Mark) -> bool {
    let origin = |n: &&Number| Some(passage.paper.origin(&n.at)) == mark.also.first().cloned();
    let part = passage.numbers.iter().find(origin);
    part.is_some_and(|part| {
        let gap = passage.numbers.iter().position(|n| n.at == part.at).map(|i| passage.gap(i));
        // 含积案3起 is a part of what is told of otherwise.
        let is_aside = gap.is_some_and(|gap| gap.ends_with("含积案") || gap.ends_with("含往年"));
        is_aside || is_of_one_base(passage, index, part) || is_of_measure(passage, index, part)
    })
}

/// Letters between a part and its share: ",录取率".
const TOUCHING: usize = 5;

/// Whether a share told before is of the same whole, whichever that is: 84件,占61.3%;38件,占27.7%.
fn is_of_one_base(passage: &Passage<'_>, index: usize, part: &Number) -> bool {
    let numbers = &passage.numbers;
    let base = |part: &Number, share: &Number| part.rounded().over(share.forgiving());
    let told = |at: usize| numbers[at].is(Class::Share) && numbers[at].direction.is_none();
    let Some(last) = numbers[..index].last().filter(|last| last.is_kin(part)) else { return false };
    let own = base(last, &numbers[index]);
    let touches = |at: usize| passage.gap(at).chars().count() <= TOUCHING;
    touches(index)
        && (1..index.saturating_sub(1)).any(|at| {
            let other = &numbers[at - 1];
            told(at)
                && touches(at)
                && other.is_kin(part)
                && usable(other)
                && own.zip(base(other, &numbers[at])).is_some_and(|(a, b)| a.meets(b))
        })
}

/// Whether a share is of what is measured, and its numbers are counted: 合同金额占81.7% of 121个 and 164个.
fn is_of_measure(passage: &Passage<'_>, index: usize, part: &Number) -> bool {
    const MEASURES: &[&str] =
        &["金额", "资金", "面积", "产值", "投资额", "销售额", "里程", "贷款额"];
    let label = passage.label(index);
    // What is owed is held against what the office has as a whole.
    if ["债务率", "负债率"].iter().any(|word| label.contains(word)) {
        return true;
    }
    let counted = part.class.is_none_or(|class| class.is_counted());
    counted && MEASURES.iter().any(|word| label.contains(word))
}
