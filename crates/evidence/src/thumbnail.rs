//! The small picture for lists: averaged down, turned right way up, without metadata.

use jpeg_encoder::{ColorType, Encoder};

use crate::ImageFault;
use crate::decode::Raster;

/// Longer side in pixels at most.
const SIDE: usize = 320;

/// Quality of 1 to 100; at 80 a thumbnail takes about 15 KiB.
const QUALITY: u8 = 80;

/// Red, green and blue, row by row.
struct Small {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

/// Makes the thumbnail of a picture as a JPEG.
///
/// # Errors
/// [`ImageFault::Thumbnail`] if it cannot be written, which memory alone can cause.
pub(crate) fn make(raster: &Raster, orientation: u8) -> Result<Vec<u8>, ImageFault> {
    let small = turn(&shrink(raster), orientation);
    let mut out = Vec::new();
    // Both sides are 320 at most.
    let (width, height) = (small.width as u16, small.height as u16);
    Encoder::new(&mut out, QUALITY)
        .encode(small.pixels.as_flattened(), width, height, ColorType::Rgb)
        .map_err(ImageFault::Thumbnail)?;
    Ok(out)
}

/// Each pixel becomes the mean of the pixels it stands for. Pictures that are small
/// already keep their size. What is transparent lies on white.
fn shrink(raster: &Raster) -> Small {
    let longer = raster.width.max(raster.height).max(1);
    let scaled = |side: usize| {
        if longer <= SIDE { side } else { ((side * SIDE + longer / 2) / longer).max(1) }
    };
    let (width, height) = (scaled(raster.width), scaled(raster.height));
    let columns: Vec<usize> = (0..raster.width).map(|x| x * width / raster.width).collect();
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        let first = (y * raster.height).div_ceil(height);
        let last = ((y + 1) * raster.height).div_ceil(height);
        // Red, green, blue and the number of pixels; a box has 50 million pixels at most,
        // of 255 each.
        let mut sums = vec![[0_u64; 4]; width];
        for row in raster.data.chunks_exact(raster.width * raster.channels).take(last).skip(first) {
            for (pixel, column) in row.chunks_exact(raster.channels).zip(&columns) {
                let sum = &mut sums[*column];
                for (total, value) in sum.iter_mut().zip(on_white(pixel)) {
                    *total += u64::from(value);
                }
                sum[3] += 1;
            }
        }
        let mean = |[r, g, b, n]: [u64; 4]| {
            let n = n.max(1);
            [r, g, b].map(|sum| ((sum + n / 2) / n) as u8)
        };
        pixels.extend(sums.into_iter().map(mean));
    }
    Small { width, height, pixels }
}

fn on_white(pixel: &[u8]) -> [u8; 3] {
    let mix = |value: u8, opacity: u8| {
        let opacity = u32::from(opacity);
        ((u32::from(value) * opacity + 255 * (255 - opacity) + 127) / 255) as u8
    };
    match *pixel {
        [grey] => [grey; 3],
        [grey, opacity] => [mix(grey, opacity); 3],
        [r, g, b] => [r, g, b],
        [r, g, b, opacity] => [mix(r, opacity), mix(g, opacity), mix(b, opacity)],
        _ => [255; 3],
    }
}

/// Turns and mirrors as the orientation says (Exif 2.32, 4.6.4, tag 0x0112).
fn turn(small: &Small, orientation: u8) -> Small {
    let (w, h) = (small.width, small.height);
    let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
    let source = |x: usize, y: usize| match orientation {
        2 => (w - 1 - x, y),
        3 => (w - 1 - x, h - 1 - y),
        4 => (x, h - 1 - y),
        5 => (y, x),
        6 => (y, h - 1 - x),
        7 => (w - 1 - y, h - 1 - x),
        8 => (w - 1 - y, x),
        _ => (x, y),
    };
    let place = |(x, y): (usize, usize)| small.pixels[y * w + x];
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = rows.map(|(x, y)| place(source(x, y))).collect();
    Small { width, height, pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of letters, turned; rows separated by blanks.
    #[track_caller]
    fn check(orientation: u8, expected: &str) {
        let pixels = b"abcdef".map(|letter| [letter; 3]).to_vec();
        let turned = turn(&Small { width: 3, height: 2, pixels }, orientation);
        let rows: Vec<String> = turned
            .pixels
            .chunks(turned.width)
            .map(|row| row.iter().map(|p| char::from(p[0])).collect())
            .collect();
        assert_eq!((rows.join(" "), rows.len()), (expected.to_owned(), turned.height));
    }

    #[test]
    fn all_orientations() {
        check(1, "abc def");
        check(2, "cba fed");
        check(3, "fed cba");
        check(4, "def abc");
        check(5, "ad be cf");
        check(6, "da eb fc");
        check(7, "fc eb da");
        check(8, "cf be ad");
    }

    #[test]
    fn shrinking_averages_and_keeps_the_shape() {
        let data: Vec<u8> = (0..640 * 2).map(|i| if i % 2 == 0 { 0 } else { 100 }).collect();
        let small = shrink(&Raster { width: 640, height: 2, channels: 1, data });
        assert_eq!((small.width, small.height), (320, 1));
        assert!(small.pixels.iter().all(|p| *p == [50; 3]));
        let clear = shrink(&Raster { width: 1, height: 1, channels: 4, data: vec![9, 9, 9, 0] });
        assert_eq!(clear.pixels, [[255; 3]]);
    }
}
