//! Files that hold a world: scripts that declare one, and dumps of an account.

use std::sync::Arc;

use super::load::loads;
use crate::import::LISTS;
use crate::session::{
    Context, Failure, FileOf, Mode, Outcome, Outside, ReadOnly, Run, Session, Status, run_script,
};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::json::parse_json;
use crate::syntax::script::Word;
use crate::world::{World, WorldError};

/// The file that a word names, which may hold a policy or a world.
pub(super) fn policy_or_world(word: &Word<'_>, context: &mut Context<'_>) -> Result<Arc<Source>, Failure> {
    let kind = if is_script(&word.text) { FileOf::Script } else { FileOf::Policy };
    context.file(word, kind)
}

fn is_script(name: &str) -> bool {
    name.ends_with(".iam")
}

/// Whether a file holds a world.
pub(super) fn is_world(source: &Arc<Source>) -> bool {
    is_script(source.name()) || is_dump(source)
}

/// Other outputs of AWS have a list of policies, too.
fn is_dump(source: &Arc<Source>) -> bool {
    let lists = LISTS.iter().filter(|list| **list != "Policies");
    let has_lists = lists.clone().any(|list| source.text().contains(list));
    let tree = has_lists.then(|| parse_json(source).value).flatten();
    tree.is_some_and(|tree| lists.clone().any(|list| tree.root().member(list).is_some()))
}

/// A session in the world of a file, a script or a dump, with the catalog and the table of commands of another.
///
/// # Errors
/// What is wrong with the file.
pub fn session_in(
    source: &Arc<Source>,
    session: &Session,
    outside: &mut dyn Outside,
) -> Result<Session, Outcome> {
    let place = Place::new(source, Span::default());
    session_of(source, session, outside).map_err(|failure| failure.refusal(&place, None))
}

/// The world of a file, with the catalog and the table of commands of a session.
pub(super) fn world_of(
    source: &Arc<Source>,
    session: &Session,
    outside: &mut dyn Outside,
) -> Result<World, Failure> {
    Ok(session_of(source, session, outside)?.world().clone())
}

/// A session in the world of a file.
pub(super) fn session_of(
    source: &Arc<Source>,
    session: &Session,
    outside: &mut dyn Outside,
) -> Result<Session, Failure> {
    let catalog = Arc::clone(session.world.catalog());
    let mut made = Session::in_world(session.table, World::with_catalog(catalog), None);
    match is_script(source.name()) {
        true => {
            let mut confined = outside.confined_to(source.name());
            let reached: &mut dyn Outside = match &mut confined {
                Some(confined) => &mut **confined,
                None => outside,
            };
            let run = Run { mode: Mode::World, keep_going: false };
            for ran in run_script(&mut made, source, &mut ReadOnly(reached), run) {
                declared(ran.outcome, source)?;
            }
        }
        false => {
            let place = Place::new(source, Span::default());
            declared(made.execute(loads(Arc::clone(source), None), &place, &mut ReadOnly(outside)), source)?;
        }
    }
    Ok(made)
}

/// What is wrong with a statement of a world.
fn declared(outcome: Outcome, source: &Source) -> Result<(), Failure> {
    if matches!(outcome.status, Status::Done) {
        return Ok(());
    }
    let wrong: Vec<Diagnostic> = outcome.diagnostics().cloned().collect();
    match wrong.is_empty() {
        false => Err(wrong.into()),
        true => {
            let what = format!("`{}` asks something, where a world only says what there is", source.name());
            Err(WorldError::new("no-world", source.name(), what).into())
        }
    }
}
