//! Sums and products of numbers below a prime, and the transform that makes the product of two polynomials one of
//! numbers.

/// The prime 2^64 − 2^32 + 1: 2^32 divides P − 1, and remainders take no division.
pub(super) const P: u64 = 0xFFFF_FFFF_0000_0001;

/// Generates all numbers below P but zero.
const GENERATOR: u64 = 7;

/// 2^64 modulo P.
const OVERFLOW: u64 = 0xFFFF_FFFF;

pub(super) fn plus(one: u64, other: u64) -> u64 {
    let (sum, overflows) = one.overflowing_add(other);
    if overflows || sum >= P { sum.wrapping_sub(P) } else { sum }
}

pub(super) fn minus(one: u64, other: u64) -> u64 {
    let (rest, borrows) = one.overflowing_sub(other);
    if borrows { rest.wrapping_add(P) } else { rest }
}

pub(super) fn times(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    let (low, high) = (product as u64, (product >> 64) as u64);
    let low = if low >= P { low - P } else { low };
    // 2^64 is 2^32 − 1 here, and 2^96 is −1.
    plus(minus(low, high >> 32), (high & OVERFLOW) * OVERFLOW)
}

fn power(base: u64, exponent: u64) -> u64 {
    let bits = (0..64 - exponent.leading_zeros()).rev();
    bits.fold(1, |found, bit| {
        let square = times(found, found);
        if exponent >> bit & 1 == 1 { times(square, base) } else { square }
    })
}

/// The number-theoretic transform of a size, which is a power of two. Between the two ways the order is another one,
/// which does not matter to products.
pub(super) struct Transform {
    /// The powers of a root of one of that order, the first half.
    roots: Vec<u64>,
}

impl Transform {
    pub(super) fn new(size: usize) -> Self {
        let root = power(GENERATOR, (P - 1) / size as u64);
        let roots = std::iter::successors(Some(1), |last| Some(times(*last, root)));
        Self { roots: roots.take(size / 2).collect() }
    }

    pub(super) fn size(&self) -> usize {
        2 * self.roots.len()
    }

    pub(super) fn forward(&self, values: &mut [u64]) {
        let mut half = self.roots.len();
        while half > 0 {
            for part in values.chunks_exact_mut(2 * half) {
                let (low, high) = part.split_at_mut(half);
                let roots = self.roots.iter().step_by(self.roots.len() / half);
                for ((one, other), root) in low.iter_mut().zip(high).zip(roots) {
                    (*one, *other) = (plus(*one, *other), times(minus(*one, *other), *root));
                }
            }
            half /= 2;
        }
    }

    /// Undoes [`Self::forward`], but for a factor: the size.
    pub(super) fn back(&self, values: &mut [u64]) {
        let mut half = 1;
        while half <= self.roots.len() {
            for part in values.chunks_exact_mut(2 * half) {
                let (low, high) = part.split_at_mut(half);
                let stride = self.roots.len() / half;
                for (at, (one, other)) in low.iter_mut().zip(high).enumerate() {
                    let turned = times(*other, self.inverse(at * stride));
                    (*one, *other) = (plus(*one, turned), minus(*one, turned));
                }
            }
            half *= 2;
        }
    }

    /// One divided by the root of that number: half of the order on, roots are their own opposites.
    fn inverse(&self, at: usize) -> u64 {
        if at == 0 { 1 } else { minus(0, self.roots[self.roots.len() - at]) }
    }
}
