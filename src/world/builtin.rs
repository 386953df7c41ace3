//! The policies of AWS that are known without being declared.

use super::document::{Document, ManagedPolicy};
use crate::policy::PolicyType;
use crate::source::Source;

/// How the ARNs of AWS managed policies begin.
pub(super) const AWS_POLICY: &str = "arn:aws:iam::aws:policy/";

/// The SCP that AWS attaches everywhere (A51).
pub(super) const FULL_ACCESS: &str = "FullAWSAccess";

/// The RCP that is attached everywhere and stays so (A53).
pub(super) const RCP_FULL_ACCESS: &str = "RCPFullAWSAccess";

const EVERYTHING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}
"#;

const BUILTINS: [Builtin; 2] = [
    Builtin {
        name: "AdministratorAccess",
        arn: "arn:aws:iam::aws:policy/AdministratorAccess",
        document: EVERYTHING,
    },
    Builtin {
        name: FULL_ACCESS,
        arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
        document: EVERYTHING,
    },
];

/// A policy of AWS as text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Builtin {
    /// The name.
    pub(super) name: &'static str,
    /// The ARN.
    pub(super) arn: &'static str,
    /// The document.
    pub(super) document: &'static str,
}

/// The policy of AWS of that name or ARN.
pub(super) fn builtin_policy(name_or_arn: &str) -> Option<Builtin> {
    BUILTINS.into_iter().find(|policy| policy.name == name_or_arn || policy.arn == name_or_arn)
}

/// The names of AWS managed policies, for suggestions.
pub(super) fn builtin_names<'a>() -> impl Iterator<Item = &'a str> {
    BUILTINS.iter().filter(|policy| policy.arn.starts_with(AWS_POLICY)).map(|policy| policy.name)
}

impl Builtin {
    /// Reads and compiles it; its source is named by its ARN.
    pub(super) fn compile(self, kind: PolicyType) -> ManagedPolicy {
        let (document, _) = Document::read(&Source::new(self.arn, self.document), kind);
        ManagedPolicy::new(self.name, self.arn, document)
    }
}
