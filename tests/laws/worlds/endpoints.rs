//! Random worlds of VPC endpoints, for requests that tell the VPC or the endpoint that they come through (I5, I11).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::policies::{self, Layer};
use super::{Tape, Target};

/// A request, its world, and the endpoints of the world in plain JSON.
pub(crate) struct Connected {
    pub(crate) request: Value,
    pub(crate) world: World,
    pub(crate) endpoints: Vec<Value>,
}

/// Sends a request through a VPC of a world with up to three endpoints, some of other services.
pub(crate) fn connected(tape: &mut Tape, mut request: Value) -> Connected {
    request["policies"].as_object_mut().expect("policies").remove("vpc_endpoint");
    let context = request["context"].as_object_mut().expect("a context");
    match tape.below(4) {
        0 => drop(context.insert("aws:SourceVpce".to_owned(), json!(tape.of(&["vpce-1", "vpce-2"])))),
        _ => drop(context.insert("aws:SourceVpc".to_owned(), json!(tape.of(&["vpc-1", "vpc-1", "vpc-2"])))),
    }
    let target = Target::of(&request);
    let own = target.action.split(':').next().unwrap_or_default();
    let mut script = "account 111111111111\naccount 222222222222\n".to_owned();
    let endpoints = (1..=3).filter(|number| *number == 1 || tape.one_in(3)).collect::<Vec<u8>>();
    let endpoints = endpoints.into_iter().map(|number| {
        let endpoint = json!({
            "id": format!("vpce-{number}"),
            "vpc": tape.of(&["vpc-1", "vpc-1", "vpc-2"]),
            "service": tape.of(&[own, own, "ecs"]),
            "owner": tape.of(&["111111111111", "222222222222"]),
            "policy": policies::layer(tape, target, Layer::Endpoint),
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
    Connected { request, world, endpoints }
}
