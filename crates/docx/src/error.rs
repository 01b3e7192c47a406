//! Why a document could not be written.

use thiserror::Error;

/// Why [`write`](crate::write) gave up.
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
}
