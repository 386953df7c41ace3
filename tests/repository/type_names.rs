//! A type is known by its name: no name is used for two things.

use std::collections::BTreeMap;

use super::sources;

/// Names that two types may bear, each with its reason.
const ALLOWED: [(&str, &str); 0] = [];

#[test]
fn no_type_name_is_used_for_two_things() {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, code) in sources::all() {
        for name in code.lines().filter_map(declared) {
            found.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    found.retain(|_, places| places.len() > 1);
    let allowed: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    let twice: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        twice, allowed,
        "a name of two types that is not allowed, or one that is and is gone: {found:#?}"
    );
}

/// The type that a line declares; the types of a trait's implementation are none.
fn declared(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line =
        line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or("", |(_, rest)| rest));
    let (kind, rest) = line.split_once(' ')?;
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (["struct", "enum", "trait"].contains(&kind) && !name.is_empty()).then_some(name)
}
