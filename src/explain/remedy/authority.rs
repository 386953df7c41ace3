//! Who can make a change: whoever the engine allows the call that makes it.

use std::borrow::Cow;

use super::super::headline::alternatives;
use super::people::{FAR, HowReached};
use super::permitted::{Authority, Permitted, placed};
use super::set_name::role_in_words;
use crate::compile::PrincipalPatternKind;
use crate::facts;
use crate::names::AccountId;
use crate::question::Asked;
use crate::world::{Account, ContextEntry, ContextValue, Organization, Principal, PrincipalKind};

/// How many users and roles of an account are asked about.
const ASKED: usize = 60;

/// How many are named, and of how many it is looked up how they are reached.
pub(super) const NAMED: usize = 3;
const LOOKED_UP: usize = 12;

/// Who makes the call otherwise.
pub(super) const CALLER: &str = "the caller";

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
        /// What it says: the tags that it gives.
        keys: Vec<ContextEntry<'static>>,
    },
}

impl By {
    /// Whoever may call an action on a resource of an account.
    pub(super) fn whoever_calls(
        action: impl Into<Cow<'static, str>>,
        resource: impl Into<String>,
        account: AccountId,
    ) -> Self {
        Self::Caller { action: action.into(), resource: resource.into(), account, keys: Vec::new() }
    }

    /// Whoever may give a resource a tag.
    pub(super) fn whoever_tags(
        action: String,
        resource: &str,
        account: AccountId,
        (tag, value): (&str, &str),
    ) -> Self {
        let given = ContextValue::One(value.to_owned().into());
        let names = ContextValue::Many(vec![tag.to_owned().into()]);
        let keys = vec![(format!("aws:RequestTag/{tag}").into(), given), ("aws:TagKeys".into(), names)];
        Self::Caller { action: action.into(), resource: resource.to_owned(), account, keys }
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
        Self::whoever_calls(action, resource.unwrap_or_else(|| "*".to_owned()), account)
    }
}

impl Asked<'_> {
    /// Whom the engine allows the call that makes a change; nothing where the world does not know the account.
    pub(super) fn authority(&self, by: &By) -> Option<Authority> {
        let By::Caller { action, resource, account, keys } = by else { return None };
        let known = self.request.world.account(*account)?;
        let all = members(known).chain(self.named_in_policies(*account)).take(ASKED);
        let all = all.filter(|one| one.role_arn().as_ref() != Some(resource)); // which need not assume itself
        let root = Principal::new(PrincipalKind::Root(*account));
        let call = Authority {
            action: action.to_string(),
            resource: resource.clone(),
            account: *account,
            region: self.region_of(action),
            keys: keys.clone(),
            permitted: Vec::new(),
        };
        let mut permitted: Vec<Permitted> =
            all.chain([root]).filter_map(|one| self.permitted(&one, &call)).collect();
        // Sessions often have the name of whoever begins them.
        let begins =
            |one: &Permitted| self.session_name().is_some_and(|own| one.principal.arn().ends_with(&own));
        permitted.sort_by_key(|one| (one.principal.is_root(), !begins(one), !one.with.is_empty()));
        let region = permitted.first().map_or_else(|| call.region.clone(), |first| first.region.clone());
        let resource = placed(resource, region.as_deref());
        let authority = Authority { region, resource, permitted, ..call };
        Some(authority)
    }

    /// `/alice`, the end of the ARN of a user with the name of the session that asks.
    pub(super) fn session_name(&self) -> Option<String> {
        match &self.request.caller.principal.kind {
            PrincipalKind::RoleSession { session, .. } => Some(format!("/{session}")),
            _ => None,
        }
    }

    /// Whether a user or role of this data can make a change.
    pub(super) fn has_somebody(&self, by: &By) -> bool {
        self.authority(by).is_some_and(|found| found.principals().any(|one| !one.is_root()))
    }

    /// With what the first who may make a change does it: MFA, an external id.
    pub(super) fn taken_by(&self, by: &By) -> Vec<ContextEntry<'static>> {
        let first = self.authority(by).and_then(|found| found.permitted.into_iter().next());
        first.map(|one| one.with).unwrap_or_default()
    }

    /// Who can make a change, in words: the first few, and how many more.
    pub(super) fn who(&self, by: &By, authority: Option<&Authority>, in_brief: bool) -> String {
        match (by, authority) {
            (By::Said(words), _) => words.clone(),
            (By::Caller { .. }, Some(authority)) => self.named_for(authority, in_brief),
            (By::Caller { action, account, .. }, None) => nobody_known(*account, action),
        }
    }

    fn named_for(&self, found: &Authority, in_brief: bool) -> String {
        let Authority { action, account, permitted, region, .. } = found;
        let elsewhere = region.as_ref().filter(|region| self.region_of(action).as_ref() != Some(*region));
        let call = elsewhere.map_or_else(|| action.clone(), |region| format!("{action} in {region}"));
        let own = self.holder_name();
        let is_own = |one: &Permitted| name(&one.principal, *account) == own;
        let concerned = self.request.caller.account == Some(*account) && !permitted.iter().any(is_own);
        let not = if concerned && own != "root" { format!(", not {own}") } else { String::new() };
        let others =
            || self.request.world.account(*account).is_some_and(|known| members(known).next().is_some());
        let users: Vec<&Permitted> = permitted.iter().filter(|one| !one.principal.is_root()).collect();
        match (&users[..], permitted.first().map(|root| name(&root.principal, *account))) {
            (_, None) => nobody_known(*account, action),
            ([], Some(root)) if action == "s3:PutBucketPolicy" && others() => {
                format!("only {root}, who may change it whatever it denies ({call}){not}")
            }
            ([], Some(root)) => format!("only {root}{} ({call})", self.reached(*account)),
            (users, _) => format!("{} ({call})", self.people(users, *account, in_brief)),
        }
    }

    /// Users and roles in words, people first: `user ann, else role ci (for codebuild.amazonaws.com)`; what all of them
    /// must do is said once. In brief of a role whoever assumes it comes first, and what is for machines is left out.
    fn people(&self, all: &[&Permitted], account: AccountId, in_brief: bool) -> String {
        let is_alike = all.len() > 1 && all.iter().all(|one| one.with == all[0].with);
        let each = Some(all[0].provided()).filter(|with| is_alike && !with.is_empty());
        let reached = self.reached_first(all, account);
        let brief = |place: usize, (reach, one): &(HowReached, &Permitted)| {
            let with = if each.is_some() { String::new() } else { one.provided() };
            let named = reach.asked_for(&name(&one.principal, account));
            match reach.person().filter(|_| in_brief) {
                Some(person) if place > 0 => format!("{} (as {named})", without_account(person)),
                Some(_) => format!("{}{with}", reach.asked(&named)),
                None => format!("{named}{}{with}", reach.note()),
            }
        };
        let people = reached.iter().filter(|(reach, _)| !reach.is_machine()).count();
        let (first, machine) = reached.split_at(if people == 0 { reached.len() } else { people });
        let mut names: Vec<String> =
            first.iter().take(NAMED).enumerate().map(|(place, one)| brief(place, one)).collect();
        let more = first.len().saturating_sub(names.len()) + all.len().saturating_sub(LOOKED_UP);
        names.extend(Some(more).filter(|more| *more > 0).map(|more| format!("{more} more")));
        let machine = machine.first().filter(|_| !in_brief);
        let machine = machine.map(|one| format!(", else {}", brief(0, one))).unwrap_or_default();
        let each = each.map(|with| format!(", each{with}")).unwrap_or_default();
        let is_mixed = first.len() > 1 && first.iter().any(|(reach, _)| reach.order() == FAR);
        let of = match (self.request.caller.account == Some(account), &names[..], &*machine) {
            (true, ..) => String::new(),
            (false, ..) if is_mixed => format!(" in account {account}"),
            (false, [_], "") => format!(" of account {account}"),
            (false, [_, _], "") | (false, [_], _) => format!(", both of account {account}"),
            (false, ..) => format!(", all of account {account}"),
        };
        format!("{}{machine}{of}{each}", alternatives(&names))
    }

    /// How the first few are reached, people first; without the roles of people who may do it themselves.
    fn reached_first<'p>(
        &self,
        all: &[&'p Permitted],
        account: AccountId,
    ) -> Vec<(HowReached, &'p Permitted)> {
        let first = all.iter().take(LOOKED_UP);
        let mut found: Vec<(HowReached, &Permitted)> =
            first.map(|one| (self.reach(&one.principal), *one)).collect();
        found.sort_by_key(|(reach, _)| reach.order());
        let names: Vec<String> = found.iter().map(|(_, one)| name(&one.principal, account)).collect();
        found.retain(|(reach, _)| reach.person().is_none_or(|person| !names.iter().any(|own| own == person)));
        found
    }

    /// How the owner of an account is reached: by its name and the e-mail of its root user, or as the one that manages the
    /// organization.
    pub(super) fn reached(&self, account: AccountId) -> String {
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

/// Somebody by name alone.
fn without_account(person: &str) -> &str {
    person.split(" of account ").next().unwrap_or(person)
}

/// Who can make a call, where nobody is known by name.
fn nobody_known(account: AccountId, action: &str) -> String {
    format!("nobody in this data: whoever has {action} in account {account}")
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
        PrincipalKind::RoleSession { role, .. } => role_in_words(role),
        _ => format!("the root user of account {account}"),
    }
}
