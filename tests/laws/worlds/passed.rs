//! Random worlds of policies of which no rule says whether they govern what is asked for (I2), and requests that lack the
//! policy that decides them (I4, I6).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::Value;

use super::held::named;
use super::policies::{self, Layer};
use super::{KEY, ROLE, Tape, Target, request_for};

/// A request, its world, and the policies of the world in plain JSON: ARNs with the documents that stand on them.
pub(crate) struct Passed {
    pub(crate) request: Value,
    pub(crate) world: World,
    pub(crate) policies: Vec<(&'static str, Value)>,
}

const fn call(action: &'static str, resource: &'static str) -> Target {
    Target { action, resource, has_policy: false }
}

/// What is asked for; something above it or beside it; a sibling, whose ARN differs in its last character alone.
const KINDS: [(Target, &[&str]); 4] = [
    (
        call("ecs:DescribeServices", "arn:aws:ecs:us-east-1:111111111111:service/c/s"),
        &["arn:aws:ecs:us-east-1:111111111111:cluster/c", "arn:aws:ecs:us-east-1:111111111111:service/c/t"],
    ),
    (
        call("states:DescribeExecution", "arn:aws:states:us-east-1:111111111111:execution:m:e"),
        &[
            "arn:aws:states:us-east-1:111111111111:stateMachine:m",
            "arn:aws:states:us-east-1:111111111111:execution:m:f",
        ],
    ),
    (
        call("iot:DescribeThing", "arn:aws:iot:us-east-1:111111111111:thing/t"),
        &["arn:aws:iot:us-east-1:111111111111:policy/p", "arn:aws:iot:us-east-1:111111111111:thing/u"],
    ),
    (
        call("ecs:DescribeServices", "arn:aws:ecs:eu-west-1:111111111111:service/c/s"),
        &["arn:aws:ecs:us-east-1:111111111111:cluster/c", "arn:aws:ecs:eu-west-1:111111111111:service/c/t"],
    ),
];

/// A world of such policies, and a request for what they may govern.
pub(crate) fn passed(tape: &mut Tape) -> Passed {
    let (target, others) = tape.of(&KINDS);
    let mut script = "account 111111111111\n".to_owned();
    let mut policies = Vec::new();
    for arn in others {
        let policy = named(policies::layer(tape, target, Layer::Resource));
        script += &format!("resource {arn} owner 111111111111 policy {policy}\n");
        policies.push((*arn, policy));
    }
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    Passed { request: request_for(tape, &[target]), world, policies }
}

/// A request for a key or a role whose policy nobody gave, or for which nobody named the resource.
pub(crate) fn without_policy_that_decides(tape: &mut Tape) -> Value {
    const CALLS: [Target; 6] = [
        call("kms:Decrypt", KEY),
        call("kms:PutKeyPolicy", KEY),
        call("sts:AssumeRole", ROLE),
        call("sts:TagSession", ROLE),
        call("kms:Decrypt", "*"),
        call("sts:AssumeRole", "*"),
    ];
    let mut request = request_for(tape, &CALLS);
    for layer in ["vpc_endpoint", "resource"] {
        request["policies"].as_object_mut().expect("policies").remove(layer);
    }
    request
}
