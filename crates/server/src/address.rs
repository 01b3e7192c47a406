//! Where the server listens. As long as it knows no accounts that is this computer alone.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};

use crate::error::ServeError;

/// Where the server listens unless it is told another address.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:7710";

/// Reads an address; one that other computers reach is refused.
pub(crate) fn parse(text: &str) -> Result<SocketAddr, ServeError> {
    let unreadable = || ServeError::Address { text: text.to_owned() };
    let found: Vec<SocketAddr> = match text.strip_prefix("localhost:") {
        // Not asked of the system, whose answer may lead elsewhere.
        Some(port) => {
            vec![SocketAddr::from(([127, 0, 0, 1], port.parse().map_err(|_| unreadable())?))]
        }
        None => text.to_socket_addrs().map_err(|_| unreadable())?.collect(),
    };
    if found.iter().any(|address| !address.ip().is_loopback()) {
        return Err(ServeError::NotLoopback { text: text.to_owned() });
    }
    found.first().copied().ok_or_else(unreadable)
}

/// Whether a request's `Host` names this computer. A page of the internet whose name was made to
/// lead here names itself, and gets nothing.
pub(crate) fn is_this_computer(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.split(':').next().unwrap_or(""),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_is_listened_to() {
        for text in ["127.0.0.1:7710", "[::1]:0", "localhost:80", "127.8.8.8:1"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in ["0.0.0.0:7710", "[::]:7710", "192.168.1.5:7710", "[::ffff:127.0.0.1]:1"] {
            let refused = parse(text);
            assert!(matches!(refused, Err(ServeError::NotLoopback { .. })), "{text}: {refused:?}");
        }
        for text in ["127.0.0.1", "7710", "", "127.0.0.1:99999", "localhost:x"] {
            let refused = parse(text);
            assert!(matches!(refused, Err(ServeError::Address { .. })), "{text}: {refused:?}");
        }
    }

    #[test]
    fn only_this_computers_names_are_answered() {
        for host in ["127.0.0.1:7710", "localhost", "localhost:7710", "[::1]:7710", "127.0.0.1"] {
            assert!(is_this_computer(host), "{host}");
        }
        for host in ["example.com:7710", "127.0.0.1.example.com", "", "192.168.1.5:7710"] {
            assert!(!is_this_computer(host), "{host}");
        }
    }
}
