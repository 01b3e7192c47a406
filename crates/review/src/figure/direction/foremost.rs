//! One of a row that is said to be the most or the least of them, and is not.

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

const MOST: &[&str] =
    &["之首", "居首", "最多", "最高", "最大", "第一", "领跑", "榜首", "首位", "最长", "最好"];
const LEAST: &[&str] = &["最少", "最低", "最小", "末位", "垫底", "最短", "倒数第一"];

/// `城关所52件、东岭所38件、河口所61件,城关所办案数居三所之首`.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let end = &numbers[last];
    let joined =
        |i: usize| matches!(passage.gap(i).chars().next(), Some('、' | ',' | '，' | ';' | '；'));
    let plain = |n: &Number| n.is_exact() && n.direction.is_none() && n.is_kin(end) && !n.per;
    let short = |i: usize| {
        let gap = passage.gap(i);
        gap.chars().count() <= 12 && gap.matches([',', '，', '、', ';', '；']).count() <= 1
    };
    let mut first = last;
    while first > 0 && joined(first) && short(first) && plain(&numbers[first - 1]) {
        first -= 1;
    }
    if last - first < 2 || end.unit.is_empty() {
        return None;
    }
    let tail = passage.words(end.at.end..passage.range.end);
    if tail.starts_with('、') || tail.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let clause = tail.split([',', '，', '。', ';', '；']).nth(1)?;
    // 三所学校里一小达标率最高
    let among: String = clause.chars().take(8).collect();
    let clause =
        among.find(['里', '中', '内']).map_or(clause, |at| &clause[at + '里'.len_utf8()..]);
    let (most, least) = (has_any(clause, MOST), has_any(clause, LEAST));
    let range: Vec<&Number> = numbers[first..=last].iter().collect();
    // 前一个月 and 上年 compare with others than the row.
    let other = ["历史", "全县", "全市", "全省", "全镇", "历年", "增", "降", "率", "均", "其次"];
    let own: Vec<usize> = (first..=last)
        .filter(|i| {
            let label = name(&passage.label(*i));
            label.chars().count() >= 2 && clause.starts_with(&label)
                || label.chars().count() >= 3 && clause.contains(&label)
        })
        .collect();
    let [own] = own.as_slice() else { return None };
    if most == least || has_any(clause, &other) {
        return None;
    }
    let said = &numbers[*own];
    let best = range.iter().copied().reduce(|a, b| {
        let more = b.value > a.value;
        if more == most { b } else { a }
    })?;
    let wrong = if most {
        said.forgiving().high < best.rounded().low
    } else {
        said.rounded().low > best.forgiving().high
    };
    wrong.then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let is = if most { "最多的是" } else { "最少的是" };
        let message = format!("{clause}写的是{},{is}{};请核对", told(said), told(best));
        said.mark(passage.paper, message, &[best])
    })
}

/// The name of one of a row: 城关所 in 各所办案情况:城关所.
fn name(label: &str) -> String {
    let label = label.rsplit("其中").next().unwrap_or(label);
    label.trim_end_matches(['有', '为', '是', '共', '达']).to_owned()
}
