//! Comma-separated values after RFC 4180, in UTF-8 or, as WPS and Excel save them, in GB18030.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{COLUMNS, Event, Flow, RowCell, SheetStart, Sink, Value, stem};
use crate::SheetError;

pub(super) fn walk(bytes: &[u8], file: &str, sink: &mut Sink<'_>) -> Result<(), SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = decode(bytes, file)?;
    let name = stem(file).to_owned();
    let start = SheetStart {
        name: name.clone(),
        hidden: false,
        merges: Vec::new(),
        percents: HashSet::new(),
        from_1904: false,
    };
    let mut wanted = sink(Event::Sheet(start))?;
    let mut rest = text.as_ref();
    let (mut row, mut line) = (0_u32, 1_usize);
    let mut cells: Vec<RowCell<'_>> = Vec::new();
    while !rest.is_empty() && wanted == Flow::On {
        cells.clear();
        let mut column = 0;
        loop {
            let (value, end, after) =
                field(rest).ok_or_else(|| SheetError::Quotes { file: file.to_owned(), line })?;
            line += rest[..rest.len() - after.len()].matches('\n').count();
            rest = after;
            if column >= COLUMNS {
                return Err(SheetError::OutOfRange { sheet: name });
            }
            if !value.is_empty() {
                cells.push((column, Value::Text(harmless(value))));
            }
            column += 1;
            if end == End::Row {
                break;
            }
        }
        if !cells.is_empty() {
            wanted = sink(Event::Row(row, &mut cells))?;
        }
        row = row.checked_add(1).ok_or_else(|| SheetError::OutOfRange { sheet: name.clone() })?;
    }
    sink(Event::End)?;
    Ok(())
}

/// The characters of a file. One that begins with Chinese in UTF-8 and is broken further down is
/// no GB18030, though its bytes may happen to be read as such.
fn decode<'b>(bytes: &'b [u8], file: &str) -> Result<Cow<'b, str>, SheetError> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let good = &bytes[..error.valid_up_to()];
    let is_utf8 = std::str::from_utf8(good).is_ok_and(|good| good.chars().any(|c| c >= '\u{800}'));
    let gbk = || encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    (!is_utf8).then(gbk).flatten().ok_or_else(|| SheetError::Encoding {
        file: file.to_owned(),
        line: 1 + good.iter().filter(|b| **b == b'\n').count(),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Field,
    Row,
}

/// The first field of the text, what ends it, and the text after that. `None` if
/// a quote stays open or text follows the closing quote.
fn field(text: &str) -> Option<(Cow<'_, str>, End, &str)> {
    let Some(body) = text.strip_prefix('"') else {
        let end = text.find([',', '\n']).unwrap_or(text.len());
        let value = &text[..end];
        let value = if text[end..].starts_with(',') {
            value
        } else {
            value.strip_suffix('\r').unwrap_or(value)
        };
        let (end, rest) = separator(&text[end..])?;
        return Some((Cow::Borrowed(value), end, rest));
    };
    let mut value = Cow::Borrowed("");
    let mut at = 0;
    loop {
        let quote = at + body[at..].find('"')?;
        value += &body[at..quote];
        if !body[quote + 1..].starts_with('"') {
            let (end, rest) = separator(&body[quote + 1..])?;
            return Some((value, end, rest));
        }
        value += "\"";
        at = quote + 2;
    }
}

fn separator(text: &str) -> Option<(End, &str)> {
    if text.is_empty() {
        Some((End::Row, text))
    } else if let Some(rest) = text.strip_prefix(',') {
        Some((End::Field, rest))
    } else {
        let rest = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))?;
        Some((End::Row, rest))
    }
}

/// Takes back the apostrophe that an export sets before a text which a spreadsheet
/// program would take for a formula.
fn harmless(value: Cow<'_, str>) -> Cow<'_, str> {
    let rest = value.strip_prefix('\'').filter(|rest| crate::write::is_formula_like(rest));
    match rest {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let mut read = Vec::new();
        let result = walk(bytes, "a/b.csv", &mut |event| {
            if let Event::Row(row, cells) = event {
                let cells: Vec<String> =
                    cells.iter().map(|(c, v)| format!("{c}={}", v.show())).collect();
                read.push(format!("{row}:{}", cells.join(",")));
            }
            Ok(Flow::On)
        });
        let text = result.map_or_else(|e| e.to_string(), |()| read.join("|"));
        assert_eq!(text, expected);
    }

    #[test]
    fn fields_are_read_after_rfc_4180() {
        check(b"a,b\r\nc,,d\n", "0:0=a,1=b|1:0=c,2=d");
        check(b"\xef\xbb\xbfa", "0:0=a");
        check(b"\"a,\"\"b\"\"\",\"x\r\ny\"\r\nz", "0:0=a,\"b\",1=x\r\ny|1:0=z");
        check(b"a\n\n,b", "0:0=a|2:1=b");
        check(b"'=1+1,'x", "0:0==1+1,1='x");
        check(b"a\n\"b", "“a/b.csv”第 2 行的引号没有成对;请改正或另存为 xlsx");
        check(b"\"a\"b", "“a/b.csv”第 1 行的引号没有成对;请改正或另存为 xlsx");
        let neither = "“a/b.csv”既不是 UTF-8 也不是 GBK 编码(第 2 行起);请另存为 xlsx";
        check(b"a\nb\xff\xff", neither);
        check(
            "村\n".as_bytes().iter().chain(b"b\xb4\xe5").copied().collect::<Vec<_>>().as_slice(),
            neither,
        );
        // 村,路 as WPS and Excel save it.
        check(b"a\n\xb4\xe5,\xc2\xb7", "0:0=a|1:0=村,1=路");
        check(b"", "");
    }
}
