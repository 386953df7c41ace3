//! Questions by name, with arguments as JSON: what an assistant or a program of another language asks.
//!
//! INVARIANT: a tool decides nothing: it is one statement of the prompt, asked in a session of its own that nothing
//! outlives, and it reads no file that the place does not let it read.
//!
//! Read first: [`Tool`].

mod arguments;
mod call;
mod given;
mod inputs;
mod list;
mod statements;

pub use call::{ToolAnswer, ToolRefusal};
pub use list::{TOOLS, Tool};
