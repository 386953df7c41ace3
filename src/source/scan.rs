//! Bytes looked at eight at a time, as one number: most strings of a policy are 10 to 40 bytes long, and the
//! parser has to see each byte of them.

/// One byte, eight times.
const fn eight_times(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = eight_times(0x80);

/// The places of a byte among eight: the highest bit of each byte that is that one.
const fn places(eight: u64, byte: u8) -> u64 {
    let differ = eight ^ eight_times(byte);
    !((differ & !HIGH).wrapping_add(!HIGH) | differ) & HIGH
}

/// How many bits of `places` are set: few machines may be assumed to count bits in one step.
const fn how_many(places: u64) -> u32 {
    // The highest byte of the product is the sum of the eight.
    ((places >> 7).wrapping_mul(eight_times(1)) >> 56) as u32
}

/// Not zero if a byte is among eight; the lowest bit tells its first place, higher ones may be wrong.
const fn first_place(eight: u64, byte: u8) -> u64 {
    let differ = eight ^ eight_times(byte);
    differ.wrapping_sub(eight_times(1)) & !differ & HIGH
}

/// Not zero if a byte among eight is below `limit`; the lowest bit tells the first, higher ones may be wrong.
const fn first_below(eight: u64, limit: u8) -> u64 {
    eight.wrapping_sub(eight_times(limit)) & !eight & HIGH
}

/// How many bytes stand before the lowest bit.
const fn bytes_before(bit: u64) -> usize {
    (bit.trailing_zeros() / 8) as usize
}

/// Hands out the bytes eight at a time, the last ones filled up with zeros.
#[inline(always)]
fn each_eight(bytes: &[u8], mut visit: impl FnMut(u64)) {
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        visit(u64::from_le_bytes(*eight));
    }
    if !rest.is_empty() {
        visit(last_eight(bytes, rest.len()));
    }
}

/// The last `count` bytes. Read together with those before them and shifted: a copy of a few bytes costs more.
pub(crate) const fn last_eight(bytes: &[u8], count: usize) -> u64 {
    if count == 0 {
        return 0;
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        return u64::from_le_bytes(*last) >> (64 - 8 * count);
    }
    let mut eight = 0;
    let mut at = bytes.len();
    while at > 0 {
        at -= 1;
        eight = eight << 8 | bytes[at] as u64;
    }
    eight
}

/// How often a byte occurs. It may not be zero.
pub(crate) fn count(bytes: &[u8], byte: u8) -> u32 {
    count_unless(bytes, byte, []).unwrap_or_default()
}

/// How often a byte occurs, if none of a set does. It may not be zero.
#[inline(always)]
pub(crate) fn count_unless<const N: usize>(bytes: &[u8], byte: u8, set: [u8; N]) -> Option<u32> {
    let (mut count, mut found) = (0, 0);
    each_eight(bytes, |eight| {
        count += how_many(places(eight, byte));
        set.iter().for_each(|byte| found |= first_place(eight, *byte));
    });
    (found == 0).then_some(count)
}

/// The place of the first byte of a set. The set may not hold a zero byte.
#[inline(always)]
pub(crate) fn first<const N: usize>(bytes: &[u8], set: [u8; N]) -> Option<usize> {
    let (eights, rest) = bytes.as_chunks::<8>();
    let found = |eight: u64| set.iter().fold(0, |found, byte| found | first_place(eight, *byte));
    for (number, eight) in eights.iter().enumerate() {
        let found = found(u64::from_le_bytes(*eight));
        if found != 0 {
            return Some(number * 8 + bytes_before(found));
        }
    }
    let found = found(last_eight(bytes, rest.len()));
    (found != 0).then(|| eights.len() * 8 + bytes_before(found))
}

/// The place where a byte occurs for the `n`th time, from 1. It may not be zero.
pub(crate) fn nth(bytes: &[u8], byte: u8, n: u32) -> Option<usize> {
    let (eights, rest) = bytes.as_chunks::<8>();
    let last = last_eight(bytes, rest.len());
    let mut missing = n;
    for (number, eight) in eights.iter().map(|eight| u64::from_le_bytes(*eight)).chain([last]).enumerate() {
        let mut found = places(eight, byte);
        let here = how_many(found);
        if here < missing {
            missing -= here;
            continue;
        }
        (1..missing).for_each(|_| found &= found - 1); // takes the lowest away
        return Some(number * 8 + bytes_before(found));
    }
    None
}

/// Whether any byte of a set occurs.
#[inline(always)]
pub(crate) fn holds<const N: usize>(bytes: &[u8], set: [u8; N]) -> bool {
    let mut found = 0;
    each_eight(bytes, |eight| set.iter().for_each(|byte| found |= first_place(eight, *byte)));
    found != 0
}

/// The length of the run at the start that holds neither `"` nor `\` nor a control character.
#[inline]
pub(crate) fn plain_run(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (number, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        let found = first_place(eight, b'"') | first_place(eight, b'\\') | first_below(eight, b' ');
        if found != 0 {
            return number * 8 + bytes_before(found);
        }
    }
    let run = rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f));
    bytes.len() - rest.len() + run.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_at_a_time_sees_what_one_at_a_time_sees() {
        let all: Vec<u8> = (0..=255).chain(b"::a:\"\\\x1f \x80:".repeat(300)).collect();
        for start in 0..300 {
            for text in [&all[start..], &all[start..start + 11], &all[start..start + 3]] {
                let plain = text.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f));
                assert_eq!(plain_run(text), plain.unwrap_or(text.len()));
                assert_eq!(holds(text, [b'"', b'}']), text.iter().any(|b| matches!(b, b'"' | b'}')));
                assert_eq!(first(text, *b"\"}"), text.iter().position(|b| matches!(b, b'"' | b'}')));
                for n in 1..8 {
                    let colons = text.iter().enumerate().filter(|(_, b)| **b == b':');
                    let nth_colon = colons.map(|(at, _)| at).nth(n - 1);
                    assert_eq!(nth(text, b':', n as u32), nth_colon);
                }
                let colons = text.iter().filter(|b| **b == b':').count() as u32;
                assert_eq!(count(text, b':'), colons);
                assert_eq!(count_unless(text, b':', [b'"']), (!text.contains(&b'"')).then_some(colons));
            }
        }
    }
}
