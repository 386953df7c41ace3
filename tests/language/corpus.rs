//! Real policies parse, and printing them back changes nothing.
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::{Policy, PolicyType, Text, parse_policy};
use iamwhy::source::{Parsed, Source};

fn data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {name} is not beside this checkout");
        return None;
    }
    Some(path)
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
    let Some(path) = data("managed-policies.jsonl") else { return };
    let mut count = 0;
    for line in std::fs::read_to_string(path).expect("readable").lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let document = serde_json::to_string(&row["document"]).expect("JSON");
        assert_reads_and_prints(
            row["name"].as_str().unwrap_or_default(),
            &document,
            PolicyType::IdentityBased,
        );
        count += 1;
    }
    assert_eq!(count, 1582);
}

#[test]
fn a_comment_in_a_policy_is_reported_once_and_the_rest_is_understood() {
    let Some(folder) = data("scp") else { return };
    let entry = std::fs::read_dir(folder)
        .expect("a folder")
        .filter_map(Result::ok)
        .find(|e| e.file_name().to_string_lossy().contains("deny-service-specific-credential-by-type"))
        .expect("the SCP with a comment");
    let text = std::fs::read_to_string(entry.path()).expect("readable");
    let parsed = parse("scp.json", &text, PolicyType::ServiceControl);
    assert_eq!(parsed.diagnostics.len(), 1, "{:?}", parsed.diagnostics);
    let diagnostic = &parsed.diagnostics[0];
    assert_eq!(diagnostic.message, "comments are not allowed in a policy");
    assert_eq!(diagnostic.labels[0].place.line_column().line, 15);
    assert!(!parsed.value.expect("understood").statements().is_empty());
}

#[test]
fn every_sample_scp_and_rcp_reads_without_an_error() {
    for (folder, kind) in [("scp", PolicyType::ServiceControl), ("rcp", PolicyType::ResourceControl)] {
        let Some(path) = data(folder) else { return };
        for entry in std::fs::read_dir(path).expect("a folder").filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            // One SCP holds a comment; one RCP sample ends with a statement for a trust policy.
            let special = ["deny-service-specific-credential-by-type", "Shared-Issuers"];
            if name.ends_with(".json") && !special.iter().any(|s| name.contains(s)) {
                assert_reads_and_prints(
                    &name,
                    &std::fs::read_to_string(entry.path()).expect("readable"),
                    kind,
                );
            }
        }
    }
}

#[test]
fn every_version_of_every_managed_policy_reads_and_compiles_without_an_error() {
    let Some(path) = data("managed-policies-history.jsonl.zst") else { return };
    let packed = std::fs::read(path).expect("readable");
    let mut text = String::new();
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(packed.as_slice()).expect("zstd");
    std::io::Read::read_to_string(&mut decoder, &mut text).expect("UTF-8");
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let parsed = parse(&row["arn"].to_string(), &row["document"].to_string(), PolicyType::IdentityBased);
        assert!(!parsed.has_errors(), "{} {}: {:?}", row["name"], row["version"], parsed.diagnostics);
        CompiledPolicy::new(parsed.value.expect("a policy without errors has a value").into());
    }
    assert_eq!(text.lines().count(), 6194);
}
