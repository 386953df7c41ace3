//! How much is tried: a search counts its steps, and ends where none is left or where nobody waits for the answer.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::open::Statements;
use crate::question::Asked;

/// How many statements and tests a question of ordinary size has, at most.
const ORDINARY: usize = 100;

/// How many requests are tried of a question however large.
const FEWEST: usize = 4;

thread_local! {
    /// A thread works for one person at a time: whoever starts it knows the flag, and nothing between has to hand it on.
    static STOP: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Lets all searches of this thread end once a flag is raised: whoever asked wants no answer any more.
pub fn stop_by(flag: Arc<AtomicBool>) {
    STOP.set(Some(flag));
}

/// Whether whoever asked wants no answer any more. What is found then counts for nothing.
pub fn is_stopped() -> bool {
    STOP.with_borrow(|flag| flag.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed)))
}

/// The steps that a search may still take.
#[derive(Clone, Debug)]
pub struct Budget(Cell<usize>);

impl Budget {
    /// A budget of so many steps.
    pub fn new(steps: usize) -> Self {
        Self(Cell::new(steps))
    }

    /// How many requests are tried of a question, where so many are of one of ordinary size. Of one of twice that size
    /// a quarter of them are, so that all of them together take less time, not more.
    pub fn of(asked: &Asked<'_>, ordinary: usize) -> Self {
        Self::within(ordinary, Statements::of(std::slice::from_ref(asked)).size())
    }

    pub(super) fn within(ordinary: usize, size: usize) -> Self {
        let size = size.max(ORDINARY);
        Self::new((ordinary * ORDINARY / size * ORDINARY / size).max(FEWEST.min(ordinary)))
    }

    /// Takes a step; `false` where none is left, or nobody waits.
    pub fn take(&self) -> bool {
        self.take_all(1)
    }

    /// Takes several steps; `false`, and none is left, where there are fewer, or nobody waits.
    pub fn take_all(&self, steps: usize) -> bool {
        let rest = self.left().checked_sub(steps);
        self.0.set(rest.unwrap_or(0));
        rest.is_some()
    }

    /// How many steps are left: none where nobody waits.
    pub fn left(&self) -> usize {
        if is_stopped() { 0 } else { self.0.get() }
    }
}
