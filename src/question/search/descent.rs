//! The one driver of every search: one key after the other gets a value, led by what the last request still lacks.

use super::budget::Budget;
use crate::question::space::Keys;

/// Keys with the values that are tried, and how many requests may still be tried.
pub(super) struct Descent<'k> {
    pub(super) keys: Keys<'k>,
    /// Which values are tried of each key; `None` leaves it as the question has it.
    pub(super) choices: Vec<Vec<Option<usize>>>,
    pub(super) left: Budget,
}

/// What a request came to.
#[derive(Clone, Debug)]
pub(super) enum Seen {
    /// What is looked for.
    Found,
    /// Something else; these keys could change that, the likeliest first.
    Lacks(Vec<usize>),
    /// Something else, which no key changes.
    Stuck,
}

impl<'k> Descent<'k> {
    /// Goes on from the request of the keys as they are chosen until one is found, or all are tried.
    pub(super) fn find(&mut self, mut ask: impl FnMut(&Keys<'k>) -> Seen) -> Seen {
        let start = ask(&self.keys);
        let mut undecided = vec![true; self.keys.len()];
        self.find_below(start, &mut undecided, &mut ask)
    }

    fn find_below(
        &mut self,
        seen: Seen,
        undecided: &mut [bool],
        ask: &mut impl FnMut(&Keys<'k>) -> Seen,
    ) -> Seen {
        let Seen::Lacks(needs) = &seen else { return seen };
        let Some(key) = self.next_key(needs, undecided) else { return seen };
        let before = self.keys.chosen(key);
        undecided[key] = false;
        for choice in self.choices[key].clone() {
            let is_new = choice != before;
            if is_new && !self.left.take() {
                break;
            }
            self.keys.choose(key, choice);
            let next = if is_new { ask(&self.keys) } else { seen.clone() };
            match self.find_below(next, undecided, ask) {
                Seen::Lacks(_) => {}
                end => return end,
            }
        }
        self.keys.choose(key, before);
        undecided[key] = true;
        seen
    }

    /// A key that the question has a value for comes before all others: what the others could change hangs on it.
    fn next_key(&self, needs: &[usize], undecided: &[bool]) -> Option<usize> {
        let has_value = |key: &usize| self.choices[*key].first() == Some(&None);
        (0..undecided.len()).filter(has_value).chain(needs.iter().copied()).find(|key| undecided[*key])
    }
}
