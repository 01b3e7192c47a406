//! Which rows a plan asks for: by time, place and the dimensions held fixed.

use std::collections::HashSet;

use figure::{Period, Step};
use pack::{Place, Scalar, Timing};

use super::PLACE;
use super::printer::Printer;
use super::scope::Scope;
use super::spelling::NEVER;
use crate::area::existed;
use crate::past::Since;
use crate::plan::{Aggregate, Fixed, Group, root};

impl<'p, 'a> Printer<'p, 'a> {
    pub(super) fn in_time(&mut self, scope: &mut Scope<'a>, day: Option<&str>) -> Vec<String> {
        let plan = self.plan;
        let mut conditions = Vec::new();
        if let Some(day) = day {
            let to = self.day(plan.window.to());
            // A place without a date has always been there; a record without one is nowhere in time.
            let always = plan.ledger.id == PLACE && plan.time != Timing::During;
            conditions.push(match always {
                true => format!("({day} is null or {day} <= {to})"),
                false => format!("{day} <= {to}"),
            });
            if matches!(plan.time, Timing::During | Timing::Latest) {
                let from = self.day(plan.window.from());
                conditions.push(format!("{day} >= {from}"));
            }
        }
        if let (Timing::At, Some(until)) = (plan.time, plan.until) {
            let (until, to) = (self.column(scope, until), self.day(plan.window.to()));
            conditions.push(format!("({until} is null or {until} > {to})"));
        }
        conditions
    }

    /// Left out when every place that may hold a record of the ledger is meant:
    /// the store refuses records of other kinds of place.
    pub(super) fn in_place(&mut self, alias: &str) -> Option<String> {
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
        (!all).then(|| self.among(&format!("{}{alias}._place", self.spelling().no_index()), &codes))
    }

    /// Membership in a list of texts. A short list goes one by one, which is quicker
    /// on each row; a long one as one parameter, since their number is limited.
    fn among(&mut self, column: &str, texts: &[&str]) -> String {
        if texts.is_empty() {
            return NEVER.to_owned();
        }
        if texts.len() <= 64 {
            let each = texts.iter().map(|text| self.bind(Scalar::Text((*text).to_owned())));
            let list: Vec<String> = each.collect();
            return format!("{column} in ({})", list.join(", "));
        }
        let quoted: Vec<String> = texts.iter().map(|t| json_text(t)).collect();
        let list = self.bind(Scalar::Text(format!("[{}]", quoted.join(","))));
        format!("{column} in ({})", self.spelling().members(&list))
    }

    pub(super) fn held(&mut self, scope: &mut Scope<'a>, fixed: &'p Fixed<'a>) -> String {
        let column = self.column(scope, fixed.column);
        let field = self.field(scope.row.ledger, fixed.column);
        let column = self.standing(field, column);
        match &fixed.value {
            None => format!("{column} is null"),
            Some(Scalar::Text(id)) if fixed.among_several => {
                let id = self.bind(Scalar::Text(format!("|{id}|")));
                self.spelling().contains(&column, &id)
            }
            Some(value) => {
                let value = self.compared(field, value);
                format!("{column} = {value}")
            }
        }
    }

    /// Whether to read the ledger from end to end. Half a year or more is most often a
    /// good part of a ledger, and a row found through an index costs several rows
    /// read in order; only a bare count by date can be had from the index alone.
    pub(super) fn is_scan(&self, is_placed: bool) -> bool {
        let plan = self.plan;
        let wide = match plan.time {
            Timing::Since | Timing::At => true,
            Timing::During | Timing::Latest => plan.window.split(Step::Month).len() >= 6,
        };
        let bare = matches!((plan.aggregate, plan.group), (Aggregate::Count, Group::Whole))
            && plan.filter.is_none()
            && plan.undecided.is_none()
            && plan.until.is_none()
            && plan.fixed.is_empty()
            && self.since(plan.ledger) == Since::Nothing
            && !is_placed;
        wide && !bare
    }
}

/// A text as a JSON string; codes of places hold no control characters.
fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
