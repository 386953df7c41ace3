//! A session of AssumeRoot, where a Deny of the root users of members spares such sessions (E8, E10).

use super::authority::By;
use super::proposal::{Patch, Proposal};
use crate::facts::{self, ManagedPolicyFacts};
use crate::names::AccountId;
use crate::question::{Asked, OtherCall, Variation};
use crate::world::{ContextValue, Organization, Principal, PrincipalKind};

/// The service whose delegated administrator begins root sessions, beside the management account.
const SERVICE: &str = "iam.amazonaws.com";

impl Asked<'_> {
    /// The call made in a root session for a task, by whoever manages the root users of members.
    pub(super) fn in_root_session(&self) -> Option<Proposal> {
        let PrincipalKind::Root(account) = self.request.caller.principal.kind else { return None };
        let organization = self.request.world.organization_of(account).filter(|own| own.binds(account))?;
        let tasks = facts::root_task_policies().iter();
        let on = tasks.filter(|task| organization.missing_root_feature(Some(task.arn)).is_none());
        let mut all = on.map(|task| beginning(task, account, organization));
        all.find(|call| {
            let variation = call.changing(&Variation::default());
            variation.ask(&self.request, |again| again.decision.is_allowed())
        })
    }
}

fn beginning(task: &ManagedPolicyFacts, account: AccountId, organization: &Organization) -> Proposal {
    let kind = PrincipalKind::AssumedRoot { account, task: task.arn.into() };
    let call = OtherCall { principal: Some(Principal::new(kind)), ..OtherCall::default() };
    let line = format!("aws sts assume-root --target-principal {account} --task-policy-arn arn={}", task.arn);
    let words =
        format!("make the call in a root session for the task {}, which is spared: `{line}`", task.name);
    let by = By::Caller {
        action: "sts:AssumeRoot".into(),
        resource: format!("arn:aws:iam::{account}:root"),
        account: organization.administrator_of(SERVICE),
        keys: vec![("sts:TaskPolicyArn".into(), ContextValue::One(task.arn.into()))],
    };
    Proposal::new(words, Patch::Call(call)).by(Some(by))
}
