//! The lines of the AWS command line that read a policy into a file and put it back: general knowledge, with the names of
//! commands and options as `aws SERVICE COMMAND help` tells them (AWS CLI 2), as of 2026-11-30.

use super::option_words::{filled, in_shell};
use super::services::is;
use crate::names::Arn;

/// How a policy is read into a file, and how the file takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyCommands {
    /// Reads the policy as it is; nothing where the call needs no more than what is new.
    pub read: Option<String>,
    /// Makes the change.
    pub put: String,
}

/// The commands around a call that changes a policy, by its action, what it acts on, and the name of the policy;
/// nothing where no table knows them.
pub fn policy_commands(action: &str, on: &str, policy: &str) -> Option<PolicyCommands> {
    let (_, read, put) = COMMANDS.iter().find(|(known, ..)| is(known, action))?;
    let arn = Arn::parse(on)?;
    let name = last_name(&arn);
    let queue = format!("https://sqs.{}.amazonaws.com/{}/{name}", arn.region(), arn.account());
    let kind = arn.resource().split('/').nth(2).unwrap_or_default().to_ascii_uppercase();
    let (whole, policy, name) = (in_shell(on), in_shell(policy), in_shell(name));
    let values = [
        ("ARN", &*whole),
        ("POLICY", &*policy),
        ("NAME", &*name),
        ("OWNER", arn.account()),
        ("URL", &*queue),
        ("KIND", &*kind),
    ];
    let region = Some(arn.region()).filter(|region| !region.is_empty() && *region != "*");
    let region = region.map(|region| format!(" --region {region}")).unwrap_or_default();
    let line = |text: &str| filled(text, &values).replace("{region}", &region);
    Some(PolicyCommands { read: (!read.is_empty()).then(|| line(read)), put: line(put) })
}

/// The last part of a name: of a user without its path, of a resource without its kind.
fn last_name<'a>(arn: &Arn<'a>) -> &'a str {
    let resource = arn.resource();
    let separators: &[char] = match arn.service() {
        "s3" if arn.account().is_empty() => return resource,
        "ecr" => return resource.split_once('/').map_or(resource, |(_, name)| name),
        "dynamodb" | "iam" | "ec2" => &['/'],
        _ => &['/', ':'],
    };
    resource.rsplit(separators).next().unwrap_or(resource)
}

/// An action, what reads the policy, what puts it.
#[rustfmt::skip]
static COMMANDS: &[(&str, &str, &str)] = &[
    ("backup:PutBackupVaultAccessPolicy",
        "aws backup get-backup-vault-access-policy --backup-vault-name NAME{region} --query Policy --output text > policy.json",
        "aws backup put-backup-vault-access-policy --backup-vault-name NAME{region} --policy file://policy.json"),
    ("dynamodb:PutResourcePolicy",
        "aws dynamodb get-resource-policy --resource-arn ARN{region} --query Policy --output text > policy.json",
        "aws dynamodb put-resource-policy --resource-arn ARN{region} --policy file://policy.json"),
    ("ec2:ModifyVpcEndpoint",
        "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids NAME{region} --query VpcEndpoints[0].PolicyDocument --output text > policy.json",
        "aws ec2 modify-vpc-endpoint --vpc-endpoint-id NAME{region} --policy-document file://policy.json"),
    ("ecr:SetRepositoryPolicy",
        "aws ecr get-repository-policy --repository-name NAME{region} --query policyText --output text > policy.json",
        "aws ecr set-repository-policy --repository-name NAME{region} --policy-text file://policy.json"),
    ("elasticfilesystem:PutFileSystemPolicy",
        "aws efs describe-file-system-policy --file-system-id NAME{region} --query Policy --output text > policy.json",
        "aws efs put-file-system-policy --file-system-id NAME{region} --policy file://policy.json"),
    ("es:UpdateDomainConfig",
        "aws opensearch describe-domain-config --domain-name NAME{region} --query DomainConfig.AccessPolicies.Options --output text > policy.json",
        "aws opensearch update-domain-config --domain-name NAME{region} --access-policies file://policy.json"),
    ("events:PutPermission",
        "aws events describe-event-bus --name NAME{region} --query Policy --output text > policy.json",
        "aws events put-permission --event-bus-name NAME{region} --policy file://policy.json"),
    ("glue:PutResourcePolicy",
        "aws glue get-resource-policy{region} --query PolicyInJson --output text > policy.json",
        "aws glue put-resource-policy{region} --policy-in-json file://policy.json"),
    ("iam:CreatePolicyVersion",
        "P=ARN; aws iam get-policy-version --policy-arn $P --version-id $(aws iam get-policy --policy-arn $P --query Policy.DefaultVersionId --output text) --query PolicyVersion.Document > policy.json",
        "aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default"),
    ("iam:DeleteGroupPolicy", "", "aws iam delete-group-policy --group-name NAME --policy-name POLICY"),
    ("iam:DeleteRolePolicy", "", "aws iam delete-role-policy --role-name NAME --policy-name POLICY"),
    ("iam:DeleteUserPolicy", "", "aws iam delete-user-policy --user-name NAME --policy-name POLICY"),
    ("iam:DetachGroupPolicy", "", "aws iam detach-group-policy --group-name NAME --policy-arn POLICY"),
    ("iam:DetachRolePolicy", "", "aws iam detach-role-policy --role-name NAME --policy-arn POLICY"),
    ("iam:DetachUserPolicy", "", "aws iam detach-user-policy --user-name NAME --policy-arn POLICY"),
    ("iam:PutGroupPolicy",
        "aws iam get-group-policy --group-name NAME --policy-name POLICY --query PolicyDocument > policy.json",
        "aws iam put-group-policy --group-name NAME --policy-name POLICY --policy-document file://policy.json"),
    ("iam:PutRolePolicy",
        "aws iam get-role-policy --role-name NAME --policy-name POLICY --query PolicyDocument > policy.json",
        "aws iam put-role-policy --role-name NAME --policy-name POLICY --policy-document file://policy.json"),
    ("iam:PutUserPolicy",
        "aws iam get-user-policy --user-name NAME --policy-name POLICY --query PolicyDocument > policy.json",
        "aws iam put-user-policy --user-name NAME --policy-name POLICY --policy-document file://policy.json"),
    ("iam:UpdateAssumeRolePolicy",
        "aws iam get-role --role-name NAME --query Role.AssumeRolePolicyDocument > policy.json",
        "aws iam update-assume-role-policy --role-name NAME --policy-document file://policy.json"),
    ("kinesis:PutResourcePolicy",
        "aws kinesis get-resource-policy --resource-arn ARN{region} --query Policy --output text > policy.json",
        "aws kinesis put-resource-policy --resource-arn ARN{region} --policy file://policy.json"),
    ("kms:PutKeyPolicy",
        "aws kms get-key-policy --key-id NAME{region} --policy-name default --query Policy --output text > policy.json",
        "aws kms put-key-policy --key-id NAME{region} --policy-name default --policy file://policy.json"),
    ("organizations:DetachPolicy", "",
        "aws organizations detach-policy --policy-id $(aws organizations list-policies --filter KIND --query \"Policies[?Name=='POLICY'].Id\" --output text) --target-id TARGET"),
    ("organizations:UpdatePolicy",
        "P=$(aws organizations list-policies --filter KIND --query \"Policies[?Name=='POLICY'].Id\" --output text); aws organizations describe-policy --policy-id $P --query Policy.Content --output text > policy.json",
        "aws organizations update-policy --policy-id $(aws organizations list-policies --filter KIND --query \"Policies[?Name=='POLICY'].Id\" --output text) --content file://policy.json"),
    ("s3:PutAccessPointPolicy",
        "aws s3control get-access-point-policy --account-id OWNER --name NAME{region} --query Policy --output text > policy.json",
        "aws s3control put-access-point-policy --account-id OWNER --name NAME{region} --policy file://policy.json"),
    ("s3:PutBucketPolicy",
        "aws s3api get-bucket-policy --bucket NAME --query Policy --output text > policy.json",
        "aws s3api put-bucket-policy --bucket NAME --policy file://policy.json"),
    ("secretsmanager:PutResourcePolicy",
        "aws secretsmanager get-resource-policy --secret-id ARN{region} --query ResourcePolicy --output text > policy.json",
        "aws secretsmanager put-resource-policy --secret-id ARN{region} --resource-policy file://policy.json"),
    ("sns:SetTopicAttributes",
        "aws sns get-topic-attributes --topic-arn ARN{region} --query Attributes.Policy --output text > policy.json",
        "aws sns set-topic-attributes --topic-arn ARN{region} --attribute-name Policy --attribute-value file://policy.json"),
    ("sqs:SetQueueAttributes",
        "aws sqs get-queue-attributes --queue-url URL{region} --attribute-names Policy --query Attributes.Policy --output text > policy.json",
        "aws sqs set-queue-attributes --queue-url URL{region} --attributes \"$(jq -Rs '{Policy:.}' policy.json)\""),
    ("sso:PutInlinePolicyToPermissionSet",
        "S='--instance-arn INSTANCE --permission-set-arn SET'; aws sso-admin get-inline-policy-for-permission-set $S --query InlinePolicy --output text > policy.json",
        "S='--instance-arn INSTANCE --permission-set-arn SET'; aws sso-admin put-inline-policy-to-permission-set $S --inline-policy file://policy.json && aws sso-admin provision-permission-set $S --target-type ALL_PROVISIONED_ACCOUNTS"),
];

#[cfg(test)]
mod tests {
    use super::policy_commands;

    fn put(action: &str, on: &str) -> String {
        policy_commands(action, on, "P").expect("known").put
    }

    #[test]
    fn a_policy_is_put_by_the_command_of_its_service_in_its_region() {
        assert_eq!(
            put("kms:PutKeyPolicy", "arn:aws:kms:eu-west-1:111122223333:key/k-1"),
            "aws kms put-key-policy --key-id k-1 --region eu-west-1 --policy-name default --policy file://policy.json"
        );
        assert_eq!(
            put("s3:PutBucketPolicy", "arn:aws:s3:::b"),
            "aws s3api put-bucket-policy --bucket b --policy file://policy.json"
        );
        assert!(
            put("sqs:SetQueueAttributes", "arn:aws:sqs:eu-west-1:111122223333:q").contains(
                "--queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/q --region eu-west-1"
            )
        );
    }

    #[test]
    fn a_user_is_named_without_its_path_and_a_policy_of_an_organization_by_its_kind() {
        let user = policy_commands("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/eng/ann", "Own");
        let read = user.and_then(|user| user.read).unwrap_or_default();
        assert!(read.starts_with("aws iam get-user-policy --user-name ann --policy-name Own "), "{read}");
        let on = "arn:aws:organizations::999999999999:policy/o-exampleorg/service_control_policy/p-1";
        let read = policy_commands("organizations:UpdatePolicy", on, "Regions").and_then(|own| own.read);
        let read = read.unwrap_or_default();
        assert!(read.contains("--filter SERVICE_CONTROL_POLICY --query \"Policies[?Name=='Regions'].Id\""));
    }

    #[test]
    fn no_word_of_a_command_is_taken_for_one_that_stands_for_a_value() {
        let set = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef";
        assert!(put("sso:PutInlinePolicyToPermissionSet", set).ends_with(" ALL_PROVISIONED_ACCOUNTS"));
    }

    #[test]
    fn of_a_call_that_no_table_knows_nothing_is_said() {
        assert_eq!(policy_commands("foo:PutPolicy", "arn:aws:foo:::x", "P"), None);
    }
}
