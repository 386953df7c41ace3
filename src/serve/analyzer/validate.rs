//! ValidatePolicy: the findings of lint, under AWS's codes where it has any.

use serde_json::{Value, json};

use super::call::{AnalyzerCall, Answered, fields};
use super::issue_codes::issue_code;
use super::path::location;
use crate::lint::{LintOptions, lint_document, lint_rule};
use crate::policy::PolicyType;
use crate::source::{Diagnostic, Severity, Source, Span};
use crate::syntax::json::{Cursor, parse_json};

const TYPES: [(&str, PolicyType); 4] = [
    ("IDENTITY_POLICY", PolicyType::IdentityBased),
    ("RESOURCE_POLICY", PolicyType::ResourceBased),
    ("SERVICE_CONTROL_POLICY", PolicyType::ServiceControl),
    ("RESOURCE_CONTROL_POLICY", PolicyType::ResourceControl),
];

/// Any error in the JSON of a policy: AWS has one code for all of them.
const NO_JSON: &str = "json-syntax-error";

/// Where AWS explains its checks.
const REFERENCE: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html";

/// Validates the policy of a call.
pub(super) fn validate(call: &AnalyzerCall<'_>) -> Answered {
    let source = Source::new("<policyDocument>", call.needed("policyDocument")?);
    let kind = kind(call)?;
    let parsed = parse_json(&source);
    let root = parsed.value.as_ref().map(|tree| tree.root());
    let options = LintOptions { kind: Some(kind), ..LintOptions::default() };
    let is_broken = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
    let catalog = call.session.world().catalog();
    let found = match root.filter(|_| !is_broken) {
        Some(root) => lint_document(root, catalog, &options).findings,
        None => {
            parsed.diagnostics.iter().map(|found| Diagnostic { code: NO_JSON, ..found.clone() }).collect()
        }
    };
    let findings: Vec<Value> = found.iter().map(|found| finding(found, root, &source)).collect();
    Ok(fields(json!({ "findings": findings })))
}

fn kind(call: &AnalyzerCall<'_>) -> Result<PolicyType, crate::aws::ApiRefusal> {
    let kind = call.one_of("policyType", &TYPES)?;
    let of_resource = call.input.get("validatePolicyResourceType").and_then(Value::as_str);
    Ok(match of_resource {
        Some("AWS::IAM::AssumeRolePolicyDocument") => PolicyType::Trust,
        Some("AWS::KMS::Key") => PolicyType::Key,
        _ => kind,
    })
}

fn finding(found: &Diagnostic, root: Option<Cursor<'_>>, source: &Source) -> Value {
    let issue = issue_code(found.code, &found.message);
    let help = found.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    let whole = Span::new(0, source.text().len() as u32);
    let mut spans: Vec<Span> = found.labels.iter().map(|label| label.place.span).collect();
    if spans.is_empty() {
        spans.push(root.map_or(whole, Cursor::span));
    }
    json!({
        "findingDetails": format!("{}{help}", found.message),
        "findingType": finding_type(found.severity),
        "issueCode": issue.map_or_else(|| found.code.replace('-', "_").to_uppercase(), str::to_owned),
        "learnMoreLink": match (issue, lint_rule(found.code)) {
            (None, Some(rule)) => format!("{}; {}", rule.what, rule.why),
            _ => REFERENCE.to_owned(),
        },
        "locations": spans.into_iter().map(|span| location(root, source, span)).collect::<Vec<_>>(),
    })
}

fn finding_type(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Security => "SECURITY_WARNING",
        Severity::Warning => "WARNING",
        Severity::Suggestion | Severity::Note => "SUGGESTION",
    }
}
