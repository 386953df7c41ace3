//! Who decides whether a change is to be made, and the question to put to them: never the one who asks.

use super::authority::{By, name};
use super::edit::Edit;
use super::narrow::PASSED_TO;
use super::permitted::Authority;
use super::proposal::Proposal;
use super::widened::OVER;
use crate::facts::{Danger, danger};
use crate::names::{AccountId, Arn};
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::{Principal, PrincipalKind};

/// The tags by which people say whose something is.
const OWNER: [&str; 4] = ["owner", "contact", "steward", "maintainer"];

impl Asked<'_> {
    /// Who is asked first, by name: a user who may make the change, else a role.
    pub(super) fn decider(&self, proposal: &Proposal, authority: Option<&Authority>) -> Option<String> {
        if self.passes_a_role() && proposal.edit.layer == Some(Layer::IdentityBased) {
            // Whoever may write a user's policy does not answer for the role that it lets the user pass.
            return self.keeper_of_role();
        }
        authority.and_then(|authority| self.keeper(authority))
    }

    fn keeper_of_role(&self) -> Option<String> {
        let resource = self.request.resource().text().to_owned();
        let account = Arn::parse(&resource).and_then(|arn| AccountId::parse(arn.account()))?;
        let by = By::whoever_calls("iam:UpdateAssumeRolePolicy", resource, account);
        self.keeper(&self.authority(&by)?)
    }

    /// The user whom a tag of the resource names as its owner.
    pub(super) fn owner_by_tag(&self) -> Option<String> {
        let record = self.request.world.resource(self.request.resource().text())?;
        let is_owner = |key: &str| OWNER.iter().any(|one| one.eq_ignore_ascii_case(key));
        let (_, owner) = record.tags.iter().find(|(key, _)| is_owner(key))?;
        let account = self.request.world.account(record.owner)?;
        let user = account.users.get(&*owner.to_ascii_lowercase())?;
        let found = format!("user {}", user.name);
        (found != self.holder_name()).then_some(found)
    }

    /// The first user or role that may make a call, users before roles, and never the one who asks.
    pub(super) fn keeper(&self, may: &Authority) -> Option<String> {
        let is_own = |one: &&Principal| {
            let is_here = self.request.caller.account == Some(may.account);
            let named = name(one, may.account);
            is_here
                && (named == self.holder_name()
                    || self.session_name().is_some_and(|own| one.arn().ends_with(&own)))
        };
        let mut others: Vec<&Principal> =
            may.principals().filter(|one| !one.is_root() && !is_own(one)).collect();
        others.sort_by_key(|one| !matches!(one.kind, PrincipalKind::User { .. }));
        others.first().map(|one| name(one, may.account))
    }

    /// What to ask them: whether what is gone is to go, or whether it may be done.
    pub(super) fn question_to_put(&self, edit: &Edit, is_decided: bool) -> Option<String> {
        if edit.since.as_deref() == Some(OVER) {
            return Some(format!("Until when is {} to have it?", self.holder_name()));
        }
        let resource = self.request.resource().text();
        let on = Arn::parse(resource).map(|arn| arn.resource().to_owned());
        match (danger(&self.action_name()), on) {
            (Some(Danger::DestroysData | Danger::DestroysKey), Some(on)) => {
                Some(format!("May {on} be destroyed for good?"))
            }
            _ if is_decided => Some(self.may_they(false)),
            _ => None,
        }
    }

    /// `May user ann call s3:GetObject on b/k?`, with her account where that is not theirs, or is to be told.
    pub(super) fn may_they(&self, is_told_account: bool) -> String {
        let resource = Arn::parse(self.request.resource().text());
        let name = resource.as_ref().map_or("", |arn| arn.resource()).replacen('/', " ", 1);
        let what = match danger(&self.action_name()) {
            Some(Danger::PassesRole) => Some(format!("pass {name}{}", self.to_service())),
            Some(Danger::IsRole) => Some(format!("act as {name}")),
            _ => None,
        };
        let on = resource.map(|arn| format!(" on {}", arn.resource())).unwrap_or_default();
        let account =
            self.request.caller.account.filter(|own| is_told_account || Some(*own) != self.request.owner);
        let account = account.map(|id| format!(" of account {id}")).unwrap_or_default();
        let what = what.unwrap_or_else(|| format!("call {}{on}", self.action_name()));
        let who = match &self.request.caller.principal.kind {
            PrincipalKind::IdentityProvider(arn) => {
                format!("users of {}", arn.rsplit_once("-provider/").map_or(&**arn, |(_, name)| name))
            }
            _ => self.holder_name(),
        };
        format!("May {who}{account} {what}?")
    }

    fn to_service(&self) -> String {
        let to = self.request.given_value(PASSED_TO);
        to.map(|service| format!(" to {service}")).unwrap_or_default()
    }
}
