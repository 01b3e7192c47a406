//! Persons who are named one by one before or behind their number.

use super::items::Told;
use crate::figure::reading::passage::{Passage, is_clause_mark};

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

/// `副书记、纪委书记、武装部长、宣传委员五人任副组长`: a clause of nothing but who they are.
pub(super) fn persons_right_before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let gap = passage.words(passage.range.start..told.at.start);
    let row = gap.rsplit(is_clause_mark).next()?.trim();
    let names: Vec<&str> = row.split('、').collect();
    let plain = names.iter().all(|name| {
        (2..=6).contains(&name.chars().count())
            && name.chars().all(char::is_alphabetic)
            && !name.contains(['等', '和', '及', '与', '共', '各'])
    });
    let fits = "人名位".contains(told.unit) && plain && names.len() >= 3;
    (fits && names.len().abs_diff(told.said) <= 2).then_some(names.len())
}

/// `评上的六人是赵春梅、孙桂芝`, `三名包片领导是:郭建英包东片6个村,杜长河包西片7个村`: how many are
/// named right behind a number of persons.
pub(super) fn persons_behind(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let words = passage.words(told.at.end..passage.range.end);
    let at = words.find(['是', '为', '有', ':', '：'])?;
    // 五名代表发言,他们是
    // 5名“最美村医”: a name of honour stands in quotes.
    let noun = words[..at].replace(['“', '”'], "");
    let noun = noun.as_str();
    let taken_up = ["他们", "分别", "依次", "名单", "全体成员", "组成人员", "成员"]
        .iter()
        .find_map(|word| noun.strip_suffix(word));
    let noun = taken_up.map_or(noun, |noun| noun.trim_end_matches([',', '，']));
    let plain = noun.chars().count() <= 10 && noun.chars().all(char::is_alphanumeric);
    if !plain || !"人名位".contains(told.unit) {
        return None;
    }
    let rest = words[at..].trim_start_matches(['是', '为', '有']).trim_start_matches([':', '：']);
    let sentence = rest.split('。').next()?;
    let known = |names: &[&str]| {
        let common = names.iter().filter(|n| n.starts_with(|c| SURNAMES.contains(c))).count();
        names.len() >= 3 && common * 2 > names.len()
    };
    let row: Vec<&str> =
        sentence.split([',', '，', ';', '；']).next()?.split(['、', '和']).collect();
    let named = known(&row) && row.iter().all(|name| (2..=4).contains(&name.chars().count()));
    // What each of them has stands behind the name: 包, 任.
    let clauses: Vec<&str> = sentence.split([',', '，', ';', '；']).collect();
    let verb = |clause: &&str, verb: char| clause.chars().skip(2).take(2).any(|c| c == verb);
    let posted = known(&clauses)
        && clauses[0].chars().skip(2).take(2).any(|c| clauses.iter().all(|own| verb(own, c)));
    let count = match (named, posted) {
        (true, _) => row.len(),
        (false, true) => clauses.len(),
        _ => return None,
    };
    (!sentence.contains('等') && count.abs_diff(told.said) <= 3).then_some(count)
}
