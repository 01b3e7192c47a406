//! How one value is written for another.

use figure::{Decimal, decimal_text};

use super::Gist;

/// Most times that a slip makes a value larger: a zero more, or the point a place off.
const SLIP: Decimal = Decimal::from_parts(12, 0, 0, false, 0);
/// Digits that make it unlikely that two values have them all by chance.
pub(super) const MANY: usize = 3;

impl Gist {
    /// Whether a slip lies between the values: the same digits in another order, another
    /// direction, or less than half of the larger one.
    pub(super) fn is_near(&self, other: &Gist) -> bool {
        if self.value.is_sign_negative() != other.value.is_sign_negative() {
            return true;
        }
        let (one, two) = (self.value.abs(), other.value.abs());
        let (small, large) = (one.min(two), one.max(two));
        self.has_lost_zeros(other)
            || (self.is_turned(other) && small.checked_mul(SLIP).is_some_and(|most| most >= large))
            || small.checked_mul(Decimal::TWO).is_some_and(|double| double > large)
    }

    /// Whether the values have the same digits in another order or another place.
    pub(in crate::across) fn is_turned(&self, other: &Gist) -> bool {
        self.value != other.value && digits(self.value) == digits(other.value)
    }

    /// Whether the values have several digits, the same in one order: 3.4万 and 340.
    fn has_lost_zeros(&self, other: &Gist) -> bool {
        let shown = |value: Decimal| -> String {
            let digits = decimal_text(value).replace('.', "");
            digits.trim_matches('0').to_owned()
        };
        let one = shown(self.value);
        self.value != other.value && one.len() > 1 && one == shown(other.value)
    }

    /// Whether one value is the other one without one of its digits: 18 and 8.
    pub(super) fn has_lost_digit(&self, other: &Gist) -> bool {
        let (one, two) = (decimal_text(self.value.abs()), decimal_text(other.value.abs()));
        let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
        let without = |at: usize| format!("{}{}", &long[..at], &long[at + 1..]);
        (0..long.len()).any(|at| long.is_char_boundary(at) && without(at) == short)
    }

    /// Whether one of the values has many digits, so that a lost one is seen.
    pub(super) fn is_long(&self, other: &Gist) -> bool {
        digits(self.value).len().max(digits(other.value).len()) >= MANY
    }

    /// Whether the larger value is no more than so many times the smaller one.
    pub(in crate::across) fn is_within(&self, other: &Gist, times: i64) -> bool {
        let (one, two) = (self.value.abs(), other.value.abs());
        one.min(two).checked_mul(Decimal::from(times)).is_some_and(|most| most >= one.max(two))
    }

    /// Whether one slip of the pen makes one value of the other: digits in another order, one that
    /// is lost or another one, or zeros.
    pub(in crate::across) fn is_slip_of(&self, other: &Gist) -> bool {
        self.is_plain_slip_of(other) || self.has_other_digit(other)
    }

    /// Whether all digits of both are the same but for zeros, one that is lost, or their order.
    pub(in crate::across) fn is_plain_slip_of(&self, other: &Gist) -> bool {
        let is_lost = self.has_lost_digit(other) && self.is_long(other);
        (self.is_turned(other) && self.digits() > 1) || is_lost || self.has_lost_zeros(other)
    }

    /// Whether both have as many digits, of which one is another one.
    pub(super) fn has_other_digit(&self, other: &Gist) -> bool {
        let (one, two) = (decimal_text(self.value.abs()), decimal_text(other.value.abs()));
        let differ = one.chars().zip(two.chars()).filter(|(a, b)| a != b).count();
        one.len() == two.len() && one.len() > 1 && differ == 1
    }

    /// How many digits it has but zeros.
    pub(in crate::across) fn digits(&self) -> usize {
        digits(self.value).len()
    }

    pub(super) fn is_double(&self, other: &Gist) -> bool {
        let (small, large) = (self.value.min(other.value), self.value.max(other.value));
        self.unit.0.is_counted() && small + small == large
    }

    pub(super) fn is_turned_much(&self, other: &Gist) -> bool {
        self.is_turned(other) && digits(self.value).len() >= MANY
    }
}

/// The digits of a value without its zeros, in order of their size.
pub(super) fn digits(value: Decimal) -> Vec<char> {
    let mut digits: Vec<char> =
        decimal_text(value).chars().filter(|c| ('1'..='9').contains(c)).collect();
    digits.sort_unstable();
    digits
}
