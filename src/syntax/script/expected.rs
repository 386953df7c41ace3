//! What could stand at a place, for completion and hints.

use super::program::Wanted;
use super::slot::SlotKind;
use super::token::{Lexer, ScriptToken, TokenKind, is_boundary, span_in, without_mark};
use super::usage::Usage;
use super::value::Word;

/// What could stand at the end of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuations<'u> {
    /// Where the word at the cursor starts; the length of the text if none was begun.
    pub start: usize,
    /// What could stand there, in the order of the table.
    pub expected: Vec<Expected<'u>>,
}

/// Something that could stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected<'u> {
    /// A keyword.
    Keyword(&'u str),
    /// Something of a kind; the label is that of the slot in the usage, which may be made of several words.
    Slot {
        /// What may stand there.
        kind: SlotKind,
        /// The label of the slot.
        label: &'u str,
    },
    /// Nothing more: the statement is complete.
    End,
}

/// Says what could stand behind the complete words of `text`, which ends at the cursor; of several statements the
/// last counts. A word is complete if white space follows.
pub fn expected_at<'u>(text: &str, table: &'u [Usage]) -> Continuations<'u> {
    let (words, start) = complete_words(text);
    let mut expected = Vec::new();
    for usage in table {
        let run = usage.program().run(&words);
        for wanted in run.wanted.iter().filter(|_| run.reached == words.len()) {
            let wanted = match *wanted {
                Wanted::Keyword(word, _) => Expected::Keyword(word),
                Wanted::Take(kind, slot, _) => Expected::Slot { kind, label: &slot.label },
                Wanted::End => Expected::End,
            };
            if !expected.contains(&wanted) {
                expected.push(wanted);
            }
        }
    }
    Continuations { start, expected }
}

/// The complete words of the last statement, and where the word behind them starts.
fn complete_words(text: &str) -> (Vec<Word<'_>>, usize) {
    let mut lexer = Lexer::new(without_mark(text));
    let mut words = Vec::new();
    while let Some(next) = lexer.next_token() {
        match next {
            Ok((TokenKind::Newline, _)) => words.clear(),
            Ok((TokenKind::Comment, _)) => {}
            Ok((_, part)) if lexer.rest().is_empty() => return (words, span_in(text, part).start as usize),
            Ok((kind, part)) => words.push(Word::of(ScriptToken { kind, span: span_in(text, part) }, part)),
            Err(fault) if fault.ran_out && is_boundary(lexer.rest()) => break,
            Err(_) => return (words, span_in(text, lexer.rest()).start as usize),
        }
    }
    (words, text.len())
}
