//! How many days, months or quarters the words around a rate name: 365天, 上半年, 1—6月.

use ::figure::{Class, Decimal};
use prose::parse_number;

use crate::figure::reading::passage::{Passage, has_any};

/// How often what a rate is for comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    Day,
    Week,
    Month,
    Quarter,
}

/// A stretch of time as so many beats, with the words that name it.
#[derive(Clone, Debug)]
pub(super) struct Lapse {
    pub(super) words: String,
    /// All that it may be: a year has 365 days or 366.
    pub(super) times: Vec<u32>,
    /// Whether it is told as a number and not as the name of a part of the year.
    pub(super) counted: bool,
}

/// Names of parts of a year with the month they begin in and how many months they have, the
/// longest first.
const PARTS: &[(&str, u32, u32)] = &[
    ("前三季度", 1, 9),
    ("前三个季度", 1, 9),
    ("前两个季度", 1, 6),
    ("四个季度", 1, 12),
    ("三个季度", 1, 9),
    ("两个季度", 1, 6),
    ("一个季度", 1, 3),
    ("一季度", 1, 3),
    ("二季度", 4, 3),
    ("三季度", 7, 3),
    ("四季度", 10, 3),
    ("上半年", 1, 6),
    ("下半年", 7, 6),
    ("半年", 1, 6),
    ("全年", 1, 12),
    ("一年", 1, 12),
    ("去年", 1, 12),
    ("整年", 1, 12),
    ("一个月", 1, 1),
];

/// Words before or behind a year that is only compared with, or where only its end is meant.
const COMPARED: &[&str] = &["比去年", "较去年", "去年同", "去年底", "去年末", "一年一", "一年多"];

const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// All stretches of time that a passage names up to the end of one of its numbers.
pub(super) fn told(passage: &Passage<'_>, last: usize, beat: Beat) -> Vec<Lapse> {
    let mut found: Vec<Lapse> = (0..passage.numbers.len().min(last + 2))
        .filter_map(|index| counted(passage, index, beat))
        .collect();
    let words = passage.words(passage.range.start..passage.numbers[last].at.end);
    let mut words = COMPARED.iter().fold(words, |rest, word| rest.replace(word, "\n"));
    for (name, from, months) in PARTS {
        if words.contains(name) {
            words = words.replace(name, "\n");
            found.push(of_months(name, *from, *months, beat));
        }
    }
    found.extend(named_months(&words, beat));
    let monthly = ["每月发放", "每月共", "每月合计", "每月支出", "每月需"];
    let clause =
        |word: &str| words.contains(&format!("，{word}")) || words.contains(&format!(",{word}"));
    if found.is_empty() && beat == Beat::Month && monthly.iter().any(|word| clause(word)) {
        found.push(of_months("一个月", 1, 1, beat));
    }
    // 2023年客运量584万人次: a year that begins the clause of a number and no part of it.
    let yearly = || (0..=last).any(|index| is_of_year(&passage.label(index)));
    if found.is_empty() && matches!(beat, Beat::Day | Beat::Week) && yearly() {
        found.push(of_months("全年", 1, 12, beat));
    }
    found
}

/// Whether a clause begins with a year in digits and names no part of it.
fn is_of_year(label: &str) -> bool {
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix('年').filter(|_| label.len() == rest.len() + 4);
    let part = |rest: &str| {
        rest.starts_with(|c: char| c.is_ascii_digit() || "底末初前后起春夏秋冬暑寒汛".contains(c))
            || has_any(rest, &["月", "季", "以来", "开", "新", "投", "启用", "期间", "假"])
    };
    rest.is_some_and(|rest| !part(rest))
}

/// `365天`, `250个工作日`, `四个季度`.
fn counted(passage: &Passage<'_>, index: usize, beat: Beat) -> Option<Lapse> {
    let number = &passage.numbers[index];
    let noun = passage.noun(index);
    let months = u32::try_from(number.value.trunc().mantissa()).ok().filter(|_| {
        matches!(beat, Beat::Day | Beat::Week)
            && number.is(Class::Months)
            && number.is_exact()
            && number.value.fract().is_zero()
    });
    // 12个月 are a year of days, whichever months they are.
    if let Some(months) = months.filter(|months| matches!(months, 3 | 6 | 9 | 12)) {
        let mut lapse = of_months("", 1, months, beat);
        lapse.words = passage.words(number.at.clone());
        lapse.times.extend(of_months("", 13 - months, months, beat).times);
        return Some(lapse);
    }
    let fits = match beat {
        Beat::Day => {
            number.is(Class::Days) || (number.counter == "个" && noun.starts_with("工作日"))
        }
        Beat::Week => number.counter == "周" || number.unit.is_empty() && noun.starts_with('周'),
        Beat::Month => number.is(Class::Months),
        Beat::Quarter => number.counter == "个" && noun.starts_with("季度"),
    };
    let times = u32::try_from(number.value.trunc().mantissa()).ok()?;
    let plain = number.is_exact() && number.direction.is_none() && number.value.fract().is_zero();
    let behind = if beat == Beat::Quarter { "季度" } else { "" };
    let words = format!("{}{behind}", passage.words(number.at.clone()));
    let said = fits && plain && !is_one_of_many(&passage.label(index)) && times > 0;
    said.then_some(Lapse { words, times: vec![times], counted: true })
}

/// 第30天 and 每30天 count nothing.
fn is_one_of_many(label: &str) -> bool {
    label.ends_with(['第', '每']) || has_any(label, &["提前", "缩短", "压缩", "延长"])
}

/// So many months from one on, as beats.
fn of_months(words: &str, from: u32, months: u32, beat: Beat) -> Lapse {
    let times = match beat {
        Beat::Month => vec![months],
        Beat::Quarter => vec![months / 3],
        Beat::Day | Beat::Week => {
            let days: u32 = (from..from + months)
                .filter_map(|month| DAYS.get(usize::try_from(month).ok()?.checked_sub(1)?))
                .sum();
            // A leap year has a day more before March.
            if beat == Beat::Week {
                vec![days / 7, days / 7 + 1]
            } else if from <= 2 {
                vec![days, days + 1]
            } else {
                vec![days]
            }
        }
    };
    Lapse { words: words.to_owned(), times, counted: false }
}

/// `1—6月`, `6月份`, `本月`: months by their numbers.
fn named_months(words: &str, beat: Beat) -> Vec<Lapse> {
    let chars: Vec<char> = words.chars().collect();
    let mut found = Vec::new();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '月') {
        // 11月18日 is a day, 截至9月底 and 6月末 no month's length.
        let next = chars.get(at + 1).copied().unwrap_or('\n');
        let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        let joins = |c: char| "-—–~～至到".contains(c);
        // 1月至12月 is one stretch, whose first month is no length.
        let of = |c: &char| digit(*c) || joins(*c) || *c == '月';
        let goes_on = joins(next)
            && chars[at + 2..].iter().find(|c| !digit(**c)) == Some(&'月')
            && chars.get(at + 2).is_some_and(|c| digit(*c));
        let run = chars[..at].iter().rev().take_while(|c| of(c)).count();
        let own: String = chars[at - run..at].iter().collect();
        let told: Vec<u32> = own
            .split(|c: char| !digit(c))
            .filter_map(|part| u32::try_from(parse_number(part).ok()?.mantissa()).ok())
            .collect();
        if digit(next) || "底末初".contains(next) || goes_on {
            continue;
        }
        match told.as_slice() {
            [from, to] if (1..=12).contains(from) && (*from..=12).contains(to) => {
                found.push(of_months(&format!("{own}月"), *from, to - from + 1, beat));
            }
            [month] if (1..=12).contains(month) && own.chars().all(digit) => {
                found.push(of_months(&format!("{own}月"), *month, 1, beat));
            }
            _ => {}
        }
    }
    if beat == Beat::Month && has_any(words, &["本月", "当月"]) {
        found.push(of_months("当月", 1, 1, beat));
    }
    found.retain(|lapse| lapse.times.iter().all(|times| *times > 0));
    found
}

impl Lapse {
    /// Where nothing comes round.
    pub(super) fn once() -> Lapse {
        Lapse { words: String::new(), times: vec![1], counted: true }
    }

    /// The one that is meant: a number before a name, and of several names none.
    pub(super) fn meant(all: &[Lapse]) -> Option<&Lapse> {
        let mut numbers = all.iter().filter(|lapse| lapse.counted);
        if let Some(first) = numbers.next() {
            return numbers.all(|other| other.times == first.times).then_some(first);
        }
        let (first, rest) = all.split_first()?;
        rest.iter().all(|other| other.times == first.times).then_some(first)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = Decimal> + '_ {
        self.times.iter().map(|times| Decimal::from(*times))
    }
}
