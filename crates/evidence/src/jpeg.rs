//! JPEG files (ISO/IEC 10918-1): the segments that make the picture are copied, the
//! others are left out.
//!
//! The list of what stays is closed. Phones put positions into Exif, XMP, IPTC, maker
//! notes, further pictures (CIPA DC-007) and data behind the end, and new places are
//! found each year.

use crate::{ImageFault, Limits, Picture, Refusal, exif};

/// Scans of a picture. Progressive files have about ten. Each goes over the whole
/// picture, even if it is a few bytes long.
const SCANS: usize = 32;

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Walks a JPEG, and copies what is allowed.
///
/// # Errors
/// [`Refusal`] if the segments do not follow each other up to the end marker, if there
/// are too many pixels or scans, or if it is of a process that is not in common use.
pub(crate) fn clean(bytes: &[u8], limits: Limits) -> Result<Picture, Refusal> {
    let mut walk = Walk::new(bytes);
    loop {
        let marker = walk.marker()?;
        match marker {
            END => break,
            0xc0..=0xc2 => walk.frame(marker, limits)?,
            // Tables for decoding, and the interval of restarts.
            0xc4 | 0xdb | 0xdd => {
                let body = walk.body()?;
                walk.keep(marker, body);
            }
            SCAN => walk.scan()?,
            0xe0..=0xef | 0xfe => walk.metadata(marker)?,
            0xc3 | 0xc5..=0xcf | 0xdc | 0xde | 0xdf => {
                return Err(Refusal::RareJpeg("无损、算术编码或分层"));
            }
            _ => return Err(ImageFault::Structure("JPEG 中有不该出现的标记").into()),
        }
    }
    walk.finish()
}

struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    out: Vec<u8>,
    size: Option<(u32, u32)>,
    scans: usize,
    has_exif: bool,
    orientation: u8,
    position: bool,
}

impl<'b> Walk<'b> {
    fn new(bytes: &'b [u8]) -> Walk<'b> {
        let mut out = Vec::with_capacity(bytes.len());
        out.extend([0xff, START]);
        Walk {
            bytes,
            at: 2,
            out,
            size: None,
            scans: 0,
            has_exif: false,
            orientation: 1,
            position: false,
        }
    }

    /// The next marker. Any number of filling bytes may come before it.
    fn marker(&mut self) -> Result<u8, Refusal> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let fill = rest.iter().take_while(|b| **b == 0xff).count();
        match rest.get(fill) {
            Some(marker) if fill > 0 => {
                self.at += fill + 1;
                Ok(*marker)
            }
            Some(_) => Err(ImageFault::Structure("JPEG 的段落之间有杂乱数据").into()),
            None => Err(ImageFault::Structure("JPEG 没有结束标记").into()),
        }
    }

    /// What follows a marker; its first two bytes say how long it is, themselves included.
    fn body(&mut self) -> Result<&'b [u8], Refusal> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.first_chunk().map(|b| usize::from(u16::from_be_bytes(*b)));
        let body = length.and_then(|length| rest.get(2..length));
        let body = body.ok_or(ImageFault::Structure("JPEG 的段落不完整"))?;
        self.at += body.len() + 2;
        Ok(body)
    }

    fn keep(&mut self, marker: u8, body: &[u8]) {
        self.out.extend([0xff, marker]);
        // A body was read with a length of 16 bits, or is Exif written anew: seventeen tags
        // of 64 bytes at most.
        self.out.extend(((body.len() + 2) as u16).to_be_bytes());
        self.out.extend_from_slice(body);
    }

    /// The header of the picture. A second one could be larger than the one that was
    /// checked.
    fn frame(&mut self, marker: u8, limits: Limits) -> Result<(), Refusal> {
        let body = self.body()?;
        let [precision, h1, h2, w1, w2, components, ..] = *body else {
            return Err(ImageFault::Structure("JPEG 的帧头不完整").into());
        };
        if self.size.is_some() {
            return Err(ImageFault::Structure("JPEG 有两个帧头").into());
        }
        let width = u32::from(u16::from_be_bytes([w1, w2]));
        let height = u32::from(u16::from_be_bytes([h1, h2]));
        Picture::check_size(width, height, limits)?;
        if precision != 8 {
            return Err(Refusal::RareJpeg("每个分量不是 8 位"));
        }
        if !matches!(components, 1 | 3 | 4) {
            return Err(Refusal::RareJpeg("分量个数不是 1、3、4"));
        }
        self.size = Some((width, height));
        self.keep(marker, body);
        Ok(())
    }

    /// A scan: its header, and the coded data up to the next marker that is not part of
    /// it (stuffed zeros and restarts are).
    fn scan(&mut self) -> Result<(), Refusal> {
        self.scans += 1;
        if self.scans > SCANS {
            return Err(Refusal::RareJpeg("扫描次数过多"));
        }
        let body = self.body()?;
        self.keep(SCAN, body);
        let start = self.at;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(found) = rest.iter().position(|b| *b == 0xff) else {
                return Err(ImageFault::Structure("JPEG 没有结束标记").into());
            };
            self.at += found;
            match rest.get(found + 1) {
                Some(0 | 0xd0..=0xd7) => self.at += 2,
                _ => break,
            }
        }
        self.out.extend_from_slice(&self.bytes[start..self.at]);
        Ok(())
    }

    /// Application data and comments.
    fn metadata(&mut self, marker: u8) -> Result<(), Refusal> {
        let body = self.body()?;
        match marker {
            0xe0 if body.starts_with(b"JFIF\0") => self.keep(marker, body),
            0xe1 if body.starts_with(b"Exif\0") => self.exif(body),
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => self.keep(marker, body),
            // It says how colours are coded.
            0xee if body.starts_with(b"Adobe") => self.keep(marker, body),
            _ => self.position |= exif::mentions_position(body),
        }
        Ok(())
    }

    /// The first Exif segment is written anew, any other is left out.
    fn exif(&mut self, body: &[u8]) {
        let Some(cleaned) = body.get(6..).and_then(exif::clean) else { return };
        self.position |= cleaned.position;
        if self.has_exif {
            return;
        }
        self.has_exif = true;
        self.orientation = cleaned.orientation;
        if let Some(tiff) = cleaned.bytes {
            self.keep(0xe1, &[b"Exif\0\0", tiff.as_slice()].concat());
        }
    }

    fn finish(mut self) -> Result<Picture, Refusal> {
        let Some((width, height)) = self.size.filter(|_| self.scans > 0) else {
            return Err(ImageFault::Structure("JPEG 没有图像数据").into());
        };
        self.out.extend([0xff, END]);
        let position = self.position || exif::mentions_position(&self.bytes[self.at..]);
        Ok(Picture { bytes: self.out, width, height, orientation: self.orientation, position })
    }
}
