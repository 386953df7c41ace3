//! What each rule of `lint` must not find: more that only looks alike than a rule can carry along.

use iamwhy::catalog::Catalog;
use iamwhy::lint::{LintOptions, lint, lint_rule};
use iamwhy::policy::PolicyType;
use iamwhy::source::Source;

use PolicyType::{
    IdentityBased as I, PermissionsBoundary as B, ResourceBased as R, ResourceControl as X,
    ServiceControl as C, Trust as T,
};

const OPEN: &str = r#""Effect": "Allow", "Resource": "*", "Action": "#;
const READ: &str = r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "#;
const GET: &str =
    r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": "#;
const BUCKET: &str = r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "#;
const DENY: &str = r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": "#;
const QUEUE: &str =
    r#""Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q", "#;
const ASSUMES: &str = r#""Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "#;
const WEB: &str =
    r#""Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "#;

/// A code, the type of the policy, how its statement begins and goes on. What the code finds is near, and none of these.
#[rustfmt::skip]
const NEAR: &[(&str, PolicyType, &str, &str)] = &[
    // Shape.
    ("wrong-type", I, GET, r#"{"Bool": {"aws:SecureTransport": true}}"#),
    ("wrong-type", I, GET, r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}"#),
    ("missing-element", T, ASSUMES, r#"{"AWS": "111122223333"}"#),
    ("duplicate-sid", I, r#""Sid": "", "#, r#""Effect": "Allow", "Action": "*", "Resource": "*"}, {"Sid": "", "Effect": "Deny", "Action": "iam:*", "Resource": "*""#),
    ("bad-sid", R, BUCKET, r#""Principal": {"AWS": "111122223333"}, "Sid": "my reports-1""#),
    ("bad-character", R, READ, r#""arn:aws:s3:::b/日本/*", "Principal": {"AWS": "111122223333"}"#),
    // Type and principal.
    ("not-in-rcp", X, DENY, r#"{"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}"#),
    ("rcp-hits-services", X, DENY, r#"{"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}, "Bool": {"aws:PrincipalIsAWSService": "true"}, "Null": {"aws:SourceAccount": "false"}}"#),
    ("trust-action", T, r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "#, r#""sts:*""#),
    ("trust-action", T, r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "#, r#"["sts:AssumeRole", "sts:SetContext", "sts:SetSourceIdentity"]"#),
    ("trust-action", T, r#""Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "#, r#"["sts:AssumeRole", "sts:TagSession"]"#),
    ("invalid-principal", R, BUCKET, r#""Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#),
    ("wildcard-in-principal", R, BUCKET, r#""Principal": {"AWS": "*"}"#),
    ("no-principal", R, BUCKET, r#""Principal": {"AWS": "arn:aws:iam::111122223333:user/nobody-knows"}"#),
    ("stale-principal", R, BUCKET, r#""Principal": "*", "Condition": {"StringLike": {"aws:userid": "AROAEXAMPLEEXAMPLEEX1:*"}}"#),
    ("service-principal-form", T, ASSUMES, r#"{"Service": "states.us-east-1.amazonaws.com"}"#),
    ("service-principal-form", T, ASSUMES, r#"{"Service": "ec2.amazonaws.com.cn"}"#),
    ("service-principal-form", T, ASSUMES, r#"{"Service": "something-new.amazonaws.com"}"#),
    ("service-principal-form", R, r#""Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:f", "Principal": "#, r#"{"Service": "alexa-appkit.amazon.com"}"#),
    ("service-principal-form", I, r#""Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": "#, r#"{"StringLike": {"iam:PassedToService": "ec2.*"}}"#),
    // Actions.
    ("bad-action", I, OPEN, r#""*""#),
    ("unknown-action", I, OPEN, r#""budgets:CreateBudget""#),
    ("pattern-without-action", I, OPEN, r#""somethingnew:Get*""#),
    ("not-action-typo", I, r#""Effect": "Allow", "Resource": "*", "NotAction": "#, r#"["iam:*", "s3:Get*"]"#),
    ("redundant-action", I, OPEN, r#""s3:*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, {"Effect": "Allow", "Resource": "*", "Action": "s3:GetObject""#),
    ("redundant-statement", I, OPEN, r#""s3:GetObject"}, {"Effect": "Deny", "Resource": "*", "Action": "s3:*""#),
    ("action-not-here", R, r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Resource": "arn:aws:s3:::b/*", "Action": "#, r#""*""#),
    ("action-not-here", R, r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Resource": "arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/*", "Action": "#, r#""s3:GetObject""#),
    ("grant-in-vain", I, OPEN, r#""*""#),
    ("grant-in-vain", C, r#""Effect": "Deny", "Resource": "*", "Action": "#, r#""*""#),
    // Resources.
    ("bad-resource", R, r#""Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "#, r#""execute-api:/prod/GET/*""#),
    ("placeholder", I, READ, r#"["arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/${aws:PrincipalTag/team}", "arn:aws:s3:::b/${*}"]"#),
    ("arn-account", R, BUCKET, r#""Principal": {"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"}"#),
    ("arn-account", I, r#""Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "#, r#""arn:aws:sqs:*:*:q""#),
    ("arn-region", I, r#""Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "#, r#""arn:aws:sqs:*:111122223333:q""#),
    ("arn-field-not-taken", I, READ, r#""arn:aws:s3::*:b*/*""#),
    ("arn-field-not-taken", I, READ, r#""arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/*""#),
    ("resource-form", I, r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "#, r#"["arn:aws:secretsmanager:us-east-1:111122223333:secret:db-??????", "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-Ab12Cd", "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/*"]"#),
    ("resource-form", I, r#""Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "#, r#"["arn:aws:logs:us-east-1:111122223333:log-group:x:*", "arn:aws:logs:*:*:/aws-glue/*"]"#),
    ("pair-never-matches", I, r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "#, r#""arn:aws:secretsmanager:*:*:sqlworkbench!*""#),
    ("pair-never-matches", I, r#""Effect": "Allow", "Action": "s3:GetObject", "NotResource": "#, r#""arn:aws:s3:::b""#),
    ("needs-star", I, r#""Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "#, r#""arn:aws:ec2:*:*:instance/*""#),
    ("needs-star", I, r#""Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "#, r#""arn:aws:s3:::*""#),
    ("needs-star", I, r#""Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "#, r#""arn:aws:logs:us-east-1:111122223333:log-group:*""#),
    // Conditions and variables.
    ("unknown-key", I, r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": "#, r#"{"StringEquals": {"kms:EncryptionContext:team": "red"}}"#),
    ("unknown-key", I, r#""Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Condition": "#, r#"{"StringEquals": {"aws:RequestTag/whatever": "red", "ec2:ResourceTag/x": "y"}}"#),
    ("unknown-key", T, WEB, r#""arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/main", "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}"#),
    ("key-not-carried", I, GET, r#"{"ArnEquals": {"ec2:SourceInstanceArn": "arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b2c3d4e5f60718"}}"#),
    ("key-not-carried", I, r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": "#, r#"{"StringEquals": {"s3:prefix": "a"}}"#),
    ("service-key-clash", R, QUEUE, r#""Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#),
    ("set-on-single", T, WEB, r#""cognito-identity.amazonaws.com"}, "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "us-east-1:1"}, "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}"#),
    ("set-missing", I, GET, r#"{"Null": {"aws:CalledVia": "true"}}"#),
    ("for-all-open", I, r#""Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*", "Condition": "#, r#"{"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}"#),
    ("for-all-open", I, r#""Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": "#, r#"{"StringEquals": {"aws:RequestTag/team": "red"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}"#),
    ("for-all-open", I, r#""Effect": "Allow", "Action": "kms:CreateGrant", "Resource": "*", "Condition": "#, r#"{"ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt"]}}"#),
    ("bad-value", I, GET, r#"{"StringEquals": {"aws:SecureTransport": "yes"}}"#),
    ("value-form", I, GET, r#"{"StringLike": {"aws:SourceVpce": "vpce-0*"}}"#),
    ("operator-type", I, GET, r#"{"StringEquals": {"aws:SecureTransport": "true"}}"#),
    ("operator-type", I, GET, r#"{"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/App"}}"#),
    ("always-holds", I, GET, r#"{"StringLike": {"aws:PrincipalTag/team": "*"}}"#),
    ("never-holds", I, GET, r#"{"Null": {"aws:PrincipalTag/team": "false"}, "StringEquals": {"aws:PrincipalTag/team": "red"}}"#),
    ("absent-passes", I, r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/team}/*", "Condition": "#, r#"{"StringNotEquals": {"aws:PrincipalTag/team": "red"}}"#),
    ("mfa-absent", I, r#""Effect": "Allow", "Action": "*", "Resource": "*", "Condition": "#, r#"{"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#),
    ("variable-in-operator", I, GET, r#"{"Bool": {"aws:SecureTransport": "${aws:PrincipalTag/tls}"}}"#),
    ("variable-never", I, READ, r#""arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/*""#),
    ("variable-open", I, READ, r#"["arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/${aws:PrincipalOrgID}/*", "arn:aws:s3:::b/${aws:RequestTag/team, 'none'}/*"]"#),
    ("variable-open", I, r#""Effect": "Deny", "Action": "s3:GetObject", "Resource": "#, r#""arn:aws:s3:::b/${aws:Referer}/*""#),
    ("placeholder", I, READ, r#""arn:aws:s3:::b/your-reports/account_id/*""#),
    ("arn-account", I, r#""Effect": "Allow", "Action": "iam:PassRole", "Resource": "#, r#""arn:aws:iam::*:role/x""#),
    ("arn-field-not-taken", I, r#""Effect": "Allow", "Action": "route53:GetHostedZone", "Resource": "#, r#""arn:aws:route53:*:*:hostedzone/Z1""#),
    ("spoofable-key", R, BUCKET, r#""Principal": {"AWS": "111122223333"}, "Condition": {"StringLike": {"aws:Referer": "https://example.com/*"}}"#),
    ("spoofable-key", R, r#""Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*", "#, r#""Principal": "*", "Condition": {"StringNotLike": {"aws:Referer": "https://example.com/*"}}"#),
    // Grants.
    ("grants-admin", B, OPEN, r#""*""#),
    ("pass-role-any", I, OPEN, r#""*""#),
    ("allow-not-action", C, r#""Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": "#, r#"{"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}"#),
    ("public", R, BUCKET, r#""Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#),
    ("public", R, BUCKET, r#""Principal": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}"#),
    ("public", R, QUEUE, r#""Principal": "*", "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}"#),
    ("public", R, QUEUE, r#""Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}"#),
    ("public", R, r#""Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*", "#, r#""Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#),
    ("confused-deputy", R, QUEUE, r#""Principal": {"Service": "sns.amazonaws.com"}, "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}"#),
    ("confused-deputy", R, QUEUE, r#""Principal": {"Service": "sns.amazonaws.com"}, "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}"#),
    ("trust-any", T, ASSUMES, r#"{"AWS": "arn:aws:iam::111122223333:root"}"#),
    ("lock-out", R, r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "Condition": "#, r#"{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Admin"}}"#),
    ("dead-statement", I, r#""Effect": "Deny", "Resource": "*", "Action": "#, r#""s3:*""#),
    ("nothing-granted", C, r#""Effect": "Deny", "Resource": "*", "Action": "#, r#""s3:*""#),
    ("sensitive-wildcard", R, BUCKET, r#""Principal": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}"#),
    ("network-key-service", I, GET, r#"{"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}"#),
];

#[test]
fn what_only_looks_alike_is_not_found() {
    let mut wrong = Vec::new();
    for (code, kind, begins, goes_on) in NEAR {
        let text = format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{{{begins}{goes_on}}}]}}");
        let also = lint_rule(code).filter(|rule| rule.is_on_request()).map(|rule| rule.code.to_owned());
        let options =
            LintOptions { kind: Some(*kind), also: also.into_iter().collect(), ..LintOptions::default() };
        let found = lint(&Source::new("policy.json", &*text), Catalog::embedded(), &options);
        let found = found.iter().flat_map(|one| &one.findings);
        wrong.extend(found.filter(|one| one.code == *code).map(|one| format!("{one}\n{text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn each_code_that_must_not_be_found_is_one_that_can_be() {
    let unknown: Vec<&str> =
        NEAR.iter().map(|(code, ..)| *code).filter(|code| lint_rule(code).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
