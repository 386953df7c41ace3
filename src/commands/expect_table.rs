//! `expect table { … }`

use super::expect::expect;
use crate::question::Question;
use crate::session::{
    Context, Expectation, ExpectedVerdict, Failure, Heading, Outcome, Outside, Posed, Row, Session, command,
};
use crate::source::{Diagnostic, Place};
use crate::syntax::script::{SlotKind, split_within, words_within};

pub(super) const ROW: Row = Heading::Expectation.row(
    "expect table TABLE",
    "states decisions, a row each: PRINCIPAL VERDICT ACTION [RESOURCE]",
    "expect table {\n  alice allowed ec2:RunInstances\n  alice denied account:CloseAccount\n}",
    |words, context| {
        let table = context.place(words.block("TABLE").unwrap_or_default());
        Ok(command(move |session, _, outside| expect_table(session, &table, outside)).expecting())
    },
);

/// Holds the rows of a table to the engine.
fn expect_table(session: &mut Session, table: &Place, outside: &mut dyn Outside) -> Result<Outcome, Failure> {
    let source = &table.source;
    let mut all = Outcome::default();
    for row in split_within(source, table.span) {
        let expectation = read_row(session, &Place::new(source, row.span), outside)?;
        all.add(expect(session, &expectation, &Place::new(source, row.span), outside)?);
    }
    Ok(all)
}

/// PRINCIPAL VERDICT ACTION [RESOURCE]
fn read_row(session: &Session, row: &Place, outside: &mut dyn Outside) -> Result<Expectation, Failure> {
    let words = words_within(&row.source, row.span)?;
    let [principal, verdict, action, resource @ ..] = &words[..] else { return Err(bad_row(row).into()) };
    let known = SlotKind::Verdict.choices().contains(&&*verdict.text);
    if resource.len() > 1 || !known {
        return Err(bad_row(row).into());
    }
    let resource = resource.first().map(|word| (&*word.text).into());
    let context = Context::new(&row.source, session, outside);
    let question = Question::new(context.principal(&principal.text)?, &*action.text).at(context.now());
    Ok(Expectation {
        question: Posed::written(Question { resource, ..question }, false, &session.world),
        expected: ExpectedVerdict::of(&verdict.text),
        reason: None,
        todo: false,
    })
}

fn bad_row(row: &Place) -> Diagnostic {
    Diagnostic::error("bad-row", "expected PRINCIPAL VERDICT ACTION [RESOURCE]")
        .at(row.clone(), "")
        .help("for example `alice denied account:CloseAccount`")
}
