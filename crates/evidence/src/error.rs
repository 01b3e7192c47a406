//! Why a file is refused, in words for the person who uploads it: what is wrong, what
//! was expected, what to do.

use thiserror::Error;

use crate::Kind;

/// A file that was refused, and why.
#[derive(Debug)]
pub struct EvidenceError {
    /// The name the file was given.
    pub file: String,
    /// Why it was refused.
    pub reason: Box<Refusal>,
}

impl std::fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "“{}”{}", self.file, self.reason)
    }
}

impl std::error::Error for EvidenceError {
    /// What a library met. The reason itself is part of the message already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.reason.source()
    }
}

/// Why a file is refused. Each message continues a sentence that begins with its name.
#[derive(Debug, Error)]
pub enum Refusal {
    /// Nothing is in it.
    #[error("是空文件;请重新获取文件后上传")]
    Empty,
    /// Larger than [`crate::Limits::bytes`].
    #[error("有 {},超过 {} 的上限;请压缩或拆分后上传", megabytes(*.bytes), megabytes(*.limit))]
    TooLarge {
        /// Size of the file in bytes.
        bytes: u64,
        /// Largest size in bytes.
        limit: u64,
    },
    /// The name says one thing and the content another.
    #[error("的名称以 .{ending} 结尾,内容却是{};请核对文件,确认无误后把结尾改为 .{}", spaced(&.found.to_string()), .found.extension())]
    WrongEnding {
        /// Ending of the name, without the dot.
        ending: String,
        /// What the content is.
        found: Kind,
    },
    /// A program, a script, a shortcut or a compiled class.
    #[error("是可执行程序或脚本,不能作为佐证材料;请上传照片、PDF 或办公文档")]
    Executable,
    /// A web page, or other markup that a browser might run.
    #[error("是网页或 XML 文件,可能带有脚本;请打开后另存为 PDF、docx 或 xlsx")]
    Markup,
    /// A vector picture, which may carry scripts.
    #[error("是 SVG 矢量图,可能带有脚本;请另存为 PNG 或 JPEG")]
    Svg,
    /// A container of files that is no document.
    #[error("是 {0} 压缩包,不是单个文件;请解压后逐个上传")]
    Archive(&'static str),
    /// A container whose files are encrypted.
    #[error("是加密的压缩包,内容无法检查;请解密、解压后逐个上传")]
    EncryptedArchive,
    /// An office file that asks for a password.
    #[error("设有打开密码,别人无法查看;请取消密码后上传")]
    Password,
    /// An office file with macros.
    #[error("带有宏,可能有害;请另存为不含宏的 docx、xlsx 或 pptx")]
    Macros,
    /// A format that is known and not accepted.
    #[error("是{};请另存为 {wanted} 后上传", spaced(.found))]
    OtherFormat {
        /// What it is.
        found: &'static str,
        /// What to save it as.
        wanted: &'static str,
    },
    /// A film or a recording.
    #[error("是视频或录音,不能作为佐证材料;请截取关键画面为 JPEG 或 PNG 后上传")]
    Film,
    /// Text in units of 16 bits, which “Unicode” of old editors means.
    #[error("是 UTF-16 编码的文本;请另存为 UTF-8 编码")]
    Utf16,
    /// Nothing that is known.
    #[error(
        "的内容无法识别,可能已损坏;可以上传 JPEG、PNG、PDF、OFD、Word、Excel、PowerPoint、txt 和 csv 文件"
    )]
    Unknown,
    /// More pixels than [`crate::Limits::pixels`], or a side beyond 65 535.
    #[error("有 {width}×{height} 像素,超过 {} 万像素或单边 65535 像素的上限;请缩小后上传", .limit / 10_000)]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Largest number of pixels.
        limit: u64,
    },
    /// A JPEG of a process that browsers do not show either.
    #[error("是少见的 JPEG({0}),浏览器打不开;请用看图软件另存为普通 JPEG")]
    RareJpeg(&'static str),
    /// A picture that cannot be decoded to its end.
    #[error("图片损坏或不完整,打不开;请重新拍摄、扫描或获取原图")]
    BrokenImage(
        #[from]
        #[source]
        ImageFault,
    ),
    /// An office file whose container cannot be read.
    #[error("已损坏或不完整,打不开;请重新获取文件")]
    BrokenContainer(
        #[from]
        #[source]
        zip::result::ZipError,
    ),
    /// A document that lacks what its format requires.
    #[error("已损坏或不完整({0});请重新获取文件,或打开后另存一次")]
    BrokenDocument(&'static str),
    /// A container that no office program builds so.
    #[error("不像正常的办公文档,已拒绝:{0}")]
    Hostile(&'static str),
}

/// What is wrong with a picture.
#[derive(Debug, Error)]
pub enum ImageFault {
    /// The parts of the file do not follow each other as the format has it.
    #[error("图片结构有误:{0}")]
    Structure(&'static str),
    /// The image data of a JPEG cannot be decoded.
    #[error("JPEG 数据无法解码")]
    Jpeg(#[source] zune_jpeg::errors::DecodeErrors),
    /// The image data of a PNG cannot be decoded.
    #[error("PNG 数据无法解码")]
    Png(#[source] png::DecodingError),
    /// A decoder broke down on the picture.
    #[error("图片解码中断")]
    Crash,
    /// The thumbnail could not be written.
    #[error("缩略图无法生成")]
    Thumbnail(#[source] jpeg_encoder::EncodingError),
}

/// Chinese typesetting: a blank between a Chinese word and a Latin one after it.
fn spaced(words: &str) -> String {
    let blank = if words.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{blank}{words}")
}

/// A size for people, rounded up to a tenth of a MiB.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        rest => format!("{}.{rest} MB", tenths / 10),
    }
}
