//! Near misses: for every way in which a statement can fail to apply, and for every guess at what is meant, the text
//! that is underlined, what is said about it, and the hint.
//!
//! A variant without a case is an error: `kinds!` does not compile without it, and the last test counts the cases.

use std::collections::BTreeSet;

use crate::stories::{ACME, OTHER, Story, entity, id, underlined};
use iamwhy::explain::{
    ActionHint, ConditionHint, ExcerptKind, Explanation, Hint, NearMiss, PrincipalHint, ResourceHint, Verdict,
};
use iamwhy::trace::{ConditionMismatch, Mismatch};
use iamwhy::world::{Change, Tags, Target};

const BUCKET: &str = "arn:aws:s3:::reports";
const REPORT: &str = "arn:aws:s3:::reports/q1.csv";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const INSTANCE: &str = "arn:aws:ec2:us-east-1:111122223333:instance/i-1";

/// Names for the variants of a type; one that has no name fails where it is met.
macro_rules! kinds {
    ($all:ident, $kind:ident, $type:ty, { $($pattern:pat => $name:literal,)* }) => {
        const $all: &[&str] = &[$($name),*];
        fn $kind(of: &$type) -> &'static str {
            match of {
                $($pattern => $name,)*
                other => panic!("{other:?} has no name and no case here"),
            }
        }
    };
}

kinds!(MISMATCHES, mismatch, Mismatch, {
    Mismatch::Action => "action",
    Mismatch::NotAction(_) => "not action",
    Mismatch::NotCovered => "not covered",
    Mismatch::Resource { .. } => "resource",
    Mismatch::Unresolved(_) => "unresolved",
    Mismatch::OnlyStar(_) => "only star",
    Mismatch::NotResource(_) => "not resource",
    Mismatch::Principal => "principal",
    Mismatch::NotPrincipal => "not principal",
    Mismatch::NoPrincipal => "no principal",
    Mismatch::Condition { why: ConditionMismatch::Absent, .. } => "key absent",
    Mismatch::Condition { why: ConditionMismatch::NotGiven, .. } => "key not given",
    Mismatch::Condition { why: ConditionMismatch::Value, .. } => "value",
    Mismatch::Condition { why: ConditionMismatch::Multivalued, .. } => "several values",
    Mismatch::RootOverride => "root override",
});

kinds!(HINTS, hint, Hint, {
    Hint::LetterCase { .. } => "letter-case",
    Hint::Resource(ResourceHint::BucketForObject { .. }) => "bucket-for-object",
    Hint::Resource(ResourceHint::ObjectForBucket { .. }) => "object-for-bucket",
    Hint::Resource(ResourceHint::Below { .. }) => "missing-wildcard",
    Hint::Resource(ResourceHint::OtherField { field: 1, .. }) => "other-partition",
    Hint::Resource(ResourceHint::OtherField { field: 2, .. }) => "other-service-in-arn",
    Hint::Resource(ResourceHint::OtherField { field: 3, .. }) => "other-region",
    Hint::Resource(ResourceHint::OtherField { .. }) => "other-account-in-arn",
    Hint::Condition(ConditionHint::NeedsLike { .. }) => "wildcard-under-equals",
    Hint::Condition(ConditionHint::NeedsSetOperator) => "needs-set-operator",
    Hint::Condition(ConditionHint::NotGiven { .. }) => "key-not-given",
    Hint::Condition(ConditionHint::NeverCarried { .. }) => "key-never-carried",
    Hint::Condition(ConditionHint::KeyTypo { .. }) => "key-typo",
    Hint::Condition(ConditionHint::LongTermKey) => "long-term-key",
    Hint::Unresolved { .. } => "unresolved-variable",
    Hint::OldVersion => "old-version",
    Hint::Action(ActionHint::Typo { .. }) => "action-typo",
    Hint::Action(ActionHint::NotKnown { .. }) => "no-such-action",
    Hint::Action(ActionHint::NoService { .. }) => "action-without-service",
    Hint::Action(ActionHint::OtherService { .. }) => "other-service",
    Hint::Resource(ResourceHint::OnlyStar) => "only-star",
    Hint::Principal(PrincipalHint::SessionForRole { .. }) => "session-for-role",
    Hint::Principal(PrincipalHint::OtherAccount { .. }) => "other-account",
    Hint::Principal(PrincipalHint::Wildcard) => "wildcard-in-principal",
    Hint::Principal(PrincipalHint::MadeAgain) => "made-again",
});

/// Where the statement of a case stands.
#[derive(Clone, Copy)]
enum In {
    /// In a policy of bob's.
    Bob,
    /// In an inline policy of bob's without `Version`.
    OldInline,
    /// In the policy of the bucket `reports`, which Acme owns.
    Bucket,
    /// In the policy of the bucket `reports`, which another account owns.
    OtherBucket,
}

/// A statement that nearly applies, the question, and what is to be said.
struct Case {
    at: In,
    statement: &'static str,
    who: &'static str,
    action: &'static str,
    resource: &'static str,
    context: &'static [(&'static str, &'static str)],
    mismatch: &'static str,
    underlined: &'static str,
    reason: &'static str,
    hint: Option<(&'static str, &'static str)>,
}

const CASE: Case = Case {
    at: In::Bob,
    statement: "",
    who: "bob",
    action: "s3:GetObject",
    resource: REPORT,
    context: &[],
    mismatch: "resource",
    underlined: "",
    reason: "does not cover the resource",
    hint: None,
};

const COVERS_NOT: &str = "does not cover s3:GetObject";

#[rustfmt::skip]
const CASES: &[Case] = &[
    // The action.
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#,
        mismatch: "action", underlined: r#""s3:PutObject""#, reason: COVERS_NOT, ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObjct"], "Resource": "*"}"#,
        mismatch: "action", underlined: r#""s3:GetObjct""#, reason: COVERS_NOT,
        hint: Some(("action-typo", "there is no such action; did you mean `s3:GetObject`?")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "GetObject", "Resource": "*"}"#,
        mismatch: "action", underlined: r#""GetObject""#, reason: COVERS_NOT,
        hint: Some(("action-without-service", "the service is missing; did you mean `s3:GetObject`?")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3express:GetObject", "Resource": "*"}"#,
        mismatch: "action", underlined: r#""s3express:GetObject""#, reason: COVERS_NOT,
        hint: Some(("other-service", "the action of that name of another service; this one is `s3:GetObject`")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:ListObjectsV2", "Resource": "*"}"#,
        mismatch: "action", underlined: r#""s3:ListObjectsV2""#, reason: COVERS_NOT,
        hint: Some(("no-such-action", "the catalog of 2026-11-23 has no such action; operations and their actions often differ")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "NotAction": ["iam:*", "s3:*"], "Resource": "*"}"#,
        mismatch: "not action", underlined: r#""s3:*""#, reason: "leaves out s3:GetObject", ..CASE
    },
    // The resource.
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*"}"#,
        underlined: r#""arn:aws:s3:::logs/*""#, ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::Reports/*"}"#,
        underlined: r#""arn:aws:s3:::Reports/*""#,
        hint: Some(("letter-case", "only the letter case differs: the request has `arn:aws:s3:::reports/q1.csv`")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::logs/*", "arn:aws:s3:::reports"]}"#,
        underlined: r#""arn:aws:s3:::reports""#,
        hint: Some(("bucket-for-object", "this is the bucket itself; its objects are `arn:aws:s3:::reports/*`")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        action: "s3:ListBucket", resource: BUCKET, underlined: r#""arn:aws:s3:::reports/*""#,
        hint: Some(("object-for-bucket", "the policy names the objects; the bucket itself is `arn:aws:s3:::reports`")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/T"}"#,
        action: "dynamodb:Query", resource: "arn:aws:dynamodb:us-east-1:111122223333:table/T/index/I",
        underlined: r#""arn:aws:dynamodb:us-east-1:111122223333:table/T""#,
        hint: Some(("missing-wildcard", "the resource lies below it; `arn:aws:dynamodb:us-east-1:111122223333:table/T/*` covers it")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws-cn:sqs:eu-west-1:111122223333:jobs"}"#,
        action: "sqs:SendMessage", resource: QUEUE,
        underlined: "aws-cn", reason: "partition aws-cn, but the resource's is aws",
        hint: Some(("other-partition", "for this resource it takes `aws`, or `*` for every partition")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sns:eu-west-1:111122223333:jobs"}"#,
        action: "sqs:SendMessage", resource: QUEUE,
        underlined: "sns", reason: "service sns, but the resource's is sqs",
        hint: Some(("other-service-in-arn", "for this resource it takes `sqs`, or `*` for every service")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs"}"#,
        action: "sqs:SendMessage", resource: QUEUE,
        underlined: "us-east-1", reason: "Region us-east-1, but the resource's is eu-west-1",
        hint: Some(("other-region", "for this resource it takes `eu-west-1`, or `*` for every Region")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:444455556666:jobs"}"#,
        action: "sqs:SendMessage", resource: QUEUE,
        underlined: "444455556666", reason: "account 444455556666, but the resource's is 111122223333",
        hint: Some(("other-account-in-arn", "for this resource it takes `111122223333`, or `*` for every account")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3::111122223333:reports/*"}"#,
        underlined: "111122223333", reason: "the resource has no account in its ARN",
        hint: Some(("other-account-in-arn", "ARNs of such resources have no account: it stays empty between its colons")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/${aws:PrincipalTag/team}/*"}"#,
        mismatch: "unresolved", underlined: r#""arn:aws:s3:::reports/${aws:PrincipalTag/team}/*""#,
        reason: "holds a variable that has no value here",
        hint: Some(("unresolved-variable", "the variable `${aws:PrincipalTag/team}` has no value in this request")), ..CASE
    },
    Case {
        at: In::OldInline,
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/${aws:username}/*"}"#,
        resource: "arn:aws:s3:::reports/bob/q1.csv", underlined: r#""arn:aws:s3:::reports/${aws:username}/*""#,
        hint: Some(("old-version", r#"variables need `"Version": "2012-10-17"`; without it they are plain text"#)), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "arn:aws:ec2:*:*:*"}"#,
        action: "ec2:DescribeInstances", resource: "", mismatch: "only star", underlined: r#""arn:aws:ec2:*:*:*""#,
        reason: "only `*` covers ec2:DescribeInstances: it has no resource types",
        hint: Some(("only-star", r#"put the action into a statement with `"Resource": "*"`"#)), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "NotResource": ["arn:aws:s3:::logs/*", "arn:aws:s3:::reports/*"]}"#,
        mismatch: "not resource", underlined: r#""arn:aws:s3:::reports/*""#, reason: "leaves out the resource", ..CASE
    },
    // The principal.
    Case {
        at: In::Bucket, who: "bob",
        statement: r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Bob"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        mismatch: "principal", underlined: r#""arn:aws:iam::111122223333:user/Bob""#, reason: "does not name bob",
        hint: Some(("letter-case", "only the letter case differs: the request has `arn:aws:iam::111122223333:user/bob`")), ..CASE
    },
    Case {
        at: In::Bucket, who: "Deploy/ci-2",
        statement: r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/Deploy/ci-1"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        mismatch: "principal", underlined: r#""arn:aws:sts::111122223333:assumed-role/Deploy/ci-1""#,
        reason: "does not name role Deploy or this session of it",
        hint: Some(("session-for-role", "this names one session of the role; the role itself is `arn:aws:iam::111122223333:role/Deploy`")), ..CASE
    },
    Case {
        at: In::OtherBucket, who: "alice",
        statement: r#"{"Effect": "Allow", "Principal": {"AWS": "777788889999"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        mismatch: "principal", underlined: r#""777788889999""#, reason: "does not name alice",
        hint: Some(("other-account", "another account: the principal is of 111122223333")), ..CASE
    },
    Case {
        at: In::Bucket, who: "bob",
        statement: r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/*"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        mismatch: "principal", underlined: r#""arn:aws:iam::111122223333:user/*""#, reason: "does not name bob",
        hint: Some(("wildcard-in-principal", "a wildcard inside a principal names nobody; use `*` with a condition on aws:PrincipalArn")), ..CASE
    },
    Case {
        at: In::OtherBucket, who: "alice",
        statement: r#"{"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/alice"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        mismatch: "not principal", underlined: r#""arn:aws:iam::111122223333:user/alice""#, reason: "spares alice", ..CASE
    },
    Case {
        at: In::OtherBucket, who: "alice",
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#,
        mismatch: "no principal", underlined: r#""Allow""#, reason: "names no principal", ..CASE
    },
    // The condition.
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"ec2:InstanceType": "t3.micro"}}}"#,
        mismatch: "key absent", underlined: r#""ec2:InstanceType""#,
        reason: "the request has no ec2:InstanceType: it must be `t3.micro`",
        hint: Some(("key-never-carried", "requests for s3:GetObject never carry ec2:InstanceType, so this can never apply to it")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#,
        mismatch: "key absent", underlined: r#""aws:MultiFactorAuthPresent""#,
        reason: "the request has no aws:MultiFactorAuthPresent: it must be `true`",
        hint: Some(("long-term-key", "requests with a long-term access key never carry it; sign in with MFA")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAcount": "111122223333"}}}"#,
        mismatch: "key absent", underlined: r#""aws:PrincipalAcount""#,
        reason: "the request has no aws:PrincipalAcount: it must be `111122223333`",
        hint: Some(("key-typo", "there is no such key; did you mean `aws:PrincipalAccount`?")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}}"#,
        mismatch: "key not given", underlined: r#""aws:SourceIp""#,
        reason: "aws:SourceIp is not given: it must be in `10.0.0.0/8` or `203.0.113.0/24`",
        hint: Some(("key-not-given", "give it with `with aws:SourceIp=VALUE`")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        context: &[("aws:SourceIp", "198.51.100.7")], mismatch: "value", underlined: r#""203.0.113.0/24""#,
        reason: "aws:SourceIp is `198.51.100.7`, but it must be in `203.0.113.0/24`", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalType": "user"}}}"#,
        mismatch: "value", underlined: r#""user""#, reason: "aws:PrincipalType is `User`, but it must be `user`",
        hint: Some(("letter-case", "only the letter case differs: the request has `User`")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:user/bob"}}}"#,
        mismatch: "value", underlined: r#""arn:aws:iam::*:user/bob""#,
        reason: "aws:PrincipalArn is `arn:aws:iam::111122223333:user/bob`, but it must be `arn:aws:iam::*:user/bob`",
        hint: Some(("wildcard-under-equals", "the `*` is a plain character here; `StringLike` takes wildcards")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalType": "${aws:PrincipalTag/kind}"}}}"#,
        mismatch: "value", underlined: r#""${aws:PrincipalTag/kind}""#,
        reason: "aws:PrincipalType is `User`, but it must be `${aws:PrincipalTag/kind}`",
        hint: Some(("unresolved-variable", "the variable `${aws:PrincipalTag/kind}` has no value in this request")), ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": {"StringEquals": {"aws:TagKeys": ["a", "b"]}}}"#,
        action: "ec2:CreateTags", resource: INSTANCE, context: &[("aws:TagKeys", "a|b")],
        mismatch: "several values", underlined: r#""StringEquals""#, reason: "aws:TagKeys has several values",
        hint: Some(("needs-set-operator", "a key with several values needs `ForAnyValue:` or `ForAllValues:`")), ..CASE
    },
    // Values of every family of operators, and what each asks for.
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "home/${aws:username}/*"}}}"#,
        action: "s3:ListBucket", resource: BUCKET, context: &[("s3:prefix", "home/alice/")],
        mismatch: "value", underlined: r#""home/${aws:username}/*""#,
        reason: "s3:prefix is `home/alice/`, but it must be like `home/bob/*`", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericLessThanEquals": {"s3:max-keys": "10"}}}"#,
        action: "s3:ListBucket", resource: BUCKET, context: &[("s3:max-keys", "100")],
        mismatch: "value", underlined: r#""10""#, reason: "s3:max-keys is `100`, but it must be at most `10`", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}}"#,
        mismatch: "value", underlined: r#""2020-01-01T00:00:00Z""#,
        reason: "aws:CurrentTime is `2023-11-14T22:13:20Z` (assumed), but it must be before `2020-01-01T00:00:00Z`", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}"#,
        context: &[("aws:SecureTransport", "false")], mismatch: "value", underlined: r#""true""#,
        reason: "aws:SecureTransport is `false`, but it must be `true`", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"}}}"#,
        mismatch: "value", underlined: r#""arn:aws:iam::*:user/*""#,
        reason: "aws:PrincipalArn is `arn:aws:iam::111122223333:user/bob`, but it must not be like `arn:aws:iam::*:user/*`", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Null": {"aws:username": "true"}}}"#,
        mismatch: "value", underlined: r#""true""#, reason: "aws:username is `bob`, but it must be absent", ..CASE
    },
    Case {
        statement: r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "c"]}}}"#,
        action: "ec2:CreateTags", resource: INSTANCE, context: &[("aws:TagKeys", "a|b")],
        mismatch: "value", underlined: r#""aws:TagKeys""#,
        reason: "aws:TagKeys is `a`, `b`, but every value must be `a` or `c`", ..CASE
    },
];

impl Case {
    fn story(&self) -> Story {
        let mut story = Story::new();
        match self.at {
            In::Bob => story.grant("bob", "Near", self.statement),
            In::OldInline => story.inline("bob", "Near", &format!("{{\"Statement\": {}}}", self.statement)),
            In::Bucket => story.resource(BUCKET, ACME, Some(self.statement)),
            In::OtherBucket => story.resource(BUCKET, OTHER, Some(self.statement)),
        };
        story
    }

    fn why(&self) -> Explanation {
        self.story().why_with(self.who, self.action, self.resource, self.context)
    }
}

/// The nearest miss, which must be the one that is shown first.
#[track_caller]
fn nearest(why: &Explanation) -> &NearMiss {
    let miss = why.near_misses.first().unwrap_or_else(|| panic!("no near miss: {}", why.headline));
    let shown = why.excerpts.iter().find(|excerpt| excerpt.kind == ExcerptKind::Nearest).expect("an excerpt");
    assert_eq!(shown.labels[0].place.text(), miss.place.text());
    assert_eq!(shown.labels[0].text, miss.reason);
    // What the remedies say is not said here, too.
    let told = |hint: &&Hint| {
        !matches!(
            hint,
            Hint::Condition(ConditionHint::NotGiven { .. })
                | Hint::Resource(ResourceHint::OtherField { field: 3, .. })
        )
    };
    assert_eq!(shown.help, miss.hint.as_ref().filter(told).map(ToString::to_string));
    miss
}

#[test]
fn every_near_miss_underlines_the_text_that_is_to_blame() {
    for case in CASES {
        let why = case.why();
        assert_eq!(why.answer.decision, Verdict::ImplicitDeny, "{}: {}", case.statement, why.headline);
        let miss = nearest(&why);
        assert_eq!(miss.place.text(), case.underlined, "{}", case.statement);
        assert_eq!(miss.reason, case.reason, "{}", case.statement);
        assert_eq!(mismatch(&miss.mismatch), case.mismatch, "{}", case.statement);
        let found = miss.hint.as_ref().map(|hint| (hint.code(), hint.to_string()));
        let found = found.as_ref().map(|(code, text)| (*code, text.as_str()));
        assert_eq!(found, case.hint, "{}", case.statement);
    }
}

#[test]
fn who_was_deleted_and_made_again_is_not_whom_the_policy_means() {
    let miss = made_again();
    assert_eq!(miss.place.text(), r#""arn:aws:iam::111122223333:user/bob""#);
    assert_eq!(miss.reason, "does not name bob");
    assert_eq!(hint(miss.hint.as_ref().unwrap()), "made-again");
}

fn made_again() -> NearMiss {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource(BUCKET, ACME, Some(statement));
    story.does(Change::Delete { account: id(ACME), target: Target::Entity(entity("bob")) });
    let (account, name, path) = (id(ACME), "bob".into(), "/".into());
    story.does(Change::CreateUser { account, name, path, tags: Tags::new(), id: None });
    nearest(&story.why("bob", "s3:GetObject", REPORT)).clone()
}

#[test]
fn a_deny_that_does_not_stop_the_owners_root_user_is_shown_beside_the_allow() {
    let (why, miss) = root_override();
    assert_eq!(miss.place.text(), r#""Deny""#);
    assert_eq!(miss.reason, "does not stop the owner's root user here");
    let shown = why.excerpts.last().unwrap();
    assert_eq!(shown.title, "reports, statement 1 (resource-based) nearly denies it");
}

fn root_override() -> (Explanation, NearMiss) {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]}"#;
    story.resource(BUCKET, ACME, Some(statement));
    let why = story.why("root", "s3:DeleteBucketPolicy", BUCKET);
    assert_eq!(why.answer.decision, Verdict::Allowed, "{}", why.headline);
    let miss = nearest(&why).clone();
    (why, miss)
}

#[test]
fn the_deny_that_somebody_may_have_hoped_for_is_shown_beside_the_allow() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalType": "user"}}}"#;
    story.grant("alice", "NoUsers", statement);
    let why = story.why("alice", "s3:GetObject", REPORT);
    assert_eq!(why.answer.decision, Verdict::Allowed);
    assert_eq!(underlined(&why).last(), Some(&r#""user""#));
    let miss = nearest(&why);
    assert_eq!(miss.reason, "aws:PrincipalType is `User`, but it must be `user`");
    assert_eq!(miss.hint.as_ref().map(hint), Some("letter-case"));
    let shown = why.excerpts.last().unwrap();
    assert_eq!(
        shown.title,
        "NoUsers, statement 1 (identity-based) nearly denies it: only the Condition on aws:PrincipalType differs, all else matches"
    );
}

#[test]
fn what_is_about_something_else_is_not_shown_beside_what_came_nearer() {
    let mut story = Story::new();
    let statements = r#"[{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports"},
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]"#;
    story.grant("bob", "Near", statements);
    let why = story.why("bob", "s3:GetObject", REPORT);
    assert_eq!(underlined(&why), [r#""arn:aws:s3:::reports""#]);
}

/// The recorder notes only that the resource does not fit; which pattern came nearest is a second question.
fn not_covered() -> Mismatch {
    let why = CASES.iter().find(|case| case.mismatch == "resource").expect("a case");
    let story = why.story();
    story.first_trace("bob", why.action, why.resource).found.unwrap_err()
}

#[test]
fn every_mismatch_and_every_hint_has_a_case() {
    let others = [made_again(), root_override().1];
    let misses: Vec<NearMiss> = CASES.iter().map(|case| nearest(&case.why()).clone()).chain(others).collect();
    let mut found: BTreeSet<&str> = misses.iter().map(|miss| mismatch(&miss.mismatch)).collect();
    found.insert(mismatch(&not_covered()));
    assert_eq!(found, MISMATCHES.iter().copied().collect());
    let found: BTreeSet<&str> = misses.iter().filter_map(|miss| miss.hint.as_ref().map(hint)).collect();
    assert_eq!(found, HINTS.iter().copied().collect());
    for miss in &misses {
        assert_eq!(miss.hint.as_ref().map(hint), miss.hint.as_ref().map(|hint| hint.code()));
    }
}
