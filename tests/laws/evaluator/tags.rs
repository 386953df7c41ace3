//! Tags: which keys hold those of a resource, of what it lies in, and of what a call creates (C.4, I7).

use serde_json::{Value, json};

use super::organizations::fill;

/// The request with the keys of the tag `a`, as if they had been given with it. `tags` says the value for each ARN;
/// those of a bucket count only where they are switched on (`abac`).
pub(crate) fn with_tags(request: &Value, tags: &Value, abac: bool) -> Value {
    let text = |field: &str| request[field].as_str().unwrap_or_default();
    let (action, resource) = (text("action"), text("resource"));
    let service = action.split(':').next().unwrap_or_default();
    let bucket = resource.split('/').next().unwrap_or_default();
    let holder = resource.match_indices('/').nth(1).map(|(at, _)| &resource[..at]).unwrap_or_default();
    let tag = |arn: &str| tags.get(arn).filter(|_| arn != "arn:aws:s3:::b" || abac).cloned();
    let own = match action {
        "ec2:CreateVolume" | "sns:CreateTopic" => created_with(request),
        "ec2:RunInstances" if resource.contains(":instance/") => created_with(request),
        _ => tag(resource),
    };
    let found: Vec<(&str, Option<Value>)> = match (service, action) {
        ("s3", "s3:GetObject") => vec![("s3:BucketTag/a", tag(bucket)), ("s3:ExistingObjectTag/a", own)],
        ("s3", _) => vec![("s3:BucketTag/a", own.clone()), ("aws:ResourceTag/a", own)],
        ("s3tables", _) => vec![("s3tables:TableBucketTag/a", tag(holder)), ("aws:ResourceTag/a", own)],
        ("s3vectors", _) => vec![("s3vectors:VectorBucketTag/a", tag(holder)), ("aws:ResourceTag/a", own)],
        ("sts", _) => vec![("iam:ResourceTag/a", own.clone()), ("aws:ResourceTag/a", own)],
        _ => vec![("aws:ResourceTag/a", own)], // The other names of it are told with the context.
    };
    let mut given = request.clone();
    for (key, value) in found {
        if let Some(value) = value {
            fill(&mut given, key, &value);
        }
    }
    given
}

/// The tag that the call gives to what it creates.
fn created_with(request: &Value) -> Option<Value> {
    let context = request["context"].as_object()?;
    let (_, value) = context.iter().find(|(key, _)| key.eq_ignore_ascii_case("aws:RequestTag/a"))?;
    value.as_str().map(|value| json!(value))
}
