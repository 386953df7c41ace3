//! What AWS's simulator answers, made of an answer of the engine.

use serde_json::{Value, json};

use crate::explain::{Answer, Verdict};
use crate::policy::Layer;
use crate::trace::Decision;

/// One answer in the form of AWS.
pub(super) fn result(action: &str, resource: &str, answer: &Answer) -> Value {
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
pub(super) fn doubts(action: &str, resource: &str, answer: &Answer, is_given: bool) -> Vec<String> {
    let depends = (answer.decision == Verdict::Depends).then(|| {
        format!("{action} on {resource}: it depends on what nobody gave, which AWS's form calls implicitDeny")
    });
    let gate = answer
        .gate
        .as_ref()
        .map(|gate| format!("{action} on {resource}: no policy decided, but {} ({})", gate.name, gate.rule));
    let by_resource = answer.layers.iter().any(|(layer, _)| *layer == Layer::ResourceBased);
    let resource = (by_resource && !is_given).then(|| {
        "the policy of the resource counts here; AWS's simulator knows only that of `--resource-policy`"
            .to_owned()
    });
    let warnings = answer.warnings.iter().map(|warning| warning.message.clone());
    depends.into_iter().chain(gate).chain(resource).chain(warnings).collect()
}
