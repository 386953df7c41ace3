//! What is worth a warning when a policy document is saved: sizes that AWS would refuse (A.10), and services for which
//! an RCP does nothing (A54).

use crate::facts::{self, limits};
use crate::names::has_wildcard;
use crate::world::{Document, Entity};

/// How much a kind of policy may hold, and whether white space counts.
pub(super) struct Limit {
    most: usize,
    counts_space: bool,
    raised: Option<usize>,
}

pub(super) const MANAGED: Limit = plain(limits::MANAGED_POLICY_SIZE);
pub(super) const SCP: Limit = whole(limits::SCP_SIZE);
pub(super) const RCP: Limit = whole(limits::RCP_SIZE);
pub(super) const ENDPOINT: Limit = whole(limits::ENDPOINT_POLICY_SIZE);
pub(super) const TRUST: Limit =
    Limit { raised: Some(limits::TRUST_POLICY_SIZE_MAX), ..whole(limits::TRUST_POLICY_SIZE) };

/// The limit of all inline policies of a user, group or role together.
pub(super) const fn inline(on: &Entity) -> Limit {
    match on {
        Entity::User(_) => plain(limits::USER_INLINE_SIZE),
        Entity::Group(_) => plain(limits::GROUP_INLINE_SIZE),
        Entity::Role(_) => plain(limits::ROLE_INLINE_SIZE),
    }
}

const fn plain(most: usize) -> Limit {
    Limit { most, counts_space: false, raised: None }
}

const fn whole(most: usize) -> Limit {
    Limit { most, counts_space: true, raised: None }
}

impl Limit {
    /// The warning that the documents are too long together.
    pub(super) fn check<'d>(
        &self,
        label: &str,
        documents: impl IntoIterator<Item = &'d Document>,
    ) -> Option<String> {
        self.exceeded(label, documents.into_iter().map(|document| self.size(document)).sum())
    }

    /// The warning that so many characters are too many.
    pub(super) fn exceeded(&self, label: &str, size: usize) -> Option<String> {
        let space = if self.counts_space { "" } else { ", white space not counted" };
        let raised = self.raised.map(|most| format!(", and up to {most} on request")).unwrap_or_default();
        (size > self.most)
            .then(|| format!("{label} has {size} characters{space}; AWS allows {}{raised} (A.10)", self.most))
    }

    /// How many characters of a document count.
    pub(super) fn size(&self, document: &Document) -> usize {
        let text = document.text().unwrap_or_default();
        text.chars().filter(|c| self.counts_space || !c.is_whitespace()).count()
    }
}

/// The services that an RCP names and does nothing for.
pub(super) fn idle_services(name: &str, document: &Document) -> Option<String> {
    let policy = document.compiled()?.policy();
    let patterns = policy.statements().iter().flat_map(|statement| policy.texts(statement.action.patterns));
    let mut idle: Vec<String> = patterns
        .filter_map(|pattern| Some(policy.text(pattern).split_once(':')?.0.to_ascii_lowercase()))
        .filter(|service| !has_wildcard(service) && !facts::supports_rcp(service))
        .collect();
    idle.sort();
    idle.dedup();
    let services = idle.join(", ");
    (!idle.is_empty())
        .then(|| format!("RCP {name} does nothing for {services}: RCPs act on other services (A54)"))
}
