//! Texts that patterns cover.

use super::key_test::written;
use crate::catalog::Catalog;
use crate::names::{Arn, glob, has_wildcard};
use crate::policy::{TextPart, parts};
use crate::world::Caller;

/// What stands for a wildcard, and for the value of a variable.
pub(super) const FILLING: &str = "x";

/// An account where a policy and a principal leave it open.
const ANY_ACCOUNT: &str = "123456789012";

/// The Region where a pattern leaves it open.
pub const ANY_REGION: &str = "us-east-1";

/// Fills the wildcards of patterns as it suits one principal. Variables are left as they are.
pub struct Filler<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) partition: Box<str>,
    account: String,
}

impl<'c> Filler<'c> {
    /// For the requests of a principal, of actions and keys that the catalog knows.
    pub fn new(caller: &Caller, catalog: &'c Catalog) -> Self {
        let account = caller.account.map_or_else(|| ANY_ACCOUNT.to_owned(), |id| id.to_string());
        Self { catalog, partition: caller.principal.partition.clone(), account }
    }

    /// A text that a pattern covers: every `*` becomes the filling, every `?` its first character.
    pub(super) fn text(&self, pattern: &str, filling: &str) -> String {
        let one = filling.chars().next().map_or(FILLING.to_owned(), String::from);
        let filled = parts(pattern).map(|part| match part {
            TextPart::Plain(text) => text.replace('*', filling).replace('?', &one),
            part => written(part),
        });
        filled.collect()
    }

    /// An ARN that a pattern covers: of the principal's partition and account and of a real Region where the pattern
    /// lets it. A pattern of fewer fields is filled up to six.
    pub(super) fn arn(&self, pattern: &str, filling: &str) -> String {
        let mut fields: Vec<String> = pattern
            .splitn(6, ':')
            .enumerate()
            .map(|(number, field)| match self.usual(number) {
                Some(usual) if has_wildcard(field) && glob(field, usual) => usual.to_owned(),
                _ => self.text(field, filling),
            })
            .collect();
        while fields.len() < 6 && fields[0] == "arn" {
            fields.push(self.usual(fields.len()).unwrap_or(FILLING).to_owned());
        }
        let filled = fields.join(":");
        match Arn::parse(&filled) {
            Some(_) => filled,
            None => format!("arn:{}:s3:::{filled}", self.partition), // `*/reports` is about any ARN with that end
        }
    }

    /// An ARN of a format of the catalog, such as `arn:${Partition}:s3:::${BucketName}`.
    pub fn format(&self, format: &str) -> String {
        let filled = parts(format).map(|part| match part {
            TextPart::Variable { key: "Partition", .. } => &self.partition,
            TextPart::Variable { key: "Region", .. } => ANY_REGION,
            TextPart::Variable { key: "Account", .. } => &self.account,
            TextPart::Variable { .. } => FILLING,
            TextPart::Plain(text) | TextPart::Literal(text) | TextPart::Malformed(text) => text,
        });
        self.text(&filled.collect::<String>(), FILLING)
    }

    /// What usually stands in a field of an ARN.
    fn usual(&self, field: usize) -> Option<&str> {
        match field {
            0 => Some("arn"),
            1 => Some(&self.partition),
            3 => Some(ANY_REGION),
            4 => Some(&self.account),
            _ => None,
        }
    }
}

/// Fillings for the wildcards of patterns: usual ones, and one that no text among them begins with.
pub(super) fn fillings(texts: &[String]) -> impl Iterator<Item = String> {
    let is_free = |letter: &char| !texts.iter().any(|text| text.contains(*letter));
    let free = ('a'..='z').chain('0'..='9').find(is_free).map(String::from);
    [FILLING, "example", "0", ""].map(str::to_owned).into_iter().chain(free)
}
