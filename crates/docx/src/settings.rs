//! `word/settings.xml` and `word/fontTable.xml`: how the program lays the pages out.

use std::io;

use crate::layout::characters;
use crate::run::{BIAOSONG, FANGSONG, HEITI, KAITI, LATIN, SONGTI};
use crate::xml::{WML, Xml};

/// Writes the settings part.
pub(crate) fn part() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:settings", &[("xmlns:w", WML)])?;
    xml.leaf("w:zoom", &[("w:percent", "100")])?;
    xml.val("w:defaultTabStop", &characters(200).to_string())?;
    // Page numbers stand outside: right on odd pages, left on even ones.
    xml.on("w:evenAndOddHeaders")?;
    // Compressed punctuation would put more than 28 characters in a line.
    xml.val("w:characterSpacingControl", "doNotCompress")?;
    xml.open("w:compat", &[])?;
    // A title line that ends in a break must not be stretched to the margins.
    xml.on("w:doNotExpandShiftReturn")?;
    xml.on("w:useFELayout")?;
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ] {
        let uri = "http://schemas.microsoft.com/office/word";
        let setting = [("w:name", name), ("w:uri", uri), ("w:val", value)];
        xml.leaf("w:compatSetting", &setting)?;
    }
    xml.close()?;
    xml.leaf("w:themeFontLang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")])?;
    xml.val("w:decimalSymbol", ".")?;
    xml.val("w:listSeparator", ",")?;
    xml.finish()
}

/// A font and what stands in for it where it is not installed.
struct Font {
    name: &'static str,
    substitute: &'static str,
    panose: &'static str,
    charset: &'static str,
    family: &'static str,
    pitch: &'static str,
}

const FONTS: [Font; 6] = [
    Font {
        name: LATIN,
        substitute: "",
        panose: "02020603050405020304",
        charset: "00",
        family: "roman",
        pitch: "variable",
    },
    Font {
        name: FANGSONG,
        substitute: "FangSong",
        panose: "02010609030101010101",
        charset: "86",
        family: "modern",
        pitch: "fixed",
    },
    Font {
        name: KAITI,
        substitute: "KaiTi",
        panose: "02010609030101010101",
        charset: "86",
        family: "modern",
        pitch: "fixed",
    },
    Font {
        name: HEITI,
        substitute: "SimHei",
        panose: "02010609060101010101",
        charset: "86",
        family: "modern",
        pitch: "fixed",
    },
    Font {
        name: SONGTI,
        substitute: "SimSun",
        panose: "02010600030101010101",
        charset: "86",
        family: "auto",
        pitch: "variable",
    },
    Font {
        name: BIAOSONG,
        substitute: "SimSun",
        panose: "03000509000000000000",
        charset: "86",
        family: "script",
        pitch: "fixed",
    },
];

/// Writes the font table.
pub(crate) fn font_table() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:fonts", &[("xmlns:w", WML)])?;
    for font in &FONTS {
        xml.open("w:font", &[("w:name", font.name)])?;
        if !font.substitute.is_empty() {
            xml.val("w:altName", font.substitute)?;
        }
        xml.val("w:panose1", font.panose)?;
        xml.val("w:charset", font.charset)?;
        xml.val("w:family", font.family)?;
        xml.val("w:pitch", font.pitch)?;
        xml.close()?;
    }
    xml.finish()
}
