//! ARN patterns field by field (A43, B9).

use super::pieces::{Matching, Pieces, Variables};
use super::{CompiledPolicy, Slice};
use crate::names::{Arn, glob};
use crate::policy::holds_variables;
use crate::source::scan::holds;

/// A field of an ARN pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    text: Slice,
    kind: FieldKind,
}

#[derive(Clone, Copy, Debug)]
enum FieldKind {
    /// `*`
    Any,
    /// No wildcard.
    Literal,
    /// One wildcard: a `*` at the end.
    Prefix,
    /// Wildcards elsewhere.
    Glob,
    /// Policy variables (A49, A49f).
    Pieces(Pieces),
}

/// The fields of a pattern, in the order of an ARN.
pub(super) type Fields = [Field; 6];

impl Field {
    /// A field that covers everything.
    pub(super) const ANY: Self = Self { text: Slice { start: 0, len: 0 }, kind: FieldKind::Any };

    /// The variables that it holds.
    pub(super) fn pieces(&self) -> Option<Pieces> {
        match self.kind {
            FieldKind::Pieces(pieces) => Some(pieces),
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
        match field.kind {
            FieldKind::Any => true,
            FieldKind::Literal => self.bytes(field.text) == text.as_bytes(),
            FieldKind::Prefix => text.as_bytes().starts_with(self.bytes(field.text.without_last())),
            FieldKind::Glob => glob(self.slice(field.text), text),
            FieldKind::Pieces(pieces) => {
                let how = Matching { wildcards: true, ignore_case: false };
                self.pieces_match(pieces, text, variables, how).unwrap_or(false)
            }
        }
    }

    /// The fields of a text, those that hold variables cut into pieces.
    pub(super) fn fields(&mut self, slices: [Slice; 6], variables: bool) -> Fields {
        slices.map(|slice| match variables && holds_variables(self.slice(slice)) {
            true => Field { text: slice, kind: FieldKind::Pieces(self.add_pieces(slice)) },
            false => self.plain_field(slice),
        })
    }

    /// A field without variables.
    pub(super) fn plain_field(&self, slice: Slice) -> Field {
        let kind = match self.bytes(slice) {
            b"*" => FieldKind::Any,
            text if !holds(text, [b'*', b'?']) => FieldKind::Literal,
            [start @ .., b'*'] if !holds(start, [b'*', b'?']) => FieldKind::Prefix,
            _ => FieldKind::Glob,
        };
        Field { text: slice, kind }
    }
}

/// Cuts a pattern at its first five colons, those inside `${…}` not counted.
pub(super) fn cut(text: &str, slice: Slice) -> Option<[Slice; 6]> {
    let mut slices = [Slice::default(); 6];
    let (mut field, mut start, mut braces) = (0, 0, 0_usize);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if field == 5 => break,
            b'{' if at > 0 && bytes[at - 1] == b'$' => braces += 1,
            b'}' => braces = braces.saturating_sub(1),
            b':' if braces == 0 => {
                slices[field] = Slice { start: slice.start + start as u32, len: (at - start) as u32 };
                (field, start) = (field + 1, at + 1);
            }
            _ => {}
        }
    }
    slices[5] = Slice { start: slice.start + start as u32, len: (text.len() - start) as u32 };
    (field == 5).then_some(slices)
}
