//! What else the same call needs: asked of the engine along with the question, and again after each fix.

use iamwhy::catalog::Catalog;
use iamwhy::explain::{Companion, Explanation, Verdict};
use iamwhy::facts::calls_that_use_keys;
use iamwhy::report::{Extent, Format, Style, explained, explanation, verdict};

use crate::outside::{Memory, scripted};
use crate::remedy_laws::why;

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:f";
const PLAIN: Style = Style { format: Format::Plain, colour: false, width: 1000 };

/// What bob has, an encrypted bucket, and two roles that Lambda may take and one that it may not.
fn world(key_policy: &str, bobs: &str) -> String {
    let trust = |service: &str| {
        format!(
            r#"trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "{service}.amazonaws.com" }}, "Action": "sts:AssumeRole" }} }}"#
        )
    };
    format!(
        r#"role Worker {lambda}
role Admin {lambda}
role Machine {ec2}
resource {KEY} policy {{ "Version": "2012-10-17", "Statement": {key_policy} }}
resource arn:aws:s3:::reports key {KEY}
inline Own on user bob {{ "Version": "2012-10-17", "Statement": [{bobs}] }}
"#,
        lambda = trust("lambda"),
        ec2 = trust("ec2"),
    )
}

const FOR_ACCOUNT: &str = r#"{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }"#;
const FOR_NOBODY: &str = r#"{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/Admin" }, "Action": "kms:*", "Resource": "*" }"#;
const READ: &str = r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }"#;
const DECRYPT: &str = r#"{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": { "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } }"#;

fn only(found: &Explanation) -> &Companion {
    match &found.also[..] {
        [one] => one,
        several => panic!("{several:?}"),
    }
}

#[test]
fn a_read_of_an_encrypted_object_needs_the_key_by_way_of_the_service() {
    let asks = "bob s3:GetObject on arn:aws:s3:::reports/q1.csv";
    let found = why(&world(FOR_ACCOUNT, &[READ, DECRYPT].join(",")), asks);
    assert_eq!((&*only(&found).action, only(&found).verdict), ("kms:Decrypt", Verdict::Allowed));
    assert!(explanation(&found, &PLAIN).contains("also     kms:Decrypt on key/1234abcd-"));
    let found = why(&world(FOR_NOBODY, &[READ, DECRYPT].join(",")), asks);
    let told = verdict(&found, &PLAIN);
    assert!(
        told.starts_with("allowed\nbut the call fails: kms:Decrypt is denied\n") && only(&found).is_denied(),
        "{told}"
    );
    let said = format!(
        "also: needs kms:Decrypt on {}: denied (the key policy does not allow it)",
        KEY.rsplit(':').next().unwrap()
    );
    assert!(told.contains(&said), "{told}");
}

#[test]
fn a_command_of_aws_fails_without_the_key_too() {
    let told = |key_policy: &str| {
        let world = world(key_policy, &[READ, DECRYPT].join(","));
        let mut session = iamwhy::commands::session();
        let start = "account 111122223333 \"Acme\" alias acme\nuser bob\n";
        let call = "sign-in bob at acme\naws s3api get-object --bucket reports --key q1.csv out";
        let script = format!("{start}{world}{call}\n");
        let outcomes = scripted(&mut session, &mut Memory::default(), &script);
        outcomes.last().expect("an answer").render(&PLAIN)
    };
    let (with, without) = (told(FOR_ACCOUNT), told(FOR_NOBODY));
    assert!(with.contains("allowed: kms:Decrypt on arn:aws:kms"), "{with}");
    assert!(without.contains("denied: kms:Decrypt on arn:aws:kms"), "{without}");
}

#[test]
fn after_a_fix_it_is_said_what_the_call_still_lacks() {
    let asks = "bob s3:GetObject on arn:aws:s3:::reports/q1.csv";
    let told = explanation(&why(&world(FOR_NOBODY, DECRYPT), asks), &PLAIN);
    let lacks = "\nafter    the call still fails, for it also needs kms:Decrypt on key/1234abcd-";
    assert!(told.starts_with("denied\n") && told.contains(lacks), "{told}");
    let told = explanation(&why(&world(FOR_ACCOUNT, DECRYPT), asks), &PLAIN);
    assert!(
        told.contains("\nafter    allowed, and so is what else the call needs (kms:Decrypt)\n"),
        "{told}"
    );
    let full = explained(&why(&world(FOR_ACCOUNT, DECRYPT), asks), Extent::Full, &PLAIN);
    let works = "\nafter    allowed, and so is what else the call needs: kms:Decrypt on key/1234abcd-";
    assert!(full.contains(works), "{full}");
}

#[test]
fn the_role_that_is_named_must_be_one_to_pass_and_trust_the_service() {
    let create = r#"{ "Effect": "Allow", "Action": "lambda:*", "Resource": "*" }"#;
    let pass = r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": ["arn:aws:iam::111122223333:role/Worker", "arn:aws:iam::111122223333:role/Machine"], "Condition": { "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } } }"#;
    let world = world(FOR_ACCOUNT, &[create, pass].join(","));
    let with = |role: &str| {
        let asks =
            format!("bob lambda:CreateFunction on {FUNCTION} using arn:aws:iam::111122223333:role/{role}");
        verdict(&why(&world, &asks), &PLAIN)
    };
    let worker = with("Worker");
    let there = "also: iam:PassRole on role/Worker and role/Worker to trust lambda.amazonaws.com: allowed";
    assert!(worker.contains(there) && !worker.contains("fails"), "{worker}");
    assert!(with("Admin").contains("also: needs iam:PassRole on role/Admin: denied ("));
    let trust =
        "also: needs role/Machine to trust lambda.amazonaws.com: denied (the trust policy does not allow it)";
    assert!(with("Machine").contains(trust), "{}", with("Machine"));
    let untold = verdict(&why(&world, &format!("bob lambda:CreateFunction on {FUNCTION}")), &PLAIN);
    let tell = "also: needs iam:PassRole on the role that it hands to lambda.amazonaws.com: allowed on role/Worker, not on role/Admin; say which with `using ARN`";
    assert!(untold.contains(tell), "{untold}");
}

#[test]
fn a_launch_is_asked_on_its_other_resources_and_for_the_tags_that_it_sets() {
    let launch = r#"{ "Effect": "Allow", "Action": "ec2:RunInstances", "NotResource": "arn:aws:ec2:*:*:subnet/subnet-prod" }"#;
    let world = world(FOR_ACCOUNT, launch);
    let asks = "bob ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/*";
    let told = explanation(&why(&world, asks), &PLAIN);
    let there =
        "ec2:RunInstances on its image, its network-interface, its security-group and its subnet: allowed";
    assert!(told.contains(there) && !told.contains("ec2:CreateTags"), "{told}");
    let subnet = "using arn:aws:ec2:us-east-1:111122223333:subnet/subnet-prod";
    let told = explanation(&why(&world, &format!("{asks} with aws:RequestTag/team=x {subnet}")), &PLAIN);
    assert!(told.contains("it also needs ec2:RunInstances on subnet/subnet-prod\n"), "{told}");
    assert!(told.contains("also     needs ec2:CreateTags on instance/*: denied ("), "{told}");
}

#[test]
fn a_call_that_needs_nothing_else_says_nothing_else() {
    let open = world(FOR_ACCOUNT, r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#);
    for asks in ["bob s3:ListBucket on arn:aws:s3:::reports", "bob s3:GetObject on arn:aws:s3:::other/k"] {
        assert!(why(&open, asks).also.is_empty(), "{asks}");
    }
    let told = verdict(&why(&open, &format!("bob lambda:CreateFunction on {FUNCTION}")), &PLAIN);
    assert!(!told.contains("also"), "{told}");
}

#[test]
fn every_call_that_uses_a_key_is_known_and_so_is_what_it_needs() {
    for (call, needed) in calls_that_use_keys() {
        for action in needed.iter().copied().chain([&*call]) {
            assert!(Catalog::embedded().action(action).is_some(), "{action}");
        }
    }
}

#[test]
fn a_role_that_is_passed_is_asked_whether_it_trusts_the_service() {
    let role = |service: &str| {
        format!(
            r#"account 111122223333
user bob
role R trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "{service}" }}, "Action": "sts:AssumeRole" }} }}
inline Pass on user bob {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {{ "StringEquals": {{ "iam:PassedToService": "ecs-tasks.amazonaws.com" }} }} }} }}"#
        )
    };
    let question =
        "bob iam:PassRole on arn:aws:iam::111122223333:role/R with iam:PassedToService=lambda.amazonaws.com";
    let trusted = crate::remedy_laws::why(&role("lambda.amazonaws.com"), question);
    let words = |found: &iamwhy::explain::Explanation| {
        found.remedies.iter().map(|one| one.in_brief()).collect::<Vec<_>>().join("\n")
    };
    assert!(!words(&trusted).contains("instead"), "{}", words(&trusted));
    assert!(trusted.remedies[0].then.iter().all(|one| !one.is_denied() && one.service.is_some()));
    let untrusted = crate::remedy_laws::why(&role("ecs-tasks.amazonaws.com"), question);
    assert!(
        words(&untrusted).contains("pass the role to ecs-tasks.amazonaws.com instead"),
        "{}",
        words(&untrusted)
    );
}

#[test]
fn what_a_launch_needs_is_asked_in_the_region_of_the_fix() {
    let script = r#"account 111122223333
user bob
attach AdministratorAccess to user bob
inline Europe on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } } }"#;
    let found = crate::remedy_laws::why(
        script,
        "bob ec2:RunInstances on arn:aws:ec2:eu-north-1:111122223333:instance/*",
    );
    let first = &found.remedies[0];
    assert!(first.edits[0].words.contains("--region eu-west-1"), "{}", first.edits[0].words);
    assert!(!first.then.is_empty() && first.then.iter().all(|one| !one.is_denied()), "{:?}", first.then);
}
