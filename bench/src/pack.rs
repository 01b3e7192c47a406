//! Loading of the township pack, as every command does it.

use pack::{load_for_use, read_directory};
use toml::de::DeTable;

use crate::rounds::{Outcome, compare};

/// Work: parse, type and check all definitions of the township pack, whose texts are in memory as
/// the program has them built in; examples are left out as commands leave them out.
pub(crate) fn run() -> Outcome<()> {
    let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack");
    let files = read_directory(&base)?;
    let mut ledgers = 0;
    compare(
        "pack: the township pack loaded",
        "ours <= 30 ms",
        31,
        || {
            ledgers = load_for_use(&files, &[])?.ledgers.len();
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
