//! What AWS would refuse to save, or save in vain, is remarked upon, and done.

use iamwhy::commands::session;
use iamwhy::session::{Part, Status};

use crate::outside::{Memory, scripted};

const WORLD: &str = "account 999999999999
account 111122223333
organization o-exampleorg management 999999999999
move account 111122223333 to organization-root
user alice
group g";

/// What is said of the last statement beside that it was done.
#[track_caller]
fn notes(text: &str) -> Vec<String> {
    let outcomes = scripted(&mut session(), &mut Memory::default(), &format!("{WORLD}\n{text}"));
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Done), "{outcomes:?}");
    let last = outcomes.last().expect("an outcome");
    let note = |part: &Part| match part {
        Part::Note(text) => Some(text.clone()),
        _ => None,
    };
    last.parts.iter().filter_map(note).collect()
}

/// A document of exactly so many characters, besides the white space.
fn document(size: usize, space: &str, head: &str) -> String {
    let document = |action: &str| {
        format!(
            r#"{{"Version":"2012-10-17",{space}"Statement":{{{head}"Action":"{action}","Resource":"*"}}}}"#
        )
    };
    let rest = size + space.len() - document("").len();
    document(&format!("s3:{}", "a".repeat(rest - 3)))
}

#[test]
fn a_policy_that_is_too_long_for_aws_is_told() {
    let (allow, deny) = (r#""Effect":"Allow","#, r#""Effect":"Deny","#);
    let everybody = r#""Effect":"Deny","Principal":"*","#;
    let space = " ".repeat(40);
    // The kind of policy, its limit, whether white space counts, and how its statement begins (A.10).
    let kinds = [
        ("policy P", 6_144, false, allow),
        ("inline P on user alice", 2_048, false, allow),
        ("inline P on group g", 5_120, false, allow),
        ("scp P", 10_240, true, deny),
        ("rcp P", 5_120, true, everybody),
        ("endpoint vpce-1 vpc vpc-1 policy", 20_480, true, everybody),
    ];
    for (statement, most, counts_space, head) in kinds {
        let fits = notes(&format!("{statement} {}", document(most, "", head)));
        assert!(!fits.iter().any(|note| note.contains("(A.10)")), "{statement}: {fits:?}");
        let too_long = notes(&format!("{statement} {}", document(most + 1, "", head)));
        let told = format!("{} characters", most + 1);
        assert!(too_long.iter().any(|note| note.contains(&told)), "{statement}: {too_long:?}");
        let spaced = notes(&format!("{statement} {}", document(most, &space, head)));
        assert_eq!(
            spaced.iter().any(|note| note.contains("(A.10)")),
            counts_space,
            "{statement}: {spaced:?}"
        );
    }
}

#[test]
fn inline_policies_of_a_user_count_together() {
    let half = document(1_100, "", r#""Effect":"Allow","#);
    let together = notes(&format!("inline A on user alice {half}\ninline B on user alice {half}"));
    assert!(together.iter().any(|note| note.contains("2200 characters")), "{together:?}");
}

#[test]
fn a_bucket_or_key_policy_that_names_nobody_is_told() {
    let policy = |action: &str| {
        format!(
            r#"policy {{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:user/bob"}}, "Action": "{action}", "Resource": "*"}}}}"#
        )
    };
    let told = |arn: &str, action: &str| {
        let notes = notes(&format!("resource {arn} {}", policy(action)));
        notes.iter().any(|note| note.contains("user/bob, which does not exist"))
    };
    // A32 speaks of IAM, S3 and KMS.
    assert!(told("arn:aws:s3:::b", "s3:GetObject"));
    assert!(told("arn:aws:kms:us-east-1:111122223333:key/k", "kms:Decrypt"));
    assert!(!told("arn:aws:sqs:us-east-1:111122223333:q", "sqs:SendMessage"));
}

#[test]
fn an_rcp_for_a_service_without_rcps_is_told() {
    let rcp = |action: &str| {
        format!(
            r#"rcp P {{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Principal": "*", "Action": {action}, "Resource": "*"}}}}"#
        )
    };
    let told = notes(&rcp(r#"["s3:*", "SNS:Publish", "ec2:*"]"#));
    assert!(told.iter().any(|note| note.contains("does nothing for ec2, sns:")), "{told:?}");
    let fine = notes(&rcp(r#"["s3:*", "sqs:*"]"#));
    assert!(!fine.iter().any(|note| note.contains("does nothing")), "{fine:?}");
}
