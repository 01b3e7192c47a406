//! Arithmetic with bytes in the field GF(2^8) with the polynomial x^8+x^4+x^3+x+1, as in
//! FIPS 197, 4. Addition is exclusive or. No branch and no index depends on a value, since the
//! values are parts of a key.

/// The product of two elements.
pub(crate) fn times(a: u8, b: u8) -> u8 {
    let (mut a, mut product) = (a, 0);
    for bit in 0..8 {
        // All ones where the bit is set, else zero.
        product ^= a & (b >> bit & 1).wrapping_neg();
        a = a << 1 ^ 0x1b & (a >> 7).wrapping_neg();
    }
    product
}

/// The inverse of an element, which is its 254th power; 0 for 0, which has none.
pub(crate) fn inverse(a: u8) -> u8 {
    // 254 is 2 + 4 + … + 128.
    let (mut square, mut product) = (a, 1);
    for _ in 0..7 {
        square = times(square, square);
        product = times(product, square);
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_fips_197() {
        // The examples of FIPS 197, 4.2 and 4.2.1.
        assert_eq!(times(0x57, 0x83), 0xc1);
        assert_eq!(times(0x57, 0x13), 0xfe);
    }

    #[test]
    fn every_element_but_zero_has_its_inverse() {
        assert_eq!(inverse(0), 0);
        assert!((1..=u8::MAX).all(|a| times(a, inverse(a)) == 1));
    }
}
