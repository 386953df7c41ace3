//! `what-can bob`: all that a principal may do, by which statement, where and when.

use std::sync::Arc;

use crate::audit::WhatCan;
use crate::question::Question;
use crate::session::{Context, Heading, Made, Outcome, Part, Row, command};
use crate::syntax::script::Words;
use crate::world::WorldError;

pub(super) const ROW: Row = Heading::Question.row(
    "what-can PRINCIPAL [CLAUSE]...",
    "lists what a principal may do: of which services how many actions of each access level, and what each statement allows, \
     where and when",
    "what-can bob",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    context.no_role(words)?;
    let Some(named) = words.get("PRINCIPAL") else {
        return Err(WorldError::new("missing-word", "", "expected a principal").into());
    };
    let principal = Arc::new(context.principal(&named.text)?);
    let question = Question { assumptions: context.assumptions(words)?, ..Question::new(principal, "*") };
    Ok(command(move |session, _, _| {
        let found = WhatCan::ask(&session.world, &question);
        let date = session.world.catalog().date().to_owned();
        Ok(Outcome::of(Part::WhatCan(Box::new(found), date)))
    }))
}
