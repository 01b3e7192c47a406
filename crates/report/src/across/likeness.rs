//! Whether two statements of different materials speak of one figure in other words.
//!
//! Two texts of one office seldom use the same words for the same figure: 硬化通组公路83公里 and
//! 通组路硬化38公里. They are taken for one where nothing says that one is of a part, of another
//! time or of a plan, and what speaks for it is enough together: the words they share, how a
//! slip of the pen would lead from one value to the other, and equal figures beside them.

mod either;
mod fit;
mod name;
mod part;
mod scope;
mod value;

use figure::{Class, Decimal, Unit};

pub(super) use either::are_apart;
use either::{differ, either};
use name::{common, undated};
use scope::{PART, held};
pub(super) use scope::{SO_FAR, is_scoped};
use value::{MANY, digits};

use super::letters::Letters;
use super::words::{ALIKE, DEEDS, GROWTH, KINDS, NEW, NOTHING, RARE, SILENT, WORK};
use super::{subject, when};

/// Least share of the words of the shorter statement that the other one has, in per cent.
pub(super) const SHARE: usize = 60;
/// The same where one value is double the other.
const SAME_WORDS: usize = 90;
/// Letters of what did not happen by which it is known again.
const DENIED: usize = 5;
/// The same where each has a word that the other one has not.
const OWN_WORDS: usize = 76;
/// The same where only the order of the digits differs.
const TURNED: usize = 50;
/// The same where that is of many digits, or a figure beside both is the same.
const HELPED: usize = 40;
/// Letters from which the words around a number say what it is of.
const FULL: usize = 4;

/// The words and the value of a statement, as they stand.
pub(super) struct Told<'t> {
    /// Words of the clause before, for one whose own say next to nothing.
    pub(super) lead: &'t str,
    /// Words of the sentence before the value.
    pub(super) thing: &'t str,
    /// Words of the clause before the value, and those behind it.
    pub(super) around: (&'t str, &'t str),
    /// All the words behind it in its clause.
    pub(super) rest: &'t str,
    /// The value in its unit; negative where something fell.
    pub(super) value: (Decimal, Unit),
    /// The words by which the value is one of each: 人均.
    pub(super) per: &'t str,
    /// What kind of statement it is.
    pub(super) form: Form,
    /// Whether it says that all is so: 全部办结, 办结率100%, 全部11个.
    pub(super) is_all: bool,
    /// Places and bodies that the sentence names.
    pub(super) places: Vec<String>,
}

/// What is found and looked for alike, and the words for it.
const FOUND: [&str; 3] = ["排查出", "发现", "查出"];
const DANGER: &str = "隐患";
/// The kind of an accident at work.
const WORKING: &str = "生产";
/// The word of what came to a stock.
const ADDED: &str = "新增";
/// Least share of the words of each that the other one has, where a thing that both name says the
/// rest.
const NAMED: usize = 60;

/// What kind of statement a value makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A number of something.
    Plain,
    /// 增长9.4%.
    Growth,
    /// 零发生.
    Nothing,
    /// 全部办结.
    Whole,
}

/// What a statement says of what it counts.
#[derive(Clone, Debug)]
pub(super) struct Gist {
    /// Whether they are words that every paragraph has: 争取资金.
    is_general: bool,
    /// Whether they alone do not tell the figure from others.
    is_vague: bool,
    words: Letters,
    /// Those of the figure's own clause.
    own: Letters,
    /// All of the clause and the one before, for values that are hardly the same by chance.
    wide: Letters,
    /// What is counted, as it stands.
    text: String,
    /// The sentence up to it.
    thing: String,
    /// Whether that says too little to stand alone.
    is_led: bool,
    scopes: Vec<&'static str>,
    kinds: Vec<&'static str>,
    either: Vec<Vec<&'static str>>,
    places: Vec<String>,
    /// Ages that it speaks of: 65岁以上.
    ages: Vec<String>,
    /// Which ones of a row of gatherings it speaks of: 第二届.
    rounds: Vec<String>,
    /// Class of the unit, with the counter of what has one of its own and what it is for each of.
    unit: (Class, String),
    value: Decimal,
    form: Form,
    is_all: bool,
    /// What it is that no more than one figure tells of.
    rare: Vec<&'static str>,
    /// What was done.
    deeds: Vec<&'static str>,
    /// Whether what is counted is new.
    is_new: bool,
}

impl Gist {
    /// Of a statement; `None` where its words say nothing.
    pub(super) fn new(told: Told<'_>) -> Option<Gist> {
        let (before, behind) = told.around;
        let dull: &[&[&str]] = match told.form {
            Form::Plain => &[],
            Form::Growth => GROWTH,
            Form::Nothing => NOTHING,
            Form::Whole => &[&["全部", "全覆盖", "全都", "均"]],
        };
        let alike = |words: &str| {
            // 发现火灾隐患 and 排查隐患 are one.
            let words = match words.contains(DANGER) {
                true => FOUND.iter().fold(words.to_owned(), |w, found| w.replace(found, "排查")),
                false => words.to_owned(),
            };
            ALIKE.iter().fold(words, |words, (from, to)| words.replace(from, to))
        };
        let bare = |words: &str| -> Vec<char> {
            let words = subject::without(dull, &undated(&subject::without(SILENT, &alike(words))));
            let normal = subject::normal(&words).unwrap_or_default();
            normal.chars().filter(|c| c.is_alphabetic()).collect()
        };
        let own = bare(&format!("{before}{behind}"));
        let lead = if own.len() < FULL { told.lead } else { "" };
        let all = format!("{lead}{before}{behind}");
        let words = alike(&all);
        let letters = bare(&all);
        let normal: String = letters.iter().collect();
        if letters.len() < 2 {
            return None;
        }
        let (value, unit) = told.value;
        let symbol = if unit.class() == Class::Other { unit.base_symbol() } else { "" };
        let scopes = scope::scopes(&told, &words, dull);
        let mut kinds = held(KINDS, &words);
        // 采石场坍塌致死亡事故 is one of production.
        let is_at_work = !held(&[WORK], &words).is_empty() && words.contains("事故");
        if is_at_work && !kinds.contains(&WORKING) {
            kinds.push(WORKING);
        }
        kinds.sort_unstable();
        Some(Gist {
            is_general: subject::is_general(&normal),
            is_vague: subject::is_vague(&normal),
            words: Letters::of(&letters),
            wide: Letters::of(&bare(&format!("{}{before}{}", told.lead, told.rest))),
            text: own.iter().collect(),
            thing: told.thing.to_owned(),
            own: Letters::of(if lead.is_empty() { &letters } else { &own }),
            is_led: !lead.is_empty(),
            scopes,
            kinds,
            either: either(&words),
            places: told.places,
            ages: when::ages(&format!("{}{before}{behind}", told.lead)),
            rounds: name::rounds(told.thing),
            unit: (unit.class(), format!("{symbol}{}", one_of(told.per, &words))),
            value: value.checked_mul(unit.ratio())?,
            form: told.form,
            is_all: told.is_all,
            rare: held(&[RARE], &words),
            deeds: held(&[DEEDS], &alike(&format!("{before}{behind}"))),
            is_new: !held(&[NEW], &words).is_empty(),
        })
    }

    /// Whether both have a value of one kind: of one unit and of the same places.
    fn is_comparable(&self, other: &Gist) -> bool {
        // Nothing has no unit: 未新增债务.
        let is_none = (self.form == Form::Nothing) != (other.form == Form::Nothing);
        (self.unit == other.unit || is_none)
            && self.places == other.places
            && (self.form == Form::Growth) == (other.form == Form::Growth)
    }

    /// How much two statements have in common, in per cent; 0 where they cannot be of one figure.
    /// Little is enough where something else helps.
    pub(super) fn likeness(&self, other: &Gist, is_helped: bool) -> usize {
        if !self.is_comparable(other) {
            return 0;
        }
        if self.is_denied_by(other) || other.is_denied_by(self) {
            return 100;
        }
        let turned = self.is_turned(other);
        let wanted = match (is_helped, turned) {
            (true, _) => (2, 1),
            (_, true) => (3, 1),
            _ => (3, 2),
        };
        let likeness = |one: &Letters, two: &Letters| {
            let (letters, pairs) = one.shared(two);
            let enough = letters >= wanted.0 && pairs >= wanted.1;
            if enough { one.likeness(two) } else { 0 }
        };
        // 全长 and 已筑堤 of one dyke are two lengths.
        let both = self.is_led && other.is_led;
        let said = self.own.single.len().min(other.own.single.len());
        if both && said > 1 && self.own.shared(&other.own).0 == 0 {
            return 0;
        }
        // Nor is what a road is long one of those that were built.
        let is_odd = |one: &Gist, two: &Gist| {
            one.is_led && one.own.single.len() > 1 && one.own.shared(&two.words).1 == 0
        };
        if !is_helped && (is_odd(self, other) || is_odd(other, self)) {
            return 0;
        }
        let whole = likeness(&self.words, &other.words);
        // What the clause before says may tell of the same in words of its own.
        let own = if is_helped { likeness(&self.own, &other.own) } else { 0 };
        let is_turned = self.is_turned_much(other) && self.own.shared(&other.own).1 > 0;
        let wide = if is_turned { likeness(&self.wide, &other.wide) } else { 0 };
        whole.max(own).max(wide)
    }

    /// Whether another one says that nothing of it happened, in its own words: 未新增债务.
    fn is_denied_by(&self, other: &Gist) -> bool {
        let is_rare = self.rare.iter().any(|word| other.rare.contains(word));
        let is_said = other.text.chars().count() >= DENIED && self.text.contains(&other.text);
        other.form == Form::Nothing && self.form == Form::Plain && (is_rare || is_said)
    }

    /// Whether a word of one says that it is not of the other: 同比 and 环比.
    pub(super) fn is_apart(&self, other: &Gist) -> bool {
        let are_other = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && a != b;
        are_other(&self.ages, &other.ages)
            || are_other(&self.rounds, &other.rounds)
            || differ(&self.either, &other.either)
    }

    /// Whether nothing in the words tells the two apart and enough speaks for one figure.
    /// `is_anchored` is whether a figure beside both is the same.
    pub(super) fn is_of_one(&self, other: &Gist, is_anchored: bool) -> bool {
        if !self.is_comparable(other) {
            return false;
        }
        // The same digits are of one figure even if one text makes it a part: 其中.
        let helped = self.is_helped(other, is_anchored);
        // What was counted so far is never less than what was in this time alone.
        let so_far = |gist: &Gist| gist.scopes.contains(&SO_FAR);
        let (less, more) = if self.value < other.value { (self, other) } else { (other, self) };
        let is_less = is_anchored || (so_far(less) && !so_far(more));
        // 新建 and 新增 may be of as many things, and are of one figure where a slip made two of it.
        let is_slip = self.is_turned(other) || self.has_lost_digit(other);
        let is_one_part = self.is_turned_much(other)
            || (is_anchored && (self.is_slip_of(other) || !self.is_number(other)));
        let is_fresh = self.is_new && other.is_new && is_slip;
        let scopes = |gist: &Gist| -> Vec<&str> {
            let is_said = |word: &str| {
                is_one_part && word == PART
                    || is_less && word == SO_FAR
                    || is_fresh && word == ADDED
            };
            let counts = |word: &&str| !is_said(word);
            gist.scopes.iter().copied().filter(counts).collect()
        };
        if self.is_apart(other) || scopes(self) != scopes(other) {
            return false;
        }
        let likeness = self.likeness(other, helped);
        let clear = !self.is_vague && !other.is_vague;
        match (self.form, other.form) {
            (Form::Nothing, Form::Nothing) | (Form::Whole, Form::Whole) => false,
            (Form::Nothing, _) | (_, Form::Nothing) => {
                let is_alike = clear && likeness >= SHARE && self.is_mutual(other);
                self.kinds == other.kinds && (is_alike || likeness == 100)
            }
            (Form::Whole, _) | (_, Form::Whole) => is_anchored && likeness > 0,
            // 1起 and 2起 are of one figure where all the words are.
            _ if self.is_double(other) => clear && likeness >= SAME_WORDS,
            _ if !self.is_near(other) => {
                let is_lost = clear && self.has_lost_digit(other) && self.is_new == other.is_new;
                let is_short = is_lost && is_anchored && likeness >= SAME_WORDS;
                let is_long = is_lost && self.is_long(other) && likeness >= OWN_WORDS;
                let is_other = is_anchored && clear && self.has_other_digit(other);
                self.is_word_for_word(other)
                    || is_short
                    || is_long
                    || (is_other && likeness >= SAME_WORDS)
            }
            // A slip in many digits beside the same figure is hardly of another thing.
            _ if is_anchored && self.is_turned_much(other) => {
                let is_money = self.unit.0 == Class::Money;
                likeness > 0 || is_money && common(&self.thing, &other.thing, |_| false).is_some()
            }
            _ if is_anchored => likeness >= HELPED,
            _ if self.is_named_alike(other) => true,
            _ if self.is_turned_much(other) => {
                let least = if self.is_told_apart(other) { SHARE } else { HELPED };
                let is_general = self.is_general || other.is_general;
                let is_long = self.digits() > MANY && likeness >= SAME_WORDS;
                (!is_general && likeness >= least) || is_long
            }
            _ if self.is_turned(other) => clear && likeness >= TURNED,
            // Each has a word of its own: 炼焦先进产能 and 煤炭先进产能.
            _ if self.is_told_apart(other) => clear && likeness >= OWN_WORDS,
            _ => clear && likeness >= SHARE,
        }
    }

    /// Whether both have the same words and these say enough.
    fn is_word_for_word(&self, other: &Gist) -> bool {
        let is_whole = !self.is_led && !other.is_led && !self.is_vague && !other.is_vague;
        is_whole && self.text.replace(SO_FAR, "") == other.text.replace(SO_FAR, "")
    }

    /// Whether both name a thing and say the same of it besides: 高铁新区征收土地 and, behind
    /// 保障高铁新区用地, 征收土地.
    fn is_named_alike(&self, other: &Gist) -> bool {
        let is_own = |name: &str| self.text.contains(name) && other.text.contains(name);
        let Some(name) = common(&self.thing, &other.thing, is_own) else { return false };
        let bare = |gist: &Gist| -> Vec<char> { gist.text.replace(&name, "").chars().collect() };
        let (one, two) = (Letters::of(&bare(self)), Letters::of(&bare(other)));
        let (shared, pairs) = one.shared(&two);
        let most = one.single.len().max(two.single.len()).max(1);
        self.unit.0 != Class::Money && pairs > 0 && shared * 100 / most >= NAMED
    }

    /// Whether something besides the words speaks for one figure.
    pub(super) fn is_helped(&self, other: &Gist, is_anchored: bool) -> bool {
        is_anchored || self.is_turned_much(other)
    }

    /// Whether both have the same value and it is one that has to be the same figure: of many
    /// digits, or with words in common.
    pub(super) fn is_same(&self, other: &Gist) -> bool {
        self.is_comparable(other)
            && self.value == other.value
            && self.form == other.form
            && (digits(self.value).len() >= MANY || self.touches(other))
    }

    /// Whether both have the same value, of so many digits that it is hardly so by chance.
    pub(super) fn is_same_of_many(&self, other: &Gist) -> bool {
        self.is_same(other) && digits(self.value).len() >= MANY
    }

    /// Whether each says what the other one says, for words that say little.
    pub(super) fn is_close(&self, other: &Gist) -> bool {
        self.likeness(other, true) >= SHARE && self.is_mutual(other)
    }

    /// Whether both share words at all.
    pub(super) fn touches(&self, other: &Gist) -> bool {
        self.words.shared(&other.words).1 > 0
    }

    /// Whether each has words that the other one has not.
    fn is_told_apart(&self, other: &Gist) -> bool {
        self.words.has_more_than(&other.words) && other.words.has_more_than(&self.words)
    }

    /// Whether each has most of the other's words.
    fn is_mutual(&self, other: &Gist) -> bool {
        let (shared, _) = self.words.shared(&other.words);
        let most = self.words.single.len().max(other.words.single.len()).max(1);
        shared * 100 / most >= SHARE
    }
}

/// What a mean is for each of, however that is said: 村 of 村均 and of 平均每村.
fn one_of(per: &str, words: &str) -> String {
    if scope::is_of_acre(words) {
        return "亩".to_owned();
    }
    let bare = per.replace("平均", "均").replace(['每', '个'], "").replace('天', "日");
    let one = bare.replace('均', "");
    if one.is_empty() { bare } else { one }
}
