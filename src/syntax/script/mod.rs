//! The syntax of the script language: tokens, statements, and the match of a statement against a table of usages.
//!
//! INVARIANT: the commands are only known as the [`Usage`]s handed in; that the line `aws …` is read in shell words
//! is the one exception, because where a statement ends must be known before its usage is.
//!
//! Read first: [`parse_statement`].

mod ebnf;
mod expected;
mod fault;
mod form;
mod program;
mod shape;
mod slot;
mod split;
mod statement;
mod token;
mod usage;
mod value;
mod words;
pub mod write;

pub use ebnf::table_to_ebnf;
pub use expected::{Continuations, Expected, expected_at};
pub use form::script_in_form;
pub use slot::SlotKind;
pub use split::{StatementText, Unfinished, split_statements, split_within, unfinished};
pub use statement::{parse_statement, words_within};
pub use token::{MAX_DEPTH, ScriptToken, TokenKind, tokens};
pub use usage::{Slot, Usage, UsageElement, plain};
pub use value::{
    Clause, ContextAt, EntityWords, JsonAt, Pair, PairValue, ReasonWords, TargetWords, Value, Word,
};
pub use words::Words;
