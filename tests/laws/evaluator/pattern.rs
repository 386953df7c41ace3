//! Patterns: wildcards, policy variables, ARNs.

use super::asked::{Asked, Held};

/// A unit of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unit {
    /// `*`
    Any,
    /// `?`
    One,
    /// Itself.
    Plain(char),
}

/// A42: `*` is any run, `?` one character.
pub(crate) fn glob(pattern: &[Unit], text: &[char]) -> bool {
    match (pattern.first(), text.first()) {
        (None, None) => true,
        (Some(Unit::Any), _) => glob(&pattern[1..], text) || (!text.is_empty() && glob(pattern, &text[1..])),
        (Some(Unit::One), Some(_)) => glob(&pattern[1..], &text[1..]),
        (Some(Unit::Plain(a)), Some(b)) => a == b && glob(&pattern[1..], &text[1..]),
        _ => false,
    }
}

pub(crate) fn glob_text(pattern: &str, text: &str) -> bool {
    let units: Vec<Unit> = pattern.chars().map(unit).collect();
    glob(&units, &chars(text))
}

pub(crate) fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

fn unit(character: char) -> Unit {
    match character {
        '*' => Unit::Any,
        '?' => Unit::One,
        plain => Unit::Plain(plain),
    }
}

/// The units of a text of a policy, its variables replaced; `None` if one does not resolve (A49b).
pub(crate) fn units(text: &str, current: bool, wildcards: bool, asked: &Asked) -> Option<Vec<Unit>> {
    let read = |c| if wildcards { unit(c) } else { Unit::Plain(c) };
    let mut found = Vec::new();
    let mut rest = text;
    while current && let Some(at) = rest.find("${") {
        found.extend(rest[..at].chars().map(read));
        let (inside, after) = rest[at + 2..].split_once('}')?;
        // A49a, A49c: what comes out is literal.
        found.extend(resolved(inside, asked)?.chars().map(Unit::Plain));
        rest = after;
    }
    found.extend(rest.chars().map(read));
    Some(found)
}

fn resolved(inside: &str, asked: &Asked) -> Option<String> {
    if ["*", "?", "$"].contains(&inside) {
        return Some(inside.to_owned());
    }
    let (key, default) = match inside.split_once(", ") {
        Some((key, default)) => (key, Some(default.trim_matches('\'').to_owned())),
        None => (inside, None),
    };
    match asked.context.get(&key.to_lowercase()) {
        Some(Held::One(value)) if !value.is_empty() => Some(value.clone()),
        _ => default,
    }
}

/// The parts of an ARN pattern at its first five colons.
fn parts(units: &[Unit]) -> Vec<Vec<Unit>> {
    units.splitn(6, |unit| *unit == Unit::Plain(':')).map(<[Unit]>::to_vec).collect()
}

/// A41–A47: whether one entry of `Resource` covers the resource of the request, in a policy of that layer.
pub(crate) fn covers(entry: &str, current: bool, layer: &str, asked: &Asked) -> bool {
    if entry == "*" {
        return true;
    }
    let resource = match &*asked.action {
        "s3:ListAllMyBuckets" => "arn:aws:s3:::*", // A46
        _ if asked.resource == "*" => return false,
        _ => &asked.resource,
    };
    let Some(mut units) = units(entry, current, true, asked) else { return false };
    let missing = 6_usize.saturating_sub(parts(&units).len());
    if missing > 0 {
        match layer {
            // A44
            "identity" | "permissions_boundary" => {
                for _ in 0..missing {
                    units.extend([Unit::Plain(':'), Unit::Any]);
                }
            }
            _ => return units.last() == Some(&Unit::Any) && glob(&units, &chars(resource)),
        }
    }
    // A43
    let parts = parts(&units);
    let crosses = parts[..5].iter().any(|part| part.last() == Some(&Unit::Any));
    six_match(&parts, resource) || (crosses && glob(&units, &chars(resource)))
}

/// B9.
pub(crate) fn arn_like(units: &[Unit], value: &str) -> bool {
    six_match(&parts(units), value)
}

fn six_match(parts: &[Vec<Unit>], text: &str) -> bool {
    let fields: Vec<Vec<char>> = text.splitn(6, ':').map(chars).collect();
    parts.len() == 6 && fields.len() == 6 && parts.iter().zip(&fields).all(|(part, field)| glob(part, field))
}
