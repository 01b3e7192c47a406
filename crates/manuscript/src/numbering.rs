//! Automatic numbering: the 一、 and （一） that stand in no run.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::error::ReadError;
use crate::label;
use crate::package::attribute;
use crate::story::Block;
use crate::styles::Styles;

/// Levels of a list.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `%1.%2`, with the numbers of the levels for the marks.
    text: String,
    /// The level that starts it anew; 0 for none.
    restart: Option<usize>,
    /// Shows all numbers as digits.
    legal: bool,
    suffix: Option<String>,
    style: Option<String>,
}

type Levels = [Option<Level>; LEVELS];

/// A list of the document, and what it says otherwise than the one it is made from.
#[derive(Default)]
struct List {
    base: u32,
    starts: [Option<u32>; LEVELS],
    levels: Levels,
}

/// The lists of a document, and how far each is counted.
#[derive(Default)]
pub(crate) struct Numbering {
    bases: BTreeMap<u32, Levels>,
    /// Lists that a list style holds, by the style …
    held: BTreeMap<String, u32>,
    /// … and lists that take their levels from it.
    linked: BTreeMap<u32, String>,
    lists: BTreeMap<u32, List>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start was taken.
    started: BTreeMap<u32, [bool; LEVELS]>,
}

/// What is open while the part is read.
#[derive(Default)]
struct Open {
    base: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
}

impl Numbering {
    /// Reads the part of numbering.
    pub(crate) fn parse(xml: &str, part: &str) -> Result<Numbering, ReadError> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut numbering = Numbering::default();
        let mut open = Open::default();
        loop {
            let event = reader.read_event().map_err(|source| ReadError::Xml {
                part: part.to_owned(),
                offset: reader.error_position(),
                source,
            })?;
            match event {
                Event::Start(tag) => numbering.start(&tag, &mut open),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "abstractNum" => open.base = None,
                    "num" => open.list = None,
                    "lvl" | "lvlOverride" if open.list.is_none() => open.level = None,
                    "lvlOverride" => open.level = None,
                    _ => {}
                },
                Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
                Event::Eof => return Ok(numbering),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart, open: &mut Open) {
        let number = |name| attribute(tag, name).and_then(|v| v.parse::<u32>().ok());
        let text = || attribute(tag, "val");
        let level_of = || number("ilvl").map(|level| level as usize).filter(|l| *l < LEVELS);
        let local = tag.local_name();
        match local.as_ref() {
            "abstractNum" => {
                open.base = number("abstractNumId");
                if let Some(base) = open.base {
                    self.bases.insert(base, Levels::default());
                }
            }
            "num" => {
                open.list = number("numId");
                if let Some(list) = open.list {
                    self.lists.insert(list, List::default());
                }
            }
            "styleLink" => self.held.extend(text().zip(open.base)),
            "numStyleLink" => self.linked.extend(open.base.zip(text())),
            "abstractNumId" => {
                if let Some(list) = open.list.and_then(|id| self.lists.get_mut(&id)) {
                    list.base = number("val").unwrap_or_default();
                }
            }
            "lvlOverride" => open.level = level_of(),
            "startOverride" => {
                if let Some(list) = open.list.and_then(|id| self.lists.get_mut(&id))
                    && let Some(slot) = open.level.and_then(|level| list.starts.get_mut(level))
                {
                    *slot = number("val");
                }
            }
            "lvl" => {
                open.level = level_of();
                if let Some(slot) = self.slot(open) {
                    *slot = Some(Level::default());
                }
            }
            name => {
                let Some(level) = self.slot(open).and_then(Option::as_mut) else { return };
                match name {
                    "start" => level.start = number("val"),
                    "numFmt" => level.format = text().unwrap_or_default(),
                    "lvlText" => level.text = text().unwrap_or_default(),
                    "lvlRestart" => level.restart = number("val").map(|l| l as usize),
                    "isLgl" => level.legal = text().is_none_or(|v| v != "0" && v != "false"),
                    "suff" => level.suffix = text(),
                    "pStyle" => level.style = text(),
                    _ => {}
                }
            }
        }
    }

    /// The level that is being read.
    fn slot(&mut self, open: &Open) -> Option<&mut Option<Level>> {
        let levels = match (open.base, open.list) {
            (Some(base), _) => self.bases.get_mut(&base)?,
            (None, Some(list)) => &mut self.lists.get_mut(&list)?.levels,
            (None, None) => return None,
        };
        levels.get_mut(open.level?)
    }

    /// A level as a list has it.
    fn level<'a>(&'a self, list: &'a List, level: usize) -> Option<&'a Level> {
        let own = list.levels.get(level).and_then(Option::as_ref);
        let base = self.linked.get(&list.base).and_then(|style| self.held.get(style));
        let base = base.unwrap_or(&list.base);
        own.or_else(|| self.bases.get(base)?.get(level)?.as_ref())
    }

    /// Counts a paragraph and gives what stands before it; `None` if it has no number.
    pub(crate) fn label(&mut self, block: &Block, styles: &Styles) -> Option<String> {
        let styled = block.style.as_deref().and_then(|id| styles.list(id));
        let id = block.list.or(styled.as_ref().map(|(list, _, _)| *list))?;
        let list = self.lists.get(&id)?;
        let by_style = || {
            let (_, level, style) = styled.as_ref()?;
            let of_style = |l: &usize| {
                self.level(list, *l).is_some_and(|l| l.style.as_deref() == Some(style.as_str()))
            };
            (0..LEVELS).find(of_style).or(*level)
        };
        let at = block.level.or_else(by_style).unwrap_or(0);
        let level = self.level(list, at)?;

        let first = |l: usize| {
            let own = list.starts.get(l).copied().flatten();
            own.or_else(|| self.level(list, l)?.start).unwrap_or(1)
        };
        // Lists made from one count on together, until one has a start of its own.
        let mut counts = self.counts.get(&list.base).copied().unwrap_or_default();
        let mut started = self.started.get(&id).copied().unwrap_or_default();
        let anew = list.starts.get(at).copied().flatten().is_some() && !started[at];
        for (l, count) in counts.iter_mut().enumerate() {
            if l < at {
                count.get_or_insert_with(|| first(l));
            } else if l == at {
                let next = count.filter(|_| !anew).map(|n| n.saturating_add(1));
                *count = Some(next.unwrap_or_else(|| first(l)));
            } else {
                // A level counts on if it says that nothing, or only a higher one, restarts it.
                let restart = self.level(list, l).and_then(|level| level.restart);
                if restart.is_none_or(|by| by > at) {
                    *count = None;
                }
            }
        }
        started[at] = true;
        let text = self.text(list, level, &counts);
        let base = list.base;
        self.counts.insert(base, counts);
        self.started.insert(id, started);
        text
    }

    fn text(&self, list: &List, level: &Level, counts: &[Option<u32>; LEVELS]) -> Option<String> {
        if matches!(level.format.as_str(), "bullet" | "none") && !level.text.contains('%') {
            return None;
        }
        let mut shown = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|d| d.to_digit(10)).filter(|d| (1..=9).contains(d));
            match digit {
                Some(digit) if c == '%' => {
                    rest.next();
                    let of = digit as usize - 1;
                    let format = self.level(list, of).map_or("decimal", |l| l.format.as_str());
                    let format = if level.legal { "decimal" } else { format };
                    let count = counts.get(of).copied().flatten().unwrap_or(0);
                    shown.extend(label::number(format, count));
                }
                _ => shown.push(c),
            }
        }
        if shown.trim().is_empty() {
            return None;
        }
        // The gap that Word leaves is no character of the text where a mark ends the number.
        let marked = shown.ends_with(|c: char| !c.is_alphanumeric());
        if level.suffix.as_deref() != Some("nothing") && !marked {
            shown.push(' ');
        }
        Some(shown)
    }
}
