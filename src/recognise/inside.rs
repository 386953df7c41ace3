//! Policies inside of something else: outputs of the AWS command line, dumps, Terraform plans, templates.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::bare::policy_around;
use super::no_policy;
use super::policy_inside::PolicyInside;
use super::template::{MOST_STEPS, OpenFunction, Resolved, Template, function_in, resolve};
use crate::policy::PolicyType;
use crate::source::{Diagnostic, Parsed, Source, Span};
use crate::syntax::json::{Cursor, Kind, Tree, parse_json};
use crate::syntax::percent;
use crate::syntax::yaml::{looks_like_yaml, yaml_as_json};

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
    Ok(match policies_held(file)? {
        HeldPolicies::Itself(_) => None,
        HeldPolicies::Inside(found) => Some(found),
    })
}

/// The policies of a text.
pub enum HeldPolicies {
    /// It is one itself, or a list of them, or may be meant as one: as JSON, with what is wrong with that.
    Itself(Parsed<Tree>),
    /// Those that stand inside of it.
    Inside(Vec<PolicyInside>),
}

/// What [`policies_inside`] tells, with the text as JSON where it is a policy itself: nobody has to read it again.
///
/// # Errors
/// As there.
pub fn policies_held(file: &Arc<Source>) -> Result<HeldPolicies, Diagnostic> {
    if let Some(other) = no_policy::of_text(file) {
        return Err(other);
    }
    if !is_json(file) && looks_like_yaml(file.text()) {
        return in_yaml(file);
    }
    let parsed = parse_json(file);
    let Some(tree) = parsed.value.as_ref().filter(|_| is_json(file) && !parsed.has_errors()) else {
        let lines = if is_json(file) { no_policy::of_lines(file) } else { None };
        return lines.map_or(Ok(HeldPolicies::Itself(parsed)), Err);
    };
    let root = tree.root();
    let is_policy = root.items().next().unwrap_or(root).member("Statement").is_some();
    let found = if is_policy { None } else { found_in(file, root, false)? };
    Ok(found.map_or(HeldPolicies::Itself(parsed), HeldPolicies::Inside))
}

/// What stands in YAML is inside of it, also where it is all there is.
fn in_yaml(file: &Arc<Source>) -> Result<HeldPolicies, Diagnostic> {
    let parsed = parse_json(&yaml_as_json(file)?);
    let found = match parsed.value.as_ref().filter(|_| !parsed.has_errors()) {
        Some(tree) => found_in(file, tree.root(), true)?,
        None => return parsed.diagnostics.last().cloned().map_or(Ok(HeldPolicies::Itself(parsed)), Err),
    };
    Ok(found.map_or(HeldPolicies::Itself(parsed), HeldPolicies::Inside))
}

/// Whether a file begins as JSON does.
pub(super) fn is_json(file: &Source) -> bool {
    file.text().trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[', '"'])
}

/// The policies in a value of a file, which may be meant as one itself.
fn found_in(
    file: &Arc<Source>,
    root: Cursor<'_>,
    is_yaml: bool,
) -> Result<Option<Vec<PolicyInside>>, Diagnostic> {
    let mut search = PolicySearch {
        file,
        root,
        template: OnceCell::new(),
        steps: MOST_STEPS,
        path: Vec::new(),
        found: Vec::new(),
        known: BTreeSet::new(),
    };
    search.look_at(root, None);
    if search.found.is_empty() {
        if let Some(bare) = policy_around(file, root) {
            return Ok(Some(vec![bare]));
        }
        if let Some(other) = no_policy::of_json(file, root) {
            return Err(other);
        }
        if is_yaml {
            search.add(root, None);
        }
    }
    Ok(Some(search.found).filter(|found| !found.is_empty()))
}

struct PolicySearch<'s> {
    file: &'s Arc<Source>,
    root: Cursor<'s>,
    /// What functions look into, once there is one.
    template: OnceCell<Template<'s>>,
    /// How many steps the functions of the file may still take.
    steps: usize,
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
        let as_it_stands = PolicyInside::standing(value.source(), value.span(), kind, self.path.join("."));
        let found = match function_in(value) {
            Some(function) => self.carried_out(as_it_stands, value, function),
            None => as_it_stands,
        };
        self.found.push(found);
    }

    /// A policy with its functions carried out.
    fn carried_out(&mut self, policy: PolicyInside, value: Cursor<'_>, function: Cursor<'_>) -> PolicyInside {
        let root = self.root;
        let template = self.template.get_or_init(|| Template::of(root));
        let Some(Resolved { texts, open }) = resolve(template, value, &mut self.steps) else {
            let name = function.string().unwrap_or_default().into_owned();
            let open = vec![OpenFunction { place: function.place(), name }];
            return PolicyInside { open, is_written: false, ..policy };
        };
        let mut texts = texts.into_iter();
        let Some(source) = texts.next() else { return policy };
        let span = Span::new(0, source.text().len() as u32);
        PolicyInside { source, span, open, others: texts.collect(), ..policy }
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
