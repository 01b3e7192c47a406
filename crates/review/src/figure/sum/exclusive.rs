//! Labels of which nothing can have two: levels, sources of money, ages, opposites.

use super::kinds::is_body;
use crate::figure::reading::passage::has_any;

/// Whoever sends, pays or keeps something, from the village to the centre.
const LEVELS: &[&[&str]] = &[
    &["中央", "国家"],
    &["省直", "省级", "省"],
    &["市直", "市级", "市"],
    &["县直", "县级", "区直", "区级", "县"],
    &["乡镇", "镇级", "乡级", "镇一级", "乡一级", "镇村", "街道"],
    &["村级", "村集体", "村"],
    &["达到Ⅲ类", "Ⅲ类", "达到III类"],
    &["Ⅳ类", "IV类"],
    &["Ⅴ类", "V类"],
    &["劣"],
    &["当场"],
    &["限期", "下达限期"],
    &["企业"],
    &["住户", "居民储蓄"],
    &["非金融企业", "单位存款"],
    &["财政性存款", "政府存款", "广义政府"],
    &["个体"],
    &["农民专业合作社", "合作社"],
    &["社会"],
    &["中心小学", "中心校"],
    &["村小", "教学点"],
    &["小学"],
    &["初中"],
    &["高中"],
    &["幼儿"],
    &["中职", "职高"],
    &["高级"],
    &["中级"],
    &["初级"],
    // Days by the quality of their air.
    &["优"],
    &["良"],
    &["轻度"],
    &["中度"],
    &["重度"],
    &["A级", "A类"],
    &["B级", "B类"],
    &["C级", "C类"],
    &["D级", "D类"],
    // Nobody gets two punishments of the party for one thing, nor two talks.
    &["党内警告", "警告"],
    &["党内严重警告", "严重警告"],
    &["撤销党内职务"],
    &["留党察看"],
    &["开除党籍"],
    &["批评教育"],
    &["提醒", "谈话提醒"],
    &["诫勉"],
];

/// Whether the labels tell of those above a number and of those below it: 60周岁及以上, 不满60周岁.
pub(super) fn is_halved(labels: &[String]) -> bool {
    let [a, b] = labels else { return false };
    // 60周岁, or a sum that is only named: 过亿元, 不足亿元.
    let digits = |words: &str| {
        let told: String = words.chars().filter(char::is_ascii_digit).collect();
        let sums = ["千万元", "百万元", "亿元", "万元"];
        if told.is_empty() {
            sums.iter().find(|sum| words.contains(*sum)).map_or(told, ToString::to_string)
        } else {
            told
        }
    };
    let above =
        |words: &str| has_any(words, &["以上", "及以上", "超过", "满", "过"]) && !below(words);
    fn below(words: &str) -> bool {
        has_any(words, &["以下", "不满", "不足", "未满", "以内"])
    }
    digits(a) == digits(b)
        && !digits(a).is_empty()
        && (above(a) && below(b) || below(a) && above(b))
}

/// Whether each label names an age or a size of its own: 60岁及以上, 36至59岁, 35岁及以下.
pub(super) fn is_aged(labels: &[String]) -> bool {
    let sizes = labels.iter().all(|label| has_any(label, &["亿元", "万元", "亩"]))
        && labels.iter().any(|label| label.contains("以上"))
        && labels.iter().any(|label| has_any(label, &["不足", "以下", "以内"]));
    labels.len() >= 3 && (sizes || labels.iter().all(|label| label.contains('岁')))
}

/// Whether two labels tell of those above one age and of those below a smaller one.
pub(super) fn is_parted(labels: &[String]) -> bool {
    let [a, b] = labels else { return false };
    let age = |words: &str| -> Option<u32> {
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|_| words.contains('岁'))
    };
    let (above, below) = (["以上"], ["以下", "不满", "未满"]);
    match (age(a), age(b)) {
        (Some(x), Some(y)) if has_any(a, &above) && has_any(b, &below) => x >= y,
        (Some(x), Some(y)) if has_any(a, &below) && has_any(b, &above) => x <= y,
        _ => false,
    }
}

/// Whether one of two labels is of all that the other is not: 民生领域的支出, 民生以外的各项支出.
pub(super) fn is_outside(labels: &[String]) -> bool {
    let [a, b] = labels else { return false };
    [(a, b), (b, a)].iter().any(|(inside, outside)| {
        ["以外", "之外"].iter().filter_map(|word| outside.split_once(word)).any(|(name, _)| {
            let name = name.trim_start_matches(['除', '了']);
            name.chars().count() >= 2 && inside.contains(name)
        })
    })
}

/// Whether two labels are the same but for a word and its opposite: 产值增长的, 产值下降的.
pub(super) fn is_opposite(labels: &[String]) -> bool {
    const OPPOSITES: &[(&str, &str)] = &[
        ("增长", "下降"),
        ("增加", "减少"),
        ("上升", "下降"),
        ("盈利", "亏损"),
        ("盈余", "亏损"),
        ("达标", "不达标"),
        ("合格", "不合格"),
        ("符合", "不符合"),
        ("满意", "不满意"),
        ("同意", "不同意"),
    ];
    let [a, b] = labels else { return false };
    OPPOSITES.iter().any(|(up, down)| {
        let bare = |words: &str, own: &str| {
            let words = ["当年", "全年", "其中", "实现"]
                .iter()
                .fold(words.to_owned(), |words, time| words.replace(time, ""));
            words.split_once(own).map(|(lead, rest)| format!("{lead}{rest}"))
        };
        let pair = |a: &str, b: &str| {
            let same = bare(a, up).zip(bare(b, down)).is_some_and(|(a, b)| a == b);
            same && !a.contains(down)
        };
        pair(a, b) || pair(b, a)
    })
}

/// Whether each label is the name of an industry: 农副食品加工业.
pub(super) fn is_industrial(labels: &[String]) -> bool {
    labels.iter().all(|label| label.ends_with('业') && label.chars().count() >= 4)
}

/// Where money comes from: nothing is paid by two of them.
const SOURCES: &[&str] = &[
    "拨款",
    "自筹",
    "投劳",
    "捐",
    "配套",
    "整合",
    "贷款",
    "补助",
    "债券",
    "企业投",
    "社会",
    "村集体",
    "财政",
    "专项",
];

/// Whether each label names a source of money of its own.
pub(super) fn is_sourced(labels: &[String]) -> bool {
    let source = |label: &String| SOURCES.iter().rposition(|word| label.contains(word));
    let found: Vec<Option<usize>> = labels.iter().map(source).collect();
    found.iter().all(Option::is_some)
        && (1..found.len()).all(|at| !found[..at].contains(&found[at]))
}

/// Whether each label names another level of the administration.
pub(super) fn is_levelled(labels: &[String]) -> bool {
    let level = |label: &String| {
        LEVELS.iter().position(|words| {
            let label = label.trim_start_matches("其中").trim_start_matches("给予");
            words.iter().any(|word| label.starts_with(word))
        })
    };
    // Those outside the province are outside the county as well.
    if labels.iter().filter(|label| label.contains('外')).count() > 1 {
        return false;
    }
    let found: Vec<Option<usize>> = labels.iter().map(level).collect();
    found.iter().all(Option::is_some)
        && (1..found.len()).all(|at| !found[..at].contains(&found[at]))
}

/// What somebody does for a living, of which nobody has two.
const POSTS: &[&str] = &[
    "机关干部",
    "村干部",
    "社区干部",
    "企业代表",
    "企业职工",
    "企业负责人",
    "教师",
    "医生",
    "医师",
    "护士",
    "民警",
    "辅警",
    "学生",
    "医务",
];

/// Whether each label names what somebody does for a living, and no two the same.
pub(super) fn is_posted(labels: &[String]) -> bool {
    let post = |label: &String| POSTS.iter().position(|post| label.contains(post));
    let found: Vec<Option<usize>> = labels.iter().map(post).collect();
    found.iter().all(Option::is_some)
        && (1..found.len()).all(|at| !found[..at].contains(&found[at]))
}

/// Whether all labels end in one word for a place or a body: 清河片、南山片.
pub(super) fn is_placed(labels: &[String]) -> bool {
    labels.iter().all(|label| (2..=8).contains(&label.chars().count()) && is_body(label))
}
