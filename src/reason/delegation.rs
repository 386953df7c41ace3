//! What is assumed of the policies of keys and roles, where a policy that nobody has yet is looked at by itself.

use crate::policy::PolicyType;
use crate::source::Source;
use crate::world::{Document, NamedDocument, policy_kind};

/// The sentence that says so.
pub(super) const ASSUMED: &str = "key policies and trust policies are taken to leave the decision to the policies of their account (D21, D22)";

/// A policy of a resource that names its account, and thereby leaves the decision to the account's own policies.
pub(super) fn policy(account: &str, resource: Option<&str>) -> NamedDocument {
    let kind = policy_kind(resource);
    let resource = if kind == PolicyType::Trust { "" } else { r#", "Resource": "*""# };
    let text = format!(
        r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{account}"}}, "Action": "*"{resource}}}}}"#
    );
    let (document, _) = Document::read(&Source::new("assumed", text), kind);
    NamedDocument { name: "assumed".into(), document }
}
