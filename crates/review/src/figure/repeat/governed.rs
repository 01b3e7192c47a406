//! The villages of an office, told where it is described and taken up elsewhere as all there are:
//! 全镇辖12个行政村, and 13个行政村中,5个村….

use ::figure::Decimal;

use super::echo::mark;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;
use crate::office::{LEVELS, office_words};

/// What an office is made of, the longer words first.
const UNITS: &[&str] = &["行政村", "村民小组", "自然村", "社区", "村"];
/// Words by which an office has them.
const GOVERNING: &[&str] = &["下辖", "管辖", "共辖", "现辖", "辖有", "辖"];
/// What begins behind a number of villages that may be all there are.
const ALL: &[&str] = &["中有", "全部", "均", "都", "全覆盖", "实现全覆盖"];
/// Words right before such a number.
const EVERY: &[&str] = &["全部", "所有"];
/// Words of another time or place.
const OTHER: &[&str] =
    &["原", "合并", "撤", "以前", "过去", "年", "全县", "全市", "周边", "其他", "片"];

/// Marks numbers of all villages that are not the one told of the office.
pub(super) fn find(passages: &[Passage<'_>]) -> Vec<Mark> {
    let each = || passages.iter().flat_map(|p| (0..p.numbers.len()).map(move |at| (p, at)));
    let governed: Vec<Unit<'_>> = each().filter_map(|(p, at)| governed(p, at)).collect();
    let taken = each().filter_map(|(p, at)| Some((p, taken(p, at)?)));
    let wrong = taken.filter_map(|(passage, later)| {
        let mut own = governed.iter().filter(|unit| unit.is_of(&later));
        let first = own.next()?;
        let is_one = own.all(|other| other.number.value == first.number.value);
        let is_here = passage.range.contains(&first.number.at.start);
        // Fewer may be some of them, unless the office is named: 确定3个村…。3个村均已完成.
        let (all, told) = (first.number.value, later.number.value);
        let is_slip = (told - all).abs() <= Decimal::TWO;
        let differs = told > all || later.is_named && told != all;
        let wrong = is_one && !is_here && is_slip && differs;
        wrong.then(|| mark(passage, first.number, later.number))
    });
    wrong.collect()
}

/// So many units of an office.
struct Unit<'p> {
    name: &'static str,
    number: &'p Number,
    /// Whether communities are told beside them, which other words may count with them.
    is_mixed: bool,
    /// Whether the words name the office: 全镇13个村.
    is_named: bool,
}

impl Unit<'_> {
    /// Whether another number counts the same units.
    fn is_of(&self, other: &Unit<'_>) -> bool {
        let village = |name: &str| matches!(name, "村" | "行政村");
        let both = village(self.name) && village(other.name);
        // 14个村 may be of 12个行政村 and 2个社区.
        let is_plain = self.name == "行政村" && other.name == "行政村";
        if both { is_plain || !self.is_mixed } else { self.name == other.name }
    }
}

/// The units that an office is said to have.
fn governed<'p>(passage: &'p Passage<'_>, at: usize) -> Option<Unit<'p>> {
    let (label, noun) = (passage.label(at), passage.noun(at));
    let lead = GOVERNING.iter().find_map(|word| label.strip_suffix(word))?;
    let is_whole =
        office_words(lead).is_empty() || LEVELS[0].endings.iter().any(|end| lead.ends_with(end));
    let name = UNITS.iter().copied().find(|unit| noun == *unit)?;
    let number = counted(passage, at).filter(|_| is_whole && !has_any(&label, OTHER))?;
    let is_mixed = has_any(&passage.words(passage.range.clone()), &["社区", "居委", "居民"]);
    Some(Unit { name, number, is_mixed, is_named: true })
}

/// The units of which a number is told as all there are.
fn taken<'p>(passage: &'p Passage<'_>, at: usize) -> Option<Unit<'p>> {
    let (label, noun) = (passage.label(at), passage.noun(at));
    let (name, behind) = UNITS.iter().find_map(|unit| Some((*unit, noun.strip_prefix(unit)?)))?;
    let every = EVERY.iter().any(|word| label.ends_with(word));
    let lead = EVERY.iter().fold(label.as_str(), |lead, word| lead.trim_end_matches(word));
    let end = passage.numbers[at].at.end + noun.chars().count();
    let next = passage.paper.chars.get(end).copied().unwrap_or('\n');
    // 13个村中, and no 3个村中心小学.
    let among = behind == "中" && is_clause_mark(next);
    let all = every && behind.is_empty() || ALL.iter().any(|word| behind.starts_with(word));
    // 13个村(社区) are those and others.
    let is_joined = matches!(next, '(' | '（' | '、');
    let sentence = passage.words(passage.range.clone());
    let is_own = office_words(lead).is_empty() && !has_any(&sentence, OTHER);
    let number = counted(passage, at).filter(|_| (all || among) && is_own && !is_joined)?;
    Some(Unit { name, number, is_mixed: false, is_named: every || !lead.is_empty() })
}

fn counted<'p>(passage: &'p Passage<'_>, at: usize) -> Option<&'p Number> {
    let number = &passage.numbers[at];
    let is_plain = number.is_exact() && number.kind == prose::Kind::Fact && !number.per;
    (is_plain && number.direction.is_none()).then_some(number)
}
