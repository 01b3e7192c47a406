//! A stretch of a year in which more was done than in a longer one that holds it: 上半年 beside
//! 1—9月, one month beside the months up to it.

use ::figure::Class;
use prose::Kind;

use crate::figure::reading::alike;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Months of a year that a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Months {
    year: i32,
    from: u32,
    to: u32,
}

impl Months {
    /// The first and the last month, counted through the years.
    fn ends(self) -> (u32, u32) {
        let year = u32::try_from(self.year + 10).unwrap_or(0) * 12;
        (year + self.from, year + self.to)
    }

    fn holds(self, other: Months) -> bool {
        let ((from, to), (first, last)) = (self.ends(), other.ends());
        from <= first && last <= to && self != other
    }
}

const PARTS: &[(&str, u32, u32)] = &[
    ("前三季度", 1, 9),
    ("前三个季度", 1, 9),
    ("上半年", 1, 6),
    ("下半年", 7, 12),
    ("一季度", 1, 3),
    ("二季度", 4, 6),
    ("三季度", 7, 9),
    ("四季度", 10, 12),
    ("首季", 1, 3),
    ("全年", 1, 12),
    ("年度", 1, 12),
];

/// The months told last in some words; `None` where there are none.
pub(in crate::figure) fn months_in(words: &str) -> Option<(u32, u32)> {
    let chars: Vec<char> = words.chars().collect();
    let named = PARTS
        .iter()
        .filter_map(|(name, from, to)| {
            words.rfind(name).map(|at| (at + name.len(), name.len(), *from, *to))
        })
        .max();
    let place = named.map(|(byte, ..)| words[..byte].chars().count());
    let running = is_running(words);
    // 到年底累计 is told of the whole year.
    if running && ["到年底", "到年末", "至年底", "至年末"].iter().any(|end| words.contains(end))
    {
        return Some((1, 12));
    }
    let counted = (0..chars.len()).rev().find_map(|at| month_at(&chars, at).map(|m| (at, m)));
    let (from, to) = match (named.zip(place), counted) {
        (Some((_, place)), Some((at, months))) if at > place => months,
        (Some(((_, _, from, to), _)), _) => (from, to),
        (None, Some((_, months))) => months,
        (None, None) => return None,
    };
    // 截至9月底累计 is from the beginning of the year, and so is 三季度末累计.
    let since = running && from > 1 && (has_any(words, &["底", "末", "截至", "截止"]));
    Some(if since { (1, to) } else { (from, to) })
}

/// Whether words tell what was done up to a month: 截至9月底, 到6月底完成.
fn is_running(words: &str) -> bool {
    const DONE: &[&str] = &["完成", "发放", "兑付", "办理", "培训", "栽植", "植树", "新办", "征收"];
    has_any(words, &["累计", "截至", "截止"])
        || (words.trim().starts_with('到') && has_any(words, DONE))
}

/// The months that begin at a position: 1—9月, 前8个月, 11月, 头两个月.
fn month_at(chars: &[char], at: usize) -> Option<(u32, u32)> {
    let real = |month: u32| (1..=12).contains(&month);
    if matches!(chars[at], '前' | '头') {
        let (count, end) = small::number_at(chars, at + 1)?;
        let months: String = chars[end..].iter().take(2).collect();
        return (months == "个月" && real(count)).then_some((1, count));
    }
    // The end of 1—9月 is no month of its own; that of 截至9月 is.
    let joined = chars[..at]
        .iter()
        .rev()
        .find(|c| !"-—–至到~～".contains(**c))
        .is_some_and(|c| c.is_ascii_digit() || *c == '月');
    if joined && at > 0 && !matches!(chars[at - 1], '月') {
        return None;
    }
    let (first, end) = small::digits_at(chars, at)?;
    // 7、8两个月
    if chars.get(end) == Some(&'、')
        && let Some((last, close)) = small::digits_at(chars, end + 1)
    {
        let behind: String = chars[close..].iter().take(3).collect();
        let months = behind.starts_with('月') || behind == "两个月";
        return (months && real(first) && last == first + 1 && real(last)).then_some((first, last));
    }
    let end = end + usize::from(chars.get(end) == Some(&'月'));
    let joins = chars.get(end..)?.iter().take_while(|c| "-—–至到~～".contains(**c)).count();
    if (1..=2).contains(&joins) {
        let (last, close) = small::digits_at(chars, end + joins)?;
        let told = chars.get(close) == Some(&'月') && real(first) && real(last) && first < last;
        // 3月5日至8月 is told by days.
        return told.then_some((first, last));
    }
    let alone = chars.get(end.checked_sub(1)?) == Some(&'月') && real(first);
    // 截至6月30日 is told by its month; another day is none of its own.
    let until: String = chars[..at].iter().rev().take(2).collect();
    let day = chars.get(end).is_some_and(char::is_ascii_digit)
        && !matches!(until.as_str(), "至截" | "止截");
    (alone && !day).then_some((first, first))
}

/// Whole years that words are of: 2021年以来, 2021年到2023年, 2023年一年.
fn years_in(words: &str) -> Option<Months> {
    let chars: Vec<char> = words.chars().collect();
    let year = |at: usize| small::digits_at(&chars, at).filter(|(y, _)| (1950..2100).contains(y));
    let first = (0..chars.len()).find(|at| year(*at).is_some())?;
    let (from, end) = year(first)?;
    let end = end + usize::from(chars.get(end) == Some(&'年'));
    let joins = chars[end..].iter().take_while(|c| "-—–至到~～".contains(**c)).count();
    let last = year(end + joins).filter(|_| (1..=2).contains(&joins));
    let behind: String = chars[last.map_or(end, |(_, end)| end)..].iter().take(2).collect();
    let to = match last {
        Some((to, _)) if behind.starts_with('年') => to,
        None if behind == "以来" => from + 30,
        None if ["一年", "当年", "全年"].contains(&behind.as_str()) => from,
        _ => return None,
    };
    let months = to.checked_sub(from)? * 12 + 12;
    Some(Months { year: i32::try_from(from).ok()?, from: 1, to: months })
}

/// The year told last in some words, counted from the report's own; that one where none is.
fn year_in(words: &str) -> i32 {
    let mut found: Vec<(usize, i32)> = Vec::new();
    for (word, year) in [
        ("去年", -1),
        ("上年", -1),
        ("今年", 0),
        ("本年", 0),
        ("前年", -2),
        ("明年", 1),
        ("同期", -1),
    ] {
        found.extend(words.rfind(word).map(|at| (at, year)));
    }
    for (at, _) in words.match_indices('年') {
        let digits: String = words[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let year: String = digits.chars().rev().collect();
        found
            .extend(year.parse::<i32>().ok().filter(|y| (1950..2100).contains(y)).map(|y| (at, y)));
    }
    found.iter().max().map_or(0, |(_, year)| *year)
}

/// Words of a figure that is no flow, or not all of one.
const STOCKS: &[&str] = &[
    "存栏", "在册", "余额", "现有", "保有", "结存", "蓄水", "在园", "在校", "在岗", "库存", "存量",
    "在建", "在库", "参保", "率", "均", "增速", "其中", "占", "净", "差", "同比", "增长", "下降",
    "减少", "增加", "预计", "计划", "目标", "任务", "预算", "可望", "将", "利润", "顺差", "最高",
    "单日", "峰值", "价", "指数", "浓度", "水位", "户籍", "常住",
];

/// Words of a figure without those of its time and without those that say nothing.
fn thing(words: &str) -> String {
    const FILL: &[&str] = &[
        "前三季度",
        "前三个季度",
        "上半年",
        "下半年",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "其中",
        "年度",
        "一年",
        "两年",
        "三年",
        "四年",
        "五年",
        "以来",
        "当月",
        "单月",
        "月份",
        "一个月",
        "两个月",
        "就",
        "已",
        "而",
        "光",
        "一共",
        "总共",
        "仅",
        "这",
        "累计",
        "整个",
        "个月",
        "只",
        "却",
        "也",
        "单",
        "前",
        "末",
        "底",
        "月",
        "至",
        "到",
        "从",
        "看",
        "全",
        "回顾",
        "年",
    ];
    let rest = FILL.iter().fold(alike::bare(words), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| !c.is_ascii_digit() && !"-—–".contains(*c)).collect()
}

/// Whether the clause before says that only a part is meant: 仅就县城而言.
pub(in crate::figure) fn is_narrowed(passage: &Passage<'_>, index: usize) -> bool {
    let gap = passage.gap(index);
    gap.rsplit(is_clause_mark).skip(1).any(|clause| {
        ["而言", "来说", "来讲", "来看"].iter().any(|end| clause.ends_with(end))
            && clause.contains(['就', '仅', '单', '只'])
    })
}

/// The words of a figure: those of its clause, and of the one before where it says only its time.
fn clause(passage: &Passage<'_>, index: usize) -> String {
    // 前8个月 is told as a number of its own, and so are 7 and 8 in 7、8两个月.
    let span = |i: usize| {
        let number = &passage.numbers[i];
        let listed = number.unit.is_empty() && number.class.is_none() && number.is_whole();
        number.is(Class::Months) || number.is(Class::Years) || listed
    };
    let before = (0..index).rev().find(|i| !span(*i));
    let start = before.map_or(passage.range.start, |i| passage.numbers[i].at.end);
    let gap = passage.words(start..passage.numbers[index].at.start);
    let mut clauses = gap.rsplit(is_clause_mark);
    let own = clauses.next().unwrap_or_default();
    if months_in(own).or(years_in(own).map(|m| (m.from, m.to))).is_some() {
        return own.to_owned();
    }
    format!("{}{own}", clauses.next().unwrap_or_default())
}

/// The words of a figure: those of its own clause, behind its time where that stands there.
fn named(passage: &Passage<'_>, index: usize) -> String {
    let whole = clause(passage, index);
    let own = whole.rsplit(is_clause_mark).next().unwrap_or_default();
    let own = match own.rfind("月份").or_else(|| own.rfind('月')) {
        Some(at) => own[at..].trim_start_matches(['月', '份']),
        None => own,
    };
    let named = thing(own);
    if named.chars().count() >= 2 { named } else { thing(&whole) }
}

/// `1—9月完成3260万元;1—11月累计完成3180万元`.
pub(in crate::figure) fn find(passage: &Passage<'_>) -> Vec<Mark> {
    let numbers = &passage.numbers;
    let told: Vec<(usize, Months, String)> = (0..numbers.len())
        .filter_map(|index| {
            let number = &numbers[index];
            let own = clause(passage, index);
            let lead = passage.words(passage.range.start..number.at.start);
            let told = months_in(&own).map(|(from, to)| Months { year: year_in(&lead), from, to });
            let months = years_in(&own).filter(|_| !own.contains('月')).or(told)?;
            // A number of its clause is told without a time of its own: 9月末存栏.
            let point = has_any(&own, &["末", "底"]) && !is_running(&own);
            let plain = number.is_amount()
                && number.is_exact()
                && number.kind == Kind::Fact
                && !number.unit.is_empty()
                && !point
                && !is_narrowed(passage, index)
                && !own.ends_with("人口")
                && !has_any(own.replace("公共预算", "").trim_start_matches("其中"), STOCKS);
            plain.then(|| (index, months, named(passage, index)))
        })
        .collect();
    let mut marks = Vec::new();
    for (i, part, a) in &told {
        let longer = told.iter().find(|(j, whole, b)| {
            let (first, last) = if i < j { (a, b) } else { (b, a) };
            let place = area(&clause(passage, *i)).zip(area(&clause(passage, *j)));
            whole.holds(*part)
                && place.is_none_or(|(a, b)| a == b)
                && numbers[*j].is_kin(&numbers[*i])
                && is_same(first, last)
                && numbers[*i].rounded().low > numbers[*j].forgiving().high
        });
        if let Some((j, ..)) = longer {
            let words = |i: usize| passage.words(numbers[i].at.clone());
            let message = format!(
                "{}只有{},其中一段时间却有{};请核对期间或数字",
                span_words(&told, *j),
                words(*j),
                words(*i)
            );
            marks.push(numbers[*i].mark(passage.paper, message, &[&numbers[*j]]));
        }
    }
    marks
}

/// The kind of place that words are of: 市 in 全市, 镇 in 我镇.
fn area(words: &str) -> Option<char> {
    let chars: Vec<char> = words.chars().collect();
    let named =
        |two: &&[char]| "全我本".contains(two[0]) && "国省市州盟县区旗镇乡村".contains(two[1]);
    chars.windows(2).find(named).map(|two| two[1])
}

fn span_words(told: &[(usize, Months, String)], index: usize) -> String {
    told.iter().find(|(i, ..)| *i == index).map_or_else(String::new, |(_, months, _)| {
        match (months.from, months.to) {
            (1, 12) => "全年".to_owned(),
            (1, to) if to > 12 => "几年".to_owned(),
            (from, to) => format!("{from}至{to}月"),
        }
    })
}

/// Whether each of two figures has a name of its own before what they share: 春荒救助, 冬令救助.
fn is_named_apart(first: &str, last: &str) -> bool {
    let run = alike::shared(first, last);
    let lead = |words: &str| words.split(&run).next().unwrap_or_default().to_owned();
    let (a, b) = (lead(first), lead(last));
    let own = |words: &str| words.chars().count() >= 2;
    let season = |words: &str| words.ends_with(['春', '夏', '秋', '冬', '早', '晚', '水', '旱']);
    let named = own(&a) && own(&b) || season(&a) && season(&b);
    named && !a.chars().any(|c| b.contains(c))
}

/// Whether two figures are of one thing: the one told later names no more than the first, or
/// most of the same.
fn is_same(first: &str, last: &str) -> bool {
    let longer = first.chars().count().max(last.chars().count());
    // 接待投诉 and 接到投诉 share a run, and most of their characters.
    let run = alike::shared(first, last).chars().count();
    let both = last.chars().filter(|c| first.contains(*c)).count();
    // What is told later and names more is a part: 办理退税, 办理留抵退税.
    let more = last.chars().count() > first.chars().count() + 1;
    let held = first.contains(last)
        || (run >= 2 && !more && both * 10 >= longer * 6 && !is_named_apart(first, last));
    last.chars().count() <= 1 || held
}
