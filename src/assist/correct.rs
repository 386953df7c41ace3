//! What a refused line should have been.

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::session::{Outcome, Part};
use crate::source::{Diagnostic, Source, Span};
use crate::syntax::script::{TokenKind, tokens};

/// The statement with the mistyped word put right, where the answer said what was meant.
pub fn correction(
    source: &Arc<Source>,
    statement: Span,
    outcome: &Outcome,
    catalog: &Catalog,
) -> Option<String> {
    if outcome.meant.is_some() {
        return outcome.meant.clone();
    }
    let (wrong, meant) = outcome.parts.iter().find_map(|part| match part {
        Part::Diagnostics(list) => list.iter().find_map(|diagnostic| meant(diagnostic, source)),
        Part::Verdict(_) | Part::Explanation(_) => unknown_action(source, statement, catalog),
        _ => None,
    })?;
    let text = source.slice(statement);
    let (start, end) = (wrong.start.checked_sub(statement.start)?, wrong.end.checked_sub(statement.start)?);
    let (before, behind) = (text.get(..start as usize)?, text.get(end as usize..)?);
    Some(format!("{before}{meant}{behind}"))
}

/// The word that a message is about, and what it says was meant.
fn meant(diagnostic: &Diagnostic, source: &Arc<Source>) -> Option<(Span, String)> {
    let help = diagnostic.help.as_deref()?;
    // The second: who is looked for is in another account.
    let elsewhere = || help.split_once(" has one: `").map(|(_, advice)| advice);
    let advice = help.strip_prefix("did you mean `").or_else(elsewhere)?;
    let place = &diagnostic.labels.first()?.place;
    let here = Arc::ptr_eq(&place.source, source).then_some(place.span)?;
    Some((here, advice.split('`').next()?.to_owned()))
}

/// An action that the catalog does not know is asked for all the same, but hardly meant.
fn unknown_action(source: &Arc<Source>, statement: Span, catalog: &Catalog) -> Option<(Span, String)> {
    let text = source.slice(statement);
    tokens(text).into_iter().filter(|token| token.kind == TokenKind::Bare).find_map(|token| {
        let word = text.get(token.span.start as usize..token.span.end as usize)?;
        let action = word.matches(':').count() == 1 && !word.contains(['=', '*', '/']);
        let near = catalog.nearest_action(word).filter(|_| action && catalog.action(word).is_none())?;
        let start = statement.start;
        Some((Span::new(start + token.span.start, start + token.span.end), near))
    })
}
