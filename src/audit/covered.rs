//! Who may do something of all that patterns cover: everything, a part of it, or that on a condition.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::out_of_reach::is_out_of_reach_anywhere;
use super::principals::{holder, name, principals};
use super::through_roles::{LastRole, RoleChain, chains};
use super::who_can::granted;
use crate::names::has_wildcard;
use crate::question::Question;
use crate::reason::{
    AskedPattern, Caveat, Everybody, KeptParts, PatternAnswer, PatternOutcome, PatternPart, PatternReason,
    PatternVerdict, Scope, WhoAsks,
};
use crate::world::{Principal, PrincipalKind, World, WorldError};

/// Who may do something of all that patterns cover.
#[derive(Clone, Debug)]
pub struct WhoCanCovered {
    /// The action or the pattern of actions that was asked for.
    pub action: String,
    /// The resource or the pattern of resources.
    pub resource: Option<String>,
    /// What each may do of it, one statement after the other; those who may do all of it first.
    pub rows: Vec<CoveredAccess>,
    /// Those who may do something of it once they have assumed roles, where that was asked for.
    pub through_roles: Option<Vec<RoleChain>>,
    /// How many root users, users and roles of the world were asked about.
    pub asked: usize,
    /// Why it may not be all.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<String>,
}

/// Whoever does not sign.
const ANYBODY: &str = "anybody";

/// Whatever resources there are.
const EVERY_RESOURCE: &str = "arn:*:*:*:*:*";

/// How much of all that patterns cover somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoveredExtent {
    /// All of it, as it was asked.
    All,
    /// A part of it, as it was asked.
    Some,
    /// Something on a condition, or if a policy that is not known allows it.
    Depends,
}

impl CoveredExtent {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
            Self::Depends => "depends",
        }
    }
}

/// What somebody may do by one statement.
#[derive(Clone, Debug)]
pub struct CoveredAccess {
    /// Who; a session stands for its role, a user called `example-user` of another account for that account.
    pub principal: Principal,
    /// What people call it, within its account: `user bob`.
    pub name: String,
    /// The account: its id, and its name where it has one.
    pub account: Option<String>,
    /// How much of all.
    pub extent: CoveredExtent,
    /// The actions, the statement, and a request that is allowed by it.
    pub part: PatternPart,
    /// By what it is allowed, where no statement says it.
    pub reason: String,
    /// Whether the world does not have this principal.
    pub is_outside: bool,
    /// Whether an account that the world does not have must allow it, too.
    pub must_allow: bool,
    /// Whether it stands for many that nobody names.
    pub is_group: bool,
}

impl CoveredAccess {
    /// Its ARN, or the words for a group of many.
    pub fn who(&self) -> String {
        if self.is_group { self.name.clone() } else { self.principal.lasting_arn() }
    }
}

impl WhoCanCovered {
    /// Asks a question about patterns of everybody in place of its principal.
    ///
    /// # Errors
    /// Where the question cannot be asked at all, of whomever: a resource that is none, no such action.
    pub fn ask(world: &World, question: &Question) -> Result<Self, WorldError> {
        let resource = question.resource.clone();
        let question = &question.clone().on(resource.unwrap_or_else(|| EVERY_RESOURCE.into()));
        let mut found = Self {
            action: question.action.to_string(),
            resource: question.resource.as_deref().filter(|on| *on != EVERY_RESOURCE).map(str::to_owned),
            rows: Vec::new(),
            through_roles: None,
            asked: 0,
            caveats: Vec::new(),
            assumed: Vec::new(),
        };
        let (own, kept) = (OwnAllows::of(world, question), KeptParts::default());
        for principal in principals(world) {
            found.asked += 1;
            if own.are_missing(question, &principal) {
                continue;
            }
            let account = principal.account().and_then(|id| Some(world.account(id)?.label()));
            let of_world = Somebody {
                name: name(&principal),
                account,
                is_outside: false,
                must_allow: false,
                is_group: false,
            };
            let question = Question { principal: Arc::new(principal), ..question.clone() };
            found.look_at((world, &kept), of_world, &question, |_| true)?;
        }
        let everybody = Everybody { world, now: question.assumptions.now };
        for stranger in strangers(&everybody, question) {
            let asks = as_asked_by(&stranger, question);
            let is_told = |part: &PatternPart| everybody.is_of_resource(part);
            found.look_at((world, &kept), Somebody::outside(&stranger), &asks, is_told)?;
        }
        found.rows.sort_by_key(|row| (row.extent, row.is_outside));
        found.tidy();
        Ok(found)
    }

    /// Asks of one, first as it was asked, then with whatever context there may be.
    fn look_at(
        &mut self,
        (world, kept): (&World, &KeptParts),
        who: Somebody,
        question: &Question,
        is_told: impl Fn(&PatternPart) -> bool,
    ) -> Result<(), WorldError> {
        let asked = AskedPattern::new(question)?;
        let answer = asked.ask_keeping(kept, world)?;
        let (verdict, mut told) = (answer.verdict(), Vec::new());
        self.hear(answer, &is_told, &mut told);
        let extent = match verdict {
            PatternVerdict::Allowed => CoveredExtent::All,
            _ => CoveredExtent::Some,
        };
        let as_asked = told.len();
        if verdict != PatternVerdict::Allowed {
            self.hear(asked.with_any_context().ask_keeping(kept, world)?, &is_told, &mut told);
        }
        for (at, part) in told.into_iter().enumerate() {
            let is_certain = at < as_asked && part.outcome == PatternOutcome::Allowed && !who.must_allow;
            let extent = if is_certain { extent } else { CoveredExtent::Depends };
            self.rows.push(row(world, &who, question, extent, part)?);
        }
        Ok(())
    }

    /// Adds what is allowed and not told yet.
    fn hear(
        &mut self,
        answer: PatternAnswer,
        is_told: &impl Fn(&PatternPart) -> bool,
        told: &mut Vec<PatternPart>,
    ) {
        let parts =
            answer.parts.into_iter().filter(|part| part.outcome != PatternOutcome::Denied && is_told(part));
        for part in parts {
            let is_known = |known: &PatternPart| {
                known.reason == part.reason
                    && part.actions.iter().all(|action| known.actions.contains(action))
            };
            if !told.iter().any(is_known) {
                told.push(part);
            }
        }
        self.caveats.extend(answer.caveats);
        self.assumed.extend(answer.assumed);
    }

    fn tidy(&mut self) {
        self.caveats.sort();
        self.caveats.dedup();
        self.assumed.sort();
        self.assumed.dedup_by(|next, said| {
            let is_more = next.starts_with(&**said);
            if is_more {
                std::mem::swap(next, said);
            }
            is_more
        });
    }

    /// The same with those who may do something of it once they have assumed roles.
    ///
    /// # Errors
    /// Where a role cannot be asked for.
    pub fn through_roles(mut self, world: &World, question: &Question) -> Result<Self, WorldError> {
        let is_role = |one: &&CoveredAccess| matches!(one.principal.kind, PrincipalKind::RoleSession { .. });
        let roles = self.rows.iter().filter(is_role).map(|one| LastRole {
            principal: one.principal.clone(),
            name: one.name.clone(),
            is_certain: one.extent != CoveredExtent::Depends,
        });
        let mut chains = chains(world, &question.assumptions, &roles.collect::<Vec<_>>())?;
        let all: BTreeSet<String> = self
            .rows
            .iter()
            .filter(|one| one.extent == CoveredExtent::All)
            .map(|one| holder(&one.principal))
            .collect();
        chains.retain(|chain| !all.contains(&holder(&chain.principal)));
        self.through_roles = Some(chains);
        Ok(self)
    }

    /// How many principals may do so much of it at best.
    pub fn count(&self, extent: CoveredExtent) -> usize {
        let of = |row: &CoveredAccess| (row.principal.arn(), row.name.clone());
        let better = self.rows.iter().filter(|row| row.extent < extent).map(of);
        let better: BTreeSet<_> = better.collect();
        let equal = self.rows.iter().filter(|row| row.extent == extent).map(of);
        equal.filter(|who| !better.contains(who)).collect::<BTreeSet<_>>().len()
    }
}

/// Whether principals need Allows of their own, and have them.
struct OwnAllows<'w> {
    world: &'w World,
    actions: Vec<Box<str>>,
    /// Whether the policy of some resource may let somebody in.
    may_be_let_in: bool,
}

impl<'w> OwnAllows<'w> {
    fn of(world: &'w World, question: &Question) -> Self {
        let actions: Vec<Box<str>> = match has_wildcard(&question.action) {
            true => {
                let all = world.catalog().matching_actions(&question.action);
                all.map(|action| action.to_string().into()).collect()
            }
            false => vec![question.action.clone()],
        };
        let given = &question.assumptions.policies;
        let may_be_let_in = given.resource.is_some() || world.resources().any(|one| one.policy.is_some());
        Self { world, actions, may_be_let_in }
    }

    /// Whether no policy of a principal allows any of the actions, and none of another lets it in: then nothing is told of it.
    fn are_missing(&self, question: &Question, principal: &Principal) -> bool {
        if self.may_be_let_in || self.actions.is_empty() {
            return false;
        }
        let mut question =
            Question { principal: Arc::new(principal.clone()), resource: None, ..question.clone() };
        let caller = question.caller(self.world);
        let is_known = caller.levels().all(|level| level.incomplete.is_empty());
        is_known
            && self.actions.iter().all(|action| {
                question.action.clone_from(action);
                let request = question.prepare_by(&caller, self.world);
                request.is_ok_and(|request| is_out_of_reach_anywhere(&request))
            })
    }
}

/// Somebody who is asked about, as it is told.
struct Somebody {
    name: String,
    account: Option<String>,
    is_outside: bool,
    /// Whether an account that nobody knows has to allow it, too.
    must_allow: bool,
    is_group: bool,
}

impl Somebody {
    fn outside(stranger: &WhoAsks) -> Self {
        let account = stranger.question.principal.account();
        let (name, shown) = match stranger.is_group() {
            true => (stranger.label.to_string(), None),
            false => (name(&stranger.question.principal), account),
        };
        let shown = shown.map(|account| account.to_string());
        let is_group = stranger.is_group();
        Self { name, account: shown, is_outside: true, must_allow: account.is_some(), is_group }
    }
}

/// Whoever is told apart by the policies of the resources that are asked about.
fn strangers(everybody: &Everybody<'_>, question: &Question) -> Vec<WhoAsks> {
    let anonymous = Principal::new(PrincipalKind::Anonymous);
    let anonymous =
        WhoAsks { label: ANYBODY.into(), question: Question::new(anonymous, "*"), is_stranger: true };
    let resources = question.resource.iter().cloned().collect();
    let scope = Scope { actions: vec![question.action.clone()], resources };
    std::iter::once(anonymous).chain(everybody.strangers(&scope)).collect()
}

/// The question, asked by a stranger; what it says of the request counts before what the stranger has.
fn as_asked_by(stranger: &WhoAsks, question: &Question) -> Question {
    let mut asks = question.clone();
    asks.principal = Arc::clone(&stranger.question.principal);
    let own = &stranger.question.assumptions;
    let is_said =
        |key: &str| question.assumptions.context.iter().any(|(said, _)| said.eq_ignore_ascii_case(key));
    asks.assumptions.context.extend(own.context.iter().filter(|(key, _)| !is_said(key)).cloned());
    Arc::make_mut(&mut asks.assumptions.policies).identity.clone_from(&own.policies.identity);
    asks
}

fn row(
    world: &World,
    who: &Somebody,
    question: &Question,
    extent: CoveredExtent,
    part: PatternPart,
) -> Result<CoveredAccess, WorldError> {
    let reason = match part.reason {
        PatternReason::Statement(_) => String::new(),
        _ => granted(&part.witness.ask(world)?.explain_briefly()),
    };
    Ok(CoveredAccess {
        principal: Principal::clone(&question.principal),
        name: who.name.clone(),
        account: who.account.clone(),
        extent,
        part,
        reason,
        is_outside: who.is_outside,
        must_allow: who.must_allow,
        is_group: who.is_group,
    })
}
