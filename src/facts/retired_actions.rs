//! Actions that policies of AWS name and that no reference lists: of services that are gone or not announced.
//!
//! Source: the default versions of the policies that AWS manages, of 2026-09-30, against the catalog of 2026-11-23.

/// Whether a name or pattern is one that AWS itself uses and lists nowhere; letter case does not count.
pub fn is_retired_action(name: &str) -> bool {
    include_str!("retired_actions.txt").lines().any(|known| known.eq_ignore_ascii_case(name))
}
