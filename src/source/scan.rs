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

/// How often a byte occurs, up to 255 times.
pub(crate) fn count(bytes: &[u8], byte: u8) -> u8 {
    if bytes.len() > 255 {
        return bytes.iter().filter(|b| **b == byte).count().min(255) as u8;
    }
    let mut counts = 0;
    each_eight(bytes, |eight| counts += places(eight, byte) >> 7);
    // The highest byte of the product is the sum of the eight counts.
    (counts.wrapping_mul(eight_times(1)) >> 56) as u8
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
                assert_eq!(
                    usize::from(count(text, b':')),
                    text.iter().filter(|b| **b == b':').count().min(255)
                );
            }
        }
    }
}
