//! Patterns of `Resource` and `NotResource`, and of ARN conditions (A41–A47, B9).

use std::ops::Range;

use super::pieces::{Matching, Variables};
use super::{CompiledPolicy, CompiledStatement, Slice};
use crate::names::{Arn, glob};
use crate::policy::{PolicyType, holds_variables};

/// The resource of a request.
#[derive(Clone, Copy, Debug)]
pub enum RequestResource<'a> {
    /// `*`: the action has no resource type, or nobody named a resource (A46).
    Any,
    /// One resource.
    One(Arn<'a>),
}

impl<'a> RequestResource<'a> {
    /// The text, `*` or the ARN.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Any => "*",
            Self::One(arn) => arn.text(),
        }
    }
}

/// A pattern of resources.
#[derive(Clone, Debug)]
pub struct ResourcePattern {
    /// The whole pattern as it is written.
    pub text: Slice,
    pub(super) kind: ResourceKind,
}

/// The shapes of resource patterns.
#[derive(Clone, Debug)]
pub(super) enum ResourceKind {
    /// `*`
    Any,
    /// Covers nothing.
    Never,
    /// Six fields, compared one by one.
    Fields { fields: [Field; 6], spill: Spill },
    /// Not six fields: the whole text is compared.
    Whole,
}

/// What happens when the fields do not fit but one of the first five ends with `*` (A43).
#[derive(Clone, Debug)]
pub(super) enum Spill {
    /// None of them does: it stays at that.
    None,
    /// The whole text is compared.
    Text,
    /// The whole text is compared, and holds variables.
    Pieces(Range<u32>),
}

/// A field of an ARN pattern.
#[derive(Clone, Debug)]
pub(super) struct Field {
    text: Slice,
    kind: FieldKind,
}

#[derive(Clone, Debug)]
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
    Pieces(Range<u32>),
}

impl ResourcePattern {
    /// Whether the pattern is `*`.
    pub fn is_any(&self) -> bool {
        matches!(self.kind, ResourceKind::Any)
    }

    /// Whether the pattern covers a resource. A variable that does not resolve covers nothing (A49b).
    pub fn matches(
        &self,
        policy: &CompiledPolicy,
        resource: &RequestResource<'_>,
        variables: &impl Variables,
    ) -> bool {
        match (resource, &self.kind) {
            (_, ResourceKind::Any) => true,
            // A46: only `*` covers the request of an action without resource types.
            (RequestResource::Any, _) => false,
            (RequestResource::One(arn), _) => self.matches_arn(policy, arn, variables),
        }
    }

    fn matches_arn(&self, policy: &CompiledPolicy, arn: &Arn<'_>, variables: &impl Variables) -> bool {
        match &self.kind {
            ResourceKind::Any => true,
            ResourceKind::Never => false,
            ResourceKind::Whole => glob(policy.slice(self.text), arn.text()),
            ResourceKind::Fields { fields, spill } => {
                policy.fields_match(fields, arn, variables) || self.spills(policy, spill, arn, variables)
            }
        }
    }

    /// A43, step 3.
    fn spills(
        &self,
        policy: &CompiledPolicy,
        spill: &Spill,
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> bool {
        match spill {
            Spill::None => false,
            Spill::Text => glob(policy.slice(self.text), arn.text()),
            Spill::Pieces(range) => {
                let how = Matching { wildcards: true, ignore_case: false };
                policy.pieces_match(range.clone(), arn.text(), variables, how).unwrap_or(false)
            }
        }
    }

    /// The first field of a six-field pattern that does not cover that of the ARN, 1 (partition) to 5 (resource).
    pub fn first_mismatch(
        &self,
        policy: &CompiledPolicy,
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> Option<u8> {
        let ResourceKind::Fields { fields, .. } = &self.kind else { return None };
        (1..6).find(|i| !policy.field_matches(&fields[*i], arn.field(*i), variables)).map(|i| i as u8)
    }

    /// Whether the pattern holds a variable that does not resolve.
    pub fn is_unresolved(&self, policy: &CompiledPolicy, variables: &impl Variables) -> bool {
        let ResourceKind::Fields { fields, .. } = &self.kind else { return false };
        fields.iter().any(|field| match &field.kind {
            FieldKind::Pieces(range) => policy.pieces_text(range.clone(), variables).is_none(),
            _ => false,
        })
    }
}

impl ResourceKind {
    /// Visits the keys of the policy variables in the pattern.
    pub(super) fn visit_variables(&self, policy: &CompiledPolicy, visit: &mut dyn FnMut(u64, &str)) {
        let Self::Fields { fields, .. } = self else { return };
        for field in fields {
            if let FieldKind::Pieces(range) = &field.kind {
                policy.piece_keys(range, visit);
            }
        }
    }
}

impl CompiledPolicy {
    /// Visits the keys of the policy variables in the resource patterns of a statement.
    pub fn resource_variables(&self, statement: &CompiledStatement, visit: &mut dyn FnMut(u64, &str)) {
        for pattern in self.resources(statement) {
            pattern.kind.visit_variables(self, visit);
        }
    }

    /// ARN by component: the last field first, because it differs most often.
    pub(super) fn fields_match(
        &self,
        fields: &[Field; 6],
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> bool {
        [5, 2, 4, 3, 1, 0].into_iter().all(|i| self.field_matches(&fields[i], arn.field(i), variables))
    }

    fn field_matches(&self, field: &Field, text: &str, variables: &impl Variables) -> bool {
        let pattern = || self.slice(field.text);
        match &field.kind {
            FieldKind::Any => true,
            FieldKind::Literal => pattern() == text,
            FieldKind::Prefix => {
                text.as_bytes().starts_with(&pattern().as_bytes()[..field.text.len as usize - 1])
            }
            FieldKind::Glob => glob(pattern(), text),
            FieldKind::Pieces(range) => {
                let how = Matching { wildcards: true, ignore_case: false };
                self.pieces_match(range.clone(), text, variables, how).unwrap_or(false)
            }
        }
    }

    /// Compiles a pattern of `Resource`.
    pub(super) fn resource_pattern(
        &mut self,
        slice: Slice,
        kind: PolicyType,
        variables: bool,
    ) -> ResourcePattern {
        let text = self.slice(slice);
        let only_stars = !text.is_empty() && text.bytes().all(|b| b == b'*');
        let kind = if only_stars {
            ResourceKind::Any
        } else if let Some(slices) = cut(text, slice) {
            self.fields(slices, slice, variables)
        } else {
            self.short(slice, kind)
        };
        ResourcePattern { text: slice, kind }
    }

    /// Compiles a value of an ARN condition: six fields, no spilling over colons (B9).
    pub(super) fn arn_operand(&mut self, slice: Slice, variables: bool) -> ResourceKind {
        match cut(self.slice(slice), slice) {
            Some(slices) => match self.fields(slices, slice, variables) {
                ResourceKind::Fields { fields, .. } => ResourceKind::Fields { fields, spill: Spill::None },
                other => other,
            },
            None => ResourceKind::Never,
        }
    }

    fn fields(&mut self, slices: [Slice; 6], whole: Slice, variables: bool) -> ResourceKind {
        let variables = variables && holds_variables(self.slice(whole));
        let spills = slices[..5].iter().any(|s| self.slice(*s).ends_with('*'));
        let spill = match spills {
            false => Spill::None,
            true if variables => Spill::Pieces(self.add_pieces(whole)),
            true => Spill::Text,
        };
        let fields = slices.map(|slice| self.field(slice, variables));
        ResourceKind::Fields { fields, spill }
    }

    /// A44: fewer than six fields. Identity-based policies fill up with `*`; elsewhere only a text that ends
    /// with a wildcard covers anything.
    fn short(&self, slice: Slice, kind: PolicyType) -> ResourceKind {
        let text = self.slice(slice);
        if text.ends_with('*') {
            return ResourceKind::Whole;
        }
        let padded = matches!(kind, PolicyType::IdentityBased | PolicyType::PermissionsBoundary);
        if !padded || !text.starts_with("arn:") {
            return ResourceKind::Never;
        }
        let mut fields = std::array::from_fn(|_| Field { text: Slice::default(), kind: FieldKind::Any });
        let mut start = slice.start;
        for (field, part) in fields.iter_mut().zip(text.split(':')) {
            *field = Field { text: Slice { start, len: part.len() as u32 }, kind: field_kind(part) };
            start += part.len() as u32 + 1;
        }
        ResourceKind::Fields { fields, spill: Spill::None }
    }

    fn field(&mut self, slice: Slice, variables: bool) -> Field {
        let text = self.slice(slice);
        let kind = if variables && holds_variables(text) {
            FieldKind::Pieces(self.add_pieces(slice))
        } else {
            field_kind(text)
        };
        Field { text: slice, kind }
    }
}

fn field_kind(text: &str) -> FieldKind {
    match text.bytes().position(|b| b == b'*' || b == b'?') {
        None => FieldKind::Literal,
        Some(0) if text == "*" => FieldKind::Any,
        Some(at) if at + 1 == text.len() && text.ends_with('*') => FieldKind::Prefix,
        Some(_) => FieldKind::Glob,
    }
}

/// Cuts a pattern at its first five colons, those inside `${…}` not counted.
fn cut(text: &str, slice: Slice) -> Option<[Slice; 6]> {
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
