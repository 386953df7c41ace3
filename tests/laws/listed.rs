//! What is said with a decision: which policies are missing (I4, I6), passed over (I2), unreadable (I27) or in vain (I28).

use crate::evaluator;
use crate::worlds::{
    NOW, Passed, Tape, answer, answer_in, cases, passed, tapes, without_policy_that_decides, worlds,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn strictly(request: &Value) -> Value {
    let mut strict = request.clone();
    strict["settings"] = json!({"strict": true});
    answer(&strict)
}

fn texts<'a>(answer: &'a Value, field: &str) -> Vec<&'a str> {
    answer[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_none_or(Vec::is_empty)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..cases(500) })]

    #[test]
    fn reasons_layers_and_gate_agree_with_the_decision(request in worlds()) {
        let answer = answer(&request);
        let decision = answer["decision"].as_str().unwrap_or_default();
        let because = answer["because"].as_array().cloned().unwrap_or_default();
        let says = |layer: &str| answer["layers"][layer].as_str();
        for reason in &because {
            let layer = match reason["policy_type"].as_str().unwrap_or_default() {
                "trust" | "key" => "resource",
                "task" => "session",
                other => other,
            };
            prop_assert_eq!(says(layer), Some(decision), "{}\n{}", &request, &answer);
            prop_assert_eq!(reason["statement"].is_null(), decision == "implicitDeny", "{}\n{}", &request, &answer);
        }
        let is_gated = !answer["gate"].is_null();
        prop_assert!(decision != "explicitDeny" || !(because.is_empty() || is_gated), "{}\n{}", request, answer);
        prop_assert!(decision != "implicitDeny" || !because.is_empty() || is_gated, "{}\n{}", request, answer);
    }

    #[test]
    fn strict_answers_differ_by_what_is_not_known_alone(request in worlds()) {
        let (lax, strict) = (answer(&request), strictly(&request));
        if lax["decision"] != strict["decision"] {
            let lacks = !is_empty(&strict["incomplete"]) || !is_empty(&strict["needs"]);
            prop_assert!(strict["decision"] == "depends" && lacks, "{}\n{}\n{}", request, lax, strict);
        }
    }

    #[test]
    fn a_policy_that_decides_and_is_not_given_is_listed_and_what_it_could_turn_depends(tape in tapes()) {
        let request = without_policy_that_decides(&mut Tape::new(tape));
        let (lax, strict) = (answer(&request), strictly(&request));
        let mut kind = request.clone();
        kind["policies"]["resource"] = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "*"},
        ]});
        let is_open = lax["gate"].is_null() && lax["decision"] != "explicitDeny";
        let name = if request["action"].to_string().contains("kms") { "the key policy" } else { "the trust policy" };
        let is_listed = texts(&lax, "incomplete").iter().any(|lacking| lacking.starts_with(name));
        prop_assert_ne!(&lax["decision"], "allowed", "{}\n{}", &request, &lax);
        prop_assert!(is_listed || !is_open, "{}\n{}", request, lax);
        let could = request["resource"] != "*" && evaluator::decide(&kind, NOW) == "allowed";
        prop_assert!(!could || strict["decision"] == "depends", "{}\n{}", request, strict);
    }

    #[test]
    fn a_given_policy_that_cannot_be_read_is_an_error(mut request in worlds(), at in any::<prop::sample::Index>()) {
        let policies = request["policies"].as_object_mut().expect("policies");
        prop_assume!(!policies.is_empty());
        let layer = at.index(policies.len());
        let mut given = policies.values_mut().nth(layer).expect("counted");
        while let Value::Array(list) = given {
            given = list.last_mut().expect("no list of a request is empty");
        }
        given["Statement"] = json!({"Effect": "Permit", "Action": "*", "Resource": "*"});
        let answer = answer(&request);
        prop_assert!(answer["decision"].is_null() && answer["error"].is_object(), "{}\n{}", request, answer);
    }

    #[test]
    fn policies_given_in_vain_are_said_and_no_others(mut request in worlds(), tape in tapes()) {
        let everything = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
        if Tape::new(tape).one_in(2) {
            request["policies"]["identity"] = json!([everything]);
            request["policies"]["permissions_boundary"] = json!([everything]);
        }
        let answer = answer(&request);
        let notes = texts(&answer, "notes");
        let said = |what: &str| notes.iter().any(|note| note.starts_with(what));
        let idle = evaluator::idle(&request, NOW);
        for (layer, words) in [
            ("identity", "the identity-based policies given do not count"),
            ("permissions_boundary", "the permissions boundary given does not count"),
            ("scp", "the SCPs given do not count"),
            ("rcp", "the RCPs given do not count"),
        ] {
            prop_assert_eq!(said(words), idle.contains(&layer), "{} {}\n{}", layer, &request, &answer);
        }
    }

    #[test]
    fn no_policy_that_covers_the_resource_is_passed_over_in_silence(tape in tapes()) {
        let Passed { request, world, policies } = passed(&mut Tape::new(tape));
        let answer = answer_in(&world, &request);
        let is_open = answer["gate"].is_null() && answer["decision"] != "explicitDeny";
        let listed = answer["incomplete"].to_string();
        for (arn, policy) in &policies {
            let name = arn.splitn(6, ':').last().unwrap_or_default();
            let is_due = is_open && evaluator::must_be_listed(arn, policy, &request, NOW);
            prop_assert!(!is_due || listed.contains(name), "{} {}\n{}\n{}", arn, policy, request, answer);
            let is_sibling = request["resource"].as_str().is_some_and(|own| own.starts_with(&arn[..arn.len() - 1]) && own != *arn);
            prop_assert!(!is_sibling || !listed.contains(name), "{} {}\n{}\n{}", arn, policy, request, answer);
        }
    }
}
