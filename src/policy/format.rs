//! Policies in one form, so that two versions differ where they say something else.

use std::sync::Arc;

use super::canonical::Spelling;
use super::lower::Policy;
use super::{PolicyType, error};
use crate::source::{Diagnostic, Parsed, Severity, Source};
use crate::syntax::json::{Cursor, Kind, parse_json};

/// How a policy is printed.
#[derive(Clone, Copy, Debug, Default)]
pub enum PolicyForm {
    /// Lists stay as they are written.
    #[default]
    AsWritten,
    /// Statements, lists, operators and keys are sorted, what repeats is left out, and what can be said in several ways
    /// is said in one: two policies with the same statements print the same.
    Canonical(Spelling),
}

/// What AWS refuses in policies of some type, though it is understood.
const UNDERSTOOD: [&str; 4] = ["forbidden-element", "bad-sid", "bad-character", "short-arn"];

impl Policy {
    /// The policy as JSON text of a form, with a newline at the end.
    pub fn print_in(&self, form: PolicyForm) -> String {
        match form {
            PolicyForm::AsWritten => self.print(),
            PolicyForm::Canonical(spelling) => self.print_canonical(spelling),
        }
    }
}

/// The text of a policy in a form; what it means stays.
///
/// ```
/// use iamwhy::{policy::{PolicyForm, format_policy}, source::Source};
/// let text = r#"{"Statement": {"Resource": "*", "Action": "s3:*", "Effect": "Allow"}}"#;
/// let formatted = format_policy(&Source::new("p.json", text), PolicyForm::AsWritten).unwrap();
/// assert!(formatted.starts_with("{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\","));
/// ```
///
/// # Errors
/// If the text is no policy, or something in it is not understood.
pub fn format_policy(source: &Arc<Source>, form: PolicyForm) -> Result<String, Vec<Diagnostic>> {
    let (tree, _) = parse_json(source).accept()?;
    format_document(tree.root(), form)
}

/// The text of a policy that has been read as JSON, in a form; what it means stays.
///
/// # Errors
/// If it is no policy, or something in it is not understood.
pub fn format_document(root: Cursor<'_>, form: PolicyForm) -> Result<String, Vec<Diagnostic>> {
    if root.kind() != Kind::Object || root.member("Statement").is_none() {
        let found = error::wrong_type("a policy, which is a JSON object with a `Statement`", root);
        return Err(vec![found]);
    }
    let Parsed { value, diagnostics } = Policy::lower(root, PolicyType::by_looks(root));
    let is_wrong =
        |found: &Diagnostic| found.severity == Severity::Error && !UNDERSTOOD.contains(&found.code);
    let wrong: Vec<Diagnostic> = diagnostics.into_iter().filter(is_wrong).collect();
    match value.filter(|_| wrong.is_empty()) {
        Some(policy) => Ok(policy.print_in(form)),
        None => Err(wrong),
    }
}
