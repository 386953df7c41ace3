//! Laws of the search for a request: it gives up on nothing that can be found.

use iamwhy::bench::{Asker, make_questions};
use iamwhy::explain::{Verdict, when};
use iamwhy::question::Question;
use iamwhy::question::wire::read_request;
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::world::{ContextEntry, ContextValue, Settings, World};
use proptest::prelude::*;
use serde_json::Value;

use crate::worlds::{NOW, worlds};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn when_finds_a_context_wherever_some_context_turns_the_verdict(request in worlds()) {
        gives_up_on_nothing(&question(&request));
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
    open.assumptions.context.retain(|(key, _)| !without.is_not_given(key));
    let asked_open = open.ask(&world).expect("a good question");
    if asked_open.trace.gate.is_none() && asked_open.decision.is_allowed() != asked(question) {
        let when = when(asked_open);
        let Question { action, resource, assumptions, .. } = question;
        let context = &assumptions.context;
        assert_eq!(when.verdict, Verdict::Depends, "{}: {action} {resource:?} {context:?}", when.headline);
    }
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
