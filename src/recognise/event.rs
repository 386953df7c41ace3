//! An event of CloudTrail: who asked for what, and how it ended.

use super::event_request::{action_of, context_of, principal_of, resource_of, role_of};
use super::field::{at, text_at, tree_of};
use super::{Pasted, PastedForm, PastedKind, PastedOutcome, parse_message};
use crate::catalog::Catalog;
use crate::names::Instant;
use crate::syntax::json::{Cursor, Kind};

/// Whether an object is an event: it names its source and its operation.
pub(super) fn is_event(value: Cursor<'_>) -> bool {
    value.member("eventName").is_some() && value.member("eventSource").is_some()
}

/// Hands out the events of a JSON text, whatever they are wrapped in; of what is none, why.
pub fn each_event(text: &str, catalog: &Catalog, visit: &mut impl FnMut(Result<Pasted, String>)) {
    match tree_of(text) {
        Some(tree) => within(tree.root(), catalog, visit),
        None => visit(Err("text that is no JSON".to_owned())),
    }
}

fn within(value: Cursor<'_>, catalog: &Catalog, visit: &mut impl FnMut(Result<Pasted, String>)) {
    let list = ["Records", "Events"].into_iter().find_map(|name| value.member(name));
    let inner = ["CloudTrailEvent", "eventJson"].into_iter().find_map(|name| value.member(name)?.string());
    if is_event(value) {
        visit(read(value, catalog));
    } else if let Some(list) = list.filter(|list| list.kind() == Kind::Array) {
        list.items().for_each(|item| within(item, catalog, visit));
    } else if let Some(tree) = inner.and_then(|text| tree_of(&text)).filter(|tree| is_event(tree.root())) {
        visit(read(tree.root(), catalog));
    } else if let Some(detail) = value.member("detail").filter(|detail| is_event(*detail)) {
        visit(read(detail, catalog));
    } else {
        visit(Err("JSON that is no event of CloudTrail".to_owned()));
    }
}

/// Reads an event; an error says why it is no request that IAM decides.
pub(super) fn read(event: Cursor<'_>, catalog: &Catalog) -> Result<Pasted, String> {
    let source = text_at(event, &["eventSource"]).unwrap_or_default();
    let name = text_at(event, &["eventName"]).unwrap_or_default();
    if source == "signin.amazonaws.com" {
        return Err(format!(
            "an event of CloudTrail, the sign-in {name}: no policy decides it, so there is no action to ask for"
        ));
    }
    let code = text_at(event, &["errorCode"]);
    let outcome = outcome(code.as_deref());
    let message = text_at(event, &["errorMessage"]);
    // What AWS says of the request in words wins over what follows from its parameters.
    let told =
        message.filter(|_| outcome == PastedOutcome::Denied).and_then(|text| parse_message(&text, catalog));
    let mut pasted = Pasted { form: PastedForm::Event, outcome, ..told.unwrap_or_default() };
    let (action, doubt) = action_of(&source, &name, event, catalog);
    if pasted.action.is_none() {
        pasted.action = action;
        pasted.remarks.extend(doubt);
    }
    let (principal, doubt) = principal_of(event);
    pasted.principal = principal.or(pasted.principal.filter(|named| named.starts_with("arn:")));
    pasted.remarks.extend(doubt.filter(|_| pasted.principal.is_none()));
    pasted.role = role_of(event);
    if pasted.resource.is_none() {
        pasted.resource = resource_of(event, pasted.action.as_deref(), catalog);
    }
    pasted.event_id = text_at(event, &["eventID"]);
    pasted.shared_id = text_at(event, &["sharedEventID"]);
    pasted.at = time(event, &["eventTime"]);
    pasted.context = context_of(event, pasted.at);
    pasted.remarks.extend(told_beside(event, code.as_deref(), outcome));
    if outcome == PastedOutcome::Allowed {
        pasted.kind = PastedKind::None;
    }
    Ok(pasted)
}

/// How a request ended, as its code tells; without a code it was allowed.
fn outcome(code: Option<&str>) -> PastedOutcome {
    const DENIED: [&str; 5] =
        ["AccessDenied", "UnauthorizedOperation", "VpceAccessDenied", "NotAuthorized", "AuthorizationError"];
    match code {
        None | Some("Client.DryRunOperation") => PastedOutcome::Allowed,
        Some(code) if DENIED.iter().any(|denied| code.contains(denied)) => PastedOutcome::Denied,
        Some(_) => PastedOutcome::Untold,
    }
}

/// What else has to be known of an event.
fn told_beside(event: Cursor<'_>, code: Option<&str>, outcome: PastedOutcome) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(code) = code.filter(|_| outcome == PastedOutcome::Untold) {
        told.push(format!("{code} does not tell whether a policy allowed it"));
    }
    if at(event, &["sharedEventID"]).is_some() {
        told.push("the call went from one account to another: both have an event of it".to_owned());
    }
    let hidden = "an event holds no tags of principals and resources, no policies of the session and no \
                  sts:ExternalId: they are the world's";
    told.push(hidden.to_owned());
    told
}

/// A time, also as products that store logs write it: `2024-10-17 21:48:45.000000000`.
pub(super) fn time(event: Cursor<'_>, path: &[&str]) -> Option<i64> {
    let text = text_at(event, path)?;
    let text = match text.split_once(' ') {
        Some((day, time)) => format!("{day}T{}Z", time.split('.').next().unwrap_or_default()),
        None => text,
    };
    Instant::parse(&text).map(Instant::epoch_seconds)
}
