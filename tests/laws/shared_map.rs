//! The map whose copies share what did not change is a map, and a change of one copy is none of another.

use std::collections::BTreeMap;

use iamwhy::world::SharedMap;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Insert(u16),
    InsertBehindAll,
    Remove(u16),
    Change(u16),
    ReplaceFrom(u16),
    Copy,
}

fn step() -> impl Strategy<Value = Step> {
    let key = 0..400_u16;
    prop_oneof![
        30 => key.clone().prop_map(Step::Insert),
        20 => Just(Step::InsertBehindAll),
        30 => key.clone().prop_map(Step::Remove),
        10 => key.clone().prop_map(Step::Change),
        3 => key.prop_map(Step::ReplaceFrom),
        3 => Just(Step::Copy),
    ]
}

type Both = (SharedMap<u16, usize>, BTreeMap<u16, usize>);

fn take(step: &Step, number: usize, (shared, plain): &mut Both) {
    match *step {
        Step::Insert(key) => assert_eq!(shared.insert(key, number), plain.insert(key, number)),
        Step::InsertBehindAll => {
            let key = plain.last_key_value().map_or(0, |(last, _)| last.saturating_add(1));
            assert_eq!(shared.insert(key, number), plain.insert(key, number));
        }
        Step::Remove(key) => assert_eq!(shared.remove(&key), plain.remove(&key)),
        Step::Change(key) => {
            let (one, other) = (shared.get_mut(&key), plain.get_mut(&key));
            assert_eq!(one, other);
            one.into_iter().chain(other).for_each(|value| *value = number);
        }
        Step::ReplaceFrom(key) => {
            let from = usize::from(key);
            let is_other = shared.replace(|value| (*value >= from).then_some(number));
            assert_eq!(is_other, plain.values().any(|value| *value >= from));
            plain.values_mut().filter(|value| **value >= from).for_each(|value| *value = number);
        }
        Step::Copy => {}
    }
}

fn check((shared, plain): &Both) {
    assert!(shared.iter().eq(plain));
    assert_eq!((shared.len(), shared.is_empty()), (plain.len(), plain.is_empty()));
    for key in (0..420).step_by(7) {
        assert_eq!(shared.get(&key), plain.get(&key));
        assert!(shared.iter_from(&key).eq(plain.range(key..)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn it_holds_what_an_ordinary_map_holds_and_copies_stay_as_they_were(
        steps in proptest::collection::vec(step(), 0..1_500),
    ) {
        let mut both = Both::default();
        let mut copies = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            take(step, number, &mut both);
            if let Step::Copy = step {
                copies.push(both.clone());
            }
        }
        check(&both);
        copies.iter().for_each(check);
    }
}

#[test]
fn keys_in_any_order_stay_in_a_flat_tree() {
    // What makes trees deep: each key behind one that ends a full node.
    let forwards = 0..50_000_u32;
    let backwards = forwards.clone().rev();
    let from_both_ends = forwards.clone().map(|at| if at % 2 == 0 { at } else { 100_000 - at });
    let orders: [Vec<u32>; 3] = [forwards.collect(), backwards.collect(), from_both_ends.collect()];
    for order in orders {
        let map: SharedMap<u32, ()> = order.iter().map(|key| (*key, ())).collect();
        let mut emptied = map.clone();
        for key in &order {
            assert_eq!(emptied.remove(key), Some(()));
        }
        assert_eq!((emptied.len(), emptied.iter().count()), (0, 0));
        assert_eq!(map.iter().count(), order.len());
    }
}
