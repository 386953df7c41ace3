//! Laws that hold in every world, whatever the policies.

use iamwhy::eval::authorize;
use iamwhy::policy::Effect;
use iamwhy::trace::{Decision, Trace};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::changes::{
    add_statement, always_binds, change_case, documents, enlarge, give_random_keys, remove_layer, reorder,
    split_policies,
};
use crate::tokens;
use crate::worlds::{Tape, answer, cases, decision, tapes, worlds};

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn a_deny_that_applies_is_final(request in worlds()) {
        tokens::with_asked(&request, |asked, _| {
            if asked.trace.gate.is_none() {
                let mut found = asked.trace.statements.iter().filter(|trace| trace.found.is_ok());
                let denied = found.any(|trace| trace.effect == Effect::Deny);
                assert_eq!(denied, asked.decision == Decision::ExplicitDeny, "{request}");
            }
        });
    }

    #[test]
    fn a_deny_of_everything_leaves_nothing_but_what_needs_no_permission(request in worlds(), tape in tapes()) {
        let mut denied = request.clone();
        let found = add_statement(&mut denied, &mut Tape::new(tape), "Deny", true);
        let free = request["action"] == "sts:GetCallerIdentity"; // D29
        if found.is_some_and(|layer| always_binds(layer, &request)) && !free {
            prop_assert_ne!(decision(&denied), "allowed", "{}", denied);
        }
    }

    #[test]
    fn adding_a_deny_never_allows(request in worlds(), tape in tapes()) {
        let mut more = request.clone();
        add_statement(&mut more, &mut Tape::new(tape), "Deny", false);
        if decision(&more) == "allowed" {
            prop_assert_eq!(decision(&request), "allowed", "{}\n{}", request, more);
        }
    }

    #[test]
    fn adding_an_allow_never_denies(request in worlds(), tape in tapes()) {
        let mut more = request.clone();
        add_statement(&mut more, &mut Tape::new(tape), "Allow", false);
        if decision(&request) == "allowed" {
            prop_assert_eq!(decision(&more), "allowed", "{}\n{}", request, more);
        }
    }

    #[test]
    fn order_never_matters(request in worlds(), tape in tapes()) {
        let mut turned = request.clone();
        reorder(&mut turned, &mut Tape::new(tape));
        let (before, after) = (answer(&request), answer(&turned));
        prop_assert_eq!(&before["decision"], &after["decision"], "{}\n{}", request, turned);
        prop_assert_eq!(&before["layers"], &after["layers"], "{}\n{}", request, turned);
        prop_assert_eq!(sorted(&before["needs"]), sorted(&after["needs"]), "{}\n{}", request, turned);
    }

    #[test]
    fn listening_changes_no_decision(request in worlds()) {
        tokens::with_asked(&request, |asked, _| {
            assert_eq!(authorize(&asked.request, &mut ()), asked.decision, "{request}");
            let mut again = Trace::default();
            assert_eq!(authorize(&asked.request, &mut again), asked.decision, "{request}");
        });
    }

    #[test]
    fn what_only_limits_never_grants(request in worlds()) {
        if decision(&request) == "allowed" {
            for layer in ["scp", "rcp", "vpc_endpoint", "permissions_boundary"] {
                let without = remove_layer(&request, layer);
                prop_assert_eq!(decision(&without), "allowed", "without {}: {}", layer, request);
            }
        }
    }

    #[test]
    fn splitting_a_policy_changes_nothing(request in worlds()) {
        let mut split = request.clone();
        split_policies(&mut split);
        let (before, after) = (answer(&request), answer(&split));
        for field in ["decision", "layers", "needs", "assumed", "gate"] {
            prop_assert_eq!(&before[field], &after[field], "{}\n{}", request, split);
        }
    }

    #[test]
    fn letter_case_of_keys_and_actions_changes_nothing(request in worlds(), tape in tapes()) {
        let mut cased = request.clone();
        change_case(&mut cased, &mut Tape::new(tape));
        let (before, after) = (answer(&request), answer(&cased));
        prop_assert_eq!(&before["decision"], &after["decision"], "{}\n{}", request, cased);
        prop_assert_eq!(&before["layers"], &after["layers"], "{}\n{}", request, cased);
    }

    #[test]
    fn the_index_finds_what_looking_through_finds(request in worlds(), tape in tapes()) {
        let mut large = request.clone();
        enlarge(&mut large, &mut Tape::new(tape));
        let (before, after) = (answer(&request), answer(&large));
        for field in ["decision", "layers", "needs", "assumed", "gate", "message"] {
            prop_assert_eq!(&before[field], &after[field], "{}\n{}", request, large);
        }
        prop_assert_eq!(count(&before["because"]), count(&after["because"]), "{}\n{}", request, large);
    }

    #[test]
    fn without_needs_no_other_key_turns_the_verdict(request in worlds(), tape in tapes()) {
        let before = answer(&request);
        let mut more = request.clone();
        give_random_keys(&mut more, &mut Tape::new(tape));
        let after = answer(&more);
        if before["needs"].is_null() {
            let allowed = |answer: &Value| answer["decision"] == "allowed";
            prop_assert_eq!(allowed(&before), allowed(&after), "{}\n{}\n{}\n{}", request, before, more, after);
        }
    }

    #[test]
    fn a_verdict_that_hangs_tells_on_which_keys(request in worlds()) {
        tokens::with_asked(&request, |asked, _| {
            assert_eq!(asked.trace.hangs, !asked.needs().is_empty(), "{request}");
        });
    }

    #[test]
    fn every_token_of_a_trace_is_that_element_of_the_text(request in worlds()) {
        tokens::with_asked(&request, tokens::check);
    }
}

#[test]
fn padding_a_set_makes_it_large_enough_for_an_index() {
    let request = json!({"principal": "arn:aws:iam::111111111111:user/u", "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/k", "policies": {"identity": [{"Statement": []}]}});
    let mut large = request;
    enlarge(&mut large, &mut Tape::new(Vec::new()));
    assert!(documents(&mut large)[0].1["Statement"].as_array().is_some_and(|list| list.len() > 8));
}

fn sorted(list: &Value) -> Vec<String> {
    let mut texts: Vec<String> =
        list.as_array().into_iter().flatten().map(|text| text.to_string().to_lowercase()).collect();
    texts.sort();
    texts
}

fn count(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}
