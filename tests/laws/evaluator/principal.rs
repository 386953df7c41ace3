//! Whom a principal element names, and how (D.1, D.8).

use serde_json::Value;

use super::asked::{Asked, Kind, list};

/// In which way a principal is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Strength {
    Session,
    User,
    Parent,
    Service,
    Provider,
    Root,
    Account,
    Any,
}

/// All strengths of a `Principal` element.
pub(crate) fn strengths(element: &Value, layer: &str, asked: &Asked) -> Vec<Strength> {
    entries(element).iter().filter_map(|(kind, value)| strength(kind, value, layer, asked)).collect()
}

fn entries(element: &Value) -> Vec<(String, String)> {
    match element {
        Value::Object(map) => {
            let pairs =
                map.iter().flat_map(|(kind, values)| list(values).into_iter().map(move |v| (kind, v)));
            pairs.map(|(kind, value)| (kind.clone(), value)).collect()
        }
        _ => vec![("AWS".to_owned(), super::asked::as_text(element))],
    }
}

fn strength(kind: &str, value: &str, layer: &str, asked: &Asked) -> Option<Strength> {
    let own = value == asked.arn;
    let account = asked.account.as_deref().filter(|id| is_account(value, id));
    match (kind, asked.kind) {
        ("AWS", _) if value == "*" => Some(Strength::Any), // A21, D3
        ("Service", Kind::Service) => own.then_some(Strength::Service),
        ("Federated", Kind::Provider) => own.then_some(Strength::Provider),
        ("AWS", Kind::OriginAccess) => own.then_some(Strength::Service), // A24a
        ("AWS", _) if account.is_some() && asked.is_root() => Some(Strength::Root),
        // A56: of a gateway endpoint the account is only its root user.
        ("AWS", _) if account.is_some() => (!is_gateway(layer, asked)).then_some(Strength::Account),
        ("AWS", Kind::User) => own.then_some(Strength::User),
        ("AWS", Kind::RoleSession | Kind::Federated) if own => Some(Strength::Session),
        ("AWS", Kind::RoleSession | Kind::Federated) => {
            (asked.parent.as_deref() == Some(value)).then_some(Strength::Parent)
        }
        _ => None,
    }
}

fn is_gateway(layer: &str, asked: &Asked) -> bool {
    layer == "vpc_endpoint" && ["s3", "dynamodb"].iter().any(|s| asked.action.starts_with(&format!("{s}:")))
}

/// A22.
fn is_account(value: &str, id: &str) -> bool {
    value == id || value == format!("arn:aws:iam::{id}:root")
}

/// D26–D28: whether `NotPrincipal` leaves the principal out.
pub(crate) fn spares(element: &Value, asked: &Asked) -> bool {
    let listed = entries(element);
    if listed.iter().any(|(kind, value)| kind == "AWS" && value == "*") {
        return true; // A34
    }
    let has = |kind: &str, value: &str| listed.iter().any(|(k, v)| k == kind && v == value);
    let account = || {
        asked
            .account
            .as_ref()
            .is_some_and(|id| listed.iter().any(|(kind, value)| kind == "AWS" && is_account(value, id)))
    };
    let own = || has("AWS", &asked.arn);
    let parent = || asked.parent.as_ref().is_some_and(|parent| has("AWS", parent));
    match asked.kind {
        Kind::Root | Kind::AssumedRoot => account(),
        Kind::User => account() && own(),
        Kind::RoleSession => account() && parent() && own(),
        Kind::Federated => account() && own(),
        Kind::Service => has("Service", &asked.arn),
        Kind::Provider => has("Federated", &asked.arn),
        Kind::OriginAccess => own(),
        Kind::Anonymous => false,
    }
}
