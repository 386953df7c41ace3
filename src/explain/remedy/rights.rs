//! What the policies of a group or role allow, and who may do now what was asked for: what one weighs who decides.

use super::super::headline::up_to;
use super::authority::{members, name};
use super::context::MFA;
use crate::names::{AccountId, Arn, glob_fold};
use crate::policy::Effect;
use crate::question::{Asked, ask};
use crate::world::{Account, Caller, ContextEntry, Permissions, Request};

/// How many rights, and how many people, are named.
const RIGHTS: usize = 10;
const LENT: usize = 5;
const PEOPLE: usize = 3;

/// How many users and roles of an account are asked.
const ASKED: usize = 40;

impl Asked<'_> {
    /// Names of actions, those that cover what was asked for first.
    pub(super) fn own_first(&self, mut names: Vec<String>) -> Vec<String> {
        let own = self.action_name();
        names.sort_by_key(|pattern| !glob_fold(pattern, &own));
        names
    }

    /// The rights of a group, those that cover what was asked for first.
    pub(super) fn rights_in_words(&self, permissions: &Permissions, account: &Account) -> String {
        up_to(RIGHTS, &self.own_first(rights(permissions, account)))
    }

    /// What the role may do that is passed or assumed: `sns:Publish and dynamodb:Query`.
    pub(super) fn lent_rights(&self) -> Option<String> {
        let arn = self.request.arn().filter(|arn| arn.service() == "iam")?;
        let account = AccountId::parse(arn.account()).and_then(|id| self.request.world.account(id))?;
        let role = arn.resource().strip_prefix("role/")?.rsplit('/').next()?;
        let role = account.roles.get(&*role.to_ascii_lowercase())?;
        let all = rights(&role.permissions, account);
        (!all.is_empty()).then(|| up_to(LENT, &all))
    }

    /// Who of the resource's account may do it now: `today only user ann may do it`.
    pub(super) fn allowed_today(&self) -> Option<String> {
        let owner = self.request.owner.filter(|_| self.request.is_iam_principal());
        let account = owner.and_then(|id| self.request.world.account(id))?;
        let (world, policies) = (self.request.world, self.request.request.policies);
        let (action, resource) = (self.action_name(), self.request.resource().text());
        let is_given = policies.documents().next().is_some(); // which would not be theirs
        if is_given || members(account).nth(ASKED).is_some() {
            return None;
        }
        let may =
            members(account).filter(|one| self.may_make_it(&world.caller(one, policies), &action, resource));
        let names: Vec<String> = may.map(|one| name(&one, account.id)).collect();
        Some(match &names[..] {
            [] => format!("today nobody of account {} may do it", account.id),
            [one] => format!("today only {one} may do it"),
            many => format!("today {} may do it", up_to(PEOPLE, many)),
        })
    }
}

impl Asked<'_> {
    /// Whether somebody may make the call, and has all that it surely needs.
    fn may_make_it(&self, caller: &Caller, action: &str, resource: &str) -> bool {
        let request = Request { action, resource: Some(resource), ..self.request.request };
        let lacks =
            |asked: &Asked<'_>| asked.companions().iter().any(|one| one.is_certain && one.is_denied());
        self.request.world.prepare(caller.into(), request).is_ok_and(|prepared| {
            let asked = ask(prepared);
            asked.decision.is_allowed() && !lacks(&asked)
        })
    }
}

/// The actions that policies allow, as they are written.
fn rights(permissions: &Permissions, account: &Account) -> Vec<String> {
    let inline = permissions.inline.iter().map(|inline| &inline.document);
    let attached = permissions.attached.iter();
    let managed = attached.filter_map(|arn| account.policies.values().find(|policy| policy.arn == *arn));
    let mut found: Vec<String> = Vec::new();
    for policy in
        inline.chain(managed.map(|policy| policy.document())).filter_map(|document| document.compiled())
    {
        for one in policy.statements().iter().filter(|one| one.effect == Effect::Allow) {
            let names: Vec<String> =
                policy.actions(one).iter().map(|pattern| pattern.text(policy).to_owned()).collect();
            match one.not_action {
                true => found.push(format!("every action but {}", up_to(PEOPLE, &names))),
                false => found.extend(names),
            }
        }
    }
    let by_name = permissions.attached.iter().filter(|arn| arn.contains("::aws:policy/"));
    found.extend(by_name.map(|arn| format!("what {} allows", arn.rsplit('/').next().unwrap_or_default())));
    let mut known = std::collections::HashSet::new();
    found.retain(|right| known.insert(right.clone()));
    found
}

/// `aws sts assume-role …`, by whoever begins a session of a role, with what that takes: MFA, an external id.
pub(super) fn assume_role(role: &str, with: &[ContextEntry<'_>]) -> String {
    let device = Arn::parse(role).filter(|_| with.iter().any(|(key, _)| key.eq_ignore_ascii_case(MFA)));
    let device = device.map(|arn| {
        let (partition, account) = (arn.text().split(':').nth(1).unwrap_or("aws"), arn.account());
        format!(" --serial-number arn:{partition}:iam::{account}:mfa/DEVICE --token-code CODE")
    });
    let id = with.iter().find(|(key, _)| key.eq_ignore_ascii_case("sts:ExternalId"));
    let id = id.and_then(|(_, value)| value.only().map(|id| format!(" --external-id {id}")));
    let options: String = id.into_iter().chain(device).collect();
    format!("aws sts assume-role --role-arn {role} --role-session-name NAME{options}")
}
