//! Words of a text in plainer ones, which the rules that calculate know.
//!
//! What rises is said in thirty ways: 拉升, 走高, 抬升, 上扬. No rule lists them all; each knows the
//! usual word, and reads the text a second time with the others put so.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// A word and the plainer one for it, which is no longer.
const PLAINER: &[(&str, &str)] = &[
    // What rises and falls.
    ("拉升", "提高"),
    ("抬升", "提高"),
    ("抬高", "提高"),
    ("跃升", "提高"),
    ("走高", "提高"),
    ("冲高", "提高"),
    ("爬升", "提高"),
    ("上扬", "上升"),
    ("增多", "增加"),
    ("多出", "增加"),
    ("激增", "增加"),
    ("猛增", "增加"),
    ("陡增", "增加"),
    ("增添", "增加"),
    ("扩至", "增至"),
    ("扩到", "增到"),
    ("攀至", "升至"),
    ("攀到", "升到"),
    ("走低", "下降"),
    ("滑落", "下降"),
    ("下挫", "下降"),
    ("下探", "下降"),
    ("缩水", "减少"),
    ("锐减", "减少"),
    ("骤减", "减少"),
    ("跌至", "降至"),
    ("跌到", "降到"),
    ("缩至", "降至"),
    ("缩到", "降到"),
    ("压到", "降到"),
    ("压至", "降至"),
    ("名义增速", "增速"),
    ("名义增长", "增长"),
    // What is reached.
    ("做到", "达到"),
    ("冲到", "达到"),
    ("站上", "达到"),
    ("迈上", "达到"),
    ("来到", "达到"),
    // What something is compared with.
    ("与上一年相比", "比上年"),
    ("与上年相比", "比上年"),
    ("和上年相比", "比上年"),
    ("同上年相比", "比上年"),
    ("与去年相比", "比去年"),
    ("和去年相比", "比去年"),
    ("同去年相比", "比去年"),
    ("与上年同期相比", "比上年同期"),
    ("与去年同期相比", "比去年同期"),
    ("相较上年", "比上年"),
    ("相比上年", "比上年"),
    ("相比去年", "比去年"),
    ("较之上年", "较上年"),
    ("较上一年度", "较上年"),
    ("比上一年度", "比上年"),
    ("较上一年", "较上年"),
    ("比上一年", "比上年"),
    ("较前一年", "较上年"),
    ("比前一年", "比上年"),
    ("比头一年", "比上年"),
    ("前一年度", "上年"),
    // Times.
    ("元旦时", "年初"),
    ("岁首", "年初"),
    ("岁初", "年初"),
    ("岁末", "年末"),
    ("岁尾", "年末"),
    ("年尾", "年末"),
    ("年度末", "年末"),
    ("去岁", "去年"),
    ("头一年", "上年"),
    ("年间", "年"),
    // Totals and parts.
    ("拢共", "共计"),
    ("总共", "共计"),
    ("统共", "共计"),
    ("加起来", "合计"),
    ("合起来", "合计"),
    ("归总", "合计"),
    ("加总", "合计"),
    ("余下的", "其余"),
    ("剩下的", "其余"),
    // What comes and goes.
    ("进账", "收入"),
    ("入账", "收入"),
    ("花销", "支出"),
    ("开支", "支出"),
    ("花费", "支出"),
    ("留存", "结存"),
    ("结留", "结存"),
    ("补入", "转入"),
    ("调用", "动用"),
    ("转来", "转入"),
    ("迁来", "迁入"),
    ("转往", "转出"),
    ("迁往", "迁出"),
    ("搬走", "迁出"),
    ("过世", "去世"),
    ("亡故", "去世"),
    ("收住", "入住"),
];

static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = PLAINER.iter().map(|(word, _)| *word);
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()
});

/// Where a text has a word that can be put plainer, in characters, with the plainer word.
pub(crate) fn plainer(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let Some(words) = WORDS.as_ref() else { return Vec::new() };
    let (mut byte, mut at) = (0, 0);
    let mut found = Vec::new();
    for met in words.find_iter(text) {
        at += text[byte..met.start()].chars().count();
        byte = met.start();
        let (word, plain) = PLAINER[met.pattern().as_usize()];
        found.push((at..at + word.chars().count(), plain));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plainer_word_is_never_longer() {
        for (word, plain) in PLAINER {
            assert!(plain.chars().count() <= word.chars().count(), "{word}");
            assert!(!PLAINER.iter().any(|(other, _)| other == plain), "{plain}");
        }
    }

    #[test]
    fn the_longest_word_is_put_plainer_where_it_stands() {
        let found = plainer("入园率与上一年相比拉升3个百分点");
        assert_eq!(found, [(3..9, "比上年"), (9..11, "提高")]);
    }
}
