//! A disk that is full, given back page by page.
//!
//! At every page between a disk without room and one with enough a step either is done or fails
//! with words that say so. One that fails leaves nothing, reads go on, and the same store does
//! it once there is room.

use crash_tests::office::{Work, reasons};
use crash_tests::{Kind, Office, picture};
use store::Location;

use crate::base::Base;
use crate::disk::{Disk, PAGE};
use crate::life::{Life, words};
use crate::luck::say;

/// Room for an office before the disk is made small.
pub(crate) const ROOMY: u64 = 64 << 20;

/// The words for a full disk.
const FULL: &str = "磁盘空间不足,这次没有写入任何内容;请清理磁盘后重试";

/// Refused attempts between two looks at everything.
const LOOK: u64 = 40;

/// Most pages that a step may want.
const MOST: u64 = 20_000;

/// How many bytes a disk is given after it was too small so often.
pub(crate) type Grain = fn(u64) -> u64;

/// Does a step, giving it more room each time that it fails. Tells how often it failed.
pub(crate) fn squeeze(
    life: &Life,
    office: &mut Office,
    (disk, grain): (&Disk, Grain),
    n: u32,
) -> Result<u64, String> {
    let before = picture(office).map_err(words)?;
    disk.leave(0);
    for refused in 0..MOST {
        let error = match office.step(n) {
            Ok(_) => return Ok(refused),
            Err(error) => reasons(error.as_ref()),
        };
        if !error.contains(FULL) {
            return Err(format!("第 {n} 步,{refused} 页:{error}"));
        }
        let revision = office.store.revision().map_err(words)?;
        if before.first() != Some(&format!("版本 {revision}")) {
            return Err(format!("第 {n} 步失败,版本却到了 {revision}"));
        }
        if refused % LOOK == 0 {
            if picture(office).map_err(words)? != before {
                return Err(format!("第 {n} 步失败,却改了内容"));
            }
            life.verify_alone(office)?;
        }
        disk.grow(grain(refused));
    }
    Err(format!("第 {n} 步有 {MOST} 页也不够"))
}

/// A history of so many steps, each squeezed page by page; then the office is opened anew on a
/// full disk.
fn check(kind: Kind, steps: u32, rows: u32) {
    check_by(|_| PAGE, kind, steps, rows);
}

/// The same with more bytes each time.
fn check_by(grain: Grain, kind: Kind, steps: u32, rows: u32) {
    let Some(disk) = Disk::new(ROOMY) else { return };
    let run = || -> Result<u64, String> {
        let work = Work { kind, rows };
        let mut life = Life::begin(work, Base::inside(disk.path()))?;
        let mut office = life.open(0)?;
        let mut refused = 0;
        for n in 0..steps {
            refused += squeeze(&life, &mut office, (&disk, grain), n)?;
            life.follow(n + 1)?;
        }
        life.compare(&office)?;
        disk.leave(0);
        drop(office);
        let office = reopen(&life, &disk, steps)?;
        life.verify_alone(&office)?;
        life.compare(&office)?;
        disk.leave(ROOMY);
        life.open(steps)?.step(steps).map_err(words)?;
        Ok(refused)
    };
    match run() {
        Ok(refused) => {
            assert!(refused > 0, "{kind}:磁盘从来没有满过");
            say(&format!("{kind}:磁盘满 {refused} 次,都没有写进一半"));
        }
        Err(problem) => panic!("{kind}:{problem}"),
    }
}

/// Opens an office, giving it a page more each time that there is not enough room even for that.
fn reopen(life: &Life, disk: &Disk, done: u32) -> Result<Office, String> {
    for _ in 0..MOST {
        match life.open(done) {
            Err(error) if error.contains(FULL) => disk.grow(PAGE),
            other => return other,
        }
    }
    Err("磁盘有了空间也打不开".to_owned())
}

#[test]
fn single_records() {
    check(Kind::Insert, 6, 1);
}

#[test]
fn corrections_and_changes() {
    check(Kind::Correct, 3, 1);
    check(Kind::Change, 3, 1);
}

#[test]
fn withdrawals_and_closings() {
    check(Kind::Withdraw, 4, 1);
    check(Kind::Close, 4, 1);
}

#[test]
fn imports() {
    check(Kind::Import, 2, 2000);
}

/// So long that the log is folded back into the database meanwhile, for which there may be no
/// room either.
#[test]
fn imports_longer_than_the_log() {
    check_by(|_| 64 * PAGE, Kind::Import, 2, 12_000);
}

#[test]
fn seals() {
    check(Kind::Seal, 3, 1);
}

#[test]
fn attachments() {
    check(Kind::Attach, 3, 1);
    check(Kind::Detach, 4, 1);
}

#[test]
fn persons_and_keys() {
    check(Kind::Forget, 4, 1);
    check(Kind::Rotate, 2, 1);
}

#[test]
fn extended_definitions() {
    check(Kind::Open, 3, 1);
}

#[test]
fn a_new_database_is_made_once_there_is_room() {
    let Some(disk) = Disk::new(ROOMY) else { return };
    let base = Base::inside(disk.path());
    let work = Work { kind: Kind::Insert, rows: 1 };
    disk.leave(0);
    let mut refused = 0;
    let office = loop {
        match Office::open(work, base.location(), base.directory(), 0) {
            Ok(office) => break office,
            Err(error) => {
                let error = reasons(error.as_ref());
                assert!(error.contains(FULL), "{refused} 页:{error}");
            }
        }
        refused += 1;
        assert!(refused < MOST, "有了空间也建不成");
        disk.grow(PAGE);
    };
    assert!(refused > 0);
    disk.leave(ROOMY);
    office.prepare().unwrap();
    assert!(office.store.audit_verify().unwrap().is_sound());
    assert!(matches!(base.location(), Location::File(path) if path.exists()));
}
