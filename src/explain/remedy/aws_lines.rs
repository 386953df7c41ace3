//! The lines of the AWS command line that carry out a change of a policy: the whole of them, so that nothing is to be
//! looked up at three in the morning.

use super::authority::By;
use super::context::SOURCE_ARN;
use super::proposal::{Patch, Proposal};
use crate::facts::{self, PolicyCommands};
use crate::names::Arn;
use crate::question::Asked;
use crate::world::PrincipalKind;

impl Asked<'_> {
    /// What reads the policy that a change is made in, if there is one, and what makes the change; nothing where no
    /// command is known, or the policy came with the question.
    pub(super) fn aws_lines(&self, proposal: &Proposal) -> Option<PolicyCommands> {
        let (Patch::Policy(edit), Some(By::Caller { action, resource, .. })) =
            (&proposal.change, &proposal.by)
        else {
            return None;
        };
        proposal.edit.whereabouts.as_ref()?;
        if action == "lambda:AddPermission" {
            return self.permission_for_function(proposal, resource);
        }
        let is_new = edit.policy.is_none();
        let name = match &proposal.edit.policy {
            Some(name) => name.clone(),
            None => format!("Allow{}", self.request.action.name()),
        };
        let name =
            if action.starts_with("iam:Detach") { self.attached_as(proposal).unwrap_or(name) } else { name };
        let found = facts::policy_commands(action, resource, &name)?;
        Some(PolicyCommands { read: found.read.filter(|_| !is_new), ..found })
    }

    /// The ARN of a managed policy that is detached.
    fn attached_as(&self, proposal: &Proposal) -> Option<String> {
        let place = proposal.edit.whereabouts.as_deref()?.strip_prefix("in managed policy ")?;
        place.split(',').next().map(str::to_owned)
    }

    /// A statement of a function's policy has a call of its own, which says what the request says.
    fn permission_for_function(&self, proposal: &Proposal, function: &str) -> Option<PolicyCommands> {
        let arn = Arn::parse(function)?;
        let name = arn.resource().strip_prefix("function:")?;
        let on = format!("--function-name {name} --region {}", arn.region());
        let caller = &self.request.caller;
        let whom = match &caller.principal.kind {
            PrincipalKind::Service(service) => service.to_string(),
            _ => caller
                .parent_arn
                .as_deref()
                .filter(|_| caller.account.is_some())
                .unwrap_or(&caller.arn)
                .to_owned(),
        };
        let options = [("source-arn", SOURCE_ARN), ("source-account", "aws:SourceAccount")];
        let options = options
            .iter()
            .filter_map(|(option, key)| Some(format!(" --{option} {}", self.request.given_value(key)?)));
        let options: String = options.collect();
        let action = self.action_name();
        let add = |id: &str| {
            format!(
                "aws lambda add-permission {on} --statement-id {id} --action {action} --principal {whom}{options}"
            )
        };
        let old = proposal.edit.words.contains(" instead of ").then(|| self.sid_of(proposal)).flatten();
        let put = match old {
            Some(sid) => format!("aws lambda remove-permission {on} --statement-id {sid} && {}", add(&sid)),
            None => {
                add(&format!("Allow-{}", last_word(self.request.given_value(SOURCE_ARN).unwrap_or(&whom))))
            }
        };
        Some(PolicyCommands { read: None, put })
    }

    /// The Sid of the statement in which a slip is mended.
    fn sid_of(&self, proposal: &Proposal) -> Option<String> {
        let view = self.request.statement(proposal.slip.as_ref()?.at?)?;
        view.policy.policy().sid(view.number).map(|sid| sid.into_owned())
    }
}

/// The last word of a name, of the letters that a Sid can have.
fn last_word(name: &str) -> String {
    let last = name.rsplit([':', '/']).next().unwrap_or(name);
    last.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}
