//! A text is linted: each policy in it is read, and every rule looks at it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::findings::LintFindings;
use super::rule::LintRule;
use super::rules::{each_rule, lint_rule, nodes_that_deny_all};
use super::settings::FileSettings;
use super::subject::LintSubject;
use crate::catalog::Catalog;
use crate::policy::{Policy, PolicyType};
use crate::recognise::{HeldPolicies, PolicyInside, is_script, policies_held, policies_of_script};
use crate::source::{Diagnostic, Parsed, Severity, Source, Span};
use crate::syntax::json::{Cursor, Kind, Tree};
use crate::world::World;

/// What is asked of the rules.
#[derive(Clone, Debug, Default)]
pub struct LintOptions {
    /// What the policies are read as; what they look like if nobody says it.
    pub kind: Option<PolicyType>,
    /// The codes of the only rules that are asked; all, if there are none.
    pub only: Vec<String>,
    /// The codes of rules that are asked, too, though they are not unless somebody says so.
    pub also: Vec<String>,
    /// The codes of rules that are not asked.
    pub skip: Vec<String>,
    /// What a team says of findings.
    pub settings: Option<FileSettings>,
}

/// A policy that was linted.
#[derive(Clone, Debug)]
pub struct Linted {
    /// What it was read as; `None` if it could not be read at all.
    pub kind: Option<PolicyType>,
    /// Whether that was told by its looks.
    pub is_inferred: bool,
    /// What was found, in the order of the text.
    pub findings: Vec<Diagnostic>,
    /// What was found and is not shown: the numbers of the suppressions in the settings.
    pub suppressed: Vec<usize>,
}

/// A file whose policies were linted.
#[derive(Clone, Debug)]
pub struct LintedFile {
    /// Its name.
    pub name: String,
    /// Its policies, in the order of the text.
    pub policies: Vec<Linted>,
}

impl LintedFile {
    /// What was found beside policies: in a settings file, in a world.
    pub fn beside_policies(name: String, findings: Vec<Diagnostic>) -> Self {
        Self { name, policies: vec![unread(findings)] }
    }
}

/// Lints the policy that a text is, or each of a list of them.
///
/// ```
/// use iamwhy::{catalog::Catalog, lint::{LintOptions, lint}, source::Source};
/// let text = r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}"#;
/// let linted = lint(&Source::new("p.json", text), Catalog::embedded(), &LintOptions::default());
/// assert!(linted[0].findings.iter().any(|found| found.code == "unknown-action"));
/// ```
pub fn lint(source: &Arc<Source>, catalog: &Catalog, options: &LintOptions) -> Vec<Linted> {
    let of_script = if is_script(source) { policies_of_script(source) } else { Vec::new() };
    let held = if of_script.is_empty() { policies_held(source) } else { Ok(HeldPolicies::Inside(of_script)) };
    let Parsed { value, diagnostics } = match held {
        Ok(HeldPolicies::Itself(parsed)) => parsed,
        Ok(HeldPolicies::Inside(all)) => {
            return all.iter().map(|one| lint_inside(one, catalog, options)).collect();
        }
        Err(other) => return vec![unread(vec![other])],
    };
    let Some(tree) = value else { return vec![unread(diagnostics)] };
    let root = tree.root();
    let mut all: Vec<Linted> = match root.kind() {
        Kind::Array => root.items().map(|item| lint_document(item, catalog, options)).collect(),
        _ => vec![lint_document(root, catalog, options)],
    };
    if let Some(first) = all.first_mut() {
        first.findings.splice(0..0, diagnostics.into_iter().filter(|found| options.wants(found.code)));
    }
    all
}

/// A policy that something else holds. Where something in it is not known, that is told which holds whatever it is, and
/// does not touch it.
fn lint_inside(one: &PolicyInside, catalog: &Catalog, options: &LintOptions) -> Linted {
    let options = LintOptions { kind: options.kind.or(one.kind), ..options.clone() };
    let unresolved = one.unresolved().map(|found| weighed(found, false));
    let unresolved = unresolved.filter(|found| options.wants(found.code));
    let all = one.trees().into_iter().map(|tree| lint_tree(tree, catalog, &options));
    let both = all.reduce(|one, other| Linted { findings: in_both(one.findings, &other.findings), ..one });
    let mut linted = both.unwrap_or_else(|| Linted { kind: options.kind, ..unread(Vec::new()) });
    linted.findings.retain(|found| !touches(found, one));
    linted.findings.extend(unresolved);
    linted
}

fn lint_tree(tree: Parsed<Tree>, catalog: &Catalog, options: &LintOptions) -> Linted {
    let Parsed { value, diagnostics } = tree;
    let Some(tree) = value else { return unread(diagnostics) };
    let mut linted = lint_document(tree.root(), catalog, options);
    linted.findings.splice(0..0, diagnostics.into_iter().filter(|found| options.wants(found.code)));
    linted
}

/// What was found in the one that was found in the other at the same places.
fn in_both(mut found: Vec<Diagnostic>, other: &[Diagnostic]) -> Vec<Diagnostic> {
    let places =
        |one: &Diagnostic| -> Vec<Span> { one.labels.iter().map(|label| label.place.span).collect() };
    let others: BTreeSet<(&str, Vec<Span>)> = other.iter().map(|one| (one.code, places(one))).collect();
    found.retain(|one| others.contains(&(one.code, places(one))));
    found
}

/// Whether a finding is about something that is not known.
fn touches(found: &Diagnostic, policy: &PolicyInside) -> bool {
    let mut places = found.labels.iter().map(|label| &label.place);
    places.any(|place| {
        policy
            .open
            .iter()
            .any(|open| open.place.span.start < place.span.end && place.span.start < open.place.span.end)
    })
}

fn unread(findings: Vec<Diagnostic>) -> Linted {
    Linted { kind: None, is_inferred: false, findings, suppressed: Vec::new() }
}

/// What is wrong with a world where no policy alone shows it.
pub fn lint_world(world: &World) -> Vec<Diagnostic> {
    nodes_that_deny_all(world)
}

/// Lints a document that has been read as JSON.
pub fn lint_document(document: Cursor<'_>, catalog: &Catalog, options: &LintOptions) -> Linted {
    let kind = options.kind.unwrap_or_else(|| PolicyType::by_looks(document));
    let is_inferred = options.kind.is_none();
    let Parsed { value, diagnostics } = Policy::lower(document, kind);
    let is_sound = diagnostics.iter().all(|found| found.severity != Severity::Error);
    let mut findings: Vec<Diagnostic> = diagnostics
        .into_iter()
        .map(|found| weighed(found, is_inferred))
        .map(|found| refused(found, kind))
        .collect();
    if let Some(policy) = &value {
        let subject = LintSubject::new(policy, catalog, is_sound);
        findings.extend(checked(&subject, options).map(|found| stepped_down(found, is_inferred)));
    }
    findings.retain(|found| options.wants(found.code));
    without_echoes(&mut findings);
    findings.sort_by_key(|found| found.labels.first().map(|label| label.place.span.start));
    let settings = options.settings.as_ref();
    let suppressed = settings.map(|settings| settings.apply(&mut findings, value.as_ref()));
    Linted { kind: Some(kind), is_inferred, findings, suppressed: suppressed.unwrap_or_default() }
}

fn checked(subject: &LintSubject<'_>, options: &LintOptions) -> impl Iterator<Item = Diagnostic> {
    let asked = each_rule().filter(|(rule, is_on_request)| options.asks(rule, *is_on_request));
    asked.filter_map(|(rule, _)| Some((rule, rule.check?))).flat_map(|(rule, check)| {
        let mut findings = LintFindings::of(rule);
        check(subject, &mut findings);
        findings.found
    })
}

/// What AWS refuses in policies of one type alone.
const OF_TYPES: [&str; 8] = [
    "forbidden-element", "missing-principal", "missing-element", "bad-sid", "bad-character", "short-arn",
    "over-quota", "federated-place",
];

/// What was found when the policy was read, as bad as its rule says.
fn weighed(mut found: Diagnostic, is_inferred: bool) -> Diagnostic {
    let rule = lint_rule(found.code).map_or(Severity::Warning, |rule| rule.severity);
    found.severity = match found.severity {
        Severity::Error => Severity::Error,
        _ if rule == Severity::Error => Severity::Warning,
        _ => rule,
    };
    stepped_down(found, is_inferred)
}

/// What is refused in policies of identities and taken elsewhere: a Region in an ARN of IAM or of a bucket.
fn refused(mut found: Diagnostic, kind: PolicyType) -> Diagnostic {
    let of_identity = matches!(kind, PolicyType::IdentityBased | PolicyType::PermissionsBoundary);
    let is_region = found.code == "arn-field-not-taken" && found.message.ends_with("no Region");
    if of_identity && is_region && !found.message.contains("Route 53") {
        found.severity = Severity::Error;
    }
    found
}

/// Takes away that an ARN has not the form of any resource where it is said which part of it is to blame.
fn without_echoes(findings: &mut Vec<Diagnostic>) {
    let place = |found: &Diagnostic| found.labels.first().map(|label| label.place.span);
    let is_cause = |found: &&Diagnostic| ["misshapen-arn", "arn-field-not-taken"].contains(&found.code);
    let causes: Vec<Span> = findings.iter().filter(is_cause).filter_map(place).collect();
    let has_cause =
        |span: Span| causes.iter().any(|cause| span.start <= cause.start && cause.end <= span.end);
    findings.retain(|found| found.code != "resource-form" || !place(found).is_some_and(has_cause));
}

/// An error that rests on a type which nobody gave is a warning.
fn stepped_down(mut found: Diagnostic, is_inferred: bool) -> Diagnostic {
    if found.severity == Severity::Error && is_inferred && OF_TYPES.contains(&found.code) {
        found.severity = Severity::Warning;
    }
    found
}

impl LintOptions {
    fn wants(&self, code: &str) -> bool {
        let named = |codes: &[String]| codes.iter().any(|one| one == code);
        let asks = |rule: &LintRule| self.asks(rule, rule.is_on_request());
        lint_rule(code).map_or(self.only.is_empty(), asks) && !named(&self.skip)
    }

    fn asks(&self, rule: &LintRule, is_on_request: bool) -> bool {
        if self.only.is_empty() && self.skip.is_empty() && !is_on_request {
            return true;
        }
        let code = rule.code;
        let named = |codes: &[String]| codes.iter().any(|one| one == code);
        let is_weighed = || self.settings.as_ref().is_some_and(|own| own.settings.weighs(code));
        let is_asked = match self.only.is_empty() {
            true => !is_on_request || named(&self.also) || is_weighed(),
            false => named(&self.only),
        };
        is_asked && !named(&self.skip)
    }
}
