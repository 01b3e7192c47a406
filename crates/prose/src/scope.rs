//! What a ranking is taken over, and what a number is counted per.

use crate::bound::is_each;
use crate::scan::is_numeral;
use crate::statement::ends_clause;
use crate::text::Text;

/// Words that a ranking is taken over.
const SCOPES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全州",
    "全盟",
    "全旗",
    "全镇",
    "全乡",
    "全街道",
    "全村",
    "全系统",
    "全行业",
    "同类乡镇",
    "全片区",
];

/// Words between the scope and the place in the order: 全县排名第一,
/// 在全县各乡镇中位居第一.
const BETWEEN: &[&str] = &[
    "排名",
    "位列",
    "位居",
    "名列",
    "排在",
    "排位",
    "荣获",
    "各乡镇",
    "乡镇",
    "范围内",
    "当中",
    "之中",
    "蝉联",
    "稳居",
    "跃居",
    "勇夺",
    "夺得",
    "取得",
    "得分",
    "考核",
    "综合",
    "的",
    "中",
    "内",
    "里",
    "居",
    "列",
    "排",
    "获",
    "得",
    "前",
    "为",
    "并",
];

/// Words for one of many that 每 speaks of, longest first.
const ONE_OF: &[&str] = &[
    "平方公里",
    "个行政村",
    "个工作日",
    "半个月",
    "个季度",
    "个自然村",
    "个网格",
    "个乡镇",
    "个社区",
    "个项目",
    "季度",
    "半年",
    "个月",
    "个村",
    "个镇",
    "个乡",
    "个组",
    "个人",
    "网格",
    "公里",
    "公顷",
    "平方米",
    "立方米",
    "乡镇",
    "社区",
    "车次",
    "人次",
    "名干部",
    "名党员",
    "名",
    "年",
    "月",
    "日",
    "天",
    "周",
    "旬",
    "季",
    "人",
    "户",
    "村",
    "组",
    "镇",
    "乡",
    "县",
    "亩",
    "吨",
    "斤",
    "家",
    "个",
    "场",
    "次",
    "批",
    "期",
    "户次",
    "车",
    "台",
    "头",
    "株",
    "座",
    "处",
    "位",
    "件",
    "里",
    "米",
];

/// One of each before 均: 人均, 户均.
const EACH_OF: &str = "年月日人户亩机单";

/// What a mean is taken of.
const MEANS: &[&str] = &[
    "收入",
    "集体",
    "纯收",
    "年收",
    "增收",
    "投入",
    "面积",
    "产值",
    "产量",
    "用",
    "补助",
    "得分",
    "人口",
    "经营",
    "可支配",
    "培训",
    "参加",
    "资产",
];

/// Words after which a number is a sum again: 每村3万元共18万元.
const SUMMED: &[&str] = &["共", "累计", "总计", "合计"];

/// Words between 率先 and its scope: 率先在全县.
const LED: &[&str] = &["率先在", "最先在", "领跑", "率先"];

/// The scope word right before a place in an order that begins at `i`, or with
/// nothing but words of ranking between. A lone 县 (县第一) is given as written.
pub(crate) fn scope_before(text: &Text<'_>, i: usize) -> Option<String> {
    let mut at = i;
    loop {
        if let Some((scope, _)) = text.any_before(at, SCOPES) {
            return Some(scope.to_owned());
        }
        let Some((_, length)) = text.any_before(at, BETWEEN) else { break };
        at -= length;
    }
    let field = text.before(at);
    "县市省区国镇乡州盟旗村".contains(field).then(|| field.to_string())
}

/// The scope of a first place without a numeral: 全县率先, 率先在全县.
pub(crate) fn scope_around(text: &Text<'_>, start: usize, end: usize) -> Option<String> {
    let inside = |k: usize| text.any_at(k, SCOPES).map(|n| text.slice(k, k + n).to_owned());
    let led = text.any_at(start, LED).map_or(end, |n| start + n);
    scope_before(text, start).or_else(|| inside(led)).or_else(|| inside(end))
}

/// The word by which a number that begins at `to` holds for one of many: 每月,
/// 平均每村, 人均. Nothing before `from`, the beginning of the clause, counts,
/// nor a word that a sum stands after.
pub(crate) fn per(text: &Text<'_>, from: usize, to: usize) -> Option<String> {
    let mut found: Option<(usize, usize)> = None;
    let mut i = from;
    while i < to {
        if ends_clause(text, i) || text.any_at(i, SUMMED).is_some() {
            found = None;
        }
        match per_at(text, i).filter(|end| *end <= to) {
            Some(end) => {
                // 每月每村 is one word with two parts.
                let start = found.filter(|(_, last)| *last == i).map_or(i, |(start, _)| start);
                found = Some((start, end));
                i = end;
            }
            None => i += 1,
        }
    }
    found.map(|(start, end)| text.slice(start, end).to_owned())
}

/// The end of the word for one of many that begins at a position.
fn per_at(text: &Text<'_>, i: usize) -> Option<usize> {
    let mean = text.has(i, "平均") && !matches!(text.at(i + 2), '数' | '线' | '值' | '水');
    let at = if mean { i + 2 } else { i };
    match text.at(at) {
        '每' if !matches!(text.at(at + 1), '逢' | '当' | '每' | '一') => {
            Some(at + 1 + text.any_at(at + 1, ONE_OF).unwrap_or(1))
        }
        '每' if text.at(at + 1) == '一' => {
            Some(at + 2 + text.any_at(at + 2, ONE_OF).unwrap_or(0))
        }
        _ if mean => Some(at),
        c if text.at(i + 1) == '均' && EACH_OF.contains(c) => {
            let compound = "衡匀等价线值";
            let mean = !compound.contains(text.at(i + 2)) && !is_each(text, i + 1);
            mean.then_some(i + 2)
        }
        _ => is_mean(text, i).then_some(i + 2),
    }
}

/// 村均收入 is of the mean village; 6个村均达到 and 各村均 speak of every one.
pub(crate) fn is_mean(text: &Text<'_>, i: usize) -> bool {
    // 集体经济收入村均31.4万元: the mean of what was just named.
    let of_what = || "入额值量积本".contains(text.before(i));
    text.at(i + 1) == '均'
        && "村镇乡县组场次车头株周季".contains(text.at(i))
        && (text.any_at(i + 2, MEANS).is_some() || of_what())
        && !matches!(text.before(i), '个' | '各' | '全')
        && !is_numeral(text.before(i))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_scope(words: &str, expected: Option<&str>) {
        let text = Text::new(words);
        let place = words.chars().position(|c| c == '第').unwrap();
        assert_eq!(scope_before(&text, place).as_deref(), expected, "{words}");
    }

    #[test]
    fn the_scope_stands_before_the_place() {
        check_scope("全县第一", Some("全县"));
        check_scope("面积居全省第一", Some("全省"));
        check_scope("在全市各乡镇中位居第二", Some("全市"));
        check_scope("全县排名第一", Some("全县"));
        check_scope("县第一", Some("县"));
        check_scope("全镇面积排名第一", None);
        check_scope("获得第一", None);
    }

    fn check_per(words: &str, expected: Option<&str>) {
        let text = Text::new(words);
        let number = words.chars().position(|c| c.is_ascii_digit()).unwrap();
        assert_eq!(per(&text, 0, number).as_deref(), expected, "{words}");
    }

    #[test]
    fn a_number_may_hold_for_one_of_many() {
        check_per("每月排查隐患105起", Some("每月"));
        check_per("平均每村收入5万元", Some("平均每村"));
        check_per("日均接待30人", Some("日均"));
        check_per("人均收入达2万元", Some("人均"));
        check_per("户均3亩", Some("户均"));
        check_per("平均3次", Some("平均"));
        check_per("每网格20户", Some("每网格"));
        check_per("每个村2个", Some("每个村"));
        check_per("高于平均水平3个", None);
        check_per("每村共18万元", None);
        check_per("每月每村2个", Some("每月每村"));
        check_per("每月例会,开展5次", None);
        check_per("均达到3万元", None);
        check_per("村均收入5万元", Some("村均"));
        check_per("集体经济收入村均31.4万元", Some("村均"));
        check_per("全镇各村均达到5万元", None);
        check_per("某年度均达到5万元", None);
    }
}
