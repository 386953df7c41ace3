//! Rules R: the root-only tasks.

use super::rule::{Rule, rules};

pub(super) const RULES_R: &[Rule] = rules! {
    "R1" High background "2026" "IAM User Guide (2026): id_root-user; Account Management guide (2026): manage-acct-update-root-user-email"
        "Only the root user can change its own e-mail. For member accounts the management account or a \
         delegated administrator can, since 2024-06-06.";
    "R2" High background "2026" "IAM User Guide (2026): id_root-user"
        "Only the root user can change its password. In member accounts AssumeRoot can delete it or allow \
         its recovery.";
    "R3" High background "2026" "IAM User Guide (2026): id_root-user"
        "Only the root user can create access keys for itself.";
    "R4" High background "2026" "IAM User Guide (2026): id_root-user; IAM User Guide (2026): id_root-user-privileged-task"
        "Only the root user can delete its own access keys, certificates, password and MFA; in member \
         accounts AssumeRoot can, too, since 2024-11-14.";
    "R5" Medium background "2026" "IAM User Guide (2026): id_root-user"
        "Only the root user can register an MFA device for itself.";
    "R6" High background "2026" "Account Management guide (2026): manage-acct-closing"
        "Only the root user can close its own account. The management account can close member accounts \
         since 2022-03.";
    "R7" High background "2026" "Account Management guide (2026): manage-acct-reopening"
        "Only the root user can reopen a closed account, within 90 days and under conditions; until about \
         2026-09 only AWS Support could.";
    "R8" High background "2026" "IAM User Guide (2026): id_root-user"
        "If the only administrator took away the own permissions, only the root user is left to restore \
         them; the actions themselves are ordinary ones.";
    "R9" High background "2026" "IAM User Guide (2026): id_root-user; Billing guide (2026)"
        "Only the root user can activate access of IAM users and roles to the billing pages.";
    "R10" Low background "2026" "IAM User Guide (2026): id_root-user"
        "AWS's list says that some billing tasks need the root user and does not say which; nothing is \
         decided by it.";
    "R11" Medium background "2026" "IAM User Guide (2026): id_root-user"
        "Certain tax invoices (AWS Inc. and AISPL) can be seen only by the root user.";
    "R12" High background "2026" "IAM User Guide (2026): id_root-user"
        "Only the root user can sign up for AWS GovCloud (US); inside an organization the management \
         account can create such accounts.";
    "R13" High background "2026" "IAM User Guide (2026): id_root-user"
        "Only the root user can ask AWS Support for access keys of the GovCloud account's root user.";
    "R14" High background "2026" "EC2 guide (2026): ri-market-general"
        "Only the root user can register as a seller in the Reserved Instance Marketplace.";
    "R15" High background "2026" "IAM User Guide (2026): id_root-user; KMS Developer Guide (2026): key-policy-default"
        "To recover a KMS key that nobody can manage any more, any administrator may open a case, but the \
         contact of the root user must confirm it.";
    "R16" High background "2026" "S3 guide (2026): MultiFactorAuthenticationDelete"
        "Only the root user of the bucket's account can switch on MFA delete, and permanent deletion of a \
         version then needs its MFA.";
    "R17" High background "2026" "IAM User Guide (2026): id_root-user; S3 guide (2026)"
        "If a bucket policy denies everybody, only the root user can change or delete it; in member \
         accounts AssumeRoot can, too.";
    "R18" High background "2026" "IAM User Guide (2026): id_root-user"
        "If a queue policy denies everybody, only the root user can change or delete it; in member accounts \
         AssumeRoot can, too.";
    "R19" Medium background "2026" "IAM User Guide (2023): root-user-tasks; IAM User Guide (2026): id_root-user"
        "Until 2026-07-30 only the root user could link an Amazon Mechanical Turk account.";
    "R20" High background "2026" "CloudFront guide (2026): private-content-trusted-signers"
        "Only the root user can create CloudFront key pairs, which key groups have replaced.";
    "R21" Medium background "2026" "Organizations User Guide (2026): orgs_manage_policies_scps"
        "Signing up for Enterprise Support and asking for reverse DNS are no root-only tasks, but when the \
         root user does them SCPs do not apply.";
};
