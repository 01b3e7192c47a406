//! Figures of a whole office that are one and the same in each of its materials.

use review::{OfficeThing, office_thing};

use super::likeness::is_scoped;
use super::subject;

/// What an office has one number of, though other paragraphs speak of some of them.
const STOCKS: [&str; 5] = ["党员", "农户", "企业", "干部", "职工"];
/// What its year had one number of; of anything else several stations tell their own.
const FLOWS: [&str; 4] = ["税收", "财税", "税费", "GDP"];
/// Words for the end of the year that a material is about, which the words may begin with.
const AT_END: [&str; 6] = ["截至年底", "截至年末", "到年底", "到年末", "年末", "年底"];
/// Words that tell what there is.
const HAVING: [&str; 6] = ["共有", "现有", "拥有", "下辖", "有", "辖"];
/// What a row of what an office has begins with, and what it may go on with.
const BRANCHES: [&str; 4] = ["党支部", "党组织", "支部", "党总支"];
const MEMBERS: [&str; 3] = ["党员", "党组织", "党支部"];
/// Words that make a figure that of all there is.
const TOTAL: [&str; 4] = ["总数", "总人数", "总户数", "总人口"];
/// Letters that say when something was: 换届时,全镇党员总数632名.
const THEN: [char; 6] = ['时', '年', '月', '前', '后', '初'];

/// The thing that a number counts all of, by the words of its sentence before it and those behind
/// it in its clause; `None` where every paragraph has some of it: 全年完成投资.
pub(super) fn thing(before: &str, behind: &str) -> Option<OfficeThing> {
    let before: String = before.trim().chars().filter(|c| !is_quote(*c)).collect();
    let before = before.as_str();
    let end = AT_END.iter().find_map(|word| before.strip_prefix(word));
    let before = end.map_or(before, |rest| rest.trim_start_matches([',', '，']));
    let found = office_thing(before, behind).or_else(|| listed(before)).or_else(|| total(before));
    let thing = found?;
    let name = thing.name.as_str();
    let is_one = match thing.level {
        Some(_) => STOCKS.contains(&name) || !subject::is_general(name),
        None => FLOWS.contains(&name),
    };
    (is_one && !is_scoped(name)).then_some(thing)
}

/// The thing of a number in a row that tells what the office has: 全乡有党支部9个,党员147名.
fn listed(before: &str) -> Option<OfficeThing> {
    let mut parts = before.split([',', '，', '、']);
    let first = parts.next()?;
    let head = first.trim_end_matches(char::is_alphabetic);
    let head = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_had = HAVING.iter().any(|word| head.contains(word));
    let first = office_thing(head, "").filter(|_| is_had)?;
    // 机关党支部4个,党员58名 tells the members of those alone.
    let is_plain = BRANCHES.contains(&first.name.trim_start_matches("基层"));
    let level = first.level.filter(|_| is_plain)?;
    let last = parts.next_back()?;
    let is_told = |part: &str| part.ends_with(char::is_alphabetic) && part.contains(is_digit);
    let name = last.trim_start_matches("其中");
    let is_name = MEMBERS.iter().any(|end| name.ends_with(end));
    (is_name && parts.all(is_told))
        .then(|| OfficeThing { name: name.to_owned(), level: Some(level) })
}

/// The thing of a clause that tells of all there is behind others: 支部全部换届,全乡党员总数.
fn total(before: &str) -> Option<OfficeThing> {
    let at = before.rfind([',', '，'])?;
    let (lead, clause) = (&before[..at], before[at..].trim_start_matches([',', '，']));
    let is_now = !lead.contains(THEN) && TOTAL.iter().any(|word| clause.contains(word));
    office_thing(clause, "").filter(|thing| is_now && thing.level.is_some())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '‘' | '’')
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
        check("年末,全镇共有党员", Some("党员"));
        check("年末全镇“两新”党组织共", Some("两新党组织"));
        check("全年税收达到", Some("税收"));
        check("全年接警", None);
        check("水稻,全镇播种", None);
        check("低保户中,全镇共有残疾人", None);
        check("全年党员", None);
        check("全年完成投资", None);
        check("全镇新增低保对象", None);
    }

    #[test]
    fn a_row_of_what_an_office_has_is_of_the_office() {
        check("全乡有基层党支部9个,党员", Some("党员"));
        check("全镇共有基层党组织61个,其中“两新”党组织", Some("两新党组织"));
        check("全镇有机关党支部4个,党员", None);
        check("全镇有企业86家,职工", None);
        check("全镇培训干部61名,党员", None);
        check("机关有党支部9个,党员", None);
        check("全乡有党支部9个,开展活动,党员", None);
    }

    #[test]
    fn a_total_may_follow_other_clauses_of_now() {
        check("9个党支部全部换届到位,全乡党员总数", Some("党员"));
        check("换届时,全乡党员总数", None);
        check("党建引领不断加强,全乡党员", None);
    }
}
