//! ARN patterns field by field (A43, B9).

use super::pieces::{Matching, Pieces, Variables};
use super::{CompiledPolicy, Slice};
use crate::names::{Arn, glob};
use crate::policy::{TextPart, holds_variables};

/// A field of an ARN pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    /// Covers everything.
    Any,
    /// Text with or without wildcards.
    Plain(Slice),
    /// Text with policy variables (A49, A49f).
    Pieces(Pieces),
}

/// The fields of a pattern, in the order of an ARN.
pub(super) type Fields = [Field; 6];

impl Field {
    /// The variables that it holds.
    pub(super) fn pieces(&self) -> Option<Pieces> {
        match self {
            Self::Pieces(pieces) => Some(*pieces),
            _ => None,
        }
    }
}

impl CompiledPolicy {
    /// ARN by component: the last field first, because it differs most often.
    pub(super) fn fields_match(&self, fields: &Fields, arn: &Arn<'_>, variables: &impl Variables) -> bool {
        [5, 2, 4, 3, 1, 0].into_iter().all(|i| self.field_matches(&fields[i], arn.field(i), variables))
    }

    pub(super) fn field_matches(&self, field: &Field, text: &str, variables: &impl Variables) -> bool {
        match *field {
            Field::Any => true,
            Field::Plain(slice) => glob(self.bytes(slice), text),
            Field::Pieces(pieces) => {
                let how = Matching { wildcards: true, ignore_case: false };
                self.pieces_match(pieces, text, variables, how).unwrap_or(false)
            }
        }
    }

    /// A field as it is read: text and variables.
    pub(super) fn field_parts(&self, field: &Field) -> Vec<TextPart<'_>> {
        match *field {
            Field::Any => vec![TextPart::Plain("*")],
            Field::Plain(slice) => vec![TextPart::Plain(self.slice(slice))],
            Field::Pieces(pieces) => self.pieces_parts(pieces),
        }
    }

    /// The fields of a text, those that hold variables cut into pieces.
    pub(super) fn fields(&mut self, slices: [Slice; 6], variables: bool) -> Fields {
        slices.map(|slice| match variables && holds_variables(self.slice(slice)) {
            true => Field::Pieces(self.add_pieces(slice)),
            false => Field::Plain(slice),
        })
    }

    /// Whether the fields of a pattern without variables cover an ARN, compared where they stand in the pattern's
    /// text: `front` are the first five, with the colons behind them.
    pub(super) fn plain_fields_match(&self, front: Slice, resource: Slice, arn: &Arn<'_>) -> bool {
        let mut front = self.bytes(front).split(|byte| *byte == b':').zip(0..5);
        glob(self.bytes(resource), arn.field_bytes(5))
            && front.all(|(field, i)| glob(field, arn.field_bytes(i)))
    }
}

/// Cuts a pattern at its first five colons, those inside `${…}` not counted.
pub(super) fn cut(text: &str, slice: Slice) -> Option<[Slice; 6]> {
    let mut slices = [Slice::default(); 6];
    let (mut field, mut start, mut braces) = (0, 0, 0_usize);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if braces == 0 => {
                slices[field] = Slice { start: slice.start + start as u32, len: (at - start) as u32 };
                (field, start) = (field + 1, at + 1);
                if field == 5 {
                    break;
                }
            }
            b'{' if at > 0 && bytes[at - 1] == b'$' => braces += 1,
            b'}' => braces = braces.saturating_sub(1),
            _ => {}
        }
    }
    slices[5] = Slice { start: slice.start + start as u32, len: (text.len() - start) as u32 };
    (field == 5).then_some(slices)
}
