//! Why a question could not be answered at all. What merely leaves an answer
//! open is no error but a [`crate::Gap`] of the value.

use figure::{ConvertError, Date};
use thiserror::Error;

/// Why a value could not be computed.
#[derive(Debug, Error)]
pub enum MeasureError {
    /// No indicator has this id.
    #[error("没有指标“{id}”{}", did_you_mean(nearest))]
    UnknownIndicator {
        /// The id asked for.
        id: String,
        /// The most similar id there is.
        nearest: Option<String>,
    },
    /// No place has this code.
    #[error("没有代码为“{code}”的地方;请用地方的官方代码")]
    UnknownPlace {
        /// The code asked for.
        code: String,
    },
    /// No place of the pack is of this kind.
    #[error("没有“{kind}”这一类地方{}", did_you_mean(nearest))]
    UnknownKind {
        /// The kind asked for.
        kind: String,
        /// The most similar kind there is.
        nearest: Option<String>,
    },
    /// Places of the kind exist, but none below the place asked for; a statement
    /// about each of them would say nothing.
    #[error("{on} 时{place}之下没有“{kind}”这一类地方;请换一个地方或类别")]
    NoPlaces {
        /// Name of the place.
        place: String,
        /// The kind asked for.
        kind: String,
        /// Day on which the tree of places was read.
        on: Date,
    },
    /// The indicator has no such dimension.
    #[error("指标“{indicator}”不能按“{dimension}”限定{};可用的有:{known}", did_you_mean(nearest))]
    UnknownDimension {
        /// Name of the indicator.
        indicator: String,
        /// The dimension asked for.
        dimension: String,
        /// Ids of the dimensions that it has.
        known: String,
        /// The most similar of them.
        nearest: Option<String>,
    },
    /// A dimension can never have this value.
    #[error("“{dimension}”没有“{value}”这个值{}{}", did_you_mean(nearest), listed(known))]
    UnknownMember {
        /// Name of the dimension.
        dimension: String,
        /// The value asked for.
        value: String,
        /// The most similar value there is.
        nearest: Option<String>,
        /// The values that it can have, the first dozen, with their names.
        known: Vec<String>,
    },
    /// The place fixed by a dimension lies outside the place asked for.
    #[error("{place}不在{outer}之内;请核对要查的地方")]
    OutsidePlace {
        /// Name of the place fixed.
        place: String,
        /// Name of the place asked for.
        outer: String,
    },
    /// A parameter has no value for the place and day.
    #[error(
        "参数“{label}”({id})没有适用于{place}、{on} 的值;请在 parameter/{id}.toml 中补一条并写明依据"
    )]
    MissingParameter {
        /// Id of the parameter.
        id: String,
        /// Name of the parameter.
        label: String,
        /// Name of the place.
        place: String,
        /// Day on which it must be in force.
        on: Date,
    },
    /// A parameter has more digits than the field that it meets, or is too large.
    #[error(
        "参数“{label}”({id})的值 {value} 与所比的字段小数位数不合(字段保留 {scale} 位);请改参数或字段的位数"
    )]
    ParameterDigits {
        /// Id of the parameter.
        id: String,
        /// Name of the parameter.
        label: String,
        /// Its value.
        value: String,
        /// Digits after the point that fit.
        scale: u32,
    },
    /// A sum or product left the range of exact numbers.
    #[error("指标“{indicator}”的数值超出可精确计算的范围;请核对有无误录的大数")]
    Overflow {
        /// Name of the indicator.
        indicator: String,
    },
    /// A condition names a person, and without the key nobody can be found.
    #[error("指标“{indicator}”的条件要核对个人身份信息,但没有密钥;请用 --key 指定密钥文件")]
    Locked {
        /// Name of the indicator.
        indicator: String,
    },
    /// The records hold something that is no number where a number is summed.
    #[error("指标“{indicator}”取的值不是数;请核对它的定义")]
    NotANumber {
        /// Name of the indicator.
        indicator: String,
    },
    /// A value does not convert to the unit of its indicator.
    #[error("指标“{indicator}”的单位不合:{source}")]
    Units {
        /// Name of the indicator.
        indicator: String,
        /// What does not convert.
        source: ConvertError,
    },
    /// A series needs at least one member, within the calendar.
    #[error("序列至少要有一期,且不能早于公元元年;现在要的是 {last} 期")]
    SeriesLength {
        /// Number of members asked for.
        last: usize,
    },
    /// The store could not be read.
    #[error("读取台账库失败")]
    Store(#[from] store::ReadError),
}

fn listed(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!(";可以写:{}", known.join("、")) }
}

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|n| format!(";是不是“{n}”?")).unwrap_or_default()
}

/// The candidate most like `word`, if one is like it at all: at most a third
/// of its letters may differ, so that an unrelated name is never offered.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(word, c), c))
        .filter(|(distance, c)| distance * 3 <= c.chars().count().max(word.chars().count()))
        .min()
        .map(|(_, c)| c.to_owned())
}
