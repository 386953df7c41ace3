//! Amazon Resource Names.

use std::ops::Range;

use super::AccountId;

/// The most bytes of an ARN that are read.
const MAX_ARN: usize = u32::MAX as usize;

/// An ARN cut at its first five colons: `arn:partition:service:region:account:resource` (A41).
///
/// The resource may hold further colons. Fields may be empty, wildcards are plain characters.
///
/// ```
/// let arn = iamwhy::names::Arn::parse("arn:aws:sqs:us-east-1:111122223333:jobs").unwrap();
/// assert_eq!((arn.service(), arn.region(), arn.resource()), ("sqs", "us-east-1", "jobs"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    text: &'a str,
    /// The offsets of the five colons.
    colons: [u32; 5],
}

impl<'a> Arn<'a> {
    /// Cuts a text at its first five colons; `None` if there are fewer or it does not start with `arn:`.
    pub fn parse(text: &'a str) -> Option<Self> {
        if !text.starts_with("arn:") || text.len() > MAX_ARN {
            return None;
        }
        let mut colons = [0; 5];
        let mut found = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte == b':' {
                colons[found] = at as u32;
                found += 1;
                if found == 5 {
                    return Some(Self { text, colons });
                }
            }
        }
        None
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The field of that number: 0 `arn`, 1 partition, 2 service, 3 region, 4 account, 5 resource.
    pub fn field(&self, number: usize) -> &'a str {
        &self.text[self.range(number)]
    }

    /// A field as bytes: cheaper than its text, where it is only compared.
    pub(crate) fn field_bytes(&self, number: usize) -> &'a [u8] {
        &self.text.as_bytes()[self.range(number)]
    }

    fn range(&self, number: usize) -> Range<usize> {
        let start = if number == 0 { 0 } else { self.colons[number - 1] as usize + 1 };
        let end = self.colons.get(number).map_or(self.text.len(), |colon| *colon as usize);
        start..end
    }

    /// The ARN with another text in a field.
    pub fn with_field(&self, number: usize, text: &str) -> String {
        let Range { start, end } = self.range(number);
        format!("{}{text}{}", &self.text[..start], &self.text[end..])
    }

    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub fn partition(&self) -> &'a str {
        self.field(1)
    }

    /// The service, such as `s3`.
    pub fn service(&self) -> &'a str {
        self.field(2)
    }

    /// The Region; empty for global services and S3 buckets.
    pub fn region(&self) -> &'a str {
        self.field(3)
    }

    /// The account field as it is written; empty for S3 buckets.
    pub fn account(&self) -> &'a str {
        self.field(4)
    }

    /// The account, where the field is one.
    pub fn account_id(&self) -> Option<AccountId> {
        AccountId::parse(self.account())
    }

    /// Everything after the fifth colon.
    pub fn resource(&self) -> &'a str {
        self.field(5)
    }
}
