//! Who may ask: no web page, and nobody who was led here under the name of another host.

use super::message::RequestHead;

/// The hosts under whose name the port may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// This machine, from itself.
    Loopback,
    /// Any: whoever began it said that others may ask.
    Any,
}

impl Hosts {
    /// Why a request is not answered; a browser sends `Origin`, and `Host` as the page named it.
    pub(super) fn refused(&self, head: &RequestHead) -> Option<String> {
        if head.has_origin {
            return Some("a web page asks, and no page is answered".to_owned());
        }
        let host = head.host.as_deref().unwrap_or_default();
        let is_known = *self == Self::Any || is_loopback(host);
        (!is_known).then(|| format!("this port is called 127.0.0.1 or localhost, and not `{host}`"))
    }
}

/// Whether a host with or without a port is this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_v4 = name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    is_v4 || name == "localhost" || name.ends_with(".localhost") || name == "[::1]"
}
