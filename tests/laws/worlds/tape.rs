//! Choices read from random bytes. An exhausted tape chooses the first of everything.

pub(crate) struct Tape {
    bytes: Vec<u8>,
    at: usize,
    /// The keys that every other test of a condition is about; none for any.
    topics: &'static [&'static str],
}

impl Tape {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self::about(bytes, &[])
    }

    /// A tape whose conditions are mostly about these keys, for what hangs on them is else met once in hundreds of worlds.
    pub(crate) fn about(bytes: Vec<u8>, topics: &'static [&'static str]) -> Self {
        Self { bytes, at: 0, topics }
    }

    pub(crate) fn topic(&mut self) -> Option<&'static str> {
        let topics = self.topics;
        (!topics.is_empty() && self.below(4) > 0).then(|| self.of(topics))
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(byte) % n
    }

    pub(crate) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }
}
