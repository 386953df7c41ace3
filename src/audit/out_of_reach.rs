//! Requests that no context makes allowed.

use crate::eval::{could_be_allowed, covers_resource};
use crate::facts;
use crate::trace::StatementView;
use crate::world::Prepared;

/// Whether policies allow a request under no context: an Allow of the action on the resource is missing where one is needed,
/// and nothing decides but policies that are known. So it is with most principals of an organization, and looking for a
/// context costs a hundred times what this does.
pub(super) fn is_out_of_reach(request: &Prepared<'_>) -> bool {
    let covers = |view: StatementView<'_>| view.policy.has_variables() || covers_resource(request, view.at);
    !may_hang(request) && !could_be_allowed(request, covers)
}

/// Whether it is so of the action on every resource that has no policy, where the request names none.
pub(super) fn is_out_of_reach_anywhere(request: &Prepared<'_>) -> bool {
    !may_hang(request) && !could_be_allowed(request, |_| true)
}

fn may_hang(request: &Prepared<'_>) -> bool {
    let settings = request.settings();
    request.caller.is_stranger
        || request.unknown_policy().is_some()
        || request.request.resource_is_unread
        || settings.strict
        || settings.strict_context
        || hangs_on_other_policies(request)
        || may_need_no_permission(request)
}

/// Whether it hangs on keys which policy of an endpoint (D12) or of a network decides.
fn hangs_on_other_policies(request: &Prepared<'_>) -> bool {
    request.endpoint.is_some() || request.action.is_of("vpc-lattice-svcs")
}

/// Whether it may be allowed without an Allow, if no policy denies it (D29, D46, E.4, I6).
fn may_need_no_permission(request: &Prepared<'_>) -> bool {
    let (service, name) = (request.action.service(), request.action.name());
    request.task.is_some()
        || facts::needs_no_permission(service, name).is_some()
        || facts::is_own_password_action(service, name)
        || facts::is_open_without_policy(service, name)
}
