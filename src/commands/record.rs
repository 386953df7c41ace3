//! `record "tests.iam"`: the questions just asked, as expectations.

use super::save::statements_of;
use crate::session::{
    Existing, Failure, Heading, Outcome, Outside, Part, Precision, Row, Session, command, relative_to,
};
use crate::source::{Diagnostic, Place};

pub(super) const ROW: Row = Heading::Control
    .row(
        "record [FILE]",
        "shows the questions just asked as expectations, or adds them to a file; a new one makes the world first, so that it \
         runs by itself",
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
    let Some(path) = path else { return Ok(Outcome::of(Part::Text(text))) };
    let wrong = |unreadable| Failure::from(Diagnostic::from(unreadable).at(place.clone(), ""));
    let before = match outside.read(path) {
        Ok(before) => before,
        Err(missing) if missing.code == "no-such-file" => String::new(),
        Err(other) => return Err(wrong(other)),
    };
    let is_new = before.trim().is_empty();
    let (before, left_out) = if is_new { head(session) } else { (before, Vec::new()) };
    let gap = if before.ends_with('\n') { "" } else { "\n" };
    outside.write(path, &format!("{before}{gap}{text}"), Existing::Replaced).map_err(wrong)?;
    session.asked.clear();
    let said = Outcome::said(added(lines.len(), path, is_new));
    Ok(left_out.into_iter().fold(said, Outcome::note))
}

/// The beginning of a new script, which makes the world, and what it cannot say of it.
fn head(session: &Session) -> (String, Vec<String>) {
    let (world, left_out) = statements_of(session);
    (format!("# Questions of a world and their answers.\n{world}\n# == recorded\n"), left_out)
}

fn added(count: usize, path: &str, is_new: bool) -> String {
    let plural = if count == 1 { "" } else { "s" };
    let head =
        if is_new { format!(", behind the world; `iamwhy test {path}` runs it") } else { String::new() };
    format!("added {count} expectation{plural} to {path}{head}")
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
