//! Parts told behind 其中, or in a sentence of their own, of which nothing can be in two.

use ::figure::Decimal;

use super::axes::is_of_axis;
use super::disjoint;
use super::exclusive::{
    is_aged, is_halved, is_industrial, is_levelled, is_opposite, is_outside, is_parted, is_placed,
    is_posted, is_sourced,
};
use super::kinds::{is_fellow, is_of_stages};
use super::marked::marked;
use super::partitions::is_plain_partition;
use super::parts::NEXT;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, some_fit};
use crate::figure::reading::slip::is_slip;
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words by which the parts are of other times, or not all.
const NOT: &[&str] = &["累计", "等", "同比", "计划", "目标", "任务"];

/// The numbers of one kind behind a whole, up to the end of its sentence or the next.
fn members(passage: &Passage<'_>, whole: usize) -> Option<Vec<usize>> {
    let total = &passage.numbers[whole];
    let after: Vec<usize> = (whole + 1..passage.numbers.len())
        .filter(|i| passage.numbers[*i].is_kin(total))
        // 初中18所（含九年一贯制学校7所） is one part.
        .filter(|i| passage.bracket(*i).is_none() || passage.bracket(*i) == passage.bracket(whole))
        // 比上年多安排2100万元 tells how the member before it was.
        .filter(|i| {
            let compared = ["比上", "较上", "比去", "较去", "比年初", "较年初"];
            !compared.iter().any(|word| passage.label(*i).starts_with(word))
        })
        .collect();
    let plain = |i: &usize| {
        let n = &passage.numbers[*i];
        (counts(n) || is_grown(passage, *i))
            && n.is_exact()
            && n.kind == total.kind
            && n.value < total.value
    };
    let first = *after.first()?;
    // A row of members stands without anything of another kind between, shares apart.
    let mut row = vec![first];
    for next in after.iter().copied().skip(1) {
        let last = *row.last()?;
        // 不足1亿元的39家: a number of its own names the size.
        let skipped = |i: usize| {
            passage.between(i, next).chars().count() <= 2
                || passage.numbers[i].is(::figure::Class::Years)
                || passage.numbers[i].is(::figure::Class::Share)
                || passage.label(i).contains(['较', '比'])
        };
        let apart = (last + 1..next).any(|i| !skipped(i));
        let marks = passage.between(last, next).matches([',', '，', '、', ';', '；']).count();
        // Behind a semicolon, or with more than there is in all, something else is told.
        let parted = passage.between(last, next).contains([';', '；'])
            && !(row.len() > 1 && passage.between(row[row.len() - 2], last).contains([';', '；']))
            && row.len() > 1;
        // 调解成功405件 is told of the members.
        let label = passage.label(next);
        let verb = NEXT.iter().chain(&["调解", "成功"]).any(|verb| label.starts_with(verb));
        // 21个已达标,其中评为示范6个: what is told of a member is none.
        let inner = row.len() == 1 && passage.between(last, next).contains("其中");
        if parted || verb || inner || passage.numbers[next].value >= total.value {
            break;
        }
        // 三项重点支出合计13.2亿元 is told of the row.
        let mut values = row.iter().map(|i| passage.numbers[*i].value);
        let sum = values.try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value));
        if row.len() > 1 && Some(passage.numbers[next].value) == sum {
            break;
        }
        if apart || marks > 1 + (next - last - 1) || passage.between(last, next).contains('。') {
            break;
        }
        row.push(next);
    }
    (row.len() >= 2 && row.iter().all(plain)).then_some(row)
}

/// `2300户,奖补276万元,其中清河片1050户、南山片890户、东坪片470户`: more than the whole; and
/// `62.4亿元。第一产业11.3亿元,第二产业27.8亿元,第三产业20.1亿元`: another sum than the whole.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let total = &passage.numbers[whole];
    if !counts(total) || !total.is_exact() || total.unit.is_empty() {
        return None;
    }
    let row = members(passage, whole)?;
    // 小学生1920人、初中生1240人,专任教师215人: what follows the parts may be of something else.
    (2..=row.len())
        .rev()
        .find_map(|count| of_row(passage, whole, row[..count].to_vec(), count < row.len()))
        .or_else(|| of_ages(passage, whole, &row))
}

/// `党员1127名,其中女党员286名;35岁以下194名,60岁以上963名`: the young and the old of a whole, told behind
/// something else, are more than all of it.
fn of_ages(passage: &Passage<'_>, whole: usize, row: &[usize]) -> Option<Mark> {
    let total = &passage.numbers[whole];
    row.windows(2).find_map(|pair| {
        let labels: Vec<String> = pair.iter().map(|i| passage.around(*i)).collect();
        let parts: Vec<&Number> = pair.iter().map(|i| &passage.numbers[*i]).collect();
        let sum = parts[0].value.checked_add(parts[1].value)?;
        let gap = sum.checked_sub(total.forgiving().high)?;
        let exceeds = gap > Decimal::ZERO && gap.checked_mul(Decimal::from(4))? <= total.value;
        (is_parted(&labels) && exceeds).then(|| marked(passage, total, &parts)).flatten()
    })
}

/// Whether a number counts something; days of good air are counted as well.
fn counts(number: &Number) -> bool {
    number.is_amount() || number.is(::figure::Class::Days) && number.direction.is_none()
}

/// Whether a number counts those that grew or fell, and is no change: 产值增长的61家.
fn is_grown(passage: &Passage<'_>, index: usize) -> bool {
    let number = &passage.numbers[index];
    number.class.is_some_and(::figure::Class::is_counted) && passage.label(index).ends_with('的')
}

/// The same for a row that is given, which words that divide the whole go beyond where it is cut.
fn of_row(passage: &Passage<'_>, whole: usize, mut row: Vec<usize>, cut: bool) -> Option<Mark> {
    let total = &passage.numbers[whole];
    let first = row[0];
    // 35周岁及以下21名、35周岁以上23名,大专以上30名: the first two are all.
    let two: Vec<String> = row.iter().take(2).map(|i| passage.around(*i)).collect();
    if row.len() > 2 && is_halved(&two) {
        row.truncate(2);
    }
    // A member of a row is the whole of nothing that follows it.
    let listed =
        passage.gap(first).trim_start().starts_with('、') || passage.gap(whole).contains("其中");
    let lead = passage.between(whole, first);
    let beside = !lead.contains(['。', ':', '：']) && !lead.contains("其中");
    if listed || beside && is_fellow(passage, whole, first) {
        return None;
    }
    let among = passage.gap(first).contains("其中") || is_of_these(passage, whole, first);
    let end = row.last().map(|last| passage.numbers[*last].at.end)?;
    let tail: String = passage.words(end..passage.range.end).chars().take(8).collect();
    if disjoint::is_twofold(passage)
        || row.iter().skip(1).any(|i| !is_grown(passage, *i) && has_any(&passage.label(*i), NOT))
        || has_any(&lead, &["计划", "目标", "任务", "累计"])
        || has_any(&passage.label(whole), &["其中", "比", "较", "增", "减"])
        || lead.matches('。').count() > 1
        || lead.chars().count() > 60
    {
        return None;
    }
    let label = |at: usize| {
        let from = at.checked_sub(1).map_or(whole + 1, |before| row[before] + 1);
        let start = from.checked_sub(1).map_or(passage.range.start, |i| passage.numbers[i].at.end);
        let words = passage.words(start..passage.numbers[row[at]].at.start);
        let own = words.rsplit(['、', ',', '，', ';', '；', '。']).next().unwrap_or_default();
        own.replace("其中", "").trim_start_matches([':', '：']).to_owned()
    };
    let labels: Vec<String> = (0..row.len()).map(label).collect();
    // 小学5216人,初中2864人,其中小学寄宿生1120人: a part of what was told before is none of the whole.
    let fellows = passage.numbers[..whole].iter().enumerate().filter(|(_, n)| n.is_kin(total));
    let names = fellows.map(|(at, _)| passage.label(at).replace("在校生", ""));
    let own = passage.label(whole);
    let mut names = names.filter(|name| name.chars().count() >= 2 && !own.contains(name.as_str()));
    if names.any(|name| labels.iter().any(|label| label.starts_with(&name))) {
        return None;
    }
    let around: Vec<String> = row.iter().map(|i| passage.around(*i)).collect();
    // 按所在领域划分
    let seen = lead.contains('从') && lead.contains('看');
    let says = has_any(&lead, &["划分", "按类型", "按类别", "按领域", "按性质", "分类看"]);
    let divided = !cut && (seen || says);
    // 三个村分别领取…: as many values as there are villages; and 其余31名 leaves nothing over.
    let lead_chars: Vec<char> = lead.chars().collect();
    let counted = (lead.contains("分别") || lead.contains("中,") || lead.contains("中，"))
        && (0..lead_chars.len()).any(|at| {
            small::number_at(&lead_chars, at).is_some_and(|(count, end)| {
                usize::try_from(count) == Ok(row.len())
                    && lead_chars.get(end).is_some_and(|c| "个村镇乡家类项片".contains(*c))
            })
        });
    let deeds = ["完成", "整改", "办结", "已", "解决", "化解", "销号"];
    let done = row.iter().any(|i| has_any(&passage.label(*i), &deeds));
    let rest = !done && row.last().is_some_and(|last| passage.label(*last).contains("其余"));
    // Some of them that make the whole leave the others to be marks of them.
    let told: Vec<&Number> = row.iter().map(|i| &passage.numbers[*i]).collect();
    let cases = among
        && !done
        && !is_of_stages(&labels)
        && row.len() >= 3
        && !some_fit(Extent::exact(Decimal::ZERO), &told, total.forgiving())
        && !matches!(
            total.class,
            Some(::figure::Class::Persons | ::figure::Class::Households | ::figure::Class::Visits)
        );
    let said = counted || rest || divided;
    let all = said
        || is_plain_partition(&labels)
        || is_outside(&labels)
        || is_halved(&labels)
        || is_halved(&around)
        || is_of_air(passage, &labels);
    // 每处只归一类
    let once = has_any(&passage.words(passage.range.clone()), disjoint::ONCE);
    // 上半年41公里、前三季度63公里: the later one holds the earlier.
    let held = labels.iter().any(|label| has_any(label, &["前三季度", "累计", "1-", "1至"]))
        // 5000万元以上13个,亿元以上7个: so does the lower bound the higher one.
        || labels.iter().filter(|label| label.contains("以上")).count() > 1;
    let apart = !held
        && (all
            || cases
            || is_parted(&labels)
            || is_aged(&labels)
            || is_industrial(&labels)
            || once
            || is_levelled(&labels)
            || is_posted(&labels)
            || is_of_axis(&labels)
            || (total.is(::figure::Class::Money) && is_sourced(&labels))
            // 仅有医师资格的31人,仅有护士资格的33人
            || labels.iter().all(|label| label.starts_with(['仅', '只', '单']))
            || is_placed(&labels)
            || is_opposite(&labels));
    if !apart {
        return None;
    }
    let parts: Vec<&Number> = row.iter().map(|i| &passage.numbers[*i]).collect();
    let zero = Extent::exact(Decimal::ZERO);
    let sum = parts.iter().try_fold(zero, |sum, part| sum.plus(part.rounded()))?;
    if sum.meets(total.forgiving()) {
        return None;
    }
    // 已完工5个,在建8个,开展前期工作3个: what stands behind the row may belong to it.
    let end = row.last().map_or(0, |last| last + 1);
    let behind: Vec<&Number> =
        passage.numbers.iter().skip(end).filter(|n| n.is_alike(total)).take(3).collect();
    if (1..=behind.len()).any(|count| completes(sum, &behind[..count], total)) {
        return None;
    }
    // A total told elsewhere in the passage may be the one that is meant.
    let told = passage.numbers.iter().any(|n| {
        n.at != total.at
            && n.is_alike(total)
            && (sum.meets(n.forgiving()) || n.value == total.value && n.at.start > total.at.start)
    });
    let exceeds = sum.low > total.forgiving().high;
    let value = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = value.checked_sub(total.value)?.abs();
    // 其中争取中央1.46亿元、地方债券1.20亿元 of 3.27亿元 need not be all that money came from.
    let some = among && !said && total.is(::figure::Class::Money) && !is_slip(value, total.value);
    let fifth = gap.checked_mul(Decimal::from(if some { 10 } else { 5 }))? <= total.value;
    // 5人,其中警告4人、严重警告3人: of few, two too many are a slip as well.
    let third = gap.checked_mul(Decimal::from(3))? <= total.value || gap <= Decimal::TWO;
    // With more left than they name the parts are too many all the same.
    let open = has_any(
        &tail.replace("没有其他", "").replace("无其他", ""),
        &["等", "其余", "其他", "剩余", "余下"],
    ) && !tail.contains("没有");
    let off = exceeds && third && (among || fifth) || all && fifth && !open;
    if told || !off {
        return None;
    }
    marked(passage, total, &parts)
}

/// Whether days are told by their air from the best to the worst there was.
fn is_of_air(passage: &Passage<'_>, labels: &[String]) -> bool {
    let words = passage.words_on();
    let worst =
        has_any(&words, &["未出现重度", "无重度", "没有重度", "未发生重度", "重度及以上污染0"]);
    let told = |level: &str| labels.iter().any(|label| label.contains(level));
    told("优") && told("良") && told("轻度") && (told("重度") || worst)
}

/// Whether the first part is told of what was counted before: 调解纠纷56起;调解纠纷中婚姻纠纷16起.
fn is_of_these(passage: &Passage<'_>, whole: usize, first: usize) -> bool {
    let label = passage.label(first);
    let Some((these, part)) = label.rsplit_once('中') else { return false };
    let end: String = these.chars().skip(these.chars().count().saturating_sub(2)).collect();
    let told = passage.words(passage.range.start..passage.numbers[whole].at.end);
    let time = ["年", "期", "途", "集", "初", "高"].iter().any(|word| these.ends_with(word));
    part.chars().count() >= 2 && end.chars().count() == 2 && !time && told.contains(&end)
}

/// Whether a sum with all of some further numbers makes a total.
fn completes(sum: Extent, further: &[&Number], total: &Number) -> bool {
    let all = further.iter().try_fold(sum, |sum, number| sum.plus(number.rounded()));
    all.is_some_and(|sum| sum.meets(total.forgiving()))
}
