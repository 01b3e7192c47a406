//! Reads the marks inside one line: claims, bold, escapes.

use crate::document::Span;
use crate::note;
use crate::parse::{Line, Reader};
use crate::source::{Claim, Passage, Purpose};
use crate::target::parse_purpose;

/// The part of a line that one passage is read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(crate) line: Line,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) passage: usize,
}

/// Characters that a backslash takes their meaning from.
const MARKS: &str = "\\[]()*|#+";

struct Inline<'a, 'b> {
    reader: &'a mut Reader<'b>,
    cut: Cut,
    passage: Passage,
    /// Where the bold run that is open began.
    bold: Option<usize>,
}

/// Reads the passage of a cut; faults go to the reader.
pub(crate) fn read_inline(reader: &mut Reader<'_>, cut: Cut) -> Passage {
    let passage = Passage {
        chars: Vec::new(),
        origin: Vec::new(),
        spans: Vec::new(),
        claims: Vec::new(),
        line: cut.line.number,
        under: Vec::new(),
    };
    let mut inline = Inline { reader, cut, passage, bold: None };
    inline.run();
    inline.passage
}

impl Inline<'_, '_> {
    fn run(&mut self) {
        let mut at = self.cut.start;
        while at < self.cut.end {
            at = match self.reader.chars[at] {
                '[' => self.claim(at),
                '<' if note::opens(self.reader.chars, at) => self.note(at),
                ']' => {
                    let expected = "每个 ] 前面要有 [;正文里的方括号写成 \\]";
                    self.fault(at, "“]”没有对应的“[”", expected);
                    at + 1
                }
                _ => self.plain(at, self.cut.end, None),
            };
        }
        if let Some(open) = self.bold {
            self.fault(open, "加粗没有结束", "加粗写成 **文字**;正文里的星号写成 \\*");
        }
    }

    fn fault(&mut self, at: usize, message: &str, expected: &str) {
        self.reader.report(self.cut.line, at, message.to_owned(), expected);
    }

    /// Passes over a note that opens at `open` and returns where to go on. What stands
    /// right behind a claim may say what its words were before.
    fn note(&mut self, open: usize) -> usize {
        let Some((inside, after)) = note::read(self.reader.chars, open, self.cut.end) else {
            self.fault(open, "注释没有结束", "注释写在一行里:<!-- 文字 -->");
            return self.cut.end;
        };
        if let Some(claim) = self.reader.claims.last_mut()
            && note::behind(self.reader.chars, claim.end) == Some(open)
        {
            claim.former = note::former_words(&inside);
        }
        after
    }

    /// Takes one character, or one mark, and returns where to go on.
    fn plain(&mut self, at: usize, end: usize, claim: Option<usize>) -> usize {
        let chars = self.reader.chars;
        let next = (at + 1 < end).then(|| chars[at + 1]);
        if chars[at] == '*' && next == Some('*') {
            self.bold = if self.bold.is_some() { None } else { Some(at) };
            return at + 2;
        }
        let escaped = chars[at] == '\\' && next.is_some_and(|c| MARKS.contains(c));
        let at = if escaped { at + 1 } else { at };
        self.push(at, claim);
        at + 1
    }

    fn push(&mut self, at: usize, claim: Option<usize>) {
        let c = self.reader.chars[at];
        self.passage.chars.push(c);
        self.passage.origin.push(at);
        let bold = self.bold.is_some();
        match self.passage.spans.last_mut() {
            Some(span) if span.claim == claim && span.bold == bold => span.text.push(c),
            _ => self.passage.spans.push(Span { text: c.to_string(), claim, bold }),
        }
    }

    /// Position of the closing mark, or of the fault that hides it.
    fn find(&self, from: usize, close: char) -> Option<usize> {
        let mut at = from;
        while at < self.cut.end {
            match self.reader.chars[at] {
                '\\' => at += 2,
                c if c == close => return Some(at),
                _ => at += 1,
            }
        }
        None
    }

    /// Reads a claim that opens at `open` and returns where to go on.
    fn claim(&mut self, open: usize) -> usize {
        let chars = self.reader.chars;
        let Some(close) = self.find(open + 1, ']') else {
            self.fault(open, "“[”没有对应的“]”", "表述写成 [文字](指标);正文里的方括号写成 \\[");
            return self.cut.end;
        };
        if let Some(inner) = self.find(open + 1, '[').filter(|i| *i < close) {
            self.fault(inner, "方括号里又有“[”", "表述不能套表述;正文里的方括号写成 \\[");
            return close + 1;
        }
        match chars.get(close + 1).filter(|_| close + 1 < self.cut.end) {
            Some('(') => {}
            Some('（') => {
                self.fault(close + 1, "指标前后是全角括号", "写成半角括号 [文字](指标)");
                return self.find(close + 2, '）').map_or(self.cut.end, |i| i + 1);
            }
            _ => {
                let expected = "表述写成 [文字](指标);正文里的方括号写成 \\[";
                self.fault(open, "方括号后面没有写指标", expected);
                return close + 1;
            }
        }
        let from = close + 2;
        let Some(end) = self.find(from, ')') else {
            self.fault(close + 1, "“(”没有对应的“)”", "指标写成 [文字](指标)");
            return self.cut.end;
        };
        let text: String = chars[from..end].iter().collect();
        match parse_purpose(&text, from) {
            Ok(purpose) => self.words(open + 1, close, purpose),
            Err(faults) => {
                for fault in faults {
                    let at = from + fault.offset;
                    self.reader.report(self.cut.line, at, fault.message, &fault.expected);
                }
            }
        }
        end + 1
    }

    fn words(&mut self, start: usize, end: usize, purpose: Purpose) {
        let number = self.reader.claims.len();
        let first = self.passage.chars.len();
        let mut at = start;
        while at < end {
            at = self.plain(at, end, Some(number));
        }
        let range = first..self.passage.chars.len();
        let text: String = self.passage.chars[range.clone()].iter().collect();
        if range.is_empty() {
            // The document keeps an empty run, so that written words have a place to go.
            let bold = self.bold.is_some();
            self.passage.spans.push(Span { text: String::new(), claim: Some(number), bold });
        }
        self.passage.claims.push((number, range));
        self.reader.claims.push(Claim {
            text,
            start,
            end,
            line: self.cut.line.number,
            column: start - self.cut.line.start + 1,
            passage: self.cut.passage,
            purpose,
            guess: None,
            former: None,
        });
    }
}
