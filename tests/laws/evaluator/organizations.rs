//! Several organizations: whose SCPs, RCPs and keys a request meets (C.1, C.4, D4, D6, D7, D18).

use serde_json::{Value, json};

use super::asked::Asked;

/// The request with the policies and keys that organizations bring, as if they had been given with it.
pub(crate) fn with_organizations(request: &Value, organizations: &[Value], now: i64) -> Value {
    let asked = Asked::read(request, now);
    let of = |account: &Option<String>| {
        let account = account.clone()?;
        let own = organizations.iter().find(|one| one["places"].get(&account).is_some())?;
        Some((own, account))
    };
    let mut given = request.clone();
    if let Some((own, account)) = of(&asked.account) {
        fill(&mut given, "aws:PrincipalOrgID", &own["id"]);
        fill(&mut given, "aws:PrincipalOrgPaths", &json!([own["paths"][&account]]));
        give(&mut given, "scp", own, &account);
    }
    if let Some((own, account)) = of(&asked.owner) {
        fill(&mut given, "aws:ResourceOrgID", &own["id"]);
        give(&mut given, "rcp", own, &account);
    }
    given
}

/// I24, D48: whether the state of the caller's or the owner's account refuses whatever is asked.
pub(crate) fn is_refused_by_state(request: &Value, states: &Value, now: i64) -> bool {
    let asked = Asked::read(request, now);
    let refuses =
        |id: &str| ["pending-activation", "suspended", "closed"].iter().any(|state| states[id] == *state);
    [&asked.account, &asked.owner].into_iter().flatten().any(|id| refuses(id))
}

/// D4, D6, D7: the policies of every level from the root to the account, which the management account is spared.
fn give(request: &mut Value, layer: &str, organization: &Value, account: &str) {
    if organization["management"] == account {
        return;
    }
    // A51: what has no policy of its own has FullAWSAccess.
    let full =
        json!([{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]);
    let full = if layer == "scp" { full } else { json!([]) };
    let at = |place: &str| organization[layer].get(place).unwrap_or(&full).clone();
    let mut levels = vec![at("")];
    if organization["places"][account] == "Prod" {
        levels.push(at("Prod"));
    }
    levels.push(full.clone());
    request["policies"][layer] = json!(levels);
}

/// A key that the request says nothing of.
pub(crate) fn fill(request: &mut Value, name: &str, value: &Value) {
    let context = request["context"].as_object_mut().expect("a context");
    if !context.keys().any(|key| key.eq_ignore_ascii_case(name)) {
        context.insert(name.to_owned(), value.clone());
    }
}
