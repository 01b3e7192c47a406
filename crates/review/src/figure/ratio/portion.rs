//! Shares whose part is told by name in a list before them, or that say it again or ahead.

use ::figure::Decimal;

use crate::figure::reading::alike::shared;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};

/// Words by which a number is of another time or of others.
const OTHER: &[&str] = &[
    "其中",
    "同比",
    "上年",
    "去年",
    "较",
    "比上",
    "累计",
    "计划",
    "目标",
    "任务",
    "新增",
    "增加",
    "减少",
    "人均",
    "规上",
    "规模以上",
    "限上",
    "除",
    "不含",
];

/// `4200户接受回访,3612户表示满意,即九成二的受访户给了好评`: the share says it again.
pub(super) fn restated(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let (part, whole) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let (all, some) = (&passage.numbers[whole], &passage.numbers[part]);
    let again = ["即", "也就是", "也就是说", "也就是有", "换算下来", "折算下来", "等于"];
    let gap = passage.gap(part);
    let near = gap.matches(['。', ',', '，']).count() <= 2 && !gap.contains([';', '；', '、']);
    let fits = again.contains(&label.trim_end_matches(['约', '有']))
        && passage.gap(index).matches([',', '，']).count() == 1
        && near
        && usable(all)
        && usable(some)
        && some.is_kin(all)
        && some.kind == all.kind
        && some.value < all.value
        && !has_any(&passage.around(whole), OTHER)
        && !has_any(&passage.around(part), OTHER);
    fits.then_some((part, whole))
}

/// `办结率98.1%,…共接收工单318件,办结291件`: the rate comes before what it is of.
pub(super) fn told_ahead(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    const NARROW: &[&str] =
        &["按时", "按期", "及时", "一次", "当年", "首次", "平均", "综合", "同比", "满意"];
    let numbers = &passage.numbers;
    let name = label.trim_end_matches(['达', '到', '为', '是', '约']);
    let stem: Vec<char> = name.strip_suffix('率')?.chars().collect();
    let stem: String = stem.get(stem.len().checked_sub(2)?..)?.iter().collect();
    let behind: Vec<usize> = (index + 1..numbers.len()).filter(|i| usable(&numbers[*i])).collect();
    let [whole, part] = behind.as_slice() else { return None };
    let (all, some) = (&numbers[*whole], &numbers[*part]);
    let gap = passage.gap(*part);
    let fits = part - whole == 1
        && some.is_kin(all)
        && some.kind == all.kind
        && some.value < all.value
        && !has_any(name, NARROW)
        && !(0..index).any(|i| usable(&numbers[i]) && numbers[i].is_kin(all))
        && has_any(&passage.gap(*whole), &["共", "总", "全年", "受理", "收到", "接", "应", "各项"])
        && passage.label(*part).contains(&stem)
        && !has_any(&passage.around(*part), OTHER)
        && !has_any(&passage.around(*whole), OTHER)
        && gap.matches([',', '，']).count() == 1
        && !gap.contains(['。', ';', '；']);
    fits.then_some((*part, *whole))
}

/// `评议80名,优秀12名、称职62名、基本称职6名,优秀占20%`: the members make the whole, so that it is
/// plain what each is a part of.
pub(super) fn of_member(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
    usable: fn(&Number) -> bool,
) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let at = label.find('占').or_else(|| label.find("比例"))?;
    let (name, of) = label.split_at(at);
    let name = name.trim_end_matches(['的', '者', '所']).trim_start_matches("其中");
    if name.chars().count() < 2 || share_of(of).is_some_and(|of| !of.is_empty()) {
        return None;
    }
    let far = index.saturating_sub(9);
    let whole = (far..index).rev().find(|whole| {
        let mut sum = Decimal::ZERO;
        (whole + 1..index)
            .take_while(|i| usable(&numbers[*i]) && numbers[*i].is_kin(&numbers[*whole]))
            .any(|i| {
                sum += numbers[i].value;
                i >= whole + 2 && sum == numbers[*whole].value
            })
    })?;
    let mut best: Vec<(usize, usize)> = (whole + 1..index)
        .take_while(|i| usable(&numbers[*i]) && numbers[*i].is_kin(&numbers[whole]))
        .map(|i| (shared(&passage.label(i), name).chars().count(), i))
        .collect();
    // 称职 ends both 称职 and 基本称职; the one that is called so and no more is meant.
    let called: Vec<usize> =
        best.iter().map(|(_, i)| *i).filter(|i| passage.label(*i) == name).collect();
    if let [part] = called.as_slice() {
        return Some((*part, whole));
    }
    best.sort_unstable();
    match best.as_slice() {
        [.., (second, _), (most, part)] if *most >= 2 && second < most => Some((*part, whole)),
        _ => None,
    }
}

/// Words before 占 that say nothing of what a share is of.
pub(super) const STRESS: &[&str] = &[
    "约",
    "整整",
    "足足",
    "大约",
    "几乎",
    "差不多",
    "将近",
    "刚好",
    "正好",
    "恰好",
    "仅",
    "只",
    "就",
];

/// What a share is said to be of: nothing for 占 and 占总数的, 耕地 for 占耕地总面积的.
pub(super) fn share_of(label: &str) -> Option<String> {
    let bare = STRESS.iter().find_map(|word| label.strip_prefix(word)).unwrap_or(label);
    let rest = bare.strip_prefix('占')?;
    let rest = rest.trim_start_matches(['到', '去', '了']);
    let mut rest = rest
        .strip_prefix('比')
        .unwrap_or(rest)
        .trim_end_matches(|c: char| "的为达到约近了比例".contains(c))
        .to_owned();
    for word in [
        "全镇",
        "全村",
        "全县",
        "全乡",
        "全区",
        "全市",
        "全部",
        "总人数",
        "总户数",
        "总面积",
        "总投资",
        "总额",
        "总量",
        "总数",
        "总收入",
        "总支出",
        "总产量",
        "总产值",
        "比重",
        "比例",
    ] {
        rest = rest.replace(word, "");
    }
    let rest = if rest == "总人口" { &rest } else { rest.strip_prefix('总').unwrap_or(&rest) };
    Some(rest.trim_end_matches(['的', '总']).to_owned())
}
