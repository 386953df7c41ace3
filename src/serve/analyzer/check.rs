//! The checks: what must hold of all requests. A reason carries a request that the engine has decided.

use serde_json::{Map, Value, json};

use super::call::{AnalyzerCall, Answered, fields, invalid};
use super::example::{TYPES, example_of, example_of_type};
use super::statement::{Texts, answer_of};
use crate::aws::ApiRefusal;
use crate::names::{Arn, capitalised};
use crate::policy::PolicyType;
use crate::syntax::script::write;

/// The types of policies that are checked.
const CHECKED: [(&str, bool); 2] = [("IDENTITY_POLICY", true), ("RESOURCE_POLICY", false)];

const OLD: &str = "existing-policy";
const NEW: &str = "policy";

/// Whether a policy allows nothing that another does not.
pub(super) fn no_new_access(call: &AnalyzerCall<'_>) -> Answered {
    let (old, new) = (call.needed("existingPolicyDocument")?, call.needed("newPolicyDocument")?);
    let texts = vec![(OLD, old.to_owned()), (NEW, new.to_owned())];
    let said = CheckWords {
        pass: "The new policy allows no request that the existing one does not.",
        fail: "The new policy allows requests that the existing one does not.",
    };
    let statement = format!("check no-new-access {OLD} {NEW}");
    let found = checked(call, &statement, &texts)?;
    Ok(said.answer(&found, "breaches", "new access"))
}

/// Whether a policy allows nothing of some actions on some resources.
pub(super) fn access_not_granted(call: &AnalyzerCall<'_>) -> Answered {
    let texts = vec![(NEW, call.needed("policyDocument")?.to_owned())];
    call.one_of("policyType", &CHECKED)?;
    let asked = call.input.get("access").and_then(Value::as_array).filter(|all| !all.is_empty());
    let asked = asked.ok_or_else(|| invalid("`access` is a list of actions and resources"))?;
    let said = CheckWords {
        pass: "The policy allows none of this access.",
        fail: "The policy allows some of this access.",
    };
    let mut all = Map::new();
    for access in asked {
        let (actions, resources) = (texts_of(access, "actions")?, texts_of(access, "resources")?);
        let actions = if actions.is_empty() { all_actions(&resources)? } else { actions };
        let resources = if resources.is_empty() { vec!["*".to_owned()] } else { resources };
        let (actions, resources) = (words(&actions), words(&resources));
        let statement = format!("check access-not-granted {NEW} {actions} on {resources}");
        let found = said.answer(&answer_of(&statement, &texts)?, "breaches", "access");
        if all.get("result").is_none_or(|result| result == "PASS") {
            all = found;
        }
    }
    Ok(all)
}

/// Whether no stranger reaches a resource that has this policy.
pub(super) fn no_public_access(call: &AnalyzerCall<'_>) -> Answered {
    let texts = vec![(NEW, call.needed("policyDocument")?.to_owned())];
    let example = call.one_of("resourceType", &TYPES)?;
    let said = CheckWords {
        pass: "The policy lets no stranger reach the resource.",
        fail: "The policy lets strangers reach the resource.",
    };
    let statement = format!("check public {NEW}");
    let found = match example_of_type(example, &texts[0].1) {
        Some(named) => answer_of(&format!("{statement} on {named}"), &texts)?,
        None => answer_of(&statement, &texts)
            .or_else(|_| answer_of(&format!("{statement} on {example}"), &texts))?,
    };
    Ok(said.answer(&found, "public", "public access"))
}

/// Of identity-based policies, or of those of a resource: the one of which they speak, else an example.
fn checked(call: &AnalyzerCall<'_>, statement: &str, texts: &Texts) -> Result<Value, ApiRefusal> {
    if call.one_of("policyType", &CHECKED)? {
        let kind = PolicyType::IdentityBased.word();
        return answer_of(&format!("{statement} type {kind}"), texts);
    }
    let found = answer_of(statement, texts);
    let example = texts.iter().find_map(|(_, text)| example_of(text));
    match (found, example) {
        (Err(_), Some(example)) => answer_of(&format!("{statement} on {example}"), texts),
        (found, _) => found,
    }
}

fn texts_of(access: &Value, name: &str) -> Result<Vec<String>, ApiRefusal> {
    let list = access.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let all: Option<Vec<String>> = list.iter().map(|one| one.as_str().map(str::to_owned)).collect();
    all.ok_or_else(|| invalid(format!("`{name}` is a list of texts")))
}

/// All actions of the services that some resources belong to.
fn all_actions(resources: &[String]) -> Result<Vec<String>, ApiRefusal> {
    let service = |arn: &String| Some(format!("{}:*", Arn::parse(arn)?.service()));
    let all: Option<Vec<String>> = resources.iter().map(service).collect();
    let all = all.filter(|all| !all.is_empty());
    all.ok_or_else(|| invalid("`access` names actions, or resources by their ARNs"))
}

fn words(texts: &[String]) -> String {
    texts.iter().map(|text| write::word(text)).collect::<Vec<_>>().join(" ")
}

/// What is said of a check.
struct CheckWords {
    pass: &'static str,
    fail: &'static str,
}

impl CheckWords {
    /// The answer. What could not be found out does not pass; that nobody asks for this of such a resource does.
    fn answer(&self, found: &Value, list: &str, what: &str) -> Map<String, Value> {
        let reasons = found[list].as_array().map(Vec::as_slice).unwrap_or_default();
        let caveats = caveats(found);
        let is_vacuous = reasons.is_empty() && caveats.iter().all(|why| why.contains("asked for"));
        let passes = matches!(found["verdict"].as_str(), Some("holds" | "private")) || is_vacuous;
        let message = match (passes, reasons.is_empty()) {
            (true, _) => [&[self.pass], &caveats[..]].concat().join(" Mind that "),
            (false, false) => self.fail.to_owned(),
            (false, true) => format!("It is not known whether that is so: {}.", caveats.join("; ")),
        };
        let reasons: Vec<Value> = reasons.iter().map(|one| reason(one, what)).collect();
        fields(
            json!({"result": if passes { "PASS" } else { "FAIL" }, "message": message, "reasons": reasons}),
        )
    }
}

/// Why there may be more.
fn caveats(found: &Value) -> Vec<&str> {
    let all = found["exactness"]["caveats"].as_array().into_iter().flatten();
    all.filter_map(|one| one["text"].as_str()).collect()
}

/// Why a check fails: the statement, what it allows, and a request for which that is so.
fn reason(one: &Value, what: &str) -> Value {
    let because = &one["because"];
    let is_new = because["side"] != "old";
    let which = match (is_new, because["sid"].as_str(), because["statement"].as_u64()) {
        (_, _, None) => "no single statement".to_owned(),
        (false, ..) => "a statement of the existing policy that is gone".to_owned(),
        (true, Some(sid), _) => format!("the statement with sid: {sid}"),
        (true, None, Some(index)) => format!("the statement with index: {index}"),
    };
    let request = &one["witness"]["request"];
    let context = request["context"].as_object().into_iter().flatten();
    let with: String = context.map(|(key, value)| format!(" with {key}={}", bare(value))).collect();
    let on = request["resource"].as_str().map(|on| format!(" on {on}")).unwrap_or_default();
    let by = one["witness"]["principal"].as_str().map(|by| format!(" by {by}")).unwrap_or_default();
    let action = request["action"].as_str().unwrap_or_default();
    let (what, patterns) = (capitalised(what), list(&one["patterns"]));
    let description = format!("{what} in {which}: {patterns}. For example {action}{on}{by}{with}.");
    let mut reason = json!({"description": description});
    if let (true, Some(index)) = (is_new, because["statement"].as_u64()) {
        reason["statementIndex"] = index.into();
    }
    if let (true, Some(sid)) = (is_new, because["sid"].as_str()) {
        reason["statementId"] = sid.into();
    }
    reason
}

/// How many patterns of actions are told.
const TOLD: usize = 8;

fn list(patterns: &Value) -> String {
    let all: Vec<&str> = patterns.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match all.len().checked_sub(TOLD).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", all[..TOLD].join(", ")),
        None => all.join(", "),
    }
}

/// A text without quotes, anything else as JSON.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
