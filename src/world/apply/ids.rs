//! Ids that AWS would draw at random, made from what they name: the same in every run.

use crate::names::AccountId;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ALNUM: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// A unique id (E24): the prefix and 17 characters. `number` counts the ids of the account, so that what is
/// deleted and created again gets a new one.
pub(super) fn unique_id(prefix: &str, account: AccountId, number: u32) -> Box<str> {
    let seed = format!("{prefix}/{account}/{number}");
    let tail = draw(&seed, BASE32, 17);
    format!("{prefix}{tail}").into()
}

/// The id of an organization root (E25).
pub(super) fn root_id(organization: &str) -> Box<str> {
    format!("r-{}", draw(organization, ALNUM, 4)).into()
}

/// The id of an organizational unit (E25).
pub(super) fn unit_id(organization: &str, root_id: &str, name: &str) -> Box<str> {
    let suffix = root_id.trim_start_matches("r-");
    format!("ou-{suffix}-{}", draw(&format!("{organization}/{name}"), ALNUM, 8)).into()
}

/// The id of an invitation of an account to an organization.
pub(super) fn handshake_id(organization: &str, account: &str) -> Box<str> {
    format!("h-{}", draw(&format!("{organization}/invite/{account}"), ALNUM, 12)).into()
}

pub(super) fn policy_id(kind: &str, name: &str) -> String {
    format!("p-{}", draw(&format!("{kind}/{name}"), ALNUM, 8))
}

fn draw(seed: &str, alphabet: &[u8], length: usize) -> String {
    let mut state = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3) // FNV-1a
    });
    let mut one = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15); // SplitMix64
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        char::from(alphabet[(mixed ^ (mixed >> 31)) as usize % alphabet.len()])
    };
    (0..length).map(|_| one()).collect()
}
