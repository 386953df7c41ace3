//! What was probably meant by a statement that was refused, or what a question in words asks.

use super::command::Guess;
use super::outcome::{Outcome, Part, Status};
use super::outside::Outside;
use super::run::Mode;
use super::state::Session;
use crate::source::{Diagnostic, Place, Source, Span};

impl Session {
    /// What there is to show of a refused statement: at a prompt the answer, if it is a question in words; else what was
    /// probably meant stands as the help.
    pub(super) fn guessed(
        &mut self,
        refused: Outcome,
        place: &Place,
        outside: &mut dyn Outside,
        mode: Mode,
    ) -> Outcome {
        let denied = refused.diagnostics().any(|wrong| wrong.code == "access-denied");
        let guess = (self.table.guess)(place.text(), self).filter(|_| !denied);
        match guess {
            Some(guess) if guess.answers && mode == Mode::Prompt => self.answer_in_words(guess, outside),
            Some(guess) => advised(refused, guess),
            None => refused,
        }
    }

    /// Runs the statements that answer a question in words, each under its text.
    fn answer_in_words(&mut self, guess: Guess, outside: &mut dyn Outside) -> Outcome {
        let mut answer = Outcome::default();
        for line in guess.lines {
            answer.parts.push(Part::Text(format!("> {line}")));
            let source = Source::new("<answer>", line);
            let whole = Place::new(&source, Span::new(0, source.text().len() as u32));
            let came = self.run_at(&whole, outside, Mode::Prompt).0;
            let status = came.status;
            answer.add(came);
            answer.status = if answer.status == Status::Refused { answer.status } else { status };
        }
        if guess.says.is_empty() { answer } else { answer.note(guess.says) }
    }
}

/// A refusal with what was probably meant as its help.
fn advised(refused: Outcome, guess: Guess) -> Outcome {
    let Guess { says, lines, .. } = guess;
    let first = lines.first().cloned();
    let lines: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
    let meant = format!("did you mean {}?", lines.join(" or "));
    let help = match (says.is_empty(), lines.is_empty()) {
        (_, true) => says,
        (true, _) => meant,
        (false, _) => format!("{meant} {says}"),
    };
    let mut parts = refused.parts;
    if let Some(wrong) = first_message(&mut parts) {
        wrong.help = Some(help);
    }
    Outcome { parts, meant: first, ..refused }
}

fn first_message(parts: &mut [Part]) -> Option<&mut Diagnostic> {
    parts.iter_mut().find_map(|part| match part {
        Part::Diagnostics(list) => list.first_mut(),
        _ => None,
    })
}
