//! Values of years, quarters or months in a row that words call steadily rising or falling.

use ::figure::Class;
use prose::Direction;

use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words of a way that goes on from one value to the next.
const STEADY: &[&str] = &[
    "逐年",
    "连年",
    "年年",
    "逐月",
    "逐季",
    "一年比一年",
    "一年更比一年",
    "一季比一季",
    "一月比一月",
    "月月",
    "季季",
    "节节",
    "步步",
    "持续",
    "连续",
    "一路",
    "稳步",
    "一年一个台阶",
    "逐届",
    "逐次",
    "每年都",
];
const UP: &[&str] = &[
    "增长", "增加", "上升", "提高", "提升", "攀升", "递增", "走高", "扩大", "增多", "上涨", "高",
    "多", "增", "壮大", "台阶", "升", "涨", "上扬", "向上",
];
const DOWN: &[&str] = &[
    "下降", "减少", "降低", "回落", "下滑", "递减", "走低", "缩小", "压减", "少", "低", "减", "降",
    "缩短", "萎缩", "压缩", "精简", "削减", "收缩",
];
/// Words of a figure that rises or falls by itself.
const RATES: &[&str] = &["增幅", "增速", "降幅", "涨幅", "增量", "增势", "幅度", "跌幅", "差距"];

/// What a passage calls steady: which way, over how many steps, and its clause.
struct Steady {
    way: Direction,
    steps: Option<usize>,
    clause: String,
    named: String,
}

/// The one steady way that a passage tells.
fn steady(passage: &Passage<'_>) -> Option<Steady> {
    let words = passage.words(passage.range.clone());
    let mut found = words.split(is_clause_mark).filter_map(steady_in);
    let first = found.next()?;
    // 一年一个台阶,逐年增长 says it twice.
    found.all(|other| other.way == first.way).then_some(first)
}

fn steady_in(clause: &str) -> Option<Steady> {
    // Nearly every clause has none of them, which is seen faster than where one would be.
    let said = STEADY.iter().filter(|word| clause.contains(**word));
    let (at, word) = said.filter_map(|word| clause.find(word).map(|at| (at, *word))).min()?;
    let named = clause[..at].trim().to_owned();
    let behind = &clause[at..];
    let tail: String = behind[word.len()..].chars().take(9).collect();
    let (counted, rest) = match word {
        "连续" => {
            let chars: Vec<char> = tail.chars().collect();
            match small::number_at(&chars, 0) {
                Some((count, end)) => {
                    let unit = chars.get(end).filter(|c| "年季月个".contains(**c))?;
                    let rest: String = chars[end..].iter().collect();
                    (usize::try_from(count).ok(), rest.replace(*unit, ""))
                }
                // 近四年连续提高 says it of all of them.
                None => (None, tail),
            }
        }
        "一年一个台阶" => (None, word.to_owned()),
        _ => (None, tail),
    };
    const LEADS: &[&str] = &[
        "保持", "实现", "都", "在", "有", "呈", "大幅", "稳定", "稳步", "度", "均", "快速", "有所",
        "明显", "小幅",
    ];
    let mut rest = rest.as_str();
    while let Some(next) = LEADS.iter().find_map(|lead| rest.strip_prefix(lead)) {
        rest = next;
    }
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    // 连续三年增长后略有回落 is over.
    let over = rest.contains('后');
    let way = match (begins(UP) || word == "一年一个台阶", begins(DOWN)) {
        (true, false) => Direction::Up,
        (false, true) => Direction::Down,
        _ => return None,
    };
    let own = [
        "增速",
        "增幅",
        "多数",
        "多个",
        "高质",
        "高标",
        "高效",
        "降幅",
        "提升改",
        "增强",
        "减负",
        "低保",
    ];
    let other = over || has_any(&named, RATES) || own.iter().any(|word| rest.starts_with(word));
    (!other).then(|| Steady { way, steps: counted, clause: clause.to_owned(), named })
}

/// Values in a row: told by years or quarters of their own, or joined by 、 behind 依次为.
fn row(passage: &Passage<'_>) -> Option<Vec<usize>> {
    let numbers = &passage.numbers;
    let plain = |n: &Number| {
        n.is_exact() && n.direction.is_none() && !n.unit.is_empty() && !n.is(Class::Years)
    };
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut current: Vec<usize> = Vec::new();
    for index in 0..numbers.len() {
        let joins = current.last().is_some_and(|last: &usize| {
            let gap = passage.gap(index);
            // 0.52吨标准煤,2021年0.49吨标准煤: the name of the unit may stand behind each.
            let noun = passage.noun(*last);
            let gap = match noun.chars().count() {
                1..=4 if passage.noun(index).starts_with(&noun) => gap.replacen(&noun, "", 1),
                _ => gap,
            };
            // 4月接报3起,5月接报5起: one verb may stand before each.
            let verb = verb_of(&passage.label(index)).to_owned();
            let same =
                (1..=4).contains(&verb.chars().count()) && verb_of(&passage.label(*last)) == verb;
            let gap = if same { gap.replacen(&verb, "", 1) } else { gap };
            numbers[*last].is_kin(&numbers[index]) && last + 1 == index && is_next(&gap)
        });
        if !joins {
            rows.push(std::mem::take(&mut current));
        }
        if plain(&numbers[index]) {
            current.push(index);
        } else {
            rows.push(std::mem::take(&mut current));
        }
    }
    rows.push(current);
    let mut long = rows
        .into_iter()
        .filter(|row| row.len() >= 3 || (row.len() == 2 && years(passage, row).len() == 2));
    long.next().filter(|_| long.next().is_none())
}

/// A label without the year, the quarter or the month that it begins with: 接报 of 4月接报.
fn verb_of(label: &str) -> &str {
    let at = label.rfind(['年', '月', '度']).map_or(0, |at| at + '月'.len_utf8());
    &label[at..]
}

/// Whether nothing but a time stands between two values: 、2022年, 到2023年的.
fn is_next(gap: &str) -> bool {
    let bare: String = gap
        .chars()
        .filter(|c| {
            !c.is_ascii_digit()
                && !"、,，;；和与及再又则的年月季度第至到为达升降增减是有".contains(*c)
        })
        .filter(|c| !"一二三四上下半去今前末底初".contains(*c))
        .collect();
    bare.is_empty() && gap.chars().count() <= 14
}

/// The years that the values of a row name right before them.
fn years(passage: &Passage<'_>, row: &[usize]) -> Vec<u32> {
    row.iter().filter_map(|i| crate::figure::growth::yearly::year_in(&passage.label(*i))).collect()
}

/// Whether a row goes through time: each value names its own, or the words before the row do.
fn is_timed(passage: &Passage<'_>, row: &[usize]) -> bool {
    const TIMES: &[&str] = &[
        "年至",
        "近三年",
        "过去三年",
        "最近三年",
        "三年间",
        "近两年",
        "三年来",
        "两年来",
        "季度",
        "逐月",
        "近四年",
        "近五年",
        "各季",
        "年到",
        "年—",
        "年-",
        "四年来",
        "五年来",
        "年以来",
        "月至",
        "月到",
    ];
    let first = row[0];
    let lead = passage.gap(first);
    let own = row.iter().skip(1).filter(|i| passage.gap(**i).contains(['年', '月', '季'])).count();
    if own + 1 >= row.len() && lead.contains(['年', '月', '季']) {
        return true;
    }
    let chars: Vec<char> = lead.chars().collect();
    let years = chars
        .windows(5)
        .filter(|five| five[4] == '年' && five[..4].iter().all(char::is_ascii_digit))
        .count();
    let months = chars.windows(2).filter(|two| two[1] == '月' && two[0].is_ascii_digit()).count();
    // A率、B率分别为 names several things and no times.
    let listed = chars.windows(2).any(|two| two[1] == '、' && !"年月度".contains(two[0]));
    let ranged = chars.windows(6).any(|six| {
        matches!(six[0], '—' | '-' | '至' | '到' | '~')
            && six[5] == '年'
            && six[1..5].iter().all(char::is_ascii_digit)
    });
    years.max(months) >= row.len() || (ranged && !listed) || (!listed && has_any(&lead, TIMES))
}

/// `2021年62万元,2022年71万元,2023年68万元,逐年增长`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let steady = steady(passage)?;
    let mut row = row(passage)?;
    if !is_timed(passage, &row) {
        return None;
    }
    let years = years(passage, &row);
    if years.len() == row.len() {
        let mut order: Vec<(u32, usize)> = years.into_iter().zip(row.iter().copied()).collect();
        order.sort_unstable();
        row = order.into_iter().map(|(_, i)| i).collect();
    }
    // 连续三年 of four years is three steps, the last ones.
    let steps = steady.steps.unwrap_or(row.len()).min(row.len() - 1).max(1);
    if steady.steps.is_some_and(|said| said + 1 < row.len() || said > row.len())
        && row.len() > steps + 1
    {
        row.drain(..row.len() - steps - 1);
    }
    if !is_of_row(passage, &steady, &row) {
        return None;
    }
    let numbers = &passage.numbers;
    let broken = row.windows(2).find(|pair| {
        let (a, b) = (&numbers[pair[0]], &numbers[pair[1]]);
        match steady.way {
            Direction::Up => b.extent.high < a.extent.low,
            Direction::Down => b.extent.low > a.extent.high,
        }
    })?;
    let (old, new) = (&numbers[broken[0]], &numbers[broken[1]]);
    let told = |n: &Number| passage.words(n.at.clone());
    let message =
        format!("{}到{}与“{}”不符;请核对数字或说法", told(old), told(new), steady.clause.trim());
    Some(new.mark(passage.paper, message, &[old]))
}

/// Whether the words are of the values in a row: they name their thing, or nothing.
fn is_of_row(passage: &Passage<'_>, steady: &Steady, row: &[usize]) -> bool {
    const GENERAL: &[&str] = &[
        "总量",
        "规模",
        "数量",
        "总体",
        "整体",
        "呈现",
        "总数",
        "人数",
        "以来",
        "水平",
        "产量",
        "产值",
        "价格",
        "金额",
        "总额",
        "收入",
        "近年来",
        "三年来",
        "均",
        "也",
        "并",
        "且",
        "都",
        "实现",
        "保持",
        "呈",
        "生源",
        "人口",
        "件数",
        "起数",
        "户数",
        "用量",
        "年来",
        "间",
    ];
    let rest = GENERAL.iter().fold(steady.named.clone(), |rest, word| rest.replace(word, ""));
    let rest: String =
        rest.chars().filter(|c| !c.is_ascii_digit() && !"年,，".contains(*c)).collect();
    let first = passage.numbers[row[0]].at.start;
    let lead = passage.words(passage.range.start..first).replace(&steady.clause, "");
    let inside = passage.words(passage.range.start..first).ends_with(steady.clause.as_str());
    // 收入一年一个台阶,逐年增长,2021年: nothing else is named between the words and the row.
    let whole = passage.words(passage.range.start..first);
    let verb = verb_of(&passage.label(row[1])).to_owned();
    let after = whole.rsplit_once(steady.clause.as_str()).map(|(_, after)| {
        let after = after.strip_suffix(verb.as_str()).unwrap_or(after);
        let bare =
            STEADY.iter().chain(UP).chain(DOWN).fold(after.to_owned(), |b, w| b.replace(w, ""));
        bare.chars()
            .filter(|c| {
                c.is_alphabetic() && !"年月季度为是达末底初分别依次一二三四至到".contains(*c)
            })
            .count()
    });
    inside
        || after.is_some_and(|count| count == 0)
        || rest.chars().count() <= 1
        || common(&rest, &lead) >= 2
}
