//! The values of a dimension and how a text says them.

use pack::{ColumnRef, Dimension, FieldType, Indicator, Pack, Type};

use crate::scope::CLAUSE;
use crate::subject::source_ledger;

/// Characters in which 等 follows the last of several that are listed.
const LIST: usize = 6;

/// Whether a text names a thing only as one of several or as an example: 稻谷等, 上门或电话,
/// 乱占、乱堆.
pub(crate) fn is_listed(text: &str, form: &str) -> bool {
    let joints = ['、', '或', '和', '与', '及'];
    text.match_indices(form).all(|(at, _)| {
        let behind = &text[at + form.len()..];
        let near: String = behind.chars().take(LIST).take_while(|c| !CLAUSE.contains(*c)).collect();
        // 县级以上 is more than 县级.
        let more = behind.starts_with("以上") || behind.starts_with("及以上");
        more || near.contains('等') || behind.starts_with(joints) || text[..at].ends_with(joints)
    })
}

/// The stored values of a dimension, each with the ways to say it. Empty for
/// dimensions whose values are open (text, numbers).
pub(crate) fn dimension_values(
    pack: &Pack,
    indicator: &Indicator,
    dimension: &Dimension,
) -> Vec<(String, Vec<String>)> {
    match &dimension.column.ty {
        Type::Boolean => {
            // “Yes” is said by the name of the dimension; “no” has no words of its own.
            vec![("1".to_owned(), forms(&dimension.label, &[])), ("0".to_owned(), Vec::new())]
        }
        Type::Choice { ids } => {
            let labels = choice_labels(pack, indicator, dimension);
            let label = |id: &String| {
                labels.iter().find(|(i, _)| i == id).map_or_else(|| id.clone(), |(_, l)| l.clone())
            };
            ids.iter().map(|id| (id.clone(), forms(&label(id), &[]))).collect()
        }
        Type::Code { list } => pack.codes.get(list).map_or_else(Vec::new, |list| {
            list.codes.iter().map(|c| (c.code.clone(), forms(&c.label, &c.aliases))).collect()
        }),
        Type::Place => {
            pack.places.iter().map(|p| (p.code.clone(), forms(&p.label, &p.aliases))).collect()
        }
        Type::Org => pack.orgs.iter().map(|o| (o.id.clone(), forms(&o.label, &[]))).collect(),
        _ => Vec::new(),
    }
}

/// `省级/到省访` may be said as 省级 or as 到省访; the same with a bar.
fn forms(label: &str, aliases: &[String]) -> Vec<String> {
    let mut forms: Vec<String> = std::iter::once(label)
        .chain(aliases.iter().map(String::as_str))
        .flat_map(|text| std::iter::once(text).chain(text.split(['/', '|'])))
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    let mut seen = Vec::new();
    forms.retain(|form| {
        let fresh = !seen.contains(form);
        seen.push(form.clone());
        fresh
    });
    forms
}

fn choice_labels(
    pack: &Pack,
    indicator: &Indicator,
    dimension: &Dimension,
) -> Vec<(String, String)> {
    let ledger = match dimension.column.joins.last() {
        Some(join) => Some(join.to.as_str()),
        None => source_ledger(pack, indicator, 0),
    };
    let ColumnRef::Field(field) = &dimension.column.column else { return Vec::new() };
    let field = ledger.and_then(|l| pack.ledgers.get(l)).and_then(|l| l.fields.get(field));
    match field.map(|f| &f.ty) {
        Some(FieldType::Choice { values } | FieldType::MultiChoice { values }) => {
            values.iter().map(|(id, label)| (id.clone(), label.clone())).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::says_any;

    #[test]
    fn a_choice_may_be_said_in_any_of_its_forms() {
        assert_eq!(forms("省级/到省访", &[]), ["省级/到省访", "省级", "到省访"]);
        assert_eq!(forms("本科", &["大学".to_owned()]), ["本科", "大学"]);
        assert!(says_any("无进京、到省访人员", &forms("省级/到省访", &[])));
        assert!(!says_any("无进京人员", &forms("省级/到省访", &[])));
    }
}
