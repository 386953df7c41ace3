//! What a policy variable sets apart: everybody's own folder, everybody's own rows.

use super::super::misspelt::is_misspelling;
use super::super::unread::without_variables;
use super::authority::By;
use super::other_call::asking_for;
use super::proposal::Proposal;
use super::slip::Slip;
use super::tags::PRINCIPAL_TAG;
use crate::explain::NearMiss;
use crate::names::{glob, has_wildcard};
use crate::question::Asked;
use crate::question::space::variables;
use crate::syntax::script::write;
use crate::trace::{Mismatch, StatementAt};
use crate::world::{ContextValue, PrincipalKind};

/// How it is said that a variable sets apart.
pub(super) const ITS_OWN: &str = " its own";

impl Asked<'_> {
    /// Why what a near miss does not cover may be rightly denied: by a variable each has its own, and this is another's.
    pub(super) fn set_apart(&self, miss: &NearMiss) -> Option<String> {
        let view = self.request.statement(miss.at)?;
        let (Mismatch::Resource { nearest, .. } | Mismatch::Unresolved(nearest)) = miss.mismatch else {
            return None;
        };
        let pattern = view.policy.resources(view.statement).get(nearest as usize)?.text(view.policy);
        let key = variables(pattern).next()?;
        let name = self.statement(miss.at).name().unwrap_or_else(|| self.named(miss.at));
        let is_anothers = glob(&without_variables(pattern), self.request.resource().text());
        is_anothers.then(|| format!("{name} gives each {key}{ITS_OWN}"))
    }

    /// The call for what is the principal's own, where the value of a variable in a pattern looks misspelt in the request.
    pub(super) fn in_the_own_part(&self, pattern: &str, at: StatementAt) -> Option<Proposal> {
        let own = self.request.resource().text();
        let (written, meant) = (without_variables(pattern), self.resolved_pattern(pattern)?);
        let mut parts = written.split('/').zip(meant.split('/')).zip(own.split('/')).enumerate();
        let (number, ((_, right), wrong)) = parts.find(|(_, ((written, right), wrong))| {
            has_wildcard(written) && !has_wildcard(right) && is_misspelling(right, wrong)
        })?;
        let all: Vec<&str> =
            own.split('/').enumerate().map(|(i, part)| if i == number { right } else { part }).collect();
        let resource = all.join("/");
        let slip = Slip::new(&*resource, own, at);
        let fact = format!("`{right}` is right, and `{wrong}` a slip");
        glob(&meant, &resource).then(|| asking_for(resource, "").of_slip(slip).provided(fact))
    }

    /// Another value of a tag that comes with the session: whoever begins it gives that, and of a role of Identity Center the
    /// directory.
    pub(super) fn session_tag(&self, key: &str, tag: &str, value: String) -> Option<Proposal> {
        let pair = write::pair(tag, &write::value(&value));
        let (words, by) = match self.permission_set() {
            Some(_) => (
                format!(
                    "have the session begin with the tag {pair}, which IAM Identity Center takes from the directory (attributes for access control)"
                ),
                "whoever keeps the directory, or administers IAM Identity Center",
            ),
            None => (
                format!("begin the session with the tag {pair}: `--tags Key={tag},Value={value}`"),
                "whoever begins the session",
            ),
        };
        let fact = format!("`{value}` is the right value");
        let entry = (key.to_owned().into(), ContextValue::One(value.into()));
        Some(Proposal::of_key(words, entry, None).by(Some(By::Said(by.to_owned()))).provided(fact))
    }

    /// Whether a tag of the principal came with its session, which no tag of its role or user changes.
    pub(super) fn comes_with_session(&self, key: &str) -> bool {
        let principal = &self.request.caller.principal;
        let is_session =
            matches!(principal.kind, PrincipalKind::RoleSession { .. } | PrincipalKind::FederatedUser { .. });
        let has = |tag: &str| {
            principal
                .session
                .as_ref()
                .is_some_and(|own| own.tags.keys().any(|known| known.eq_ignore_ascii_case(tag)))
        };
        let tag = key.get(PRINCIPAL_TAG.len()..).unwrap_or_default();
        is_session && (self.request.is_given(key) || has(tag) || self.permission_set().is_some())
    }
}
