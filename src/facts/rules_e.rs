//! Rules E: accounts and the root user.

use super::rule::{Rule, rules};

pub(super) const RULES_E: &[Rule] = rules! {
    "E1" High background "2026" "IAM User Guide (2026): id_root-user; Account Management guide (2026): manage-acct"
        "An account has exactly one root user, made with it and known by the e-mail of the account. It \
         cannot be deleted, put into groups, or given policies or a boundary.";
    "E2" High background "2026" "IAM User Guide (2026): id_root-user"
        "The root user signs in with e-mail, password and MFA, which AWS enforces; it may have up to two \
         access keys. Member accounts may be without root credentials.";
    "E3" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "The root user is allowed every action on every resource of its own account; identity-based \
         policies and boundaries do not exist for it.";
    "E4" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps; IAM User Guide (2026): id_root-user; KMS Developer Guide (2026): key-policies"
        "Even the root user is stopped by SCPs in a member account, RCPs, explicit denies in policies of \
         resources and endpoints, KMS key policies, and Block Public Access.";
    "E5" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "To single out the root user, test `aws:PrincipalArn` for `arn:aws:iam::ACCOUNT:root`; `:root` as a \
         principal means the whole account.";
    "E6" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables"
        "The root user has no `aws:username`, so a policy that uses this variable never matches it as \
         intended.";
    "E7" High behaviour "2026" "IAM User Guide (2026): id_credentials_sts-comparison; IAM User Guide (2026): id_root-user-privileged-task"
        "The root user may call GetSessionToken and GetFederationToken, for one hour at most, but can \
         assume no role.";
    "E.2" High background "2026" "IAM User Guide (2026): id_root-user-privileged-task"
        "AssumeRoot gives an administrator of the organization a short session as the root user of a member \
         account, for one of five tasks.";
    "E8" High behaviour "2026" "IAM User Guide (2026): id_root-user-privileged-task; STS API reference (2026): AssumeRoot"
        "AssumeRoot is called by an IAM user or role, never a root user, of the management account or a \
         delegated administrator, for a member account, once the features are enabled.";
    "E9" High behaviour "2026" "STS API reference (2026): AssumeRoot"
        "A call of AssumeRoot names exactly one task policy and lasts at most 900 seconds.";
    "E10" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "A session of AssumeRoot looks like the root user of the member account but carries \
         `aws:AssumedRoot` true, by which an SCP that denies root users can spare it.";
    "E11" High behaviour "2024" "AWS managed policies of 2024-11"
        "A task policy only denies everything outside its task: five exist, for auditing, creating and \
         deleting root credentials and for unlocking S3 and SQS policies.";
    "E.3" High background "2026" "S3, DynamoDB and SQS guides (2026)"
        "For a few resource policies the root user of the owner is never locked out.";
    "E12" High behaviour "2026" "S3 guide (2026): API DeleteBucketPolicy, PutBucketPolicy"
        "The root user of the bucket's account may always read, put and delete the bucket policy, even if \
         that policy denies everybody; only SCPs, RCPs and endpoint policies can stop it.";
    "E13" High behaviour "2026" "DynamoDB API reference (2026)"
        "The root user of a table's account may delete the table's policy although it denies everybody.";
    "E14" Medium behaviour "2026" "IAM User Guide (2026): id_root-user"
        "The root user of a queue's account may read and set the queue policy although it denies everybody.";
    "E15" Medium behaviour "2026" "KMS Developer Guide (2026): key-policies"
        "KMS, SNS and others know no such rescue; a KMS key that nobody can manage any more needs AWS \
         Support.";
    "E.4" High behaviour "2026" "IAM User Guide (2026): id_root-user; Account Management guide (2026)"
        "Some tasks only the root user can do, and no policy can grant them, AdministratorAccess included. \
         Where AWS has no action for a task, it gets a local name that begins with `rootonly:`.";
    "E16" High background "2026" "Billing guide (2026)"
        "The `aws-portal` actions were retired in 2023-24; policies that have only them have no effect.";
    "E16a" High behaviour "2026" "Billing guide (2026): control-access"
        "Until the root user activates IAM access to Billing, no IAM user or role can open the billing \
         pages, whatever its policies; the programming interfaces of Cost Explorer and Budgets are not \
         affected.";
    "E16b" High background "2026" "Billing guide (2026)"
        "Fine-grained billing actions took effect at once for accounts created since 2023-03-06, for others \
         between July 2023 and 2024-01-01; AWS's pages differ.";
    "E17" High background "2026" "Account Management guide (2026): security_iam; the action catalog"
        "The service prefix `account` has actions for e-mail, contacts, name and Regions of an account, and \
         for closing and reopening it.";
    "E18" High background "2026" "IAM User Guide (2026): console_account-alias"
        "An account id has 12 digits. The root user signs in by e-mail; an IAM user by account id or alias, \
         user name and password.";
    "E19" High background "2026" "IAM User Guide (2026): console_account-alias"
        "An account has at most one alias, unique in all AWS: 3 to 63 of `a-z`, `0-9` and `-`, not at \
         either end nor two in a row, and not 12 digits.";
    "E20" High background "2026" "IAM User Guide (2026): reference_iam-quotas"
        "Names consist of letters, digits and `+=,.@_-`; users and roles have at most 64 characters, groups \
         and policies 128. Names that differ only in letter case cannot stand side by side.";
    "E21" High background "2026" "IAM User Guide (2026): id_groups"
        "Groups are not nested and are no principals; a user may be in at most 10.";
    "E22" High background "2026" "IAM User Guide (2026): reference_iam-quotas"
        "An account has limits, such as 5,000 users, 2 access keys a user, 10 managed policies a user and 5 \
         versions of a policy.";
    "E23" High background "2026" "IAM User Guide (2026): reference_iam-quotas; STS API reference (2026)"
        "Session names have 2 to 64 characters. Role sessions last 15 minutes to 12 hours, but only one \
         hour when a role session assumes the role.";
    "E24" High background "2026" "IAM User Guide (2026): reference_identifiers"
        "Unique ids tell what they name: AIDA a user, AROA a role, AGPA a group; AKIA is a long-term access \
         key and ASIA a temporary one.";
    "E25" Medium background "2026" "Organizations User Guide (2026): orgs_getting-started_concepts; Organizations User Guide (2026): orgs_reference_limits"
        "An organization has one management account and one root; organizational units nest at most five \
         deep, and an account is in exactly one.";
};
