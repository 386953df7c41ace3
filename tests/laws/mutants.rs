//! Mutants of policies: which answers they can change, and that the work for them is bounded.

use std::fmt::Write as _;
use std::path::PathBuf;

use iamwhy::analysis::{Mutant, Mutation, TriedStatements, mutants};
use iamwhy::commands::session;
use iamwhy::explain::Answer;
use iamwhy::question::search::Budget;
use iamwhy::report::MutationReport;
use iamwhy::session::{Held, Session, Worlds};
use iamwhy::trial::{WORK, mutate};
use iamwhy::world::World;

use crate::outside::{Memory, scripted};

/// How many mutants of a policy are tried for an expectation.
const TRIED: usize = 20;

fn ran(text: &str) -> (Session, Vec<Held>) {
    let mut session = session();
    session.keep_expectations(Worlds::Keep);
    let mut outside = Memory::default();
    scripted(&mut session, &mut outside, text);
    (session, outside.held)
}

/// The scripts of the cases, in order.
fn cases() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let all = std::fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|end| end == "iam")).collect();
    found.sort();
    found
}

/// What the world says to an expectation: the verdict, and whether the expected reason is the one.
fn answer(held: &Held, world: &World) -> String {
    let Ok(asked) = held.expectation.question.ask(world) else { return "refused".to_owned() };
    format!("{:?} {:?}", asked.verdict(), held.expectation.wrong(&Answer::from(&asked)))
}

#[test]
fn a_mutant_that_does_not_concern_an_action_changes_no_answer_about_it() {
    let mut tried = 0;
    for path in cases() {
        let (_, held) = ran(&std::fs::read_to_string(&path).expect("a script"));
        for held in &held {
            let world = held.world.as_deref().expect("kept");
            let action = &held.expectation.question.action;
            let before = answer(held, world);
            for (name, original) in world.documents() {
                let idle = |mutant: &Mutant| !mutant.concerns(original, action);
                for mutant in mutants(original, world.catalog()).filter(idle).take(TRIED) {
                    let changed = world.with_document(original, &mutant.policy);
                    let what = format!("{}: {name}: {}", path.display(), mutant.change);
                    assert_eq!(answer(held, &changed), before, "{what}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// A policy of so many statements, and expectations of some.
fn many(statements: usize, expectations: usize) -> String {
    let statement = |number| {
        format!(r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b{number}/*"}}"#)
    };
    let all: Vec<String> = (0..statements).map(statement).collect();
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, all.join(", "));
    let mut text =
        format!("account 111122223333\nuser alice\npolicy Large {policy}\nattach Large to user alice\n");
    for number in 0..expectations {
        let _ = writeln!(text, "expect allowed alice s3:GetObject on arn:aws:s3:::b{number}/k");
    }
    text
}

#[test]
fn what_is_not_tried_for_the_mutants_of_a_large_policy_is_said() {
    let tried = |statements, work| {
        let (session, held) = ran(&many(statements, 3));
        let mut mutation = Mutation::default();
        mutation.add(mutate(&held, &session, 0, &Budget::new(work)));
        mutation
    };
    let cut_short = tried(300, WORK / 200);
    let unfinished = cut_short.unfinished().expect("more than there is work for");
    assert!(unfinished.all == 300 && (1..300).contains(&unfinished.tried), "{unfinished:?}");
    let said = format!("{} of 300 statements were tried, the rest not", unfinished.tried);
    assert!(MutationReport::Text.render(&cut_short).contains(&said));
    assert!(MutationReport::Json.render(&cut_short).contains(r#""statements":300"#));
    assert_eq!(tried(300, 0).unfinished(), Some(TriedStatements { tried: 0, all: 300 }));
    let whole = tried(10, WORK);
    assert_eq!(whole.unfinished(), None);
    assert!(!MutationReport::Json.render(&whole).contains("unfinished"));
}
