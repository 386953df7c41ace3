//! An answer of IAM Toolbox, which tells policy by policy how a request was decided (preview, botocore 1.44.8).

use super::field::{at, text_at, texts_of};
use super::{Pasted, PastedForm, PastedKind, PastedOutcome};
use crate::policy::Layer;
use crate::syntax::json::Cursor;
use crate::world::{ContextEntry, ContextValue};

/// The kinds of checks, and the layers that they are about.
const CHECKS: [(&str, Layer); 7] = [
    ("SERVICE_CONTROL_POLICY", Layer::ServiceControl),
    ("RESOURCE_CONTROL_POLICY", Layer::ResourceControl),
    ("VPC_ENDPOINT", Layer::VpcEndpoint),
    ("RESOURCE", Layer::ResourceBased),
    ("PRINCIPAL", Layer::IdentityBased),
    ("PERMISSIONS_BOUNDARY", Layer::PermissionsBoundary),
    ("SESSION", Layer::Session),
];

/// Keys that say who asks: they follow from the principal.
const OF_THE_PRINCIPAL: [&str; 5] =
    ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:username"];

pub(super) fn toolbox(root: Cursor<'_>) -> Option<Pasted> {
    let all: Vec<_> = root.member("evaluations")?.items().collect();
    let effect = |value: Cursor<'_>| text_at(value, &["evaluatedEffect"]).unwrap_or_default();
    let evaluation = all.iter().find(|one| effect(**one) != "ALLOW").or(all.first()).copied()?;
    let (outcome, kind) = match effect(evaluation).as_str() {
        "ALLOW" => (PastedOutcome::Allowed, PastedKind::None),
        "EXPLICIT_DENY" => (PastedOutcome::Denied, PastedKind::Explicit),
        _ => (PastedOutcome::Denied, PastedKind::Implicit),
    };
    let decided = at(evaluation, &["checks"]).and_then(|checks| {
        checks.items().find(|check| outcome == PastedOutcome::Denied && effect(*check) == effect(evaluation))
    });
    let deciding = [decided, Some(evaluation)].into_iter().flatten().find_map(policy);
    let keys = [root.member("requestContext"), evaluation.member("context")];
    let told: Vec<_> = keys.into_iter().flatten().flat_map(|map| map.members()).collect();
    let principal = told.iter().find_map(|(key, value)| {
        key.string().filter(|key| key.eq_ignore_ascii_case("aws:PrincipalArn"))?;
        texts_of(*value).into_iter().next()
    });
    let (policy_arn, statements) = deciding.unwrap_or_default();
    Some(Pasted {
        form: PastedForm::Toolbox,
        outcome,
        principal,
        action: text_at(evaluation, &["action"]),
        resource: text_at(evaluation, &["resource"]),
        kind,
        layer: decided.and_then(layer),
        policy_arn: policy_arn.filter(|_| outcome == PastedOutcome::Denied && kind == PastedKind::Explicit),
        statements,
        context: context(&told),
        remarks: several(all.len()),
        ..Pasted::default()
    })
}

fn several(count: usize) -> Vec<String> {
    let more = format!("it tells of {count} evaluations; the first that was not allowed is explained");
    if count > 1 { vec![more] } else { Vec::new() }
}

fn layer(check: Cursor<'_>) -> Option<Layer> {
    let kind = text_at(check, &["checkType"])?;
    CHECKS.into_iter().find(|(name, _)| *name == kind).map(|(_, layer)| layer)
}

/// The ARN of the first policy with statements that applied, and their Sids.
fn policy(check: Cursor<'_>) -> Option<(Option<String>, Vec<String>)> {
    let policy = check.member("matchedPolicies")?.items().next()?;
    let statement = |item: Cursor<'_>| {
        let sid = text_at(item, &["sid"]).unwrap_or_else(|| "a statement without a Sid".to_owned());
        let effect = text_at(item, &["evaluatedEffect"]).unwrap_or_default().replace('_', " ").to_lowercase();
        if effect.is_empty() { sid } else { format!("{sid} ({effect})") }
    };
    let statements = policy.member("matchedStatements").map(|list| list.items().map(statement).collect());
    let arn = text_at(policy, &["uri"]).filter(|uri| uri.starts_with("arn:"));
    Some((arn, statements.unwrap_or_default()))
}

fn context(told: &[(Cursor<'_>, Cursor<'_>)]) -> Vec<ContextEntry<'static>> {
    let mut entries: Vec<ContextEntry<'static>> = Vec::new();
    for (key, found) in told {
        let Some((key, found)) = key.string().zip(value(texts_of(*found))) else { continue };
        let known = entries.iter().any(|(own, _)| own.eq_ignore_ascii_case(&key));
        let follows = OF_THE_PRINCIPAL.iter().any(|own| own.eq_ignore_ascii_case(&key));
        if !known && !follows && key.contains(':') {
            entries.push((key.into_owned().into(), found));
        }
    }
    entries
}

/// The value of a key: of one text, or of several.
pub(super) fn value(mut texts: Vec<String>) -> Option<ContextValue<'static>> {
    match texts.len() {
        0 => None,
        1 => texts.pop().map(|text| ContextValue::One(text.into())),
        _ => Some(ContextValue::Many(texts.into_iter().map(Into::into).collect())),
    }
}
