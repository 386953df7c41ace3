//! The resources that an action may be asked for, as far as the catalog tells.

use crate::names::{Letter, LetterSet, TextSet, letters_of};
use crate::policy::{TextPart, parts};

/// What a placeholder stands for that is not the last thing of an ARN.
const NAME: LetterSet = LetterSet::ANY.but(':').but('/');

/// The ARNs of a format of the catalog, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
pub(super) fn of_format(format: &str, partition: &str) -> TextSet {
    let mut letters = Vec::new();
    let mut rest = parts(format).peekable();
    while let Some(part) = rest.next() {
        match part {
            TextPart::Variable { key: "Partition", .. } => letters.extend(exactly(partition)),
            TextPart::Variable { key: "Region", .. } => letters.extend(some(LetterSet::OF_REGIONS)),
            TextPart::Variable { key: "Account", .. } => letters.extend([Letter::one(LetterSet::DIGITS); 12]),
            TextPart::Variable { key: "BucketName", .. } => letters.extend(some(NAME)),
            TextPart::Variable { .. } if rest.peek().is_none() => letters.extend(some(LetterSet::ANY)),
            TextPart::Variable { .. } => letters.extend(some(NAME)),
            TextPart::Plain(text) | TextPart::Literal(text) | TextPart::Malformed(text) => {
                letters.extend(letters_of(text, LetterSet::ANY));
            }
        }
    }
    TextSet::of(letters)
}

/// Any ARN of a partition: for actions that no catalog lists.
pub(super) fn of_any_arn(partition: &str) -> TextSet {
    let field = LetterSet::ANY.but(':');
    let mut letters: Vec<Letter> = exactly(&format!("arn:{partition}:")).collect();
    for _ in 0..3 {
        letters.extend([Letter::run(field), Letter::one(LetterSet::one(':'))]);
    }
    letters.extend(some(LetterSet::ANY));
    TextSet::of(letters)
}

/// One character of a set, or more.
fn some(letters: LetterSet) -> [Letter; 2] {
    [Letter::one(letters), Letter::run(letters)]
}

fn exactly(text: &str) -> impl Iterator<Item = Letter> {
    text.chars().map(|letter| Letter::one(LetterSet::one(letter)))
}
