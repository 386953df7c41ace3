//! Verdicts without the way to them.

use super::answer::Verdict;
use crate::eval::authorize;
use crate::trace::Decision;
use crate::world::Prepared;

/// The verdict of a question where the way to it need not be looked at: nothing where it could be `depends`, or where
/// something above the resource decides, too (D44).
pub fn plain_verdict(prepared: &Prepared<'_>) -> Option<Verdict> {
    let (request, settings) = (&prepared.request, prepared.settings());
    if prepared.may_be_gated || settings.strict || settings.strict_context || request.resource_is_unread {
        return None;
    }
    let decision = authorize(prepared, &mut ());
    let is_known =
        || request.is_complete || prepared.unknown_policy().is_none() && !prepared.caller.is_stranger;
    let is_plain = match decision {
        Decision::Allowed => prepared.ancestors().is_empty(),
        Decision::ImplicitDeny => is_known(),
        Decision::ExplicitDeny => true,
    };
    is_plain.then(|| decision.into())
}
