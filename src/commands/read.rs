//! `read "world.iam"`

use std::sync::Arc;

use crate::session::{
    Command, Context, Failure, Heading, Made, Mode, Outcome, Outside, Row, Run, Session, run_script,
};
use crate::source::{Diagnostic, Place, Source};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Change.row(
    "read FILE",
    "runs a script; its path is relative to the file that the command stands in",
    "read \"world.iam\"",
    make,
);

/// How deep scripts may read scripts.
const MAX_READING: usize = 16;

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    Ok(Box::new(Read(context.file_of(words)?)))
}

/// A script to be run inside another one; it ends at the first statement that is refused.
struct Read(Arc<Source>);

impl Command for Read {
    fn changes_world(&self) -> bool {
        true
    }

    fn execute(
        self: Box<Self>,
        session: &mut Session,
        place: &Place,
        outside: &mut dyn Outside,
    ) -> Result<Outcome, Failure> {
        let name = self.0.name().to_owned();
        let outermost = place.source.name() == name;
        if outermost || session.reading.contains(&name) {
            let what = format!("`{name}` is being read already, so it would never end");
            return Err(Diagnostic::error("reads-itself", what).at(place.clone(), "").into());
        }
        if session.reading.len() >= MAX_READING {
            let what = format!("scripts read scripts more than {MAX_READING} deep");
            return Err(Diagnostic::error("too-deep", what).at(place.clone(), "").into());
        }
        session.reading.push(name);
        let mut all = Outcome::default();
        let run = Run { mode: Mode::Script, keep_going: false };
        for ran in run_script(session, &self.0, outside, run) {
            all.add(ran.outcome);
        }
        session.reading.pop();
        Ok(all)
    }
}
