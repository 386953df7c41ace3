//! When something is allowed: every example that is given is asked again; and what would be if.

use iamwhy::commands::session;
use iamwhy::explain::{Verdict, When};
use iamwhy::policy::Effect;
use iamwhy::session::{Outcome, Part, Session, Status};

use crate::outside::{Memory, typed};

fn last(session: &mut Session, text: &str) -> Outcome {
    typed(session, &mut Memory::default(), text).pop().unwrap()
}

fn with_policy(statements: &str) -> Session {
    let mut session = session();
    let text = format!(
        "account 111122223333 \"Acme\" alias acme\nuser bob\npolicy P {{ \"Version\": \"2012-10-17\", \"Statement\": {statements} }}\nattach P to user bob"
    );
    assert_eq!(last(&mut session, &text).status, Status::Done, "{text}");
    session
}

const QUESTION: &str = "bob s3:GetObject on arn:aws:s3:::reports/q1.csv";

#[track_caller]
fn when(session: &mut Session) -> When {
    let outcome = last(session, &format!("when {QUESTION}"));
    let Some(Part::When(when)) = outcome.parts.into_iter().next() else { panic!("no answer") };
    assert_eq!(outcome.status, Status::Answered(when.verdict));
    *when
}

fn verdict(session: &mut Session, with: &[String]) -> (Verdict, Vec<u32>) {
    let clause = if with.is_empty() { String::new() } else { format!(" with {}", with.join(" ")) };
    last(session, &format!("can {QUESTION}{clause}"));
    let answer = &session.last_answer().unwrap().answer;
    (answer.decision, answer.because.iter().filter_map(|because| because.statement).collect())
}

/// Statements with the verdict, and the words for what is left of them.
#[rustfmt::skip]
const CASES: &[(&str, &str, &[&str])] = &[
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#, "allowed", &[]),
    (r#"{"Effect": "Allow", "Action": "s3:Put*", "Resource": "*"}"#, "denied", &[]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#, "depends",
        &["aws:SourceIp is in 203.0.113.0/24"]),
    (r#"[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"]}}}]"#, "depends",
        &["aws:SourceIp is not in any of 203.0.113.0/24, 10.0.0.0/8, or is absent"]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": ["vpce-1", "vpce-2"]}, "StringLike": {"s3:ExistingObjectTag/team": "core*"}}}"#, "depends",
        &["aws:SourceVpce is one of vpce-1, vpce-2; s3:ExistingObjectTag/team is like core*"]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "bob", "aws:UserAgent": "curl"}}}"#, "depends",
        &["aws:UserAgent is curl"]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "carol", "aws:UserAgent": "curl"}}}"#, "denied", &[]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericGreaterThanEquals": {"s3:TlsVersion": "1.2"}}}"#, "depends",
        &["s3:TlsVersion is at least 1.2"]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Null": {"aws:UserAgent": "true"}}}"#, "depends",
        &["aws:UserAgent is absent"]),
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:UserAgent": "a b\"c"}}}"#, "depends",
        &["aws:UserAgent is a b\"c"]),
    // One value holds two tests.
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:UserAgent": "team-*"}, "StringLikeIfExists": {"aws:UserAgent": "*-prod"}}}"#, "depends",
        &["aws:UserAgent is like team-*; aws:UserAgent is like *-prod, or is absent"]),
    // No value is both.
    (r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:UserAgent": "a"}, "StringLike": {"aws:UserAgent": "b*"}}}"#, "denied", &[]),
    // What is allowed anyway does not hang on anything.
    (r#"[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:UserAgent": "a"}}}]"#, "allowed", &[]),
];

#[test]
fn what_is_left_of_the_policies_is_said_in_words() {
    for (statements, word, left) in CASES {
        let when = when(&mut with_policy(statements));
        assert_eq!(when.verdict.word(), *word, "{statements}: {}", when.headline);
        let found: Vec<String> = when.residual.iter().map(|residual| residual.terms.join("; ")).collect();
        assert_eq!(found, *left, "{statements}");
    }
}

#[test]
fn every_example_is_confirmed_by_asking_it() {
    for (statements, word, _) in CASES {
        let mut session = with_policy(statements);
        let when = when(&mut session);
        for residual in &when.residual {
            let example = residual.example.as_ref().unwrap_or_else(|| panic!("{statements}: {residual:?}"));
            let (decision, because) = verdict(&mut session, example);
            let expected = match residual.effect {
                Effect::Allow => Verdict::Allowed,
                Effect::Deny => Verdict::ExplicitDeny,
            };
            assert_eq!(decision, expected, "{statements}: {example:?}");
            assert!(because.contains(&residual.statement.statement.unwrap()), "{statements}: {because:?}");
        }
        assert_eq!(when.allowed_with.is_some(), *word == "depends", "{statements}");
        for (with, allowed) in [(&when.allowed_with, true), (&when.denied_with, false)] {
            if let Some(with) = with {
                assert_eq!(
                    verdict(&mut session, with).0 == Verdict::Allowed,
                    allowed,
                    "{statements}: {with:?}"
                );
            }
        }
    }
}

/// A user whose policy and permissions boundary each let them list with one kind of prefix.
const TWO_LAYERS: &str = r#"account 111122223333 "Acme" alias acme
user bob
policy Team { "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "team-*"}}} }
policy Prod { "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "*-prod"}}} }
attach Team to user bob
boundary Prod on user bob"#;

#[test]
fn keys_of_several_layers_are_met_by_one_value() {
    let mut session = session();
    assert_eq!(last(&mut session, TWO_LAYERS).status, Status::Done);
    let outcome = last(&mut session, "when bob s3:ListBucket on arn:aws:s3:::reports");
    let Some(Part::When(when)) = outcome.parts.into_iter().next() else { panic!("no answer") };
    assert_eq!(when.verdict, Verdict::Depends, "{}", when.headline);
    assert_eq!(when.allowed_with.as_deref(), Some(&["s3:prefix=team-x-prod".to_owned()][..]));
    let allowed =
        last(&mut session, "can bob s3:ListBucket on arn:aws:s3:::reports with s3:prefix=team-x-prod");
    assert_eq!(allowed.status, Status::Answered(Verdict::Allowed));
}

/// An SCP wants a Region, the user's policy an address and MFA, the policy of the bucket TLS and an endpoint.
const THREE_LAYERS: &str = r#"account 999999999999 "Root" alias top
account 111122223333 "Acme" alias acme
user bob
policy Q { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" }, "StringEquals": { "s3:prefix": "home/" } } } }
attach Q to user bob
resource arn:aws:s3:::reports owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-1" } } } }
organization o-exampleorg management 999999999999
ou W
move account 111122223333 to ou W
scp Region { "Version": "2012-10-17", "Statement": { "Sid": "Eu", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-central-1" } } } }
attach Region to ou W
account 111122223333"#;

#[track_caller]
fn when_asked(session: &mut Session, question: &str) -> When {
    let outcome = last(session, &format!("when {question}"));
    let Some(Part::When(when)) = outcome.parts.into_iter().next() else { panic!("no answer") };
    *when
}

#[test]
fn several_layers_that_want_several_keys_are_met_together() {
    let mut session = session();
    assert_eq!(last(&mut session, THREE_LAYERS).status, Status::Done);
    let when = when_asked(&mut session, "bob s3:ListBucket on arn:aws:s3:::reports");
    assert_eq!(
        when.headline,
        "allowed when the user signs in with MFA and s3:prefix is home/ and aws:RequestedRegion is eu-central-1 and aws:SourceVpce is vpce-1"
    );
    let with = when.allowed_with.unwrap().join(" ");
    let allowed = last(&mut session, &format!("can bob s3:ListBucket on arn:aws:s3:::reports with {with}"));
    assert_eq!(allowed.status, Status::Answered(Verdict::Allowed), "{with}");
}

#[test]
fn what_was_assumed_counts_among_the_keys_that_it_hangs_on() {
    let mut session = with_policy(
        r#"[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}]"#,
    );
    for signed_in in [false, true] {
        if signed_in {
            last(&mut session, "sign-in bob at acme");
        }
        let when = when_asked(&mut session, &QUESTION[if signed_in { 4 } else { 0 }..]);
        assert_eq!(
            (when.verdict, &*when.headline),
            (Verdict::Depends, "allowed when the user signs in with MFA")
        );
        assert_eq!(when.allowed_with.as_deref(), Some(&["aws:MultiFactorAuthPresent=true".to_owned()][..]));
        assert_eq!(when.denied_with.as_deref(), Some(&[][..]));
    }
    let when = when_asked(&mut session, &format!("{QUESTION} with aws:MultiFactorAuthPresent=true"));
    assert_eq!(when.verdict, Verdict::Allowed, "what the question says is no assumption");
}

#[test]
fn a_sentence_is_said_only_where_the_engine_agrees_with_it() {
    // In one account the policy of the bucket or that of the user is enough.
    let mut session = with_policy(
        r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:UserAgent": "curl"}}}"#,
    );
    last(
        &mut session,
        r#"resource arn:aws:s3:::reports owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*", "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } } } }"#,
    );
    let when = when_asked(&mut session, QUESTION);
    assert_eq!(when.headline, "it hangs on aws:SourceIp and aws:UserAgent");
}

#[test]
fn a_variable_is_solved_by_the_value_that_its_test_is_compared_with() {
    let condition = r#""StringEquals": { "s3:prefix": "home/${aws:RequestTag/team}/*" }"#;
    let mut session = with_policy(&format!(
        r#"{{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{ {condition} }} }}"#
    ));
    let outcome = last(&mut session, &format!("when {QUESTION} with s3:prefix=home/blue/*"));
    let Some(Part::When(when)) = outcome.parts.into_iter().next() else { panic!("no answer") };
    assert_eq!(when.allowed_with.as_deref(), Some(&["aws:RequestTag/team=blue".to_owned()][..]));
}

#[test]
fn a_key_that_follows_from_another_is_tried_with_other_values_all_the_same() {
    let condition = r#""StringEquals": { "aws:RequestTag/team": "blue", "aws:TagKeys": "owner" }"#;
    let mut session = with_policy(&format!(
        r#"{{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{ {condition} }} }}"#
    ));
    let outcome = last(&mut session, &format!("when {QUESTION}"));
    let Some(Part::When(when)) = outcome.parts.into_iter().next() else { panic!("no answer") };
    let both = ["aws:RequestTag/team=blue".to_owned(), "aws:TagKeys=[owner]".to_owned()];
    assert_eq!(when.allowed_with.as_deref(), Some(&both[..]), "{}", when.headline);
}

#[test]
fn why_after_when_explains_the_answer_as_things_are() {
    let mut session = with_policy(CASES[2].0);
    assert_eq!(when(&mut session).verdict, Verdict::Depends);
    assert_eq!(last(&mut session, "why").status, Status::Answered(Verdict::ImplicitDeny));
}

fn texts(outcome: &Outcome) -> Vec<&str> {
    let text = |part| match part {
        &Part::Prose(ref text) | &Part::Note(ref text) | &Part::Said(ref text) => Some(&**text),
        _ => None,
    };
    outcome.parts.iter().filter_map(text).collect()
}

#[test]
fn what_if_shows_the_answers_that_are_others_and_leaves_the_world_as_it_was() {
    let mut session = with_policy(CASES[0].0);
    let block =
        format!("what-if {{\n  detach P from user bob\n  can {QUESTION}\n  can bob sqs:SendMessage\n}}");
    let outcome = last(&mut session, &block);
    let found = texts(&outcome);
    assert_eq!(
        found,
        [
            "detached P from user bob",
            "IAM user bob of account 111122223333 asks for s3:GetObject on arn:aws:s3:::reports/q1.csv\n  before: allowed: allowed by P, statement 1 (identity-based)\n  then:   denied: implicit deny: no identity-based policy allows it\n",
            "1 answer stays as it is; nothing in the world has changed",
        ]
    );
    assert_eq!(verdict(&mut session, &[]).0, Verdict::Allowed);
    assert_eq!(texts(&last(&mut session, "changes")).len(), 0, "it is no change");
}

#[test]
fn what_if_without_questions_asks_those_from_before() {
    let mut session = with_policy(CASES[0].0);
    verdict(&mut session, &[]);
    let outcome = last(&mut session, "what-if { detach P from user bob }");
    assert!(texts(&outcome)[1].contains("before: allowed"), "{:?}", texts(&outcome));
}

#[test]
fn what_if_tells_a_question_once_that_reads_alike() {
    let mut session = with_policy(CASES[0].0);
    verdict(&mut session, &[]);
    last(&mut session, "sign-in bob at 111122223333 mfa");
    last(&mut session, "can s3:GetObject on arn:aws:s3:::reports/q1.csv");
    let outcome = last(&mut session, "what-if { detach P from user bob }");
    assert_eq!(texts(&outcome).iter().filter(|text| text.contains("before: allowed")).count(), 1);
}

#[test]
fn what_if_stops_at_what_is_refused_and_writes_nothing() {
    let mut session = with_policy(CASES[0].0);
    assert_eq!(last(&mut session, "what-if {\n user bob\n}").status, Status::Refused);
    assert_eq!(last(&mut session, "what-if {\n save \"x\"\n}").status, Status::Refused);
}

/// What a value does may be hidden while another key is as it was assumed.
#[test]
fn a_value_that_counts_only_with_mfa_is_found() {
    let statements = r#"[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "ForAnyValue:NumericLessThan": {"s3:max-keys": "10"}}}]"#;
    let when = when_asked(&mut with_policy(statements), "bob s3:ListBucket on arn:aws:s3:::reports");
    assert_eq!(when.verdict, Verdict::Depends, "{}", when.headline);
}

/// Of `${aws:UserAgent}` any value does but the one that the prefix has.
#[test]
fn a_variable_that_must_differ_from_what_is_given_gets_another_value() {
    let statements = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotLike": {"s3:prefix": "${aws:UserAgent}"}, "StringEquals": {"aws:Referer": "${aws:SourceVpc}"}}}"#;
    let question = "bob s3:ListBucket on arn:aws:s3:::reports with s3:prefix=home";
    let when = when_asked(&mut with_policy(statements), question);
    assert_eq!(when.verdict, Verdict::Depends, "{}", when.headline);
}

/// I12: which name a service has in a Region is not known where nobody says for which resource it calls.
#[test]
fn the_names_of_a_service_in_a_region_are_open() {
    let mut session = session();
    let role = r#"account 111122223333 "Acme" alias acme
role R trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"StringNotLike": {"aws:PrincipalServiceNamesList": "sns.us-east-1.amazonaws.com"}}}}"#;
    assert_eq!(last(&mut session, role).status, Status::Done);
    let when = when_asked(
        &mut session,
        "service:sns.amazonaws.com sts:AssumeRole on arn:aws:iam::111122223333:role/R",
    );
    assert_eq!(when.verdict, Verdict::Depends, "{}", when.headline);
    assert_eq!(
        when.denied_with.unwrap(),
        ["aws:PrincipalServiceNamesList=[sns.us-east-1.amazonaws.com]"],
        "{}",
        when.headline
    );
    assert_eq!(when.hangs_on[0].1, "its names in a Region are not known");
}
