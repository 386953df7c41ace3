//! `who-can s3:GetObject on arn:aws:s3:::acme-reports/q1.csv`: everybody who may do something, and by what.

use crate::audit::{WhoCan, WhoCanCovered};
use crate::question::Question;
use crate::report::WhoCanAnswer;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Outcome, Part, Posed, Row, command};
use crate::syntax::script::Words;
use crate::world::{Principal, PrincipalKind, World, WorldError};

pub(super) const ROW: Row = Heading::Question.row(
    "who-can ACTION [[on] RESOURCE...] [through roles] [CLAUSE]...",
    "lists everybody who may do it: root users, users and roles of all accounts, and whoever the policy of the resource \
     names; by what, or under which condition; with `*` or `?`, or without a resource, who may do all of it and who a part; \
     `through roles` adds those who may once they have assumed roles, with the chain",
    "who-can s3:GetObject on arn:aws:s3:::acme-reports/q1.csv",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    context.no_role(words)?;
    let anonymous = Principal::new(PrincipalKind::Anonymous);
    let question = Question::new(anonymous, word(words, "ACTION")).assuming(context.assumptions(words)?);
    let named = words.all("RESOURCE").map(|resource| question.clone().on(&*resource.text));
    let named: Vec<Question> = named.collect();
    let asked = if named.is_empty() { vec![question] } else { named };
    let through_roles = words.has("through");
    Ok(command(move |session, _, _| {
        let date = session.world.catalog().date().to_owned();
        let answers = asked.into_iter().map(|question| who_can(&session.world, question, through_roles));
        Ok(Outcome::of(Part::WhoCan(answers.collect::<Result<_, _>>()?, date)))
    }))
}

/// An action alone is asked for all the resources that it acts on, where it acts on some.
fn who_can(world: &World, question: Question, through_roles: bool) -> Result<WhoCanAnswer, WorldError> {
    let facts = world.catalog().action(&question.action);
    // What leaves policies away is one request: all of them are asked about under all policies.
    let is_one = question.resource.is_some() || !question.assumptions.without.is_empty();
    let is_of_all = !is_one && facts.is_some_and(|facts| facts.has_resource_types());
    let posed = Posed::written(question, false, world);
    if is_of_all || posed.is_pattern {
        let found = WhoCanCovered::ask(world, &posed)?;
        let found = if through_roles { found.through_roles(world, &posed)? } else { found };
        return Ok(WhoCanAnswer::Covered(Box::new(found)));
    }
    let found = WhoCan::ask(world, &posed)?;
    let found = if through_roles { found.through_roles(world, &posed)? } else { found };
    Ok(WhoCanAnswer::One(Box::new(found)))
}
