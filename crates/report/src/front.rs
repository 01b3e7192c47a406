//! Front matter: the TOML between two `+++` lines.

use figure::{Date, Period};
use toml::de::{DeTable, DeValue};

use crate::exception::read_exceptions;
use crate::problem::nearest;
use crate::source::Front;

const KEYS: [&str; 7] = ["title", "to", "from", "date", "window", "place", "exception"];

/// A fault by its byte offset in the front matter.
#[derive(Debug)]
pub(crate) struct FrontFault {
    pub(crate) byte: usize,
    pub(crate) message: String,
    pub(crate) expected: String,
    pub(crate) nearest: Option<String>,
}

pub(crate) fn fault(byte: usize, message: String, expected: &str) -> FrontFault {
    FrontFault { byte, message, expected: expected.to_owned(), nearest: None }
}

/// Line and column of a byte of the front matter, both from 1.
pub(crate) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let column = before.rsplit('\n').next().map_or(0, |t| t.chars().count());
    (before.matches('\n').count() + 1, column + 1)
}

/// Where the body begins: behind the line that closes the front matter.
pub(crate) fn body_start(chars: &[char]) -> usize {
    let (mut fences, mut at) = (0, 0);
    for line in chars.split(|c| *c == '\n') {
        let text: String = line.iter().collect();
        at += line.len() + 1;
        // A byte order mark may stand before the first fence.
        fences += usize::from(text.trim_start_matches('\u{feff}').trim() == "+++");
        if fences == 2 {
            break;
        }
    }
    at.min(chars.len())
}

/// Reads the front matter, or says everything that is wrong with it.
pub(crate) fn parse_front(text: &str) -> Result<Front, Vec<FrontFault>> {
    let table = DeTable::parse(text).map_err(|e| {
        let byte = e.span().map_or(0, |s| s.start);
        vec![fault(byte, format!("卷首不是合法的 TOML:{}", e.message()), "每行写成 键 = \"值\"")]
    })?;
    let mut front = Front::default();
    let mut faults = Vec::new();
    for (key, value) in table.get_ref() {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        if name == "exception" {
            front.exceptions = read_exceptions(value.get_ref(), at, text, &mut faults);
        } else if let Err(found) = set(&mut front, name, value.get_ref(), at) {
            faults.push(found);
        }
    }
    if front.title.trim().is_empty() && faults.is_empty() {
        faults.push(fault(0, "卷首缺 title".to_owned(), "写上 title = \"报告的标题\""));
    }
    if faults.is_empty() {
        Ok(front)
    } else {
        faults.sort_by_key(|f| f.byte);
        Err(faults)
    }
}

fn set(front: &mut Front, key: &str, value: &DeValue<'_>, at: usize) -> Result<(), FrontFault> {
    let text = || match value {
        DeValue::String(text) => Ok(text.trim().to_owned()),
        _ => Err(fault(at, format!("“{key}”的值不是文字"), "值写在双引号里")),
    };
    match key {
        "title" => front.title = text()?,
        "to" => front.to = Some(text()?),
        "from" => front.from = Some(text()?),
        "place" => front.place = Some(text()?),
        "window" => {
            let window = Period::parse(&text()?)
                .map_err(|e| fault(at, e.to_string(), "window 是期间,如 window = \"2023\""))?;
            front.window = Some(window);
        }
        "date" => {
            let written = match value {
                DeValue::Datetime(date) => date.to_string(),
                _ => text()?,
            };
            let date = written.parse::<Date>().map_err(|_| {
                fault(at, format!("“{written}”不是日期"), "date 写成 2023-12-20 的样子")
            })?;
            front.date = Some(date);
        }
        other => {
            let mut found = fault(
                at,
                format!("卷首有不认识的键“{other}”"),
                "可用的键是 title、to、from、date、window、place、exception",
            );
            found.nearest = nearest(other, KEYS.into_iter());
            return Err(found);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read() {
        let front = parse_front(
            "title = \"工作报告\"\nto = \"县政府\"\ndate = 2023-12-20\nwindow = \"2023\"\nplace = \"990101001\"\n",
        )
        .unwrap();
        assert_eq!(front.title, "工作报告");
        assert_eq!(front.date, Some(figure::date(2023, 12, 20)));
        assert_eq!(front.window, Some(Period::year(2023)));
        assert_eq!((front.from, front.place.as_deref()), (None, Some("990101001")));
    }

    fn check_fault(text: &str, part: &str) {
        let faults = parse_front(text).unwrap_err();
        assert!(faults[0].message.contains(part), "{text}: {faults:?}");
    }

    #[test]
    fn faults_are_named() {
        check_fault("to = \"甲\"", "缺 title");
        check_fault("title = 3", "不是文字");
        check_fault("title = \"甲\"\ndate = \"昨天\"", "不是日期");
        check_fault("title = \"甲\"\nwindow = \"23\"", "不是期间");
        check_fault("title = ", "TOML");
        let faults = parse_front("titel = \"甲\"").unwrap_err();
        assert_eq!(faults[0].nearest.as_deref(), Some("title"));
    }
}
