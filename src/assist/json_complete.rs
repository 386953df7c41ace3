//! Completion inside a policy that is being typed.

use super::brackets::open_brace;
use super::candidate::Candidate;
use super::json_place::{JsonPlace, place};
use super::names;
use super::typed::Typing;
use super::values;
use super::vocabulary::Vocabulary;
use crate::catalog::ActionFacts;
use crate::policy::{Operator, PrincipalType};

/// The elements of a policy document.
const DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];

const STATEMENT: [&str; 9] = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
    "Condition",
];

/// What could be typed at the end of a text that ends in unfinished JSON, and where the string there starts; nothing
/// where it ends elsewhere.
pub(super) fn in_json(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Vec<Candidate>)> {
    let brace = open_brace(text)?;
    let inside = text.get(brace + 1..)?.trim_start();
    // What starts otherwise is a block of commands.
    if !inside.is_empty() && !inside.starts_with('"') {
        return None;
    }
    let place = place(text, brace)?;
    let around = Surroundings::new(text, brace, vocabulary);
    let found = if place.is_key { keys(&place, &around) } else { values(&place, vocabulary) };
    let behind = if place.is_key { "\": " } else { "\"" };
    Some((place.start, found.into_iter().map(|candidate| quoted(candidate, behind)).collect()))
}

fn quoted(candidate: Candidate, behind: &str) -> Candidate {
    let behind = if candidate.goes_on { "" } else { behind };
    let quoted = candidate.text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let text = quoted.unwrap_or(&candidate.text);
    Candidate { text: format!("\"{text}{behind}"), ..candidate }.goes_on()
}

/// What stands around the place.
struct Surroundings<'v> {
    is_context: bool,
    /// The elements that no policy of this kind has.
    without: &'static [&'static str],
    /// The actions that the text names, or the question.
    actions: Vec<ActionFacts<'v>>,
    vocabulary: &'v Vocabulary,
}

impl<'v> Surroundings<'v> {
    fn new(text: &str, brace: usize, vocabulary: &'v Vocabulary) -> Self {
        let typed = Typing::new(text, brace);
        let catalog = vocabulary.catalog();
        let named = text.get(brace..).unwrap_or_default().split('"').filter_map(|word| catalog.action(word));
        Self {
            is_context: typed.before() == "with",
            without: without(typed.head()),
            actions: typed.action(catalog).into_iter().chain(named).collect(),
            vocabulary,
        }
    }

    /// The condition keys of the actions, and the global ones; those of the service that is begun.
    fn condition_keys(&self, begun: &str) -> Vec<Candidate> {
        let own =
            self.actions.iter().flat_map(|action| names::condition_keys(Some(*action), self.vocabulary));
        own.chain(names::condition_keys_of(begun, self.vocabulary)).map(names::key).collect()
    }
}

/// The elements that the policy of a command cannot have (A.3).
fn without(head: &str) -> &'static [&'static str] {
    match head {
        "policy" | "scp" | "inline" | "assume" | "federate" => &["Principal", "NotPrincipal", "Id"],
        "rcp" => &["NotPrincipal", "NotAction", "Id"],
        "role" => &["Resource", "NotResource", "NotPrincipal", "Id"],
        _ => &[],
    }
}

fn keys(place: &JsonPlace<'_>, around: &Surroundings<'_>) -> Vec<Candidate> {
    let words = |words: &[&'static str]| -> Vec<Candidate> {
        words.iter().copied().filter(|word| !around.without.contains(word)).map(Candidate::new).collect()
    };
    match place.keys[..] {
        [] if around.is_context => around.condition_keys(place.begun),
        [] => words(&DOCUMENT),
        ["Statement"] => words(&STATEMENT),
        [.., "Principal" | "NotPrincipal"] => words(&PrincipalType::ALL.map(PrincipalType::as_str)),
        [.., "Condition"] => operators(place.begun),
        [.., "Condition", _] => around.condition_keys(place.begun),
        _ => Vec::new(),
    }
}

/// Operators; behind `ForAnyValue:` they start again.
fn operators(begun: &str) -> Vec<Candidate> {
    let set = begun.split_once(':').map_or(String::new(), |(set, _)| format!("{set}:"));
    let plain = Operator::ALL.iter().map(|operator| Candidate::new(format!("{set}{}", operator.as_str())));
    let sets = ["ForAllValues:", "ForAnyValue:"].map(|set| Candidate::new(set).goes_on());
    plain.chain(sets.into_iter().filter(|_| set.is_empty())).collect()
}

fn values(place: &JsonPlace<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match place.keys.last().copied() {
        Some("Version") => vec![Candidate::new("2012-10-17")],
        Some("Effect") => ["Allow", "Deny"].map(Candidate::new).into(),
        Some("Action" | "NotAction") => names::actions(place.begun, vocabulary),
        Some("Resource" | "NotResource") => names::arns(place.begun, vocabulary),
        Some("AWS") => names::principals("arn:", vocabulary),
        Some(key) => values::of_key(key, place.begun, vocabulary),
        None => Vec::new(),
    }
}
