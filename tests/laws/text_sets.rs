//! Where a text lies in some sets and outside others one is found, and what is found lies there.

use iamwhy::names::{FoundText, Letter, LetterSet, TextSet, find_text, letters_of};
use proptest::prelude::*;

use crate::targets::names::covers;

/// Characters of the texts that are tried: every one that the patterns name, and one that none does.
const LETTERS: [char; 4] = ['a', 'b', ':', 'x'];

/// The longest text that is tried.
const LONGEST: usize = 5;

/// A set: patterns whose wildcards stand for any character, or for any but a colon.
#[derive(Clone, Debug)]
struct Set(Vec<(String, bool)>);

impl Set {
    fn words(&self) -> TextSet {
        let of = |any: bool| if any { LetterSet::ANY } else { LetterSet::ANY.but(':') };
        self.0
            .iter()
            .fold(TextSet::none(), |words, (pattern, any)| words.or(TextSet::glob(pattern, of(*any))))
    }

    fn holds(&self, text: &str) -> bool {
        self.0.iter().any(|(pattern, any)| match any {
            true => covers(pattern, &text.chars().collect::<Vec<_>>(), |a, b| a == b),
            false => covers_field_by_field(pattern, text),
        })
    }
}

fn covers_field_by_field(pattern: &str, text: &str) -> bool {
    let (patterns, fields): (Vec<_>, Vec<_>) = (pattern.split(':').collect(), text.split(':').collect());
    let covered = |(pattern, field): (&&str, &&str)| {
        covers(pattern, &field.chars().collect::<Vec<_>>(), |a: char, b: char| a == b)
    };
    patterns.len() == fields.len() && patterns.iter().zip(&fields).all(covered)
}

fn sets(most: usize) -> impl Strategy<Value = Vec<Set>> {
    let pattern = prop::collection::vec(prop::sample::select(vec!['a', 'b', ':', '*', '*', '?']), 0..5);
    let pattern = (pattern.prop_map(|letters| letters.into_iter().collect::<String>()), any::<bool>());
    prop::collection::vec(prop::collection::vec(pattern, 1..3).prop_map(Set), 0..=most)
}

fn texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut at = 0;
    while all[at].len() < LONGEST {
        all.extend(LETTERS.map(|letter| format!("{}{letter}", all[at])));
        at += 1;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_found_where_there_is_one(inside in sets(3), outside in sets(3)) {
        let lies_there = |text: &str| {
            inside.iter().all(|set| set.holds(text)) && !outside.iter().any(|set| set.holds(text))
        };
        let words = |sets: &[Set]| sets.iter().map(Set::words).collect::<Vec<_>>();
        let (inner, outer) = (words(&inside), words(&outside));
        match find_text(&inner.iter().collect::<Vec<_>>(), &outer.iter().collect::<Vec<_>>(), 100_000) {
            FoundText::Word(word) => {
                prop_assert!(lies_there(&word), "{word:?}");
                let shorter = texts().into_iter().find(|text| text.len() < word.len() && lies_there(text));
                prop_assert_eq!(shorter, None);
            }
            FoundText::None => prop_assert_eq!(texts().into_iter().find(|text| lies_there(text)), None),
            FoundText::GaveUp => prop_assert!(false, "so few patterns are looked through"),
        }
    }

    #[test]
    fn what_patterns_show_by_themselves_is_so_of_all_texts(pair in prop::collection::vec(sets(1), 2)) {
        let [one, other] = &pair.concat()[..] else { return Ok(()) };
        let (words, others) = (one.words(), other.words());
        for text in texts() {
            prop_assert!(!(words.is_plainly_apart(&others) && one.holds(&text) && other.holds(&text)), "{text:?}");
            prop_assert!(!words.plainly_holds(&others) || one.holds(&text) || !other.holds(&text), "{text:?}");
        }
    }
}

#[test]
fn letters_of_other_alphabets_are_told_apart() {
    let words = |pattern| TextSet::glob(pattern, LetterSet::ANY);
    let found = find_text(&[&words("*é?")], &[&words("*éé"), &words("é?")], 1000);
    assert_eq!(found, FoundText::Word("xéx".to_owned()));
}

#[test]
fn letter_case_counts_where_it_is_said_to() {
    let letter = |letter| Letter::one(LetterSet::one(letter)).in_any_case();
    let folded = TextSet::of("Ab".chars().map(letter).collect());
    let outside = ["ab", "Ab", "aB"].map(TextSet::text);
    assert_eq!(
        find_text(&[&folded], &outside.iter().collect::<Vec<_>>(), 100),
        FoundText::Word("AB".to_owned())
    );
}

#[test]
fn a_search_that_would_take_long_says_so() {
    let run = TextSet::of(letters_of("*a????????????????", LetterSet::ANY).collect());
    let other = TextSet::of(letters_of("*b???????????????", LetterSet::ANY).collect());
    assert_eq!(find_text(&[&run, &other], &[&TextSet::glob("*:*", LetterSet::ANY)], 50), FoundText::GaveUp);
}
