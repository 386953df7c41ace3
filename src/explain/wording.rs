//! What was asked, in words.

use std::fmt;

use super::headline::list;
use crate::question::Asked;
use crate::world::{Caller, PrincipalKind};

/// A question in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Who asks, as people say it: `IAM user alice of account 111122223333`.
    pub who: String,
    /// The shortest name for it: `alice`, `root`.
    pub name: String,
    /// The principal as AWS's messages name it.
    pub principal: String,
    /// The action.
    pub action: String,
    /// The resource, `*` or an ARN.
    pub resource: String,
    /// What the question leaves out: layers, policies, statements.
    pub without: Vec<String>,
    /// What it is one of two steps of, where a role is assumed first: `to do s3:GetObject as role Reader`.
    pub step: Option<String>,
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} asks for {}", self.who, self.action)?;
        if self.resource != "*" {
            write!(f, " on {}", self.resource)?;
        }
        if !self.without.is_empty() {
            write!(f, ", without {}", list(&self.without))?;
        }
        self.step.as_ref().map_or(Ok(()), |step| write!(f, ", {step}"))
    }
}

impl Asked<'_> {
    /// Whether an AWS service calls.
    pub(super) fn is_of_a_service(&self) -> bool {
        matches!(self.request.caller.principal.kind, PrincipalKind::Service(_))
    }

    /// What was asked, in words.
    pub fn wording(&self) -> Wording {
        let caller = &self.request.caller;
        Wording {
            who: who(caller),
            name: name(caller),
            principal: caller.arn.to_string(),
            action: self.request.action.text().to_owned(),
            resource: self.request.resource().text().to_owned(),
            step: None,
            without: self.request.left_out.iter().map(ToString::to_string).collect(),
        }
    }
}

/// The shortest name of a principal.
pub(super) fn name(caller: &Caller) -> String {
    match &caller.principal.kind {
        PrincipalKind::Root(_) | PrincipalKind::AssumedRoot { .. } => "root".to_owned(),
        PrincipalKind::User { name, .. } | PrincipalKind::FederatedUser { name, .. } => name.to_string(),
        PrincipalKind::RoleSession { role, session, .. } => format!("{role}:{session}"),
        PrincipalKind::Service(name) => name.to_string(),
        PrincipalKind::IdentityProvider(name) | PrincipalKind::OriginAccessIdentity(name) => name.to_string(),
        PrincipalKind::Anonymous => "anonymous".to_owned(),
    }
}

fn who(caller: &Caller) -> String {
    match &caller.principal.kind {
        PrincipalKind::Root(account) => format!("the root user of account {account}"),
        PrincipalKind::AssumedRoot { account, .. } => {
            format!("a privileged root session in account {account}")
        }
        PrincipalKind::User { account, name, .. } => format!("IAM user {name} of account {account}"),
        PrincipalKind::RoleSession { account, role, session, .. } => {
            format!("session {session} of role {role} of account {account}")
        }
        PrincipalKind::FederatedUser { account, name, .. } => {
            format!("federated user {name} of account {account}")
        }
        PrincipalKind::Service(name) => format!("the service {name}"),
        PrincipalKind::IdentityProvider(name) => format!("a user of identity provider {name}"),
        PrincipalKind::OriginAccessIdentity(arn) => format!("the origin access identity {arn}"),
        PrincipalKind::Anonymous => "an anonymous caller".to_owned(),
    }
}
