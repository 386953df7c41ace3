//! Messages of AWS, read back and answered.

use crate::stories::{ACME, OTHER, Story, id};
use iamwhy::catalog::Catalog;
use iamwhy::explain::compare_with_aws;
use iamwhy::policy::Layer;
use iamwhy::recognise::{self, Pasted, PastedKind};

fn parse_message(text: &str) -> Option<Pasted> {
    recognise::parse_message(text, Catalog::embedded())
}

/// Message, principal, action, resource, kind, layer, policy.
type Case = (&'static str, &'static str, &'static str, &'static str, PastedKind, Option<Layer>, &'static str);

const BOB: &str = "arn:aws:iam::111111111111:user/bob";

#[rustfmt::skip]
const CASES: &[Case] = &[
    // The examples of G.
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action",
        BOB, "s3:GetObject", "arn:aws:s3:::b/k", PastedKind::Implicit, Some(Layer::IdentityBased), ""),
    ("User: arn:aws:iam::111111111111:root is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid",
        "arn:aws:iam::111111111111:root", "s3:GetObject", "arn:aws:s3:::b/k", PastedKind::Explicit, Some(Layer::ServiceControl), "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid"),
    ("User: arn:aws:sts::111111111111:assumed-role/R/s is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111111111111:role/T because no role trust policy allows the sts:AssumeRole action",
        "arn:aws:sts::111111111111:assumed-role/R/s", "sts:AssumeRole", "arn:aws:iam::111111111111:role/T", PastedKind::Implicit, Some(Layer::ResourceBased), ""),
    // D37: Block Public Access says so in words of its own.
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:PutBucketPolicy on resource: \"arn:aws:s3:::b\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
        BOB, "s3:PutBucketPolicy", "arn:aws:s3:::b", PastedKind::None, None, ""),
    // G2: every phrase.
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject with an explicit deny in an identity-based policy: arn:aws:iam::111111111111:policy/NoReading",
        BOB, "s3:GetObject", "", PastedKind::Explicit, Some(Layer::IdentityBased), "arn:aws:iam::111111111111:policy/NoReading"),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject with an explicit deny in a resource-based policy",
        BOB, "s3:GetObject", "", PastedKind::Explicit, Some(Layer::ResourceBased), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/T with an explicit deny in the role trust policy",
        BOB, "sts:AssumeRole", "arn:aws:iam::1:role/T", PastedKind::Explicit, Some(Layer::ResourceBased), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject because no permissions boundary allows the s3:GetObject action",
        BOB, "s3:GetObject", "", PastedKind::Implicit, Some(Layer::PermissionsBoundary), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject with an explicit deny in a permissions boundary",
        BOB, "s3:GetObject", "", PastedKind::Explicit, Some(Layer::PermissionsBoundary), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject because no session policy allows the s3:GetObject action",
        BOB, "s3:GetObject", "", PastedKind::Implicit, Some(Layer::Session), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject because no service control policy allows the s3:GetObject action",
        BOB, "s3:GetObject", "", PastedKind::Implicit, Some(Layer::ServiceControl), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject with an explicit deny in a resource control policy: arn:aws:organizations::9:policy/o-x/resource_control_policy/p-y",
        BOB, "s3:GetObject", "", PastedKind::Explicit, Some(Layer::ResourceControl), "arn:aws:organizations::9:policy/o-x/resource_control_policy/p-y"),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject because no VPC endpoint policy allows the s3:GetObject action",
        BOB, "s3:GetObject", "", PastedKind::Implicit, Some(Layer::VpcEndpoint), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject because no resource-based policy allows the s3:GetObject action",
        BOB, "s3:GetObject", "", PastedKind::Implicit, Some(Layer::ResourceBased), ""),
    // G1: no resource, no reason; G4: anonymous.
    ("User: anonymous is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/a key with spaces\" because no resource-based policy allows the s3:GetObject action",
        "anonymous", "s3:GetObject", "arn:aws:s3:::b/a key with spaces", PastedKind::Implicit, Some(Layer::ResourceBased), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: iam:DeleteUser on resource: user carol",
        BOB, "iam:DeleteUser", "arn:aws:iam::111111111111:user/carol", PastedKind::None, None, ""),
    // G6: prefixes of the command line.
    ("An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action",
        BOB, "s3:GetObject", "arn:aws:s3:::b/k", PastedKind::Implicit, Some(Layer::IdentityBased), ""),
    ("An error occurred (AccessDeniedException) when calling the Query operation: User: arn:aws:iam::111111111111:user/bob is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:us-east-1:111111111111:table/t because no identity-based policy allows the dynamodb:Query action (Service: DynamoDb, Status Code: 400, Request ID: X)",
        BOB, "dynamodb:Query", "arn:aws:dynamodb:us-east-1:111111111111:table/t", PastedKind::Implicit, Some(Layer::IdentityBased), ""),
    ("An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. User: arn:aws:iam::111111111111:user/bob is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111111111111:instance/* because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: AbC",
        BOB, "ec2:RunInstances", "arn:aws:ec2:us-east-1:111111111111:instance/*", PastedKind::Implicit, Some(Layer::IdentityBased), ""),
    ("An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: AbC",
        "", "ec2:RunInstances", "", PastedKind::None, None, ""),
    ("An error occurred (AuthorizationError) when calling the Publish operation: User: arn:aws:iam::111111111111:user/bob is not authorized to perform: SNS:Publish on resource: arn:aws:sns:us-east-1:111111111111:t with an explicit deny",
        BOB, "SNS:Publish", "arn:aws:sns:us-east-1:111111111111:t", PastedKind::Explicit, None, ""),
    // G7: S3 without details.
    ("An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
        "", "s3:ListBucket", "", PastedKind::None, None, ""),
    // G8: older wordings.
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject with an explicit deny in a sessions policy",
        BOB, "s3:GetObject", "", PastedKind::Explicit, Some(Layer::Session), ""),
    ("User: arn:aws:iam::111111111111:user/bob is not authorized to perform: s3:GetObject with an explicit deny in an identity-based policy transitively through a service control policy",
        BOB, "s3:GetObject", "", PastedKind::Explicit, Some(Layer::ServiceControl), ""),
    // G9, G10.
    ("An error occurred (AccessDenied) when calling the AssumeRole operation: Roles may not be assumed by root accounts.",
        "", "sts:AssumeRole", "", PastedKind::None, None, ""),
    ("An error occurred (AccessDenied) when calling the GetSessionToken operation: Cannot call GetSessionToken with session credentials",
        "", "sts:GetSessionToken", "", PastedKind::None, None, ""),
    ("An error occurred (InvalidClientTokenId) when calling the ListUsers operation: The security token included in the request is invalid",
        "", "", "", PastedKind::None, None, ""),
    ("Only the AWS account root user can perform: close the account. (local pseudo-action rootonly:CloseAccount; AWS has no IAM action for it)",
        "", "rootonly:CloseAccount", "", PastedKind::None, None, ""),
];

#[test]
fn every_shape_of_awss_messages_is_read() {
    for (text, principal, action, resource, kind, layer, arn) in CASES {
        let pasted = parse_message(text).unwrap_or_else(|| panic!("{text}"));
        let own = |field: &Option<String>| field.clone().unwrap_or_default();
        assert_eq!(own(&pasted.principal), *principal, "{text}");
        if !action.is_empty() {
            assert_eq!(own(&pasted.action), *action, "{text}");
        }
        assert_eq!(own(&pasted.resource), *resource, "{text}");
        assert_eq!((pasted.kind, pasted.layer), (*kind, *layer), "{text}");
        assert_eq!(own(&pasted.policy_arn), *arn, "{text}");
    }
}

#[test]
fn a_wrapped_paste_says_the_same() {
    for (text, ..) in CASES {
        let expected = parse_message(text);
        for width in [40, 72, 79] {
            let letters: Vec<char> = text.chars().collect();
            let hard: Vec<String> = letters.chunks(width).map(|line| line.iter().collect()).collect();
            // A line that starts or ends with a space loses it in a paste.
            if hard.iter().any(|line| line.starts_with(' ') || line.ends_with(' ')) {
                continue;
            }
            assert_eq!(parse_message(&hard.join("\n")), expected, "{}", hard.join("\n"));
        }
        assert_eq!(
            parse_message(&text.replace(" is ", " is\n    ").replace(" allows ", "\r\n  allows ")),
            expected
        );
    }
}

#[test]
fn what_is_no_message_is_refused() {
    for text in [
        "",
        "hello",
        "User: alice",
        "why",
        "Access to the moon, and nothing else that could be read as such a thing at all",
    ] {
        assert_eq!(parse_message(text), None, "{text}");
    }
}

const OBJECT: &str = "arn:aws:s3:::reports/q1.csv";

fn message(reason: &str) -> String {
    format!(
        "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: \"{OBJECT}\"{reason}"
    )
}

#[test]
fn an_answer_agrees_in_kind_layer_and_policy() {
    let mut story = Story::new();
    let none = story.why("bob", "s3:GetObject", OBJECT);
    let agrees = |story: &Story, text: &str, explanation: &iamwhy::explain::Explanation| {
        compare_with_aws(&parse_message(text).unwrap(), explanation, &story.world)
    };
    let implicit = message(" because no identity-based policy allows the s3:GetObject action");
    assert!(agrees(&story, &implicit, &none).agrees);
    assert!(agrees(&story, &message(""), &none).agrees);
    let scp = message(
        " with an explicit deny in a service control policy: arn:aws:organizations::9:policy/o-x/service_control_policy/p-y",
    );
    let differs = agrees(&story, &scp, &none);
    assert!(!differs.agrees);
    assert!(
        differs.causes.iter().any(|cause| cause.contains("the world does not have arn:aws:organizations::9")),
        "{differs:?}"
    );
    story.grant("bob", "NoReading", r#"{"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}"#);
    let denied = story.why("bob", "s3:GetObject", OBJECT);
    let own = denied.answer.message.clone().unwrap();
    assert!(agrees(&story, &own, &denied).agrees, "{own}");
    assert!(!agrees(&story, &implicit, &denied).agrees);
}

#[test]
fn our_own_messages_agree_with_us() {
    let mut story = Story::new();
    story.resource("arn:aws:s3:::reports", OTHER, None);
    story.scp("OnlyEc2", r#"{"Effect": "Deny", "NotAction": ["ec2:*", "s3:*"], "Resource": "*"}"#);
    story.boundary("bob", "Boundary", r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#);
    for (who, action, resource) in [
        ("alice", "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:jobs"),
        ("bob", "ec2:RunInstances", "*"),
        ("root", "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:jobs"),
        ("Deploy/ci", "s3:ListBucket", "arn:aws:s3:::reports"),
        ("alice", "account:CloseAccount", "*"),
    ] {
        let explanation = story.why(who, action, resource);
        let text = explanation.answer.message.clone().unwrap();
        let pasted = parse_message(&text).unwrap_or_else(|| panic!("{text}"));
        let agreement = compare_with_aws(&pasted, &explanation, &story.world);
        assert!(agreement.agrees, "{text}: {agreement:?}");
    }
    assert!(story.world.account(id(ACME)).is_some());
}
