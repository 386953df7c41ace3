//! The search for a text: all patterns are read at once, letter by letter, the shortest texts first.

use std::collections::HashSet;
use std::ops::Range;

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
    let mut seen = HashSet::from([start.clone()]);
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

/// The places at which all patterns may be, a bit each; the last place of a pattern is its end.
type Places = Box<[u64]>;

/// Reads all patterns at once.
struct Reader<'w> {
    patterns: Vec<Pattern<'w>>,
    /// The patterns of each set that a text must lie in.
    inside: Vec<Range<usize>>,
    /// The patterns of each set that it must not lie in.
    outside: Vec<Range<usize>>,
    /// How many words of bits the places take.
    words: usize,
}

/// One pattern of a set.
struct Pattern<'w> {
    letters: &'w [Letter],
    first_word: usize,
}

impl<'w> Reader<'w> {
    fn new(inside: &[&'w TextSet], outside: &[&'w TextSet]) -> Self {
        let mut reader = Self { patterns: Vec::new(), inside: Vec::new(), outside: Vec::new(), words: 0 };
        reader.inside = inside.iter().map(|set| reader.add(set)).collect();
        reader.outside = outside.iter().map(|set| reader.add(set)).collect();
        reader
    }

    fn add(&mut self, set: &'w TextSet) -> Range<usize> {
        let first = self.patterns.len();
        for letters in &set.patterns {
            self.patterns.push(Pattern { letters, first_word: self.words });
            self.words += letters.len() / 64 + 1;
        }
        first..self.patterns.len()
    }

    fn start(&self) -> Places {
        let mut places = vec![0; self.words].into_boxed_slice();
        for pattern in &self.patterns {
            pattern.enter(&mut places, 0);
            pattern.forget(&mut places);
        }
        places
    }

    fn step(&self, places: &Places, letter: char) -> Places {
        let mut next = vec![0; self.words].into_boxed_slice();
        for pattern in &self.patterns {
            for place in pattern.live(places) {
                match pattern.letters.get(place) {
                    Some(at) if at.letters.has(letter) => {
                        pattern.enter(&mut next, if at.is_run { place } else { place + 1 });
                    }
                    _ => {}
                }
            }
            pattern.forget(&mut next);
        }
        next
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

    /// Whatever leads on from a place before a `*` leads on from the `*`, so the places before it are forgotten.
    fn forget(&self, places: &mut Places) {
        let is_star =
            |place: &usize| self.letters.get(*place).is_some_and(|at| at.is_run && at.letters.is_any());
        let Some(star) = self.live(places).filter(is_star).last() else { return };
        for word in &mut places[self.first_word..self.first_word + star / 64] {
            *word = 0;
        }
        places[self.first_word + star / 64] &= !0 << (star % 64);
    }

    /// Whether all texts that go on from here are covered.
    fn covers_all_from(&self, places: &Places) -> bool {
        let last = self.letters.len().checked_sub(1);
        let is_star = |place: usize| self.letters[place].is_run && self.letters[place].letters.is_any();
        last.is_some_and(|last| is_star(last) && self.is_at(places, last))
    }
}
