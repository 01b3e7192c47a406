//! Pictures to pixels. Only pictures come here whose size was checked and whose
//! metadata is gone.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::{ImageFault, Picture};

/// Pixels of one byte a channel, row by row.
pub(crate) struct Raster {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// 1 grey, 2 grey and opacity, 3 red, green and blue, 4 with opacity.
    pub(crate) channels: usize,
    pub(crate) data: Vec<u8>,
}

/// Decodes a JPEG to red, green and blue.
///
/// # Errors
/// [`ImageFault`] if the data cannot be decoded. Data that is missing in the middle is
/// no error: decoders go on with grey, since nothing in the format gives it away.
pub(crate) fn jpeg(picture: &Picture) -> Result<Raster, ImageFault> {
    guarded(picture, || {
        // Strict means that wrong codes and markers in wrong places are errors.
        let options = DecoderOptions::default()
            .set_strict_mode(true)
            .set_max_width(usize::from(u16::MAX))
            .set_max_height(usize::from(u16::MAX))
            .jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&picture.bytes), options);
        let data = decoder.decode().map_err(ImageFault::Jpeg)?;
        Ok((3, data))
    })
}

/// Decodes a PNG to eight bits a channel.
///
/// # Errors
/// [`ImageFault`] if the data does not fill the picture or a checksum is wrong.
pub(crate) fn png(picture: &Picture) -> Result<Raster, ImageFault> {
    guarded(picture, || {
        let mut decoder = png::Decoder::new(Cursor::new(&picture.bytes));
        decoder.set_ignore_iccp_chunk(true);
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().map_err(ImageFault::Png)?;
        let size = reader.output_buffer_size().ok_or(ImageFault::Structure("PNG 过大"))?;
        let mut data = vec![0; size];
        let frame = reader.next_frame(&mut data).map_err(ImageFault::Png)?;
        Ok((frame.color_type.samples(), data))
    })
}

/// Decoders compute with numbers of the file; a picture that breaks one must not end
/// the program.
fn guarded(
    picture: &Picture,
    decode: impl FnOnce() -> Result<(usize, Vec<u8>), ImageFault>,
) -> Result<Raster, ImageFault> {
    let (channels, data) =
        catch_unwind(AssertUnwindSafe(decode)).unwrap_or(Err(ImageFault::Crash))?;
    let (width, height) = (picture.width as usize, picture.height as usize);
    if data.len() != width * height * channels {
        return Err(ImageFault::Structure("解码后的大小与文件头不符"));
    }
    Ok(Raster { width, height, channels, data })
}
