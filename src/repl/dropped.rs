//! Ctrl-C on a line. The line editor's own way of dropping one is an error, with which it also drops the keys that
//! came with it (rustyline 19); so the line is taken, and what was said of it is remembered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::{Cmd, ConditionalEventHandler, Event, EventContext, EventHandler, KeyEvent, RepeatCount};

/// Whether the line that was taken last is to be dropped.
#[derive(Clone, Default)]
pub(super) struct Dropped(Arc<AtomicBool>);

impl Dropped {
    /// Says it once.
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// The key and what it does.
pub(super) fn key(dropped: Dropped) -> (KeyEvent, EventHandler) {
    (KeyEvent::ctrl('C'), EventHandler::Conditional(Box::new(Drops(dropped))))
}

struct Drops(Dropped);

impl ConditionalEventHandler for Drops {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext<'_>) -> Option<Cmd> {
        self.0.0.store(true, Ordering::Relaxed);
        Some(Cmd::AcceptLine)
    }
}
