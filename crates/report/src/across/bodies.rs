//! What the bodies of one office tell of themselves: what a station did is a part of what its town
//! did, and two stations receive visitors of their own.

use super::is_anchored;
use super::mention::Mention;

/// How many times more an office may seem to have done than its station tells of the same.
const MOST: i64 = 4;

/// Of whom two materials of one office are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bodies {
    /// Both of the office, or of one body of it.
    One,
    /// One of the office, one of a body of it.
    Part,
    /// Of two bodies.
    Two,
}

/// Endings of the name of the whole office.
const WHOLE: [&str; 18] = [
    "镇",
    "乡",
    "街道",
    "县",
    "区",
    "市",
    "政府",
    "委员会",
    "书记",
    "镇长",
    "乡长",
    "主任",
    "党委",
    "工委",
    "主席团",
    "办事处",
    "人大",
    "纪委",
];
/// What kind of material a title names, which is of no body.
const KINDS: [&str; 8] = ["工作", "总结", "报告", "汇报", "述职", "情况", "关于", "简报"];

/// Of whom the materials with two titles are.
pub(super) fn bodies(a: &str, b: &str) -> Bodies {
    let (one, two) = (office(a), office(b));
    match (is_whole(one), is_whole(two)) {
        (true, true) => Bodies::One,
        (false, false) if one != two => Bodies::Two,
        (false, false) => Bodies::One,
        _ => Bodies::Part,
    }
}

/// The office that a title names, up to its year.
fn office(title: &str) -> &str {
    title.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim()
}

/// Whether that is the whole office, or a title of which nobody can say.
fn is_whole(office: &str) -> bool {
    office.is_empty()
        || WHOLE.iter().any(|end| office.ends_with(end))
        || KINDS.iter().any(|kind| office.contains(kind))
}

/// Whether two statements may be of one figure though different bodies tell of it: the values are
/// near, and of two bodies a slip of the pen or the same figures beside them.
pub(super) fn may_be_one(
    bodies: Bodies,
    (a, b): (&Mention, &Mention),
    first: &[Mention],
    second: &[Mention],
) -> bool {
    let (Some(one), Some(other)) = (&a.gist, &b.gist) else { return true };
    let is_bound = a.bound.is_some() && a.bound == b.bound;
    let is_free = is_bound || !one.is_number(other) || a.office.is_some() && a.office == b.office;
    match bodies {
        _ if is_free => true,
        Bodies::One => true,
        Bodies::Part => one.is_within(other, MOST) || one.is_slip_of(other),
        Bodies::Two => one.is_plain_slip_of(other) || is_anchored(a, b, first, second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_of_whom_a_material_is() {
        let check = |a, b, expected| assert_eq!(bodies(a, b), expected, "{a} | {b}");
        let town = "青石镇2023年工作总结";
        check(town, "青石镇人民政府2023年工作报告", Bodies::One);
        check(town, "青石镇司法所2023年工作总结", Bodies::Part);
        check("青石镇民政办2023年总结", "青石镇司法所2023年工作总结", Bodies::Two);
        check("青石镇司法所2022年总结", "青石镇司法所2023年工作总结", Bodies::One);
        check(town, "关于青石镇2023年工作情况的报告", Bodies::One);
    }
}
