//! Firsts, ranks and absolute words without a source.

use pack::ReviewRule;

use super::phrase;
use super::scan::{any, mark};
use crate::finding::Mark;
use crate::paper::Paper;

/// What a rank is in, the wider first.
const SCOPES: [&str; 10] =
    ["全国", "全省", "全市", "全县", "全区", "全州", "国内", "省内", "市内", "县内"];

/// What is claimed there.
const CLAIMS: [&str; 17] = [
    "第一", "首位", "首个", "首家", "首创", "首例", "唯一", "领先", "最大", "最高", "最多", "最好",
    "最快", "最早", "最长", "最优", "率先",
];

/// How many words may stand between the two.
const GAP: usize = 2;

/// The words of the definition say where a rank comes from; its phrases are absolute words.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let sources: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = phrase::find(paper, rule);
    let mut place = 0;
    while place < chars.len() {
        let found = any(chars, place, &SCOPES).and_then(|scope| {
            let start = place + scope.chars().count();
            let claim = (start..=start + GAP)
                .find_map(|at| Some(at + any(chars, at, &CLAIMS)?.chars().count()));
            claim.filter(|end| !chars[start..*end].iter().any(|c| "，,。、；”“".contains(*c)))
        });
        let Some(end) = found else {
            place += 1;
            continue;
        };
        let sentence = paper.sentence(place);
        let has_source = sentence.clone().any(|at| any(chars, at, &sources).is_some());
        if !has_source {
            let message = format!(
                "“{}”没有写依据;应写明排名或认定的来源,拿不出就改",
                paper.words(place..end)
            );
            marks.push(mark(paper, place..end, message));
        }
        place = end;
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}
