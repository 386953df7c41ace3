//! The name of an action on the request side.

use super::{fold_hash, same_name};

/// A concrete action, `service:Name`; letter case does not count (A35).
#[derive(Clone, Copy, Debug)]
pub struct ActionName<'a> {
    text: &'a str,
    colon: usize,
    hash: u64,
    service_hash: u64,
}

impl<'a> ActionName<'a> {
    /// Reads `service:Name`: one colon, letters, digits and `-` before it, letters and digits after it.
    pub fn parse(text: &'a str) -> Option<Self> {
        let colon = text.bytes().position(|b| b == b':')?;
        let (service, name) = (&text[..colon], &text[colon + 1..]);
        let service_fits = service.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let name_fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let fits = !service.is_empty() && !name.is_empty() && service_fits && name_fits;
        let hashes = || (fold_hash(text.as_bytes()), fold_hash(service.as_bytes()));
        fits.then(hashes).map(|(hash, service_hash)| Self { text, colon, hash, service_hash })
    }

    /// The whole name as it was written.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The part before the colon.
    pub fn service(&self) -> &'a str {
        &self.text[..self.colon]
    }

    /// The part after the colon.
    pub fn name(&self) -> &'a str {
        &self.text[self.colon + 1..]
    }

    /// The case-folding hash of the whole name.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The case-folding hash of the service.
    pub fn service_hash(&self) -> u64 {
        self.service_hash
    }

    /// Whether it is this action, in any letter case.
    pub fn is(&self, name: &str) -> bool {
        same_name(self.text.as_bytes(), name.as_bytes())
    }

    /// Whether it is an action of this service, in any letter case.
    pub fn is_of(&self, service: &str) -> bool {
        same_name(self.service().as_bytes(), service.as_bytes())
    }
}
