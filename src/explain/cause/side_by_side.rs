//! A statement that nearly applies and the request, side by side.

use super::super::headline::few;
use super::super::label_words::said;
use super::super::near_miss::{Hint, NearMiss};
use super::super::test_words;
use crate::question::Asked;
use crate::trace::{ConditionMismatch, Mismatch, StatementView};
use crate::world::Presence;

/// What the policy has and what the request has, which do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBySide {
    /// What the policy has.
    pub policy: String,
    /// What the request has.
    pub request: String,
    /// How many characters both begin with; absent where that says nothing.
    pub same: Option<usize>,
    /// What to know about it: `only upper and lower case differ`.
    pub note: Option<String>,
}

impl Asked<'_> {
    /// The element of a near miss beside what the request has for it; nothing where there is no such value.
    pub(super) fn comparison(&self, miss: &NearMiss) -> Option<SideBySide> {
        let view = self.request.statement(miss.at)?;
        let (policy, request, is_one) = self.sides(view, &miss.mismatch)?;
        let same = is_one.then(|| first_difference(&policy, &request)).flatten();
        let note = match &miss.hint {
            Some(Hint::LetterCase { .. }) => Some("only upper and lower case differ".to_owned()),
            hint => hint.as_ref().map(ToString::to_string),
        };
        Some(SideBySide { policy, request, same, note })
    }

    /// Both sides, and whether they are two values of one kind.
    fn sides(&self, view: StatementView<'_>, mismatch: &Mismatch) -> Option<(String, String, bool)> {
        let actions = || view.policy.actions(view.statement).iter().map(|p| p.text(view.policy));
        let resources = || view.policy.resources(view.statement).iter().map(|p| p.text(view.policy));
        let principals = || view.policy.principals(view.statement).iter().map(|p| p.text(view.policy));
        let action = self.request.action.text().to_owned();
        let resource = self.resource_at(view);
        Some(match *mismatch {
            Mismatch::Action => (few(actions()), action, actions().count() == 1),
            Mismatch::NotAction(_) => (format!("every action except {}", few(actions())), action, false),
            Mismatch::Resource { nearest, .. } | Mismatch::Unresolved(nearest) => {
                (resources().nth(nearest as usize)?.to_owned(), resource, true)
            }
            Mismatch::OnlyStar(i) => (resources().nth(i as usize)?.to_owned(), "*".to_owned(), false),
            Mismatch::NotResource(_) => {
                (format!("every resource except {}", few(resources())), resource, false)
            }
            Mismatch::Principal => (few(principals()), self.as_named(), principals().count() == 1),
            Mismatch::NotPrincipal => {
                (format!("everybody except {}", few(principals())), self.as_named(), false)
            }
            Mismatch::Condition { test, why } => self.condition_sides(view, test, why)?,
            Mismatch::NotCovered | Mismatch::NoPrincipal | Mismatch::RootOverride => return None,
        })
    }

    fn condition_sides(
        &self,
        view: StatementView<'_>,
        number: u32,
        why: ConditionMismatch,
    ) -> Option<(String, String, bool)> {
        let test = view.policy.tests(view.statement).get(number as usize)?;
        let key = test.key(view.policy);
        let wanted = self.in_words(view, number, test_words::fact);
        let has = match (why, self.request.presence(test.hash, key)) {
            (ConditionMismatch::NotGiven, _) => format!("{key} is not given"),
            (ConditionMismatch::Value | ConditionMismatch::Multivalued, Presence::Known(values)) => {
                format!("{key} is {}{}", said(values), self.assumption(key))
            }
            _ => self.has_no(key),
        };
        let set = test.operator.set.map(|set| format!(" ({})", set.as_str())).unwrap_or_default();
        Some((format!("{key} must be {wanted}{set}").replace("must be not ", "must not be "), has, false))
    }

    /// The principal as policies name it: of a session the role.
    fn as_named(&self) -> String {
        let caller = &self.request.caller;
        caller.parent_arn.as_deref().unwrap_or(&caller.arn).to_owned()
    }

    /// The resource as the policies of a level see it (D45).
    fn resource_at(&self, view: StatementView<'_>) -> String {
        let asked = || self.request.resource().text().to_owned();
        view.level.resource.as_ref().map_or_else(asked, ToString::to_string)
    }
}

/// How many characters two values begin with alike; nothing where a wildcard of the first stands before the
/// difference, for then it may be anywhere.
fn first_difference(policy: &str, request: &str) -> Option<usize> {
    let same = policy.chars().zip(request.chars()).take_while(|(a, b)| a == b).count();
    let stops_at_wildcard = policy.chars().nth(same).is_some_and(|c| matches!(c, '*' | '?' | '$'));
    let behind_wildcard = policy.chars().take(same).any(|c| matches!(c, '*' | '?'));
    (same > 0 && policy != request && !stops_at_wildcard && !behind_wildcard).then_some(same)
}
