//! Everybody who may ask in a world, and in it: whether any of them is allowed something within a scope.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::check::{Check, CheckKind};
use super::difference::{Caveat, PolicyDifference, StatementChange, Turn, Witness};
use super::pattern::{AskedPattern, PatternAnswer, PatternOutcome, PatternPart, PatternReason};
use super::public::is_of_own_account;
use super::said::governed_resources;
use super::scope::Scope;
use super::stand_in::{is_group, stand_ins};
use super::worlds::{inhabitants, policy_of, question_of};
use crate::facts::held_by;
use crate::names::{Arn, FoundText, TextSet, find_text, has_wildcard};
use crate::question::Question;
use crate::question::search::is_stopped;
use crate::trace::Decision;
use crate::world::{Principal, PrincipalKind, World, WorldError};

/// How many beginnings of a name are looked at, at most.
const STEPS: usize = 20_000;

/// What a resource is taken for of which nobody says whose it is.
const OWNERLESS: &str = "who owns a resource that names no account and is not declared is not known: it is taken to \
                         belong to the account of whoever asks";

const UNKNOWN: &str = "a policy decides that is not known";
const UNLISTED: &str = "of patterns of actions that is what the catalog lists";

/// Everybody who may ask in a world: its root users, users and roles, whoever does not sign, and whoever the policies of
/// its resources let in.
#[derive(Clone, Copy)]
pub struct Everybody<'w> {
    /// The world.
    pub world: &'w World,
    /// What the clock says, in epoch seconds.
    pub now: i64,
}

/// Somebody who may ask.
#[derive(Clone, Debug)]
pub struct WhoAsks {
    /// What people call them.
    pub label: Box<str>,
    /// What they ask; the action is not looked at.
    pub question: Question,
    /// Whether it has every permission of its own, since nobody knows which it has: that alone is not told.
    pub is_stranger: bool,
}

impl WhoAsks {
    /// Whether it is one of many that nobody names: any AWS account, AWS services.
    pub fn is_group(&self) -> bool {
        is_group(&self.label)
    }
}

impl Everybody<'_> {
    /// Whether nobody but these is allowed anything within a scope.
    ///
    /// # Errors
    /// If a resource of the scope is no ARN, or a policy cannot be read.
    pub fn nothing_granted(&self, scope: &Scope, except: &[Principal]) -> Result<Check, WorldError> {
        let mut granted = PolicyDifference::default();
        for one in self.askers(scope).iter().filter(|one| !self.is_excepted(&one.question.principal, except))
        {
            for (action, resource) in scope.pairs() {
                let question = Question { action: action.into(), ..one.question.clone() }.on(resource);
                if let Some(answer) = self.answer(&question)? {
                    self.add(one, answer, &mut granted);
                }
            }
        }
        if is_stopped() {
            granted.caveats.push(Caveat::of_stop());
        } else if granted.changes.is_empty() {
            granted.caveats.extend(self.asked_for_nothing(scope)?);
        }
        if scope.actions.iter().any(|action| has_wildcard(action)) {
            granted.assumed.push(UNLISTED.to_owned());
        }
        if granted.changes.iter().any(|change| self.is_ownerless(change.request())) {
            granted.assumed.push(OWNERLESS.to_owned());
        }
        Ok(Check::new(CheckKind::AccessNotGranted, granted.ranked(self.world.catalog())))
    }

    /// What of a scope nobody could ask for: most likely something else was meant.
    ///
    /// # Errors
    /// If a resource of the scope is no ARN, or a policy cannot be read.
    pub fn asked_for_nothing(&self, scope: &Scope) -> Result<Vec<Caveat>, WorldError> {
        let unlisted = scope.unlisted(self.world.catalog());
        if !unlisted.is_empty() {
            return Ok(unlisted);
        }
        let mut asked = BTreeSet::new();
        for (action, resource) in scope.pairs() {
            let question = Question::new(Principal::new(PrincipalKind::Anonymous), action).on(resource);
            if self.answer(&question)?.is_some() {
                asked.extend([action, resource]);
            }
        }
        Ok(scope.patterns().filter(|one| !asked.contains(one)).map(Scope::asked_for_nothing).collect())
    }

    /// What becomes of all that a question covers; `None` if that is nothing.
    fn answer(&self, question: &Question) -> Result<Option<PatternAnswer>, WorldError> {
        match AskedPattern::new(question)?.with_any_context().ask(self.world) {
            Err(error) if NOTHING_ASKED.contains(&error.code) => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn askers(&self, scope: &Scope) -> Vec<WhoAsks> {
        let question = |principal| Question::new(principal, "*").at(self.now);
        let of_world = inhabitants(self.world).into_iter().map(|(label, principal)| WhoAsks {
            label: label.into(),
            question: question(Arc::new(principal)),
            is_stranger: false,
        });
        let anonymous = WhoAsks {
            label: "anonymous callers".into(),
            question: question(Arc::new(Principal::new(PrincipalKind::Anonymous))),
            is_stranger: false,
        };
        of_world.chain([anonymous]).chain(self.strangers(scope)).collect()
    }

    /// Whoever is not of the world and is told apart by the policy of a resource that the scope covers.
    pub fn strangers(&self, scope: &Scope) -> Vec<WhoAsks> {
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        let words = scope.words();
        for (arn, owner) in governed_resources(self.world) {
            let Some(resource) = Arn::parse(&arn).filter(|arn| is_met(arn, &words)) else { continue };
            let Some(policy) = policy_of(self.world, &resource) else { continue };
            let (groups, _) = stand_ins((resource.partition(), owner), &[policy]);
            for group in groups {
                let is_of_world = |account| self.world.account(account).is_some();
                let is_stranger = group.principal.kind != PrincipalKind::Anonymous
                    && !group.principal.account().is_some_and(is_of_world);
                let question = question_of(&group, self.now);
                if is_stranger && seen.insert(format!("{} {:?}", group.principal.arn(), group.context)) {
                    all.push(WhoAsks { label: group.label, question, is_stranger });
                }
            }
        }
        all
    }

    /// Whether somebody is one of these; the root user of an account that the world does not have stands for all of it.
    fn is_excepted(&self, principal: &Principal, except: &[Principal]) -> bool {
        except.iter().any(|one| {
            let is_whole =
                one.is_root() && one.account().is_some_and(|account| self.world.account(account).is_none());
            one.lasting_arn() == principal.lasting_arn() || (is_whole && one.account() == principal.account())
        })
    }

    fn add(&self, one: &WhoAsks, answer: PatternAnswer, granted: &mut PolicyDifference) {
        let is_told = |part: &PatternPart| !one.is_stranger || self.is_of_resource(part);
        let parts = answer.parts.into_iter().filter(is_told);
        let mut found = PolicyDifference {
            caveats: if one.is_stranger { Vec::new() } else { answer.caveats },
            assumed: answer.assumed,
            ..PolicyDifference::default()
        };
        for part in parts {
            match part.outcome {
                PatternOutcome::Allowed => found.changes.push(granted_by(part)),
                PatternOutcome::Depends => found.caveats.push(Caveat::new(UNKNOWN)),
                PatternOutcome::Denied => {}
            }
        }
        granted.add(found.by(&one.label));
    }

    /// Whether what a stranger may do is owed to the policy of a resource of this world, not to what it is taken to have.
    pub fn is_of_resource(&self, part: &PatternPart) -> bool {
        !is_of_own_account(part) && self.is_declared(part.witness.resource.as_deref())
    }

    /// Whether nobody says which account the resource of a request belongs to, and it makes a difference.
    pub fn is_ownerless(&self, request: &Question) -> bool {
        let arn = request.resource.as_deref().and_then(Arn::parse);
        let is_open = |arn: Arn<'_>| arn.account_id().is_none() && self.world.resource_of(&arn).is_none();
        self.world.accounts().count() > 1 && arn.is_some_and(is_open)
    }

    /// Whether a resource is declared, or lies in one that is.
    fn is_declared(&self, resource: Option<&str>) -> bool {
        resource.and_then(Arn::parse).is_some_and(|arn| {
            self.world.resource_of(&arn).is_some() || policy_of(self.world, &arn).is_some()
        })
    }
}

/// The codes of questions that nobody could ask.
const NOTHING_ASKED: [&str; 2] = ["no-such-request", "unknown-action"];

/// Whether something within a resource lies in a set, too.
fn is_met(resource: &Arn<'_>, words: &TextSet) -> bool {
    let own = TextSet::text(resource.text()).or(held_by(resource));
    !matches!(find_text(&[&own, words], &[], STEPS), FoundText::None)
}

/// What is allowed, beside nothing at all.
fn granted_by(part: PatternPart) -> StatementChange {
    let because = match part.reason {
        PatternReason::Statement(statement) => Some(statement),
        _ => None,
    };
    let questions = [part.witness.clone(), part.witness];
    StatementChange {
        turn: Turn::NewlyAllowed,
        callers: Vec::new(),
        because,
        layer: None,
        actions: part.actions,
        folded: part.folded,
        all_but: Vec::new(),
        except: part.except,
        has_more_exceptions: false,
        witness: Witness { questions, old: Decision::ImplicitDeny, new: part.decision },
    }
}

impl Scope {
    /// Each action with each resource.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.actions.iter().flat_map(|action| self.resources.iter().map(move |on| (&**action, &**on)))
    }

    fn patterns(&self) -> impl Iterator<Item = &str> {
        self.actions.iter().chain(&self.resources).map(AsRef::as_ref)
    }
}
