//! `read "world.iam"`

use std::sync::Arc;

use crate::session::{
    Failure, FileOf, Heading, Mode, Outcome, Outside, Row, Run, Session, command, run_script,
};
use crate::source::{Diagnostic, Place, Source};

pub(super) const ROW: Row = Heading::Change.row(
    "read FILE",
    "runs a script; its path is relative to the file that the command stands in",
    "read \"world.iam\"",
    |words, context| {
        let script = context.file_of(words, FileOf::Script)?;
        Ok(command(move |session, place, outside| read(session, &script, place, outside)).changing())
    },
);

/// How deep scripts may read scripts.
const MAX_READING: usize = 16;

/// Runs a script inside another one; it ends at the first statement that is refused.
fn read(
    session: &mut Session,
    script: &Arc<Source>,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let name = script.name().to_owned();
    let refused = |code, what: String| Err(Diagnostic::error(code, what).at(place.clone(), "").into());
    if place.source.name() == name || session.reading.contains(&name) {
        return refused("reads-itself", format!("`{name}` is being read already, so it would never end"));
    }
    if session.reading.len() >= MAX_READING {
        return refused("too-deep", format!("scripts read scripts more than {MAX_READING} deep"));
    }
    session.files.begin_script().map_err(|wrong| wrong.at(place.clone(), ""))?;
    session.reading.push(name);
    let (mut all, mut statements) = (Outcome::default(), 0);
    for ran in run_script(session, script, outside, Run { mode: Mode::Script, keep_going: false }) {
        all.add(ran.outcome);
        statements += 1;
    }
    session.reading.pop();
    session.files.end_script(statements);
    Ok(all)
}
