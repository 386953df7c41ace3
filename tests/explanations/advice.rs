//! What a reader of `why` needs to act: the whole statement, what else differs, who can change it, and what that means.

use crate::stories::{ACME, OTHER, Story, entity, id};
use iamwhy::explain::Explanation;
use iamwhy::report::{Extent, Format, Style, explained, explanation};
use iamwhy::world::{Change, Settings, Target};

const TEXT: Style = Style { format: Format::Text, colour: false, width: 80 };
const PLAIN: Style = Style { format: Format::Plain, ..TEXT };
const OBJECT: &str = "arn:aws:s3:::reports/q1.csv";
const BUCKET: &str = "arn:aws:s3:::reports";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:jobs";

fn who(why: &Explanation, remedy: usize) -> &str {
    why.remedies[remedy].edits[0].who.as_deref().expect("who can change it")
}

fn so(why: &Explanation, remedy: usize) -> &str {
    why.remedies[remedy].edits[0].so.as_deref().expect("what it means")
}

#[test]
fn a_statement_on_one_long_line_is_quoted_whole_and_its_true_line_and_column_are_told() {
    let mut story = Story::new();
    let statement = r#"{"Sid": "Long", "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": ["arn:aws:sqs:us-east-1:111122223333:jobs", "arn:aws:sqs:us-east-1:111122223333:jobs-dlq"]}"#;
    story.grant("bob", "Queues", statement);
    let text = explained(&story.why("bob", "sqs:SendMessage", QUEUE), Extent::Full, &TEXT);
    assert!(!text.contains('…'), "{text}");
    for word in ["\"Long\"", "\"sqs:DeleteMessage\"", "us-east-1:111122223333:jobs-dlq\""] {
        assert!(text.contains(word), "{word}\n{text}");
    }
    let column = r#"  "Statement": "#.len() + statement.find("us-east-1").unwrap() + 1;
    assert!(text.contains(&format!("Queues.json:3:{column}]")), "{column}\n{text}");
    let plain = explained(&story.why("bob", "sqs:SendMessage", QUEUE), Extent::Full, &PLAIN);
    assert!(!plain.contains('…') && plain.contains("jobs-dlq\"]"), "{plain}");
}

#[test]
fn of_a_huge_statement_the_middle_of_its_lists_is_left_out_and_what_is_marked_stays() {
    let mut story = Story::new();
    let all: Vec<String> = (0..400).map(|i| format!("\"arn:aws:s3:::bucket-number-{i}/*\"")).collect();
    let statement = format!(
        r#"{{"Sid": "Many", "Effect": "Allow", "Action": "s3:*", "Resource": [{}, "arn:aws:s3:::Reports/*"], "Condition": {{"Bool": {{"aws:SecureTransport": "true"}}}}}}"#,
        all.join(", ")
    );
    story.grant("bob", "Many", &statement);
    for style in [TEXT, PLAIN] {
        let text = explained(&story.why("bob", "s3:GetObject", OBJECT), Extent::Full, &style);
        let shown = text.split("AWS      would say").nth(1).unwrap().split("layers").next().unwrap();
        for word in ["\"Many\"", "arn:aws:s3:::Reports/*", "aws:SecureTransport", "rows more"] {
            assert!(shown.contains(word), "{word}\n{shown}");
        }
        assert!(shown.lines().count() < 35, "{shown}");
    }
}

#[test]
fn a_near_miss_says_that_all_else_matches_or_what_else_differs() {
    let title = |statement: &str| {
        let mut story = Story::new();
        story.grant("bob", "Near", statement);
        let why = story.why("bob", "s3:GetObject", OBJECT);
        (why.excerpts[0].title.clone(), why.near_misses[0].differs.clone())
    };
    let one = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports"}"#;
    let (one, differs) = title(one);
    assert!(one.ends_with("comes near: only the Resource differs, all else matches"), "{one}");
    assert_eq!(differs, ["Resource"]);
    let two = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports", "Condition": {"StringEquals": {"aws:PrincipalType": "Nobody"}}}"#;
    let (two, differs) = title(two);
    assert!(two.ends_with("comes near, but Resource and Condition on aws:PrincipalType differ"), "{two}");
    assert_eq!(differs.len(), 2);
}

#[test]
fn an_assumption_that_decided_is_said_with_its_cause_and_at_the_value() {
    let mut story = Story::new();
    story.scp("Regions", r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}}"#);
    let why = story.why("alice", "s3:CreateBucket", BUCKET);
    assert_eq!(
        why.causes[0].assumed.as_deref(),
        Some(
            "only if the call is made in us-east-1, which is assumed; name its Region: `with aws:RequestedRegion=REGION`"
        )
    );
    let label = why.excerpts[0].labels.iter().find(|label| label.text.contains("RequestedRegion"));
    assert!(label.unwrap().text.contains("`us-east-1` (assumed), not"));
    assert_eq!(
        why.remedies[0].edits[0].words,
        "call in an allowed Region: `--region eu-west-1` or `--region eu-central-1`",
        "what the caller can do comes first, with every value that helps"
    );
    let given = story.ask(
        "alice",
        "s3:CreateBucket",
        BUCKET,
        &[("aws:RequestedRegion", "us-east-1")],
        Settings::default(),
    );
    assert_eq!(given.causes[0].assumed, None);
}

#[test]
fn what_stands_behind_a_deny_is_told_with_it() {
    let mut story = Story::new();
    let statements = r#"[{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]"#;
    story.boundary("alice", "Limit", statements);
    let why = story.why("alice", "s3:GetObject", OBJECT);
    assert_eq!(
        why.causes[1].title,
        "implicit deny: not allowed by the permissions boundary of user alice; nearest is Limit, statement 1"
    );
}

#[test]
fn who_can_change_a_policy_is_asked_of_the_engine() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]}"#;
    story.resource(BUCKET, ACME, Some(statement));
    let why = story.why("alice", "s3:GetObject", OBJECT);
    assert!(who(&why, 0).starts_with("only the root user of account 111122223333"), "{}", who(&why, 0));
    assert!(who(&why, 0).ends_with("(s3:PutBucketPolicy), not user alice"), "{}", who(&why, 0));
    let objects =
        r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource(BUCKET, ACME, Some(objects));
    let why = story.why("alice", "s3:GetObject", OBJECT);
    assert!(who(&why, 0).starts_with("user alice or user carol ("), "{}", who(&why, 0));
}

#[test]
fn what_a_change_means_for_others_is_said() {
    let mut story = Story::new();
    story.scp("NoS3", r#"{"Effect": "Deny", "NotAction": ["ec2:*", "iam:*"], "Resource": "*"}"#);
    let why = story.why("alice", "s3:GetObject", OBJECT);
    assert_eq!(
        so(&why, 0),
        "lifts the Deny on every action but ec2:* and iam:* on every resource for user alice"
    );
    let mut story = Story::new();
    story.grant("bob", "Read", r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::reports"}"#);
    let why = story.why("bob", "s3:GetObject", OBJECT);
    assert_eq!(
        (so(&why, 0), so(&why, 1)),
        (
            "grants s3:GetObject and s3:PutObject on arn:aws:s3:::reports/* to user bob alone",
            "grants nothing else"
        )
    );
    story.does(Change::Attach {
        account: id(ACME),
        policy: "Read".into(),
        to: Target::Entity(entity("carol")),
    });
    let why = story.why("bob", "s3:GetObject", OBJECT);
    assert_eq!(
        so(&why, 0),
        "grants s3:GetObject and s3:PutObject on arn:aws:s3:::reports/* to all 2 users, roles and groups with Read"
    );
}

#[test]
fn a_higher_limit_is_said_to_grant_nothing_by_itself() {
    let mut story = Story::new();
    story.boundary("bob", "Limit", r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#);
    let why = story.why("bob", "s3:GetObject", OBJECT);
    let raised = why.remedies[0].edits.iter().find(|edit| edit.policy.as_deref() == Some("Limit")).unwrap();
    assert_eq!(
        raised.so.as_deref(),
        Some("lets the policies of user bob allow s3:GetObject; grants nothing by itself")
    );
    assert_eq!(
        why.reason,
        "neither the policies of user bob (there are none) nor the permissions boundary of user bob allow it; AWS's message names only the first"
    );
}

#[test]
fn what_is_new_in_a_statement_is_marked_and_no_step_is_told_twice() {
    let mut story = Story::new();
    let statements = r#"[{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]"#;
    story.boundary("alice", "Limit", statements);
    let why = story.why("alice", "iam:CreateUser", "arn:aws:iam::111122223333:user/new");
    let edit = &why.remedies[0].edits[0];
    let new: Vec<&str> =
        edit.changed.iter().map(|part| &edit.statement.as_ref().unwrap()[part.clone()]).collect();
    assert_eq!(
        new,
        [
            r#""Condition": { "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/alice" } }"#
        ]
    );
    let text = explanation(&why, &TEXT);
    assert!(text.contains("perhaps rightly denied, since "), "{text}");
    let needs = "\n  1   both are needed: a for why 1, b for why 2\n  1a  ";
    assert!(text.contains(needs) && text.contains("\n  1b  "), "{text}");
    assert!(text.contains("\n      + \"Condition\": {"), "{text}");
    assert_eq!(text.matches("beware ").count(), 1, "{text}");
    assert!(explained(&why, Extent::Full, &TEXT).contains("++++"));
    let plain = explained(&why, Extent::Full, &PLAIN);
    assert!(plain.contains("\n      + \"Condition\"") && !plain.contains("++++"), "{plain}");
}

#[test]
fn another_user_is_never_proposed_and_another_region_only_if_that_is_allowed() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:user/bob"]}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}"#;
    story.resource(BUCKET, OTHER, Some(statement));
    let first = |story: &Story| story.why("alice", "s3:GetObject", OBJECT).remedies[0].edits[0].words.clone();
    story.grant("bob", "Read", r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#);
    assert!(!first(&story).contains("as user bob"), "bob is somebody else, though he could");
    let mut story = Story::new();
    story.grant(
        "bob",
        "Queue",
        r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs"}"#,
    );
    let why = story.why("bob", "sqs:SendMessage", QUEUE);
    let elsewhere = why.remedies[0].edits[0].resource.as_deref();
    assert_eq!(elsewhere, Some("arn:aws:sqs:us-east-1:111122223333:jobs"));
}

#[test]
fn layers_that_take_no_part_are_told_on_one_line() {
    let text = explanation(&Story::new().why("bob", "s3:GetObject", OBJECT), &TEXT);
    assert_eq!(text.matches("\nfine     no SCPs, ").count(), 1, "{text}");
    let full = explained(&Story::new().why("bob", "s3:GetObject", OBJECT), Extent::Full, &TEXT);
    assert_eq!(full.matches("not involved").count(), 1, "{full}");
}

#[test]
fn more_is_shown_in_full_and_less_in_short() {
    let why = Story::new().why("bob", "s3:GetObject", OBJECT);
    let [short, usual, full] =
        [Extent::Short, Extent::Usual, Extent::Full].map(|e| explained(&why, e, &TEXT));
    assert!(usual.starts_with(short.trim_end()) && usual.lines().count() <= 25, "{short}{usual}");
    assert!(full.contains("\nlayers\n") && !usual.contains("\nlayers\n"), "{full}");
}
