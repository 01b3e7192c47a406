//! Why a document could not be written or read.

use thiserror::Error;

/// Why [`write`](crate::write) or [`text`](crate::text) gave up.
#[derive(Debug, Error)]
pub enum DocxError {
    /// A text holds a character that no XML document can hold, or that prints nothing.
    #[error(
        "{place}第 {position} 个字符是控制字符 U+{code:04X},公文里不能有它;请在报告源文件里删去后重新生成"
    )]
    Character {
        /// The part of the document, in words.
        place: String,
        /// Which character of that text, counted from 1.
        position: usize,
        /// Its code point.
        code: u32,
    },
    /// A heading is of a level that official documents do not have.
    #[error("正文第 {block} 块是 {level} 级标题,公文标题只有 1 至 4 级;请改为 1 至 4 级")]
    HeadingLevel {
        /// Which block of the body, counted from 1.
        block: usize,
        /// The level given.
        level: u8,
    },
    /// The title is empty, or nothing but white space.
    #[error("报告没有标题;请在报告源文件开头写明标题")]
    NoTitle,
    /// A part could not be written.
    #[error("写 docx 部件 {part} 时出错")]
    Write {
        /// Path of the part in the package.
        part: &'static str,
        /// What happened.
        #[source]
        source: std::io::Error,
    },
    /// The package could not be put together.
    #[error("打包 docx 时出错")]
    Pack {
        /// What happened.
        #[source]
        source: zip::result::ZipError,
    },

    /// The file is an OLE compound file: an old `.doc`, or encrypted.
    #[error(
        "这不是 docx:它是旧式 .doc 文件或加了密码的文件;请用 Word 或 WPS 打开,去掉密码,另存为 .docx 后再试"
    )]
    Compound,
    /// The file is no ZIP package at all.
    #[error(
        "这不是 docx 文件:它不是 ZIP 压缩包,或者已经损坏;请用 Word 或 WPS 打开后另存为 .docx 再试"
    )]
    NotPackage {
        /// What happened.
        #[source]
        source: zip::result::ZipError,
    },
    /// The package has no main document.
    #[error("压缩包里没有正文部件 {expected},不是 docx 文件;请确认选对了文件")]
    NoDocument {
        /// Path that was looked for.
        expected: String,
    },
    /// A bound was exceeded: the file may be built to exhaust memory.
    #[error("docx 的{what}超过上限 {limit},不予读取;正常的公文远小于此,请核对文件来源")]
    TooLarge {
        /// What is too large, in words.
        what: &'static str,
        /// The bound.
        limit: u64,
    },
    /// A part could not be unpacked.
    #[error("docx 部件 {part} 解不开,文件可能已经损坏;请用 Word 或 WPS 打开后另存一份再试")]
    Unpack {
        /// Path of the part.
        part: String,
        /// What happened.
        #[source]
        source: std::io::Error,
    },
    /// A part lies in the package in a form that cannot be unpacked.
    #[error("docx 部件 {part} 的压缩方式不能读;请用 Word 或 WPS 打开后另存一份再试")]
    Entry {
        /// Path of the part.
        part: String,
        /// What happened.
        #[source]
        source: zip::result::ZipError,
    },
    /// A part is not UTF-8 or UTF-16 text.
    #[error("docx 部件 {part} 不是 UTF-8 或 UTF-16 文本;请用 Word 或 WPS 打开后另存一份再试")]
    Encoding {
        /// Path of the part.
        part: String,
    },
    /// A part is not well-formed XML.
    #[error(
        "docx 部件 {part} 第 {offset} 字节处不是合格的 XML;请用 Word 或 WPS 打开后另存一份再试"
    )]
    Xml {
        /// Path of the part.
        part: String,
        /// Byte offset in the unpacked part.
        offset: u64,
        /// What happened.
        #[source]
        source: quick_xml::Error,
    },
    /// A part declares a document type, which OPC forbids since entities can be bombs.
    #[error("docx 部件 {part} 含有 DTD 或自定义实体,docx 不允许;请核对文件来源")]
    Entity {
        /// Path of the part.
        part: String,
    },
}
