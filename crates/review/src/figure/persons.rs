//! Persons who are named one by one before their number.

use super::items::Told;
use super::passage::{Passage, is_clause_mark};

/// The surnames that nearly everybody has, by which 周立明 is told from 书记 and 会计.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧";

/// `受表彰的有周立明、何桂芳、唐少华,共4人`: how many are named right before a number of persons.
pub(super) fn persons_before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let gap = passage.words(passage.range.start..told.at.start);
    let lead = ["共计", "合计", "总共", "共"].iter().find_map(|sum| gap.strip_suffix(sum))?;
    let lead = lead.trim_end_matches([',', '，']);
    let row = lead.rsplit(is_clause_mark).next()?;
    let mut names: Vec<&str> =
        row.rsplit('、').take_while(|name| (2..=3).contains(&name.chars().count())).collect();
    let whole = row.split('、').count();
    // The first name stands behind the words that lead to the row.
    if names.len() < whole {
        let first = row.rsplit('、').nth(names.len())?;
        let at = ["有", "为", "是"].iter().filter_map(|word| Some(first.rfind(word)? + word.len()));
        names.push(&first[at.max()?..]);
    }
    let named = names.iter().all(|name| {
        (2..=3).contains(&name.chars().count()) && name.starts_with(|c| SURNAMES.contains(c))
    });
    let fits = "人名位".contains(told.unit) && named && names.len() >= 3;
    (fits && names.len().abs_diff(told.said) <= 3).then_some(names.len())
}
