//! Evaluation of one number without sign and share words.

use std::borrow::Cow;

use figure::Decimal;

use super::{Mode, NumberError, chinese_digit, chinese_place};

/// Digits that a number may have; a decimal keeps all of them.
pub(super) const DIGITS: u32 = 28;

/// What is wrong, before the whole words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    Character(char),
    Order,
    Overflow,
}

impl Fault {
    pub(super) fn about(self, text: &str) -> NumberError {
        let text = text.to_owned();
        match self {
            Fault::Empty => NumberError::Empty,
            Fault::Character(found) => NumberError::Character { text, found },
            Fault::Order => NumberError::Order { text },
            Fault::Overflow => NumberError::Overflow { text },
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// The value, how many digits it has before its point, and whether the first is 0.
    Arabic(Decimal, u32, bool),
    /// The value, and whether it was written 两.
    Digit(u32, bool),
    Place(u32),
    Point,
}

pub(super) fn read(text: &str, mode: Mode) -> Result<Decimal, Fault> {
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
    {
        return arabic(text);
    }
    if mode == Mode::Strict && text.contains(['〇', '○']) {
        return Err(Fault::Order);
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(Fault::Empty);
    }
    let mixed = tokens.iter().any(|t| matches!(t, Token::Arabic(..)));
    if mixed && mode != Mode::Smart {
        return Err(Fault::Order);
    }
    if let Some(value) = digits_one_by_one(&tokens, mode)? {
        return Ok(value);
    }
    evaluate(&tokens, mode)
}

/// 壹拾壹元壹角 and 壹拾壹元整, which are sums as vouchers write them. Only formal digits make one,
/// so that 三百元 stays a number with a unit; the full form ends with 整, 角 or 分.
pub(super) fn voucher(text: &str, mode: Mode) -> Option<Decimal> {
    const FORMAL: &str = "零壹贰貳叁肆伍陆柒捌玖拾佰仟万萬亿億元圆角分整正";
    let formal = text.chars().all(|c| FORMAL.contains(c)) && text.contains(['元', '圆']);
    let full = text.ends_with(['整', '正', '角', '分']);
    if !formal || (mode == Mode::Strict && !full) {
        return None;
    }
    crate::money::read_money(text).ok().filter(|money| money.high.is_none()).map(|money| money.low)
}

/// Digits with an optional point and well-formed thousands separators.
fn arabic(text: &str) -> Result<Decimal, Fault> {
    let (integer, fraction) = text.split_once('.').map_or((text, None), |(i, f)| (i, Some(f)));
    let groups: Vec<&str> = integer.split(',').collect();
    let grouped = groups.len() == 1
        || (!groups[0].is_empty()
            && groups[0].len() <= 3
            && groups[1..].iter().all(|group| group.len() == 3));
    let bad_fraction = |f: &str| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit());
    if !grouped || integer.is_empty() || fraction.is_some_and(bad_fraction) {
        return Err(Fault::Order);
    }
    let plain = if groups.len() == 1 { text.into() } else { Cow::from(text.replace(',', "")) };
    plain.parse::<Decimal>().map_err(|_| Fault::Overflow).and_then(exact(text))
}

/// Refuses a text with more digits than a decimal keeps, since parsing rounds them. The zero
/// before a point is none of them: a third is written with 28 digits behind it.
fn exact(text: &str) -> impl Fn(Decimal) -> Result<Decimal, Fault> {
    let digits = text.trim_start_matches('0').bytes().filter(u8::is_ascii_digit).count();
    move |value| if digits > DIGITS as usize { Err(Fault::Overflow) } else { Ok(value) }
}

fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if c.is_ascii_digit() {
            length = rest
                .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
                .unwrap_or(rest.len());
            let digits = rest[..length].bytes().take_while(u8::is_ascii_digit).count();
            let count = u32::try_from(digits).unwrap_or(u32::MAX);
            let led = count > 1 && c == '0';
            tokens.push(Token::Arabic(arabic(&rest[..length])?, count, led));
        } else if matches!(c, '廿' | '卅') {
            let tens = if c == '廿' { 2 } else { 3 };
            tokens.extend([Token::Digit(tens, false), Token::Place(1)]);
        } else if let Some(digit) = chinese_digit(c) {
            tokens.push(Token::Digit(digit, c == '两'));
        } else if let Some(place) = chinese_place(c) {
            tokens.push(Token::Place(place));
        } else if c == '点' || c == '點' {
            tokens.push(Token::Point);
        } else {
            return Err(Fault::Character(c));
        }
        rest = &rest[length..];
    }
    Ok(tokens)
}

/// 二〇二三, 三点一四: digits without places. `None` if there are places.
fn digits_one_by_one(tokens: &[Token], mode: Mode) -> Result<Option<Decimal>, Fault> {
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Digit(digit, _) => text.push_str(&digit.to_string()),
            Token::Point if text.is_empty() || text.contains('.') => return Err(Fault::Order),
            Token::Point => text.push('.'),
            Token::Arabic(..) | Token::Place(_) => return Ok(None),
        }
    }
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // In full form a fraction ends with the last digit that says something.
    let empty = fraction.ends_with('0');
    if text.ends_with('.') || (mode == Mode::Strict && (empty || integer.len() > 1)) {
        return Err(Fault::Order);
    }
    let pair = matches!(tokens[0], Token::Digit(_, true));
    if mode == Mode::Strict && pair {
        return Err(Fault::Order);
    }
    text.parse().map_err(|_| Fault::Overflow).and_then(exact(&text)).map(Some)
}

/// The state of a number that is read from left to right.
struct Sum {
    mode: Mode,
    /// Finished 亿 and 万.
    total: Decimal,
    /// 千, 百 and 十 of the group that is being read.
    group: Decimal,
    /// A digit, number or fraction that waits for its place.
    pending: Option<Decimal>,
    /// Power of ten of the last place read, for 两千三 and for the order.
    last: u32,
    /// Smallest power of the group so far, which places inside it must stay below.
    ceiling: u32,
    /// A 零 was read after the last place.
    zero: bool,
}

fn evaluate(tokens: &[Token], mode: Mode) -> Result<Decimal, Fault> {
    let (zero, ceiling) = (Decimal::ZERO, u32::MAX);
    let mut sum =
        Sum { mode, total: zero, group: zero, pending: None, last: 0, ceiling, zero: false };
    let mut i = 0;
    while i < tokens.len() {
        match tokens[i] {
            Token::Digit(digit, pair) => sum.digit(digit, pair)?,
            Token::Arabic(value, _, led) if sum.pending.is_none() => {
                // 1百01 says the gap by its digits.
                sum.zero |= led;
                sum.pending = Some(value);
            }
            Token::Arabic(..) => return Err(Fault::Order),
            Token::Place(power) if power < 4 => sum.small_place(power)?,
            Token::Place(power) => sum.large_place(power)?,
            Token::Point => {
                let after = &tokens[i + 1..];
                if let Some(Token::Arabic(value, digits, _)) = after.first().copied() {
                    sum.arabic_fraction(value, digits)?;
                    i += 2;
                    continue;
                }
                let count = after.iter().take_while(|t| matches!(t, Token::Digit(..))).count();
                sum.fraction(&after[..count])?;
                i += count;
            }
        }
        i += 1;
    }
    sum.finish()
}

impl Sum {
    fn strict(&self) -> bool {
        self.mode == Mode::Strict
    }

    fn digit(&mut self, digit: u32, pair: bool) -> Result<(), Fault> {
        if self.pending.is_some() || (pair && self.strict()) {
            return Err(Fault::Order);
        }
        if digit == 0 {
            let doubled = self.zero && self.mode != Mode::Smart;
            self.zero = true;
            return if doubled { Err(Fault::Order) } else { Ok(()) };
        }
        self.pending = Some(digit.into());
        Ok(())
    }

    /// 十, 百, 千. A place may stand alone where a one is understood: 十五.
    fn small_place(&mut self, power: u32) -> Result<(), Fault> {
        let first = self.last == 0 && !self.zero;
        let alone = self.pending.is_none();
        // 一千零十 leaves out its 一 behind 零, 一百十一 in speech.
        let led = first && (power == 1 || !self.strict());
        let allowed = led || self.zero || (power == 1 && !self.strict());
        if alone && !allowed && self.mode != Mode::Smart {
            return Err(Fault::Order);
        }
        let bare = alone && self.group > Decimal::ZERO && power > 1 && !self.zero;
        if power >= self.ceiling || bare {
            return Err(Fault::Order);
        }
        self.check_gap(power)?;
        let count = self.pending.take().unwrap_or(Decimal::ONE);
        if count.scale() > 0 && self.group > Decimal::ZERO {
            return Err(Fault::Order);
        }
        self.group = add(self.group, multiply(count, power)?)?;
        (self.last, self.ceiling, self.zero) = (power, power, false);
        Ok(())
    }

    /// 万, 亿. What stands before it is multiplied: by 亿 everything, by 万 the group.
    fn large_place(&mut self, power: u32) -> Result<(), Fault> {
        self.check_gap(0)?;
        let group = add(self.group, self.pending.take().unwrap_or(Decimal::ZERO))?;
        let base = if power == 8 { add(self.total, group)? } else { group };
        if base.is_zero() {
            if self.last != 0 || self.mode != Mode::Smart {
                return Err(Fault::Order);
            }
            self.total = multiply(Decimal::ONE, power)?;
        } else if power == 8 {
            self.total = multiply(base, 8)?;
        } else if self.total.is_zero() || self.last_group_is_free() {
            self.total = add(self.total, multiply(base, 4)?)?;
        } else {
            return Err(Fault::Order);
        }
        (self.group, self.last, self.ceiling, self.zero) = (Decimal::ZERO, power, u32::MAX, false);
        Ok(())
    }

    /// Whether the total has room for a 万 group: it ends with a whole 亿.
    fn last_group_is_free(&self) -> bool {
        (self.total % Decimal::from(100_000_000)).is_zero()
    }

    /// Strict numbers say 零 for a gap and only for a gap: 一千零五十, never 一千五十.
    fn check_gap(&self, power: u32) -> Result<(), Fault> {
        if self.last == 0 || !self.strict() || self.pending.is_none() {
            return Ok(());
        }
        // Behind 亿 a 千 is the next place before 万 (一亿一千万) and a gap without
        // it (一亿零一千); which of them is not known yet, so both are allowed.
        if self.last == 8 && power == 3 {
            return Ok(());
        }
        let expected = if self.last >= 4 { 3 } else { self.last - 1 };
        let skipped = power < expected && !(self.group.is_zero() && self.last < 4);
        if skipped == self.zero { Ok(()) } else { Err(Fault::Order) }
    }

    /// 一百点123: Arabic digits after 点.
    fn arabic_fraction(&mut self, value: Decimal, digits: u32) -> Result<(), Fault> {
        let whole =
            value.scale() == 0 && digits <= 20 && self.pending.is_none_or(|p| p.scale() == 0);
        if !whole || (self.pending.is_none() && self.last == 0 && !self.zero) {
            return Err(Fault::Order);
        }
        let part = unrounded(value.checked_mul(Decimal::new(1, digits)), digits)?;
        self.pending = Some(add(self.pending.unwrap_or(Decimal::ZERO), part)?);
        self.zero = true;
        Ok(())
    }

    /// The digits after 点. They close the number, or wait for 万 or 亿.
    fn fraction(&mut self, digits: &[Token]) -> Result<(), Fault> {
        if digits.is_empty() || self.pending.is_some_and(|p| p.scale() > 0) {
            return Err(Fault::Order);
        }
        if self.pending.is_none() && self.last == 0 && !self.zero {
            return Err(Fault::Order);
        }
        self.check_gap(0)?;
        let mut text = "0.".to_owned();
        for token in digits {
            let Token::Digit(digit, _) = token else { return Err(Fault::Order) };
            text.push_str(&digit.to_string());
        }
        let part = Decimal::from_str_exact(&text).map_err(|_| Fault::Overflow)?;
        self.pending = Some(add(self.pending.unwrap_or(Decimal::ZERO), part)?);
        self.zero = true;
        Ok(())
    }

    /// Adds what is pending: 两千三 is 2300, 两千零三 is 2003.
    fn finish(self) -> Result<Decimal, Fault> {
        let sum = add(self.total, self.group)?;
        let Some(pending) = self.pending else {
            let trailing_zero = self.zero && self.last != 0 && self.mode != Mode::Smart;
            return if trailing_zero { Err(Fault::Order) } else { Ok(sum) };
        };
        let single = pending.scale() == 0 && pending < Decimal::TEN;
        if self.last >= 2 && !self.zero && single {
            if self.strict() {
                return Err(Fault::Order);
            }
            return add(sum, multiply(pending, self.last - 1)?);
        }
        add(sum, pending)
    }
}

fn add(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    unrounded(a.checked_add(b), a.scale().max(b.scale()))
}

fn multiply(value: Decimal, power: u32) -> Result<Decimal, Fault> {
    unrounded(value.checked_mul(Decimal::from(10_i64.pow(power))), value.scale())
}

/// Refuses a result whose last digits were rounded away because it has more than a decimal keeps.
fn unrounded(value: Option<Decimal>, scale: u32) -> Result<Decimal, Fault> {
    let value = value.ok_or(Fault::Overflow)?;
    let fits = value.mantissa().unsigned_abs() < 10_u128.pow(DIGITS);
    let kept = value.scale() == scale || value.is_zero();
    if fits && kept { Ok(value) } else { Err(Fault::Overflow) }
}
