//! A village's material against one of its town, which tells of the village by its name.

use super::subject::{are_apart_above, places};

/// How a material of a pair speaks of the village that the other one or itself is of.
#[derive(Clone, Debug)]
pub(super) enum Village {
    /// All that the material says is of the village, unless it names another place.
    Own(String),
    /// The material is of the town, and of the village only where it names it.
    Named(String),
}

impl Village {
    /// Its name: 芒岗村.
    pub(super) fn name(&self) -> &str {
        let (Village::Own(name) | Village::Named(name)) = self;
        name
    }

    /// The places that words of the material are of, by those that they name; `None` where they
    /// are not of the village.
    pub(super) fn places(&self, mut named: Vec<String>) -> Option<Vec<String>> {
        let name = self.name();
        let is_named = named.iter().any(|place| place == name);
        if let (Village::Own(_), false) = (self, is_named) {
            named.push(name.to_owned());
            named.sort();
        }
        (is_named || matches!(self, Village::Own(_))).then_some(named)
    }
}

/// The village that the first title names, where the second one is of its town.
pub(super) fn village(own: &str, town: &str) -> Option<String> {
    let is_village = |name: &String| name.ends_with('村') || name.ends_with("社区");
    let mut villages = places(own, "").into_iter().filter(is_village);
    let (only, other) = (villages.next()?, villages.next());
    let is_town = !places(town, "").iter().any(is_village);
    (other.is_none() && is_town && !are_apart_above(own, town)).then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_lies_in_the_town_of_its_title() {
        let check = |own, town, expected: Option<&str>| {
            assert_eq!(village(own, town).as_deref(), expected, "{own} | {town}");
        };
        let town = "芒岗乡2023年工作总结";
        check("芒岗乡芒岗村村“两委”2023年述职报告", town, Some("芒岗村"));
        check("芒岗乡芒岗村2023年述职报告", town, Some("芒岗村"));
        check("白沙村2023年总结", town, Some("白沙村"));
        check("龙鳞渡镇渡口社区“两委”述职报告", "龙鳞渡镇2023年总结", Some("渡口社区"));
        check("白沙乡芒岗村2023年述职报告", town, None);
        check("芒岗乡芒岗村2023年述职报告", "芒岗乡白沙村2023年总结", None);
        check("芒岗乡2023年述职报告", town, None);
    }

    #[test]
    fn what_a_material_says_is_of_the_village_or_not() {
        let named = |places: &[&str]| places.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        let (own, town) = (Village::Own("芒岗村".into()), Village::Named("芒岗村".into()));
        assert_eq!(own.places(named(&[])), Some(named(&["芒岗村"])));
        assert_eq!(own.places(named(&["白沙村"])), Some(named(&["白沙村", "芒岗村"])));
        assert_eq!(town.places(named(&["芒岗村"])), Some(named(&["芒岗村"])));
        assert_eq!(town.places(named(&["白沙村"])), None);
    }
}
