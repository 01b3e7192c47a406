//! The canonical form of JSON (RFC 8785), its digest, and the short code of a digest.

use serde_json::Value;

/// Digits that cannot be taken for one another when read out (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a short code.
const CODE_LENGTH: usize = 12;
/// Characters between two strokes of a short code.
const GROUP: usize = 4;
/// Bytes that a short code is made of: 12 characters of 5 bits.
const CODE_BYTES: usize = 8;

/// The canonical text of a value: keys in the order of their UTF-16 units, no white space.
/// Numbers of a seal are integers, which have one form only.
pub(super) fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number > 0 { "," } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            let mut entries: Vec<(&String, &Value)> = object.iter().collect();
            entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (number, (key, item)) in entries.into_iter().enumerate() {
                out.push_str(if number > 0 { "," } else { "" });
                // serde_json escapes strings exactly as RFC 8785 §3.2.2.2 asks.
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(item, out);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// SM3 over the canonical bytes.
pub(super) fn hash(value: &Value) -> [u8; 32] {
    super::sm3(text(value).as_bytes())
}

/// The same in lower hexadecimal.
pub(super) fn digest(value: &Value) -> String {
    hex(&hash(value))
}

/// Bytes in lower hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first 60 bits of a hash as twelve characters in groups of four: `7K2M-9QXR-0T4B`.
pub(super) fn short_code_of(hash: &[u8; 32]) -> String {
    let mut head = [0; CODE_BYTES];
    head.copy_from_slice(&hash[..CODE_BYTES]);
    let bits = u64::from_be_bytes(head);
    let mut code = String::with_capacity(CODE_LENGTH + CODE_LENGTH / GROUP);
    for number in 0..CODE_LENGTH {
        if number > 0 && number % GROUP == 0 {
            code.push('-');
        }
        let five = bits << (5 * number) >> 59;
        code.push(char::from(DIGITS[usize::try_from(five).unwrap_or(0)]));
    }
    code
}

/// The short code of a hash of 256 bits in hexadecimal, such as the head of an audit chain;
/// `None` if it is none.
pub fn short_code(hex: &str) -> Option<String> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> =
        digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, d| sum << 4 | d)).collect();
    let hash = <[u8; 32]>::try_from(bytes).ok().filter(|_| digits.len() == 64)?;
    Some(short_code_of(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &str) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(text(&value), expected);
    }

    #[test]
    fn the_form_is_that_of_rfc_8785() {
        check("{ \"b\": [1, -2, true, null],\n \"a\" : {} }", r#"{"a":{},"b":[1,-2,true,null]}"#);
        // §3.2.2.2: short escapes where there are any, \u00xx for other control characters,
        // everything else as it is.
        check(
            r#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/\u007f""#,
            "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u{7f}\"",
        );
        // §3.2.3: keys are ordered by their UTF-16 units, where U+1F602 stands before U+FB33.
        check(
            r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude02":5,"\u0080":6,"\u00f6":7}"#,
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😂\":5,\"\u{fb33}\":3}",
        );
    }

    #[test]
    fn the_digest_is_sm3() {
        // GB/T 32905-2016, A.1, over the text abc, here with the quotes of a JSON string.
        assert_eq!(
            hex(&super::super::sm3(b"abc")),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
        assert_eq!(digest(&Value::from("abc")), hex(&super::super::sm3(b"\"abc\"")));
    }

    #[test]
    fn short_codes_are_the_first_sixty_bits() {
        let code = |head: &str| short_code(&format!("{head:0<64}"));
        assert_eq!(code("").as_deref(), Some("0000-0000-0000"));
        assert_eq!(code("fffffffffffffff").as_deref(), Some("ZZZZ-ZZZZ-ZZZZ"));
        assert_eq!(code("000000000000000f").as_deref(), Some("0000-0000-0000"));
        // 0x66c7f = 01100 11011 00011 11111, so digits 12, 27, 3 and 31.
        assert_eq!(code("66c7f").as_deref(), Some("CV3Z-0000-0000"));
        assert_eq!(code("66C7F"), code("66c7f"));
        for wrong in
            ["", "66c7", &"g".repeat(64), &"0".repeat(63), &"0".repeat(66), &"零".repeat(64)]
        {
            assert_eq!(short_code(wrong), None, "{wrong}");
        }
    }
}
