//! A village's material against one of its town, which tells of the village by its name.

use review::LEVELS;

use super::subject::{are_apart_above, places, titled_village};

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

    /// The places that words of the material are of, by those that they name; `before` is what the
    /// passage says before them. `None` where they are not of the village.
    pub(super) fn places(
        &self,
        mut named: Vec<String>,
        words: &str,
        before: &str,
    ) -> Option<Vec<String>> {
        let name = self.name();
        // 白沙村领办公司,带动全镇…: what follows is of all of the town.
        let own = words.rfind(name);
        let is_over =
            |word: &str| words.rfind(word).is_some_and(|at| own.is_none_or(|own| own < at));
        if LEVELS[0].words.iter().chain(&["各村", "村等"]).any(|word| is_over(word)) {
            return None;
        }
        let is_meant = THAT.iter().any(|word| words.contains(word)) && is_last(name, before);
        let is_of = is_subject(name, words) || is_meant || matches!(self, Village::Own(_));
        // 树湾村 of 柏树湾村 is itself.
        named.retain(|place| !name.ends_with(place.as_str()) || place == name);
        if is_of && !named.iter().any(|place| place == name) {
            named.push(name.to_owned());
            named.sort();
        }
        is_of.then_some(named)
    }
}

/// Words for the village that was named before.
pub(super) const THAT: [&str; 3] = ["该村", "该社区", "该校"];
/// Kinds of schools; 中心学校 is that of all schools of a town.
const SCHOOLS: [&str; 4] = ["中心小学", "中学", "小学", "幼儿园"];

/// What in a village is none of it: 白沙村茶厂收购鲜叶.
const INSIDE: [&str; 10] =
    ["大户", "茶厂", "工厂", "景区", "基地", "公司", "学校", "小学", "卫生室", "片区"];
/// Letters behind a name in which that stands.
const BEHIND: usize = 5;

/// Whether words are of a place that they name: it stands where something begins, and nothing
/// that lies in it behind it.
fn is_subject(name: &str, words: &str) -> bool {
    // Schools are named in the middle of a clause: 投入52万元改造中心小学.
    !is_part(name) && words.contains(name)
        || words.match_indices(name).any(|(at, _)| {
            let lead = words[..at].trim_end();
            let is_first = lead.is_empty()
                || lead.ends_with(|c: char| !c.is_alphanumeric())
                || ["其中", "的是"].iter().any(|word| lead.ends_with(word));
            let rest: String = words[at + name.len()..].chars().take(BEHIND).collect();
            let is_alone = !rest.starts_with(['、', '和', '与', '等', '及']);
            is_first && is_alone && !INSIDE.iter().any(|word| rest.contains(word))
        })
}

/// Whether a name is the last one of its kind before words.
fn is_last(name: &str, before: &str) -> bool {
    let mut all = places(before, "").into_iter().filter(|place| is_part(place));
    before.contains(name) && all.all(|place| before.rfind(place.as_str()) <= before.rfind(name))
}

/// The name of the school that a title is of: 青石中学, or 中心小学 of 青石镇中心小学.
fn named_school(title: &str, kind: &str) -> String {
    let lead = title.find(kind).map_or("", |at| &title[..at]);
    let name = lead.rsplit(['镇', '乡', '道', '县', '区', '市']).next().unwrap_or_default();
    if name.chars().count() > 4 { kind.to_owned() } else { format!("{name}{kind}") }
}

/// Whether a title is that of a village or a school.
pub(super) fn is_of_part(title: &str) -> bool {
    let is_school = ["小学", "中学", "学校", "幼儿园"].iter().any(|word| title.contains(word));
    is_school || titled_village(title).is_some()
}

/// Whether a place lies in a town.
fn is_part(name: &str) -> bool {
    name.ends_with('村') || name.ends_with("社区")
}

/// The village or the school that the first title names, where the second one is of its town.
pub(super) fn village(own: &str, town: &str) -> Option<String> {
    let school = SCHOOLS.into_iter().find(|school| own.contains(school) && !town.contains(school));
    let part = titled_village(own).or_else(|| school.map(|kind| named_school(own, kind)))?;
    let is_town = titled_village(town).is_none();
    (is_town && !are_apart_above(own, town)).then_some(part)
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
        check("柏树湾村2023年总结(芒岗乡)", town, Some("柏树湾村"));
        check("芒岗乡下河村2023年总结", town, Some("下河村"));
        check("芒岗乡新农村建设总结", town, None);
        check("芒岗乡桥下村2023年总结", town, Some("桥下村"));
        check("芒岗乡东新村2023年总结", town, Some("东新村"));
        check("芒岗乡万年村2023年总结", town, Some("万年村"));
        check("芒岗乡先进村2023年总结", town, None);
        check("芒岗乡12个行政村换届总结", town, None);
        check("龙鳞渡镇渡口社区“两委”述职报告", "龙鳞渡镇2023年总结", Some("渡口社区"));
        check("白沙乡芒岗村2023年述职报告", town, None);
        check("芒岗乡芒岗村2023年述职报告", "芒岗乡白沙村2023年总结", None);
        check("芒岗乡2023年述职报告", town, None);
        check("芒岗乡芒岗村2023年村两委述职报告", town, Some("芒岗村"));
        check("芒岗乡中心小学2023年工作总结", town, Some("中心小学"));
        check("芒岗中学2023年工作总结", town, Some("芒岗中学"));
        check("芒岗乡中心学校2023年工作总结", town, None);
    }

    #[test]
    fn what_a_material_says_is_of_the_village_or_not() {
        let (own, town) = (Village::Own("芒岗村".into()), Village::Named("芒岗村".into()));
        let check = |village: &Village, words: &str, before: &str, expected: Option<&[&str]>| {
            let of = village.places(places(words, ""), words, before);
            let of = of.as_ref().map(|of| of.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(of.as_deref(), expected, "{words}");
        };
        check(&own, "种植茶叶", "", Some(&["芒岗村"]));
        check(&own, "与白沙村种植茶叶", "", Some(&["白沙村", "芒岗村"]));
        check(&town, "芒岗村种植茶叶", "", Some(&["芒岗村"]));
        check(&town, "白沙村种植茶叶", "", None);
        check(&town, "大芒岗村种植茶叶", "", None);
        check(&town, "基地位于芒岗村,流转土地", "", None);
        check(&town, "芒岗村茶厂收购鲜叶", "", None);
        check(&town, "芒岗村等村安装路灯", "", None);
        check(&town, "依托芒岗村,全乡发展党员", "", None);
        check(&own, "全乡茶叶种植面积", "", None);
        check(&town, "该村种植茶叶", "驻芒岗村以来真抓实干。", Some(&["芒岗村"]));
        check(&town, "该村种植茶叶", "芒岗村真抓实干,白沙村也是。", None);
    }
}
