//! Codes that became others: a record keeps the code that it was entered with, and counts for
//! the code that stands for it at the window's end.

use figure::Date;
use pack::{CodeList, Field, FieldType, Pack, Scalar};

use super::printer::Printer;

/// The codes of a list that were given up before a day, each with the one that stands for it
/// then. A code without a successor stands for itself.
fn heirs(list: &CodeList, on: Date) -> Vec<(&str, &str)> {
    let find = |code: &str| list.codes.iter().find(|c| c.code == code);
    let mut found = Vec::new();
    for code in &list.codes {
        let mut at = code;
        // The bound ends the walk should successors form a circle.
        for _ in 0..list.codes.len() {
            let is_past = at.until.is_some_and(|until| until < on);
            match at.became.as_deref().filter(|_| is_past).and_then(find) {
                Some(next) => at = next,
                None => break,
            }
        }
        if at.code != code.code {
            found.push((code.code.as_str(), at.code.as_str()));
        }
    }
    found
}

fn list_of<'p>(pack: &'p Pack, field: Option<&Field>) -> Option<&'p CodeList> {
    match &field?.ty {
        FieldType::Code { list } => pack.codes.get(list),
        _ => None,
    }
}

impl Printer<'_, '_> {
    /// A column by which records are divided or held: of a code the one that stands for it at
    /// the window's end.
    pub(super) fn standing(&mut self, field: Option<&Field>, column: String) -> String {
        let on = self.plan.window.to();
        let Some(list) = list_of(self.plan.pack, field) else { return column };
        let heirs = heirs(list, on);
        if heirs.is_empty() {
            return column;
        }
        let mut cases = String::new();
        for (old, new) in heirs {
            let old = self.bind(Scalar::Text(old.to_owned()));
            let new = self.bind(Scalar::Text(new.to_owned()));
            cases.push_str(&format!(" when {old} then {new}"));
        }
        format!("(case {column}{cases} else {column} end)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use figure::date;
    use pack::Code;

    fn code(code: &str, until: Option<Date>, became: Option<&str>) -> Code {
        Code {
            code: code.to_owned(),
            label: code.to_owned(),
            aliases: Vec::new(),
            from: None,
            until,
            became: became.map(str::to_owned),
        }
    }

    #[test]
    fn a_code_stands_for_itself_until_its_last_day_is_over() {
        let list = CodeList {
            id: "kind".to_owned(),
            label: "类别".to_owned(),
            source: None,
            codes: vec![
                code("a", Some(date(2022, 12, 31)), Some("b")),
                code("b", Some(date(2023, 12, 31)), Some("c")),
                code("c", None, None),
                code("d", Some(date(2022, 12, 31)), None),
            ],
            groups: Vec::new(),
        };
        let check = |on: Date, expected: &[(&str, &str)]| assert_eq!(heirs(&list, on), expected);
        check(date(2022, 12, 31), &[]);
        check(date(2023, 6, 30), &[("a", "b")]);
        check(date(2024, 1, 1), &[("a", "c"), ("b", "c")]);
    }
}
