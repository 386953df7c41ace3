//! Texts become trees: the script language here, JSON beside it; nom is used on this floor only.
//!
//! INVARIANT: nothing here knows a command, a policy or an account. What a script may say comes in as a table of
//! usages, and every text, however broken, ends in a value or a diagnostic with a place.
//!
//! Read first: [`script::parse_statement`].

pub mod script;
