use super::blob::{TableRow, u32_at};
use super::layout::{ALWAYS, GLOBAL, KEY_ROW, LEGACY, MULTIVALUED};

/// What the catalog knows of a condition key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyFacts<'c>(pub(super) TableRow<'c>);

/// The type of the values of a condition key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyType {
    /// Text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A moment.
    Date,
    /// An address or a range of addresses.
    IpAddress,
    /// Binary data, written in Base64.
    Binary,
}

/// What a condition key tells about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCategory {
    /// Something that only its service knows.
    Service,
    /// The principal.
    Principal,
    /// The role session.
    Session,
    /// The network that the request came through.
    Network,
    /// The resource.
    Resource,
    /// The request.
    Request,
}

impl<'c> KeyFacts<'c> {
    /// Gives the name in AWS's spelling; it may be a template such as `aws:ResourceTag/${TagKey}`.
    pub fn name(self) -> &'c str {
        self.0.catalog.text(u32_at(self.row(), 0))
    }

    /// Gives the type of the values.
    pub fn kind(self) -> KeyType {
        KeyType::numbered(self.row()[4] & 0x0f)
    }

    /// Gives a second type that values are accepted in, too: `aws:EpochTime` is a date and a number.
    pub fn second_kind(self) -> Option<KeyType> {
        (self.row()[4] >> 4).checked_sub(1).map(KeyType::numbered)
    }

    /// Tells whether the key can have several values in a request context.
    pub fn is_multivalued(self) -> bool {
        self.has(MULTIVALUED)
    }

    /// Tells whether the key is a global condition key.
    pub fn is_global(self) -> bool {
        self.has(GLOBAL)
    }

    /// Tells whether the key is in every request context.
    pub fn is_always_present(self) -> bool {
        self.has(ALWAYS)
    }

    /// Tells whether AWS has replaced the key by another.
    pub fn is_legacy(self) -> bool {
        self.has(LEGACY)
    }

    /// Tells whether the name holds placeholders.
    pub fn is_template(self) -> bool {
        self.literal_start().len() < self.name_bytes().len()
    }

    /// Gives a name that this stands for in AWS's spelling; what fills a placeholder stays as it is written.
    pub fn spelled(self, written: &str) -> String {
        match written.get(self.literal_start().len()..).filter(|_| self.is_template()) {
            Some(rest) => String::from_utf8_lossy(self.literal_start()).into_owned() + rest,
            None => self.name().to_owned(),
        }
    }

    /// Gives the category.
    pub fn category(self) -> KeyCategory {
        match self.row()[6] {
            1 => KeyCategory::Principal,
            2 => KeyCategory::Session,
            3 => KeyCategory::Network,
            4 => KeyCategory::Resource,
            5 => KeyCategory::Request,
            _ => KeyCategory::Service,
        }
    }

    pub(super) fn name_bytes(self) -> &'c [u8] {
        self.0.catalog.bytes(u32_at(self.row(), 0))
    }

    /// Gives what stands before the first placeholder.
    pub(super) fn literal_start(self) -> &'c [u8] {
        let name = self.name_bytes();
        name.get(..usize::from(self.row()[7])).unwrap_or(name)
    }

    fn has(self, flag: u8) -> bool {
        self.row()[5] & flag != 0
    }

    fn row(self) -> &'c [u8; KEY_ROW] {
        self.0.read(&self.0.catalog.keys)
    }
}

impl std::fmt::Debug for KeyFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyFacts({})", self.name())
    }
}

impl KeyType {
    /// Gives AWS's word for the type.
    pub fn name(self) -> &'static str {
        match self {
            KeyType::String => "String",
            KeyType::Arn => "ARN",
            KeyType::Bool => "Bool",
            KeyType::Numeric => "Numeric",
            KeyType::Date => "Date",
            KeyType::IpAddress => "IPAddress",
            KeyType::Binary => "Binary",
        }
    }

    fn numbered(number: u8) -> KeyType {
        match number {
            1 => KeyType::Arn,
            2 => KeyType::Bool,
            3 => KeyType::Numeric,
            4 => KeyType::Date,
            5 => KeyType::IpAddress,
            6 => KeyType::Binary,
            _ => KeyType::String,
        }
    }
}
