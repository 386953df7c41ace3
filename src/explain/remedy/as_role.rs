//! The call made by a role that may make it: by the one who asks, who then assumes it, or else it is the work of others.

use super::authority::{By, CALLER, name};
use super::edit::Takes;
use super::people::HowReached;
use super::permitted::{Authority, Permitted};
use super::proposal::{Patch, Proposal};
use super::rights::assume_role;
use crate::facts;
use crate::question::{Asked, OtherCall};
use crate::world::{Principal, PrincipalKind};

impl Asked<'_> {
    /// The call made as the one of several roles that the one who asks may assume, else as one that others are reached by;
    /// with why that may make it.
    pub(super) fn as_one_of(&self, roles: impl Iterator<Item = Principal>, why: &str) -> Option<Proposal> {
        let mut known: Vec<(u8, Principal)> = Vec::new();
        for role in roles {
            if let Some(how) = self.becoming(&role) {
                return Some(self.by_assuming(role, &how, why));
            }
            known.push((self.reach(&role).order(), role));
        }
        let (_, role) = known.into_iter().min_by_key(|(order, _)| *order)?;
        self.left_to(role, why)
    }

    /// Whether whoever asks may assume a role, and with what.
    pub(super) fn becoming(&self, role: &Principal) -> Option<Permitted> {
        let own = &self.request.caller.principal;
        let is_somebody = matches!(own.kind, PrincipalKind::User { .. } | PrincipalKind::RoleSession { .. });
        let account = role.account().filter(|_| is_somebody)?;
        let call = Authority {
            action: "sts:AssumeRole".to_owned(),
            resource: role.role_arn()?,
            account,
            region: None,
            keys: Vec::new(),
            permitted: Vec::new(),
        };
        self.permitted(own, &call)
    }

    fn by_assuming(&self, role: Principal, how: &Permitted, why: &str) -> Proposal {
        let account = role.account().or(self.request.caller.account);
        let named = account.map(|account| name(&role, account)).unwrap_or_default();
        let run = role.role_arn().map(|arn| assume_role(&arn, &how.with));
        let call = OtherCall { principal: Some(role), ..OtherCall::default() };
        let words = format!("assume {named}{}, {why}", how.provided());
        let mut found = Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned())));
        found.edit.run = run;
        found.taking_of(Takes::Identity)
    }

    /// What whoever asks cannot become is for those who can, or for the service whose role it is.
    fn left_to(&self, role: Principal, why: &str) -> Option<Proposal> {
        let named = name(&role, role.account()?);
        let by = match self.reach(&role) {
            HowReached::Person => HowReached::Person.asked_for(&named),
            HowReached::Through(person) | HowReached::FromOutside(person) => {
                format!("{}, as {named}", HowReached::Person.asked_for(&person))
            }
            HowReached::Machine(service) => match facts::what_has_role(&service) {
                Some(what) => format!("the {what} that have {named}"),
                None => format!("{service}, which {named} is for"),
            },
            HowReached::Unknown => format!("{named}; nobody is known here who may assume it"),
        };
        let call = OtherCall { principal: Some(role), ..OtherCall::default() };
        let words = format!("leave it to {named}, {why}");
        let mut found = Proposal::new(words, Patch::Call(call)).by(Some(By::Said(by)));
        found.edit.is_work_of_others = true;
        Some(found.taking_of(Takes::Identity))
    }
}
