//! Real policies parse, and printing them back changes nothing.

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::{Policy, PolicyType, Text, parse_policy};
use iamwhy::source::{Parsed, Source};
use serde_json::Value;

use crate::packed::unpacked;

/// The rows of a packed list.
pub(crate) fn rows(name: &str) -> Vec<Value> {
    let text = unpacked(&format!("tests/data/{name}.jsonl.zst"));
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn text<'v>(row: &'v Value, field: &str) -> &'v str {
    row[field].as_str().expect("text")
}

fn parse(name: &str, text: &str, kind: PolicyType) -> Parsed<Policy> {
    parse_policy(&Source::new(name, text), kind)
}

/// Everything that a policy says, without where it says it.
fn meaning(policy: &Policy) -> Vec<String> {
    let texts =
        |list| policy.texts(list).iter().map(|t: &Text| policy.text(t).into_owned()).collect::<Vec<_>>();
    let mut said =
        vec![format!("{:?} {:?}", policy.language(), policy.id().map(|id| policy.text(id).into_owned()))];
    for (i, s) in policy.statements().iter().enumerate() {
        said.push(format!(
            "{:?} {:?} {} {:?}",
            policy.sid(i),
            s.effect,
            s.action.negated,
            texts(s.action.patterns)
        ));
        said.push(format!("{:?}", s.resource.map(|r| (r.negated, texts(r.patterns)))));
        said.push(match &s.principal {
            None => "nobody".to_owned(),
            Some(p) => match &p.form {
                iamwhy::policy::PrincipalForm::Everyone(_) => format!("{} everyone", p.negated),
                iamwhy::policy::PrincipalForm::Map(map) => {
                    map.iter().map(|e| format!("{} {:?} {:?}", p.negated, e.kind, texts(e.values))).collect()
                }
            },
        });
        for test in &s.condition {
            said.push(format!("{} {} {:?}", test.operator, policy.text(&test.key), texts(test.values)));
        }
    }
    said
}

fn assert_reads_and_prints(name: &str, text: &str, kind: PolicyType) {
    let parsed = parse(name, text, kind);
    assert!(!parsed.has_errors(), "{name}: {:?}", parsed.diagnostics);
    let policy = parsed.value.expect("a policy without errors has a value");
    let printed = policy.print();
    let again = parse(name, &printed, kind);
    assert!(!again.has_errors(), "{name} printed: {:?}", again.diagnostics);
    let again = again.value.expect("a policy without errors has a value");
    assert_eq!(meaning(&policy), meaning(&again), "{name}");
    assert_eq!(printed, again.print(), "{name}");
}

#[test]
fn every_managed_policy_reads_without_an_error_and_prints_back_to_itself() {
    let mut count = 0;
    for row in rows("aws-managed-policies").iter().filter(|row| row["default"] == true) {
        assert_reads_and_prints(text(row, "name"), &row["document"].to_string(), PolicyType::IdentityBased);
        count += 1;
    }
    assert_eq!(count, 1582);
}

#[test]
fn every_version_of_every_managed_policy_reads_and_compiles_without_an_error() {
    let rows = rows("aws-managed-policies");
    for row in &rows {
        let parsed = parse(text(row, "arn"), &row["document"].to_string(), PolicyType::IdentityBased);
        assert!(!parsed.has_errors(), "{} {}: {:?}", row["name"], row["version"], parsed.diagnostics);
        CompiledPolicy::new(parsed.value.expect("a policy without errors has a value").into());
    }
    assert_eq!(rows.len(), 6286);
}

/// An SCP that holds a comment.
const COMMENT: &str = "deny-service-specific-credential-by-type";

/// A sample of RCPs that ends with a statement for a trust policy.
const TRUST: &str = "Shared-Issuers";

#[test]
fn a_comment_in_a_policy_is_reported_once_and_the_rest_is_understood() {
    let rows = rows("organization-policies");
    let row = rows.iter().find(|row| text(row, "file").contains(COMMENT)).expect("the SCP with a comment");
    let parsed = parse("scp.json", text(row, "text"), PolicyType::ServiceControl);
    assert_eq!(parsed.diagnostics.len(), 1, "{:?}", parsed.diagnostics);
    let diagnostic = &parsed.diagnostics[0];
    assert_eq!(diagnostic.message, "comments are not allowed in a policy");
    assert_eq!(diagnostic.labels[0].place.line_column().line, 15);
    assert!(!parsed.value.expect("understood").statements().is_empty());
}

#[test]
fn every_sample_scp_and_rcp_reads_without_an_error() {
    let mut count = 0;
    for row in &rows("organization-policies") {
        let name = text(row, "file");
        let kind = match text(row, "kind") {
            "scp" => PolicyType::ServiceControl,
            _ => PolicyType::ResourceControl,
        };
        if ![COMMENT, TRUST].iter().any(|special| name.contains(special)) {
            assert_reads_and_prints(name, text(row, "text"), kind);
            count += 1;
        }
    }
    assert_eq!(count, 78);
}
