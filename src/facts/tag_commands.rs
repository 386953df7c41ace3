//! The line of the AWS command line that gives a tag to something that is there: general knowledge, with the names of
//! commands and options as `aws SERVICE COMMAND help` tells them (AWS CLI 2), as of 2026-11-30.

use super::option_words::{filled, in_shell};
use super::services::is;
use crate::names::Arn;

/// The line that gives a tag to a resource of an account; nothing where no table knows the command.
pub fn tag_command(arn: &Arn<'_>, account: &str, (tag, value): (&str, &str)) -> Option<String> {
    if is(arn.service(), "s3") && arn.resource().contains('/') {
        return None; // objects and access points have commands of their own
    }
    let known = |(service, start, _): &&(&str, &str, &str)| {
        is(service, arn.service()) && arn.resource().starts_with(start)
    };
    let (_, start, line) = COMMANDS.iter().find(known)?;
    let rest = &arn.resource()[start.len()..];
    let name = if is(arn.service(), "iam") { rest.rsplit('/').next().unwrap_or(rest) } else { rest };
    let is_bare = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@+".contains(c));
    if !is_bare(tag) || !is_bare(value) || name.is_empty() {
        return None; // such words have a form of their own in each command
    }
    let queue = format!("https://sqs.{}.amazonaws.com/{}/{rest}", arn.region(), arn.account());
    let (whole, name) = (in_shell(arn.text()), in_shell(name));
    let values = [
        ("ACCOUNT", account),
        ("ARN", &*whole),
        ("NAME", &*name),
        ("URL", &*queue),
        ("TAG", tag),
        ("VALUE", value),
    ];
    Some(filled(line, &values))
}

/// A service, how its resources begin, and the line.
#[rustfmt::skip]
static COMMANDS: &[(&str, &str, &str)] = &[
    ("dynamodb", "", "aws dynamodb tag-resource --resource-arn ARN --tags Key=TAG,Value=VALUE"),
    ("ec2", "instance/", EC2),
    ("ec2", "volume/", EC2),
    ("ec2", "security-group/", EC2),
    ("ec2", "subnet/", EC2),
    ("ec2", "vpc/", EC2),
    ("ec2", "snapshot/", EC2),
    ("ec2", "image/", EC2),
    ("ecr", "", "aws ecr tag-resource --resource-arn ARN --tags Key=TAG,Value=VALUE"),
    ("ecs", "", "aws ecs tag-resource --resource-arn ARN --tags key=TAG,value=VALUE"),
    ("eks", "", "aws eks tag-resource --resource-arn ARN --tags TAG=VALUE"),
    ("events", "", "aws events tag-resource --resource-arn ARN --tags Key=TAG,Value=VALUE"),
    ("glue", "", "aws glue tag-resource --resource-arn ARN --tags-to-add TAG=VALUE"),
    ("iam", "policy/", "aws iam tag-policy --policy-arn ARN --tags Key=TAG,Value=VALUE"),
    ("iam", "role/", "aws iam tag-role --role-name NAME --tags Key=TAG,Value=VALUE"),
    ("iam", "user/", "aws iam tag-user --user-name NAME --tags Key=TAG,Value=VALUE"),
    ("kinesis", "stream/", "aws kinesis add-tags-to-stream --stream-name NAME --tags TAG=VALUE"),
    ("kms", "key/", "aws kms tag-resource --key-id ARN --tags TagKey=TAG,TagValue=VALUE"),
    ("lambda", "", "aws lambda tag-resource --resource ARN --tags TAG=VALUE"),
    ("logs", "", "aws logs tag-resource --resource-arn ARN --tags TAG=VALUE"),
    ("rds", "", "aws rds add-tags-to-resource --resource-name ARN --tags Key=TAG,Value=VALUE"),
    ("s3", "", BUCKET),
    ("secretsmanager", "", "aws secretsmanager tag-resource --secret-id ARN --tags Key=TAG,Value=VALUE"),
    ("sns", "", "aws sns tag-resource --resource-arn ARN --tags Key=TAG,Value=VALUE"),
    ("sqs", "", "aws sqs tag-queue --queue-url URL --tags TAG=VALUE"),
    ("states", "", "aws stepfunctions tag-resource --resource-arn ARN --tags key=TAG,value=VALUE"),
];

const EC2: &str = "aws ec2 create-tags --resources NAME --tags Key=TAG,Value=VALUE";

/// The tags of a bucket count where ABAC is on for it, and then PutBucketTagging is refused (S3 User Guide, enabling ABAC
/// in general purpose buckets; general knowledge).
const BUCKET: &str =
    "aws s3control tag-resource --account-id ACCOUNT --resource-arn ARN --tags Key=TAG,Value=VALUE";

#[cfg(test)]
mod tests {
    use super::tag_command;
    use crate::names::Arn;

    #[test]
    fn a_tag_is_given_by_the_command_of_the_service() {
        let line = |arn: &str| tag_command(&Arn::parse(arn).unwrap(), "111122223333", ("team", "red"));
        let is = |arn: &str, expected: &str| assert_eq!(line(arn).as_deref(), Some(expected));
        is(
            "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
            "aws ec2 create-tags --resources i-1 --tags Key=team,Value=red",
        );
        is(
            "arn:aws:iam::111122223333:user/staff/bob",
            "aws iam tag-user --user-name bob --tags Key=team,Value=red",
        );
        is(
            "arn:aws:sqs:us-east-1:111122223333:jobs",
            "aws sqs tag-queue --queue-url https://sqs.us-east-1.amazonaws.com/111122223333/jobs --tags team=red",
        );
        is(
            "arn:aws:s3:::b",
            "aws s3control tag-resource --account-id 111122223333 --resource-arn arn:aws:s3:::b --tags Key=team,Value=red",
        );
        assert_eq!(line("arn:aws:s3:::b/k"), None);
        assert_eq!(line("arn:aws:braket:us-east-1:111122223333:job/1"), None);
    }
}
