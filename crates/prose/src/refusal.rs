//! Why words are no claim, told to the one who wrote them.

use thiserror::Error;

/// Why words are no claim.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// The words state nothing that could be checked.
    #[error(
        "“{words}”没有可核验的说法;请写数字加单位(如“11次”),或“未发生一起…”“全县第一”一类的说法"
    )]
    NoPredicate {
        /// The words.
        words: String,
    },
    /// Two numbers stand in one claim.
    #[error("“{words}”里有两个数:“{first}”和“{second}”;一处表述只能有一个数,请分成两处")]
    TwoNumbers {
        /// The words.
        words: String,
        /// The first number with its unit.
        first: String,
        /// The second number with its unit.
        second: String,
    },
    /// A number stands beside a statement of its own.
    #[error("“{words}”里有两个说法:“{first}”和“{second}”;一处表述只能有一个说法,请分成两处")]
    TwoStatements {
        /// The words.
        words: String,
        /// The first statement.
        first: String,
        /// The second statement.
        second: String,
    },
    /// The number has no unit that is known.
    #[error("“{words}”里的“{number}”没有认得的单位;请把单位写进表述,如“{number}次”")]
    NoUnit {
        /// The words.
        words: String,
        /// The number as written.
        number: String,
    },
    /// The unit is a ratio of two, which no amount can be compared with.
    #[error(
        "“{words}”里的“{unit}”是每一单位的数,不能与总量比较;请另设这个比率的指标,并把表述写成它的单位"
    )]
    Rate {
        /// The words.
        words: String,
        /// The unit as written.
        unit: String,
    },
    /// The unit is none that ledgers count in.
    #[error("“{words}”里有不认识的单位“{unit}”;请改用台账的单位,如 元、亩、户、人、件、次、天、%")]
    UnknownUnit {
        /// The words.
        words: String,
        /// The unit as written.
        unit: String,
    },
    /// A word of denial stands where it is not sure what it denies.
    #[error(
        "“{words}”里有否定词“{denial}”,说不准它否定的是什么;请写成“未举办…”“未通过…”“未发生一起…”一类的短句"
    )]
    Denied {
        /// The words.
        words: String,
        /// The word of denial.
        denial: String,
    },
    /// Digits are hidden.
    #[error("“{words}”里的“{masked}”隐去了数字,不能核验;请写出完整的数")]
    Masked {
        /// The words.
        words: String,
        /// The hidden number.
        masked: String,
    },
}
