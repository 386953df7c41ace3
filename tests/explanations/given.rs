//! What explanations say, and which characters they point at.

use crate::outside::{Memory, typed};
use crate::stories::{ACME, OTHER, Story, document, entity, id, policy, underlined};
use iamwhy::commands::session;
use iamwhy::explain::{ExcerptKind, Explanation, Said, Verdict};
use iamwhy::facts::Date;
use iamwhy::policy::PolicyType;
use iamwhy::report::Style;
use iamwhy::trace::GateName;
use iamwhy::world::{
    AccountSetting, Change, Document, OrganizationChange, PolicyVersion, PublicAccessLevel, ResourceChange,
    Settings, Target,
};

const REPORT: &str = "arn:aws:s3:::reports/q1.csv";

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
    assert_eq!(why.headline, "explicit deny: NoDelete (identity-based)");
    assert_eq!(why.answer.decision.word(), "denied");
    let tokens = [r#""Deny""#, r#""s3:Delete*""#, r#""arn:aws:s3:::reports/*""#, r#""203.0.113.0/24""#];
    assert_eq!(underlined(&why), tokens);
    let said: Vec<&str> = why.excerpts[0].labels.iter().map(|label| &*label.text).collect();
    let labels = ["denies", "covers s3:DeleteObject", "covers the resource", "aws:SourceIp is `203.0.113.7`"];
    assert_eq!(said, labels);
    let telling: Vec<&str> = why.excerpts[0].telling.iter().map(|label| &*label.text).collect();
    assert_eq!(telling, ["aws:SourceIp is `203.0.113.7`"]);
    let message = why.answer.message.as_deref().expect("a message");
    assert!(message.ends_with(
        "with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoDelete"
    ));
}

#[test]
fn an_allow_names_statement_and_group() {
    let why = Story::new().why("carol", "s3:GetObject", REPORT);
    assert_eq!(
        why.headline,
        "allowed by AdministratorAccess, statement 1 (identity-based, through group admins)"
    );
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
    assert_eq!(gate.who_can.len(), 1);
    assert_eq!(why.remedies[0].edits[0].commands, ["billing-access on"]);
    assert_eq!(why.causes.len(), 1, "the switch alone is enough: {:?}", why.causes);
    let why = story.why("bob", "payments:ListPaymentPreferences", "");
    assert_eq!(
        why.causes[1].title,
        "implicit deny: not allowed by the policies of user bob (there are none)"
    );
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
fn s3_tells_no_reason_where_an_endpoint_denies_across_accounts() {
    let mut story = Story::new();
    story.scp("All", r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#);
    let to = Target::OrganizationRoot;
    story.does(Change::Organization(OrganizationChange::MoveAccount { account: id(OTHER), to }));
    let everybody =
        r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource("arn:aws:s3:::reports", OTHER, Some(everybody));
    let get = policy(r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#);
    story.does(Change::Resource(ResourceChange::PutEndpoint {
        id: "vpce-1".into(),
        vpc: "vpc-1".into(),
        service: None,
        owner: Some(id(ACME)),
        policy: Some(document("endpoint.json", &get, PolicyType::VpcEndpoint)),
    }));
    let through = [("aws:SourceVpce", "vpce-1")];
    let message = |who, action, context: &[_]| story.why_with(who, action, REPORT, context).answer.message;
    // Inside the organization the lack of an Allow of the caller's own is told, that of the endpoint is not (G7).
    assert_eq!(message("alice", "s3:PutObject", &through).as_deref(), Some("Access Denied"));
    let own = message("bob", "s3:GetObject", &through).expect("denied");
    assert!(own.ends_with("because no identity-based policy allows the s3:GetObject action"), "{own}");
    story.resource("arn:aws:s3:::reports", ACME, None);
    let at_home = story.why_with("alice", "s3:PutObject", REPORT, &through).answer.message.expect("denied");
    assert!(at_home.ends_with("because no VPC endpoint policy allows the s3:PutObject action"), "{at_home}");
    let bucket = "arn:aws:s3express:us-east-1:111122223333:bucket/b--use1-az4--x-s3";
    let why = story.why("bob", "s3express:CreateSession", bucket);
    assert_eq!(why.answer.message.as_deref(), Some("Access Denied"));
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
        level: PublicAccessLevel::Account(id(ACME)),
        on: true,
        switches: Vec::new(),
    }));
    let why = story.why("anonymous", "s3:GetObject", REPORT);
    assert_eq!(
        why.headline,
        "S3 Block Public Access: reports, statement 1 (resource-based) makes the bucket public"
    );
    assert_eq!(underlined(&why), [r#""Allow""#, r#""*""#]);
}

#[test]
fn a_gate_that_no_change_opens_says_what_one_can_do() {
    let mut story = Story::new();
    story.scp("Nothing", r#"{"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}"#);
    story.resource("arn:aws:s3:::theirs", OTHER, None);
    let how = |who: &str, action: &str, resource: &str| {
        let gate = story.why(who, action, resource).gate.unwrap_or_else(|| panic!("no gate: {action}"));
        (gate.name, gate.how.unwrap_or_default())
    };
    let (name, said) = how("alice", "iam:PassRole", "arn:aws:iam::444455556666:role/X");
    assert_eq!(name, GateName::PassRole);
    assert!(
        said.starts_with(
            "pass a role of account 111122223333 instead; to use a role of account 444455556666"
        )
    );
    let (name, said) = how("alice", "s3:PutBucketPolicy", "arn:aws:s3:::theirs");
    assert_eq!(name, GateName::CrossAccountAction);
    assert!(
        said.starts_with("ask as a principal of account 444455556666, which owns the resource"),
        "{said}"
    );
    let (name, said) = how("alice", "organizations:CreateAccount", "");
    assert_eq!(name, GateName::Organizations);
    assert_eq!(said, "ask as a principal of the management account 999999999999");
    let (_, said) = how("alice", "organizations:ListAccounts", "");
    assert!(said.contains("a delegated administrator: `delegate SERVICE to account ACCOUNT`"), "{said}");
    let (name, said) = how("alice", "iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    assert_eq!(name, GateName::Protected);
    assert!(said.starts_with("make a customer managed policy with the same text"), "{said}");
    let linked = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    let (_, said) = how("alice", "iam:AttachRolePolicy", linked);
    assert!(said.starts_with("change it through its service"), "{said}");
    let (name, said) = how("root", "sts:AssumeRole", "arn:aws:iam::111122223333:role/Deploy");
    assert_eq!(name, GateName::Credentials);
    assert_eq!(said, "call sts:AssumeRole as an IAM user or as a session of a role, which can");
    let (_, said) = how("Deploy/ci", "sts:GetSessionToken", "");
    assert_eq!(said, "call sts:GetSessionToken with the long-term access key of an IAM user");
    let (name, said) = how("alice", "s3:GetObject", "arn:aws-cn:s3:::reports/x");
    assert_eq!(name, GateName::Partition);
    assert!(said.contains("ask as a principal of an account of aws-cn"), "{said}");
}

#[test]
fn a_boundary_takes_away_the_exception_of_not_principal() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:user/alice", "111122223333"]}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource("arn:aws:s3:::reports", ACME, Some(statement));
    assert_eq!(story.why("alice", "s3:GetObject", REPORT).answer.decision, Verdict::Allowed);
    story.boundary("alice", "All", r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#);
    let why = story.why("alice", "s3:GetObject", REPORT);
    let label =
        why.excerpts[0].labels.iter().find(|label| label.place.text() == r#""NotPrincipal""#).unwrap();
    assert_eq!(label.text, "lists alice, but spares nobody who has a permissions boundary");
    assert!(why.reason.ends_with("so the exception that the NotPrincipal of reports makes does not count"));
    assert!(why.rules.iter().any(|rule| rule.as_str() == "D28"));
    let boundary = why.path.iter().find(|step| step.word == "permissions-boundary").expect("a step");
    assert!(
        boundary.by.contains("no NotPrincipal spares"),
        "the layers do not make the boundary look innocent: {}",
        boundary.by
    );
}

#[test]
fn what_is_assumed_is_listed_only_where_a_statement_about_the_action_reads_it() {
    let mut story = Story::new();
    let statements = r#"[{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
        {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]"#;
    story.grant("bob", "Both", statements);
    assert!(!story.why("bob", "s3:GetObject", REPORT).answer.assumed.contains_key("aws:SecureTransport"));
    let queue = "arn:aws:sqs:us-east-1:111122223333:jobs";
    let assumed = story.why("bob", "sqs:SendMessage", queue).answer.assumed;
    assert_eq!(assumed.get("aws:SecureTransport"), Some(&Some("true".to_owned())));
}

#[test]
fn levels_that_say_the_same_stand_on_one_line() {
    let mut story = Story::new();
    story.scp("NoVms", r#"{"Effect": "Deny", "Action": "ec2:Run*", "Resource": "*"}"#);
    let levels = |why: &Explanation| -> Vec<String> {
        iamwhy::explain::folded(&why.path).into_iter().filter_map(|step| step.level).collect()
    };
    let why = story.why("alice", "s3:ListAllMyBuckets", "");
    assert_eq!(levels(&why), ["all 3 levels"]);
    let why = story.why("alice", "ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*");
    assert_eq!(levels(&why), ["organization root", "ou Prod", "account 111122223333"]);
}

/// A user whose group may create functions and launch instances, and pass no role.
const DEVELOPER: &str = r#"account 111122223333
user bob
group developers
policy Dev { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["lambda:CreateFunction", "ec2:RunInstances"], "Resource": ["arn:aws:lambda:*:*:function:*", "arn:aws:ec2:*:*:instance/*"] }, { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "false" } } }] }
attach Dev to group developers
add user bob to group developers
user ann
attach AdministratorAccess to user ann
"#;

const FUNCTION: &str = "lambda:CreateFunction on arn:aws:lambda:eu-west-1:111122223333:function:f";
const INSTANCE: &str = "ec2:RunInstances on arn:aws:ec2:eu-west-1:111122223333:instance/*";

#[test]
fn what_one_action_hides_is_said_behind_the_verdict() {
    let mut session = session();
    typed(&mut session, &mut Memory::default(), DEVELOPER);
    let mut ask = |question: String| {
        let outcome = typed(&mut session, &mut Memory::default(), &question).pop().unwrap();
        outcome.render(&Style::default()).replace('\n', " ")
    };
    let function = ask(format!("can bob {FUNCTION}"));
    let fails = "allowed but the call fails: iam:PassRole is denied ";
    let allowed = format!("{fails}allowed by Dev, statement 1 (identity-based, through group developers) ");
    assert!(function.starts_with(&allowed), "{function}");
    assert!(function.contains("assumed: aws:MultiFactorAuthPresent is absent (matters"), "{function}");
    assert!(function.contains("also: needs iam:PassRole on the role that it hands to lambda"), "{function}");
    let instance = ask(format!("can bob {INSTANCE}"));
    let types = "needs ec2:RunInstances on its image, its network-interface, its security-group and its subnet: denied";
    assert!(instance.contains(types), "{instance}");
    assert_eq!(ask(format!("expect bob allowed {FUNCTION}")), "", "scripts are told nothing more");
}
