//! Root sessions for a task: what they need, and how they begin.

use super::failure::Failure;
use super::need::Need;
use super::outcome::Outcome;
use super::principals::root_task;
use super::signed_in::enter;
use super::state::Session;
use crate::names::AccountId;
use crate::world::{Principal, PrincipalKind, WorldError};

#[derive(Clone, Debug)]
pub(crate) struct AssumeRoot {
    pub(crate) account: AccountId,
    /// The task, by the name or ARN of its policy.
    pub(crate) task: Box<str>,
}

pub(crate) fn root_need(root: &AssumeRoot) -> Result<Need, Failure> {
    let arn = format!("arn:aws:iam::{}:root", root.account);
    Ok(Need::new("sts:AssumeRoot", arn).with("sts:TaskPolicyArn", root_task(&root.task)?.arn))
}

pub(crate) fn begin_root(session: &mut Session, root: &AssumeRoot, now: i64) -> Result<Outcome, Failure> {
    if let Some(caller) = session.signed_in.clone() {
        check_organization(session, &caller, root.account)?;
    }
    let task = root_task(&root.task)?.arn;
    let kind = PrincipalKind::AssumedRoot { account: root.account, task: task.into() };
    let outcome = enter(session, Principal::new(kind), now);
    Ok(
        match session.world.organization_of(root.account).map(|organization| organization.root_feature(task))
        {
            Some((feature, None)) => outcome.note(format!(
                "central root access was never switched on here; taken as on: `root-access {feature} on`"
            )),
            _ => outcome,
        },
    )
}

/// E8: the caller is of the management account or of IAM's delegated administrator, the target a member account.
pub(crate) fn check_organization(
    session: &Session,
    caller: &Principal,
    target: AccountId,
) -> Result<(), Failure> {
    let refuse = |about: &str, what: String| Err(Failure::from(WorldError::new("not-offered", about, what)));
    if session.world.organizations().next().is_none() {
        return refuse("", "there is no organization, so there are no root sessions (E8)".to_owned());
    }
    let Some(organization) = session.world.organization_of(target).filter(|own| own.binds(target)) else {
        let what = format!("account `{target}` is not a member account of an organization (E8)");
        return refuse(target.as_str(), what);
    };
    if !caller.account().is_some_and(|account| organization.manages_root(account)) {
        let of = session.world.in_organization(organization);
        let what = format!(
            "AssumeRoot is called from the management account or IAM's delegated administrator{of} (E8)"
        );
        return refuse("", what);
    }
    Ok(())
}
