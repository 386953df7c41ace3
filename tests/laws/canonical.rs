//! The canonical form of a policy decides every request as the policy does, and policies that say the same share it.

use iamwhy::reason::DiffVerdict;
use iamwhy::recognise::{CANONICAL, format_file};
use iamwhy::source::Source;
use proptest::prelude::*;
use serde_json::Value;

use crate::reasoning::{difference, is_allowed, of_policy, policy, request};
use crate::worlds::{Tape, cases, tapes};

/// How many requests are asked of each policy.
const REQUESTS: usize = 100;

fn canonical(policy: &Value) -> String {
    format_file(&Source::new("p.json", policy.to_string()), CANONICAL).expect("a policy").text
}

/// A policy that says the same in other words: statements in another order, one of them twice, lists the other way round
/// and with what repeats, actions in other letters, one value without its list.
fn said_otherwise(policy: &Value, tape: &mut Tape) -> Value {
    let mut other = policy.clone();
    let statements = other["Statement"].as_array_mut().expect("a list");
    let turn = tape.below(3) % statements.len();
    statements.rotate_left(turn);
    statements.extend((tape.below(2) == 0).then(|| statements[0].clone()));
    for statement in statements {
        for name in ["Action", "NotAction", "Resource", "NotResource"] {
            statement.get_mut(name).into_iter().for_each(|list| list_otherwise(list, name, tape));
        }
        let tests = statement["Condition"].as_object_mut().into_iter().flatten();
        let keys = tests.filter_map(|(_, keys)| keys.as_object_mut()).flatten();
        keys.for_each(|(_, values)| list_otherwise(values, "", tape));
    }
    other
}

fn list_otherwise(list: &mut Value, name: &str, tape: &mut Tape) {
    let values = list.as_array_mut().expect("a list");
    values.reverse();
    values.extend((tape.below(2) == 0).then(|| values[0].clone()));
    if name.ends_with("Action") && tape.below(2) == 0 {
        for action in values.iter_mut() {
            *action = action.as_str().expect("a text").to_uppercase().into();
        }
    }
    if values.len() == 1 && tape.below(2) == 0 {
        *list = values.remove(0);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn the_canonical_form_is_equivalent_and_decides_requests_alike(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let written = policy(&mut Tape::new(bytes));
        let mut tape = Tape::new(seed);
        let other = said_otherwise(&written, &mut tape);
        let form = canonical(&written);
        prop_assert_eq!(&form, &canonical(&other), "{} {}", written, other);
        let formed: Value = serde_json::from_str(&form).expect("JSON");
        let verdict = difference(&written, &formed).verdict();
        prop_assert_eq!(verdict, DiffVerdict::Equal, "{} {}", written, form);
        for _ in 0..REQUESTS {
            let asked = request(&mut tape, &written);
            prop_assert_eq!(
                is_allowed(&asked), is_allowed(&of_policy(&asked, &formed)),
                "{} {:?} {:?}\n{}\n{}", asked.action, asked.resource, asked.assumptions.context, written, form
            );
        }
    }
}
