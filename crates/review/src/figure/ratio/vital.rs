//! Births and deaths for each thousand people: 常住人口4.2万人,全年出生263人,出生率6.26‰.

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;

/// The births and the people that a rate in thousandths is of, in whatever order they are told.
pub(super) fn pair(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    let name = label.trim_end_matches(['为', '达', '是', '约']);
    let event = ["出生", "死亡"]
        .iter()
        .find(|event| name.strip_suffix('率').is_some_and(|name| name.ends_with(*event)))?;
    let persons = |n: &Number| n.is(::figure::Class::Persons) && n.direction.is_none();
    let called = |word: &str| {
        // 出生人口396人 are none of all the people.
        let mut found = (0..passage.numbers.len()).filter(|i| {
            let own = passage.label(*i);
            let own = if word == "人口" && own.contains(event) { String::new() } else { own };
            *i != index && persons(&passage.numbers[*i]) && own.contains(word)
        });
        found.next().filter(|_| found.next().is_none())
    };
    let (part, whole) = (called(event)?, called("人口").or_else(|| called("常住"))?);
    (part != whole && passage.words(passage.range.clone()).contains('‰')).then_some((part, whole))
}
