//! A sentence with its numbers, and the words between them.

use std::ops::Range;

use ::figure::Class;
use prose::Kind;

use super::extent::Extent;
use super::lent;
use super::number::Number;
use crate::paper::Paper;

/// What stands between two full stops or line breaks; semicolons part the members of a list and
/// do not end it, nor does a full stop before 其中.
#[derive(Debug)]
pub(in crate::figure) struct Passage<'p> {
    pub(in crate::figure) paper: &'p Paper,
    pub(in crate::figure) range: Range<usize>,
    pub(in crate::figure) numbers: Vec<Number>,
}

/// All passages of a text in order.
pub(in crate::figure) fn passages(paper: &Paper) -> Vec<Passage<'_>> {
    let mut numbers: Vec<Number> =
        paper.found.claims.iter().filter_map(|claim| Number::read(claim, &paper.chars)).collect();
    numbers.sort_by_key(|number| (number.at.start, number.at.end));
    numbers.dedup_by_key(|number| number.at.start);
    let mut numbers = numbers.into_iter().peekable();
    let mut found = Vec::new();
    for range in ranges(&paper.chars) {
        let mut own = Vec::new();
        while let Some(number) = numbers.next_if(|number| number.at.start < range.end) {
            if number.at.start >= range.start && number.at.end <= range.end {
                own.push(number);
            }
        }
        let mut passage = Passage { paper, range, numbers: own };
        // A year later than the first one that a text names is no plan for that alone.
        let words = passage.words(passage.range.clone());
        if names_year(&words) && !has_any(&words, PLANNED) {
            for number in &mut passage.numbers {
                number.kind = Kind::Fact;
            }
        }
        // 每 before one number of a clause is not of the next: 以每亩650元流转800亩.
        for index in 0..passage.numbers.len() {
            if passage.numbers[index].per {
                // 每月对437户走访一遍 tells how often, and not how many each time.
                let often = ["每月对", "每周对", "每季度对", "每天对", "每年对"];
                let gap =
                    often.iter().fold(passage.gap(index), |gap, often| gap.replace(often, ""));
                // (每起只在最终调成的一级计数) is said of all.
                let gap = without_brackets(&gap);
                // 每月10日前发放;低保对象638人: a semicolon ends it.
                let own = gap.rsplit([';', '；', '。']).next().unwrap_or_default();
                passage.numbers[index].per = has_any(&without_forms(own), &["每", "均", "单"]);
            }
        }
        lent::name_quotients(&mut passage);
        tell_what_is(&mut passage);
        lent::lend_units(&mut passage);
        lent::name_persons(&mut passage);
        found.push(passage);
    }
    found
}

/// Words without the 单 of what is filled in or handed out: 派单1548件, 工单, 订单.
fn without_forms(words: &str) -> String {
    const FORMS: &[&str] = &[
        "派单", "接单", "工单", "订单", "名单", "清单", "菜单", "账单", "单位", "单独", "传单",
        "下单",
    ];
    FORMS.iter().fold(words.to_owned(), |rest, form| rest.replace(form, ""))
}

/// A plan that begins with what there is: 将提升已建成的126个服务站, 将在完成186.4万件的基础上.
fn tell_what_is(passage: &mut Passage<'_>) {
    for index in 0..passage.numbers.len() {
        if passage.numbers[index].kind != Kind::Plan {
            continue;
        }
        let own = passage.label(index);
        let there = own.ends_with('的')
            && own.rsplit_once('已').is_some_and(|(_, done)| done.chars().count() <= 8);
        if there || passage.noun(index).ends_with("基础上") {
            passage.numbers[index].kind = Kind::Fact;
        }
    }
}

/// Words without those in brackets that close among them: 药师 for 药师（士）.
pub(in crate::figure) fn without_brackets(words: &str) -> String {
    let closed = |open: usize| words[open..].find([')', '）']).map(|end| open + end);
    let Some(open) = words.find(['(', '（']) else { return words.to_owned() };
    let Some(end) = closed(open) else { return words.to_owned() };
    let behind = words[end..].chars().next().map_or(end, |c| end + c.len_utf8());
    format!("{}{}", &words[..open], without_brackets(&words[behind..]))
}

/// Each sentence joined with the next one of its line, for what is told in two of them.
pub(in crate::figure) fn pairs<'p>(passages: &[Passage<'p>]) -> Vec<Passage<'p>> {
    passages.windows(2).filter_map(join).collect()
}

/// Each sentence joined with the next one of its line, whether they have numbers or not: dates
/// are none.
pub(in crate::figure) fn neighbours<'p>(passages: &[Passage<'p>]) -> Vec<Passage<'p>> {
    passages.windows(2).filter(|run| is_line(run)).filter_map(joined).collect()
}

/// So many sentences as one, whether or not they begin lines and have numbers.
pub(in crate::figure) fn adjacent<'p>(passages: &[Passage<'p>], count: usize) -> Vec<Passage<'p>> {
    told(passages).windows(count).filter_map(one).collect()
}

/// The passages that are more than a line break.
fn told<'a, 'p>(passages: &'a [Passage<'p>]) -> Vec<&'a Passage<'p>> {
    let is_blank =
        |p: &Passage<'p>| p.paper.chars[p.range.clone()].iter().all(|c| c.is_whitespace());
    passages.iter().filter(|p| !is_blank(p)).collect()
}

fn one<'p>(run: &[&Passage<'p>]) -> Option<Passage<'p>> {
    let (first, last) = (run.first()?, run.last()?);
    Some(Passage {
        paper: first.paper,
        range: first.range.start..last.range.end,
        numbers: run.iter().flat_map(|passage| passage.numbers.iter().cloned()).collect(),
    })
}

/// The last sentence of a line joined with the first one of the next, where both have numbers.
pub(in crate::figure) fn across<'p>(passages: &[Passage<'p>]) -> Vec<Passage<'p>> {
    over_lines(passages, 2)
}

/// The same of three sentences, of which one begins a line.
pub(in crate::figure) fn across_three<'p>(passages: &[Passage<'p>]) -> Vec<Passage<'p>> {
    over_lines(passages, 3)
}

/// So many sentences with numbers as one, of which one begins a line.
fn over_lines<'p>(passages: &[Passage<'p>], count: usize) -> Vec<Passage<'p>> {
    let line_breaks = |run: &[&Passage<'p>]| {
        let broken = |pair: &&[&Passage<'p>]| {
            let between = pair[0].range.end.saturating_sub(1)..pair[1].range.start;
            pair[0].paper.chars[between].contains(&'\n')
        };
        run.windows(2).filter(broken).count()
    };
    told(passages)
        .windows(count)
        .filter(|run| line_breaks(run) == 1 && run.iter().all(|p| !p.numbers.is_empty()))
        .filter_map(one)
        .collect()
}

/// The same of three sentences, of which the middle one may have no number.
pub(in crate::figure) fn triples<'p>(passages: &[Passage<'p>]) -> Vec<Passage<'p>> {
    passages.windows(3).filter_map(join).collect()
}

/// Whether sentences stand in one line.
fn is_line(run: &[Passage<'_>]) -> bool {
    run.windows(2).all(|pair| {
        pair[0].range.end == pair[1].range.start
            && pair[0].paper.chars.get(pair[1].range.start.wrapping_sub(1)) != Some(&'\n')
    })
}

/// Sentences of one line as one, where both the first and the last have numbers.
fn join<'p>(run: &[Passage<'p>]) -> Option<Passage<'p>> {
    let told = !run.first()?.numbers.is_empty() && !run.last()?.numbers.is_empty();
    joined(run).filter(|_| told && is_line(run))
}

fn joined<'p>(run: &[Passage<'p>]) -> Option<Passage<'p>> {
    one(&run.iter().collect::<Vec<_>>())
}

/// Words of what is to come.
const PLANNED: &[&str] = &[
    "计划",
    "拟",
    "将",
    "力争",
    "预计",
    "目标",
    "任务",
    "确保",
    "争取",
    "要",
    "规划",
    "安排",
    "预期",
    "打算",
    "下一步",
    "明年",
    "有望",
    "投资",
    "应",
];

/// Whether words name a year in digits.
fn names_year(words: &str) -> bool {
    let chars: Vec<char> = words.chars().collect();
    chars.windows(5).any(|five| five[4] == '年' && five[..4].iter().all(char::is_ascii_digit))
}

fn ranges(chars: &[char]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, c) in chars.iter().enumerate() {
        let among = *c == '。' && chars[at + 1..].starts_with(&['其', '中']);
        // A line that ends in a semicolon or a colon goes on in the next one.
        let open = *c == '\n' && at > 0 && matches!(chars[at - 1], '；' | ';' | '：' | ':');
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '\n') && !among && !open {
            ranges.push(start..at + 1);
            start = at + 1;
        }
    }
    ranges.push(start..chars.len());
    ranges.retain(|range| !range.is_empty());
    ranges
}

/// A mark that parts members of a list.
pub(in crate::figure) fn is_separator(c: char) -> bool {
    matches!(c, '、' | ',' | '，' | ';' | '；')
}

/// A mark that parts clauses: any but 、.
pub(in crate::figure) fn is_clause_mark(c: char) -> bool {
    matches!(c, ',' | '，' | ';' | '；' | ':' | '：' | '。' | '(' | '（' | ')' | '）')
}

/// The words of the original from the last such mark or line break up to a place of it.
pub(in crate::figure) fn lead(paper: &Paper, at: usize) -> String {
    let lead = &paper.original[..at];
    let from =
        lead.iter().rposition(|c| is_clause_mark(*c) || *c == '\n').map_or(0, |mark| mark + 1);
    lead[from..].iter().collect()
}

impl Passage<'_> {
    pub(in crate::figure) fn words(&self, range: Range<usize>) -> String {
        if range.start >= range.end { String::new() } else { self.paper.words(range) }
    }

    /// The words of the passage and of the next sentence of its line: 因部分人员身份重叠,… behind a row.
    pub(in crate::figure) fn words_on(&self) -> String {
        let chars = &self.paper.chars;
        let behind = chars[self.range.end..].iter().take(60);
        let ended = matches!(chars.get(self.range.end.wrapping_sub(1)), Some('\n'));
        let next = behind.take_while(|c| !ended && !matches!(c, '。' | '\n')).count();
        self.words(self.range.start..self.range.end + next)
    }

    /// Where the number before ends, or the passage begins.
    fn before(&self, index: usize) -> usize {
        let last = index.checked_sub(1).and_then(|last| self.numbers.get(last));
        last.map_or(self.range.start, |number| number.at.end)
    }

    /// The words between a number and the one before it.
    pub(in crate::figure) fn gap(&self, index: usize) -> String {
        let end = self.numbers.get(index).map_or(self.range.end, |number| number.at.start);
        self.words(self.before(index)..end)
    }

    /// The words between the end of one number and the beginning of another.
    pub(in crate::figure) fn between(&self, from: usize, to: usize) -> String {
        self.words(self.numbers[from].at.end..self.numbers[to].at.start)
    }

    /// The words before a number in its clause: 办结 in `受理250件,办结235件`.
    pub(in crate::figure) fn label(&self, index: usize) -> String {
        let gap = self.gap(index);
        // 年初386户712人: the persons are told with the households.
        let pair = index > 0 && gap.is_empty() && self.is_of_households(index);
        if pair {
            return self.label(index - 1);
        }
        // 新增（含家庭成员增加）36户: what brackets add stands between.
        let gap = match gap.strip_suffix([')', '）']).and_then(|gap| gap.rsplit_once(['(', '（']))
        {
            Some((lead, inside)) if !inside.contains(is_clause_mark) => lead,
            _ => &gap,
        };
        let own = gap.rsplit(|c| is_separator(c) || is_clause_mark(c)).next().unwrap_or_default();
        own.trim().to_owned()
    }

    /// Whether a number counts the persons of the households right before it.
    fn is_of_households(&self, index: usize) -> bool {
        let class = |at: usize| self.numbers.get(at).and_then(|number| number.class);
        class(index) == Some(Class::Persons) && class(index - 1) == Some(Class::Households)
    }

    /// The words behind a number up to the next mark or number: 行政村 in `12个行政村`.
    pub(in crate::figure) fn noun(&self, index: usize) -> String {
        let next = self.numbers.get(index + 1).map_or(self.range.end, |number| number.at.start);
        let words = self.words(self.numbers[index].at.end..next);
        let end = words.find(|c| is_separator(c) || is_clause_mark(c)).unwrap_or(words.len());
        words[..end].trim().to_owned()
    }

    /// The numbers of the same line in so many characters before the passage.
    pub(in crate::figure) fn told_before(&self, length: usize) -> Vec<Number> {
        let (chars, end) = (&self.paper.chars, self.range.start);
        let line = chars[..end].iter().rev().take(length).take_while(|c| **c != '\n').count();
        self.told_in(end - line..end)
    }

    /// The same behind the passage.
    pub(in crate::figure) fn told_behind(&self, length: usize) -> Vec<Number> {
        let (chars, start) = (&self.paper.chars, self.range.end);
        let ended = chars.get(start.wrapping_sub(1)) == Some(&'\n');
        let line = chars[start..].iter().take(length).take_while(|c| !ended && **c != '\n').count();
        self.told_in(start..start + line)
    }

    fn told_in(&self, range: Range<usize>) -> Vec<Number> {
        // The claims stand in the order of the text.
        let claims = &self.paper.found.claims;
        let first = claims.partition_point(|claim| claim.start < range.start);
        claims[first..]
            .iter()
            .take_while(|claim| claim.start < range.end)
            .filter_map(|claim| Number::read(claim, &self.paper.chars))
            .collect()
    }

    /// Where the bracket opens in which a number stands, if it stands in one.
    pub(in crate::figure) fn bracket(&self, index: usize) -> Option<usize> {
        let mut closed = 0;
        for at in (self.range.start..self.numbers[index].at.start).rev() {
            match self.paper.chars[at] {
                '(' | '（' if closed == 0 => return Some(at),
                '(' | '（' => closed -= 1,
                ')' | '）' => closed += 1,
                // A bracket holds no sentence.
                '。' => return None,
                _ => {}
            }
        }
        None
    }

    /// The words before a number back to the last clause mark and behind it to the next one.
    pub(in crate::figure) fn around(&self, index: usize) -> String {
        format!("{}{}", self.label(index), self.noun(index))
    }
}

/// Whether the words contain one of the given ones.
pub(in crate::figure) fn has_any(words: &str, any: &[&str]) -> bool {
    any.iter().any(|word| words.contains(word))
}

/// How often 一 stands before a counter: 去世一名 counts one, and is no number of the passage.
pub(in crate::figure) fn ones(passage: &Passage<'_>, counter: &str) -> i64 {
    if counter.is_empty() {
        return 0;
    }
    let words = passage.words(passage.range.clone());
    let alike: &[&str] = match counter {
        "人" | "名" | "位" => &["一人", "一名", "一位"],
        _ => &[],
    };
    let own = [format!("一{counter}")];
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let alike = if alike.is_empty() { own.as_slice() } else { alike };
    let count: usize = alike.iter().map(|one| single_places(&words, one).count()).sum();
    i64::try_from(count).unwrap_or(0)
}

/// Where a single one is told, by the byte: 一名, but not 十一名.
pub(in crate::figure) fn single_places<'w>(
    words: &'w str,
    one: &'w str,
) -> impl Iterator<Item = usize> + 'w {
    let larger = |at: usize| words[..at].ends_with(|c: char| "十百千万零〇一二三".contains(c));
    words.match_indices(one).map(|(at, _)| at).filter(move |at| !larger(*at))
}

/// Whether some of the numbers, added to a sum, meet a total.
pub(in crate::figure) fn some_fit(sum: Extent, others: &[&Number], total: Extent) -> bool {
    if sum.meets(total) {
        return true;
    }
    let Some((first, rest)) = others.split_first().filter(|_| others.len() <= 7) else {
        return false;
    };
    some_fit(sum, rest, total)
        || sum.plus(first.rounded()).is_none_or(|sum| some_fit(sum, rest, total))
}
