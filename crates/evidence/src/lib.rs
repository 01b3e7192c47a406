//! Evidence (佐证材料): what a township attaches to its records, such as photographs
//! of works, scanned decisions and office files.
//!
//! Everything here is a function on bytes. A file is known by its content and never
//! by its name; it is bounded before anything is unpacked; a picture loses the place
//! where it was taken, and gets a small picture for lists. Storing, encrypting and
//! linking happen elsewhere.

mod decode;
mod detect;
mod error;
mod exif;
mod jpeg;
mod kind;
mod office;
mod ole;
mod package;
mod png;
mod text;
mod thumbnail;

use sm3::{Digest, Sm3};

pub use error::{EvidenceError, ImageFault, Refusal};
pub use kind::Kind;

/// What one file may cost. Decoding takes up to four bytes for each pixel, and six
/// more while a progressive JPEG is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest size of a file, in bytes.
    pub bytes: u64,
    /// Largest size of a picture, in pixels (width times height).
    pub pixels: u64,
}

impl Default for Limits {
    /// 20 MiB and 50 million pixels: above what phones and scanners of an office make.
    fn default() -> Limits {
        Limits { bytes: 20 << 20, pixels: 50_000_000 }
    }
}

/// A file that may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What the file is, by its content.
    pub kind: Kind,
    /// The bytes to store. They are those given, except that pictures, and those in office
    /// files, are without position; [`digest`] of these bytes is the identity of the file.
    pub bytes: Vec<u8>,
    /// A JPEG of at most 320 pixels on the longer side, right way up and without
    /// metadata. Only pictures have one.
    pub thumbnail: Option<Vec<u8>>,
    /// Whether a position was found and removed. Other metadata may have been removed
    /// where this is false.
    pub stripped: bool,
    /// Parts of the file in which a position may remain, since they cannot be cleaned: broken
    /// or rare pictures, documents in the document, and pictures that are signed. A file that
    /// is no container counts as one.
    pub left: usize,
    /// Width and height of a picture in pixels, as it is shown right way up.
    pub dimensions: Option<(u32, u32)>,
}

/// Checks a file and makes it fit to be stored.
///
/// A JPEG or PNG keeps its image data bit for bit and of its metadata only what is
/// named here: orientation, dates, make and model, resolution and colour profile.
/// GPS positions (Exif 2.32, 4.6.6), XMP, IPTC, comments, maker notes, embedded
/// previews, further pictures and everything behind the end of the image are dropped.
/// JPEG and PNG pictures inside docx, xlsx, pptx and OFD files are cleaned alike; all other
/// parts of these files stay as they are. PDF, older office and text files are left as they
/// are; what may remain is told in [`Prepared::left`]. Preparing prepared bytes again changes
/// nothing.
///
/// # Errors
/// [`EvidenceError`] with the [`Refusal`] that applies: too large, not a kind that is
/// accepted, broken, carrying macros, locked by a password, or named as something else.
pub fn prepare(name: &str, bytes: &[u8], limits: Limits) -> Result<Prepared, EvidenceError> {
    examine(name, bytes, limits)
        .map_err(|reason| EvidenceError { file: name.to_owned(), reason: Box::new(reason) })
}

/// The identity under which bytes are stored once: SM3 (GB/T 32905) in 64 lower-case
/// hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    Sm3::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn examine(name: &str, bytes: &[u8], limits: Limits) -> Result<Prepared, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return Err(Refusal::TooLarge { bytes: size, limit: limits.bytes });
    }
    let kind = detect::kind(bytes)?;
    kind.check_name(name)?;
    match kind {
        Kind::Jpeg => {
            let picture = jpeg::clean(bytes, limits)?;
            let raster = decode::jpeg(&picture)?;
            finish(kind, picture, &raster)
        }
        Kind::Png => {
            let picture = png::clean(bytes, limits)?;
            let raster = decode::png(&picture)?;
            finish(kind, picture, &raster)
        }
        Kind::Docx | Kind::Xlsx | Kind::Pptx | Kind::Ofd => {
            let package = package::clean(bytes, limits)?;
            let (stripped, left) = (package.position, package.left);
            Ok(document(kind, package.bytes, stripped, left))
        }
        _ => {
            let left = usize::from(exif::mentions_position(bytes));
            Ok(document(kind, bytes.to_vec(), false, left))
        }
    }
}

fn document(kind: Kind, bytes: Vec<u8>, stripped: bool, left: usize) -> Prepared {
    Prepared { kind, bytes, thumbnail: None, stripped, left, dimensions: None }
}

/// A picture of which only the allowed parts are left.
struct Picture {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    /// How the stored picture has to be turned, 1 to 8 as Exif 2.32 has it (tag 0x0112).
    orientation: u8,
    /// Whether a position was among what was left out.
    position: bool,
}

impl Picture {
    /// Refuses a size before anything of that size is made.
    fn check_size(width: u32, height: u32, limits: Limits) -> Result<(), Refusal> {
        /// The largest side a JPEG can have, and more than any scanner makes.
        const SIDE: u32 = 65_535;

        if width == 0 || height == 0 {
            return Err(ImageFault::Structure("宽或高为 0").into());
        }
        if u64::from(width) * u64::from(height) > limits.pixels || width.max(height) > SIDE {
            return Err(Refusal::TooManyPixels { width, height, limit: limits.pixels });
        }
        Ok(())
    }
}

fn finish(kind: Kind, picture: Picture, raster: &decode::Raster) -> Result<Prepared, Refusal> {
    let thumbnail = thumbnail::make(raster, picture.orientation)?;
    let (width, height) = (picture.width, picture.height);
    let lying = picture.orientation >= 5;
    Ok(Prepared {
        kind,
        bytes: picture.bytes,
        thumbnail: Some(thumbnail),
        stripped: picture.position,
        left: 0,
        dimensions: Some(if lying { (height, width) } else { (width, height) }),
    })
}
