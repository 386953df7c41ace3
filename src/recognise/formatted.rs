//! A file whose policies are written in one form; what is around them stays as it is. Scripts have a form of their own.

use std::sync::Arc;

use super::as_script::is_script;
use super::bare::statements_alone;
use super::inside::{HeldPolicies, is_json, policies_held};
use super::policy_inside::PolicyInside;
use super::script::policies_of_script;
use crate::policy::{PolicyForm, format_document};
use crate::source::{Diagnostic, Source, Span};
use crate::syntax::json::{Cursor, Kind, parse_json_in};
use crate::syntax::script::script_in_form;

/// A file in a form.
#[derive(Clone, Debug)]
pub struct FormattedFile {
    /// Its text.
    pub text: String,
    /// What is to be said of policies that have no form where they stand.
    pub remarks: Vec<Diagnostic>,
}

impl FormattedFile {
    fn whole(text: String) -> Self {
        Self { text, remarks: Vec::new() }
    }
}

/// The text of a file with its policies in a form: of one that is a policy that, of a script that of scripts, of another
/// the same text but for the policies in it. What stands in strings, or has functions of CloudFormation, stays as it is.
///
/// ```
/// use iamwhy::{policy::PolicyForm, recognise::format_file, source::Source};
/// let file = Source::new("o.json", r#"{"PolicyDocument": {"Statement": {"Action": "s3:*", "Effect": "Allow", "Resource": "*"}}}"#);
/// let text = format_file(&file, PolicyForm::AsWritten).unwrap().text;
/// assert!(text.starts_with("{\"PolicyDocument\": {\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\","));
/// ```
///
/// # Errors
/// If it holds no policy, or something in one is not understood.
pub fn format_file(file: &Arc<Source>, form: PolicyForm) -> Result<FormattedFile, Vec<Diagnostic>> {
    if is_script(file) {
        return script(file).map(FormattedFile::whole).map_err(|wrong| vec![wrong]);
    }
    let inside = match policies_held(file).map_err(|other| vec![other])? {
        HeldPolicies::Itself(parsed) => {
            let (tree, _) = parsed.accept()?;
            return of_itself(file, tree.root(), form).map(FormattedFile::whole);
        }
        HeldPolicies::Inside(inside) => inside,
    };
    if !is_json(file) {
        return Err(vec![yaml(file)]);
    }
    if let [PolicyInside { bare: Some(missing), .. }] = &inside[..] {
        return Ok(FormattedFile { text: bare(file, &inside[0], form)?, remarks: vec![missing.clone()] });
    }
    let (own, others): (Vec<_>, Vec<_>) = inside.iter().partition(|one| one.is_written_in(file));
    let formatted = |one: &PolicyInside| {
        let (tree, _) = one.tree().accept()?;
        format_document(tree.root(), form)
    };
    let text = with_policies(file, own.into_iter().map(|one| (one.span, formatted(one))))?;
    Ok(FormattedFile { text, remarks: left(file, &others).into_iter().collect() })
}

/// Comments, anchors and the choice of quotes would be lost, and what is left is no form.
fn yaml(file: &Source) -> Diagnostic {
    let what = format!("`{}` is YAML, and policies have a form in JSON alone", file.name());
    let help = "comments, anchors and line breaks of YAML are nobody's to move; `lint` reads YAML, and a formatter of YAML lays it out";
    Diagnostic::error("no-form", what).help(help)
}

/// What is to be said of policies that stay as they are.
fn left(file: &Source, others: &[&PolicyInside]) -> Option<Diagnostic> {
    let first = others.first()?;
    let (are, they) =
        if others.len() > 1 { ("policies stay", "they stand") } else { ("policy stays", "it stands") };
    let what = format!("{} {are} as written in `{}`, `{}` first", others.len(), file.name(), first.path);
    let help = format!("{they} in a string, or what is in it shows when a template is deployed");
    Some(Diagnostic::warning("left-as-is", what).help(help))
}

/// A script in its form; a policy in it that is not understood stays as it is, for a script may want it refused. Statements
/// keep their order whatever the form is, for expectations name them by their numbers.
fn script(file: &Arc<Source>) -> Result<String, Diagnostic> {
    let policies: Vec<Span> = policies_of_script(file).into_iter().map(|one| one.span).collect();
    let document = |span: Span| {
        let is_policy = policies.binary_search_by_key(&span.start, |one| one.start).is_ok();
        let (tree, _) = parse_json_in(file, span).accept().ok().filter(|_| is_policy)?;
        format_document(tree.root(), PolicyForm::AsWritten).ok()
    };
    script_in_form(file, &document)
}

/// Statements without the policy around: they stay without.
fn bare(file: &Arc<Source>, one: &PolicyInside, form: PolicyForm) -> Result<String, Vec<Diagnostic>> {
    let (tree, _) = one.tree().accept()?;
    let is_list = file.text().trim_start_matches('\u{feff}').trim_start().starts_with('[');
    Ok(statements_alone(&format_document(tree.root(), form)?, is_list))
}

/// A policy, or a list of them.
fn of_itself(file: &Source, root: Cursor<'_>, form: PolicyForm) -> Result<String, Vec<Diagnostic>> {
    match root.kind() {
        Kind::Array => {
            with_policies(file, root.items().map(|item| (item.span(), format_document(item, form))))
        }
        _ => format_document(root, form),
    }
}

/// The text with each policy written anew, as far to the right as the line that it begins on.
fn with_policies(
    file: &Source,
    policies: impl Iterator<Item = (Span, Result<String, Vec<Diagnostic>>)>,
) -> Result<String, Vec<Diagnostic>> {
    let text = file.text();
    let (mut written, mut at) = (String::with_capacity(text.len()), 0);
    for (span, policy) in policies {
        let (policy, start) = (policy?, span.start as usize);
        written.push_str(text.get(at..start).unwrap_or_default());
        let line = text.get(..start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let blanks = &line[..line.len() - line.trim_start().len()];
        written.push_str(&policy.trim_end().replace('\n', &format!("\n{blanks}")));
        at = span.end as usize;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    Ok(written)
}
