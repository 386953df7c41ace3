//! What an editor asks while a policy or a script is written, by the Language Server Protocol: what is wrong, what
//! something is, what can stand here, what would mend it.
//!
//! INVARIANT: a question is answered from the text as the editor has it; nothing is written, and what is told of a text
//! is what `lint`, `fmt`, `info` and the prompt tell.
//!
//! Read first: [`Server`].

mod actions;
mod complete;
mod diagnostics;
mod documents;
mod format;
mod hover;
mod lens;
mod names;
mod positions;
mod reach;
mod requests;
mod server;

pub use reach::ScriptReach;
pub use requests::RequestFault;
pub use server::Server;
