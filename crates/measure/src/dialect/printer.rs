//! The rows of a plan as a derived table, expression by expression.

use std::collections::HashSet;

use figure::{Date, Period, Step};
use pack::{
    Arithmetic, Column, ColumnRef, Comparison, Expr, Join, Ledger, Place, Scalar, Timing, WindowEnd,
};

use super::Query;
use crate::area::existed;
use crate::plan::{Aggregate, Fixed, Group, Plan, root};

/// Id of the built-in ledger of places, whose records are found by code.
const PLACE: &str = "place";

/// After a table, keeps the engine from searching it through an index.
const SCAN: &str = " not indexed";

/// Before a column, keeps the engine from searching by it: of place and date, the
/// date narrows more, and without statistics the engine guesses otherwise.
const NO_INDEX: &str = "+";

/// Prints the parts of one statement and gathers the values bound to it.
pub(super) struct Printer<'p, 'a> {
    plan: &'p Plan<'a>,
    values: Vec<Scalar>,
    tables: usize,
}

/// A ledger that columns are reached from, with the joins that they needed.
struct Scope<'a> {
    ledger: &'a Ledger,
    alias: String,
    joined: Vec<Joined<'a>>,
}

struct Joined<'a> {
    from: String,
    join: &'a Join,
    ledger: &'a Ledger,
    alias: String,
}

impl Scope<'_> {
    fn from(&self, hint: &str) -> String {
        let mut text = format!("{} as {}{hint}", quote(&self.ledger.id), self.alias);
        for joined in &self.joined {
            let key = if joined.join.to == PLACE { "code" } else { "_id" };
            let by = plain(&joined.from, &joined.join.by);
            let (table, alias) = (quote(&joined.join.to), &joined.alias);
            text.push_str(&format!(" left join {table} as {alias} on {alias}.{key} = {by}"));
        }
        text
    }
}

impl<'p, 'a> Printer<'p, 'a> {
    pub(super) fn new(plan: &'p Plan<'a>) -> Printer<'p, 'a> {
        Printer { plan, values: Vec::new(), tables: 0 }
    }

    pub(super) fn query(self, sql: String) -> Query {
        Query { sql, values: self.values }
    }

    /// A placeholder for the value. Equal values share one.
    pub(super) fn bind(&mut self, value: Scalar) -> String {
        let at = self.values.iter().position(|v| *v == value).unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        });
        format!("?{}", at + 1)
    }

    fn day(&mut self, day: Date) -> String {
        self.bind(Scalar::Text(day.to_string()))
    }

    fn scope(&mut self, ledger: &'a Ledger) -> Scope<'a> {
        Scope { ledger, alias: self.alias(), joined: Vec::new() }
    }

    fn alias(&mut self) -> String {
        self.tables += 1;
        format!("t{}", self.tables - 1)
    }

    /// The derived table of candidates.
    pub(super) fn rows(&mut self, fields: &[&str]) -> String {
        let plan = self.plan;
        let mut scope = self.scope(plan.ledger);
        let alias = scope.alias.clone();
        let null = || "null".to_owned();
        let day = plan.on.map(|c| self.column(&mut scope, c));
        let group = match plan.group {
            Group::Whole => null(),
            Group::Place => format!("{alias}._place"),
            Group::Column(column) => self.column(&mut scope, column),
        };
        let undecided = plan.undecided.map(|e| self.expr(&mut scope, e));
        let value = plan.aggregate.value().map(|e| self.expr(&mut scope, e));
        let document = match plan.aggregate {
            Aggregate::Stated(_, column) => Some(self.column(&mut scope, column)),
            _ => None,
        };
        let mut columns = format!(
            "{alias}._id as id, {alias}._place as place, {} as day, {group} as grp, {} as und, \
             {} as val, {} as doc",
            day.clone().unwrap_or_else(null),
            undecided.as_ref().map_or("0".to_owned(), |u| format!("({u}) is true")),
            value.unwrap_or_else(null),
            document.unwrap_or_else(null),
        );
        if plan.time == Timing::Latest {
            let order = day.as_ref().map_or(String::new(), |d| format!(" order by {d} desc"));
            columns.push_str(&format!(", rank() over (partition by {alias}._place{order}) as nth"));
        }
        for (n, id) in fields.iter().enumerate() {
            let cell = self.cell(plan.ledger, &alias, &ColumnRef::Field((*id).to_owned()));
            columns.push_str(&format!(", {cell} as f{n}"));
        }
        let mut conditions = self.in_time(&mut scope, day.as_deref());
        let in_place = self.in_place(&alias);
        let hint = if is_scan(plan, in_place.is_some()) { SCAN } else { "" };
        conditions.extend(in_place);
        for fixed in &plan.fixed {
            conditions.push(self.held(&mut scope, fixed));
        }
        let filter = plan.filter.map(|e| self.expr(&mut scope, e));
        match (filter, undecided) {
            (Some(f), Some(u)) => conditions.push(format!("(({f}) or (({f}) is null and ({u})))")),
            (Some(f), None) => conditions.push(format!("({f})")),
            (None, _) => {}
        }
        let conditions = match conditions.is_empty() {
            true => String::new(),
            false => format!(" where {}", conditions.join(" and ")),
        };
        format!("select {columns} from {}{conditions}", scope.from(hint))
    }

    fn in_time(&mut self, scope: &mut Scope<'a>, day: Option<&str>) -> Vec<String> {
        let mut conditions = Vec::new();
        let to = self.day(self.plan.window.to());
        if let Some(day) = day {
            // A place without a date has always been there; a record without one is nowhere in time.
            let always = self.plan.ledger.id == PLACE && self.plan.time != Timing::During;
            conditions.push(match always {
                true => format!("({day} is null or {day} <= {to})"),
                false => format!("{day} <= {to}"),
            });
            if matches!(self.plan.time, Timing::During | Timing::Latest) {
                let from = self.day(self.plan.window.from());
                conditions.push(format!("{day} >= {from}"));
            }
        }
        if let (Timing::At, Some(until)) = (self.plan.time, self.plan.until) {
            let until = self.column(scope, until);
            conditions.push(format!("({until} is null or {until} > {to})"));
        }
        conditions
    }

    /// Left out when every place that may hold a record of the ledger is meant:
    /// the store refuses records of other kinds of place.
    fn in_place(&mut self, alias: &str) -> Option<String> {
        let kinds = &root(self.plan.pack, self.plan.ledger).place;
        let area = &self.plan.area;
        let mut codes: Vec<&str> = area.places.iter().map(|p| p.code.as_str()).collect();
        if self.plan.ledger.id == PLACE {
            // Dissolved places have records of their own, but are no places any more.
            let end = Period::day(self.plan.window.to());
            let standing = area.places.iter().filter(|p| existed(p, end));
            codes = standing.map(|p| p.code.as_str()).collect();
        }
        let inside: HashSet<&str> = codes.iter().copied().collect();
        let may_hold = |p: &&Place| kinds.is_empty() || kinds.contains(&p.kind);
        let all = self.plan.pack.places.iter().filter(may_hold).all(|p| inside.contains(&*p.code));
        (!all).then(|| self.among(&format!("{NO_INDEX}{alias}._place"), &codes))
    }

    /// Membership in a list of texts. A short list goes one by one, which is quicker
    /// on each row; a long one as one parameter, since their number is limited.
    fn among(&mut self, column: &str, texts: &[&str]) -> String {
        if texts.len() <= 64 {
            let each = texts.iter().map(|text| self.bind(Scalar::Text((*text).to_owned())));
            let list: Vec<String> = each.collect();
            return format!("{column} in ({})", list.join(", "));
        }
        let quoted: Vec<String> = texts.iter().map(|t| json_text(t)).collect();
        let list = self.bind(Scalar::Text(format!("[{}]", quoted.join(","))));
        format!("{column} in (select value from json_each({list}))")
    }

    fn held(&mut self, scope: &mut Scope<'a>, fixed: &'p Fixed<'a>) -> String {
        let column = self.column(scope, fixed.column);
        match &fixed.value {
            None => format!("{column} is null"),
            Some(Scalar::Text(id)) if fixed.among_several => {
                let id = self.bind(Scalar::Text(format!("|{id}|")));
                contains(&column, &id)
            }
            Some(value) => {
                let value = self.bind(value.clone());
                format!("{column} = {value}")
            }
        }
    }

    /// A column of the scope, through its joins.
    fn column(&mut self, scope: &mut Scope<'a>, column: &'a Column) -> String {
        let (mut alias, mut ledger) = (scope.alias.clone(), scope.ledger);
        for join in &column.joins {
            let known = scope.joined.iter().find(|j| j.from == alias && j.join == join);
            (alias, ledger) = match known {
                Some(known) => (known.alias.clone(), known.ledger),
                None => {
                    let to = self.ledger(&join.to);
                    let new = self.alias();
                    let from = std::mem::replace(&mut alias, new.clone());
                    scope.joined.push(Joined { from, join, ledger: to, alias: new.clone() });
                    (new, to)
                }
            };
        }
        self.cell(ledger, &alias, &column.column)
    }

    /// A column of a table. A dated field is read as it was at the window's end.
    fn cell(&mut self, ledger: &Ledger, alias: &str, column: &ColumnRef) -> String {
        match column {
            ColumnRef::Field(id) if ledger.fields.get(id).is_some_and(|f| f.dated) => {
                let day = self.day(self.plan.window.to());
                format!("({})", store::as_of(&ledger.id, id, alias, &day))
            }
            other => plain(alias, other),
        }
    }

    fn ledger(&self, id: &str) -> &'a Ledger {
        self.plan.pack.ledgers.get(id).expect("the loader resolves every ledger named")
    }

    fn expr(&mut self, scope: &mut Scope<'a>, expr: &'a Expr) -> String {
        match expr {
            Expr::Column(column) => self.column(scope, column),
            Expr::Literal(value) => self.bind(value.clone()),
            Expr::Window(WindowEnd::From) => self.day(self.plan.window.from()),
            Expr::Window(WindowEnd::To) => self.day(self.plan.window.to()),
            Expr::Parameter { id, scale } => {
                let value = self.plan.parameters.get(&(id.as_str(), *scale));
                let value = *value.expect("the plan reads every parameter of its expressions");
                self.bind(Scalar::Integer(value))
            }
            Expr::And(a, b) => self.binary(scope, a, "and", b),
            Expr::Or(a, b) => self.binary(scope, a, "or", b),
            Expr::Not(inner) => format!("(not {})", self.expr(scope, inner)),
            Expr::Compare(operator, a, b) => self.binary(scope, a, comparison(*operator), b),
            Expr::IsNull { expr, negated } => {
                let expr = self.expr(scope, expr);
                format!("({expr} is {}null)", if *negated { "not " } else { "" })
            }
            Expr::In { expr, list, negated } => {
                let expr = self.expr(scope, expr);
                let list: Vec<String> = list.iter().map(|v| self.bind(v.clone())).collect();
                let not = if *negated { "not " } else { "" };
                format!("({expr} {not}in ({}))", list.join(", "))
            }
            Expr::Arithmetic(operator, a, b) => {
                let operator = match operator {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "-",
                    Arithmetic::Multiply => "*",
                };
                self.binary(scope, a, operator, b)
            }
            Expr::Rescale(inner, digits) => {
                let inner = self.expr(scope, inner);
                let factor = self.bind(Scalar::Integer(10_i64.saturating_pow(*digits)));
                format!("({inner} * {factor})")
            }
            Expr::Exists { ledger, link, filter } => {
                let mut inner = self.scope(self.ledger(ledger));
                let filter = filter.as_ref().map(|f| self.expr(&mut inner, f));
                let link = plain(&inner.alias, link);
                let and = filter.map(|f| format!(" and ({f})")).unwrap_or_default();
                let from = inner.from("");
                format!("exists (select 1 from {from} where {link} = {}._id{and})", scope.alias)
            }
        }
    }

    fn binary(&mut self, scope: &mut Scope<'a>, a: &'a Expr, by: &str, b: &'a Expr) -> String {
        let a = self.expr(scope, a);
        let b = self.expr(scope, b);
        format!("({a} {by} {b})")
    }
}

/// Whether to read the ledger from end to end. Half a year or more is most often a
/// good part of a ledger, and a row found through an index costs several rows
/// read in order; only a bare count by date can be had from the index alone.
fn is_scan(plan: &Plan<'_>, is_placed: bool) -> bool {
    let wide = match plan.time {
        Timing::Since | Timing::At => true,
        Timing::During | Timing::Latest => plan.window.split(Step::Month).len() >= 6,
    };
    let bare = matches!((plan.aggregate, plan.group), (Aggregate::Count, Group::Whole))
        && plan.filter.is_none()
        && plan.undecided.is_none()
        && plan.until.is_none()
        && plan.fixed.is_empty()
        && !is_placed;
    wide && !bare
}

fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

/// Whether a column of ids joined by `|` holds the id bound as `|id|`.
fn contains(column: &str, id: &str) -> String {
    format!("instr('|' || {column} || '|', {id}) > 0")
}

fn plain(alias: &str, column: &ColumnRef) -> String {
    match column {
        ColumnRef::Field(id) => format!("{alias}.{}", quote(id)),
        ColumnRef::Place => format!("{alias}._place"),
        ColumnRef::Parent => format!("{alias}._parent"),
        ColumnRef::Id => format!("{alias}._id"),
    }
}

fn quote(id: &str) -> String {
    format!("\"{}\"", id.replace('"', "\"\""))
}

/// A text as a JSON string; codes of places hold no control characters.
fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
