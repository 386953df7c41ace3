//! Rules D: how a decision is made.

use super::rule::{Rule, rules};

pub(super) const RULES_D: &[Rule] = rules! {
    "D.1" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal; IAM User Guide (2026): reference_policies_evaluation-logic"
        "How a policy names you matters: as a session, user, parent role, service, root user, account or \
         everybody; all ways that hold count together.";
    "D1" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "For a Deny it does not matter how it names you: one that names an account hits all of it, root \
         user included, one that names a role hits all its sessions.";
    "D2" Medium background "2023-10" "report: k9security 2023-10"
        "Until 2023-10-20 S3 read a Deny that names the bucket owner's own account as naming only its root \
         user; today it covers the whole account.";
    "D3" Medium behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_rcps"
        "`\"*\"` and `{\"AWS\": \"*\"}` include service principals, too.";
    "D4" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps"
        "SCPs limit everybody in a member account, its root user included. They never limit the management \
         account, service-linked roles, services or anonymous callers.";
    "D5" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps"
        "A few tasks cannot be restricted by SCPs, among them everything done in the management account or \
         by a service-linked role.";
    "D6" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_rcps"
        "RCPs apply where the resource belongs to a member account and the service supports them; they then \
         hit every caller, from wherever, root users and services included.";
    "D7" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps_evaluation"
        "SCPs and RCPs act at each level, the organization root, every organizational unit on the path, and \
         the account, and each level must allow.";
    "D8" High behaviour "2026" "IAM User Guide (2026): access_policies_identity-vs-resource"
        "A user has its own policies and those of its groups, a role its own. The root user needs none: it \
         is allowed everything and nothing can be attached to it.";
    "D9" High behaviour "2026" "IAM User Guide (2026): access_policies_boundaries"
        "A permissions boundary limits a user or a role, and never grants. The root user and service-linked \
         roles cannot have one.";
    "D10" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "Session policies limit a session: all those passed count together. A role session without any is \
         not limited; a federated user session without any is allowed nothing.";
    "D11" High behaviour "2024" "AWS managed policies of 2024-11"
        "The task policy of AssumeRoot only denies: the session is the member account's root user minus \
         what the task policy denies.";
    "D12" High behaviour "2026" "PrivateLink guide (2026): vpc-endpoints-access"
        "A VPC endpoint policy counts only for requests that travel through the endpoint.";
    "D13" High behaviour "2026" "IAM User Guide (2026): id_groups"
        "The policies of a group reach its members only; a Deny in any of a user's groups counts.";
    "D.3" High background "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "The order of a decision: an explicit deny anywhere is final; then RCPs, SCPs and endpoint must \
         allow; then the resource's and the caller's policies are combined.";
    "D.3-1" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic"
        "Before any policy: calls that need no permission, limits of the credentials, root-only tasks, and \
         resources of another partition.";
    "D.3-2" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "Before any statement is tested, the condition keys that follow from the request and the world are \
         filled in.";
    "D.3-3" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "An explicit deny in any policy that applies is final; no allow outweighs it.";
    "D.3-4" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_rcps"
        "RCPs must allow at each level; `RCPFullAWSAccess`, which cannot be detached, always does, so that \
         RCPs can only deny.";
    "D.3-5" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps_evaluation"
        "SCPs must allow at each level: the organization root, every organizational unit and the account.";
    "D.3-6" High behaviour "2026" "PrivateLink guide (2026): vpc-endpoints-access"
        "If the request comes through a VPC endpoint, the endpoint's policy must allow it.";
    "D.3-7" Medium behaviour "2026" "ours, after UG26:reference_policies_evaluation-logic"
        "Of the resource-based policy all Allow statements that apply count, each by the way it names the \
         caller, so that adding an Allow never takes access away.";
    "D.3-8" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic"
        "Then it is settled whether the identity-based policies, the permissions boundary and the session \
         policies allow.";
    "D.3-9" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic"
        "Then they are combined: by D.4 within one account, by D.6 across accounts, by D.7 for roles and \
         KMS keys.";
    "D.3-10" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic"
        "Last come the service's own refusals, such as protected roles, PassRole and S3 Block Public \
         Access.";
    "D.4" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "Within one account a grant of the identity-based policies, under boundary and session policy, or a \
         grant of the resource-based policy suffices; the root user needs none.";
    "D.5" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "Within one account a resource-based policy that names the user or the session itself grants alone; \
         one that names the role is still limited by boundary and session policy; one that names the \
         account only passes the decision on to the identity-based policies.";
    "D.6" High background "2026" "IAM User Guide (2026): reference_policies_evaluation-logic-cross-account"
        "Across accounts both sides must allow: the policy of the resource and the policies of the caller.";
    "D14" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic-cross-account"
        "Across accounts the resource-based policy must name the caller and the caller's own policies must \
         allow; naming a user directly does not spare it the permission at home.";
    "D14a" High behaviour "2026" "KMS Developer Guide (2026): key-policy-modifying-external-accounts; SQS guide (2026); S3 guide (2026)"
        "Some actions are not offered to other accounts at all, whatever both sides allow, for example \
         changing a bucket policy or a KMS key policy.";
    "D15" High behaviour "2026" "S3 guide (2026)"
        "The root user of another account needs nothing at home: that the resource's policy names its \
         account, or everybody, is enough.";
    "D16" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic"
        "For services and anonymous callers only the policies of the resource count.";
    "D17" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic-cross-account"
        "Without a resource-based policy there is no access across accounts, not even with \
         AdministratorAccess.";
    "D18" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps; Organizations User Guide (2026): orgs_manage_policies_rcps"
        "SCPs follow the caller's account and RCPs the account of the resource.";
    "D19" High behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic-cross-account"
        "The identity-based policies of the resource's account never matter for a caller of another \
         account.";
    "D20" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic-cross-account"
        "A federated user session without session policies gets nothing in another account, even if the \
         resource's policy names it.";
    "D.7" High background "2026" "IAM User Guide (2026): reference_policies_evaluation-logic; KMS Developer Guide (2026): key-policies"
        "For roles and KMS keys the policy of the resource decides: without a grant there nobody gets in, \
         not even an administrator of the same account.";
    "D21" High behaviour "2026" "IAM User Guide (2026): id_roles_use; IAM User Guide (2026): id_credentials_temp_control-access; report: trust self-assume 2022-09-21"
        "The trust policy must allow every assumption of a role, also within the account, and also when a \
         role assumes itself.";
    "D22" High behaviour "2026" "KMS Developer Guide (2026): key-policies; KMS Developer Guide (2026): alias-access"
        "A KMS key obeys its key policy: unless that, or a grant of the key, names you, or it leaves the \
         decision to your account's IAM policies, no IAM policy helps, nor does being the root user.";
    "D23" Low behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow"
        "AWS says that some other services may need a grant of the resource-based policy within one \
         account, too, but gives no list.";
    "D24" High behaviour "2026" "S3 guide (2026)"
        "S3 follows the ordinary rules within an account. Access control lists are off by default and left \
         out here.";
    "D25" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic"
        "SNS, SQS, Lambda, Secrets Manager and others follow the ordinary rules within an account.";
    "D26" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_notprincipal"
        "A Deny with `NotPrincipal` spares you only if it lists your account and your user, or your \
         account, role and session; to list only one of them may not be enough.";
    "D27" Low behaviour "2026" "field reports"
        "A Deny with `NotPrincipal` that lists only the account spares its root user but still denies its \
         users and roles.";
    "D28" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_notprincipal; IAM User Guide (2026): access_policies_boundaries"
        "A user or role with a permissions boundary is denied by every Deny with `NotPrincipal`, whatever \
         it lists.";
    "D.9" High background "2026" "STS API reference (2026); IAM User Guide (2026): id_credentials_temp"
        "A few calls need no permission, and no policy can take them away.";
    "D29" High behaviour "2026" "STS API reference (2026): GetCallerIdentity"
        "`sts:GetCallerIdentity` needs no permission: it works for any valid credentials, even against an \
         explicit deny.";
    "D30" High behaviour "2026" "IAM User Guide (2026): id_credentials_temp_control-access_getsessiontoken"
        "`sts:GetSessionToken` needs no permission, and a Deny on it has no effect.";
    "D31" High behaviour "2026" "STS API reference (2026); IAM User Guide (2026): id_credentials_temp"
        "DecodeAuthorizationMessage, GetAccessKeyInfo, GetFederationToken and AssumeRole of STS do need \
         permission.";
    "D32" Medium behaviour "2026" "IAM User Guide (2026): id_credentials_temp_request"
        "Some calls are not signed by anybody, such as AssumeRoleWithSAML and AssumeRoleWithWebIdentity; \
         for them there is no caller whose policies could count.";
    "D.10" High behaviour "2026" "IAM User Guide (2026): id_credentials_sts-comparison"
        "Temporary credentials cannot do everything: some refuse IAM, some refuse STS, and the root user \
         cannot assume roles, whatever the policies say.";
    "D33" Medium behaviour "2026" "iam-simulate (2026), a third party"
        "Nobody can change an AWS managed policy; reading and attaching it are ordinary actions.";
    "D34" Medium behaviour "2026" "iam-simulate (2026), a third party; IAM User Guide (2026): using-service-linked-roles"
        "Roles under `/aws-reserved/` cannot be changed or passed; service-linked roles can be deleted only \
         through their service or DeleteServiceLinkedRole.";
    "D35" High behaviour "2026" "IAM User Guide (2026): id_roles_use_passrole"
        "To hand a role to a service you need `iam:PassRole` on that role, besides the call itself, and the \
         role must be in your own account.";
    "D36" High behaviour "2026" "S3 guide (2026): access-control-block-public-access"
        "S3 Block Public Access has four switches at several levels, and the strictest wins.";
    "D37" High behaviour "2026" "S3 guide (2026): access-control-block-public-access; troubleshoot-403-errors"
        "BlockPublicPolicy refuses to store a policy that is public. With RestrictPublicBuckets a bucket whose \
         policy is public admits only its own account and AWS services; one public statement shuts out even those accounts that are named.";
    "D38" High behaviour "2026" "S3 guide (2026): access-control-block-public-access"
        "S3 calls a bucket policy public unless every grant is tied to fixed values: principals, accounts, \
         IP ranges that are not too wide, VPCs or the like.";
    "D39" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables; iam-simulate (2026), a third party: anonymous tests"
        "An anonymous caller gets in only where a resource-based policy allows everybody; SCPs do not \
         apply, RCPs do.";
    "D40" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "When an AWS service itself calls, only the policies of the resource and RCPs count.";
    "D41" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps"
        "A service role is an ordinary role; a service-linked role is not limited by SCPs and RCPs.";
    "D42" High behaviour "2026" "IAM User Guide (2026): access_forward_access_sessions"
        "When a service repeats a call on your behalf, that call is decided with your policies and \
         `aws:ViaAWSService` true, and both calls must be allowed.";
    "D43" Medium background "2023" "IAM User Guide (2023): reference_policies_evaluation-logic"
        "If the evaluation itself fails inside AWS, the request is denied.";
    "D44" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators; Glue guide (2026): glue-specifying-resource-arns"
        "Each resource of a call is authorized by itself, with the keys of its type: `ec2:RunInstances` touches \
         several, and a call on a table of Glue its database and catalog, too.";
    "D45" High background "2026" "S3 guide (2026): access-points"
        "A request through an S3 access point needs the policy of the access point and the bucket to allow.";
    "D46" High behaviour "2023" "IAM User Guide (2023): id_credentials_passwords_account-policy"
        "If the account's password policy says so, every IAM user may change the own password without any \
         policy.";
    "D47" High behaviour "2026" "Organizations User Guide (2026): orgs_permissions_overview"
        "Most calls of Organizations work only from the management account, some also from a delegated \
         administrator, whatever the policies say.";
    "D48" Medium behaviour "2026" "Account Management guide (2026): manage-acct-regions"
        "In a Region that is not enabled, and in an account that is closed or suspended, requests fail \
         whatever the policies say.";
    "D49" High background "2026" "IAM User Guide (2026): id_roles_providers_oidc_secure-by-default"
        "Trust policies for identity providers that many customers share, such as GitHub, are refused \
         unless they test a claim that tells you apart.";
    "D50" High background "2026" "API Gateway guide (2026)"
        "API Gateway combines its resource policy with each kind of authorization in its own way; within \
         one account with IAM authorization either side suffices.";
    "D51" Medium background "2026" "IAM User Guide (2026): access_policies-temporary-delegation"
        "Temporary delegation lets a partner ask for the rights of whoever approves; it is not modelled.";
    "D52" High background "2023" "China guide (2023-24)"
        "In the China partition the list of root-only tasks still has the account name; GovCloud was not \
         checked.";
    "D53" Medium background "2026" "field reports"
        "What AWS refuses when a policy is saved it says in fixed sentences, such as `Policy statement must \
         contain actions.`";
};
