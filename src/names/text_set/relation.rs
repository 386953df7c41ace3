//! What the patterns of two sets tell by themselves, before any text is looked for.

use super::{COLON, Letter, TextSet};

impl TextSet {
    /// Whether no text lies in both, as far as it shows in how their patterns begin and end, and in each of the fields
    /// between colons. It is found out without a search; where it does not show, the answer is no.
    pub fn is_plainly_apart(&self, other: &Self) -> bool {
        let is_apart = |one: &[Letter], other: &[Letter]| differ(one, other) || ends_differ(one, other);
        self.patterns.iter().all(|one| other.patterns.iter().all(|other| is_apart(one, other)))
    }

    /// Whether each text of another set lies in this one, as far as it shows in how their patterns begin.
    pub fn plainly_holds(&self, other: &Self) -> bool {
        other.patterns.iter().all(|other| self.patterns.iter().any(|own| holds(own, other)))
    }
}

/// Whether two patterns part where letter stands against letter. After a run that stays within its field both go on with
/// the next one.
fn differ(mut one: &[Letter], mut other: &[Letter]) -> bool {
    loop {
        match (one, other) {
            ([], []) => return false,
            ([], [rest, ..]) | ([rest, ..], []) => return !rest.is_run,
            ([own, ..], [another, ..]) if own.is_run || another.is_run => {
                let (Some(own), Some(another)) = (next_field(one), next_field(other)) else { return false };
                (one, other) = (own, another);
            }
            ([own, own_rest @ ..], [another, rest @ ..]) => {
                if !own.letters.meets(another.letters) {
                    return true;
                }
                (one, other) = (own_rest, rest);
            }
        }
    }
}

fn ends_differ(one: &[Letter], other: &[Letter]) -> bool {
    let is_fixed = |pair: &(&Letter, &Letter)| !pair.0.is_run && !pair.1.is_run;
    let mut ends = one.iter().rev().zip(other.iter().rev()).take_while(is_fixed);
    ends.any(|(own, another)| !own.letters.meets(another.letters))
}

/// What follows the next colon, where nothing before it may be one.
fn next_field(pattern: &[Letter]) -> Option<&[Letter]> {
    let colon = pattern.iter().position(|at| at.letters.has(':'))?;
    (pattern[colon] == COLON).then_some(&pattern[colon + 1..])
}

/// Whether a pattern covers all that another does: it is the same, or it begins alike and ends with `*`.
fn holds(own: &[Letter], other: &[Letter]) -> bool {
    let alike = own.iter().zip(other).take_while(|(own, other)| own == other).count();
    match &own[alike..] {
        [] => other.len() == alike,
        [rest] => rest.is_star(),
        _ => false,
    }
}
