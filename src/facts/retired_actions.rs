//! Actions that policies of AWS name and that no reference lists: of services that are gone or not announced.
//!
//! Source: the default versions of the policies that AWS manages, of 2026-09-30, against the catalog of 2026-11-23.

use std::collections::HashSet;
use std::sync::LazyLock;

/// In small letters.
static RETIRED: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("retired_actions.txt").lines().map(str::to_ascii_lowercase).collect());

/// Whether a name or pattern is one that AWS itself uses and lists nowhere; letter case does not count.
pub fn is_retired_action(name: &str) -> bool {
    RETIRED.contains(&name.to_ascii_lowercase())
}
