//! A change that two values give exactly, the other way round than its words say: 支出312万元…与上年的298
//! 万元相比下降4.7%; 126批次,比上年多18批次,上年为144批次.
//!
//! A change that fits so well is proof enough of what it is of, so that other numbers may
//! stand between.

use ::figure::{Class, Decimal};
use prose::Direction;

use crate::figure::growth::gives;
use crate::figure::growth::moved::told_change;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::finding::Mark;

/// Words by which the rate is of another time, or of a part.
const OTHER: &[&str] = &[
    "环比", "年均", "平均", "口径", "可比", "剔除", "扣除", "亏", "增速", "增幅", "降幅", "目标",
    "少增", "少减", "多减", "少降", "常年", "多年", "预期", "计划", "任务", "预算", "上月", "年初",
];

const EARLIER: &[&str] = &["上年", "去年", "同期", "上一年"];

/// Numbers before and behind a change among which its values stand.
const NEAR: (usize, usize) = (6, 1);

/// Marks a change that the only earlier value and the one told first give the other way round.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let change = &passage.numbers[index];
    let said = told_change(passage, index)?;
    let rate = change.is(Class::Share) && change.digit < Decimal::ONE;
    let fine = change.is_exact() && !change.per && (rate || is_amount(change, change));
    let end = (index + 1 + NEAR.1).min(passage.numbers.len());
    let near = index.saturating_sub(NEAR.0)..end;
    let level = |i: &usize| {
        let n = &passage.numbers[*i];
        let kin = if rate { n } else { change };
        *i != index && n.is_exact() && is_amount(n, kin) && told_change(passage, *i).is_none()
    };
    let early = |i: &usize| has_any(&role::clause(passage, *i), EARLIER);
    let amounts: Vec<usize> = near.filter(level).collect();
    let mut olds = amounts.iter().copied().filter(early);
    let old = olds.next().filter(|_| olds.next().is_none())?;
    let before = &passage.numbers[old];
    let kin = |i: &&usize| !early(i) && **i < index && passage.numbers[**i].is_kin(before);
    let news: Vec<&Number> = amounts.iter().filter(kin).map(|i| &passage.numbers[*i]).collect();
    let after = *news.first()?;
    let turned = match said {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    };
    let way = |new: &Number| if new.value > before.value { Direction::Up } else { Direction::Down };
    let is_theirs = |new: &&Number| way(new) == said && gives(before, new, change, said);
    // 增长7.7%,其中12月当月下降7.7%: their change is told already.
    let told_right = |i: usize| {
        let other = &passage.numbers[i];
        told_change(passage, i) == Some(turned) && gives(before, after, other, turned)
    };
    let from = amounts[0].min(index);
    let to = passage.numbers[old.max(index)].at.start;
    let words =
        format!("{}{}", passage.gap(from), passage.words(passage.numbers[from].at.start..to));
    let fits = fine
        && way(after) == turned
        && after.value != before.value
        && after.kind == before.kind
        && gives(before, after, change, turned)
        && !news.iter().any(is_theirs)
        && !(0..passage.numbers.len()).any(told_right)
        // 投资…,比上年的3亿元…；零售额2.8亿元；收入…,增长7.8%: each is of its own.
        && !words.contains(['；', ';'])
        && !has_any(&words, OTHER);
    fits.then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let is = if turned == Direction::Up { "增长" } else { "下降" };
        let message = format!(
            "由{}到{}是{is},与“{}”相反;请核对增减的说法",
            told(before),
            told(after),
            told(change)
        );
        change.mark(passage.paper, message, &[before, after])
    })
}

fn is_amount(number: &Number, kin: &Number) -> bool {
    Number { direction: None, ..number.clone() }.is_amount()
        && !number.unit.is_empty()
        && number.is_kin(kin)
}
