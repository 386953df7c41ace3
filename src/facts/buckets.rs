//! What S3 refuses because of how a bucket is set or named, whatever the policies say (I23).
//!
//! Source: S3 User Guide, default-bucket-encryption and bucketnamingrules, as of 2026-11-29.

use super::Date;
use super::services::contains;
use crate::names::AccountId;

/// The key that is there where a request brings its own encryption key (SSE-C).
pub const SSE_C_KEY: &str = "s3:x-amz-server-side-encryption-customer-algorithm";

/// The day since which buckets refuse SSE-C unless it is switched on.
pub const SSE_C_BLOCKED_SINCE: Date = Date::known("2026-04-06");

/// Whether the action writes objects, which a bucket refuses under SSE-C: copies, posts and parts of uploads are
/// s3:PutObject, too. Reading is never refused.
pub fn writes_objects(service: &str, action: &str) -> bool {
    service.eq_ignore_ascii_case("s3") && contains(&["PutObject", "ReplicateObject"], action)
}

/// Whether SSE-C is not blocked in a Region.
pub fn leaves_sse_c_open(region: &str) -> bool {
    contains(&["me-south-1", "me-central-1"], region)
}

/// The key that says in which namespace a bucket is created, and its value for the account's own.
pub const BUCKET_NAMESPACE_KEY: &str = "s3:x-amz-bucket-namespace";
/// See [`BUCKET_NAMESPACE_KEY`].
pub const OWN_NAMESPACE: &str = "account-regional";

/// Whether a bucket's name is of an account's own Regional namespace: `NAME-ACCOUNT-REGION-an`.
pub fn is_namespaced(bucket: &str) -> bool {
    bucket.ends_with("-an")
}

/// The account and Region that such a name ends in; `None` = it names none, so nobody can create the bucket.
pub fn namespace_of(bucket: &str) -> Option<(AccountId, &str)> {
    let name = bucket.strip_suffix("-an")?;
    name.match_indices('-').find_map(|(at, _)| {
        let (account, region) = name[at + 1..].split_once('-')?;
        Some((AccountId::parse(account)?, region)).filter(|_| at > 0 && !region.is_empty())
    })
}
