//! Which policies govern a resource, as answers and remedies tell it (I1, I2, I3, I5).

use iamwhy::report::{Format, Style, verdict};

use crate::stories::{ACME, Story};

const TEXT: Style = Style { format: Format::Text, colour: false, width: 400 };
const DOMAIN: &str = "arn:aws:es:us-west-2:111122223333:domain/d";
const INDEX: &str = "arn:aws:es:us-west-2:111122223333:domain/d/logs/_search";
const BOB_SEARCHES: &str = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"}, "Action": "es:ESHttp*", "Resource": "arn:aws:es:us-west-2:111122223333:domain/d/*"}"#;

fn with_domain(statement: &str) -> Story {
    let mut story = Story::new();
    story.resource(DOMAIN, ACME, Some(statement));
    story
}

#[test]
fn a_remedy_edits_the_policy_of_the_container() {
    let story = with_domain(BOB_SEARCHES);
    let explanation = story.why("anonymous", "es:ESHttpGet", INDEX);
    let edits = explanation.remedies.iter().flat_map(|remedy| &remedy.edits);
    let places: Vec<_> = edits.filter_map(|edit| edit.whereabouts.as_deref()).collect();
    assert!(!places.is_empty());
    assert!(places.iter().all(|place| place.contains(&format!("the policy of {DOMAIN},"))), "{places:?}");
}

#[test]
fn no_remedy_gives_a_policy_that_nobody_would_ask() {
    let story = with_domain(BOB_SEARCHES);
    let explanation = story.why("anonymous", "es:ESHttpGet", DOMAIN);
    assert!(explanation.remedies.is_empty(), "{:?}", explanation.remedies);
}

#[test]
fn why_a_covering_policy_is_not_asked_is_noted() {
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "es:*", "Resource": "*"}"#;
    let answer = with_domain(deny).why("alice", "es:UpdateDomainConfig", DOMAIN).answer;
    let said = "the policy of a domain governs what lies in it, not the domain itself";
    assert!(answer.notes.iter().any(|note| note == said), "{:?}", answer.notes);
    assert!(answer.incomplete.is_empty(), "{:?}", answer.incomplete);
}

#[test]
fn a_policy_that_covers_the_resource_and_is_not_understood_to_govern_it_is_listed_with_the_reason() {
    let mut story = Story::new();
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "iotsitewise:*", "Resource": "arn:aws:iotsitewise:us-east-1:111122223333:portal/p/*"}"#;
    let portal = "arn:aws:iotsitewise:us-east-1:111122223333:portal/p";
    story.resource(portal, ACME, Some(deny));
    let explanation = story.why("alice", "iotsitewise:DescribeProject", &format!("{portal}/project/x"));
    let said = format!("the policy of {portal} (whether it governs what is asked for is not known here)");
    assert_eq!(explanation.answer.incomplete, std::slice::from_ref(&said));
    let shown = verdict(&explanation, &TEXT);
    assert!(shown.contains(&format!("warning: {said} could not be consulted")), "{shown}");
    // Nobody asks about what it does not cover.
    let other = story.why("alice", "iotsitewise:DescribeProject", &format!("{portal}p/project/x"));
    assert!(other.answer.incomplete.is_empty(), "{:?}", other.answer.incomplete);
}

#[test]
fn the_policies_of_siblings_are_not_mentioned() {
    let mut story = Story::new();
    let secret = |name: &str| format!("arn:aws:secretsmanager:us-east-1:111122223333:secret:{name}");
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#;
    story.resource(&secret("one-AAAAAA"), ACME, None);
    story.resource(&secret("two-BBBBBB"), ACME, Some(deny));
    let answer = story.why("alice", "secretsmanager:GetSecretValue", &secret("one-AAAAAA")).answer;
    assert!(answer.incomplete.is_empty() && answer.warnings.is_empty() && answer.notes.is_empty());
}
