//! A map from hashes to lists: two flat tables, made once, never changed.

/// From a 64-bit hash to the values that have it, in the order in which they were given.
#[derive(Debug)]
pub(super) struct MultiMap<T> {
    /// Open addressing by the low bits of the hash, at most half full; a slot without values is free.
    slots: Box<[Slot]>,
    /// The values, those of one hash side by side.
    values: Box<[T]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u64,
    start: u32,
    len: u32,
}

impl<T: Copy + Default> MultiMap<T> {
    pub(super) fn new(pairs: &[(u64, T)]) -> Self {
        let size = if pairs.is_empty() { 0 } else { (2 * pairs.len()).next_power_of_two() };
        let mut slots = vec![Slot::default(); size];
        for (hash, _) in pairs {
            let at = place(&slots, *hash);
            slots[at].hash = *hash;
            slots[at].len += 1;
        }
        let mut start = 0;
        for slot in &mut slots {
            slot.start = start;
            start += slot.len;
        }
        let mut filled = vec![0_u32; size];
        let mut values = vec![T::default(); pairs.len()];
        for (hash, value) in pairs {
            let at = place(&slots, *hash);
            values[(slots[at].start + filled[at]) as usize] = *value;
            filled[at] += 1;
        }
        Self { slots: slots.into(), values: values.into() }
    }

    /// The values of a hash.
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

/// The slot of a hash, or the free one where it would stand.
fn place(slots: &[Slot], hash: u64) -> usize {
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
        let map = MultiMap::new(&pairs);
        assert_eq!(map.get(3), ['a', 'c']);
        assert_eq!((map.get(67), map.get(131), map.get(u64::MAX)), (&['b'][..], &['d'][..], &['e'][..]));
        assert!(map.get(4).is_empty() && MultiMap::<char>::new(&[]).get(3).is_empty());
    }
}
