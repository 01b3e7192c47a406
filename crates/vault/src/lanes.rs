//! SM3 of many short messages at once.
//!
//! Sixteen messages that do not depend on one another go through the rounds side by side, one in
//! each lane of a vector, which takes about a quarter of the time of one after the other, and half
//! of that where the processor has longer vectors (AVX2, AVX-512). It is asked at run time, since
//! one program is given to all offices.

use fearless_simd::{Level, Simd, SimdBase, dispatch, u32x16};
use sm3::{Digest, Sm3};
use zeroize::Zeroizing;

/// Messages hashed side by side.
const LANES: usize = 16;

/// Fewer messages are hashed one after the other sooner.
const WORTH: usize = 6;

/// Bytes in a block.
const BLOCK: usize = 64;

/// Bytes that the padding needs at least: the mark and the length in bits.
const PADDING: usize = 9;

/// State before the first block (GB/T 32905, 4.1).
const START: [u32; 8] = [
    0x7380_166f,
    0x4914_b2b9,
    0x1724_42d7,
    0xda8a_0600,
    0xa96f_30bc,
    0x1631_38aa,
    0xe38d_ee4d,
    0xb0fb_0e4e,
];

/// The constants of the rounds (4.2), turned as the rounds want them (5.3.3).
const CONSTANTS: [u32; 64] = {
    let mut constants = [0; 64];
    let mut round = 0;
    while round < 64 {
        let constant: u32 = if round < 16 { 0x79cc_4519 } else { 0x7a87_9d8a };
        constants[round] = constant.rotate_left(round as u32 % 32);
        round += 1;
    }
    constants
};

/// What SM3 has come to after whole blocks.
pub(crate) type State = Zeroizing<[u32; 8]>;

/// The hashes of messages, in their order.
pub fn sm3_each<M: AsRef<[u8]>>(messages: &[M]) -> Vec<[u8; 32]> {
    hashes(&Zeroizing::new(START), 0, messages, Some(|message| Sm3::digest(message).into()))
}

/// The state after one block.
pub(crate) fn state_after(block: &[u8; BLOCK]) -> State {
    let mut words = Zeroizing::new([[0; LANES]; 16]);
    fill(&mut words, 0, block);
    let mut state = Zeroizing::new(START.map(|word| [word; LANES]));
    dispatch!(Level::new(), simd => compress(simd, &mut state, &words));
    Zeroizing::new(state.map(|word| word[0]))
}

/// The hashes of messages before each of which stood the same blocks, after which the state was
/// `start`.
pub(crate) fn sm3_each_after<M: AsRef<[u8]>>(
    start: &State,
    blocks: usize,
    messages: &[M],
) -> Vec<[u8; 32]> {
    hashes(start, blocks, messages, None)
}

/// What hashes a single message.
type Alone = fn(&[u8]) -> [u8; 32];

/// `alone` hashes the messages that are too few to fill the lanes.
fn hashes<M: AsRef<[u8]>>(
    start: &State,
    before: usize,
    messages: &[M],
    alone: Option<Alone>,
) -> Vec<[u8; 32]> {
    let message = |place: usize| messages[place].as_ref();
    // Messages of like length go together, so that no lane waits for another.
    let mut order: Vec<usize> = (0..messages.len()).collect();
    order.sort_by_key(|place| blocks(message(*place)));
    let mut hashes = vec![[0; 32]; messages.len()];
    let work = Work { start, before, messages, alone };
    dispatch!(Level::new(), simd => hash_all(simd, &work, &order, &mut hashes));
    hashes
}

/// Messages to hash, and after what.
struct Work<'a, M> {
    start: &'a State,
    before: usize,
    messages: &'a [M],
    alone: Option<Alone>,
}

/// Hashes messages in the order given. Inlined as all that it calls, so that it becomes code for
/// the vectors of one kind of processor.
#[inline(always)]
fn hash_all<S: Simd, M: AsRef<[u8]>>(
    simd: S,
    work: &Work<'_, M>,
    order: &[usize],
    hashes: &mut [[u8; 32]],
) {
    for group in order.chunks(LANES) {
        match work.alone {
            Some(alone) if group.len() < WORTH => {
                for place in group {
                    hashes[*place] = alone(work.messages[*place].as_ref());
                }
            }
            _ => hash_group(simd, work, group, hashes),
        }
    }
}

/// How many blocks a message has with its padding.
fn blocks(message: &[u8]) -> usize {
    (message.len() + PADDING).div_ceil(BLOCK)
}

/// Hashes at most [`LANES`] messages, given by their positions.
#[inline(always)]
fn hash_group<S: Simd, M: AsRef<[u8]>>(
    simd: S,
    work: &Work<'_, M>,
    group: &[usize],
    hashes: &mut [[u8; 32]],
) {
    let message = |place: usize| work.messages[place].as_ref();
    let longest = group.iter().map(|place| blocks(message(*place))).max().unwrap_or(0);
    let mut state = Zeroizing::new(work.start.map(|word| [word; LANES]));
    let mut words = Zeroizing::new([[0_u32; LANES]; 16]);
    for block in 0..longest {
        for (lane, place) in group.iter().enumerate() {
            let message = message(*place);
            match message.get(block * BLOCK..(block + 1) * BLOCK) {
                Some(bytes) => fill(&mut words, lane, bytes),
                None => fill(&mut words, lane, &last(message, block, work.before)),
            }
        }
        compress(simd, &mut state, &words);
        let is_last = |place: &usize| blocks(message(*place)) == block + 1;
        for (lane, place) in group.iter().enumerate().filter(|(_, place)| is_last(place)) {
            for (bytes, word) in hashes[*place].chunks_exact_mut(4).zip(state.iter()) {
                bytes.copy_from_slice(&word[lane].to_be_bytes());
            }
        }
    }
}

/// Puts the words of a block into a lane.
#[inline(always)]
fn fill(words: &mut [[u32; LANES]; 16], lane: usize, block: &[u8]) {
    for (word, bytes) in words.iter_mut().zip(block.as_chunks::<4>().0) {
        word[lane] = u32::from_be_bytes(*bytes);
    }
}

/// A block that holds padding (5.2): the rest of the message, one bit, zeros, and in the last
/// block the length in bits, with that of the blocks before it. A block past the end is of no message, and nobody takes its hash.
fn last(message: &[u8], block: usize, before: usize) -> [u8; BLOCK] {
    let mut bytes = [0; BLOCK];
    let rest = message.get(block * BLOCK..).unwrap_or_default();
    bytes[..rest.len()].copy_from_slice(rest);
    if message.len() / BLOCK == block {
        bytes[rest.len()] = 0x80;
    }
    if blocks(message) == block + 1 {
        let bits = (before * BLOCK + message.len()) as u64 * 8;
        bytes[BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
    }
    bytes
}

/// Takes one block of each lane into the state (5.3.2, 5.3.3).
#[inline(always)]
fn compress<S: Simd>(simd: S, state: &mut [[u32; LANES]; 8], words: &[[u32; LANES]; 16]) {
    let mut w = [u32x16::splat(simd, 0); 68];
    for (vector, words) in w.iter_mut().zip(words) {
        *vector = u32x16::from_slice(simd, words);
    }
    for j in 16..68 {
        let x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15);
        w[j] = x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6];
    }
    let old = state.map(|words| u32x16::from_slice(simd, &words));
    let mut v = old;
    for j in 0..16 {
        let [a, b, c, _, e, f, g, _] = v;
        round(simd, &mut v, j, &w, a ^ b ^ c, e ^ f ^ g);
    }
    for j in 16..64 {
        let [a, b, c, _, e, f, g, _] = v;
        round(simd, &mut v, j, &w, (a & b) | ((a | b) & c), ((f ^ g) & e) ^ g);
    }
    for ((words, old), new) in state.iter_mut().zip(old).zip(v) {
        (old ^ new).store_slice(words);
    }
}

/// One round; `ff` and `gg` are the two functions that differ between early and late rounds.
#[inline(always)]
fn round<S: Simd>(
    simd: S,
    v: &mut [u32x16<S>; 8],
    j: usize,
    w: &[u32x16<S>; 68],
    ff: u32x16<S>,
    gg: u32x16<S>,
) {
    let [a, b, c, d, e, f, g, h] = *v;
    let turned = turn(a, 12);
    let first = turn(turned + e + u32x16::splat(simd, CONSTANTS[j]), 7);
    let one = ff + d + (first ^ turned) + (w[j] ^ w[j + 4]);
    let two = gg + h + first + w[j];
    *v = [one, a, turn(b, 9), c, two ^ turn(two, 9) ^ turn(two, 17), e, turn(f, 19), g];
}

#[inline(always)]
fn turn<S: Simd>(x: u32x16<S>, bits: u32) -> u32x16<S> {
    (x << bits) | (x >> (32 - bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every length around the borders of blocks, many at once and in any order.
    #[test]
    fn many_at_once_hash_as_one_by_one() {
        let lengths = (0..200).rev().chain([1000, 55, 56, 64, 32_000, 0, 119, 120, 3]);
        let messages: Vec<Vec<u8>> =
            lengths.map(|n| (0..n).map(|i: usize| (i * 31 + n) as u8).collect()).collect();
        let before = [7; BLOCK];
        for count in [0, 1, 15, 16, 17, messages.len()] {
            let messages = &messages[..count];
            let alone = messages.iter().map(|message| Sm3::digest(message).into());
            assert_eq!(sm3_each(messages), alone.collect::<Vec<[u8; 32]>>(), "{count}");
            let after = messages.iter().map(|message| {
                Sm3::new().chain_update(before).chain_update(message).finalize().into()
            });
            let found = sm3_each_after(&state_after(&before), 1, messages);
            assert_eq!(found, after.collect::<Vec<[u8; 32]>>(), "{count}");
        }
    }
    /// A program that is tried on one processor runs on others.
    #[cfg(target_arch = "x86_64")]
    #[test]
    fn every_kind_of_vector_gives_the_same_hashes() {
        fn check<S: Simd>(simd: Option<S>) {
            let Some(simd) = simd else { return };
            let messages: Vec<Vec<u8>> = (0..40).map(|n| vec![n as u8; n * 7]).collect();
            let start = Zeroizing::new(START);
            let work = Work { start: &start, before: 0, messages: &messages, alone: None };
            let order: Vec<usize> = (0..messages.len()).collect();
            let mut hashes = vec![[0; 32]; messages.len()];
            hash_all(simd, &work, &order, &mut hashes);
            let expected: Vec<[u8; 32]> =
                messages.iter().map(|message| Sm3::digest(message).into()).collect();
            assert_eq!(hashes, expected);
        }
        let level = Level::new();
        check(level.as_sse2());
        check(level.as_sse4_2());
        check(level.as_avx2());
        check(level.as_avx512());
    }
}
