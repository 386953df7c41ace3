//! Who comes to a role by roles that may be assumed one after the other, found backwards from the last.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::rc::Rc;

use super::principals::{holder, principals};
use super::who_can::{Access, of_everybody, of_outside};
use crate::explain::Verdict;
use crate::question::{Assumptions, Question};
use crate::world::{Principal, PrincipalKind, World, WorldError};

/// Somebody who comes to what was asked for by assuming roles.
#[derive(Clone, Debug)]
pub struct RoleChain {
    /// Who; a session stands for its role, a user called `example-user` of another account for that account.
    pub principal: Principal,
    /// What people call it, within its account: `user bob`.
    pub name: String,
    /// The account: its id, and its name where it has one.
    pub account: Option<String>,
    /// Whether the world does not have this principal.
    pub is_outside: bool,
    /// Whether nothing of it hangs on a condition.
    pub is_certain: bool,
    /// The roles, in the order in which they are assumed.
    pub links: Vec<ChainLink>,
}

/// A role that is assumed on the way.
#[derive(Clone, Debug)]
pub struct ChainLink {
    /// The ARN of the role.
    pub role: String,
    /// What people call it, within its account: `role Deploy`.
    pub name: String,
    /// `allowed`, or `depends`.
    pub verdict: Verdict,
    /// By what it may be assumed, or under which condition.
    pub reason: String,
}

/// A role from which what was asked for may be done.
#[derive(Clone, Debug)]
pub(super) struct LastRole {
    pub(super) principal: Principal,
    pub(super) name: String,
    pub(super) is_certain: bool,
}

/// The shortest chain of each who has one; one that hangs on no condition comes before a shorter one that does.
pub(super) fn chains(
    world: &World,
    assumptions: &Assumptions,
    last: &[LastRole],
) -> Result<Vec<RoleChain>, WorldError> {
    let everybody = principals(world).collect();
    let mut search = ChainSearch { world, assumptions, everybody, assumed_by: BTreeMap::new() };
    let mut found = search.back_from(last, true)?;
    let certain: HashSet<String> = found.iter().map(|chain| holder(&chain.principal)).collect();
    let others = search.back_from(last, false)?;
    found.extend(others.into_iter().filter(|chain| !certain.contains(&holder(&chain.principal))));
    Ok(found)
}

/// The calls by which a role is assumed: those of principals, and those of identity providers.
const ASSUME_ROLE: &str = "sts:AssumeRole";
const BY_SAML: &str = "sts:AssumeRoleWithSAML";
const BY_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";

/// Who may assume which role, asked once each.
struct ChainSearch<'w> {
    world: &'w World,
    assumptions: &'w Assumptions,
    everybody: Vec<Principal>,
    assumed_by: BTreeMap<String, Rc<Vec<Access>>>,
}

impl ChainSearch<'_> {
    /// Everybody who comes to one of the roles; by steps alone that hang on no condition, if so asked.
    fn back_from(&mut self, last: &[LastRole], certain: bool) -> Result<Vec<RoleChain>, WorldError> {
        let last = last.iter().filter(|role| role.is_certain || !certain);
        let mut open: VecDeque<(Principal, String, bool, Vec<ChainLink>)> = last
            .map(|role| (role.principal.clone(), role.name.clone(), role.is_certain, Vec::new()))
            .collect();
        let mut seen: HashSet<String> = open.iter().map(|(role, ..)| holder(role)).collect();
        let mut found = Vec::new();
        while let Some((role, name, is_certain, after)) = open.pop_front() {
            for access in self.assumed_by(&role)?.iter() {
                let is_allowed = access.verdict == Verdict::Allowed;
                if certain && !is_allowed || !seen.insert(holder(&access.principal)) {
                    continue;
                }
                let link = ChainLink {
                    role: role.lasting_arn(),
                    name: name.clone(),
                    verdict: access.verdict,
                    reason: access.reason.clone(),
                };
                let links = [std::slice::from_ref(&link), &after[..]].concat();
                let is_certain = is_certain && is_allowed;
                if matches!(access.principal.kind, PrincipalKind::RoleSession { .. }) && !access.is_outside {
                    open.push_back((
                        access.principal.clone(),
                        access.name.clone(),
                        is_certain,
                        links.clone(),
                    ));
                }
                found.push(chain(access, is_certain, links));
            }
        }
        Ok(found)
    }

    fn assumed_by(&mut self, role: &Principal) -> Result<Rc<Vec<Access>>, WorldError> {
        let arn = role.lasting_arn();
        if let Some(known) = self.assumed_by.get(&arn) {
            return Ok(Rc::clone(known));
        }
        let ask = |action: &str| self.question(role, action, &arn);
        let mut all = of_everybody(self.world, &ask(ASSUME_ROLE), &self.everybody)?;
        all.extend(of_outside(self.world, &ask(ASSUME_ROLE))?);
        for action in [BY_SAML, BY_WEB_IDENTITY] {
            let outside = of_outside(self.world, &ask(action))?;
            all.extend(outside.into_iter().filter(|one| call_of(&one.principal) == action));
        }
        Ok(Rc::clone(self.assumed_by.entry(arn).or_insert(Rc::new(all))))
    }

    /// The request is of whoever assumes: only what everybody's requests have is taken from the question.
    fn question(&self, role: &Principal, action: &str, arn: &str) -> Question {
        let Assumptions { context, settings, now, .. } = self.assumptions;
        let assumptions = Assumptions {
            context: context.clone(),
            settings: *settings,
            now: *now,
            ..Assumptions::default()
        };
        Question::new(role.clone(), action).on(arn).assuming(assumptions)
    }
}

/// The call by which an identity provider lets a role be assumed.
fn call_of(principal: &Principal) -> &'static str {
    match &principal.kind {
        PrincipalKind::IdentityProvider(name) if name.contains(":saml-provider/") => BY_SAML,
        PrincipalKind::IdentityProvider(_) => BY_WEB_IDENTITY,
        _ => ASSUME_ROLE,
    }
}

fn chain(access: &Access, is_certain: bool, links: Vec<ChainLink>) -> RoleChain {
    RoleChain {
        principal: access.principal.clone(),
        name: access.name.clone(),
        account: access.account.clone(),
        is_outside: access.is_outside,
        is_certain,
        links,
    }
}
