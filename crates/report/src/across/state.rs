//! What two materials say of one thing without a number: whether it is done, and the grade of
//! its water.

use super::Clash;
use super::event::{VERBS, has_month};
use super::scene::Scene;
use crate::verdict::Checked;

/// Words right before a verb that say that it has not happened.
const NOT: [&str; 6] = ["尚未", "仍未", "还未", "还没有", "至今未", "未能"];
/// Words that say that something is still being built.
const UNDER_WAY: [&str; 8] = [
    "尚在施工",
    "仍在施工",
    "正在施工",
    "尚在建设",
    "仍在建设",
    "正在建设",
    "尚在收尾",
    "仍在收尾",
];
/// Words of a clause that is about some of several, or about what is to come.
const OTHERS: [&str; 20] = [
    "个", "家", "处", "条", "座", "栋", "户", "其余", "剩余", "余下", "均", "计划", "预计", "力争",
    "拟", "确保", "有望", "前", "条件", "目标",
];
/// Letters that may stand between the name of a thing and what is said of it.
const GOES_ON: &str = "已于尚仍还至未正在项工建全完0123456789";
/// Shortest run of letters that names a thing.
const NAME: usize = 4;
/// Grades of water, and what they are of.
const GRADES: [(char, char); 5] = [('Ⅰ', '一'), ('Ⅱ', '二'), ('Ⅲ', '三'), ('Ⅳ', '四'), ('Ⅴ', '五')];
const WATERS: [&str; 3] = ["断面", "水质", "水源地"];
/// Words that say who watches a water.
const WATCHED: [&str; 4] = ["国控", "省控", "市控", "县控"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// Whether a verb of a group has happened.
    Done(usize, bool),
    Grade(usize),
    /// The place in the order of a place: 全县第三.
    Rank(Option<char>, u32),
}

impl What {
    /// Whether one thing cannot be both.
    fn excludes(self, other: What) -> bool {
        match (self, other) {
            (What::Done(verb, is), What::Done(its, was)) => verb == its && is != was,
            (What::Grade(one), What::Grade(other)) => one != other,
            (What::Rank(one, place), What::Rank(other, its)) => {
                place != its && (one == other || one.is_none() || other.is_none())
            }
            _ => false,
        }
    }
}

struct Said {
    scene: Scene,
    /// The clause up to what is said, or the name of the water.
    thing: Vec<char>,
    what: What,
}

/// What two materials of one period say of one thing that excludes each other.
pub(super) fn clashes(
    (number, first): (usize, &Checked),
    (later, second): (usize, &Checked),
) -> Option<Clash> {
    if first.window != second.window {
        return None;
    }
    let (a, b) = (said(number, first), said(later, second));
    // A material that says both itself means two things.
    let is_single = |said: &Said, all: &[Said]| !all.iter().any(|own| said.is_against(own));
    let mut own = a.iter().filter(|said| is_single(said, &a));
    own.find_map(|one| {
        let other = b.iter().find(|other| one.is_against(other) && is_single(other, &b))?;
        Some(Clash {
            about: match one.what {
                What::Done(verb, _) => format!("是否{}", VERBS[verb][0]),
                What::Grade(_) => format!("{}水质类别", one.thing.iter().collect::<String>()),
                What::Rank(..) => format!("{}名次", one.thing.iter().collect::<String>()),
            },
            window: first.window,
            part: None,
            sides: [one.scene.side.clone(), other.scene.side.clone()],
        })
    })
}

impl Said {
    fn is_against(&self, other: &Said) -> bool {
        let is_one = match self.what {
            What::Grade(_) | What::Rank(..) => self.thing == other.thing,
            What::Done(..) => have_name(&self.thing, &other.thing),
        };
        let is_there = match self.what {
            What::Rank(..) => self.scene.is_at(&other.scene),
            _ => self.scene.is_of(&other.scene),
        };
        self.what.excludes(other.what) && is_there && is_one
    }
}

/// Whether two clauses have one name, which neither goes on otherwise: 城北农贸市场 is not 城南农贸市场.
fn have_name(a: &[char], b: &[char]) -> bool {
    let is_free = |c: Option<&char>| c.is_none_or(|c| GOES_ON.contains(*c));
    (0..a.len()).any(|i| {
        (0..b.len()).any(|j| {
            let is_whole = i == 0 || j == 0;
            let goes_on = |c: &char| c.is_alphabetic() && !"已于尚仍".contains(*c);
            let run = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y && goes_on(x)).count();
            is_whole && run >= NAME && is_free(a.get(i + run)) && is_free(b.get(j + run))
        })
    })
}

fn said(material: usize, checked: &Checked) -> Vec<Said> {
    let mut found = Vec::new();
    for passage in &checked.source.passages {
        let chars = &passage.chars;
        let mut start = 0;
        let is_end = |c: &char| "，,。;；".contains(*c);
        while start < chars.len() {
            let end = chars[start..].iter().position(is_end).map_or(chars.len(), |at| start + at);
            let sentence = chars[..start].iter().rposition(|c| *c == '。').map_or(0, |at| at + 1);
            let clause: String = chars[start..end].iter().collect();
            let before: String = chars[sentence..start].iter().collect();
            let all = done(&clause, &before).into_iter().chain(grade(&clause, &before));
            let rank = rank(&clause, &before);
            let rank = rank.as_ref().map(|(name, what)| (name.as_str(), *what));
            for (thing, what) in all.chain(rank) {
                found.push(Said {
                    scene: Scene::new((material, checked), passage, (start, end), end, &clause)
                        .also_of(thing),
                    thing: thing.chars().collect(),
                    what,
                });
            }
            start = end + 1;
        }
    }
    found
}

/// What a clause says is done, or is not at the end of the period.
fn done<'c>(clause: &'c str, before: &'c str) -> Vec<(&'c str, What)> {
    if OTHERS.iter().any(|word| clause.contains(word)) {
        return Vec::new();
    }
    // What a part of it is still built of is not done: 双河水库…,溢洪道尚在施工.
    if UNDER_WAY.iter().any(|word| clause.contains(word)) {
        let first = before.split(['，', ',', '。', ';', '；']).next().unwrap_or_default();
        let is_past = has_month(clause) || has_month(before);
        let thing = if first.is_empty() { clause } else { first };
        return (!is_past).then_some((thing, What::Done(0, false))).into_iter().collect();
    }
    let verbs = VERBS.iter().enumerate().flat_map(|(n, group)| group.iter().map(move |v| (n, *v)));
    verbs
        .filter_map(|(number, verb)| {
            let thing = &clause[..clause.find(verb)?];
            if NOT.iter().any(|word| thing.ends_with(word)) {
                let is_past = has_month(thing) || has_month(before);
                return (!is_past).then_some((thing, What::Done(number, false)));
            }
            let is_done = thing.contains('已') || has_month(thing);
            let is_not = thing.contains('未') || thing.contains("没有");
            (is_done && !is_not).then_some((thing, What::Done(number, true)))
        })
        .collect()
}

/// The grade that a clause gives to a water in the whole period.
fn grade<'c>(clause: &'c str, before: &str) -> Option<(&'c str, What)> {
    let (head, behind) = clause.split_once('类')?;
    let last = head.chars().next_back()?;
    let number = GRADES.iter().position(|grade| grade.0 == last || grade.1 == last)?;
    let bounded =
        ["以上", "及", "或", "比例", "标准限值"].iter().any(|word| behind.starts_with(word));
    if bounded || has_month(head) || has_month(before) || head.contains('由') {
        return None;
    }
    let name = WATERS.iter().filter_map(|water| head.find(water)).min().map(|at| &head[..at])?;
    let name = WATCHED.iter().fold(name, |name, word| name.trim_end_matches(word));
    (name.chars().count() > 1).then_some((name, What::Grade(number)))
}

/// Words of what an office is given a place by, and those that stand before the place.
const CONTESTS: [&str; 6] = ["考核", "考评", "测评", "评比", "评价", "评估"];
const PLACED: [&str; 7] = ["位列", "位居", "名列", "列", "居", "排名", "排"];
/// Words of a contest's name that tell it from no other one, and those that end what is before it.
const OF_ALL: [&str; 8] = ["综合", "年度", "年终", "年底", "工作", "情况", "结果", "专项"];
const ENDS: &str = "的在里级县市省区国，,;；:：0123456789年度底报布";
/// Words of a time that is not the whole period.
const TIMES: [&str; 5] = ["月", "季度", "上年", "去年", "上半年"];

/// The place that a clause gives to the office in a contest of the whole period: 营商环境考核中位列
/// 第三.
fn rank(clause: &str, before: &str) -> Option<(String, What)> {
    let (head, behind) = clause.split_once('第')?;
    let digits = behind.chars().take_while(|c| c.is_ascii_digit() || NUMERALS.contains(*c));
    let digits: String = digits.collect();
    let place = prose::parse_number(&digits).ok()?.to_string().parse().ok()?;
    let rest = &behind[digits.len()..];
    let is_place = rest.is_empty() || rest.starts_with(['名', '位']);
    let said = format!("{before}{head}");
    let is_placed = PLACED.iter().any(|word| {
        head.ends_with(word) || SCOPES.iter().any(|scope| head.ends_with(&format!("{word}{scope}")))
    });
    // 全县山区片8个乡镇 are not all.
    let is_other = TIMES.iter().any(|time| said.contains(time))
        || head.contains(['由', '从'])
        || said.contains(['片', '组', '类', '个', '同']);
    let end = CONTESTS.iter().filter_map(|word| said.rfind(word)).max()?;
    let name = said[..end].rsplit(|c| ENDS.contains(c)).next()?;
    let bare = OF_ALL.iter().fold(name.to_owned(), |name, word| name.replace(word, ""));
    let name = if bare.is_empty() { name.to_owned() } else { bare };
    let levels = said.match_indices(['县', '市', '省', '区', '国']);
    let level = levels
        .filter(|(at, level)| {
            let after = &said[at + level.len()..];
            said[..*at].ends_with('全') || after.starts_with(['里', '级'])
        })
        .find_map(|(_, level)| level.chars().next());
    let is_named = name.chars().count() >= 2;
    (is_place && is_placed && !is_other && is_named).then_some((name, What::Rank(level, place)))
}

/// Digits in words, and the places that an order is of.
const NUMERALS: &str = "一二三四五六七八九十";
const SCOPES: [&str; 5] = ["全县", "全市", "全省", "全区", "全国"];
