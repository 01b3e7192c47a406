//! Figures of a whole office that are one and the same in each of its materials.

use review::{OfficeThing, office_thing};

use super::likeness::is_scoped;
use super::subject;

/// What an office has one number of, though other paragraphs speak of some of them.
const STOCKS: [&str; 5] = ["党员", "农户", "企业", "干部", "职工"];
/// What its year had one number of; of anything else several stations tell their own.
const FLOWS: [&str; 4] = ["税收", "财税", "税费", "GDP"];

/// The thing that a number counts all of, by the words of its sentence before it and those behind
/// it in its clause; `None` where every paragraph has some of it: 全年完成投资.
pub(super) fn thing(before: &str, behind: &str) -> Option<OfficeThing> {
    let thing = office_thing(before, behind)?;
    let name = thing.name.as_str();
    let is_one = match thing.level {
        Some(_) => STOCKS.contains(&name) || !subject::is_general(name),
        None => FLOWS.contains(&name),
    };
    (is_one && !is_scoped(name)).then_some(thing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, expected: Option<&str>) {
        let thing = thing(before, "").map(|thing| thing.name);
        assert_eq!(thing.as_deref(), expected, "{before}");
    }

    #[test]
    fn what_every_paragraph_has_is_told_apart() {
        check("全镇共有党员", Some("党员"));
        check("全年税收达到", Some("税收"));
        check("全年接警", None);
        check("水稻,全镇播种", None);
        check("低保户中,全镇共有残疾人", None);
        check("全年党员", None);
        check("全年完成投资", None);
        check("全镇新增低保对象", None);
    }
}
