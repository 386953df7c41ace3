//! `paths bob to admin`: how somebody comes by the rights of another, or by all, step by step.

use crate::audit::{PathGoal, PathVerdict, Paths};
use crate::reason::CheckVerdict;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Outcome, Part, Row, Status, command};
use crate::syntax::script::Words;
use crate::world::PrincipalKind;

/// The end of paths that lead to any right.
const ADMIN: &str = "admin";

pub(super) const ROW: Row = Heading::Question.row(
    "paths [PRINCIPAL] to END:WORD [CLAUSE]...",
    "finds how somebody comes by the rights of another or by all (`admin`): assumed roles, roles handed to services, keys and \
     policies that may be written, step by step; without a principal for everybody",
    "paths bob to admin",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    context.no_role(words)?;
    let from = words.get("PRINCIPAL").map(|named| context.principal(&named.text)).transpose()?;
    let named = word(words, "END");
    let end = match &*named {
        ADMIN => PathGoal::Everything,
        other => {
            let principal = context.principal(other)?;
            match principal.kind {
                PrincipalKind::Root(_) => PathGoal::Everything,
                _ => PathGoal::RightsOf(principal.lasting_arn()),
            }
        }
    };
    let assumptions = context.assumptions(words)?;
    Ok(command(move |session, _, _| {
        let found = Paths::find(&session.world, from.as_ref(), end, &assumptions);
        let date = session.world.catalog().date().to_owned();
        let status = Status::Checked(match found.verdict() {
            PathVerdict::NoPath => CheckVerdict::Holds,
            PathVerdict::Path => CheckVerdict::Fails,
            PathVerdict::Conditional | PathVerdict::Lead => CheckVerdict::Unknown,
        });
        Ok(Outcome { status, ..Outcome::of(Part::Paths(Box::new(found), date)) })
    }))
}
