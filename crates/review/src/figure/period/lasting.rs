//! How long something lasts, and what ends before it begins.

use std::ops::Range;

use ::figure::Date;

use super::dated::{told, years_told};
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

fn civil(written: &Written, year: u32) -> Option<Date> {
    let year = i16::try_from(written.year.unwrap_or(year)).ok()?;
    let (month, day) = (i8::try_from(written.month).ok()?, i8::try_from(written.day?).ok()?);
    Date::new(year, month, day).ok()
}

/// The two dates of 从…到… in a sentence, where there are no others.
fn span(passage: &Passage<'_>) -> Option<(Written, Written)> {
    let dates = told(passage);
    let [first, second] = dates.as_slice() else { return None };
    let chars = &passage.paper.chars;
    let lead: String = chars[first.at.start.saturating_sub(4)..first.at.start].iter().collect();
    let between = passage.words(first.at.end..second.at.start);
    let from = lead.contains(['从', '自', '于', '由'])
        || between.starts_with(['至', '到', '-', '—', '~', '起'])
        || has_any(&between, BEGIN);
    let to = has_any(&between, &["到", "至", "-", "—", "~"])
        || has_any(&passage.words(second.at.end..passage.range.end), END);
    (from && to && between.chars().count() <= 24).then(|| (first.clone(), second.clone()))
}

pub(super) const BEGIN: &[&str] = &[
    "开工",
    "启动",
    "动工",
    "打响",
    "开始",
    "立项",
    "开幕",
    "开播",
    "进场",
    "奠基",
    "破土",
    "开赛",
    "打下",
    "打桩",
    "第一锹",
    "第一根桩",
    "下桩",
    "进村",
    "上任",
    "入驻",
    "到任",
    "进驻",
    "任职",
    "开班",
    "首演",
    "首场",
    "开演",
    "开营",
    "开课",
    "开学",
    "开机",
    "开馆",
    "开镰",
    "部署",
    "动员",
    "铺开",
    "铺排",
];

pub(super) const END: &[&str] = &[
    "竣工", "完工", "收官", "结束", "闭幕", "验收", "投产", "投用", "通车", "交付", "建成", "收尾",
    "完成", "落幕", "为止", "止", "离任", "期满", "卸任", "撤离", "届满", "离村", "结业", "结营",
    "结课", "闭营", "闭馆", "谢幕", "解除", "退场", "送电", "通电", "通水", "恢复", "关闭",
];

fn marked(passage: &Passage<'_>, at: &Range<usize>, message: String, ends: &[&Written]) -> Mark {
    let also = ends.iter().map(|end| passage.paper.origin(&end.at)).collect();
    Mark { at: passage.paper.origin(at), message, also }
}

/// `历时61天…从5月20日打响,到当年6月10日收官`.
pub(super) fn lasting(passage: &Passage<'_>) -> Option<Mark> {
    let (first, second) = span(passage)?;
    let words = passage.words(passage.range.clone());
    let same = !has_any(&words, &["次年", "翌年", "第二年", "次日"]);
    let year = first.year.unwrap_or(2023);
    let (a, b) = (civil(&first, year)?, civil(&second, year)?);
    let days = (b - a).get_days();
    if !same
        || days <= 0
        || has_any(
            &words,
            &["工作日", "断续", "累计", "除", "扣除", "间歇", "停工", "提前", "合同"],
        )
    {
        return None;
    }
    let days = u32::try_from(days).ok()?;
    let (place, said) = length(passage, "天")?;
    let off = said.abs_diff(days + 1) > 1 && said.abs_diff(days) > 1;
    off.then(|| {
        let message = format!(
            "{}到{}是{}天,不是{said}天;请核对日期或天数",
            passage.words(first.at.clone()),
            passage.words(second.at.clone()),
            days + 1
        );
        marked(passage, &place, message, &[&first, &second])
    })
}

/// `自3月1日启动,到6月30日结束。在历时六个月的行动中`.
pub(super) fn lasting_months(passage: &Passage<'_>) -> Option<Mark> {
    let (first, second) = span(passage)?;
    let words = passage.words(passage.range.clone());
    let year = first.year.unwrap_or(2023);
    let (place, said) = length(passage, "个月")?;
    let whole = |d: &Written| d.year.unwrap_or(year) * 12 + d.month;
    let (days, off) = match (civil(&first, year), civil(&second, year)) {
        (Some(a), Some(b)) => {
            let days = u32::try_from((b - a).get_days()).ok()? + 1;
            (days, days + 4 < said * 28 || days > said * 31 + 3)
        }
        // Without days the months are counted, of which the first and the last may be in part.
        _ => {
            let months = whole(&second).checked_sub(whole(&first))?;
            (months * 30, months > said + 1 || months + 1 < said)
        }
    };
    let broken = ["累计", "断续", "停工", "次年", "翌年", "扣除", "平均", "每"];
    (off && !has_any(&words, &broken)).then(|| {
        let message = format!(
            "{}到{}约{days}天,不是{said}个月;请核对日期或时长",
            passage.words(first.at.clone()),
            passage.words(second.at.clone())
        );
        marked(passage, &place, message, &[&first, &second])
    })
}

/// `从2021年3月启动到2023年3月收官,历时整整四年`.
pub(super) fn lasting_years(passage: &Passage<'_>) -> Option<Mark> {
    let (first, second) = span(passage)?;
    let words = passage.words(passage.range.clone());
    let months = |d: &Written| Some(d.year? * 12 + d.month);
    let passed = months(&second)?.checked_sub(months(&first)?)?;
    let (place, said) = length(passage, "年")?;
    let off = (said * 12).abs_diff(passed) > 7;
    (off && passed >= 6 && !has_any(&words, &["累计", "断续", "停工"])).then(|| {
        let message = format!(
            "{}到{}是{passed}个月,不是{said}年;请核对日期或时长",
            passage.words(first.at.clone()),
            passage.words(second.at.clone())
        );
        marked(passage, &place, message, &[&first, &second])
    })
}

/// `成立于2014年,到2024年已运行整整15年`.
pub(super) fn running_years(passage: &Passage<'_>) -> Option<Mark> {
    let years = years_told(passage);
    let [(from, _), (to, place)] = years.as_slice() else { return None };
    let words = passage.words(passage.range.clone());
    let behind: String = words.chars().collect::<String>();
    let lead = behind
        .split_once(&format!("{from}年"))
        .map(|(_, rest)| rest.chars().take(14).collect::<String>());
    let since = [
        "成立",
        "建成",
        "开业",
        "运营",
        "创办",
        "投用",
        "上任",
        "入驻",
        "实施",
        "开园",
        "启用",
        "走上",
        "担任",
        "任职",
        "任主任",
        "任书记",
        "入职",
        "注册",
        "挂牌",
        "组建",
        "创建",
        "落户",
    ];
    let begun = has_any(&words, &["成立于", "始建于", "创办于", "建成于", "设立于", "开办于"])
        || lead.is_some_and(|lead| has_any(&lead, &since));
    let (at, said) = length(passage, "年").or_else(|| length(passage, "个年"))?;
    let passed = to.checked_sub(*from)?;
    let off = begun && at.start > place.end && said.abs_diff(passed) > 1;
    off.then(|| {
        let message = format!("{from}年到{to}年是{passed}年,不是{said}年;请核对年份或时长");
        Mark { at: passage.paper.origin(&at), message, also: vec![passage.paper.origin(place)] }
    })
}

/// How long something is said to last: 历时61天, 为期20天, 前后45天.
fn length(passage: &Passage<'_>, unit: &str) -> Option<(Range<usize>, u32)> {
    const LASTS: &[&str] = &[
        "历时",
        "为期",
        "已满",
        "干满",
        "满了",
        "用时",
        "耗时",
        "持续",
        "前后",
        "共计",
        "奋战",
        "苦战",
        "连续",
        "历经",
        "经过",
        "共",
        "的",
        "就是",
        "干了",
        "期限",
        "租期",
        "工期",
        "任期",
        "服务期",
        "运行",
        "走过",
        "运营",
        "坚持",
        "公示",
    ];
    let chars = &passage.paper.chars;
    let words = passage.words(passage.range.clone());
    for lead in LASTS {
        for (byte, word) in words.match_indices(lead) {
            let at = passage.range.start + words[..byte].chars().count() + word.chars().count();
            // 连续开展了25天: a verb may stand before the number.
            let plain = |c: &char| c.is_alphabetic() && !"第每半两".contains(*c);
            let skipped = (0..=4).find(|skip| {
                chars[at..].iter().take(*skip).all(plain)
                    && small::number_at(chars, at + skip).is_some()
            });
            let at = at + skipped.unwrap_or(0);
            let Some((said, end)) = small::number_at(chars, at) else { continue };
            let tail: String = chars[end..chars.len().min(end + 2)].iter().collect();
            // 一年零三个月 and 一年半 are longer than a year.
            let more = tail.ends_with(['零', '又', '半', '多']) && unit == "年";
            if tail.starts_with(unit) && !more {
                return Some((at..end + unit.chars().count(), said));
            }
        }
    }
    None
}

/// `2023年5月开工,2023年3月竣工`: the end before the beginning.
pub(super) fn finished(passage: &Passage<'_>) -> Option<Mark> {
    let dates = told(passage);
    dates.windows(2).find_map(|pair| finished_between(passage, &pair[0], &pair[1]))
}

fn finished_between(passage: &Passage<'_>, first: &Written, second: &Written) -> Option<Mark> {
    let between = passage.words(first.at.end..second.at.start);
    let behind = passage.words(second.at.end..passage.range.end);
    let behind: String = behind.chars().take(8).collect();
    let named = BEGIN.iter().any(|word| between.contains(word)) && has_any(&behind, END);
    let same_year = match (first.year, second.year) {
        (Some(a), Some(b)) => a == b,
        (_, None) if first.month == second.month => first.day.is_some() && second.day.is_some(),
        (_, None) => {
            let this = |words: &str| has_any(words, &["今年", "本年"]);
            let lead = passage.words(first.at.start.saturating_sub(2)..first.at.start);
            has_any(&between, &["当年", "同年"]) || (this(&lead) && this(&between))
        }
        _ => false,
    };
    let day = |d: &Written| (d.month, d.day.unwrap_or(0));
    let before = first.month > second.month
        || (first.month == second.month
            && first.day.is_some()
            && second.day.is_some()
            && day(first) > day(second));
    let earlier_year = first.year.zip(second.year).is_some_and(|(a, b)| a > b);
    let planned = has_any(&format!("{between}{behind}"), &["计划", "拟", "预计", "早于", "此前"]);
    (named && !planned && between.chars().count() <= 24 && ((same_year && before) || earlier_year))
        .then(|| {
            let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
            let message = format!("{a}开始,{b}就结束,终点早于起点;请核对日期");
            marked(passage, &second.at, message, &[first])
        })
}

/// `2020年立项,2019年建成投产`.
pub(super) fn built(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars;
    let clause = |end: usize| -> String {
        let words = chars[end..].iter().take(8);
        words.take_while(|c| !matches!(c, ',' | '，' | '。' | ';' | '；' | '、')).collect()
    };
    let found: Vec<_> =
        years_told(passage).into_iter().map(|(y, at)| (y, at.clone(), clause(at.end))).collect();
    let [(first, _, begun), (last, place, done)] = found.as_slice() else { return None };
    let begins = has_any(begun, &["立项", "开工", "动工", "启动建设", "破土", "奠基", "始建"]);
    let ends = has_any(done, END) && !has_any(done, &["立项", "开工", "计划", "拟"]);
    (begins && ends && last < first).then(|| {
        let message = format!("{first}年开始,{last}年就结束,终点早于起点;请核对年份");
        Mark { at: passage.paper.origin(place), message, also: Vec::new() }
    })
}

/// `2019年到2023年,历时6年`, `2021至2023年的五年间`.
pub(super) fn years(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars;
    let mut found = Vec::new();
    let mut at = passage.range.start;
    while at < passage.range.end {
        match chars[at].is_ascii_digit().then(|| small::digits_at(chars, at)).flatten() {
            Some((year, end)) if (1950..2100).contains(&year) => {
                found.push((year, at, end));
                at = end;
            }
            _ => at += 1,
        }
    }
    let [(first, _, end), (last, start, close)] = found.as_slice() else { return None };
    let joined = passage.words(*end..*start);
    let lead: String = joined.chars().take(6).collect();
    let span = matches!(
        lead.as_str(),
        "年至" | "年到" | "至" | "-" | "—" | "——" | "~" | "年-" | "年—" | "年~"
    );
    if !span || last <= first || chars.get(*close) != Some(&'年') {
        return None;
    }
    let tail = passage.words(close + 1..passage.range.end);
    let tail: Vec<char> = tail.chars().take(10).collect();
    let words: String = tail.iter().collect();
    let lead = ["", "的", "这", "历时", ",历时", "，历时", "前后", "以来的", "期间的"];
    // 2020年至2023年,我县连续四年
    let on = words.split_once("连续").filter(|(who, _)| {
        let who = who.strip_prefix([',', '，']).unwrap_or(who);
        who.chars().count() <= 5 && who.chars().all(char::is_alphabetic)
    });
    let skip = on.map(|(who, _)| who.chars().count() + 2).or_else(|| {
        lead.iter().filter(|lead| words.starts_with(**lead)).map(|l| l.chars().count()).max()
    })?;
    let (said, end) = small::number_at(&tail, skip)?;
    let unit: String = tail[end..].iter().take(2).collect();
    let count = last - first + 1;
    let plain =
        skip > 0 || ["年间", "年来", "年里", "年时", "年中", "年连"].contains(&unit.as_str());
    let fits = plain && unit.starts_with('年') && said != count && said + 1 != count;
    fits.then(|| {
        let from = close + 1 + skip;
        let place = from..close + 1 + end + 1;
        let message = format!("{first}至{last}年是{count}年,不是{said}年;请核对");
        Mark { at: passage.paper.origin(&place), message, also: Vec::new() }
    })
}

/// `“十四五”时期(2021—2024年)`: the years of a five-year plan.
pub(super) fn plans(paper: &Paper) -> Vec<Mark> {
    const PLANS: &[(&str, u32)] =
        &[("十二五", 2011), ("十三五", 2016), ("十四五", 2021), ("十五五", 2026)];
    let text = &paper.cleaned.text;
    let mut marks = Vec::new();
    for (name, from) in PLANS {
        for (byte, _) in text.match_indices(name) {
            let at = text[..byte].chars().count() + 3;
            let tail: Vec<char> = paper.chars[at..paper.chars.len().min(at + 8)].to_vec();
            let Some(open) = tail.iter().position(|c| matches!(c, '(' | '（')) else { continue };
            let plain = tail[..open].iter().all(|c| "”\"时期规划期间".contains(*c));
            let read = || {
                let (first, end) = small::digits_at(&paper.chars, at + open + 1)?;
                let end = end + usize::from(paper.chars.get(end) == Some(&'年'));
                let end = (end..end + 3)
                    .find(|k| paper.chars.get(*k).is_some_and(char::is_ascii_digit))?;
                let (last, close) = small::digits_at(&paper.chars, end)?;
                Some((first, last, close))
            };
            let Some((first, last, close)) = read().filter(|_| plain) else { continue };
            if (first, last) != (*from, from + 4) && first > 1990 && last > 1990 {
                let message =
                    format!("“{name}”是{from}至{}年,不是{first}至{last}年;请核对", from + 4);
                let place = at + open + 1..close;
                marks.push(Mark { at: paper.origin(&place), message, also: Vec::new() });
            }
        }
    }
    marks
}
