//! Those above a higher age are among those above a lower one.

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;

/// Words that say nothing of which of the old people are meant.
const SILENT: &[&str] = &[
    "老年人口",
    "老年人",
    "老人",
    "高龄",
    "人口",
    "现有",
    "共有",
    "全镇",
    "全乡",
    "全县",
    "全村",
    "辖区",
    "目前",
    "登记",
    "在册",
    "周岁",
    "岁",
    "年满",
    "以上",
    "及",
    "的",
    "有",
    "共",
];

/// `65周岁以上老年人口4216人,80周岁以上4862人`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let older = &passage.numbers[index];
    let (age, _) = aged(passage, older)?;
    let others = passage.numbers[..index].iter().rev().filter(|n| n.is_kin(older));
    let (younger, _) = others
        .filter_map(|number| Some((number, aged(passage, number)?)))
        .find(|(_, (own, words))| *own < age && is_everybody(words))?;
    let wrong = older.is_exact() && younger.is_exact() && older.value > younger.value;
    let paper = passage.paper;
    wrong.then(|| {
        let (one, two) = (paper.words(older.at.clone()), paper.words(younger.at.clone()));
        let message = format!("{age}岁以上的{one}多于年龄更低的{two},前者应在后者之内;请核对");
        older.mark(paper, message, &[younger])
    })
}

/// The age above which a number counts people, and the words of its clause.
fn aged(passage: &Passage<'_>, number: &Number) -> Option<(u32, String)> {
    let before = passage.words(passage.range.start..number.at.start);
    let clause = before.rsplit(['，', ',', '；', ';', '：', ':', '。', '、']).next()?;
    let above = ["周岁以上", "岁以上", "周岁及以上", "岁及以上"];
    let full = clause.contains('满').then(|| clause.find("周岁").or_else(|| clause.find('岁')));
    let end = above.iter().find_map(|word| clause.find(word)).or_else(|| full.flatten());
    let head = &clause[..end?];
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some((head[digits..].parse().ok()?, clause.to_owned()))
}

/// Whether the words leave nobody of the age out.
fn is_everybody(words: &str) -> bool {
    let bare = SILENT.iter().fold(words.to_owned(), |words, word| words.replace(word, ""));
    bare.trim().chars().all(|c| c.is_ascii_digit())
}
