//! A tool that is called: its statement runs in a session of its own, and what came of it is the answer.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::arguments::CallArguments;
use super::given::{GivenTexts, is_text};
use super::message::MessageFault;
use super::statements::CallStatement;
use super::tools::{Tool, WORLD};
use crate::commands::session_in;
use crate::policy::PolicyType;
use crate::report::{Format, Style};
use crate::session::{Mode, Outcome, Outside, Run, Session, Status, documents, run_script};
use crate::source::Source;
use crate::world::GivenPolicies;

/// Where an assistant asks.
pub struct Workplace<'p> {
    /// The session in which each call begins, in a copy of its own.
    pub start: &'p Session,
    /// What a call may read.
    pub outside: &'p mut dyn Outside,
}

/// Calls the tool that the parameters name. What the tool refuses is a result, for the assistant to read.
pub(super) fn call(place: &mut Workplace<'_>, params: &Map<String, Value>) -> Result<Value, MessageFault> {
    let name = params.get("name").and_then(Value::as_str);
    let name =
        name.ok_or_else(|| MessageFault::WrongParams("`name` says which tool is called".to_owned()))?;
    let tool =
        Tool::named(name).ok_or_else(|| MessageFault::WrongParams(format!("there is no tool `{name}`")))?;
    let none = Map::new();
    let given = match params.get("arguments") {
        None | Some(Value::Null) => &none,
        Some(Value::Object(given)) => given,
        Some(_) => return Err(MessageFault::WrongParams("`arguments` is an object".to_owned())),
    };
    let arguments = CallArguments::read(given, &tool.inputs())?;
    let CallStatement { text, texts } = (tool.statement)(&arguments);
    let mut outside = GivenTexts { texts, outside: &mut *place.outside };
    let ran = begin(place.start, &arguments, &mut outside)
        .and_then(|session| run(tool, session, &text, &mut outside));
    Ok(ran.unwrap_or_else(|refused| refusal(&refused)))
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

fn run(tool: &Tool, mut session: Session, text: &str, outside: &mut dyn Outside) -> Result<Value, Outcome> {
    if tool.name == "test" {
        return test(session, text, outside);
    }
    let source = Source::new("<call>", text);
    let mut ran = run_script(&mut session, &source, outside, Run { mode: Mode::Script, keep_going: false });
    let outcome = ran.next().map(|ran| ran.outcome).unwrap_or_default();
    if outcome.status == Status::Refused { Err(outcome) } else { Ok(answer(&outcome, structured(&outcome))) }
}

/// Runs a script to its end: what it expects is counted, what does not hold is told.
fn test(mut session: Session, script: &str, outside: &mut dyn Outside) -> Result<Value, Outcome> {
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
    Ok(content(&(counted + &all.render(&Style::of(Format::Plain))), Some(found)))
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

fn answer(outcome: &Outcome, found: Value) -> Value {
    content(&outcome.render(&Style::of(Format::Plain)), Some(found))
}

fn refusal(refused: &Outcome) -> Value {
    content(&refused.render(&Style::of(Format::Plain)), None)
}

/// A result of a tool; without data it is an error.
fn content(text: &str, found: Option<Value>) -> Value {
    let mut result =
        json!({"content": [{"type": "text", "text": text.trim_end()}], "isError": found.is_none()});
    if let Some(found) = found {
        result["structuredContent"] = found;
    }
    result
}
