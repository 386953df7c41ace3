//! Rules I: where the world meets the request.

use super::rule::{Rule, rules};

pub(super) const RULES_I: &[Rule] = rules! {
    "I1" High behaviour "2026-11-29" "service guides (2026): resource-based policies"
        "A policy that stands on a container, such as a bucket, a domain, an API or a Data Catalog, governs \
         what lies in it, as far as its own Resource patterns cover it.";
    "I2" Low behaviour "2026" "ours"
        "A policy of the world that covers the requested ARN and was not consulted is listed under \
         `incomplete`: nothing is allowed in silence past a Deny that the world holds.";
    "I3" High behaviour "2026" "API Gateway guide (2026): apigateway-resource-policies-examples"
        "In the policy of an API, `execute-api:/STAGE/VERB/PATH` stands for the full ARN of the API that the \
         policy is on; AWS completes it when it saves.";
    "I4" Low behaviour "2026" "IAM User Guide (2026): reference_policies_evaluation-logic_policy-eval-denyallow; choice ours"
        "An action that needs a resource is hardly ever asked for `*`. Where a trust, key or given resource \
         policy would decide, the answer without a resource is `depends`.";
    "I5" Low behaviour "2026" "ours"
        "`aws:SourceVpc` alone tells the endpoint if the world has exactly one of that service in the VPC; \
         its policy then takes part. Of several, none is guessed.";
    "I6" High behaviour "2026" "KMS guide (2026): key-policies; EFS guide (2026): iam-access-control-nfs-efs"
        "Every role has a trust policy and every key a key policy. Where nobody gave it, the answer is \
         `depends`, not `denied`. A file system without a policy lets every client in.";
    "I7" High behaviour "2026-11-29" "Service Authorization Reference (2026)"
        "Services have keys of their own for the tags of a resource, such as `ec2:ResourceTag`; they hold \
         the same tags as `aws:ResourceTag`. Keys of a container's tags hold those of the container.";
    "I8" High behaviour "2026-11-29" "Service Authorization Reference (2026)"
        "Nine keys of the reference that look like single keys, such as `ssm:resourceTag/tag-key`, stand \
         for a key for each tag.";
    "I9" Medium behaviour "2026" "Service Authorization Reference (2026); EC2 guide (2026): ExamplePolicies_EC2"
        "`aws:RequestTag` and `aws:TagKeys` are there only for the resources that the call creates or tags: \
         a launch carries the instance's tags on the instance, not on image and subnet.";
    "I10" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "`aws:FederatedProvider` is there while a trust policy is asked for AssumeRoleWithWebIdentity, too: \
         the provider that vouches for the caller.";
    "I11" High behaviour "2026-07" "IAM User Guide (2026): reference_policies_condition-keys"
        "The account and organization of an endpoint, and the ARN of its VPC, are keys only of the services \
         in AWS's lists, and never of iam:PassRole.";
    "I12" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "`aws:PrincipalServiceNamesList` holds the names of the service in the Region that calls, not those \
         of other Regions.";
    "I13" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys; API model (2026)"
        "Keys of trusted identity propagation and of customer domains are known, and never filled in.";
    "I14" High behaviour "2026-11-29" "endpoints of the API models (2026); IAM User Guide (2026): reference_policies_examples_aws_deny-requested-region"
        "A value that AWS would never send is warned of: an address that is none, an endpoint id of the \
         wrong form, a Region that the endpoint of a global service cannot have.";
    "I15" High behaviour "2025-01-07" "IAM User Guide (2026): document-history"
        "The task policy IAMDeleteRootUserCredentials no longer allows iam:DeleteVirtualMFADevice.";
    "I16" High behaviour "2026" "Organizations API (2026)"
        "An account leaves its organization only by itself, and neither as the management account nor as a \
         delegated administrator. Only an account that is in none can create one.";
    "I17" High behaviour "2026" "Organizations API (2026); Organizations User Guide (2026): orgs_delegate_policies"
        "Some actions of Organizations work for a delegated administrator, some for every account of the \
         organization, the rest for the management account alone.";
    "I18" High behaviour "2026-05-12" "IAM User Guide (2026): id_roles_providers_oidc_secure-by-default"
        "A trust policy for an OIDC provider that many customers share is saved only with a condition on \
         whose token it is. For app.terraform.io STS asks for it, too.";
    "I19" High behaviour "2026" "AWS managed policies of 2026: AWSSSOServiceRolePolicy"
        "Roles under /aws-reserved/ and /aws-service-role/ are changed by the service-linked role of the \
         service that owns them, as far as its policy allows, and by nobody else.";
    "I20" Medium behaviour "2026" "CloudTrail records"
        "A session of AWSServiceRoleFor… is one of a service-linked role, unless the world has a role of \
         that name under another path.";
    "I21" Medium behaviour "2026" "error messages of AWS"
        "logs:DescribeLogGroups is asked for `log-group::log-stream:`. The resource in a message of AWS is \
         evidence, and is asked for as it stands.";
    "I22" High behaviour "2026" "STS API (2026)"
        "sts:GetScopedCredentials takes temporary credentials only; the session gets what its policies and \
         the policy given both allow.";
    "I23" High behaviour "2026-04-06" "S3 User Guide (2026): default-bucket-encryption, bucketnamingrules"
        "Since 2026-04-06 buckets refuse SSE-C unless switched on. A bucket name that ends in `-an` belongs \
         to the account and Region that it names.";
    "I24" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_accounts_account_state"
        "An account that is pending activation, suspended or closed refuses every call; one that is active \
         or about to be closed does not.";
    "I25" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies"
        "Of Organizations' policy types only SCPs and RCPs authorize. An S3 policy sets Block Public Access \
         for the accounts below it.";
    "I26" High behaviour "2023-04" "S3 User Guide (2026): access-control-block-public-access"
        "New buckets have Block Public Access on. An answer that lets a stranger in through a public policy \
         says so, where the world does not tell how the switches stand.";
    "I27" Low behaviour "2026" "ours"
        "A policy given with a question that cannot be read is an error of that question, never dropped.";
    "I28" Low behaviour "2026" "ours"
        "A given policy that cannot count, such as an RCP for a service that has none, is said.";
    "I29" Low behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps"
        "Where the SCPs given on the command line allow nothing at all, FullAWSAccess is taken to stand \
         beside them, and that is listed under `assumed`.";
    "I30" Medium behaviour "2026" "IAM User Guide (2026): troubleshoot_policies; error messages of AWS"
        "Documents that IAM refuses with MalformedPolicyDocument are refused where they would be saved.";
    "I31" Low behaviour "2026" "ours"
        "The principal of a question that names none belongs to the account in the resource's ARN.";
};
