//! Sets of texts that patterns describe, and a text that lies in some of them and outside others.
//!
//! INVARIANT: nothing here knows what the texts mean; a text that was found lies where it was looked for.
//!
//! Read first: [`find_text`].

mod letters;
mod relation;
mod search;

pub use letters::LetterSet;
pub use search::{FoundText, find_text};

/// A place of a pattern: one character of a set, or any number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Letter {
    /// The characters.
    pub letters: LetterSet,
    /// Whether any number of them stands here, also none.
    pub is_run: bool,
}

/// A set of texts: all that one of some patterns covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextSet {
    patterns: Vec<Box<[Letter]>>,
}

/// What stands between the fields of an ARN.
const COLON: Letter = Letter::one(LetterSet::one(':'));

impl Letter {
    /// One character of a set.
    pub const fn one(letters: LetterSet) -> Self {
        Self { letters, is_run: false }
    }

    /// Any number of characters of a set, also none.
    pub const fn run(letters: LetterSet) -> Self {
        Self { letters, is_run: true }
    }

    /// Whether anything may stand here, any number of characters.
    fn is_star(&self) -> bool {
        self.is_run && self.letters.is_any()
    }

    /// The place with its letters in either letter case, where they are of ASCII.
    #[must_use]
    pub const fn in_any_case(self) -> Self {
        Self { letters: self.letters.in_any_case(), ..self }
    }
}

impl TextSet {
    /// All texts.
    pub fn any() -> Self {
        Self::of(vec![Letter::run(LetterSet::ANY)])
    }

    /// No text.
    pub fn none() -> Self {
        Self::default()
    }

    /// What one pattern covers.
    pub fn of(pattern: Vec<Letter>) -> Self {
        Self { patterns: vec![pattern.into()] }
    }

    /// This text alone.
    pub fn text(text: &str) -> Self {
        Self::of(letters_exactly(text).collect())
    }

    /// What a pattern of an IAM policy covers: `*` is any run of characters of a set, `?` one of them.
    pub fn glob(pattern: &str, of: LetterSet) -> Self {
        Self::of(letters_of(pattern, of).collect())
    }

    /// The only text that is covered, where it is told by one pattern that leaves nothing open.
    pub fn only(&self) -> Option<String> {
        let [pattern] = &self.patterns[..] else { return None };
        pattern.iter().map(|at| at.letters.only().filter(|_| !at.is_run)).collect()
    }

    /// With all that others cover.
    #[must_use]
    pub fn or(mut self, others: Self) -> Self {
        self.patterns.extend(others.patterns);
        self
    }
}

/// The places of a text in which no character is a wildcard.
pub fn letters_exactly(text: &str) -> impl Iterator<Item = Letter> {
    text.chars().map(|letter| Letter::one(LetterSet::one(letter)))
}

/// The places of a pattern of an IAM policy, whose wildcards stand for characters of a set (A36, A42).
pub fn letters_of(pattern: &str, of: LetterSet) -> impl Iterator<Item = Letter> {
    pattern.chars().map(move |letter| match letter {
        '*' => Letter::run(of),
        '?' => Letter::one(of),
        _ => Letter::one(LetterSet::one(letter)),
    })
}

/// One character of a set, or more.
pub fn some_of(letters: LetterSet) -> [Letter; 2] {
    [Letter::one(letters), Letter::run(letters)]
}
