//! Names at the beginning of a text: places that the pack does not know, and authorities.

use super::words::{COMMON_NAMES, COMMON_NOUN, ENDS, GOES_ON, JOINING, NAME, NEAR};

/// Bytes of a wider or neighbouring authority at the beginning of a text: 县里, 市应急局,
/// 各乡镇, 邻镇. `home` is the name of the report's place.
pub(super) fn authority(text: &str, home: &str) -> Option<usize> {
    const OTHERS: &[&str] = &[
        "各乡镇",
        "各镇",
        "各乡",
        "各县",
        "各市",
        "各街道",
        "邻镇",
        "邻乡",
        "邻县",
        "兄弟乡镇",
        "周边乡镇",
        "其他乡镇",
    ];
    const OFFICES: &[&str] = &["局", "厅", "法院", "大队", "公司", "政府", "委"];
    if let Some(word) = OTHERS.iter().find(|word| text.starts_with(**word)) {
        return Some(word.len());
    }
    let level = text.chars().next().filter(|c| "省市县".contains(*c) && !home.ends_with(*c))?;
    let rest = &text[level.len_utf8()..];
    if rest.starts_with(['里', '内']) {
        return Some(text.len() - rest.len() + '里'.len_utf8());
    }
    let near: String = rest.chars().take(OFFICE).collect();
    let ends = OFFICES.iter().filter_map(|word| near.find(word).map(|at| at + word.len()));
    ends.min().map(|length| level.len_utf8() + length)
}

/// A place that a text says lies near home: 与我镇相邻的乙镇.
pub(super) fn neighbour(text: &str) -> Option<&str> {
    let behind = NEAR.iter().find_map(|word| text.split_once(word).map(|(_, behind)| behind))?;
    let name = behind.strip_prefix('的').unwrap_or(behind);
    unknown_name(name, false).map(|length| &name[..length])
}

/// Characters in which the name of an office ends.
const OFFICE: usize = 7;

/// Bytes of a name at the beginning of a text that ends like a place's. Inside a chain
/// of places 区 ends one too.
pub(super) fn unknown_name(text: &str, chained: bool) -> Option<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().take(NAME + 4).collect();
    for length in 1..=NAME {
        let (at, _) = *chars.get(length)?;
        let name = &text[..at];
        if name.chars().any(|c| !('\u{4e00}'..='\u{9fff}').contains(&c) || JOINING.contains(c)) {
            return None;
        }
        let rest = &text[at..];
        let district = ["区", "县级市"];
        let more = district.iter().filter(|_| chained || rest.starts_with("区") && length > 1);
        let end = ENDS.iter().chain(more).find(|end| rest.starts_with(**end));
        let Some(end) = end else { continue };
        let after = rest[end.len()..].chars().next();
        let noun = name.chars().next_back().is_some_and(|c| COMMON_NOUN.contains(c));
        let common = COMMON_NAMES.iter().any(|word| name.ends_with(word));
        let goes_on = after.is_some_and(|c| GOES_ON.contains(c));
        if *end == "区" && !is_followed_by_place(&rest[end.len()..]) {
            continue;
        }
        if !noun && !common && !goes_on {
            return Some(at + end.len());
        }
    }
    None
}

/// Whether a text goes on with another name of a place: 某区 stands for a district only
/// before its streets, since 园区 and 片区 are common nouns.
fn is_followed_by_place(text: &str) -> bool {
    let near: String = text.chars().take(NAME + 2).collect();
    ["街道", "镇", "乡"].iter().any(|end| near.contains(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_places_are_told_from_common_nouns() {
        for (text, name) in [
            ("青石镇排查隐患", "青石镇"),
            ("碧水街道先后组织", "碧水街道"),
            ("乙县排查隐患", "乙县"),
            ("云州市完成", "云州市"),
        ] {
            assert_eq!(unknown_name(text, false), Some(name.len()), "{text}");
        }
        for text in [
            "乡镇干部",
            "城市建设",
            "圩镇扩容",
            "集镇功能",
            "县级以上",
            "市场主体",
            "示范镇建设",
            "乡村振兴",
            "省道改造",
            "园区建设",
            "社区干部",
            "被省委评为",
            "县委部署",
            "特色小镇",
            "生猪上市",
            "城乡低保",
            "街道干净",
        ] {
            assert_eq!(unknown_name(text, false), None, "{text}");
        }
    }
}
