//! Makes the files the tests read: pictures with positions planted in every place known,
//! and office containers.

use std::io::{Cursor, Write as _};

use jpeg_encoder::{ColorType, Encoder};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

/// Seconds of the planted latitude, in ten-thousandths; its bytes are looked for.
pub(crate) const PLANTED: u32 = 0x0012_d687;
/// When the pictures were taken.
pub(crate) const TAKEN: &str = "2024:05:01 10:20:30\0";
/// Stands wherever text may stand that has to go.
pub(crate) const SECRET: &str = "SECRET 30.123456,120.654321";

/// Red rises to the right, green downwards.
pub(crate) fn pixels(width: u32, height: u32) -> Vec<u8> {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    rows.flat_map(|(x, y)| [(x * 255 / width) as u8, (y * 255 / height) as u8, 90]).collect()
}

pub(crate) fn plain_jpeg(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 85);
    encoder.set_progressive(progressive);
    // Restarts put markers inside of the coded data.
    encoder.set_restart_interval(4);
    let pixels = pixels(u32::from(width), u32::from(height));
    encoder.encode(&pixels, width, height, ColorType::Rgb).unwrap();
    out
}

/// The picture's pixels.
pub(crate) fn decoded(jpeg: &[u8]) -> Vec<u8> {
    JpegDecoder::new(ZCursor::new(jpeg)).decode().unwrap()
}

pub(crate) fn plain_png(width: u32, height: u32, color: png::ColorType) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    let data = vec![77; width as usize * height as usize * color.samples()];
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    out
}

/// A segment of a JPEG: marker and length before the body.
pub(crate) fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap();
    [&[0xff, marker], length.to_be_bytes().as_slice(), body].concat()
}

/// A chunk of a PNG.
pub(crate) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name, data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [length.as_slice(), &body, &crc32fast::hash(&body).to_be_bytes()].concat()
}

/// Inserts bytes into others.
pub(crate) fn inserted(into: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    [&into[..at], bytes, &into[at..]].concat()
}

/// An entry of a directory to be written.
pub(crate) enum Entry<'v> {
    Short(u16, u16),
    Bytes(u16, u16, &'v [u8]),
    Fractions(u16, &'v [[u32; 2]]),
    /// Tag, and the number of the directory it points to.
    Link(u16, usize),
}

/// Writes TIFF directories one after the other. The first links to the last as the next.
pub(crate) fn tiff(little: bool, directories: &[&[Entry<'_>]]) -> Vec<u8> {
    let two = |v: u16| if little { v.to_le_bytes() } else { v.to_be_bytes() };
    let four = |v: u32| if little { v.to_le_bytes() } else { v.to_be_bytes() };
    const ROOM: usize = 400;
    let start = |index: usize| 8 + index * ROOM;
    let mut out = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    out.extend(four(8));
    for (index, entries) in directories.iter().enumerate() {
        let mut values_at = start(index) + 6 + 12 * entries.len();
        let mut values = Vec::new();
        out.extend(two(entries.len() as u16));
        for entry in *entries {
            let (tag, kind, count, value) = match entry {
                Entry::Short(tag, value) => (*tag, 3, 1, two(*value).to_vec()),
                Entry::Bytes(tag, kind, value) => (*tag, *kind, value.len(), value.to_vec()),
                Entry::Fractions(tag, numbers) => {
                    (*tag, 5, numbers.len(), numbers.concat().into_iter().flat_map(four).collect())
                }
                Entry::Link(tag, to) => (*tag, 4, 1, four(start(*to) as u32).to_vec()),
            };
            out.extend([two(tag), two(kind)].concat());
            out.extend(four(count as u32));
            if value.len() <= 4 {
                out.extend(&value);
                out.extend(vec![0; 4 - value.len()]);
            } else {
                out.extend(four(values_at as u32));
                values_at += value.len();
                values.extend(value);
            }
        }
        let has_next = index == 0 && directories.len() > 1;
        out.extend(four(if has_next { start(directories.len() - 1) as u32 } else { 0 }));
        out.extend(values);
        out.resize(start(index + 1), 0);
    }
    out
}

/// What a phone writes: where and when, with a maker's note and a preview.
pub(crate) fn phone_tiff(little: bool) -> Vec<u8> {
    let place = [[30, 1], [7, 1], [PLANTED, 10_000]];
    let image = [
        Entry::Bytes(0x010e, 2, SECRET.as_bytes()),
        Entry::Bytes(0x010f, 2, b"HUAWEI\0"),
        Entry::Short(0x0112, 6),
        Entry::Bytes(0x0132, 2, TAKEN.as_bytes()),
        Entry::Link(0x8769, 1),
        Entry::Link(0x8825, 2),
    ];
    let photo = [
        Entry::Bytes(0x9003, 2, TAKEN.as_bytes()),
        Entry::Bytes(0x927c, 7, SECRET.as_bytes()),
        Entry::Bytes(0x9286, 7, SECRET.as_bytes()),
    ];
    let gps = [
        Entry::Bytes(1, 2, b"N\0"),
        Entry::Fractions(2, &place),
        Entry::Bytes(3, 2, b"E\0"),
        Entry::Fractions(4, &place),
    ];
    let preview = [Entry::Short(0x0112, 6), Entry::Link(0x8825, 2)];
    tiff(little, &[&image, &photo, &gps, &preview])
}

pub(crate) fn exif_segment(tiff: &[u8]) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", tiff].concat())
}

pub(crate) fn xmp_segment() -> Vec<u8> {
    let packet = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description \
         exif:GPSLatitude=\"30,7.5N\">{SECRET}</rdf:Description></x:xmpmeta>"
    );
    segment(0xe1, packet.as_bytes())
}

/// A zip container with these parts.
pub(crate) fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    packed(&parts)
}

/// A zip container with these parts, of bytes.
pub(crate) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An office container with one part, of this content type, and further parts.
pub(crate) fn office(content_type: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let types = format!(
        "<Types><Override PartName=\"/main.xml\" ContentType=\"application/{content_type}\"/></Types>"
    );
    let mut parts = vec![("[Content_Types].xml", types.as_str()), ("main.xml", "<main/>")];
    parts.extend(more);
    container(&parts)
}

pub(crate) const DOCX: &str =
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
pub(crate) const XLSX: &str = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/// A compound file whose root holds these entries: name, whether it is a storage, content.
/// What is smaller than 4096 bytes goes into the mini stream.
pub(crate) fn compound(streams: &[(&str, bool, &[u8])]) -> Vec<u8> {
    // Sector 0 is the table, 1 and 2 the directory of eight entries, contents follow.
    let mut large = Chains { size: 512, table: vec![0xffff_fffd, 2, END], content: vec![0; 1536] };
    let mut small = Chains { size: 64, table: Vec::new(), content: Vec::new() };
    let mut entries = Vec::new();
    for (index, (name, is_storage, content)) in streams.iter().enumerate() {
        let chains = if content.len() < 4096 { &mut small } else { &mut large };
        let start = chains.add(content);
        let kind = if *is_storage { 1 } else { 2 };
        let right = if index + 1 < streams.len() { index as u32 + 2 } else { u32::MAX };
        let size = content.len() as u32;
        entries.extend(directory_entry(name, kind, right, u32::MAX, start, size));
    }
    let small_table: Vec<u8> = small.table.into_iter().flat_map(u32::to_le_bytes).collect();
    let small_table = large.add(&small_table);
    let root_start = large.add(&small.content);
    let root =
        directory_entry("Root Entry", 5, u32::MAX, 1, root_start, small.content.len() as u32);
    let directory = [root, entries].concat();
    let table: Vec<u8> = large.table.iter().copied().flat_map(u32::to_le_bytes).collect();
    large.content[..512].fill(0xff);
    large.content[..table.len()].copy_from_slice(&table);
    large.content[512..512 + directory.len()].copy_from_slice(&directory);
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[30] = 9;
    header[48..52].copy_from_slice(&1_u32.to_le_bytes());
    header[60..64].copy_from_slice(&small_table.to_le_bytes());
    header[68..].fill(0xff);
    header[76..80].fill(0);
    [header, large.content].concat()
}

/// Marks the last sector of a chain.
const END: u32 = 0xffff_fffe;

/// Sectors of one size with their table.
struct Chains {
    size: usize,
    table: Vec<u32>,
    content: Vec<u8>,
}

impl Chains {
    /// Appends a chain, and says where it begins.
    fn add(&mut self, content: &[u8]) -> u32 {
        let start = self.table.len() as u32;
        let sectors = content.len().div_ceil(self.size).max(1) as u32;
        self.table.extend((1..sectors).map(|i| start + i));
        self.table.push(END);
        self.content.extend_from_slice(content);
        self.content.resize(self.table.len() * self.size, 0);
        start
    }
}

fn directory_entry(name: &str, kind: u8, right: u32, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = out.len() as u16 + 2;
    out.resize(64, 0);
    out.extend(length.to_le_bytes());
    out.extend([kind, 0]);
    for number in [u32::MAX, right, child] {
        out.extend(number.to_le_bytes());
    }
    out.resize(116, 0);
    out.extend(start.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.resize(128, 0);
    out
}
