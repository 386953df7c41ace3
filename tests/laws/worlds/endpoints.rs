//! Random worlds of VPC endpoints, for requests that tell the VPC or the endpoint that they come through (I5, I11).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::organizations::tell_paths;
use super::policies::{self, Layer};
use super::{KEY, OBJECT, QUEUE, ROLE, TABLE, TOPIC, Tape, Target, WEB_IDENTITY, request_for, target};

/// A request, its world, and the endpoints and the organization of the world in plain JSON.
pub(crate) struct Connected {
    pub(crate) request: Value,
    pub(crate) world: World,
    pub(crate) endpoints: Vec<Value>,
    pub(crate) organization: Value,
}

/// The keys that an endpoint brings.
pub(crate) const KEYS_OF_ENDPOINTS: &[&str] = &[
    "aws:SourceVpce", "aws:SourceVpc", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
    "aws:SourceVpcArn",
];

/// Calls of services that know all of an endpoint's keys, some of them, and none.
const CALLED: [Target; 9] = [
    target("s3:GetObject", OBJECT),
    target("kms:Decrypt", KEY),
    target("dynamodb:GetItem", TABLE),
    target("sqs:SendMessage", QUEUE),
    target("sts:AssumeRole", ROLE),
    target("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:s"),
    target("sns:Publish", TOPIC),
    Target { action: "iam:PassRole", resource: ROLE, has_policy: false },
    Target { action: "iam:GetUser", resource: "arn:aws:iam::111111111111:user/u", has_policy: false },
];

const OWNERS: [&str; 2] = ["111111111111", "222222222222"];

/// A request through a VPC of a world with up to three endpoints, some of other services, some of an organization.
pub(crate) fn connected(tape: &mut Tape) -> Connected {
    let mut request = request_for(tape, &CALLED);
    for layer in ["vpc_endpoint", "scp", "rcp"] {
        request["policies"].as_object_mut().expect("policies").remove(layer);
    }
    let context = request["context"].as_object_mut().expect("a context");
    match tape.below(4) {
        0 => drop(context.insert("aws:SourceVpce".to_owned(), json!(tape.of(&["vpce-1", "vpce-2"])))),
        _ => drop(context.insert("aws:SourceVpc".to_owned(), json!(tape.of(&["vpc-1", "vpc-1", "vpc-2"])))),
    }
    let action = request["action"].as_str().unwrap_or_default();
    let called = CALLED.iter().find(|called| called.action == action).copied().unwrap_or(WEB_IDENTITY);
    let own = called.action.split(':').next().unwrap_or_default();
    let mut script = "account 222222222222\naccount 111111111111\n".to_owned();
    let mut organization = json!({"scp": {}, "rcp": {}, "places": {}, "paths": {}});
    if !tape.one_in(3) {
        script += "organization o-eastexample management 111111111111\n";
        organization["id"] = json!("o-eastexample");
        organization["management"] = json!("111111111111");
        organization["places"]["111111111111"] = json!("");
    }
    let endpoints = (1..=3).filter(|number| *number == 1 || tape.one_in(3)).collect::<Vec<u8>>();
    let endpoints = endpoints.into_iter().map(|number| {
        let endpoint = json!({
            "id": format!("vpce-{number}"),
            "vpc": tape.of(&["vpc-1", "vpc-1", "vpc-2"]),
            "service": tape.of(&[own, own, "ecs"]),
            "owner": tape.of(&OWNERS),
            "policy": policies::layer(tape, called, Layer::Endpoint),
        });
        let field = |name: &str| endpoint[name].as_str().unwrap_or_default();
        let (id, vpc, service, owner) = (field("id"), field("vpc"), field("service"), field("owner"));
        script += &format!(
            "endpoint {id} vpc {vpc} service {service} owner {owner} policy {}\n",
            endpoint["policy"]
        );
        endpoint
    });
    let endpoints = endpoints.collect();
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    if organization["id"].is_string() {
        tell_paths(&world, &mut organization);
    }
    Connected { request, world, endpoints, organization }
}
