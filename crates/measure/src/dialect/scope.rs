//! Where the columns of a row come from: its ledger's table or history, and the records it
//! refers to.

use pack::{Column, ColumnRef, Join, Ledger};

use super::PLACE;
use super::printer::Printer;
use crate::past::Since;

/// Which rows of a ledger are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arm {
    /// The current ones.
    Current,
    /// Those superseded since the revision asked about.
    History,
}

/// A ledger that columns are reached from, with the joins that they needed.
pub(super) struct Scope<'a> {
    pub(super) row: Row<'a>,
    arm: Arm,
    joined: Vec<Joined<'a>>,
}

/// The record that a row of the statement has of one ledger.
#[derive(Clone)]
pub(super) struct Row<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) alias: String,
    /// Where it stands in the history, if it has been superseded and `alias` is empty. Only
    /// records that are referred to have both.
    past: Option<String>,
}

struct Joined<'a> {
    from: String,
    join: &'a Join,
    row: Row<'a>,
    text: String,
}

impl<'a> Scope<'a> {
    /// The columns of a ledger's own rows.
    pub(super) fn new(printer: &mut Printer<'_, 'a>, ledger: &'a Ledger, arm: Arm) -> Scope<'a> {
        let row = Row { ledger, alias: printer.alias(), past: None };
        Scope { row, arm, joined: Vec::new() }
    }

    /// The tables with their joins; the hint stands behind the first.
    pub(super) fn from(&self, hint: &str) -> String {
        let table = match self.arm {
            Arm::Current => quote(&self.row.ledger.id),
            Arm::History => quote(&history(&self.row.ledger.id)),
        };
        let joins: String = self.joined.iter().map(|joined| joined.text.as_str()).collect();
        format!("{table} as {}{hint}{joins}", self.row.alias)
    }

    /// What keeps the rows to those that were believed at the revision asked about.
    pub(super) fn believed(&self, printer: &mut Printer<'_, 'a>) -> Vec<String> {
        if self.arm == Arm::Current && printer.since(self.row.ledger) == Since::Nothing {
            return Vec::new();
        }
        printer.believed(&self.row.alias, self.arm)
    }

    /// The row that a column stands in, through its joins.
    pub(super) fn reach(&mut self, printer: &mut Printer<'_, 'a>, column: &'a Column) -> Row<'a> {
        let mut row = self.row.clone();
        for join in &column.joins {
            let known = self.joined.iter().find(|j| j.from == row.alias && j.join == join);
            row = match known {
                Some(known) => known.row.clone(),
                None => {
                    let joined = join_to(printer, &row, join);
                    let next = joined.row.clone();
                    self.joined.push(joined);
                    next
                }
            };
        }
        row
    }
}

impl Row<'_> {
    /// What an expression over one table is for the record, wherever that stands.
    pub(super) fn each(&self, mut cell: impl FnMut(&str) -> String) -> String {
        let current = cell(&self.alias);
        match &self.past {
            None => current,
            Some(past) => {
                let superseded = cell(past);
                let alias = &self.alias;
                format!("(case when {alias}._id is not null then {current} else {superseded} end)")
            }
        }
    }
}

/// The join from a row to the record that it refers to. Nothing can refer to a record that was
/// added later, so that only one that has been superseded since stands elsewhere than today.
fn join_to<'a>(printer: &mut Printer<'_, 'a>, row: &Row<'a>, join: &'a Join) -> Joined<'a> {
    let ledger = printer.ledger(&join.to);
    let key = if join.to == PLACE { "code" } else { "_id" };
    let by = row.each(|alias| plain(alias, &join.by));
    let (table, alias) = (quote(&join.to), printer.alias());
    let mut text = format!(" left join {table} as {alias} on {alias}.{key} = {by}");
    let mut past = None;
    if printer.since(ledger) == Since::Superseded {
        let (table, old) = (quote(&history(&join.to)), printer.alias());
        let now = printer.believed(&alias, Arm::Current).join(" and ");
        let then = printer.believed(&old, Arm::History).join(" and ");
        // The history is searched for no number at all, which costs nothing, if the record
        // was found among the current ones.
        text.push_str(&format!(
            " and {now} left join {table} as {old} \
             on {old}._id = case when {alias}._id is null then {by} end and {then}"
        ));
        past = Some(old);
    }
    Joined { from: row.alias.clone(), join, row: Row { ledger, alias, past }, text }
}

pub(super) fn plain(alias: &str, column: &ColumnRef) -> String {
    match column {
        ColumnRef::Field(id) => format!("{alias}.{}", quote(id)),
        ColumnRef::Place => format!("{alias}._place"),
        ColumnRef::Parent => format!("{alias}._parent"),
        ColumnRef::Id => format!("{alias}._id"),
    }
}

pub(super) fn quote(id: &str) -> String {
    format!("\"{}\"", id.replace('"', "\"\""))
}

/// Name of the history table of a ledger, as the store has it.
pub(super) fn history(ledger: &str) -> String {
    format!("{ledger}__history")
}
