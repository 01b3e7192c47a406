//! Which row is the head, and which column is which field.

use std::collections::{BTreeMap, HashMap};

use figure::Unit;
use pack::{Ledger, Pack};

use crate::SheetError;
use crate::heads::{Head, KeptRow, Spans, compose, key, name_keys, nearest};

/// Rows in which the head is looked for.
pub(crate) const HEAD_ROWS: u32 = 20;

/// Heads of the column that says which village a row belongs to, the surest
/// first: 单位 may be any office, so that it counts only where nothing else does.
pub(crate) const VILLAGE_HEADS: [&str; 12] = [
    "村(社区)",
    "村(居)",
    "村居",
    "行政村",
    "所在村",
    "所属村",
    "村名",
    "村名称",
    "村",
    "社区",
    "地方",
    "单位",
];

/// The same for ledgers that belong to townships or to other places.
pub(crate) const PLACE_HEADS: [&str; 8] =
    ["乡镇", "乡(镇)", "乡镇(街道)", "镇", "镇名称", "地方", "所属地方", "单位"];

/// Heads of the place column for a ledger.
pub(crate) fn place_heads(ledger: &Ledger) -> &'static [&'static str] {
    let by_village = ledger.place.iter().any(|kind| kind == "village" || kind == "community");
    match ledger.place.is_empty() {
        true => &[],
        false if by_village => &VILLAGE_HEADS,
        false => &PLACE_HEADS,
    }
}

/// Heads of the column that names the parent record: the label and aliases of
/// its key, and the parent's label with 编号.
pub(crate) fn parent_heads(pack: &Pack, ledger: &Ledger) -> Vec<String> {
    let Some(parent) = ledger.parent.as_ref().and_then(|id| pack.ledgers.get(id)) else {
        return Vec::new();
    };
    let mut heads = Vec::new();
    if let Some(field) = parent.key.as_ref().and_then(|k| parent.fields.get(k)) {
        heads.push(field.label.clone());
        heads.extend(field.aliases.iter().cloned());
    }
    heads.push(format!("{}编号", parent.label));
    heads.push(parent.label.clone());
    heads
}

/// Where a column belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Target {
    /// A field, by its place in the ledger.
    Field(usize),
    /// The place of the record.
    Place,
    /// The key of the parent record.
    Parent,
}

/// The names that heads of a ledger are looked up by.
pub(crate) struct Names {
    /// `None` stands for a short form that two fields share.
    by_key: HashMap<String, Option<Target>>,
    /// Number of fields, which bounds the score of a row.
    targets: usize,
}

impl Names {
    pub(crate) fn of(pack: &Pack, ledger: &Ledger) -> Names {
        let mut names: Vec<(String, Target)> = Vec::new();
        for (slot, field) in ledger.fields.values().enumerate() {
            let target = Target::Field(slot);
            names.push((field.label.clone(), target));
            names.extend(field.aliases.iter().map(|alias| (alias.clone(), target)));
            names.push((field.id.clone(), target));
        }
        names.extend(parent_heads(pack, ledger).into_iter().map(|head| (head, Target::Parent)));
        names.extend(place_heads(ledger).iter().map(|head| ((*head).to_owned(), Target::Place)));

        let mut by_key: HashMap<String, Option<Target>> = HashMap::new();
        // Names in full come first, and fields before the rest: a short form never
        // takes a head away from the field that is called so.
        for (name, target) in &names {
            by_key.entry(key(name)).or_insert(Some(*target));
        }
        let mut short: BTreeMap<String, Option<Target>> = BTreeMap::new();
        for (name, target) in &names {
            for form in name_keys(name).into_iter().skip(1) {
                let entry = short.entry(form).or_insert(Some(*target));
                if *entry != Some(*target) {
                    *entry = None;
                }
            }
        }
        for (form, target) in short {
            by_key.entry(form).or_insert(target);
        }
        // The state of a case is mostly left to the program.
        let targets = ledger.fields.len() - usize::from(ledger.case.is_some());
        Names { by_key, targets }
    }

    /// What a head stands for.
    pub(crate) fn target(&self, head: &Head) -> Option<Target> {
        self.find(head).map(|(target, _)| target)
    }

    /// What a head stands for, and how far its words had to be cut for that.
    fn find(&self, head: &Head) -> Option<(Target, usize)> {
        head.keys.iter().enumerate().find_map(|(rank, key)| Some(((*self.by_key.get(key)?)?, rank)))
    }
}

/// A column that is read.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) target: Target,
    pub(crate) head: Head,
}

/// The head of a sheet.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Last row of the head, counted from 0.
    pub(crate) bottom: u32,
    /// First row of the head.
    pub(crate) top: u32,
    /// The columns that are read, in the order of the sheet.
    pub(crate) bound: Vec<Bound>,
    /// Columns with a head that are not read.
    pub(crate) extra: Vec<Head>,
    /// Heads that stand for a field which another column fits better or as well.
    twice: Vec<(Target, Head, Head)>,
    /// Number of different things that the columns stand for.
    score: usize,
}

impl Layout {
    /// All heads, for messages.
    pub(crate) fn shown_heads(&self) -> Vec<String> {
        let mut heads: Vec<&Head> = self.bound.iter().map(|b| &b.head).chain(&self.extra).collect();
        heads.sort_by_key(|head| head.column);
        heads.into_iter().map(Head::show).collect()
    }

    /// The column that stands for something.
    pub(crate) fn column(&self, target: Target) -> Option<&Head> {
        self.bound.iter().find(|b| b.target == target).map(|b| &b.head)
    }
}

/// The rows among the first that make the best head, however bad it is; `None`
/// if there are no rows. One row is preferred to two that say no more.
pub(crate) fn best(rows: &[KeptRow], spans: &Spans, names: &Names) -> Option<Layout> {
    let mut best: Option<Layout> = None;
    for depth in 1..=3 {
        for (bottom, _) in rows.iter().filter(|(bottom, _)| *bottom + 1 >= depth) {
            let top = bottom + 1 - depth;
            let layout = bind(compose(rows, spans, top, *bottom), names, top, *bottom);
            let better = best.as_ref().is_none_or(|b| {
                let heads = |l: &Layout| l.bound.len() + l.extra.len();
                // Where nothing fits, the row with most heads is worth showing.
                (layout.score, if b.score == 0 { heads(&layout) } else { 0 })
                    > (b.score, if b.score == 0 { heads(b) } else { 0 })
            });
            if better {
                best = Some(layout);
            }
        }
    }
    best
}

/// Whether the row is a head of the ledger at all.
pub(crate) fn fits(layout: &Layout, names: &Names) -> bool {
    layout.score >= names.targets.clamp(1, 2)
}

fn bind(heads: Vec<Head>, names: &Names, top: u32, bottom: u32) -> Layout {
    let mut chosen: HashMap<Target, (usize, usize)> = HashMap::new();
    let found: Vec<Option<(Target, usize)>> = heads.iter().map(|head| names.find(head)).collect();
    let mut twice = Vec::new();
    for (index, hit) in found.iter().enumerate() {
        let Some((target, rank)) = hit else { continue };
        match chosen.get(target) {
            Some((other, other_rank)) if other_rank == rank && *target != Target::Place => {
                twice.push((*target, heads[*other].clone(), heads[index].clone()));
            }
            Some((other, other_rank)) => {
                let better = match target {
                    Target::Place => place_rank(&heads[index]) < place_rank(&heads[*other]),
                    _ => rank < other_rank,
                };
                if better {
                    chosen.insert(*target, (index, *rank));
                }
            }
            None => {
                chosen.insert(*target, (index, *rank));
            }
        }
    }
    let score = chosen.len();
    let (mut bound, mut extra) = (Vec::new(), Vec::new());
    for (index, head) in heads.into_iter().enumerate() {
        match found[index] {
            Some((target, _)) if chosen.get(&target).is_some_and(|(i, _)| *i == index) => {
                bound.push(Bound { target, head });
            }
            _ => extra.push(head),
        }
    }
    Layout { top, bottom, bound, extra, twice, score }
}

fn place_rank(head: &Head) -> usize {
    let rank = |list: &[&str]| list.iter().position(|name| head.keys.first() == Some(&key(name)));
    rank(&VILLAGE_HEADS).or_else(|| rank(&PLACE_HEADS)).unwrap_or(usize::MAX)
}

/// Refuses a head in which a needed column is missing or stands twice.
pub(crate) fn check(
    layout: &Layout,
    sheet: &str,
    ledger: &Ledger,
    needs_parent: Option<&str>,
) -> Result<(), SheetError> {
    // A column that fits better decides, whatever fits as well as each other below it.
    for (target, first, second) in &layout.twice {
        let taken = layout.column(*target).map(|head| head.column);
        if taken == Some(first.column) || taken == Some(second.column) {
            let head = match target {
                Target::Field(slot) => ledger.fields[*slot].label.clone(),
                Target::Place | Target::Parent => first.show(),
            };
            return Err(SheetError::TwoColumns {
                sheet: sheet.to_owned(),
                head,
                first: first.letter(),
                second: second.letter(),
            });
        }
    }
    let mut missing: Vec<String> = Vec::new();
    if let Some(parent) = needs_parent
        && layout.column(Target::Parent).is_none()
    {
        missing.push(parent.to_owned());
    }
    for (slot, field) in ledger.fields.values().enumerate() {
        // The state of a new case is known without a column.
        let given = ledger.case.is_some() && field.id == "state";
        if field.required && !given && layout.column(Target::Field(slot)).is_none() {
            missing.push(field.label.clone());
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let found = layout.shown_heads();
    let spare: Vec<String> = layout.extra.iter().map(Head::show).collect();
    let nearest = near(&missing, &spare);
    Err(SheetError::MissingColumns { sheet: sheet.to_owned(), missing, found, nearest })
}

/// Each wanted head with the found one that is spelled most like it.
pub(crate) fn near(wanted: &[String], found: &[String]) -> Vec<(String, String)> {
    wanted
        .iter()
        .filter(|w| !found.iter().any(|f| key(f) == key(w)))
        .filter_map(|w| Some((w.clone(), nearest(w, found.iter().map(String::as_str))?.to_owned())))
        .collect()
}

/// The unit in which a column of a field is written, where it is not the field's own.
pub(crate) fn column_unit(
    sheet: &str,
    field: &pack::Field,
    head: &Head,
    line: &[Unit],
) -> Result<Option<Unit>, SheetError> {
    let refuse = |found: Unit, expected: Option<Unit>| SheetError::Unit {
        sheet: sheet.to_owned(),
        column: head.column,
        head: head.show(),
        found,
        field: field.label.clone(),
        expected,
    };
    // A bracket that belongs to the field's name says nothing about the column.
    let own_name = head.keys.first().is_some_and(|k| *k == key(&field.label));
    let numeric = matches!(field.ty, pack::FieldType::Integer | pack::FieldType::Decimal { .. });
    match (field.ty.unit(), head.unit) {
        (Some(own), Some(unit)) if unit.is_alike(own) => Ok(Some(unit)),
        (Some(own), Some(unit)) if !own_name => Err(refuse(unit, Some(own))),
        (None, Some(unit)) if numeric && unit.magnitude() > 0 && !own_name => {
            Err(refuse(unit, None))
        }
        (Some(own), None) => {
            let mut alike = line.iter().filter(|unit| unit.is_alike(own));
            match (alike.next(), alike.find(|_| true)) {
                (Some(first), Some(second)) if first != second => Err(SheetError::TwoUnits {
                    sheet: sheet.to_owned(),
                    first: *first,
                    second: *second,
                    column: head.column,
                    head: head.show(),
                }),
                (unit, _) => Ok(unit.copied()),
            }
        }
        _ => Ok(None),
    }
}
