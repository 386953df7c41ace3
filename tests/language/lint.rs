//! What `lint` finds, and what it must not find.

use std::collections::BTreeMap;

use iamwhy::catalog::Catalog;
use iamwhy::commands;
use iamwhy::lint::{
    FileSettings, LintOptions, LintSettings, Linted, has_fix, lint, lint_rules, lint_world, mended,
};
use iamwhy::policy::PolicyType;
use iamwhy::source::{Diagnostic, Severity, Source};

use crate::packed::unpacked;

fn linted(text: &str, kind: Option<PolicyType>) -> Vec<Linted> {
    let options = LintOptions { kind, ..LintOptions::default() };
    lint(&Source::new("policy.json", text), Catalog::embedded(), &options)
}

fn findings(text: &str, kind: Option<PolicyType>) -> Vec<Diagnostic> {
    linted(text, kind).into_iter().flat_map(|one| one.findings).collect()
}

/// A policy as it stands, or a policy of one statement.
fn policy(text: &str) -> String {
    match text.contains("\"Statement\"") || text.starts_with("account ") {
        true => text.to_owned(),
        false => format!("{{\"Version\": \"2012-10-17\", \"Statement\": {text}}}"),
    }
}

#[test]
fn each_rule_finds_its_example_and_not_the_one_that_looks_alike() {
    let mut wrong = Vec::new();
    for rule in lint_rules() {
        let also: Vec<String> = Some(rule)
            .filter(|rule| rule.is_on_request())
            .map(|rule| rule.code.to_owned())
            .into_iter()
            .collect();
        let findings = |text: &str, kind| {
            if text.starts_with("account ") {
                return lint_world(&commands::world(text).expect("a world"));
            }
            let options = LintOptions { kind, also: also.clone(), ..LintOptions::default() };
            let all = lint(&Source::new("policy.json", text), Catalog::embedded(), &options);
            all.into_iter().flat_map(|one| one.findings).collect::<Vec<Diagnostic>>()
        };
        let codes = |text: &str| -> Vec<&'static str> {
            findings(&policy(text), Some(rule.kind)).iter().map(|found| found.code).collect()
        };
        let (example, near) = (codes(rule.example), codes(rule.near));
        if !example.contains(&rule.code) {
            wrong.push(format!("{} does not find its example, but {example:?}", rule.code));
        }
        if near.contains(&rule.code) {
            let found = findings(&policy(rule.near), Some(rule.kind));
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            wrong.push(format!("{} finds what only looks alike: {found:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_found_on_request_is_found_where_somebody_names_it() {
    let text = policy(r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}"#);
    let with = |options: LintOptions| {
        let all = lint(&Source::new("policy.json", &*text), Catalog::embedded(), &options);
        all.iter().flat_map(|one| &one.findings).any(|found| found.code == "svc-star")
    };
    let code = || vec!["svc-star".to_owned()];
    assert!(!with(LintOptions::default()));
    assert!(with(LintOptions { also: code(), ..LintOptions::default() }));
    assert!(with(LintOptions { only: code(), ..LintOptions::default() }));
    assert!(!with(LintOptions { also: code(), skip: code(), ..LintOptions::default() }));
    let settings = r#"{"severities": {"svc-star": "warning"}}"#;
    let settings = LintSettings::read(&Source::new("settings.json", settings)).value.expect("good");
    let settings = Some(FileSettings { settings: settings.into(), path: "policy.json".to_owned() });
    assert!(with(LintOptions { settings, ..LintOptions::default() }));
}

#[test]
fn what_has_a_fix_is_not_found_again_once_it_is_mended() {
    for rule in lint_rules().filter(|rule| has_fix(rule.code)) {
        let options = LintOptions { kind: Some(rule.kind), ..LintOptions::default() };
        let source = Source::new("policy.json", policy(rule.example));
        let (text, count) = mended(&source, Catalog::embedded(), &options);
        let left: Vec<&str> = findings(&text, Some(rule.kind)).iter().map(|found| found.code).collect();
        assert!(count > 0 && !left.contains(&rule.code), "{}: {text}", rule.code);
    }
}

#[test]
fn each_code_is_told_once_and_says_what_it_finds_and_why() {
    let mut codes: Vec<&str> = lint_rules().map(|rule| rule.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for rule in lint_rules() {
        assert!(!rule.what.is_empty() && !rule.why.is_empty(), "{}", rule.code);
        assert!(!rule.what.ends_with('.') && !rule.why.ends_with('.'), "{}", rule.code);
    }
}

/// How often each code is found in the policies that AWS manages, with examples.
fn tally() -> BTreeMap<&'static str, (usize, Severity, Vec<String>)> {
    let rows = unpacked("tests/data/aws-managed-policies.jsonl.zst");
    let mut tally = BTreeMap::new();
    for row in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("JSON");
        if row["default"] != true {
            continue;
        }
        let name = row["name"].as_str().expect("a name");
        let source = Source::new(name, row["document"].to_string());
        let linted = lint(&source, Catalog::embedded(), &LintOptions::default());
        for found in linted.into_iter().flat_map(|one| one.findings) {
            let entry = tally.entry(found.code).or_insert((0, found.severity, Vec::new()));
            entry.0 += 1;
            entry.1 = entry.1.max(found.severity);
            entry.2.push(format!("{name}: {}", found.message));
        }
    }
    tally
}

/// How often a code is found at most in policies that AWS has looked at: each of these was looked at, too.
const MOST: [(&str, usize); 18] = [
    ("absent-passes", 3),
    ("allow-not-action", 2),
    ("allow-not-resource", 7),
    ("assume-any", 10),
    ("for-all-open", 36),
    ("for-any-hole", 1),
    ("grants-admin", 1),
    ("grant-in-vain", 14),
    ("grants-escalation", 36),
    ("key-not-carried", 8),
    ("needs-star", 26),
    ("pair-never-matches", 15),
    ("pass-role-any", 10),
    ("set-missing", 3),
    ("set-on-single", 4),
    ("unknown-key", 6),
    ("value-never", 1),
    ("variable-place", 1),
];

#[test]
fn policies_of_aws_are_found_to_have_no_error_and_what_they_have_is_counted() {
    let tally = tally();
    let counts: BTreeMap<_, _> = tally.iter().map(|(code, (count, ..))| (*code, *count)).collect();
    let mut wrong = Vec::new();
    for (code, (count, severity, found)) in &tally {
        let most = MOST.iter().find(|(known, _)| known == code).map(|(_, most)| *most);
        if *count > most.unwrap_or(if *severity == Severity::Suggestion { usize::MAX } else { 0 }) {
            wrong.push(format!("{code}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{counts:?}\n{}", wrong.join("\n"));
    let errors: Vec<_> = tally.iter().filter(|(_, (_, severity, _))| *severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
