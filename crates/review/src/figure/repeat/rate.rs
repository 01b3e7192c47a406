//! How much a thing has grown, told twice with two rates: 全年工业增加值增长8.3%, and in the end
//! 全年规模以上工业增加值增速为8.7%.

use ::figure::{Class, Decimal};
use prose::{Direction, Kind};

use super::echo::mark;
use super::retold::OTHER;
use crate::figure::reading::alike::{bare, named_apart};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words of a change, the longest first, with the way they go.
const CHANGES: &[(&str, Direction)] = &[
    ("同比增长", Direction::Up),
    ("增长速度", Direction::Up),
    ("增速", Direction::Up),
    ("增幅", Direction::Up),
    ("增长", Direction::Up),
    ("增加", Direction::Up),
    ("提高", Direction::Up),
    ("上升", Direction::Up),
    ("压减", Direction::Down),
    ("下降", Direction::Down),
    ("减少", Direction::Down),
    ("降低", Direction::Down),
    ("降幅", Direction::Down),
    ("精简", Direction::Down),
    ("压缩", Direction::Down),
];

/// What a change is measured by, where nothing else is said of it.
const AGAINST: &[&str] = &[
    "较上年同期",
    "比上年同期",
    "较去年同期",
    "比去年同期",
    "与上年同期相比",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "同比",
    "虽然",
    "虽",
    "达到",
    "实现",
    "达",
    "为",
    "约",
];

/// Words by which the rates of one thing are several.
const SEVERAL: &[&str] = &[
    "环比", "年均", "目标", "计划", "预期", "预计", "力争", "其中", "以上", "左右", "名义", "可比",
    "高于", "低于", "快于", "全市", "全省", "全国", "累计", "当月", "占",
];

/// A rate with what it is of.
struct Rate<'n, 'p> {
    passage: &'n Passage<'p>,
    at: usize,
    number: &'n Number,
    thing: Vec<char>,
    direction: Direction,
    lead: String,
}

/// Marks a rate that an earlier sentence tells otherwise of the same thing.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut rates: Vec<Rate<'_, '_>> = Vec::new();
    let mut marks = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        for index in 0..passage.numbers.len() {
            let Some(rate) = rate(passage, at, index) else { continue };
            let alike: Vec<&Rate<'_, '_>> =
                rates.iter().filter(|other| is_of_one(paper, other, &rate)).collect();
            // A third value leaves open which of them is meant.
            if let [first] = alike.as_slice() {
                marks.extend(differ(first, &rate));
            }
            rates.push(rate);
        }
    }
    marks
}

fn rate<'n, 'p>(passage: &'n Passage<'p>, at: usize, index: usize) -> Option<Rate<'n, 'p>> {
    let number = &passage.numbers[index];
    if !number.is(Class::Share) || !number.is_exact() || number.kind != Kind::Fact {
        return None;
    }
    let gap = passage.gap(index);
    let label = gap.rsplit([',', '，', ';', '；', '。']).next().unwrap_or_default().trim();
    // 规上工业增加值上半年6.3%的增速
    let noun = passage.noun(index);
    let behind =
        noun.strip_prefix('的').filter(|noun| noun.starts_with("增速") || noun.starts_with("增幅"));
    let bared = AGAINST.iter().fold(label.to_owned(), |rest, word| rest.replace(word, ""));
    let (thing, direction) = match behind {
        Some(_) => (bared.as_str(), Direction::Up),
        None => CHANGES.iter().find_map(|(word, way)| Some((bared.strip_suffix(word)?, *way)))?,
    };
    let said = bared.replace("规模以上", "规上");
    let other = OTHER.iter().chain(SEVERAL).any(|word| said.contains(word));
    let lead = passage.words(passage.range.start..number.at.start);
    let listed = gap.contains('、') || passage.gap(index + 1).starts_with('、');
    let thing: Vec<char> = named(thing).chars().collect();
    (!other && !listed && thing.len() >= 4 && !has_any(&lead, &["分别", "环比"])).then_some(Rate {
        passage,
        at,
        number,
        thing,
        direction,
        lead,
    })
}

/// What a rate is of, without the time and the scope.
fn named(words: &str) -> String {
    let words = words.replace("规模以上", "规上");
    let words = super::renamed::unscoped(&words);
    let words = ["总的看", "截至目前", "上半年", "前三季度", "一季度", "三季度"]
        .iter()
        .fold(words, |rest, word| rest.replace(word, ""));
    bare(&words).chars().filter(|c| !c.is_ascii_digit() && !"年月末底".contains(*c)).collect()
}

/// Whether two rates may be of one thing, place and time.
fn is_of_one(paper: &Paper, a: &Rate<'_, '_>, b: &Rate<'_, '_>) -> bool {
    let own = key::own_place(paper);
    let places = |words: &str| -> Vec<String> {
        key::places(words).into_iter().filter(|place| Some(place.as_str()) != own).collect()
    };
    let time = |words: &str| key::period(words).replace("全年", "");
    let (x, y) = (time(&a.lead), time(&b.lead));
    let years = [key::year(&a.lead, None), key::year(&b.lead, None)];
    a.at != b.at
        && a.direction == b.direction
        && a.thing == b.thing
        && !named_apart(&a.thing.iter().collect::<String>(), &b.thing.iter().collect::<String>())
        && places(&a.lead) == places(&b.lead)
        && (x == y || y.is_empty() && !b.lead.contains("全年"))
        && (years[0] == years[1] || years[1].is_none())
}

fn differ(first: &Rate<'_, '_>, later: &Rate<'_, '_>) -> Option<Mark> {
    let (a, b) = (first.number, later.number);
    let (small, large) = if a.value < b.value { (a, b) } else { (b, a) };
    let near = small.value.checked_mul(Decimal::new(16, 1))? >= large.value;
    // 增长近9% and 增长8.7% may be one.
    let apart = !a.forgiving().meets(b.forgiving()) && a.digit == b.digit;
    (near && apart).then(|| mark(later.passage, a, b))
}
