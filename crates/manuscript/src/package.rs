//! Takes parts out of a docx that may be hostile: sizes and counts are bounded.

use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::ReadError;
use crate::relations::{self, Relation};

/// Largest file read, in bytes. Reports of a few pages have some 20 KB.
pub(crate) const MAX_FILE: usize = 64 << 20;
/// Most entries in the package.
pub(crate) const MAX_ENTRIES: usize = 4096;
/// Largest part after unpacking, in bytes.
pub(crate) const MAX_PART: u64 = 32 << 20;
/// Most bytes unpacked of one package.
const MAX_ALL: u64 = 128 << 20;

/// First bytes of an OLE compound file (`.doc`, or a docx with a password).
pub(crate) const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// First bytes of an entry in the directory of a ZIP file.
const ENTRY: &[u8] = b"PK\x01\x02";

/// An opened package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Package<'a> {
    /// Opens a package without unpacking anything.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Package<'a>, ReadError> {
        if bytes.starts_with(&COMPOUND) {
            return Err(ReadError::Compound);
        }
        if bytes.len() > MAX_FILE {
            return Err(ReadError::TooLarge { what: "字节数", limit: MAX_FILE as u64 });
        }
        // Counted before the directory is read, since reading it takes memory by the entry.
        let entries = bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count();
        if entries > MAX_ENTRIES {
            return Err(ReadError::TooLarge { what: "部件数", limit: MAX_ENTRIES as u64 });
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|source| ReadError::NotPackage { source })?;
        if archive.has_duplicate_names() {
            // Programs differ in which of the two they show.
            let source = ZipError::InvalidArchive("two entries have the same name".into());
            return Err(ReadError::NotPackage { source });
        }
        Ok(Package { archive, unpacked: 0 })
    }

    /// Path of the main document, from the relationships of the package.
    pub(crate) fn main_part(&mut self) -> Result<String, ReadError> {
        let usual = "word/document.xml".to_owned();
        let all = self.relations("")?;
        let main = all.into_iter().find(|relation| relation.is("officeDocument"));
        Ok(main.map_or(usual, |relation| relation.target))
    }

    /// Relationships of a part (of the package itself for the empty path); none if it says none.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let path = relations::path_of(part);
        match self.part(&path)? {
            Some(xml) => relations::parse(&xml, part, &path),
            None => Ok(Vec::new()),
        }
    }

    /// Whether there is an entry of that name.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// Refuses a package that is larger unpacked than the bounds, for readers that have none.
    pub(crate) fn bounded(&mut self) -> Result<(), ReadError> {
        for index in 0..self.archive.len() {
            let entry = |source| ReadError::Entry { part: format!("{}", index + 1), source };
            let file = self.archive.by_index(index).map_err(entry)?;
            let part = file.name().map_err(entry)?.into_owned();
            let count = std::io::copy(&mut file.take(MAX_PART + 1), &mut std::io::sink());
            let count = count.map_err(|source| ReadError::Unpack { part, source })?;
            self.count(count)?;
        }
        Ok(())
    }

    /// Counts what was unpacked.
    fn count(&mut self, bytes: u64) -> Result<(), ReadError> {
        if bytes > MAX_PART {
            return Err(ReadError::TooLarge { what: "部件解压后字节数", limit: MAX_PART });
        }
        self.unpacked += bytes;
        if self.unpacked > MAX_ALL {
            return Err(ReadError::TooLarge { what: "解压后总字节数", limit: MAX_ALL });
        }
        Ok(())
    }

    /// Text of a part; `None` if there is no such part.
    pub(crate) fn part(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let entry = match self.archive.by_name(path) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(source) => return Err(ReadError::Entry { part: path.to_owned(), source }),
        };
        // The size in the directory may lie, so what is unpacked is counted.
        let mut bytes = Vec::new();
        entry
            .take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| ReadError::Unpack { part: path.to_owned(), source })?;
        self.count(bytes.len() as u64)?;
        decode(bytes).map(Some).ok_or_else(|| ReadError::Encoding { part: path.to_owned() })
    }
}

/// UTF-8, or UTF-16 with a byte order mark; OPC allows both.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| of(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
    };
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return wide(u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return wide(u16::from_be_bytes);
    }
    let text = String::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// Value of the attribute of that local name. One that cannot be read is as if absent.
pub(crate) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_a_part() {
        let wide = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            let mut bytes = mark.to_vec();
            bytes.extend("甲村".encode_utf16().flat_map(order));
            bytes
        };
        let cases = [
            ("甲村".as_bytes().to_vec(), Some("甲村")),
            ("\u{FEFF}甲村".as_bytes().to_vec(), Some("甲村")),
            (wide(u16::to_le_bytes, [0xFF, 0xFE]), Some("甲村")),
            (wide(u16::to_be_bytes, [0xFE, 0xFF]), Some("甲村")),
            (vec![0xBC, 0xD7], None),
            (vec![0xFF, 0xFE, 0x32], None),
            (vec![0xFF, 0xFE, 0x00, 0xD8], None),
        ];
        for (bytes, expected) in cases {
            let shown = format!("{bytes:02x?}");
            assert_eq!(decode(bytes).as_deref(), expected, "{shown}");
        }
    }
}
