//! A map from hashes to lists: two flat tables, made once, never changed.

/// From a 64-bit hash to the values that have it, in the order in which they were given.
#[derive(Debug)]
pub(super) struct MultiMap<T> {
    /// Open addressing by the low bits of the hash, at most half full; a slot without values is free.
    slots: Box<[Bucket]>,
    /// The values, those of one hash side by side.
    values: Box<[T]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    hash: u64,
    start: u32,
    len: u32,
}

impl<T: Copy + Default> MultiMap<T> {
    /// Makes a map of pairs, and gives back what is not the same as the first value of its hash: another name that
    /// happens to have that hash.
    pub(super) fn new(pairs: &[(u64, T)], same: impl Fn(&T, &T) -> bool) -> (Self, Vec<T>) {
        let mut building = Building::new(pairs.len());
        let mut strangers = Vec::new();
        for (hash, value) in pairs {
            let first = building.first(*hash);
            if first.is_none_or(|first| same(&pairs[first as usize].1, value)) {
                building.claim(*hash);
            } else {
                building.refuse();
                strangers.push(*value);
            }
        }
        (building.filled(pairs), strangers)
    }

    /// The values of a hash.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> &[T] {
        if self.slots.is_empty() {
            return &[];
        }
        let slot = &self.slots[place(&self.slots, hash)];
        &self.values[slot.start as usize..][..slot.len as usize]
    }

    /// The bytes that the tables take.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.slots) + size_of_val(&*self.values)
    }
}

/// A map that is counted before it is filled.
struct Building {
    slots: Box<[Bucket]>,
    /// The slot of each pair so far; `NONE` for one that was refused.
    claimed: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Building {
    fn new(pairs: usize) -> Self {
        let size = if pairs == 0 { 0 } else { (2 * pairs).next_power_of_two() };
        Self { slots: vec![Bucket::default(); size].into(), claimed: Vec::with_capacity(pairs) }
    }

    /// The number of the first pair of a hash. Until all are counted, a slot's start is that.
    fn first(&self, hash: u64) -> Option<u32> {
        let slot = self.slots[place(&self.slots, hash)];
        (slot.len > 0).then_some(slot.start)
    }

    /// Counts the next pair.
    fn claim(&mut self, hash: u64) {
        let at = place(&self.slots, hash);
        let slot = &mut self.slots[at];
        if slot.len == 0 {
            *slot = Bucket { hash, start: self.claimed.len() as u32, len: 0 };
        }
        slot.len += 1;
        self.claimed.push(at as u32);
    }

    /// Leaves the next pair out.
    fn refuse(&mut self) {
        self.claimed.push(NONE);
    }

    fn filled<T: Copy + Default>(mut self, pairs: &[(u64, T)]) -> MultiMap<T> {
        let mut start = 0;
        for slot in &mut self.slots {
            slot.start = start;
            start += slot.len;
        }
        let mut next: Vec<u32> = self.slots.iter().map(|slot| slot.start).collect();
        let mut values = vec![T::default(); start as usize];
        for (at, (_, value)) in self.claimed.iter().zip(pairs).filter(|(at, _)| **at != NONE) {
            let next = &mut next[*at as usize];
            values[*next as usize] = *value;
            *next += 1;
        }
        MultiMap { slots: self.slots, values: values.into() }
    }
}

/// The slot of a hash, or the free one where it would stand.
fn place(slots: &[Bucket], hash: u64) -> usize {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    while slots[at].len > 0 && slots[at].hash != hash {
        at = (at + 1) & mask;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::MultiMap;

    #[test]
    fn hashes_that_fall_on_the_same_slot_keep_their_own_values_in_order() {
        let pairs = [(3, 'a'), (3 + 64, 'b'), (3, 'c'), (3 + 128, 'd'), (u64::MAX, 'e')];
        let (map, strangers) = MultiMap::new(&pairs, |_, _| true);
        assert_eq!(map.get(3), ['a', 'c']);
        assert_eq!((map.get(67), map.get(131), map.get(u64::MAX)), (&['b'][..], &['d'][..], &['e'][..]));
        assert!(map.get(4).is_empty() && strangers.is_empty());
        assert!(MultiMap::<char>::new(&[], |_, _| true).0.get(3).is_empty());
    }

    #[test]
    fn another_name_of_the_same_hash_is_given_back() {
        let pairs = [(3, 'a'), (3, 'B'), (3, 'A'), (7, 'b')];
        let (map, strangers) = MultiMap::new(&pairs, |first, next| first.eq_ignore_ascii_case(next));
        assert_eq!((map.get(3), map.get(7), strangers), (&['a', 'A'][..], &['b'][..], vec!['B']));
    }
}
