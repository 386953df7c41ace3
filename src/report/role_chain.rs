//! A chain of roles that are assumed, in words and as data.

use serde_json::{Value, json};

use crate::audit::{ChainLink, RoleChain};
use crate::explain::Verdict;

/// `assumes role Deploy, then role App, when …`.
pub(super) fn chain_in_words(chain: &RoleChain) -> String {
    let roles = chain.links.iter().map(link).collect::<Vec<_>>().join(", then ");
    format!("assumes {roles}")
}

/// The ARNs of the roles, in the order in which they are assumed.
pub(super) fn roles(chain: &RoleChain) -> String {
    chain.links.iter().map(|link| link.role.as_str()).collect::<Vec<_>>().join(" ")
}

/// A role with its account where it is another one, and the condition on which it may be assumed.
fn link(link: &ChainLink) -> String {
    match link.verdict {
        Verdict::Allowed => link.name.clone(),
        _ => format!("{} ({})", link.name, link.reason),
    }
}

/// The word for somebody who comes by roles to what was asked for.
pub(super) fn chain_word(chain: &RoleChain) -> &'static str {
    let verdict = if chain.is_certain { Verdict::Allowed } else { Verdict::Depends };
    verdict.word()
}

/// `, 2 more through roles`
pub(super) fn more_through_roles(chains: Option<&Vec<RoleChain>>) -> String {
    match chains.map(Vec::len) {
        None => String::new(),
        Some(0) => ", nobody else through roles".to_owned(),
        Some(count) => format!(", {count} more through roles"),
    }
}

pub(super) fn chains_data(chains: Option<&Vec<RoleChain>>) -> Value {
    let link = |link: &ChainLink| json!({ "role": link.role, "decision": link.verdict.word(), "reason": link.reason });
    let one = |chain: &RoleChain| {
        json!({
            "principal": chain.principal.lasting_arn(),
            "account": chain.principal.account().map(|account| account.to_string()),
            "decision": chain_word(chain),
            "roles": chain.links.iter().map(link).collect::<Vec<_>>(),
            "outside": chain.is_outside,
        })
    };
    chains.map_or(Value::Null, |chains| chains.iter().map(one).collect())
}
