//! Patterns that cover only what two others cover.

use std::collections::HashSet;

use super::key_test::written;
use crate::policy::{TextPart, parts};

/// How many tokens a pattern has at most, for whom it is looked for: the way to the end is a recursion.
const LONGEST: usize = 200;

/// A pattern that covers only what both cover: of `team-*` and `*-prod` it is `team-*-prod`. It need not cover all
/// that both cover; `None` where they have nothing in common, or are too long.
pub(super) fn meet(one: &str, other: &str) -> Option<String> {
    let (one, other) = (tokens(one), tokens(other));
    if one.len().max(other.len()) > LONGEST {
        return None;
    }
    let mut meeting = Meeting { one: &one, other: &other, dead: HashSet::new(), found: Vec::new() };
    meeting.reaches_end(0, 0).then(|| meeting.found.concat())
}

/// Single characters, wildcards among them, and variables as a whole.
fn tokens(pattern: &str) -> Vec<String> {
    let cut = |part| match part {
        TextPart::Plain(text) | TextPart::Malformed(text) => text.chars().map(String::from).collect(),
        part => vec![written(part)],
    };
    parts(pattern).flat_map(cut).collect()
}

struct Meeting<'t> {
    one: &'t [String],
    other: &'t [String],
    /// From where there is no way to the end.
    dead: HashSet<(usize, usize)>,
    found: Vec<&'t str>,
}

impl<'t> Meeting<'t> {
    /// Whether there is a way from a token of each to the end of both; what it passes is noted.
    fn reaches_end(&mut self, i: usize, j: usize) -> bool {
        let (one, other) = (self.one.get(i).map(String::as_str), self.other.get(j).map(String::as_str));
        let found = match (one, other) {
            (None, None) => return true,
            _ if self.dead.contains(&(i, j)) => false,
            (Some("*"), Some("*")) => self.through("*", i + 1, j) || self.through("*", i, j + 1),
            (Some("*"), Some(token)) => self.through(token, i, j + 1) || self.reaches_end(i + 1, j),
            (Some(token), Some("*")) => self.through(token, i + 1, j) || self.reaches_end(i, j + 1),
            (Some("?"), Some(token)) | (Some(token), Some("?")) => self.through(token, i + 1, j + 1),
            (Some(token), Some(same)) => token == same && self.through(token, i + 1, j + 1),
            (Some("*"), None) => self.reaches_end(i + 1, j),
            (None, Some("*")) => self.reaches_end(i, j + 1),
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !found {
            self.dead.insert((i, j));
        }
        found
    }

    fn through(&mut self, token: &'t str, i: usize, j: usize) -> bool {
        self.found.push(token);
        let found = self.reaches_end(i, j);
        if !found {
            self.found.pop();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::meet;

    #[test]
    fn what_two_patterns_cover_together_has_a_pattern() {
        for (one, other, both) in [
            ("team-*", "*-prod", Some("team-*-prod")),
            ("a*", "*b*", Some("a*b*")),
            ("ab*", "abc", Some("abc")),
            ("a?c", "*b*", Some("abc")),
            ("${aws:username}/*", "*/x", Some("${aws:username}/*/x")),
            ("a${*}", "a*", Some("a${*}")),
            ("a*", "b*", None),
            ("a", "aa", None),
        ] {
            assert_eq!(meet(one, other).as_deref(), both, "{one} and {other}");
            assert_eq!(meet(other, one).as_deref(), both, "{other} and {one}");
        }
    }
}
