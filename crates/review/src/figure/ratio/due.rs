//! A rate of what is due and what is done, told sentences apart: 应参保人口48326人。…已参保46132人,参保率97.8%.

use super::usable;
use crate::figure::reading::change::change;
use crate::figure::reading::passage::{Passage, has_any};

/// Words by which a rate is of fewer than are due, or of another time.
const NARROW: &[&str] =
    &["按时", "按期", "及时", "当年", "首次", "同比", "较", "增", "平均", "综合"];
/// Words by which what was due is done.
const DONE: &[&str] = &["已", "实", "完成", "共"];

/// What is done and what is due, by the name of the rate: 参保 of 参保率.
pub(super) fn pair(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let label = passage.label(index);
    let name = label.trim_end_matches(|c: char| "达到为约是仅至已".contains(c));
    let stem: Vec<char> = name.strip_suffix('率')?.chars().collect();
    let stem: String = stem.get(stem.len().checked_sub(2)?..)?.iter().collect();
    // 参保率98.6%,其中应参保21300人,已参保20600人: both may be told behind it.
    let behind = index + 2 < numbers.len()
        && !numbers[..index].iter().any(usable)
        && passage.label(index + 1).contains('应');
    let part = if behind { index + 2 } else { index.checked_sub(1)? };
    let done = passage.label(part);
    // 应到代表68名,因事请假5名,实到63名,出席率95.6%
    let comes = ["出席", "到会", "参会", "出勤"].contains(&stem.as_str());
    let (done_of, due) = if comes {
        ("实到".to_owned(), "应到".to_owned())
    } else {
        (stem.clone(), format!("应{stem}"))
    };
    let is_done = usable(&numbers[part])
        && done.contains(&done_of)
        && has_any(&done, DONE)
        && !done.contains(&due)
        && !has_any(name, NARROW);
    let mut wholes = (if behind { index + 1 } else { 0 }..part).filter(|i| {
        let own = passage.label(*i);
        own.contains(&due) && change(&own).is_none() && usable(&numbers[*i])
    });
    let whole = wholes.next().filter(|_| is_done && wholes.next().is_none())?;
    let absent = |i: usize| has_any(&passage.label(i), &["请假", "缺席", "未到", "因事", "因病"]);
    let kin = (whole + 1..part)
        .any(|i| numbers[i].is_kin(&numbers[part]) && usable(&numbers[i]) && !absent(i));
    (!kin && numbers[whole].is_kin(&numbers[part])).then_some((part, whole))
}
