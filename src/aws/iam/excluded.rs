//! Policies that a simulation leaves out: by their type, their ARN, or the name of an inline policy.

use super::super::refusal::Refusal;
use super::super::shorthand::Structure;
use crate::names::{AccountId, Arn, glob};
use crate::world::{Change, Identity, Target, WorldError};

/// The policies that one entry of `--policy-exclusion-list` names.
pub(super) enum Exclusion {
    /// All of a type.
    Type(String),
    /// Managed ones by ARN, whose name may have wildcards.
    Arn(String),
    /// The inline policy of a name in those that a kind and a pattern name.
    Inline { name: String, kind: String, of: String },
}

/// The types that AWS knows.
const TYPES: [&str; 6] = ["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"];

impl Exclusion {
    /// Reads an entry, which says one of three things.
    pub(super) fn read(entry: &Structure) -> Result<Self, Refusal> {
        let inline = |field: &str| entry.at(&format!("InlinePolicyIdentifier.{field}")).into_iter().next();
        let inline = (inline("PolicyName"), inline("AttachmentType"), inline("AttachmentName"));
        match (entry.text("PolicyType"), entry.text("PolicyArn"), inline) {
            (Some(kind), None, (None, ..)) if TYPES.contains(&&*kind) => Ok(Self::Type(kind)),
            (None, Some(arn), (None, ..)) if is_arn(&arn) => Ok(Self::Arn(arn)),
            (None, None, (Some(name), Some(kind), Some(of))) if of.matches('*').count() < 2 => {
                Ok(Self::Inline { name, kind, of })
            }
            (kind, arn, _) => Err(refused(&kind.or(arn).unwrap_or_default())),
        }
    }

    /// Whether all SCPs are left out.
    pub(super) fn is_of_scps(&self) -> bool {
        matches!(self, Self::Type(kind) if kind == "scp")
    }

    /// What takes the policies away from a user, group or role. What names none of its policies takes none away, and
    /// of RCPs AWS says that it takes none, either.
    pub(super) fn changes(&self, from: &Identity<'_>, account: AccountId) -> Vec<Change> {
        let on = from.entity();
        let inline = from.permissions.inline.iter().map(|one| &one.name);
        let inline = inline.filter(|name| self.names_inline(name, from)).cloned();
        let inline = inline.map(|name| Change::DeleteInline { account, on: on.clone(), name });
        let attached = from.permissions.attached.iter().filter(|arn| self.names_managed(arn)).cloned();
        let attached =
            attached.map(|policy| Change::Detach { account, policy, from: Target::Entity(on.clone()) });
        let boundary =
            matches!(self, Self::Type(kind) if kind == "permission-boundary" && from.boundary.is_some());
        let boundary = boundary.then(|| Change::SetBoundary { account, on: on.clone(), policy: None });
        inline.chain(attached).chain(boundary).collect()
    }

    fn names_inline(&self, name: &str, of: &Identity<'_>) -> bool {
        match self {
            Self::Type(kind) => kind == "inline",
            Self::Inline { name: own, kind, of: pattern } => {
                own == name && kind == of.kind && glob(pattern.as_str(), of.name)
            }
            Self::Arn(_) => false,
        }
    }

    fn names_managed(&self, arn: &str) -> bool {
        let is_of_aws = Arn::parse(arn).is_some_and(|arn| arn.account() == "aws");
        match self {
            Self::Type(kind) => kind == if is_of_aws { "aws-managed" } else { "user-managed" },
            Self::Arn(pattern) => glob(pattern.as_str(), arn),
            Self::Inline { .. } => false,
        }
    }
}

/// Whether it is the ARN of a managed policy, with wildcards in its name only and one `*` at most.
fn is_arn(text: &str) -> bool {
    let front = text.split_once(":policy/").map(|(front, _)| front);
    let plain = front.is_some_and(|front| front.starts_with("arn:") && !front.contains(['*', '?']));
    plain && text.matches('*').count() < 2 && Arn::parse(text).is_some_and(|arn| arn.service() == "iam")
}

fn refused(word: &str) -> Refusal {
    let what = format!(
        "an excluded policy is named by one of `PolicyType` ({}), `PolicyArn` (one `*` at most, in the name) or \
         `InlinePolicyIdentifier` (`PolicyName`, `AttachmentType`, `AttachmentName`)",
        TYPES.join(", ")
    );
    Refusal::Error("InvalidInput", WorldError::new("bad-exclusion", word, what))
}
