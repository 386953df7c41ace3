//! `record "tests.iam"`: the questions just asked, as expectations.

use crate::session::{
    Existing, Failure, Heading, Outcome, Outside, Part, Precision, Row, Session, command, relative_to,
};
use crate::source::{Diagnostic, Place};

pub(super) const ROW: Row = Heading::Control
    .row(
        "record [FILE]",
        "shows the questions just asked as expectations, or adds them to a file",
        "record \"tests.iam\"",
        |words, context| {
            let path = words.get("FILE").map(|path| relative_to(context.source.name(), &path.text));
            Ok(command(move |session, place, outside| record(session, path.as_deref(), place, outside)))
        },
    )
    .writing();

/// Shows the questions asked as expectations, or adds them to the end of a file; then they are forgotten.
fn record(
    session: &mut Session,
    path: Option<&str>,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    if session.asked.is_empty() {
        return Err(Diagnostic::error("no-questions", "nothing has been asked that is not recorded yet")
            .help("ask something first: `can alice s3:GetObject on arn:aws:s3:::reports/q1.csv`")
            .into());
    }
    let lines = lines(session, outside.now());
    let text = lines.join("\n") + "\n";
    let outcome = match path {
        None => Outcome::of(Part::Text(text)),
        Some(path) => {
            let wrong = |unreadable| Failure::from(Diagnostic::from(unreadable).at(place.clone(), ""));
            let before = match outside.read(path) {
                Ok(before) => before,
                Err(missing) if missing.code == "no-such-file" => String::new(),
                Err(other) => return Err(wrong(other)),
            };
            let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
            let text = format!("{before}{gap}{text}");
            outside.write(path, &text, Existing::Replaced).map_err(wrong)?;
            let count = lines.len();
            let plural = if count == 1 { "" } else { "s" };
            Outcome::said(format!("added {count} expectation{plural} to {path}"))
        }
    };
    if path.is_some() {
        session.asked.clear();
    }
    Ok(outcome)
}

/// An expectation a question, each once; what cannot be stated stands in a comment.
fn lines(session: &Session, now: i64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (question, explanation) in &session.asked {
        let answer = &explanation.answer;
        let stated = session.expectation(question, answer, Precision::Reason, now);
        let line = stated.unwrap_or_else(|| {
            let word = answer.decision.word();
            format!(
                "# {word}, but not in this world, or not by naming the principal: {}",
                explanation.question
            )
        });
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
