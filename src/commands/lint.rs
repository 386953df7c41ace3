//! `lint ReadReports`, `lint all`: what is wrong with policies, or probably not meant.

use super::world_policies::LookedAt;
use crate::lint::{LintedFile, lint_world};
use crate::reason::CheckVerdict;
use crate::session::slots::{entity, missing};
use crate::session::{Context, Heading, Made, Outcome, Part, Row, Session, Status, command};
use crate::source::Severity;
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Question.row(
    "lint WORD [on ENTITY]",
    "finds what is wrong with policies, or probably not meant: a policy by name, all that a user, role or resource has, a file, a policy of AWS; `lint all` looks at every policy of the world, and at what is attached to the nodes of organizations",
    "lint ReadReports",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let word = words.get("WORD").ok_or_else(|| missing("a policy"))?;
    let on = words.entity("ENTITY").map(entity);
    let is_world = word.text == "all" && on.is_none();
    let given = LookedAt::named(word, on.as_ref(), context)?;
    Ok(command(move |session, _, _| Ok(linted(session, &given, is_world))))
}

/// From a warning on it fails, as on the command line.
fn linted(session: &Session, given: &LookedAt, is_world: bool) -> Outcome {
    let catalog = session.world().catalog();
    let mut files = given.linted(catalog);
    let of_world = if is_world { lint_world(session.world()) } else { Vec::new() };
    files.extend(
        (!of_world.is_empty()).then(|| LintedFile::beside_policies("the world".to_owned(), of_world)),
    );
    let fails = worst(&files).is_some_and(|severity| severity >= Severity::Warning);
    let status = Status::Checked(if fails { CheckVerdict::Fails } else { CheckVerdict::Holds });
    Outcome { status, ..Outcome::of(Part::Lint(files, catalog.date().to_owned())) }
}

fn worst(files: &[LintedFile]) -> Option<Severity> {
    let policies = files.iter().flat_map(|file| &file.policies);
    policies.flat_map(|policy| &policy.findings).map(|found| found.severity).max()
}
