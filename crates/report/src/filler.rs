//! Words that stand around any figure and name nothing: `共`, `不足`, `资金`.
//!
//! The verbs and adverbs of report language, which say how something was done and not
//! what, are a list of the lexicon (`common`).

use figure::Unit;

/// Words that may stand around a figure without naming anything, the nouns of
/// measure among them: in `奖补337户、资金38万元` the money is that of the award.
const FILLERS: &[&str] = &[
    "不少于",
    "不低于",
    "不小于",
    "不超过",
    "未超过",
    "不高于",
    "不多于",
    "不大于",
    "不突破",
    "分别为",
    "以上",
    "以下",
    "以内",
    "以外",
    "左右",
    "上下",
    "超过",
    "超出",
    "突破",
    "高于",
    "低于",
    "多于",
    "少于",
    "大于",
    "小于",
    "不足",
    "不到",
    "不满",
    "未满",
    "不超",
    "至少",
    "至多",
    "最少",
    "最多",
    "起码",
    "将近",
    "接近",
    "大约",
    "大概",
    "达到",
    "约为",
    "合计",
    "总计",
    "共计",
    "累计",
    "预计",
    "其中",
    "分别",
    "资金",
    "金额",
    "总额",
    "面积",
    "人数",
    "户数",
    "涉及",
    "惠及",
    "受益",
    "余",
    "多",
    "近",
    "约",
    "达",
    "逾",
    "超",
    "为",
    "共",
    "计",
    "均",
    "和",
    "与",
    "及",
    "并",
    "是",
    "有",
    "等",
    "的",
];

/// Whether a segment holds a figure with its unit and nothing that names a thing.
pub(crate) fn names_nothing(segment: &str) -> bool {
    let mut rest = segment;
    while let Some(c) = rest.chars().next() {
        let filler = FILLERS.iter().find(|f| rest.starts_with(**f));
        let skip = if is_silent(c) {
            c.len_utf8()
        } else if let Some((_, length)) = Unit::at_start(rest) {
            length
        } else if let Some(filler) = filler {
            filler.len()
        } else {
            return false;
        };
        rest = &rest[skip..];
    }
    true
}

/// Words that compare a figure with an earlier one and name nothing, so that the figure is
/// that of what stands before: 产值100万元,同比增长5%.
const COMPARISONS: &[&str] = &[
    "下降到",
    "下降至",
    "下降为",
    "减少到",
    "减少至",
    "减少为",
    "降低到",
    "降低至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "上升到",
    "上升至",
    "提高到",
    "提高至",
    "扩大到",
    "扩大至",
    "降到",
    "降至",
    "减到",
    "减至",
    "增到",
    "增至",
    "升到",
    "升至",
    "现在的",
    "目前的",
    "今年的",
    "上年同期",
    "去年同期",
    "上年度",
    "上年",
    "去年",
    "同期",
    "同比",
    "环比",
    "增长",
    "增加",
    "增幅",
    "增速",
    "提高",
    "上升",
    "下降",
    "减少",
    "降低",
    "降幅",
    "净增",
    "比",
    "较",
    "了",
];

/// Whether a segment only says how a figure changed, and not which.
pub(crate) fn only_compares(segment: &str) -> bool {
    let has = |word: &&str| word.chars().nth(1).is_some() && segment.contains(*word);
    if !COMPARISONS.iter().any(has) {
        return false;
    }
    let bare = COMPARISONS.iter().fold(segment.to_owned(), |text, word| text.replace(word, ""));
    names_nothing(&bare)
}

/// Bytes of the longest word at the beginning of a text that may stand around any figure.
pub(crate) fn filler_at(text: &str) -> Option<usize> {
    let words = FILLERS.iter().chain(COMPARISONS);
    words.filter(|word| text.starts_with(**word)).map(|word| word.len()).max()
}

/// Whether a character is a mark or a digit.
pub(crate) fn is_silent(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace() || is_mark(c) || is_digit(c)
}

fn is_mark(c: char) -> bool {
    "，。；：！？、（）“”‘’《》〈〉—…·％".contains(c)
}

fn is_digit(c: char) -> bool {
    c.is_numeric() || "零〇一二两三四五六七八九十百千万亿半几".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_without_a_name_are_recognised() {
        for bare in [
            "156人",
            "、共156余人",
            "、资金38.605万元",
            "、面积100.65亩",
            "38.605万元,",
            "达到1.18亿元。",
            "均为30万元以上",
            "、不足156人",
            "、不满156人",
            "、不到156人",
            "、低于156人",
            "、高于156人",
            "、最多156人",
            "、至少156人",
            "、超156人",
        ] {
            assert!(names_nothing(bare), "{bare}");
        }
        for named in ["解除风险6户", "水稻3180.4亩", "未发生一起事故"] {
            assert!(!names_nothing(named), "{named}");
        }
    }
}
