//! `what-can bob`: all that a principal may do, by which statement, where and when.

use std::sync::Arc;

use crate::audit::{AsPolicy, WhatCan};
use crate::facts::limits::MANAGED_POLICY_SIZE;
use crate::question::Question;
use crate::reason::CheckVerdict;
use crate::session::{Context, Heading, Made, Outcome, Part, Row, command};
use crate::source::{Diagnostic, Severity};
use crate::syntax::script::Words;
use crate::world::WorldError;

pub(super) const ROW: Row = Heading::Question.row(
    "what-can PRINCIPAL [in one policy] [CLAUSE]...",
    "lists what a principal may do: of which services how many actions of each access level, and what each statement allows, \
     where and when, policies of resources too; `in one policy` prints one that allows what its identity-based policies do",
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
    if words.has("one") {
        return Ok(command(move |session, _, _| Ok(as_policy(&AsPolicy::of(&session.world, &question)))));
    }
    Ok(command(move |session, _, _| {
        let found = WhatCan::ask(&session.world, &question);
        let date = session.world.catalog().date().to_owned();
        Ok(Outcome::of(Part::WhatCan(Box::new(found), date)))
    }))
}

/// The policy alone, so that it can be written to a file; what there is to say of it stands beside.
fn as_policy(found: &AsPolicy) -> Outcome {
    let Some(policy) = &found.policy else {
        return Outcome::said(format!("no identity-based policy says anything of {}", found.arn));
    };
    let mut said = vec![match policy.check.verdict() {
        CheckVerdict::Holds => format!(
            "it allows what {} statements of {} allow, over all requests",
            policy.statements, found.arn
        ),
        _ => format!("it was not proved that it allows what the policies of {} allow", found.arn),
    }];
    said.extend((!found.left_out.is_empty()).then(|| format!("not in it: {}", found.left_out.join(", "))));
    let size = policy.text.chars().filter(|letter| !letter.is_whitespace()).count();
    said.extend(
        (size > MANAGED_POLICY_SIZE)
            .then(|| format!("it has {size} characters, and a managed policy {MANAGED_POLICY_SIZE} at most")),
    );
    let notes = said.into_iter().map(|text| Diagnostic::new("one-policy", Severity::Note, text)).collect();
    Outcome::of(Part::Json(serde_json::from_str(&policy.text).unwrap_or_default()))
        .and(Part::Diagnostics(notes))
}
