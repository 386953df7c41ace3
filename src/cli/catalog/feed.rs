//! Where AWS's Service Reference is: its host, or the one that somebody named in its place.

use super::curl::{self, NotFetched};

/// The index, as AWS publishes it.
pub(super) const AWS: &str = "https://servicereference.us-east-1.amazonaws.com/v1/service-list.json";

/// The feed at one host; nothing is fetched from another.
pub(super) struct Feed {
    /// The scheme and the host with its port, as in `https://example.com`.
    host: String,
    /// The address of the index on it.
    index: String,
    /// How many seconds a document may take.
    seconds: u32,
}

impl Feed {
    /// The feed whose index has an address; one without a file is the base of AWS's paths.
    pub(super) fn at(address: &str, seconds: u32) -> Result<Feed, String> {
        let (host, path) = parts(address).ok_or_else(|| format!("`{address}` is no address of a feed"))?;
        let is_local = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|local| {
            host.strip_prefix(local).is_some_and(|port| port.is_empty() || port.starts_with(':'))
        });
        if !host.starts_with("https://") && !is_local {
            return Err(format!("`{address}` is not `https`, so whoever is in between could change it"));
        }
        let index = match path.ends_with('/') {
            true => format!("{path}v1/service-list.json"),
            false => path.to_owned(),
        };
        Ok(Feed { host: host.to_owned(), index, seconds })
    }

    pub(super) fn index(&self) -> Result<String, NotFetched> {
        self.fetch(&self.index)
    }

    /// Whether an address is one of this feed. A copy of the feed names AWS's host, and means its own.
    pub(super) fn has(&self, address: &str) -> bool {
        let own = [self.host.as_str(), host(AWS)];
        parts(address).is_some_and(|(host, _)| own.contains(&host))
    }

    /// Fetches the document of an address that the feed has.
    pub(super) fn document(&self, address: &str) -> Result<String, NotFetched> {
        self.fetch(parts(address).map_or("/", |(_, path)| path))
    }

    /// Where the index is.
    pub(super) fn address(&self) -> String {
        format!("{}{}", self.host, self.index)
    }

    fn fetch(&self, path: &str) -> Result<String, NotFetched> {
        curl::fetch(&format!("{}{path}", self.host), self.seconds)
    }
}

fn host(address: &str) -> &str {
    parts(address).map_or("", |(host, _)| host)
}

/// An address as its scheme with the host, and its path.
fn parts(address: &str) -> Option<(&str, &str)> {
    let start = address.find("://")? + 3;
    let end = address[start..].find('/').map_or(address.len(), |at| start + at);
    let (host, path) = address.split_at(end);
    let is_plain = |c: u8| c.is_ascii_graphic() && !matches!(c, b'@' | b'\\' | b'?' | b'#');
    let is_address = end > start && address.bytes().all(is_plain);
    is_address.then_some((host, if path.is_empty() { "/" } else { path }))
}
