//! The forms in which AWS's services are asked and answer.

use serde_json::{Map, Value, json};

use super::message::{HttpAnswer, JSON, JSON_1_1, XML};
use super::refusal::status;
use super::xml;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// Forms in, XML out: IAM and STS. The namespace is that of the answers.
    Query(&'static str),
    /// JSON both ways; the operation stands in a header: Organizations, KMS.
    Json,
    /// JSON both ways; the operation is told by method and path: Access Analyzer.
    RestJson,
    /// XML without a wrapping; the operation is told by method and path: S3.
    RestXml,
}

impl Protocol {
    /// The answer with a result.
    pub(super) fn answer(self, operation: &str, result: &Map<String, Value>, id: &str) -> HttpAnswer {
        match self {
            Self::Query(namespace) => query(namespace, operation, result, id),
            Self::Json => HttpAnswer::new(200, JSON_1_1, json_text(result)),
            Self::RestJson => HttpAnswer::new(200, JSON, json_text(result)),
            Self::RestXml => rest_xml(operation, result),
        }
        .with("x-amzn-RequestId", id)
    }

    /// The answer with a refusal.
    pub(super) fn refusal(self, code: &str, message: &str, id: &str) -> HttpAnswer {
        let status = status(code);
        let message = if message.is_empty() { code } else { message };
        match self {
            Self::Query(namespace) => {
                let mut body = format!("<ErrorResponse xmlns=\"{namespace}\"><Error><Type>Sender</Type>");
                error_fields(code, message, &mut body);
                body.push_str(&format!("</Error><RequestId>{id}</RequestId></ErrorResponse>"));
                HttpAnswer::new(status, XML, body)
            }
            Self::Json => {
                HttpAnswer::new(status, JSON_1_1, json!({"__type": code, "message": message}).to_string())
            }
            Self::RestJson => HttpAnswer::new(status, JSON, json!({"message": message}).to_string())
                .with("x-amzn-ErrorType", code),
            Self::RestXml => {
                let mut body = "<Error>".to_owned();
                error_fields(code, message, &mut body);
                body.push_str(&format!("<RequestId>{id}</RequestId></Error>"));
                HttpAnswer::new(status, XML, body)
            }
        }
        .with("x-amzn-RequestId", id)
    }
}

fn json_text(result: &Map<String, Value>) -> String {
    serde_json::to_string(result).unwrap_or_default()
}

fn query(namespace: &str, operation: &str, result: &Map<String, Value>, id: &str) -> HttpAnswer {
    let mut body = format!("<{operation}Response xmlns=\"{namespace}\"><{operation}Result>");
    xml::fields(result, &mut body);
    body.push_str(&format!(
        "</{operation}Result><ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{operation}Response>"
    ));
    HttpAnswer::new(200, XML, body)
}

/// The policy of a bucket is the answer itself.
fn rest_xml(operation: &str, result: &Map<String, Value>) -> HttpAnswer {
    if let Some(policy) = result.get("Policy").and_then(Value::as_str) {
        return HttpAnswer::new(200, JSON, policy);
    }
    let root = match operation {
        "ListBuckets" => "ListAllMyBucketsResult",
        "GetPublicAccessBlock" => "PublicAccessBlockConfiguration",
        other => other,
    };
    let mut body = format!("<{root} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    let inner = result.get(root).and_then(Value::as_object).unwrap_or(result);
    xml::s3_fields(inner, &mut body);
    xml::close(root, &mut body);
    HttpAnswer::new(200, XML, body)
}

fn error_fields(code: &str, message: &str, body: &mut String) {
    for (name, value) in [("Code", code), ("Message", message)] {
        xml::open(name, body);
        xml::text(value, body);
        xml::close(name, body);
    }
}
