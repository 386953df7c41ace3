//! What reasoning says of all requests holds for each that is tried: policies over few letters, so that they meet.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use iamwhy::catalog::Catalog;
use iamwhy::names::{AccountId, Arn};
use iamwhy::policy::PolicyType;
use iamwhy::question::Question;
use iamwhy::reason::{
    Anybody, AskedVersion, CheckVerdict, DiffVerdict, GovernedResource, KnownOfCaller, ListedActions,
    PolicyDifference, Scope, Turn, TwoVersions,
};
use iamwhy::source::Source;
use iamwhy::world::{ContextValue, Document, GivenPolicies, NamedDocument, Principal, World};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::worlds::{Tape, cases, tapes};

static LISTED: LazyLock<ListedActions> = LazyLock::new(|| ListedActions::of(Catalog::embedded()));
static WORLD: LazyLock<World> = LazyLock::new(World::new);

const ACTIONS: [&str; 4] = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:ListAllMyBuckets"];
const ACTION_PATTERNS: [&str; 7] =
    ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Get*", "s3:*", "*", "s3:ListAllMyBuckets"];

/// How many requests are tried for each pair of policies.
const REQUESTS: usize = 100;

fn question(policy: &Value) -> Question {
    let user = Principal::parse("arn:aws:iam::111122223333:user/example-user").expect("a principal");
    Question::new(user, "s3:GetObject").policy("P", &policy.to_string())
}

pub(crate) fn difference(old: &Value, new: &Value) -> PolicyDifference {
    let versions = [old, new].map(|policy| AskedVersion { world: &WORLD, question: question(policy) });
    TwoVersions {
        versions,
        known: KnownOfCaller::Nothing,
        on: None,
        within: None,
        turns: &Turn::BOTH,
        listed: &LISTED,
    }
    .difference()
}

/// A text of few letters, or a pattern.
fn text(tape: &mut Tape, letters: &[char], least: usize) -> String {
    let length = least + tape.below(4);
    (0..length).map(|_| letters[tape.below(letters.len())]).collect()
}

fn list<T>(tape: &mut Tape, most: usize, mut one: impl FnMut(&mut Tape) -> T) -> Vec<T> {
    let length = 1 + tape.below(most);
    (0..length).map(|_| one(tape)).collect()
}

fn resource_pattern(tape: &mut Tape) -> String {
    match tape.below(6) {
        0 => "*".to_owned(),
        1 => format!("arn:aws:s3:::{}", text(tape, &['a', 'b', '*'], 1)),
        2 => format!("arn:aws:s3*:::{}/{}", text(tape, &['a', '?'], 1), text(tape, &['a', 'b', '*', '?'], 1)),
        _ => format!(
            "arn:aws:s3:::{}/{}",
            text(tape, &['a', 'b', '*'], 1),
            text(tape, &['a', 'b', '*', ':'], 1)
        ),
    }
}

/// A test of a key of one of several types.
fn test(tape: &mut Tape) -> (String, String, Vec<String>) {
    let suffix = if tape.below(4) == 0 { "IfExists" } else { "" };
    let set = ["", "", "ForAllValues:", "ForAnyValue:"][tape.below(4)];
    match tape.below(6) {
        0 => ("Null".to_owned(), "aws:Referer".to_owned(), vec![["true", "false"][tape.below(2)].to_owned()]),
        1 => {
            let operator = ["IpAddress", "NotIpAddress"][tape.below(2)];
            let range =
                |tape: &mut Tape| ["10.0.0.0/8", "10.1.0.0/16", "192.0.2.7/32"][tape.below(3)].to_owned();
            (format!("{operator}{suffix}"), "aws:SourceIp".to_owned(), list(tape, 2, range))
        }
        2 => {
            let operator =
                ["NumericLessThan", "NumericGreaterThanEquals", "NumericEquals", "NumericNotEquals"];
            let number = |tape: &mut Tape| tape.below(4).to_string();
            (
                format!("{}{suffix}", operator[tape.below(4)]),
                "aws:MultiFactorAuthAge".to_owned(),
                list(tape, 2, number),
            )
        }
        3 => {
            let operator = ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike"][tape.below(4)];
            let value = |tape: &mut Tape| text(tape, &['a', 'b', '*'], 1);
            (format!("{set}{operator}{suffix}"), "aws:CalledVia".to_owned(), list(tape, 3, value))
        }
        _ => {
            let operator =
                ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIgnoreCase"]
                    [tape.below(5)];
            let value = |tape: &mut Tape| text(tape, &['a', 'A', '*', '?'], 0);
            (format!("{operator}{suffix}"), "aws:Referer".to_owned(), list(tape, 3, value))
        }
    }
}

fn statement(tape: &mut Tape) -> Value {
    let effect = if tape.below(3) == 0 { "Deny" } else { "Allow" };
    let action = if tape.below(5) == 0 { "NotAction" } else { "Action" };
    let resource = if tape.below(5) == 0 { "NotResource" } else { "Resource" };
    let actions = list(tape, 2, |tape| ACTION_PATTERNS[tape.below(ACTION_PATTERNS.len())]);
    let mut condition = json!({});
    for _ in 0..tape.below(3) {
        let (operator, key, values) = test(tape);
        condition[operator][key] = json!(values);
    }
    json!({
        "Effect": effect, action: actions, resource: list(tape, 2, resource_pattern), "Condition": condition,
    })
}

pub(crate) fn policy(tape: &mut Tape) -> Value {
    json!({"Version": "2012-10-17", "Statement": list(tape, 3, statement)})
}

/// A policy and one that differs from it little, or not at all.
fn pair(tape: &mut Tape) -> [Value; 2] {
    let old = policy(tape);
    let mut new = old.clone();
    let statements = new["Statement"].as_array_mut().expect("a list");
    let at = tape.below(statements.len());
    match tape.below(5) {
        0 => statements.push(statement(tape)),
        1 if statements.len() > 1 => {
            statements.remove(at);
        }
        2 => {
            statements[at].as_object_mut().expect("a statement").remove("Condition");
        }
        3 => statements[at] = statement(tape),
        _ => statements.reverse(),
    }
    [old, new]
}

/// A request that the policies may speak of.
pub(crate) fn request(tape: &mut Tape, policy: &Value) -> Question {
    let action = ACTIONS[tape.below(ACTIONS.len())];
    let mut asked = question(policy);
    asked.action = action.into();
    let bucket = text(tape, &['a', 'b'], 1);
    let resource = match action {
        "s3:ListBucket" => format!("arn:aws:s3:::{bucket}"),
        "s3:ListAllMyBuckets" => "*".to_owned(),
        _ => format!("arn:aws:s3:::{bucket}/{}", text(tape, &['a', 'b', ':'], 1)),
    };
    asked = asked.on(resource);
    if tape.below(3) > 0 {
        asked = asked.with("aws:Referer", ContextValue::from(text(tape, &['a', 'A', '*'], 1)));
    }
    if tape.below(2) > 0 {
        let address = ["10.0.0.1", "10.1.2.3", "192.0.2.7", "2001:db8::1"][tape.below(4)];
        asked = asked.with("aws:SourceIp", address);
    }
    if tape.below(2) > 0 {
        asked = asked.with("aws:MultiFactorAuthAge", ContextValue::from(tape.below(5).to_string()));
    }
    if tape.below(2) > 0 {
        let values = list(tape, 3, |tape| text(tape, &['a', 'b'], 1).into());
        asked = asked.with("aws:CalledVia", ContextValue::Many(values));
    }
    asked
}

pub(crate) fn is_allowed(question: &Question) -> bool {
    question.ask(&WORLD).expect("a good question").decision.is_allowed()
}

/// Somebody of whom nothing is known but the policy.
fn anybody() -> Anybody<'static> {
    let principal = Principal::parse("arn:aws:iam::111122223333:user/example-user").expect("a principal");
    Anybody { world: &WORLD, listed: &LISTED, principal: Arc::new(principal) }
}

fn document(policy: &Value) -> NamedDocument {
    let source = Source::new("P", policy.to_string());
    NamedDocument { name: "P".into(), document: Document::read(&source, PolicyType::IdentityBased).0 }
}

/// The same request, of another policy.
pub(crate) fn of_policy(asked: &Question, policy: &Value) -> Question {
    let mut again = question(policy);
    again.action = asked.action.clone();
    again.resource = asked.resource.clone();
    again.assumptions.context = asked.assumptions.context.clone();
    again
}

proptest! {
    #![proptest_config(cases(1))]

    #[test]
    fn without_its_dead_parts_a_policy_decides_every_request_alike(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let whole = policy(&mut Tape::new(bytes));
        let dead = anybody().dead(&document(&whole)).expect("a policy");
        let without = dead.policies.first().map_or_else(|| whole.clone(), |dead| {
            serde_json::from_str(&dead.without).expect("JSON")
        });
        let mut tape = Tape::new(seed);
        for _ in 0..REQUESTS {
            let asked = request(&mut tape, &whole);
            prop_assert_eq!(
                is_allowed(&asked), is_allowed(&of_policy(&asked, &without)),
                "{} {:?} {:?}\n{}\n{}", asked.action, asked.resource, asked.assumptions.context, whole, without
            );
        }
    }

    #[test]
    fn nothing_is_allowed_of_what_is_said_not_to_be_granted(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let mut tape = Tape::new(bytes);
        let whole = policy(&mut tape);
        let action = ACTIONS[tape.below(3)];
        let scope = Scope { actions: vec![action.into()], resources: vec!["arn:aws:s3:::a*".into()] };
        let check = anybody().nothing_granted(document(&whole), &scope);
        for breach in &check.breaches.changes {
            let resource = breach.witness.questions[1].resource.as_deref().unwrap_or_default();
            prop_assert!(*breach.actions == [action.into()] && resource.starts_with("arn:aws:s3:::a"), "{:?}", breach);
        }
        let mut tape = Tape::new(seed);
        for _ in 0..REQUESTS {
            let asked = request(&mut tape, &whole);
            let is_within = *asked.action == *action && asked.resource.as_deref().is_some_and(|arn| arn.starts_with("arn:aws:s3:::a"));
            prop_assert!(
                check.verdict() != CheckVerdict::Holds || !is_within || !is_allowed(&asked),
                "{} {:?} {:?}\n{}", asked.action, asked.resource, asked.assumptions.context, whole
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn no_request_differs_that_is_said_to_be_decided_alike(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let [old, new] = pair(&mut Tape::new(bytes));
        let found = difference(&old, &new);
        let verdict = found.verdict();
        prop_assert_ne!(verdict, DiffVerdict::Unknown, "{:?} {} {}", found.caveats, old, new);
        let mut tape = Tape::new(seed);
        for _ in 0..REQUESTS {
            let asked = request(&mut tape, &old);
            let again = of_policy(&asked, &new);
            let turn = match (is_allowed(&asked), is_allowed(&again)) {
                (false, true) => Turn::NewlyAllowed,
                (true, false) => Turn::NewlyDenied,
                _ => continue,
            };
            let is_told = found.changes.iter().any(|change| change.turn == turn && change.actions.contains(&asked.action));
            prop_assert!(
                is_told, "{:?} {} {:?} {:?}\n{}\n{}",
                turn, asked.action, asked.resource, asked.assumptions.context, old, new
            );
        }
    }
}

/// Who may ask for a bucket of account 123456789012.
const CALLERS: [&str; 9] = [
    "anonymous", "service:sns.amazonaws.com", "arn:aws:iam::123456789012:user/bob",
    "arn:aws:iam::123456789012:role/app", "arn:aws:iam::444455556666:user/carol",
    "arn:aws:iam::444455556666:role/app-1", "arn:aws:iam::777788889999:user/dave",
    "arn:aws:iam::123456789012:root", "arn:aws:iam::444455556666:root",
];

fn principal_element(tape: &mut Tape) -> Value {
    let aws = [
        "*", "123456789012", "444455556666", "arn:aws:iam::123456789012:user/bob",
        "arn:aws:iam::444455556666:role/app-1", "arn:aws:iam::123456789012:role/app",
    ];
    match tape.below(6) {
        0 => json!("*"),
        1 => json!({"Service": "sns.amazonaws.com"}),
        _ => json!({"AWS": aws[tape.below(aws.len())]}),
    }
}

/// A statement of the policy of bucket `b`.
fn bucket_statement(tape: &mut Tape) -> Value {
    let effect = if tape.below(3) == 0 { "Deny" } else { "Allow" };
    let element = if effect == "Deny" && tape.below(4) == 0 { "NotPrincipal" } else { "Principal" };
    let resource = match tape.below(3) {
        0 => "arn:aws:s3:::b".to_owned(),
        _ => format!("arn:aws:s3:::b/{}", text(tape, &['a', 'b', '*'], 1)),
    };
    let condition = match tape.below(8) {
        0 => {
            let operator = ["StringLike", "StringNotLike"][tape.below(2)];
            let account = ["444455556666", "123456789012", "4444*", "*6"][tape.below(4)];
            json!({operator: {"aws:PrincipalAccount": account}})
        }
        1 => {
            let operator = ["ArnLike", "ArnNotLike"][tape.below(2)];
            let pattern =
                ["arn:aws:iam::*:role/app*", "arn:aws:iam::444455556666:*", "arn:aws:iam::*:user/*a*"];
            json!({operator: {"aws:PrincipalArn": pattern[tape.below(3)]}})
        }
        2 => json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-acme123456"}}),
        3 => json!({"Bool": {"aws:SecureTransport": "false"}}),
        4 => {
            let name = ["carol", "*a*"][tape.below(2)];
            json!({"StringLike": {"aws:username": name}})
        }
        5 => {
            let kind = ["User", "AssumedRole", "Account"][tape.below(3)];
            json!({"StringEquals": {"aws:PrincipalType": kind}})
        }
        _ => json!({}),
    };
    let actions = list(tape, 2, |tape| {
        ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Get*", "s3:*"][tape.below(5)]
    });
    json!({"Effect": effect, element: principal_element(tape), "Action": actions, "Resource": resource, "Condition": condition})
}

fn bucket_policy(statements: &[Value]) -> NamedDocument {
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    let (document, _) = Document::read(&Source::new("B", policy.to_string()), PolicyType::ResourceBased);
    NamedDocument { name: "B".into(), document }
}

/// A request for the bucket by somebody with every permission or none.
fn request_for_bucket(tape: &mut Tape, policy: &NamedDocument) -> Question {
    let caller = Principal::parse(CALLERS[tape.below(CALLERS.len())]).expect("a principal");
    let all = json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
    let identity = if tape.below(3) == 0 { Vec::new() } else { vec![document(&all)] };
    let given = GivenPolicies {
        identity: Some(identity),
        resource: Some(policy.clone()),
        ..GivenPolicies::default()
    };
    let action = ACTIONS[tape.below(3)];
    let resource = match action {
        "s3:ListBucket" => "arn:aws:s3:::b".to_owned(),
        _ => format!("arn:aws:s3:::b/{}", text(tape, &['a', 'b'], 1)),
    };
    let mut asked = Question::new(caller, action).on(resource).policies(given);
    asked.assumptions.resource_account = AccountId::parse("123456789012");
    if tape.below(2) > 0 {
        asked = asked.with("aws:PrincipalOrgID", ["o-acme123456", "o-other123456"][tape.below(2)]);
    }
    asked.with("aws:SecureTransport", ["true", "false"][tape.below(2)])
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn no_request_for_a_bucket_differs_by_somebody_for_whom_it_is_not_told(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let mut tape = Tape::new(bytes);
        let old = list(&mut tape, 3, bucket_statement);
        let mut new = old.clone();
        match tape.below(3) {
            0 => new.push(bucket_statement(&mut tape)),
            1 => new[0] = bucket_statement(&mut tape),
            _ => { new[0].as_object_mut().expect("a statement").remove("Condition"); }
        }
        let versions = [bucket_policy(&old), bucket_policy(&new)];
        let resource = Arn::parse("arn:aws:s3:::b").expect("an ARN");
        let governed = GovernedResource { world: &WORLD, listed: &LISTED, resource };
        let found = governed.difference(versions.clone());
        let mut tape = Tape::new(seed);
        for _ in 0..4 * REQUESTS {
            let asked = request_for_bucket(&mut tape, &versions[0]);
            let mut again = asked.clone();
            let given = GivenPolicies { resource: Some(versions[1].clone()), ..(*asked.assumptions.policies).clone() };
            again.assumptions.policies = given.into();
            let turn = match (is_allowed(&asked), is_allowed(&again)) {
                (false, true) => Turn::NewlyAllowed,
                (true, false) => Turn::NewlyDenied,
                _ => continue,
            };
            let is_told = found.changes.iter().any(|change| change.turn == turn && change.actions.contains(&asked.action));
            prop_assert!(
                is_told, "{:?} {} {} {:?} {:?}\n{}\n{}", turn, asked.principal.arn(), asked.action, asked.resource,
                asked.assumptions.context, json!(old), json!(new)
            );
        }
    }
}

#[test]
fn variables_have_the_values_of_who_asks() {
    let of = |resource: &str| {
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
            {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": resource},
        ]})
    };
    let nothing = of("arn:aws:sqs:us-east-1:123:none");
    for resource in ["arn:aws:sqs:*:${aws:PrincipalAccount}:jobs", "arn:aws:sqs:*:*:${aws:username}-jobs"] {
        let found = difference(&nothing, &of(resource));
        assert_eq!(found.verdict(), DiffVerdict::Wider, "{resource}");
        assert_eq!(found.caveats, [], "{resource}");
    }
    // Of a value that nobody knows it is said that it was taken so.
    let found = difference(&nothing, &of("arn:aws:sqs:*:*:${aws:PrincipalTag/team}-jobs"));
    assert_eq!((found.verdict(), found.caveats.len()), (DiffVerdict::Wider, 1));
}

#[test]
fn resources_of_the_account_are_looked_at_under_every_kind_of_arn() {
    let allow = |action: &str| json!({"Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}});
    let found = difference(&allow("iam:GetUser"), &allow("iam:*"));
    let [change] = &found.changes[..] else { panic!("{:?}", found.changes) };
    assert!(change.actions.len() > 150, "{}", change.actions.len());
    assert!(change.actions.iter().any(|action| **action == *"iam:CreateUser"));
}

#[test]
fn an_action_that_is_asked_for_an_arn_after_all_is_not_taken_with_those_without_resource() {
    let allow =
        |resource: &str| json!({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": resource}});
    let found = difference(&allow("arn:aws:s3:::b"), &allow("arn:aws:s3:::*"));
    assert!(
        found
            .changes
            .iter()
            .any(|change| change.actions.iter().any(|action| **action == *"s3:ListAllMyBuckets"))
    );
}

/// The same policy, written otherwise: its lists and statements in another order, a list of one as its item, a statement
/// of several actions as one for each.
fn written_otherwise(policy: &Value, tape: &mut Tape) -> Value {
    let statements = policy["Statement"].as_array().expect("a list").iter();
    let mut all: Vec<Value> = statements.flat_map(|statement| split(statement, tape)).collect();
    for statement in &mut all {
        for element in statement.as_object_mut().expect("a statement").values_mut() {
            if let Value::Array(items) = element {
                items.reverse();
                if items.len() == 1 {
                    *element = items[0].clone();
                }
            }
        }
    }
    all.reverse();
    json!({"Statement": all, "Version": "2012-10-17"})
}

/// A statement as one for each of its actions, or as it is.
fn split(statement: &Value, tape: &mut Tape) -> Vec<Value> {
    let Some(actions) = statement["Action"].as_array().filter(|_| tape.below(2) == 0) else {
        return vec![statement.clone()];
    };
    let alone = |action: &Value| {
        let mut one = statement.clone();
        one["Action"] = json!([action]);
        one
    };
    actions.iter().map(alone).collect()
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn a_policy_is_equal_to_itself_written_otherwise(bytes in tapes()) {
        let mut tape = Tape::new(bytes);
        let old = policy(&mut tape);
        let new = written_otherwise(&old, &mut tape);
        prop_assert_eq!(difference(&old, &new).verdict(), DiffVerdict::Equal, "{}\n{}", old, new);
        prop_assert_eq!(difference(&new, &old).verdict(), DiffVerdict::Equal, "{}\n{}", new, old);
    }

    #[test]
    fn a_difference_the_other_way_round_is_its_mirror_image(bytes in tapes()) {
        let [old, new] = pair(&mut Tape::new(bytes));
        let of = |all: &PolicyDifference, turn: Turn| -> BTreeSet<Box<str>> {
            all.changes.iter().filter(|change| change.turn == turn).flat_map(|change| change.actions.clone()).collect()
        };
        let (there, back) = (difference(&old, &new), difference(&new, &old));
        prop_assert_eq!(of(&there, Turn::NewlyAllowed), of(&back, Turn::NewlyDenied), "{}\n{}", old, new);
        prop_assert_eq!(of(&there, Turn::NewlyDenied), of(&back, Turn::NewlyAllowed), "{}\n{}", old, new);
    }
}
