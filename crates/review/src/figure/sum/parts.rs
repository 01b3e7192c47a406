//! A whole and the parts that are named behind it: `共38户156人,其中甲类12户50人、乙类26户106人`.

use ::figure::{Class, Decimal};

use super::kinds::{REST, is_fellow};
use super::partitions::is_plain_partition;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_separator, without_brackets};
use crate::figure::sum::fits;

/// How a whole and its parts are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::figure) enum Join {
    /// 其中: the parts may be some of all.
    Among,
    /// 包括, a colon or a bracket: mostly all of them.
    Listed,
    /// 由…组成, 分为: all of them.
    Composed,
    /// Nothing but a comma: all of them where their kinds are all there are.
    Beside,
}

/// A whole with its parts, all in units that can be added.
#[derive(Clone, Debug)]
pub(in crate::figure) struct Parts {
    pub(in crate::figure) whole: usize,
    /// The members of the list, by their place among the numbers of the passage.
    pub(in crate::figure) members: Vec<usize>,
    pub(in crate::figure) join: Join,
    /// Whether 等 stands behind the list, so that there is more.
    pub(in crate::figure) open: bool,
    /// Whether the list ends the sentence.
    pub(in crate::figure) last: bool,
    /// Whether a clause of its own follows that counts nothing alike.
    pub(in crate::figure) ended: bool,
    /// Whether the members stand apart by 、 only, so that no new clause can be among them.
    pub(in crate::figure) tight: bool,
}

const JOINS: &[(&str, Join)] = &[
    ("其中", Join::Among),
    ("内中", Join::Among),
    ("包括", Join::Listed),
    ("包含", Join::Listed),
    ("涵盖", Join::Listed),
    ("分别为", Join::Listed),
    ("分别是", Join::Listed),
    ("分为", Join::Composed),
    ("，即", Join::Composed),
    (",即", Join::Composed),
    ("由", Join::Composed),
    ("中有", Join::Among),
    ("中已有", Join::Among),
    ("中,", Join::Among),
    ("中，", Join::Among),
    ("中:", Join::Among),
    (":", Join::Listed),
    ("：", Join::Listed),
    ("(", Join::Listed),
    ("（", Join::Listed),
];

/// Numbers with nothing between them that count the same in different units: 38户156人.
pub(in crate::figure) fn group_end(passage: &Passage<'_>, start: usize) -> usize {
    let mut end = start;
    while let Some(next) = passage.numbers.get(end + 1) {
        let joined = matches!(passage.gap(end + 1).trim(), "" | "、" | "(" | "（" | "/");
        let alike = passage.numbers[start..=end].iter().any(|number| number.is_alike(next));
        if !joined || alike {
            break;
        }
        end += 1;
    }
    end
}

/// The first of the numbers that count one thing with another: 38户 for 156人 in 38户156人.
pub(in crate::figure) fn group_start(passage: &Passage<'_>, index: usize) -> usize {
    let mut start = index;
    while start > 0 && group_end(passage, start - 1) >= start {
        start -= 1;
    }
    start
}

/// The parts named behind a number, if any.
pub(in crate::figure) fn behind(passage: &Passage<'_>, whole: usize) -> Option<Parts> {
    let start = group_start(passage, whole);
    let end = group_end(passage, start).max(whole);
    let first = end + 1;
    passage.numbers.get(first)?;
    // 人均收入14000元,其中工资性收入6000元: the parts are of one head as well.
    let total = &passage.numbers[whole];
    let mean = total.per && !(total.is(Class::Money) && passage.label(whole).contains("收入"));
    // 净减少362人,其中出生580人、死亡942人: a balance has no parts.
    let net = passage.label(whole).contains('净') || passage.label(whole).contains("结余");
    if mean || net || total.direction.is_some() {
        return None;
    }
    let lead = passage.between(end, first);
    let Some((at, word, join)) = join_in(&lead) else {
        return beside(passage, whole, first, &lead);
    };
    let before = &lead[..at];
    // 播种面积3.86万亩,全部由水稻1.24万亩…构成
    let before = before
        .strip_prefix([',', '，'])
        .filter(|rest| join == Join::Composed && matches!(*rest, "全部" | "" | "主要" | "均"))
        .unwrap_or(before);
    // 支出3.42亿元,进度与序时同步。其中: a clause before the full stop says how good it is.
    let remark = before.strip_prefix([',', '，']).and_then(|rest| rest.strip_suffix('。'));
    let before =
        if remark.is_some_and(|remark| !remark.contains(is_separator)) { "" } else { before };
    if before.chars().count() > LEAD || before.trim_end_matches([',', '，']).contains([',', '，'])
    {
        return None;
    }
    let label = &lead[at + word.len()..];
    if join == Join::Composed
        && word == "由"
        && !has_any(
            &passage.words(passage.range.clone()),
            &["组成", "构成", "两块", "部分", "两项", "三块", "三项", "组合"],
        )
    {
        return None;
    }
    // 分别是甲和乙;丙3家: what follows the names is of another thing.
    if word.starts_with("分别") && label.contains([';', '；', '。']) {
        return None;
    }
    // Names before a number are counted by it: 包括甲灌区、乙灌区6个工程.
    if join == Join::Listed && label.contains('、') {
        return None;
    }
    Some(members(passage, whole, first, join)).filter(|parts| !parts.members.is_empty())
}

/// The parts of a whole, where they are told to make it and do, or nearly.
pub(in crate::figure) fn all_parts(passage: &Passage<'_>, whole: usize) -> Option<Vec<usize>> {
    let parts = behind(passage, whole)?;
    let members: Vec<&Number> = parts.members.iter().map(|i| &passage.numbers[*i]).collect();
    let total = &passage.numbers[whole];
    let sum = members.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let near = (sum - total.value).abs().checked_mul(Decimal::TEN)? <= total.value;
    (members.len() > 1 && (near || fits(total, &members))).then_some(parts.members)
}

/// `在校生2847人,男生1496人,女生1315人`: kinds that are all there are, behind a comma; and rows of
/// labels made alike that give more than the whole, or nearly all of it.
fn beside(passage: &Passage<'_>, whole: usize, first: usize, lead: &str) -> Option<Parts> {
    let marks = lead.matches([',', '，', ';', '；', ':', '：']).count();
    let total = &passage.numbers[whole];
    let own = [passage.around(whole), passage.around(first)];
    let tail = |label: &str| label.chars().rev().take(2).collect::<String>();
    // 医生13人,护士15人,别的10人: what is left is of the row before it.
    let rest = REST.iter().any(|rest| passage.label(first).starts_with(rest));
    if rest
        || is_fellow(passage, whole, first)
        || tail(&passage.label(whole)) == tail(&passage.label(first))
            && !passage.label(first).is_empty()
    {
        return None;
    }
    // The row may be a sentence of its own, right behind the whole's.
    let apart = lead.starts_with('。') && marks == 0;
    if is_row(&own)
        || !((1..=2).contains(&marks) || apart)
        || lead.contains('、')
        || (lead.contains('。') && !apart)
        || lead.chars().count() > 20
    {
        return None;
    }
    let mut parts = members(passage, whole, first, Join::Beside);
    let kin = parts.members.iter().take_while(|i| passage.numbers[**i].is_kin(total)).count();
    parts.members.truncate(kin);
    let plain = |i: &usize| {
        let number = &passage.numbers[*i];
        number.is_exact() && number.direction.is_none() && number.value < total.value
    };
    for count in (2..=parts.members.len().min(8)).rev() {
        let members = &parts.members[..count];
        let labels: Vec<String> = members.iter().map(|i| passage.around(*i)).collect();
        let known = is_plain_partition(&labels);
        if !members.iter().all(plain) || !(known || is_row(&labels)) {
            continue;
        }
        let sum = members
            .iter()
            .try_fold(Decimal::ZERO, |sum, i| sum.checked_add(passage.numbers[*i].value))?;
        let gap = total.value.checked_sub(sum)?;
        let room = |parts: i64| total.value.checked_div(Decimal::from(parts));
        let near = if known {
            gap.abs() <= room(3)?
        } else if gap < Decimal::ZERO {
            gap.abs() <= room(4)?
        } else {
            count >= 3 && gap <= room(12)? && count == kin
        };
        if near {
            parts.members.truncate(count);
            return Some(parts);
        }
    }
    None
}

/// Whether labels are made alike, so that nothing is in two of them: 工业类、农业类、服务业类;
/// 连任的、新当选的; 来自县内的、来自县外的.
fn is_row(labels: &[String]) -> bool {
    const SHARED: &[&str] = &["类", "型", "级", "组", "片", "片区", "村", "校", "期", "阶段", "库"];
    let bare: Vec<&str> = labels.iter().map(|l| l.trim_end_matches(['有', '共', '计'])).collect();
    let said = bare.iter().all(|label| (2..=14).contains(&label.chars().count()));
    let mixed = labels.iter().any(|label| {
        has_any(label, NO_MEMBER)
            || has_any(label, NEXT)
            || has_any(
                label,
                &[
                    "女", "党员", "岁", "学历", "以上", "以下", "优秀", "贫困", "重点", "惠及",
                    "带动", "新增", "总", "全", "共",
                ],
            )
    });
    let ends = |end: &str| bare.iter().all(|label| label.ends_with(end));
    // 老城区增加、新城区增加: the same words behind names of their own.
    let tail = |label: &&str| label.chars().rev().take(2).collect::<String>();
    let named =
        bare.iter().all(|label| label.chars().count() >= 4 && tail(label) == tail(&bare[0]));
    let from = named || bare.iter().all(|label| label.starts_with("来自"));
    let serial = bare.iter().all(|label| label.starts_with('第') || label.ends_with("的"));
    said && !mixed && (SHARED.iter().any(|end| ends(end)) || from || serial)
}

/// Whether a list behind a colon gives each year or each quarter its own.
pub(in crate::figure) fn is_yearly(passage: &Passage<'_>, parts: &Parts) -> bool {
    let first = passage.between(parts.whole, parts.members[0]);
    let announced = first.contains([':', '：']) || first.contains("分别");
    let year = |index: &usize| {
        let label = passage.label(*index);
        let bare = label.trim_start_matches("其中");
        let year = bare.len() >= 7
            && bare.chars().take(4).all(|c| c.is_ascii_digit())
            && bare.chars().nth(4) == Some('年');
        year || ["一季度", "二季度", "三季度", "四季度"].iter().any(|q| bare.starts_with(q))
    };
    announced && parts.members.len() >= 2 && parts.members.iter().all(year)
}

/// The longest words between a whole and 其中.
const LEAD: usize = 16;

fn join_in(lead: &str) -> Option<(usize, &'static str, Join)> {
    // 年中, is a time and no whole.
    let told = |word: &str| {
        lead.match_indices(word)
            .map(|(at, _)| at)
            .find(|at| !word.starts_with('中') || !lead[..*at].ends_with(['年', '期', '集', '途']))
            // 小(1)型9座、小(2)型33座 opens no list.
            .filter(|at| !word.starts_with(['(', '（']) || !lead[..*at].contains('、'))
            // 15个县（市） closes its bracket before the next number.
            .filter(|at| !word.starts_with(['(', '（']) || !lead[*at..].contains([')', '）']))
    };
    let found = JOINS.iter().filter_map(|(word, join)| told(word).map(|at| (at, *word, *join)));
    // `(其中` and `,其中:` are joined by the word, not by the mark.
    let found: Vec<_> = found.collect();
    let words = found.iter().filter(|(_, word, _)| word.starts_with(char::is_alphabetic));
    words.min_by_key(|f| f.0).or_else(|| found.iter().min_by_key(|f| f.0)).copied()
}

/// Words by which a number is no member of the list any more.
const NO_MEMBER: &[&str] = &[
    "共计", "合计", "总计", "累计", "增长", "同比", "下降", "较上", "比上", "增幅", "人均", "户均",
    "平均", "每", "其中", "环比", "亩均", "年末", "年底", "目前", "期末", "截至", "现有", "尚有",
];

/// Verbs that begin what is told next: `其中建议48条,采纳36条`.
pub(in crate::figure) const NEXT: &[&str] = &[
    "采纳", "办结", "整改", "完成", "解决", "化解", "已", "达成", "实现", "涉及", "惠及", "带动",
    "兑现", "发放", "到位", "通过", "取得", "立案", "查处", "处置", "覆盖", "受益", "处理", "答复",
    "投入", "争取", "组织", "开展", "修复", "治理", "新增", "签订", "发现", "入住", "培训", "出动",
    "参与",
];

/// The members of the list that begins with a number, whether more is hinted at, and whether
/// the list ends the sentence.
fn members(passage: &Passage<'_>, whole: usize, first: usize, join: Join) -> Parts {
    let mut members = Vec::new();
    let mut separator = None;
    let mut at = first;
    let mut last_end = first;
    while at < passage.numbers.len() {
        let end = group_end(passage, at);
        let alike = (at..=end).find(|i| passage.numbers[*i].is_alike(&passage.numbers[whole]));
        let gap = without_brackets(&passage.gap(at));
        let mark = mark_of(&gap);
        let goes_on = members.is_empty() || {
            let clauses = gap.matches([',', '，', ';', '；', '(', '（', ':', '：']).count();
            let fits = match (separator, mark) {
                (Some('、'), Some('、')) | (None, Some(_)) => true,
                (Some('、'), Some(_)) => false,
                (Some(_), Some(_)) => true,
                (_, None) => has_any(&gap, &["和", "及", "与"]),
            };
            fits && clauses <= 1
        };
        // What stands behind the brackets that a list is told in is none of it.
        if passage.bracket(first).is_some() && passage.bracket(at).is_none() {
            break;
        }
        let label = passage.label(at);
        let told = NEXT.iter().any(|verb| label.starts_with(verb))
            && !gap.contains('、')
            && members.first().is_some_and(|first: &usize| {
                !NEXT.iter().any(|verb| passage.label(*first).contains(verb))
            });
        let stops =
            !members.is_empty() && (told || has_any(&gap, NO_MEMBER) || label.starts_with('共'));
        if !members.is_empty() && (!goes_on || stops) && alike.is_some() {
            break;
        }
        match alike {
            Some(index)
                if label.replace("占地", "").contains('占')
                    || label.starts_with('含')
                    || passage.numbers[index].direction.is_some()
                    || passage.numbers[index].per
                    || (has_any(&label, &["减少", "增加"]) && has_any(&label, &["比", "较"])) =>
                {}
            Some(index) => {
                if separator.is_none() && !members.is_empty() {
                    separator = mark;
                }
                members.push(index);
                last_end = end;
            }
            // A share or a length beside a member says more of it; a new event ends the list.
            None if members.is_empty() => break,
            None => {
                let share = passage.numbers[at].is(Class::Share);
                if !share && gap.contains([',', '，', ';', '；']) {
                    break;
                }
            }
        }
        at = end + 1;
    }
    let tail_end = passage.numbers.get(last_end + 1).map_or(passage.range.end, |n| n.at.start);
    let tail =
        passage.words(passage.numbers[last_end.min(passage.numbers.len() - 1)].at.end..tail_end);
    let last_number = last_end + 1 >= passage.numbers.len();
    // 其余用于资助参保: what is left has no number.
    let rest = tail.chars().take(8).collect::<String>();
    let unsaid = has_any(&rest, &["其余", "其他", "剩余", "余下"]);
    let open = unsaid
        || tail
            .trim_start_matches(|c: char| !matches!(c, '等' | ',' | '，' | '。' | ';'))
            .starts_with('等');
    let last = last_number && tail.chars().count() <= 12;
    let next = tail.trim_start_matches(|c: char| c.is_alphanumeric()).chars().next();
    let ended = next.is_none_or(|c| matches!(c, ',' | '，' | '。' | ';' | '；'))
        && !passage.numbers[last_end + 1..].iter().any(|n| n.is_alike(&passage.numbers[whole]));
    let tight = separator.is_none_or(|mark| mark == '、');
    Parts { whole, members, join, open, last, ended, tight }
}

/// The mark that parts two members: a semicolon before a comma before 、.
fn mark_of(gap: &str) -> Option<char> {
    [';', '；', ',', '，', '、'].into_iter().find(|mark| gap.contains(*mark)).map(|mark| match mark
    {
        '；' => ';',
        '，' => ',',
        other => other,
    })
}
