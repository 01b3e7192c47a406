//! The claims of a report source, found by their brackets alone.

use std::ops::Range;

/// One claim: words in square brackets, targets in round ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The targets as written, parted at `;`.
    pub targets: Vec<String>,
    /// Bytes of the words in the source.
    pub at: Range<usize>,
    /// Bytes of the targets in the source.
    pub to: Range<usize>,
}

/// All links of a source, in order. The front matter has none.
pub fn links(source: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = source[from..].find('[').map(|at| from + at) {
        let Some(middle) = source[open..].find("](").map(|at| open + at) else { break };
        let Some(close) = source[middle..].find(')').map(|at| middle + at) else { break };
        let (at, to) = (open + 1..middle, middle + 2..close);
        found.push(Link {
            words: source[at.clone()].to_owned(),
            targets: source[to.clone()].split(';').map(|t| t.trim().to_owned()).collect(),
            at,
            to,
        });
        from = close;
    }
    found
}

/// The links that state something about indicators.
pub fn measured(source: &str) -> Vec<Link> {
    let mut all = links(source);
    all.retain(|link| link.targets != ["plan"] && link.targets != ["background"]);
    all
}

/// The line around a byte: its range.
pub fn line(source: &str, at: usize) -> Range<usize> {
    let from = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let to = source[at..].find('\n').map_or(source.len(), |n| at + n);
    from..to
}

/// The sentence around a byte, up to and with its 。
pub fn sentence(source: &str, at: usize) -> Range<usize> {
    let line = line(source, at);
    let from = source[line.start..at].rfind('。').map_or(line.start, |n| line.start + n + 3);
    let to = source[at..line.end].find('。').map_or(line.end, |n| at + n + 3);
    from..to
}

/// The text of a source without the marks of its links.
pub fn plain(source: &str) -> String {
    let mut text = String::new();
    let mut from = 0;
    for link in links(source) {
        text.push_str(&source[from..link.at.start - 1]);
        text.push_str(&link.words);
        from = link.to.end + 1;
    }
    text.push_str(&source[from..]);
    text
}
