//! What people do every day before they change a policy: a group, a role that may already do it, the ARN that was meant.

use super::allow::is_of_administrators;
use super::authority::{By, CALLER};
use super::permitted::Permitted;
use super::proposal::{Patch, Proposal};
use super::rights::assume_role;
use crate::names::{AccountId, Arn};
use crate::question::{Asked, OtherCall, Variation};
use crate::world::{Change, Principal, PrincipalKind, Role};

/// How many groups, and how many roles, are tried.
const TRIED: usize = 12;

impl Asked<'_> {
    /// The groups whose policies would allow it to a user who joins them.
    pub(super) fn groups(&self) -> Vec<Proposal> {
        let PrincipalKind::User { account, name, .. } = &self.request.caller.principal.kind else {
            return Vec::new();
        };
        let Some(known) = self.request.world.account(*account) else { return Vec::new() };
        let own = known.users.values().find(|user| user.name.eq_ignore_ascii_case(name));
        let Some(own) = own else { return Vec::new() };
        let is_member = |group: &str| own.groups.iter().any(|joined| joined.eq_ignore_ascii_case(group));
        let others = known.groups.values().filter(|group| !is_member(&group.name)).take(TRIED);
        let joining = others.map(|group| {
            let has = self.rights_in_words(&group.permissions, known);
            let so = format!("user {} then has all that group {} has: {has}", own.name, group.name);
            let fact = format!("user {} belongs in group {}", own.name, group.name);
            joining(*account, &own.name, &group.name).so(so).provided(fact)
        });
        joining.filter(|proposal| self.is_not_of_administrators(proposal)).collect()
    }

    /// Nobody is made an administrator of everything, or of a service, for one call.
    fn is_not_of_administrators(&self, proposal: &Proposal) -> bool {
        proposal.changing(&Variation::default()).ask(&self.request, |again| {
            let because = again.because();
            let statements = because.iter().filter_map(|because| again.request.statement(because.at?));
            again.decision.is_allowed() && !statements.into_iter().any(is_of_administrators)
        })
    }

    /// A session of a role that the one who asks may assume.
    pub(super) fn roles(&self) -> Vec<Proposal> {
        let caller = &self.request.caller;
        let known = caller.account.and_then(|id| self.request.world.account(id));
        let Some(known) = known.filter(|_| self.is_user_or_session()) else { return Vec::new() };
        let roles = known.roles.values().take(TRIED);
        let session = |role: &Role| Principal::new(session_of(known.id, role));
        let roles = roles.filter_map(|role| Some((role, self.becoming(&session(role))?)));
        let as_role = |(role, how): (&std::sync::Arc<Role>, Permitted)| {
            let words = format!("assume role {}{}, which may do it", role.name, how.provided());
            let principal = Some(session(role));
            let call = OtherCall { principal, ..OtherCall::default() };
            let mut found = Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned())));
            found.edit.run = Some(assume_role(&role.arn(known.id), &how.with));
            found
        };
        roles.map(as_role).collect()
    }

    fn is_user_or_session(&self) -> bool {
        let kind = &self.request.caller.principal.kind;
        matches!(kind, PrincipalKind::User { .. } | PrincipalKind::RoleSession { .. })
    }

    /// The user or role that is there, where the one that was asked for is not: its path is another.
    pub(super) fn meant_entity(&self) -> Option<Proposal> {
        let arn = self.request.arn().filter(|arn| arn.service() == "iam")?;
        let account = AccountId::parse(arn.account()).and_then(|id| self.request.world.account(id))?;
        let (kind, own) = arn.resource().split_once('/')?;
        let name = own.rsplit('/').next()?;
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        let found = match kind {
            "role" => account.roles.values().find(|role| is(&role.name))?.arn(account.id),
            "user" => account.users.values().find(|user| is(&user.name))?.arn(account.id),
            _ => return None,
        };
        let meant = Arn::parse(&found)?.resource().to_owned();
        let words = format!("ask for {meant}: there is no {} in account {}", arn.resource(), account.id);
        let call = OtherCall { resource: Some(found.clone()), ..OtherCall::default() };
        let proposal = Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned())));
        (found != arn.text()).then_some(proposal)
    }
}

fn session_of(account: AccountId, role: &Role) -> PrincipalKind {
    PrincipalKind::RoleSession {
        account,
        path: role.path.clone(),
        role: role.name.clone(),
        session: "session".into(),
    }
}

fn joining(account: AccountId, user: &str, group: &str) -> Proposal {
    let change = Change::AddToGroup { account, user: user.into(), group: group.into() };
    let call = OtherCall { changes: vec![change], ..OtherCall::default() };
    let by =
        By::whoever_calls("iam:AddUserToGroup", format!("arn:aws:iam::{account}:group/{group}"), account);
    let line = format!("aws iam add-user-to-group --group-name {group} --user-name {user}");
    let words = format!("put user {user} into group {group}, whose policies allow it: `{line}`");
    Proposal::new(words, Patch::Call(call))
        .done_by(Some(by), vec![format!("add user {user} to group {group}")])
        .within(Some(account))
}
