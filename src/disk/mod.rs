//! The files of this machine: how they are read and written, what world files reach of them, and worlds read from them.
//!
//! INVARIANT: nothing here decides or prints. A file is read whole or not at all, and one that is written is the old one
//! or the new one, whatever happens.
//!
//! Read first: [`Disk`], then [`WorldFiles`].

mod collected;
mod confined;
mod folder;
mod machine;
mod replace;
mod streams;
mod world;

pub use collected::import_outputs;
pub use confined::Confined;
pub use folder::{entries, files_below};
pub use machine::{Disk, STDIN, Unconfined, open, reason, text, unreadable};
pub use replace::{create, replace};
pub use streams::{stdin, stdout};
pub use world::{WorldFiles, read};
