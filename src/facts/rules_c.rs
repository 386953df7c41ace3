//! Rules C: condition keys.

use super::rule::{Rule, rules};

pub(super) const RULES_C: &[Rule] = rules! {
    "C.1" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "Keys about the caller, such as `aws:PrincipalArn` and `aws:PrincipalTag`, follow from who calls; \
         for a role session `aws:PrincipalArn` is the ARN of the role.";
    "C.2" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "Keys about the credentials: `aws:MultiFactorAuthPresent` is absent with long-term access keys, and \
         false in a session of AssumeRole, even when a code was given to that call.";
    "C.3" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "Keys about the network: `aws:SourceIp` is absent through a VPC endpoint, and `aws:SourceVpc` and \
         `aws:SourceVpce` are present only there.";
    "C.4" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "Keys about the resource: `aws:ResourceAccount` and the organization of the owner are present, but \
         for a list of actions; `aws:ResourceTag` where the resource has the tag.";
    "C.5" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "Keys about the request: time, Region and `aws:SecureTransport` are always there; tags, source ARN \
         and user agent only if the request has them.";
    "C1" High background "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "In endpoint policies and newer validations, keys that hold ids of accounts, organizations and VPCs \
         take no wildcards.";
    "C2" High behaviour "2026" "ours"
        "Keys that AWS always sends are filled in even if nobody names them, and what was assumed is \
         listed.";
    "C3" High behaviour "2026" "IAM User Guide (2026): reference_policies_iam-condition-keys"
        "In a trust policy `aws:PrincipalTag` is the caller's tag, `aws:RequestTag` a session tag being \
         passed, and `aws:ResourceTag` a tag of the role.";
    "C.6" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables; IAM User Guide (2026): reference_policies_condition-keys"
        "Each kind of caller has its own `aws:PrincipalArn`, `aws:userid` and `aws:PrincipalType`; only IAM \
         users have `aws:username`.";
};
