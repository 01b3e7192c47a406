//! Words by which a number is a change, or the value that something changed from or to.

use prose::Direction;

use super::passage::has_any;

/// Words of a change before a number.
pub(in crate::figure) const UP: &[&str] = &[
    "增长", "增加", "提高", "提升", "上升", "上涨", "增幅", "增收", "扩大", "净增", "增", "涨幅",
    "增产", "扩展", "壮大", "升幅", "攀升", "涨", "上浮", "加快",
];
pub(in crate::figure) const DOWN: &[&str] = &[
    "下降", "减少", "降低", "下滑", "回落", "降幅", "压减", "缩减", "缩短", "减", "降", "跌幅",
    "减产", "减收", "减幅", "压缩", "精简", "跌", "下浮",
];

/// Whether the words before a number make it a change, and which way.
pub(in crate::figure) fn change(label: &str) -> Option<Direction> {
    let label = &label.replace("高达", "达").replace("比例", "").replace("幅度", "");
    // 增幅不足三成: the number itself knows how it bounds.
    let unbound = ["不足", "不到", "接近"].iter().find_map(|bound| label.strip_suffix(bound));
    let label = unbound.unwrap_or(label);
    let bare = label.trim_end_matches(|c: char| "了达到为约近超过幅率速".contains(c));
    let ended = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    // 增加到 leads to a level, and so do 缩短为 and 减为; 增幅为 does not.
    let level = label.ends_with(['到', '至']) && !label.ends_with("达到");
    let moved = label.strip_suffix(['为', '成']).is_some_and(|verb| {
        let ended = UP.iter().chain(DOWN).chain(&["核减", "核增", "调减", "调增"]);
        ended.into_iter().any(|word| !word.ends_with('幅') && verb.ends_with(word))
    });
    if level || moved {
        return None;
    }
    // 比上年的46.4万人次多了15.2万人次
    let bare_end = ["去年", "上年", "同期", "年初"].iter().fold(bare, |b, w| {
        b.strip_prefix('比')
            .or_else(|| b.strip_prefix('较'))
            .and_then(|r| r.strip_prefix(w))
            .unwrap_or(b)
    });
    if ["同比+", "增幅+", "增速+"].iter().any(|plus| label.ends_with(plus)) {
        return Some(Direction::Up);
    }
    if label.ends_with("多了") || label.ends_with("少了") {
        let more = label.ends_with("多了") && !label.ends_with("差不多了");
        return Some(if more { Direction::Up } else { Direction::Down });
    }
    if let Some(rest) = bare_end.strip_prefix("同比").filter(|rest| rest.chars().count() <= 2) {
        match rest.chars().next() {
            Some('多') => return Some(Direction::Up),
            Some('少') => return Some(Direction::Down),
            _ => {}
        }
    }
    if let Some(more) = beyond_last(label) {
        return Some(more);
    }
    match bare_end {
        "多" | "多出" | "增产" | "又多" | "同比多" | "同比多发放" | "同比多完成" =>
        {
            return Some(Direction::Up);
        }
        "少" | "减产" | "减收" | "又少" | "同比少" => return Some(Direction::Down),
        _ => {}
    }
    match (ended(UP), ended(DOWN)) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    }
}

/// `比上年同期多出口`: a verb stands behind 多.
fn beyond_last(label: &str) -> Option<Direction> {
    const LAST: &[&str] = &[
        "上年同期多",
        "去年同期多",
        "上年多",
        "去年多",
        "上年同期少",
        "去年同期少",
        "上年少",
        "去年少",
    ];
    let (at, word) = LAST.iter().find_map(|word| Some((label.find(word)?, *word)))?;
    let verb = &label[at + word.len()..];
    let said = label[..at].ends_with(['比', '较']) && verb.chars().count() <= 3;
    said.then_some(if word.ends_with('多') { Direction::Up } else { Direction::Down })
}
/// Words that end before the value something came from.
pub(in crate::figure) fn is_start(label: &str) -> bool {
    // 由于 gives a reason.
    label.replace("由于", "").contains(['由', '从'])
}

/// Words that end before the value something came to.
pub(in crate::figure) fn is_reached(label: &str) -> bool {
    const TO: &[&str] = &["到", "至", "为"];
    const TIMES: &[&str] =
        &["今年", "目前", "现在", "如今", "当前", "年底", "年末", "去年", "本年"];
    let bare = label.trim_end_matches(|c: char| "了约近的".contains(c));
    let dated = bare.trim_end_matches('年').trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = if bare.ends_with('年') && dated.len() + 7 == bare.len() { dated } else { bare };
    let bare = TIMES.iter().fold(bare, |bare, time| bare.strip_suffix(time).unwrap_or(bare));
    TO.iter().any(|to| bare.ends_with(to)) && !bare.ends_with("达到")
        || has_any(bare, &["增加到", "提高到", "增至", "降至", "提高至", "上升到", "下降到"])
}
