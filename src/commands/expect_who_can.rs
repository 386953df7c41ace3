//! `expect who-can s3:GetObject on arn:aws:s3:::reports/q1.csv is root alice`: exactly these may do something.

use std::sync::Arc;

use super::expect_of_all::{Breach, OfAll};
use crate::audit::{Access, CoveredAccess, CoveredExtent, WhoCan, WhoCanCovered, holder};
use crate::explain::Verdict;
use crate::question::Question;
use crate::reason::AskedPattern;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Outside, Posed, Row, Session, command};
use crate::syntax::script::Words;
use crate::world::{Principal, PrincipalKind, World, WorldError};

pub(super) const ROW: Row = Heading::Expectation.row(
    "[todo] expect who-can ACTION [on] RESOURCE is PRINCIPAL...",
    "states that exactly these are allowed it, of the root users, users and roles of the world and whoever the policy of the \
     resource names; `nobody` stands for none, `anonymous` for anybody; of patterns that they are allowed all of it and \
     nobody else any",
    "expect who-can s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv is root alice",
    make,
);

/// The word for no principal.
const NOBODY: &str = "nobody";

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let (is_todo, now) = (words.has("todo"), context.now());
    let named = words.all("PRINCIPAL").filter(|word| *word.text != *NOBODY);
    let expected = named.map(|word| context.principal(&word.text));
    let expected = expected.collect::<Result<Vec<Principal>, _>>()?;
    let anonymous = Principal::new(PrincipalKind::Anonymous);
    let question = Question::new(anonymous, word(words, "ACTION")).on(word(words, "RESOURCE")).at(now);
    let find = move |session: &Session, _: &mut dyn Outside, _: i64| {
        let posed = Posed::written(question.clone(), false, &session.world);
        let breach = if posed.is_pattern { breach_of_all } else { breach };
        Ok(breach(&session.world, &posed, &expected)?)
    };
    let of_all = OfAll { is_todo, now, find: Box::new(find) };
    Ok(command(move |session, place, outside| of_all.hold(session, place, outside)).expecting())
}

/// Somebody who is allowed it and not expected, or the other way round.
fn breach(world: &World, question: &Question, expected: &[Principal]) -> Result<Option<Breach>, WorldError> {
    let found = WhoCan::ask(world, question)?;
    let allowed: Vec<&Access> = found.access.iter().filter(|one| one.verdict == Verdict::Allowed).collect();
    let is_expected = |one: &&&Access| expected.iter().any(|own| holder(own) == holder(&one.principal));
    let of = |principal: &Principal| Question { principal: Arc::new(principal.clone()), ..question.clone() };
    if let Some(other) = allowed.iter().find(|one| !is_expected(one)) {
        let wrong = format!("expected that {} may not: {}", other.principal.lasting_arn(), other.reason);
        return Ok(Some(Breach { wrong, witness: of(&other.principal) }));
    }
    let lacks = |own: &&Principal| !allowed.iter().any(|one| holder(&one.principal) == holder(own));
    Ok(expected.iter().find(lacks).map(|own| Breach {
        wrong: format!("expected that {} may, too", own.lasting_arn()),
        witness: of(own),
    }))
}

/// Somebody who is allowed some of what patterns cover and not expected, or an expected one who is not allowed all of it.
fn breach_of_all(
    world: &World,
    question: &Question,
    expected: &[Principal],
) -> Result<Option<Breach>, WorldError> {
    let found = WhoCanCovered::ask(world, question)?;
    let mut as_asked = found.rows.iter().filter(|row| row.extent != CoveredExtent::Depends);
    let is_expected = |row: &&CoveredAccess| expected.iter().any(|own| holder(own) == holder(&row.principal));
    if let Some(other) = as_asked.find(|row| !is_expected(row)) {
        let witness = other.part.witness.clone();
        let on = witness.resource.as_ref().map(|arn| format!(" on {arn}")).unwrap_or_default();
        let wrong =
            format!("expected that {} may not: {}{on}", other.principal.lasting_arn(), witness.action);
        return Ok(Some(Breach { wrong, witness }));
    }
    let has_all = |own: &Principal| {
        let mut rows = found.rows.iter().filter(|row| holder(&row.principal) == holder(own));
        rows.any(|row| row.extent == CoveredExtent::All)
    };
    if let Some(own) = expected.iter().find(|own| !has_all(own)) {
        let of_own = Question { principal: Arc::new(own.clone()), ..question.clone() };
        let witness = AskedPattern::new(&of_own)?.ask(world)?.witness().cloned().unwrap_or(of_own);
        let wrong = format!("expected that {} may do all of it, too", own.lasting_arn());
        return Ok(Some(Breach { wrong, witness }));
    }
    Ok(found.caveats.first().map(|caveat| {
        let wrong = format!("not everything that is asked about was looked at: {}", caveat.why);
        Breach { wrong, witness: question.clone() }
    }))
}
