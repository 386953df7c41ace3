//! Which requests are alike, and of which more has to be asked than the policies say.

use crate::compile::Test;
use crate::eval;
use crate::facts::{not_offered_across_accounts, rule};
use crate::reason::difference::Caveat;
use crate::reason::two_versions::{KnownOfCaller, is_open};
use crate::trace::{StatementAt, StatementView};
use crate::world::{Prepared, Presence};

/// What tells classes of requests apart: the statements that cover the action, and whether their conditions hold, or
/// whether the request carries their keys where it may have any value (D44).
pub(super) type RequestSignature = (Vec<(StatementAt, Vec<bool>)>, Option<usize>, bool);

/// Actions are alike under which the same statements stand, and that other accounts may ask for or not; one that another
/// gate may concern stands alone.
pub(super) fn signature(request: &Prepared<'_>, number: usize, is_open: bool) -> RequestSignature {
    let holds = |view: &StatementView<'_>| {
        let presence = |test: &Test| request.presence(test.hash, test.key(view.policy));
        let mut tests = view.policy.tests(view.statement).iter();
        tests.all(|test| eval::holds_for(request, view.policy, test, presence(test).values()))
    };
    let is_it = |view: &StatementView<'_>| if is_open { carries(request, view) } else { vec![holds(view)] };
    let statements = request.covering().map(|view| (view.at, is_it(&view))).collect();
    let is_alone = request.may_be_gated_otherwise() || request.unknown_policy().is_some();
    (statements, is_alone.then_some(number), is_refused_across_accounts(request))
}

/// D14a.
fn is_refused_across_accounts(request: &Prepared<'_>) -> bool {
    let (service, name) = (request.action.service(), request.action.name());
    request.is_cross_account() && not_offered_across_accounts(service, name).is_some()
}

fn carries(request: &Prepared<'_>, view: &StatementView<'_>) -> Vec<bool> {
    let tests = view.policy.tests(view.statement).iter();
    tests.map(|test| request.resource_carries(test.key(view.policy))).collect()
}

/// Whether the name that is asked for is not the one that the question has: of the key behind an alias, of the bucket
/// behind an access point (D45).
pub(super) fn is_asked_otherwise(request: &Prepared<'_>, name: &str) -> bool {
    let mut levels = request.layers().flat_map(|layer| request.levels(layer));
    request.arn().is_none_or(|arn| arn.text() != name) || levels.any(|level| level.resource.is_some())
}

/// Whether strict modes would say that it depends on a key that nobody gave.
pub(super) fn hangs_strictly(request: &Prepared<'_>) -> bool {
    let settings = request.settings();
    let is_open = |view: StatementView<'_>| {
        let mut tests = view.policy.tests(view.statement).iter();
        tests
            .any(|test| request.presence_or_not_given(test.hash, test.key(view.policy)) == Presence::NotGiven)
    };
    (settings.strict || settings.strict_context) && request.covering().any(is_open)
}

/// Policy variables whose keys may have any value are taken as they are: absent, or what the caller has.
pub(super) fn open_variable(request: &Prepared<'_>) -> Option<Caveat> {
    let mut found = None;
    for view in request.covering() {
        let mut visit = |_: u64, key: &str| {
            if is_open(request, key, KnownOfCaller::OfWorld) {
                found = Some(key.to_owned());
            }
        };
        view.policy.resource_variables(view.statement, &mut visit);
        let tests = view.policy.tests(view.statement).iter();
        tests.for_each(|test| view.policy.test_variables(test, &mut visit));
    }
    let why = format!("`${{{}}}` was taken as it is where nobody gives it (A49)", found?);
    Some(Caveat { rule: Some(const { rule("A49") }), why })
}
