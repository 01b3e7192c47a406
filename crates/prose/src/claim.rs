//! Reading of the words of one claim.
//!
//! The words themselves are the predicate. Where several readings are possible,
//! the first row that fits decides:
//!
//! | | words | predicate |
//! |---|---|---|
//! | 1 | hidden digits (1XX元) | an error, never a value |
//! | 2 | 未发生一起, 无…, 零…, 清零 | zero |
//! | 3 | one number with a unit, and the words around it | see [`crate::Predicate`] |
//! | 4 | 翻一番, 过半 | a change of 100 %, more than 50 % |
//! | 5 | 逐年减少, 逐年增加 | a strict trend of three points or more |
//! | 6 | 全县第一, 居首位, 率先 | a rank |
//! | 7 | 首届, 第二届 | a number in a sequence |
//! | 8 | 均…, 全部, 全覆盖 | a share of exactly 100 % |
//! | 9 | 多个, 若干 | three or more |
//! | 10 | 尚未…, 未通过, 没有按期完成, 不达标 | not achieved |
//! | 11 | 通过, 成功引进, 被评为 | achieved |
//!
//! A denial never proves the opposite: in rows 2 to 9 words with a denial that is
//! not part of a bound (未超过) are an error (未居全县第一, 均未达到, 未排查105起),
//! except that 未办结3件 counts what is not closed and is marked as negated. In
//! rows 10 and 11 a denial that does not stand right before its verb is an error.
//!
//! Dates, headings, numbers of sessions and names in quotation marks are no
//! numbers of the claim. In an honour (被评为…) rows 2 and 5 to 9 are skipped,
//! because they would read the name of the honour.

use std::ops::Range;

use figure::{Decimal, Quantity, Unit};

use crate::Lexicon;
use crate::achieved;
use crate::bound::{self, Bound};
use crate::denial::{self, Governing};
use crate::doubled;
use crate::manner::{Manner, NumberForm};
use crate::predicate::Predicate;
use crate::qualifier::Qualifier;
use crate::refusal::ReadError;
use crate::scan::Figure;
use crate::scope;
use crate::statement::{self, Statement, ends_clause};
use crate::text::Text;
use crate::walk::{Numeral, Role, walk};
use crate::words;

/// How far the clause of a number is followed back for what governs it.
const REACH: usize = 120;

/// What the words of a claim state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The condition on the value.
    pub predicate: Predicate,
    /// Whether every member must meet it (均).
    pub each: bool,
    /// Whether a forecast meets it while the period is open (可, 预计, 有望).
    pub forecast: bool,
    /// Whether the words announce and do not report (力争, 计划).
    pub plan: bool,
    /// The number with its unit, as written; `None` for words without a number.
    pub quantity: Option<Quantity>,
    /// Characters of the number, its 余 and its unit inside the words.
    pub number_range: Option<Range<usize>>,
    /// The printed mark of the predicate.
    pub qualifier: Qualifier,
    /// How the words were written, so that a new value can take their place.
    pub manner: Manner,
    /// What a ranking is taken over, as written (全县, 全市); `None` where the
    /// words name nothing right before the place, and for all that is no rank.
    pub scope: Option<String>,
    /// The words by which the number holds for one of many (每月, 平均每村, 人均).
    pub per: Option<String>,
    /// Whether a denial stands in the clause of the number. One that denies
    /// the sentence (没有完成105起) makes the predicate
    /// [`Predicate::NotAchieved`], and [`read_claim`] refuses such words; one that
    /// describes what is counted (未办结3件, 3件未办结) leaves the predicate as it is.
    pub negated: bool,
}

impl Reading {
    /// The predicate in words for people, with 每个都 and 预计 where they apply.
    pub fn describe(&self) -> String {
        let forecast = if self.forecast { "预计" } else { "" };
        let each = if self.each { "每个都" } else { "" };
        format!("{forecast}{each}{}", self.predicate.describe())
    }
}

/// Reads the words of a claim, with no set phrases but what quotation marks show.
pub fn read_claim(words: &str) -> Result<Reading, ReadError> {
    read_claim_with(words, &Lexicon::default())
}

/// Reads the words of a claim; numerals in the lexicon's set phrases are no
/// numbers, and its plan words make a plan.
pub fn read_claim_with(words: &str, lexicon: &Lexicon) -> Result<Reading, ReadError> {
    let text = Text::new(words);
    let numerals = walk(&text, lexicon);
    if let Some(hidden) = numerals.iter().find(|n| n.role == Role::Masked) {
        let masked = text.slice(hidden.start, hidden.end).to_owned();
        return Err(ReadError::Masked { words: words.to_owned(), masked });
    }
    let honour = achieved::is_honour(&text);
    let zero = if honour { None } else { statement::zero(&text) };
    let figures = counted(&text, &numerals, zero.as_ref());
    let reading = match (zero, figures.as_slice()) {
        (Some(zero), []) => match statement::zero_denied(&text, &zero) {
            Some(denial) => return Err(denied(&text, denial)),
            None => wordy(&text, zero),
        },
        (Some(zero), [figure, ..]) => return Err(two(&text, span(figure), zero.start..zero.end)),
        (None, [first, second, ..]) => {
            let part = |f: &Figure| text.slice(f.start, f.end).to_owned();
            let (first, second) = (part(first), part(second));
            return Err(ReadError::TwoNumbers { words: words.to_owned(), first, second });
        }
        (None, [figure]) => {
            let ranks = numerals.iter().find(|n| matches!(n.role, Role::Order { rank: true, .. }));
            if let Some(rank) = ranks.filter(|_| !honour) {
                return Err(two(&text, span(figure), rank.start..rank.end));
            }
            numbered(&text, figure)?
        }
        (None, []) => without_number(&text, &numerals, honour)?
            .ok_or_else(|| ReadError::NoPredicate { words: words.to_owned() })?,
    };
    let plan = is_plan(words, lexicon);
    let forecast = reading.forecast || words::FORECAST.iter().any(|word| words.contains(word));
    Ok(Reading { plan, forecast, ..reading })
}

/// Whether words announce something that is yet to be done.
pub(crate) fn is_plan(words: &str, lexicon: &Lexicon) -> bool {
    let text = Text::new(words);
    (0..text.len()).any(|i| lexicon.plan_at(&text, i).is_some())
}

/// The numbers that count, without those of the zero and, where there are
/// several, without those in quoted names.
fn counted<'n>(
    text: &Text<'_>,
    numerals: &'n [Numeral],
    zero: Option<&Statement>,
) -> Vec<&'n Figure> {
    let mut figures: Vec<&Figure> = numerals
        .iter()
        .filter_map(|n| match &n.role {
            Role::Count(figure) => Some(figure),
            _ => None,
        })
        .filter(|f| zero.is_none_or(|z| f.end <= z.start || f.start >= z.end))
        .collect();
    if figures.len() > 1 {
        figures.retain(|f| !in_name(text, f.start));
    }
    figures
}

fn in_name(text: &Text<'_>, i: usize) -> bool {
    let open = (0..i).rev().find(|&k| matches!(text.at(k), '“' | '”' | '《' | '》'));
    open.is_some_and(|k| matches!(text.at(k), '“' | '《'))
}

fn span(figure: &Figure) -> Range<usize> {
    figure.start..figure.end
}

fn two(text: &Text<'_>, a: Range<usize>, b: Range<usize>) -> ReadError {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    let part = |r: Range<usize>| text.slice(r.start, r.end).to_owned();
    ReadError::TwoStatements {
        words: text.source.to_owned(),
        first: part(first),
        second: part(second),
    }
}

fn denied(text: &Text<'_>, denial: Range<usize>) -> ReadError {
    let denial = text.slice(denial.start, denial.end).to_owned();
    ReadError::Denied { words: text.source.to_owned(), denial }
}

/// The clause that a position lies in begins here; at most `reach` back.
pub(crate) fn clause_start(text: &Text<'_>, i: usize, reach: usize) -> usize {
    let floor = i.saturating_sub(reach);
    (floor..i).rev().find(|&k| ends_clause(text, k)).map_or(floor, |k| k + 1)
}

fn numbered(text: &Text<'_>, figure: &Figure) -> Result<Reading, ReadError> {
    let bound = bound::bound(text, figure, clause_start(text, figure.start, text.len()));
    let Some(reading) = reading_of(text, figure, &bound, 0..text.len()) else {
        let words = text.source.to_owned();
        let unit = figure.unit_text.clone();
        if unit.contains(['/', '／']) {
            return Err(ReadError::Rate { words, unit });
        }
        if !unit.is_empty() {
            return Err(ReadError::UnknownUnit { words, unit });
        }
        let number = text.slice(figure.start, figure.end).to_owned();
        return Err(ReadError::NoUnit { words, number });
    };
    if reading.negated && reading.predicate == Predicate::NotAchieved {
        let denial = denial::all(text, 0, figure.start).first().map(|d| d.start..d.end);
        return Err(denied(text, denial.unwrap_or_default()));
    }
    if let Some(each) = bound::each_in(text, figure.end, text.len()) {
        return Err(two(text, span(figure), each..each + 1));
    }
    Ok(reading)
}

/// The reading of a number inside a span of text; `None` where it has no unit.
pub(crate) fn reading_of(
    text: &Text<'_>,
    figure: &Figure,
    bound: &Bound,
    words: Range<usize>,
) -> Option<Reading> {
    let from = clause_start(text, figure.start, REACH);
    let governing = denial::governing(text, from, bound.start);
    let predicate = match governing {
        Some(Governing::Sentence(_)) => figure.quantity().map(|_| Predicate::NotAchieved)?,
        _ => bound::predicate(figure, bound)?,
    };
    let qualifier = bound::qualifier(figure, bound);
    let ranked = figure.unit == Some(Unit::rank());
    // The unit of a number in a list stands behind the last one and is not written again.
    let lent = !figure.chinese && text.before(figure.end).is_ascii_digit();
    let number = NumberForm {
        places: figure.places(),
        significant: significant(figure.value),
        chinese: figure.chinese,
        grouped: figure.grouped,
        unit: figure.unit?,
        unit_text: if lent { String::new() } else { figure.unit_text.clone() },
        mark: figure.mark,
        gap: figure.gap.clone(),
    };
    Some(Reading {
        predicate,
        each: bound.each,
        forecast: bound.forecast,
        plan: false,
        quantity: figure.quantity(),
        number_range: Some(figure.start - words.start..figure.end - words.start),
        qualifier,
        manner: Manner {
            before: text.slice(words.start, figure.start).to_owned(),
            after: text.slice(figure.end, words.end.max(figure.end)).to_owned(),
            number: Some(number),
            qualifier,
            op: bound.op,
            direction: bound.direction,
        },
        scope: if ranked { scope::scope_before(text, bound.start) } else { None },
        per: scope::per(text, from, figure.start),
        negated: governing.is_some() || denial::follows(text, figure.end),
    })
}

fn significant(value: Decimal) -> u32 {
    let place = crate::scan::last_place(value);
    let digits = (value / place).trunc().abs().to_string();
    u32::try_from(digits.len()).unwrap_or(1)
}

/// The reading of a statement without a number.
pub(crate) fn wordy(text: &Text<'_>, statement: Statement) -> Reading {
    let qualifier = match &statement.predicate {
        Predicate::Zero => Qualifier::Zero,
        Predicate::Whole if text.slice(statement.start, statement.end).starts_with('均') => {
            Qualifier::Each
        }
        Predicate::Whole => Qualifier::Whole,
        Predicate::Falling { .. } => Qualifier::Falling,
        Predicate::Rising { .. } => Qualifier::Rising,
        Predicate::Rank(_) | Predicate::Ordinal(_) => Qualifier::Ordinal,
        Predicate::Several => Qualifier::AtLeast,
        Predicate::MoreThan { .. } => Qualifier::MoreThan,
        _ => Qualifier::Exact,
    };
    let scope = match statement.predicate {
        Predicate::Rank(_) => scope::scope_around(text, statement.start, statement.end),
        _ => None,
    };
    Reading {
        predicate: statement.predicate,
        each: false,
        forecast: false,
        plan: false,
        quantity: None,
        number_range: None,
        qualifier,
        manner: Manner { qualifier, ..Manner::words(text.source) },
        scope,
        per: None,
        negated: false,
    }
}

/// Rows 4 to 11 of the table. What rows 4 to 9 read in words with a denial
/// (未居全县第一, 均未达到) is refused, since it may be the opposite.
fn without_number(
    text: &Text<'_>,
    numerals: &[Numeral],
    honour: bool,
) -> Result<Option<Reading>, ReadError> {
    let event = || achieved::done(text, honour).map_err(|denial| denied(text, denial));
    if honour {
        return Ok(event()?.map(|s| wordy(text, s)));
    }
    if let Some(reading) = positive(text, numerals)? {
        return match statement::denied(text) {
            Some(denial) => Err(denied(text, denial)),
            None => Ok(Some(reading)),
        };
    }
    Ok(event()?.map(|s| wordy(text, s)))
}

/// Rows 4 to 9.
fn positive(text: &Text<'_>, numerals: &[Numeral]) -> Result<Option<Reading>, ReadError> {
    if let Some((predicate, quantity)) = doubled::find(text) {
        let statement = Statement { start: 0, end: text.len(), predicate };
        return Ok(Some(Reading { quantity: Some(quantity), ..wordy(text, statement) }));
    }
    let orders = || {
        numerals.iter().filter_map(|n| match n.role {
            Role::Order { value, rank, session } => Some((n, value, rank, session)),
            _ => None,
        })
    };
    let place = |n: &Numeral, predicate| Statement { start: n.start, end: n.end, predicate };
    let mut ranks = orders().filter(|o| o.2).map(|(n, value, ..)| place(n, Predicate::Rank(value)));
    let rank = ranks.next();
    if let (Some(first), Some(second)) = (&rank, ranks.next()) {
        let part = |s: &Statement| text.slice(s.start, s.end).to_owned();
        let (first, second) = (part(first), part(&second));
        return Err(ReadError::TwoNumbers { words: text.source.to_owned(), first, second });
    }
    let session = orders().find(|o| o.3).map(|(n, value, ..)| place(n, Predicate::Ordinal(value)));
    let statement = statement::trend(text)
        .or(rank)
        .or_else(|| statement::leading(text))
        .or(session)
        .or_else(|| statement::whole(text))
        .or_else(|| statement::several(text));
    Ok(statement.map(|s| wordy(text, s)))
}
