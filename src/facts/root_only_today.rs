//! The entries R1 to R21 of rule E.4.

use super::root_only::{Bound, RootOnlyTask, Trigger};
use super::{Confidence, Date};

/// On the oldest list that was seen; older days are unknown.
pub(super) const LIST_2018: Bound = Bound::Before(Date::known("2018-03-31"));
/// On a list of about 2019/20, whose day is not known; the turn of the years stands for it.
pub(super) const LIST_2019_20: Bound = Bound::Before(Date::known("2020-01-01"));
/// On the list of about 2019/20, and no longer on those of 2022.
pub(super) const OUT_BY_2022: Bound = Bound::Between(Date::known("2020-01-01"), Date::known("2022-12-31"));
const LIST_2022: Bound = Bound::Before(Date::known("2022-12-31"));
const LIST_2023: Bound = Bound::Before(Date::known("2023-12-31"));

const ROOT_PAGE: &str = "IAM User Guide (2026): id_root-user";
const ASSUME_ROOT_PAGE: &str = "IAM User Guide (2026): id_root-user-privileged-task";
const SIGN_IN: &str = "sign in to the console as the root user, by e-mail";

/// What most entries have in common.
pub(super) const TASK: RootOnlyTask = RootOnlyTask {
    id: "",
    task: "",
    pseudo_action: None,
    real_actions: &[],
    trigger: Trigger::None,
    also_allowed: &[],
    from: Bound::Always,
    until: Bound::Never,
    either: false,
    decides: true,
    spec: "",
    sources: &[ROOT_PAGE],
    confidence: Confidence::High,
    conflict: None,
    what_admin_meets: "",
    alternative: SIGN_IN,
};

pub(super) static LISTED: &[RootOnlyTask] = &[
    RootOnlyTask {
        id: "R1",
        task: "change the root user's e-mail",
        pseudo_action: Some("rootonly:ChangeRootEmail"),
        real_actions: &[
            "iam:UpdateAccountEmailAddress", "account:StartPrimaryEmailUpdate",
            "account:AcceptPrimaryEmailUpdate",
        ],
        trigger: Trigger::OwnAccount,
        also_allowed: &[
            "the management account or a delegated administrator, for member accounts, since 2024-06-06",
        ],
        alternative: "sign in to the console as the root user, by e-mail; of a member account the management account changes it: `aws account start-primary-email-update --account-id ACCOUNT --primary-email NEW`, then `accept-primary-email-update` with the code that AWS sends",
        spec: "the console asks for `iam:UpdateAccountEmailAddress`, so that an SCP on it stops even a member's root user",
        sources: &[ROOT_PAGE, "Account Management guide (2026): manage-acct-update-root-user-email"],
        what_admin_meets: "the console asks for root sign-in; the API refuses the own account",
        ..TASK
    },
    RootOnlyTask {
        id: "R2",
        task: "change the root user's password",
        pseudo_action: Some("rootonly:ChangeRootPassword"),
        real_actions: &["iam:CreateLoginProfile", "iam:UpdateLoginProfile"],
        trigger: Trigger::RootResource,
        also_allowed: &[
            "a session of AssumeRoot may delete it or allow its recovery in a member account, since 2024-11-14",
        ],
        spec: "`iam:ChangePassword` is for IAM users",
        sources: &[ROOT_PAGE, ASSUME_ROOT_PAGE],
        what_admin_meets: "no such page",
        ..TASK
    },
    RootOnlyTask {
        id: "R3",
        task: "create access keys for the root user",
        pseudo_action: Some("rootonly:CreateRootAccessKey"),
        real_actions: &["iam:CreateAccessKey"],
        trigger: Trigger::RootResource,
        spec: "the root user calls `iam:CreateAccessKey` without a user name; AssumeRoot cannot create keys",
        what_admin_meets: "`iam:CreateAccessKey` wants the name of a user, and the root user is none",
        alternative: "sign in as the root user, by e-mail; better, use a role and no root access keys at all",
        ..TASK
    },
    RootOnlyTask {
        id: "R4",
        task: "delete the root user's access keys, certificates, password or MFA",
        real_actions: &[
            "iam:DeleteAccessKey", "iam:UpdateAccessKey", "iam:DeleteSigningCertificate",
            "iam:DeleteLoginProfile", "iam:DeactivateMFADevice",
        ],
        trigger: Trigger::RootResource,
        also_allowed: &[
            "a session of AssumeRoot with IAMDeleteRootUserCredentials in a member account, since 2024-11-14",
        ],
        sources: &[ROOT_PAGE, ASSUME_ROOT_PAGE],
        what_admin_meets: "access denied",
        alternative: "sign in as the root user, by e-mail; for a member account AssumeRoot with IAMDeleteRootUserCredentials",
        ..TASK
    },
    RootOnlyTask {
        id: "R5",
        task: "register an MFA device for the root user",
        pseudo_action: Some("rootonly:EnableRootMFA"),
        real_actions: &["iam:EnableMFADevice", "iam:CreateVirtualMFADevice", "iam:ResyncMFADevice"],
        trigger: Trigger::RootResource,
        confidence: Confidence::Medium,
        what_admin_meets: "access denied",
        ..TASK
    },
    RootOnlyTask {
        id: "R6",
        task: "close the account",
        pseudo_action: Some("rootonly:CloseAccount"),
        real_actions: &["account:CloseAccount"],
        trigger: Trigger::OwnAccount,
        also_allowed: &[
            "the management account closes member accounts with `organizations:CloseAccount`, since 2022-03",
            "the role AWSAccountSettingsManagementRole in accounts of the new sign-up experience, since 2025-12",
        ],
        spec: "`account:CloseAccount` is a permission of the console only, and holding it does not suffice",
        sources: &["Account Management guide (2026): manage-acct-closing"],
        what_admin_meets: "the console says to sign in as the root user",
        alternative: "sign in to the console as the root user, by e-mail; a member account can be closed from the management account",
        ..TASK
    },
    RootOnlyTask {
        id: "R7",
        task: "reopen a closed account",
        pseudo_action: Some("rootonly:ReopenAccount"),
        real_actions: &["account:ReopenAccount"],
        trigger: Trigger::OwnAccount,
        also_allowed: &["AWS Support"],
        from: Bound::Between(Date::known("2026-09-26"), Date::known("2026-10-27")),
        spec: "self-service since about 2026-09/10, before only through AWS Support; within 90 days, if the customer \
               closed it, nothing is unpaid, commercial Regions",
        sources: &["Account Management guide (2026): manage-acct-reopening"],
        what_admin_meets: "the console says to sign in as the root user",
        alternative: "sign in to the closed account as the root user, by e-mail, or ask AWS Support",
        ..TASK
    },
    RootOnlyTask {
        id: "R8",
        task: "restore the permissions of the only IAM administrator",
        pseudo_action: Some("rootonly:RestoreIamAdmin"),
        real_actions: &["iam:PutUserPolicy", "iam:AttachUserPolicy"],
        also_allowed: &["any other administrator"],
        from: LIST_2019_20,
        decides: false,
        spec: "stands for ordinary actions of IAM; the root user is needed only when nobody else is left",
        conflict: Some("the list of 2018 has it as reassigning permissions in a resource-based policy"),
        what_admin_meets: "an implicit deny",
        alternative: "another administrator, or the root user, attaches a policy",
        ..TASK
    },
    RootOnlyTask {
        id: "R9",
        task: "activate IAM access to Billing",
        pseudo_action: Some("rootonly:ActivateIamBillingAccess"),
        real_actions: &["billing:UpdateIAMAccessPreference"],
        trigger: Trigger::OwnAccount,
        from: LIST_2018,
        spec: "formerly `aws-portal:ModifyAccount`; on from the start in accounts created by Organizations",
        sources: &[ROOT_PAGE, "Billing guide (2026): control-access"],
        what_admin_meets: "billing pages are denied, whatever the policies, until it is done",
        ..TASK
    },
    RootOnlyTask {
        id: "R10",
        task: "do some billing tasks that AWS does not name",
        from: LIST_2023,
        decides: false,
        spec: "on the list since about 2023/24, never specified; nothing is decided by it",
        confidence: Confidence::Low,
        what_admin_meets: "unknown",
        ..TASK
    },
    RootOnlyTask {
        id: "R11",
        task: "view certain tax invoices",
        pseudo_action: Some("rootonly:ViewRestrictedTaxInvoice"),
        real_actions: &["invoicing:GetInvoicePDF"],
        also_allowed: &["invoices of AWS Europe are open to IAM users and roles"],
        from: LIST_2019_20,
        spec: "invoices of AWS Inc. and AISPL; `invoicing:GetInvoicePDF` serves the others",
        confidence: Confidence::Medium,
        what_admin_meets: "the invoice is not listed",
        ..TASK
    },
    RootOnlyTask {
        id: "R12",
        task: "sign up for AWS GovCloud (US)",
        pseudo_action: Some("rootonly:SignUpGovCloud"),
        real_actions: &["organizations:CreateGovCloudAccount"],
        also_allowed: &["the management account creates one with `organizations:CreateGovCloudAccount`"],
        from: LIST_2018,
        what_admin_meets: "no such page",
        alternative: "sign in as the root user, by e-mail; in an organization the management account creates the account",
        ..TASK
    },
    RootOnlyTask {
        id: "R13",
        task: "request access keys of the GovCloud account's root user",
        pseudo_action: Some("rootonly:RequestGovCloudRootKeys"),
        from: LIST_2023,
        confidence: Confidence::Medium,
        what_admin_meets: "AWS Support refuses",
        alternative: "sign in as the root user, by e-mail, and open a case with AWS Support",
        ..TASK
    },
    RootOnlyTask {
        id: "R14",
        task: "register as a Reserved Instance Marketplace seller",
        pseudo_action: Some("rootonly:RegisterRISeller"),
        from: LIST_2022,
        sources: &["EC2 guide (2026): ri-market-general"],
        what_admin_meets: "the registration is refused",
        ..TASK
    },
    RootOnlyTask {
        id: "R15",
        task: "recover a KMS key that nobody can manage",
        pseudo_action: Some("rootonly:RecoverKmsKey"),
        also_allowed: &["any administrator may open the case; the root user's contact must confirm it"],
        from: LIST_2023,
        either: true,
        spec: "a case with AWS Support; the code goes to the root user's phone",
        sources: &[ROOT_PAGE, "KMS Developer Guide (2026): key-policy-default"],
        confidence: Confidence::Medium,
        what_admin_meets: "access denied on `kms:PutKeyPolicy`",
        alternative: "open a case with AWS Support and confirm it with the phone of the root user",
        ..TASK
    },
    RootOnlyTask {
        id: "R16",
        task: "enable MFA delete on a bucket",
        pseudo_action: Some("rootonly:S3EnableMfaDelete"),
        real_actions: &["s3:PutBucketVersioning"],
        trigger: Trigger::ContextKey { key: "rootonly:MfaDelete", value: "Enabled" },
        from: LIST_2019_20,
        spec: "no key of AWS says that a call sets MfaDelete: `rootonly:MfaDelete=Enabled`, a local key, does; \
               permanent deletion of a version then needs the root user's MFA",
        sources: &["S3 guide (2026): MultiFactorAuthenticationDelete"],
        what_admin_meets: "access denied",
        alternative: "use the root user's access keys and MFA with the command line; AssumeRoot does not allow it",
        ..TASK
    },
    RootOnlyTask {
        id: "R17",
        task: "edit or delete a bucket policy that denies everybody",
        real_actions: &["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        also_allowed: &[
            "a session of AssumeRoot with S3UnlockBucketPolicy in a member account, since 2024-11-14",
        ],
        from: Bound::Before(Date::known("2024-12-31")),
        decides: false,
        spec: "follows from the policy and from E12; the wording is of about 2023/24",
        sources: &[ROOT_PAGE, "S3 guide (2026)"],
        what_admin_meets: "an explicit deny in a resource-based policy",
        alternative: "sign in as the root user, by e-mail; for a member account AssumeRoot with S3UnlockBucketPolicy",
        ..TASK
    },
    RootOnlyTask {
        id: "R18",
        task: "edit or delete a queue policy that denies everybody",
        real_actions: &["sqs:SetQueueAttributes"],
        also_allowed: &[
            "a session of AssumeRoot with SQSUnlockQueuePolicy in a member account, since 2024-11-14",
        ],
        from: Bound::Before(Date::known("2024-11-30")),
        decides: false,
        spec: "follows from the policy and from E14",
        confidence: Confidence::Medium,
        what_admin_meets: "an explicit deny in a resource-based policy",
        alternative: "sign in as the root user, by e-mail; for a member account AssumeRoot with SQSUnlockQueuePolicy",
        ..TASK
    },
    RootOnlyTask {
        id: "R19",
        task: "link an Amazon Mechanical Turk account",
        pseudo_action: Some("rootonly:LinkMTurk"),
        from: LIST_2023,
        until: Bound::Date(Date::known("2026-07-30")),
        spec: "closed to new customers on 2026-07-30",
        sources: &["IAM User Guide (2023): root-user-tasks", ROOT_PAGE],
        confidence: Confidence::Medium,
        what_admin_meets: "no such page",
        alternative: "Mechanical Turk takes no new customers",
        ..TASK
    },
    RootOnlyTask {
        id: "R20",
        task: "create a CloudFront key pair",
        pseudo_action: Some("rootonly:CreateCloudFrontKeyPair"),
        from: Bound::Before(Date::known("2018-12-31")),
        spec: "on the list until about 2020 and still so; superseded by key groups",
        sources: &["CloudFront guide (2026): private-content-trusted-signers"],
        conflict: Some("the newest list of root user tasks leaves it out"),
        what_admin_meets: "no such page",
        alternative: "use key groups: `cloudfront:CreatePublicKey` and `cloudfront:CreateKeyGroup` can be granted",
        ..TASK
    },
    RootOnlyTask {
        id: "R21",
        task: "sign up for Enterprise Support, or ask for reverse DNS, without regard to SCPs",
        real_actions: &["supportplans:*"],
        from: Bound::Never,
        decides: false,
        spec: "not on the list of root user tasks; SCPs do not apply where the root user does it",
        sources: &["Organizations User Guide (2026): orgs_manage_policies_scps"],
        confidence: Confidence::Medium,
        what_admin_meets: "nothing special",
        alternative: "grant the action to an IAM user or role",
        ..TASK
    },
];
