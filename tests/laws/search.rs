//! Laws of the search for a request: it gives up on nothing that can be found.

use iamwhy::bench::{Asker, make_questions};
use iamwhy::explain::{Verdict, when};
use iamwhy::names::Instant;
use iamwhy::question::wire::read_request;
use iamwhy::question::{Asked, Question};
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::world::{ContextEntry, ContextValue, Settings, World};
use proptest::prelude::*;
use serde_json::Value;

use crate::worlds::{KEYS, Key, NOW, worlds};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn when_finds_a_context_wherever_some_context_turns_the_verdict(request in worlds()) {
        gives_up_on_nothing(&question(&request));
    }

    #[test]
    fn what_when_says_turns_a_verdict_and_where_it_says_that_nothing_does_no_value_in_play_does(request in worlds()) {
        says_what_is_so(&request);
    }

    #[test]
    fn when_finds_a_context_wherever_the_search_for_a_statement_turns_the_verdict(request in worlds()) {
        let question = question(&request);
        let asker = Asker { principal: question.principal, policies: question.assumptions.policies };
        for made in make_questions(&World::new(), &[asker], NOW).questions {
            gives_up_on_nothing(&made.question);
        }
    }
}

/// Where a question comes out otherwise without the keys that only a question can give, `when` says that it depends.
#[track_caller]
fn gives_up_on_nothing(question: &Question) {
    let world = World::new();
    let asked = |question: &Question| question.ask(&world).expect("a good question").decision.is_allowed();
    let (mut bare, mut open) = (question.clone(), question.clone());
    bare.assumptions.context.clear();
    let without = bare.ask(&world).expect("a good question");
    open.assumptions.context.retain(|(key, value)| !is_open(&without, key) || !can_be(&without, key, value));
    let asked_open = open.ask(&world).expect("a good question");
    if asked_open.trace.gate.is_none() && asked_open.decision.is_allowed() != asked(question) {
        let when = when(asked_open);
        let Question { action, resource, assumptions, .. } = question;
        let context = &assumptions.context;
        assert_eq!(when.verdict, Verdict::Depends, "{}: {action} {resource:?} {context:?}", when.headline);
    }
}

/// Whether a key is one that nobody gave, or that was assumed; the sessions of roles have no MFA (C.2).
fn is_open(asked: &Asked<'_>, key: &str) -> bool {
    let mfa = key == "aws:MultiFactorAuthPresent" && !asked.request.caller.principal.is_iam_user_or_root();
    asked.is_not_given(key) || (!mfa && asked.assumed().contains_key(key))
}

/// Whether a key can have a value where it is open: no request comes in the past, and what AWS sends is not absent.
fn can_be(asked: &Asked<'_>, key: &str, value: &ContextValue<'_>) -> bool {
    match value {
        ContextValue::Absent if asked.assumed().contains_key(key) => {
            ["aws:MultiFactorAuth", "aws:CalledVia"].iter().any(|start| key.starts_with(start))
        }
        ContextValue::One(time) if key == "aws:CurrentTime" => {
            Instant::parse(time).is_some_and(|instant| instant.epoch_seconds() > NOW)
        }
        _ => true,
    }
}

/// How many contexts are asked for a question, at most.
const ASKED: usize = 150;

/// Where `when` says that nothing turns a verdict, none of all the values that the worlds give for open keys does; and what
/// it says to turn it does.
#[track_caller]
fn says_what_is_so(request: &Value) {
    let (question, text) = (question(request), request.to_string().to_lowercase());
    let world = World::new();
    let mut open = question.clone();
    open.assumptions.context.clear();
    let asked = open.ask(&world).expect("a good question");
    if asked.trace.gate.is_some() || asked.verdict() == Verdict::Depends {
        return; // it is not for a key to tell
    }
    let allowed = asked.decision.is_allowed();
    let keys: Vec<&Key> = KEYS
        .iter()
        .filter(|key| text.contains(&key.name.to_lowercase()) && is_open(&asked, key.name))
        .collect();
    let can_come =
        |context: &Vec<ContextEntry<'_>>| context.iter().all(|(key, value)| can_be(&asked, key, value));
    let turned = contexts(&keys).take(ASKED).filter(can_come).find(|context| {
        let mut other = open.clone();
        other.assumptions.context.clone_from(context);
        other.ask(&world).is_ok_and(|asked| asked.decision.is_allowed() != allowed)
    });
    let when = when(asked);
    match when.verdict {
        Verdict::Depends => assert!(when.allowed_with.is_some() && when.denied_with.is_some()),
        _ if when.unfinished.is_some() => {}
        _ => assert_eq!(turned, None, "{}: {} {:?}", when.headline, open.action, open.resource),
    }
    // Every pair of what it gives is asked of the engine, where a pair is as short as the worlds' values.
    for (with, allowed) in [(&when.allowed_with, true), (&when.denied_with, false)] {
        let pairs = with.iter().flatten().map(|pair| read_pair(pair)).collect::<Option<Vec<_>>>();
        let Some(context) = pairs.filter(|_| with.is_some()) else { continue };
        let mut other = open.clone();
        other.assumptions.context = context;
        let asked = other.ask(&world).expect("a good question");
        assert_eq!(asked.decision.is_allowed(), allowed, "{with:?}: {} {:?}", open.action, open.resource);
    }
}

/// All contexts of these keys, each absent or with one of the values that worlds give.
fn contexts(keys: &[&Key]) -> impl Iterator<Item = Vec<ContextEntry<'static>>> {
    let values: Vec<(&str, Vec<Value>)> = keys
        .iter()
        .map(|key| (key.name, key.given.iter().map(|text| text.parse().unwrap()).collect()))
        .collect();
    let count =
        values.iter().try_fold(1_usize, |all, (_, own)| all.checked_mul(own.len() + 1)).unwrap_or(ASKED);
    (0..count).map(move |mut number| {
        let mut context = Vec::new();
        for (key, own) in &values {
            let value = own.get(number % (own.len() + 1));
            number /= own.len() + 1;
            context.extend(value.map(|value| ((*key).to_owned().into(), read_value(value))));
        }
        context
    })
}

fn read_value(value: &Value) -> ContextValue<'static> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned).into();
    match value {
        Value::Null => ContextValue::Absent,
        Value::Array(all) => ContextValue::Many(all.iter().map(text).collect()),
        one => ContextValue::One(text(one)),
    }
}

/// A pair without quotes and lists.
fn read_pair(pair: &str) -> Option<ContextEntry<'static>> {
    let (key, value) = pair.split_once('=')?;
    let is_plain = !value.contains(['"', '[', ' ', '\\']) && !key.contains('"');
    let value =
        if value == "null" { ContextValue::Absent } else { ContextValue::One(value.to_owned().into()) };
    is_plain.then(|| (key.to_owned().into(), value))
}

fn question(request: &Value) -> Question {
    let source = Source::at_line("requests", &*request.to_string(), 1);
    let tree = parse_json(&source).value.expect("a request is JSON");
    let read = read_request(tree.root(), Settings::default()).expect("the request is good");
    let mut question = Question::new(read.who().expect("a principal"), &*read.action).at(NOW);
    question.resource = read.resource.as_deref().map(Into::into);
    question.assumptions.resource_account = read.resource_account;
    question.assumptions.context = read.context.into_iter().map(owned).collect();
    question.policies(read.policies)
}

fn owned((key, value): ContextEntry<'_>) -> ContextEntry<'static> {
    let text = |text: std::borrow::Cow<'_, str>| text.into_owned().into();
    let value = match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(one) => ContextValue::One(text(one)),
        ContextValue::Many(all) => ContextValue::Many(all.into_iter().map(text).collect()),
    };
    (key.into_owned().into(), value)
}
