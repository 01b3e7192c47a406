//! Loading of the township pack, as every command does it.

use pack::{load_for_use, read_directory};
use toml::de::DeTable;

use crate::rounds::{Outcome, compare};

/// Work: read the definition files of the township pack, parse, type and check all definitions,
/// their examples left out as commands leave them out.
pub(crate) fn run() -> Outcome<()> {
    let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack");
    let mut ledgers = 0;
    compare(
        "pack: the township pack read and checked",
        "ours <= 30 ms",
        31,
        || {
            ledgers = load_for_use(&read_directory(&base)?, &[])?.ledgers.len();
            Ok(())
        },
        "the same files read, and their TOML before the examples parsed bare, on one thread",
        || {
            for file in read_directory(&base)? {
                let head =
                    file.text.find("\n[[example]]").map_or(&*file.text, |at| &file.text[..at]);
                DeTable::parse(head)?;
            }
            Ok(())
        },
    )?;
    println!("  ledgers {ledgers}");
    Ok(())
}
