//! VPC endpoints: which one a request comes through, and what that brings (C.3, I5, I11).

use serde_json::{Value, json};

use super::organizations::fill;

/// The services whose calls know the account of the endpoint's owner, of those of the tests (I11).
const KNOW_THE_OWNER: [&str; 5] = ["dynamodb", "iam", "kms", "lambda", "s3"];

/// The services whose calls know the ARN of the VPC, of those of the tests (I11).
const KNOW_THE_VPC: [&str; 4] = ["iam", "kms", "lambda", "s3"];

/// The request with the policy and the keys of its endpoint, as if they had been given with it.
pub(crate) fn with_endpoint(request: &Value, endpoints: &[Value]) -> Value {
    let mut given = request.clone();
    let service = request["action"].as_str().and_then(|action| action.split(':').next()).unwrap_or_default();
    let Some(endpoint) = through(request, service, endpoints) else { return given };
    given["policies"]["vpc_endpoint"] = endpoint["policy"].clone();
    fill(&mut given, "aws:SourceVpce", &endpoint["id"]);
    fill(&mut given, "aws:SourceVpc", &endpoint["vpc"]);
    if KNOW_THE_OWNER.contains(&service) {
        fill(&mut given, "aws:VpceAccount", &endpoint["owner"]);
    }
    // Where the ARN of the resource has no Region, nothing tells that of the VPC.
    let region = request["resource"].as_str().and_then(|arn| arn.split(':').nth(3)).unwrap_or_default();
    if KNOW_THE_VPC.contains(&service) && !region.is_empty() {
        let (owner, vpc) = (as_str(&endpoint["owner"]), as_str(&endpoint["vpc"]));
        fill(&mut given, "aws:SourceVpcArn", &json!(format!("arn:aws:ec2:{region}:{owner}:vpc/{vpc}")));
    }
    given
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
