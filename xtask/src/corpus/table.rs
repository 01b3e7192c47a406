//! What was right and wrong, by kind of claim.

use std::collections::BTreeMap;

use super::claim::Claim;
use super::row::Row;

/// Rows counted by what they state.
#[derive(Default)]
pub(super) struct Table {
    /// Kind → rows right, rows in all.
    kinds: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<String>,
    extra: Vec<String>,
}

impl Table {
    pub(super) fn count(&mut self, row: &Row, faults: &[String]) {
        let (right, all) = self.kinds.entry(row.form()).or_default();
        *all += 1;
        if faults.is_empty() {
            *right += 1;
        } else {
            self.wrong.push(format!("{} {}:{}", row.id, row.excerpt, faults.join("、")));
        }
    }

    /// A claim that no row describes.
    pub(super) fn extra(&mut self, claim: &Claim) {
        self.extra.push(format!("{}({}{})", claim.text, claim.qualifier, claim.value));
    }

    fn sum(&self) -> (usize, usize) {
        self.kinds.values().fold((0, 0), |(r, a), (right, all)| (r + right, a + all))
    }

    /// Rows that state something: found right, and all of them.
    fn stated(&self) -> (usize, usize) {
        let stated = self.kinds.iter().filter(|(kind, _)| **kind != "背景");
        stated.fold((0, 0), |(r, a), (_, (right, all))| (r + right, a + all))
    }

    pub(super) fn is_whole(&self) -> bool {
        let (right, all) = self.sum();
        right == all
    }

    /// Whether recall and precision both reach a share in per cent.
    pub(super) fn reaches(&self, share: usize) -> bool {
        let (right, all) = self.stated();
        right * 100 >= all * share && right * 100 >= (right + self.extra.len()) * share
    }

    pub(super) fn print(&self) {
        for (kind, (right, all)) in &self.kinds {
            println!("  {kind}\t{right}/{all}");
        }
        let (right, all) = self.sum();
        let (found, stated) = self.stated();
        println!("  合计\t{right}/{all}");
        println!("  召回率 {}", share(found, stated));
        println!("  精确率 {}", share(found, found + self.extra.len()));
        self.wrong.iter().for_each(|line| println!("  错 {line}"));
        self.extra.iter().for_each(|line| println!("  多 {line}"));
    }
}

/// A share with one digit, cut and not rounded up.
fn share(part: usize, whole: usize) -> String {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{}% ({part}/{whole})", thousandths / 10, thousandths % 10)
}
