//! Who decides whether a change is to be made, and the question to put to them: never the one who asks.

use super::authority::{By, name};
use super::context::SOURCE_ARN;
use super::edit::Edit;
use super::narrow::PASSED_TO;
use super::people::FAR;
use super::permitted::Authority;
use super::proposal::Proposal;
use super::widened::OVER;
use crate::facts::{Danger, danger};
use crate::names::{AccountId, Arn};
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::PrincipalKind;

/// How many who may make a call are looked at.
const KNOWN: usize = 12;

/// How those whom a provider signs in are narrowed down to the one who asks.
const WHOSE_SUB: &str = " with sub ";

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

    /// Who is asked of those that may make a call: people before roles, and never the one who asks.
    pub(super) fn keeper(&self, may: &Authority) -> Option<String> {
        let others = may.principals().filter(|one| !one.is_root() && !self.is_who_asks(one)).take(KNOWN);
        let first = others.map(|one| (self.reach(one), one)).min_by_key(|(reach, _)| reach.order());
        first.map(|(reach, one)| reach.asked(&name(one, may.account)))
    }

    /// Whether those who may make a call are reached from another account alone, or not at all.
    pub(super) fn is_far(&self, may: &Authority) -> bool {
        let mut known = may.principals().filter(|one| !one.is_root()).take(KNOWN);
        !known.any(|one| self.reach(one).order() < FAR)
    }

    /// What to ask them: whether what is gone is to go, or whether it may be done.
    pub(super) fn question_to_put(
        &self,
        proposal: &Proposal,
        so: Option<&str>,
        is_decided: bool,
    ) -> Option<String> {
        let edit = &proposal.edit;
        if edit.since.as_deref() == Some(OVER) {
            return Some(format!("Until when is {} to have it?", self.holder_name()));
        }
        let resource = self.request.resource().text();
        let on = Arn::parse(resource).map(|arn| arn.resource().to_owned());
        match (danger(&self.action_name()), on) {
            (Some(Danger::DestroysData | Danger::DestroysKey), Some(on)) => {
                Some(format!("May {on} be destroyed for good?"))
            }
            (Some(Danger::PassesRole | Danger::IsRole), _) if is_decided => {
                let on = so.and_then(|so| so.split_once(", where ")).map(|(_, on)| format!(", where {on}?"));
                let asked = self.may_they(false);
                let is_said = asked.contains(WHOSE_SUB);
                Some(on.filter(|_| !is_said).map_or_else(|| asked.clone(), |on| asked.replace('?', &on)))
            }
            _ if (proposal.slip.is_some() || proposal.is_meant) && !is_decided => None,
            _ => self.is_meant(edit, so).or_else(|| is_decided.then(|| self.may_they_have(edit))),
        }
    }

    /// `Is s3:GetObject on all of b/pay/* meant for role Intern?`: what a change opens, put to whoever answers for it.
    fn is_meant(&self, edit: &Edit, so: Option<&str>) -> Option<String> {
        let is_policy = matches!(edit.layer, Some(Layer::IdentityBased | Layer::ResourceBased));
        let grants = so.filter(|_| is_policy)?.strip_prefix("grants ")?;
        if grants.starts_with("nothing else") {
            return Some(self.may_they(false));
        }
        let ends = ["; ", ", as ", ", where ", ", without "].into_iter().filter_map(|end| grants.find(end));
        let (what, whom) = grants[..ends.min().unwrap_or(grants.len())].rsplit_once(" to ")?;
        let whom = whom.trim_start_matches("every session of ").trim_end_matches(" alone");
        let whom = whom.split(" (").next().unwrap_or(whom);
        let what = what.split(' ').map(in_short).collect::<Vec<_>>().join(" ");
        let source = self.request.given_value(SOURCE_ARN).filter(|_| self.is_of_a_service()).map(in_short);
        let source = source.map(|source| format!(" that calls for {source}")).unwrap_or_default();
        Some(format!("Is {what} meant for {whom}{source}?"))
    }

    /// The same of all that an edit is about, and the way that it opens.
    fn may_they_have(&self, edit: &Edit) -> String {
        let by_way_of = edit.policy.as_ref().filter(|_| edit.layer == Some(Layer::VpcEndpoint));
        let by_way_of = by_way_of.map(|endpoint| format!(" through {endpoint}?")).unwrap_or("?".to_owned());
        let added = edit.words.split_once("\"Resource\": \"").and_then(|(_, rest)| rest.split('"').next());
        let on = added.filter(|on| Arn::parse(on).is_some());
        let asked = self.may_they_on(on.unwrap_or(self.request.resource().text()), false);
        asked.replace('?', &by_way_of)
    }

    /// `May user ann call s3:GetObject on b/k?`, with her account where that is not theirs, or is to be told.
    pub(super) fn may_they(&self, is_told_account: bool) -> String {
        self.may_they_on(self.request.resource().text(), is_told_account)
    }

    fn may_they_on(&self, on: &str, is_told_account: bool) -> String {
        let resource = Arn::parse(on);
        let name = resource.as_ref().map_or("", |arn| arn.resource()).replacen('/', " ", 1);
        let what = match danger(&self.action_name()) {
            Some(Danger::PassesRole) => Some(format!("pass {name}{}", self.to_service())),
            Some(Danger::IsRole) => Some(format!("act as {name}")),
            _ => None,
        };
        let on = resource.map(|arn| format!(" on {}", in_words(&arn))).unwrap_or_default();
        let account =
            self.request.caller.account.filter(|own| is_told_account || Some(*own) != self.request.owner);
        let account = account.map(|id| format!(" of account {id}")).unwrap_or_default();
        let what = what.unwrap_or_else(|| format!("call {}{on}", self.action_name()));
        let who = match &self.request.caller.principal.kind {
            PrincipalKind::IdentityProvider(arn) => {
                let provider = arn.rsplit_once("-provider/").map_or(&**arn, |(_, name)| name);
                let sub = self.request.given_value(&format!("{provider}:sub"));
                let sub = sub.map(|sub| format!("{WHOSE_SUB}`{sub}`")).unwrap_or_default();
                format!("users of {provider}{sub}")
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

/// What an ARN stands for: of a whole bucket every object.
fn in_words(arn: &Arn<'_>) -> String {
    match arn.resource().strip_suffix("/*").filter(|name| arn.service() == "s3" && !name.contains('/')) {
        Some(bucket) => format!("every object of bucket {bucket}"),
        None => arn.resource().to_owned(),
    }
}

/// A word, of an ARN its last field.
fn in_short(word: &str) -> &str {
    Arn::parse(word).map_or(word, |arn| arn.resource())
}
