//! Keys as one line that people can print, read aloud and type: base32 of Crockford in groups of
//! four, with a check sum that tells a typing mistake from a wrong key.

use sm3::{Digest, Sm3};
use zeroize::Zeroizing;

use crate::TextError;

/// The digits of Crockford's base32: no I, L, O and U, which are misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Length of the check sum in bytes.
const SUM: usize = 4;

/// Characters in a group.
const GROUP: usize = 4;

/// How one kind of line looks.
pub(crate) struct Armor {
    /// What the line begins with, before the first hyphen. Holds digits of the alphabet only.
    pub(crate) prefix: &'static str,
    /// What it is called in messages.
    pub(crate) name: &'static str,
}

impl Armor {
    /// The line for a payload. Payload and check sum together have to fill whole runs of five
    /// bytes, that is eight characters.
    pub(crate) fn encode<const N: usize>(&self, payload: &[u8; N]) -> Zeroizing<String> {
        const { assert!((N + SUM).is_multiple_of(5)) }
        let whole = Zeroizing::new([payload.as_slice(), &self.sum(payload)].concat());
        // Room for everything, so that the text is never moved and left behind in memory.
        let mut text = String::with_capacity(self.prefix.len() + whole.len() * 2);
        text.push_str(self.prefix);
        for (i, run) in whole.chunks(5).enumerate() {
            let bits = run.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for place in 0..8 {
                if (i * 8 + place) % GROUP == 0 {
                    text.push('-');
                }
                let digit = bits >> (35 - 5 * place) & 31;
                text.push(char::from(DIGITS[digit as usize]));
            }
        }
        Zeroizing::new(text)
    }

    /// The payload of a line. Lower case, full-width characters, other or missing hyphens and
    /// the letters that look like digits are taken as meant.
    pub(crate) fn decode<const N: usize>(
        &self,
        text: &str,
    ) -> Result<Zeroizing<[u8; N]>, TextError> {
        const { assert!((N + SUM).is_multiple_of(5)) }
        let name = self.name;
        let mut plain = Zeroizing::new(String::with_capacity(text.len()));
        plain.extend(text.chars().filter_map(meant));
        let foreign = TextError::Prefix { name, prefix: self.prefix };
        let body = plain.strip_prefix(self.prefix).ok_or(foreign)?;

        let expected = (N + SUM) / 5 * 8;
        let mut digits = Zeroizing::new(Vec::with_capacity(body.len()));
        for (i, character) in body.chars().enumerate() {
            let digit = DIGITS.iter().position(|d| char::from(*d) == character);
            let (group, place) = (i / GROUP + 1, i % GROUP + 1);
            let wrong = TextError::Character { name, group, place, character };
            digits.push(digit.ok_or(wrong)? as u64);
        }
        if digits.len() != expected {
            return Err(TextError::Length { name, expected, found: digits.len() });
        }

        let mut bytes = Zeroizing::new(Vec::with_capacity(N + SUM));
        for run in digits.chunks(8) {
            let bits = run.iter().fold(0_u64, |bits, digit| bits << 5 | digit);
            bytes.extend_from_slice(&bits.to_be_bytes()[3..]);
        }
        let mut payload = Zeroizing::new([0; N]);
        payload.copy_from_slice(&bytes[..N]);
        if bytes[N..] != self.sum(&*payload) {
            return Err(TextError::Checksum { name });
        }
        Ok(payload)
    }

    /// First bytes of SM3 over the beginning and the payload, so that a line of one kind is no
    /// line of another whose beginning was changed.
    fn sum(&self, payload: &[u8]) -> [u8; SUM] {
        let hash = Sm3::new().chain_update(self.prefix).chain_update(payload).finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }
}

/// The digit meant by a typed character, `None` for one that only separates.
fn meant(character: char) -> Option<char> {
    // A Chinese input method gives letters, digits and hyphens in full width.
    let narrow = match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    };
    match narrow.to_ascii_uppercase() {
        '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}' => None,
        space if space.is_whitespace() => None,
        'I' | 'L' => Some('1'),
        'O' => Some('0'),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEST: Armor = Armor { prefix: "ZZT1", name: "密钥" };
    const BYTES: [u8; 6] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab];
    const LINE: &str = "ZZT1-04HM-ASW9-NDYP-HFZG";

    fn check(text: &str, expected: Result<[u8; 6], TextError>) {
        assert_eq!(TEST.decode::<6>(text).map(|p| *p), expected, "{text}");
    }

    #[test]
    fn what_people_type_is_understood() {
        assert_eq!(TEST.encode(&BYTES).as_str(), LINE);
        for text in [
            LINE.to_owned(),
            LINE.to_lowercase(),
            LINE.replace('-', ""),
            LINE.replace('-', " — "),
            LINE.replace('0', "o").replace('1', "l"),
            LINE.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect(),
            format!("\u{feff} {LINE}\r\n"),
        ] {
            check(&text, Ok(BYTES));
        }
    }

    #[test]
    fn mistakes_are_told_apart() {
        let name = "密钥";
        let prefix = TextError::Prefix { name, prefix: "ZZT1" };
        for (text, expected) in [
            ("", prefix.clone()),
            ("ZZK1-04HM-ASW9-NDYP-HFZG", prefix),
            (
                "ZZT1-04HM-ASU9-NDYP-HFZG",
                TextError::Character { name, group: 2, place: 3, character: 'U' },
            ),
            (
                "ZZT1-04HM-ASW9-NDYP-HF镇G",
                TextError::Character { name, group: 4, place: 3, character: '镇' },
            ),
            ("ZZT1-04HM-ASW9-NDYP-HFZ", TextError::Length { name, expected: 16, found: 15 }),
            ("ZZT1-04HM-ASW9-NDYP-HFZG7", TextError::Length { name, expected: 16, found: 17 }),
            ("ZZT1-04HM-ASW9-NDYP-HFZ8", TextError::Checksum { name }),
            ("ZZT1-40HM-ASW9-NDYP-HFZG", TextError::Checksum { name }),
        ] {
            check(text, Err(expected));
        }
    }

    proptest! {
        #[test]
        fn lines_read_back(payload: [u8; 16]) {
            let line = TEST.encode(&payload);
            prop_assert_eq!(*TEST.decode::<16>(&line).unwrap(), payload);
        }

        /// No single wrong digit gets through, wherever it stands.
        #[test]
        fn one_wrong_digit_is_found(payload: [u8; 16], at in 0_usize..32, other in 0_usize..32) {
            let line = TEST.encode(&payload);
            let mut typed = line.as_bytes().to_vec();
            let place = 5 + at + at / GROUP;
            prop_assume!(typed[place] != DIGITS[other]);
            typed[place] = DIGITS[other];
            let typed = String::from_utf8(typed).unwrap();
            prop_assert_eq!(
                TEST.decode::<16>(&typed).map(|p| *p),
                Err(TextError::Checksum { name: "密钥" })
            );
        }
    }
}
