//! The engine and the evaluator that was written a second time, from the rules alone.

use serde_json::Value;

use crate::evaluator;
use crate::worlds::{
    self, Connected, Held, NOW, Organized, Tape, answer, answer_in, connected, held, organized,
};

/// Makes a world and a request out of the bytes and has both decide it; the first byte says what kind of world.
pub(super) fn two_evaluators(data: &[u8]) {
    let (kind, tape) = data.split_first().unwrap_or((&0, &[]));
    let mut tape = Tape::new(tape.to_vec());
    match kind % 8 {
        0 => in_a_vpc(&mut tape),
        1 => in_organizations(&mut tape),
        2 => in_a_container(&mut tape),
        _ => alone(&mut tape),
    }
}

fn alone(tape: &mut Tape) {
    let request = worlds::request(tape);
    agree(&request, &answer(&request), evaluator::decide(&request, NOW));
}

fn in_a_vpc(tape: &mut Tape) {
    let Connected { request, world, endpoints, organization } = connected(tape);
    let given = evaluator::with_organizations(&request, std::slice::from_ref(&organization), NOW);
    let expected = evaluator::decide(&evaluator::with_endpoint(&given, &endpoints, &organization), NOW);
    agree(&request, &answer_in(&world, &request), expected);
}

fn in_organizations(tape: &mut Tape) {
    let mut request = worlds::request(tape);
    for layer in ["scp", "rcp"] {
        request["policies"].as_object_mut().expect("policies").remove(layer);
    }
    let Organized { world, organizations, states } = organized(tape, &request);
    let given = evaluator::with_organizations(&request, &organizations, NOW);
    let refused = evaluator::is_refused_by_state(&request, &states, NOW);
    let expected = if refused { "implicitDeny" } else { evaluator::decide(&given, NOW) };
    agree(&request, &answer_in(&world, &request), expected);
}

fn in_a_container(tape: &mut Tape) {
    let Held { request, world, policies } = held(tape);
    let given = evaluator::with_policies_of_holders(&request, &policies, NOW);
    agree(&request, &answer_in(&world, &request), evaluator::decide(&given, NOW));
}

fn agree(request: &Value, answer: &Value, expected: &str) {
    assert_eq!(answer["decision"].as_str(), Some(expected), "{request}\n{answer}");
}
