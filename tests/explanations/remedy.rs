//! Remedies: whatever is proposed is done here to the world itself, by way of changes, and asked again.

use crate::stories::{ACME, OTHER, Story, document, entity, id};
use iamwhy::explain::{Edit, Explanation, Remedy, Support, Verdict};
use iamwhy::policy::{Layer, PolicyType};
use iamwhy::question::Question;
use iamwhy::world::{
    Change, ContextValue, ControlKind, OrganizationChange, Principal, ResourceChange, Target, World,
};

const OBJECT: &str = "arn:aws:s3:::reports/q1.csv";
const BUCKET: &str = "arn:aws:s3:::reports";

/// A question in a story.
struct Asking<'s> {
    story: &'s dyn Fn() -> Story,
    who: &'static str,
    action: &'static str,
    resource: &'static str,
}

impl Asking<'_> {
    fn explain(&self) -> Explanation {
        (self.story)().why(self.who, self.action, self.resource)
    }

    /// The remedies, each done to the world and found to help.
    #[track_caller]
    fn remedies(&self) -> Vec<Remedy> {
        let explanation = self.explain();
        assert_ne!(explanation.answer.decision, Verdict::Allowed);
        for remedy in &explanation.remedies {
            let mut story = (self.story)();
            let mut context = Vec::new();
            for edit in &remedy.edits {
                do_edit(&mut story, edit, self.who, &mut context);
            }
            let elsewhere = |edit: &Edit| edit.resource.clone();
            let resource =
                remedy.edits.iter().find_map(elsewhere).unwrap_or_else(|| self.resource.to_owned());
            let after = story.why_with(self.who, self.action, &resource, &context);
            let words: Vec<&str> = remedy.edits.iter().map(|edit| &*edit.words).collect();
            assert_eq!(after.answer.decision, Verdict::Allowed, "{words:#?}\n{}", after.headline);
        }
        explanation.remedies
    }

    /// The words of the first remedy.
    #[track_caller]
    fn first(&self) -> String {
        let remedies = self.remedies();
        let first = remedies.first().unwrap_or_else(|| panic!("no remedy: {}", self.explain().headline));
        first.edits.iter().map(|edit| &*edit.words).collect::<Vec<_>>().join(" | ")
    }
}

/// `tag user bob team=core`
fn do_tag(story: &mut Story, command: &str) {
    let words: Vec<&str> = command.split(' ').collect();
    let ["tag", "user", name, pair] = words[..] else { panic!("{command}") };
    let (key, value) = pair.split_once('=').unwrap();
    let tags = [(key.into(), value.into())].into_iter().collect();
    story.does(Change::Tag { account: id(ACME), target: Target::Entity(entity(name)), tags });
}

fn do_edit(story: &mut Story, edit: &Edit, who: &str, context: &mut Vec<(&'static str, &'static str)>) {
    if edit.layer.is_none() {
        edit.commands.iter().for_each(|command| do_tag(story, command));
        for pair in edit.context.iter().flat_map(|pairs| pairs.split(' ')) {
            let (key, value) = pair.split_once('=').unwrap();
            context.push((key.to_owned().leak(), value.trim_matches(['"', '[', ']']).to_owned().leak()));
        }
        return;
    }
    let kind = match edit.layer {
        Some(Layer::ServiceControl) => PolicyType::ServiceControl,
        Some(Layer::ResourceBased) => PolicyType::ResourceBased,
        _ => PolicyType::IdentityBased,
    };
    let text = edit.document.as_deref().map(|text| document("remedy.json", text, kind));
    let on = match who.split_once('/') {
        Some((role, _)) => entity(&format!("role/{role}")),
        None => entity(who),
    };
    let change = match (edit.layer, edit.policy.clone(), text) {
        (Some(Layer::IdentityBased), None, Some(document)) => {
            Change::PutInline { account: id(ACME), on, name: "Remedy".into(), document }
        }
        (Some(Layer::IdentityBased), Some(name), Some(document)) if name.starts_with("Inline") => {
            Change::PutInline { account: id(ACME), on, name: name.into(), document }
        }
        (Some(Layer::IdentityBased | Layer::PermissionsBoundary), Some(name), Some(document)) => {
            Change::PutPolicy { account: id(ACME), name: name.into(), path: "/".into(), document }
        }
        (Some(Layer::IdentityBased), Some(name), None) => {
            Change::Detach { account: id(ACME), policy: name.into(), from: Target::Entity(on) }
        }
        (Some(Layer::ServiceControl), Some(name), Some(document)) => {
            Change::Organization(OrganizationChange::PutControl {
                kind: ControlKind::Scp,
                name: name.into(),
                document,
            })
        }
        (Some(Layer::ServiceControl), Some(name), None) => {
            Change::Detach { account: id(ACME), policy: name.into(), from: Target::Unit("Prod".into()) }
        }
        (Some(Layer::ResourceBased), _, policy) => Change::Resource(ResourceChange::Put {
            arn: BUCKET.into(),
            holder: None,
            region: None,
            key: None,
            owner: None,
            selected: id(ACME),
            policy: policy.or_else(|| Some(document("none.json", EMPTY, PolicyType::ResourceBased))),
            tags: iamwhy::world::Tags::new(),
        }),
        other => panic!("{other:?}: {}", edit.words),
    };
    story.does(change);
}

/// A policy that says nothing about reports.
const EMPTY: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::reports"}}"#;

fn granted(who: &'static str, statements: &'static str) -> impl Fn() -> Story {
    move || {
        let mut story = Story::new();
        story.grant(who, "Reports", statements);
        story
    }
}

#[track_caller]
fn mends(statements: &'static str, words: &str) {
    let story = granted("bob", statements);
    let asking = Asking { story: &story, who: "bob", action: "s3:GetObject", resource: OBJECT };
    assert_eq!(asking.first(), words);
}

#[test]
fn the_letter_case_is_corrected() {
    mends(
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::Reports/*"}"#,
        r#"in Reports, statement 1 (identity-based), add "arn:aws:s3:::reports/*" beside "arn:aws:s3:::Reports/*""#,
    );
}

#[test]
fn the_call_comes_before_a_policy_where_it_looks_wrong() {
    let (bob, object) = ("bob", "arn:aws:s3:::reports/Archive/q1.csv");
    let story = granted(
        bob,
        r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::reports/archive/*", "arn:aws:s3:::reports"]}"#,
    );
    let first = Asking { story: &story, who: bob, action: "s3:GetObject", resource: object }.first();
    assert!(first.starts_with("ask for arn:aws:s3:::reports/archive/q1.csv"), "{first}");
    let first = Asking { story: &story, who: bob, action: "s3:ListBucket", resource: object }.first();
    assert!(first.starts_with("ask for arn:aws:s3:::reports: s3:ListBucket is about the bucket"), "{first}");
    let queue =
        r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs"}"#;
    let story = move || {
        let mut story = granted(bob, queue)();
        story.scp("Europe", r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#);
        story
    };
    let asked = "arn:aws:sqs:us-east-1:111122223333:jobs";
    let first = Asking { story: &story, who: bob, action: "sqs:SendMessage", resource: asked }.first();
    assert!(first.starts_with("call with `--region eu-west-1`, for arn:"), "{first}");
}

#[test]
fn a_secret_is_named_whatever_its_random_end() {
    let story = granted(
        "bob",
        r#"{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:us-east-1:111122223333:secret:db"}"#,
    );
    let resource = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-Ab12Cd";
    let asking = Asking { story: &story, who: "bob", action: "secretsmanager:GetSecretValue", resource };
    assert!(asking.first().contains("secret:db-??????"), "{}", asking.first());
}

#[test]
fn a_pattern_is_widened_to_the_objects_and_keeps_the_bucket() {
    mends(
        r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports"}"#,
        r#"in Reports, statement 1 (identity-based), add "arn:aws:s3:::reports/*" beside "arn:aws:s3:::reports""#,
    );
    mends(
        r#"[{"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::other", "arn:aws:s3:::reports"]}]"#,
        r#"in Reports, statement 1 (identity-based), add "arn:aws:s3:::reports/*" beside "arn:aws:s3:::reports""#,
    );
}

#[test]
fn an_action_that_does_not_exist_is_spelled_right() {
    mends(
        r#"{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}"#,
        r#"in Reports, statement 1 (identity-based), write "s3:GetObject" instead of "s3:GetObjct""#,
    );
}

#[test]
fn a_wildcard_gets_the_operator_that_takes_it() {
    mends(
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "b*"}}}"#,
        r#"in Reports, statement 1 (identity-based), write "StringLike" instead of "StringEquals""#,
    );
}

#[test]
fn an_old_policy_gets_the_language_of_today() {
    let text = r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${aws:username}.csv"}}"#;
    let story = || {
        let mut story = Story::new();
        story.inline("bob", "InlineOld", text);
        story
    };
    let resource = "arn:aws:s3:::reports/bob.csv";
    let asking = Asking { story: &story, who: "bob", action: "s3:GetObject", resource };
    assert_eq!(asking.first(), r#"give InlineOld the element "Version": "2012-10-17""#);
}

#[test]
fn a_key_that_nobody_gave_is_given() {
    mends(
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        "call from the network `203.0.113.0/24` (aws:SourceIp)",
    );
    mends(
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#,
        "sign in with MFA: `aws sts get-session-token --serial-number arn:aws:iam::111122223333:mfa/DEVICE --token-code CODE` (`aws iam list-mfa-devices` names the device), export the three values that it returns, and repeat the call",
    );
}

#[test]
fn the_first_remedy_without_any_near_miss_is_one_more_statement() {
    let story = Story::new;
    let asking = Asking { story: &story, who: "bob", action: "s3:getobject", resource: OBJECT };
    let words = r#"give bob a policy that says: {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/q1.csv"}"#;
    assert_eq!(asking.first(), words);
    let story = granted("bob", r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}"#);
    let asking = Asking { story: &story, ..asking };
    assert!(asking.first().starts_with("add to Reports (identity-based): {"), "{}", asking.first());
}

#[test]
fn a_deny_is_narrowed_rather_than_removed() {
    let story = || {
        let mut story = Story::new();
        story.grant(
            "alice",
            "NoReading",
            r#"{"Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}"#,
        );
        story
    };
    let asking = Asking { story: &story, who: "alice", action: "s3:GetObject", resource: OBJECT };
    let remedies = asking.remedies();
    let words: Vec<&str> = remedies.iter().map(|remedy| &*remedy.edits[0].words).collect();
    assert_eq!(
        words,
        [
            r#"in NoReading, statement 1 (identity-based), add the condition {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/alice"}}"#,
            r#"in NoReading, statement 1 (identity-based), write "NotResource": "arn:aws:s3:::reports/q1.csv" instead of "Resource": "*""#,
        ]
    );
}

#[test]
fn a_condition_is_added_to_those_that_there_are() {
    let story = || {
        let mut story = Story::new();
        story.grant("alice", "NoReading", r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#);
        story
    };
    let asking = Asking { story: &story, who: "alice", action: "s3:GetObject", resource: OBJECT };
    assert!(asking.first().contains("ArnNotEquals"), "{}", asking.first());
}

#[test]
fn a_deny_without_mfa_asks_for_mfa() {
    let story = || {
        let mut story = Story::new();
        story.grant("alice", "Mfa", r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}"#);
        story
    };
    let asking = Asking { story: &story, who: "Deploy/ci", action: "s3:GetObject", resource: OBJECT };
    assert!(asking.first().starts_with("give role Deploy a policy"), "{}", asking.first());
}

#[test]
fn what_an_scp_forbids_everyone_stays_forbidden_where_an_exception_will_do() {
    let story = || {
        let mut story = Story::new();
        story.scp("Only", r#"[{"Effect": "Deny", "NotAction": ["ec2:*"], "Resource": "*"}]"#);
        story
    };
    let asking = Asking { story: &story, who: "alice", action: "s3:GetObject", resource: OBJECT };
    let remedies = asking.remedies();
    assert_eq!(remedies.len(), 1);
    assert!(remedies[0].edits[0].words.contains("ArnNotEquals"), "{}", remedies[0].edits[0].words);
}

#[test]
fn an_edit_says_how_the_statement_reads_then_and_where_it_stands() {
    let story = granted(
        "bob",
        "{\"Effect\": \"Allow\",\n  \"Action\": \"s3:GetObject\",\n  \"Resource\": \"arn:aws:s3:::reports\"}",
    );
    let explanation =
        Asking { story: &story, who: "bob", action: "s3:GetObject", resource: OBJECT }.explain();
    let edit = &explanation.remedies[0].edits[0];
    assert_eq!(
        edit.statement.as_deref(),
        Some(
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]}"#
        )
    );
    assert_eq!(
        edit.whereabouts.as_deref(),
        Some("in managed policy arn:aws:iam::111122223333:policy/Reports, attached to user bob")
    );
    let new = &explanation.remedies[1].edits[0];
    assert_eq!(
        new.whereabouts.as_deref(),
        Some("in managed policy arn:aws:iam::111122223333:policy/Reports, attached to user bob")
    );
}

#[test]
fn several_layers_take_several_edits() {
    let story = || {
        let mut story = Story::new();
        story.boundary("bob", "Boundary", r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#);
        story.scp("NoReading", r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#);
        story
    };
    let asking = Asking { story: &story, who: "bob", action: "s3:GetObject", resource: OBJECT };
    let remedies = asking.remedies();
    let layers: Vec<Option<Layer>> = remedies[0].edits.iter().map(|edit| edit.layer).collect();
    let expected = [Layer::ServiceControl, Layer::IdentityBased, Layer::PermissionsBoundary].map(Some);
    assert_eq!(layers, expected);
}

#[test]
fn one_value_that_all_layers_take_is_better_than_an_edit() {
    let listing = |prefix: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {{"StringLike": {{"s3:prefix": "{prefix}"}}}}}}"#
        )
    };
    let story = || {
        let mut story = Story::new();
        story.grant("bob", "Team", &listing("team-*"));
        story.boundary("bob", "Prod", &listing("*-prod"));
        story
    };
    let asking = Asking { story: &story, who: "bob", action: "s3:ListBucket", resource: BUCKET };
    let remedies = asking.remedies();
    assert_eq!(asking.first(), "call with, for example, `--prefix team-x-prod`");
    assert!(remedies.iter().skip(1).all(|remedy| remedy.edits[0].layer.is_some()));
}

#[test]
fn of_the_values_of_a_key_the_nearest_is_proposed_and_none_rather_than_an_empty_list() {
    let list = || ContextValue::Many(vec!["a".into()]);
    let one = |text: &'static str| ContextValue::One(text.into());
    for (key, value, condition, first) in [
        ("aws:TagKeys", list(), r#""Null": {"aws:TagKeys": "true"}"#, "without aws:TagKeys"),
        ("aws:TagKeys", list(), r#""ForAllValues:StringEquals": {"aws:TagKeys": []}"#, "without aws:TagKeys"),
        (
            "aws:TokenIssueTime",
            one("2026-06-01T00:00:00Z"),
            r#""DateNotEquals": {"aws:TokenIssueTime": "2026-06-01T00:00:00Z"}"#,
            "with aws:TokenIssueTime=2026-06-02T00:00:00Z",
        ),
        (
            "aws:UserAgent",
            one("a"),
            r#""StringEquals": {"aws:UserAgent": "${$}{b}"}"#,
            "with aws:UserAgent=\"${b}\"",
        ),
    ] {
        let alice = Principal::parse("arn:aws:iam::111122223333:user/alice").expect("a principal");
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {{{condition}}}}}}}"#
        );
        let question = Question::new(alice, "s3:ListAllMyBuckets").policy("P", &policy).with(key, value);
        let world = World::new();
        let explanation = question.ask(&world).expect("a good question").explain();
        assert_eq!(explanation.remedies[0].edits[0].words, format!("make the request {first}"));
    }
}

#[test]
fn across_accounts_the_resource_names_the_principal() {
    let story = || {
        let mut story = Story::new();
        story.resource(BUCKET, OTHER, None);
        story
    };
    let asking = Asking { story: &story, who: "alice", action: "s3:GetObject", resource: OBJECT };
    assert_eq!(
        asking.first(),
        r#"give the resource a policy that says: {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/q1.csv"}"#
    );
}

#[test]
fn the_deny_of_a_bucket_policy_makes_an_exception() {
    let story = || {
        let mut story = Story::new();
        story.resource(BUCKET, ACME, Some(r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#));
        story
    };
    let asking = Asking { story: &story, who: "alice", action: "s3:GetObject", resource: OBJECT };
    assert!(asking.first().contains("aws:PrincipalArn"), "{}", asking.first());
}

#[test]
fn what_only_root_can_do_no_policy_remedies() {
    let explanation = Story::new().why("alice", "account:CloseAccount", "");
    assert!(explanation.remedies.is_empty());
    assert!(explanation.gate.unwrap().who_can[0].contains("root user of account 111122223333"));
}

#[test]
fn an_aws_managed_policy_is_detached_and_not_edited() {
    let story = || {
        let mut story = Story::new();
        story.attach("AWSDenyAll", entity("alice"));
        story
    };
    let asking = Asking { story: &story, who: "alice", action: "s3:GetObject", resource: OBJECT };
    assert_eq!(asking.first(), "detach AWSDenyAll");
}

#[test]
fn an_allow_says_what_it_rests_on() {
    let mut story = Story::new();
    let alone = story.why("alice", "s3:GetObject", OBJECT);
    let Some(Support::Each(each)) = alone.support else { panic!("{:?}", alone.support) };
    assert_eq!(each[0].policy.as_deref(), Some("AdministratorAccess"));
    story.grant("alice", "Reports", r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#);
    let Some(Support::Several(all)) = story.why("alice", "s3:GetObject", OBJECT).support else { panic!() };
    assert_eq!(all.len(), 2);
    assert_eq!(story.why("root", "s3:GetObject", OBJECT).support, None);
}

/// Statements, each of which denies bob something or allows it nearly.
#[rustfmt::skip]
const STATEMENTS: &[&str] = &[
    r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::REPORTS/*"}"#,
    r#"{"Effect": "Allow", "Action": ["s3:GetObjekt"], "Resource": ["arn:aws:s3:::reports/*"]}"#,
    r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:us-east-1::reports/*"}"#,
    r#"{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}"#,
    r#"{"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::reports/*"}"#,
    r#"{"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::other/*"}"#,
    r#"{"Effect": "Deny", "NotAction": "ec2:*", "NotResource": ["arn:aws:s3:::other/*"]}"#,
    r#"[{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}}]"#,
    r#"[{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]"#,
    r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:sourcevpce": "vpce-1", "aws:PrincipalTag/team": "core"}}}"#,
    r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}}"#,
    r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}, "Null": {"aws:TagKeys": "false"}}}"#,
];

#[test]
fn every_remedy_that_is_printed_helps() {
    let mut proposed = 0;
    for statements in STATEMENTS {
        for (who, action, resource) in [
            ("bob", "s3:GetObject", OBJECT),
            ("bob", "s3:PutObject", OBJECT),
            ("bob", "s3:ListBucket", BUCKET),
        ] {
            let story = granted("bob", statements);
            let asking = Asking { story: &story, who, action, resource };
            if asking.explain().answer.decision != Verdict::Allowed {
                let remedies = asking.remedies();
                assert!(!remedies.is_empty(), "{statements}: {action}");
                proposed += remedies.len();
            }
        }
    }
    assert!(proposed > STATEMENTS.len(), "{proposed}");
}
