//! The AWS managed policies that are kept packed: all but the few that people meet first. Their names lie open, since
//! names are looked up all the time; the rest is unpacked, all at once, when a policy is asked for.

use std::io::Read;
use std::iter::zip;
use std::sync::LazyLock;

use ruzstd::decoding::StreamingDecoder;

use super::ManagedPolicyFacts;
use crate::facts::Date;

/// The names, one a line, in order without letter case.
static NAMES: &str = include_str!("names.txt");

/// A line `ARN VERSION DATE` for each name, then the documents in the same order, each up to a `}` that begins a line.
static TEXT: LazyLock<String> = LazyLock::new(unpack);

static POLICIES: LazyLock<Vec<ManagedPolicyFacts>> = LazyLock::new(read);

/// The names of the packed policies.
pub(super) fn names<'n>() -> impl Iterator<Item = &'n str> {
    NAMES.lines()
}

/// All of the packed policies, in the order of their names.
pub(super) fn policies() -> &'static [ManagedPolicyFacts] {
    &POLICIES
}

/// The packed policy with this ARN or name; nothing is unpacked for what is no name.
pub(super) fn policy(name_or_arn: &str) -> Option<&'static ManagedPolicyFacts> {
    let is_arn = name_or_arn.starts_with("arn:");
    let name = if is_arn { name_or_arn.rsplit('/').next().unwrap_or_default() } else { name_or_arn };
    let name = name.to_ascii_lowercase();
    let line = line_of(&name)?;
    let found = POLICIES.get(line).filter(|policy| policy.name.eq_ignore_ascii_case(&name))?;
    (!is_arn || found.arn == name_or_arn).then_some(found)
}

/// The number of the line that holds a name, which is given without letter case.
fn line_of(name: &str) -> Option<usize> {
    is_listed(name).then(|| NAMES.lines().position(|line| line.eq_ignore_ascii_case(name)))?
}

/// Halves the text until a line is left: questions about policies that are not AWS's own go through here, too.
fn is_listed(name: &str) -> bool {
    let mut left = NAMES;
    while !left.is_empty() {
        let start = left[..left.len() / 2].rfind('\n').map_or(0, |end| end + 1);
        let (before, rest) = left.split_at(start);
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        match name.cmp(&line.to_ascii_lowercase()) {
            std::cmp::Ordering::Less => left = before,
            std::cmp::Ordering::Greater => left = after,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

fn unpack() -> String {
    let mut text = String::new();
    let decoder = StreamingDecoder::new(include_bytes!("policies.zst").as_slice());
    let read = decoder.ok().and_then(|mut decoder| decoder.read_to_string(&mut text).ok());
    read.map(|_| text).unwrap_or_default()
}

fn read() -> Vec<ManagedPolicyFacts> {
    let documents = TEXT.find("\n{").map_or("", |end| &TEXT[end + 1..]);
    zip(zip(NAMES.lines(), TEXT.lines()), documents.split_inclusive("\n}\n"))
        .filter_map(|((name, line), document)| {
            let (arn, rest) = line.split_once(' ')?;
            let (version, date) = rest.split_once(' ')?;
            Some(ManagedPolicyFacts { name, arn, version, document, date: Date::parse(date)? })
        })
        .collect()
}
