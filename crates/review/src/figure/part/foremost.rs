//! The first few of many, and the greatest of several days, are no more than all of them.

use ::figure::Decimal;

use super::within::NOT;
use crate::figure::part;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words of what all together have.
const ALL: &[&str] = &["合计", "总", "共", "累计"];

/// Words for one day of several.
const DAY: &[&str] = &["当天", "当日", "单日", "这一天", "那一天"];

/// Words for several days.
const DAYS: &[&str] =
    &["假期", "长假", "期间", "五天", "三天", "七天", "全年", "上半年", "季度", "黄金周", "节"];

/// `14个村集体收入合计1326万元。收入居前三位的三村合计1389万元`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let lead = passage.words(passage.range.start..part.at.start);
    let own = lead.rsplit(['。', ';', '；']).next().unwrap_or_default();
    let of_some = is_first_few(own);
    let of_day = has_any(&passage.gap(index), DAY);
    let whole = (0..index).rev().find(|i| {
        let lead = passage.words(passage.range.start..numbers[*i].at.start);
        let of_all = of_some && has_any(&passage.around(*i), ALL)
            || of_day && has_any(&lead, DAYS) && !has_any(&lead, DAY);
        numbers[*i].is_kin(part) && of_all
    })?;
    let all = &numbers[whole];
    let apart = passage.between(whole, index);
    let plain = [all, part].iter().all(|n| n.is_amount() && n.is_exact() && !n.unit.is_empty());
    let fits = plain
        && part.kind == all.kind
        && part.rounded().low > all.forgiving().high
        && part.value <= all.value.checked_mul(Decimal::TWO)?
        && apart.matches('。').count() <= 2
        && !has_any(&passage.label(index), NOT)
        && !has_any(&passage.label(whole), &["均", "每", "其中", "比", "较"]);
    fits.then(|| part::exceeds(passage, all, part))
}

/// Whether words name the first few in a row: 居前三位的, 排名前5的.
fn is_first_few(words: &str) -> bool {
    words.match_indices('前').any(|(at, word)| {
        let behind: Vec<char> = words[at + word.len()..].chars().take(4).collect();
        let counter = small::number_at(&behind, 0).and_then(|(_, end)| behind.get(end).copied());
        counter.is_some_and(|c| "位名家强的".contains(c))
    })
}
