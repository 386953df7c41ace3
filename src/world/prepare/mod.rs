//! A request made ready for a decision: policies found, keys filled, names cut, nothing left to parse.

mod ancestors;
mod carried;
mod delegation;
mod holder;
mod keys;
mod kind_of_action;
mod may_be_gated;
mod policies;
mod resource;
mod unconsulted;
mod unknown;

pub use kind_of_action::KindOfAction;
pub use unknown::UnknownPolicy;

use super::caller::{Caller, CallerRef};
use super::context::Key;
use super::error::{Thing, WorldError};
use super::level::Level;
use super::lookup::ResourceSide;
use super::request::Request;
use super::state::World;
use super::without::LeftOut;
use std::sync::OnceLock;

use crate::catalog::ActionFacts;
use crate::compile::RequestResource;
use crate::facts::{self, RootOnlyTask, ScpExemption};
use crate::names::{AccountId, ActionName, Arn};

/// A request that can be decided.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// The world in which it is asked.
    pub world: &'a World,
    /// The principal's side.
    pub caller: CallerRef<'a>,
    /// The action.
    pub action: ActionName<'a>,
    /// What the catalog says of the action; `None` = it does not know it.
    pub facts: Option<ActionFacts<'a>>,
    /// The root-only task, where the action is the pseudo-action of one (E.4).
    pub task: Option<&'static RootOnlyTask>,
    /// Whether a gate may concern the request: nearly all requests are asked of no gate at all.
    pub may_be_gated: bool,
    resource: RequestResource<'a>,
    /// The resource that AWS asks for in place of the one that is named: where the action has no resource types (A46),
    /// and what the named one lies in (D44).
    pseudo_resource: Option<Box<str>>,
    /// The number of the type of the resource that is named, once somebody asked for it: thousands of keys may.
    resource_type: OnceLock<Option<u16>>,
    /// The account that owns the resource.
    pub owner: Option<AccountId>,
    /// The resource's side.
    pub side: ResourceSide,
    /// The RCPs from the organization root to the owner's account; empty where they do not apply (D6).
    pub rcp: Vec<Level>,
    /// Why SCPs do not bind the request, where they bind its caller otherwise (D5).
    pub scp_exemption: Option<&'static ScpExemption>,
    /// The policy of the VPC endpoint that the request goes through (D12).
    pub endpoint: Option<Level>,
    /// A bit for each layer that has policies: most requests meet one or two of the seven.
    taking_part: u8,
    /// The bits of the keys that some policy reads.
    key_bits: u64,
    /// The question as it was put.
    pub request: Request<'a>,
    /// Given and derived keys that some policy reads, sorted by hash; those of the caller are the caller's.
    pub(super) keys: Vec<Key<'a>>,
    /// What was filled in rather than given or known: key and value.
    pub assumed: Vec<(&'static str, String)>,
    /// What is worth saying about the question itself.
    pub notes: Vec<String>,
    /// What the question leaves out.
    pub left_out: Vec<LeftOut>,
}

impl World {
    /// Makes a request ready. The caller has been made with the policies that the request gives; for whom and with
    /// which policies is said once in a `question::Question`.
    ///
    /// # Errors
    /// If the action is not of the form `service:Name` or the resource is neither `*` nor an ARN.
    pub fn prepare<'a>(
        &'a self,
        caller: CallerRef<'a>,
        request: Request<'a>,
    ) -> Result<Prepared<'a>, WorldError> {
        let mut prepared = self.prepare_without_keys(caller, request)?;
        prepared.fill_keys();
        Ok(prepared)
    }

    /// The same without the keys of its context: for whoever asks which statements there are, not whether they apply.
    ///
    /// # Errors
    /// As [`Self::prepare`].
    pub fn prepare_without_keys<'a>(
        &'a self,
        caller: CallerRef<'a>,
        request: Request<'a>,
    ) -> Result<Prepared<'a>, WorldError> {
        let is_pseudo = facts::is_pseudo_action(request.action);
        let task = is_pseudo.then(|| facts::by_pseudo_action(request.action)).flatten();
        if is_pseudo && task.is_none() {
            return Err(unknown_task(request.action));
        }
        let name = self.real_action(&caller, request.action, task);
        let action = ActionName::parse(name).ok_or_else(|| bad_action(request.action))?;
        let resource = match request.resource {
            None | Some("*") => RequestResource::Any,
            Some(text) => RequestResource::One(Arn::parse(text).ok_or_else(|| bad_resource(text))?),
        };
        let mut prepared = Prepared {
            world: self,
            caller,
            action,
            facts: self.catalog().action(name),
            task,
            may_be_gated: facts::may_be_gated(&action),
            resource,
            pseudo_resource: None,
            resource_type: OnceLock::new(),
            owner: None,
            side: ResourceSide::default(),
            rcp: Vec::new(),
            scp_exemption: None,
            endpoint: None,
            taking_part: 0,
            key_bits: 0,
            request,
            keys: Vec::new(),
            assumed: Vec::new(),
            notes: Vec::new(),
            left_out: Vec::new(),
        };
        prepared.fit_resource();
        prepared.resolve_alias();
        prepared.find_owner();
        prepared.find_policies();
        prepared.may_be_gated |= prepared.is_out_of_the_ordinary();
        prepared.note_layers();
        Ok(prepared)
    }

    /// E.4: a root-only task that has a real action is decided by it, once the principal is root.
    fn real_action<'a>(
        &self,
        caller: &Caller,
        action: &'a str,
        task: Option<&'static RootOnlyTask>,
    ) -> &'a str {
        match task.and_then(|task| task.real_actions.first()) {
            Some(real)
                if !real.contains('*')
                    && (caller.principal.is_root() || task.is_some_and(|task| !task.decides)) =>
            {
                real
            }
            _ => action,
        }
    }
}

fn bad_action(text: &str) -> WorldError {
    let error = WorldError::new(
        "bad-action",
        Thing::Action.called(text),
        format!("`{text}` is not an action of the form `service:Name`"),
    );
    match text.contains(['*', '?']) {
        true => error.help("a question names one action; wildcards belong to policies"),
        false => error.help("for example `s3:GetObject`"),
    }
}

fn unknown_task(text: &str) -> WorldError {
    let error = WorldError::new(
        "unknown-task",
        Thing::Action.called(text),
        format!("`{text}` is not a root-only task that is known here"),
    );
    match facts::nearest_pseudo_action(text) {
        Some(known) => error.help(format!("did you mean `{known}`?")),
        None => error.help("`list root-only` shows them all"),
    }
}

fn bad_resource(text: &str) -> WorldError {
    WorldError::new("bad-arn", Thing::Resource.called(text), format!("`{text}` is neither `*` nor an ARN"))
        .help("an ARN has six fields: `arn:aws:s3:::bucket/key`, `arn:aws:sqs:us-east-1:111122223333:jobs`")
}
