//! What is said to rise or fall without a number, beside two numbers that do the other.

use ::figure::{Class, Decimal};
use prose::Direction;

use super::trend_words::{direction_at, lead_before, lead_of, moved_to, of_quantity};
use crate::figure::growth::yearly::year_in;
use crate::figure::reading::alike::common;
use crate::figure::reading::change::{change, is_start};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::stock_words::IN;
use crate::finding::Mark;

/// Whether a label names the value of an earlier year: 上年为, 较2022年的, 去年同期.
pub(super) fn is_earlier(label: &str) -> bool {
    const EARLIER: &[&str] = &[
        "上年",
        "去年",
        "同期",
        "上一年",
        "上一采",
        "上一季",
        "上一轮",
        "上一届",
        "上一期",
        "上期",
        "前年",
        "上季度",
        "上月",
        "上届",
        "往年",
        "原有",
        "原来",
        "此前",
        "年初",
        "常年",
        "多年平均",
        "历史均值",
    ];
    has_any(label, EARLIER) || dated(label).is_some()
}

/// 2022年 with nothing but a few words behind it.
fn dated(label: &str) -> Option<u32> {
    let bare = label.trim_start_matches(['较', '比', '由', '从', '而', '与']);
    let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
    let fits = digits.len() == 4 && bare.chars().nth(4) == Some('年') && bare.chars().count() <= 12;
    digits.parse().ok().filter(|_| fits)
}

/// The month that words name in digits.
fn month(words: &str) -> Option<&str> {
    let (lead, _) = words.split_once('月')?;
    let digits = lead.trim_end_matches(|c: char| c.is_ascii_digit());
    Some(&lead[digits.len()..]).filter(|month| !month.is_empty())
}

/// Whether words begin with a year of their own, however long they are: 2022年社会消费品零售总额.
fn is_of_year(words: &str) -> bool {
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    digits == 4 && words.chars().nth(4) == Some('年')
}

fn comparable(a: &Number, b: &Number) -> bool {
    let class = |n: &Number| {
        // 排名由369位上升到235位: a smaller place is the higher one.
        !n.is(Class::Rank)
            && !n.is(Class::Years)
            && n.counter != "位"
            && !n.unit.is_empty()
            && n.direction.is_none()
    };
    a.is_alike(b) && a.kind == b.kind && class(a) && class(b)
}

fn denies(old: &Number, new: &Number, said: Direction) -> bool {
    // What is counted one by one and is the same has not moved: 上年96人,今年96人,明显增加.
    let same = new.value == old.value && new.is_exact() && old.is_exact();
    let counted = new.digit.is_zero() && old.digit.is_zero();
    let moved = match said {
        Direction::Up => new.extent.high < old.extent.low,
        Direction::Down => new.extent.low > old.extent.high,
    };
    moved || same && counted
}

/// The value that one of an earlier time is told behind: the one before it, or before its share: 312天,
/// 占比85.5%,上年为318天.
fn later(passage: &Passage<'_>, index: usize) -> usize {
    let (before, number) = (index - 1, &passage.numbers[index]);
    let share = passage.numbers[before].is(Class::Share) && passage.label(before).contains('占');
    let skipped = before.checked_sub(1).filter(|i| share && passage.numbers[*i].is_kin(number));
    skipped.unwrap_or(before)
}

/// `1.32亿千瓦时,上年为1.41亿千瓦时,同比增长`, `2.15万吨,较2022年的2.21万吨增产`.
pub(super) fn told_behind(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let at = later(passage, index);
    let (first, second) = (&passage.numbers[at], &passage.numbers[index]);
    let (before, label) = (passage.label(at), passage.label(index));
    let gap = passage.gap(index);
    let now =
        |label: &str| has_any(label, &["今年", "本年", "当年", "本届", "本季度", "本月", "年末"]);
    // 其中小麦0.92万吨。比上年的1.98万吨增长 begins anew with all of it.
    let anew = before.contains("其中") && gap.contains('。');
    if anew || change(&label).is_some() || change(&before).is_some() {
        return None;
    }
    // 比计划的5亿元多0.4亿元
    let planned = label.starts_with(['比', '较'])
        && has_any(&label, &["计划", "目标", "任务", "预算"])
        && first.is_alike(second)
        && first.direction.is_none()
        && second.direction.is_none()
        && !first.is(Class::Share);
    if planned && gap.matches([',', '，']).count() == 1 {
        let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
        let tail = passage.words(second.at.end..end);
        let said = match tail.chars().next() {
            Some('多' | '超' | '增') => Direction::Up,
            Some('少' | '减') => Direction::Down,
            _ => return None,
        };
        return denies(second, first, said).then(|| mark(passage, second, first, said));
    }
    // 同期债务由5.6亿元压减到4.1亿元 begins two values of its own.
    // 由前一年的20起降到去年的14起 goes from the first to the second, whichever is named.
    let from_to = is_start(&before) && label.contains(['到', '至']);
    // So does 轻工业占比由上年的42%.
    let starts = label.rsplit([',', '，']).next().is_some_and(|own| own.contains(['由', '从']));
    if label.ends_with(['由', '从']) || starts || from_to {
        return None;
    }
    // 每公斤42元,与去年的56元: what is compared with is for one of the same.
    let each = first.per == second.per
        || label.starts_with(['与', '和', '较', '比', '同'])
        || ((is_earlier(&label) || now(&label)) && label.chars().count() <= 6);
    // 上年发案96起,今年以来齐抓共管,宣传到户,发案112起: the thing is named again.
    let again = common(&before, &label) >= 2 && now(&gap);
    let marks = gap.matches([',', '，', ';', '；', '。']).count();
    // 降至2.6元,比上年低0.4元 tells how far the two are apart.
    let distance = label.contains(['比', '较']) && label.ends_with(['低', '高', '少', '多']);
    if distance || !each || !comparable(first, second) || marks > if again { 4 } else { 2 } {
        return None;
    }
    // 去年6月为4300万千瓦时,今年5月为5000万千瓦时 are compared with a third.
    if month(&before).is_some_and(|own| month(&label).is_some_and(|other| own != other)) {
        return None;
    }
    // 去年亏损23.6万元,今年盈利8.4万元 is a gain of both together.
    if before.contains('亏') != label.contains('亏') {
        return None;
    }
    // 2023年,全镇接待游客…。2024年共接待游客…: the year may have a comma behind it.
    let of_first = dated(&before).or_else(|| year_in(&passage.gap(at)));
    let years = of_first.zip(dated(&label));
    let (old, new) = if let Some((a, b)) = years.filter(|(a, b)| a != b) {
        if a > b { (second, first) } else { (first, second) }
    } else if is_earlier(&label) && !is_earlier(&before) && !now(&label) && !is_of_year(&before) {
        (second, first)
    } else if is_earlier(&before) && (now(&label) || now(&gap)) && !is_earlier(&label) {
        (first, second)
    } else {
        return None;
    };
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(second.at.end..end);
    let level = tail.split(['。', ';', '；']).next().unwrap_or_default();
    let level: String = level.chars().take(16).collect();
    let stable = is_stable(&tail) && !old.is(Class::Share);
    let apart = (old.value - new.value).abs();
    if stable && apart.checked_mul(Decimal::from(5))? > old.value.abs() {
        let (a, b) = (passage.words(old.at.clone()), passage.words(new.at.clone()));
        let message = format!("说是稳定,数字却由{a}到{b};请核对数字或说法");
        return Some(new.mark(passage.paper, message, &[old]));
    }
    if is_level_said(&level)
        && !has_any(&level, &["率", "增速"])
        && apart > level_room(old, &level)?
    {
        let (a, b) = (passage.words(old.at.clone()), passage.words(new.at.clone()));
        let message = format!("说是持平,数字却由{a}到{b};请核对数字或说法");
        return Some(new.mark(passage.paper, message, &[old]));
    }
    // The tail speaks of the two only where it names nothing else; so do words between them.
    let said = moved_to(&before)
        .filter(|_| first.at == new.at)
        .or_else(|| direction_at(&tail))
        .or_else(|| between(&gap))
        .or_else(|| ended(&tail, &passage.words(passage.range.start..first.at.start), new))?;
    if !denies(old, new, said) {
        return None;
    }
    Some(mark(passage, old, new, said))
}

/// Whether the clause right behind two values says that they are stable, and nothing of another.
fn is_stable(tail: &str) -> bool {
    let behind = tail.trim_start_matches([',', '，']);
    let clause = behind.split([',', '，', '。', ';', '；']).next().unwrap_or_default();
    let plain = clause.chars().all(|c| "总体基本上大持续保稳定平的".contains(c));
    plain && ["稳定", "平稳"].iter().any(|end| clause.ends_with(end))
}

/// How far apart two values may be that are said to be level: a tenth where they are few or are
/// said to be so by and large, a twentieth otherwise.
pub(super) fn level_room(old: &Number, said: &str) -> Option<Decimal> {
    if old.is(Class::Share) {
        return Some(Decimal::TWO);
    }
    let rough = has_any(said, &["基本", "大体", "大致", "总体", "相当", "略", "左右"]);
    let few = old.class.is_none_or(Class::is_counted) && old.value.abs() < Decimal::from(50);
    old.value.abs().checked_div(Decimal::from(if rough || few { 10 } else { 20 }))
}

/// Whether words say that two values are nearly the same.
pub(super) fn is_level_said(words: &str) -> bool {
    has_any(words, &["持平", "大体相当", "基本相当", "不相上下", "同期相当", "基本一致"])
}

/// `4.5万头,同比减少,上年同期为4.1万头`: a direction alone between the two.
fn between(gap: &str) -> Option<Direction> {
    let middle = gap.split([',', '，']).nth(1).filter(|_| gap.matches([',', '，']).count() == 2)?;
    let said = direction_at(middle)?;
    (middle.chars().count() <= 8).then_some(said)
}

/// `…,火灾数量明显减少`: the clause behind them ends in a direction and takes up their thing.
fn ended(tail: &str, lead: &str, value: &Number) -> Option<Direction> {
    let clauses = tail.trim_start_matches([',', '，', '。']).split([',', '，', '。', ';', '；']);
    // 人均管护面积有所增加 is of another figure than the number of persons.
    clauses.take(2).filter(|clause| value.per || !clause.contains('均')).find_map(|clause| {
        if let Some(said) = of_quantity(clause, value) {
            return Some(said);
        }
        if let Some(said) = of_thing(clause, lead).or_else(|| of_count(clause, lead)) {
            return Some(said);
        }
        let said = lead_of(clause)?;
        (clause.chars().count() <= 14 && common(clause, lead) >= 2).then_some(said)
    })
}

/// Words behind the number of what was told, compared with an earlier one: 发案数比去年有所下降.
fn of_count(clause: &str, lead: &str) -> Option<Direction> {
    let at = ["比去年", "较去年", "比上年", "较上年", "同比"]
        .iter()
        .filter_map(|w| clause.find(w))
        .min()?;
    let (thing, rest) = clause.split_at(at);
    let bare = thing.strip_suffix(['数', '量', '额'])?;
    let told = (2..=4).contains(&bare.chars().count()) && bare.chars().any(|c| lead.contains(c));
    direction_at(rest).filter(|_| told && clause.chars().count() <= 16)
}

/// Words behind what moves in a plain clause: 事故起数下降, 客流量上升.
fn of_thing(clause: &str, lead: &str) -> Option<Direction> {
    let chars: Vec<char> = clause.chars().collect();
    let at = chars.len().checked_sub(2).filter(|at| (2..=7).contains(at))?;
    let (thing, verb): (String, String) =
        (chars[..at].iter().collect(), chars[at..].iter().collect());
    let plain = ["上升", "下降", "增加", "减少", "增长", "上涨", "降低", "提高", "下滑", "回落"];
    let said = direction_at(&verb).filter(|_| plain.contains(&verb.as_str()))?;
    let thing = thing.trim_end_matches("环比").trim_end_matches("同比");
    (common(thing, lead) >= 2 && !thing.contains(['率', '比', '幅', '未'])).then_some(said)
}

fn mark(passage: &Passage<'_>, old: &Number, new: &Number, said: Direction) -> Mark {
    let (a, b) = (passage.words(old.at.clone()), passage.words(new.at.clone()));
    let (word, is) = match said {
        Direction::Up => ("增加", "减少"),
        Direction::Down => ("减少", "增加"),
    };
    let message = format!("说是{word},数字却由{a}到{b},是{is};请核对数字或升降的说法");
    new.mark(passage.paper, message, &[old])
}

/// `信访总量继续下降。去年87件次,今年94件次`: the words come first.
pub(super) fn told_before(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (old, new) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let (before, label) = (passage.label(index - 1), passage.label(index));
    // 年初62辆,当年购置20辆: what came is no later value of what there was.
    if has_any(&label, IN) && !has_any(&before, IN) {
        return None;
    }
    let gap = passage.gap(index);
    let years = dated(&before).zip(dated(&label)).is_some_and(|(a, b)| a < b);
    let changed = change(&before).is_some() || change(&label).is_some();
    let moved =
        is_start(&before) && ["变为", "变成", "到", "至"].iter().any(|word| label.ends_with(word));
    let pair = !changed
        && (years
            || moved
            || (is_earlier(&before)
                && has_any(&gap, &["今年", "本年", "当年"])
                && !is_earlier(&label)))
        && old.per == new.per
        && comparable(old, new)
        && gap.matches([',', '，', ';', '；', '。']).count() <= 2;
    let swapped = is_earlier(&label)
        && !is_earlier(&before)
        && has_any(&before, &["今年", "本年", "当年"])
        && comparable(old, new);
    if !pair && !swapped {
        return None;
    }
    let (old, new) = if pair { (old, new) } else { (new, old) };
    // 今年降到94件次 says it right before the number.
    let own = moved_to(&label).filter(|_| pair);
    let said = match own {
        Some(said) => said,
        None => {
            lead_before(&passage.words(passage.range.start..passage.numbers[index - 1].at.start))?
        }
    };
    denies(old, new, said).then(|| mark(passage, old, new, said))
}
