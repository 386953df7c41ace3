//! The resources that an action may be asked for, as far as the catalog tells.

use crate::names::{Letter, LetterSet, TextSet, letters_exactly, letters_of, some_of};
use crate::policy::{TextPart, parts};

/// What a placeholder stands for that is not the last thing of an ARN.
const NAME: LetterSet = LetterSet::ANY.but(':').but('/');

/// Whose resources are looked at: those of the caller's own partition and account. In another account the policies of
/// the resource decide, too.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o> {
    pub(super) partition: &'o str,
    pub(super) account: &'o str,
}

/// The ARNs of a format of the catalog, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
pub(super) fn of_format(format: &str, owner: Owner<'_>) -> TextSet {
    let mut letters = Vec::new();
    for (number, field) in format.splitn(6, ':').enumerate() {
        letters.extend((number > 0).then_some(Letter::one(LetterSet::one(':'))));
        match number {
            4 if field.contains(['$', '*']) => letters.extend(letters_exactly(owner.account)),
            _ => letters.extend(of_field(field, owner)),
        }
    }
    TextSet::of(letters)
}

fn of_field(field: &str, owner: Owner<'_>) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut rest = parts(field).peekable();
    while let Some(part) = rest.next() {
        match part {
            TextPart::Variable { key: "Partition", .. } => letters.extend(letters_exactly(owner.partition)),
            TextPart::Variable { key: "Account", .. } => letters.extend(letters_exactly(owner.account)),
            TextPart::Variable { key: "Region", .. } => letters.extend(some_of(LetterSet::OF_REGIONS)),
            TextPart::Variable { key: "BucketName" | "Vendor", .. } => letters.extend(some_of(NAME)),
            TextPart::Variable { .. } if rest.peek().is_none() => letters.extend(some_of(LetterSet::ANY)),
            TextPart::Variable { .. } => letters.extend(some_of(NAME)),
            TextPart::Plain(text) | TextPart::Literal(text) | TextPart::Malformed(text) => {
                letters.extend(letters_of(text, LetterSet::ANY));
            }
        }
    }
    letters
}

/// Any ARN of the owner, or of no account: for actions that no catalog lists.
pub(super) fn of_any_arn(owner: Owner<'_>) -> TextSet {
    let field = LetterSet::ANY.but(':');
    let with = |account: &str| {
        let mut letters: Vec<Letter> = letters_exactly(&format!("arn:{}:", owner.partition)).collect();
        for _ in 0..2 {
            letters.extend([Letter::run(field), Letter::one(LetterSet::one(':'))]);
        }
        letters.extend(letters_exactly(account).chain(letters_exactly(":")));
        letters.extend(some_of(LetterSet::ANY));
        TextSet::of(letters)
    };
    with("").or(with(owner.account))
}
