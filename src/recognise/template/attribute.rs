//! What `Ref` and `Fn::GetAtt` give of resources, where it follows from the resource's name.
//! Source: the return values in AWS's CloudFormation resource reference, 2026-11.

use super::open_text::OpenText;

/// What is asked of a resource.
pub(super) enum Attribute<'a> {
    /// `Ref`
    Reference,
    /// `Fn::GetAtt`
    Named(&'a str),
}

/// What follows from the name of a resource.
pub(super) struct NamedResource {
    kind: &'static str,
    /// The property that names it.
    pub(super) name: &'static str,
    reference: ReferenceGives,
    /// The attribute that is its ARN.
    arn_attribute: &'static str,
    /// Its ARN: `P`, `R` and `A` in braces are partition, Region and account, `N` the name, `/` the path with the name.
    arn: &'static str,
}

/// What `Ref` gives.
#[derive(PartialEq)]
enum ReferenceGives {
    Name,
    Arn,
    /// The URL of a queue.
    Url,
}

use ReferenceGives::{Arn, Name, Url};

/// The URL of a queue: what stands in braces is that of ARNs, and `U` the suffix of AWS's hosts.
const QUEUE_URL: &str = "https://sqs.{R}.{U}/{A}/{N}";

#[rustfmt::skip]
const RESOURCES: [NamedResource; 18] = [
    of("AWS::S3::Bucket", "BucketName", Name, "Arn", "arn:{P}:s3:::{N}"),
    of("AWS::DynamoDB::Table", "TableName", Name, "Arn", "arn:{P}:dynamodb:{R}:{A}:table/{N}"),
    of("AWS::DynamoDB::GlobalTable", "TableName", Name, "Arn", "arn:{P}:dynamodb:{R}:{A}:table/{N}"),
    of("AWS::Serverless::SimpleTable", "TableName", Name, "Arn", "arn:{P}:dynamodb:{R}:{A}:table/{N}"),
    of("AWS::SQS::Queue", "QueueName", Url, "Arn", "arn:{P}:sqs:{R}:{A}:{N}"),
    of("AWS::SNS::Topic", "TopicName", Arn, "TopicArn", "arn:{P}:sns:{R}:{A}:{N}"),
    of("AWS::Lambda::Function", "FunctionName", Name, "Arn", "arn:{P}:lambda:{R}:{A}:function:{N}"),
    of("AWS::Serverless::Function", "FunctionName", Name, "Arn", "arn:{P}:lambda:{R}:{A}:function:{N}"),
    of("AWS::Logs::LogGroup", "LogGroupName", Name, "Arn", "arn:{P}:logs:{R}:{A}:log-group:{N}:*"),
    of("AWS::Kinesis::Stream", "Name", Name, "Arn", "arn:{P}:kinesis:{R}:{A}:stream/{N}"),
    of("AWS::ECR::Repository", "RepositoryName", Name, "Arn", "arn:{P}:ecr:{R}:{A}:repository/{N}"),
    of("AWS::StepFunctions::StateMachine", "StateMachineName", Arn, "Arn", "arn:{P}:states:{R}:{A}:stateMachine:{N}"),
    of("AWS::ECR::PublicRepository", "RepositoryName", Name, "Arn", "arn:{P}:ecr-public::{A}:repository/{N}"),
    of("AWS::KMS::Key", "KeyId", Name, "Arn", "arn:{P}:kms:{R}:{A}:key/{N}"),
    of("AWS::IAM::Role", "RoleName", Name, "Arn", "arn:{P}:iam::{A}:role{/}"),
    of("AWS::IAM::User", "UserName", Name, "Arn", "arn:{P}:iam::{A}:user{/}"),
    of("AWS::IAM::Group", "GroupName", Name, "Arn", "arn:{P}:iam::{A}:group{/}"),
    of("AWS::IAM::ManagedPolicy", "ManagedPolicyName", Arn, "PolicyArn", "arn:{P}:iam::{A}:policy{/}"),
];

const fn of(
    kind: &'static str,
    name: &'static str,
    reference: ReferenceGives,
    arn_attribute: &'static str,
    arn: &'static str,
) -> NamedResource {
    NamedResource { kind, name, reference, arn_attribute, arn }
}

/// What follows from the name of a resource of a type.
pub(super) fn facts(kind: &str) -> Option<&'static NamedResource> {
    RESOURCES.iter().find(|facts| facts.kind == kind)
}

impl NamedResource {
    pub(super) fn has_path(&self) -> bool {
        self.arn.contains("{/}")
    }

    /// What an attribute is; nothing if it does not follow from the name.
    pub(super) fn of(
        &self,
        asked: &Attribute<'_>,
        name: &[OpenText],
        path: &[OpenText],
    ) -> Option<Vec<OpenText>> {
        match asked {
            Attribute::Reference if self.reference == Name => Some(name.to_vec()),
            Attribute::Reference if self.reference == Arn => Some(filled(self.arn, name, path)),
            Attribute::Reference if self.reference == Url => Some(filled(QUEUE_URL, name, path)),
            Attribute::Named(own) if *own == self.arn_attribute => Some(filled(self.arn, name, path)),
            Attribute::Named("QueueUrl") if self.reference == Url => Some(filled(QUEUE_URL, name, path)),
            Attribute::Named(own) if *own == self.name => Some(name.to_vec()),
            _ => None,
        }
    }
}

/// A text with what stands in its braces.
fn filled(text: &str, name: &[OpenText], path: &[OpenText]) -> Vec<OpenText> {
    let open = |name: &str| vec![OpenText::Open(format!("AWS::{name}"))];
    let mut parts = Vec::new();
    for piece in text.split_inclusive('}') {
        let (text, blank) = piece.split_once('{').unwrap_or((piece, ""));
        parts.push(OpenText::Known(text.to_owned()));
        parts.extend(match blank {
            "P}" => open("Partition"),
            "R}" => open("Region"),
            "A}" => open("AccountId"),
            "U}" => open("URLSuffix"),
            "N}" => name.to_vec(),
            "/}" => [path, name].concat(),
            _ => Vec::new(),
        });
    }
    parts
}
