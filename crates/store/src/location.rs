//! Where a database lies: a file, or a server's address.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::engine::Engine;

/// Where a database lies.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server: `postgres://user:password@host/database`.
    Server(String),
}

impl Location {
    /// Reads what a user gave as the database: an address begins with `postgres://` or
    /// `postgresql://`, everything else is a path. What was meant as an address is taken for one
    /// and refused at opening, since as a path it would be shown with its password.
    pub fn parse(text: &str) -> Location {
        match is_meant_as_address(text) {
            true => Location::Server(text.to_owned()),
            false => Location::File(text.into()),
        }
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        match self {
            Location::File(_) => Engine::Sqlite,
            Location::Server(_) => Engine::Postgres,
        }
    }

    /// The path of a file that belongs to a database file: its name and an ending.
    pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    }

    /// A name for files that belong to this database and no other: of a server's address the
    /// host, the port and the database, of a path its last part.
    pub fn file_name(&self) -> String {
        let text = match self {
            Location::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into(),
            Location::Server(url) => {
                let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
                let rest = rest.split('?').next().unwrap_or_default();
                rest.rsplit_once('@').map_or(rest, |(_, host)| host).to_owned()
            }
        };
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        text.chars().map(|c| if is_plain(c) { c } else { '-' }).collect()
    }

    /// The directory beside which an office keeps its own definitions: that of the file, or
    /// the one at hand for a server.
    pub fn directory(&self) -> &Path {
        match self {
            Location::File(path) => path.parent().unwrap_or(Path::new("")),
            Location::Server(_) => Path::new(""),
        }
    }
}

/// Whether a text is an address, or looks like one that was mistyped: a scheme and a login.
/// A single letter before the colon is a drive.
fn is_meant_as_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_ours = ["postgres", "postgresql"].iter().any(|ours| scheme.eq_ignore_ascii_case(ours));
    is_ours || (is_scheme && rest.starts_with('/') && rest.contains('@'))
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Location {
        Location::File(path.to_owned())
    }
}

impl From<PathBuf> for Location {
    fn from(path: PathBuf) -> Location {
        Location::File(path)
    }
}

impl From<&PathBuf> for Location {
    fn from(path: &PathBuf) -> Location {
        Location::File(path.clone())
    }
}

impl From<&Location> for Location {
    fn from(location: &Location) -> Location {
        location.clone()
    }
}

/// For messages: an address without its password and its options, which may hold one.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::File(path) => write!(f, "{}", path.display()),
            Location::Server(url) => {
                let Some((scheme, rest)) = url.split_once("://") else {
                    // Mistyped: what stands before the last mark may be a password.
                    let scheme = url.split(':').next().unwrap_or_default();
                    return match url.rsplit_once('@') {
                        Some((_, host)) => write!(f, "{scheme}:…@{host}"),
                        None => write!(f, "{scheme}:…"),
                    };
                };
                let (shown, options) = rest.split_once('?').unwrap_or((rest, ""));
                match shown.rsplit_once('@') {
                    Some((login, host)) => {
                        let user = login.split(':').next().unwrap_or_default();
                        write!(f, "{scheme}://{user}@{host}")
                    }
                    // The mark may stand in a password that was not spelt as it should be.
                    None if options.contains('@') => write!(f, "{scheme}://…"),
                    None => write!(f, "{scheme}://{shown}"),
                }
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str) {
        assert_eq!(Location::parse(text).to_string(), shown);
    }

    #[test]
    fn files_of_one_database_are_no_other_s() {
        for (text, expected) in [
            ("a/b.db", "b.db"),
            ("postgres://u:secret@h:5433/d", "h-5433-d"),
            ("postgresql://u:se@cret@h/d?password=x", "h-d"),
            ("postgres://h/d2", "h-d2"),
        ] {
            assert_eq!(Location::parse(text).file_name(), expected, "{text}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        check("a/b.db", "a/b.db");
        check("postgres://u:secret@h:5433/d", "postgres://u@h:5433/d");
        check("postgresql://u:se@cret@h/d?password=x", "postgresql://u@h/d");
        check("postgres://h/d", "postgres://h/d");
        check("postgres:/u:secret@h/d", "postgres:…@h/d");
        check("postgres:u:secret@h/d", "postgres:…@h/d");
        check("Postgres:/u:secret", "Postgres:…");
        check("postgers://u:secret@h/d", "postgers://u@h/d");
        check("mysql:/u:secret@h/d", "mysql:…@h/d");
        check("C:/a@b/c.db", "C:/a@b/c.db");
        check("台账:/a@b.db", "台账:/a@b.db");
        check("postgres://u:se?cret@h/d", "postgres://…");
        check("postgres://u:se/cret@h/d", "postgres://u@h/d");
        assert!(!format!("{:?}", Location::parse("postgres://u:secret@h/d")).contains("secret"));
    }
}
