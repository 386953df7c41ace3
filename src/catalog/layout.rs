//! The layout of the blob, shared by its writer and its reader: all numbers little endian.
//!
//! ```text
//! magic (8) · date (10) · padding (6) · per section: offset u32, length u32 · sections
//! ```

/// The first bytes of every blob; the last of them is the version of the layout.
pub(super) const MAGIC: [u8; 8] = *b"IAMWHYC1";
/// The length of a date such as `2026-11-23`.
pub(super) const DATE_LEN: usize = 10;
/// Where the table of sections starts.
pub(super) const SECTION_TABLE: usize = 24;

/// The bytes of all strings; a reference to one is a `u32`: offset in the lower 24 bits, length above.
pub(super) const POOL: usize = 0;
/// Rows of [`SERVICE_ROW`] bytes, sorted by folded prefix.
pub(super) const SERVICES: usize = 1;
/// Rows of [`ACTION_ROW`] bytes, service by service, sorted by folded name.
pub(super) const ACTIONS: usize = 2;
/// Rows of [`TYPE_ROW`] bytes, service by service, sorted by name.
pub(super) const TYPES: usize = 3;
/// Rows of [`KEY_ROW`] bytes, one a folded name, sorted by it.
pub(super) const KEYS: usize = 4;
/// Rows of [`FORMAT_ROW`] bytes: the ARN formats, resource type by resource type.
pub(super) const FORMATS: usize = 5;
/// Lists of key indexes. A list is its length and its items, all `u16`; it is named by its place, 0 is empty.
pub(super) const KEY_LISTS: usize = 6;
/// Lists of pairs: type index (with [`REQUIRED`]), place of a key list.
pub(super) const USE_LISTS: usize = 7;
/// Lists of action indexes.
pub(super) const ACTION_LISTS: usize = 8;
/// Hash slots over the actions, `u32` each: index + 1 in the lower half (0 = free), fingerprint above.
pub(super) const ACTION_SLOTS: usize = 9;
/// Hash slots over the condition keys.
pub(super) const KEY_SLOTS: usize = 10;
/// Indexes of the keys that are templates, sorted by folded literal start, then by folded name.
pub(super) const TEMPLATES: usize = 11;
pub(super) const SECTIONS: usize = 12;

/// Prefix u32, name u32, first action u16, actions u16, first type u16, types u16, key list u16, RCP u16.
pub(super) const SERVICE_ROW: usize = 20;
/// Name u32, service u16, level u8, zero u8, key list u16, use list u16, action list u16.
pub(super) const ACTION_ROW: usize = 14;
/// Name u32, service u16, first format u16, formats u16, key list u16.
pub(super) const TYPE_ROW: usize = 12;
/// Text u32, where its sixth field starts u8, number of characters that are no placeholders u8.
pub(super) const FORMAT_ROW: usize = 6;
/// Name u32, type u8 (a second type + 1 in the upper half), flags u8, category u8, length of the literal start u8.
pub(super) const KEY_ROW: usize = 8;

/// The bit of a type index in a use list that says: the resource is required.
pub(super) const REQUIRED: u16 = 0x8000;

/// Flag of a key: it may have several values in a request.
pub(super) const MULTIVALUED: u8 = 1;
/// Flag of a key: it is a global condition key.
pub(super) const GLOBAL: u8 = 2;
/// Flag of a key: it is in every request context.
pub(super) const ALWAYS: u8 = 4;
/// Flag of a key: AWS has replaced it.
pub(super) const LEGACY: u8 = 8;

/// The slot where the search for a hash begins. Works for any number of slots.
pub(super) fn first_slot(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * slots as u64) >> 32) as usize
}

/// The part of a hash that is stored in its slot.
pub(super) fn fingerprint(hash: u64) -> u16 {
    (hash & 0xffff) as u16
}
