//! Policies inside of something else: outputs of the AWS command line, dumps, Terraform plans, templates.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::no_policy;
use crate::policy::PolicyType;
use crate::source::{Diagnostic, Parsed, Place, Source, Span, first_of};
use crate::syntax::json::{Cursor, Kind, Tree, parse_json, parse_json_in};
use crate::syntax::percent;

/// A policy inside of a file.
#[derive(Clone, Debug)]
pub struct PolicyInside {
    /// The text in which it stands: the file, or what a string of the file holds.
    pub source: Arc<Source>,
    /// Where it stands there.
    pub span: Span,
    /// What it is, where that which holds it says so.
    pub kind: Option<PolicyType>,
    /// The members that lead to it: `PolicyVersion.Document`.
    pub path: String,
    /// The first function of CloudFormation in it: what that gives is not known.
    pub function: Option<Place>,
}

impl PolicyInside {
    /// The policy, read as JSON.
    pub fn tree(&self) -> Parsed<Tree> {
        parse_json_in(&self.source, self.span)
    }

    /// What is wrong with it where it cannot be looked at, for something in it is not known.
    pub fn unresolved(&self) -> Option<Diagnostic> {
        let place = self.function.clone()?;
        let what = format!(
            "{} is a function of CloudFormation, and what it gives is not known, so the policy `{}` is not looked at",
            place.text(),
            self.path
        );
        Some(Diagnostic::warning("unresolved-function", what).at(place, ""))
    }
}

/// The policies inside of a text that is no policy itself, nor a list of them; `None` if it is one, or may be meant as one.
///
/// ```
/// use iamwhy::{recognise::policies_inside, source::Source};
/// let text = r#"{"PolicyVersion": {"Document": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}}"#;
/// let found = policies_inside(&Source::new("get-policy-version.json", text)).unwrap().unwrap();
/// assert_eq!(found[0].path, "PolicyVersion.Document");
/// let event = Source::new("event.json", r#"{"eventSource": "s3.amazonaws.com", "eventName": "GetObject"}"#);
/// assert!(policies_inside(&event).unwrap_err().message.contains("an event of CloudTrail"));
/// ```
///
/// # Errors
/// If it is something else, which is named, and holds no policy.
pub fn policies_inside(file: &Arc<Source>) -> Result<Option<Vec<PolicyInside>>, Diagnostic> {
    if let Some(other) = no_policy::of_text(file) {
        return Err(other);
    }
    if !file.text().trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[', '"']) {
        return Ok(None);
    }
    let Ok((tree, _)) = parse_json(file).accept() else {
        return no_policy::of_lines(file).map_or(Ok(None), Err);
    };
    let root = tree.root();
    if root.items().next().unwrap_or(root).member("Statement").is_some() {
        return Ok(None);
    }
    let mut search = PolicySearch { file, path: Vec::new(), found: Vec::new(), known: BTreeSet::new() };
    search.look_at(root, None);
    if search.found.is_empty() {
        return no_policy::of_json(file, root).map_or(Ok(None), Err);
    }
    Ok(Some(search.found))
}

/// The policies of a type among them, or what is wrong.
///
/// # Errors
/// If there are none of the type, or something in one of them is not known.
pub fn of_type(
    file: &Source,
    found: Vec<PolicyInside>,
    kind: PolicyType,
) -> Result<Vec<PolicyInside>, Diagnostic> {
    let is_meant = |one: &PolicyInside| match one.kind {
        Some(PolicyType::Trust) => kind == PolicyType::Trust,
        Some(PolicyType::IdentityBased) => kind != PolicyType::Trust,
        _ => true,
    };
    let paths: Vec<String> = found.iter().map(|one| one.path.clone()).collect();
    let meant: Vec<PolicyInside> = found.into_iter().filter(is_meant).collect();
    if meant.is_empty() {
        let what = format!(
            "`{}` holds {}, and that is not {}",
            file.name(),
            first_of(3, &paths),
            kind.with_article()
        );
        return Err(Diagnostic::error("other-policy", what));
    }
    let unresolved = meant.iter().find_map(PolicyInside::unresolved);
    unresolved.map_or(Ok(meant), Err)
}

/// The only policy of a type among them.
///
/// # Errors
/// If there are several, or none.
pub fn only_of_type(
    file: &Source,
    found: Vec<PolicyInside>,
    kind: PolicyType,
) -> Result<PolicyInside, Diagnostic> {
    let mut meant = of_type(file, found, kind)?;
    if meant.len() > 1 {
        let paths: Vec<String> = meant.iter().map(|one| one.path.clone()).collect();
        let what = format!("`{}` holds {} policies: {}", file.name(), paths.len(), first_of(3, &paths));
        return Err(Diagnostic::error("several-policies", what).help("cut out the one that is meant"));
    }
    Ok(meant.swap_remove(0))
}

struct PolicySearch<'s> {
    file: &'s Arc<Source>,
    path: Vec<String>,
    found: Vec<PolicyInside>,
    /// What strings held: a plan says the same several times.
    known: BTreeSet<String>,
}

impl PolicySearch<'_> {
    fn look_at(&mut self, value: Cursor<'_>, kind: Option<PolicyType>) {
        match value.kind() {
            Kind::Object if is_policy(value) => self.add(value, kind),
            Kind::Object => {
                let of_organization = control_kind(value);
                for (key, member) in value.members() {
                    let name = key.string().unwrap_or_default().into_owned();
                    let kind = kind_under(&name).or(of_organization);
                    self.path.push(name);
                    self.look_at(member, kind);
                    self.path.pop();
                }
            }
            Kind::Array => {
                for (number, item) in value.items().enumerate() {
                    self.path.push(number.to_string());
                    self.look_at(item, kind);
                    self.path.pop();
                }
            }
            Kind::String | Kind::EscapedString if value.raw().contains("Statement") => {
                self.look_into(value, kind)
            }
            _ => {}
        }
    }

    fn add(&mut self, value: Cursor<'_>, kind: Option<PolicyType>) {
        let (source, span) = (Arc::clone(value.source()), value.span());
        let function = function_in(value);
        self.found.push(PolicyInside { source, span, kind, path: self.path.join("."), function });
    }

    /// What a string holds: JSON, or JSON in percent-encoding.
    fn look_into(&mut self, value: Cursor<'_>, kind: Option<PolicyType>) {
        let Some(text) = value.string() else { return };
        let text = match text.trim_start().starts_with('{') {
            true => Some(text.into_owned()),
            false => percent::decode(&text).filter(|text| text.trim_start().starts_with('{')),
        };
        let Some(text) = text.filter(|text| self.known.insert(text.clone())) else { return };
        let line = value.place().line_column().line;
        let name = format!("{}:{line} ({})", self.file.name(), self.path.join("."));
        let tree = parse_json(&Source::new(name, text)).accept().ok().map(|(tree, _)| tree);
        if let Some(tree) = tree.filter(|tree| is_policy(tree.root())) {
            self.add(tree.root(), kind);
        }
    }
}

/// Whether a value is an object whose `Statement` has statements.
fn is_policy(value: Cursor<'_>) -> bool {
    let Some(statement) = value.member("Statement") else { return false };
    let first = statement.items().next().unwrap_or(statement);
    value.kind() == Kind::Object && (first.member("Effect").is_some() || function_in(first).is_some())
}

/// What stands under the name of a member.
fn kind_under(name: &str) -> Option<PolicyType> {
    match name {
        "AssumeRolePolicyDocument" | "assume_role_policy" => Some(PolicyType::Trust),
        "KeyPolicy" => Some(PolicyType::Key),
        _ => None,
    }
}

/// What `aws organizations describe-policy` says of the policy beside.
fn control_kind(value: Cursor<'_>) -> Option<PolicyType> {
    match value.member("PolicySummary")?.member("Type")?.string().as_deref() {
        Some("SERVICE_CONTROL_POLICY") => Some(PolicyType::ServiceControl),
        Some("RESOURCE_CONTROL_POLICY") => Some(PolicyType::ResourceControl),
        _ => None,
    }
}

/// The first function of CloudFormation in a value.
fn function_in(value: Cursor<'_>) -> Option<Place> {
    let of_members = value.members().find_map(|(key, member)| {
        let is_function = key.string().is_some_and(|name| name == "Ref" || name.starts_with("Fn::"));
        if is_function { Some(key.place()) } else { function_in(member) }
    });
    of_members.or_else(|| value.items().find_map(function_in))
}
