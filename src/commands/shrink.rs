//! `shrink actions.txt`: the fewest patterns that mean the same actions.

use super::actions::GivenActions;
use crate::names::glob_fold;
use crate::session::{Heading, Outcome, Part, Row, Session, command};

pub(super) const ROW: Row = Heading::Question.row(
    "shrink WORD...",
    "finds the fewest patterns, with `*` at the end alone, that match the same actions of the catalog and no other",
    "shrink s3:GetObjectTagging s3:GetObjectTorrent s3:PutObject",
    |words, context| {
        let given = GivenActions::of(words, context)?;
        Ok(command(move |session, _, _| Ok(shrink(session, given))))
    },
);

/// What the catalog does not list stays as it is, unless a pattern matches it in any case.
fn shrink(session: &Session, given: GivenActions) -> Outcome {
    let catalog = session.world.catalog();
    let mut read = given.read(catalog);
    let mut patterns = read.actions.patterns();
    read.unlisted.sort_unstable_by_key(|name| name.to_ascii_lowercase());
    read.unlisted.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    read.unlisted.retain(|name| !patterns.iter().any(|pattern| glob_fold(pattern, name)));
    patterns.append(&mut read.unlisted);
    Outcome::of(Part::Actions(patterns, catalog.date().to_owned())).after(read.remarks)
}
