//! What explanations say, and which characters they point at.

mod stories;

use iamwhy::explain::{ExcerptKind, Explanation, Said, Verdict};
use iamwhy::facts::Date;
use iamwhy::trace::GateName;
use iamwhy::world::{AccountSetting, Change, Document, PolicyVersion, ResourceChange, Settings, Target};
use stories::{ACME, OTHER, Story, entity, id, underlined};

const REPORT: &str = "arn:aws:s3:::reports/q1.csv";

/// One statement of bob's, the question, and what the nearest miss must say.
struct Near<'n> {
    statement: &'n str,
    action: &'n str,
    resource: &'n str,
    context: &'n [(&'static str, &'static str)],
}

impl Default for Near<'_> {
    fn default() -> Self {
        Self { statement: "", action: "s3:GetObject", resource: REPORT, context: &[] }
    }
}

impl Near<'_> {
    #[track_caller]
    fn expect(&self, underline: &str, reason: &str, hint: Option<&str>) -> Explanation {
        let mut story = Story::new();
        story.grant("bob", "Near", self.statement);
        let why = story.why_with("bob", self.action, self.resource, self.context);
        expect_nearest(&why, underline, reason, hint);
        why
    }
}

#[track_caller]
fn expect_nearest(why: &Explanation, underline: &str, reason: &str, hint: Option<&str>) {
    assert_eq!(why.answer.decision, Verdict::ImplicitDeny, "{}", why.headline);
    let miss = why.near_misses.first().expect("a near miss");
    assert_eq!(miss.place.text(), underline);
    assert_eq!(miss.reason, reason);
    assert_eq!(miss.hint.as_ref().map(|hint| hint.code()), hint, "{:?}", miss.hint);
    assert_eq!(why.excerpts[0].kind, ExcerptKind::Nearest);
    assert_eq!(underlined(why)[0], underline);
}

#[test]
fn letter_case_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::Reports/*"}"#;
    let why = Near { statement, ..Near::default() }.expect(
        r#""arn:aws:s3:::Reports/*""#,
        "does not cover the resource",
        Some("letter-case"),
    );
    assert_eq!(
        why.excerpts[0].help.as_deref(),
        Some("only the letter case differs: the request has `arn:aws:s3:::reports/q1.csv`")
    );
}

#[test]
fn of_several_patterns_the_one_is_underlined_of_which_it_is_known_what_is_wrong() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::logs/*", "arn:aws:s3:::reports"]}"#;
    Near { statement, ..Near::default() }.expect(
        r#""arn:aws:s3:::reports""#,
        "does not cover the resource",
        Some("bucket-for-object"),
    );
}

#[test]
fn the_bucket_is_told_from_its_objects() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports"}"#;
    let why = Near { statement, ..Near::default() }.expect(
        r#""arn:aws:s3:::reports""#,
        "does not cover the resource",
        Some("bucket-for-object"),
    );
    let help = why.excerpts[0].help.as_deref();
    assert_eq!(help, Some("this is the bucket itself; its objects are `arn:aws:s3:::reports/*`"));
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#;
    Near { statement, action: "s3:ListBucket", resource: "arn:aws:s3:::reports", ..Near::default() }.expect(
        r#""arn:aws:s3:::reports/*""#,
        "does not cover the resource",
        Some("object-for-bucket"),
    );
}

#[test]
fn a_missing_wildcard_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/T"}"#;
    let why = Near {
        statement,
        action: "dynamodb:Query",
        resource: "arn:aws:dynamodb:us-east-1:111122223333:table/T/index/I",
        ..Near::default()
    }
    .expect(
        r#""arn:aws:dynamodb:us-east-1:111122223333:table/T""#,
        "does not cover the resource",
        Some("missing-wildcard"),
    );
    assert!(why.excerpts[0].help.as_deref().is_some_and(|help| help.contains("table/T/*")));
}

#[test]
fn only_the_field_of_the_arn_that_differs_is_underlined() {
    let queue =
        |resource| format!(r#"{{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "{resource}"}}"#);
    let (action, resource) = ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs");
    let near = |statement: &str, underline: &str, reason: &str, hint: &str| {
        Near { statement, action, resource, context: &[] }.expect(underline, reason, Some(hint));
    };
    near(
        &queue("arn:aws:sqs:us-east-1:111122223333:jobs"),
        "us-east-1",
        "Region us-east-1, but the resource's is eu-west-1",
        "other-region",
    );
    near(
        &queue("arn:aws:sqs:eu-west-1:444455556666:jobs"),
        "444455556666",
        "account 444455556666, but the resource's is 111122223333",
        "other-account-in-arn",
    );
    near(
        &queue("arn:aws-cn:sqs:eu-west-1:111122223333:jobs"),
        "aws-cn",
        "partition aws-cn, but the resource's is aws",
        "other-partition",
    );
}

#[test]
fn a_star_under_string_equals_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:user/bob"}}}"#;
    Near { statement, ..Near::default() }.expect(
        r#""arn:aws:iam::*:user/bob""#,
        "aws:PrincipalArn is `arn:aws:iam::111122223333:user/bob`",
        Some("wildcard-under-equals"),
    );
}

#[test]
fn a_value_of_another_letter_case_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalType": "user"}}}"#;
    Near { statement, ..Near::default() }.expect(
        r#""user""#,
        "aws:PrincipalType is `User`",
        Some("letter-case"),
    );
}

#[test]
fn a_value_that_differs_is_underlined() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#;
    let context = &[("aws:SourceIp", "198.51.100.7")];
    Near { statement, context, ..Near::default() }.expect(
        r#""203.0.113.0/24""#,
        "aws:SourceIp is `198.51.100.7`",
        None,
    );
}

#[test]
fn a_key_that_nobody_gave_is_told_and_listed() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#;
    let why = Near { statement, ..Near::default() }.expect(
        r#""aws:SourceIp""#,
        "nobody gave aws:SourceIp",
        Some("key-not-given"),
    );
    assert_eq!(why.answer.needs, ["aws:SourceIp"]);
}

#[test]
fn a_key_that_the_action_never_carries_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"ec2:InstanceType": "t3.micro"}}}"#;
    Near { statement, ..Near::default() }.expect(
        r#""ec2:InstanceType""#,
        "the request has no ec2:InstanceType",
        Some("key-never-carried"),
    );
}

#[test]
fn a_misspelt_key_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAcount": "111122223333"}}}"#;
    let mut story = Story::new();
    story.grant("bob", "Near", statement);
    let why = story.why("bob", "s3:GetObject", REPORT);
    assert_eq!(why.near_misses[0].place.text(), r#""aws:PrincipalAcount""#);
    assert_eq!(why.near_misses[0].hint.as_ref().map(|hint| hint.code()), Some("key-typo"));
}

#[test]
fn a_long_term_key_carries_no_mfa() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#;
    Near { statement, ..Near::default() }.expect(
        r#""aws:MultiFactorAuthPresent""#,
        "the request has no aws:MultiFactorAuthPresent",
        Some("long-term-key"),
    );
}

#[test]
fn several_values_need_a_set_operator() {
    let statement = r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": {"StringEquals": {"aws:TagKeys": ["a", "b"]}}}"#;
    let context = &[("aws:TagKeys", "a|b")];
    Near {
        statement,
        action: "ec2:CreateTags",
        resource: "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        context,
    }
    .expect(r#""StringEquals""#, "aws:TagKeys has several values", Some("needs-set-operator"));
}

#[test]
fn a_variable_without_value_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/${aws:PrincipalTag/team}/*"}"#;
    let why = Near { statement, ..Near::default() }.expect(
        r#""arn:aws:s3:::reports/${aws:PrincipalTag/team}/*""#,
        "holds a variable that has no value here",
        Some("unresolved-variable"),
    );
    let help = why.excerpts[0].help.as_deref();
    assert_eq!(help, Some("the variable `${aws:PrincipalTag/team}` has no value in this request"));
}

#[test]
fn a_misspelt_action_is_told() {
    let statement = r#"{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObjct"], "Resource": "*"}"#;
    Near { statement, ..Near::default() }.expect(
        r#""s3:GetObjct""#,
        "does not cover s3:GetObject",
        Some("action-typo"),
    );
    let statement = r#"{"Effect": "Allow", "Action": "s3express:GetObject", "Resource": "*"}"#;
    Near { statement, ..Near::default() }.expect(
        r#""s3express:GetObject""#,
        "does not cover s3:GetObject",
        Some("other-service"),
    );
}

#[test]
fn not_action_underlines_what_it_leaves_out() {
    let statement = r#"{"Effect": "Allow", "NotAction": ["iam:*", "s3:*"], "Resource": "*"}"#;
    Near { statement, ..Near::default() }.expect(r#""s3:*""#, "leaves out s3:GetObject", None);
}

#[test]
fn an_action_without_resource_types_needs_a_star() {
    let statement = r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "arn:aws:ec2:*:*:*"}"#;
    Near { statement, action: "ec2:DescribeInstances", resource: "", ..Near::default() }.expect(
        r#""arn:aws:ec2:*:*:*""#,
        "only `*` covers ec2:DescribeInstances: it has no resource types",
        Some("only-star"),
    );
}

#[test]
fn a_session_in_place_of_its_role_is_told() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/Deploy/ci-1"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource("arn:aws:s3:::reports", ACME, Some(statement));
    let why = story.why("Deploy/ci-2", "s3:GetObject", REPORT);
    let underline = r#""arn:aws:sts::111122223333:assumed-role/Deploy/ci-1""#;
    expect_nearest(
        &why,
        underline,
        "does not name role Deploy or this session of it",
        Some("session-for-role"),
    );
}

#[test]
fn a_limit_is_shown_even_if_it_has_nothing_to_do_with_the_request() {
    let mut story = Story::new();
    story.boundary("alice", "OnlyEc2", r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#);
    let why = story.why("alice", "s3:GetObject", REPORT);
    assert_eq!(why.headline, "implicit deny: no permissions boundary allows it");
    assert_eq!(underlined(&why), [r#""ec2:*""#]);
}

#[test]
fn an_explicit_deny_underlines_every_token_that_decided() {
    let mut story = Story::new();
    let statement = r#"[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
      {"Sid": "NoDelete", "Effect": "Deny", "Action": ["s3:Put*", "s3:Delete*"], "Resource": "arn:aws:s3:::reports/*",
       "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}}]"#;
    story.grant("bob", "NoDelete", statement);
    let why = story.why_with("bob", "s3:DeleteObject", REPORT, &[("aws:SourceIp", "203.0.113.7")]);
    assert_eq!(why.headline, "explicit deny: NoDelete, statement 2 (identity-based)");
    assert_eq!(why.answer.decision.word(), "denied");
    let tokens = [r#""Deny""#, r#""s3:Delete*""#, r#""arn:aws:s3:::reports/*""#, r#""203.0.113.0/24""#];
    assert_eq!(underlined(&why), tokens);
    let said: Vec<&str> = why.excerpts[0].labels.iter().map(|label| &*label.text).collect();
    let labels = ["denies", "covers s3:DeleteObject", "covers the resource", "aws:SourceIp is `203.0.113.7`"];
    assert_eq!(said, labels);
    let message = why.answer.message.as_deref().expect("a message");
    assert!(message.ends_with(
        "with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoDelete"
    ));
}

#[test]
fn an_allow_names_statement_and_group() {
    let why = Story::new().why("carol", "s3:GetObject", REPORT);
    assert_eq!(why.headline, "allowed by AdministratorAccess, statement 1 (identity-based)");
    assert!(why.excerpts[0].title.contains("through group admins"));
    assert_eq!(underlined(&why), [r#""Allow""#, r#""*""#, r#""*""#]);
    let step = why.path.iter().find(|step| step.word == "identity-based").expect("a step");
    assert_eq!(
        (step.said, &*step.by),
        (Said::Allowed, "AdministratorAccess, statement 1 through group admins")
    );
}

#[test]
fn a_root_only_task_underlines_what_would_have_allowed_it_and_says_who_can() {
    let why = Story::new().why("alice", "account:CloseAccount", "");
    assert_eq!(why.headline, "root-only task: close the account");
    assert_eq!(underlined(&why), [r#""*""#]);
    assert_eq!(why.excerpts[0].labels[0].text, "this would have allowed it");
    assert_eq!(why.excerpts[0].kind, ExcerptKind::WouldAllow);
    let gate = why.gate.expect("a gate");
    assert_eq!((gate.name, gate.rule.as_str()), (GateName::RootOnly, "R6"));
    assert_eq!(gate.who_can[0], "the root user of account 111122223333, owner@acme.example");
    assert!(!gate.sources.is_empty() && gate.when.is_some());
    assert!(why.path.is_empty());
}

#[test]
fn sources_that_disagree_are_shown() {
    let why = Story::new().why("alice", "rootonly:CreateCloudFrontKeyPair", "");
    let gate = why.gate.expect("a gate");
    assert_eq!(gate.conflict, Some("the newest list of root user tasks leaves it out"));
}

#[test]
fn a_task_on_an_unknown_day_depends() {
    let story = Story::new();
    let settings = Settings { as_of: Date::parse("2017-01-01"), ..Settings::default() };
    let why = story.ask("alice", "rootonly:SignUpGovCloud", "", &[], settings);
    assert_eq!(why.answer.decision, Verdict::Depends);
    assert!(why.headline.starts_with("the sources do not say"), "{}", why.headline);
}

#[test]
fn billing_says_who_has_the_switch() {
    let mut story = Story::new();
    let why = story.why("alice", "payments:ListPaymentPreferences", "");
    assert_eq!(why.headline, "billing-access: IAM access to Billing is off in account 111122223333");
    let gate = why.gate.expect("a gate");
    assert!(gate.who_can[0].starts_with("the root user of account 111122223333"));
    assert!(gate.how.is_some_and(|how| how.contains("`billing-access on`")));
    story.does(Change::Account(id(ACME), AccountSetting::BillingAccess(true)));
    let why = story.why("alice", "payments:ListPaymentPreferences", "");
    assert_eq!(why.answer.decision, Verdict::Allowed, "{}", why.headline);
}

#[test]
fn root_needs_no_statement_and_is_advised() {
    let why = Story::new().why("root", "s3:GetObject", REPORT);
    assert_eq!(why.headline, "allowed: root may do everything in its own account");
    assert!(why.excerpts.is_empty());
    assert_eq!(why.advice.len(), 1);
    let why = Story::new().why("root", "rootonly:CloseAccount", "");
    assert_eq!(why.headline, "allowed: root may close the account");
    assert!(why.advice.is_empty(), "{:?}", why.advice);
}

#[test]
fn several_texts_stand_in_one_picture() {
    let mut story = Story::new();
    let own = r#"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}"#;
    story.grant("bob", "NoEc2", own);
    story.scp("NoVms", r#"{"Effect": "Deny", "Action": "ec2:Run*", "Resource": "*"}"#);
    let why = story.why("bob", "ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*");
    assert_eq!(why.headline, "explicit deny: NoVms, statement 1 (scp) and 1 more statement");
    let files: Vec<&str> = why.excerpts.iter().map(|e| e.labels[0].place.source.name()).collect();
    assert_eq!(files, ["NoVms.json", "NoEc2.json"]);
    assert!(why.excerpts[0].title.contains("attached to ou Prod"));
    let levels: Vec<_> = why.path.iter().filter_map(|step| step.level.as_deref()).collect();
    assert_eq!(levels, ["organization root", "ou Prod", "account 111122223333"]);
}

#[test]
fn across_accounts_the_side_that_lacks_an_allow_is_named() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Carol"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource("arn:aws:s3:::reports", OTHER, Some(statement));
    let why = story.why("carol", "s3:GetObject", REPORT);
    assert_eq!(why.headline, "implicit deny: no resource-based policy allows it");
    assert_eq!(why.answer.message.as_deref(), Some("Access Denied"));
    let underline = r#""arn:aws:iam::111122223333:user/Carol""#;
    expect_nearest(&why, underline, "does not name carol", Some("letter-case"));
}

#[test]
fn a_policy_that_could_not_be_read_is_listed() {
    let mut story = Story::new();
    let versions = vec![PolicyVersion { id: "v1".into(), document: Document::Missing }];
    story.does(Change::ImportPolicy {
        account: id(ACME),
        name: "Lost".into(),
        path: "/".into(),
        versions,
        default: 0,
    });
    story.does(Change::Attach {
        account: id(ACME),
        policy: "Lost".into(),
        to: Target::Entity(entity("alice")),
    });
    let why = story.why("alice", "s3:GetObject", REPORT);
    assert_eq!(why.answer.incomplete, ["Lost"]);
    let strict = Settings { strict: true, ..Settings::default() };
    let why = story.ask("alice", "s3:GetObject", REPORT, &[], strict);
    assert_eq!(why.answer.decision, Verdict::Depends);
    assert_eq!(why.headline, "it hangs on Lost, which could not be consulted");
}

#[test]
fn the_law_of_messages_holds() {
    let mut story = Story::new();
    story.grant("bob", "A", r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#);
    for (who, action) in [
        ("alice", "account:CloseAccount"),
        ("bob", "s3:GetObject"),
        ("bob", "ec2:RunInstances"),
        ("root", "ec2:RunInstances"),
        ("alice", "payments:ListPaymentPreferences"),
        ("alice", "sts:GetCallerIdentity"),
    ] {
        let why = story.why(who, action, "");
        let lines = [&why.headline, &why.reason].into_iter().chain(&why.advice);
        for line in lines {
            assert!(!line.ends_with('.') && !line.contains('\n') && !line.is_empty(), "{line}");
        }
    }
}

#[test]
fn a_direct_grant_of_the_resource_passes_by_the_boundary_and_says_so() {
    let mut story = Story::new();
    story.boundary("alice", "OnlyEc2", r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#);
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource("arn:aws:s3:::reports", ACME, Some(statement));
    let why = story.why("alice", "s3:GetObject", REPORT);
    assert_eq!(why.headline, "allowed by reports, statement 1 (resource-based)");
    assert!(why.reason.starts_with("within one account a resource-based policy"), "{}", why.reason);
    let boundary = why.path.iter().find(|step| step.word == "permissions-boundary").expect("a step");
    assert_eq!(boundary.said, Said::NotNeeded);
    assert_eq!(why.rules.len(), 1);
}

#[test]
fn block_public_access_points_at_the_public_statement() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource("arn:aws:s3:::reports", ACME, Some(statement));
    story.does(Change::Resource(ResourceChange::SetPublicAccessBlock {
        account: id(ACME),
        resource: None,
        on: true,
        switches: Vec::new(),
    }));
    let why = story.why("anonymous", "s3:GetObject", REPORT);
    assert_eq!(
        why.headline,
        "S3 Block Public Access: reports, statement 1 (resource-based) makes the bucket public"
    );
    assert_eq!(underlined(&why), [r#""Allow""#, r#""Principal""#]);
}
