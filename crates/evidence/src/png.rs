//! PNG files (ISO/IEC 15948): the chunks that make the picture are copied, the others
//! are left out.

use crate::{ImageFault, Limits, Picture, Refusal, exif};

/// First bytes of every PNG.
pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that are copied: header, palette, data, transparency, colour, resolution,
/// background and the time of the last change.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"pHYs", b"bKGD", b"tIME",
];

/// Walks a PNG, and copies what is allowed. Texts, animation and private chunks are
/// left out, Exif is written anew.
///
/// # Errors
/// [`Refusal`] if the chunks do not follow each other up to the end, or if there are
/// too many pixels.
pub(crate) fn clean(bytes: &[u8], limits: Limits) -> Result<Picture, Refusal> {
    let mut picture =
        Picture { bytes: SIGNATURE.to_vec(), width: 0, height: 0, orientation: 1, position: false };
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    let mut has_header = false;
    let mut has_exif = false;
    loop {
        let chunk = Chunk::read(rest).ok_or(ImageFault::Structure("PNG 的数据块不完整"))?;
        rest = &rest[chunk.whole.len()..];
        if has_header == (chunk.name == b"IHDR") {
            return Err(ImageFault::Structure("PNG 的文件头缺失或重复").into());
        }
        match chunk.name {
            b"IHDR" => {
                has_header = true;
                (picture.width, picture.height) = size(chunk.data)?;
                Picture::check_size(picture.width, picture.height, limits)?;
                picture.bytes.extend_from_slice(chunk.whole);
            }
            b"IEND" => {
                picture.bytes.extend_from_slice(chunk.whole);
                picture.position |= exif::mentions_position(rest);
                return Ok(picture);
            }
            b"eXIf" => {
                let Some(cleaned) = exif::clean(chunk.data) else { continue };
                picture.position |= cleaned.position;
                if !has_exif {
                    has_exif = true;
                    picture.orientation = cleaned.orientation;
                    cleaned.bytes.iter().for_each(|tiff| write(&mut picture.bytes, b"eXIf", tiff));
                }
            }
            name if KEPT.contains(&name) => picture.bytes.extend_from_slice(chunk.whole),
            _ => picture.position |= exif::mentions_position(chunk.data),
        }
    }
}

/// A chunk: length, name, data and checksum.
struct Chunk<'b> {
    name: &'b [u8; 4],
    data: &'b [u8],
    whole: &'b [u8],
}

impl<'b> Chunk<'b> {
    fn read(rest: &'b [u8]) -> Option<Chunk<'b>> {
        let (length, after) = rest.split_first_chunk()?;
        let (name, after) = after.split_first_chunk()?;
        let length = u32::from_be_bytes(*length) as usize;
        let data = after.get(..length)?;
        let whole = rest.get(..length.checked_add(12)?)?;
        Some(Chunk { name, data, whole })
    }
}

fn size(header: &[u8]) -> Result<(u32, u32), ImageFault> {
    match header {
        [w1, w2, w3, w4, h1, h2, h3, h4, ..] if header.len() == 13 => {
            Ok((u32::from_be_bytes([*w1, *w2, *w3, *w4]), u32::from_be_bytes([*h1, *h2, *h3, *h4])))
        }
        _ => Err(ImageFault::Structure("PNG 的文件头长度有误")),
    }
}

/// Appends a chunk. The checksum covers name and data.
fn write(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend_from_slice(name);
    out.extend_from_slice(data);
    let checksum = crc32fast::hash(&out[start..]);
    out.extend(checksum.to_be_bytes());
}
