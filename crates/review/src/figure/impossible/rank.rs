//! A place in a ranking that has fewer places: 全县18个乡镇中位列第19名.

use ::figure::Decimal;

use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Who is ranked.
const RANKED: &[&str] = &[
    "乡镇",
    "镇",
    "乡",
    "街道",
    "县",
    "区县",
    "县市区",
    "县（市、区）",
    "县(市、区)",
    "市州",
    "市",
    "单位",
    "部门",
    "村",
    "社区",
    "参赛队",
    "代表队",
    "学校",
    "支部",
    "镇街",
    "镇办",
];

/// `18个乡镇中,我镇综合考核位列第19名`.
pub(super) fn beyond(passage: &Passage<'_>) -> Option<Mark> {
    const FAR: usize = 30;
    let chars = &passage.paper.chars;
    (0..passage.numbers.len()).find_map(|index| {
        let all = &passage.numbers[index];
        let noun = passage.noun(index);
        let is_field = RANKED.iter().any(|who| {
            noun.strip_prefix(who).is_some_and(|rest| rest.starts_with('中') || rest.is_empty())
        });
        // 18个乡镇和4个街道中: both are ranked.
        let joined = passage.gap(index).trim_end().ends_with(['和', '及', '、', '与']);
        let next = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
        if !is_field || joined || !all.is_amount() || !all.is_exact() || all.value <= Decimal::TWO {
            return None;
        }
        let end = passage.range.end.min(all.at.end + FAR).min(next.max(all.at.end));
        let at = (all.at.end..end).find(|at| chars[*at] == '第')?;
        let (rank, close) = small::number_at(chars, at + 1)?;
        let between = passage.words(all.at.end..at);
        let ranked = matches!(chars.get(close), Some('名' | '位'))
            && has_any(&between, &["位列", "排名", "排", "居", "名列", "位居"])
            && between.contains('中')
            && !has_any(&between, &["和", "及", "、", "全市", "全省", "全国", "去年", "上年"]);
        (ranked && Decimal::from(rank) > all.value).then(|| {
            let many = passage.words(all.at.clone());
            let place = passage.paper.origin(&(at..close + 1));
            let message = format!("一共只有{many},不会有第{rank}名;请核对名次");
            Mark { at: place, message, also: vec![passage.paper.origin(&all.at)] }
        })
    })
}
