//! Whether what denies may be right to: why, and who is to be asked before it is moved.

use super::edit::SESSION_POLICY;
use super::proposal::{Patch, Proposal};
use super::public_access::KEEPS_OUT;
use crate::compile::Element;
use crate::facts::{Danger, danger};
use crate::names::Arn;
use crate::names::fold_hash;
use crate::policy::{Effect, Layer, PolicyType};
use crate::question::Asked;
use crate::trace::StatementAt;
use crate::world::{self, PrincipalKind, ResourceChange};

const PRINCIPAL_ARN: &str = "aws:PrincipalArn";

const PASSING: &str = "whoever may pass a role has the use of its rights";

impl Asked<'_> {
    /// Who is to be asked before a limit is moved: what sets it may be right to deny this.
    pub(super) fn asks_first(&self, proposal: &Proposal) -> Option<String> {
        let limit = proposal.limit.clone().or_else(|| self.limit_of(proposal))?;
        Some(format!("the owner of {limit}"))
    }

    /// Why what denies may be right to, in words that go on after "since".
    pub(super) fn since(&self, proposal: &Proposal) -> Option<String> {
        let is_public = matches!(self.request.caller.principal.kind, PrincipalKind::Anonymous);
        let said = match &proposal.change {
            _ if proposal.edit.since.is_some() => return proposal.edit.since.clone(),
            _ if self.names_just_this(proposal).is_some() => {
                return self.names_just_this(proposal).map(|name| format!("{name} allows just this"));
            }
            Patch::World(changes) if changes.iter().any(unblocks) => KEEPS_OUT,
            Patch::Policy(edit) => match edit.layer {
                Layer::ServiceControl | Layer::ResourceControl => "what is allowed was listed on purpose",
                Layer::PermissionsBoundary => "a boundary is there to hold policies back",
                Layer::VpcEndpoint => "an endpoint lets through only what it lists",
                Layer::Session => "the session was begun with less than its policies allow",
                Layer::IdentityBased if self.passes_a_role() => PASSING,
                Layer::ResourceBased if self.opened_to_more(edit.layer).is_some() => {
                    match self.request.side.kind {
                        Some(PolicyType::Key) => "a key is for whom its policy names",
                        Some(PolicyType::Trust) => "a role is for whom its trust policy names",
                        _ if is_public => "everybody would have it",
                        _ => return None,
                    }
                }
                _ => return None,
            },
            _ => return None,
        };
        Some(said.to_owned())
    }

    /// The statement of another layer that allows this very action, and not everywhere: what only lists what it lets by was
    /// then probably forgotten.
    pub(super) fn names_just_this(&self, proposal: &Proposal) -> Option<String> {
        let layer = proposal.level().map(|(layer, _)| layer)?;
        let is_key = layer == Layer::ResourceBased && self.request.side.kind == Some(PolicyType::Key);
        let is_list = is_key || matches!(layer, Layer::PermissionsBoundary | Layer::VpcEndpoint);
        let grants = |own: Layer| matches!(own, Layer::IdentityBased | Layer::ResourceBased) && own != layer;
        let mut allows =
            self.trace.statements.iter().filter(|trace| {
                trace.effect == Effect::Allow && trace.found.is_ok() && grants(trace.at.layer)
            });
        let found = allows.find(|trace| self.is_of_just_this(trace.at)).filter(|_| is_list);
        found.map(|trace| self.named(trace.at))
    }

    fn is_of_just_this(&self, at: StatementAt) -> bool {
        let Some(view) = self.request.statement(at) else { return false };
        let mut actions = view.policy.actions(view.statement).iter();
        let mut resources = view.policy.resources(view.statement).iter();
        let names = actions.any(|pattern| self.request.action.is(pattern.text(view.policy)));
        let is_said = |text: &str| Arn::parse(text).is_some_and(|arn| !arn.resource().starts_with('*'));
        names && !view.statement.not_action && resources.any(|pattern| is_said(pattern.text(view.policy)))
    }

    pub(super) fn passes_a_role(&self) -> bool {
        danger(&self.action_name()) == Some(Danger::PassesRole)
    }

    /// Why a Deny may be right to: whom it spares, or on what it hangs.
    pub(super) fn guards_on_purpose(&self, at: StatementAt) -> Option<String> {
        let view = self.request.statement(at)?;
        let name = self.statement(at).name().unwrap_or_else(|| self.named(at));
        let tests = view.policy.tests(view.statement);
        let by_name = view.statement.principal_element == Element::Negated;
        Some(match () {
            () if by_name || view.reads(fold_hash(PRINCIPAL_ARN.as_bytes())) => {
                format!("{name} spares few on purpose")
            }
            () if tests.is_empty() => format!("{name} denies it on purpose"),
            () => format!("{name} sets a condition on purpose"),
        })
    }

    /// What a change moves that somebody has set as a limit to many: a guard, an SCP, a boundary, an endpoint.
    fn limit_of(&self, proposal: &Proposal) -> Option<String> {
        let edit = match &proposal.change {
            Patch::Policy(edit) => edit,
            Patch::World(changes) => return changes.iter().any(unblocks).then(|| BLOCK.to_owned()),
            Patch::Keys(_) | Patch::Call(_) => return None,
        };
        let name = proposal.edit.policy.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        let named = |word: &str| Some(format!("{word}{name}"));
        match edit.layer {
            Layer::ServiceControl => named("SCP"),
            Layer::ResourceControl => named("RCP"),
            Layer::PermissionsBoundary => named("permissions boundary"),
            Layer::VpcEndpoint => named("endpoint policy"),
            Layer::Session => Some(SESSION_POLICY.to_owned()),
            Layer::IdentityBased if self.passes_a_role() => {
                let role = self.request.arn()?.resource().rsplit('/').next()?.to_owned();
                Some(format!("role {role}"))
            }
            Layer::IdentityBased | Layer::ResourceBased => proposal.edit.guard.clone(),
        }
    }

    /// What is opened by a resource's policy that names one more, where that alone decides who gets to it: a key, the
    /// trust of a role, what the public may see.
    pub(super) fn opened_to_more(&self, layer: Layer) -> Option<String> {
        if layer != Layer::ResourceBased {
            return None;
        }
        let is_public = matches!(self.request.caller.principal.kind, PrincipalKind::Anonymous);
        let what = match self.request.side.kind {
            Some(PolicyType::Key) => "the key",
            Some(PolicyType::Trust) => "the role",
            _ if is_public && self.request.action.is_of("s3") => "the bucket",
            _ if is_public => "the resource",
            _ => return None,
        };
        Some(what.to_owned())
    }
}

const BLOCK: &str = "S3 Block Public Access";

fn unblocks(change: &world::Change) -> bool {
    match change {
        world::Change::SaidIn(_, change) => unblocks(change),
        world::Change::Resource(ResourceChange::SetPublicAccessBlock { .. }) => true,
        _ => false,
    }
}
