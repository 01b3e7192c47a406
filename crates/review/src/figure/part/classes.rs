//! Classes of which nothing is in two, more in all than there are: 23个村党支部有五星级6个、四星级11个、
//! 三星级8个.

use ::figure::Decimal;

use crate::figure::part;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// What the classes of a row go by, with the characters of which each has its own before it.
const GRADES: &[(&str, &str)] = &[
    ("星级", "一二三四五六123456"),
    ("星", "一二三四五六123456"),
    ("级", "ABCDⅠⅡⅢⅣ一二三四甲乙丙"),
    ("类", "ABCDⅠⅡⅢⅣ一二三四甲乙丙"),
];

/// Marks the last of the classes that are more than their whole.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let all = &passage.numbers[whole];
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    let kin: Vec<usize> =
        (whole + 1..passage.numbers.len()).filter(|i| passage.numbers[*i].is_kin(all)).collect();
    if !plain(all) || class(&passage.label(whole)).is_some() {
        return None;
    }
    let words = |at: usize| {
        let before = at.checked_sub(1).map_or(whole, |before| kin[before]);
        passage.between(before, kin[at])
    };
    let graded = (0..kin.len()).map_while(|at| class(&words(at))).collect::<Vec<_>>();
    let sized = (0..kin.len()).take_while(|at| is_size(&words(*at))).count();
    let bounds: String = (0..sized).map(words).collect();
    let own = |n: usize| (1..n).all(|i| !graded[..i].contains(&graded[i]));
    let same = graded.windows(2).all(|two| two[0].0 == two[1].0);
    let count = if graded.len() >= 2 && own(graded.len()) && same {
        graded.len()
    } else if sized == 3 && bounds.contains("以上") && has_any(&bounds, &["以下", "不足", "以内"])
    {
        sized
    } else {
        return None;
    };
    let members: Vec<&Number> = kin[..count].iter().map(|i| &passage.numbers[*i]).collect();
    let told = passage.between(whole, kin[count - 1]);
    let sum = members.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    // A sum far above the whole is of something else.
    let near = all.value.checked_mul(Decimal::new(13, 1)).is_some_and(|most| sum <= most);
    let fits = near
        && sum > all.forgiving().high
        && members.iter().all(|n| plain(n) && n.kind == all.kind && n.value < all.value)
        && told.matches(['。', '\n']).count() <= 1
        && !has_any(&told, &["累计", "新增", "另", "去年", "上年", "还有"]);
    fits.then(|| {
        let parts: Vec<String> = members.iter().map(|n| passage.words(n.at.clone())).collect();
        let words = passage.words(all.at.clone());
        let message = format!("{}合计多于总数{words};请核对", parts.join("+"));
        all.mark(passage.paper, message, &members)
    })
}

/// The class that words name last, with what it goes by.
fn class(words: &str) -> Option<(&'static str, char)> {
    let own = words.rsplit(['、', ',', '，', '。', ':', '：', ';', '；']).next()?;
    GRADES.iter().find_map(|(by, names)| {
        let (lead, _) = own.rsplit_once(by)?;
        let name = lead.chars().next_back().filter(|c| names.contains(*c))?;
        Some((*by, name))
    })
}

/// Whether words tell of what is above, below or between two sizes: 10万元以下的.
fn is_size(words: &str) -> bool {
    let words = words.rsplit(['、', ',', '，', '。', ':', '：', ';', '；']).next().unwrap_or(words);
    words.contains(|c: char| c.is_ascii_digit())
        && has_any(words, &["以上", "以下", "不足", "以内", "至", "到", "—", "-"])
        && has_any(words, &["元", "亩", "岁", "人", "户"])
}

/// `这批C、D级中的37栋` after C级26栋、D级9栋.
pub(super) fn of_these(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const THESE: &[&str] = &["这批", "这些", "该批", "上述", "前述", "以上"];
    let part = &passage.numbers[index];
    let gap = passage.gap(index);
    let (_, named) = THESE.iter().find_map(|word| gap.rsplit_once(word))?;
    let name = ["中的", "中有", "中已有", "中，有", "里的"]
        .iter()
        .find_map(|end| named.strip_suffix(end))?;
    let last = (0..index).rev().find(|i| passage.numbers[*i].is_kin(part))?;
    let joined = |i: &usize| passage.gap(*i).starts_with(['、', '和']);
    let mut run = vec![last];
    while run.last().is_some_and(joined) {
        let before = run.last()?.checked_sub(1)?;
        if !passage.numbers[before].is_kin(part) {
            break;
        }
        run.push(before);
    }
    let labels: String = run.iter().map(|i| passage.around(*i)).collect();
    let members: Vec<&Number> = run.iter().map(|i| &passage.numbers[*i]).collect();
    let sum = members.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let fits = members.iter().all(|n| n.is_amount() && n.is_exact())
        && part.is_exact()
        && part.value > sum
        && run.len() >= 2
        && name.chars().any(|c| labels.contains(c));
    fits.then(|| part::exceeds(passage, members[0], part))
}
