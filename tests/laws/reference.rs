//! The engine and an evaluator written a second time, from the rules alone, decide alike.

use crate::evaluator;
use crate::worlds::{
    self, Connected, Held, KEYS_OF_ENDPOINTS, KEYS_OF_TAGS, Labelled, Member, NOW, Organized, Set, Tape,
    answer, answer_in, cases, connected, held, labelled, member, organized, outsider, set, tapes, worlds,
    worlds_of_tags,
};
use proptest::prelude::*;
use serde_json::json;

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..cases(2000) })]

    #[test]
    fn the_engine_and_the_plain_evaluator_decide_alike(request in worlds()) {
        let answer = answer(&request);
        let expected = evaluator::decide(&request, NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}", request, answer);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..cases(1000) })]

    #[test]
    fn in_a_world_of_two_organizations_callers_and_resources_meet_those_of_their_own(
        mut request in worlds(),
        tape in tapes(),
    ) {
        for layer in ["scp", "rcp"] {
            request["policies"].as_object_mut().expect("policies").remove(layer);
        }
        let Organized { world, organizations, states } = organized(&mut Tape::new(tape), &request);
        let answer = answer_in(&world, &request);
        let given = evaluator::with_organizations(&request, &organizations, NOW);
        let refused = evaluator::is_refused_by_state(&request, &states, NOW);
        let expected = if refused { "implicitDeny" } else { evaluator::decide(&given, NOW) };
        prop_assert_eq!(
            answer["decision"].as_str(), Some(expected), "{}\n{}\n{:?} {}", request, answer, organizations, states
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..cases(1000) })]

    #[test]
    fn tags_of_resources_and_requests_are_read_alike(request in worlds_of_tags()) {
        let answer = answer(&request);
        let expected = evaluator::decide(&request, NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}", request, answer);
    }
}

#[test]
fn the_tags_of_a_launch_are_there_for_its_instance_and_not_for_its_subnet() {
    for (resource, expected) in [("instance/i", "allowed"), ("subnet/s", "implicitDeny")] {
        for (operator, key, given) in [
            ("StringEquals", "aws:RequestTag/a", json!("1")),
            ("ForAnyValue:StringLike", "aws:TagKeys", json!(["1", "b"])),
        ] {
            let request = json!({
                "principal": "arn:aws:iam::111111111111:user/u",
                "action": "ec2:RunInstances",
                "resource": format!("arn:aws:ec2:us-east-1:111111111111:{resource}"),
                "context": {key: given},
                "policies": {"identity": [{"Statement": {
                    "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: "1"}},
                }}]},
            });
            assert_eq!(evaluator::decide(&request, NOW), expected, "{request}");
            assert_eq!(answer(&request)["decision"], expected, "{request}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..cases(800) })]

    #[test]
    fn the_only_endpoint_of_a_service_in_a_vpc_is_the_one_that_a_request_comes_through(tape in tapes()) {
        let Connected { request, world, endpoints, organization } =
            connected(&mut Tape::about(tape, KEYS_OF_ENDPOINTS));
        let answer = answer_in(&world, &request);
        let given = evaluator::with_organizations(&request, std::slice::from_ref(&organization), NOW);
        let expected = evaluator::decide(&evaluator::with_endpoint(&given, &endpoints, &organization), NOW);
        prop_assert_eq!(
            answer["decision"].as_str(), Some(expected), "{}\n{}\n{:?} {}", request, answer, endpoints, organization
        );
    }

    #[test]
    fn calls_of_an_organization_work_from_the_accounts_that_may_make_them(tape in tapes()) {
        let Member { request, world, organization } = member(&mut Tape::new(tape));
        let answer = answer_in(&world, &request);
        let given = evaluator::with_organizations(&request, std::slice::from_ref(&organization), NOW);
        let expected = evaluator::decide(&evaluator::with_delegation(&given, &organization, NOW), NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}\n{}", request, answer, organization);
    }

    #[test]
    fn keys_of_tags_hold_those_of_the_resource_of_its_container_and_of_what_is_created(tape in tapes()) {
        let Labelled { request, world, tags, abac } = labelled(&mut Tape::about(tape, KEYS_OF_TAGS));
        let answer = answer_in(&world, &request);
        let expected = evaluator::decide(&evaluator::with_tags(&request, &tags, abac), NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}\n{} {}", request, answer, tags, abac);
    }

    #[test]
    fn settings_of_buckets_and_owners_of_roles_refuse_what_policies_allow(tape in tapes()) {
        let Set { request, world } = set(&mut Tape::new(tape));
        let mut asked = request.clone();
        asked.as_object_mut().expect("a request").remove("sse_c");
        let answer = answer_in(&world, &asked);
        let expected = evaluator::decide(&request, NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}", request, answer);
    }

    #[test]
    fn services_and_providers_are_known_by_their_keys(tape in tapes()) {
        let topics = &["aws:FederatedProvider", "aws:PrincipalServiceNamesList"];
        let request = outsider(&mut Tape::about(tape, topics));
        let answer = answer(&request);
        let expected = evaluator::decide(&request, NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}", request, answer);
    }

    #[test]
    fn policies_of_containers_govern_what_lies_in_them(tape in tapes()) {
        let Held { request, world, policies } = held(&mut Tape::new(tape));
        let answer = answer_in(&world, &request);
        let given = evaluator::with_policies_of_holders(&request, &policies, NOW);
        let expected = evaluator::decide(&given, NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}\n{:?}", request, answer, policies);
    }
}

/// What keeps the tests above honest: the worlds are neither all allowed nor all denied, and no policy is refused.
#[test]
fn worlds_meet_every_decision_and_every_layer() {
    let mut met = std::collections::BTreeMap::new();
    let mut seed = 7_u64;
    for _ in 0..2000 {
        let bytes = (0..500).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        });
        let request = worlds::request(&mut worlds::Tape::new(bytes.collect()));
        let answer = answer(&request);
        assert!(answer["error"].is_null(), "{request}\n{answer}");
        let mut lacking =
            answer["incomplete"].as_array().into_iter().flatten().filter_map(|name| name.as_str());
        assert!(lacking.all(|name| name.starts_with("the ")), "{request}\n{answer}");
        *met.entry(answer["decision"].as_str().unwrap_or_default().to_owned()).or_insert(0) += 1;
        for because in answer["because"].as_array().into_iter().flatten() {
            *met.entry(format!("{} {}", answer["decision"], because["policy_type"])).or_insert(0) += 1;
        }
    }
    for decision in ["allowed", "explicitDeny", "implicitDeny"] {
        assert!(met[decision] > 200, "{met:#?}");
    }
    assert!(met.len() > 20, "{met:#?}");
}
