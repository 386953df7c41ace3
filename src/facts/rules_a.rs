//! Rules A: the grammar of policies.

use super::rule::{Rule, rules};

pub(super) const RULES_A: &[Rule] = rules! {
    "A1" High background "2023" "IAM User Guide (2023): troubleshoot_policies"
        "A policy is exactly one JSON object. Anything after it, comments and trailing commas are errors.";
    "A2" High background "2026" "IAM User Guide (2026): reference_policies_grammar"
        "A policy has `Statement` (required), `Version` and `Id` (optional); `Statement` is one object or a \
         list of them, and the order does not matter.";
    "A3" High background "2026" "IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "Any other element, at the top or inside a statement, is an error.";
    "A4" Medium background "2026" "IAM User Guide (2026): reference_policies_grammar"
        "Element names count letter by letter: `effect` is not `Effect`. AWS does not say so outright, so \
         another case is refused with the right spelling as a suggestion.";
    "A5" High background "2023" "IAM User Guide (2023): troubleshoot_policies"
        "The same element twice in one object is refused today. Old stored policies that have it are read \
         so: the last `Effect` wins, `Action` and `Resource` lists are joined.";
    "A6" High background "2026" "IAM User Guide (2026): reference_iam-quotas"
        "Policies stored in IAM may hold tab, line feed, carriage return and the characters from U+0020 to \
         U+00FF, nothing above.";
    "A7" High background "2026" "IAM User Guide (2026): reference_policies_grammar"
        "Where a list may stand, a single string means a list of one. Condition values may also be bare \
         numbers or booleans and mean their text.";
    "A8" Medium background "2026" "IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "An empty document `{}` and an empty `Statement` list are errors.";
    "A9" Medium behaviour "2026" "IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "A statement whose `Action`, `Resource` or `Principal` list is empty never applies; an empty \
         `NotAction` or `NotResource` list excludes nothing; an empty `Condition` is always true.";
    "A10" High background "2026" "IAM User Guide (2026): reference_policies_elements_version"
        "`Version` is `2012-10-17` (current) or `2008-10-17` (old); anything else is an error.";
    "A11" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_version"
        "Without `Version` a policy behaves as the old version: `${...}` is plain text, not a variable.";
    "A11a" Medium background "2026" "field reports; AWS managed policies"
        "A customer managed policy, hence a permissions boundary, is refused at save unless its `Version` \
         is `2012-10-17`.";
    "A12" High background "2026" "Organizations User Guide (2026): orgs_manage_policies_rcps_syntax"
        "Resource control policies must carry `2012-10-17`; service control policies should.";
    "A13" High background "2026" "IAM User Guide (2026): access_policies_managed-versioning"
        "The `Version` element is not the version of a managed policy (v1, v2 and so on): at most 5 of \
         those are stored and only the default one is evaluated.";
    "A14" High background "2026" "IAM User Guide (2026): reference_policies_elements_id"
        "`Id` belongs into resource-based policies and has no effect on a decision.";
    "A15" High background "2026" "IAM User Guide (2026): reference_policies_elements_sid"
        "`Sid` names a statement. It is optional, unique in its policy, for IAM only letters and digits, \
         and has no effect on a decision.";
    "A16" High background "2026" "IAM User Guide (2026): reference_policies_elements_effect"
        "Every statement has an `Effect`, exactly `Allow` or `Deny`.";
    "A17" High background "2026" "IAM User Guide (2026): reference_policies_grammar"
        "A statement has one of `Action` and `NotAction`, and at most one of `Resource` and `NotResource`, \
         and of `Principal` and `NotPrincipal`.";
    "A.3" High background "2026" "IAM User Guide (2026): reference_policies_grammar; Organizations User Guide (2026): scps_syntax; Organizations User Guide (2026): rcps_syntax; PrivateLink guide (2026): vpc-endpoints-access"
        "Each kind of policy permits its own elements: identity-based policies and SCPs have no \
         `Principal`, trust policies have no `Resource`, RCPs have only `Principal: \"*\"` and `Effect: \
         Deny`.";
    "A18" Medium behaviour "2026" "iam-simulate (2026), a third party: noPrincipalElement tests"
        "A statement of a resource-based policy with neither `Principal` nor `NotPrincipal` is refused by \
         the services; if one is met all the same, it never applies.";
    "A19" Medium behaviour "2023" "IAM User Guide (2023): access_policies"
        "Where a service lets a resource-based policy leave out `Resource`, the statement speaks of the \
         resource it is attached to.";
    "A20" High background "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "`Principal` is `\"*\"` or an object with `AWS`, `Federated`, `Service` or `CanonicalUser`; one of \
         the values matching is enough.";
    "A21" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "`\"*\"` and `{\"AWS\": \"*\"}` mean everybody. A `*` as a part of a principal's name or ARN is not \
         allowed and never matches.";
    "A22" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "An account id and `arn:aws:iam::ACCOUNT:root` as principal both mean the whole account, never only \
         its root user.";
    "A23" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "An IAM user is named by its ARN, path included; the letter case of the name counts.";
    "A24" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "A role ARN as principal matches every session of that role.";
    "A24a" High behaviour "2026" "CloudFront and S3 guides (2026)"
        "A CloudFront origin access identity has an ARN with `cloudfront` in place of the account; it has \
         no identity-based policies and is treated as a service.";
    "A25" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "A role session is named by `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, without the path of \
         the role, and matches only that session.";
    "A26" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "A federated user session is named by `arn:aws:sts::ACCOUNT:federated-user/NAME`; NAME is the one \
         given to GetFederationToken, not that of the IAM user who called it.";
    "A27" High background "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "`Federated` stands only in role trust policies and names an identity provider: one of four \
         built-in names, or the ARN of an OIDC or SAML provider.";
    "A28" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "`Service` holds service principals such as `ec2.amazonaws.com`; a service of an opt-in Region that \
         calls another Region has its Region in the name.";
    "A29" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "`CanonicalUser` is for S3 only: 64 hexadecimal digits that stand for the account that owns them.";
    "A30" High background "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "A user group is never a principal. For users of IAM Identity Center, name the account and test \
         `aws:PrincipalArn`.";
    "A31" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_principal"
        "A trust policy stores the unique id of the user or role it names. A user deleted and created again \
         under the same name is somebody else and no longer matches.";
    "A32" Medium background "2026" "general knowledge, no page"
        "A principal ARN that does not exist is refused when the policy is saved.";
    "A33" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_notprincipal"
        "`NotPrincipal` is supported only with `Deny`. An old stored `Allow` with it grants everybody who \
         is not listed, anonymous callers included.";
    "A34" Medium behaviour "2026" "iam-simulate (2026), a third party: anonymous tests"
        "`NotPrincipal: \"*\"` excludes everybody, so the statement never applies.";
    "A35" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_action"
        "An action is `service:Name`, and letter case counts in neither half: `S3:getobject` is \
         `s3:GetObject`.";
    "A36" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_action"
        "In an action `*` stands for any run of characters, also none, and `?` for exactly one; `*` alone \
         is every action of every service.";
    "A37" Low behaviour "2026" "IAM User Guide (2023): reference_policies_elements_action; IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "A wildcard in the service half of an action is doubtful: an older guide shows it working, a newer \
         check flags it. It matches here, with a warning.";
    "A38" Medium behaviour "2026" "iam-simulate (2026), a third party: commas tests"
        "An action without a colon, empty, or holding a space or comma matches no request; inside \
         `NotAction` it excludes nothing.";
    "A39" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_notaction"
        "`NotAction` means every action that is not listed, of every service, also of services that AWS has \
         yet to create.";
    "A40" High background "2026" "IAM User Guide (2026): reference_policies_elements_action"
        "One API call may need several actions on several resources, and every pair of them must be \
         allowed.";
    "A41" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_resource"
        "A resource is `*` or an ARN, and its letter case counts.";
    "A42" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_resource"
        "In a resource `*` and `?` are wildcards; `*` may match nothing, and it crosses slashes.";
    "A43" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_resource"
        "Pattern and ARN are compared part by part, split at the first five colons; a `*` that ends a part \
         may also run across the colons behind it.";
    "A44" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_grammar"
        "A short ARN in an identity-based policy is filled up with `*`: `arn:aws:sqs` means every queue. \
         Session policies with short ARNs are refused; other kinds are not documented.";
    "A45" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_resource"
        "A wildcard in the word for the resource type, as in `u*/Bob`, is documented as unusable; it is \
         matched here like any other, with a warning.";
    "A46" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_resource; AWS managed policies"
        "An action that works on no particular resource, such as `ec2:DescribeInstances`, is asked for on \
         `*`: only `Resource: \"*\"` matches it, a specific ARN neither allows nor denies.";
    "A47" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_notresource"
        "`NotResource` applies to every resource that none of its entries matches.";
    "A48" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables"
        "A policy variable is written `${key}` or `${key, 'default'}`. It works in version 2012-10-17 only, \
         and only with single-valued keys.";
    "A49" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables"
        "Variables work in the last part of a resource ARN and in values of String and Arn operators; not \
         in numbers, dates, IP ranges, principals or actions.";
    "A49a" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables"
        "`${*}`, `${?}` and `${$}` are the characters `*`, `?` and `$` themselves, not wildcards.";
    "A49b" High behaviour "2026" "IAM User Guide (2026): reference_policies_variables"
        "A variable that has no value and no default matches nothing: the resource or the value that holds \
         it matches nothing, and a negated operator counts it as not equal.";
    "A49c" Low behaviour "2026" "ours; the documentation is silent"
        "A `*` or `?` that comes out of the value of a variable is a plain character, not a wildcard.";
    "A49d" Medium behaviour "2026" "IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "A malformed variable is refused when the policy is saved; if it is met all the same, it is plain \
         text.";
    "A49e" Medium behaviour "2026" "general knowledge, no page"
        "Variables are replaced once: a value that itself holds `${...}` is not replaced again.";
    "A49f" Low behaviour "2026" "AWS managed policy AmazonTimestreamInfluxDBServiceRolePolicy"
        "One policy of AWS's own has a variable in the account part of an ARN, which the documentation \
         forbids. It is replaced there too, with a warning.";
    "A50" High background "2026" "report: SCP full language 2025-09-19; Organizations User Guide (2026): orgs_manage_policies_scps_syntax"
        "Since 2025-09-19 an SCP may use conditions, ARNs and NotAction with Allow, NotResource, and \
         wildcards anywhere; before, Allow knew only whole actions on `*`.";
    "A51" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_scps"
        "An SCP never grants anything, it only limits. AWS attaches `FullAWSAccess` at every level by \
         default, and each level must keep at least one SCP.";
    "A52" High background "2026" "Organizations User Guide (2026): orgs_reference_limits"
        "An SCP has at most 10,240 characters (5,120 until about 2025), and 1 to 10 SCPs are attached to a \
         root, organizational unit or account (5 formerly).";
    "A53" High background "2026" "Organizations User Guide (2026): orgs_manage_policies_rcps_syntax"
        "A resource control policy of your own can only deny, speaks of everybody (`Principal: \"*\"`) and \
         must name a service in each action. `RCPFullAWSAccess` is attached everywhere and cannot be \
         detached.";
    "A54" High behaviour "2026" "Organizations User Guide (2026): orgs_manage_policies_rcps"
        "Resource control policies act only on services of a list that keeps growing; it holds S3, STS, \
         KMS, SQS and Secrets Manager, but not SNS, EC2, Lambda or IAM.";
    "A55" High behaviour "2026" "PrivateLink guide (2026): vpc-endpoints-access"
        "A VPC endpoint policy has at most 20,480 characters; an endpoint without one lets everything \
         through.";
    "A55a" High background "2026" "PrivateLink guide (2026): vpc-endpoints-access"
        "When a VPC endpoint policy is saved, wildcards and numeric operators are refused with some keys \
         that hold identifiers of AWS.";
    "A56" High behaviour "2026" "PrivateLink guide (2026): vpc-endpoints-access"
        "In the policy of a gateway endpoint (S3, DynamoDB) the principal must be `*`; an account id there \
         covers only that account's root user.";
    "A.10" High background "2026" "IAM User Guide (2026): reference_iam-quotas; Organizations User Guide (2026): orgs_reference_limits; PrivateLink guide (2026): vpc-endpoints-access"
        "Each kind of policy has a limit of size: a managed policy 6,144 characters, inline policies 2,048 \
         (user), 5,120 (group) and 10,240 (role) in sum, white space not counted.";
};
