//! What follows from another name of a user: the policies that mean it as a principal mean it still, under its new ARN
//! (A31). AWS keeps the unique id in them; here the text follows the name.

use std::sync::Arc;

use crate::policy::PolicyType;
use crate::source::Source;
use crate::world::account::{Account, Role};
use crate::world::{Document, Resource, World, policy_kind};

/// ARNs in a policy, and the unique ids that they meant when it was saved.
type Ids = Arc<[(Box<str>, Box<str>)]>;

/// A user that got another name.
pub(super) struct Renamed<'a> {
    pub(super) id: &'a str,
    pub(super) old: &'a str,
    pub(super) new: &'a str,
}

impl World {
    /// Writes the new ARN into the trust and resource policies that mean the user by its old one; how many there are.
    pub(super) fn rename_principal(&mut self, user: &Renamed<'_>) -> usize {
        let mut changed = 0;
        self.accounts.replace(|account| {
            let mut account = Account::clone(account);
            let roles = account.roles.replace(|role| user.trusted(role).inspect(|_| changed += 1));
            roles.then(|| Arc::new(account))
        });
        self.resources.replace(|resource| user.let_in(resource).inspect(|_| changed += 1));
        changed
    }
}

impl Renamed<'_> {
    /// Whether a policy that was saved with these ids means the user.
    fn is_in(&self, ids: &Ids) -> bool {
        ids.iter().any(|(arn, id)| **arn == *self.old && **id == *self.id)
    }

    /// The role that trusts the user under its new ARN; `None` where it does not mean it.
    fn trusted(&self, role: &Role) -> Option<Arc<Role>> {
        self.is_in(&role.trust_ids).then(|| {
            let trust = self.renamed(&role.trust, PolicyType::Trust);
            Arc::new(Role { trust, trust_ids: self.ids(&role.trust_ids), ..role.clone() })
        })
    }

    /// The resource whose policy names the user by its new ARN; `None` where it does not mean it.
    fn let_in(&self, resource: &Resource) -> Option<Arc<Resource>> {
        self.is_in(&resource.policy_ids).then(|| {
            let kind = policy_kind(Some(&resource.arn));
            let policy = resource.policy.as_ref().map(|policy| self.renamed(policy, kind));
            Arc::new(Resource { policy, policy_ids: self.ids(&resource.policy_ids), ..resource.clone() })
        })
    }

    fn ids(&self, ids: &Ids) -> Ids {
        let renamed = |arn: &str| if arn == self.old { self.new.into() } else { arn.into() };
        ids.iter().map(|(arn, id)| (renamed(arn), id.clone())).collect()
    }

    fn renamed(&self, document: &Document, kind: PolicyType) -> Document {
        let Some(compiled) = document.compiled() else { return document.clone() };
        let policy = compiled.policy();
        let text = policy.renamed(&[(self.old, self.new)]);
        Document::read(&Source::new(policy.source().name(), text), kind).0
    }
}
