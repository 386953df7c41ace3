//! Texts with policy variables (A48–A49f): what is substituted is literal, so its `*` is no wildcard (A49c).

use super::{CompiledPolicy, Slice};
use crate::names::{covers, fold_hash, may_look_again};
use crate::policy::{TextPart, parts};

/// A piece of a text with variables.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// Text in which wildcards count, where the operator has any.
    Pattern(Slice),
    /// Text in which they do not.
    Literal(Slice),
    /// A variable: its key and the text that stands for it where the key is absent.
    Variable { key: Slice, hash: u64, default: Option<Slice> },
}

/// A text with variables: a range of the policy's pieces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pieces {
    start: u32,
    end: u32,
}

/// Who knows the values of policy variables.
pub trait Variables {
    /// The value of a single-valued key that is present and not empty; anything else does not resolve (A49b).
    fn variable(&self, hash: u64, key: &str) -> Option<&str>;
}

/// How many variables of one text are kept without asking again; more are refused as unresolved.
const MOST: usize = 64;

impl CompiledPolicy {
    /// Cuts a text into pieces and adds them to the table.
    pub(super) fn add_pieces(&mut self, whole: Slice) -> Pieces {
        let start = self.pieces.len() as u32;
        let text = self.slice(whole);
        let at = |part: &str| {
            let offset = part.as_ptr() as usize - text.as_ptr() as usize;
            Slice { start: whole.start + offset as u32, len: part.len() as u32 }
        };
        let pieces: Vec<_> = parts(text)
            .map(|part| match part {
                TextPart::Plain(text) | TextPart::Malformed(text) => Piece::Pattern(at(text)),
                TextPart::Literal(text) => Piece::Literal(at(text)),
                TextPart::Variable { key, default } => Piece::Variable {
                    key: at(key),
                    hash: fold_hash(key.as_bytes()),
                    default: default.map(at),
                },
            })
            .collect();
        self.pieces.extend(pieces);
        Pieces { start, end: self.pieces.len() as u32 }
    }

    /// The pieces as they are read.
    pub(super) fn pieces_parts(&self, pieces: Pieces) -> Vec<TextPart<'_>> {
        let part = |piece: &Piece| match *piece {
            Piece::Pattern(slice) => TextPart::Plain(self.slice(slice)),
            Piece::Literal(slice) => TextPart::Literal(self.slice(slice)),
            Piece::Variable { key, default, .. } => {
                TextPart::Variable { key: self.slice(key), default: default.map(|slice| self.slice(slice)) }
            }
        };
        self.pieces(pieces).iter().map(part).collect()
    }

    fn pieces(&self, pieces: Pieces) -> &[Piece] {
        &self.pieces[pieces.start as usize..pieces.end as usize]
    }

    /// Whether the pieces cover a text; `None` if a variable does not resolve.
    ///
    /// `wildcards` says whether `*` and `?` of the pattern count (StringLike) or are characters (StringEquals).
    pub(super) fn pieces_match(
        &self,
        pieces: Pieces,
        text: &str,
        variables: &impl Variables,
        how: Matching,
    ) -> Option<bool> {
        let pieces = self.pieces(pieces);
        if pieces.len() > MOST {
            return None;
        }
        let mut resolved = [("", false); MOST];
        for (slot, piece) in resolved.iter_mut().zip(pieces) {
            *slot = match *piece {
                Piece::Pattern(slice) => (self.slice(slice), how.wildcards),
                Piece::Literal(slice) => (self.slice(slice), false),
                Piece::Variable { key, hash, default } => {
                    let value = variables.variable(hash, self.slice(key));
                    (value.or(default.map(|slice| self.slice(slice)))?, false)
                }
            };
        }
        let (resolved, text) = (&resolved[..pieces.len()], text.as_bytes());
        let in_vain = || {
            let parts = resolved.iter().map(|(part, wildcards)| (part.as_bytes(), *wildcards));
            covers(parts, text, how.ignore_case)
        };
        Some(matches(resolved, text, how.ignore_case).unwrap_or_else(in_vain))
    }

    /// The text after substitution, for explanations; `None` if a variable does not resolve.
    pub(super) fn pieces_text(&self, pieces: Pieces, variables: &impl Variables) -> Option<String> {
        self.pieces(pieces)
            .iter()
            .map(|piece| match *piece {
                Piece::Pattern(slice) | Piece::Literal(slice) => Some(self.slice(slice)),
                Piece::Variable { key, hash, default } => {
                    variables.variable(hash, self.slice(key)).or(default.map(|slice| self.slice(slice)))
                }
            })
            .collect()
    }
}

impl CompiledPolicy {
    /// Visits the keys of the policy variables in a range of pieces.
    pub(super) fn piece_keys<'p>(&'p self, pieces: Pieces, visit: &mut dyn FnMut(u64, &'p str)) {
        for piece in self.pieces(pieces) {
            if let Piece::Variable { key, hash, .. } = *piece {
                visit(hash, self.slice(key));
            }
        }
    }
}

/// How texts with variables are compared.
#[derive(Clone, Copy)]
pub(super) struct Matching {
    pub(super) wildcards: bool,
    pub(super) ignore_case: bool,
}

/// A position in a list of pieces.
#[derive(Clone, Copy)]
struct PiecePosition {
    piece: usize,
    offset: usize,
}

/// The byte at a position and whether it is a wildcard, with the position after it.
fn element(pieces: &[(&str, bool)], mut at: PiecePosition) -> Option<(u8, bool, PiecePosition)> {
    loop {
        let (text, wildcards) = pieces.get(at.piece)?;
        match text.as_bytes().get(at.offset) {
            Some(byte) => {
                let wild = *wildcards && matches!(byte, b'*' | b'?');
                return Some((*byte, wild, PiecePosition { piece: at.piece, offset: at.offset + 1 }));
            }
            None => at = PiecePosition { piece: at.piece + 1, offset: 0 },
        }
    }
}

/// The wildcard match of `names::glob` over a list of pieces; `None` if it would take too long.
fn matches(pieces: &[(&str, bool)], text: &[u8], ignore_case: bool) -> Option<bool> {
    let same = |a: u8, b: u8| a == b || (ignore_case && a.eq_ignore_ascii_case(&b));
    let (mut p, mut t) = (PiecePosition { piece: 0, offset: 0 }, 0);
    let mut mark: Option<(PiecePosition, usize)> = None;
    let mut left = may_look_again(text);
    while t < text.len() {
        match element(pieces, p) {
            Some((b'*', true, after)) => {
                mark = Some((after, t));
                p = after;
            }
            Some((_, true, after)) => {
                t = crate::names::after_character(text, t);
                p = after;
            }
            Some((byte, false, after)) if same(byte, text[t]) => {
                t += 1;
                p = after;
            }
            _ => match &mut mark {
                Some((after_star, tried)) => {
                    left = left.checked_sub(t - *tried)?;
                    *tried += 1;
                    (p, t) = (*after_star, *tried);
                }
                None => return Some(false),
            },
        }
    }
    while let Some((b'*', true, after)) = element(pieces, p) {
        p = after;
    }
    Some(element(pieces, p).is_none())
}
