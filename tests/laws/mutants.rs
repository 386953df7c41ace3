//! Mutants of policies: which answers they can change, and that the work for them is bounded.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use iamwhy::analysis::{Mutant, Mutation, PolicyKey, TriedMutants, TriedStatements, mutants};
use iamwhy::commands::session;
use iamwhy::compile::CompiledPolicy;
use iamwhy::explain::Answer;
use iamwhy::policy::Layer;
use iamwhy::report::MutationReport;
use iamwhy::session::{Held, Session, Worlds};
use iamwhy::trial::{MutationWork, mutate};
use iamwhy::world::{Document, World};

use crate::allocations::allocations_of;
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
                    let changed = world.with_document(original, &mutant.policy(original));
                    let what = format!("{}: {name}: {}", path.display(), mutant.change);
                    assert_eq!(answer(held, &changed), before, "{what}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// More work than any case takes, and no search for questions that would notice.
fn no_witnesses() -> MutationWork {
    MutationWork::of(usize::MAX, 0)
}

/// The policy of a mutant, its whole text read anew.
fn read_anew(original: &CompiledPolicy, mutant: &Mutant) -> Arc<CompiledPolicy> {
    let changed = mutant.alone.policy();
    let statement = changed.source().slice(changed.statements()[0].span);
    let text = original.policy().with_statement(mutant.statement, Some(statement));
    Document::compile("changed", &text, original.policy().kind()).expect("a policy")
}

/// Every form of a policy in the worlds of a script.
fn forms(session: &Session, held: &[Held], key: &PolicyKey) -> Vec<Arc<CompiledPolicy>> {
    let mut found: Vec<Arc<CompiledPolicy>> = Vec::new();
    for world in held.iter().filter_map(|held| held.world.as_deref()).chain([session.world()]) {
        for (_, compiled) in world.documents() {
            let is_known = found.iter().any(|form| Arc::ptr_eq(form, compiled));
            if PolicyKey::of(compiled.policy()) == *key && !is_known {
                found.push(Arc::clone(compiled));
            }
        }
    }
    found
}

/// Whether the decision of an expectation consulted a policy.
fn consulted(held: &Held, forms: &[Arc<CompiledPolicy>]) -> bool {
    let asked = held.expectation.question.ask(held.world.as_deref().expect("kept")).expect("good");
    let levels = Layer::ALL.into_iter().flat_map(|layer| asked.request.levels(layer));
    let mut policies = levels.flat_map(|level| level.set.policies());
    policies.any(|policy| forms.iter().any(|form| Arc::ptr_eq(form, policy)))
}

#[test]
fn a_mutant_is_noticed_exactly_where_an_expectation_fails_in_the_world_of_the_whole_changed_policy() {
    let (mut noticed, mut unnoticed) = (0, 0);
    for path in cases() {
        let (session, held) = ran(&std::fs::read_to_string(&path).expect("a script"));
        let TriedMutants { mutants: tried, .. } = mutate(&held, &session, 0, &no_witnesses());
        for mutated in tried.iter().filter(|mutated| mutated.number < TRIED) {
            let forms = forms(&session, &held, &mutated.policy);
            let Some(original) = forms.first() else { continue };
            let mutant = mutants(original, session.world().catalog()).nth(mutated.number).expect("a mutant");
            let changed = read_anew(original, &mutant);
            let fails = |held: &&Held| {
                let world = held.world.as_deref().expect("kept");
                let other =
                    forms.iter().fold(world.clone(), |world, form| world.with_document(form, &changed));
                let asked = held.expectation.question.ask(&other);
                asked.map_or(true, |asked| held.expectation.wrong(&Answer::from(&asked)).is_some())
            };
            let mut about = held.iter().filter(|held| held.wrong.is_none() && consulted(held, &forms));
            let found = about.find(fails);
            let place = found.map(|held| held.place.line_column());
            assert_eq!(mutated.noticed, place.is_some(), "{}: {mutated:?} {place:?}", path.display());
            *(if mutated.noticed { &mut noticed } else { &mut unnoticed }) += 1;
        }
    }
    assert!(noticed > 500 && unnoticed > 500, "{noticed} {unnoticed}");
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
        let _ = writeln!(text, "expect alice allowed s3:GetObject on arn:aws:s3:::b{number}/k");
    }
    text
}

#[test]
fn what_is_not_tried_for_the_mutants_of_a_large_policy_is_said() {
    let tried = |statements, work| {
        let (session, held) = ran(&many(statements, 3));
        let mut mutation = Mutation::default();
        mutation.add(mutate(&held, &session, 0, &work));
        mutation
    };
    let cut_short = tried(300, MutationWork::of(10_000, 0));
    let unfinished = cut_short.unfinished().expect("more than there is work for");
    assert!(unfinished.all == 300 && (1..300).contains(&unfinished.tried), "{unfinished:?}");
    let said = format!("{} of 300 statements were tried, the rest not", unfinished.tried);
    assert!(MutationReport::Text.render(&cut_short).contains(&said));
    assert!(MutationReport::Json.render(&cut_short).contains(r#""statements":300"#));
    assert_eq!(tried(300, MutationWork::of(0, 0)).unfinished(), Some(TriedStatements { tried: 0, all: 300 }));
    let whole = tried(10, MutationWork::of_script());
    assert_eq!((whole.unfinished(), whole.unsought()), (None, 0));
    assert!(!MutationReport::Json.render(&whole).contains("unfinished"));
}

#[test]
fn mutants_for_which_no_witness_was_looked_for_are_counted_apart() {
    let (session, held) = ran(&many(10, 3));
    let mut mutation = Mutation::default();
    mutation.add(mutate(&held, &session, 0, &no_witnesses()));
    assert!(mutation.unsought() > 0 && mutation.alike() == 0 && mutation.unfinished().is_none());
    let unsought = mutation.unsought();
    assert!(mutation.percent() < 50.0, "{}", mutation.percent());
    let said = format!("; for {unsought} of the others no question was looked for that would");
    assert!(MutationReport::Text.render(&mutation).contains(&said));
    assert!(MutationReport::Json.render(&mutation).contains(&format!(r#""unsought":{unsought}"#)));
}

#[test]
fn the_statements_of_a_policy_and_expectations_about_them_are_tried_in_time_that_grows_with_both() {
    let tried = |statements, expectations| {
        let (session, held) = ran(&many(statements, expectations));
        allocations_of(|| {
            let tried = mutate(&held, &session, 0, &no_witnesses());
            assert!(tried.mutants.len() > 2 * statements);
        })
    };
    let counts = [50, 100, 200].map(|many| tried(many, 10));
    assert!(counts[2] - counts[1] < (counts[1] - counts[0]) * 5 / 2, "{counts:?}");
}
