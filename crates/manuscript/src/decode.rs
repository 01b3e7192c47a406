//! Bytes of a text file to characters: UTF-8, UTF-16 and GB18030, found by themselves.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::error::ReadError;
use crate::package::MAX_FILE;

/// Bytes in which a page says how it is encoded.
const HEAD: usize = 4096;

/// The characters of a text file; a byte order mark is none of them.
///
/// # Errors
///
/// [`ReadError::Text`] for bytes that are neither UTF-8 nor UTF-16 with its mark nor GB18030.
pub fn decode(bytes: &[u8], name: &str) -> Result<String, ReadError> {
    bounded(bytes)?;
    let failed = |text: &[u8], offset: usize| ReadError::Text {
        name: name.to_owned(),
        line: text.iter().take(offset).filter(|b| **b == b'\n').count() + 1,
        offset,
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return text.map(|t| t.into_owned()).ok_or_else(|| failed(bytes, broken(encoding, bytes)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if mostly_utf8(bytes) {
        // As GB18030 it would read as other characters, and nobody would be told.
        return Err(failed(bytes, broken(UTF_8, bytes)));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|t| t.into_owned()).ok_or_else(|| failed(bytes, farthest(bytes)))
}

/// The text of a file that is a text file by its name (txt, Markdown), mark-up and all;
/// `None` for any other, which [`read`](crate::read()) reads.
///
/// # Errors
///
/// As [`decode`].
pub fn text_of(bytes: &[u8], name: &str) -> Result<Option<String>, ReadError> {
    let textual = crate::read::is_textual(bytes, name);
    textual.then(|| decode(bytes, name)).transpose()
}

/// The characters of a page: by its mark, as UTF-8 if it is, as it says, or as GB18030. A page
/// is read though some bytes of it are lost; what is lost stands as U+FFFD.
pub(crate) fn page(bytes: &[u8]) -> Result<String, ReadError> {
    bounded(bytes)?;
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode(bytes).0.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if mostly_utf8(bytes) {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    let encoding = match declared(bytes) {
        None => GB18030,
        // The declaration was read as bytes, so it can be no encoding of two bytes a letter.
        Some(encoding) if !encoding.is_ascii_compatible() => GB18030,
        // Pages say GB2312 and hold characters of its successors.
        Some(encoding) if encoding.name() == "GBK" => GB18030,
        Some(encoding) => encoding,
    };
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// The encoding that a page names in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let mark = b"charset=";
    let at = head.windows(mark.len()).position(|window| window == mark)? + mark.len();
    let label: Vec<u8> = head
        .iter()
        .skip(at)
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    Encoding::for_label(&label)
}

/// Whether bytes that are no UTF-8 are meant as it: a few of its characters are damaged. Text in
/// another encoding hardly ever has several bytes in a row that are a character of UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    whole > damaged.saturating_mul(4)
}

/// Refuses what is larger than any report before a copy of it is made.
pub(crate) fn bounded(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > MAX_FILE {
        return Err(ReadError::TooLarge { what: "字节数", limit: MAX_FILE as u64 });
    }
    Ok(())
}

/// Where the bytes stop being text. A file of which more is UTF-8 than GB18030 is meant as
/// UTF-8, and its first bad byte is the one to name.
fn farthest(bytes: &[u8]) -> usize {
    broken(UTF_8, bytes).max(broken(GB18030, bytes))
}

/// The first byte that is no text in an encoding.
fn broken(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut room = [0_u8; 4096];
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, consumed, _) =
            decoder.decode_to_utf8_without_replacement(rest, &mut room, true);
        read += consumed;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return bytes.len(),
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                return read.saturating_sub(usize::from(length) + usize::from(after));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn encodings_are_found_by_themselves() {
        let text = "甲村\r\n12户㐂𠮷";
        let wide = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            let mut bytes = mark.to_vec();
            bytes.extend(text.encode_utf16().flat_map(order));
            bytes
        };
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{FEFF}{text}").into_bytes(),
            wide(u16::to_le_bytes, [0xFF, 0xFE]),
            wide(u16::to_be_bytes, [0xFE, 0xFF]),
            gbk(text),
        ] {
            assert_eq!(decode(&bytes, "甲.txt").ok().as_deref(), Some(text), "{bytes:02x?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let mut bytes = "甲村\n乙村".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend("丙村".as_bytes());
        let Err(ReadError::Text { line, offset, .. }) = decode(&bytes, "甲.txt") else {
            panic!("read");
        };
        assert_eq!((line, offset), (2, 13));
        let mut bytes = gbk("甲村\n乙村\n丙");
        bytes.extend([0xFF, b'\n']);
        let Err(ReadError::Text { line, offset, .. }) = decode(&bytes, "甲.txt") else {
            panic!("read");
        };
        assert_eq!((line, offset), (3, 12));
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_another_encoding() {
        // Cut off within a character, as a file is that was not received whole.
        let mut bytes = "甲村新建道路三公里".as_bytes().to_vec();
        bytes.pop();
        assert!(GB18030.decode_without_bom_handling_and_without_replacement(&bytes).is_some());
        let Err(ReadError::Text { offset, .. }) = decode(&bytes, "甲.txt") else { panic!("read") };
        assert_eq!(offset, 24);
        let read = page(&bytes).unwrap_or_default();
        assert!(read.ends_with("三公\u{FFFD}"), "{read}");
    }

    #[test]
    fn pages_say_how_they_are_encoded() {
        let words = "<html><head><meta charset=gb2312></head>甲村镕";
        assert_eq!(page(&gbk(words)).ok().as_deref(), Some(words));
        let undeclared = "<p>甲村</p>";
        assert_eq!(page(&gbk(undeclared)).ok().as_deref(), Some(undeclared));
        // Browsers save in UTF-8 and leave the declaration as it was.
        assert_eq!(page(words.as_bytes()).ok().as_deref(), Some(words));
        let big = "<meta http-equiv=x content=\"text/html; charset=Big5\">鎮";
        let bytes = encoding_rs::BIG5.encode(big).0.into_owned();
        assert_eq!(page(&bytes).ok().as_deref(), Some(big));
        let mut lost = "<meta charset=utf-8>甲村".as_bytes().to_vec();
        lost.pop();
        let found = page(&lost).unwrap_or_default();
        assert!(found.ends_with("甲\u{FFFD}"), "{found}");
    }
}
