//! Commands about the session itself, a file for each theme.

mod describe;
mod edit;
mod help;
mod history;
mod info;
mod list;
mod load;
mod pasted;
mod save;
mod settings;
mod show;
mod stored;
mod tour;

pub(super) use edit::{Draft, edit};
pub(super) use help::help;
pub(super) use history::{changes, redo, undo};
pub(super) use info::info;
pub(super) use list::list;
pub(super) use load::load;
pub(super) use pasted::pasted_policy;
pub(super) use save::save;
pub(super) use settings::set;
pub(super) use show::show;
pub(super) use tour::tour;

pub use edit::Edited;
pub use help::command_list;
pub use list::lists;
pub use load::Loading;
pub use settings::Setting;
pub use show::Shown;
