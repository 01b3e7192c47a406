//! Exif metadata (JEITA CP-3451, Exif 2.32): a TIFF structure with directories of tags.
//!
//! Cleaning does not cut tags out, it writes a new structure of the few tags that are
//! allowed, each of a shape that leaves no room for anything else. So nothing survives
//! in gaps, maker notes, previews or values that point into each other. At most four
//! directories are read, each once: loops cannot happen.

use crate::exif::tiff::Tiff;

mod tiff;

/// How many blocks of Exif are looked for inside of bytes that are dropped anyway.
const BLOCKS: usize = 16;

/// What is left of Exif metadata.
pub(crate) struct Cleaned {
    /// The structure written anew; `None` if no tag is left.
    pub(crate) bytes: Option<Vec<u8>>,
    /// 1 to 8 (tag 0x0112); 1 if the file does not say.
    pub(crate) orientation: u8,
    /// Whether there was a position.
    pub(crate) position: bool,
}

/// The shape a value must have to be kept.
#[derive(Clone, Copy)]
enum Shape {
    /// One unsigned number of 16 bits.
    Short,
    /// One fraction.
    Fraction,
    /// Digits and the signs of dates and time zones.
    Date,
    /// The name of a maker or a model.
    Name,
    /// Four digits.
    Version,
}

/// Tags of the first directory that are kept, ascending.
const IMAGE: &[(u16, Shape)] = &[
    (0x010f, Shape::Name),
    (0x0110, Shape::Name),
    (ORIENTATION, Shape::Short),
    (0x011a, Shape::Fraction),
    (0x011b, Shape::Fraction),
    (0x0128, Shape::Short),
    (0x0132, Shape::Date),
];

/// Tags of the Exif directory that are kept, ascending: version, when the picture was
/// taken and digitised, with time zones and parts of seconds, and the colour space.
const PHOTO: &[(u16, Shape)] = &[
    (0x9000, Shape::Version),
    (0x9003, Shape::Date),
    (0x9004, Shape::Date),
    (0x9010, Shape::Date),
    (0x9011, Shape::Date),
    (0x9012, Shape::Date),
    (0x9290, Shape::Date),
    (0x9291, Shape::Date),
    (0x9292, Shape::Date),
    (0xa001, Shape::Short),
];

const ORIENTATION: u16 = 0x0112;
const PHOTO_POINTER: u16 = 0x8769;
const GPS_POINTER: u16 = 0x8825;

/// A tag with its value as the file has it.
struct Kept<'b> {
    tag: u16,
    kind: u16,
    count: u32,
    value: &'b [u8],
}

/// Reads a TIFF structure and writes a new one of what is allowed; `None` if it is no
/// TIFF structure at all.
pub(crate) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let tiff = Tiff::open(bytes)?;
    let image = tiff.directory(tiff.first());
    let photo = image.pointer(PHOTO_POINTER).map(|at| tiff.directory(at));
    let mut places: Vec<usize> = image.pointer(GPS_POINTER).into_iter().collect();
    places.extend(photo.as_ref().and_then(|photo| photo.pointer(GPS_POINTER)));
    let preview = image.next().map(|at| tiff.directory(at));
    places.extend(preview.as_ref().and_then(|preview| preview.pointer(GPS_POINTER)));

    let kept = collect(&image, IMAGE);
    let kept_photo = photo.map(|photo| collect(&photo, PHOTO)).unwrap_or_default();
    let orientation = kept.iter().find(|k| k.tag == ORIENTATION);
    let orientation = orientation.and_then(|k| tiff.short(k.value)).unwrap_or(1);
    Some(Cleaned {
        bytes: write(&tiff, &kept, &kept_photo),
        orientation: u8::try_from(orientation).ok().filter(|o| (1..=8).contains(o)).unwrap_or(1),
        position: places.into_iter().any(|at| is_position(&tiff, at)),
    })
}

/// Whether dropped bytes held a position: XMP names it in words, further pictures hold
/// Exif of their own.
pub(crate) fn mentions_position(bytes: &[u8]) -> bool {
    let find = |word: &[u8]| bytes.windows(word.len()).any(|w| w == word);
    if find(b"GPSLatitude") || find(b"GPSLongitude") {
        return true;
    }
    let starts = bytes.windows(6).enumerate().filter(|(_, w)| *w == b"Exif\0\0").map(|(at, _)| at);
    starts.take(BLOCKS).any(|at| clean(&bytes[at + 6..]).is_some_and(|exif| exif.position))
}

/// A GPS directory that says more than its own version (tag 0) is a position. One that
/// cannot be read counts too, since something was there.
fn is_position(tiff: &Tiff<'_>, at: usize) -> bool {
    let directory = tiff.directory(at);
    directory.is_empty() || directory.tags().any(|tag| tag != 0)
}

fn collect<'b>(directory: &tiff::Directory<'b>, allowed: &[(u16, Shape)]) -> Vec<Kept<'b>> {
    let keep = |(tag, shape): &(u16, Shape)| {
        let (kind, count, value) = directory.value(*tag)?;
        fits(*shape, kind, count, value).then_some(Kept { tag: *tag, kind, count, value })
    };
    allowed.iter().filter_map(keep).collect()
}

fn fits(shape: Shape, kind: u16, count: u32, value: &[u8]) -> bool {
    match shape {
        Shape::Short => kind == tiff::SHORT && count == 1,
        Shape::Fraction => kind == tiff::RATIONAL && count == 1,
        Shape::Date => {
            let is_date = |b: &u8| b.is_ascii_digit() || b":+-. Z\0".contains(b);
            kind == tiff::ASCII && value.len() <= 32 && value.iter().all(is_date)
        }
        Shape::Name => {
            let is_name = |b: &u8| matches!(b, b' '..=b'~' | 0);
            kind == tiff::ASCII && value.len() <= 64 && value.iter().all(is_name)
        }
        Shape::Version => {
            kind == tiff::UNDEFINED && count == 4 && value.iter().all(u8::is_ascii_digit)
        }
    }
}

/// Writes both directories in the byte order of the file, so that values stay as they are.
fn write(tiff: &Tiff<'_>, image: &[Kept<'_>], photo: &[Kept<'_>]) -> Option<Vec<u8>> {
    if image.is_empty() && photo.is_empty() {
        return None;
    }
    let mut out = tiff.header();
    let second = 8 + tiff::size(image.iter().map(|k| k.value), !photo.is_empty());
    let pointer = (!photo.is_empty()).then_some((PHOTO_POINTER, second));
    for (entries, pointer) in [(image, pointer), (photo, None)] {
        if entries.is_empty() && pointer.is_none() {
            continue;
        }
        let entries = entries.iter().map(|k| (k.tag, k.kind, k.count, k.value));
        tiff.write_directory(&mut out, entries, pointer);
    }
    Some(out)
}
