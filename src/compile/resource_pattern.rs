//! Patterns of `Resource` and `NotResource`, and of ARN conditions (A41–A47, B9).

use super::arn_fields::{Field, Fields, cut};
use super::pieces::Variables;
use super::{CompiledPolicy, CompiledStatement, Slice};
use crate::names::{Arn, glob};
use crate::policy::{OF_API, PolicyType, TextPart, holds_variables};
use crate::source::scan::{first, holds, nth};

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
    pub(super) text: Slice,
    pub(super) kind: ResourceKind,
}

/// The shapes of resource patterns, the frequent ones told apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum ResourceKind {
    /// `*`
    Any,
    /// Covers nothing.
    Never,
    /// Six fields, no wildcard: the fields are equal if the texts are.
    Literal,
    /// Six fields, one wildcard: a `*` at the very end, so that all colons are literal.
    Prefix,
    /// Six fields with wildcards elsewhere, compared one by one: how long the first five are, with their colons,
    /// and whether one of them ends with `*` (A43).
    Wildcards { front: u32, spills: bool },
    /// Six fields, with variables or filled up: the number of the pattern in the policy's table.
    Fields(u32),
    /// Not six fields: the whole text is compared.
    Whole,
    /// `execute-api:/STAGE/VERB/PATH` in the policy of an API: the stage and what follows it, of that API (I3).
    OfApi,
}

/// A pattern that is kept field by field.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldPattern {
    pub(super) fields: Fields,
    /// The whole text, where it is compared if the fields do not fit: one of the first five ends with `*` (A43).
    pub(super) whole: Option<Field>,
}

impl ResourcePattern {
    /// The pattern as it is written.
    pub fn text<'p>(&self, policy: &'p CompiledPolicy) -> &'p str {
        policy.slice(self.text)
    }

    /// Its six fields in the order of an ARN, each cut at its policy variables; a field that was filled up is `*`
    /// (A44). `None` for `*` and for what has no six fields.
    pub fn fields<'p>(&self, policy: &'p CompiledPolicy) -> Option<[Vec<TextPart<'p>>; 6]> {
        self.cut(policy).map(|fields| fields.map(|field| policy.field_parts(&field)))
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
            ResourceKind::Whole => glob(policy.bytes(self.text), text),
            ResourceKind::OfApi => is_of_api(policy.bytes(self.text), arn),
            ResourceKind::Wildcards { .. } | ResourceKind::Fields(_) => {
                self.covers_by_field(policy, arn, variables)
            }
        }
    }

    /// A43. Apart, so that the shapes that one comparison settles stay short.
    #[inline(never)]
    fn covers_by_field(&self, policy: &CompiledPolicy, arn: &Arn<'_>, variables: &impl Variables) -> bool {
        match self.kind {
            ResourceKind::Wildcards { front, spills } => {
                let (front, resource) = self.text.split_at(front);
                policy.plain_fields_match(front, resource, arn)
                    || spills && glob(policy.bytes(self.text), arn.text())
            }
            ResourceKind::Fields(number) => {
                let pattern = &policy.fields[number as usize];
                let spills = |whole| policy.field_matches(whole, arn.text(), variables);
                policy.fields_match(&pattern.fields, arn, variables)
                    || pattern.whole.as_ref().is_some_and(spills)
            }
            _ => false,
        }
    }

    /// The first field of a six-field pattern that does not cover that of the ARN, 1 (partition) to 5 (resource).
    pub fn first_mismatch(
        &self,
        policy: &CompiledPolicy,
        arn: &Arn<'_>,
        variables: &impl Variables,
    ) -> Option<u8> {
        if let ResourceKind::OfApi = self.kind {
            return (!self.matches_arn(policy, arn, variables)).then_some(5);
        }
        let fields = self.cut(policy)?;
        (1..6).find(|i| !policy.field_matches(&fields[*i], arn.field(*i), variables)).map(|i| i as u8)
    }

    /// Whether the pattern holds a variable that does not resolve.
    pub fn is_unresolved(&self, policy: &CompiledPolicy, variables: &impl Variables) -> bool {
        let fields = self.cut(policy).into_iter().flatten();
        fields
            .filter_map(|field| field.pieces())
            .any(|pieces| policy.pieces_text(pieces, variables).is_none())
    }

    fn cut(&self, policy: &CompiledPolicy) -> Option<Fields> {
        match self.kind {
            ResourceKind::Fields(number) => Some(policy.fields[number as usize].fields),
            ResourceKind::Literal | ResourceKind::Prefix | ResourceKind::Wildcards { .. } => {
                Some(cut(policy.slice(self.text), self.text)?.map(Field::Plain))
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
        let ResourceKind::Fields(number) = self.kind else { return };
        for pieces in policy.fields[number as usize].fields.iter().filter_map(Field::pieces) {
            policy.piece_keys(pieces, visit);
        }
    }
}

/// I3: a policy of an API is asked for that API alone, so its id need not be known.
fn is_of_api(pattern: &[u8], arn: &Arn<'_>) -> bool {
    let Some((_, method)) = arn.resource().split_once('/').filter(|_| arn.service() == "execute-api") else {
        return false;
    };
    glob(&pattern[OF_API.len()..], method)
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
        let text = self.bytes(slice);
        let only_stars = !text.is_empty() && text.iter().all(|b| *b == b'*');
        let kind = match only_stars {
            true => ResourceKind::Any,
            false => self.six_fields(slice, variables, true).unwrap_or_else(|| self.short(slice, kind)),
        };
        ResourcePattern { text: slice, kind }
    }

    /// Compiles a value of an ARN condition: six fields, no spilling over colons (B9).
    pub(super) fn arn_operand(&mut self, slice: Slice, variables: bool) -> ResourcePattern {
        let kind = self.six_fields(slice, variables, false).unwrap_or(ResourceKind::Never);
        ResourcePattern { text: slice, kind }
    }

    /// The shape of a pattern of six fields; `None` if it has fewer. `may_spill` says whether A43, step 3, holds.
    fn six_fields(&mut self, whole: Slice, variables: bool, may_spill: bool) -> Option<ResourceKind> {
        let text = self.bytes(whole);
        if holds(text, *b"$") {
            return self.fields_with_variables(whole, variables, may_spill);
        }
        let front = nth(text, b':', 5)? + 1;
        Some(match first(text, *b"*?") {
            None => ResourceKind::Literal,
            Some(at) if at + 1 == text.len() && text[at] == b'*' => ResourceKind::Prefix,
            Some(at) => {
                let fields = text.get(at..front).unwrap_or_default();
                let spills = may_spill && fields.windows(2).any(|two| two == b"*:");
                ResourceKind::Wildcards { front: front as u32, spills }
            }
        })
    }

    fn fields_with_variables(
        &mut self,
        whole: Slice,
        variables: bool,
        may_spill: bool,
    ) -> Option<ResourceKind> {
        let slices = cut(self.slice(whole), whole)?;
        let variables = variables && holds_variables(self.slice(whole));
        let spills = may_spill && slices[..5].iter().any(|slice| self.bytes(*slice).ends_with(b"*"));
        let spilled = spills.then(|| match variables {
            true => Field::Pieces(self.add_pieces(whole)),
            false => Field::Plain(whole),
        });
        let fields = self.fields(slices, variables);
        Some(self.add_fields(FieldPattern { fields, whole: spilled }))
    }

    /// A44: fewer than six fields. Identity-based policies fill up with `*`; elsewhere only a text that ends
    /// with a wildcard covers anything.
    fn short(&mut self, slice: Slice, kind: PolicyType) -> ResourceKind {
        let text = self.slice(slice);
        if kind == PolicyType::ResourceBased && text.starts_with(OF_API) {
            return ResourceKind::OfApi;
        }
        if text.ends_with('*') {
            return ResourceKind::Whole;
        }
        let padded = matches!(kind, PolicyType::IdentityBased | PolicyType::PermissionsBoundary);
        if !padded || !text.starts_with("arn:") {
            return ResourceKind::Never;
        }
        let mut fields = [Field::Any; 6];
        let mut start = slice.start;
        for (field, part) in fields.iter_mut().zip(text.split(':')) {
            let len = part.len() as u32;
            *field = Field::Plain(Slice { start, len });
            start += len + 1;
        }
        self.add_fields(FieldPattern { fields, whole: None })
    }

    fn add_fields(&mut self, pattern: FieldPattern) -> ResourceKind {
        self.fields.push(pattern);
        ResourceKind::Fields(self.fields.len() as u32 - 1)
    }
}
