//! The day of one event: a bridge that two materials open on different days.
//!
//! An event is a verb behind a date (5月18日建成通车) and what stands before them. Two are one
//! where the verb is of one group and a longer run of letters is in both, and no other event of
//! either material fits.

use figure::{Date, Period};

use super::scene::Scene;
use super::{Clash, subject};
use crate::verdict::Checked;

/// What happens once to a thing, in groups of one meaning.
pub(super) const VERBS: &[&[&str]] = &[
    &["完工", "竣工", "建成", "落成"],
    &["通车"],
    &["开工", "动工", "破土", "奠基"],
    &["投产"],
    &["开业", "开园", "揭牌", "挂牌"],
    &["启用", "投用", "投入使用", "交付", "投入运营", "投运"],
    &["通过验收", "验收合格"],
    &["封顶"],
    &["并网"],
    &["发布", "公布"],
];
/// Words that make a day no day of an event.
const BOUNDS: &[&str] = &["截至", "截止", "自", "从", "至", "到", "前"];
/// Letters before a date that say what happens.
const BEFORE: usize = 40;
/// Letters behind a date in which the verb stands.
const BEHIND: usize = 24;

struct Event {
    scene: Scene,
    /// What it happens to, by the words around.
    thing: String,
    verbs: Vec<usize>,
    day: Date,
}

/// The events of two materials that happen on different days of one year.
pub(super) fn clashes(
    (number, first): (usize, &Checked),
    (later, second): (usize, &Checked),
) -> Vec<Clash> {
    let (a, b) = (events(number, first), events(later, second));
    let mut found = Vec::new();
    for one in &a {
        let (twin, own) = (only(one, &b), |other: &Event| only(other, &a));
        let Some(other) = twin.filter(|other| own(other).is_some_and(|e| e.day == one.day)) else {
            continue;
        };
        if one.day != other.day && one.day.year() == other.day.year() {
            found.push(Clash {
                about: format!("{}的日期", VERBS[one.verbs[0]][0]),
                window: Period::year(one.day.year()),
                part: None,
                sides: [one.scene.side.clone(), other.scene.side.clone()],
            });
        }
    }
    found
}

/// The only event of a list that is the same as another one.
fn only<'e>(event: &Event, list: &'e [Event]) -> Option<&'e Event> {
    let is_same = |other: &&Event| {
        other.verbs.iter().any(|verb| event.verbs.contains(verb))
            && other.scene.is_of(&event.scene)
            && subject::share_topic(&other.thing, &event.thing)
    };
    let mut same = list.iter().filter(is_same);
    let first = same.next()?;
    same.all(|other| other.day == first.day).then_some(first)
}

fn events(material: usize, checked: &Checked) -> Vec<Event> {
    let mut found = Vec::new();
    let year = checked.window.to().year();
    for passage in &checked.source.passages {
        let chars = &passage.chars;
        for at in 0..chars.len() {
            let Some((day, end)) = day_at(chars, at, year) else { continue };
            let open = chars[..at].iter().rposition(|c| "。;；".contains(*c)).map_or(0, |k| k + 1);
            let before: String = chars[open.max(at.saturating_sub(BEFORE))..at].iter().collect();
            let close = chars[end..]
                .iter()
                .skip(1)
                .take(BEHIND)
                .position(|c| "，,。;；".contains(*c))
                .map_or((end + BEHIND).min(chars.len()), |k| end + k + 1);
            let behind: String = chars[end..close].iter().collect();
            let verbs: Vec<usize> = VERBS
                .iter()
                .enumerate()
                .filter(|(_, group)| group.iter().any(|verb| behind.contains(verb)))
                .map(|(number, _)| number)
                .collect();
            let bounded = BOUNDS.iter().any(|word| before.ends_with(word))
                || "至到—-~前".contains(chars.get(end).copied().unwrap_or('。'));
            if verbs.is_empty() || bounded {
                continue;
            }
            let thing = format!("{before}\n{behind}");
            found.push(Event {
                scene: Scene::new((material, checked), passage, (at, close), end, &thing),
                thing,
                verbs,
                day,
            });
        }
    }
    found
}

/// Whether words name a month: 10月底.
pub(super) fn has_month(words: &str) -> bool {
    let before = |at: usize| words[..at].chars().next_back().is_some_and(is_numeral);
    words.match_indices('月').any(|(at, _)| before(at))
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十〇零".contains(c)
}

/// A day that begins at a position, with where it ends: 2023年5月18日, or 5月18日 of the year.
fn day_at(chars: &[char], at: usize, year: i16) -> Option<(Date, usize)> {
    let number = |from: usize, mark: char| -> Option<(i16, usize)> {
        let digits: String =
            chars.get(from..)?.iter().copied().take_while(|c| is_numeral(*c)).take(4).collect();
        let end = from + digits.chars().count();
        let fits = chars.get(end) == Some(&mark);
        let number = prose::parse_number(&digits).ok().filter(|_| fits)?;
        number.to_string().parse().ok().map(|number| (number, end + 1))
    };
    if at > 0 && (is_numeral(chars[at - 1]) || chars[at - 1] == '年') {
        return None;
    }
    let (year, from) = number(at, '年').unwrap_or((year, at));
    let (month, from) = number(from, '月')?;
    let (day, end) = number(from, '日')?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, end))
}
