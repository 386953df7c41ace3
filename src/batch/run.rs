//! Answering lines.

use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::error::LineError;
use crate::explain::{Answer, Companion, QuestionPart, Warning};
use crate::question::wire::{Id, WireRequest, read_id, read_request};
use crate::question::{KeptCallers, ask};
use crate::recognise::file_form;
use crate::session::Posed;
use crate::source::{Diagnostic, Source, harmless};
use crate::syntax::json::{Cursor, parse_json};
use crate::world::{CallerRef, World};

/// Answers requests against a world. Each thread has one of its own.
pub struct Batch<'w> {
    callers: KeptCallers<'w>,
    /// What the clock says, in epoch seconds.
    now: i64,
    name: Arc<str>,
}

/// An answered line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// With a decision.
    Answered,
    /// With an error.
    Failed,
}

/// An answer, and what else the call needs, where the request names that.
#[derive(Serialize)]
struct AnsweredLine {
    #[serde(flatten)]
    answer: Answer,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Companion>,
}

#[derive(Serialize)]
struct FailedLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_number: Option<usize>,
    error: LineError,
}

impl<'w> Batch<'w> {
    /// Requests against a world; `name` is that of the input, for the places in answers.
    pub fn new(world: &'w World, now: i64, name: impl Into<Arc<str>>) -> Self {
        Self { callers: KeptCallers::of(world), now, name: name.into() }
    }

    /// Answers the request of one line, appending the answer and a newline to `out`.
    pub fn answer(&mut self, line: &str, number: usize, out: &mut String) -> Done {
        match self.try_answer(line, number) {
            Ok(AnsweredLine { answer, also }) if also.is_empty() => {
                write_line(&answer, out);
                Done::Answered
            }
            Ok(line) => {
                write_line(&line, out);
                Done::Answered
            }
            Err(failure) => {
                write_line(&failure, out);
                Done::Failed
            }
        }
    }

    /// Answers a line that cannot be read as text.
    pub(super) fn fail(&mut self, error: &Diagnostic, number: usize, out: &mut String) -> Done {
        write_line(&FailedLine { id: None, line_number: Some(number), error: error.into() }, out);
        Done::Failed
    }

    fn try_answer(&mut self, line: &str, number: usize) -> Result<AnsweredLine, FailedLine> {
        let failed = |id: Option<Id>, error: LineError| FailedLine {
            line_number: id.is_none().then_some(number),
            id,
            error,
        };
        let source = Source::at_line(&*self.name, line, number as u32);
        let parsed = parse_json(&source);
        let tree = match (parsed.value, parsed.diagnostics.first()) {
            (Some(tree), None) => tree,
            (_, Some(diagnostic)) => return Err(failed(None, diagnostic.into())),
            (None, None) => {
                return Err(failed(None, (&Diagnostic::error("empty-document", "an empty line")).into()));
            }
        };
        let id = tree.root().member("id").and_then(read_id);
        let request = read_request(tree.root(), *self.callers.world.settings());
        let other = |error| no_request(&source, tree.root()).unwrap_or(error);
        let mut request = request.map_err(|error| failed(id.clone(), other(error).into()))?;
        let (own_id, warnings) = (request.id.take(), std::mem::take(&mut request.warnings));
        let decided = match request.asks_more() {
            true => self.decide_with_more(request),
            false => self.decide(&request).map(|answer| AnsweredLine { answer, also: Vec::new() }),
        };
        let AnsweredLine { mut answer, also } = decided.map_err(|error| failed(id, error))?;
        // Places in policies of the request are places in the input itself.
        for because in
            answer.because.iter_mut().filter(|because| because.file.as_deref() == Some(&*self.name))
        {
            because.file = None;
        }
        answer.line_number = own_id.is_none().then_some(number);
        answer.id = own_id;
        answer.warnings.extend(
            warnings
                .iter()
                .map(|warning| Warning::new(warning.code, QuestionPart::Nothing, place_first(warning))),
        );
        Ok(AnsweredLine { answer, also })
    }

    /// Whether the role may be assumed, or what its session may do then; and what else the call needs.
    fn decide_with_more(&self, mut request: WireRequest<'_>) -> Result<AnsweredLine, LineError> {
        let (asker, role) = (Arc::new(request.who()?), request.role()?);
        let policies = Arc::new(std::mem::take(&mut request.policies));
        let question = request.into_question(asker, policies).at(self.now);
        let posed = match role {
            Some(role) => Posed::in_role(question, role),
            None => question.into(),
        };
        let found = posed.explained(self.callers.world, |asked| asked.explain_shortly())?;
        Ok(AnsweredLine { answer: found.answer, also: found.also })
    }

    fn decide(&mut self, request: &WireRequest<'_>) -> Result<Answer, LineError> {
        let (world, now) = (self.callers.world, self.now);
        let caller: CallerRef<'_> = if request.brings_its_own() {
            world.caller(&request.who()?, &request.policies).into()
        } else {
            self.callers.caller(&request.principal, || request.who())?.into()
        };
        let prepared = world.prepare(caller, request.at(now))?;
        Ok(Answer::from(&ask(prepared)))
    }
}

/// What a line is that does not look like a request, where that can be told.
fn no_request(line: &Arc<Source>, root: Cursor<'_>) -> Option<Diagnostic> {
    let has = |name| root.member(name).is_some();
    let form = if has("principal") || has("action") { None } else { file_form(line) }?;
    let what = format!("the line is {}, and no request", form.what);
    Some(Diagnostic::error("no-request", what).help(form.instead_of(REQUESTS)))
}

/// What `batch` takes.
pub const REQUESTS: &str =
    r#"a request is a line such as {"principal": "ARN", "action": "s3:GetObject", "resource": "ARN"}"#;

fn place_first(warning: &Diagnostic) -> String {
    match warning.labels.first() {
        Some(label) => {
            let at = label.place.line_column();
            format!("line {}, column {}: {}", at.line, at.column, warning.message)
        }
        None => warning.message.clone(),
    }
}

fn write_line(answer: &impl Serialize, out: &mut String) {
    match serde_json::to_string(answer) {
        Ok(text) => out.push_str(&harmless(&text)),
        // Answers are plain data with string keys: this does not happen, but a line must be answered.
        Err(error) => drop(write!(out, "{{\"error\":{{\"code\":\"internal\",\"message\":\"{error}\"}}}}")),
    }
    out.push('\n');
}
