//! A file whose policies are written in one form; what is around them stays as it is.

use std::sync::Arc;

use super::inside::{is_json, policies_inside};
use crate::policy::{PolicyForm, format_document, format_policy};
use crate::source::{Diagnostic, Source, Span};
use crate::syntax::json::{Kind, parse_json, parse_json_in};

/// The text of a file with its policies in a form: of one that is a policy that, of another the same text but for the
/// policies in it. What stands in strings, or has functions of CloudFormation, stays as it is.
///
/// ```
/// use iamwhy::{policy::PolicyForm, recognise::format_file, source::Source};
/// let file = Source::new("o.json", r#"{"PolicyDocument": {"Statement": {"Action": "s3:*", "Effect": "Allow", "Resource": "*"}}}"#);
/// let text = format_file(&file, PolicyForm::AsWritten).unwrap();
/// assert!(text.starts_with("{\"PolicyDocument\": {\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\","));
/// ```
///
/// # Errors
/// If it holds no policy, or something in one is not understood.
pub fn format_file(file: &Arc<Source>, form: PolicyForm) -> Result<String, Vec<Diagnostic>> {
    let Some(inside) = policies_inside(file).map_err(|other| vec![other])? else {
        return match items(file) {
            Some(items) => with_policies(file, &items, form),
            None => format_policy(file, form),
        };
    };
    if !is_json(file) {
        let what = format!("`{}` is YAML, and policies have a form in JSON alone", file.name());
        return Err(vec![Diagnostic::error("no-form", what).help("`lint` reads YAML")]);
    }
    let own: Vec<Span> = inside.iter().filter(|one| one.is_written_in(file)).map(|one| one.span).collect();
    with_policies(file, &own, form)
}

/// Where the policies of a list stand; nothing if the file is no list.
fn items(file: &Arc<Source>) -> Option<Vec<Span>> {
    let (tree, _) = parse_json(file).accept().ok()?;
    let root = tree.root();
    (root.kind() == Kind::Array).then(|| root.items().map(|item| item.span()).collect())
}

/// The text with each policy written anew, as far to the right as the line that it begins on.
fn with_policies(file: &Arc<Source>, policies: &[Span], form: PolicyForm) -> Result<String, Vec<Diagnostic>> {
    let text = file.text();
    let (mut written, mut at) = (String::with_capacity(text.len()), 0);
    for span in policies {
        let (tree, _) = parse_json_in(file, *span).accept()?;
        let policy = format_document(tree.root(), form)?;
        let start = span.start as usize;
        written.push_str(text.get(at..start).unwrap_or_default());
        let line = text.get(..start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let blanks = &line[..line.len() - line.trim_start().len()];
        written.push_str(&policy.trim_end().replace('\n', &format!("\n{blanks}")));
        at = span.end as usize;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    Ok(written)
}
