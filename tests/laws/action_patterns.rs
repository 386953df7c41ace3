//! The patterns that a set of actions shrinks to mean exactly that set, and there are no fewer of their form.

use std::collections::HashSet;

use iamwhy::catalog::{ActionSet, Catalog};
use iamwhy::names::glob_fold;
use proptest::prelude::*;

const PATTERNS: [&str; 10] = [
    "s3:*", "s3:Get*", "s3:*Tagging", "*:Describe*", "ec2:?e*", "iam:*Role*", "sqs:*", "*", "kms:*e", "e*:*s",
];

/// Counts the starts that are needed: of each action that none matches yet, the shortest that no other action has.
fn fewest(set: &ActionSet<'_>) -> usize {
    let mut count = 0;
    let names: HashSet<String> = set.actions().map(|action| action.to_string().to_lowercase()).collect();
    for service in Catalog::embedded().services() {
        let all: Vec<String> = service.actions().map(|action| action.name().to_lowercase()).collect();
        let in_set = |name: &&String| names.contains(&format!("{}:{name}", service.prefix()));
        let members: HashSet<&String> = all.iter().filter(in_set).collect();
        let mut missing: Vec<&String> = all.iter().filter(|name| members.contains(name)).collect();
        while let Some(name) = missing.first().copied() {
            let is_free =
                |start: &&str| all.iter().all(|other| !other.starts_with(*start) || members.contains(other));
            let start = (0..=name.len()).map(|end| &name[..end]).find(is_free);
            missing.retain(|other| *other != name && start.is_none_or(|start| !other.starts_with(start)));
            count += 1;
        }
    }
    count
}

fn set_of(patterns: &[String]) -> ActionSet<'static> {
    let mut set = ActionSet::none(Catalog::embedded());
    for pattern in patterns {
        assert!(set.add(pattern), "{pattern} matches nothing");
    }
    set
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn expand_undoes_shrink(
        chosen in prop::sample::subsequence(&PATTERNS[..], 0..4),
        taken in prop::sample::subsequence(&PATTERNS[..7], 0..3),
        single in prop::collection::vec(0_usize..22_000, 0..40),
    ) {
        let all: Vec<_> = Catalog::embedded().actions().collect();
        let singles = single.iter().filter_map(|at| all.get(*at)).map(|action| action.to_string());
        let named: Vec<String> = chosen.iter().map(|pattern| (*pattern).to_owned()).chain(singles).collect();
        let mut set = set_of(&named);
        set.exclude(&set_of(&taken.iter().map(|pattern| (*pattern).to_owned()).collect::<Vec<_>>()));
        prop_assert_eq!(set_of(&set.patterns()), set);
    }
}

#[test]
fn no_list_of_patterns_with_a_star_at_the_end_is_shorter() {
    for pattern in ["s3:*Tagging", "iam:*Role*", "sqs:*", "kms:*e", "s*:*s", "sns:Publish"] {
        let set = set_of(&[pattern.to_owned()]);
        assert_eq!(set.patterns().len(), fewest(&set), "{pattern}");
    }
}

#[test]
fn a_pattern_matches_what_the_engine_takes_it_to_match() {
    let others =
        ["s3:GetObject", "S3:getobject", "S3:GETOBJECTT*", "ec2:describe*s", "*:g?t*", "s3:Get*Object"];
    for pattern in PATTERNS.into_iter().chain(others) {
        let set = set_of(&[pattern.to_owned()]);
        let wanted = Catalog::embedded().actions().filter(|action| glob_fold(pattern, &action.to_string()));
        assert!(set.actions().eq(wanted), "{pattern}");
    }
}
