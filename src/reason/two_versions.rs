//! What is compared: a principal with its policies, before and after.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::actions::ListedActions;
use super::compared_resources::ComparedResources;
use super::difference::Turn;
use super::how_much::HowMuch;
use super::kept::KeptParts;
use super::said::WorldsApart;
use super::scope::Scope;
use crate::names::fold_hash;
use crate::question::Question;
use crate::world::{Caller, Credentials, Prepared, Presence, PrincipalKind, World, WorldError};

/// Who asks in one version, and in which world.
#[derive(Clone, Debug)]
pub struct AskedVersion<'w> {
    /// The world.
    pub world: &'w World,
    /// The principal, with the policies that are given in place of the world's. Action, resource and context are not
    /// looked at.
    pub question: Question,
}

/// Two versions to be compared.
pub struct TwoVersions<'w> {
    /// The old version and the new one.
    pub versions: [AskedVersion<'w>; 2],
    /// How much is known of who asks.
    pub known: KnownOfCaller,
    /// A resource: then requests for it and for what lies in it are compared, else those for all resources of the
    /// caller's account.
    pub on: Option<Box<str>>,
    /// The actions and resources that are compared alone.
    pub within: Option<&'w Scope>,
    /// The turns that are looked for; a principal that is new has lost nothing.
    pub turns: &'static [Turn],
    /// The actions.
    pub listed: &'w ListedActions,
}

/// How much is known of who asks: what is not may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownOfCaller {
    /// What the world knows of the principal.
    OfWorld,
    /// Who it is, and what follows from that alone.
    Name,
    /// Nothing: a policy that nobody has yet.
    Nothing,
}

/// What follows from who asks and for what.
const OF_NAME: [&str; 9] = [
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalIsAWSService", "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList", "aws:PrincipalType", "aws:userid", "aws:username",
    "aws:ResourceAccount",
];

/// Two versions with their callers, which are made once for all requests.
pub(super) struct VersionPair<'c> {
    pub(super) asked: &'c TwoVersions<'c>,
    pub(super) callers: [Caller; 2],
    /// The worlds, where they are two, and of whom nobody knows more than they do.
    pub(super) worlds: Option<&'c WorldPair<'c>>,
    /// What was found of some classes of requests and holds of others, too.
    pub(super) kept: Rc<KeptParts>,
}

/// Two worlds, with what is found out of them once for all callers.
pub(super) struct WorldPair<'w> {
    pub(super) worlds: [&'w World; 2],
    pub(super) apart: WorldsApart,
    pub(super) how_much: HowMuch,
    /// The resources of a kind and an account, as they were divided before.
    pub(super) divided: RefCell<HashMap<KindAndAccount, Rc<[ComparedResources]>>>,
    /// The numbers of the listed actions that may be asked for a resource of a service, as they were found before.
    pub(super) asked_for: RefCell<HashMap<String, Rc<[usize]>>>,
    /// What was found of some classes of requests and holds of others, too.
    pub(super) kept: Rc<KeptParts>,
}

/// A kind of resource, and an account.
type KindAndAccount = (String, String);

impl<'c> VersionPair<'c> {
    pub(super) fn new(asked: &'c TwoVersions<'c>, worlds: Option<&'c WorldPair<'c>>) -> Self {
        let callers = asked.versions.each_ref().map(|version| version.question.caller(version.world));
        let kept = worlds.map(|worlds| Rc::clone(&worlds.kept)).unwrap_or_default();
        Self { asked, callers, worlds, kept }
    }

    pub(super) fn world(&self, version: usize) -> &'c World {
        self.asked.versions[version].world
    }

    /// The request for an action and a resource, in both versions.
    pub(super) fn questions(&self, action: &str, resource: Option<&str>) -> [Question; 2] {
        self.asked.versions.each_ref().map(|version| Question {
            action: action.into(),
            resource: resource.map(Into::into),
            ..version.question.clone()
        })
    }

    /// A request of one version, made ready.
    pub(super) fn prepare<'q>(
        &'q self,
        version: usize,
        question: &'q Question,
    ) -> Result<Prepared<'q>, WorldError> {
        question.prepare_by(&self.callers[version], self.world(version))
    }

    /// The same without the keys of its context.
    pub(super) fn prepare_without_keys<'q>(
        &'q self,
        version: usize,
        question: &'q Question,
    ) -> Result<Prepared<'q>, WorldError> {
        question.prepare_without_keys(&self.callers[version], self.world(version))
    }

    /// Whether a request may have a key as it likes.
    pub(super) fn is_open(&self, request: &Prepared<'_>, key: &str) -> bool {
        is_open(request, key, self.asked.known)
    }
}

/// What a user or root user has only where they signed in otherwise than with access keys (C.2).
const OF_SIGN_IN: [&str; 3] = ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:TokenIssueTime"];

/// Whether a key hangs on how somebody signed in, which nobody said.
fn is_of_sign_in(request: &Prepared<'_>, key: &str) -> bool {
    let principal = &request.caller.principal;
    matches!(principal.kind, PrincipalKind::User { .. } | PrincipalKind::Root(_))
        && principal.credentials == Credentials::LongTerm
        && OF_SIGN_IN.iter().any(|name| name.eq_ignore_ascii_case(key))
}

/// Whether a request may have a key as it likes.
pub(super) fn is_open(request: &Prepared<'_>, key: &str, known: KnownOfCaller) -> bool {
    if request.is_given(key) || !request.resource_carries(key) {
        return false;
    }
    let is_made_up =
        |assumed: &[(&str, String)]| assumed.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
    match known {
        KnownOfCaller::Nothing => true,
        KnownOfCaller::Name => {
            !OF_NAME.iter().any(|name| name.eq_ignore_ascii_case(key)) || is_made_up(&request.caller.assumed)
        }
        KnownOfCaller::OfWorld => match request.presence_or_not_given(fold_hash(key.as_bytes()), key) {
            Presence::NotGiven => true,
            Presence::Absent => is_of_sign_in(request, key),
            Presence::Known(_) => is_made_up(&request.assumed),
        },
    }
}
