//! Texts of AWS in the forms in which people have them, and what they say.

use iamwhy::catalog::Catalog;
use iamwhy::policy::Layer;
use iamwhy::recognise::{Pasted, PastedForm, PastedKind, PastedOutcome, Recognised, recognise};
use iamwhy::world::ContextValue;
use serde_json::{Value, json};

const DEE: &str = "arn:aws:iam::222233334444:user/dee";

fn found(text: &str) -> Option<Recognised> {
    recognise(text, Catalog::embedded())
}

fn answer(text: &str) -> Pasted {
    match found(text) {
        Some(Recognised::Answer(pasted)) => *pasted,
        other => panic!("{text}: {other:?}"),
    }
}

fn key(pasted: &Pasted, name: &str) -> Option<String> {
    let value = pasted.context.iter().find(|(key, _)| key == name)?;
    Some(match &value.1 {
        ContextValue::Absent => "absent".to_owned(),
        ContextValue::One(text) => text.to_string(),
        ContextValue::Many(texts) => texts.join(","),
    })
}

/// A message about dee, with something around and behind it.
fn message(tail: &str) -> String {
    format!("User: {DEE} is not authorized to perform: rds:DeleteDBCluster{tail}")
}

#[test]
fn a_tail_does_not_belong_to_what_was_asked() {
    let tails = [
        "",
        " (SQLSTATE HV000)",
        " (retry in 30s)",
        "',",
        "\",\"type\":\"x\"}",
        ".",
        " (Service: Rds, Status Code: 403, Request ID: 1-2)",
        "\n\tstatus code: 403, request id: 1-2",
        ", authorization id: 8f14e45f-ceea",
        " (Authorization ID: 8f14e45f-ceea)",
    ];
    for tail in tails {
        let pasted = answer(&message(tail));
        assert_eq!(pasted.action.as_deref(), Some("rds:DeleteDBCluster"), "{tail}");
        assert_eq!(pasted.principal.as_deref(), Some(DEE), "{tail}");
        assert_eq!(pasted.resource, None, "{tail}");
        let id = tail.to_lowercase().contains("authorization id").then_some("8f14e45f-ceea");
        assert_eq!(pasted.authorization_id.as_deref(), id, "{tail}");
    }
}

#[test]
fn what_aws_adds_in_brackets_is_kept_and_what_only_counts_calls_is_not() {
    let pasted = answer(&message(" (The account is managed elsewhere.) (Service: Rds, Status Code: 403)"));
    assert_eq!(pasted.remarks, ["AWS adds: The account is managed elsewhere."]);
}

#[test]
fn a_resource_may_be_a_name_alone() {
    for (tail, name) in [
        (" on resource: my-gadget", Some("my-gadget")),
        (
            " on resource: my-gadget because no identity-based policy allows the DeleteDBCluster action",
            Some("my-gadget"),
        ),
        (" on resource:", None),
        (
            " on resource: \"arn:aws:s3:::b/with (brackets)\" (Service: S3)",
            Some("arn:aws:s3:::b/with (brackets)"),
        ),
    ] {
        assert_eq!(answer(&message(tail)).resource.as_deref(), name, "{tail}");
    }
}

#[test]
fn frames_and_bodies_are_taken_off() {
    let said = message(" with an explicit deny in a service control policy");
    let framed = format!(
        "╷\n│ Error: creating thing: operation error RDS: DeleteDBCluster, https response error StatusCode: 403, \
         api error AccessDenied: {said}\n│ \n│   with aws_rds_cluster.c,\n│   on main.tf line 1:\n│    1: x {{\n╵"
    );
    let wrapped = framed.replace("is not authorized", "is not\n│ authorized");
    let texts = [
        framed,
        wrapped,
        format!(
            "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the X operation: {said}"
        ),
        format!(
            "Traceback (most recent call last):\n  File \"a.py\", line 3\nbotocore.exceptions.ClientError: {said}"
        ),
        format!("\x1b[31mError: {said}\x1b[0m"),
        format!("<Error><Code>AccessDenied</Code><Message>{said}</Message><RequestId>1</RequestId></Error>"),
        format!(
            "<?xml version=\"1.0\"?>\n<ErrorResponse>\n <Error>\n  <Message>{said}</Message>\n </Error>\n</ErrorResponse>"
        ),
        json!({"__type": "com.example#AccessDeniedException", "Message": said}).to_string(),
        json!({"Error": {"Code": "AccessDenied", "Message": said}}).to_string(),
        format!("403: {}", json!({"message": said})),
        format!("{{'Error': {{'Code': 'AccessDenied', 'Message': '{said}'}}, 'ResponseMetadata': {{}}}}"),
    ];
    for text in texts {
        let pasted = answer(&text);
        assert_eq!(pasted.principal.as_deref(), Some(DEE), "{text}");
        assert_eq!(pasted.action.as_deref(), Some("rds:DeleteDBCluster"), "{text}");
        assert_eq!(
            (pasted.kind, pasted.layer),
            (PastedKind::Explicit, Some(Layer::ServiceControl)),
            "{text}"
        );
        assert_eq!(pasted.policy_arn, None, "{text}");
    }
}

#[test]
fn an_operation_tells_the_action() {
    let cases = [
        (
            "operation error S3: HeadObject, https response error StatusCode: 403, api error Forbidden: Forbidden",
            "s3:GetObject",
        ),
        (
            "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
            "s3:ListBucket",
        ),
        (
            "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
            "s3:PutObject",
        ),
    ];
    for (text, action) in cases {
        assert_eq!(answer(text).action.as_deref(), Some(action), "{text}");
    }
}

#[test]
fn other_texts_are_nothing_that_is_known() {
    let policy =
        json!({"Statement": [{"Sid": "Forbidden", "Effect": "Deny", "Action": "*", "Resource": "*"}]});
    for text in [
        "",
        "{",
        "[]x",
        "{\"a\": 1}",
        "hello there",
        &policy.to_string(),
        "[1, 2]",
        "{\"Sid\": \"forbidden\"",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}

fn event() -> Value {
    json!({
        "eventVersion": "1.09",
        "eventTime": "2026-10-01T10:00:10Z",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "203.0.113.9",
        "userAgent": "aws-cli",
        "errorCode": "AccessDenied",
        "errorMessage": "Access Denied",
        "tlsDetails": {"tlsVersion": "TLSv1.3"},
        "userIdentity": {
            "type": "AssumedRole",
            "arn": "arn:aws:sts::222233334444:assumed-role/Worker/w-1",
            "accountId": "222233334444",
            "sessionContext": {
                "attributes": {"mfaAuthenticated": "true", "creationDate": "2026-10-01T10:00:00Z"},
                "sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::222233334444:role/app/Worker"}
            }
        },
        "requestParameters": {"bucketName": "lake", "key": "in/a.csv"},
        "recipientAccountId": "222233334444"
    })
}

#[test]
fn an_event_tells_who_asked_for_what_and_with_which_keys() {
    let pasted = answer(&event().to_string());
    assert_eq!((pasted.form, pasted.outcome), (PastedForm::Event, PastedOutcome::Denied));
    assert_eq!(pasted.principal.as_deref(), Some("arn:aws:sts::222233334444:assumed-role/Worker/w-1"));
    assert_eq!(pasted.role.as_deref(), Some("arn:aws:iam::222233334444:role/app/Worker"));
    assert_eq!(pasted.action.as_deref(), Some("s3:GetObject"));
    assert_eq!(pasted.resource.as_deref(), Some("arn:aws:s3:::lake/in/a.csv"));
    for (name, value) in [
        ("aws:RequestedRegion", "eu-west-1"),
        ("aws:SourceIp", "203.0.113.9"),
        ("aws:SecureTransport", "true"),
        ("aws:MultiFactorAuthPresent", "true"),
        ("aws:MultiFactorAuthAge", "10"),
        ("aws:TokenIssueTime", "2026-10-01T10:00:00Z"),
    ] {
        assert_eq!(key(&pasted, name).as_deref(), Some(value), "{name}");
    }
}

/// The event with some of its members in place of what was there.
fn changed(members: Value) -> Pasted {
    let mut event = event();
    for (name, value) in members.as_object().expect("an object") {
        event[name] = value.clone();
    }
    answer(&event.to_string())
}

#[test]
fn an_event_says_no_more_than_it_holds() {
    let endpoint = changed(json!({"vpcEndpointId": "vpce-1", "sourceIPAddress": "10.0.0.1"}));
    assert_eq!(key(&endpoint, "aws:SourceVpce").as_deref(), Some("vpce-1"));
    assert_eq!(
        (key(&endpoint, "aws:SourceIp"), key(&endpoint, "aws:VpcSourceIp").as_deref()),
        (None, Some("10.0.0.1"))
    );
    let service = changed(json!({"sourceIPAddress": "athena.amazonaws.com"}));
    assert_eq!(key(&service, "aws:SourceIp"), None);
    let user = changed(json!({"userIdentity": {"type": "IAMUser", "arn": DEE, "accountId": "222233334444"}}));
    assert_eq!((user.principal.as_deref(), key(&user, "aws:MultiFactorAuthPresent")), (Some(DEE), None));
    let foreign = changed(json!({"userIdentity": {"type": "AWSAccount", "accountId": "999988887777"}}));
    assert_eq!(foreign.principal, None);
    assert!(foreign.remarks.iter().any(|line| line.contains("999988887777")), "{:?}", foreign.remarks);
    let secret = changed(json!({
        "eventSource": "secretsmanager.amazonaws.com", "eventName": "GetSecretValue", "requestParameters": {"secretId": "db"}
    }));
    assert_eq!(secret.resource, None);
}

#[test]
fn the_code_of_an_event_tells_how_it_ended() {
    for (code, outcome) in [
        (json!(null), PastedOutcome::Allowed),
        (json!("Client.DryRunOperation"), PastedOutcome::Allowed),
        (json!("Client.UnauthorizedOperation"), PastedOutcome::Denied),
        (json!("VpceAccessDenied"), PastedOutcome::Denied),
        (json!("NoSuchKey"), PastedOutcome::Untold),
    ] {
        assert_eq!(changed(json!({"errorCode": code})).outcome, outcome, "{code}");
    }
}

#[test]
fn operations_of_events_become_actions_and_parameters_resources() {
    let calls = [
        (
            "lambda",
            "UpdateFunctionCode20150331v2",
            json!({"functionName": "f"}),
            "lambda:UpdateFunctionCode",
            "arn:aws:lambda:eu-west-1:222233334444:function:f",
        ),
        ("s3", "ListObjects", json!({"bucketName": "lake"}), "s3:ListBucket", "arn:aws:s3:::lake"),
        (
            "s3",
            "GetObject",
            json!({"bucketName": "lake", "key": "k", "versionId": "3"}),
            "s3:GetObjectVersion",
            "arn:aws:s3:::lake/k",
        ),
        (
            "ec2",
            "StopInstances",
            json!({"instancesSet": {"items": [{"instanceId": "i-1"}]}}),
            "ec2:StopInstances",
            "arn:aws:ec2:eu-west-1:222233334444:instance/i-1",
        ),
        (
            "sqs",
            "SendMessage",
            json!({"queueUrl": "https://sqs.eu-west-1.amazonaws.com/222233334444/jobs"}),
            "sqs:SendMessage",
            "arn:aws:sqs:eu-west-1:222233334444:jobs",
        ),
        (
            "iam",
            "AttachUserPolicy",
            json!({"userName": "dee", "policyArn": "arn:aws:iam::aws:policy/P"}),
            "iam:AttachUserPolicy",
            DEE,
        ),
        ("ec2", "DescribeInstances", json!({}), "ec2:DescribeInstances", "*"),
    ];
    for (service, name, parameters, action, resource) in calls {
        let pasted = changed(json!({
            "eventSource": format!("{service}.amazonaws.com"), "eventName": name, "requestParameters": parameters
        }));
        assert_eq!(pasted.action.as_deref(), Some(action), "{name}");
        assert_eq!(pasted.resource.as_deref(), Some(resource), "{name}");
    }
}

#[test]
fn an_event_is_known_in_each_of_its_wrappings() {
    let event = event();
    let text = event.to_string();
    let texts = [
        json!({"Records": [event]}).to_string(),
        json!([event]).to_string(),
        json!({"detail-type": "AWS API Call via CloudTrail", "detail": event}).to_string(),
        json!({"Events": [{"EventId": "1", "CloudTrailEvent": text}]}).to_string(),
        json!({"EventId": "1", "CloudTrailEvent": text}).to_string(),
        json!(text).to_string(),
    ];
    for wrapped in texts {
        assert_eq!(answer(&wrapped), answer(&text), "{wrapped}");
    }
}

#[test]
fn of_several_events_the_only_one_that_was_denied_is_meant() {
    let (denied, mut allowed) = (event(), event());
    allowed["errorCode"] = json!(null);
    let one = answer(&json!({"Records": [allowed, denied, allowed]}).to_string());
    assert_eq!(one.outcome, PastedOutcome::Denied);
    let lines = format!("{allowed}\n{denied}\n");
    assert_eq!(answer(&lines).outcome, PastedOutcome::Denied);
    let two = found(&json!({"Records": [denied, denied]}).to_string());
    assert!(matches!(two, Some(Recognised::Answers(all)) if all.len() == 2));
    assert!(matches!(found("{\"Records\": []}"), Some(Recognised::Nothing(_))));
    let sign_in = json!({"eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin"});
    assert!(
        matches!(found(&sign_in.to_string()), Some(Recognised::Nothing(why)) if why.contains("ConsoleLogin"))
    );
}

#[test]
fn a_decoded_authorization_message_tells_the_whole_request() {
    let value = |text: &str| json!({"values": {"items": [{"value": text}]}});
    let item = |name: &str, text: &str| {
        let mut item = value(text);
        item["key"] = json!(name);
        item
    };
    let decoded = json!({
        "allowed": false,
        "explicitDeny": true,
        "matchedStatements": {"items": [{"statementId": "NoBig", "effect": "DENY"}]},
        "context": {
            "principal": {"id": "AROA:d", "arn": "arn:aws:sts::222233334444:assumed-role/Dev/d"},
            "action": "RunInstances",
            "resource": "arn:aws:ec2:eu-west-1:222233334444:instance/*",
            "conditions": {"items": [
                item("ec2:InstanceType", "x1.32xlarge"), item("aws:Region", "eu-west-1"), item("aws:Type", "instance")
            ]}
        }
    });
    for text in [decoded.to_string(), json!({"DecodedMessage": decoded.to_string()}).to_string()] {
        let pasted = answer(&text);
        assert_eq!(pasted.form, PastedForm::Decoded);
        assert_eq!(pasted.action.as_deref(), Some("ec2:RunInstances"));
        assert_eq!(pasted.kind, PastedKind::Explicit);
        assert_eq!(pasted.statements, ["NoBig (deny)"]);
        assert_eq!(key(&pasted, "ec2:InstanceType").as_deref(), Some("x1.32xlarge"));
        assert_eq!(key(&pasted, "aws:RequestedRegion").as_deref(), Some("eu-west-1"));
        assert_eq!(key(&pasted, "aws:Type"), None);
    }
}

#[test]
fn an_answer_of_iam_toolbox_names_the_layer_and_the_policy() {
    let policy = "arn:aws:organizations::999988887777:policy/o-example/service_control_policy/p-example";
    let text = json!({
        "requestContext": {"aws:PrincipalArn": DEE, "aws:RequestedRegion": "eu-west-1"},
        "evaluations": [{
            "action": "s3:PutObject",
            "resource": "arn:aws:s3:::lake/k",
            "evaluatedEffect": "EXPLICIT_DENY",
            "checks": [
                {"checkType": "PRINCIPAL", "evaluatedEffect": "ALLOW"},
                {"checkType": "SERVICE_CONTROL_POLICY", "evaluatedEffect": "EXPLICIT_DENY", "matchedPolicies": [
                    {"uri": policy, "matchedStatements": [{"sid": "NoWrites", "evaluatedEffect": "EXPLICIT_DENY"}]}
                ]}
            ]
        }]
    });
    let pasted = answer(&text.to_string());
    assert_eq!(pasted.principal.as_deref(), Some(DEE));
    assert_eq!((pasted.kind, pasted.layer), (PastedKind::Explicit, Some(Layer::ServiceControl)));
    assert_eq!(pasted.policy_arn.as_deref(), Some(policy));
    assert_eq!(pasted.statements, ["NoWrites (explicit deny)"]);
    assert_eq!(key(&pasted, "aws:RequestedRegion").as_deref(), Some("eu-west-1"));
}

#[test]
fn a_refused_policy_is_told_from_a_refused_call() {
    let text = "An error occurred (MalformedPolicyDocument) when calling the PutRolePolicy operation: Syntax errors in policy.";
    let Some(Recognised::Malformed(malformed)) = found(text) else { panic!("{:?}", found(text)) };
    assert_eq!((malformed.code, &*malformed.words), ("MalformedPolicyDocument", "Syntax errors in policy."));
    assert_eq!(malformed.document, None);
    let with = format!("{text}\n{{\"Statement\": {{\"Effect\": \"Alow\"}}}}");
    let Some(Recognised::Malformed(malformed)) = found(&with) else { panic!("{:?}", found(&with)) };
    assert!(malformed.document.is_some_and(|text| text.starts_with("{\"Statement\"")));
}

#[test]
fn a_refusal_of_the_credentials_is_told_from_a_refusal_by_policies() {
    for (text, code) in [
        (
            "An error occurred (ExpiredToken) when calling the GetObject operation: The provided token has expired.",
            "ExpiredToken",
        ),
        (
            "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
            "InvalidClientTokenId",
        ),
        (
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
            "Unable to locate credentials",
        ),
    ] {
        let Some(Recognised::Unsigned(error)) = found(text) else { panic!("{:?}", found(text)) };
        assert_eq!(error.code, code);
    }
    let denied =
        "User: arn:aws:iam::111122223333:user/RequestExpired is not authorized to perform: s3:GetObject";
    assert!(matches!(found(denied), Some(Recognised::Answer(_))));
}
