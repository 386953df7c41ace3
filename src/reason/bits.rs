//! Sets of small numbers.

/// A set of numbers below a length that is fixed when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bits(Box<[u64]>);

impl Bits {
    /// None of so many.
    pub(super) fn none(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)].into())
    }

    /// All below a length.
    pub(super) fn all(length: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; length.div_ceil(64)].into());
        let beyond = length.next_multiple_of(64) - length;
        bits.0.iter_mut().next_back().into_iter().for_each(|last| *last >>= beyond);
        bits
    }

    /// The numbers below a length that hold a condition.
    pub(super) fn those(length: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::none(length);
        (0..length).filter(|number| holds(*number)).for_each(|number| bits.insert(number));
        bits
    }

    pub(super) fn insert(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub(super) fn put(&mut self, number: usize, is_in: bool) {
        self.0[number / 64] &= !(1 << (number % 64));
        self.0[number / 64] |= u64::from(is_in) << (number % 64);
    }

    pub(super) fn has(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    pub(super) fn keep(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(own, other)| *own &= other);
    }

    pub(super) fn add(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(own, other)| *own |= other);
    }

    /// Adds what is in one of two sets and not in the other.
    pub(super) fn add_apart(&mut self, one: &Self, other: &Self) {
        let apart = one.0.iter().zip(&other.0).map(|(one, other)| one ^ other);
        self.0.iter_mut().zip(apart).for_each(|(own, apart)| *own |= apart);
    }

    /// All members, the least first.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let next = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + next)
            })
        })
    }

    pub(super) fn without(&self, others: &Self) -> Self {
        Self(self.0.iter().zip(&others.0).map(|(own, other)| own & !other).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn is_within(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(own, other)| own & !other == 0)
    }

    pub(super) fn meets(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).any(|(own, other)| own & other != 0)
    }

    pub(super) fn first(&self) -> Option<usize> {
        self.iter().next()
    }
}
