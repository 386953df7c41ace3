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
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed)
        .take(MOST_COMPARED)
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        // Something must be the same: `_` is not like `a`.
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
