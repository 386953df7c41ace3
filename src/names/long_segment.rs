//! Where a long text with many `?` stands in a longer one, in n log n steps.
//!
//! At each place the differences between the characters of both, squared and summed but for those at a `?`, are zero if
//! and only if the segment stands there: `Σ w·(p − t)² = Σ w·p² − 2·Σ w·p·t + Σ w·t²`, where `w` is 0 at a `?` and 1
//! elsewhere. For all places together the two sums are products of polynomials, which number-theoretic transforms give.

use super::characters::{ONE, end_of, is_first};
use super::field::{P, Transform, minus, plus, times};

/// What is looked for, transformed.
pub(super) struct LongSegment<'s> {
    bytes: &'s [u8],
    /// How many characters it has.
    characters: usize,
    transform: Transform,
    /// 1 for each character that counts.
    weights: Vec<u64>,
    /// Each character that counts, twice: the sums subtract it so.
    doubled: Vec<u64>,
    /// What a place has left where the segment stands.
    wanted: u64,
}

impl<'s> LongSegment<'s> {
    pub(super) fn new(bytes: &'s [u8]) -> Self {
        let pattern: Vec<u64> = characters(bytes).collect();
        let transform = Transform::new((2 * pattern.len()).next_power_of_two());
        let size = transform.size();
        let (mut weights, mut doubled, mut squares) = (vec![0; size], vec![0; size], 0);
        for (at, own) in pattern.iter().copied().enumerate().filter(|(_, own)| *own != ANY) {
            let turned = (size - at) % size; // so that the product sums what stands at the same distance
            weights[turned] = 1;
            doubled[turned] = 2 * own;
            squares = plus(squares, times(own, own));
        }
        transform.forward(&mut weights);
        transform.forward(&mut doubled);
        let wanted = times(minus(0, squares), size as u64);
        Self { bytes, characters: pattern.len(), transform, weights, doubled, wanted }
    }

    /// Where the segment ends, the first time that it stands in the text from a place on. Looks through twice its length
    /// at a time, so that what is not looked at costs nothing.
    pub(super) fn find(&self, text: &[u8], mut from: usize) -> Option<usize> {
        let size = self.transform.size();
        loop {
            let mut block: Vec<u64> = characters(&text[from..]).take(size).collect();
            let places = (block.len() + 1).checked_sub(self.characters)?;
            let is_last = block.len() < size;
            block.resize(size, 0);
            let sums = self.sums(block);
            let mut starts = (from..text.len()).filter(|at| is_first(text[*at])).zip(&sums).take(places);
            // Sums are numbers below P, and those of millions of characters could be more: a place is looked at again.
            let end = starts.find_map(
                |(at, sum)| {
                    if *sum == self.wanted { end_of(self.bytes, text, at) } else { None }
                },
            );
            if end.is_some() || is_last {
                return end;
            }
            from = (from..text.len()).filter(|at| is_first(text[*at])).nth(places)?;
        }
    }

    /// For each place of a block `Σ w·t² − 2·Σ w·p·t`, times the size of the transform.
    fn sums(&self, mut block: Vec<u64>) -> Vec<u64> {
        let mut sums: Vec<u64> = block.iter().map(|own| times(*own, *own)).collect();
        self.transform.forward(&mut block);
        self.transform.forward(&mut sums);
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum = minus(times(*sum, self.weights[at]), times(block[at], self.doubled[at]));
        }
        self.transform.back(&mut sums);
        sums
    }
}

/// The number of a `?`.
const ANY: u64 = u64::MAX;

/// The characters of a text as numbers, those of Unicode where it is in UTF-8.
fn characters(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = *bytes.get(start)?;
        at += 1;
        if first == ONE {
            return Some(ANY);
        }
        while bytes.get(at).is_some_and(|byte| !is_first(*byte)) {
            at += 1;
        }
        Some(number(&bytes[start..at]))
    })
}

fn number(character: &[u8]) -> u64 {
    let first = u64::from(character[0]);
    let start = if character.len() == 1 { first } else { first & (0x7F >> character.len().min(7)) };
    character[1..].iter().fold(start, |number, byte| (number << 6 | u64::from(byte & 0x3F)) % P)
}
