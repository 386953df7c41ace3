//! Buckets and objects, as the command line of S3 writes them, as ARNs, or by their names alone.

use super::word::{Spoken, exact, is_name, known, one};
use crate::session::Session;

pub(super) const BUCKETS: &str = "arn:aws:s3:::";

/// The name of a bucket, which may be written as the command line of S3 does, or as an ARN.
pub(super) fn bucket_name(word: &str) -> Option<&str> {
    let name = word.strip_prefix("s3://").or_else(|| word.strip_prefix(BUCKETS)).unwrap_or(word);
    Some(name.trim_end_matches('/')).filter(|name| !name.contains('/') && is_name(name))
}

/// The ARN of a bucket that the world has.
pub(super) fn bucket(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let name = bucket_name(one(words)?)?;
    if name.eq_ignore_ascii_case("bucket") {
        return only_bucket(session).map(|arn| (arn, false));
    }
    let all = session.world().resources().filter_map(|one| one.arn.strip_prefix(BUCKETS));
    let (found, exact) = known(name, all)?;
    Some((format!("{BUCKETS}{found}"), exact))
}

/// The ARN of an object that is written as the command line of S3 does, or behind the name of a bucket that is here; the
/// name of a file alone is in the only bucket.
pub(super) fn object(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let word = one(words)?;
    if let Some(path) = word.strip_prefix("s3://").or_else(|| word.strip_prefix(BUCKETS)) {
        return (path.contains('/') && !path.ends_with('/')).then(|| exact(format!("{BUCKETS}{path}")));
    }
    match word.split_once('/') {
        Some((bucket, key)) if !key.is_empty() => {
            let arn = format!("{BUCKETS}{bucket}");
            session.world().resource(&arn).map(|_| exact(format!("{arn}/{key}")))
        }
        None if is_name(word) && word.trim_matches('.').contains('.') => {
            only_bucket(session).map(|arn| (format!("{arn}/{word}"), false))
        }
        _ => None,
    }
}

/// The bucket of the world, if it has one alone.
fn only_bucket(session: &Session) -> Option<String> {
    let mut all = session.world().resources().filter(|one| one.is_bucket());
    all.next().filter(|_| all.next().is_none()).map(|one| one.arn.to_string())
}
