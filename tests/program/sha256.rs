//! SHA-256 (FIPS 180-4), to hold the script of a page to what the page lets run.

use data_encoding::BASE64;

/// The digest of a text in base64.
pub(crate) fn sha256_base64(text: &[u8]) -> String {
    let mut message = text.to_vec();
    message.push(0x80);
    message.resize((message.len() + 8).next_multiple_of(64), 0);
    let length = message.len();
    message[length - 8..].copy_from_slice(&(text.len() as u64 * 8).to_be_bytes());
    let primes = || (2_u64..).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let mut state: Vec<u32> = primes().take(8).map(|prime| root_bits(prime, 2)).collect();
    let constants: Vec<u32> = primes().take(64).map(|prime| root_bits(prime, 3)).collect();
    message.chunks(64).for_each(|chunk| add_chunk(&mut state, &constants, chunk));
    BASE64.encode(&state.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>())
}

/// The first 32 bits of the fraction of a root of a prime.
fn root_bits(prime: u64, degree: u32) -> u32 {
    let target = u128::from(prime) << (32 * degree);
    let mut root = 0_u128;
    for bit in (0..40).rev() {
        let next = root | 1 << bit;
        if next.pow(degree) <= target {
            root = next;
        }
    }
    root as u32
}

fn add_chunk(state: &mut [u32], constants: &[u32], chunk: &[u8]) {
    let mut words: Vec<u32> = chunk
        .chunks(4)
        .map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)))
        .collect();
    for at in 16..64 {
        let (a, b) = (words[at - 15], words[at - 2]);
        let first = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let second = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        words.push(words[at - 16].wrapping_add(first).wrapping_add(words[at - 7]).wrapping_add(second));
    }
    let mut v = state.to_vec();
    for (constant, word) in constants.iter().zip(&words) {
        let (a, e) = (v[0], v[4]);
        let high = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let chosen = (e & v[5]) ^ (!e & v[6]);
        let first = v[7].wrapping_add(high).wrapping_add(chosen).wrapping_add(*constant).wrapping_add(*word);
        let low = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let most = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]);
        v.rotate_right(1);
        v[4] = v[4].wrapping_add(first);
        v[0] = first.wrapping_add(low).wrapping_add(most);
    }
    state.iter_mut().zip(v).for_each(|(word, more)| *word = word.wrapping_add(more));
}

#[test]
fn the_digest_is_that_of_the_standard() {
    assert_eq!(sha256_base64(b"abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}
