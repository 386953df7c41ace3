//! Who can make a change: whoever the engine allows the call that makes it.

use std::borrow::Cow;

use super::super::headline::alternatives;
use crate::compile::PrincipalPatternKind;
use crate::facts;
use crate::names::{AccountId, Arn, glob};
use crate::question::search::Statements;
use crate::question::{Asked, Question};
use crate::world::{Account, Organization, Principal, PrincipalKind};

/// How many users and roles of an account are asked about.
const ASKED: usize = 60;

/// How many are named.
const NAMED: usize = 3;

/// Who makes the call otherwise.
pub(super) const CALLER: &str = "the caller";

/// How many Regions are tried, where none is told and the assumed one is denied.
const REGIONS: usize = 8;

const REGION: &str = "aws:RequestedRegion";

/// Stands in an ARN for a Region that nobody told.
pub(super) const SOME_REGION: &str = "*";

/// Stands for the id of a policy of an organization, which a world does not know.
const SOME_POLICY: &str = "p-examplepolicyid";

/// Who can make a change.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// As it stands here.
    Said(String),
    /// Whoever may call this.
    Caller {
        /// The action of the call.
        action: Cow<'static, str>,
        /// What it acts on.
        resource: String,
        /// The account in which it is made.
        account: AccountId,
    },
}

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
    /// The users and roles of the account that may make it, and its root user last if it may.
    pub principals: Vec<Principal>,
}

impl By {
    /// Whoever may assume the role of a session.
    pub(super) fn whoever_assumes(session: &Principal) -> Option<Self> {
        let (resource, account) = session.role_arn().zip(session.account())?;
        Some(Self::Caller { action: "sts:AssumeRole".into(), resource, account })
    }

    /// Whoever may change what an organization has.
    pub(super) fn management(
        organization: &Organization,
        action: &'static str,
        policy: Option<&str>,
    ) -> Self {
        let (account, id) = (organization.management, &organization.id);
        let resource =
            policy.map(|kind| format!("arn:aws:organizations::{account}:policy/{id}/{kind}/{SOME_POLICY}"));
        Self::Caller { action: action.into(), resource: resource.unwrap_or_else(|| "*".to_owned()), account }
    }
}

impl Asked<'_> {
    /// Whom the engine allows the call that makes a change; nothing where the world does not know the account.
    pub(super) fn authority(&self, by: &By) -> Option<Authority> {
        let By::Caller { action, resource, account } = by else { return None };
        let known = self.request.world.account(*account)?;
        let all = members(known).chain(self.named_in_policies(*account)).take(ASKED);
        let root = Principal::new(PrincipalKind::Root(*account));
        let call = Authority {
            action: action.to_string(),
            resource: resource.clone(),
            account: *account,
            region: self.region_of(action),
            principals: Vec::new(),
        };
        let may = |one: Principal| Some((self.where_allowed(&one, &call)?, one));
        let (regions, principals): (Vec<Option<String>>, Vec<Principal>) =
            all.chain([root]).filter_map(may).unzip();
        let region = regions.into_iter().next().unwrap_or_else(|| call.region.clone());
        let resource = placed(resource, region.as_deref());
        let authority = Authority { region, resource, principals, ..call };
        Some(authority)
    }

    /// The first user or role that may make a call, where nobody who asks may: they need not ask themselves.
    pub(super) fn keeper(&self, may: &Authority) -> Option<String> {
        let names: Vec<String> = may.principals.iter().map(|one| name(one, may.account)).collect();
        let own = self.request.caller.account == Some(may.account) && names.contains(&self.holder_name());
        let mut others = may.principals.iter().filter(|one| !one.is_root() && !own);
        others.next().map(|one| name(one, may.account))
    }

    /// Whether a user or role of this data can make a change.
    pub(super) fn has_somebody(&self, by: &By) -> bool {
        self.authority(by).is_some_and(|found| found.principals.iter().any(|one| !one.is_root()))
    }

    /// Who can make a change, in words.
    pub(super) fn who(&self, by: &By, authority: Option<&Authority>) -> String {
        match (by, authority) {
            (By::Said(words), _) => words.clone(),
            (By::Caller { .. }, Some(authority)) => self.named_for(authority),
            (By::Caller { action, account, .. }, None) => nobody_known(*account, action),
        }
    }

    fn named_for(&self, Authority { action, account, principals, region, .. }: &Authority) -> String {
        let elsewhere = region.as_ref().filter(|region| self.region_of(action).as_ref() != Some(*region));
        let call = elsewhere.map_or_else(|| action.clone(), |region| format!("{action} in {region}"));
        let own_account = self.request.caller.account == Some(*account);
        let brief = |one: &Principal| match one.is_root() || own_account {
            true => name(one, *account),
            false => format!("{} of account {account}", name(one, *account)),
        };
        let is_user = |one: &Principal| !one.is_root();
        let names: Vec<String> = match principals.iter().any(is_user) {
            true => principals.iter().filter(|one| is_user(one)).map(brief).collect(),
            false => principals.iter().map(brief).collect(),
        };
        let own = self.holder_name();
        let concerned = self.request.caller.account == Some(*account) && !names.contains(&own);
        let not = if concerned && own != "root" { format!(", not {own}") } else { String::new() };
        let others =
            || self.request.world.account(*account).is_some_and(|known| members(known).next().is_some());
        match &names[..] {
            [] => nobody_known(*account, action),
            [root] if principals[0].is_root() && action == "s3:PutBucketPolicy" && others() => {
                format!("only {root}, who may change it whatever it denies ({call}){not}")
            }
            [root] if principals[0].is_root() => {
                format!("only {root}{} ({call})", self.reached(*account))
            }
            some if some.len() <= NAMED => format!("{} ({call})", alternatives(some)),
            many => {
                let more = many.len() - NAMED;
                format!("{} or {more} more ({call})", many[..NAMED].join(", "))
            }
        }
    }

    /// How the owner of an account is reached: by its name and the e-mail of its root user, or as the one that manages the
    /// organization.
    fn reached(&self, account: AccountId) -> String {
        let Some(known) = self.request.world.account(account) else { return String::new() };
        let email = Some(&*known.root.email).filter(|email| !email.is_empty());
        let name = Some(&*known.name).filter(|name| !name.is_empty());
        let organization = self.request.world.organization_of(account);
        let manages = organization.filter(|own| own.management == account).map(|_| "the management account");
        let said: Vec<&str> = name.into_iter().chain(email).chain(manages).collect();
        if said.is_empty() { String::new() } else { format!(", {}", said.join(", ")) }
    }

    /// The Region of a call: that of the question, where the service has more than one.
    fn region_of(&self, action: &str) -> Option<String> {
        let service = action.split(':').next().unwrap_or_default();
        let global = facts::global_regions(service, &self.request.caller.principal.partition);
        self.request.requested_region().filter(|_| global.is_none()).map(str::to_owned)
    }

    /// The Region in which somebody may make a call, if anywhere: none where it does not matter. Where none is told, the
    /// one that is assumed is no reason for a denial.
    fn where_allowed(&self, principal: &Principal, call: &Authority) -> Option<Option<String>> {
        let own = call.region.as_deref();
        let first = self.calling(principal, call, own);
        let first = first.ask(self.request.world).ok()?;
        if first.decision.is_allowed() {
            return Some(own.map(str::to_owned));
        }
        let is_assumed = call.resource.contains(&format!(":{SOME_REGION}:"))
            || first.request.assumed.iter().any(|(key, _)| key.eq_ignore_ascii_case(REGION));
        let others = first.regions_in_policies().into_iter().filter(|_| own.is_none() && is_assumed);
        let may = |region: &&str| {
            let question = self.calling(principal, call, Some(region));
            question.ask(self.request.world).is_ok_and(|asked| asked.decision.is_allowed())
        };
        others.take(REGIONS).find(may).map(|region| Some(region.to_owned()))
    }

    fn calling(&self, principal: &Principal, call: &Authority, region: Option<&str>) -> Question {
        let question = Question::new(principal.clone(), &*call.action)
            .on(placed(&call.resource, region))
            .owned_by(call.account)
            .settings(*self.request.settings())
            .at(self.request.request.now);
        match region {
            Some(region) => question.with(REGION, region.to_owned()),
            None => question,
        }
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

    /// The users and roles of an account that the world does not have, and a policy of the resource names.
    fn named_in_policies(&self, account: AccountId) -> Vec<Principal> {
        let policies = self.request.side.policies.iter().flat_map(|level| level.set.policies());
        let statements = policies.flat_map(|policy| policy.statements().iter().map(move |one| (policy, one)));
        let patterns =
            statements.flat_map(|(policy, one)| policy.principals(one).iter().map(|p| (p, p.text(policy))));
        let is_entity = |kind| matches!(kind, PrincipalPatternKind::Role | PrincipalPatternKind::User);
        let mut found: Vec<Principal> = Vec::new();
        for principal in patterns
            .filter(|(pattern, _)| is_entity(pattern.kind))
            .filter_map(|(_, text)| Principal::parse_arn(text))
        {
            let is_new =
                !self.is_declared(&principal) && !found.iter().any(|known| known.arn() == principal.arn());
            found.extend(Some(principal).filter(|one| is_new && one.account() == Some(account)));
        }
        found
    }

    fn is_declared(&self, principal: &Principal) -> bool {
        let account = principal.account().and_then(|id| self.request.world.account(id));
        account.is_some_and(|account| match &principal.kind {
            PrincipalKind::User { name, .. } => account.users.contains_key(&*name.to_ascii_lowercase()),
            PrincipalKind::RoleSession { role, .. } => {
                account.roles.contains_key(&*role.to_ascii_lowercase())
            }
            _ => true,
        })
    }
}

/// Who can make a call, where nobody is known by name.
fn nobody_known(account: AccountId, action: &str) -> String {
    format!("nobody in this data: whoever has {action} in account {account}")
}

/// An ARN in a Region, where it is not told in which it is.
fn placed(arn: &str, region: Option<&str>) -> String {
    arn.replacen(&format!(":{SOME_REGION}:"), &format!(":{}:", region.unwrap_or(facts::GLOBAL_REGION)), 1)
}

/// The users and roles of an account.
pub(super) fn members(account: &Account) -> impl Iterator<Item = Principal> {
    let users = account.users.values().map(|user| user.arn(account.id));
    let own = account.roles.values().filter(|role| !role.path.starts_with("/aws-service-role/"));
    let roles = own.map(|role| role.arn(account.id));
    users.chain(roles).filter_map(|arn| Principal::parse_arn(&arn))
}

/// A member of an account in words.
pub(super) fn name(principal: &Principal, account: AccountId) -> String {
    match &principal.kind {
        PrincipalKind::User { name, .. } => format!("user {name}"),
        PrincipalKind::RoleSession { role, .. } => format!("role {role}"),
        _ => format!("the root user of account {account}"),
    }
}
