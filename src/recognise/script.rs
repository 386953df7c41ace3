//! The policies that stand in scripts.

use std::sync::Arc;

use super::policy_inside::PolicyInside;
use crate::policy::PolicyType;
use crate::source::{Source, Span};
use crate::syntax::script::{StatementText, TokenKind, Word, split_statements, split_within, words_within};
use crate::world::policy_kind;

/// The policies that stand in a script, also inside of blocks; what is wrong with a statement is left to whoever runs it.
///
/// ```
/// use iamwhy::{recognise::policies_of_script, policy::PolicyType, source::Source};
/// let text = r#"role R trust {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}"#;
/// let found = policies_of_script(&Source::new("world.iam", text));
/// assert_eq!((&*found[0].path, found[0].kind), ("role R trust", Some(PolicyType::Trust)));
/// ```
pub fn policies_of_script(file: &Arc<Source>) -> Vec<PolicyInside> {
    let mut found = Vec::new();
    look_at(file, split_statements(file), &mut found);
    found
}

fn look_at(file: &Arc<Source>, statements: Vec<StatementText>, found: &mut Vec<PolicyInside>) {
    for statement in statements {
        let words = words_within(file, statement.span).unwrap_or_default();
        for (at, word) in words.iter().enumerate() {
            match word.kind {
                TokenKind::Block => look_at(file, split_within(file, word.span.inside()), found),
                TokenKind::Json => found.extend(policy(file, &words[..at], word.span)),
                _ => {}
            }
        }
    }
}

/// The policy that JSON is behind these words; nothing if it is none.
fn policy(file: &Arc<Source>, words: &[Word<'_>], span: Span) -> Option<PolicyInside> {
    let kind = kind_behind(words)?;
    let path = words.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ");
    Some(PolicyInside::standing(file, span, Some(kind), path))
}

/// What a policy is that stands behind these words.
fn kind_behind(words: &[Word<'_>]) -> Option<PolicyType> {
    match (&*words.first()?.text, &*words.last()?.text) {
        (_, "trust") => Some(PolicyType::Trust),
        ("policy" | "inline", _) => Some(PolicyType::IdentityBased),
        ("scp", _) => Some(PolicyType::ServiceControl),
        ("rcp", _) => Some(PolicyType::ResourceControl),
        ("resource" | "access-point", "policy") => Some(policy_kind(words.get(1).map(|word| &*word.text))),
        ("endpoint", "policy") => Some(PolicyType::VpcEndpoint),
        ("assume" | "federate" | "scope-down", "policy") => Some(PolicyType::Session),
        _ => None,
    }
}
