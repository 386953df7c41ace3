//! The engine and an evaluator written a second time, from the rules alone, decide alike.

use crate::evaluator;
use crate::worlds::{self, NOW, answer, cases, worlds};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..cases(3000) })]

    #[test]
    fn the_engine_and_the_plain_evaluator_decide_alike(request in worlds()) {
        let answer = answer(&request);
        let expected = evaluator::decide(&request, NOW);
        prop_assert_eq!(answer["decision"].as_str(), Some(expected), "{}\n{}", request, answer);
    }
}

/// What keeps the test above honest: the worlds are neither all allowed nor all denied, and no policy is refused.
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
