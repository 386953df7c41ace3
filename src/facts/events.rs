//! How CloudTrail names services, and which resources the parameters of a call name.
//!
//! From real events and AWS's documentation, as of 2026-11-29; parameters have the API's names with a lower first letter.

/// Services whose source of events has another name than their prefix.
const SOURCES: [(&str, &[&str]); 28] = [
    ("monitoring", &["cloudwatch"]),
    ("email", &["ses"]),
    ("cloudcontrolapi", &["cloudformation"]),
    ("tagging", &["tag"]),
    ("es", &["es", "opensearch"]),
    ("amazonmq", &["mq"]),
    ("iotdata", &["iot"]),
    ("appstream2", &["appstream"]),
    ("bedrock-runtime", &["bedrock"]),
    ("bedrock-agent", &["bedrock"]),
    ("bedrock-agent-runtime", &["bedrock"]),
    ("bedrock-agentcore-control", &["bedrock-agentcore"]),
    ("rdsdata", &["rds-data"]),
    ("pinpoint", &["mobiletargeting"]),
    ("sms-voice.pinpoint", &["sms-voice"]),
    ("models-v2-lex", &["lex"]),
    ("runtime-v2-lex", &["lex"]),
    ("query.timestream", &["timestream"]),
    ("ingest.timestream", &["timestream"]),
    ("servicecatalog-appregistry", &["servicecatalog"]),
    ("streams.dynamodb", &["dynamodb"]),
    ("s3-control", &["s3"]),
    ("catalog.marketplace", &["aws-marketplace"]),
    ("metering-marketplace", &["aws-marketplace"]),
    ("memory-db", &["memorydb"]),
    ("mturk-requester", &["mechanicalturk"]),
    ("waf", &["waf", "waf-regional"]),
    ("macie", &[]),
];

/// A service, and the ARNs that its parameters name; those with more parameters stand first.
const ARNS: [(&str, &[&str]); 19] = [
    (
        "iam",
        &[
            "{policyArn}",
            "{openIDConnectProviderArn}",
            "{sAMLProviderArn}",
            "{serialNumber}",
            "arn:{partition}:iam::{account}:role/{roleName}",
            "arn:{partition}:iam::{account}:user/{userName}",
            "arn:{partition}:iam::{account}:group/{groupName}",
            "arn:{partition}:iam::{account}:instance-profile/{instanceProfileName}",
            "arn:{partition}:iam::{account}:server-certificate/{serverCertificateName}",
        ],
    ),
    ("sts", &["{roleArn}", "arn:{partition}:sts::{account}:federated-user/{name}"]),
    ("s3", &["arn:{partition}:s3:::{bucketName}/{key}", "arn:{partition}:s3:::{bucketName}"]),
    (
        "ec2",
        &[
            "arn:{partition}:ec2:{region}:{account}:instance/{instanceId}",
            "arn:{partition}:ec2:{region}:{account}:security-group/{groupId}",
            "arn:{partition}:ec2:{region}:{account}:volume/{volumeId}",
            "arn:{partition}:ec2:{region}::snapshot/{snapshotId}",
            "arn:{partition}:ec2:{region}::image/{imageId}",
            "arn:{partition}:ec2:{region}:{account}:vpc/{vpcId}",
            "arn:{partition}:ec2:{region}:{account}:subnet/{subnetId}",
            "arn:{partition}:ec2:{region}:{account}:launch-template/{launchTemplateId}",
            "arn:{partition}:ec2:{region}:{account}:key-pair/{keyName}",
            "arn:{partition}:ec2:{region}:{account}:route-table/{routeTableId}",
            "arn:{partition}:ec2:{region}:{account}:network-interface/{networkInterfaceId}",
        ],
    ),
    ("lambda", &["{functionName}", "arn:{partition}:lambda:{region}:{account}:function:{functionName}"]),
    (
        "kms",
        &[
            "{keyId}",
            "arn:{partition}:kms:{region}:{account}:key/{keyId}",
            "arn:{partition}:kms:{region}:{account}:{aliasName}",
        ],
    ),
    ("secretsmanager", &["{secretId}"]),
    ("ssm", &["arn:{partition}:ssm:{region}:{account}:parameter/{name}"]),
    (
        "dynamodb",
        &[
            "{tableName}",
            "arn:{partition}:dynamodb:{region}:{account}:table/{tableName}/index/{indexName}",
            "arn:{partition}:dynamodb:{region}:{account}:table/{tableName}",
        ],
    ),
    ("sqs", &["arn:{partition}:sqs:{region}:{account}:{queueUrl}"]),
    ("sns", &["{topicArn}", "{targetArn}"]),
    (
        "rds",
        &[
            "{sourceArn}",
            "{resourceName}",
            "arn:{partition}:rds:{region}:{account}:db:{dBInstanceIdentifier}",
            "arn:{partition}:rds:{region}:{account}:cluster:{dBClusterIdentifier}",
            "arn:{partition}:rds:{region}:{account}:snapshot:{dBSnapshotIdentifier}",
            "arn:{partition}:rds:{region}:{account}:cluster-snapshot:{dBClusterSnapshotIdentifier}",
        ],
    ),
    ("logs", &["arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}"]),
    (
        "cloudtrail",
        &["{name}", "{eventDataStore}", "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}"],
    ),
    ("ecr", &["arn:{partition}:ecr:{region}:{account}:repository/{repositoryName}"]),
    (
        "eks",
        &[
            "arn:{partition}:eks:{region}:{account}:cluster/{name}",
            "arn:{partition}:eks:{region}:{account}:cluster/{clusterName}",
        ],
    ),
    ("events", &["arn:{partition}:events:{region}:{account}:rule/{rule}"]),
    ("states", &["{stateMachineArn}", "{executionArn}"]),
    ("ec2-instance-connect", &["arn:{partition}:ec2:{region}:{account}:instance/{instanceId}"]),
];

/// The prefixes of the service that an event comes from, `monitoring.amazonaws.com`.
pub fn event_services(source: &str) -> Vec<&str> {
    let own = source.strip_suffix(".amazonaws.com").unwrap_or(source);
    match SOURCES.iter().find(|(name, _)| *name == own) {
        Some((_, services)) => services.to_vec(),
        None => vec![own],
    }
}

/// The ARNs that the parameters of a call name, as `value_of` tells them, in the order in which they are to be tried.
pub fn event_arn(source: &str, value_of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let own = source.strip_suffix(".amazonaws.com").unwrap_or(source);
    let templates = ARNS.iter().find(|(name, _)| *name == own).map_or(&[][..], |(_, templates)| templates);
    templates.iter().filter_map(|template| filled(template, &value_of)).collect()
}

/// A template with its holes filled; only an ARN counts, and only one that was not put together of another ARN.
fn filled(template: &str, value_of: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = template.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, literal) = part.split_once('}')?;
        let value = value_of(name).filter(|value| !(name == "keyId" && value.starts_with("alias/")))?;
        // The name of a queue ends its URL.
        let value = if name == "queueUrl" { value.rsplit('/').next()?.to_owned() } else { value };
        // The first slash of the path of a parameter is not doubled.
        let value = if text.ends_with('/') { value.trim_start_matches('/') } else { &value };
        text.push_str(value);
        text.push_str(literal);
    }
    (text.starts_with("arn:") && !text[4..].contains("arn:")).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_name_resources() {
        let parameters = [("partition", "aws"), ("region", "r"), ("account", "1"), ("functionName", "f")];
        let of =
            |name: &str| parameters.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).into());
        assert_eq!(event_arn("lambda.amazonaws.com", of), ["arn:aws:lambda:r:1:function:f"]);
        assert_eq!(event_services("monitoring.amazonaws.com"), ["cloudwatch"]);
        assert_eq!(event_services("s3.amazonaws.com"), ["s3"]);
    }
}
