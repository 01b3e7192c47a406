//! Evidence files on the disk: whole or not there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::{FileError, NewFile};
use crate::engine::{Db, values};
use crate::keys::Keys;

/// Name of the file that holds a thumbnail.
pub(super) fn thumbnail(digest: &str) -> String {
    format!("{digest}.thumb")
}

/// What a ciphertext of a file is bound to.
pub(super) fn bound(digest: &str, part: &str) -> Vec<u8> {
    format!("{digest}\n{part}").into_bytes()
}

/// Puts a file on the disk and its row into the database.
pub(super) fn keep(
    db: &Db,
    keys: &Keys,
    file: &NewFile<'_>,
    digest: &str,
    directory: &Path,
    revision: i64,
) -> Result<(), FileError> {
    let (key, wrapped) = keys.new_key(db, digest.as_bytes())?;
    let name = keys.seal(&key, file.name, &bound(digest, "name"))?;
    let sealed = keys.seal_bytes(&key, file.bytes, &bound(digest, "bytes"))?;
    put(&directory.join(digest), &sealed)?;
    if let Some(small) = file.thumbnail {
        let sealed = keys.seal_bytes(&key, small, &bound(digest, "thumbnail"))?;
        put(&directory.join(thumbnail(digest)), &sealed)?;
    }
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    // A file that was destroyed may be attached anew; its row takes the new key.
    db.execute(
        "insert into zz_file (digest, kind, size, thumbnail, name, data_key, rev)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (digest) do update set name = ?5, data_key = ?6",
        values![
            digest,
            file.kind,
            size,
            file.thumbnail.is_some(),
            name.as_slice(),
            wrapped.as_slice(),
            revision
        ],
    )?;
    Ok(())
}

/// Makes the directory if it is not there, for its owner alone where the system can say so: what
/// lies in it is encrypted, and how many files a record has is nobody's business all the same.
fn folder(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Writes a file so that it is whole or not there, whatever happens meanwhile.
fn put(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileError::Full(source),
        _ => FileError::Disk { path: path.to_owned(), source },
    };
    let directory = path.parent().unwrap_or(Path::new("."));
    folder(directory).map_err(failed)?;
    let waiting = path.with_extension("new");
    let written = File::create(&waiting)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&waiting, path))
        .and_then(|()| File::open(directory)?.sync_all());
    if written.is_err() {
        // Half a file helps nobody, and on a full disk its space does.
        let _ = fs::remove_file(&waiting);
    }
    written.map_err(failed)
}
