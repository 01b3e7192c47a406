//! Reads a report: front matter, headings, paragraphs, tables, claims.
//!
//! One source line is one paragraph. All faults of a report are reported
//! together, each with its line and column.

use crate::exception::cover;
use crate::front::{parse_front, position};
use crate::inline::{Cut, read_inline};
use crate::note;
use crate::plain::lines_of;
use crate::problem::{ParseError, ParseErrors};
use crate::source::{Claim, Front, Passage, Source, SourceBlock, Writing};

/// One line of the file, as character offsets without its line break.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

pub(crate) struct Reader<'a> {
    file: &'a str,
    pub(crate) chars: &'a [char],
    pub(crate) passages: Vec<Passage>,
    pub(crate) claims: Vec<Claim>,
    blocks: Vec<SourceBlock>,
    /// Level and passage of the headings that are open.
    under: Vec<(u8, usize)>,
    errors: Vec<ParseError>,
}

/// The line that opens and closes the front matter.
const FENCE: &str = "+++";

/// Reads a report. `file` is its name for messages.
///
/// # Errors
/// All faults at once: front matter, brackets, targets, tables.
pub fn parse(source: &str, file: &str) -> Result<Source, ParseErrors> {
    let chars: Vec<char> = source.chars().collect();
    let lines = lines(&chars);
    let mut reader = Reader {
        file,
        chars: &chars,
        passages: Vec::new(),
        claims: Vec::new(),
        blocks: Vec::new(),
        under: Vec::new(),
        errors: Vec::new(),
    };
    let front = reader.front(&lines);
    if let Some((_, body)) = &front {
        reader.body(&lines[*body..]);
    }
    let Reader { passages, claims, blocks, mut errors, .. } = reader;
    if let (Some((front, _)), true) = (front, errors.is_empty()) {
        let (file, text) = (file.to_owned(), source.to_owned());
        let writing = Writing::Linked;
        let parts = Vec::new();
        let lines = lines_of(&text);
        let mut source =
            Source { file, text, writing, parts, front, blocks, passages, claims, lines };
        errors = cover(&mut source);
        if errors.is_empty() {
            return Ok(source);
        }
    }
    errors.sort_by_key(|e| (e.line, e.column));
    Err(ParseErrors(errors))
}

fn lines(chars: &[char]) -> Vec<Line> {
    let mut lines = Vec::new();
    // A byte order mark belongs to the file and not to its first line.
    let mut start = usize::from(chars.first() == Some(&'\u{feff}'));
    let breaks = chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(i, _)| i);
    for (number, end) in (1..).zip(breaks.chain([chars.len()])) {
        let end = end.max(start);
        let bare = if end > start && chars[end - 1] == '\r' { end - 1 } else { end };
        lines.push(Line { number, start, end: bare });
        start = end + 1;
    }
    lines
}

impl Reader<'_> {
    fn text(&self, line: &Line) -> String {
        self.chars[line.start..line.end].iter().collect()
    }

    pub(crate) fn report(&mut self, line: Line, at: usize, message: String, expected: &str) {
        self.errors.push(ParseError {
            file: self.file.to_owned(),
            line: line.number,
            column: at.saturating_sub(line.start) + 1,
            message,
            expected: expected.to_owned(),
            nearest: None,
        });
    }

    /// The front matter and the number of the first line behind it. `None`
    /// when the body cannot be found; faults inside leave the body readable.
    fn front(&mut self, lines: &[Line]) -> Option<(Front, usize)> {
        let open = lines.iter().position(|l| !self.text(l).trim().is_empty()).unwrap_or(0);
        let first = lines[open];
        if self.text(&first).trim() != FENCE {
            let expected = "报告开头是两行 +++ 之间的卷首,至少有 title = \"标题\"";
            self.report(first, first.start, "缺少卷首".to_owned(), expected);
            return None;
        }
        let Some(length) = lines[open + 1..].iter().position(|l| self.text(l).trim() == FENCE)
        else {
            self.report(first, first.start, "卷首没有结束".to_owned(), "卷首后面再写一行 +++");
            return None;
        };
        let inside = &lines[open + 1..open + 1 + length];
        let body = open + length + 2;
        let text: String = inside.iter().map(|l| self.text(l) + "\n").collect();
        match parse_front(&text) {
            Ok(mut front) => {
                for exception in &mut front.exceptions {
                    exception.line += first.number;
                }
                Some((front, body))
            }
            Err(faults) => {
                for fault in faults {
                    let (row, column) = position(&text, fault.byte);
                    let line = inside.get(row - 1).copied().unwrap_or(first);
                    self.report(line, line.start + column - 1, fault.message, &fault.expected);
                    if let Some(error) = self.errors.last_mut() {
                        error.nearest = fault.nearest;
                    }
                }
                Some((Front::default(), body))
            }
        }
    }

    fn body(&mut self, lines: &[Line]) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let text = self.text(line);
            if text.trim().is_empty() || note::is_alone(&text) {
                at += 1;
            } else if text.trim_start().starts_with('|') {
                let length = lines[at..]
                    .iter()
                    .take_while(|l| self.text(l).trim_start().starts_with('|'))
                    .count();
                self.table(&lines[at..at + length]);
                at += length;
            } else if let Some((level, skip)) = heading(&text) {
                self.heading(*line, level, skip);
                at += 1;
            } else {
                let passage = self.passage(*line, line.start, line.end);
                self.blocks.push(SourceBlock::Paragraph { passage });
                at += 1;
            }
        }
    }

    fn heading(&mut self, line: Line, level: usize, skip: usize) {
        let Some(level) = u8::try_from(level).ok().filter(|l| *l <= 4) else {
            let message = "标题最多四级".to_owned();
            self.report(line, line.start, message, "用 # 到 ####,对应 一、 (一) 1. (1)");
            return;
        };
        self.under.retain(|(above, _)| *above < level);
        let passage = self.passage(line, line.start + skip, line.end);
        self.under.push((level, passage));
        self.blocks.push(SourceBlock::Heading { level, passage });
    }

    fn table(&mut self, lines: &[Line]) {
        let rows: Vec<Vec<(usize, usize)>> = lines.iter().map(|l| self.cells(*l)).collect();
        let is_rule = |row: &[(usize, usize)]| {
            !row.is_empty()
                && row.iter().all(|(start, end)| {
                    let cell: String = self.chars[*start..*end].iter().collect();
                    let cell = cell.trim();
                    cell.contains('-') && cell.chars().all(|c| c == '-' || c == ':')
                })
        };
        if rows.len() < 2 || !is_rule(&rows[1]) {
            let line = lines.get(1).copied().unwrap_or(lines[0]);
            let message = "表头下面缺分隔行".to_owned();
            self.report(line, line.start, message, "表头的下一行写成 |---|---|");
            return;
        }
        let width = rows[0].len();
        let mut table = Vec::new();
        for (number, (line, row)) in lines.iter().zip(&rows).enumerate() {
            if row.len() != width {
                let message = format!("这一行有 {} 格,表头有 {width} 格", row.len());
                self.report(*line, line.start, message, "各行格数要相同");
            } else if number != 1 {
                let cells = row.iter().map(|(start, end)| self.passage(*line, *start, *end));
                table.push(cells.collect());
            }
        }
        self.blocks.push(SourceBlock::Table { rows: table });
    }

    /// Ranges of the cells of a table line, parted by bars without a backslash.
    fn cells(&self, line: Line) -> Vec<(usize, usize)> {
        let bars: Vec<usize> = (line.start..line.end)
            .filter(|i| self.chars[*i] == '|' && (*i == line.start || self.chars[*i - 1] != '\\'))
            .collect();
        let last_is_open = bars
            .last()
            .is_some_and(|b| self.chars[*b + 1..line.end].iter().any(|c| !c.is_whitespace()));
        let ends = bars.iter().skip(1).copied().chain(last_is_open.then_some(line.end));
        bars.iter().zip(ends).map(|(bar, end)| (bar + 1, end)).collect()
    }

    /// Reads one run of text into a passage and returns its number.
    fn passage(&mut self, line: Line, start: usize, end: usize) -> usize {
        let blank = |c: &char| c.is_whitespace();
        let lead = self.chars[start..end].iter().take_while(|c| blank(c)).count();
        let tail = self.chars[start + lead..end].iter().rev().take_while(|c| blank(c)).count();
        let number = self.passages.len();
        let cut = Cut { line, start: start + lead, end: end - tail, passage: number };
        let mut passage = read_inline(self, cut);
        passage.under = self.under.iter().map(|(_, p)| *p).collect();
        self.passages.push(passage);
        number
    }
}

/// Level of a heading line and the characters before its text.
fn heading(text: &str) -> Option<(usize, usize)> {
    let level = text.chars().take_while(|c| *c == '#').count();
    let next = text.chars().nth(level);
    (level > 0 && next.is_none_or(char::is_whitespace)).then_some((level, level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Purpose;
    use proptest::prelude::*;

    const FRONT: &str = "+++\ntitle = \"工作报告\"\nwindow = \"2023\"\n+++\n";

    fn read(body: &str) -> Source {
        parse(&format!("{FRONT}{body}"), "报告.md").unwrap()
    }

    fn check_error(body: &str, line: usize, column: usize, part: &str) {
        let errors = parse(&format!("{FRONT}{body}"), "报告.md").unwrap_err();
        let first = &errors.0[0];
        assert_eq!((first.line, first.column), (line, column), "{body}: {errors}");
        assert!(first.message.contains(part), "{body}: {errors}");
        assert!(!first.expected.is_empty());
    }

    #[test]
    fn blocks_keep_their_order_and_headings() {
        let source = read(
            "# 一、工作总结\n\n## (一)安全\n排查隐患[105起](hazards)。\n# 二、打算\n下一步。\n",
        );
        assert_eq!(source.blocks.len(), 5);
        assert_eq!(source.passages[2].under, [0, 1]);
        assert_eq!(source.passages[4].under, [3]);
        assert_eq!(source.passages[2].text(), "排查隐患105起。");
    }

    #[test]
    fn offsets_lead_back_to_the_file() {
        let source = read("排查**隐患**[105起](hazards),再无其他。");
        let claim = &source.claims[0];
        let chars: Vec<char> = source.text.chars().collect();
        assert_eq!(chars[claim.start..claim.end].iter().collect::<String>(), "105起");
        assert_eq!((claim.line, claim.column), (5, 10));
        let passage = &source.passages[0];
        for (plain, origin) in passage.chars.iter().zip(&passage.origin) {
            assert_eq!(*plain, chars[*origin]);
        }
        assert_eq!(passage.claims, [(0, 4..8)]);
        assert!(passage.spans[1].bold && passage.spans[2].claim == Some(0));
    }

    #[test]
    fn windows_line_ends_and_byte_order_marks_are_no_text() {
        let text = format!("\u{feff}{}", FRONT.replace('\n', "\r\n") + "排查[1起](a)。\r\n");
        let source = parse(&text, "报告.md").unwrap();
        assert_eq!(source.passages[0].text(), "排查1起。");
        let chars: Vec<char> = text.chars().collect();
        let claim = &source.claims[0];
        assert_eq!(chars[claim.start..claim.end].iter().collect::<String>(), "1起");
    }

    #[test]
    fn tables_are_read() {
        let source = read("| 村 | 收入 |\n|---|:--|\n| 甲村 | [30万元](income?place=甲村) |\n");
        let SourceBlock::Table { rows } = &source.blocks[0] else { panic!("no table") };
        assert_eq!(rows.len(), 2);
        assert_eq!(source.passages[rows[1][1]].text(), "30万元");
        check_error("| 村 | 收入 |\n| 甲村 | 1 |\n", 6, 1, "分隔行");
        check_error("| 村 | 收入 |\n|---|---|\n| 甲村 |\n", 7, 1, "格");
    }

    #[test]
    fn marks_can_be_escaped() {
        let source = read(r"见\[附件\],\*不是\*加粗。");
        assert_eq!(source.passages[0].text(), "见[附件],*不是*加粗。");
        assert!(source.claims.is_empty());
    }

    #[test]
    fn plans_and_background_are_no_measured_claims() {
        let source = read("力争[100亩](plan),落实[八大行动](background),[](hazards)。");
        let purposes: Vec<_> = source.claims.iter().map(|c| &c.purpose).collect();
        assert_eq!(purposes[..2], [&Purpose::Plan, &Purpose::Background]);
        assert_eq!(source.claims[2].text, "");
    }

    #[test]
    fn faults_stand_at_their_line_and_column() {
        check_error("排查[105起(hazards)。", 5, 3, "没有对应的");
        check_error("排查[105起](hazards。", 5, 9, "没有对应的");
        check_error("排查[105起]共。", 5, 3, "没有写指标");
        check_error("排查[105起]（hazards）。", 5, 9, "全角");
        check_error("排查105起](hazards)。", 5, 7, "没有对应的");
        check_error("排查[1[05起](hazards)。", 5, 5, "方括号里");
        check_error("排查[105起]()。", 5, 10, "空的");
        check_error("排查[105起](a?window=x)。", 5, 12, "期间");
        check_error("排查**隐患。", 5, 3, "加粗");
        check_error("##### 五级", 5, 1, "四级");
    }

    #[test]
    fn a_missing_front_is_refused() {
        let message = parse("排查[105起](a)。", "报告.md").unwrap_err().to_string();
        assert!(message.starts_with("报告.md:1:1: 缺少卷首"), "{message}");
        let message = parse("+++\ntitle = \"甲\"\n", "报告.md").unwrap_err().to_string();
        assert!(message.contains("没有结束"), "{message}");
        let message =
            parse("+++\nto = \"甲\"\ntitel = \"乙\"\n+++\n", "报告.md").unwrap_err().to_string();
        assert!(
            message.starts_with("报告.md:3:1:") && message.contains("是否想写“title”"),
            "{message}"
        );
    }

    proptest! {
        #[test]
        fn reading_never_breaks_and_offsets_hold(body in r"[甲乙\[\]()*|# \n\\一1,a?=;-]{0,60}") {
            let text = format!("{FRONT}{body}");
            let chars: Vec<char> = text.chars().collect();
            if let Ok(source) = parse(&text, "报告.md") {
                for passage in &source.passages {
                    for (plain, origin) in passage.chars.iter().zip(&passage.origin) {
                        prop_assert_eq!(*plain, chars[*origin]);
                    }
                }
            }
        }
    }
}
