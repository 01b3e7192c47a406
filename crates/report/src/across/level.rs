//! Of which level a figure is: what a county did is no figure of its towns.

use review::LEVELS;

/// Words of an order among those of one level: 在全县考核中居第2位.
const ORDER: [&str; 8] = ["考核", "考评", "评比", "测评", "排名", "位列", "名列", "位居"];

/// The word by which the words of a sentence before a figure are of a level above the office that
/// wrote it: the last word for a level in them; `None` where they say none, or the title names no
/// office.
pub(super) fn above(words: &str, title: &str) -> Option<&'static str> {
    let own = own(title)?;
    let all = LEVELS.iter().enumerate();
    let named = all.flat_map(|(at, level)| level.words.iter().map(move |word| (at, *word)));
    let told = named.filter_map(|(level, word)| Some((words.rfind(word)?, level, word)));
    let (at, level, word) = told.max_by_key(|(at, ..)| *at)?;
    let (lead, rest) = words.split_at(at);
    let lead = lead.rsplit([',', '，']).next().unwrap_or_default();
    let rest = rest.split([',', '，']).next().unwrap_or_default();
    (level > own && !ORDER.iter().any(|order| lead.contains(order) || rest.contains(order)))
        .then_some(word)
}

/// The level of the office that a title names first.
fn own(title: &str) -> Option<usize> {
    let all = LEVELS.iter().enumerate();
    let ends = all.flat_map(|(at, level)| level.endings.iter().map(move |end| (at, *end)));
    // 乡村 at the head of a title ends no name.
    let found = ends.filter_map(|(at, end)| Some((title.find(end).filter(|at| *at > 0)?, at)));
    found.min().map(|(_, level)| level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_county_is_above_its_towns_and_not_above_itself() {
        let check = |words, title, expected| assert_eq!(above(words, title), expected, "{words}");
        let (town, county) = ("青石镇2023年工作总结", "青石县乡村振兴局2023年工作报告");
        check("上半年全县开工重点项目", town, Some("全县"));
        check("从全县看,固定资产投资", town, Some("全县"));
        check("全县上下齐心,全镇固定资产投资", town, None);
        check("上半年全镇开工重点项目", town, None);
        check("在全县考核中", town, None);
        check("党建考核位列全县乡镇", town, None);
        check("全县开工重点项目", county, None);
        check("全市开工重点项目", county, Some("全市"));
        check("全省粮食产量", "贵州省2023年工作报告", None);
    }
}
