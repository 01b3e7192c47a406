//! Heads of columns: their words, the units they carry, and heads over two or
//! three rows.

use std::collections::{BTreeMap, HashMap};

use figure::Unit;

use crate::archive::Merge;
use crate::source::{RowCell, Value};
use crate::staged::column_name;

/// A row that is kept until the head is found.
pub(crate) type KeptRow = (u32, Vec<RowCell<'static>>);

/// The head of one column.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Column, counted from 0.
    pub(crate) column: u32,
    /// The words of each head row over the column, from the top.
    pub(crate) path: Vec<String>,
    /// Unit in brackets at the end of the words, the lowest row first.
    pub(crate) unit: Option<Unit>,
    /// Keys to look the column up by, the fullest first.
    pub(crate) keys: Vec<String>,
}

impl Head {
    fn new(column: u32, path: Vec<String>) -> Head {
        let unit = path
            .iter()
            .rev()
            .find_map(|text| bracket(&flat(text)).and_then(|(_, inside)| unit(inside)));
        let (whole, leaf) = (path.concat(), path.last().cloned().unwrap_or_default());
        let mut keys = Vec::new();
        let mut add = |key: String| {
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        };
        add(key(&whole));
        add(path.iter().map(|text| key(&without_unit(text))).collect());
        add(path.iter().map(|text| key(&without_brackets(text))).collect());
        add(key(&leaf));
        add(key(&without_unit(&leaf)));
        add(key(&without_brackets(&leaf)));
        Head { column, path, unit, keys }
    }

    /// The head as one line, for messages.
    pub(crate) fn show(&self) -> String {
        self.path.iter().map(|text| flat(text)).collect::<Vec<_>>().join(">")
    }

    /// Letter of the column.
    pub(crate) fn letter(&self) -> String {
        column_name(self.column)
    }

    /// Whether it is the running number of the rows.
    pub(crate) fn is_running_number(&self) -> bool {
        self.keys
            .iter()
            .any(|key| matches!(key.as_str(), "序号" | "顺序号" | "行号" | "no." | "no"))
    }
}

/// Where merged cells of the head begin (row, column), and their last column.
pub(crate) type Spans = HashMap<(u32, u32), u32>;

/// Regions wider than this are titles; they name no column.
const WIDEST_SPAN: u32 = 512;

/// The merged cells in the rows before `end`.
pub(crate) fn spans(merges: &[Merge], end: u32) -> Spans {
    merges
        .iter()
        .take_while(|m| m.first_row < end)
        .filter(|m| m.last_column - m.first_column < WIDEST_SPAN)
        .map(|m| ((m.first_row, m.first_column), m.last_column))
        .collect()
}

/// Heads over the rows `top..=bottom`. The words of a merged cell stand over all
/// columns that it covers; over several rows they stand once.
pub(crate) fn compose(rows: &[KeptRow], spans: &Spans, top: u32, bottom: u32) -> Vec<Head> {
    let mut paths: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (number, cells) in rows.iter().filter(|(number, _)| (top..=bottom).contains(number)) {
        for (column, value) in cells {
            let Some(text) = words(value) else { continue };
            let last = spans.get(&(*number, *column)).copied().unwrap_or(*column);
            for column in *column..=last {
                paths.entry(column).or_default().push(text.clone());
            }
        }
    }
    paths.into_iter().map(|(column, path)| Head::new(column, path)).collect()
}

/// The words of a head cell. Years and month numbers stand in heads as numbers.
fn words(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text on one line: half-width, without white space or the star of a required column.
pub(crate) fn flat(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '※' | '\u{feff}' | '\u{200b}'))
        .collect()
}

/// What heads are compared by: [`flat`], without signs that join words and in
/// small letters.
pub(crate) fn key(text: &str) -> String {
    flat(text)
        .trim_end_matches([':', '。'])
        .chars()
        .filter(|c| !matches!(c, '>' | '-' | '_' | '·' | '—'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The last bracket group of a flat text: what stands before it and inside it.
fn bracket(flat: &str) -> Option<(&str, &str)> {
    let close = [(')', '('), (']', '['), ('】', '【'), ('〕', '〔')];
    let (end, open) = close.into_iter().find(|(end, _)| flat.ends_with(*end))?;
    let start = flat.rfind(open)?;
    Some((&flat[..start], &flat[start + open.len_utf8()..flat.len() - end.len_utf8()]))
}

/// A unit as written in brackets or a unit line: 万元, 单位:万元, 人民币元.
pub(crate) fn unit(text: &str) -> Option<Unit> {
    let text = text.strip_prefix("单位").map_or(text, |rest| rest.trim_start_matches(':'));
    let text = text.strip_prefix("人民币").unwrap_or(text);
    Unit::parse(text).ok()
}

/// The words without a unit in brackets at their end.
fn without_unit(text: &str) -> String {
    let text = flat(text);
    match bracket(&text) {
        Some((before, inside)) if unit(inside).is_some() => before.to_owned(),
        _ => text,
    }
}

/// The words without any brackets at their end.
fn without_brackets(text: &str) -> String {
    let mut text = flat(text);
    while let Some((before, _)) = bracket(&text) {
        text = before.to_owned();
    }
    text
}

/// Keys under which a field, label or other name is looked for in heads.
pub(crate) fn name_keys(name: &str) -> Vec<String> {
    let mut keys = vec![key(name)];
    for other in [key(&without_unit(name)), key(&without_brackets(name))] {
        if !other.is_empty() && !keys.contains(&other) {
            keys.push(other);
        }
    }
    keys
}

/// What a line with the word 单位 says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum UnitLine {
    /// These units.
    Units(Vec<Unit>),
    /// Words that are no units.
    Unknown(String),
}

/// The units of a line such as `单位:万元`, `单位：亩、元`. `None` if the text is no
/// such line; 填报单位 names an office.
pub(crate) fn unit_line(text: &str) -> Option<UnitLine> {
    const WORD: &str = "单位";
    let half: String = text.replace('：', ":").replace('（', "(").replace('）', ")");
    let mut unknown = None;
    for (at, _) in half.match_indices(WORD) {
        if half[..at].trim_end().ends_with(|c: char| "报送责编管主协负填制".contains(c)) {
            continue;
        }
        let Some(rest) = half[at + WORD.len()..].trim_start().strip_prefix(':') else { continue };
        let rest = rest.trim_start();
        let end = |c: char| c.is_whitespace() || matches!(c, ')' | ';' | '；');
        let words = &rest[..rest.find(end).unwrap_or(rest.len())];
        let names = words.split(['、', ',', '，', '/']).filter(|w| !w.is_empty());
        match names.map(|w| unit(&flat(w))).collect::<Option<Vec<Unit>>>() {
            Some(units) if !units.is_empty() => return Some(UnitLine::Units(units)),
            _ => unknown = unknown.or_else(|| Some(words.to_owned())),
        }
    }
    unknown.map(UnitLine::Unknown)
}

/// The candidate that is spelled most like the word, if it is near enough to be
/// a slip of the pen or one contains the other.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // The distance of two texts costs the product of their lengths, and no name is
    // as long as this.
    const LONGEST: usize = 64;
    let length = word.chars().count();
    known
        .into_iter()
        .filter(|k| !k.is_empty() && length <= LONGEST && k.chars().count() <= LONGEST)
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(word, candidate);
            let longest = length.max(candidate.chars().count());
            let contained = candidate.contains(word) || word.contains(candidate);
            (distance * 2 < longest || contained).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_compared_by_their_words() {
        let check = |head: &str, unit: &str, keys: &str| {
            let head = Head::new(0, head.split('>').map(str::to_owned).collect());
            assert_eq!(head.unit.map_or_else(String::new, |u| u.to_string()), unit);
            assert_eq!(head.keys.join(" "), keys);
        };
        check("金额(万元)", "万元", "金额(万元) 金额");
        check("面积\n（亩）", "亩", "面积(亩) 面积");
        check(" * 姓　名 ", "", "姓名");
        check("村（社区）", "", "村(社区) 村");
        check("补助>金额(万元)", "万元", "补助金额(万元) 补助金额 金额(万元) 金额");
        check("补助(元)>户数", "元", "补助(元)户数 补助户数 户数");
        check("found_on", "", "foundon");
    }

    #[test]
    fn unit_lines_are_told_from_offices() {
        let check = |text: &str, expected: &str| {
            let found = match unit_line(text) {
                None => "无".to_owned(),
                Some(UnitLine::Units(units)) => {
                    units.iter().map(Unit::to_string).collect::<Vec<_>>().join(" ")
                }
                Some(UnitLine::Unknown(words)) => format!("?{words}"),
            };
            assert_eq!(found, expected, "{text}");
        };
        check("单位:万元", "万元");
        check("单位：亩、元", "亩 元");
        check("（单位：万元）", "万元");
        check("计量单位： 人民币元  2023年", "元");
        check("填报单位：青石镇", "无");
        check("填报单位：青石镇(盖章)      单位:万元", "万元");
        check("单位", "无");
        check("单位:斗", "?斗");
    }
}
