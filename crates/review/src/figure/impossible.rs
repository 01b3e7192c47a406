//! What cannot be: dates that there are not, shares above all, something where there was nothing.

use ::figure::{Class, Date, Decimal, decimal_text};
use pack::ReviewRule;

use super::reading::change::is_reached;
use super::reading::number::Number;
use super::reading::passage::{Passage, has_any, neighbours, passages};
use super::reading::small;
use super::sum::disjoint;
use super::sum::partitions::is_partition;
use shares::{BEYOND, FREE, OF_TWO, SHARES, is_of_all};

use crate::finding::Mark;
use crate::paper::Paper;

mod calendar;
mod denied;
mod extremes;
mod outcome;
mod rank;
mod shares;
mod undone;

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
            marks.extend(risen(passage, index));
            marks.extend(extremes::find(passage, index));
            marks.extend(extremes::below(passage, index));
            marks.extend(outcome::scored(passage, index));
            marks.extend(outcome::grown(passage, index));
        }
        marks.extend(shares(passage));
        marks.extend(listed_shares(passage));
        marks.extend(structure(passage));
        marks.extend(rank::beyond(passage));
    }
    // 每人只能选一项。选择“满意”的占45%…: the shares are told behind the words that part them.
    for passage in passages.iter().chain(&neighbours(&passages)) {
        let once = has_any(&passage.words(passage.range.clone()), disjoint::ONCE);
        marks.extend(shares(passage).or_else(|| chosen(passage)).filter(|_| once));
    }
    marks.extend(denied::denied(paper, &passages));
    marks.extend(undone::named(paper));
    for passage in passages.iter().chain(&neighbours(&passages)) {
        marks.extend(
            (0..passage.numbers.len())
                .filter_map(|i| {
                    undone::find(passage, i)
                        .or_else(|| undone::late(passage, i))
                        .or_else(|| undone::failed(passage, i))
                })
                .chain((0..passage.numbers.len()).filter_map(|i| outcome::hurt(passage, i))),
        );
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.start);
    marks
}

fn dates(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    let (mut end, mut last) = (0, None);
    while let Some(written) = small::next_date(chars, end) {
        let at = written.at.start;
        let lead: String = chars[at.saturating_sub(2)..at].iter().collect();
        // 同年2月29日 is of the year told last; a day without a year may be of a leap year.
        let same = last.filter(|_| lead == "同年" || lead == "当年");
        last = written.year.or(last);
        let same = same.or_else(|| calendar::year_ahead(chars, &written));
        let year = written.year.or(same).and_then(|year| i16::try_from(year).ok()).unwrap_or(2000);
        let day = written.day.unwrap_or(1);
        let parts = i8::try_from(written.month).ok().zip(i8::try_from(day).ok());
        if parts.is_none_or(|(month, day)| Date::new(year, month, day).is_err()) {
            let message = format!("历法上没有{};请核对日期", paper.words(written.at.clone()));
            marks.push(Mark { at: paper.origin(&written.at), message, also: Vec::new() });
        }
        end = written.at.end;
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
        || number.per && !passage.label(index).contains("平均")
    {
        return None;
    }
    let own = passage.label(index);
    // 由98%提升到105%: the name stands before the first of the two.
    let risen = is_reached(&own) && !own.contains(['率', '为']) && own.chars().count() <= 6;
    let label = match index.checked_sub(1).filter(|_| risen) {
        Some(before) => {
            let told = passage.label(before);
            // 佩戴率由年初的71.5%提高到108%
            let name = told.rsplit_once(['由', '从']).map_or(told.as_str(), |(name, _)| name);
            name.to_owned()
        }
        None => own,
    };
    let words = passage.words(number.at.clone());
    if number.value < Decimal::from(200) && words.replace("百分之", "").contains("分之") {
        return (!has_any(&label, BEYOND))
            .then(|| number.mark(passage.paper, format!("{words}比全部还多;请核对"), &[]));
    }
    let name = label.trim_end_matches(|c: char| "达到为约是仅至了均超过已高".contains(c));
    let name = name.trim_end_matches(|c: char| "提升高上增".contains(c));
    // What is left of a harvest to use is never more than all of it; a factory's output can be.
    let used = has_any(name, &["综合利用率", "资源化利用率", "回收利用率"]);
    // Money may come in beyond what was promised; what is put right or who is at work may not.
    let there = name.ends_with("到位率")
        && !has_any(name, &["资金", "投资", "外资", "内资", "款", "经费", "任务"]);
    let rate = name.ends_with('率') && (used || there || !has_any(&label, FREE));
    let fits = rate
        || SHARES.iter().any(|share| name.ends_with(share))
        || (name.contains('占')
            && name.ends_with('的')
            && has_any(name, &["总", "全部", "全体", "全镇", "全乡", "全县", "全村", "全区"]));
    // 优质稻面积占早稻面积的108%: the one is some of the other. What is sown twice a year is not.
    let some = name.strip_suffix('的').and_then(|name| name.split_once('占'));
    let some = some.is_some_and(|(part, of)| {
        ["面积", "人数", "户数"].iter().any(|end| part.ends_with(end) && of.ends_with(end))
            && !has_any(part, &["播种", "种植", "复种", "养殖", "服务", "外"])
    });
    let share = name.ends_with("比例") && !has_any(name, OF_TWO);
    let fits = fits || some || share || is_of_all(&passage.noun(index)) && name.is_empty();
    // 提高到106.8% is a level, 提高106.8% a change.
    let levelled = ["提高到", "提高至", "提升到", "提升至", "达到"]
        .iter()
        .fold(label.clone(), |rest, word| rest.replace(word, ""));
    if !fits || has_any(&levelled, BEYOND) || has_any(&passage.noun(index), BEYOND) {
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

/// `普及率上年已达93%,今年又抬升9个百分点`: more than all of it in the end.
fn risen(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (base, points) = (&passage.numbers[index.checked_sub(1)?], &passage.numbers[index]);
    let (name, gap) = (passage.label(index - 1), passage.gap(index));
    let named = name.contains('率') || SHARES.iter().any(|share| name.contains(share));
    let up = has_any(&gap, &["再", "又", "基础上"])
        && has_any(&gap, &["提", "升", "增", "高", "涨"])
        && !has_any(&gap, &["降", "减", "其中", "高于", "比全"]);
    let sum = base.value.checked_add(points.value)?;
    let fits = base.is(Class::Share)
        && points.is(Class::Points)
        && base.is_exact()
        && points.is_exact()
        && named
        && up
        && !has_any(&name, FREE)
        && gap.matches(['。', ';', '；']).count() == 0
        && sum > Decimal::ONE_HUNDRED;
    fits.then(|| {
        let message = format!(
            "{}再加{}是{}%,不可能超过100%;请核对",
            passage.words(base.at.clone()),
            passage.words(points.at.clone()),
            decimal_text(sum)
        );
        points.mark(passage.paper, message, &[base])
    })
}

fn negative(passage: &Passage<'_>, number: &Number) -> Option<Mark> {
    let counted = number.class.is_some_and(Class::is_counted);
    // A dash before the digits is a sign where it is the only one of its sentence.
    let chars = &passage.paper.chars;
    let dash = number.at.start.checked_sub(1).filter(|at| matches!(chars[*at], '-' | '−' | '－'));
    let signed = dash.and_then(|at| at.checked_sub(1)).is_some_and(|at| {
        let words = passage.words(passage.range.clone());
        chars[at].is_alphabetic() && words.matches(['-', '−', '－', '—', '~', '～']).count() == 1
    });
    let below = number.extent.high < Decimal::ZERO
        || (signed && number.kind == prose::Kind::Fact && number.value > Decimal::ZERO);
    // 自然增加-49人 is a change, which may be a loss.
    let is_change = has_any(
        &passage.label(passage.numbers.iter().position(|n| n.at == number.at)?),
        &["增加", "增长", "净", "差", "盈余", "结余"],
    );
    // 入住率-3.2% is the share of something, which is never less than nothing.
    let index = passage.numbers.iter().position(|n| n.at == number.at)?;
    let label = passage.label(index);
    let name = label.trim_end_matches(['为', '达', '是', '仅', '至', '到', '-', '−', '－']);
    let rate = number.is(Class::Share)
        && name.ends_with('率')
        && SHARES.iter().any(|share| name.ends_with(share))
        && !has_any(name, FREE);
    if rate && below {
        let message = format!("{name}不可能是负数;请核对");
        return Some(number.mark(passage.paper, message, &[]));
    }
    (counted && below && !is_change)
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
    let whole =
        has_any(&words, &["来源", "构成", "结构中", "分布", "等级", "等次", "评定为", "分为"]);
    // 36至50岁占38%: ages stand between the shares.
    let is_age = |i: usize| {
        passage.numbers[i].unit.is_empty()
            || passage.numbers[i].is(Class::Years)
            || passage.noun(i).starts_with('岁')
            || passage.words(passage.numbers[i].at.clone()).ends_with('岁')
    };
    let run =
        parts.windows(2).all(|pair| (pair[0] + 1..pair[1]).filter(|i| !is_age(*i)).count() <= 1);
    let partition = is_partition(&labels);
    // 三个选项中选一项: nobody is counted twice.
    let once = parts.len() > 2 && has_any(&words, disjoint::ONCE);
    if parts.len() < 2
        || !run
        || !(rest || partition || once || (whole && (parts.len() > 2 || is_graded(&labels))))
    {
        return None;
    }
    let numbers: Vec<&Number> = parts.iter().map(|i| &passage.numbers[*i]).collect();
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let room = numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.digit))?;
    let exceeds =
        sum > Decimal::ONE_HUNDRED.checked_add(room)? && (partition || sum < Decimal::from(150));
    // What is left without a number of its own fills the hundred.
    let last = parts.last().copied().unwrap_or(0);
    let open = passage.numbers.get(last).is_some_and(|n| {
        let tail: String = passage.words(n.at.end..passage.range.end).chars().take(16).collect();
        has_any(&tail, &["其余", "其他", "其它", "剩余", "剩下"])
    });
    let short = !open && (rest || partition) && sum < Decimal::ONE_HUNDRED.checked_sub(room)?;
    if !(exceeds || short) || numbers.iter().any(|n| !n.is_exact()) {
        return None;
    }
    let terms: Vec<String> = numbers.iter().map(|n| decimal_text(n.value)).collect();
    let message = format!("各项占比{}={}%,不是100%;请核对", terms.join("+"), decimal_text(sum));
    Some(numbers[0].mark(passage.paper, message, &numbers[1..]))
}

/// Whether each label is a grade, of which everybody gets one.
fn is_graded(labels: &[String]) -> bool {
    const GRADES: &[&str] = &["优秀", "良好", "合格", "称职", "优", "良", "好", "差"];
    labels.iter().all(|label| {
        let name = label.trim_end_matches(['占', '比', '的', '率']);
        let name = name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        GRADES.iter().any(|grade| name.ends_with(grade))
    })
}

/// `采取单项选择,优秀率87.4%,称职率14.3%,基本称职率2.1%`: more than everybody has chosen.
fn chosen(passage: &Passage<'_>) -> Option<Mark> {
    let parts: Vec<&Number> = passage
        .numbers
        .iter()
        .filter(|n| n.is(Class::Share) && n.direction.is_none() && n.is_exact())
        .collect();
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let room = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.digit))?;
    if parts.len() < 3 || sum <= Decimal::ONE_HUNDRED.checked_add(room)? {
        return None;
    }
    let terms: Vec<String> = parts.iter().map(|n| passage.words(n.at.clone())).collect();
    let message = format!("{}={}%,不是100%;请核对占比", terms.join("+"), decimal_text(sum));
    Some(parts[0].mark(passage.paper, message, &parts[1..]))
}

/// `分别占45%、35%和25%`: shares of one whole in a row.
fn listed_shares(passage: &Passage<'_>) -> Option<Mark> {
    const LEADS: &[&str] = &[
        "分别占",
        "占比分别",
        "比重分别",
        "比例分别",
        "各占",
        "依次占",
        "占比依次",
        "比重依次",
        "比例依次",
    ];
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
    let own = words.rsplit([',', '，', ';', '；']).next().unwrap_or_default();
    let apart = has_any(own, &["各自", "本", "覆盖", "同比", "达到", "任务", "计划", "目标"]);
    let whole = has_any(&words, &["产业", "其他", "其余", "三次", "来源", "构成"]);
    // Parts far beyond a whole are of several wholes: 比重分别为99.3%、93.8%、84.6%.
    let exceeds = sum > Decimal::ONE_HUNDRED.checked_add(room)? && sum < Decimal::from(150);
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
    if !has_any(
        &words,
        &["产业结构", "结构比", "三产结构", "产业比重", "产业比例", "三次产业", "增加值之比"],
    ) {
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
