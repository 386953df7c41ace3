//! `record`: the questions just asked, as expectations.

use std::sync::Arc;

use super::failure::Failure;
use super::outcome::{Outcome, Part};
use super::outside::Outside;
use super::phrase::Precision;
use super::question::Posed;
use super::state::Session;
use crate::explain::Explanation;
use crate::source::{Diagnostic, Place};

/// How many questions are remembered.
const REMEMBERED: usize = 1_000;

/// A question that was asked at the prompt or in a script, and its answer.
#[derive(Clone, Debug)]
pub(super) struct AskedBefore {
    question: Posed,
    explanation: Arc<Explanation>,
}

impl Session {
    /// Remembers a question for `record`.
    pub(super) fn remember(&mut self, question: &Posed, explanation: &Arc<Explanation>) {
        if self.asked.len() == REMEMBERED {
            self.asked.remove(0);
        }
        let explanation = Arc::clone(explanation);
        self.asked.push(AskedBefore { question: question.clone(), explanation });
    }
}

/// Shows the questions asked as expectations, or adds them to the end of a file; then they are forgotten.
pub(super) fn record(
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
            outside.write(path, &format!("{before}{gap}{text}")).map_err(wrong)?;
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
    for asked in &session.asked {
        let answer = &asked.explanation.answer;
        let stated = session.expectation(&asked.question, answer, Precision::Reason, now);
        let line = stated.unwrap_or_else(|| {
            let word = answer.decision.word();
            format!(
                "# {word}, but not in this world, or not by naming the principal: {}",
                asked.explanation.question
            )
        });
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
