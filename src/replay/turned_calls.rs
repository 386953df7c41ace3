//! Events that turned alike.

use std::cmp::Ordering;

use super::CallTurn;

/// What the events of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TurnedBy {
    /// How they turned.
    pub turned: CallTurn,
    /// Who asked, by its ARN; of a session that of its role.
    pub principal: String,
    /// What was asked for.
    pub action: String,
    /// What decides, or on what it hangs: the headline that `why` has.
    pub why: String,
}

/// Events that turned alike.
#[derive(Clone, Debug)]
pub struct TurnedCalls {
    /// How many there are.
    pub count: u64,
    /// When the first was, in epoch seconds.
    pub first: i64,
    /// When the last was, in epoch seconds.
    pub last: i64,
    /// One of them, the first.
    pub example: TurnedExample,
}

/// One event of a group.
#[derive(Clone, Debug)]
pub struct TurnedExample {
    /// The resource that was asked for.
    pub resource: String,
    /// The id of the event.
    pub event_id: Option<String>,
}

impl TurnedCalls {
    /// A group of one event.
    pub(super) fn of(at: i64, example: TurnedExample) -> Self {
        Self { count: 1, first: at, last: at, example }
    }

    /// Takes in another group of the same key. Which of them comes first changes nothing.
    pub(super) fn join(&mut self, other: Self) {
        let order = |group: &Self| (group.first, group.example.event_id.clone());
        self.count += other.count;
        self.last = self.last.max(other.last);
        if order(&other).cmp(&order(self)) == Ordering::Less {
            (self.first, self.example) = (other.first, other.example);
        }
    }
}
