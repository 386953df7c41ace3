//! How whoever may make a change is reached: a user can be asked, a role only by those who assume it.

use super::authority::name;

use super::permitted::Authority;
use super::set_name::set_of;
use crate::compile::{CompiledPolicy, PrincipalPatternKind};
use crate::names::AccountId;
use crate::policy::Effect;
use crate::question::Asked;
use crate::world::{Principal, PrincipalKind, Role};

/// The place from which on nobody of the account itself is known.
pub(super) const FAR: u8 = 2;

/// How people with a permission set are named.
const SET: &str = "permission set ";

/// How many people are asked whether they may assume a role.
const TRIED: usize = 12;

/// How somebody who may make a change is reached: people first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HowReached {
    /// A user, or whoever has a permission set.
    Person,
    /// A role that somebody of its account may assume, who is named.
    Through(String),
    /// A role that somebody of another account alone may assume: of the one that manages the organization, of a partner.
    FromOutside(String),
    /// A role of which nothing here says who assumes it.
    Unknown,
    /// A role for what is no person: a service, a job.
    Machine(String),
}

impl HowReached {
    pub(super) fn is_machine(&self) -> bool {
        matches!(self, Self::Machine(_))
    }

    /// The person through whom a role is reached.
    pub(super) fn person(&self) -> Option<&str> {
        if let Self::Through(person) | Self::FromOutside(person) = self { Some(person) } else { None }
    }

    /// The place in a list: those who can be asked first.
    pub(super) fn order(&self) -> u8 {
        match self {
            Self::Person => 0,
            Self::Through(_) => 1,
            Self::FromOutside(_) => FAR,
            Self::Unknown => 3,
            Self::Machine(_) => 4,
        }
    }

    /// What stands behind the name of a role: ` (user ann may assume it)`.
    pub(super) fn note(&self) -> String {
        match self {
            Self::Person | Self::Unknown => String::new(),
            Self::Through(person) | Self::FromOutside(person) => format!(" ({person} may assume it)"),
            Self::Machine(what) => format!(" (for {what})"),
        }
    }

    /// A user or role by name, of a permission set those who have it.
    pub(super) fn asked_for(&self, name: &str) -> String {
        match self {
            Self::Person if name.starts_with(SET) => format!("whoever has {name}"),
            _ => name.to_owned(),
        }
    }

    /// Whom to ask, by the name of the user or role.
    pub(super) fn asked(&self, name: &str) -> String {
        match self {
            Self::Person if name.starts_with(SET) => format!("somebody with {name}"),
            Self::Person | Self::Unknown => name.to_owned(),
            Self::Through(person) | Self::FromOutside(person) => format!("{person} (as {name})"),
            Self::Machine(what) => format!("whoever answers for {name} (for {what})"),
        }
    }
}

impl Asked<'_> {
    /// How a user or role is reached.
    pub(super) fn reach(&self, one: &Principal) -> HowReached {
        let PrincipalKind::RoleSession { account, role, .. } = &one.kind else { return HowReached::Person };
        if set_of(role).is_some() {
            return HowReached::Person;
        }
        let known = self.request.world.account(*account);
        let known = known.and_then(|known| known.roles.get(&*role.to_ascii_lowercase()));
        let Some((role, trust)) = known.and_then(|role| Some((role, role.trust.compiled()?))) else {
            return HowReached::Unknown;
        };
        match self.person_for(*account, role, trust) {
            Some((Some(own), person)) if own == *account => HowReached::Through(person),
            Some((_, person)) => HowReached::FromOutside(person),
            None => machine(trust).map_or(HowReached::Unknown, HowReached::Machine),
        }
    }

    /// The first user, or permission set, that may assume a role, with the account and what that takes; those of the role's
    /// account before others, and never the one who asks.
    fn person_for(
        &self,
        account: AccountId,
        role: &Role,
        trust: &CompiledPolicy,
    ) -> Option<(Option<AccountId>, String)> {
        let call = Authority {
            action: "sts:AssumeRole".to_owned(),
            resource: role.arn(account),
            account,
            region: None,
            keys: Vec::new(),
            permitted: Vec::new(),
        };
        let mut people = self.trusted_people(trust);
        people.retain(|one| !self.is_who_asks(one));
        people.sort_by_key(|one| one.account() != Some(account));
        let mut may = people.into_iter().take(TRIED).filter_map(|one| self.permitted(&one, &call));
        let one = may.next()?;
        let words = format!("{}{}", self.person_of(&one.principal, account), one.provided());
        Some((one.principal.account(), words))
    }

    /// The people whom a trust policy names, or of the accounts that it names.
    fn trusted_people(&self, trust: &CompiledPolicy) -> Vec<Principal> {
        let mut found = Vec::new();
        for (kind, text) in trusted(trust) {
            match kind {
                PrincipalPatternKind::Account(id) => found.extend(self.people_of(id)),
                PrincipalPatternKind::User | PrincipalPatternKind::Role => {
                    let is_person = |one: &Principal| match &one.kind {
                        PrincipalKind::RoleSession { role, .. } => set_of(role).is_some(),
                        _ => true,
                    };
                    found.extend(Principal::parse_arn(text).filter(is_person));
                }
                _ => {}
            }
        }
        found
    }

    /// The users of an account, and whoever signs in to it by a permission set.
    fn people_of(&self, account: AccountId) -> Vec<Principal> {
        let Some(known) = self.request.world.account(account) else { return Vec::new() };
        let users = known.users.values().map(|user| user.arn(account));
        let sets = known.roles.values().filter(|role| set_of(&role.name).is_some());
        let all = users.chain(sets.map(|role| role.arn(account))).take(TRIED);
        all.filter_map(|arn| Principal::parse_arn(&arn)).collect()
    }

    /// Whether somebody is the one who asks, or has begun the session that asks.
    pub(super) fn is_who_asks(&self, one: &Principal) -> bool {
        let account = one.account();
        let own = self.request.caller.account == account
            && account.is_some_and(|account| name(one, account) == self.holder_name());
        own || self.session_name().is_some_and(|own| one.arn().ends_with(&own))
    }

    /// A person in words, with the account where that is another than the one that is spoken of.
    fn person_of(&self, one: &Principal, spoken_of: AccountId) -> String {
        let account = one.account().unwrap_or(spoken_of);
        let of = if account == spoken_of { String::new() } else { format!(" of account {account}") };
        format!("{}{of}", name(one, account))
    }
}

/// The principals of the Allows of a trust policy.
fn trusted(trust: &CompiledPolicy) -> impl Iterator<Item = (PrincipalPatternKind, &str)> {
    let allows = trust.statements().iter().filter(|one| one.effect == Effect::Allow);
    allows.flat_map(|one| trust.principals(one)).map(|pattern| (pattern.kind, pattern.text(trust)))
}

/// The first service, or provider of identities, for which a role is.
fn machine(trust: &CompiledPolicy) -> Option<String> {
    let mut found = trusted(trust).filter_map(|(kind, text)| match kind {
        PrincipalPatternKind::Service => Some(text.to_owned()),
        PrincipalPatternKind::Federated => Some(match text.split_once(":oidc-provider/") {
            Some((_, provider)) => format!("jobs of {provider}"),
            None => format!("who signs in by {}", text.rsplit('/').next().unwrap_or(text)),
        }),
        _ => None,
    });
    found.next()
}
