//! What two worlds differ in agrees with single decisions: worlds over few letters, of which one line is changed.

use std::sync::{Arc, LazyLock};

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::parse_policy;
use iamwhy::question::Question;
use iamwhy::reason::{
    CheckVerdict, DeadParts, Everybody, ListedActions, PolicyDifference, Scope, Turn, TwoWorlds,
};
use iamwhy::source::Source;
use iamwhy::world::{ContextValue, Principal, World};
use proptest::prelude::*;

use crate::pattern_questions::{ACTIONS, bob, bucket_policy, declarations, declared, policy, resource};
use crate::worlds::{Tape, cases, tapes};

/// Few actions, so that many worlds are tried.
static LISTED: LazyLock<ListedActions> = LazyLock::new(|| {
    let others =
        ["s3:DeleteObject", "sqs:SendMessage", "sts:AssumeRole", "s3:ListAllMyBuckets", "kms:Decrypt"];
    ListedActions::named(ACTIONS.into_iter().chain(others).map(str::to_owned))
});

/// How many requests are tried for each pair of worlds.
const REQUESTS: usize = 150;

/// The lines with one of them changed, taken away or added.
fn changed(lines: &[String], tape: &mut Tape) -> Vec<String> {
    let mut lines = lines.to_vec();
    let last = lines.len() - 1;
    match tape.below(5) {
        0 => lines.push(format!("inline R on user bob {}", policy(tape))),
        1 => lines.push(format!(
            "resource arn:aws:s3:::bb owner 444455556666 policy {}",
            bucket_policy(tape, "bb")
        )),
        2 if lines[last].starts_with("detach") || lines[last].starts_with("attach S") => {
            lines.truncate(last);
        }
        _ => {
            let at = tape.below(lines.len());
            let name = lines[at].split(" {").next().unwrap_or_default().to_owned();
            if name.starts_with("policy") || name.starts_with("inline") || name.starts_with("scp") {
                lines[at] = format!("{name} {}", policy(tape));
            } else if let Some(bucket) = name.strip_prefix("resource arn:aws:s3:::") {
                let bucket = bucket.split(' ').next().unwrap_or_default().to_owned();
                let owner = ["111122223333", "444455556666"][tape.below(2)];
                let document = bucket_policy(tape, &bucket);
                lines[at] = format!("resource arn:aws:s3:::{bucket} owner {owner} policy {document}");
            }
        }
    }
    lines
}

fn difference(worlds: [&World; 2]) -> PolicyDifference {
    TwoWorlds { worlds, listed: &LISTED, now: 0 }.difference()
}

fn is_allowed(question: &Question, world: &World) -> bool {
    question.ask(world).expect("a good question").decision.is_allowed()
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn no_request_differs_between_worlds_that_is_not_told(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let mut tape = Tape::new(bytes);
        let lines = declarations(&mut tape);
        let others = changed(&lines, &mut tape);
        let (old, new) = (declared(&lines), declared(&others));
        let found = difference([&old, &new]);
        prop_assert!(found.caveats.is_empty(), "{:?}\n{}\n\n{}", found.caveats, lines.join("\n"), others.join("\n"));
        for change in &found.changes {
            let [before, after] = &change.witness.questions;
            let flips = (is_allowed(before, &old), is_allowed(after, &new));
            prop_assert_eq!(flips.0, change.turn == Turn::NewlyDenied);
            prop_assert_eq!(flips.1, change.turn == Turn::NewlyAllowed);
        }
        let mut tape = Tape::new(seed);
        let callers = [bob(), "arn:aws:iam::111122223333:root".parse().expect("root"), "anonymous".parse().expect("nobody")];
        for _ in 0..REQUESTS {
            let caller: &Principal = &callers[tape.below(4) % 3];
            let mut asked = Question::new(caller.clone(), ACTIONS[tape.below(3)]).on(resource(&mut tape, false));
            if tape.below(4) == 0 {
                asked = asked.with("aws:RequestedRegion", ContextValue::from("eu-west-1".to_owned()));
            }
            let turn = match (is_allowed(&asked, &old), is_allowed(&asked, &new)) {
                (false, true) => Turn::NewlyAllowed,
                (true, false) => Turn::NewlyDenied,
                _ => continue,
            };
            let is_told = found.changes.iter().any(|change| change.turn == turn && change.actions.contains(&asked.action));
            prop_assert!(
                is_told, "{:?} {} {} {:?}\n{}\n\n{}", turn, asked.principal.arn(), asked.action, asked.resource,
                lines.join("\n"), others.join("\n")
            );
        }
    }
}

/// The world without the statements that are said to be dead in it.
fn without(world: &World, dead: &DeadParts) -> World {
    dead.policies.iter().fold(world.clone(), |left, one| {
        let (policy, _) = parse_policy(&Source::new("without", &*one.without), one.policy.kind())
            .accept()
            .expect("a policy");
        let shorter = Arc::new(CompiledPolicy::new(Arc::new(policy)));
        let documents = world.documents();
        let (_, own) =
            documents.iter().find(|(_, own)| Arc::ptr_eq(own.policy(), &one.policy)).expect("a document");
        left.with_document(own, &shorter)
    })
}

/// A request by one of few, with MFA or without.
fn asked_by(tape: &mut Tape, callers: &[Principal], action: &str, resource: String) -> Question {
    let asked = Question::new(callers[tape.below(callers.len())].clone(), action).on(resource);
    match tape.below(4) {
        0 => asked.with("aws:RequestedRegion", ContextValue::from("eu-west-1".to_owned())),
        _ => asked,
    }
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn without_its_dead_statements_a_world_decides_every_request_alike(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let lines = declarations(&mut Tape::new(bytes));
        let world = declared(&lines);
        let dead = Everybody { world: &world, now: 0 }.dead(&LISTED);
        let shorter = without(&world, &dead);
        let callers = [bob(), "arn:aws:iam::111122223333:root".parse().expect("root"), "anonymous".parse().expect("nobody")];
        let mut tape = Tape::new(seed);
        for _ in 0..REQUESTS {
            let on = resource(&mut tape, false);
            let action = ACTIONS[tape.below(3)];
            let asked = asked_by(&mut tape, &callers, action, on);
            prop_assert_eq!(
                is_allowed(&asked, &world), is_allowed(&asked, &shorter),
                "{} {} {:?}\n{}\n{:?}", asked.principal.arn(), asked.action, asked.resource, lines.join("\n"), dead.policies
            );
        }
    }

    #[test]
    fn nobody_is_allowed_in_a_world_what_is_said_not_to_be_granted(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let mut tape = Tape::new(bytes);
        let lines = declarations(&mut tape);
        let world = declared(&lines);
        let root: Principal = "arn:aws:iam::111122223333:root".parse().expect("root");
        let other: Principal = "arn:aws:iam::444455556666:root".parse().expect("root");
        let callers = [bob(), "anonymous".parse().expect("nobody")];
        let mut tape = Tape::new(seed);
        for action in ACTIONS.into_iter().take(3) {
            let on = resource(&mut tape, true);
            let scope = Scope { actions: vec![action.into()], resources: vec![on.as_str().into()] };
            let everybody = Everybody { world: &world, now: 0 };
            let check = everybody.nothing_granted(&scope, &[root.clone(), other.clone()]).expect("a check");
            for change in &check.breaches.changes {
                prop_assert!(is_allowed(change.request(), &world), "{:?}", change.request());
            }
            if check.verdict() != CheckVerdict::Holds {
                continue;
            }
            for _ in 0..REQUESTS / 3 {
                let asked = resource(&mut tape, false);
                let asked = asked_by(&mut tape, &callers, action, asked);
                let is_within = iamwhy::names::glob(&on, asked.resource.as_deref().unwrap_or_default());
                prop_assert!(
                    !is_within || !is_allowed(&asked, &world),
                    "{} {} {:?} {on}\n{}", asked.principal.arn(), asked.action, asked.resource, lines.join("\n")
                );
            }
        }
    }
}

#[test]
fn a_world_is_equal_to_itself() {
    let mut tape = Tape::new((0..400).map(|n: u32| (n * 89 % 241) as u8).collect());
    let lines = declarations(&mut tape);
    let found = difference([&declared(&lines), &declared(&lines)]);
    assert!(found.changes.is_empty() && found.caveats.is_empty(), "{:?}", found.caveats);
}
