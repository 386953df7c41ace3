//! Sets of characters.

/// A set of characters: any of ASCII, and of the others none, one or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LetterSet {
    ascii: u128,
    others: Others,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Others {
    None,
    One(char),
    All,
}

impl LetterSet {
    /// No character.
    pub(super) const NONE: Self = Self { ascii: 0, others: Others::None };

    /// Every character.
    pub const ANY: Self = Self { ascii: u128::MAX, others: Others::All };

    /// The ten digits.
    pub const DIGITS: Self = Self { ascii: 0x3ff << b'0', others: Others::None };

    /// What names of Regions are made of: small letters, digits and the hyphen.
    pub const OF_REGIONS: Self =
        Self { ascii: 0x3ff << b'0' | 0x3ff_ffff << b'a' | 1 << b'-', others: Others::None };

    /// One character.
    pub const fn one(letter: char) -> Self {
        match letter.is_ascii() {
            true => Self { ascii: 1 << letter as u32, others: Others::None },
            false => Self { ascii: 0, others: Others::One(letter) },
        }
    }

    /// The set with the other letter case of all its letters of ASCII.
    #[must_use]
    pub const fn in_any_case(self) -> Self {
        const SMALL: u128 = 0x3ff_ffff << b'a';
        const LARGE: u128 = 0x3ff_ffff << b'A';
        let folded = (self.ascii & SMALL) >> 32 | (self.ascii & LARGE) << 32;
        Self { ascii: self.ascii | folded, ..self }
    }

    /// Without a character of ASCII.
    #[must_use]
    pub const fn but(self, letter: char) -> Self {
        Self { ascii: self.ascii & !Self::one(letter).ascii, ..self }
    }

    /// Whether it holds a character.
    pub fn has(self, letter: char) -> bool {
        match self.others {
            _ if letter.is_ascii() => self.ascii >> letter as u32 & 1 == 1,
            Others::None => false,
            Others::One(own) => own == letter,
            Others::All => true,
        }
    }

    /// Whether some character lies in both.
    pub(super) fn meets(self, other: Self) -> bool {
        let others = match (self.others, other.others) {
            (Others::None, _) | (_, Others::None) => false,
            (Others::One(one), Others::One(other)) => one == other,
            _ => true,
        };
        self.ascii & other.ascii != 0 || others
    }

    /// The characters of either; others than ASCII perhaps more.
    pub(super) fn or(self, other: Self) -> Self {
        let others = match (self.others, other.others) {
            (Others::None, others) | (others, Others::None) => others,
            (own, other) if own == other => own,
            _ => Others::All,
        };
        Self { ascii: self.ascii | other.ascii, others }
    }

    /// The characters of both.
    pub(super) fn and(self, other: Self) -> Self {
        let others = match (self.others, other.others) {
            (Others::All, others) | (others, Others::All) => others,
            (own, other) if own == other => own,
            _ => Others::None,
        };
        Self { ascii: self.ascii & other.ascii, others }
    }

    /// The only character that it holds, if it is one.
    pub(super) fn only(self) -> Option<char> {
        match (self.others, self.ascii.count_ones()) {
            (Others::One(letter), 0) => Some(letter),
            (Others::None, 1) => Some(char::from(self.ascii.trailing_zeros() as u8)),
            _ => None,
        }
    }

    pub(super) fn is_any(self) -> bool {
        self == Self::ANY
    }
}

/// How many characters of ASCII a set may hold to be told apart one by one.
const FEW: u32 = 2;

/// Characters that stand for all that sets tell apart: whatever a character is, one of these lies in the same sets.
pub(super) fn told_apart(sets: impl Iterator<Item = LetterSet>) -> Vec<char> {
    let (mut single, mut atoms, mut others) = (0, vec![u128::MAX], Vec::new());
    for set in sets {
        if let Others::One(letter) = set.others {
            others.push(letter);
        }
        match set.ascii.count_ones() <= FEW {
            true => single |= set.ascii,
            false => split(&mut atoms, set.ascii),
        }
    }
    let of_many = atoms.iter().map(|atom| atom & !single).filter(|atom| *atom != 0).map(likeliest);
    let mut found: Vec<char> = of_many.chain(members(single)).collect();
    // Where ASCII has a character that no set names, it stands for those of the other alphabets, too.
    if atoms.iter().any(|atom| atom & !single == 0) || !others.is_empty() {
        others.push('é');
    }
    others.sort_unstable();
    others.dedup();
    found.extend(others);
    found
}

fn split(atoms: &mut Vec<u128>, by: u128) {
    for at in 0..atoms.len() {
        let (inside, outside) = (atoms[at] & by, atoms[at] & !by);
        if inside != 0 && outside != 0 {
            atoms[at] = inside;
            atoms.push(outside);
        }
    }
}

fn members(mut set: u128) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as u8)?;
        set &= set - 1;
        Some(char::from(next))
    })
}

/// The character of a set that reads best in an example.
fn likeliest(set: u128) -> char {
    let of = |chosen: u128| (set & chosen != 0).then(|| (set & chosen).trailing_zeros() as u8);
    let order = [LetterSet::one('x').ascii, 0x3ff_ffff << b'a', 0x1ff << b'1', 0x3ff_ffff << b'A', PRINTABLE];
    let first = order.into_iter().find_map(of);
    char::from(first.unwrap_or(set.trailing_zeros() as u8))
}

/// What ASCII shows, without the space.
const PRINTABLE: u128 = !(LetterSet::one('\u{7f}').ascii | 0x1_ffff_ffff);
