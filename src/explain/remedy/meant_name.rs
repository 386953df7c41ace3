//! The resource that was probably meant, where the world does not have the one that was asked for: its name is misspelt.

use super::super::misspelt::is_misspelling;
use super::authority::{By, CALLER};
use super::proposal::{Patch, Proposal};
use super::slip::POLICY_IS_RIGHT;
use crate::names::{AccountId, Arn};
use crate::question::{Asked, OtherCall};

/// With how many resources, users and roles of the world a name is compared.
const COMPARED: usize = 1_000;

impl Asked<'_> {
    /// The call for what is there under a name that differs as a slip makes it.
    pub(super) fn meant_names(&self) -> Vec<Proposal> {
        let Some(own) = self.request.arn().filter(|own| !self.is_known(own)) else { return Vec::new() };
        let there = self.there(&own).into_iter().take(COMPARED);
        there.filter_map(|known| self.named_like(&own, &known)).take(1).collect()
    }

    /// The call for what a policy names, where the name that was asked for is nowhere, and looks misspelt.
    pub(super) fn as_the_policy_names_it(&self, pattern: &str) -> Option<Proposal> {
        let own = self.request.arn().filter(|own| !self.is_known(own))?;
        let found = self.named_like(&own, &self.resolved_pattern(pattern)?)?;
        Some(found.provided(POLICY_IS_RIGHT))
    }

    /// What the world has of the kind: resources, and of IAM the users and roles of the account.
    fn there(&self, own: &Arn<'_>) -> Vec<String> {
        let world = self.request.world;
        if own.service() != "iam" {
            let all = world.resources().filter(|one| one.arn.contains(own.service()));
            return all.take(COMPARED).map(|one| one.arn.to_string()).collect();
        }
        let Some(account) = AccountId::parse(own.account()).and_then(|id| world.account(id)) else {
            return Vec::new();
        };
        let roles = account.roles.values().map(|role| role.arn(account.id));
        let users = account.users.values().map(|user| user.arn(account.id));
        roles.chain(users).take(COMPARED).collect()
    }

    /// Whether the world has what was asked for, or the bucket of an object.
    fn is_known(&self, own: &Arn<'_>) -> bool {
        let bucket = own.text().split('/').next().filter(|_| own.service() == "s3");
        let all = [Some(own.text()), bucket];
        all.into_iter().flatten().any(|arn| self.request.world.resource(arn).is_some())
    }

    /// The call for a resource by the name of another one, which it differs from as a slip does.
    fn named_like(&self, own: &Arn<'_>, known: &str) -> Option<Proposal> {
        let (known, is_s3) = (Arn::parse(known)?, own.service() == "s3");
        let fields =
            |arn: &Arn<'_>| [arn.service().to_owned(), arn.region().to_owned(), arn.account().to_owned()];
        let (name, meant) = (name_of(own, is_s3), name_of(&known, is_s3));
        if fields(own) != fields(&known) || !is_misspelling(meant, name) {
            return None;
        }
        let rest = own.resource().get(name.len()..)?;
        let resource = own.with_field(5, &format!("{meant}{rest}"));
        let words = format!("ask for {resource}: nothing is known here of `{name}`, but of `{meant}`");
        let call = OtherCall { resource: Some(resource), ..OtherCall::default() };
        Some(Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned()))))
    }
}

/// The name in an ARN: of S3 the bucket, else all behind the account.
fn name_of<'a>(arn: &Arn<'a>, is_s3: bool) -> &'a str {
    let resource = arn.resource();
    if is_s3 { resource.split('/').next().unwrap_or(resource) } else { resource }
}
