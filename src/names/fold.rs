//! Hashing of names whose letter case does not count (A35, B2).

use std::hash::{BuildHasherDefault, Hasher};

use crate::source::scan::last_eight;

/// A 64-bit hash of a name that does not depend on the case of its ASCII letters.
///
/// Equal hashes are only a hint: whoever looks up by it compares the names with `eq_ignore_ascii_case`, too.
/// The value is the same on every machine, so tables sorted by it can be stored.
pub(crate) const fn fold_hash(name: &[u8]) -> u64 {
    let (chunks, rest) = name.as_chunks::<8>();
    let mut hash = name.len() as u64;
    let mut i = 0;
    while i < chunks.len() {
        hash = mix(hash, u64::from_le_bytes(chunks[i]));
        i += 1;
    }
    mix(hash, last_eight(name, rest.len()))
}

/// Bit 5 is all that tells a capital letter from a small one; that it is lost for other characters, too, only
/// costs a comparison.
const fn mix(hash: u64, eight: u64) -> u64 {
    let mixed = (hash ^ (eight | 0x2020_2020_2020_2020)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

/// Whether two names are the same but for the case of ASCII letters. Most are written in the same case, which one
/// comparison tells.
#[inline]
pub fn same_name(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && (one == other || one.eq_ignore_ascii_case(other))
}

/// For maps and sets whose keys are such hashes already.
pub(crate) type HashedKeys = BuildHasherDefault<AsIs>;

/// Takes a 64-bit key as its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = fold_hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
