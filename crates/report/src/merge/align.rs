//! Which paragraph of the returned document is which of the report.

use super::diff::likeness;

/// Least likeness of two paragraphs in the same place.
const ALIKE: u32 = 40;
/// Least likeness where as many paragraphs came back as there were.
const IN_PLACE: u32 = 15;
/// Least likeness of a paragraph that stands elsewhere now.
const MOVED: u32 = 70;

/// For each new paragraph the old one that it comes from; each old one is used once.
pub(super) fn align(old: &[Vec<char>], new: &[Vec<char>]) -> Vec<Option<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; new.len()];
    let mut used = vec![false; old.len()];
    let mut anchors = in_order(old, new);
    anchors.push((old.len(), new.len()));
    let (mut i, mut j) = (0, 0);
    for (x, y) in anchors {
        // Between two paragraphs that stayed, what is most alike belongs together, in order.
        pair_between(old, new, (i..x, j..y), &mut from, &mut used);
        if x < old.len() {
            from[y] = Some(x);
            used[x] = true;
        }
        (i, j) = (x + 1, y + 1);
    }
    for (at, place) in from.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
        let left = (0..old.len()).filter(|i| !used[*i]);
        let best = left.map(|i| (likeness(&old[i], &new[at]), i)).max_by_key(|(alike, _)| *alike);
        if let Some((_, i)) = best.filter(|(alike, _)| *alike >= MOVED) {
            *place = Some(i);
            used[i] = true;
        }
    }
    from
}

/// Whether a paragraph is plainly an edited form of another.
pub(super) fn is_alike(old: &[char], new: &[char]) -> bool {
    likeness(old, new) >= ALIKE
}

/// Which of the paragraphs kept their order, as many as can; new ones count as such.
pub(super) fn in_rising_order(from: &[Option<usize>]) -> Vec<bool> {
    let mut best = vec![0usize; from.len()];
    let mut back: Vec<Option<usize>> = vec![None; from.len()];
    for (at, place) in from.iter().enumerate() {
        let Some(place) = place else { continue };
        best[at] = 1;
        for before in 0..at {
            if from[before].is_some_and(|other| other < *place) && best[before] + 1 > best[at] {
                (best[at], back[at]) = (best[before] + 1, Some(before));
            }
        }
    }
    let mut stayed: Vec<bool> = from.iter().map(Option::is_none).collect();
    let mut at = (0..from.len()).filter(|i| from[*i].is_some()).max_by_key(|i| best[*i]);
    while let Some(here) = at {
        stayed[here] = true;
        at = back[here];
    }
    stayed
}

/// Paragraphs that are the same, as many as there can be in order.
fn in_order(old: &[Vec<char>], new: &[Vec<char>]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut best = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            best[i * width + j] = if old[i] == new[j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn pair_between(
    old: &[Vec<char>],
    new: &[Vec<char>],
    (mine, theirs): (std::ops::Range<usize>, std::ops::Range<usize>),
    from: &mut [Option<usize>],
    used: &mut [bool],
) {
    // As many came back as went out: each is most likely in its place, however much of it
    // changed (30万元 and 32万元 share two characters).
    let least = if mine.len() == theirs.len() { IN_PLACE } else { ALIKE };
    let mut first = mine.start;
    for at in theirs {
        let best = (first..mine.end)
            .map(|i| (likeness(&old[i], &new[at]), i))
            .max_by_key(|(alike, i)| (*alike, std::cmp::Reverse(*i)));
        if let Some((_, i)) = best.filter(|(alike, _)| *alike >= least) {
            from[at] = Some(i);
            used[i] = true;
            first = i + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &[&str], new: &[&str], expected: &[Option<usize>]) {
        let chars = |all: &[&str]| -> Vec<Vec<char>> {
            all.iter().map(|text| text.chars().collect()).collect()
        };
        assert_eq!(align(&chars(old), &chars(new)), expected, "{new:?}");
    }

    #[test]
    fn paragraphs_are_found_where_they_went() {
        let old = ["一是排查隐患三起。", "二是种植水稻百亩。", "三是发展党员七名。"];
        check(&old, &old, &[Some(0), Some(1), Some(2)]);
        check(&old, &[old[0], "二是种植水稻九十亩。", old[2]], &[Some(0), Some(1), Some(2)]);
        check(
            &old,
            &[old[0], "全新的一段话。", old[1], old[2]],
            &[Some(0), None, Some(1), Some(2)],
        );
        check(&old, &[old[0], old[2]], &[Some(0), Some(2)]);
        check(&old, &[old[2], old[0], old[1]], &[Some(2), Some(0), Some(1)]);
        let changed = "三是发展党员八名。";
        check(&old, &[changed, old[0], old[1]], &[Some(2), Some(0), Some(1)]);
        let stayed = in_rising_order(&[Some(2), Some(0), None, Some(1)]);
        assert_eq!(stayed, [false, true, true, true]);
    }
}
