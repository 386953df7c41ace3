//! The policy documents inside a dump: objects as the CLI prints them, or percent-encoded strings of the API.

use std::sync::Arc;

use crate::policy::{PolicyType, parse_policy};
use crate::source::{Diagnostic, Severity, Source};
use crate::syntax::json::{Cursor, Kind};
use crate::syntax::percent;
use crate::world::Document;

/// Reads a document under the name that messages will give it; the finding says why it cannot be consulted.
pub(super) fn read(
    value: Option<Cursor<'_>>,
    name: &str,
    kind: PolicyType,
) -> (Document, Option<Diagnostic>) {
    let Some(value) = value.filter(|value| value.kind() != Kind::Null) else {
        let what = format!("the dump holds no document for {name}; every answer that needs it will say so");
        return (Document::Missing, Some(Diagnostic::warning("missing-document", what)));
    };
    match text_of(value) {
        Some(text) => compile(&Source::new(name, pretty(name, text, kind)), kind),
        None => {
            let what = format!("{name} is not percent-encoded UTF-8, so it could not be read");
            let finding = Diagnostic::warning("bad-encoding", what).at(value.place(), "");
            (Document::Refused(Arc::from([finding.clone()])), Some(finding))
        }
    }
}

fn text_of(value: Cursor<'_>) -> Option<String> {
    match value.string() {
        // A document that is plain JSON in a string is taken as it is: `%` could be its own.
        Some(text) if text.trim_start().starts_with('{') => Some(text.into_owned()),
        Some(text) => percent::decode(&text),
        None => Some(value.raw().to_owned()),
    }
}

/// The canonical text of a good document; a bad one stays as it was written.
fn pretty(name: &str, text: String, kind: PolicyType) -> String {
    let parsed = parse_policy(&Source::new(name, text.as_str()), kind);
    if let Ok((policy, _)) = parsed.accept() { policy.print() } else { text }
}

fn compile(source: &Arc<Source>, kind: PolicyType) -> (Document, Option<Diagnostic>) {
    let (document, _) = Document::read(source, kind);
    let finding = match &document {
        Document::Refused(diagnostics) => Some(refused(source.name(), diagnostics)),
        _ => None,
    };
    (document, finding)
}

fn refused(name: &str, diagnostics: &[Diagnostic]) -> Diagnostic {
    let first = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    let why = first.map_or("it cannot be read", |first| first.message.as_str());
    let what = format!("{name} was refused: {why}; every answer that needs it will say so");
    let mut finding = Diagnostic::warning("refused-document", what);
    finding.labels = first.map(|first| first.labels.clone()).unwrap_or_default();
    finding
}
