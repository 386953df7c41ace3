//! What `lint` finds in the policies that somebody types at the prompt: errors are shown at once, the rest is counted.

use super::outcome::{Outcome, Part};
use crate::catalog::Catalog;
use crate::lint::{LintOptions, lint_document};
use crate::policy::Policy;
use crate::source::{Diagnostic, Severity};
use crate::syntax::json::parse_json_in;
use crate::syntax::script::{Word, Words, write};

/// What was found in policies beyond what reading them has shown.
pub(crate) struct FoundAtOnce {
    errors: Vec<Diagnostic>,
    rest: usize,
}

impl FoundAtOnce {
    /// What is found in policies; `shown` was said before.
    pub(crate) fn in_policies<'p>(
        policies: impl IntoIterator<Item = &'p Policy>,
        catalog: &Catalog,
        shown: &[Diagnostic],
    ) -> Self {
        let found = policies.into_iter().flat_map(|policy| linted(policy, catalog));
        let new = found
            .filter(|one| !shown.iter().any(|known| known.code == one.code && known.labels == one.labels));
        let (errors, rest): (Vec<_>, Vec<_>) = new.partition(|one| one.severity == Severity::Error);
        Self { errors, rest: rest.len() }
    }

    /// Puts the errors in front of what a statement did, and behind it how much more there is and what shows it.
    pub(crate) fn shown_with(self, outcome: Outcome, shows: Option<&str>) -> Outcome {
        let outcome = match (self.rest, shows) {
            (0, _) | (_, None) => outcome,
            (rest, Some(shows)) => {
                let word = match (self.errors.is_empty(), rest) {
                    (false, _) => "more",
                    (true, 1) => "finding",
                    _ => "findings",
                };
                outcome.and(Part::Note(format!("{rest} {word}: `{shows}`")))
            }
        };
        outcome.after(self.errors)
    }
}

fn linted(policy: &Policy, catalog: &Catalog) -> Vec<Diagnostic> {
    let tree = parse_json_in(policy.source(), policy.document()).value;
    let options = LintOptions { kind: Some(policy.kind()), ..LintOptions::default() };
    tree.map(|tree| lint_document(tree.root(), catalog, &options).findings).unwrap_or_default()
}

/// The statement that shows all that is found in what another has declared; nothing where that has no name.
pub(super) fn lint_of(words: &Words<'_>) -> Option<String> {
    let name = words.get("NAME").or_else(|| words.get("ARN"))?;
    let written = |word: &Word<'_>| match word.quoted {
        true => write::quoted(&word.text),
        false => word.text.to_string(),
    };
    let on = words.entity("ENTITY").map(|on| format!(" on {} {}", on.kind.text, written(&on.name)));
    Some(format!("lint {}{}", written(name), on.unwrap_or_default()))
}
