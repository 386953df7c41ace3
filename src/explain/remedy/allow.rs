//! What could make a level of a layer allow a request.

use super::super::near_miss::nearest;
use super::super::{Hint, NearMiss, PrincipalHint};
use super::context::tests;
use super::edit::Takes;
use super::proposal::Proposal;
use crate::catalog::ActionFacts;
use crate::facts::{self, KeySetter};
use crate::policy::{Effect, Layer, PolicyType, Token};
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::trace::{Mismatch, StatementView};
use crate::world::PrincipalKind;

impl Asked<'_> {
    /// What could make a level of a layer allow the request, the smallest change first.
    pub(super) fn allowing_changes(&self, layer: Layer, level: u8) -> Vec<Proposal> {
        let near = nearest(self, [layer].into_iter(), Effect::Allow);
        let near: Vec<NearMiss> = near.into_iter().filter(|miss| miss.at.level == level).collect();
        let everyday = layer == Layer::IdentityBased;
        let mut found: Vec<Proposal> = near.iter().flat_map(|miss| self.mended(miss)).collect();
        if everyday {
            found.extend(self.roles().into_iter().chain(self.groups()));
        }
        let joined = near.first().filter(|_| everyday).and_then(|miss| self.joined(miss));
        let is_kin = near.first().is_some_and(|miss| self.is_of_their_kind(miss));
        let (first, second) = if is_kin { (joined, None) } else { (None, joined) };
        found.extend(first);
        let more = self.one_more_statement(layer, level, near.first());
        if near.first().is_some_and(|miss| self.is_asked_within(miss)) {
            // The statement that comes near would open it for all that it names; this asks for one thing.
            let calls = found.iter().take_while(|proposal| proposal.edit.layer.is_none()).count();
            found.splice(calls..calls, more);
            return found;
        }
        // A statement for just this is narrower than a pattern with a wildcard; but it must not go around a
        // condition that somebody has set.
        let narrower = near
            .first()
            .is_none_or(|miss| matches!(miss.mismatch, Mismatch::Resource { .. } | Mismatch::Principal));
        let is_open = near.first().is_none_or(|miss| self.can_be_met(miss));
        let narrower = narrower || !is_open;
        let more = more.map(|more| match near.first().filter(|miss| miss.has_condition()) {
            Some(miss) => {
                let so = format!(
                    "{}, without the Condition of {}",
                    self.grants_it(Some(miss)),
                    self.named(miss.at)
                );
                let raised = self.raises(layer, level, &self.action_name());
                let more = more.so(raised.unwrap_or(so));
                if is_open { more.only_at_last() } else { more }
            }
            None => more,
        });
        let is_dead = near.first().is_some_and(NearMiss::names_what_is_not_there);
        let is_enough = narrower && !is_dead; // a second statement beside one that is for nothing mends nothing
        found.extend(more.map(|more| if is_enough { more } else { more.only_at_last() }));
        found.extend(second);
        found.extend(near.first().and_then(|miss| self.one_more_principal(miss)));
        found.extend(self.left_to_the_account(layer, level));
        found
    }

    /// Whether a statement allows actions that do as much as the one that was asked for: of those who only read not all are
    /// to write.
    fn is_of_their_kind(&self, miss: &NearMiss) -> bool {
        let catalog = self.request.world.catalog();
        let Some(view) = self.request.statement(miss.at) else { return false };
        let mut listed = view.policy.actions(view.statement).iter().map(|own| own.text(view.policy));
        miss.mismatch != Mismatch::Action
            || self.request.facts.is_some_and(ActionFacts::reads)
            || listed.any(|own| catalog.action(own).is_some_and(|facts| !facts.reads()))
    }

    /// Whether somebody who has to do with the call can meet the condition of a near miss; what services alone say of
    /// their calls nobody can.
    fn can_be_met(&self, miss: &NearMiss) -> bool {
        let Mismatch::Condition { test, .. } = miss.mismatch else { return true };
        let Some(on) = self.target(miss.at) else { return true };
        let key = tests(on.view).get(test as usize).map(|test| on.view.policy.policy().text(&test.key));
        let by_service = key.is_some_and(|key| facts::key_origin(&key).setter == KeySetter::Service);
        !by_service || !self.met(on.view).is_empty()
    }

    /// The principal added to those that a near miss names.
    fn one_more_principal(&self, miss: &NearMiss) -> Option<Proposal> {
        if let Some(Hint::Principal(PrincipalHint::Gone { .. })) = miss.hint {
            return None; // beside an id that names nobody
        }
        let on = self.target(miss.at).filter(|_| self.is_editable(miss.at))?;
        let only =
            miss.mismatch == Mismatch::Principal && miss.differs.len() == 1 && !is_of_administrators(on.view);
        let own = self.principal_name().filter(|_| only)?;
        let what = format!("add {} to \"Principal\"", quote(&own));
        let says = on.edit.longer(Token::Principal(0), &[own]);
        let found = self.reworded(&on, Token::Principal(0), &what, says)?;
        let so = self.also_grants(miss.at, &found);
        Some(Proposal { limit: self.opened_to_more(miss.at.layer), ..found.so(so) })
    }

    /// D22: a key policy that leaves the decision to the IAM policies of its account, as AWS's own does.
    fn left_to_the_account(&self, layer: Layer, level: u8) -> Option<Proposal> {
        let is_key = layer == Layer::ResourceBased && self.request.side.kind == Some(PolicyType::Key);
        let account = self.request.owner.filter(|_| is_key && !self.request.is_cross_account())?;
        let root = format!("arn:{}:iam::{account}:root", self.request.caller.principal.partition);
        let says = format!(
            "{{\"Effect\": \"Allow\", \"Principal\": {{\"AWS\": {}}}, \"Action\": \"kms:*\", \"Resource\": \"*\"}}",
            quote(&root)
        );
        let so = format!(
            "leaves the key to the IAM policies of account {account}, as the default key policy does: whoever those allow kms:* may do all with it"
        );
        let found = self.saying_more(layer, level, &says)?;
        Some(found.so(so).taking_of(Takes::Service))
    }

    /// The ARN by which a policy names the principal: of a session that of its role.
    pub(super) fn principal_name(&self) -> Option<String> {
        let caller = &self.request.caller;
        self.request.is_iam_principal().then(|| match &caller.principal.kind {
            PrincipalKind::RoleSession { .. } => {
                caller.parent_arn.as_deref().unwrap_or(&caller.arn).to_owned()
            }
            _ => caller.arn.to_string(),
        })
    }
}

/// Whether a statement grants all that a service has, or more.
pub(super) fn is_of_administrators(view: StatementView<'_>) -> bool {
    let mut actions = view.policy.actions(view.statement).iter();
    view.statement.not_action
        || actions.any(|one| matches!(one.text(view.policy).split_once(':'), None | Some((_, "*"))))
}
