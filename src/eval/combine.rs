//! How the layers' Allows combine: D.4 (same account), D.6 (across accounts), D.7 (decisive resource policies).
//!
//! A pure function of what the layers said; the rules are cited where they are applied.

use crate::facts::{RuleId, decisive_resource_policy, rule};
use crate::policy::{Layer, PolicyType};
use crate::trace::Strengths;
use crate::world::{Prepared, PrincipalKind, UnknownPolicy};

/// The service whose auth policies must allow beside the identity-based policies.
const LATTICE: &str = "vpc-lattice-svcs";

/// What the combination comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Combined {
    /// A bit for each layer whose Allow is missing.
    blocked: u8,
    /// A bit for each layer whose Allow was needed and is there.
    allowed: u8,
    /// The rule that combined them.
    pub(super) rule: Option<RuleId>,
}

impl Combined {
    pub(super) fn is_allowed(&self) -> bool {
        self.blocked == 0
    }

    /// The layers through which it is allowed.
    pub(super) fn allowed_by(&self) -> impl Iterator<Item = Layer> {
        let allowed = if self.is_allowed() { self.allowed } else { 0 };
        Layer::ALL.into_iter().filter(move |layer| allowed & layer.bit() != 0)
    }

    /// The layers whose Allow is missing.
    pub(super) fn blocked_by(&self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(|layer| self.blocked & layer.bit() != 0)
    }

    fn need(&mut self, layer: Layer, holds: bool) {
        let layers = if holds { &mut self.allowed } else { &mut self.blocked };
        *layers |= layer.bit();
    }
}

/// The Allows of one request, taken now, at best or at worst.
struct Allows<'r> {
    request: &'r Prepared<'r>,
    /// Identity-based policies; root needs none (E3).
    identity: bool,
    boundary: bool,
    session: bool,
    /// How the resource policy names the principal.
    strengths: Strengths,
}

/// Combines what the layers said (D.3-8, D.3-9): which of them allow, and how the resource's policy names the principal.
#[inline]
pub(super) fn combine(
    request: &Prepared<'_>,
    allows: impl Fn(Layer) -> bool,
    strengths: Strengths,
) -> Combined {
    let mut verdict = Combined::default();
    for layer in [Layer::ServiceControl, Layer::VpcEndpoint] {
        // D.3-5, D.3-6
        if request.takes_part(layer) && !allows(layer) {
            verdict.need(layer, false);
        }
    }
    let allows = Allows {
        request,
        identity: request.caller.identity.is_none() || allows(Layer::IdentityBased),
        boundary: allows(Layer::PermissionsBoundary),
        session: session_allows(request, allows(Layer::Session)),
        strengths: strengths.or(granted(request)),
    };
    allows.combine(&mut verdict);
    if request.caller.is_scoped() {
        verdict.need(Layer::Session, allows.session); // I22
    }
    if let Some(unknown) = request.unknown_policy() {
        verdict.rule = Some(unknown.rule());
        // I4, I6: none has to allow beside an identity-based policy what a file system lets in without any.
        if unknown != UnknownPolicy::OfNoFileSystem {
            verdict.need(Layer::ResourceBased, !allows.strengths.is_empty());
        }
    }
    verdict
}

/// D10, D11: a federated user without session policy gets nothing; the policy of a task only denies.
fn session_allows(request: &Prepared<'_>, allows: bool) -> bool {
    match (&request.caller.principal.kind, request.caller.session.is_empty()) {
        (PrincipalKind::AssumedRoot { .. } | PrincipalKind::Root(_), _) => true,
        (PrincipalKind::FederatedUser { .. }, true) => false,
        _ => allows,
    }
}

/// D22: a grant is an allow path in place of the key policy's Allow, and names the grantee directly.
fn granted(request: &Prepared<'_>) -> Strengths {
    let Some(record) = &request.side.record else { return Strengths::NONE };
    let caller = &request.caller;
    let is_grantee = |arn: &str| *caller.arn == *arn || caller.parent_arn.as_deref() == Some(arn);
    let found = record.grants.iter().any(|grant| {
        is_grantee(&grant.principal) && grant.actions.iter().any(|action| request.action.is(action))
    });
    if found { Strengths::SESSION } else { Strengths::NONE }
}

impl Allows<'_> {
    fn combine(&self, verdict: &mut Combined) {
        if !self.request.is_iam_principal() {
            return self.outside_iam(verdict);
        }
        if let Some(is_needed) = self.request.needs_delegation() {
            return self.delegated(verdict, is_needed);
        }
        if self.request.is_cross_account() {
            return self.cross_account(verdict);
        }
        // D23: roles and keys; all other services, S3, SNS, SQS and Lambda among them, follow D.4 (D24, D25).
        let decisive = self.request.side.kind.is_some_and(|kind| {
            let (action, is) = (&self.request.action, matches!(kind, PolicyType::Trust | PolicyType::Key));
            is && decisive_resource_policy(action.service(), action.name()).is_some()
        });
        match decisive {
            true => self.decisive(verdict),
            false if self.request.action.is_of(LATTICE) => self.lattice(verdict),
            false => self.same_account(verdict),
        }
    }

    /// D16, D39, D40: services, providers and anonymous callers have only the resource's side.
    fn outside_iam(&self, verdict: &mut Combined) {
        verdict.rule = Some(const { rule("D16") });
        let named = Strengths::SERVICE.or(Strengths::PROVIDER).or(Strengths::ANY);
        verdict.need(Layer::ResourceBased, self.strengths.has(named));
    }

    /// I17: a member account needs what its own side allows, and the delegation policy where that made it an
    /// administrator.
    fn delegated(&self, verdict: &mut Combined, is_needed: bool) {
        verdict.rule = Some(const { rule("I17") });
        if is_needed {
            verdict.need(Layer::ResourceBased, !self.strengths.is_empty());
        }
        self.principal_side(verdict);
    }

    /// D14, D15, D17, D19, D20: both sides must allow, however the resource policy names the principal.
    fn cross_account(&self, verdict: &mut Combined) {
        verdict.rule = Some(const { rule("D14") });
        if self.request.action.is("sts:AssumeRoot") {
            verdict.rule = Some(const { rule("E8") });
            return self.principal_side(verdict); // the member account has no say
        }
        verdict.need(Layer::ResourceBased, !self.strengths.is_empty());
        self.principal_side(verdict);
    }

    /// D.4.
    fn same_account(&self, verdict: &mut Combined) {
        match self.request.caller.principal.kind {
            PrincipalKind::Root(_) | PrincipalKind::AssumedRoot { .. } => {} // E3: always
            PrincipalKind::User { .. } if self.strengths.has(Strengths::USER.or(Strengths::ANY)) => {
                self.named_directly(verdict); // D.5 rows 1, 4
            }
            PrincipalKind::User { .. } => self.principal_side(verdict),
            _ => self.session_of_same_account(verdict),
        }
    }

    fn session_of_same_account(&self, verdict: &mut Combined) {
        if self.strengths.has(Strengths::SESSION.or(Strengths::ANY)) {
            self.named_directly(verdict); // D.5 rows 3–6
        } else if self.strengths.has(Strengths::PARENT) {
            self.through_parent(verdict);
        } else {
            self.principal_side(verdict); // D.5: the account delegates to identity-based policies
        }
    }

    /// D.5: the resource's policy names the principal itself, so nothing on its own side has to allow.
    fn named_directly(&self, verdict: &mut Combined) {
        verdict.rule = Some(const { rule("D.5") });
        verdict.need(Layer::ResourceBased, true);
    }

    /// D.5 rows 2 and 7: naming the role or the issuing user spares the identity-based policies alone.
    fn through_parent(&self, verdict: &mut Combined) {
        verdict.rule = Some(const { rule("D.5") });
        verdict.need(Layer::ResourceBased, true);
        self.limits(verdict);
    }

    /// D21, D22: the trust policy or key policy takes part in every grant, root included.
    fn decisive(&self, verdict: &mut Combined) {
        let is_trust = self.request.side.kind == Some(PolicyType::Trust);
        verdict.rule = Some(if is_trust { const { rule("D21") } } else { const { rule("D22") } });
        verdict.need(Layer::ResourceBased, !self.strengths.is_empty());
        let direct = Strengths::USER.or(Strengths::SESSION).or(Strengths::ANY).or(Strengths::ROOT);
        if self.strengths.has(direct) {
            let by_user = self.strengths.has(Strengths::USER) && !self.strengths.has(Strengths::ANY);
            if is_trust && by_user && self.request.settings().trust_user_boundary {
                self.need_if_set(verdict, Layer::PermissionsBoundary, self.boundary);
            }
        } else if self.strengths.has(Strengths::PARENT) {
            self.limits(verdict);
        } else {
            self.principal_side(verdict);
        }
    }

    /// I1: VPC Lattice asks the identity-based policies too, however an auth policy names the principal.
    fn lattice(&self, verdict: &mut Combined) {
        if self.request.takes_part(Layer::ResourceBased) {
            verdict.rule = Some(const { rule("I1") });
            verdict.need(Layer::ResourceBased, !self.strengths.is_empty());
        }
        self.principal_side(verdict);
    }

    /// I and B and Q.
    fn principal_side(&self, verdict: &mut Combined) {
        if self.request.caller.identity.is_some() {
            verdict.need(Layer::IdentityBased, self.identity);
        }
        self.limits(verdict);
    }

    /// B and Q.
    fn limits(&self, verdict: &mut Combined) {
        self.need_if_set(verdict, Layer::PermissionsBoundary, self.boundary);
        let session_needed = !self.request.caller.session.is_empty() || !self.session;
        if session_needed && !self.request.caller.principal.is_root() {
            verdict.need(Layer::Session, self.session);
        }
    }

    fn need_if_set(&self, verdict: &mut Combined, layer: Layer, holds: bool) {
        if self.request.takes_part(layer) {
            verdict.need(layer, holds);
        }
    }
}
