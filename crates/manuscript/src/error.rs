//! Why a file could not be read or annotated.

use thiserror::Error;

/// Why [`read`](crate::read()) gave up.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file is empty.
    #[error("{name} 是空文件,没有可读的文字;请确认选对了文件")]
    Empty {
        /// The file.
        name: String,
    },
    /// A format that holds no text that could be read.
    #[error("{name} 是{what},这里只读文字稿(txt、docx、md、html);{advice}")]
    Unsupported {
        /// The file.
        name: String,
        /// What it is, in words.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// The bytes are no text in a known encoding.
    #[error(
        "{name} 第 {line} 行(第 {offset} 字节)既不是 UTF-8 也不是 GB18030 文字;请用记事本打开核对,另存为 UTF-8 编码后再试"
    )]
    Text {
        /// The file.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// The byte, counted from 0.
        offset: usize,
    },
    /// A format that only LibreOffice reads, and LibreOffice is not installed.
    #[error(
        "读 {name} 要先转成 docx:请用 Word 或 WPS 打开,“另存为”docx 后再试(或者装上 LibreOffice,即可直接读)"
    )]
    NoOffice {
        /// The file.
        name: String,
    },
    /// LibreOffice could not convert the file.
    #[error("LibreOffice 转换 {name} 没有成功({reason});请用 Word 或 WPS 打开,“另存为”docx 后再试")]
    Convert {
        /// The file.
        name: String,
        /// What happened, in words.
        reason: &'static str,
    },
    /// The conversion could not even begin.
    #[error(
        "转换 {name} 时不能读写临时文件或启动 LibreOffice;请用 Word 或 WPS “另存为”docx 后再试"
    )]
    Scratch {
        /// The file.
        name: String,
        /// What happened.
        #[source]
        source: std::io::Error,
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
    #[error("文件的{what}超过上限 {limit},不予读取;正常的公文远小于此,请核对文件来源")]
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

/// Why [`annotate`](crate::annotate()) gave up.
#[derive(Debug, Error)]
pub enum AnnotateError {
    /// The document cannot be read.
    #[error("读不了要加批注的文件")]
    Read(#[from] ReadError),
    /// A note points outside of the text.
    #[error(
        "第 {note} 条批注的位置 {start}–{end} 不在正文之内(正文共 {length} 字);位置应取自同一文件读出的文字"
    )]
    Outside {
        /// Which note, counted from 1.
        note: usize,
        /// Where it begins.
        start: usize,
        /// Where it ends.
        end: usize,
        /// Characters of the text.
        length: usize,
    },
    /// The document has no paragraph that could carry a comment.
    #[error("文件里没有可以加批注的段落")]
    NoAnchor,
    /// A part that comments have to be entered into is not as it must be.
    #[error(
        "docx 部件 {part} 里没有元素 {element},批注加不进去;请用 Word 或 WPS 打开后另存一份再试"
    )]
    Part {
        /// Path of the part.
        part: String,
        /// The element that is missing.
        element: &'static str,
    },
    /// The package could not be put together.
    #[error("打包 docx 时出错")]
    Pack {
        /// What happened.
        #[source]
        source: zip::result::ZipError,
    },
    /// A part could not be written.
    #[error("写 docx 部件 {part} 时出错")]
    Write {
        /// Path of the part.
        part: String,
        /// What happened.
        #[source]
        source: std::io::Error,
    },
}
