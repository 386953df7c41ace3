//! The call made by whom a policy names, or for what it covers.

use super::super::near_miss::nearest;
use super::super::{Hint, NearMiss, ResourceHint};
use super::authority::{By, CALLER};
use super::proposal::{CallWords, Patch, Proposal};
use super::slip::{POLICY_IS_RIGHT, Slip};
use super::tags::one;
use crate::compile::PrincipalPatternKind;
use crate::names::{Arn, fold_hash};
use crate::policy::{Effect, Layer};
use crate::question::{Asked, OtherCall};
use crate::trace::{Mismatch, StatementAt, StatementView};
use crate::world::{ContextValue, Principal};

const REGION: &str = "aws:RequestedRegion";

/// How many of the roles that a policy names are asked who may assume them.
const NAMED: usize = 12;

impl Asked<'_> {
    /// The call made by somebody whom a near miss names.
    pub(super) fn elsewhere(&self, miss: &NearMiss, view: StatementView<'_>) -> Option<Proposal> {
        matches!(miss.mismatch, Mismatch::Principal).then(|| self.named_by(view))?
    }

    /// The call for what was probably meant, where a statement misses by its resource alone: another Region, other
    /// letters, the bucket of an object.
    pub(super) fn meant_resources(&self) -> Vec<Proposal> {
        let layers = [Layer::IdentityBased, Layer::ResourceBased].into_iter();
        let near = nearest(self, layers, Effect::Allow);
        let meant = near.iter().filter_map(|miss| self.meant_by(miss));
        let mut found: Vec<Proposal> = self.meant_names();
        for proposal in meant {
            let is_new = !found.iter().any(|known| known.edit.resource == proposal.edit.resource);
            found.extend(Some(proposal).filter(|_| is_new));
        }
        found
    }

    fn meant_by(&self, miss: &NearMiss) -> Option<Proposal> {
        let Mismatch::Resource { nearest, .. } = miss.mismatch else { return None };
        let view = self.request.statement(miss.at)?;
        let pattern = view.policy.resources(view.statement).get(nearest as usize)?.text(view.policy);
        let as_named =
            || self.as_the_policy_names_it(pattern).or_else(|| self.in_the_own_part(pattern, miss.at));
        let Some(hint) = miss.hint.as_ref() else { return as_named() };
        match hint {
            Hint::Resource(ResourceHint::Misspelt { .. }) => as_named(),
            Hint::Resource(ResourceHint::OtherField { field: 3, .. }) => self.in_region(pattern, miss.at),
            Hint::LetterCase { .. } => {
                self.as_the_bucket().or_else(|| self.in_the_letters_of(pattern, miss.at))
            }
            Hint::Resource(ResourceHint::ObjectForBucket { .. } | ResourceHint::BucketForObject { .. }) => {
                self.as_the_bucket()
            }
            _ => None,
        }
    }

    /// The resource in the letter case in which a policy writes what comes before its first wildcard.
    fn in_the_letters_of(&self, pattern: &str, at: StatementAt) -> Option<Proposal> {
        let own = self.request.resource().text();
        let pattern = self.resolved_pattern(pattern)?;
        let first = pattern.find(['*', '?']).unwrap_or(pattern.len());
        let meant = format!("{}{}", pattern.get(..first)?, own.get(first..)?);
        let is_other = meant != own && meant.eq_ignore_ascii_case(own) && !self.is_of_another_bucket(&meant);
        let slip = Slip::new(&*meant, own, at);
        is_other.then(|| asking_for(meant, "").of_slip(slip).provided(POLICY_IS_RIGHT))
    }

    /// Names of buckets have no capital letters, so that no slip leads from one to another.
    fn is_of_another_bucket(&self, meant: &str) -> bool {
        let bucket = |arn: &str| arn.split('/').next().map(str::to_owned);
        self.request.action.is_of("s3") && bucket(self.request.resource().text()) != bucket(meant)
    }

    /// The bucket, for an action that is about buckets and was asked for an object.
    fn as_the_bucket(&self) -> Option<Proposal> {
        let (bucket, _) = self.request.arn().filter(|arn| arn.service() == "s3")?.text().split_once('/')?;
        let meant = self.request.facts?.resource_type_of(bucket)?;
        let why = format!("{} is about the bucket, not about objects", self.action_name());
        (meant.name() == "bucket").then(|| asking_for(bucket.to_owned(), &why))
    }

    fn named_by(&self, view: StatementView<'_>) -> Option<Proposal> {
        let patterns = view.policy.principals(view.statement).iter();
        // A role is there to be assumed; another user is somebody else.
        let roles = patterns.filter(|pattern| pattern.kind == PrincipalPatternKind::Role);
        let known = roles.filter_map(|pattern| {
            let principal = Principal::parse_arn(pattern.text(view.policy))?;
            let own = principal.account() == self.request.caller.account;
            own.then_some(principal)
        });
        let found = self.as_one_of(known.take(NAMED), "whom the policy names")?;
        Some(if found.edit.is_work_of_others { found.only_at_last() } else { found })
    }

    /// The call for a resource in a Region that a Deny of other Regions spares, where the ARN says in which it is.
    pub(super) fn in_allowed_regions(&self, view: StatementView<'_>) -> Vec<Proposal> {
        let own = self.request.arn().filter(|own| !own.region().is_empty() && !self.is_bound_to_region());
        let Some(own) = own.filter(|_| view.reads(fold_hash(REGION.as_bytes()))) else { return Vec::new() };
        let regions = self.allowed_regions().into_iter().filter_map(one);
        let elsewhere = regions.filter(|region| region != own.region()).map(|region| {
            let call = CallWords {
                before: "call in an allowed Region: ",
                values: vec![format!("`--region {region}`")],
                after: self.what_is_in_another_region().to_owned(),
            };
            let given = Some((REGION.into(), ContextValue::One(region.clone().into())));
            let keys = given.filter(|_| self.request.is_given(REGION)).into_iter().collect();
            let other =
                OtherCall { resource: Some(own.with_field(3, &region)), keys, ..OtherCall::default() };
            let found = Proposal::new(call.words(), Patch::Call(other)).by(Some(By::Said(CALLER.to_owned())));
            let found = self.but_for_the_edge().into_iter().fold(found, Proposal::provided);
            Proposal { call: Some(call), ..found }
        });
        elsewhere.collect()
    }

    /// What a call in another Region is about.
    fn what_is_in_another_region(&self) -> &'static str {
        let makes = ["Create", "Run", "Import", "Allocate"];
        let is_of_aws = self.request.arn().is_some_and(|own| own.account().is_empty());
        match makes.iter().any(|verb| self.request.action.name().starts_with(verb)) {
            true => ", and so make it there",
            false if is_of_aws => ", if AWS offers it there",
            false => ", about one that is there: this one is not",
        }
    }

    fn in_region(&self, pattern: &str, at: StatementAt) -> Option<Proposal> {
        let (pattern_arn, own) = (Arn::parse(pattern)?, self.request.arn()?);
        let region = pattern_arn.region();
        let is_open = region.is_empty() || region.contains(['*', '?', '$']);
        if own.region().is_empty() || is_open || self.is_bound_to_region() {
            return None;
        }
        let resource = own.with_field(3, region);
        let words = format!("call with `--region {region}`, for {resource}");
        let slip = Slip::new(&*resource, own.text(), at);
        let call = OtherCall { resource: Some(resource), ..OtherCall::default() };
        let found = Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned())));
        Some(found.of_slip(slip).provided(POLICY_IS_RIGHT))
    }
}

/// The call for another resource, with the reason to think that this is meant where the cause does not show it.
pub(super) fn asking_for(resource: String, why: &str) -> Proposal {
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    let words = format!("ask for {resource}{why}");
    let call = OtherCall { resource: Some(resource), ..OtherCall::default() };
    Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned())))
}
