//! "Did you mean".

/// The longest word that is compared with others, in bytes: nothing that has a name is longer, and what two words have
/// in common takes the product of their lengths to find.
pub const LONGEST_WORD: usize = 256;

/// How many words of about the same length are compared, at most; of more the first ones.
const MOST_COMPARED: usize = 10_000;

/// The candidate that is most like `word`, if one is like enough: at most a third of its letters differ.
///
/// ```
/// assert_eq!(iamwhy::source::nearest("Efect", ["Action", "Effect"]), Some("Effect"));
/// assert_eq!(iamwhy::source::nearest("Banana", ["Action", "Effect"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let folded = word.to_lowercase();
    let allowed = (folded.chars().count() / 3).max(1);
    let letters = Letters::of(&folded);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed)
        .take(MOST_COMPARED)
        .filter(|candidate| letters.may_be_within(allowed, &Letters::of(candidate)))
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        // Something must be the same: `_` is not like `a`.
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How often each letter stands in a word, whatever its case; `None` if the word has others than ASCII.
struct Letters(Option<[i16; 32]>);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0; 32];
        word.bytes().for_each(|byte| counts[usize::from(byte & 31)] += 1);
        Self(word.is_ascii().then_some(counts))
    }

    /// Whether so few changes of letters may lead from one word to the other: each takes a letter away, or adds one, or
    /// both. To find out how many it takes is much more work.
    fn may_be_within(&self, changes: usize, other: &Self) -> bool {
        let (Some(own), Some(other)) = (&self.0, &other.0) else { return true };
        let differ: u32 = own.iter().zip(other).map(|(own, other)| u32::from(own.abs_diff(*other))).sum();
        differ as usize <= 2 * changes
    }
}
