//! `expect lint clean`, `expect lint redundant-action on ReadReports`: what `lint` is to find.

use std::sync::Arc;

use super::expect::concluded;
use super::world_policies::{LookedAt, spot};
use crate::lint::{LintedFile, lint_rule, lint_rules};
use crate::question::Question;
use crate::session::slots::{entity, missing, word};
use crate::session::{
    Context, Expectation, ExpectedVerdict, Failure, Heading, Made, Outcome, Outside, Part, Posed, Row,
    Session, command,
};
use crate::source::{Diagnostic, Place, Severity, nearest};
use crate::syntax::script::{Word, Words};
use crate::world::{Principal, PrincipalKind, WorldError};

pub(super) const ROW: Row = Heading::Expectation.row(
    "[todo] expect lint WORD [on POLICY [on ENTITY]]",
    "states what `lint` finds in a policy, or in all of the world: `clean` is nothing worse than a suggestion, a code is a finding of it",
    "expect lint clean",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let code = match &*word(words, "WORD") {
        "clean" => None,
        code => Some(known(code)?),
    };
    let all = Word { text: "all".into(), ..words.get("WORD").ok_or_else(|| missing("a code"))?.clone() };
    let on = words.entity("ENTITY").map(entity);
    let given = LookedAt::named(words.get("POLICY").unwrap_or(&all), on.as_ref(), context)?;
    let expected = ExpectedLint { is_todo: words.has("todo"), code };
    Ok(command(move |session, place, outside| {
        let files = given.linted(session.world().catalog());
        expected.hold(session, &files, place, outside)
    })
    .expecting())
}

/// The code of a rule.
fn known(word: &str) -> Result<&'static str, Failure> {
    if let Some(rule) = lint_rule(word) {
        return Ok(rule.code);
    }
    let what = format!("`{word}` is no code of `lint`");
    let error = WorldError::new("unknown-code", word, what);
    let near = nearest(word, lint_rules().map(|rule| rule.code).chain(["clean"]));
    Err(match near {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error
            .help("`iamwhy lint --list` lists the codes, `clean` expects nothing worse than a suggestion"),
    }
    .into())
}

/// What is expected.
struct ExpectedLint {
    is_todo: bool,
    /// The code that is to be found; where there is none, nothing is.
    code: Option<&'static str>,
}

impl ExpectedLint {
    fn hold(
        &self,
        session: &mut Session,
        files: &[LintedFile],
        place: &Place,
        outside: &mut dyn Outside,
    ) -> Result<Outcome, Failure> {
        let found: Vec<&Diagnostic> =
            files.iter().flat_map(|file| &file.policies).flat_map(|policy| &policy.findings).collect();
        let (wrong, shown) = match self.code {
            Some(code) => (self.missed(code, &found), Vec::new()),
            None => unclean(&found),
        };
        let expectation = self.stated();
        let mut explanation = expectation.question.ask(session.world())?.explain_briefly();
        explanation.reason = wrong.clone().unwrap_or_default();
        explanation.excerpts.clear();
        let shown = Part::Diagnostics(shown);
        Ok(concluded(session, &expectation, (wrong, Arc::new(explanation), shown), place, outside))
    }

    fn missed(&self, code: &str, found: &[&Diagnostic]) -> Option<String> {
        if found.iter().any(|one| one.code == code) {
            return None;
        }
        let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
        let found = match codes.is_empty() {
            true => "it finds nothing".to_owned(),
            false => format!("it finds {}", crate::source::first_of(3, &codes)),
        };
        Some(format!("expected that lint finds {code}, but {found}"))
    }

    /// Nobody asks whether somebody may do something, so it is never asked again under changes.
    fn stated(&self) -> Expectation {
        let nobody = Question::new(Principal::new(PrincipalKind::Anonymous), "s3:ListAllMyBuckets");
        Expectation {
            question: Posed { is_pattern: true, ..nobody.into() },
            expected: ExpectedVerdict::of("denied"),
            reason: None,
            todo: self.is_todo,
        }
    }
}

/// What is worse than a suggestion.
fn unclean(found: &[&Diagnostic]) -> (Option<String>, Vec<Diagnostic>) {
    let bad: Vec<Diagnostic> =
        found.iter().filter(|one| one.severity >= Severity::Warning).map(|one| (*one).clone()).collect();
    let Some(first) = bad.first() else { return (None, Vec::new()) };
    let at = first.labels.first().map(|label| format!(" ({})", spot(&label.place))).unwrap_or_default();
    let more = if bad.len() > 1 { format!(" and {} more", bad.len() - 1) } else { String::new() };
    let wrong = format!("expected that lint finds nothing, but {}{at}{more}", first.message);
    (Some(wrong), bad)
}
