//! `matrix user/* s3:Get* on arn:aws:s3:::acme-reports/q1.csv`: every principal with every action on every resource.

use std::sync::Arc;

use crate::audit::{Matrix, MatrixRequest};
use crate::catalog::Catalog;
use crate::names::has_wildcard;
use crate::question::Question;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Outcome, Part, Row, command};
use crate::syntax::script::Words;
use crate::world::{Principal, PrincipalKind, WorldError};

pub(super) const ROW: Row = Heading::Question.row(
    "matrix WHO:WORD WHAT:WORD [[on] RESOURCE...] [CLAUSE]...",
    "decides every action on every resource for every principal; principals and actions are patterns, several with commas \
     between them; `--format csv` and `--format json` tell each decision",
    "matrix user/* s3:GetObject,s3:PutObject on arn:aws:s3:::acme-reports/q1.csv",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    context.no_role(words)?;
    let anonymous = Principal::new(PrincipalKind::Anonymous);
    let question = Question::new(anonymous, "*").assuming(context.assumptions(words)?);
    let (who, what) = (word(words, "WHO"), word(words, "WHAT"));
    let mut resources: Vec<Option<Box<str>>> = Vec::new();
    for resource in words.all("RESOURCE") {
        if has_wildcard(&resource.text) && *resource.text != *"*" {
            return Err(of_a_pattern(&resource.text).into());
        }
        resources.push(Some((&*resource.text).into()));
    }
    if resources.is_empty() {
        resources.push(None);
    }
    Ok(command(move |session, _, _| {
        let world = &session.world;
        let requests = requests(&what, &resources, world.catalog())?;
        let found = Matrix::ask(world, &question, &who, requests)?;
        Ok(Outcome::of(Part::Matrix(Arc::new(found), world.catalog().date().to_owned())))
    }))
}

fn of_a_pattern(resource: &str) -> WorldError {
    let what = "`matrix` asks about resources one by one, not about all that a pattern covers";
    WorldError::new("pattern-not-taken", resource, what)
        .help("name several resources; of a pattern `who-can` tells who may do all and who a part")
}

/// Each action that the patterns name with each resource.
fn requests(
    patterns: &str,
    resources: &[Option<Box<str>>],
    catalog: &Catalog,
) -> Result<Vec<MatrixRequest>, WorldError> {
    let mut actions: Vec<Box<str>> = Vec::new();
    for pattern in patterns.split(',') {
        if !has_wildcard(pattern) {
            actions.push(pattern.into());
            continue;
        }
        let before = actions.len();
        actions.extend(catalog.matching_actions(pattern).map(|action| action.to_string().into()));
        if actions.len() == before {
            let what = format!("the catalog lists no action `{pattern}`");
            return Err(WorldError::new("unknown-action", pattern, what));
        }
    }
    let with = |action: Box<str>| {
        resources
            .iter()
            .map(move |resource| MatrixRequest { action: action.clone(), resource: resource.clone() })
    };
    Ok(actions.into_iter().flat_map(with).collect())
}
