use super::layout::{self, DATE_LEN, MAGIC, SECTION_TABLE};

/// A catalog in its stored form, read in place: nothing is parsed, copied or allocated.
///
/// INVARIANT: every place in the bytes is checked when it is used; a broken blob gives empty answers, not panics.
pub struct Catalog {
    pub(super) date: &'static [u8],
    pub(super) pool: &'static [u8],
    pub(super) services: &'static [u8],
    pub(super) actions: &'static [u8],
    pub(super) types: &'static [u8],
    pub(super) keys: &'static [u8],
    pub(super) formats: &'static [u8],
    pub(super) key_lists: &'static [u8],
    pub(super) use_lists: &'static [u8],
    pub(super) action_lists: &'static [u8],
    pub(super) action_slots: &'static [u8],
    pub(super) key_slots: &'static [u8],
    pub(super) templates: &'static [u8],
}

static EMBEDDED: Catalog = Catalog::read(include_bytes!("catalog.bin"));

impl Catalog {
    /// Gives the catalog that is part of this program.
    pub fn embedded() -> &'static Catalog {
        &EMBEDDED
    }

    /// Reads a blob made by [`encode`](super::encode()); what is not one becomes a catalog without entries.
    pub const fn read(blob: &'static [u8]) -> Catalog {
        let bytes = if is_catalog(blob) { blob } else { &[] };
        Catalog {
            date: part(bytes, MAGIC.len(), DATE_LEN),
            pool: section(bytes, layout::POOL),
            services: section(bytes, layout::SERVICES),
            actions: section(bytes, layout::ACTIONS),
            types: section(bytes, layout::TYPES),
            keys: section(bytes, layout::KEYS),
            formats: section(bytes, layout::FORMATS),
            key_lists: section(bytes, layout::KEY_LISTS),
            use_lists: section(bytes, layout::USE_LISTS),
            action_lists: section(bytes, layout::ACTION_LISTS),
            action_slots: section(bytes, layout::ACTION_SLOTS),
            key_slots: section(bytes, layout::KEY_SLOTS),
            templates: section(bytes, layout::TEMPLATES),
        }
    }

    /// Gives the bytes of a pooled string; lookups compare these, so that only answers are checked for UTF-8.
    pub(super) fn bytes(&self, reference: u32) -> &'static [u8] {
        part(self.pool, (reference & 0x00ff_ffff) as usize, (reference >> 24) as usize)
    }

    /// Gives a pooled string.
    pub(super) fn text(&self, reference: u32) -> &'static str {
        str::from_utf8(self.bytes(reference)).unwrap_or_default()
    }
}

/// A row of one of the tables of a catalog.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) catalog: &'static Catalog,
    pub(super) index: u16,
}

impl Row {
    pub(super) fn at(self, index: u16) -> Row {
        Row { index, ..self }
    }

    /// Gives the bytes of this row in a table with rows of `N` bytes; zeros where there is no such row.
    pub(super) fn read<const N: usize>(self, table: &'static [u8]) -> &'static [u8; N] {
        let start = usize::from(self.index) * N;
        table.get(start..).and_then(|rest| rest.first_chunk()).unwrap_or(&[0; N])
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.index == other.index && std::ptr::eq(self.catalog, other.catalog)
    }
}

impl Eq for Row {}

impl std::hash::Hash for Row {
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
pub(super) fn list(section: &'static [u8], place: u16) -> impl ExactSizeIterator<Item = u16> {
    let start = usize::from(place) * 2;
    let length = usize::from(u16_at(section, start)) * 2;
    part(section, start + 2, length).as_chunks().0.iter().map(|two| u16::from_le_bytes(*two))
}

const fn is_catalog(bytes: &[u8]) -> bool {
    match bytes.first_chunk() {
        Some(magic) => u64::from_le_bytes(*magic) == u64::from_le_bytes(MAGIC),
        None => false,
    }
}

const fn section(bytes: &'static [u8], number: usize) -> &'static [u8] {
    let row = part(bytes, SECTION_TABLE + number * 8, 8);
    match (row.first_chunk(), row.last_chunk()) {
        (Some(offset), Some(length)) => {
            part(bytes, u32::from_le_bytes(*offset) as usize, u32::from_le_bytes(*length) as usize)
        }
        _ => &[],
    }
}

/// Cuts out a part; an empty one where the bytes do not hold it whole.
const fn part(bytes: &'static [u8], start: usize, length: usize) -> &'static [u8] {
    match bytes.split_at_checked(start) {
        Some((_, rest)) => match rest.split_at_checked(length) {
            Some((part, _)) => part,
            None => &[],
        },
        None => &[],
    }
}
