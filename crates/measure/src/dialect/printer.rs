//! The rows of a plan as a derived table.

use figure::Date;
use pack::{Column, ColumnRef, Field, Ledger, Scalar, Timing};

use super::Query;
use super::scope::{Arm, Row, Scope, plain};
use super::spelling::{Kind, Spelling};
use crate::past::Since;
use crate::plan::{Aggregate, Group, Plan};

/// Prints the parts of one statement and gathers the values bound to it.
pub(super) struct Printer<'p, 'a> {
    pub(super) plan: &'p Plan<'a>,
    values: Vec<Scalar>,
    tables: usize,
    is_locked: bool,
}

impl<'p, 'a> Printer<'p, 'a> {
    pub(super) fn new(plan: &'p Plan<'a>) -> Printer<'p, 'a> {
        Printer { plan, values: Vec::new(), tables: 0, is_locked: false }
    }

    pub(super) fn spelling(&self) -> Spelling {
        Spelling(self.plan.engine)
    }

    pub(super) fn query(self, sql: String) -> Query {
        // A value that stands nowhere would have been bound for nothing.
        let stands = |n: usize| sql.contains(&format!("?{n}"));
        debug_assert!((1..=self.values.len()).all(stands), "{sql}");
        Query { sql, values: self.values, is_locked: self.is_locked }
    }

    /// A placeholder for the value. Equal values share one.
    pub(super) fn bind(&mut self, value: Scalar) -> String {
        let at = self.values.iter().position(|v| *v == value).unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        });
        self.spelling().bound(at + 1, &self.values[at])
    }

    /// A placeholder for a value that a field is compared with: of an identifying field the
    /// keyed hash of the value, which is all that the database knows of it.
    pub(super) fn compared(&mut self, field: Option<&Field>, value: &Scalar) -> String {
        let (Some(field), Scalar::Text(text)) = (field.filter(|f| store::is_sealed(f)), value)
        else {
            return self.bind(value.clone());
        };
        let hash = self.plan.store.compared_text(field, text);
        self.is_locked |= hash.is_none();
        self.bind(Scalar::Text(hash.unwrap_or_default()))
    }

    /// The field that a column leads to.
    pub(super) fn field(&self, from: &'a Ledger, column: &'a Column) -> Option<&'a Field> {
        let ledger = match column.joins.last() {
            Some(join) => self.ledger(&join.to),
            None => from,
        };
        match &column.column {
            ColumnRef::Field(id) => ledger.fields.get(id),
            ColumnRef::Place | ColumnRef::Parent | ColumnRef::Id => None,
        }
    }

    pub(super) fn day(&mut self, day: Date) -> String {
        self.bind(Scalar::Text(day.to_string()))
    }

    pub(super) fn alias(&mut self) -> String {
        self.tables += 1;
        format!("t{}", self.tables - 1)
    }

    pub(super) fn ledger(&self, id: &str) -> &'a Ledger {
        self.plan.pack.ledgers.get(id).expect("the loader resolves every ledger named")
    }

    /// What has happened to a ledger since the revision asked about.
    pub(super) fn since(&self, ledger: &Ledger) -> Since {
        self.plan.past.as_ref().map_or(Since::Nothing, |past| past.since(&ledger.id))
    }

    /// The placeholder for the revision asked about, if it is not the last.
    fn revision(&mut self) -> Option<String> {
        let revision = self.plan.past.as_ref()?.revision;
        Some(self.bind(Scalar::Integer(revision)))
    }

    /// What keeps a table to the rows that were believed at the revision asked about.
    pub(super) fn believed(&mut self, alias: &str, arm: Arm) -> Vec<String> {
        let Some(revision) = self.revision() else { return Vec::new() };
        let mut conditions = vec![format!("{alias}._rev <= {revision}")];
        if arm == Arm::History {
            conditions.push(format!("{alias}._until_rev > {revision}"));
        }
        conditions
    }

    /// The arms that together have the rows of a ledger.
    pub(super) fn arms(&self, ledger: &Ledger) -> &'static [Arm] {
        match self.since(ledger) {
            Since::Nothing | Since::Added => &[Arm::Current],
            Since::Superseded => &[Arm::Current, Arm::History],
        }
    }

    /// The derived table of candidates.
    pub(super) fn rows(&mut self, fields: &[&str]) -> String {
        let arms = self.arms(self.plan.ledger).iter();
        let arms: Vec<String> = arms.map(|arm| self.arm(*arm, fields)).collect();
        let rows = arms.join(" union all ");
        if self.plan.time != Timing::Latest {
            return rows;
        }
        // Outside of the arms, since a day is the latest of all of them.
        let order = if self.plan.on.is_some() { " order by u.day desc nulls last" } else { "" };
        format!("select u.*, rank() over (partition by u.place{order}) as nth from ({rows}) as u")
    }

    fn arm(&mut self, arm: Arm, fields: &[&str]) -> String {
        let plan = self.plan;
        let mut scope = Scope::new(self, plan.ledger, arm);
        let alias = scope.row.alias.clone();
        let spelling = self.spelling();
        let text = || spelling.null(Kind::Text);
        let day = plan.on.map(|c| self.column(&mut scope, c));
        let group = match plan.group {
            Group::Whole => text(),
            Group::Place => format!("{alias}._place"),
            Group::Column(column) => {
                let field = self.field(scope.row.ledger, column);
                let printed = self.column(&mut scope, column);
                self.standing(field, printed)
            }
        };
        let undecided = plan.undecided.map(|e| self.condition(&mut scope, e));
        let value = plan.aggregate.value().map(|e| self.expr(&mut scope, e));
        let document = match plan.aggregate {
            Aggregate::Stated(_, column) => Some(self.column(&mut scope, column)),
            _ => None,
        };
        let mut columns = format!(
            "{alias}._id as id, {alias}._place as place, {} as day, {group} as grp, {} as und, \
             {} as val, {} as doc",
            day.clone().unwrap_or_else(text),
            undecided.as_ref().map_or_else(|| spelling.number(0), |u| spelling.flag(u)),
            value.unwrap_or_else(|| spelling.null(Kind::Integer)),
            document.unwrap_or_else(text),
        );
        for (n, id) in fields.iter().enumerate() {
            let cell = self.shown(&scope.row, id);
            columns.push_str(&format!(", {cell} as f{n}"));
        }
        let mut conditions = self.in_time(&mut scope, day.as_deref());
        let in_place = self.in_place(&alias);
        let hint = match arm {
            Arm::Current if self.is_scan(in_place.is_some()) => spelling.scan(),
            Arm::Current | Arm::History => "",
        };
        conditions.extend(in_place);
        conditions.extend(scope.believed(self));
        for fixed in &plan.fixed {
            conditions.push(self.held(&mut scope, fixed));
        }
        let filter = plan.filter.map(|e| self.condition(&mut scope, e));
        match (filter, undecided) {
            (Some(f), Some(u)) => conditions.push(format!("({f} or ({f} is null and {u}))")),
            (Some(f), None) => conditions.push(f),
            (None, _) => {}
        }
        let conditions = match conditions.is_empty() {
            true => String::new(),
            false => format!(" where {}", conditions.join(" and ")),
        };
        format!("select {columns} from {}{conditions}", scope.from(hint))
    }

    /// A column of the scope, through its joins.
    pub(super) fn column(&mut self, scope: &mut Scope<'a>, column: &'a Column) -> String {
        let row = scope.reach(self, column);
        self.cell(&row, &column.column)
    }

    /// A field of a row to be shown: of an encrypted one its ciphertext, for the store to open.
    fn shown(&mut self, row: &Row<'_>, id: &str) -> String {
        match row.ledger.fields.get(id).filter(|field| store::is_sealed(field)) {
            Some(field) => row.each(|alias| store::sealed_text(self.plan.engine, &field.id, alias)),
            None => self.cell(row, &ColumnRef::Field(id.to_owned())),
        }
    }

    /// A column of a row. A dated field is read as it was at the window's end, and of an
    /// encrypted one its keyed hash, which is equal where the values are.
    fn cell(&mut self, row: &Row<'_>, column: &ColumnRef) -> String {
        let field = match column {
            ColumnRef::Field(id) => row.ledger.fields.get(id),
            ColumnRef::Place | ColumnRef::Parent | ColumnRef::Id => None,
        };
        let Some(field) = field.filter(|field| field.dated) else {
            let compared = field.filter(|field| store::is_sealed(field)).map(store::compared);
            return row.each(|alias| match &compared {
                Some(hash) => plain(alias, &ColumnRef::Field(hash.clone())),
                None => plain(alias, column),
            });
        };
        let day = self.day(self.plan.window.to());
        // Later values are of records that were superseded or added since.
        let known = match self.since(row.ledger) {
            Since::Superseded => self.revision(),
            Since::Nothing | Since::Added => None,
        };
        let (engine, ledger) = (self.plan.engine, &row.ledger.id);
        row.each(|alias| {
            format!("({})", store::as_of(engine, ledger, field, alias, &day, known.as_deref()))
        })
    }
}
