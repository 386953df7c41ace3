//! What an answer must say beside its decision: which policies are given in vain (I28), which may govern (I2).

use serde_json::Value;

use super::asked::Asked;
use super::combine::{has_identity, rcp_binds, scp_binds};
use super::pattern::covers;
use super::statement::{action, statements};

/// The layers whose policies are given and cannot count.
pub(crate) fn idle(request: &Value, now: i64) -> Vec<&'static str> {
    let asked = Asked::read(request, now);
    let own = has_identity(&asked);
    let counts = [
        ("identity", own),
        ("permissions_boundary", own),
        ("scp", scp_binds(&asked)),
        ("rcp", rcp_binds(&asked)),
    ];
    let idle = counts.into_iter().filter(|(layer, counts)| !counts && asked.policies(layer).is_some());
    idle.map(|(layer, _)| layer).collect()
}

/// I2: whether a policy of which no rule speaks must be listed, as one that may govern: it is of the service, account
/// and Region of the resource, stands on no sibling, and a pattern of it covers the resource, a bare `*` only from above.
pub(crate) fn must_be_listed(arn: &str, policy: &Value, request: &Value, now: i64) -> bool {
    let asked = Asked::read(request, now);
    let (on, of) = (arn.split(':').collect::<Vec<_>>(), asked.resource.split(':').collect::<Vec<_>>());
    let kind = |fields: &[&str]| fields[5].split('/').next().map(str::to_owned);
    let is_near = on[..5] == of[..5] && kind(&on) != kind(&of);
    let current = policy["Version"] == "2012-10-17";
    let is_below = asked.resource.starts_with(arn);
    is_near
        && statements(policy).into_iter().any(|statement| {
            let patterns = super::asked::list(&statement["Resource"]);
            let mut patterns = patterns.iter().filter(|pattern| *pattern != "*" || is_below);
            action(statement, &asked) && patterns.any(|pattern| covers(pattern, current, "resource", &asked))
        })
}
