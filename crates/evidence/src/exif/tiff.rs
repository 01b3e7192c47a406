//! The TIFF 6.0 structure below Exif: directories of entries of twelve bytes.
//!
//! Reading never allocates and never follows anything by itself. All offsets are from
//! the file and checked where they are used.

/// Text of one byte a character.
pub(crate) const ASCII: u16 = 2;
/// An unsigned number of 16 bits.
pub(crate) const SHORT: u16 = 3;
/// Two numbers of 32 bits.
pub(crate) const RATIONAL: u16 = 5;
/// Bytes without a meaning of their own.
pub(crate) const UNDEFINED: u16 = 7;

const LONG: u16 = 4;

/// Size of an entry, and of the count and the link around the entries.
const ENTRY: usize = 12;
const AROUND: usize = 2 + 4;

/// A TIFF structure with a right header.
pub(crate) struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

/// A directory, cut to the entries that lie inside the file.
pub(crate) struct Directory<'b> {
    tiff: Tiff<'b>,
    entries: &'b [u8],
    next: Option<usize>,
}

impl<'b> Tiff<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Option<Tiff<'b>> {
        let little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Tiff { bytes, little })
    }

    /// Where the first directory begins; behind the end if the header is cut off.
    pub(crate) fn first(&self) -> usize {
        self.u32_at(4).map_or(usize::MAX, |at| at as usize)
    }

    /// The directory at an offset. It is empty if nothing of it lies inside the file.
    pub(crate) fn directory(&self, at: usize) -> Directory<'b> {
        let tiff = Tiff { bytes: self.bytes, little: self.little };
        let Some(count) = self.u16_at(at) else {
            return Directory { tiff, entries: &[], next: None };
        };
        let rest = self.bytes.get(at + 2..).unwrap_or_default();
        let end = usize::from(count) * ENTRY;
        let entries = &rest[..rest.len().min(end)];
        let next = self.u32_at(at + 2 + end).filter(|next| *next != 0);
        Directory { tiff, entries, next: next.map(|next| next as usize) }
    }

    /// The first number of a value.
    pub(crate) fn short(&self, value: &[u8]) -> Option<u16> {
        value.first_chunk().map(|b| self.to_u16(*b))
    }

    /// A header whose first directory follows at once.
    pub(crate) fn header(&self) -> Vec<u8> {
        let mut out = if self.little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        out.extend(self.u32_bytes(8));
        out
    }

    /// Appends a directory with its values, and an entry that points at another one.
    /// Entries come ascending, and the pointer has the highest tag.
    pub(crate) fn write_directory<'v>(
        &self,
        out: &mut Vec<u8>,
        entries: impl ExactSizeIterator<Item = (u16, u16, u32, &'v [u8])>,
        pointer: Option<(u16, usize)>,
    ) {
        let count = entries.len() + usize::from(pointer.is_some());
        let mut values_at = out.len() + AROUND + count * ENTRY;
        let mut values = Vec::new();
        out.extend(self.u16_bytes(count as u16));
        for (tag, kind, count, value) in entries {
            out.extend(self.u16_bytes(tag));
            out.extend(self.u16_bytes(kind));
            out.extend(self.u32_bytes(count));
            if value.len() <= 4 {
                let mut inline = [0; 4];
                inline[..value.len()].copy_from_slice(value);
                out.extend(inline);
            } else {
                out.extend(self.u32_bytes(values_at as u32));
                values_at += padded(value);
                values.extend_from_slice(value);
                values.resize(values.len() + padded(value) - value.len(), 0);
            }
        }
        if let Some((tag, at)) = pointer {
            out.extend(self.u16_bytes(tag));
            out.extend(self.u16_bytes(LONG));
            out.extend(self.u32_bytes(1));
            out.extend(self.u32_bytes(at as u32));
        }
        out.extend([0; 4]);
        out.append(&mut values);
    }

    fn to_u16(&self, bytes: [u8; 2]) -> u16 {
        if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }
    }

    fn u16_at(&self, at: usize) -> Option<u16> {
        self.bytes.get(at..)?.first_chunk().map(|b| self.to_u16(*b))
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn u16_bytes(&self, value: u16) -> [u8; 2] {
        if self.little { value.to_le_bytes() } else { value.to_be_bytes() }
    }

    fn u32_bytes(&self, value: u32) -> [u8; 4] {
        if self.little { value.to_le_bytes() } else { value.to_be_bytes() }
    }
}

impl<'b> Directory<'b> {
    pub(crate) fn is_empty(&self) -> bool {
        self.tags().next().is_none()
    }

    /// Tags of all entries, as they come.
    pub(crate) fn tags(&self) -> impl Iterator<Item = u16> + '_ {
        self.entries.chunks_exact(ENTRY).filter_map(|entry| self.tiff.short(entry))
    }

    /// Where the directory after this one begins.
    pub(crate) fn next(&self) -> Option<usize> {
        self.next
    }

    /// Where a tag points, if it is there as one number of 32 bits.
    pub(crate) fn pointer(&self, tag: u16) -> Option<usize> {
        let (kind, _, value) = self.value(tag)?;
        let bytes = *value.first_chunk().filter(|_| kind == LONG)?;
        let at =
            if self.tiff.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        Some(at as usize)
    }

    /// Type, count and bytes of a tag's first entry; `None` if they are not all there.
    pub(crate) fn value(&self, tag: u16) -> Option<(u16, u32, &'b [u8])> {
        let entry =
            self.entries.chunks_exact(ENTRY).find(|entry| self.tiff.short(entry) == Some(tag))?;
        let inner = Tiff { bytes: entry, little: self.tiff.little };
        let (kind, count) = (inner.u16_at(2)?, inner.u32_at(4)?);
        let width = match kind {
            ASCII | UNDEFINED => 1_usize,
            SHORT => 2,
            LONG => 4,
            RATIONAL => 8,
            _ => return None,
        };
        let length = width.checked_mul(count as usize)?;
        let value = if length <= 4 {
            entry.get(8..)?
        } else {
            self.tiff.bytes.get(inner.u32_at(8)? as usize..)?
        };
        Some((kind, count, value.get(..length)?))
    }
}

/// Bytes a directory takes with values that do not fit into entries.
pub(crate) fn size<'v>(values: impl Iterator<Item = &'v [u8]>, has_pointer: bool) -> usize {
    let start = AROUND + if has_pointer { ENTRY } else { 0 };
    values.fold(start, |sum, value| sum + ENTRY + if value.len() > 4 { padded(value) } else { 0 })
}

/// Values begin at even offsets.
fn padded(value: &[u8]) -> usize {
    value.len().next_multiple_of(2)
}
