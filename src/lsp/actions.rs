//! What mends a finding, and what tells more about it.

use serde_json::{Value, json};

use super::diagnostics::written;
use super::documents::{EditorText, TextKind};
use super::format::edit;
use super::positions::{range, span};
use crate::catalog::Catalog;
use crate::lint::{LintOptions, has_fix, lint_rule, mended};
use crate::report::{Format, Style, lint_explained};
use crate::source::{Diagnostic, Span};

/// The command by which an editor asks what a code means.
pub(super) const EXPLAIN: &str = "iamwhy.explain";

/// The actions for what was found in a range of a text.
pub(super) fn actions(
    address: &str,
    document: &EditorText,
    asked: &Value,
    found: &[Diagnostic],
    catalog: &Catalog,
) -> Vec<Value> {
    let Some((start, end)) = span(document.text(), asked) else { return Vec::new() };
    let touches = |at: Span| at.start as usize <= end && start <= at.end as usize;
    let here = found.iter().filter(|one| own_span(document, one).is_some_and(touches));
    let each = here.flat_map(|one| {
        let mended =
            in_place(address, document, one, catalog).or_else(|| safe(address, document, one, catalog));
        mended.into_iter().chain(explained(one))
    });
    each.chain(all_safe(address, document, found, catalog)).collect()
}

fn own_span(document: &EditorText, found: &Diagnostic) -> Option<Span> {
    let own = |label: &&crate::source::Label| label.place.source.name() == document.source.name();
    found.labels.iter().find(own).map(|label| label.place.span)
}

/// The word that was probably meant, in place of the one that is there.
fn in_place(address: &str, document: &EditorText, found: &Diagnostic, catalog: &Catalog) -> Option<Value> {
    let at = own_span(document, found)?;
    let there = document.source.slice(at);
    let meant = match found.code {
        "unknown-action" => catalog.nearest_action(there.trim_matches('"'))?,
        _ => found.help.as_ref()?.strip_prefix("did you mean `")?.split('`').next()?.to_owned(),
    };
    let is_quoted = there.len() > 1 && there.starts_with('"') && !meant.starts_with('"');
    let with = if is_quoted { format!("\"{meant}\"") } else { meant.clone() };
    let edits = json!([{"range": range(document.text(), at), "newText": with}]);
    Some(fix(&format!("Replace it by `{meant}`"), address, document, found, &edits))
}

/// What keeps the meaning of the policy.
fn safe(address: &str, document: &EditorText, found: &Diagnostic, catalog: &Catalog) -> Option<Value> {
    if document.written() == TextKind::Script || !has_fix(found.code) {
        return None;
    }
    let only = LintOptions { only: vec![found.code.to_owned()], ..LintOptions::default() };
    let (text, count) = mended(&document.source, catalog, &only);
    let title = format!("Mend `{}`, which changes no decision", found.code);
    (count > 0).then(|| fix(&title, address, document, found, &json!([edit(document, &text)])))
}

fn fix(title: &str, address: &str, document: &EditorText, found: &Diagnostic, edits: &Value) -> Value {
    json!({
        "title": title,
        "kind": "quickfix",
        "diagnostics": written(document, std::slice::from_ref(found)),
        "edit": {"changes": {address: edits}},
    })
}

/// All that can be mended without a change of meaning.
fn all_safe(address: &str, document: &EditorText, found: &[Diagnostic], catalog: &Catalog) -> Option<Value> {
    if document.written() == TextKind::Script || !found.iter().any(|one| has_fix(one.code)) {
        return None;
    }
    let (text, count) = mended(&document.source, catalog, &LintOptions::default());
    (count > 0).then(|| {
        json!({
            "title": "Mend all that changes no decision",
            "kind": "source.fixAll.iamwhy",
            "edit": {"changes": {address: [edit(document, &text)]}},
        })
    })
}

fn explained(found: &Diagnostic) -> Option<Value> {
    let rule = lint_rule(found.code)?;
    let title = format!("What does `{}` mean?", rule.code);
    Some(json!({"title": title, "command": {"title": title, "command": EXPLAIN, "arguments": [rule.code]}}))
}

/// What a code of `lint` means.
pub(super) fn explanation(code: &str) -> Option<String> {
    let style = Style::of(Format::Plain);
    lint_rule(code).map(|rule| lint_explained(rule, &style).trim_end().to_owned())
}
