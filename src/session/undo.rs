//! Going back to an earlier moment of a session, and forth again.

use std::sync::Arc;

use super::history::Moment;
use super::state::Session;

impl Session {
    /// Takes the last change back: the entry that made it.
    pub(crate) fn undo(&mut self) -> Option<Box<str>> {
        let (entry, present) = self.history.past.pop_back().map(|moment| self.swap_with(moment))?;
        self.history.future.push(present);
        Some(entry)
    }

    /// Makes the last change that was taken back again.
    pub(crate) fn redo(&mut self) -> Option<Box<str>> {
        let (entry, present) = self.history.future.pop().map(|moment| self.swap_with(moment))?;
        self.history.past.push_back(present);
        Some(entry)
    }

    /// Goes back to the moment before the first change; says whether there was one.
    pub(crate) fn reset(&mut self) -> bool {
        let Some(first) = self.history.first.clone() else { return false };
        (self.world, self.selected, self.signed_in) =
            (first.world.clone(), first.selected, first.signed_in.clone());
        true
    }

    /// The present moment, which an entry leads away from.
    pub(super) fn moment(&self, entry: &str) -> Moment {
        Moment {
            world: self.world.clone(),
            selected: self.selected,
            signed_in: self.signed_in.clone(),
            entry: first_line(entry),
        }
    }

    /// Goes to another moment; the present stays under the name of the entry that led away from that one.
    fn swap_with(&mut self, moment: Arc<Moment>) -> (Box<str>, Arc<Moment>) {
        let moment = Arc::unwrap_or_clone(moment);
        let present = Arc::new(self.moment(&moment.entry));
        (self.world, self.selected, self.signed_in) = (moment.world, moment.selected, moment.signed_in);
        (moment.entry, present)
    }
}

fn first_line(entry: &str) -> Box<str> {
    entry.split_once('\n').map_or(entry.into(), |(line, _)| format!("{line} …").into())
}
