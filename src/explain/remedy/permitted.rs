//! Whom the engine allows a call, in which Region, and on what that hangs: a sign-in with MFA, a key that the call gives.

use super::possible::is_time;
use crate::facts::{self, KeySetter};
use crate::names::{AccountId, Arn, glob};
use crate::question::search::{ContextSearch, Goal, Statements};
use crate::question::{Asked, Question};
use crate::world::{ContextEntry, ContextValue, Principal};

/// How many Regions are tried, where none is told and the assumed one is denied.
const REGIONS: usize = 8;

/// How many requests are tried for one principal, where the answer hangs on what nobody told.
const TRIED: usize = 60;

const REGION: &str = "aws:RequestedRegion";
const MFA: &str = "aws:MultiFactorAuthPresent";

/// Stands in an ARN for a Region that nobody told.
pub(super) const SOME_REGION: &str = "*";

/// The call that makes a change, and whom the engine allows it.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The action of the call.
    pub action: String,
    /// What it acts on.
    pub resource: String,
    /// The account in which it is made.
    pub account: AccountId,
    /// The Region in which it is made: that of the question, or one in which it is allowed.
    pub region: Option<String>,
    /// The context keys that it brings along, as of the tags that it gives.
    pub keys: Vec<ContextEntry<'static>>,
    /// The users and roles of the account that may make it, and its root user last if it may.
    pub permitted: Vec<Permitted>,
}

impl Authority {
    /// The users and roles that may make the call, and the root user if it may, without what they must do for it.
    pub fn principals(&self) -> impl Iterator<Item = &Principal> {
        self.permitted.iter().map(|one| &one.principal)
    }
}

/// Somebody whom the engine allows a call.
#[derive(Clone, Debug)]
pub struct Permitted {
    /// A user, a role or a root user.
    pub principal: Principal,
    /// The Region in which that is so; none where it does not matter.
    pub region: Option<String>,
    /// The keys with which alone that is so: `aws:MultiFactorAuthPresent` where it takes MFA.
    pub with: Vec<ContextEntry<'static>>,
}

impl Permitted {
    /// ` with MFA`, ` with sts:ExternalId=x`: what they must do for it, behind their name.
    pub(super) fn provided(&self) -> String {
        let word = |(key, value): &ContextEntry<'static>| match key.eq_ignore_ascii_case(MFA) {
            true => "MFA".to_owned(),
            false => value.pair(key),
        };
        let words: Vec<String> = self.with.iter().map(word).collect();
        if words.is_empty() { String::new() } else { format!(" with {}", words.join(" and ")) }
    }
}

impl Asked<'_> {
    /// Whether somebody may make a call, be it in another Region where none is told, or with what they can bring along.
    pub(super) fn permitted(&self, principal: &Principal, call: &Authority) -> Option<Permitted> {
        let own = call.region.as_deref();
        let question = self.calling(principal, call, own);
        let first = question.ask(self.request.world).ok()?;
        let found = |region: Option<String>, with| Permitted { principal: principal.clone(), region, with };
        if first.decision.is_allowed() {
            return Some(found(own.map(str::to_owned), Vec::new()));
        }
        let is_assumed = call.resource.contains(&format!(":{SOME_REGION}:")) || first.assumes(REGION);
        let others = first.regions_in_policies().into_iter().filter(|_| own.is_none() && is_assumed);
        let may = |region: &&str| {
            let question = self.calling(principal, call, Some(region));
            question.ask(self.request.world).is_ok_and(|asked| asked.decision.is_allowed())
        };
        let elsewhere = others.take(REGIONS).find(may);
        match elsewhere {
            Some(region) => Some(found(Some(region.to_owned()), Vec::new())),
            None => Some(found(own.map(str::to_owned), first.allowed_with()?)),
        }
    }

    fn calling(&self, principal: &Principal, call: &Authority, region: Option<&str>) -> Question {
        let question = Question::new(principal.clone(), &*call.action)
            .on(placed(&call.resource, region))
            .settings(*self.request.settings())
            .at(self.request.request.now);
        let says_owner = Arn::parse(&call.resource).is_some_and(|arn| arn.account_id().is_some());
        let question = if says_owner { question } else { question.owned_by(call.account) };
        let question =
            call.keys.iter().cloned().fold(question, |question, (key, value)| question.with(key, value));
        match region {
            Some(region) => question.with(REGION, region.to_owned()),
            None => question,
        }
    }

    /// What whoever calls can bring along so that it is allowed: values of keys that were assumed, or that nobody gave.
    pub(super) fn allowed_with(&self) -> Option<Vec<ContextEntry<'static>>> {
        let needs = self.needs();
        let is_open = |key: &str| {
            let brings = matches!(
                facts::key_origin(key).setter,
                KeySetter::Caller | KeySetter::SignIn | KeySetter::Network
            );
            let is_untold = needs.iter().any(|need| need.eq_ignore_ascii_case(key)) || self.assumes(key);
            brings && is_untold && !is_time(key) && !key.eq_ignore_ascii_case(REGION)
        };
        let signs_in = self.request.caller.principal.is_iam_user_or_root();
        let free = |key: &str| if key.eq_ignore_ascii_case(MFA) { signs_in } else { is_open(key) };
        let may_be = |key: &str, value: &ContextValue<'_>| self.can_come(key, value);
        let is_read = || Statements::of(std::slice::from_ref(self)).tests().any(|test| free(&test.key()));
        if self.decision.is_allowed() || !is_read() {
            return None;
        }
        ContextSearch::new(std::slice::from_ref(self), free, may_be, TRIED).find(Goal::Allowed(true))
    }

    pub(super) fn assumes(&self, key: &str) -> bool {
        self.request.assumed.iter().any(|(known, _)| known.eq_ignore_ascii_case(key))
    }

    /// The Regions that the policies that were asked name, those first in which the account has something.
    fn regions_in_policies(&self) -> Vec<&'static str> {
        let statements = Statements::of(std::slice::from_ref(self));
        let tests = statements.tests().filter(|test| test.key().eq_ignore_ascii_case(REGION));
        let texts = tests.flat_map(|test| {
            test.policy.texts(test.test.values).iter().map(move |text| test.policy.text(text))
        });
        let patterns: Vec<_> = texts.collect();
        let is_named = |region: &&str| patterns.iter().any(|pattern| glob(&**pattern, *region));
        let mut found: Vec<&'static str> = facts::regions().iter().copied().filter(is_named).collect();
        found.sort_by_cached_key(|region| !self.owner_has_something_in(region));
        found
    }

    fn owner_has_something_in(&self, region: &str) -> bool {
        let owner = self.request.owner.map(|account| account.to_string()).unwrap_or_default();
        let arns = self.request.world.resources().filter_map(|one| Arn::parse(&one.arn));
        arns.into_iter().any(|arn| arn.region() == region && arn.account() == owner)
    }
}

/// An ARN in a Region, where it is not told in which it is.
pub(super) fn placed(arn: &str, region: Option<&str>) -> String {
    arn.replacen(&format!(":{SOME_REGION}:"), &format!(":{}:", region.unwrap_or(facts::GLOBAL_REGION)), 1)
}
