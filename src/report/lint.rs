//! What `lint` prints: the word, what was found, and how much of it.

use serde_json::{Value, json};

use super::github::annotation;
use super::json::message;
use super::plain::severity;
use super::sarif::{location, log, related};
use super::style::{Format, Style, Tone};
use super::{diagnostics, prose};
use crate::lint::{LintRule, Linted, LintedFile, has_fix, lint_rules};
use crate::source::{Diagnostic, Severity};

/// All severities, the worst first.
const SEVERITIES: [(Severity, [&str; 2]); 4] = [
    (Severity::Error, ["error", "errors"]),
    (Severity::Warning, ["warning", "warnings"]),
    (Severity::Security, ["security finding", "security findings"]),
    (Severity::Suggestion, ["suggestion", "suggestions"]),
];

/// What is said of a settings file or of a world, and of no policy.
const BESIDE_POLICIES: [&str; 2] = ["unused-suppression", "scp-denies-all"];

/// Renders what was found in files.
pub fn lint(files: &[LintedFile], catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", json(files, catalog));
    }
    let found: Vec<Diagnostic> = findings(files).cloned().collect();
    let (tone, word) = if found.is_empty() { (Tone::Good, "clean") } else { (Tone::Bad, "findings") };
    let mut parts = vec![style.paint(tone, word) + "\n"];
    parts.extend((!found.is_empty()).then(|| diagnostics(&found, style)));
    let types = types(files).map(|types| format!("; {types}")).unwrap_or_default();
    let summary = format!("{}{types}; catalog of {catalog}", counts(files));
    parts.push(prose(&summary, style) + "\n");
    parts.join(if found.is_empty() { "" } else { "\n" })
}

fn findings(files: &[LintedFile]) -> impl Iterator<Item = &Diagnostic> {
    files.iter().flat_map(|file| &file.policies).flat_map(|policy| &policy.findings)
}

/// `1 error, 2 suggestions in 3 policies`
fn counts(files: &[LintedFile]) -> String {
    let counted = SEVERITIES.iter().filter_map(|(severity, names)| {
        let count = findings(files).filter(|found| found.severity == *severity).count();
        (count > 0).then(|| format!("{count} {}", names[usize::from(count != 1)]))
    });
    let counted: Vec<String> = counted.collect();
    let found = if counted.is_empty() { "nothing found".to_owned() } else { counted.join(", ") };
    let suppressed: usize =
        files.iter().flat_map(|file| &file.policies).map(|one| one.suppressed.len()).sum();
    let found = if suppressed > 0 { format!("{found}, {suppressed} suppressed") } else { found };
    let is_policy = |one: &&Linted| one.findings.iter().all(|found| !BESIDE_POLICIES.contains(&found.code));
    let policies = files.iter().flat_map(|file| &file.policies).filter(is_policy).count();
    format!("{found} in {policies} {}", if policies == 1 { "policy" } else { "policies" })
}

/// What a single policy was read as.
fn types(files: &[LintedFile]) -> Option<String> {
    let mut policies = files.iter().flat_map(|file| &file.policies);
    let (one, None) = (policies.next()?, policies.next()) else { return None };
    let by = if one.is_inferred { " by its looks (`--type` says another)" } else { "" };
    Some(format!("read as {}{by}", one.kind?.with_article()))
}

fn json(files: &[LintedFile], catalog: &str) -> Value {
    let policies = |file: &LintedFile| {
        let one = |policy: &Linted| {
            let kind = policy.kind.map(|kind| kind.word());
            let found: Vec<Value> = policy.findings.iter().map(message).collect();
            json!({"type": kind, "inferred": policy.is_inferred, "findings": found,
                "suppressed": policy.suppressed.len()})
        };
        file.policies.iter().map(one).collect::<Vec<_>>()
    };
    let verdict = if findings(files).next().is_none() { "clean" } else { "findings" };
    let files: Vec<Value> =
        files.iter().map(|file| json!({"file": file.name, "policies": policies(file)})).collect();
    json!({"verdict": verdict, "catalog": catalog, "files": files})
}

/// What was found, as SARIF.
pub fn lint_sarif(files: &[LintedFile]) -> String {
    let rules: Vec<Value> = lint_rules().map(sarif_rule).collect();
    let results: Vec<Value> = findings(files).map(result).collect();
    log(&rules, &results)
}

fn sarif_rule(rule: &LintRule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": format!("{}: {}", rule.what, rule.why)},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"severity": severity(rule.severity)},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Security | Severity::Warning => "warning",
        Severity::Suggestion | Severity::Note => "note",
    }
}

fn result(found: &Diagnostic) -> Value {
    let help = found.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let locations: Vec<Value> = found.labels.iter().take(1).map(location).collect();
    let mut result = json!({
        "ruleId": found.code,
        "level": level(found.severity),
        "message": {"text": format!("{}{help}", found.message)},
        "locations": locations,
    });
    if let Some(index) = lint_rules().position(|rule| rule.code == found.code) {
        result["ruleIndex"] = json!(index);
    }
    let others: Vec<Value> =
        found.labels.iter().skip(1).enumerate().map(|(i, label)| related(i, label)).collect();
    if !others.is_empty() {
        result["relatedLocations"] = Value::Array(others);
    }
    result
}

/// What was found, as annotations of GitHub Actions.
pub fn lint_github(files: &[LintedFile]) -> String {
    let one = |found: &Diagnostic| {
        let word = match level(found.severity) {
            "note" => "notice",
            level => level,
        };
        let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        annotation(word, found, found.code, &format!("{}{help}", found.message))
    };
    findings(files).map(one).collect()
}

/// The rules, each with its severity and what it finds.
pub fn lint_list(style: &Style) -> String {
    let rows: Vec<Vec<String>> = lint_rules()
        .map(|rule| {
            vec![
                rule.code.to_owned(),
                severity(rule.severity).to_owned(),
                if has_fix(rule.code) { "yes".to_owned() } else { String::new() },
                if rule.is_on_request() { "yes".to_owned() } else { String::new() },
                rule.what.to_owned(),
            ]
        })
        .collect();
    super::table(&["code", "severity", "fix", "on request", "finds"], &rows, style)
}

/// What a rule is about.
pub fn lint_explained(rule: &LintRule, style: &Style) -> String {
    if style.format == Format::Json {
        let kind = rule.kind.word();
        let object = json!({"code": rule.code, "severity": severity(rule.severity), "finds": rule.what,
            "why": rule.why, "type": kind, "example": rule.example, "near": rule.near});
        return format!("{object}\n");
    }
    let line = |text: &str| prose(text, style) + "\n";
    let shown = |text: &str| {
        let mut shown: String = text.trim().chars().take(600).collect();
        if shown.len() < text.trim().len() {
            shown.push_str(" …");
        }
        shown + "\n"
    };
    let head = format!("{} ({})", rule.code, severity(rule.severity));
    [
        style.paint(Tone::Strong, &head) + "\n\n",
        line(&format!("finds  {}", rule.what)),
        line(&format!("why    {}", rule.why)),
        line(&format!("\nfound in {}:", rule.kind.with_article())),
        shown(rule.example),
        line("\nnot in:"),
        shown(rule.near),
    ]
    .concat()
}
