//! As many values behind 分别 as there are things that are counted before it.

use super::counts;
use super::quoted::count_quotes;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;

/// `甲、乙、丙3个项目…,投资分别为1.2亿元和8000万元`: as many values as there are things.
pub(super) fn values(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let (byte, word) = ["分别", "依次"].iter().find_map(|word| words.match_indices(word).next())?;
    let at = passage.range.start + words[..byte].chars().count();
    let first = passage.numbers.iter().position(|n| n.at.start > at)?;
    let lead = passage.words(at + word.chars().count()..passage.numbers[first].at.start);
    if lead.chars().count() > 14 || lead.contains(|c: char| !c.is_alphanumeric()) {
        return None;
    }
    let (mut count, mut last) = (1, first);
    while last + 1 < passage.numbers.len() {
        match passage.gap(last + 1).trim() {
            "" => {}
            "、" | "和" | "及" | "与" | "以及" => count += 1,
            _ => break,
        }
        last += 1;
    }
    let tail = passage.words(passage.numbers[last].at.end..passage.range.end);
    let goes_on = tail.starts_with(['、', '和', '及', '与', '等']);
    if let Some(mark) = counted_names(passage, &words[..byte], at, count, first, last) {
        return Some(mark);
    }
    if let Some(mark) = counted_clause(passage, &words[..byte], at, count, (first, last)) {
        return Some(mark).filter(|_| !goes_on);
    }
    // The clause of 分别 must not have names of its own, which another check counts.
    let clause = words[..byte].rsplit([',', '，', ';', '；', '。']).next()?;
    if count < 2 || goes_on || has_any(clause, &["、", "和", "与"]) {
        return None;
    }
    let before = &passage.numbers[..first];
    let counted = |index: usize| {
        let number = &before[index];
        matches!(number.unit.as_str(), "个" | "家" | "项" | "处" | "所" | "座" | "村" | "条" | "类")
            && number.is_exact()
            && number.direction.is_none()
            && !number.per
    };
    let told: Vec<usize> = (0..before.len()).filter(|i| counted(*i)).collect();
    // 清河、沙河、柳河3条河流,3条河流长度分别为: the same count again is none of its own.
    let (one, again) = told.split_first()?;
    let same =
        |i: &usize| before[*i].value == before[*one].value && before[*i].is_kin(&before[*one]);
    if !again.iter().all(same) {
        return None;
    }
    let number = &before[*one];
    let said = usize::try_from(number.value).ok()?;
    // The things are named right before their number.
    let label = passage.label(*one);
    let gap = passage.gap(*one);
    let names = gap.rsplit([',', '，', ';', '；', '。', ':', '：']).next()?;
    let (least, most) = counts(names.trim_end_matches(&label).trim_end_matches('、'));
    let named = names.contains('、') && !label.ends_with('等');
    let fits = named && (2..=8).contains(&said) && said != count && said.abs_diff(count) <= 2;
    let known = (least..=most + 1).contains(&said);
    (fits && known).then(|| {
        let told = passage.words(number.at.clone());
        let message = format!("前面是{told},“分别”后有{count}个数,对不上;请核对");
        let also: Vec<_> = passage.numbers[first..=last].iter().collect();
        number.mark(passage.paper, message, &also)
    })
}

/// `四校分别新增学位540个、360个、800个`: nothing but how many there are stands before 分别, or before the
/// time that it is told of.
fn counted_clause(
    passage: &Passage<'_>,
    lead: &str,
    at: usize,
    count: usize,
    (first, last): (usize, usize),
) -> Option<Mark> {
    const KINDS: &str = "村镇乡县校区社园街站所院厂";
    const TIMES: &[&str] = &["今年", "去年", "全年", "年内", "当年", "上半年", ""];
    let mut clauses = lead.rsplit([',', '，', ';', '；', '。', ':', '：']);
    let own = clauses.next()?;
    let clause = if TIMES.contains(&own) { clauses.next()? } else { own };
    let chars: Vec<char> = clause.chars().collect();
    let kind = chars.last().is_some_and(|c| KINDS.contains(*c));
    let start = (0..chars.len().checked_sub(1)?)
        .rev()
        .take_while(|k| small::number_at(&chars, *k).is_some() || chars[*k] == '个');
    let start = start.last()?;
    let (said, _) = small::number_at(&chars, start)?;
    let said = usize::try_from(said).ok()?;
    // 两镇三乡 are five.
    let coupled = start.checked_sub(1).is_some_and(|at| KINDS.contains(chars[at]));
    let fits = kind
        && !coupled
        && (2..=9).contains(&said)
        && said != count
        && count >= 2
        && said.abs_diff(count) <= 2
        && !clause.contains(['等', '第', '各', '每']);
    fits.then(|| {
        let place = at..passage.numbers[last].at.end;
        let message = format!("“分别”前有{said}项,后有{count}个数,对不上;请核对");
        let paper = passage.paper;
        let also = passage.numbers[first..=last].iter().map(|n| paper.origin(&n.at)).collect();
        Mark { at: paper.origin(&place), message, also }
    })
}

/// How many names a row may hold, of which those in quotes join no others.
fn named(names: &str) -> (usize, usize) {
    count_quotes(names).map_or_else(|| counts(names), |count| (count, count))
}

/// `甲、乙、丙三村分别获得20万元、15万元、10万元和5万元`: the names are counted.
fn counted_names(
    passage: &Passage<'_>,
    lead: &str,
    at: usize,
    count: usize,
    first: usize,
    last: usize,
) -> Option<Mark> {
    let clause = lead.rsplit([',', '，', ';', '；', '。', ':', '：']).next()?;
    // 大坪、柳坝两个村和镇区 names more than it counts.
    let name = clause.rsplit('、').next()?;
    if name.trim_end_matches(['和', '及', '与']).contains(['和', '及', '与'])
        && name.contains(['个', '两', '三'])
    {
        return None;
    }
    let chars: Vec<char> = clause.chars().collect();
    let said = (1..chars.len()).rev().find_map(|k| {
        let (said, end) = small::number_at(&chars, k)?;
        let unit: String = chars[end..].iter().take(2).collect();
        let names: String = chars[..k].iter().collect();
        let (least, most) = named(&names);
        let count = usize::try_from(said).ok()?;
        // 石桥、马鞍两镇生猪、肉羊: another row stands behind the names.
        let goes_on = chars[end..].contains(&'、');
        let kind = !goes_on
            && unit.starts_with([
                '个', '村', '镇', '家', '乡', '校', '地', '人', '户', '项', '名', '所', '县', '大',
                '类', '种', '座', '条', '支', '处',
            ]);
        (kind && least >= 2 && (least..=most).contains(&count)).then_some((said, k))
    })?;
    let (least, most) = named(&chars[..said.1].iter().collect::<String>());
    let said = said.0;
    let said = usize::try_from(said).ok()?;
    let goes_on = passage.words(passage.numbers[last].at.end..passage.range.end);
    let open = goes_on.starts_with(['、', '和', '及', '与', '等']) || clause.contains('等');
    let fits = least >= 2 && (least..=most).contains(&said) && said != count && !open;
    fits.then(|| {
        let place = at..passage.numbers[last].at.end;
        let message = format!("“分别”前有{said}项,后有{count}个数,对不上;请核对");
        let paper = passage.paper;
        let also = passage.numbers[first..=last].iter().map(|n| paper.origin(&n.at)).collect();
        Mark { at: paper.origin(&place), message, also }
    })
}
