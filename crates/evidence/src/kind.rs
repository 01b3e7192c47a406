//! The kinds of file that are accepted, and the names they may carry.

use crate::Refusal;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A photograph (ISO/IEC 10918-1), baseline or progressive.
    Jpeg,
    /// A picture without loss, as screenshots are (ISO/IEC 15948).
    Png,
    /// A page document (ISO 32000).
    Pdf,
    /// A page document of China (GB/T 33190): electronic documents and invoices.
    Ofd,
    /// A text document (ISO/IEC 29500).
    Docx,
    /// A workbook (ISO/IEC 29500).
    Xlsx,
    /// A presentation (ISO/IEC 29500).
    Pptx,
    /// A text document of Word 97 to 2003, which WPS writes as `.wps` too.
    Doc,
    /// A workbook of Excel 97 to 2003, which WPS writes as `.et` too.
    Xls,
    /// Plain text or csv, in UTF-8 or GB 18030. Content does not tell the two apart.
    Text,
}

impl Kind {
    /// The media type (RFC 6838) to store and serve the file under.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Pdf => "application/pdf",
            Kind::Ofd => "application/ofd",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Kind::Doc => "application/msword",
            Kind::Xls => "application/vnd.ms-excel",
            Kind::Text => "text/plain",
        }
    }

    /// The usual ending of a name, without the dot.
    pub fn extension(self) -> &'static str {
        self.endings()[0]
    }

    /// Endings a name may have, the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Png => &["png"],
            Kind::Pdf => &["pdf"],
            Kind::Ofd => &["ofd"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Pptx => &["pptx"],
            Kind::Doc => &["doc", "wps"],
            Kind::Xls => &["xls", "et"],
            Kind::Text => &["txt", "csv"],
        }
    }

    /// Refuses a name that promises something else. A name without an ending promises
    /// nothing.
    pub(crate) fn check_name(self, name: &str) -> Result<(), Refusal> {
        match ending(name) {
            Some(ending) if !self.endings().contains(&ending.as_str()) => {
                Err(Refusal::WrongEnding { ending, found: self })
            }
            _ => Ok(()),
        }
    }
}

impl std::fmt::Display for Kind {
    /// The words for people, as they follow “内容却是”.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Kind::Jpeg => "JPEG 图片",
            Kind::Png => "PNG 图片",
            Kind::Pdf => "PDF 文档",
            Kind::Ofd => "OFD 文档",
            Kind::Docx => "Word 文档(docx)",
            Kind::Xlsx => "Excel 工作簿(xlsx)",
            Kind::Pptx => "PowerPoint 演示文稿(pptx)",
            Kind::Doc => "旧版 Word 文档(doc)",
            Kind::Xls => "旧版 Excel 工作簿(xls)",
            Kind::Text => "纯文本",
        })
    }
}

/// What a name ends with, in lower case. Dots in dates and numbers (`报告2024.12`) and
/// before Chinese words begin no ending; Windows ignores dots and blanks at the end.
fn ending(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?;
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace() || c.is_control());
    let (_, ending) = name.rsplit_once('.')?;
    let is_ending = ending.len() <= 8
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic());
    is_ending.then(|| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_real_ending_promise_nothing() {
        let cases = [
            ("照片.JPG", Some("jpg")),
            ("a.pdf.exe", Some("exe")),
            ("a.exe. .", Some("exe")),
            ("C:\\x.y\\照片", None),
            ("报告2024.12", None),
            ("第1.5版", None),
            ("照片", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(ending(name).as_deref(), expected, "{name}");
        }
    }
}
