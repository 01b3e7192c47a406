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
