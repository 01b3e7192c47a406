//! Places that are named one by one before or behind their number.

/// Whether names are those of places, and what they are the names of is told behind their number:
/// 河口、双桥、樟木5座集中供水厂.
pub(super) fn is_placed(names: &[&str], noun: &str) -> bool {
    const KINDS: &[&str] = &[
        "村",
        "社区",
        "镇",
        "乡",
        "街道",
        "供水厂",
        "水厂",
        "水库",
        "电站",
        "泵站",
        "大桥",
        "小学",
        "中学",
        "学校",
        "幼儿园",
        "卫生院",
        "敬老院",
        "灌区",
        "林场",
        "煤矿",
        "园区",
        "小区",
        "港口",
        "码头",
        "污水处理厂",
        "提灌站",
        "服务站",
        "卫生室",
    ];
    /// Ends of what is no name of a place.
    const THINGS: &str = "室堂舍楼房网具备化路电水气讯业员部站厂场园区线点队组长会";
    let kind = KINDS.iter().any(|kind| noun.starts_with(kind) || noun.ends_with(kind));
    let plain = |name: &&str| {
        let length = name.chars().count();
        length == 2
            && name.chars().all(char::is_alphabetic)
            && !name.ends_with(|c| THINGS.contains(c))
    };
    // 赵庄、李庄、孙庄: three that all end as villages do.
    let end = names.last().and_then(|name| name.chars().last());
    let alike = end.is_some_and(|end| "庄村湾寨坪沟岭塘坝屯营桥".contains(end))
        && names.iter().all(|name| name.chars().last() == end);
    let many = names.len() >= if alike { 3 } else { 4 };
    kind && many && names.iter().skip(1).all(plain) || is_water(names, noun)
}

/// Whether names are those of rivers and lakes that are counted behind them: 白沙河、青溪、黄泥沟6条河流.
fn is_water(names: &[&str], noun: &str) -> bool {
    const KINDS: &[&str] = &["河流", "河道", "河湖", "河渠", "溪流", "水系", "河", "干渠", "湖泊"];
    let water = |name: &&str| {
        (2..=5).contains(&name.chars().count())
            && name.ends_with(|c| "河溪沟江湖渠港涧流浦塘川".contains(c))
    };
    let head: String = noun.chars().take(6).collect();
    let kind = KINDS.iter().any(|kind| head.contains(kind));
    kind && names.len() >= 3 && names.iter().skip(1).all(water)
}

/// `3支,分别派驻东岭村、西坪村、上营村`: a verb of its own before names that all end as places do.
pub(super) fn placed(behind: &str) -> Option<(&'static str, &str)> {
    const ENDS: &[&str] = &["村", "社区", "镇", "乡", "街道", "小学", "中学", "支部"];
    let row = behind.strip_prefix("分别")?;
    let end = row.find([',', '，', '。', ';', '；', ':', '：', '(', '（', '\n'])?;
    let names: Vec<&str> = row[..end].split('、').collect();
    let alike = ENDS.iter().any(|end| names.iter().all(|name| name.ends_with(end)));
    (names.len() >= 3 && alike).then_some(("分别", row))
}
