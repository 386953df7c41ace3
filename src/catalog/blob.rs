use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use super::layout::{self, DATE_LEN, MAGIC, SECTION_TABLE};

/// A section: part of the program's own bytes, or bytes of the catalog.
type Bytes = Cow<'static, [u8]>;

/// A catalog in its stored form, read in place: nothing is parsed.
///
/// INVARIANT: every place in the bytes is checked when it is used; a broken blob gives empty answers, not panics.
pub struct Catalog {
    pub(super) date: Bytes,
    pub(super) pool: Bytes,
    pub(super) services: Bytes,
    pub(super) actions: Bytes,
    pub(super) types: Bytes,
    pub(super) keys: Bytes,
    pub(super) formats: Bytes,
    pub(super) key_lists: Bytes,
    pub(super) use_lists: Bytes,
    pub(super) action_lists: Bytes,
    pub(super) action_slots: Bytes,
    pub(super) key_slots: Bytes,
    pub(super) templates: Bytes,
}

static EMBEDDED: LazyLock<Arc<Catalog>> =
    LazyLock::new(|| Arc::new(Catalog::read(include_bytes!("catalog.bin").as_slice())));

/// The catalog that a program began with.
static IN_USE: OnceLock<Arc<Catalog>> = OnceLock::new();

impl Catalog {
    /// Gives the catalog that is part of this program.
    pub fn embedded() -> &'static Arc<Catalog> {
        &EMBEDDED
    }

    /// Gives the catalog that a world has by default: the embedded one, unless the program [began with](Self::begin_with)
    /// another.
    pub fn in_use() -> &'static Arc<Catalog> {
        IN_USE.get_or_init(|| Arc::clone(Self::embedded()))
    }

    /// Makes a catalog the one that worlds have by default; tells whether it is, for nothing changes once one was used.
    pub fn begin_with(self) -> bool {
        IN_USE.set(Arc::new(self)).is_ok()
    }

    /// Reads a blob as [`read`](Self::read) does, if it is one of this layout and of the length that it says.
    pub fn read_whole(blob: &'static [u8]) -> Option<Catalog> {
        let end = SECTION_TABLE + layout::SECTIONS * 8;
        let lengths = (SECTION_TABLE..end).step_by(8).map(|row| u32_at(blob, row + 4) as usize);
        let is_whole = blob.starts_with(&MAGIC) && end + lengths.sum::<usize>() == blob.len();
        is_whole.then(|| Self::read(blob))
    }

    /// Reads a blob made by [`encode`](super::encode()); what is not one becomes a catalog without entries.
    pub fn read(blob: impl Into<Cow<'static, [u8]>>) -> Catalog {
        let blob = blob.into();
        let blob = if blob.starts_with(&MAGIC) { blob } else { Cow::default() };
        Catalog {
            date: cut(&blob, MAGIC.len(), DATE_LEN),
            pool: section(&blob, layout::POOL),
            services: section(&blob, layout::SERVICES),
            actions: section(&blob, layout::ACTIONS),
            types: section(&blob, layout::TYPES),
            keys: section(&blob, layout::KEYS),
            formats: section(&blob, layout::FORMATS),
            key_lists: section(&blob, layout::KEY_LISTS),
            use_lists: section(&blob, layout::USE_LISTS),
            action_lists: section(&blob, layout::ACTION_LISTS),
            action_slots: section(&blob, layout::ACTION_SLOTS),
            key_slots: section(&blob, layout::KEY_SLOTS),
            templates: section(&blob, layout::TEMPLATES),
        }
    }

    /// Gives the bytes of a pooled string; lookups compare these, so that only answers are checked for UTF-8.
    pub(super) fn bytes(&self, reference: u32) -> &[u8] {
        part(&self.pool, (reference & 0x00ff_ffff) as usize, (reference >> 24) as usize)
    }

    /// Gives a pooled string.
    pub(super) fn text(&self, reference: u32) -> &str {
        str::from_utf8(self.bytes(reference)).unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
pub(super) struct TableRow<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) index: u16,
}

impl<'c> TableRow<'c> {
    pub(super) fn at(self, index: u16) -> TableRow<'c> {
        TableRow { index, ..self }
    }

    /// Gives the bytes of this row in a table with rows of `N` bytes; zeros where there is no such row.
    pub(super) fn read<const N: usize>(self, table: &'c [u8]) -> &'c [u8; N] {
        let start = usize::from(self.index) * N;
        table.get(start..).and_then(|rest| rest.first_chunk()).unwrap_or(&[0; N])
    }
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Catalog({})", self.date())
    }
}

impl PartialEq for TableRow<'_> {
    fn eq(&self, other: &TableRow<'_>) -> bool {
        self.index == other.index && std::ptr::eq(self.catalog, other.catalog)
    }
}

impl Eq for TableRow<'_> {}

impl std::hash::Hash for TableRow<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

/// Reads a number; 0 where the bytes end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |two| u16::from_le_bytes(*two))
}

/// Reads a number; 0 where the bytes end.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

/// Reads the items of the list at a place of a section of lists.
pub(super) fn list(section: &[u8], place: u16) -> impl ExactSizeIterator<Item = u16> {
    let start = usize::from(place) * 2;
    let length = usize::from(u16_at(section, start)) * 2;
    part(section, start + 2, length).as_chunks().0.iter().map(|two| u16::from_le_bytes(*two))
}

fn section(blob: &Bytes, number: usize) -> Bytes {
    let row = SECTION_TABLE + number * 8;
    cut(blob, u32_at(blob, row) as usize, u32_at(blob, row + 4) as usize)
}

/// Takes a part as a section of its own, without a copy where the bytes are the program's.
fn cut(blob: &Bytes, start: usize, length: usize) -> Bytes {
    match blob {
        Cow::Borrowed(bytes) => Cow::Borrowed(part(bytes, start, length)),
        Cow::Owned(bytes) => Cow::Owned(part(bytes, start, length).to_vec()),
    }
}

/// Gives a part; an empty one where the bytes do not hold it whole.
fn part(bytes: &[u8], start: usize, length: usize) -> &[u8] {
    bytes.get(start..).and_then(|rest| rest.get(..length)).unwrap_or_default()
}
