//! The elements of WordprocessingML that matter for the text.

use quick_xml::name::{Namespace, ResolveResult};

/// WordprocessingML, transitional (ECMA-376) …
pub(crate) const WML: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// … and strict (ISO/IEC 29500).
pub(crate) const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
/// Markup compatibility.
pub(crate) const COMPATIBILITY: &str =
    "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// Formulas, transitional …
const MATH: &str = "http://schemas.openxmlformats.org/officeDocument/2006/math";
/// … and strict.
const MATH_STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/math";

/// What an element means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Paragraph,
    ParagraphProperties,
    Style,
    Outline,
    Numbering,
    NumberingId,
    NumberingLevel,
    Run,
    RunProperties,
    Vanish,
    Text,
    DeletedText,
    Instruction,
    FieldMark,
    FieldSimple,
    Tab,
    Break,
    Return,
    Hyphen,
    Ruby,
    Inserted,
    Deleted,
    MovedFrom,
    MovedTo,
    Table,
    Row,
    GridBefore,
    Cell,
    GridSpan,
    MergedDown,
    TextBox,
    FootReference,
    EndReference,
    /// A note of the part of notes, or a comment of the part of comments.
    Owner,
    CommentStart,
    CommentEnd,
    CommentReference,
    BookmarkStart,
    BookmarkEnd,
    Placeholder,
    ControlContent,
    Alternatives,
    /// A choice, or the fallback that stands for all others.
    Choice,
    /// What is not shown, with all it contains.
    Skipped,
    Other,
}

/// The meaning of an element by its namespace and name.
pub(crate) fn tag(space: &ResolveResult, local: &str) -> Tag {
    match space {
        ResolveResult::Bound(Namespace(WML | STRICT)) => word(local),
        ResolveResult::Bound(Namespace(MATH | MATH_STRICT)) if local == "t" => Tag::Text,
        ResolveResult::Bound(Namespace(COMPATIBILITY)) => match local {
            "AlternateContent" => Tag::Alternatives,
            "Choice" | "Fallback" => Tag::Choice,
            _ => Tag::Other,
        },
        _ => Tag::Other,
    }
}

fn word(local: &str) -> Tag {
    match local {
        "p" => Tag::Paragraph,
        "pPr" => Tag::ParagraphProperties,
        "pStyle" => Tag::Style,
        "outlineLvl" => Tag::Outline,
        "numPr" => Tag::Numbering,
        "numId" => Tag::NumberingId,
        "ilvl" => Tag::NumberingLevel,
        "r" => Tag::Run,
        "rPr" => Tag::RunProperties,
        "vanish" => Tag::Vanish,
        "t" => Tag::Text,
        "delText" => Tag::DeletedText,
        "instrText" => Tag::Instruction,
        "fldChar" => Tag::FieldMark,
        "fldSimple" => Tag::FieldSimple,
        "tab" | "ptab" => Tag::Tab,
        "br" => Tag::Break,
        "cr" => Tag::Return,
        "noBreakHyphen" => Tag::Hyphen,
        "ruby" => Tag::Ruby,
        "ins" => Tag::Inserted,
        "del" => Tag::Deleted,
        "moveFrom" => Tag::MovedFrom,
        "moveTo" => Tag::MovedTo,
        "tbl" => Tag::Table,
        "tr" => Tag::Row,
        "gridBefore" => Tag::GridBefore,
        "tc" => Tag::Cell,
        "gridSpan" => Tag::GridSpan,
        "vMerge" => Tag::MergedDown,
        "txbxContent" => Tag::TextBox,
        "footnoteReference" => Tag::FootReference,
        "endnoteReference" => Tag::EndReference,
        "footnote" | "endnote" | "comment" => Tag::Owner,
        "commentRangeStart" => Tag::CommentStart,
        "commentRangeEnd" => Tag::CommentEnd,
        "commentReference" => Tag::CommentReference,
        "bookmarkStart" => Tag::BookmarkStart,
        "bookmarkEnd" => Tag::BookmarkEnd,
        "showingPlcHdr" => Tag::Placeholder,
        "sdtContent" => Tag::ControlContent,
        // The pinyin of a ruby is a note on the text; `tabs` are tab stops; a change of
        // properties holds the properties of before.
        "rt" | "tabs" | "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange"
        | "tblGridChange" | "trPrChange" | "tcPrChange" | "tblPrExChange" | "numberingChange" => {
            Tag::Skipped
        }
        _ => Tag::Other,
    }
}

/// Whether a character is shown. Only what is shown belongs to the text.
pub(crate) fn shown(c: char) -> bool {
    // The soft hyphen, joiners without width and the byte order mark show nothing.
    let ghost = matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
    (!c.is_control() || matches!(c, '\t' | '\n')) && !ghost
}
