//! A result of AWS's simulator in its form: that of an action is the strictest of those of its resources, as AWS
//! documents it since 2026 (the model of the API in botocore 1.44.8).

use serde_json::{Map, Value, json};

use crate::catalog::{Catalog, ResourceTypeFacts};
use crate::explain::{Answer, Because, Verdict};
use crate::policy::{Layer, Policy, Token};
use crate::question::Asked;
use crate::source::Span;
use crate::trace::Decision;

/// What was decided on one resource.
pub(super) struct ResourceResult {
    resource: String,
    decision: Decision,
    matched: Vec<Value>,
    missing: Vec<Value>,
    /// What each type of policy decides, where the call crosses accounts.
    details: Map<String, Value>,
    by_organizations: Option<bool>,
    by_boundary: Option<bool>,
}

/// The layers whose statements AWS shows.
const SHOWN: [Layer; 2] = [Layer::IdentityBased, Layer::ResourceBased];

impl ResourceResult {
    pub(super) fn of(resource: &str, asked: &Asked<'_>, answer: &Answer) -> Self {
        let allows = |wanted| {
            let found = answer.layers.iter().find(|(layer, _)| *layer == wanted);
            found.map(|(_, decision)| decision.is_allowed())
        };
        Self {
            resource: resource.to_owned(),
            decision: decision(answer.decision),
            matched: answer.because.iter().filter_map(|one| statement(asked, one)).collect(),
            missing: answer.needs.iter().map(|key| key.as_str().into()).collect(),
            details: details(asked, answer),
            by_organizations: allows(Layer::ServiceControl),
            by_boundary: allows(Layer::PermissionsBoundary),
        }
    }

    /// As it stands among those of its action.
    fn shown(self) -> Value {
        let mut shown = Map::with_capacity(6);
        shown.insert("EvalResourceName".to_owned(), self.resource.into());
        shown.insert("EvalResourceDecision".to_owned(), self.decision.as_str().into());
        shown.insert("MatchedStatements".to_owned(), self.matched.into());
        shown.insert("MissingContextValues".to_owned(), self.missing.into());
        shown.insert("EvalDecisionDetails".to_owned(), self.details.into());
        set(&mut shown, BOUNDARY, self.by_boundary);
        shown.into()
    }
}

const ORGANIZATIONS: (&str, &str) = ("OrganizationsDecisionDetail", "AllowedByOrganizations");
const BOUNDARY: (&str, &str) = ("PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary");

fn set(shown: &mut Map<String, Value>, (detail, field): (&str, &str), allowed: Option<bool>) {
    if let Some(allowed) = allowed {
        shown.insert(detail.to_owned(), json!({ field: allowed }));
    }
}

/// The result of an action.
pub(super) fn result(catalog: &Catalog, action: &str, each: Vec<ResourceResult>, are_named: bool) -> Value {
    let strictest = each.iter().map(|one| one.decision).max_by_key(|one| weight(*one));
    let strictest = strictest.unwrap_or(Decision::ImplicitDeny);
    let deciding = each.iter().filter(|one| one.decision == strictest);
    let mut shown = Map::with_capacity(9);
    shown.insert("EvalActionName".to_owned(), action.into());
    shown.insert("EvalResourceName".to_owned(), template(catalog, action, &each).into());
    shown.insert("EvalDecision".to_owned(), strictest.as_str().into());
    shown.insert("MatchedStatements".to_owned(), distinct(deciding.flat_map(|one| &one.matched)));
    shown.insert("MissingContextValues".to_owned(), distinct(each.iter().flat_map(|one| &one.missing)));
    let all = |of: fn(&ResourceResult) -> Option<bool>| each.iter().filter_map(of).reduce(|a, b| a && b);
    set(&mut shown, ORGANIZATIONS, all(|one| one.by_organizations));
    set(&mut shown, BOUNDARY, all(|one| one.by_boundary));
    if are_named {
        shown.insert("EvalDecisionDetails".to_owned(), strictest_details(&each).into());
        let each = each.into_iter().map(ResourceResult::shown);
        shown.insert("ResourceSpecificResults".to_owned(), each.collect());
    }
    shown.into()
}

fn distinct<'v>(all: impl Iterator<Item = &'v Value>) -> Value {
    let mut found: Vec<Value> = Vec::new();
    for one in all {
        if !found.contains(one) {
            found.push(one.clone());
        }
    }
    found.into()
}

fn weight(decision: Decision) -> u8 {
    match decision {
        Decision::Allowed => 0,
        Decision::ImplicitDeny => 1,
        Decision::ExplicitDeny => 2,
    }
}

/// The format of the ARNs that the action works on; of several types that of the first resource, else the plainest.
fn template(catalog: &Catalog, action: &str, each: &[ResourceResult]) -> String {
    let Some(facts) = catalog.action(action) else { return "*".to_owned() };
    let named = each.iter().find_map(|one| facts.resource_type_of(&one.resource));
    let format = |one: ResourceTypeFacts<'_>| one.arn_formats().next().map(str::to_owned);
    let all = || {
        facts.resource_types().filter_map(|used| Some((!used.is_required(), format(used.resource_type())?)))
    };
    let plainest = || all().min_by_key(|(is_optional, format)| (*is_optional, format.len()));
    named.and_then(format).or_else(|| Some(plainest()?.1)).unwrap_or_else(|| "*".to_owned())
}

/// A statement that decided, with its place in its policy: the end is behind its last character.
fn statement(asked: &Asked<'_>, because: &Because) -> Option<Value> {
    let at = because.at.filter(|at| SHOWN.contains(&at.layer))?;
    let policy = asked.request.statement(at)?.policy.policy();
    let span = asked.place(at, Token::Statement)?.span;
    let kind = if at.layer == Layer::ResourceBased { "resource" } else { "IAM Policy" };
    Some(json!({
        "SourcePolicyId": because.policy,
        "SourcePolicyType": kind,
        "StartPosition": position(policy, span.start),
        "EndPosition": position(policy, span.end),
    }))
}

/// Line and column, counted from where the policy begins where something else, such as a script, holds it.
fn position(policy: &Policy, offset: u32) -> Value {
    let (source, start) = (policy.source(), policy.document().start);
    let is_alone = source.slice(Span::new(0, start)).trim().is_empty();
    let from = source.line_column(if is_alone { 0 } else { start });
    let at = source.line_column(offset);
    let column = if at.line == from.line { at.column + 1 - from.column } else { at.column };
    json!({"Line": at.line + 1 - from.line, "Column": column})
}

/// What each type of policy decides of a call across accounts; nothing where an SCP ends the simulation.
fn details(asked: &Asked<'_>, answer: &Answer) -> Map<String, Value> {
    let request = &asked.request;
    let crosses = request.owner.zip(request.caller.account).is_some_and(|(owner, own)| owner != own);
    let by_scp = answer.layers.iter().any(|(layer, by)| *layer == Layer::ServiceControl && !by.is_allowed());
    let told = [Layer::IdentityBased, Layer::ResourceBased, Layer::PermissionsBoundary];
    let layers = answer.layers.iter().filter(|(layer, _)| crosses && !by_scp && told.contains(layer));
    layers.map(|(layer, by)| (layer.noun().to_owned(), by.as_str().into())).collect()
}

/// The strictest decision of each type of policy.
fn strictest_details(each: &[ResourceResult]) -> Map<String, Value> {
    const STRICT: [&str; 3] = ["allowed", "implicitDeny", "explicitDeny"];
    let mut found = Map::new();
    let strictness = |value: &Value| STRICT.iter().position(|word| value == word);
    for (layer, decision) in each.iter().flat_map(|one| &one.details) {
        let known = found.entry(layer.clone()).or_insert_with(|| decision.clone());
        if strictness(decision) > strictness(known) {
            known.clone_from(decision);
        }
    }
    found
}

fn decision(verdict: Verdict) -> Decision {
    match verdict {
        Verdict::Allowed => Decision::Allowed,
        Verdict::ExplicitDeny => Decision::ExplicitDeny,
        Verdict::ImplicitDeny | Verdict::Depends => Decision::ImplicitDeny,
    }
}
