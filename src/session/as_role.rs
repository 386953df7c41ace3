//! A question that is put as a role: whether the role may be assumed, and whether its session may do it then.

use std::borrow::Cow;
use std::sync::Arc;

use super::posed::Posed;
use super::role_session::{AssumeRole, role_needs, session_of};
use crate::explain::{Companion, Explanation, Verdict};
use crate::question::{Asked, Assumptions, Question};
use crate::world::{ContextEntry, GivenPolicies, Principal, PrincipalKind, Tags, World, WorldError};

const MFA: &str = "aws:MultiFactorAuth";

/// Keys of whoever assumes the role, which its session does not have.
const OF_ASKER: [&str; 5] = ["sts:", MFA, "aws:Principal", "aws:username", "aws:userid"];

/// Keys of the call that the session makes.
const OF_CALL: [&str; 5] =
    ["aws:RequestTag/", "aws:TagKeys", "aws:ResourceTag/", "aws:RequestedRegion", "aws:CalledVia"];

impl Posed {
    /// The question that decides: whether the role may be assumed, where it may not, else what its session asks for.
    ///
    /// # Errors
    /// If action, resource or policies are not of their form.
    pub fn deciding(&self, world: &World) -> Result<Cow<'_, Question>, WorldError> {
        let Some(role) = &self.as_role else { return Ok(Cow::Borrowed(&self.question)) };
        let first = self.assuming(role);
        let may = first.ask(world)?.verdict() == Verdict::Allowed;
        Ok(Cow::Owned(if may { self.of_session(role) } else { first }))
    }

    /// Asks, and explains the answer; as a role, which of both it is about.
    ///
    /// # Errors
    /// As [`Self::deciding`].
    pub fn explained(
        &self,
        world: &World,
        explain: fn(Asked<'_>) -> Explanation,
    ) -> Result<Explanation, WorldError> {
        let Some(role) = &self.as_role else { return self.question.ask(world).map(explain) };
        let first = self.assuming(role);
        let asked = first.ask(world)?;
        let name = role_name(role);
        if asked.verdict() != Verdict::Allowed {
            let on = self.resource.as_ref().map(|on| format!(" on {on}")).unwrap_or_default();
            return Ok(explain(asked).before(&name, &format!("to do {}{on} as {name}", self.action)));
        }
        let (who, by) = (asked.wording().who, asked.headline());
        let assumed = Companion {
            action: first.action.to_string(),
            resource: first.resource.as_ref().map(ToString::to_string),
            service: None,
            verdict: Verdict::Allowed,
            by,
            what: format!("sts:AssumeRole of {name} by {who}"),
            tell: None,
            is_certain: true,
            is_usual: false,
        };
        Ok(self.of_session(role).ask(world).map(explain)?.behind(assumed, &who))
    }

    /// Whether whoever asks may assume the role.
    fn assuming(&self, role: &Principal) -> Question {
        let mut needs = role_needs(&self.assumption(role)).into_iter();
        let need = needs.next().map(|need| (need.resource, need.context)).unwrap_or_default();
        let mut context = self.context_but(&OF_CALL, |key| starts(key, "aws:") || starts(key, "sts:"));
        context.extend(need.1.into_iter().filter(|(key, _)| !self.gives(key)));
        let given = &self.assumptions.policies;
        let policies = GivenPolicies { resource: None, vpc_endpoint: None, rcp: None, ..(**given).clone() };
        let assumptions = Assumptions {
            context,
            policies: Arc::new(policies),
            settings: self.assumptions.settings,
            now: self.assumptions.now,
            ..Assumptions::default()
        };
        Question::new(Arc::clone(&self.question.principal), "sts:AssumeRole").on(need.0).assuming(assumptions)
    }

    /// What the session of the role asks for.
    fn of_session(&self, role: &Principal) -> Question {
        let given = &self.assumptions.policies;
        let policies = GivenPolicies {
            resource: given.resource.clone(),
            vpc_endpoint: given.vpc_endpoint.clone(),
            rcp: given.rcp.clone(),
            ..GivenPolicies::default()
        };
        let context = self.context_but(&OF_ASKER, |_| true);
        let assumptions = Assumptions { context, policies: Arc::new(policies), ..self.assumptions.clone() };
        let session = session_of(Some(&self.question.principal), self.assumption(role));
        Question { principal: Arc::new(session), assumptions, ..self.question.clone() }
    }

    fn assumption(&self, role: &Principal) -> AssumeRole {
        let session = match &role.kind {
            PrincipalKind::RoleSession { session, .. } => session.clone(),
            _ => "".into(),
        };
        AssumeRole {
            role: role.clone(),
            session,
            mfa: self.assumptions.context.iter().any(|(key, value)| {
                key.eq_ignore_ascii_case("aws:MultiFactorAuthPresent") && value.only() == Some("true")
            }),
            policies: Vec::new(),
            tags: Tags::new(),
            transitive: Vec::new(),
            external_id: None,
            source_identity: None,
        }
    }

    fn gives(&self, key: &str) -> bool {
        self.assumptions.context.iter().any(|(own, _)| own.eq_ignore_ascii_case(key))
    }

    fn context_but(&self, out: &[&str], is: fn(&str) -> bool) -> Vec<ContextEntry<'static>> {
        let all = self.assumptions.context.iter();
        all.filter(|(key, _)| is(key) && !out.iter().any(|start| starts(key, start))).cloned().collect()
    }
}

fn starts(key: &str, start: &str) -> bool {
    key.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

fn role_name(role: &Principal) -> String {
    match &role.kind {
        PrincipalKind::RoleSession { role, .. } => format!("role {role}"),
        _ => role.arn(),
    }
}
