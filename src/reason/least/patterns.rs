//! Patterns for the resources of some requests.

use std::collections::{BTreeMap, BTreeSet};

/// How many resources of one place are named one by one, at most; of more of them their common beginning is.
const MOST: usize = 3;

/// Patterns that cover these resources: each by its name, or, of many in one place, by what they have in common up to a
/// separator.
pub(super) fn resource_patterns(resources: &BTreeSet<&str>) -> Vec<String> {
    if resources.contains("*") {
        return vec!["*".to_owned()];
    }
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for resource in resources {
        places.entry(place_of_resource(resource)).or_default().push(resource);
    }
    places.into_values().flat_map(|of_place| of_one_place(&of_place)).collect()
}

/// An ARN up to the first separator of its resource: the bucket of an object, the table of an index.
pub fn place_of_resource(arn: &str) -> &str {
    let resource = arn.match_indices(':').nth(4).map_or(0, |(at, _)| at + 1);
    let end = arn[resource..].find(['/', ':']).map_or(arn.len(), |at| resource + at);
    &arn[..end]
}

fn of_one_place(resources: &[&str]) -> Vec<String> {
    if resources.len() <= MOST {
        return resources.iter().map(|resource| literal(resource)).collect();
    }
    let common = resources.iter().skip(1).fold(resources[0], |common, other| shared(common, other));
    let end = common.rfind(['/', ':']).map_or(0, |at| at + 1);
    vec![format!("{}*", literal(&common[..end]))]
}

/// The beginning that two texts share.
fn shared<'t>(one: &'t str, other: &str) -> &'t str {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    &one[..same.map(|(letter, _)| letter.len_utf8()).sum::<usize>()]
}

/// A text as a pattern that covers it alone.
fn literal(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '*' | '?' | '$' => format!("${{{letter}}}"),
            letter => letter.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(resources: &[&str]) -> Vec<String> {
        resource_patterns(&resources.iter().copied().collect())
    }

    #[test]
    fn few_resources_are_named_and_many_share_a_beginning() {
        assert_eq!(patterns(&["arn:aws:s3:::a/x", "arn:aws:s3:::b"]), ["arn:aws:s3:::a/x", "arn:aws:s3:::b"]);
        let many =
            ["arn:aws:s3:::a/x/1", "arn:aws:s3:::a/x/12", "arn:aws:s3:::a/x/13", "arn:aws:s3:::a/x/14"];
        assert_eq!(patterns(&many), ["arn:aws:s3:::a/x/*"]);
        assert_eq!(patterns(&["*", "arn:aws:s3:::b"]), ["*"]);
        assert_eq!(patterns(&["arn:aws:s3:::a/*"]), ["arn:aws:s3:::a/${*}"]);
    }
}
