//! The SQL parser library, and what its errors mean to the author of a definition.

use sqlparser::ast::{Expr, Query, SetExpr, TableFactor};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

use crate::diagnostic::{Sink, Spot};

/// Parses one SQL expression; the whole text must belong to it.
pub(crate) fn parse(sink: &mut Sink, spot: &Spot, text: &str) -> Option<Expr> {
    match parse_all(text) {
        Ok(expr) => Some(expr),
        Err(error) => {
            let detail = match error {
                ParserError::TokenizerError(detail) | ParserError::ParserError(detail) => detail,
                ParserError::RecursionLimitExceeded => "嵌套太深".to_owned(),
            };
            sink.expect(spot, format!("表达式“{text}”写法有误({detail})"), "SQL 表达式");
            None
        }
    }
}

fn parse_all(text: &str) -> Result<Expr, ParserError> {
    let mut parser = Parser::new(&GenericDialect {}).try_with_sql(text)?;
    let expr = parser.parse_expr()?;
    match parser.peek_token().token {
        Token::EOF => Ok(expr),
        rest => Err(ParserError::ParserError(format!("多余的“{rest}”"))),
    }
}

/// The words in small letters that begin a construct of SQL, in order. Asking the parser of every
/// field would cost as much as reading all conditions, so that only the tests ask it.
const CONSTRUCTS: [&str; 20] = [
    "all",
    "any",
    "current_catalog",
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "exists",
    "false",
    "interval",
    "localtime",
    "localtimestamp",
    "not",
    "null",
    "session_user",
    "some",
    "struct",
    "trim",
    "true",
    "user",
];

/// Whether an id means itself in an expression. Words such as `not` or `interval` begin a
/// construct of SQL, and a field of that name could not be written without quotes.
pub(crate) fn is_plain_word(id: &str) -> bool {
    CONSTRUCTS.binary_search(&id).is_err()
}

/// Ledger and condition of `select 1 from LEDGER where CONDITION`; `None` if the
/// subquery has anything else in it.
pub(super) fn exists_parts(query: &Query) -> Option<(String, Option<&Expr>)> {
    let SetExpr::Select(select) = &*query.body else { return None };
    let [source] = &select.from[..] else { return None };
    let TableFactor::Table { name, .. } = &source.relation else { return None };
    let [part] = &name.0[..] else { return None };
    let ledger = part.as_ident()?.value.clone();
    // Printing the plain form and comparing shuts out every further clause of
    // SQL, also those that the parser will learn.
    let plain = match &select.selection {
        Some(condition) => format!("SELECT 1 FROM {name} WHERE {condition}"),
        None => format!("SELECT 1 FROM {name}"),
    };
    (query.to_string() == plain).then_some((ledger, select.selection.as_ref()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sqlparser::keywords::ALL_KEYWORDS;

    use super::*;
    use crate::is_id;

    /// What the parser makes of a word.
    fn means_itself(word: &str) -> bool {
        let condition = format!("{word} is null and {word} = {word}");
        parse_all(&condition).is_ok_and(|expr| expr.to_string().eq_ignore_ascii_case(&condition))
            && matches!(parse_all(word), Ok(Expr::Identifier(_)))
    }

    #[test]
    fn the_constructs_are_those_of_the_parser() {
        assert!(CONSTRUCTS.is_sorted());
        let mut found = 0;
        for keyword in ALL_KEYWORDS {
            let word = keyword.to_ascii_lowercase();
            if is_id(&word) {
                assert_eq!(is_plain_word(&word), means_itself(&word), "{word}");
                found += usize::from(!is_plain_word(&word));
            }
        }
        assert_eq!(found, CONSTRUCTS.len(), "every construct is a keyword");
    }

    proptest! {
        #[test]
        fn a_word_that_is_no_keyword_means_itself(word in "[a-z][a-z0-9_]{0,12}") {
            prop_assert_eq!(is_plain_word(&word), means_itself(&word));
        }
    }
}
