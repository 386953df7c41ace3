//! `simulate-principal-policy` and the like: AWS's questions about policies, answered by the one engine.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal};
use super::IAM;
use super::simulation::{doubts, result};
use crate::names::{AccountId, Arn};
use crate::policy::{Policy, PolicyType, TextPart, parts};
use crate::question::{Assumptions, Question};
use crate::session::{Outcome, Part, find_principal};
use crate::world::{
    Change, ContextEntry, ContextValue, Document, Entity, GivenPolicies, Level, NamedDocument, Principal,
    PrincipalKind, World, WorldError,
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

/// Who calls, and with which policies: `--caller-arn` names a user that calls with the policies asked about.
fn called_by(
    call: &Call<'_>,
    world: &World,
    source: Principal,
) -> Result<(Principal, GivenPolicies), Refusal> {
    let Some(arn) = call.option("caller-arn").filter(|arn| *arn != source.arn()) else {
        return Ok((source, GivenPolicies::default()));
    };
    let user = Principal::parse_arn(arn).filter(|who| matches!(who.kind, PrincipalKind::User { .. }));
    let Some(user) = user else {
        let what = format!("`{arn}` is not the ARN of an IAM user, which alone can be the caller");
        return Err(Refusal::Error("InvalidInput", WorldError::new("bad-caller", arn, what)));
    };
    let caller = world.caller(&source, &GivenPolicies::default());
    let identity = Some(caller.identity.as_ref().map(given_again).unwrap_or_default());
    let permissions_boundary = caller.boundary.as_ref().map(given_again);
    Ok((user, GivenPolicies { identity, permissions_boundary, ..GivenPolicies::default() }))
}

/// The policies of a level, to be given to somebody else.
fn given_again(level: &Level) -> Vec<NamedDocument> {
    let all = level.origins.iter().zip(level.set.policies());
    let good = all.map(|(origin, policy)| NamedDocument {
        name: origin.name.clone(),
        document: Document::Good(Arc::clone(policy)),
    });
    let lost = level.incomplete.iter();
    let lost = lost.map(|name| NamedDocument { name: name.clone(), document: Document::Missing });
    good.chain(lost).collect()
}

/// Asks each action on each resource.
fn simulated(call: &Call<'_>, world: &World, source: Principal) -> Result<Outcome, Refusal> {
    let (principal, policies) = called_by(call, world, source)?;
    let assumptions = assumptions(call, policies)?;
    check_handling(call)?;
    let resources: Vec<&str> = call.list("resource-arns").collect();
    let resources = if resources.is_empty() { vec!["*"] } else { resources };
    let (mut results, mut notes) = (Vec::new(), BTreeSet::new());
    for action in call.list("action-names") {
        for resource in &resources {
            let question =
                Question::new(principal.clone(), action).on(*resource).assuming(assumptions.clone());
            let answer = question.ask(world)?.explain_briefly().answer;
            notes.extend(doubts(action, resource, &answer, call.has("resource-policy")));
            results.push(result(action, resource, &answer));
        }
    }
    let shown = json!({"EvaluationResults": results, "IsTruncated": false});
    Ok(notes.into_iter().fold(Outcome::of(Part::Json(shown)), Outcome::note))
}

fn assumptions(call: &Call<'_>, of_source: GivenPolicies) -> Result<Assumptions, Refusal> {
    let boundary = call.has("permissions-boundary-policy-input-list");
    let boundary = boundary.then(|| documents(call, "permissions-boundary-policy-input-list")).transpose()?;
    let resource =
        call.has("resource-policy").then(|| call.document("resource-policy", PolicyType::ResourceBased));
    let named = |document: Document| NamedDocument { name: "ResourcePolicy".into(), document };
    let resource = resource.transpose()?.map(named);
    let permissions_boundary = boundary.or(of_source.permissions_boundary.clone());
    let policies = GivenPolicies { permissions_boundary, resource, ..of_source };
    let owner = call.option("resource-owner").map(owner).transpose()?;
    let (context, now) = (entries(call)?, call.now);
    Ok(Assumptions {
        context,
        policies: policies.into(),
        resource_account: owner,
        now,
        ..Assumptions::default()
    })
}

/// An account by its id, or by the ARN of its root user.
fn owner(word: &str) -> Result<AccountId, Refusal> {
    let id = Arn::parse(word).and_then(|arn| arn.account_id());
    id.or_else(|| AccountId::parse(word))
        .ok_or_else(|| Refusal::Error("InvalidInput", WorldError::bad_account_id(word)))
}

/// The scenarios of ec2:RunInstances that AWS knows; which resources a launch needs is asked for one by one here.
fn check_handling(call: &Call<'_>) -> Result<(), Refusal> {
    const KNOWN: [&str; 6] = [
        "EC2-Classic-InstanceStore", "EC2-Classic-EBS", "EC2-VPC-InstanceStore",
        "EC2-VPC-InstanceStore-Subnet", "EC2-VPC-EBS", "EC2-VPC-EBS-Subnet",
    ];
    let unknown = call.option("resource-handling-option").filter(|word| !KNOWN.contains(word));
    unknown.map_or(Ok(()), |word| {
        let error = WorldError::new("unknown-handling", word, format!("`{word}` is no scenario of AWS's"));
        Err(Refusal::Error("InvalidInput", error.suggest(KNOWN)))
    })
}

/// The types of context values, each also as a list.
const CONTEXT_TYPES: [&str; 7] = ["string", "numeric", "boolean", "ip", "binary", "date", ""];

/// AWS takes no entry without a name, nor one of another type.
fn check_entry(key: &str, kind: &str) -> Result<(), Refusal> {
    if key.is_empty() {
        let what = "an entry is given as `ContextKeyName=…,ContextKeyValues=…,ContextKeyType=string`";
        return Err(Refusal::Error("ValidationError", WorldError::new("bad-entry", "", what)));
    }
    if CONTEXT_TYPES.contains(&kind.strip_suffix("List").unwrap_or(kind)) {
        return Ok(());
    }
    let what = format!("`{kind}` is no type of a context value");
    let error = WorldError::new("bad-entry", kind, what).suggest(CONTEXT_TYPES);
    Err(Refusal::Error("ValidationError", error))
}

/// `ContextKeyName=aws:SourceIp,ContextKeyValues=203.0.113.7,ContextKeyType=ip`
fn entries(call: &Call<'_>) -> Result<Vec<ContextEntry<'static>>, Refusal> {
    let mut found = Vec::new();
    for one in call.structures("context-entries")? {
        let (key, kind) = (one.text("ContextKeyName"), one.text("ContextKeyType"));
        let (key, kind) = (key.unwrap_or_default(), kind.unwrap_or_default());
        check_entry(&key, &kind)?;
        let is_list = kind.ends_with("List");
        let mut values = one.at("ContextKeyValues").into_iter().map(Cow::Owned);
        let value = if is_list {
            Some(ContextValue::Many(values.collect()))
        } else {
            values.next().map(ContextValue::One)
        };
        found.extend(value.map(|value| (Cow::Owned(key), value)));
    }
    Ok(found)
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
