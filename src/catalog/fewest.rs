//! The fewest patterns for some of many names.

/// The fewest names and patterns that match the members among names and no other name. The names are sorted, letter
/// case not counting; a pattern is the start of names, then `*`.
///
/// Two starts are either one within the other or have no name in common, so the longest ranges of names with a common
/// start that are all members are the fewest.
pub(super) fn fewest(names: &[&str], members: &[bool]) -> Vec<String> {
    let mut found = Vec::new();
    cover(names, members, 0, &mut found);
    found
}

/// Covers the members among names that have their first `depth` letters in common.
fn cover(names: &[&str], members: &[bool], depth: usize, found: &mut Vec<String>) {
    if members.iter().all(|member| *member) {
        found.extend(pattern(names, depth));
    } else if members.contains(&true) {
        // Nothing divides them before the letter in which the first and the last differ.
        let depth = depth + common(names, depth);
        if names[0].len() < depth {
            return found.push(names[0].to_owned()); // a catalog that has a name twice
        }
        let mut start = 0;
        while start < names.len() {
            let end =
                start + names[start..].iter().take_while(|name| agree(name, names[start], depth)).count();
            cover(&names[start..end], &members[start..end], depth + 1, found);
            start = end;
        }
    }
}

/// How many letters behind the first `depth` sorted names have in common.
fn common(names: &[&str], depth: usize) -> usize {
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return 0 };
    (depth..=first.len()).take_while(|at| agree(first, last, *at)).count()
}

/// Whether two names have the same letter in a place, or both have none there.
fn agree(a: &str, b: &str, at: usize) -> bool {
    let letter = |name: &str| name.as_bytes().get(at).map(u8::to_ascii_lowercase);
    letter(a) == letter(b)
}

/// The pattern for all names that have their first letters in common: it ends behind a word where it can, so that
/// `Get*` does not become `GetB*` or `G*`.
fn pattern(names: &[&str], depth: usize) -> Option<String> {
    let first = names.first()?;
    if names.len() == 1 {
        return Some((*first).to_owned());
    }
    let common = (depth + common(names, depth)).min(first.len());
    let begins_word = |at: &usize| {
        names.iter().all(|name| name.as_bytes().get(*at).is_none_or(|letter| !letter.is_ascii_lowercase()))
    };
    let end = if depth == 0 { 0 } else { (depth..=common).rev().find(begins_word).unwrap_or(common) };
    first.get(..end).map(|start| format!("{start}*"))
}
