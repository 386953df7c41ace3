//! What is worth knowing about a question and its answer: notes where a rule with a doubt was applied, warnings
//! where something is probably not meant.

use super::warning::{QuestionPart, Warning};
use crate::catalog::{ActionFacts, ResourceTypeFacts};
use crate::compile::{Element, PrincipalPatternKind, Test};
use crate::facts::{self, OrganizationsCaller};
use crate::names::Arn;
use crate::policy::{Effect, Layer, Operator};
use crate::question::Asked;
use crate::trace::{Decision, GateName, Mismatch, StatementTrace, StatementView};
use crate::world::{PrincipalKind, ServiceLinked};

impl Asked<'_> {
    /// What is worth knowing, where policies decided.
    pub(super) fn notes(&self) -> Vec<String> {
        let by_policies = self.trace.gate.is_none() && !self.request.caller.principal.is_root();
        let mut notes = if by_policies { self.request.notes.clone() } else { Vec::new() };
        notes.extend(self.unknown_notes());
        notes.extend(self.idle_policies());
        notes.extend(self.public_access_note());
        notes.extend(self.issuer_note());
        notes.extend(self.not_principal_note());
        notes.extend(self.pattern_note());
        notes.extend(self.request_tags_note());
        let is_given = self.request.request.policies.resource.is_some(); // said where it is idle
        notes.extend(self.request.passed_over().into_iter().filter(|_| by_policies && !is_given));
        notes.extend(self.endpoint_note());
        notes.extend(self.service_linked_note());
        notes.extend(self.registered_note());
        notes.extend(self.turned_notes());
        notes
    }

    /// I5: the VPC that tells the endpoint.
    fn endpoint_note(&self) -> Option<String> {
        let mut possible = self.request.possible_endpoints();
        let only =
            possible.next().filter(|_| possible.next().is_none() && self.request.endpoint.is_some())?;
        let (id, vpc) = (&only.id, &only.vpc);
        Some(format!("{vpc} has one endpoint for this service, {id}, so the call goes through it"))
    }

    /// I20: who is taken for a service-linked role by its name alone.
    fn service_linked_note(&self) -> Option<String> {
        let caller = &self.request.caller;
        let PrincipalKind::RoleSession { account, role, .. } = &caller.principal.kind else { return None };
        let by_name = caller.service_linked == Some(ServiceLinked::ByName);
        by_name.then(|| {
            format!(
                "{role} is taken for a service-linked role because of its name, so SCPs and RCPs were left out: account {account} has no role of that name here; if it is an ordinary one, declare it"
            )
        })
    }

    /// What serves the public while Block Public Access stays on (CloudFront guide (2026): private-content-restricting-access-to-s3).
    fn public_access_note(&self) -> Option<String> {
        let is_anonymous = self.request.caller.principal.kind == PrincipalKind::Anonymous;
        let is_declared = self.request.side.record.as_ref().is_some_and(|own| own.bucket.is_none());
        (self.is_restricted() && is_anonymous && !is_declared && self.request.action.is("s3:GetObject")).then(|| {
            "a known way to serve the public from a bucket that stays closed, not tried here: CloudFront with origin access \
             control, which the bucket policy lets in by `aws:SourceArn`"
                .to_owned()
        })
    }

    /// D8: the policies of a federated session are those of its issuer.
    fn issuer_note(&self) -> Option<String> {
        let unknown =
            matches!(self.request.caller.principal.kind, PrincipalKind::FederatedUser { issuer: None, .. });
        unknown.then(|| {
            "who issued the federated session is not known, so neither are its policies: give `issuer`"
                .to_owned()
        })
    }

    /// I17: that a delegated administrator may write because it is registered for a service is our reading.
    fn registered_note(&self) -> Option<String> {
        if self.request.needs_delegation() != Some(false) {
            return None;
        }
        let name = self.request.action.name();
        let is_for_some = facts::organizations_caller(name) == OrganizationsCaller::ManagementOrDelegated;
        (is_for_some && !facts::organizations_reads(name)).then(|| {
            "AWS names the delegation policy for calls that change something; that an administrator registered for a service needs none is not certain"
                .to_owned()
        })
    }

    /// D26, D27: services differ in how closely they look at `NotPrincipal`.
    fn not_principal_note(&self) -> Option<String> {
        let denies = |trace: &&StatementTrace| trace.effect == Effect::Deny && trace.found.is_ok();
        let negated = |trace: &StatementTrace| {
            self.request
                .statement(trace.at)
                .is_some_and(|view| view.statement.principal_element == Element::Negated)
        };
        let found = self.decision == Decision::ExplicitDeny
            && self.trace.statements.iter().filter(denies).any(negated);
        let bounded = self.request.caller.has_boundary; // then D28 is the reason
        (found && !bounded).then(|| {
            "NotPrincipal spares only whoever is listed with account, role and session; some services look less closely"
                .to_owned()
        })
    }

    /// A46: AWS's own policies rely on patterns that the rule does not honour.
    fn pattern_note(&self) -> Option<String> {
        let no_types = self.request.facts.is_some_and(|facts| !facts.has_resource_types());
        let missed = |trace: &StatementTrace| {
            trace.effect == Effect::Allow
                && trace.found == Err(Mismatch::NotCovered)
                && self.has_wide_pattern(trace)
        };
        let found = self.decision == Decision::ImplicitDeny
            && no_types
            && self.trace.gate.is_none()
            && self.trace.statements.iter().any(missed);
        found.then(|| {
            "the action has no resource types, so only `*` covers it; AWS's own policies use patterns for all resources of a type here, and the service may allow it"
                .to_owned()
        })
    }

    fn has_wide_pattern(&self, trace: &StatementTrace) -> bool {
        self.request.statement(trace.at).is_some_and(|StatementView { policy, statement, .. }| {
            policy.resources(statement).iter().any(|pattern| pattern.text(policy).ends_with('*'))
        })
    }

    /// What is probably not meant.
    pub(super) fn warnings(&self) -> Vec<Warning> {
        let found = [
            self.unknown_action(),
            self.unknown_date(),
            self.unknown_principal(),
            self.other_resource(),
            self.missing_resource(),
            self.multivalued_key(),
            self.canonical_user(),
        ];
        let of_policies = self.keys_that_are_not().into_iter().chain(self.actions_that_are_not());
        found.into_iter().flatten().chain(self.unfit_values()).chain(of_policies).collect()
    }

    fn unknown_action(&self) -> Option<Warning> {
        let action = &self.request.action;
        if self.request.facts.is_some() || action.is_of("rootonly") || facts::is_newer_action(action.text()) {
            return None;
        }
        let message = self.request.world.catalog().unlisted_action(action.text());
        Some(Warning::new("unknown-action", QuestionPart::Action, message))
    }

    fn unknown_date(&self) -> Option<Warning> {
        let unknown =
            self.trace.gate.as_ref().is_some_and(|gate| gate.name == GateName::RootOnly && gate.unknown);
        let message = "the sources do not say whether the task was root-only on that day";
        unknown.then(|| Warning::new("unknown-date", QuestionPart::Nothing, message))
    }

    /// A principal of an account that the world knows, but which it lacks.
    fn unknown_principal(&self) -> Option<Warning> {
        let caller = &self.request.caller;
        let entity =
            matches!(caller.principal.kind, PrincipalKind::User { .. } | PrincipalKind::RoleSession { .. });
        let lacks = entity && !caller.is_known && self.request.world.account(caller.account?).is_some();
        let without_policies = caller.identity.as_ref().is_some_and(|level| level.set.is_empty());
        let name = caller.parent_arn.as_deref().unwrap_or(&caller.arn);
        let message = || format!("the world has no {name}, so it has no policies here");
        (lacks && without_policies)
            .then(|| Warning::new("unknown-principal", QuestionPart::Principal, message()))
    }

    /// A.11: the action does not act on resources of that form.
    fn other_resource(&self) -> Option<Warning> {
        let (facts, arn) = (self.request.facts?, self.request.arn()?);
        // A recovery point has an ARN of the service of what was backed up (I1).
        let of_backup = facts.service().prefix() == "backup" && arn.service() != "backup";
        let fits = !facts.has_resource_types() || of_backup || acts_on(facts, &in_an_account(&arn));
        let wild = arn.text().contains(['*', '?']);
        let message = || match self.is_asked_by_alias() {
            true => format!(
                "no key is known behind {0}: `resource {0} in KEY-ARN` says which it is a name of",
                arn.text()
            ),
            false => format!("{facts} does not act on a resource such as {}", arn.text()),
        };
        (!fits && !wild).then(|| Warning::new("mismatched-resource", QuestionPart::Resource, message()))
    }

    /// A.11, I4: the action needs a resource, nobody named one, and with one the answer may be another.
    fn missing_resource(&self) -> Option<Warning> {
        let lists_tasks = self.request.action.is("ecs:ListTasks"); // the known exception
        let facts = self.request.facts.filter(|facts| facts.needs_resource() && !lists_tasks)?;
        let named = self.request.request.resource.is_some_and(|resource| resource != "*");
        let spared = |trace: &StatementTrace| {
            let by_resource = matches!(
                trace.found,
                Err(Mismatch::OnlyStar(_) | Mismatch::Resource { .. } | Mismatch::NotCovered)
            );
            trace.effect == Effect::Deny && by_resource
        };
        let open = match self.decision {
            Decision::ImplicitDeny => true,
            Decision::Allowed => self.trace.statements.iter().any(spared),
            Decision::ExplicitDeny => false,
        };
        let message = || format!("{facts} acts on a resource, and none is named: on one it may be otherwise");
        (open && !named && self.trace.gate.is_none())
            .then(|| Warning::new("missing-resource", QuestionPart::Action, message()))
    }

    /// B18: a multivalued key under an operator for single values.
    fn multivalued_key(&self) -> Option<Warning> {
        let key = self.trace.statements.iter().find_map(|trace| {
            let view = self.request.statement(trace.at).filter(|_| is_target(trace))?;
            let StatementView { policy, statement, .. } = view;
            let compares =
                |test: &&Test| test.operator.set.is_none() && test.operator.operator != Operator::Null;
            let mut tests = policy.tests(statement).iter().filter(compares);
            let test = tests.find(|test| self.request.is_list(test.hash, test.key(policy)))?;
            Some(test.key(policy).to_owned())
        })?;
        let message =
            format!("{key} is multivalued, and a test of it needs `ForAllValues:` or `ForAnyValue:`");
        Some(Warning::new("multivalued-key", QuestionPart::Nothing, message))
    }

    /// A29: whose canonical id it is, nobody said.
    fn canonical_user(&self) -> Option<Warning> {
        let names = |trace: &StatementTrace| {
            let view = self.request.statement(trace.at).filter(|_| trace.at.layer == Layer::ResourceBased);
            let patterns = view.map(|view| view.policy.principals(view.statement)).unwrap_or_default();
            patterns.iter().any(|pattern| pattern.kind == PrincipalPatternKind::CanonicalUser)
        };
        let message =
            "a statement names an account by its canonical user id; whose that is, is not known here";
        let warning = || Warning::new("canonical-user", QuestionPart::Nothing, message);
        self.trace.statements.iter().any(names).then(warning)
    }
}

/// Whether action, resource and principal of a statement fit, so that its condition was looked at.
pub(super) fn is_target(trace: &StatementTrace) -> bool {
    matches!(trace.found, Ok(_) | Err(Mismatch::Condition { .. }))
}

/// An ARN of what AWS owns, as a document of Systems Manager, with an account, which the forms of ARNs ask for.
fn in_an_account(arn: &Arn<'_>) -> String {
    let is_of_aws =
        arn.service() == "ssm" && arn.account().is_empty() && arn.resource().starts_with("document/AWS-");
    if is_of_aws { arn.with_field(4, "111122223333") } else { arn.text().to_owned() }
}

/// Whether an action acts on a resource of that form: a part of a name may be empty (`GET/` is the root of an API), and
/// what lies in a resource, such as an object in a bucket, is not that resource.
pub fn acts_on(action: ActionFacts<'_>, arn: &str) -> bool {
    let filled = arn.replace("//", "/-/") + if arn.ends_with('/') { "-" } else { "" };
    let fitting = [arn, &filled].into_iter().find_map(|arn| Some((action.resource_type_of(arn)?, arn)));
    let Some((kind, arn)) = fitting else { return false };
    let lies_in_it = |other: ResourceTypeFacts<'_>| {
        let below = |format: &str| kind.arn_formats().any(|own| format.starts_with(&format!("{own}/")));
        other != kind && other.arn_formats().any(below)
    };
    !kind.service().resource_type_of(arn).is_some_and(lies_in_it)
}
