//! A tool that is called: its statement runs in a session of its own, and what came of it is the answer.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::arguments::CallArguments;
use super::given::is_text;
use super::list::{Tool, WORLD};
use super::statements::CallStatement;
use crate::commands::session_in;
use crate::policy::PolicyType;
use crate::report::{Format, Style};
use crate::session::{GivenTexts, Mode, Outcome, Outside, Run, Session, Status, documents, run_script};
use crate::source::Source;
use crate::world::GivenPolicies;

/// What came of a call.
#[derive(Clone, Debug)]
pub struct ToolAnswer {
    /// For people, as the prompt prints it.
    pub text: String,
    /// As data.
    pub data: Value,
}

/// Why a call has no answer.
#[derive(Clone, Debug)]
pub enum ToolRefusal {
    /// An argument is not what the tool takes.
    Argument(String),
    /// The statement was refused.
    Statement(Box<Outcome>),
}

impl From<Outcome> for ToolRefusal {
    fn from(refused: Outcome) -> Self {
        Self::Statement(Box::new(refused))
    }
}

impl Tool {
    /// Calls the tool in a copy of a session.
    ///
    /// # Errors
    /// If it takes no such arguments, or its statement is refused.
    pub fn call(
        &self,
        given: &Map<String, Value>,
        start: &Session,
        outside: &mut dyn Outside,
    ) -> Result<ToolAnswer, ToolRefusal> {
        let arguments = CallArguments::read(given, &self.inputs()).map_err(ToolRefusal::Argument)?;
        let CallStatement { text, texts } = (self.statement)(&arguments);
        let mut outside = GivenTexts { texts, outside };
        let session = begin(start, &arguments, &mut outside)?;
        Ok(run(self, session, &text, &mut outside)?)
    }
}

impl ToolAnswer {
    /// What a statement shows, for people and as data.
    pub fn of(outcome: &Outcome) -> Self {
        Self { text: outcome.render(&Style::of(Format::Plain)), data: structured(outcome) }
    }
}

/// A session in the world that the call names, else in that of the start, with the policies that it gives.
fn begin(start: &Session, given: &CallArguments<'_>, outside: &mut dyn Outside) -> Result<Session, Outcome> {
    let mut session = match given.text(WORLD.name) {
        Some(path) => session_in(&file(path, outside)?, start, outside)?,
        None => start.clone(),
    };
    let mut identity = Vec::new();
    for (i, policy) in given.texts("policies").into_iter().enumerate() {
        let source = match is_text(policy) {
            true => Source::new(format!("<policy {}>", i + 1), policy),
            false => file(policy, outside)?,
        };
        identity.extend(documents(&source, PolicyType::IdentityBased).map_err(Outcome::refused)?.0);
    }
    if !identity.is_empty() {
        session.give(GivenPolicies { identity: Some(identity), ..GivenPolicies::default() });
    }
    Ok(session)
}

fn file(path: &str, outside: &mut dyn Outside) -> Result<Arc<Source>, Outcome> {
    let text = outside.read(path).map_err(|wrong| Outcome::refused(vec![wrong.into()]))?;
    Ok(Source::new(path, text))
}

fn run(
    tool: &Tool,
    mut session: Session,
    text: &str,
    outside: &mut dyn Outside,
) -> Result<ToolAnswer, Outcome> {
    if tool.name == "test" {
        return test(session, text, outside);
    }
    let source = Source::new("<call>", text);
    let mut ran = run_script(&mut session, &source, outside, Run { mode: Mode::Script, keep_going: false });
    let outcome = ran.next().map(|ran| ran.outcome).unwrap_or_default();
    if outcome.status == Status::Refused { Err(outcome) } else { Ok(ToolAnswer::of(&outcome)) }
}

/// Runs a script to its end: what it expects is counted, what does not hold is told.
fn test(mut session: Session, script: &str, outside: &mut dyn Outside) -> Result<ToolAnswer, Outcome> {
    let source = match script.trim().ends_with(".iam") && !script.trim().contains(char::is_whitespace) {
        true => file(script.trim(), outside)?,
        false => Source::new("<script>", script),
    };
    let mut all = Outcome::default();
    for ran in run_script(&mut session, &source, outside, Run { mode: Mode::Script, keep_going: false }) {
        all.tally.add(ran.outcome.tally);
        if ran.outcome.diagnostics().next().is_some() {
            all.add(Outcome { tally: Default::default(), ..ran.outcome });
        }
    }
    if all.status == Status::Refused {
        return Err(all);
    }
    let tally = all.tally;
    let mut found = structured(&all);
    found["passed"] = tally.passed.into();
    found["failed"] = tally.failed.into();
    found["todo"] = tally.todo.into();
    let counted = format!("{} passed, {} failed\n", tally.passed, tally.failed);
    Ok(ToolAnswer { text: counted + &all.render(&Style::of(Format::Plain)), data: found })
}

/// What came of a statement, as data: the answer, and the messages beside it.
fn structured(outcome: &Outcome) -> Value {
    let lines = outcome.render(&Style::of(Format::Json));
    let objects = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let (messages, answers): (Vec<_>, Vec<_>) = objects.partition(|one| one.get("severity").is_some());
    let mut found = answers.into_iter().next().unwrap_or_else(|| json!({}));
    if !messages.is_empty() {
        found["messages"] = messages.into();
    }
    found
}
