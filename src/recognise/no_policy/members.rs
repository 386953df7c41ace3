//! JSON that people have beside policies, known by its members.

use super::file_form::FileForm;
use crate::syntax::json::{Cursor, Kind};

const VERSION: &str =
    "`aws iam get-policy-version --policy-arn ARN --version-id ID` prints the policy itself";
const NO_POLICY_IN_IT: &str = "no policy is in it";
const NAMES_ALONE: &str =
    "it names them alone; `aws iam get-account-authorization-details` prints their policies";
const OF_ORGANIZATION: &str = "`aws organizations describe-policy --policy-id ID` prints a policy";

/// The members that tell what JSON is (`a.b` is a member of a member), what that is, and what to do.
type Form = (&'static [&'static str], &'static str, &'static str);

const REQUEST: Form =
    (&["principal", "action"], "a request, as `batch` takes them", "`iamwhy batch FILE` answers it");

const ASKS: &str =
    "`iamwhy can --policy FILE ACTION RESOURCE` asks about it, `iamwhy lint FILE` looks through it";
const LISTS_WORLD: &str = "`iamwhy --world FILE` asks questions in its world";

/// What commands take: what it is, and which. They are policies, hold them, or are something else that is asked for.
#[rustfmt::skip]
const HOLDERS: &[Form] = &[
    (&["Statement"], "a policy", ASKS),
    (&["Effect", "Action"], "a statement of a policy", ASKS),
    (&["PolicyVersion.Document"], "the output of `aws iam get-policy-version`", ASKS),
    (&["UserName", "PolicyDocument"], "the output of `aws iam get-user-policy`", ASKS),
    (&["GroupName", "PolicyDocument"], "the output of `aws iam get-group-policy`", ASKS),
    (&["RoleName", "PolicyDocument"], "the output of `aws iam get-role-policy`", ASKS),
    (&["Role.AssumeRolePolicyDocument"], "the output of `aws iam get-role`", ASKS),
    (&["Policy.PolicySummary"], "the output of `aws organizations describe-policy`", ASKS),
    (&["Attributes.Policy"], "the attributes of a queue or topic, with its policy", ASKS),
    (&["UserDetailList"], "the output of `aws iam get-account-authorization-details`", LISTS_WORLD),
    (&["RoleDetailList"], "the output of `aws iam get-account-authorization-details`", LISTS_WORLD),
    (&["format_version", "planned_values"], "a plan of Terraform", ASKS),
    REQUEST,
];

#[rustfmt::skip]
const FORMS: &[Form] = &[
    (&["format_version", "planned_values"], "a plan of Terraform in which no policy is known yet", "what hangs on resources that are still to be made is known once they are"),
    (&["format_version", "values"], "a state of Terraform", NO_POLICY_IN_IT),
    (&["terraform_version", "lineage"], "a state of Terraform", NO_POLICY_IN_IT),
    (&["AWSTemplateFormatVersion"], "a template of CloudFormation", NO_POLICY_IN_IT),
    (&["artifacts", "version"], "the manifest of what the CDK made", "the policies are in the `*.template.json` beside it"),
    (&["Policy.DefaultVersionId"], "the output of `aws iam get-policy`, which says what is known of a policy but what it says", VERSION),
    (&["AttachedPolicies"], "a list of the policies that are attached, by their names", VERSION),
    (&["PolicyNames"], "a list of the names of inline policies", "`aws iam get-user-policy`, `get-role-policy` and `get-group-policy` print one"),
    (&["Versions"], "a list of versions of a policy", VERSION),
    (&["Policies"], "a list of policies by their names", VERSION),
    (&["PolicyGroups"], "a list of whom a policy is attached to", VERSION),
    (&["EvaluationResults"], "an answer of AWS's policy simulator", "give the policy that it was asked about; `can` asks the same here"),
    (&["findings"], "findings of Access Analyzer", "give the policy that they are about to `lint`"),
    (&["Roles"], "a list of roles", NAMES_ALONE),
    (&["Users"], "a list of users", NAMES_ALONE),
    (&["Groups"], "a list of groups", NAMES_ALONE),
    (&["User.UserName"], "the output of `aws iam get-user`", NAMES_ALONE),
    (&["Role.RoleName"], "the output of `aws iam get-role`", "`aws iam get-role-policy` prints an inline policy of it"),
    (&["Group.GroupName"], "the output of `aws iam get-group`", NAMES_ALONE),
    (&["UserId", "Account", "Arn"], "the output of `aws sts get-caller-identity`", "its ARN is a principal: `iamwhy can ARN ACTION`"),
    (&["Credentials"], "credentials of a session", "nothing of them is shown; name the file of a policy"),
    (&["KeyMetadata"], "the output of `aws kms describe-key`", "`aws kms get-key-policy --key-id ID` prints its policy"),
    (&["Organization"], "the output of `aws organizations describe-organization`", OF_ORGANIZATION),
    (&["Accounts"], "a list of accounts", OF_ORGANIZATION),
    (&["OrganizationalUnits"], "a list of organizational units", OF_ORGANIZATION),
    (&["Roots"], "a list of roots of organizations", OF_ORGANIZATION),
    (&["Parents"], "a list of parents in an organization", OF_ORGANIZATION),
    (&["PublicAccessBlockConfiguration"], "a setting of Block Public Access", "`aws s3api get-bucket-policy --bucket NAME` prints the bucket's policy"),
    REQUEST,
    (&["name", "scripts"], "a package of npm", NO_POLICY_IN_IT),
    (&["name", "dependencies"], "a package of npm", NO_POLICY_IN_IT),
    (&["name", "version", "description"], "a package of npm", NO_POLICY_IN_IT),
    (&["lockfileVersion"], "a lock file of npm", NO_POLICY_IN_IT),
    (&["compilerOptions"], "settings of TypeScript", NO_POLICY_IN_IT),
    (&["runs", "$schema"], "findings in SARIF", NO_POLICY_IN_IT),
    (&["apiVersion", "kind"], "a manifest of Kubernetes", NO_POLICY_IN_IT),
    (&["jobs", "on"], "a workflow of GitHub Actions", NO_POLICY_IN_IT),
    (&["openapi"], "a description of an API", NO_POLICY_IN_IT),
    (&["swagger"], "a description of an API", NO_POLICY_IN_IT),
    (&["services", "version"], "a file of Docker Compose", NO_POLICY_IN_IT),
];

/// What an object is, or the first of a list.
pub(super) fn of_members(root: Cursor<'_>) -> Option<FileForm> {
    let one = root.items().next().unwrap_or(root);
    let found = form(FORMS, one).map(|(_, what, instead)| FileForm::new(*what, *instead));
    found.or_else(|| template(one))
}

/// What an object is, or the first of a list, also where it holds policies.
pub(super) fn of_holder(root: Cursor<'_>) -> Option<FileForm> {
    let one = root.items().next().unwrap_or(root);
    let found = form(HOLDERS, one).map(|(_, what, by)| FileForm::taken(*what, *by));
    found.or_else(|| of_members(root))
}

fn form<'f>(forms: &'f [Form], one: Cursor<'_>) -> Option<&'f Form> {
    let has = |path: &&str| path.split('.').try_fold(one, |value, name| value.member(name)).is_some();
    forms.iter().find(|(members, ..)| members.iter().all(has))
}

/// A template need not say that it is one.
fn template(root: Cursor<'_>) -> Option<FileForm> {
    let mut resources = root.member("Resources").filter(|all| all.kind() == Kind::Object)?.members();
    let of_aws = |kind: Cursor<'_>| kind.string().is_some_and(|kind| kind.starts_with("AWS::"));
    let is_one = resources.any(|(_, one)| one.member("Type").is_some_and(of_aws));
    is_one.then(|| FileForm::new("a template of CloudFormation", NO_POLICY_IN_IT))
}
