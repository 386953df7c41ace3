//! The languages: policies and scripts as texts, and what the statements of a script do in a session.

mod applying;
mod as_role;
mod aws;
mod beginner;
mod broken_policies;
mod completion;
mod corpus;
mod editing;
mod formatting;
mod grammar;
#[path = "../harmless/mod.rs"]
mod harmless;
mod hostile;
mod lint;
mod lint_near;
mod misshapen_arns;
mod nothing_escapes;
#[path = "../outside/mod.rs"]
mod outside;
#[path = "../packed/mod.rs"]
mod packed;
mod save_warnings;
mod saving;
mod script_syntax;
mod session;
mod shell_words;
mod unknown;
mod writing;
