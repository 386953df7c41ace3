//! `simulate-principal-policy` and the like: AWS's questions about policies, answered by the one engine.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal};
use super::IAM;
use crate::explain::{Answer, Verdict};
use crate::names::AccountId;
use crate::policy::{Layer, Policy, PolicyType, TextPart, parts};
use crate::question::{Assumptions, Question};
use crate::session::{Outcome, Part, find_principal};
use crate::trace::Decision;
use crate::world::{
    Change, ContextEntry, ContextValue, Document, Entity, GivenPolicies, NamedDocument, Principal, World,
    WorldError,
};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("simulate-principal-policy", "--policy-source-arn ARN --action-names ACTION... [--resource-arns ARN...] [--context-entries ENTRY...] [--policy-input-list DOCUMENT...] [--permissions-boundary-policy-input-list DOCUMENT...] [--resource-policy DOCUMENT] [--resource-owner ACCOUNT] [--caller-arn ARN] | resource-handling-option", "tells what the policies of a user, group or role allow", of_principal),
    IAM.row("simulate-custom-policy", "--policy-input-list DOCUMENT... --action-names ACTION... [--resource-arns ARN...] [--context-entries ENTRY...] [--permissions-boundary-policy-input-list DOCUMENT...] [--resource-policy DOCUMENT] [--resource-owner ACCOUNT] [--caller-arn ARN] | resource-handling-option", "tells what policies would allow", of_documents),
    IAM.row("get-context-keys-for-principal-policy", "--policy-source-arn ARN [--policy-input-list DOCUMENT...]", "lists the condition keys that the policies of a user, group or role read", keys_of_principal),
    IAM.row("get-context-keys-for-custom-policy", "--policy-input-list DOCUMENT...", "lists the condition keys that policies read", keys_of_documents),
];

fn of_principal<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.word("policy-source-arn")).then(move |_| {
        let (mut world, principal) = source(call)?;
        add(&mut world, &principal, documents(call, "policy-input-list")?)?;
        simulated(call, &world, principal)
    })
}

fn of_documents<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").then(move |_| {
        let (mut world, principal) = stand_in(call, &[])?;
        add(&mut world, &principal, documents(call, "policy-input-list")?)?;
        simulated(call, &world, principal)
    })
}

fn keys_of_principal<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.word("policy-source-arn")).show(move |_| {
        let (mut world, principal) = source(call)?;
        add(&mut world, &principal, documents(call, "policy-input-list")?)?;
        Ok(keys(&world, &principal))
    })
}

fn keys_of_documents<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let (mut world, principal) = stand_in(call, &[])?;
        add(&mut world, &principal, documents(call, "policy-input-list")?)?;
        Ok(keys(&world, &principal))
    })
}

/// The user or role whose policies are asked about; for a group a member that has no others.
fn source(call: &Call<'_>) -> Result<(World, Principal), Refusal> {
    let arn = call.word("policy-source-arn");
    let named = call.own()?.identities().find(|one| one.arn(call.account) == arn);
    let Some(named) = named else {
        let what = format!("there is no user, group or role `{arn}`");
        return Err(Refusal::Error("NoSuchEntity", WorldError::new("unknown-principal", arn, what)));
    };
    match named.kind {
        "group" => stand_in(call, &[named.name.into()]),
        _ => Ok((call.world.clone(), find_principal(call.world, Some(call.account), arn)?)),
    }
}

/// A world with a user that has nothing but its groups.
fn stand_in(call: &Call<'_>, groups: &[Box<str>]) -> Result<(World, Principal), Refusal> {
    let (mut world, account) = (call.world.clone(), call.account);
    let taken = |name: &String| call.own().is_ok_and(|own| own.user(name).is_some());
    let name =
        (0..).map(|number| format!("simulated-{number}")).find(|name| !taken(name)).unwrap_or_default();
    let user: Box<str> = name.into();
    let (path, tags) = ("/".into(), crate::world::Tags::new());
    world.apply(Change::CreateUser { account, name: user.clone(), path, tags, id: None })?;
    for group in groups {
        world.apply(Change::AddToGroup { account, user: user.clone(), group: group.clone() })?;
    }
    let principal = find_principal(&world, Some(account), &format!("arn:aws:iam::{account}:user/{user}"))?;
    Ok((world, principal))
}

/// Adds documents to the policies of a principal.
fn add(world: &mut World, principal: &Principal, documents: Vec<NamedDocument>) -> Result<(), Refusal> {
    let Some(account) = principal.account() else { return Ok(()) };
    let name = principal.arn().rsplit('/').next().unwrap_or_default().into();
    let on = match principal.role_arn() {
        Some(role) => Entity::Role(role.rsplit('/').next().unwrap_or_default().into()),
        None => Entity::User(name),
    };
    for NamedDocument { name, document } in documents {
        world.apply(Change::PutInline { account, on: on.clone(), name, document })?;
    }
    Ok(())
}

/// The documents of an option, named as AWS names them.
fn documents(call: &Call<'_>, option: &str) -> Result<Vec<NamedDocument>, Refusal> {
    let all = call.given.all(option).unwrap_or_default().iter().zip(1..);
    let name =
        if option == "policy-input-list" { "PolicyInputList" } else { "PermissionsBoundaryPolicyInputList" };
    let one = |(value, number)| {
        let document = call.document_in(value, PolicyType::IdentityBased)?;
        Ok(NamedDocument { name: format!("{name}.{number}").into(), document })
    };
    all.map(one).collect()
}

/// Asks each action on each resource.
fn simulated(call: &Call<'_>, world: &World, principal: Principal) -> Result<Outcome, Refusal> {
    let assumptions = assumptions(call)?;
    let principal = match call.option("caller-arn") {
        Some(arn) if call.has("policy-source-arn") && arn != principal.arn() => {
            return Err(WorldError::new(
                "not-modelled",
                arn,
                "another caller than the source is not modelled",
            )
            .into());
        }
        _ => principal,
    };
    let resources: Vec<&str> = call.list("resource-arns").collect();
    let resources = if resources.is_empty() { vec!["*"] } else { resources };
    let (mut results, mut notes) = (Vec::new(), BTreeSet::new());
    for action in call.list("action-names") {
        for resource in &resources {
            let question =
                Question::new(principal.clone(), action).on(*resource).assuming(assumptions.clone());
            let answer = question.ask(world)?.explain_briefly().answer;
            notes.extend(doubts(action, resource, &answer));
            results.push(result(action, resource, &answer));
        }
    }
    let shown = json!({"EvaluationResults": results, "IsTruncated": false});
    Ok(notes.into_iter().fold(Outcome::of(Part::Json(shown)), Outcome::note))
}

fn assumptions(call: &Call<'_>) -> Result<Assumptions, Refusal> {
    let boundary = call.has("permissions-boundary-policy-input-list");
    let boundary = boundary.then(|| documents(call, "permissions-boundary-policy-input-list")).transpose()?;
    let resource =
        call.has("resource-policy").then(|| call.document("resource-policy", PolicyType::ResourceBased));
    let named = |document: Document| NamedDocument { name: "ResourcePolicy".into(), document };
    let resource = resource.transpose()?.map(named);
    let policies = GivenPolicies { permissions_boundary: boundary, resource, ..GivenPolicies::default() };
    let owner = call.option("resource-owner").map(|owner| owner.rsplit("::").next().unwrap_or(owner));
    let owner = owner.and_then(|owner| AccountId::parse(owner.get(..12)?));
    let (context, now) = (entries(call)?, call.now);
    Ok(Assumptions {
        context,
        policies: policies.into(),
        resource_account: owner,
        now,
        ..Assumptions::default()
    })
}

/// `ContextKeyName=aws:SourceIp,ContextKeyValues=203.0.113.7,ContextKeyType=ip`
fn entries(call: &Call<'_>) -> Result<Vec<ContextEntry<'static>>, Refusal> {
    let mut found = Vec::new();
    for one in call.structures("context-entries")? {
        let is_list = one.text("ContextKeyType").is_some_and(|kind| kind.ends_with("List"));
        let mut values = one.at("ContextKeyValues").into_iter().map(Cow::Owned);
        let key = one.text("ContextKeyName").unwrap_or_default();
        let value = if is_list {
            Some(ContextValue::Many(values.collect()))
        } else {
            values.next().map(ContextValue::One)
        };
        found.extend(value.map(|value| (Cow::Owned(key), value)));
    }
    Ok(found)
}

/// One answer in the form of AWS.
fn result(action: &str, resource: &str, answer: &Answer) -> Value {
    let matched = answer.because.iter().filter(|one| one.policy.is_some());
    let matched: Value = matched
        .map(|one| {
            let start = json!({"Line": one.line, "Column": one.column});
            json!({"SourcePolicyId": one.policy, "SourcePolicyType": "IAM Policy", "StartPosition": start})
        })
        .collect();
    let layer = |wanted| answer.layers.iter().find(|(layer, _)| *layer == wanted);
    let allows = |(_, decision): &(Layer, Decision)| *decision == Decision::Allowed;
    let mut shown = json!({
        "EvalActionName": action, "EvalResourceName": resource, "EvalDecision": decision(answer.decision),
        "MatchedStatements": matched, "MissingContextValues": answer.needs,
    });
    if let Some(own) = layer(Layer::ServiceControl) {
        shown["OrganizationsDecisionDetail"] = json!({"AllowedByOrganizations": allows(own)});
    }
    if let Some(own) = layer(Layer::PermissionsBoundary) {
        shown["PermissionsBoundaryDecisionDetail"] = json!({"AllowedByPermissionsBoundary": allows(own)});
    }
    shown
}

fn decision(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitDeny => "explicitDeny",
        Verdict::ImplicitDeny | Verdict::Depends => "implicitDeny",
    }
}

/// What AWS's form has no field for.
fn doubts(action: &str, resource: &str, answer: &Answer) -> Vec<String> {
    let depends = (answer.decision == Verdict::Depends).then(|| {
        format!("{action} on {resource}: it depends on what nobody gave, which AWS's form calls implicitDeny")
    });
    let gate = answer
        .gate
        .as_ref()
        .map(|gate| format!("{action} on {resource}: no policy decided, but {} ({})", gate.name, gate.rule));
    let by_resource = answer.layers.iter().any(|(layer, _)| *layer == Layer::ResourceBased);
    let resource = by_resource.then(|| {
        "the policy of the resource counts here; AWS's simulator knows only that of `--resource-policy`"
            .to_owned()
    });
    let warnings = answer.warnings.iter().map(|warning| warning.message.clone());
    depends.into_iter().chain(gate).chain(resource).chain(warnings).collect()
}

/// The condition keys that the policies of a principal read, in tests and variables.
fn keys(world: &World, principal: &Principal) -> Value {
    let caller = world.caller(principal, &GivenPolicies::default());
    let policies = caller.identity.iter().flat_map(|level| level.set.policies());
    let mut found: BTreeSet<String> = BTreeSet::new();
    policies.for_each(|compiled| found.extend(read_by(compiled.policy())));
    json!({"ContextKeyNames": found})
}

fn read_by(policy: &Policy) -> Vec<String> {
    let tests = policy.statements().iter().flat_map(|statement| &statement.condition);
    let keys = tests.map(|test| policy.text(&test.key).into_owned());
    let text = policy.source().slice(policy.document());
    let variables = parts(text).filter_map(|part| match part {
        TextPart::Variable { key, .. } => Some(key.to_owned()),
        _ => None,
    });
    keys.chain(variables).collect()
}
