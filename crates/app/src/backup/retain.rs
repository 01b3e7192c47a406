//! Which backups stay when a directory is thinned out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use archive::Set;
use figure::Date;
use serde::Serialize;

use super::{BackupError, BackupFacts};
use crate::error::AppError;

/// Days of which the last backup stays, where nothing else is asked for. Those that have a backup
/// count, and not those of the calendar: a computer that believes itself in another year must
/// not do away with all there is.
const DAYS: usize = 14;

/// Months of which the last backup stays.
const MONTHS: usize = 24;

/// Which backups stay. The newest always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The last one of each of the last 14 days that have one, and of the last 24 such months.
    Usual,
    /// The newest, so many of them.
    Newest(usize),
    /// Those of the last days.
    Days(i32),
}

/// What thinning out did.
#[derive(Debug, Serialize)]
pub struct ThinAnswer {
    /// Backups that are gone.
    pub removed: Vec<u32>,
    /// Backups that stayed.
    pub kept: Vec<u32>,
    /// Bytes freed.
    pub freed: u64,
}

/// The backups of a ledger with their days, in the order of their numbers.
#[derive(Debug, Default)]
struct Dated {
    good: Vec<(u32, Date)>,
    /// Those that failed their trial.
    failed: Vec<(u32, Date)>,
}

impl Dated {
    /// Those that stay. One that failed is never the one of its day; it stays if nothing good is
    /// newer, since it is all there is of the last writes.
    fn kept(&self, keep: Keep, today: Date) -> BTreeSet<u32> {
        if self.good.is_empty() {
            return chosen(&self.failed, keep, today);
        }
        let mut kept = chosen(&self.good, keep, today);
        let newest = |backups: &[(u32, Date)]| backups.last().map(|(number, _)| *number);
        kept.extend(newest(&self.failed).filter(|number| Some(*number) > newest(&self.good)));
        kept
    }
}

/// Thins a directory out, the backups of each ledger for themselves where an earlier program put
/// several there. Backups whose manifest cannot be read stay, since what is in them may yet be
/// rescued by hand.
pub fn thin_backups(directory: &Path, keep: Keep, today: Date) -> Result<ThinAnswer, AppError> {
    let thin = || -> Result<ThinAnswer, BackupError> {
        let set = Set::open(directory)?;
        let mut kept = BTreeSet::new();
        let mut ledgers: BTreeMap<String, Dated> = BTreeMap::new();
        for listed in set.backups()? {
            let facts = listed.manifest.ok().and_then(|manifest| BackupFacts::of(&manifest).ok());
            let day = |facts: &BackupFacts| facts.at.get(..10).and_then(|day| day.parse().ok());
            match facts.as_ref().and_then(|facts| Some((facts.whose(), day(facts)?))) {
                Some((whose, day)) => {
                    let dated = ledgers.entry(whose.to_owned()).or_default();
                    let good = listed.failed.is_none();
                    if good { &mut dated.good } else { &mut dated.failed }
                        .push((listed.number, day));
                }
                None => {
                    kept.insert(listed.number);
                }
            }
        }
        for dated in ledgers.values() {
            kept.extend(dated.kept(keep, today));
        }
        let kept: Vec<u32> = kept.into_iter().collect();
        let thinned = set.thin(&kept)?;
        Ok(ThinAnswer { removed: thinned.backups, kept, freed: thinned.freed })
    };
    thin().map_err(AppError::from)
}

/// The numbers that stay of backups in the order of their numbers.
fn chosen(dated: &[(u32, Date)], keep: Keep, today: Date) -> BTreeSet<u32> {
    let newest = dated.last().map(|(number, _)| *number);
    let age = |day: Date| (today - day).get_days();
    let (mut days_seen, mut months_seen) = (BTreeSet::new(), BTreeSet::new());
    let mut kept = BTreeSet::new();
    for (position, (number, day)) in dated.iter().rev().enumerate() {
        let stays = match keep {
            Keep::Newest(count) => position < count,
            Keep::Days(days) => age(*day) < days,
            Keep::Usual => {
                let is_last_of_day = days_seen.insert(*day) && days_seen.len() <= DAYS;
                let is_last_of_month =
                    months_seen.insert((day.year(), day.month())) && months_seen.len() <= MONTHS;
                is_last_of_day || is_last_of_month
            }
        };
        if stays || newest == Some(*number) {
            kept.insert(*number);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use figure::date;

    use super::*;

    fn check(keep: Keep, expected: &[u32]) {
        let days = [
            date(2021, 12, 31),
            date(2022, 3, 1),
            date(2023, 12, 30),
            date(2023, 12, 31),
            date(2024, 2, 6),
            date(2024, 2, 7),
            date(2024, 2, 7),
            date(2024, 2, 19),
            date(2024, 2, 20),
            date(2024, 2, 20),
        ];
        let dated: Vec<(u32, Date)> = (1..).zip(days).collect();
        let kept = chosen(&dated, keep, date(2024, 2, 20));
        assert_eq!(kept.into_iter().collect::<Vec<_>>(), expected, "{keep:?}");
    }

    #[test]
    fn the_newest_of_each_day_and_month_stays() {
        check(Keep::Usual, &[1, 2, 3, 4, 5, 7, 8, 10]);
        check(Keep::Newest(3), &[8, 9, 10]);
        check(Keep::Newest(0), &[10]);
        check(Keep::Days(2), &[8, 9, 10]);
        check(Keep::Days(0), &[10]);
    }

    #[test]
    fn a_backup_that_failed_is_never_the_one_to_keep() {
        let day = date(2024, 2, 20);
        let all = |numbers: &[u32]| numbers.iter().map(|number| (*number, day)).collect();
        let check = |good: &[u32], failed: &[u32], expected: &[u32]| {
            let dated = Dated { good: all(good), failed: all(failed) };
            let kept = dated.kept(Keep::Usual, day);
            assert_eq!(kept.into_iter().collect::<Vec<_>>(), expected, "{dated:?}");
        };
        check(&[1, 3], &[2], &[3]);
        check(&[1], &[2, 3], &[1, 3]);
        check(&[], &[2, 3], &[3]);
    }

    #[test]
    fn fourteen_days_and_two_years_of_daily_backups_stay_whatever_the_clock_says() {
        let days = std::iter::successors(Some(date(2021, 1, 1)), |day| day.tomorrow().ok());
        let days: Vec<Date> = days.take_while(|day| *day <= date(2024, 2, 20)).collect();
        let dated: Vec<(u32, Date)> = (1..).zip(days).collect();
        for today in [date(2024, 2, 20), date(2050, 1, 1), date(1970, 1, 1)] {
            let kept = chosen(&dated, Keep::Usual, today);
            let kept: Vec<Date> =
                dated.iter().filter(|(n, _)| kept.contains(n)).map(|(_, day)| *day).collect();
            assert_eq!(kept.len(), DAYS + MONTHS - 1);
            assert_eq!(kept[0], date(2022, 3, 31));
            assert_eq!(kept[22..24], [date(2024, 1, 31), date(2024, 2, 7)]);
        }
    }
}
