//! Laws of questions about everybody: what is said of each is what a question about it alone says.

use std::sync::Arc;

use iamwhy::audit::{WhatCan, WhoCan, holder, principals};
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
