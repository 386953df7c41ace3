//! `who-can s3:GetObject on arn:aws:s3:::acme-reports/q1.csv`: everybody who may do something, and by what.

use std::sync::Arc;

use super::pattern::one_request;
use crate::audit::WhoCan;
use crate::question::Question;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Outcome, Part, Posed, Row, command};
use crate::syntax::script::Words;
use crate::world::{Principal, PrincipalKind};

pub(super) const ROW: Row = Heading::Question.row(
    "who-can ACTION [[on] RESOURCE] [CLAUSE]...",
    "lists everybody who may do it: root users, users and roles of all accounts, and whoever the policy of the resource \
     names; by what, or under which condition",
    "who-can s3:GetObject on arn:aws:s3:::acme-reports/q1.csv",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    context.no_role(words)?;
    let question = Question {
        principal: Arc::new(Principal::new(PrincipalKind::Anonymous)),
        action: word(words, "ACTION"),
        resource: words.get("RESOURCE").map(|resource| (&*resource.text).into()),
        assumptions: context.assumptions(words)?,
    };
    let posed = Posed::written(question, false, context.world());
    Ok(command(move |session, _, _| {
        one_request(&posed, "who-can")?;
        let found = WhoCan::ask(&session.world, &posed.question)?;
        let date = session.world.catalog().date().to_owned();
        Ok(Outcome::of(Part::WhoCan(Box::new(found), date)))
    }))
}
