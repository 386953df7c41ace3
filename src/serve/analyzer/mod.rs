//! IAM Access Analyzer: policies validated by the rules of lint, and checked by the reasoning over all requests.

mod call;
mod check;
mod example;
mod issue_codes;
mod path;
mod preview;
mod statement;
mod validate;

use serde_json::{Map, Value, json};

pub(super) use call::AnalyzerCall;
pub use preview::Previews;

use call::{fields, refused};

use crate::aws::ApiRefusal;

/// Answers a call.
pub(super) fn answer(previews: &Previews, call: &AnalyzerCall<'_>) -> Result<Map<String, Value>, ApiRefusal> {
    match call.operation {
        "ValidatePolicy" => validate::validate(call),
        "CheckNoNewAccess" => check::no_new_access(call),
        "CheckAccessNotGranted" => check::access_not_granted(call),
        "CheckNoPublicAccess" => check::no_public_access(call),
        "ListAnalyzers" => Ok(fields(json!({"analyzers": [call.analyzer()]}))),
        "GetAnalyzer" => Ok(fields(json!({"analyzer": call.analyzer()}))),
        "CreateAccessPreview" => preview::create(previews, call),
        "GetAccessPreview" => preview::get(previews, call),
        "ListAccessPreviewFindings" => preview::findings(previews, call),
        other => {
            Err(refused("UnknownOperationException", format!("access-analyzer:{other} is not answered here")))
        }
    }
}
