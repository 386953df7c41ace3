//! VPC endpoints: which one a request comes through, and what that brings (C.3, I5, I11).

use serde_json::{Value, json};

use super::organizations::fill;

/// Each key of an endpoint's owner and VPC, with the services of the tests whose calls know it (I11).
const KNOWN_TO: [(&str, &[&str]); 4] = [
    ("aws:VpceAccount", &["dynamodb", "iam", "kms", "lambda", "s3"]),
    ("aws:VpceOrgID", &["dynamodb", "iam", "kms", "lambda", "s3", "sqs"]),
    ("aws:VpceOrgPaths", &["dynamodb", "iam", "kms", "lambda", "s3", "secretsmanager", "sts"]),
    ("aws:SourceVpcArn", &["iam", "kms", "lambda", "s3"]),
];

/// The request with the policy and the keys of its endpoint, as if they had been given with it.
pub(crate) fn with_endpoint(request: &Value, endpoints: &[Value], organization: &Value) -> Value {
    let mut given = request.clone();
    let service = as_str(&request["action"]).split(':').next().unwrap_or_default();
    let Some(endpoint) = through(request, service, endpoints) else { return given };
    given["policies"]["vpc_endpoint"] = endpoint["policy"].clone();
    fill(&mut given, "aws:SourceVpce", &endpoint["id"]);
    fill(&mut given, "aws:SourceVpc", &endpoint["vpc"]);
    for (key, services) in KNOWN_TO {
        // I11: passing a role never tells them.
        let is_known = services.contains(&service) && request["action"] != "iam:PassRole";
        if let Some(value) = told(key, request, endpoint, organization).filter(|_| is_known) {
            fill(&mut given, key, &value);
        }
    }
    given
}

/// What a key says of an endpoint: its organization only if the owner is in one.
fn told(key: &str, request: &Value, endpoint: &Value, organization: &Value) -> Option<Value> {
    let (owner, vpc) = (as_str(&endpoint["owner"]), as_str(&endpoint["vpc"]));
    let is_member = organization["places"].get(owner).is_some();
    match key {
        "aws:VpceAccount" => Some(json!(owner)),
        "aws:VpceOrgID" => is_member.then(|| organization["id"].clone()),
        "aws:VpceOrgPaths" => is_member.then(|| json!([organization["paths"][owner]])),
        _ => {
            // Where the ARN of the resource has no Region, nothing tells that of the VPC.
            let region = as_str(&request["resource"]).split(':').nth(3).unwrap_or_default();
            (!region.is_empty()).then(|| json!(format!("arn:aws:ec2:{region}:{owner}:vpc/{vpc}")))
        }
    }
}

/// The endpoint that the request names, else the only one of the service in the VPC that it names (I5).
fn through<'a>(request: &Value, service: &str, endpoints: &'a [Value]) -> Option<&'a Value> {
    let context = &request["context"];
    if let Some(id) = context["aws:SourceVpce"].as_str() {
        return endpoints.iter().find(|endpoint| endpoint["id"] == id);
    }
    let mut own = endpoints
        .iter()
        .filter(|endpoint| endpoint["vpc"] == context["aws:SourceVpc"] && endpoint["service"] == service);
    let first = own.next()?;
    own.next().is_none().then_some(first)
}

fn as_str(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
