//! AWS managed policies are all built in, packed.

use std::fmt::Write;

use iamwhy::facts::{
    ManagedPolicyFacts, managed_policies, managed_policy, managed_policy_names, root_task_policies,
    root_task_policy,
};
use serde_json::Value;

use crate::packed::unpacked;

/// The default versions of the corpus.
fn defaults() -> Vec<Value> {
    let rows = unpacked("tests/data/aws-managed-policies.jsonl.zst");
    let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).expect("JSON"));
    rows.filter(|row| row["default"] == true).collect()
}

fn own(arn: &str) -> &'static ManagedPolicyFacts {
    managed_policy(arn).or_else(|| root_task_policy(arn)).unwrap_or_else(|| panic!("no {arn}"))
}

#[test]
fn every_policy_of_aws_is_built_in_as_the_corpus_has_it() {
    let defaults = defaults();
    assert_eq!(defaults.len(), 1_582);
    for row in &defaults {
        let facts = own(row["arn"].as_str().unwrap());
        assert_eq!(row["name"], facts.name);
        // I15: the corpus has an older version.
        if facts.name != "IAMDeleteRootUserCredentials" {
            assert_eq!(row["version"], facts.version, "{}", facts.name);
            let document: Value = serde_json::from_str(facts.document).expect(facts.name);
            assert_eq!(document, row["document"], "{}", facts.name);
        }
    }
    let of_organizations = 2;
    let all = managed_policies().count() + root_task_policies().len();
    assert_eq!(all, defaults.len() + of_organizations);
}

#[test]
fn names_are_listed_in_the_order_of_the_policies_and_each_finds_its_own_in_any_case() {
    let policies: Vec<_> = managed_policies().collect();
    let names: Vec<_> = managed_policy_names().collect();
    assert_eq!(names, policies.iter().map(|policy| policy.name).collect::<Vec<_>>());
    for policy in policies {
        for word in [policy.name, &policy.name.to_uppercase(), &policy.name.to_lowercase(), policy.arn] {
            assert_eq!(managed_policy(word), Some(policy), "{word}");
        }
        assert_eq!(managed_policy(&policy.arn.to_uppercase()), None);
        assert_eq!(managed_policy(&format!("{}x", policy.name)).map(|other| other.arn == policy.arn), None);
    }
}

#[test]
fn what_is_no_name_finds_nothing() {
    for word in
        ["", " ", "\n", "a\nb", "/", "arn:", "arn:aws:iam::aws:policy/", "zzz", "AAA", "é", "ReadOnly"]
    {
        assert_eq!(managed_policy(word), None, "{word:?}");
    }
    let elsewhere = "arn:aws:iam::aws:policy/service-role/ReadOnlyAccess";
    assert_eq!(managed_policy(elsewhere), None, "the path belongs to the ARN");
}

/// `UPDATE_MANAGED=1` writes the text for `policies.zst`, in the order of the names, from the corpus; the
/// date of a version that is new here is put in by hand.
#[test]
fn the_packed_text_is_what_the_corpus_gives() {
    let defaults = defaults();
    let (mut head, mut documents) = (String::new(), String::new());
    for name in include_str!("../../src/facts/managed/names.txt").lines() {
        let row = defaults.iter().find(|row| row["name"] == name).expect(name);
        let date = managed_policy(name).map_or("DATE".to_owned(), |facts| facts.date.to_string());
        let (arn, version) = (row["arn"].as_str().unwrap(), row["version"].as_str().unwrap());
        writeln!(head, "{arn} {version} {date}").unwrap();
        writeln!(documents, "{}", serde_json::to_string_pretty(&row["document"]).unwrap()).unwrap();
    }
    let expected = head + &documents;
    if std::env::var_os("UPDATE_MANAGED").is_some() {
        std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/policies.txt"), &expected).unwrap();
    }
    assert!(unpacked("src/facts/managed/policies.zst") == expected, "the packed text is not up to date");
}
