//! Statements without the policy around them, as people cut them out.

use std::sync::Arc;

use super::policy_inside::PolicyInside;
use crate::policy::LanguageVersion;
use crate::source::{Diagnostic, MadeText, Place, Source, Span};
use crate::syntax::json::{Cursor, Kind};

/// The policy that a statement, or a list of them, is meant as; nothing if a value is neither.
pub(super) fn policy_around(file: &Source, root: Cursor<'_>) -> Option<PolicyInside> {
    let is_list = root.kind() == Kind::Array;
    let one = root.items().next().unwrap_or(root);
    let has = |name: &str| one.member(name).is_some();
    (has("Effect") || has("Action") && has("Resource")).then_some(())?;
    let source = with_policy_around(root);
    let span = Span::new(0, source.text().len() as u32);
    let mut policy = PolicyInside::standing(&source, span, None, String::new());
    policy.bare = Some(missing(file, root, is_list));
    Some(policy)
}

/// What is to be said of what is missing.
fn missing(file: &Source, root: Cursor<'_>, is_list: bool) -> Diagnostic {
    let what = if is_list { "a list of statements" } else { "a statement" };
    let what = format!("`{}` is {what} without the policy around, which AWS wants", file.name());
    let start = root.span().start;
    let place = Place::new(root.source(), Span::new(start, start + 1));
    Diagnostic::warning("bare-statement", what)
        .at(place, "")
        .help(format!("put `{}` before it and `}}` behind it; so it is read here", before()))
}

fn before() -> String {
    format!(r#"{{"Version": "{}", "Statement": "#, LanguageVersion::V2012.as_str())
}

/// The text of the policy; what points into a statement points into the file.
fn with_policy_around(root: Cursor<'_>) -> Arc<Source> {
    let (span, mut made) = (root.span(), MadeText::of(root.source()));
    made.add(&before(), Span::new(span.start, span.start + 1));
    made.add(root.raw(), span);
    made.add("}", Span::new(span.end, span.end));
    made.finish()
}

/// What is printed of such a policy without what was put around it: the statement, or the list of them.
pub(super) fn statements_alone(printed: &str, is_list: bool) -> String {
    let lines = printed.lines().skip_while(|line| *line != "  \"Statement\": [").skip(1);
    let own = lines.take_while(|line| *line != "  ]");
    let blanks = if is_list { 2 } else { 4 };
    let own: String = own.map(|line| line.get(blanks..).unwrap_or(line).to_owned() + "\n").collect();
    if is_list { format!("[\n{own}]\n") } else { own }
}
