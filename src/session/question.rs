//! Questions: made ready, asked of the one engine, answered.

use std::borrow::Cow;
use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use super::outcome::{Outcome, Part, Status};
use super::state::Session;
use crate::batch::read_context;
use crate::explain::{Asked, Explanation, Verdict, ask, explain};
use crate::facts::{self, FACTS_DATE, Status as TaskStatus};
use crate::names::AccountId;
use crate::source::Diagnostic;
use crate::syntax::script::{self, Clause, PairValue};
use crate::world::{
    ContextEntry, ContextValue, GivenPolicies, LeftOut, Principal, PrincipalKind, PublicAccessBlock, Request,
    Settings, World, WorldError,
};

/// A question with everything that it assumes.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who asks.
    pub principal: Principal,
    /// The action.
    pub action: Box<str>,
    /// The resource.
    pub resource: Option<Box<str>>,
    /// What it assumes.
    pub assumptions: Assumptions,
    /// Whether the one who is signed in asks.
    pub signed_in: bool,
}

/// What a question assumes beyond what the world says.
#[derive(Clone, Debug, Default)]
pub struct Assumptions {
    /// Context keys.
    pub context: Vec<ContextEntry<'static>>,
    /// Layers and policies that are left out.
    pub without: Vec<LeftOut>,
    /// Policies in place of the world's.
    pub given: GivenPolicies,
    /// The account that owns the resource, where neither the ARN nor the world says it.
    pub resource_account: Option<AccountId>,
    /// S3 Block Public Access in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The day of the root-only tasks, and other switches, where the question names them.
    pub settings: Option<Settings>,
}

/// Two principals to be compared by the root-only tasks.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How they were named.
    pub names: [Box<str>; 2],
    /// Who they are.
    pub principals: [Principal; 2],
    /// What is assumed.
    pub assumptions: Assumptions,
}

impl Question {
    /// Asks in a world.
    ///
    /// # Errors
    /// If action or resource are not of their form, or there is nothing to leave out.
    pub fn ask(&self, world: &World, now: i64) -> Result<Explanation, WorldError> {
        self.ask_for(world, now, explain)
    }

    /// Asks in a world, for whatever is to be made of the answered question.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_for<T>(
        &self,
        world: &World,
        now: i64,
        make: impl FnOnce(Asked<'_>) -> T,
    ) -> Result<T, WorldError> {
        let assumptions = &self.assumptions;
        let mut caller = world.caller(&self.principal, &assumptions.given);
        let mut left_out: Vec<bool> = assumptions.without.iter().map(|out| caller.leave_out(out)).collect();
        let request = Request {
            principal: &caller.principal,
            action: &self.action,
            resource: self.resource.as_deref(),
            resource_account: assumptions.resource_account,
            context: &assumptions.context,
            policies: &assumptions.given,
            public_access_block: assumptions.public_access_block,
            settings: assumptions.settings.unwrap_or(*world.settings()),
            now: world.settings().time.unwrap_or(now),
        };
        let mut prepared = world.prepare(&caller, &request)?;
        for (out, done) in assumptions.without.iter().zip(&mut left_out) {
            *done |= prepared.leave_out(out);
        }
        match assumptions.without.iter().zip(left_out).find(|(_, done)| !done) {
            Some((LeftOut::Policy(name), _)) => Err(nothing_to_leave_out(name)),
            _ => Ok(make(ask(prepared))),
        }
    }
}

fn nothing_to_leave_out(name: &str) -> WorldError {
    let what = format!("no policy `{name}` takes part in this question");
    let layers: Vec<&str> = crate::policy::Layer::ALL.into_iter().map(|layer| layer.word()).collect();
    WorldError::new("nothing-left-out", name, what)
        .help(format!("`without` takes the name of a policy, or a layer: {}", layers.join(", ")))
}

impl Context<'_> {
    /// The question that a statement asks.
    pub(super) fn question(&mut self, words: &script::Words<'_>) -> Result<Question, Failure> {
        let named = words.get("PRINCIPAL").map(|word| self.principal(&word.text)).transpose()?;
        let signed_in = named.is_none();
        let principal = match named {
            Some(principal) => principal,
            None => self.session.signed_in.clone().ok_or_else(nobody)?,
        };
        Ok(Question {
            principal,
            action: super::context::word(words, "ACTION"),
            resource: words.get("RESOURCE").map(|resource| (&*resource.text).into()),
            assumptions: self.assumptions(words)?,
            signed_in,
        })
    }

    /// What the clauses of a statement assume.
    pub(super) fn assumptions(&mut self, words: &script::Words<'_>) -> Result<Assumptions, Failure> {
        let mut assumptions = Assumptions::default();
        for clause in words.clauses("CLAUSE") {
            match clause {
                Clause::With(context) => self.add_context(context, &mut assumptions.context)?,
                Clause::Without(word) => assumptions.without.push(LeftOut::read(&word.text)),
                Clause::AsOf(date) => {
                    let mut settings = assumptions.settings.unwrap_or(*self.world().settings());
                    settings.set("as_of", &date.text)?;
                    assumptions.settings = Some(settings);
                }
            }
        }
        Ok(assumptions)
    }

    fn add_context(
        &mut self,
        context: &script::Context<'_>,
        entries: &mut Vec<ContextEntry<'static>>,
    ) -> Result<(), Failure> {
        let added = match context {
            script::Context::Pairs(pairs) => pairs.iter().map(entry).collect(),
            script::Context::Json(span) => self.json_context(&script::Document::Json(*span))?,
            script::Context::From(path) => self.json_context(&script::Document::From(path.clone()))?,
        };
        for (key, value) in added {
            if entries.iter().any(|(known, _)| known.eq_ignore_ascii_case(&key)) {
                return Err(WorldError::new("key-twice", &*key, format!("`{key}` is given twice")).into());
            }
            entries.push((key, value));
        }
        Ok(())
    }

    fn json_context(&mut self, at: &script::Document<'_>) -> Result<Vec<ContextEntry<'static>>, Failure> {
        let (tree, _) = self.json(at)?.accept()?;
        let entries = read_context(tree.root())?;
        Ok(entries.into_iter().map(|(key, value)| (owned(key), owned_value(value))).collect())
    }
}

fn entry(pair: &script::Pair<'_>) -> ContextEntry<'static> {
    let text = |word: &script::Word<'_>| Cow::Owned(word.text.to_string());
    let value = match &pair.value {
        PairValue::Null(_) => ContextValue::Absent,
        PairValue::One(word) => ContextValue::One(text(word)),
        PairValue::List(words, _) => ContextValue::Many(words.iter().map(text).collect()),
    };
    (text(&pair.key), value)
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn owned_value(value: ContextValue<'_>) -> ContextValue<'static> {
    match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(text) => ContextValue::One(owned(text)),
        ContextValue::Many(texts) => ContextValue::Many(texts.into_iter().map(owned).collect()),
    }
}

fn nobody() -> Failure {
    WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
        .help("name a principal, `can alice s3:ListAllMyBuckets`, or sign in, `sign-in alice at acme`")
        .into()
}

/// `can`
pub(super) fn can(session: &mut Session, question: &Question, now: i64) -> Result<Outcome, Failure> {
    let explanation = session.answer(question, now)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Verdict(Arc::clone(&explanation)), question))
}

/// `why PRINCIPAL ACTION …`
pub(super) fn why(session: &mut Session, question: &Question, now: i64) -> Result<Outcome, Failure> {
    let explanation = session.answer(question, now)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Explanation(Arc::clone(&explanation)), question))
}

/// `why`
pub(super) fn why_last(session: &Session) -> Result<Outcome, Failure> {
    match &session.last {
        Some(last) => Ok(Outcome {
            status: Status::Answered(last.answer.decision),
            ..Outcome::of(Part::Explanation(Arc::clone(last)))
        }),
        None => Err(Diagnostic::error("no-answer", "nothing has been asked yet")
            .help("ask something first: `can alice s3:GetObject on arn:aws:s3:::reports/q1.csv`")
            .into()),
    }
}

fn answered(explanation: &Explanation, part: Part, question: &Question) -> Outcome {
    let decision = explanation.answer.decision;
    let outcome = Outcome { status: Status::Answered(decision), ..Outcome::of(part) };
    match question.signed_in && decision == Verdict::Allowed && wastes_root(question) {
        true => outcome
            .note("the root user is for the tasks that need it; an administrator can do this, too (E.6)"),
        false => outcome,
    }
}

/// E.6: the root user was used for what no list calls a root-only task.
fn wastes_root(question: &Question) -> bool {
    let listed = facts::is_pseudo_action(&question.action)
        || facts::by_real_action(&question.action).any(|task| task.is_gate());
    matches!(question.principal.kind, PrincipalKind::Root(_)) && !listed
}

impl Session {
    /// Asks a question and remembers the answer.
    pub(super) fn answer(&mut self, question: &Question, now: i64) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.ask(&self.world, now)?);
        self.last = Some(Arc::clone(&explanation));
        Ok(explanation)
    }
}

/// `compare`: one line for each root-only task of the day that has a pseudo-action.
pub(super) fn compare(session: &Session, comparison: &Comparison, now: i64) -> Result<Outcome, Failure> {
    let settings = comparison.assumptions.settings.unwrap_or(*session.world.settings());
    let mut rows = Vec::new();
    for (task, status) in facts::comparable_tasks(settings.as_of.unwrap_or(FACTS_DATE)) {
        let action = task.pseudo_action.unwrap_or_default();
        let mut row = vec![task.id.to_owned(), task.task.to_owned()];
        for principal in &comparison.principals {
            row.push(verdict_on(session, comparison, principal, action, now)?);
        }
        row.push(if status == TaskStatus::Either { "either" } else { "" }.to_owned());
        rows.push(row);
    }
    let [left, right] = &comparison.names;
    let header =
        vec!["rule".to_owned(), "task".to_owned(), left.to_string(), right.to_string(), String::new()];
    Ok(Outcome::of(Part::Table { header, rows }))
}

fn verdict_on(
    session: &Session,
    comparison: &Comparison,
    principal: &Principal,
    action: &str,
    now: i64,
) -> Result<String, Failure> {
    let question = Question {
        principal: principal.clone(),
        action: action.into(),
        resource: None,
        assumptions: comparison.assumptions.clone(),
        signed_in: false,
    };
    Ok(question.ask(&session.world, now)?.answer.decision.word().to_owned())
}
