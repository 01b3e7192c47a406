//! The tree of places, and organisations.

use figure::Date;

/// A node of the administrative tree, by its official code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Official code: 6 digits for a county, 9 for a township, 12 for a village.
    pub code: String,
    /// Name for people: 甲村.
    pub label: String,
    /// Other names: 甲村委会, 甲.
    pub aliases: Vec<String>,
    /// province, city, county, township, village, community …
    pub kind: String,
    /// Code of the place above.
    pub parent: Option<String>,
    /// First day it existed.
    pub from: Option<Date>,
    /// Last day it existed.
    pub until: Option<Date>,
    /// Code of the place that took over.
    pub successor: Option<String>,
    /// Codes of the places that it was divided into, where several took over.
    pub split_into: Vec<String>,
}

/// The word for a kind of place: 村 of `village`; a kind of the office's own is called as it is
/// written.
pub fn kind_label(kind: &str) -> &str {
    match kind {
        "village" => "村",
        "community" => "社区",
        "township" => "乡镇",
        "county" => "县",
        "city" => "市",
        "province" => "省",
        other => other,
    }
}

/// An organisation of the office: branch, station, department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// Id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Kind: branch, station, department, outside.
    pub kind: String,
    /// Code of the place it serves.
    pub place: Option<String>,
}

/// All places, parents before children.
#[derive(Debug, Default)]
pub struct Places {
    all: Vec<Place>,
}

impl Places {
    /// Places in the order given; the loader has checked codes and parents.
    pub fn new(all: Vec<Place>) -> Places {
        Places { all }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.all.iter()
    }

    /// The place with this code.
    pub fn get(&self, code: &str) -> Option<&Place> {
        self.all.iter().find(|p| p.code == code)
    }

    /// Places that have this name, label or alias, spaces apart.
    pub fn named(&self, name: &str) -> Vec<&Place> {
        let name = name.trim();
        self.all.iter().filter(|p| p.label == name || p.aliases.iter().any(|a| a == name)).collect()
    }

    /// Whether `code` is `ancestor` or lies below it.
    pub fn is_within(&self, code: &str, ancestor: &str) -> bool {
        let mut at = Some(code);
        while let Some(code) = at {
            if code == ancestor {
                return true;
            }
            at = self.get(code).and_then(|p| p.parent.as_deref());
        }
        false
    }

    /// The place and everything below it that existed on the day, in file order.
    pub fn below(&self, code: &str, on: Date) -> Vec<&Place> {
        self.all
            .iter()
            .filter(|p| p.from.is_none_or(|d| d <= on) && p.until.is_none_or(|d| on <= d))
            .filter(|p| self.is_within(&p.code, code))
            .collect()
    }

    /// Places of a kind at or below a place on the day.
    pub fn of_kind(&self, kind: &str, code: &str, on: Date) -> Vec<&Place> {
        self.below(code, on).into_iter().filter(|p| p.kind == kind).collect()
    }
}
