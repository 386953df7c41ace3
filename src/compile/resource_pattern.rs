//! Patterns of `Resource` and `NotResource`, and of ARN conditions (A41–A47, B9).

use super::arn_fields::{Field, Fields, cut};
use super::pieces::{Matching, Pieces, Variables};
use super::{CompiledPolicy, CompiledStatement, Slice};
use crate::names::{Arn, glob};
use crate::policy::{PolicyType, holds_variables};
use crate::source::scan::holds;

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
#[derive(Clone, Copy, Debug)]
pub struct ResourcePattern {
    /// The whole pattern as it is written.
    pub text: Slice,
    kind: ResourceKind,
}

/// The shapes of resource patterns, the frequent ones told apart.
#[derive(Clone, Copy, Debug)]
enum ResourceKind {
    /// `*`
    Any,
    /// Covers nothing.
    Never,
    /// Six fields, no wildcard: the fields are equal if the texts are.
    Literal,
    /// Six fields, one wildcard: a `*` at the very end, so that all colons are literal.
    Prefix,
    /// Six fields, compared one by one: their number in the policy's table.
    Fields { fields: u32, spill: Spill },
    /// Not six fields: the whole text is compared.
    Whole,
}

/// What happens when the fields do not fit but one of the first five ends with `*` (A43).
#[derive(Clone, Copy, Debug)]
enum Spill {
    /// None of them does: it stays at that.
    None,
    /// The whole text is compared.
    Text,
    /// The whole text is compared, and holds variables.
    Pieces(Pieces),
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

    #[inline]
    pub(super) fn matches_arn(
        &self,
        policy: &CompiledPolicy,
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> bool {
        let text = arn.text().as_bytes();
        match self.kind {
            ResourceKind::Any => true,
            ResourceKind::Never => false,
            ResourceKind::Literal => policy.bytes(self.text) == text,
            ResourceKind::Prefix => text.starts_with(policy.bytes(self.text.without_last())),
            ResourceKind::Whole => glob(policy.slice(self.text), arn.text()),
            ResourceKind::Fields { fields, spill } => {
                self.covers_by_field(policy, (fields, spill), arn, variables)
            }
        }
    }

    /// Apart, so that the shapes that one comparison settles stay short.
    #[inline(never)]
    fn covers_by_field(
        &self,
        policy: &CompiledPolicy,
        (fields, spill): (u32, Spill),
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> bool {
        policy.fields_match(&policy.fields[fields as usize], arn, variables)
            || self.spills(policy, spill, arn, variables)
    }

    /// A43, step 3.
    fn spills(
        &self,
        policy: &CompiledPolicy,
        spill: Spill,
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> bool {
        match spill {
            Spill::None => false,
            Spill::Text => glob(policy.slice(self.text), arn.text()),
            Spill::Pieces(pieces) => {
                let how = Matching { wildcards: true, ignore_case: false };
                policy.pieces_match(pieces, arn.text(), variables, how).unwrap_or(false)
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
        let fields = self.fields(policy)?;
        (1..6).find(|i| !policy.field_matches(&fields[*i], arn.field(*i), variables)).map(|i| i as u8)
    }

    /// Whether the pattern holds a variable that does not resolve.
    pub fn is_unresolved(&self, policy: &CompiledPolicy, variables: &impl Variables) -> bool {
        let fields = self.fields(policy).into_iter().flatten();
        fields
            .filter_map(|field| field.pieces())
            .any(|pieces| policy.pieces_text(pieces, variables).is_none())
    }

    fn fields(&self, policy: &CompiledPolicy) -> Option<Fields> {
        match self.kind {
            ResourceKind::Fields { fields, .. } => Some(policy.fields[fields as usize]),
            ResourceKind::Literal | ResourceKind::Prefix => {
                let slices = cut(policy.slice(self.text), self.text)?;
                Some(slices.map(|slice| policy.plain_field(slice)))
            }
            _ => None,
        }
    }

    /// Visits the keys of the policy variables in the pattern.
    pub(super) fn visit_variables<'p>(
        &self,
        policy: &'p CompiledPolicy,
        visit: &mut dyn FnMut(u64, &'p str),
    ) {
        let ResourceKind::Fields { fields, .. } = self.kind else { return };
        for pieces in policy.fields[fields as usize].iter().filter_map(Field::pieces) {
            policy.piece_keys(pieces, visit);
        }
    }
}

impl CompiledPolicy {
    /// Visits the keys of the policy variables in the resource patterns of a statement.
    pub fn resource_variables<'p>(
        &'p self,
        statement: &CompiledStatement,
        visit: &mut dyn FnMut(u64, &'p str),
    ) {
        for pattern in self.resources(statement) {
            pattern.visit_variables(self, visit);
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
            self.six_fields(slices, slice, variables)
        } else {
            self.short(slice, kind)
        };
        ResourcePattern { text: slice, kind }
    }

    /// Compiles a value of an ARN condition: six fields, no spilling over colons (B9).
    pub(super) fn arn_operand(&mut self, slice: Slice, variables: bool) -> ResourcePattern {
        let kind = match cut(self.slice(slice), slice) {
            None => ResourceKind::Never,
            Some(slices) => match self.six_fields(slices, slice, variables) {
                ResourceKind::Fields { fields, .. } => ResourceKind::Fields { fields, spill: Spill::None },
                other => other,
            },
        };
        ResourcePattern { text: slice, kind }
    }

    fn six_fields(&mut self, slices: [Slice; 6], whole: Slice, variables: bool) -> ResourceKind {
        const SPECIAL: [u8; 3] = *b"*?$";
        match self.bytes(whole) {
            text if !holds(text, SPECIAL) => return ResourceKind::Literal,
            [start @ .., b'*'] if !holds(start, SPECIAL) => return ResourceKind::Prefix,
            _ => {}
        }
        let variables = variables && holds_variables(self.slice(whole));
        let spills = slices[..5].iter().any(|slice| self.bytes(*slice).ends_with(b"*"));
        let spill = match spills {
            false => Spill::None,
            true if variables => Spill::Pieces(self.add_pieces(whole)),
            true => Spill::Text,
        };
        let fields = self.fields(slices, variables);
        ResourceKind::Fields { fields: self.add_fields(fields), spill }
    }

    /// A44: fewer than six fields. Identity-based policies fill up with `*`; elsewhere only a text that ends
    /// with a wildcard covers anything.
    fn short(&mut self, slice: Slice, kind: PolicyType) -> ResourceKind {
        let text = self.slice(slice);
        if text.ends_with('*') {
            return ResourceKind::Whole;
        }
        let padded = matches!(kind, PolicyType::IdentityBased | PolicyType::PermissionsBoundary);
        if !padded || !text.starts_with("arn:") {
            return ResourceKind::Never;
        }
        let mut fields = [Field::ANY; 6];
        let mut start = slice.start;
        for (field, part) in fields.iter_mut().zip(text.split(':')) {
            let len = part.len() as u32;
            *field = self.plain_field(Slice { start, len });
            start += len + 1;
        }
        ResourceKind::Fields { fields: self.add_fields(fields), spill: Spill::None }
    }

    fn add_fields(&mut self, fields: Fields) -> u32 {
        self.fields.push(fields);
        self.fields.len() as u32 - 1
    }
}
