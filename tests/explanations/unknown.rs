//! What is said of policies that are not known: what it depends on, which way they could turn it, what is assumed.

use crate::stories::{ACME, OTHER, Story, policy};
use iamwhy::explain::{Explanation, Said, Verdict};
use iamwhy::question::Question;
use iamwhy::report::{Format, Style, explanation, html};
use iamwhy::world::{Change, Principal, PublicAccessLevel, ResourceChange, Settings};

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";
const OPEN: &str = "arn:aws:s3:::open/k";

fn said_in(why: &Explanation, part: &str) {
    for format in [Format::Text, Format::Plain, Format::Json] {
        let shown = explanation(why, &Style { format, width: 10_000, ..Style::default() });
        assert!(shown.contains(part), "{format:?}: {shown}");
    }
    let page = html(why).replace("<code>", "").replace("</code>", ""); // code in code type instead of backticks
    assert!(page.contains(&part.replace('`', "")), "{page}");
}

#[test]
fn a_key_without_a_known_policy_says_what_it_hangs_on_and_how_to_give_it_everywhere() {
    let why = Story::new().why("alice", "kms:Decrypt", KEY);
    assert_eq!(why.answer.decision, Verdict::Depends);
    said_in(
        &why,
        "it hangs on the key policy of arn:aws:kms:us-east-1:111122223333:key/k, which nobody gave",
    );
    said_in(&why, "every key has exactly one");
    said_in(&why, "with the key policy that the API makes by default it would be allowed");
    said_in(&why, "`resource arn:aws:kms:us-east-1:111122223333:key/k policy from policy.json`");
    assert!(why.answer.message.is_none() && !why.reason.contains("neither names"), "{}", why.reason);
}

#[test]
fn the_default_key_policy_answers_by_the_policies_of_the_account() {
    let why = Story::new().why("bob", "kms:Decrypt", KEY);
    assert_eq!(why.answer.decision, Verdict::Depends);
    assert!(why.answer.notes[1].contains("by default it would be denied"), "{:?}", why.answer.notes);
}

#[test]
fn nothing_is_proposed_for_a_layer_that_is_not_known() {
    let why = Story::new().why("bob", "kms:Decrypt", KEY);
    assert!(why.remedies.is_empty() && why.near_misses.is_empty() && why.excerpts.is_empty());
    assert!(why.path.iter().any(|step| step.word == "key" && step.said == Said::Unknown), "{:?}", why.path);
}

#[test]
fn a_request_that_is_complete_is_denied_and_strict_lets_it_depend() {
    let (story, question) = (Story::new(), decrypt());
    let answer = |settings: Settings| {
        let question = question.clone().settings(settings);
        let mut prepared = question.prepare(&story.world).expect("a question");
        prepared.request.is_complete = true;
        let why = iamwhy::question::ask(prepared).explain();
        assert_eq!(why.answer.incomplete, [format!("the key policy of {KEY}")]);
        why.answer.decision
    };
    assert_eq!(answer(Settings::default()), Verdict::ImplicitDeny);
    assert_eq!(answer(Settings { strict: true, ..Settings::default() }), Verdict::Depends);
}

fn decrypt() -> Question {
    let alice: Principal = format!("arn:aws:iam::{ACME}:user/alice").parse().expect("a principal");
    Question::new(alice, "kms:Decrypt").on(KEY)
}

#[test]
fn a_policy_without_a_text_could_deny_what_is_allowed_and_allow_what_is_denied() {
    let mut story = Story::new();
    for name in ["alice", "bob"] {
        story.attach("arn:aws:iam::aws:policy/NobodyKnows", iamwhy::world::Entity::User(name.into()));
    }
    let gaps = |name: &str| story.why(name, "s3:GetObject", OPEN).gaps;
    assert_eq!(gaps("alice"), ["NobodyKnows could not be consulted, and it could deny this"]);
    assert_eq!(gaps("bob"), ["NobodyKnows could not be consulted, and it could allow this"]);
}

#[test]
fn what_cannot_turn_the_answer_does_not_make_it_depend() {
    let mut story = Story::new();
    story.attach("arn:aws:iam::aws:policy/NobodyKnows", iamwhy::world::Entity::User("bob".into()));
    story.grant("bob", "No", r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#);
    let strict = Settings { strict: true, ..Settings::default() };
    let why = story.ask("bob", "s3:GetObject", OPEN, &[], strict);
    assert_eq!(why.answer.decision, Verdict::ExplicitDeny);
    assert!(why.gaps[0].ends_with("whatever it says, the answer is the same"), "{:?}", why.gaps);
}

#[test]
fn an_undeclared_resource_is_assumed_to_have_no_policy_where_one_could_turn_the_answer() {
    let mut story = Story::new();
    let assumed = |story: &Story, name: &str, action: &str, resource: &str| {
        story.why(name, action, resource).answer.assumed.contains_key("resource_policy")
    };
    assert!(assumed(&story, "alice", "s3:GetObject", OPEN), "it could deny");
    assert!(assumed(&story, "bob", "s3:GetObject", OPEN), "it could allow");
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-1";
    assert!(!assumed(&story, "alice", "ec2:TerminateInstances", instance), "instances have no policies");
    story.grant("bob", "No", r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#);
    assert!(!assumed(&story, "bob", "s3:GetObject", OPEN), "a Deny is final");
    said_in(&story.why("alice", "s3:GetObject", OPEN), "the resource has no policy");
    story.resource("arn:aws:s3:::open", ACME, None);
    assert!(!assumed(&story, "alice", "s3:GetObject", OPEN), "the world has it");
}

fn public() -> Story {
    let mut story = Story::new();
    let all = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::open/*"}"#;
    story.resource("arn:aws:s3:::open", OTHER, Some(all));
    story
}

#[test]
fn a_stranger_in_a_public_bucket_hears_that_new_buckets_are_shut() {
    let mut story = public();
    let why = story.why("alice", "s3:GetObject", OPEN);
    assert!(
        why.headline.ends_with("while Block Public Access is off: new buckets have it on"),
        "{}",
        why.headline
    );
    said_in(&why, "Block Public Access is off");
    story.does(Change::Resource(ResourceChange::SetPublicAccessBlock {
        level: PublicAccessLevel::Resource("arn:aws:s3:::open".into()),
        on: false,
        switches: Vec::new(),
    }));
    let why = story.why("alice", "s3:GetObject", OPEN);
    assert!(!why.answer.assumed.contains_key("s3_block_public_access"), "it was said: {}", why.headline);
}

#[test]
fn nothing_is_assumed_of_the_block_where_the_policy_is_not_public() {
    let mut story = Story::new();
    let one = r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "arn:aws:s3:::open/*"}"#;
    story.resource("arn:aws:s3:::open", OTHER, Some(one));
    let why = story.why("alice", "s3:GetObject", OPEN);
    assert_eq!(why.answer.decision, Verdict::Allowed);
    assert!(!why.answer.assumed.contains_key("s3_block_public_access"), "{:?}", why.answer.assumed);
}

#[test]
fn a_given_policy_that_cannot_be_read_is_an_error_of_the_question() {
    let alice: Principal = format!("arn:aws:iam::{ACME}:user/alice").parse().expect("a principal");
    let broken = policy(
        r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringEqualz": {"a": "b"}}}"#,
    );
    let question = Question::new(alice, "s3:GetObject").on(OPEN).policy("Broken", &broken);
    let error = question.ask(&Story::new().world).expect_err("an error");
    assert_eq!(error.code, "unknown-operator");
    assert!(
        error.message.contains("`Broken`") && error.message.contains("StringEqualz"),
        "{}",
        error.message
    );
}

#[test]
fn a_key_policy_of_another_account_that_nobody_gave_is_not_said_to_allow() {
    let why = Story::new().why("bob", "kms:Decrypt", "arn:aws:kms:us-east-1:444455556666:key/k");
    assert_eq!(why.answer.decision, Verdict::ImplicitDeny);
    assert!(!why.reason.contains("key/k does,") && why.reason.contains("is not known"), "{}", why.reason);
}

#[test]
fn a_key_policy_that_is_not_known_comes_with_how_to_get_it() {
    let mut story = Story::new();
    story.grant("alice", "Unlock", r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}"#);
    let key = "arn:aws:kms:us-west-2:222222222222:key/e91d07b4-6f52-4c08-b3aa-27d5c8410f96";
    let why = story.why("alice", "kms:Decrypt", key);
    let text = iamwhy::report::explanation(&why, &iamwhy::report::Style::default());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let call = "`aws kms get-key-policy --region us-west-2 --key-id e91d07b4-6f52-4c08-b3aa-27d5c8410f96 --policy-name default --query Policy --output text`";
    assert!(text.contains("kms:GetKeyPolicy in account 222222222222 calls"), "{text}");
    assert!(text.contains(call), "{text}");
    assert!(
        text.contains("look for an Allow of kms:Decrypt that names user alice, or its account"),
        "{text}"
    );
}
