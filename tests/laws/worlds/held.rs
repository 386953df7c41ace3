//! Random worlds where policies stand on containers, for requests of what lies in them (I1).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::policies::{self, Layer};
use super::{BUCKET, OBJECT, Tape, Target, request_for, target};

/// A request, its world, and the policies of the world in plain JSON: ARNs with the documents that stand on them.
pub(crate) struct Held {
    pub(crate) request: Value,
    pub(crate) world: World,
    pub(crate) policies: Vec<(&'static str, Value)>,
}

/// What is asked for, and what is declared with or without a policy: what holds it, or looks as if it did.
type Lying = (Target, &'static [&'static str]);

const DOMAIN: &str = "arn:aws:es:us-east-1:111111111111:domain/d";
const API: &str = "arn:aws:execute-api:us-east-1:111111111111:a";
const VECTORS: &str = "arn:aws:s3vectors:us-east-1:111111111111:bucket/b";
const DOMAIN_OF_CODE: &str = "arn:aws:codeartifact:us-east-1:111111111111:domain/d";
const REPOSITORY: &str = "arn:aws:codeartifact:us-east-1:111111111111:repository/d/r";
const TABLE_BUCKET: &str = "arn:aws:s3tables:us-east-1:111111111111:bucket/b";
const S3_TABLE: &str = "arn:aws:s3tables:us-east-1:111111111111:bucket/b/table/t";
const CATALOG: &str = "arn:aws:glue:us-east-1:111111111111:catalog";
const TABLE: &str = "arn:aws:dynamodb:us-east-1:111111111111:table/t";
const STREAM: &str = "arn:aws:dynamodb:us-east-1:111111111111:table/t/stream/s";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111111111111:function:f";
const ALIAS: &str = "arn:aws:lambda:us-east-1:111111111111:function:f:live";
const BUS: &str = "arn:aws:events:us-east-1:111111111111:event-bus/bus";
const DEFAULT_BUS: &str = "arn:aws:events:us-east-1:111111111111:event-bus/default";
const LOG_GROUP: &str = "arn:aws:logs:us-east-1:111111111111:log-group:g";
const LOGS: &str = "arn:aws:logs:us-east-1:111111111111:resource-policy:p";
const LOG_STREAM: &str = "arn:aws:logs:us-east-1:111111111111:log-group:g:log-stream:s";
const SERVICE: &str = "arn:aws:vpc-lattice:us-east-1:111111111111:service/s";
const NETWORK: &str = "arn:aws:vpc-lattice:us-east-1:111111111111:servicenetwork/n";

const LYING: [Lying; 26] = [
    (target("es:ESHttpGet", "arn:aws:es:us-east-1:111111111111:domain/d/u/k"), &[DOMAIN]),
    (target("es:ESHttpGet", DOMAIN), &[DOMAIN]),
    (target("es:UpdateDomainConfig", DOMAIN), &[DOMAIN]),
    (target("es:UpdateDomainConfig", "arn:aws:es:us-east-1:111111111111:domain/d/u/k"), &[DOMAIN]),
    (target("execute-api:Invoke", "arn:aws:execute-api:us-east-1:111111111111:a/prod/GET/u"), &[API]),
    (target("execute-api:Invoke", "arn:aws:execute-api:us-east-1:111111111111:a/dev/GET/u"), &[API]),
    (target("execute-api:Invoke", "arn:aws:execute-api:us-east-1:111111111111:b/dev/GET/u"), &[API]),
    (
        target("s3vectors:QueryVectors", "arn:aws:s3vectors:us-east-1:111111111111:bucket/b/index/i"),
        &[VECTORS],
    ),
    (target("codeartifact:ReadFromRepository", REPOSITORY), &[DOMAIN_OF_CODE, REPOSITORY]),
    (
        target(
            "codeartifact:GetPackageVersionReadme",
            "arn:aws:codeartifact:us-east-1:111111111111:package/d/r/npm//p",
        ),
        &[DOMAIN_OF_CODE, REPOSITORY],
    ),
    (target("s3tables:GetTableData", S3_TABLE), &[TABLE_BUCKET, S3_TABLE]),
    (target("s3tables:GetTableBucket", TABLE_BUCKET), &[TABLE_BUCKET, S3_TABLE]),
    (target("glue:GetTable", "arn:aws:glue:us-east-1:111111111111:table/d/t"), &[CATALOG]),
    (target("glue:GetTable", "arn:aws:glue:eu-west-1:111111111111:table/d/t"), &[CATALOG]),
    (target("glue:StartJobRun", "arn:aws:glue:us-east-1:111111111111:job/j"), &[CATALOG]),
    (target("dynamodb:Query", "arn:aws:dynamodb:us-east-1:111111111111:table/t/index/i"), &[TABLE, STREAM]),
    (target("dynamodb:GetRecords", STREAM), &[TABLE, STREAM]),
    (target("lambda:InvokeFunction", ALIAS), &[FUNCTION, ALIAS]),
    (target("lambda:InvokeFunction", FUNCTION), &[FUNCTION, ALIAS]),
    (target("events:PutRule", "arn:aws:events:us-east-1:111111111111:rule/bus/r"), &[BUS, DEFAULT_BUS]),
    (target("events:PutRule", "arn:aws:events:us-east-1:111111111111:rule/r"), &[BUS, DEFAULT_BUS]),
    (target("logs:PutLogEvents", LOG_STREAM), &[LOG_GROUP, LOGS]),
    (target("logs:DeleteLogStream", LOG_STREAM), &[LOG_GROUP, LOGS]),
    (target("vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111111111111:service/s/u"), &[SERVICE]),
    (
        target("vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111111111111:service/s/u"),
        &[SERVICE, NETWORK],
    ),
    (target("s3:GetObject", OBJECT), &[BUCKET]),
];

/// Makes a world and a request out of a tape.
pub(crate) fn held(tape: &mut Tape) -> Held {
    let (target, holders) = tape.of(&LYING);
    let mut policies =
        holders.iter().filter_map(|arn| Some((*arn, standing(tape, target, arn)?))).collect::<Vec<_>>();
    let mut request = request_for(tape, &[Target { has_policy: false, ..target }]);
    if target.resource == OBJECT {
        request["resource_account"] = json!("111111111111"); // Else the world tells it where it declares the bucket.
    }
    let mut script = "account 111111111111\n".to_owned();
    for (arn, policy) in &policies {
        script += &format!("resource {arn} owner 111111111111 policy {policy}\n");
    }
    if holders.contains(&NETWORK) {
        script += &format!("resource {SERVICE} in {NETWORK}\n");
    }
    // I6: of a network without a policy nobody knows that it lets anybody in.
    if holders.contains(&NETWORK) && !policies.iter().any(|(arn, _)| *arn == NETWORK) {
        policies.push((NETWORK, json!({"Statement": []})));
    }
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    Held { request, world, policies }
}

/// A policy that speaks of what is asked for or, less often, of what it stands on alone.
fn standing(tape: &mut Tape, target: Target, arn: &'static str) -> Option<Value> {
    let resource = if tape.one_in(4) { arn } else { target.resource };
    let given = !tape.one_in(4);
    given.then(|| {
        let mut policy = named(policies::layer(tape, Target { resource, ..target }, Layer::Resource));
        for statement in statements(&mut policy).into_iter().filter(|_| arn == API || arn == TABLE) {
            shorten(tape, statement);
        }
        policy
    })
}

/// I3: some of the resources in the short form, which says nothing outside of the policy of an API.
fn shorten(tape: &mut Tape, statement: &mut Value) {
    const SHORT: [&str; 5] = [
        "execute-api:/*", "execute-api:/prod/*", "execute-api:/dev/GET/u", "execute-api:/*/GET/?",
        "execute-api:/PROD/*",
    ];
    for element in ["Resource", "NotResource"] {
        if statement.get(element).is_some() && tape.one_in(2) {
            statement[element] = json!(tape.of(&SHORT));
        }
    }
}

/// A18 is no matter of worlds: what is declared names principals.
pub(super) fn named(mut policy: Value) -> Value {
    for statement in statements(&mut policy) {
        if statement.get("Principal").or(statement.get("NotPrincipal")).is_none() {
            statement["Principal"] = json!("*");
        }
    }
    policy
}

fn statements(policy: &mut Value) -> Vec<&mut Value> {
    match &mut policy["Statement"] {
        Value::Array(list) => list.iter_mut().collect(),
        one => vec![one],
    }
}
