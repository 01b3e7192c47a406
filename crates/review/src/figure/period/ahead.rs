//! Years outside of the plan they are told of, and months ahead that two dates do not give.

use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;

const PLANS: &[(&str, u32)] =
    &[("十二五", 2011), ("十三五", 2016), ("十四五", 2021), ("十五五", 2026)];

/// `“十三五”时期,先后于2016年、2018年和2022年建成`.
pub(super) fn beyond_plan(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let named: Vec<_> = PLANS.iter().filter(|(name, _)| words.contains(name)).collect();
    let [(name, from)] = named.as_slice() else { return None };
    let behind = &words[words.find(name)? + name.len()..];
    let behind = behind.trim_start_matches(['”', '"']);
    let within = behind.starts_with("时期") || behind.starts_with("期间");
    if !within
        || has_any(
            &words,
            &[
                "以来",
                "计划",
                "将",
                "拟",
                "延续",
                "至今",
                "规划",
                "前期",
                "其中",
                "建成后",
                "完成后",
                "完工后",
            ],
        )
        || has_any(&words, &["启动", "开工", "立项", "动工"])
        || !has_any(&words, &["先后", "分别", "陆续"])
    {
        return None;
    }
    let chars = &passage.paper.chars;
    let start = passage.range.start + words[..words.find(name)?].chars().count();
    let mut at = (start..passage.range.end)
        .find(|at| chars[*at] == '于' && chars.get(at + 1).is_some_and(char::is_ascii_digit))?
        + 1;
    // 2016年、2018年和2022年
    while let Some((year, end)) = small::digits_at(chars, at) {
        if chars.get(end) != Some(&'年') || !(1950..2100).contains(&year) {
            return None;
        }
        if !(*from..from + 5).contains(&year) {
            let place = at..end + 1;
            let message = format!("{year}年不在“{name}”({from}至{}年)之内;请核对", from + 4);
            return Some(Mark {
                at: passage.paper.origin(&place),
                message,
                also: vec![passage.paper.origin(&(start..start + 3))],
            });
        }
        let next = chars.get(end + 1).filter(|c| matches!(c, '、' | '和' | '与' | '及'))?;
        at = end + 1 + usize::from(*next != ' ');
    }
    None
}

/// `原定2023年12月底完工,于2023年9月底完工,提前了5个月`.
pub(super) fn months_ahead(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars;
    let mut dates = Vec::new();
    let mut at = passage.range.start;
    while at < passage.range.end {
        match small::date_at(chars, at) {
            Some(date) => {
                at = date.at.end;
                dates.push(date);
            }
            None => at += 1,
        }
    }
    let [due, done] = dates.as_slice() else { return None };
    let (due_year, done_year) = (due.year?, done.year.or(due.year)?);
    let lead = passage.words(passage.range.start..due.at.start);
    let between = passage.words(due.at.end..done.at.start);
    let planned = ["原定", "原计划", "计划", "合同约定", "约定"];
    let tail = passage.words(done.at.end..passage.range.end);
    let behind = &tail[tail.find("提前")? + "提前".len()..];
    let behind: Vec<char> = behind.trim_start_matches('了').chars().take(6).collect();
    let (said, end) = small::number_at(&behind, 0)?;
    let unit: String = behind[end..].iter().take(2).collect();
    let gap = (due_year * 12 + due.month).checked_sub(done_year * 12 + done.month)?;
    let fits = planned.iter().any(|word| lead.ends_with(word))
        && !has_any(&between, &["开工", "动工", "启动"])
        && unit == "个月"
        && gap.abs_diff(said) > 1;
    fits.then(|| {
        let start = done.at.end + tail[..tail.find("提前").unwrap_or(0)].chars().count();
        let skip = usize::from(chars.get(start + 2) == Some(&'了'));
        let place = start + 2 + skip..start + 2 + skip + end + 2;
        let message = format!("两个日期相差{gap}个月,不是{said}个月;请核对");
        Mark {
            at: passage.paper.origin(&place),
            message,
            also: [due, done].iter().map(|d| passage.paper.origin(&d.at)).collect(),
        }
    })
}
