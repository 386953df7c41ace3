//! One question: who asks for what, and what it assumes. It is asked of the one engine.
//!
//! A [`Question`] owns all that it says. [`Question::prepare`] makes the caller and the request of it, so that the two
//! cannot disagree, in the borrowed form that the engine takes; `batch`, which reads its lines without copying, makes
//! that form itself.
//!
//! [`wire`] reads and writes it as JSON. A question that has been made ready is asked again with a difference by a [`Variation`].
//!
//! INVARIANT: nothing here decides, and nothing is said that the engine has not said: decision and trace come from
//! one run of `eval::authorize`.
//!
//! Read first: [`Question`], then [`Asked`].

mod also_needed;
mod asked;
mod kept_callers;
mod passed_role;
pub mod search;
pub mod space;
mod variation;
pub mod wire;

use std::borrow::Cow;
use std::sync::Arc;

pub use also_needed::{AlsoNeeded, NeededOn};
pub use asked::{Asked, ask};
pub use kept_callers::KeptCallers;
pub use variation::{OtherCall, Variation, without_statement};

use crate::names::AccountId;
use crate::policy::{Layer, PolicyType};
use crate::source::Source;
use crate::world::{
    Caller, CallerRef, ContextEntry, ContextValue, Document, GivenPolicies, LeftOut, NamedDocument, Prepared,
    Principal, PublicAccessBlock, Request, Settings, Thing, World, WorldError,
};

/// A question with everything that it assumes: may this principal do this to that?
///
/// ```
/// use iamwhy::question::Question;
/// use iamwhy::world::{Principal, World};
///
/// let alice = Principal::parse("arn:aws:iam::111122223333:user/alice").expect("a principal");
/// let question = Question::new(alice, "s3:GetObject").on("arn:aws:s3:::reports/q1.csv").policy(
///     "Reports",
///     r#"{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"}}"#,
/// );
/// let world = World::new();
/// assert!(question.ask(&world).expect("a good question").decision.is_allowed());
/// ```
#[derive(Clone, Debug)]
pub struct Question {
    /// Who asks. Questions that share it can share a prepared caller.
    pub principal: Arc<Principal>,
    /// The action, `service:Name`.
    pub action: Box<str>,
    /// The ARN of the resource, or `*`; `None` where nobody named one.
    pub resource: Option<Box<str>>,
    /// What it assumes.
    pub assumptions: Assumptions,
}

/// What a question assumes beyond what the world says.
#[derive(Clone, Debug, Default)]
pub struct Assumptions {
    /// Context keys; they win over what the tool fills.
    pub context: Vec<ContextEntry<'static>>,
    /// Layers, policies and statements that are left out.
    pub without: Vec<LeftOut>,
    /// Policies in place of the world's. Questions that share them can share a prepared caller.
    pub policies: Arc<GivenPolicies>,
    /// Whether AWS itself said that it asked for this resource, so that it is asked for as it stands (I21).
    pub resource_is_evidence: bool,
    /// Whether the resource is a pattern for one that is named by something nobody could read: what hangs on the name
    /// then depends.
    pub resource_is_unread: bool,
    /// The account that owns the resource, where neither the ARN nor the world says it.
    pub resource_account: Option<AccountId>,
    /// What else the call works with: the role that it hands on, the key, the subnet. The decision is about the one resource.
    pub using: Vec<Box<str>>,
    /// S3 Block Public Access in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The switches, and the day of the root-only tasks, in place of the world's.
    pub settings: Option<Settings>,
    /// What the clock says, in epoch seconds; a time that the switches fix wins.
    pub now: i64,
}

impl Question {
    /// A question that assumes nothing. No clock is read: the time is the beginning of 1970 unless [`Self::at`] says
    /// another.
    pub fn new(principal: impl Into<Arc<Principal>>, action: impl Into<Box<str>>) -> Self {
        Self {
            principal: principal.into(),
            action: action.into(),
            resource: None,
            assumptions: Assumptions::default(),
        }
    }

    /// About a resource.
    #[must_use]
    pub fn on(self, resource: impl Into<Box<str>>) -> Self {
        Self { resource: Some(resource.into()), ..self }
    }

    /// About a resource that an account owns, where neither the ARN nor the world says it.
    #[must_use]
    pub fn owned_by(mut self, account: AccountId) -> Self {
        self.assumptions.resource_account = Some(account);
        self
    }

    /// With one more context key.
    #[must_use]
    pub fn with(
        mut self,
        key: impl Into<Cow<'static, str>>,
        value: impl Into<ContextValue<'static>>,
    ) -> Self {
        self.assumptions.context.push((key.into(), value.into()));
        self
    }

    /// With an identity-based policy, and the others that are given, in place of those that the principal has in the
    /// world. A text that is no policy is an error of the question, as soon as it is asked (I27).
    #[must_use]
    pub fn policy(mut self, name: &str, text: &str) -> Self {
        let (document, _) = Document::read(&Source::new(name, text), PolicyType::IdentityBased);
        let given = Arc::make_mut(&mut self.assumptions.policies);
        given.identity.get_or_insert_default().push(NamedDocument { name: name.into(), document });
        self
    }

    /// With policies in place of all that the world has of their layers.
    #[must_use]
    pub fn policies(mut self, policies: impl Into<Arc<GivenPolicies>>) -> Self {
        self.assumptions.policies = policies.into();
        self
    }

    /// Without a layer, a policy or a statement.
    #[must_use]
    pub fn without(mut self, out: LeftOut) -> Self {
        self.assumptions.without.push(out);
        self
    }

    /// With switches in place of the world's.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.assumptions.settings = Some(settings);
        self
    }

    /// At a time, in epoch seconds.
    #[must_use]
    pub fn at(mut self, now: i64) -> Self {
        self.assumptions.now = now;
        self
    }

    /// With all that it assumes.
    #[must_use]
    pub fn assuming(self, assumptions: Assumptions) -> Self {
        Self { assumptions, ..self }
    }

    /// Asks in a world.
    ///
    /// # Errors
    /// If action or resource are not of their form, a policy that is given cannot be read, or there is nothing to leave
    /// out.
    pub fn ask<'q>(&'q self, world: &'q World) -> Result<Asked<'q>, WorldError> {
        Ok(ask(self.prepare(world)?))
    }

    /// Makes the question ready in a world: its caller and its request, of one thing.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn prepare<'q>(&'q self, world: &'q World) -> Result<Prepared<'q>, WorldError> {
        let without = &self.assumptions.without;
        let mut caller = self.caller(world);
        let of_caller: Vec<bool> = without.iter().map(|out| caller.leave_out(out)).collect();
        let mut prepared = self.prepare_by(caller, world)?;
        let of_resource: Vec<bool> = without.iter().map(|out| prepared.leave_out(out)).collect();
        let both = of_caller.into_iter().zip(of_resource);
        match without.iter().zip(both).find(|(_, found)| *found == (false, false)) {
            Some((out, _)) => Err(nothing_to_leave_out(out)),
            None => Ok(prepared),
        }
    }

    /// The caller of the question, to be kept for others of the same principal and policies. Nothing is left out.
    pub fn caller(&self, world: &World) -> Caller {
        world.caller(&self.principal, &self.assumptions.policies)
    }

    /// Makes the question ready for a caller that was prepared before by [`Self::caller`]. Nothing is left out.
    ///
    /// # Errors
    /// If action or resource are not of their form, or a policy that is given cannot be read.
    pub fn prepare_by<'q>(
        &'q self,
        caller: impl Into<CallerRef<'q>>,
        world: &'q World,
    ) -> Result<Prepared<'q>, WorldError> {
        self.assumptions.policies.unreadable().map_or(Ok(()), Err)?;
        world.prepare(caller.into(), self.request(world))
    }

    /// The same without the keys of its context: for whoever asks which statements there are, not whether they apply.
    ///
    /// # Errors
    /// As [`Self::prepare_by`].
    pub fn prepare_without_keys<'q>(
        &'q self,
        caller: impl Into<CallerRef<'q>>,
        world: &'q World,
    ) -> Result<Prepared<'q>, WorldError> {
        self.assumptions.policies.unreadable().map_or(Ok(()), Err)?;
        world.prepare_without_keys(caller.into(), self.request(world))
    }

    /// What the engine takes beside the caller.
    fn request(&self, world: &World) -> Request<'_> {
        let assumptions = &self.assumptions;
        let settings = assumptions.settings.unwrap_or(*world.settings());
        Request {
            action: &self.action,
            resource: self.resource.as_deref(),
            resource_is_evidence: assumptions.resource_is_evidence,
            resource_is_unread: assumptions.resource_is_unread,
            resource_account: assumptions.resource_account,
            context: &assumptions.context,
            policies: &assumptions.policies,
            using: &assumptions.using,
            public_access_block: assumptions.public_access_block,
            settings,
            now: settings.time.unwrap_or(assumptions.now),
            is_complete: false,
        }
    }
}

fn nothing_to_leave_out(out: &LeftOut) -> WorldError {
    let kind = if matches!(out, LeftOut::Statement { .. }) { "statement" } else { "policy" };
    let what = format!("no {kind} `{out}` takes part in this question");
    let layers: Vec<&str> = Layer::ALL.into_iter().map(Layer::word).collect();
    let help = format!(
        "`without` takes the name of a policy, a statement of it (`NoDelete#1`, or its Sid), or a layer: {}",
        layers.join(", ")
    );
    let word = out.to_string().to_ascii_lowercase();
    let meant =
        Layer::ALL.into_iter().map(Layer::word).find(|layer| layer.split('-').any(|part| part == word));
    let meant = meant.map(|layer| format!("did you mean `without {layer}`? ")).unwrap_or_default();
    WorldError::new("nothing-left-out", Thing::Policy.called(out.to_string()), what).help(meant + &help)
}
