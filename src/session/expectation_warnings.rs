//! Expectations that cannot mean what they say: the warnings of the answer, at the words that are to blame.

use crate::explain::{Answer, QuestionPart, Warning};
use crate::source::{Diagnostic, Place, Span};
use crate::syntax::script::{SlotKind, Word, words_within};

/// The warnings of an answer that blame its question, each at the smallest part of the expectation that is to blame;
/// the expectation is a statement, or a row of a table.
pub fn warnings_at(answer: &Answer, expectation: &Place) -> Vec<Diagnostic> {
    let own = answer.warnings.iter().filter(|warning| warning.is_about_question());
    own.map(|warning| placed(warning, expectation)).collect()
}

fn placed(warning: &Warning, expectation: &Place) -> Diagnostic {
    let span = blamed(&warning.about, expectation).unwrap_or(expectation.span);
    Diagnostic::warning(warning.code, &*warning.message).at(Place::new(&expectation.source, span), "")
}

fn blamed(about: &QuestionPart, expectation: &Place) -> Option<Span> {
    match about {
        QuestionPart::Nothing => None,
        QuestionPart::Key(key) => behind(expectation, expectation.span.start, key),
        QuestionPart::Value { key, value } => {
            let key = behind(expectation, expectation.span.start, key)?;
            behind(expectation, key.end, value)
        }
        QuestionPart::Principal | QuestionPart::Action | QuestionPart::Resource => slot(about, expectation),
    }
}

/// The word by its distance from the verdict: `[PRINCIPAL] VERDICT ACTION [[on] RESOURCE]`.
fn slot(about: &QuestionPart, expectation: &Place) -> Option<Span> {
    let words = words_within(&expectation.source, expectation.span).ok()?;
    let verdict = words.iter().position(|word| SlotKind::Verdict.choices().contains(&&*word.text))?;
    let word = |at: usize| words.get(at).map(|word: &Word<'_>| word.span);
    let on = words.get(verdict + 2).is_some_and(|word| word.text == "on");
    match about {
        QuestionPart::Principal => {
            verdict.checked_sub(1).filter(|at| words[*at].text != "expect").and_then(word)
        }
        QuestionPart::Action => word(verdict + 1),
        _ => word(verdict + 2 + usize::from(on)),
    }
}

/// The first place of a text behind another.
fn behind(expectation: &Place, start: u32, text: &str) -> Option<Span> {
    let rest = expectation.source.slice(Span::new(start, expectation.span.end));
    let at = start + rest.find(text)? as u32;
    Some(Span::new(at, at + text.len() as u32))
}
