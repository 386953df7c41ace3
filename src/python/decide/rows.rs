//! Rows decided one after the other, by one thread.

use std::ops::Range;

use super::answers::{RowAnswers, Why};
use super::requests::RequestTable;
use super::task::DecideTask;
use crate::batch::LineError;
use crate::explain::{Verdict, plain_verdict};
use crate::names::AccountId;
use crate::question::wire::{assumes_root, principal_named};
use crate::question::{Asked, KeptCallers, ask};
use crate::source::Diagnostic;
use crate::world::{CallerRef, ContextEntry, Prepared, Request};

/// The rows of a table, and whoever asked before in them.
pub(super) struct Rows<'t> {
    task: &'t DecideTask,
    requests: &'t RequestTable,
    callers: KeptCallers<'t>,
    context: Vec<ContextEntry<'t>>,
}

impl<'t> Rows<'t> {
    pub(super) fn new(task: &'t DecideTask, requests: &'t RequestTable) -> Self {
        let callers = KeptCallers::of(task.session.world());
        Self { task, requests, callers, context: Vec::new() }
    }

    /// Decides some of them.
    pub(super) fn decide(mut self, rows: Range<usize>) -> RowAnswers {
        let mut answers = RowAnswers::for_rows(rows.len(), self.task.because);
        for row in rows {
            answers.push(self.decide_row(row));
        }
        answers
    }

    fn decide_row(&mut self, row: usize) -> Result<(Verdict, Option<Why>), LineError> {
        let (requests, task) = (self.requests, self.task);
        let principal = requests.principal.get(row).ok_or_else(|| missing("principal"))?;
        let action = requests.action.get(row).ok_or_else(|| missing("action"))?;
        self.context.clear();
        requests.context.read(row, &mut self.context)?;
        let world = self.callers.world;
        let resource = requests.resource.as_ref().and_then(|column| column.get(row));
        let request = Request {
            resource_account: resource_account(requests, row)?,
            settings: *world.settings(),
            now: task.now,
            ..Request::complete(action, resource, &self.context, &task.given)
        };
        let is_root_session = assumes_root(&self.context);
        let who = || principal_named(principal, None, is_root_session).ok_or_else(|| nobody(principal));
        let caller: CallerRef<'_> = match is_root_session {
            true => world.caller(&who()?, &task.given).into(),
            false => self.callers.caller_given(principal, &task.given, who)?.into(),
        };
        Ok(decided(world.prepare(caller, request)?, task.because))
    }
}

/// The verdict, and what decided where somebody asks for it.
fn decided(prepared: Prepared<'_>, because: bool) -> (Verdict, Option<Why>) {
    let plain = (!because).then(|| plain_verdict(&prepared)).flatten();
    if let Some(verdict) = plain {
        return (verdict, None);
    }
    let asked = ask(prepared);
    (asked.verdict(), because.then(|| why(&asked)))
}

/// The gate that decided, or the first statement; of a layer that lacks an Allow there is none.
fn why(asked: &Asked<'_>) -> Why {
    if let Some(gate) = &asked.trace.gate {
        return Why { layer: gate.name.as_str(), ..Why::default() };
    }
    let Some(first) = asked.because().into_iter().next() else { return Why::default() };
    let number = first.statement.map(|number| format!("#{}", number + 1));
    let statement = first.sid.filter(|sid| !sid.is_empty()).or(number);
    Why { layer: first.policy_type, policy: first.policy, statement }
}

fn resource_account(requests: &RequestTable, row: usize) -> Result<Option<AccountId>, LineError> {
    let given = requests.resource_account.as_ref().and_then(|column| column.get(row));
    given.map(|text| AccountId::parse(text).ok_or_else(no_account)).transpose()
}

fn missing(column: &str) -> LineError {
    Diagnostic::error("missing-field", format!("the field `{column}` is missing")).into()
}

fn nobody(named: &str) -> LineError {
    Diagnostic::error("bad-principal", format!("`{named}` is not a principal")).into()
}

fn no_account() -> LineError {
    Diagnostic::error("wrong-type", "expected the 12 digits of an account").into()
}
