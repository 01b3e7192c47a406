//! Cases that are told one by one, a clause each: 5起:陈某挪用资金案,王某虚报面积案,….

use crate::figure::reading::passage::has_any;

/// Ends of the clauses in which cases, problems and deeds are told.
const ENDS: &[&str] = &["案", "问题", "事故", "事件", "纠纷", "火灾", "工程", "项目", "行动"];

/// Words by which not all of them are told, or more is told of one.
const MORE: &[&str] = &["等", "其中", "主要", "另", "如", "均", "都", "上述", "该"];

/// How many clauses behind a colon tell a case each, where it is not the number said.
pub(super) fn cases(words: &str, said: usize) -> Option<usize> {
    let (noun, row) = words.split_once([':', '：'])?;
    let row = row.split(['。', '\n']).next()?;
    let clauses: Vec<&str> = row.split([',', '，', ';', '；', '、']).map(str::trim).collect();
    let alike = ENDS.iter().any(|end| clauses.iter().all(|clause| clause.ends_with(end)));
    let fits = noun.chars().count() <= 10
        && noun.chars().all(char::is_alphabetic)
        && clauses.len() >= 2
        && alike
        && clauses.iter().all(|clause| (4..=40).contains(&clause.chars().count()))
        && !has_any(row, MORE);
    (fits && clauses.len().abs_diff(said) <= 3).then_some(clauses.len())
}
