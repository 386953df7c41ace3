//! Parts of an organization in which no service control policy allows anything (A51, D7).

use std::collections::BTreeMap;

use super::super::rule::LintRule;
use crate::names::AccountId;
use crate::policy::{Effect, Policy, PolicyType, Token};
use crate::question::Question;
use crate::source::{Diagnostic, Severity};
use crate::world::{Document, Node, Organization, Principal, World};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "scp-denies-all",
        severity: Severity::Security,
        what: "a part of an organization to which only service control policies are attached that deny (of a world)",
        why: "what no attached policy allows is denied: its accounts may do nothing, not even their root users",
        kind: PolicyType::ServiceControl,
        example: r#"account 111122223333
organization o-exampleorg management 111122223333
account 444455556666
move account 444455556666 to organization-root
scp NoEc2 {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}}
attach NoEc2 to account 444455556666
detach FullAWSAccess from account 444455556666"#,
        near: r#"account 111122223333
organization o-exampleorg management 111122223333
account 444455556666
move account 444455556666 to organization-root
scp NoEc2 {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}}
attach NoEc2 to account 444455556666"#,
        check: None,
    },
];

/// What nearly everybody may do, and the root user of an account that nothing keeps from it.
const WITNESS: &str = "s3:ListAllMyBuckets";

/// Tells of each node of which the engine denies the root user of an account below what it would else be allowed.
pub(crate) fn nodes_that_deny_all(world: &World) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for organization in world.organizations() {
        for (node, account) in nodes(organization) {
            let policies = attached(organization, &node);
            let allows = |one: &&Policy| one.statements().iter().any(|says| says.effect == Effect::Allow);
            let is_silent = policies.as_ref().is_some_and(|all| !all.iter().any(allows));
            if is_silent && is_denied(world, account) {
                found.push(finding(&node, account, &policies.unwrap_or_default()));
            }
        }
    }
    found
}

/// The nodes that bind accounts, each with one that it binds.
fn nodes(organization: &Organization) -> BTreeMap<Node, AccountId> {
    let bound = organization.accounts.keys().copied().filter(|id| organization.binds(*id));
    bound.flat_map(|id| organization.path_to(id).into_iter().map(move |node| (node, id))).collect()
}

/// The policies that are attached to a node; nothing where one of them is not known.
fn attached<'o>(organization: &'o Organization, node: &Node) -> Option<Vec<&'o Policy>> {
    let names = organization.scps.attached.get(node).map(Vec::as_slice).unwrap_or_default();
    let policy = |name: &str| match organization.scps.policies.get(name)?.document() {
        Document::Good(compiled) => Some(&**compiled.policy()),
        Document::Refused(_) | Document::Missing => None,
    };
    names.iter().map(|name| policy(name)).collect()
}

fn is_denied(world: &World, account: AccountId) -> bool {
    let Some(root) = Principal::parse(&format!("arn:aws:iam::{account}:root")) else { return false };
    Question::new(root, WITNESS).ask(world).is_ok_and(|asked| !asked.decision.is_allowed())
}

fn finding(node: &Node, account: AccountId, policies: &[&Policy]) -> Diagnostic {
    let node = match node {
        Node::Root => "the organization root".to_owned(),
        Node::Unit(name) => format!("OU {name}"),
        Node::Account(id) => format!("account {id}"),
    };
    let what = format!(
        "no service control policy of {node} allows anything: the root user of {account} is denied `{WITNESS}`"
    );
    let found = Diagnostic::new("scp-denies-all", Severity::Security, what);
    let found = found.help("attach FullAWSAccess beside those that deny");
    match policies.first() {
        Some(policy) => found.at(policy.place(0, Token::Effect), "denies alone"),
        None => found,
    }
}
