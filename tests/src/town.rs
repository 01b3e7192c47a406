//! The example town, built once for all suites, and copies of it to spoil.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use app::{DemoSummary, KeySource, Office, OfficeOptions};
use figure::{Date, date};

/// The built example town.
pub struct Town {
    /// Where the demo wrote.
    pub directory: PathBuf,
    /// What the demo said.
    pub summary: DemoSummary,
}

/// The day the example town looks from.
pub const TODAY: Date = date(2023, 12, 31);

/// The example town, built at the first call.
///
/// # Panics
/// When the demo fails: then no suite can say anything.
pub fn town() -> &'static Town {
    static TOWN: OnceLock<Town> = OnceLock::new();
    TOWN.get_or_init(|| {
        remove_old();
        let directory = scratch("town");
        let summary = app::demo(&directory, &app::DemoOptions::default(), &mut |_, _, _| {})
            .unwrap_or_else(|e| panic!("{}", app::causes(&e)));
        Town { directory, summary }
    })
}

/// How long a directory of an earlier run may lie about.
const KEPT: Duration = Duration::from_secs(3600);

/// Removes what earlier runs left: the town is shared to the last test, so that no test can
/// remove its directory.
fn remove_old() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with("zhenzhang-");
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok());
        if ours && age.is_some_and(|age| age > KEPT) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// An empty directory of its own for a test.
///
/// # Panics
/// When the directory cannot be made.
pub fn scratch(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("zhenzhang-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).expect("a directory for the test");
    directory
}

impl Town {
    /// The report source of the demo.
    pub fn report(&self) -> String {
        let folder = self.directory.join("report");
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("a report folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|e| e == "md"))
            .collect();
        files.sort();
        std::fs::read_to_string(files.first().expect("a report")).expect("a text")
    }

    /// The town's own database, not to be written to.
    pub fn office(&self) -> Office {
        open(&self.directory.join("zhenzhang.db"), &self.directory.join("local"))
    }

    /// A copy of the database for a test to spoil, in a directory of its own.
    pub fn fresh(&self, name: &str) -> (PathBuf, Office) {
        let directory = scratch(name);
        let database = directory.join("zhenzhang.db");
        self.copy_to(&database);
        let office = open(&database, &self.directory.join("local"));
        (directory, office)
    }

    /// Copies the database. A write-ahead log that is still there belongs to it.
    pub fn copy_to(&self, database: &Path) {
        for ending in ["", "-wal", "-shm"] {
            let from = self.directory.join(format!("zhenzhang.db{ending}"));
            let to = PathBuf::from(format!("{}{ending}", database.display()));
            let _ = std::fs::remove_file(&to);
            if from.exists() {
                std::fs::copy(&from, &to).expect("a copy of the database");
            }
        }
    }
}

fn open(database: &Path, local: &Path) -> Office {
    let mut options = OfficeOptions::beside(database, "测试", TODAY);
    options.local = Some(local.to_path_buf());
    // The copies of the town's database have no key beside them; the demonstration's fits all.
    options.key = KeySource::Demonstration;
    Office::open(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)))
}
