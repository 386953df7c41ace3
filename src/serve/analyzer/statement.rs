//! A question of Access Analyzer as the statement of the prompt that it is, with the policies that come with it.

use serde_json::Value;

use super::call::invalid;
use crate::aws::ApiRefusal;
use crate::commands;
use crate::report::{Format, Style};
use crate::session::{GivenTexts, Mode, Run, Session, Status, run_script};
use crate::source::Source;

/// The policies of a statement: the name by which it calls each, and the text.
pub(super) type Texts = Vec<(&'static str, String)>;

/// Runs a statement where nothing is known but what it brings along; gives its answer as data.
pub(super) fn answer_of(statement: &str, texts: &Texts) -> Result<Value, ApiRefusal> {
    let mut session: Session = commands::session();
    let outside = &mut GivenTexts { texts: texts.clone(), outside: &mut () };
    let run = Run { mode: Mode::Script, keep_going: false };
    let ran = run_script(&mut session, &Source::new("<request>", statement), outside, run).next();
    let outcome = ran.map(|ran| ran.outcome).unwrap_or_default();
    if outcome.status == Status::Refused {
        let first = outcome.diagnostics().next();
        return Err(invalid(first.map(|found| found.message.clone()).unwrap_or_default()));
    }
    let lines = outcome.render(&Style::of(Format::Json));
    let mut objects = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    objects.find(|one| one.get("verdict").is_some()).ok_or_else(|| invalid("the policy cannot be checked"))
}
