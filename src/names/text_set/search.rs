//! The search for a text: all patterns are read at once, letter by letter, the shortest texts first.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use smallvec::SmallVec;

use super::letters::told_apart;
use super::{Letter, LetterSet, TextSet};

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundText {
    /// The shortest text, or one of them.
    Word(String),
    /// There is no such text.
    None,
    /// It would take more steps than it may.
    GaveUp,
}

impl FoundText {
    /// The text, where one was found.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::None | Self::GaveUp => None,
        }
    }
}

/// Looks for a text that lies in all of some sets and outside all of some others. `budget` is how many beginnings are
/// looked at, at most.
///
/// ```
/// use iamwhy::names::{FoundText, LetterSet, TextSet, find_text};
/// let words = |pattern: &str| TextSet::glob(pattern, LetterSet::ANY);
/// let found = find_text(&[&words("reports/*")], &[&words("*/"), &words("*x")], 1000);
/// assert_eq!(found, FoundText::Word("reports/a".to_owned()));
/// assert_eq!(find_text(&[&words("reports/*")], &[&words("*/*")], 1000), FoundText::None);
/// ```
pub fn find_text(inside: &[&TextSet], outside: &[&TextSet], budget: usize) -> FoundText {
    let is_apart = |one: &TextSet| inside.iter().any(|other| one.is_plainly_apart(other));
    if inside.iter().any(|one| is_apart(one)) || outside.iter().any(|one| holds_any(one, inside)) {
        return FoundText::None;
    }
    let outside: Vec<&TextSet> = outside.iter().filter(|one| !is_apart(one)).copied().collect();
    search(&Reader::new(inside, &outside), budget)
}

/// Whether a set holds all of one of several.
fn holds_any(set: &TextSet, others: &[&TextSet]) -> bool {
    others.iter().any(|other| set.plainly_holds(other))
}

fn search(reader: &Reader<'_>, budget: usize) -> FoundText {
    let start = reader.start();
    let mut seen: HashSet<Places, QuickHashing> = [start.clone()].into_iter().collect();
    // Every beginning, with the one that it goes on from.
    let mut reached = vec![Beginning { places: start, from: 0, last: '\0' }];
    let mut at = 0;
    while at < reached.len() {
        if reader.ends(&reached[at].places) {
            return FoundText::Word(text_of(&reached, at));
        }
        for letter in reader.next_letters(&reached[at].places) {
            let places = reader.step(&reached[at].places, letter);
            if reader.may_end(&places) && seen.insert(places.clone()) {
                reached.push(Beginning { places, from: at, last: letter });
            }
        }
        at += 1;
        if reached.len() > budget {
            return FoundText::GaveUp;
        }
    }
    FoundText::None
}

impl TextSet {
    /// Whether a text lies in the set.
    pub fn has(&self, text: &str) -> bool {
        let could_be: Vec<&[Letter]> =
            self.patterns.iter().map(|pattern| &**pattern).filter(|pattern| begins(pattern, text)).collect();
        if could_be.is_empty() {
            return false;
        }
        let mut reader = Reader::default();
        let set =
            could_be.into_iter().map(|pattern| reader.add_pattern(pattern)).fold(0..0, |_, last| 0..last + 1);
        reader.inside.push(set);
        let end = text.chars().fold(reader.start(), |places, letter| reader.step(&places, letter));
        reader.ends(&end)
    }
}

/// Whether a text agrees with a pattern up to the first run of it.
fn begins(pattern: &[Letter], text: &str) -> bool {
    let mut letters = text.chars();
    let mut fixed = pattern.iter().take_while(|at| !at.is_run);
    fixed.all(|at| letters.next().is_some_and(|letter| at.letters.has(letter)))
}

/// The beginning of a text: where the patterns are after it.
struct Beginning {
    places: Places,
    from: usize,
    last: char,
}

fn text_of(reached: &[Beginning], mut at: usize) -> String {
    let mut letters = Vec::new();
    while at > 0 {
        letters.push(reached[at].last);
        at = reached[at].from;
    }
    letters.into_iter().rev().collect()
}

/// Places are hashed often, and nobody chooses them to collide.
type QuickHashing = BuildHasherDefault<QuickHasher>;

#[derive(Default)]
struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        rest.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The places at which all patterns may be, a bit each; the last place of a pattern is its end. Most searches read so few
/// patterns that nothing is allocated for a beginning.
type Places = SmallVec<[u64; 16]>;

/// Reads all patterns at once.
#[derive(Default)]
struct Reader<'w> {
    patterns: Vec<Pattern<'w>>,
    /// The patterns of each set that a text must lie in.
    inside: Vec<Range<usize>>,
    /// The patterns of each set that it must not lie in.
    outside: Vec<Range<usize>>,
    /// The places of `*`, a bit each.
    stars: Vec<u64>,
}

/// One pattern of a set.
struct Pattern<'w> {
    letters: &'w [Letter],
    first_word: usize,
}

impl<'w> Reader<'w> {
    fn new(inside: &[&'w TextSet], outside: &[&'w TextSet]) -> Self {
        let mut reader = Self::default();
        reader.inside = inside.iter().map(|set| reader.add(set)).collect();
        reader.outside = outside.iter().map(|set| reader.add(set)).collect();
        reader
    }

    fn add(&mut self, set: &'w TextSet) -> Range<usize> {
        let first = self.patterns.len();
        set.patterns.iter().for_each(|letters| {
            self.add_pattern(letters);
        });
        first..self.patterns.len()
    }

    /// The number of a pattern that is read, too.
    fn add_pattern(&mut self, letters: &'w [Letter]) -> usize {
        self.patterns.push(Pattern { letters, first_word: self.stars.len() });
        let stars = letters.chunks(64).map(|letters| {
            let star = |(at, letter): (usize, &Letter)| u64::from(letter.is_star()) << at;
            letters.iter().enumerate().map(star).fold(0, |all, one| all | one)
        });
        self.stars.extend(stars);
        self.stars.extend(letters.len().is_multiple_of(64).then_some(0)); // for the end
        self.patterns.len() - 1
    }

    fn start(&self) -> Places {
        let mut places = SmallVec::from_elem(0, self.stars.len());
        for pattern in &self.patterns {
            pattern.enter(&mut places, 0);
            self.forget(pattern, &mut places);
        }
        places
    }

    fn step(&self, places: &Places, letter: char) -> Places {
        let mut next = SmallVec::from_elem(0, self.stars.len());
        for pattern in &self.patterns {
            for place in pattern.live(places) {
                match pattern.letters.get(place) {
                    Some(at) if at.letters.has(letter) => {
                        pattern.enter(&mut next, if at.is_run { place } else { place + 1 });
                    }
                    _ => {}
                }
            }
            self.forget(pattern, &mut next);
        }
        next
    }

    /// Whatever leads on from a place before a `*` leads on from the `*`, so the places before it are forgotten.
    fn forget(&self, pattern: &Pattern<'_>, places: &mut Places) {
        let words = pattern.words();
        let Some(last) = words.clone().rev().find(|word| places[*word] & self.stars[*word] != 0) else {
            return;
        };
        let star = (places[last] & self.stars[last]).ilog2();
        places[words.start..last].fill(0);
        places[last] &= !0 << star;
    }

    /// The letters that lead on in all sets that the text must lie in, but for those that nothing tells apart.
    fn next_letters(&self, places: &Places) -> Vec<char> {
        let of_set = |set: &Range<usize>| self.live_letters(set, places).fold(LetterSet::NONE, LetterSet::or);
        let leading = self.inside.iter().map(of_set).fold(LetterSet::ANY, LetterSet::and);
        if let Some(only) = leading.only() {
            return vec![only];
        }
        let mut letters = told_apart(self.live_letters(&(0..self.patterns.len()), places));
        letters.retain(|letter| leading.has(*letter));
        letters
    }

    /// What may stand next in some patterns.
    fn live_letters(&self, patterns: &Range<usize>, places: &Places) -> impl Iterator<Item = LetterSet> {
        self.patterns[patterns.clone()].iter().flat_map(|pattern| {
            pattern.live(places).filter_map(|place| pattern.letters.get(place)).map(|at| at.letters)
        })
    }

    /// Whether the text may end here.
    fn ends(&self, places: &Places) -> bool {
        let covered = |set| self.of(set).any(|pattern| pattern.is_at(places, pattern.letters.len()));
        self.inside.iter().all(covered) && !self.outside.iter().any(covered)
    }

    /// Whether any text that goes on from here can be what is looked for: no set that it must lie in is out of reach,
    /// none that it must not is certain.
    fn may_end(&self, places: &Places) -> bool {
        let is_within_reach = |set| self.of(set).any(|pattern| pattern.live(places).next().is_some());
        let is_certain = |set| self.of(set).any(|pattern| pattern.covers_all_from(places));
        self.inside.iter().all(is_within_reach) && !self.outside.iter().any(is_certain)
    }

    fn of(&self, set: &Range<usize>) -> impl Iterator<Item = &Pattern<'w>> {
        self.patterns[set.clone()].iter()
    }
}

impl Pattern<'_> {
    fn words(&self) -> std::ops::Range<usize> {
        self.first_word..self.first_word + self.letters.len() / 64 + 1
    }

    fn is_at(&self, places: &Places, place: usize) -> bool {
        places[self.first_word + place / 64] >> (place % 64) & 1 == 1
    }

    /// Comes to a place, and to those behind it that a run of no characters leads to.
    fn enter(&self, places: &mut Places, mut place: usize) {
        while !self.is_at(places, place) {
            places[self.first_word + place / 64] |= 1 << (place % 64);
            match self.letters.get(place) {
                Some(letter) if letter.is_run => place += 1,
                _ => break,
            }
        }
    }

    fn live<'p>(&self, places: &'p Places) -> impl Iterator<Item = usize> + use<'p> {
        places[self.words()].iter().enumerate().flat_map(|(word, bits)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let next = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + next)
            })
        })
    }

    /// Whether all texts that go on from here are covered.
    fn covers_all_from(&self, places: &Places) -> bool {
        let last = self.letters.len().checked_sub(1);
        last.is_some_and(|last| self.letters[last].is_star() && self.is_at(places, last))
    }
}
