//! Two rates of change, and what words say of them: 降幅收窄, 增速加快, 由负转正.

use ::figure::{Class, Decimal};
use prose::Direction;

use crate::figure::period::nested::months_in;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// Names of a rate of change, by the way that it goes.
const RATES: &[(&str, Option<Direction>)] = &[
    ("降幅", Some(Direction::Down)),
    ("跌幅", Some(Direction::Down)),
    ("增幅", Some(Direction::Up)),
    ("涨幅", Some(Direction::Up)),
    ("增速", Some(Direction::Up)),
];
const LESS: &[&str] = &["收窄", "缩小", "回落", "放缓", "趋缓", "减缓", "收敛"];
const MORE: &[&str] = &["扩大", "加快", "加深", "提高", "走高", "提升", "回升"];

fn is_rate(number: &Number, way: Option<Direction>) -> bool {
    number.is(Class::Share) && number.direction == way && number.is_exact()
}

/// `1—6月下降4.2%,1—12月下降5.7%,降幅有所收窄`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (first, second) = (&passage.numbers[index.checked_sub(1)?], &passage.numbers[index]);
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(second.at.end..end);
    let clause = tail.strip_prefix([',', '，', '。'])?.split(is_clause_mark).next()?;
    let (_, way) = RATES.iter().find(|(name, _)| clause.contains(name))?;
    let (less, more) = (has_any(clause, LESS), has_any(clause, MORE));
    // The first one must be of the earlier time.
    let (from, to) = (months_in(&passage.gap(index - 1))?, months_in(&passage.gap(index))?);
    let fits = less != more
        && clause.chars().count() <= 16
        && !has_any(clause, &["不", "未", "全市", "全省", "全国", "全县"])
        && is_rate(first, *way)
        && is_rate(second, *way)
        && from.1 < to.1
        && passage.gap(index).matches(is_clause_mark).count() == 1
        && !has_any(&passage.gap(index), &["上年", "去年同期"]);
    let wrong = if less { second.value > first.value } else { second.value < first.value };
    (fits && wrong).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let message = format!("由{}到{},与“{clause}”相反;请核对", told(first), told(second));
        second.mark(passage.paper, message, &[first])
    })
}

/// `由-13.2%回升至-1.1%,由负转正`.
pub(super) fn turned(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const POSITIVE: &[&str] = &["由负转正", "转负为正", "扭负为正", "由降转升", "负转正"];
    const NEGATIVE: &[&str] = &["由正转负", "转正为负", "由升转降"];
    let number = &passage.numbers[index];
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(number.at.end..end);
    let clause = tail.strip_prefix([',', '，'])?.split(is_clause_mark).next()?;
    let sign = number.at.start.checked_sub(1).map(|at| passage.paper.chars[at]);
    let below = number.value < Decimal::ZERO
        || matches!(sign, Some('-' | '－'))
        || number.direction == Some(Direction::Down);
    let wrong = below && has_any(clause, POSITIVE) || !below && has_any(clause, NEGATIVE);
    // 上半年收窄至-1.2%,三季度起由负转正: what came later is of no earlier rate.
    let later =
        clause.split("起").next().is_some_and(|lead| lead != clause && lead.contains(['季', '月']));
    let fits =
        !later && number.is(Class::Share) && !has_any(clause, &["未", "没", "力争", "有望", "将"]);
    (fits && wrong).then(|| {
        let is = passage.words(number.at.clone());
        let message = format!("{is}与“{clause}”不符;请核对正负或说法");
        number.mark(passage.paper, message, &[])
    })
}
