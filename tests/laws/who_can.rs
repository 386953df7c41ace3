//! Laws of questions about everybody: what is said of each is what a question about it alone says.

use std::sync::Arc;

use iamwhy::audit::{
    CoveredExtent, Matrix, MatrixRequest, WhatCan, WhoCan, WhoCanCovered, holder, principals,
};
use iamwhy::explain::Verdict;
use iamwhy::question::Question;
use iamwhy::{Principal, commands};

use crate::outside::{Memory, scripted};

/// Worlds with several accounts, an organization, boundaries, policies of resources and of roles.
const WORLDS: [&str; 5] = [
    include_str!("../../examples/demo.iam"),
    include_str!("../../examples/02-the-boundary-and-the-bucket-policy.iam"),
    include_str!("../../examples/04-a-public-bucket-and-a-signed-request.iam"),
    include_str!("../../examples/08-whom-an-scp-binds.iam"),
    include_str!("../../examples/10-whom-a-role-trusts.iam"),
];

const ACTIONS: [&str; 8] = [
    "s3:GetObject", "s3:PutObject", "s3:DeleteBucket", "sts:AssumeRole", "iam:CreateUser", "kms:Decrypt",
    "ec2:RunInstances", "account:CloseAccount",
];

#[test]
fn who_can_says_of_each_what_a_question_about_it_alone_says() {
    let mut allowed = 0;
    for text in WORLDS {
        let mut session = commands::session();
        scripted(&mut session, &mut Memory::default(), text);
        let world = session.world();
        let declared = world.resources().map(|one| one.arn.to_string());
        let objects = world.resources().map(|one| format!("{}/key", one.arn));
        let resources: Vec<Option<String>> = declared.chain(objects).map(Some).chain([None]).collect();
        for (action, resource) in ACTIONS.iter().flat_map(|one| resources.iter().map(move |on| (one, on))) {
            let ask = |principal: Arc<Principal>| {
                let question = Question::new(principal, *action);
                resource.iter().fold(question, |question, on| question.on(&**on))
            };
            let everybody = principals(world).map(Arc::new).collect::<Vec<_>>();
            let Ok(found) = WhoCan::ask(world, &ask(Arc::clone(&everybody[0]))) else { continue };
            for principal in everybody {
                let alone = ask(Arc::clone(&principal)).ask(world).expect("a good question").verdict();
                let row = found.access.iter().find(|one| holder(&one.principal) == holder(&principal));
                let said = row.map(|row| row.verdict);
                let about = format!("{} {action} {resource:?}", principal.arn());
                allowed += usize::from(alone == Verdict::Allowed);
                assert_eq!(said == Some(Verdict::Allowed), alone == Verdict::Allowed, "{about}");
                assert!(alone != Verdict::Depends || said == Some(Verdict::Depends), "{about}");
            }
        }
    }
    assert!(allowed > 50, "{allowed}");
}

#[test]
fn what_can_has_every_action_that_a_question_alone_allows_and_shows_requests_that_are_allowed() {
    let mut session = commands::session();
    scripted(&mut session, &mut Memory::default(), WORLDS[0]);
    let world = session.world();
    let objects = world.resources().flat_map(|one| [one.arn.to_string(), format!("{}/key", one.arn)]);
    let resources: Vec<Option<String>> = objects.map(Some).chain([None]).collect();
    let users = principals(world).filter(|one| one.account().is_some() && !one.is_root());
    for principal in users.filter(|one| !one.arn().ends_with("alice")).map(Arc::new) {
        let found = WhatCan::ask(world, &Question::new(Arc::clone(&principal), "*"));
        let listed: Vec<&str> =
            found.granted.changes.iter().flat_map(|change| &change.actions).map(|one| &**one).collect();
        for (action, resource) in ACTIONS.iter().flat_map(|one| resources.iter().map(move |on| (one, on))) {
            let question = Question::new(Arc::clone(&principal), *action);
            let question = resource.iter().fold(question, |question, on| question.on(&**on));
            let asked = question.ask(world).expect("a good question");
            let by_identity = asked.because().iter().any(|because| because.policy_type == "identity");
            let is_listed = listed.contains(action);
            assert!(
                !by_identity || !asked.decision.is_allowed() || is_listed,
                "{} {action}",
                principal.arn()
            );
        }
        for change in &found.granted.changes {
            let witness = change.witness.questions[1].ask(world).expect("a good question");
            assert!(witness.decision.is_allowed(), "{:?}", change.folded);
        }
    }
}

/// Patterns of actions and of resources, as auditors write them.
const PATTERNS: [(&str, &str); 5] = [
    ("s3:*Object", "arn:aws:s3:::*/*"),
    ("s3:Get*", "arn:aws:s3:::acme-reports/*"),
    ("sts:AssumeRole", "arn:aws:iam::*:role/*"),
    ("iam:*User", "arn:*:*:*:*:*"),
    ("kms:*", "arn:*:*:*:*:*"),
];

/// A generator of numbers that is the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as usize
    }
}

/// How many random requests are asked of each world; a long run sets another number.
fn samples() -> usize {
    std::env::var("AUDIT_SAMPLES").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

fn in_field(numbers: &mut Numbers, pattern: &str, words: &[String]) -> String {
    pattern
        .chars()
        .map(|letter| if letter == '*' { words[numbers.below(words.len())].clone() } else { letter.into() })
        .collect()
}

#[test]
fn who_can_of_patterns_says_of_each_request_what_a_question_alone_says() {
    let mut numbers = Numbers(17);
    let mut allowed = 0;
    for text in WORLDS {
        let mut session = commands::session();
        scripted(&mut session, &mut Memory::default(), text);
        let world = session.world();
        let everybody: Vec<Arc<Principal>> = principals(world).map(Arc::new).collect();
        for (actions, resources) in PATTERNS {
            let question = Question::new(Arc::clone(&everybody[0]), actions).on(resources);
            let found = WhoCanCovered::ask(world, &question).expect("a good question");
            let catalog = world.catalog();
            let listed: Vec<String> = catalog.matching_actions(actions).map(|one| one.to_string()).collect();
            let candidates = candidates(world, &listed, resources, &mut numbers);
            let count = if candidates.is_empty() { 0 } else { samples() / PATTERNS.len() };
            for _ in 0..count {
                let who = &everybody[numbers.below(everybody.len())];
                let (action, resource) = &candidates[numbers.below(candidates.len())];
                let asked = Question::new(Arc::clone(who), &**action).on(&**resource);
                let alone = asked.ask(world).expect("a good question").verdict();
                let mut rows = found.rows.iter().filter(|row| holder(&row.principal) == holder(who));
                let has_all = rows.clone().any(|row| row.extent == CoveredExtent::All);
                let is_told = rows.any(|row| {
                    row.extent != CoveredExtent::Depends
                        && row.part.actions.iter().any(|one| **one == **action)
                });
                let about = format!("{} {action} on {resource} within {actions} on {resources}", who.arn());
                allowed += usize::from(alone == Verdict::Allowed);
                assert!(alone != Verdict::Allowed || is_told, "not told: {about}");
                assert!(!has_all || alone == Verdict::Allowed, "not all: {about}");
            }
            for row in found.rows.iter().filter(|row| row.extent != CoveredExtent::Depends) {
                assert!(
                    row.part.witness.ask(world).expect("a good question").decision.is_allowed(),
                    "{row:?}"
                );
            }
        }
    }
    assert!(allowed > samples() / 10, "{allowed}");
}

/// Requests within patterns: actions on what is declared, on what lies in it, and on what nobody declared.
fn candidates(
    world: &iamwhy::World,
    actions: &[String],
    resources: &str,
    numbers: &mut Numbers,
) -> Vec<(String, String)> {
    let declared: Vec<String> = world.resources().map(|one| one.arn.to_string()).collect();
    let inside = declared.iter().map(|arn| format!("{arn}/q1.csv"));
    let roles = principals(world).map(|one| one.lasting_arn());
    let mut all: Vec<String> = declared.iter().cloned().chain(inside).chain(roles).collect();
    let words =
        ["acme-reports", "logs", "q1.csv", "a/b", "aws", "iam", "s3", "kms", "eu-west-1", "111122223333"];
    let words = words.map(str::to_owned);
    all.extend((0..40).map(|_| in_field(numbers, resources, &words)));
    let covers = |arn: &String| iamwhy::names::glob(resources, arn);
    // The catalog takes whatever stands behind `arn:aws:s3:::` for a bucket; names of buckets have no `/`.
    let is_one = |of: &str, arn: &str| of != "bucket" || !arn.contains('/');
    let asked_for = |action: &str, arn: &str| {
        let of = world.catalog().action(action).and_then(|facts| facts.resource_type_of(arn));
        of.is_some_and(|of| is_one(of.name(), arn))
    };
    let pairs =
        actions.iter().flat_map(|action| all.iter().filter(|arn| covers(arn)).map(move |arn| (action, arn)));
    pairs
        .filter(|(action, arn)| asked_for(action, arn))
        .map(|(action, arn)| (action.clone(), arn.clone()))
        .collect()
}

#[test]
fn each_step_of_a_chain_is_a_decision() {
    let mut links = 0;
    for text in WORLDS {
        let mut session = commands::session();
        scripted(&mut session, &mut Memory::default(), text);
        let world = session.world();
        let anybody = principals(world).next().expect("somebody");
        for resource in world.resources().map(|one| format!("{}/q1.csv", one.arn)) {
            let question = Question::new(anybody.clone(), "s3:GetObject").on(resource);
            let Ok(found) = WhoCan::ask(world, &question) else { continue };
            let found = found.through_roles(world, &question).expect("a good question");
            for chain in found.through_roles.iter().flatten().filter(|chain| chain.is_certain) {
                let mut who = chain.principal.clone();
                for link in &chain.links {
                    let asked = Question::new(who, "sts:AssumeRole").on(&*link.role);
                    assert!(asked.ask(world).expect("a good question").decision.is_allowed(), "{chain:?}");
                    who = Principal::parse_arn(&link.role).expect("a role");
                    links += 1;
                }
            }
        }
    }
    assert!(links > 0);
}

#[test]
fn each_cell_of_a_matrix_is_the_verdict_of_a_question_alone() {
    let mut numbers = Numbers(4);
    let mut seen = std::collections::BTreeSet::new();
    for text in WORLDS {
        let mut session = commands::session();
        scripted(&mut session, &mut Memory::default(), text);
        let world = session.world();
        let declared = world.resources().map(|one| one.arn.to_string());
        let objects = world.resources().map(|one| format!("{}/key", one.arn));
        let resources: Vec<Option<Box<str>>> =
            declared.chain(objects).map(|arn| Some(arn.into())).chain([None]).collect();
        let actions: Vec<Box<str>> = world.catalog().actions().map(|one| one.to_string().into()).collect();
        let mut request = || MatrixRequest {
            action: actions[numbers.below(actions.len())].clone(),
            resource: resources[numbers.below(resources.len())].clone(),
        };
        let mut requests: Vec<MatrixRequest> = (0..samples()).map(|_| request()).collect();
        let usual = ACTIONS.iter().flat_map(|action| {
            let of = |resource: &Option<Box<str>>| MatrixRequest {
                action: (*action).into(),
                resource: resource.clone(),
            };
            resources.iter().map(of).collect::<Vec<_>>()
        });
        requests.extend(usual);
        let question = Question::new(principals(world).next().expect("somebody"), "*");
        let found = Matrix::ask(world, &question, "*", requests).expect("good questions");
        for column in &found.columns {
            for (request, verdict) in found.requests.iter().zip(&column.verdicts) {
                let asked = Question::new(column.principal.clone(), request.action.clone());
                let asked = request.resource.iter().fold(asked, |asked, on| asked.on(on.clone()));
                let alone = asked.ask(world).expect("a good question").verdict();
                assert_eq!(*verdict, alone, "{} {request:?}", column.name);
                seen.insert(verdict.word());
            }
        }
    }
    assert!(seen.len() > 2, "{seen:?}");
}

#[test]
fn requests_that_a_matrix_decides_together_are_decided_alike_alone() {
    let mut numbers = Numbers(5);
    for text in WORLDS {
        let mut session = commands::session();
        scripted(&mut session, &mut Memory::default(), text);
        let world = session.world();
        let actions = world.catalog().actions().map(|one| one.to_string());
        let requests: Vec<MatrixRequest> =
            actions.map(|action| MatrixRequest { action: action.into(), resource: None }).collect();
        let question = Question::new(principals(world).next().expect("somebody"), "*");
        let found = Matrix::ask(world, &question, "*", requests).expect("good questions");
        for _ in 0..10 * samples() {
            let column = &found.columns[numbers.below(found.columns.len())];
            let at = numbers.below(found.requests.len());
            let asked = Question::new(column.principal.clone(), found.requests[at].action.clone());
            let alone = asked.ask(world).expect("a good question").verdict();
            assert_eq!(column.verdicts[at], alone, "{} {:?}", column.name, found.requests[at]);
        }
    }
}
