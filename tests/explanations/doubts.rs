//! Where a setting, a name or a message decided, the answer says so.

use crate::outside::{Memory, scripted};
use iamwhy::commands::session;
use iamwhy::explain::{Explanation, Verdict};
use iamwhy::session::Part;

/// The explanation of the last question of a script.
#[track_caller]
fn why(script: &str) -> std::sync::Arc<Explanation> {
    let outcomes = scripted(&mut session(), &mut Memory::default(), script);
    let parts = outcomes.into_iter().flat_map(|outcome| outcome.parts);
    let explained = parts.filter_map(|part| match part {
        Part::Verdict(explanation) | Part::Explanation(explanation) => Some(explanation),
        _ => None,
    });
    explained.last().expect("a question")
}

fn says(script: &str, words: &str) -> bool {
    why(script).answer.notes.iter().any(|note| note.contains(words))
}

const WORLD: &str = r#"account 111122223333
user u
inline P on user u { "Version": "2012-10-17", "Statement": [
  { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } },
  { "Effect": "Allow", "Action": "sts:TagSession", "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } },
  { "Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:*" } ] }
"#;

#[test]
fn a_setting_that_turned_the_answer_is_named() {
    let turned = "the setting bool-reads-other-text-as-false turned the answer: it is on, and with off it would be implicitDeny";
    let ask = "can u s3:ListAllMyBuckets with aws:SecureTransport=no";
    let on = format!("{WORLD}set bool-reads-other-text-as-false on\n");
    assert!(says(&format!("{on}{ask}"), turned), "{:?}", why(&format!("{on}{ask}")).answer.notes);
    assert!(!says(&format!("{WORLD}{ask}"), "turned the answer"));
    // On, and without effect on this answer.
    assert!(!says(
        &format!("{on}can u s3:ListAllMyBuckets with aws:SecureTransport=false"),
        "turned the answer"
    ));
}

#[test]
fn every_doubt_has_a_setting_that_is_noted_alike() {
    let not_principal = r#"account 111122223333
user u
attach AdministratorAccess to user u
resource arn:aws:s3:::b policy { "Version": "2012-10-17", "Statement":
  { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:user/u" }, "Action": "s3:*", "Resource": "arn:aws:s3:::b/*" } }
set not-principal any-listed
can u s3:GetObject on arn:aws:s3:::b/k"#;
    assert!(says(
        not_principal,
        "not-principal turned the answer: it is any-listed, and with strict it would be explicitDeny"
    ));
}

#[test]
fn a_session_that_is_service_linked_by_its_name_alone_is_noted() {
    let ask = "can arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSSO/x iam:ListRoles";
    assert!(says(&format!("account 111122223333\n{ask}"), "because of its name"));
    let plain = ask.replace("AWSServiceRoleForSSO", "Reader");
    assert!(!says(&format!("account 111122223333\n{plain}"), "because of its name"));
}

#[test]
fn the_resource_of_a_message_is_asked_for_as_it_stands() {
    let message = |action: &str, resource: &str| {
        format!(
            "{WORLD}why \"User: arn:aws:iam::111122223333:user/u is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action\""
        )
    };
    let allowed =
        why(&message("logs:DescribeLogGroups", "arn:aws:logs:eu-west-1:111122223333:log-group::log-stream:"));
    assert_eq!(allowed.answer.decision, Verdict::Allowed);
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/*";
    let asked = why(&message("ec2:DescribeInstances", instance));
    assert!(asked.answer.message.as_deref().is_some_and(|text| text.contains(instance)));
    assert!(!asked.answer.notes.iter().any(|note| note.contains("A46")), "{:?}", asked.answer.notes);
}
