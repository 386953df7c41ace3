//! A second evaluator, written from the rules alone: slow, plain, without index, on the JSON of a batch request.
//!
//! INVARIANT: it shares nothing with the engine but the rules, so that a mistake has to be made twice to hide.
//!
//! Read first: [`decide`].

mod asked;
mod combine;
mod condition;
mod endpoints;
mod gates;
mod held;
mod listed;
mod members;
mod organizations;
mod pattern;
mod principal;
mod statement;
mod tags;

use serde_json::Value;

use asked::{Asked, Kind};
use combine::Said;

pub(crate) use endpoints::with_endpoint;
pub(crate) use held::with_policies_of_holders;
pub(crate) use listed::{idle, must_be_listed};
pub(crate) use members::with_delegation;
pub(crate) use organizations::{is_refused_by_state, with_organizations};
pub(crate) use tags::with_tags;

/// Decides a request of a batch: `allowed`, `explicitDeny` or `implicitDeny`. `now` is in epoch seconds.
pub(crate) fn decide(request: &Value, now: i64) -> &'static str {
    let resource = request["resource"].as_str().unwrap_or_default();
    let mut decision = decide_alone(request, now);
    for ancestor in ancestors(resource) {
        if decision == "allowed" {
            let mut above = request.clone();
            above["resource"] = ancestor.into();
            decision = decide_alone(&above, now);
        }
    }
    decision
}

/// D44: a call on a table of Glue is authorized on its database and its catalog, too.
fn ancestors(resource: &str) -> Vec<String> {
    let is_glue = resource.split(':').nth(2) == Some("glue");
    let Some((front, table)) = resource.split_once(":table/").filter(|_| is_glue) else { return Vec::new() };
    let database = table.rsplit_once('/').map_or("", |(database, _)| database);
    vec![format!("{front}:database/{database}"), format!("{front}:catalog")]
}

fn decide_alone(request: &Value, now: i64) -> &'static str {
    let asked = Asked::read(request, now);
    if let Some(decision) = before(&asked) {
        return decision;
    }
    let said = Said::by_all(&asked);
    if said.denied {
        return "explicitDeny"; // D.3-3
    }
    if gates::refuse(&asked) || !said.allows(&asked) {
        return "implicitDeny";
    }
    "allowed"
}

/// D.3-1: what no policy decides.
fn before(asked: &Asked) -> Option<&'static str> {
    let (service, name) = asked.action.split_once(':')?;
    let sts = service == "sts";
    if sts && asked.kind == Kind::Anonymous {
        return (!name.starts_with("AssumeRoleWith")).then_some("implicitDeny"); // D32, D39
    }
    let cannot = match asked.kind {
        Kind::RoleSession => sts && ["GetSessionToken", "GetFederationToken"].contains(&name),
        Kind::Federated => service == "iam" || (sts && name != "GetCallerIdentity"),
        Kind::Root => sts && ["AssumeRole", "AssumeRoot"].contains(&name),
        Kind::AssumedRoot => sts && name != "GetCallerIdentity",
        _ => false,
    }; // D.10
    if cannot {
        return Some("implicitDeny");
    }
    let signed = asked.account.is_some();
    if signed && sts && ["GetCallerIdentity", "GetSessionToken"].contains(&name) {
        return Some("allowed"); // D29, D30
    }
    let partition = asked.resource.split(':').nth(1).unwrap_or("aws");
    (signed && partition != "aws").then_some("implicitDeny")
}
