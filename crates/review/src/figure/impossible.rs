//! What cannot be: dates that there are not, shares above all, something where there was nothing.

use ::figure::{Class, Date, Decimal, decimal_text};
use pack::ReviewRule;

use super::calendar;
use super::growth::is_reached;
use super::kinds::is_partition;
use super::number::Number;
use super::passage::{Passage, has_any, passages};
use super::shares::{BEYOND, FREE, SHARES};
use super::small;

use crate::finding::Mark;
use crate::paper::Paper;

/// Marks what cannot be.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = dates(paper);
    marks.extend(times(paper));
    marks.extend(calendar::find(paper));
    let passages = passages(paper);
    for passage in &passages {
        for (index, number) in passage.numbers.iter().enumerate() {
            marks.extend(share(passage, index, number));
            marks.extend(negative(passage, number));
            marks.extend(vanished(passage, index, number));
        }
        marks.extend(shares(passage));
        marks.extend(listed_shares(passage));
        marks.extend(structure(passage));
    }
    marks.extend(denied(paper, &passages));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.start);
    marks
}

fn dates(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some(written) = chars[at].is_ascii_digit().then(|| small::date_at(chars, at)).flatten()
        else {
            at += 1;
            continue;
        };
        // A day without a year may be of a leap year.
        let year = written.year.and_then(|year| i16::try_from(year).ok()).unwrap_or(2000);
        let day = written.day.unwrap_or(1);
        let parts = i8::try_from(written.month).ok().zip(i8::try_from(day).ok());
        if parts.is_none_or(|(month, day)| Date::new(year, month, day).is_err()) {
            let message = format!("没有{}这一天(月);请核对日期", paper.words(written.at.clone()));
            marks.push(Mark { at: paper.origin(&written.at), message, also: Vec::new() });
        }
        at = written.at.end;
    }
    marks
}

/// `25时30分`.
fn times(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    for at in 0..chars.len() {
        let read = || {
            let (hour, end) = small::digits_at(chars, at)?;
            (chars.get(end) == Some(&'时')).then_some(())?;
            let (minute, end) = small::digits_at(chars, end + 1)?;
            (chars.get(end) == Some(&'分')).then_some((hour, minute, end + 1))
        };
        let Some((hour, minute, end)) = read() else { continue };
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            let message = "没有这个时刻;请核对".to_owned();
            marks.push(Mark { at: paper.origin(&(at..end)), message, also: Vec::new() });
        }
    }
    marks
}

fn share(passage: &Passage<'_>, index: usize, number: &Number) -> Option<Mark> {
    if !number.is(Class::Share)
        || number.direction.is_some()
        || number.extent.low <= Decimal::ONE_HUNDRED
        || number.per
    {
        return None;
    }
    let own = passage.label(index);
    // 由98%提升到105%: the name stands before the first of the two.
    let risen = is_reached(&own) && !own.contains(['率', '为']) && own.chars().count() <= 6;
    let label = match index.checked_sub(1).filter(|_| risen) {
        Some(before) => passage.label(before).trim_end_matches(['由', '从']).to_owned(),
        None => own,
    };
    if number.value < Decimal::from(200) && passage.words(number.at.clone()).contains("分之") {
        let words = passage.words(number.at.clone());
        let whole = !words.contains("百分之") && !has_any(&label, BEYOND);
        return whole.then(|| number.mark(passage.paper, format!("{words}比全部还多;请核对"), &[]));
    }
    let name = label.trim_end_matches(|c: char| "达到为约是仅至了均超过已高".contains(c));
    let rate = name.ends_with('率') && !has_any(&label, FREE);
    let fits = rate
        || SHARES.iter().any(|share| name.ends_with(share))
        || (name.contains('占') && name.ends_with('的') && has_any(name, &["总", "全部", "全体"]));
    if !fits || has_any(&label, BEYOND) || has_any(&passage.noun(index), BEYOND) {
        return None;
    }
    let message = format!("{}不可能超过100%;请核对", name.trim());
    Some(number.mark(passage.paper, message, &[]))
}

/// `起数同比下降112%`: nothing that is counted can lose more than all of itself.
fn vanished(passage: &Passage<'_>, index: usize, number: &Number) -> Option<Mark> {
    let below = ["利润", "亏", "盈", "净", "结余", "收益", "差额", "贡献", "顺差", "增速", "增幅"];
    let words = passage.words(passage.range.clone());
    let fits = number.is(Class::Share)
        && number.direction == Some(prose::Direction::Down)
        && number.extent.low > Decimal::ONE_HUNDRED
        && !has_any(&words, &below)
        && !passage.gap(index).contains('由');
    fits.then(|| number.mark(passage.paper, "下降不可能超过100%;请核对降幅".to_owned(), &[]))
}

fn negative(passage: &Passage<'_>, number: &Number) -> Option<Mark> {
    let counted = number.class.is_some_and(Class::is_counted);
    // A dash before the digits is a sign where it is the only one of its sentence.
    let chars = &passage.paper.chars;
    let dash = number.at.start.checked_sub(1).filter(|at| chars[*at] == '-');
    let signed = dash.and_then(|at| at.checked_sub(1)).is_some_and(|at| {
        let words = passage.words(passage.range.clone());
        chars[at].is_alphabetic() && words.matches(['-', '—', '~', '～']).count() == 1
    });
    let below = number.extent.high < Decimal::ZERO
        || (signed && number.kind == prose::Kind::Fact && number.value > Decimal::ZERO);
    (counted && below)
        .then(|| number.mark(passage.paper, "个数不可能是负数;请核对".to_owned(), &[]))
}

/// Shares of one whole that add up to more than it: `务工占60%,产业占45%,其他占5%`.
fn shares(passage: &Passage<'_>) -> Option<Mark> {
    let parts: Vec<usize> = (0..passage.numbers.len())
        .filter(|i| {
            let label = passage.label(*i);
            passage.numbers[*i].is(Class::Share)
                && label.trim_end_matches(['比', '约', '达', '到', '重']).ends_with('占')
        })
        .collect();
    let labels: Vec<String> = parts.iter().map(|i| passage.gap(*i)).collect();
    let rest = labels.last().is_some_and(|label| has_any(label, &["其他", "其它", "其余"]));
    let words = passage.words(passage.range.clone());
    let whole = has_any(&words, &["来源", "构成", "结构中", "分布"]);
    let run = parts.windows(2).all(|pair| pair[1] - pair[0] <= 2);
    let partition = is_partition(&labels);
    if parts.len() < 2 || !run || !(rest || partition || (whole && parts.len() > 2)) {
        return None;
    }
    let numbers: Vec<&Number> = parts.iter().map(|i| &passage.numbers[*i]).collect();
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let room = numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.digit))?;
    let exceeds = sum > Decimal::ONE_HUNDRED.checked_add(room)?;
    let short = (rest || partition) && sum < Decimal::ONE_HUNDRED.checked_sub(room)?;
    if !(exceeds || short) || numbers.iter().any(|n| !n.is_exact()) {
        return None;
    }
    let terms: Vec<String> = numbers.iter().map(|n| decimal_text(n.value)).collect();
    let message = format!("各项占比{}={}%,不是100%;请核对", terms.join("+"), decimal_text(sum));
    Some(numbers[0].mark(passage.paper, message, &numbers[1..]))
}

/// `分别占45%、35%和25%`: shares of one whole in a row.
fn listed_shares(passage: &Passage<'_>) -> Option<Mark> {
    const LEADS: &[&str] = &["分别占", "占比分别", "比重分别", "比例分别", "各占"];
    let first = (0..passage.numbers.len())
        .find(|i| passage.numbers[*i].is(Class::Share) && has_any(&passage.label(*i), LEADS))?;
    let mut last = first;
    while last + 1 < passage.numbers.len()
        && passage.numbers[last + 1].is(Class::Share)
        && matches!(passage.gap(last + 1).trim(), "、" | "和" | "及" | "与" | "," | "，")
    {
        last += 1;
    }
    let parts = &passage.numbers[first..=last];
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let room = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.digit))?;
    let words = passage.words(passage.range.start..parts[0].at.start);
    // Each may be of a whole of its own.
    let apart = has_any(&words, &["各自", "本", "覆盖", "同比", "达到", "任务", "计划", "目标"]);
    let whole = has_any(&words, &["产业", "其他", "其余", "三次", "来源", "构成"]);
    let exceeds = sum > Decimal::ONE_HUNDRED.checked_add(room)?;
    let short = whole
        && has_any(
            &words,
            &["三次产业", "一、二、三产业", "一二三产业", "第一、二、三产业", "其他", "其余"],
        )
        && sum < Decimal::ONE_HUNDRED.checked_sub(room)?;
    if parts.len() < 3 || apart || !(exceeds || short) || parts.iter().any(|n| !n.is_exact()) {
        return None;
    }
    let terms: Vec<String> = parts.iter().map(|n| passage.words(n.at.clone())).collect();
    let message = format!("{}={}%,不是100%;请核对占比", terms.join("+"), decimal_text(sum));
    let also: Vec<&Number> = parts[1..].iter().collect();
    Some(parts[0].mark(passage.paper, message, &also))
}

/// `三次产业结构为15:42:43`: the parts of a structure make a hundred.
fn structure(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars[passage.range.clone()];
    let words: String = chars.iter().collect();
    if !has_any(&words, &["产业结构", "结构比", "三产结构", "产业比重", "产业比例"])
    {
        return None;
    }
    let is_part = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ':' | '：' | '∶');
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| is_part(c)).count();
        let text: String = chars[at..at + run].iter().collect();
        let text = text.replace(['：', '∶'], ":");
        let parts: Vec<Decimal> = text.split(':').filter_map(|part| part.parse().ok()).collect();
        if parts.len() >= 3 && parts.len() == text.split(':').count() {
            let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
            let places = parts.iter().map(Decimal::scale).max().unwrap_or(0);
            let room = Decimal::new(i64::try_from(parts.len()).unwrap_or(3), places);
            let off = (sum - Decimal::ONE_HUNDRED).abs();
            if off >= room && off < Decimal::from(40) {
                let place = passage.range.start + at..passage.range.start + at + run;
                let message = format!("{text}合计{},不是100;请核对结构比例", decimal_text(sum));
                return Some(Mark { at: passage.paper.origin(&place), message, also: Vec::new() });
            }
        }
        at += run.max(1);
    }
    None
}

/// Words of denial before what did not happen.
const NEVER: &[&str] = &[
    "未发生一起",
    "未发生任何",
    "未发生",
    "没有发生一起",
    "没有发生",
    "未出现一起",
    "未出现",
    "无一起",
    "零发生",
];

/// What may stand between 发生 and what happened.
const LINKS: &[&str] = &["一起", "一例", "1起", "任何", "各类", "过", "了", "共"];

/// `未发生生产安全事故…发生生产安全事故3起`.
fn denied(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let text = &paper.cleaned.text;
    for word in ["未发生", "没有发生", "未出现"] {
        for (byte, _) in text.match_indices(word) {
            let rest = &text[byte + word.len()..];
            let rest =
                LINKS.iter().fold(rest, |rest, link| rest.strip_prefix(link).unwrap_or(rest));
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let thing = &rest[..end];
            if thing.chars().count() < 3 || thing.chars().count() > 14 {
                continue;
            }
            let start = text[..byte].chars().count();
            let here = passages.partition_point(|p| p.range.end <= start);
            if !is_now(
                passages
                    .get(here)
                    .map(|p| p.words(p.range.start..start))
                    .unwrap_or_default()
                    .as_str(),
            ) {
                continue;
            }
            let also = start..start + word.chars().count();
            for passage in passages {
                let mark = happened(passage, thing).map(|number| {
                    let message = format!("前后矛盾:此处有{thing},别处写“{word}{thing}”;请核对");
                    let mut mark = number.mark(paper, message, &[]);
                    mark.also.push(paper.origin(&also));
                    mark
                });
                marks.extend(mark);
            }
        }
    }
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Whether words speak of the time of the report.
fn is_now(words: &str) -> bool {
    let words = words.replace("今年以来", "").replace("年以来", "");
    !has_any(
        &words,
        &[
            "上年",
            "去年",
            "往年",
            "同期",
            "月",
            "季度",
            "半年",
            "期间",
            "近三年",
            "连续",
            "以来",
            "计划",
            "确保",
            "力争",
            "村",
            "校",
            "厂",
            "公司",
            "社区",
        ],
    )
}

/// Whether words speak of what happened in the time of the report, if only in a month of it.
fn is_real(words: &str) -> bool {
    !has_any(
        words,
        &["上年", "去年", "往年", "同期", "计划", "演练", "模拟", "历史", "近年", "以前"],
    )
}

/// The number by which something is said to have happened.
fn happened<'n>(passage: &'n Passage<'_>, thing: &str) -> Option<&'n Number> {
    passage.numbers.iter().enumerate().find_map(|(index, number)| {
        let gap = passage.gap(index);
        let label = passage.label(index);
        let behind = passage.noun(index);
        let before =
            label.ends_with(thing) || label.trim_end_matches(['共', '计']).ends_with(thing);
        let after = behind.trim_start_matches('的') == thing;
        let said = has_any(&label, &["发生", "出现", "查处"])
            && !has_any(&gap, NEVER)
            && !gap.contains('未');
        let counted =
            number.class.is_some_and(Class::is_counted) && number.extent.low > Decimal::ZERO;
        let fact = number.kind == prose::Kind::Fact && number.direction.is_none();
        (counted
            && fact
            && said
            && (before || after)
            && is_real(&passage.words(passage.range.start..number.at.start)))
        .then_some(number)
    })
}
