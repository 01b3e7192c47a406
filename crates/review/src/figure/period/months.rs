//! So many months beside the first and the last of them: 2024年1月至10月的11个月里, and a term of
//! building beside the days it began and ended on.

use super::moment::{Moment, event, moments};
use super::stretch::any_at;
use super::{join_at, month_at};
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;

/// `2024年1月至2024年10月的11个月`.
pub(super) fn between(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars;
    passage.range.clone().find_map(|at| {
        if at > 0 && chars[at - 1].is_ascii_digit() {
            return None;
        }
        let from = month_at(chars, at)?;
        let to = month_at(chars, join_at(chars, from.at.end)?)?;
        let year = |year: Option<u32>| year.map(i64::from);
        let years = match (year(from.year), year(to.year)) {
            (Some(a), Some(b)) => b - a,
            _ if to.month < from.month => 1,
            _ => 0,
        };
        let passed = years * 12 + i64::from(to.month) - i64::from(from.month);
        let end = to.at.end + usize::from(matches!(chars.get(to.at.end), Some('底' | '末')));
        let lead: String = chars[end..].iter().take(3).collect();
        let skip = ["的这", "的", "这"].iter().find(|word| lead.starts_with(**word))?;
        let place = end + skip.chars().count();
        let (said, close) = small::number_at(chars, place)?;
        let unit: String = chars[close..].iter().take(2).collect();
        let fits = (passed..=passed + 1).contains(&i64::from(said));
        let near = i64::from(said) <= passed * 2 + 2;
        (unit == "个月" && !fits && near && passed >= 0).then(|| {
            let message = format!(
                "{}是{}个月,不是{said}个月;请核对月份或月数",
                passage.words(at..to.at.end),
                passed + 1
            );
            let also = vec![passage.paper.origin(&(at..to.at.end))];
            Mark { at: passage.paper.origin(&(place..close + 2)), message, also }
        })
    })
}

/// `2022年4月开工,合同工期18个月,无顺延,按合同于2023年4月竣工`.
pub(super) fn term(passage: &Passage<'_>) -> Option<Mark> {
    const BEGUN: &[&str] = &["开工", "动工", "进场"];
    const OVER: &[&str] = &["竣工", "完工", "交付", "建成"];
    const KEPT: &[&str] =
        &["按期", "如期", "按合同", "期满", "按工期", "按约", "无顺延", "未顺延", "准时"];
    const BROKEN: &[&str] = &["提前", "停工", "延期", "推迟", "逾期", "缩短", "工作日", "每"];
    let words = passage.words(passage.range.clone());
    let all = moments(passage);
    let [first, second] = all.as_slice() else { return None };
    let named = |moment: &Moment, any: &[&str]| has_any(&event(passage, moment), any);
    if !named(first, BEGUN) || !named(second, OVER) || !has_any(&words, KEPT) {
        return None;
    }
    if has_any(&words.replace("较合同工期提前", ""), BROKEN) {
        return None;
    }
    let byte = words.find("工期")? + "工期".len();
    let at = passage.range.start + words[..byte].chars().count();
    let chars = &passage.paper.chars;
    let skip = (0..=2).find(|skip| {
        chars[at..].iter().take(*skip).all(|c| "为是约共".contains(*c))
            && any_at(chars, at + skip).is_some()
    })?;
    let length = any_at(chars, at + skip)?;
    let (fewest, most) = first.until(second);
    let room = 15 + (length.most - length.fewest) / 2;
    let apart = length.fewest > most + room || length.most + room < fewest;
    let near = length.fewest <= most.max(1) * 3 && fewest <= length.most * 3;
    (apart && near && fewest > 0).then(|| {
        let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
        let said = passage.words(length.at.clone());
        let message = format!("{a}到{b}约{most}天,不是{said};请核对日期或工期");
        let also = vec![passage.paper.origin(&first.at), passage.paper.origin(&second.at)];
        Mark { at: passage.paper.origin(&length.at), message, also }
    })
}
