//! The container of a workbook: everything that could exhaust the machine is
//! refused here, before the workbook is opened.
//!
//! An uploaded file is not trusted. Its directory is walked first, then every
//! XML part is unpacked once as a stream, without keeping it. What the workbook
//! reader gets afterwards is a view in which unchecked parts cannot be read.

mod scan;

use std::cell::Cell;
use std::io::{Cursor, Error, Read, Seek, SeekFrom};
use std::ops::Range;
use std::rc::Rc;

use zip::{CompressionMethod, ZipArchive};

use crate::SheetError;
use crate::error::Hostility;
pub(crate) use scan::Merge;
use scan::{Found, Window, scan};

/// Unpacked size of all parts together. A sheet of a million rows and 24 columns
/// unpacks to about 0.8 GiB, and reading goes at about 100 MB a second, so that a
/// file within the limit takes some ten seconds. Cells are streamed: the limit is
/// one of time, not of memory.
pub(crate) const UNPACKED: u64 = 1 << 30;

/// Shared strings stay in memory, up to twice as large as their part: two million
/// different texts fit.
const TEXTS: u64 = 96 << 20;

/// Parts of a container. A workbook has some dozen, with pictures some hundred.
const PARTS: usize = 10_000;

/// Tables shrink ten to sixty times; only fillers go beyond this.
const RATIO: u64 = 200;

/// Parts smaller than this may shrink as far as they like (a sheet of empty
/// formatted cells does).
const RATIO_FROM: u64 = 16 << 20;

/// Memory that cell formats may take. Spreadsheet programs stop at 65 490
/// formats; each keeps a copy of the names of its font and number format.
const FORMATS: u64 = 256 << 20;

/// How often each packed byte may be read: the passes over a sheet that read
/// values and formats, and the directory, make three.
const PASSES: u64 = 4;

/// What finding the directory may read besides; its end is looked for in the last 64 KiB.
const SEARCH: u64 = 256 << 10;

/// A container that passed all checks.
pub(crate) struct Archive<'b> {
    bytes: &'b [u8],
    /// Byte ranges of parts that were not checked, ascending.
    unchecked: Vec<Range<u64>>,
    /// Merged regions of each checked part that has some, with its byte range.
    merges: Vec<(Range<u64>, Vec<Merge>)>,
}

/// Looks through a container and refuses what no spreadsheet program writes.
///
/// # Errors
/// [`SheetError`] that says which limit was passed, or what the file is instead.
pub(crate) fn open<'b>(bytes: &'b [u8], file: &str) -> Result<Archive<'b>, SheetError> {
    let damaged = |source| SheetError::Damaged { file: file.to_owned(), source };
    let hostile = |reason| refuse(file, reason);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if zip.len() > PARTS {
        return Err(hostile(Hostility::Parts { found: zip.len(), limit: PARTS }));
    }
    if zip.has_duplicate_names() || zip.has_overlapping_files().map_err(damaged)? {
        return Err(hostile(Hostility::Overlap));
    }
    let parts = directory(&mut zip, file)?;
    if let Some(found) = foreign(&parts) {
        return Err(SheetError::NotAWorkbook { file: file.to_owned(), found });
    }
    check_sizes(&parts).map_err(hostile)?;

    let mut window = Window::new();
    let mut archive = Archive { bytes, unchecked: Vec::new(), merges: Vec::new() };
    for part in &parts {
        if !part.is_xml() {
            archive.unchecked.push(part.bytes.clone());
            continue;
        }
        let reader = zip.by_index(part.index).map_err(damaged)?;
        let found = scan(&part.name, reader, part.size, &mut window)
            .map_err(|e| damaged(zip::result::ZipError::Io(e)))?
            .and_then(|found| check_part(part, found))
            .map_err(hostile)?;
        if !found.merges.is_empty() {
            let mut merges = found.merges;
            merges.sort_unstable();
            archive.merges.push((part.bytes.clone(), merges));
        }
    }
    archive.unchecked.sort_unstable_by_key(|range| range.start);
    Ok(archive)
}

fn refuse(file: &str, reason: Hostility) -> SheetError {
    SheetError::Hostile { file: file.to_owned(), reason }
}

struct Part {
    index: usize,
    name: String,
    packed: u64,
    size: u64,
    bytes: Range<u64>,
}

impl Part {
    fn is_xml(&self) -> bool {
        [".xml", ".rels", ".vml"].iter().any(|end| self.name.ends_with(end))
    }

    fn is_named(&self, name: &str) -> bool {
        self.name.rsplit(['/', '\\']).next() == Some(name)
    }
}

fn directory(zip: &mut ZipArchive<Cursor<&[u8]>>, file: &str) -> Result<Vec<Part>, SheetError> {
    let mut parts = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let entry = zip
            .by_index_raw(index)
            .map_err(|source| SheetError::Damaged { file: file.to_owned(), source })?;
        if entry.encrypted() {
            return Err(SheetError::Encrypted { file: file.to_owned() });
        }
        // Names are compared as the workbook reader compares them, without case.
        let name = String::from_utf8_lossy(entry.name_raw()).to_lowercase();
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(refuse(file, Hostility::Method { part: name }));
        }
        let start = entry.data_start().unwrap_or(0);
        let packed = entry.compressed_size();
        let bytes = start..start.saturating_add(packed);
        parts.push(Part { index, name, packed, size: entry.size(), bytes });
    }
    Ok(parts)
}

/// Other office formats are containers too.
fn foreign(parts: &[Part]) -> Option<&'static str> {
    let has = |name: &str| parts.iter().any(|p| p.name == name);
    if has("word/document.xml") {
        Some("是 Word 文档")
    } else if has("ppt/presentation.xml") {
        Some("是演示文稿")
    } else if has("xl/workbook.bin") {
        Some("是 xlsb 二进制工作簿")
    } else if has("mimetype") && has("content.xml") {
        Some("是 ODF 文档")
    } else if !parts.iter().any(|p| p.is_named("workbook.xml") || p.name.starts_with("xl/")) {
        Some("是普通压缩包")
    } else {
        None
    }
}

/// What the directory says already.
fn check_sizes(parts: &[Part]) -> Result<(), Hostility> {
    let mut total = 0_u64;
    for part in parts {
        total = total.saturating_add(part.size);
        if total > UNPACKED {
            return Err(Hostility::Size { limit_mb: UNPACKED >> 20 });
        }
        if part.size > RATIO_FROM && part.size / part.packed.max(1) > RATIO {
            return Err(Hostility::Ratio { part: part.name.clone(), limit: RATIO });
        }
        if part.is_named("sharedstrings.xml") && part.size > TEXTS {
            return Err(Hostility::Texts { part: part.name.clone(), limit_mb: TEXTS >> 20 });
        }
    }
    Ok(())
}

/// What only the unpacked part shows.
fn check_part(part: &Part, found: Found) -> Result<Found, Hostility> {
    let name = || part.name.clone();
    if found.size != part.size {
        return Err(Hostility::WrongSize { part: name() });
    }
    // The workbook reader makes room for as many strings as are announced; the
    // shortest string, `<si/>`, takes five bytes.
    if found.strings.is_some_and(|count| count > found.size / 5) {
        return Err(Hostility::StringCount { part: name() });
    }
    // Each format costs about half a KiB besides its names.
    if found.formats.saturating_mul(found.longest as u64 + 512) > FORMATS {
        return Err(Hostility::Formats { part: name() });
    }
    Ok(found)
}

impl<'b> Archive<'b> {
    /// A reader for the workbook reader, and the position it read last.
    pub(crate) fn view(self) -> (View<'b>, Rc<Cell<u64>>) {
        let last = Rc::new(Cell::new(0));
        let left = self.bytes.len() as u64 * PASSES + SEARCH;
        let view = View {
            bytes: Cursor::new(self.bytes),
            unchecked: self.unchecked,
            last: Rc::clone(&last),
            left,
        };
        (view, last)
    }

    /// Takes the merged regions out, by the byte range of the part they stand in.
    pub(crate) fn take_merges(&mut self) -> Vec<(Range<u64>, Vec<Merge>)> {
        std::mem::take(&mut self.merges)
    }
}

/// The bytes of a container, those of unchecked parts left out, each readable a
/// few times only.
pub(crate) struct View<'b> {
    bytes: Cursor<&'b [u8]>,
    unchecked: Vec<Range<u64>>,
    last: Rc<Cell<u64>>,
    left: u64,
}

impl Read for View<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let at = self.bytes.position();
        let after = self.unchecked.partition_point(|range| range.start <= at);
        if after > 0 && self.unchecked[after - 1].contains(&at) {
            return Err(Error::other("a part that is not XML"));
        }
        let count = self.bytes.read(buffer)?;
        self.last.set(at);
        // Sheets that all point at one part would be read over and over.
        self.left =
            self.left.checked_sub(count as u64).ok_or_else(|| Error::other(Hostility::Repeated))?;
        Ok(count)
    }
}

impl Seek for View<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}
