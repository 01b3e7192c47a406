//! Office files of 1997 to 2003: compound files (MS-CFB), with just enough of Word's and
//! Excel's formats to find passwords and macros.
//!
//! Every chain of sectors ends after as many steps as the file has sectors, so that
//! loops in a hostile file cost no more than reading the file once.

use crate::{Kind, Refusal};

/// First bytes of every compound file.
pub(crate) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Size of a directory entry (MS-CFB 2.6.1).
const ENTRY: usize = 128;

/// Streams smaller than this lie in the mini stream (MS-CFB 2.2).
const MINI_CUTOFF: u64 = 4096;

const DAMAGED: Refusal = Refusal::BrokenDocument("复合文件结构有误");

/// Finds the kind of a compound file.
///
/// # Errors
/// [`Refusal`] for passwords, macros, presentations (whose macros cannot be seen from
/// outside), installers and other files in this container, and broken ones.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    let file = Compound::open(bytes).ok_or(DAMAGED)?;
    let entries = file.entries().ok_or(DAMAGED)?;
    let top = top_level(&entries);
    let stream = |name: &str| top.iter().find(|e| e.name == name).map(|e| (e.start, e.size));
    if stream("encryptedpackage").is_some() {
        return Err(Refusal::Password);
    }
    let is_macro = |e: &Entry| {
        matches!(e.name.as_str(), "vba" | "macros" | "_vba_project" | "_vba_project_cur")
    };
    if entries.iter().any(is_macro) {
        return Err(Refusal::Macros);
    }
    if let Some((start, size)) = stream("worddocument") {
        let content = file.stream(&entries, start, size).ok_or(DAMAGED)?;
        return word(&content).map(|()| Kind::Doc);
    }
    if let Some((start, size)) = stream("workbook").or_else(|| stream("book")) {
        let content = file.stream(&entries, start, size).ok_or(DAMAGED)?;
        return workbook(&content).map(|()| Kind::Xls);
    }
    if stream("powerpoint document").is_some() {
        return Err(Refusal::OtherFormat {
            found: "旧版演示文稿(ppt)", wanted: "pptx 或 PDF"
        });
    }
    Err(Refusal::Unknown)
}

/// The header of a document says whether it is encrypted (MS-DOC 2.5.2, fEncrypted).
fn word(content: &[u8]) -> Result<(), Refusal> {
    let flags = u16_at(content, 10).ok_or(DAMAGED)?;
    if flags & 0x0100 == 0 { Ok(()) } else { Err(Refusal::Password) }
}

/// Walks the records before the first sheet: FilePass means a password (MS-XLS
/// 2.4.117), BoundSheet8 of type 1 a sheet of macros (MS-XLS 2.4.28).
fn workbook(content: &[u8]) -> Result<(), Refusal> {
    let mut at = 0;
    loop {
        let (Some(record), Some(length)) = (u16_at(content, at), u16_at(content, at + 2)) else {
            return Err(DAMAGED);
        };
        match record {
            0x000a => return Ok(()),
            0x002f => return Err(Refusal::Password),
            0x0085 if content.get(at + 9) == Some(&1) => return Err(Refusal::Macros),
            _ => at += 4 + usize::from(length),
        }
    }
}

struct Entry {
    /// In lower case.
    name: String,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

/// Entries directly below the root. Objects embedded in a document have streams of the
/// same names further down.
fn top_level(entries: &[Entry]) -> Vec<&Entry> {
    let mut found = Vec::new();
    let mut seen = vec![false; entries.len()];
    let mut waiting: Vec<u32> = entries.first().map(|root| root.child).into_iter().collect();
    while let Some(index) = waiting.pop() {
        let index = index as usize;
        if let (Some(entry), Some(seen @ false)) = (entries.get(index), seen.get_mut(index)) {
            *seen = true;
            found.push(entry);
            waiting.extend([entry.left, entry.right]);
        }
    }
    found
}

/// A compound file whose allocation table has been found.
struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// The allocation table: sector → the next one of its chain.
    next: Vec<u32>,
}

impl<'b> Compound<'b> {
    fn open(bytes: &'b [u8]) -> Option<Compound<'b>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Compound { bytes, sector, next: Vec::new() };
        let most = bytes.len() / sector;
        // The first 109 sectors of the table are named in the header, the others in a
        // chain of sectors of their own, each of which ends with the next one's number.
        let mut tables: Vec<u32> = (0..109).map_while(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut list = u32_at(bytes, 68)?;
        for _ in 0..most {
            let Some(content) = file.sector(list) else { break };
            let (numbers, next) = content.split_at_checked(sector - 4)?;
            tables.extend(words(numbers));
            list = u32_at(next, 0)?;
        }
        let mut tables = tables.into_iter().map_while(|number| file.sector(number));
        let next = tables.by_ref().take(most).flat_map(words).take(most + 1).collect();
        file.next = next;
        Some(file)
    }

    /// The content of a sector; the last one of a file may be short.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        Some(&rest[..rest.len().min(self.sector)]).filter(|content| !content.is_empty())
    }

    /// All sectors of a chain, one after the other.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut content = Vec::new();
        let mut number = start;
        for _ in 0..=self.next.len() {
            let Some(part) = self.sector(number) else { break };
            content.extend_from_slice(part);
            let Some(next) = self.next.get(number as usize) else { break };
            number = *next;
        }
        content
    }

    fn entries(&self) -> Option<Vec<Entry>> {
        let directory = self.chain(u32_at(self.bytes, 48)?);
        directory.chunks_exact(ENTRY).map(entry).collect()
    }

    /// The content of a stream, cut to its size.
    fn stream(&self, entries: &[Entry], start: u32, size: u64) -> Option<Vec<u8>> {
        let size = usize::try_from(size).ok()?;
        let mut content = if size as u64 >= MINI_CUTOFF {
            self.chain(start)
        } else {
            self.mini_chain(entries, start)?
        };
        content.truncate(size);
        Some(content)
    }

    /// A chain of the small sectors of 64 bytes inside the root's stream.
    fn mini_chain(&self, entries: &[Entry], start: u32) -> Option<Vec<u8>> {
        let container = self.chain(entries.first()?.start);
        let next = self.chain(u32_at(self.bytes, 60)?);
        let mut content = Vec::new();
        let mut number = start as usize;
        for _ in 0..MINI_CUTOFF / 64 {
            let Some(part) = container.get(number * 64..).and_then(|c| c.get(..64)) else { break };
            content.extend_from_slice(part);
            let Some(after) = u32_at(&next, number * 4) else { break };
            number = after as usize;
        }
        Some(content)
    }
}

/// Reads a directory entry (MS-CFB 2.6.1).
fn entry(bytes: &[u8]) -> Option<Entry> {
    // The length counts bytes and includes the zero at the end.
    let length = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(64);
    let units: Vec<u16> = (0..length / 2).map_while(|i| u16_at(bytes, 2 * i)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units).to_lowercase(),
        left: u32_at(bytes, 68)?,
        right: u32_at(bytes, 72)?,
        child: u32_at(bytes, 76)?,
        start: u32_at(bytes, 116)?,
        // The upper half is not reliable in files of version 3 (MS-CFB 2.6.1).
        size: u64::from(u32_at(bytes, 120)?),
    })
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}
