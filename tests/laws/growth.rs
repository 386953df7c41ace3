//! What twice as large a question takes is about twice as much, counted by allocations: an explanation tries less of what
//! is larger, and says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iamwhy::analysis::mutants;
use iamwhy::catalog::Catalog;
use iamwhy::compile::CompiledPolicy;
use iamwhy::explain::when;
use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::question::Asked;
use iamwhy::question::search::{ContextSearch, Goal, stop_by};
use iamwhy::source::Source;
use iamwhy::{Principal, Question, World};
use serde_json::{Value, json};

use crate::allocations::allocations_of;

/// A policy of so many.
type Policy = fn(usize) -> Value;

fn allow(condition: &Value) -> Value {
    json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": condition}})
}

fn tests(keys: usize) -> Value {
    (0..keys)
        .map(|key| (format!("aws:RequestTag/k{key}"), json!("v")))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn one_statement_of_many_keys(many: usize) -> Value {
    json!([allow(&tests(many))])
}

fn many_statements_of_a_key_each(many: usize) -> Value {
    (0..many).map(|key| allow(&json!({format!("aws:RequestTag/k{key}"): "v"}))).collect()
}

fn many_denies(many: usize) -> Value {
    let deny = |_| json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*"});
    (0..many).map(deny).chain([json!({"Effect": "Allow", "Action": "*", "Resource": "*"})]).collect()
}

fn many_actions(many: usize) -> Value {
    let actions: Vec<String> = (0..many).map(|number| format!("s3:GetObjec{number}")).collect();
    json!([{"Effect": "Allow", "Action": actions, "Resource": "*"}])
}

fn many_values(many: usize) -> Value {
    let values: Vec<String> = (0..many).map(|number| format!("v{number}*")).collect();
    let condition = json!({"ForAllValues:StringLike": {"aws:TagKeys": values}});
    json!([{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition}])
}

const POLICIES: [Policy; 5] =
    [one_statement_of_many_keys, many_statements_of_a_key_each, many_denies, many_actions, many_values];

fn question(policy: Policy, many: usize) -> Question {
    let alice: Principal = "arn:aws:iam::111122223333:user/alice".parse().expect("a principal");
    let policy = json!({"Version": "2012-10-17", "Statement": policy(many)}).to_string();
    Question::new(alice, "s3:GetObject").on("arn:aws:s3:::reports/q1.csv").policy("Large", &policy)
}

fn grows(policy: Policy, work: impl Fn(&Question)) {
    let counts = [2_000, 4_000].map(|many| {
        let question = question(policy, many);
        allocations_of(|| work(&question))
    });
    assert!(counts[1] < counts[0] * 5 / 2, "{counts:?}");
}

#[test]
fn why_over_twice_as_many_takes_about_twice_as_much() {
    let world = World::new();
    for policy in POLICIES {
        grows(policy, |question| drop(question.ask(&world).expect("good").explain()));
    }
}

#[test]
fn when_over_twice_as_many_takes_about_twice_as_much() {
    let world = World::new();
    for policy in POLICIES {
        grows(policy, |question| drop(when(question.ask(&world).expect("good"))));
    }
}

#[test]
fn what_was_found_until_a_budget_was_used_up_is_said_to_be_that() {
    let world = World::new();
    let asked = |policy, many| question(policy, many);
    let large = asked(many_statements_of_a_key_each, 2_000);
    let found = when(large.ask(&world).expect("good"));
    assert!(found.unfinished.is_some_and(|words| words.contains("not all contexts were tried")));
    assert!(found.allowed_with.is_some());
    let unfinished = large.ask(&world).expect("good").explain().unfinished;
    assert!(
        unfinished.iter().any(|line| line.contains("not all that do not apply were looked at")),
        "{unfinished:?}"
    );
    let small = asked(many_statements_of_a_key_each, 3);
    assert_eq!(when(small.ask(&world).expect("good")).unfinished, None);
}

/// A flag that stops the thread of this test.
fn stop() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    stop_by(Arc::clone(&flag));
    flag
}

#[test]
fn nothing_more_is_tried_for_an_answer_that_nobody_waits_for() {
    let world = World::new();
    let question = question(many_statements_of_a_key_each, 40);
    let flag = stop();
    type Work = fn(Asked<'_>);
    let works: [Work; 2] = [|asked| drop(when(asked)), |asked| drop(asked.explain())];
    for work in works {
        let [to_the_end, stopped] = [false, true].map(|stopped| {
            flag.store(stopped, Ordering::Relaxed);
            allocations_of(|| work(question.ask(&world).expect("good")))
        });
        assert!(stopped < to_the_end / 2, "{stopped} of {to_the_end}");
    }
}

#[test]
fn a_search_ends_when_it_is_stopped_on_its_way() {
    let world = World::new();
    let question = question(many_statements_of_a_key_each, 3);
    let asked = [question.ask(&world).expect("good")];
    let search = || ContextSearch::new(&asked, |_| true, |_, _| true, 100);
    assert!(search().find(Goal::Allowed(true)).is_some());
    let mut search = search();
    stop().store(true, Ordering::Relaxed);
    assert!(search.find(Goal::Allowed(true)).is_none() && search.is_cut_short());
}

#[test]
fn a_mutant_is_made_when_it_is_its_turn() {
    let counts = [2_000, 4_000].map(|many| {
        let policy = json!({"Version": "2012-10-17", "Statement": many_denies(many)}).to_string();
        let parsed =
            parse_policy(&Source::new("many", policy), PolicyType::IdentityBased).accept().expect("good").0;
        let policy = CompiledPolicy::new(Arc::new(parsed));
        let catalog = Catalog::embedded();
        allocations_of(|| assert!(mutants(&policy, catalog).take(3).count() == 3))
    });
    assert!(counts[1] < counts[0] * 5 / 2, "{counts:?}");
}
