//! Two things counted in one row and again in one: 辖11个行政村、103个村民小组, and later 11个行政村、
//! 113个村民小组. Where one of the two is the same again, the other one is meant as well.

use ::figure::Decimal;

use super::echo::{mark, plain};
use super::retold::OTHER;
use crate::figure::reading::alike::{bare, shared};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Sentences between two tellings of a row.
const FAR: usize = 12;

/// Two numbers side by side with the words that name them.
struct Row<'n, 'p> {
    passage: &'n Passage<'p>,
    at: usize,
    numbers: [&'n Number; 2],
    names: [String; 2],
    lead: String,
}

/// Marks the number of a row that an earlier row tells otherwise.
pub(super) fn find(passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut rows: Vec<Row<'_, '_>> = Vec::new();
    let mut marks = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        for index in 1..passage.numbers.len() {
            let Some(row) = row(passage, at, index) else { continue };
            let alike: Vec<&Row<'_, '_>> =
                rows.iter().filter(|other| other.at + FAR >= at && is_one(other, &row)).collect();
            // A third row of the same names leaves open which one is meant.
            if let [first] = alike.as_slice() {
                marks.extend(differ(first, &row).filter(|_| !is_moved(passages, first, &row)));
            }
            rows.push(row);
        }
    }
    marks
}

fn row<'n, 'p>(passage: &'n Passage<'p>, at: usize, index: usize) -> Option<Row<'n, 'p>> {
    let (first, second) = (&passage.numbers[index - 1], &passage.numbers[index]);
    let gap = passage.gap(index);
    let joined =
        gap.matches(['、', '和']).count() == 1 && !gap.contains([',', '，', ';', '；', '。']);
    let fits = joined && plain(first) && plain(second) && !first.per && !second.per;
    let lead = passage.words(passage.range.start..first.at.start);
    let own = lead.rsplit([',', '，', ';', '；']).next().unwrap_or_default().to_owned();
    let names = [format!("{own}{}", passage.noun(index - 1)), passage.around(index)];
    (fits && !has_any(&own, OTHER) && !passage.gap(index - 1).contains("其中")).then_some(Row {
        passage,
        at,
        numbers: [first, second],
        names,
        lead,
    })
}

/// Whether two rows are of the same two things, of which one has the same number.
fn is_one(a: &Row<'_, '_>, b: &Row<'_, '_>) -> bool {
    let kin = (0..2).all(|i| a.numbers[i].is_kin(b.numbers[i]));
    let same = (0..2).filter(|i| a.numbers[*i].value == b.numbers[*i].value).count();
    let named = (0..2).all(|i| shared(&bare(&a.names[i]), &bare(&b.names[i])).chars().count() >= 2);
    let scene = key::places(&a.lead) == key::places(&b.lead)
        || key::places(&a.lead).is_empty()
        || key::places(&b.lead).is_empty();
    let (x, y) = (key::period(&a.lead), key::period(&b.lead));
    let years = [key::year(&a.lead, None), key::year(&b.lead, None)];
    let timely = (x == y || x.is_empty() || y.is_empty())
        && (years[0] == years[1] || years.iter().any(Option::is_none));
    let new = |row: &Row<'_, '_>| row.names[0].contains('新') || row.names[1].contains('新');
    let earlier = ["去年", "上年", "年初", "同期", "原", "此前", "撤并", "合并", "前", "后"];
    let then = |row: &Row<'_, '_>| {
        // 去年底动员会后,成立专班,对全乡11个行政村: what stands farther away is told of another deed.
        let clauses: Vec<&str> = row.lead.rsplit([',', '，', ';', '；']).take(2).collect();
        let lead = clauses.concat();
        let lead = lead.replace("目前", "").replace("当前", "").replace("前三季度", "");
        let lead = lead.replace("先后", "").replace("前后", "");
        earlier.iter().any(|word| lead.contains(word))
    };
    a.at != b.at
        && kin
        && same == 1
        && named
        && scene
        && timely
        && new(a) == new(b)
        && then(a) == then(b)
}

/// Whether what is told between makes the one number of the other: 新聘村级河长3名.
fn is_moved(passages: &[Passage<'_>], a: &Row<'_, '_>, b: &Row<'_, '_>) -> bool {
    let between = passages[a.at..=b.at].iter().flat_map(|passage| &passage.numbers);
    let inside =
        |n: &&Number| a.numbers[1].at.end <= n.at.start && n.at.end <= b.numbers[0].at.start;
    let moves: Vec<&Number> = between.filter(inside).collect();
    (0..2).any(|i| {
        let (first, later) = (a.numbers[i], b.numbers[i]);
        moves.iter().filter(|n| n.is_alike(later)).any(|n| {
            first.value.checked_add(n.value) == Some(later.value)
                || later.value.checked_add(n.value) == Some(first.value)
        })
    })
}

fn differ(a: &Row<'_, '_>, b: &Row<'_, '_>) -> Option<Mark> {
    let at = (0..2).find(|i| a.numbers[*i].value != b.numbers[*i].value)?;
    let (first, later) = (a.numbers[at], b.numbers[at]);
    let anchor = a.numbers[1 - at];
    let (small, large) = if first.value < later.value { (first, later) } else { (later, first) };
    let near = small.value.checked_mul(Decimal::new(15, 1))? >= large.value;
    // Of a small number many have as many.
    let told = anchor.value >= Decimal::from(3) && small.value >= Decimal::from(5);
    (told && near).then(|| mark(b.passage, first, later))
}
