//! The pictures inside of office files: they are cleaned as pictures alone are, and every other
//! part is copied as it stands, still compressed.

use std::io::{self, Cursor, Read, Write};

use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

use crate::{Limits, Refusal, exif, jpeg, png};

/// What became of an office file.
pub(crate) struct Package {
    /// The bytes to store; those given if nothing had to go.
    pub(crate) bytes: Vec<u8>,
    /// Whether a position was found and removed.
    pub(crate) position: bool,
    /// Parts in which a position may remain.
    pub(crate) left: usize,
}

/// First bytes of pictures that may hold a position and are not cleaned: TIFF, and JPEG and PNG
/// that are longer than a picture may be.
const OPAQUE: &[&[u8]] = &[b"II*\0", b"MM\0*", b"\xff\xd8\xff", png::SIGNATURE];

/// Folders of signatures over the parts: of Office (ISO/IEC 29500-2, 10) and of OFD (GB/T 33190).
/// A part that is changed breaks them.
const SIGNED: &[&str] = &["/_xmlsignatures/", "/signs/"];

/// Cleans the pictures in a container of which the directory has been looked through.
///
/// # Errors
/// [`Refusal`] if a part cannot be unpacked, or is of another size than the directory says.
pub(crate) fn clean(bytes: &[u8], limits: Limits) -> Result<Package, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    let mut cleaned: Vec<Option<Vec<u8>>> = Vec::with_capacity(zip.len());
    let (mut position, mut left, mut is_fixed) = (false, 0, false);
    for index in 0..zip.len() {
        let (content, is_whole) = part(&mut zip, index, limits)?;
        is_fixed |= is_signed(&mut zip, index)?;
        let picture = match picture(&content, limits).filter(|_| is_whole) {
            Some(Ok(picture)) => picture,
            Some(Err(_)) => {
                left += 1;
                cleaned.push(None);
                continue;
            }
            None => {
                left += usize::from(may_tell(&content));
                cleaned.push(None);
                continue;
            }
        };
        position |= picture.position;
        is_fixed |= !keeps_name(&mut zip, index)?;
        cleaned.push((picture.bytes != content).then_some(picture.bytes));
    }
    let count = cleaned.iter().flatten().count();
    if count == 0 {
        return Ok(Package { bytes: bytes.to_vec(), position: false, left });
    }
    if is_fixed {
        return Ok(Package { bytes: bytes.to_vec(), position: false, left: left + count });
    }
    Ok(Package { bytes: rewrite(&mut zip, cleaned)?, position, left })
}

/// Whether a part is of a signature.
fn is_signed(zip: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<bool, Refusal> {
    let name = String::from_utf8_lossy(zip.by_index_raw(index)?.name_raw()).to_lowercase();
    let name = format!("/{}", name.replace('\\', "/"));
    Ok(SIGNED.iter().any(|folder| name.contains(folder)))
}

/// Whether a part that is written anew would have the very name again. One in a code of China
/// from before Unicode would not, and what refers to it would not find it.
fn keeps_name(zip: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<bool, Refusal> {
    let part = zip.by_index_raw(index)?;
    Ok(part.name().is_ok_and(|name| name.as_bytes() == part.name_raw()))
}

/// The content of a part as far as a picture may go, and whether that is all of it. What is
/// longer is unpacked to its end, into nothing.
fn part(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    limits: Limits,
) -> Result<(Vec<u8>, bool), Refusal> {
    let mut part = zip.by_index(index)?;
    let declared = part.size();
    let mut content = Vec::new();
    let held = part.by_ref().take(limits.bytes).read_to_end(&mut content).map_err(ZipError::Io)?;
    let more = declared.saturating_sub(held as u64).saturating_add(1);
    let rest = io::copy(&mut part.by_ref().take(more), &mut io::sink()).map_err(ZipError::Io)?;
    if (held as u64).saturating_add(rest) != declared {
        return Err(Refusal::Hostile("部件的大小与目录所写的不同"));
    }
    Ok((content, rest == 0))
}

/// The part as a picture that was cleaned; `None` if it is no picture that can be.
fn picture(content: &[u8], limits: Limits) -> Option<Result<crate::Picture, Refusal>> {
    if content.starts_with(b"\xff\xd8\xff") {
        return Some(jpeg::clean(content, limits));
    }
    content.starts_with(png::SIGNATURE).then(|| png::clean(content, limits))
}

/// Whether a part that is not cleaned may say where a picture was taken. Films and pictures of
/// the ISO base media file format may.
fn may_tell(content: &[u8]) -> bool {
    if content.starts_with(b"PK\x03\x04") {
        return has_pictures(content).unwrap_or(true);
    }
    OPAQUE.iter().any(|magic| content.starts_with(magic))
        || content.get(4..8) == Some(b"ftyp")
        || exif::mentions_position(content)
}

/// Whether a document in the document, such as the workbook behind a chart, has pictures of its
/// own by its directory. It is not unpacked: what is packed twice may be packed for ever.
fn has_pictures(content: &[u8]) -> Result<bool, ZipError> {
    let zip = ZipArchive::new(Cursor::new(content))?;
    Ok(zip.file_names().any(|name| {
        let name = name.as_ref().map_or_else(|_| String::new(), |name| name.to_lowercase());
        ["media/", "embeddings/", "res/"].iter().any(|folder| name.contains(folder))
            || [".jpg", ".jpeg", ".png"].iter().any(|ending| name.ends_with(ending))
    }))
}

/// Writes the container anew, in the order of its parts.
fn rewrite(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    cleaned: Vec<Option<Vec<u8>>>,
) -> Result<Vec<u8>, Refusal> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, picture) in cleaned.into_iter().enumerate() {
        let part = zip.by_index_raw(index)?;
        match picture {
            None => out.raw_copy_file(part)?,
            Some(bytes) => {
                out.start_file(part.name()?.into_owned(), part.options())?;
                out.write_all(&bytes).map_err(ZipError::Io)?;
            }
        }
    }
    Ok(out.finish()?.into_inner())
}
