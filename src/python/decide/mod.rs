//! Tables of requests decided: columns in, columns out.

mod answers;
mod context;
mod requests;
mod rows;
mod stream;
mod table;
mod task;
mod texts;

pub(super) use stream::DecidedReader;
pub(super) use table::decide;
pub(super) use task::DecideTask;
