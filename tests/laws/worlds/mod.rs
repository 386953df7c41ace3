//! Random small worlds: requests of a batch with all their policies, from an alphabet so small that things match.
//!
//! INVARIANT: whatever the tape, the request is well-formed and no policy of it is refused.
//!
//! Read first: [`worlds`].

mod conditions;
mod endpoints;
mod held;
mod labelled;
mod members;
mod organizations;
mod passed;
mod policies;
mod settings;
mod tape;

use iamwhy::batch::Batch;
use iamwhy::world::World;
use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;
use serde_json::{Map, Value, json};

pub(crate) use conditions::{KEYS, Key};
pub(crate) use endpoints::{Connected, KEYS_OF_ENDPOINTS, connected};
pub(crate) use held::{Held, held};
pub(crate) use labelled::{KEYS_OF_TAGS, Labelled, labelled};
pub(crate) use members::{Member, member};
pub(crate) use organizations::{Organized, organized};
pub(crate) use passed::{Passed, passed, without_policy_that_decides};
pub(crate) use policies::{Layer, statement};
pub(crate) use settings::{Set, outsider, set};
pub(crate) use tape::Tape;

/// 2026-11-23T00:00:00Z: what the clock says in all worlds.
pub(crate) const NOW: i64 = 1_795_392_000;

/// How laws are tried: so many times, with the cheapest random numbers, for most of the time goes into making cases.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let rng_algorithm = RngAlgorithm::XorShift;
    ProptestConfig { cases, rng_algorithm, failure_persistence: None, ..ProptestConfig::default() }
}

/// Random requests. Shrinking makes the tape shorter and smaller, and so the request simpler.
pub(crate) fn worlds() -> impl Strategy<Value = Value> {
    tapes().prop_map(|bytes| request(&mut Tape::new(bytes)))
}

/// Random requests for resources whose tags have two names, and of launches, which carry tags for some only.
pub(crate) fn worlds_of_tags() -> impl Strategy<Value = Value> {
    tapes().prop_map(|bytes| request_for(&mut Tape::new(bytes), &TAGGED))
}

/// Random bytes to draw choices from.
pub(crate) fn tapes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..500)
}

/// The answer of the engine in an empty world.
pub(crate) fn answer(request: &Value) -> Value {
    answer_in(&World::new(), request)
}

/// The answer of the engine.
pub(crate) fn answer_in(world: &World, request: &Value) -> Value {
    let mut out = String::new();
    Batch::new(world, NOW, "requests").answer(&request.to_string(), 1, &mut out);
    serde_json::from_str(&out).expect("an answer is JSON")
}

/// The decision of the engine; an error stands for itself.
pub(crate) fn decision(request: &Value) -> String {
    let answer = answer(request);
    answer["decision"].as_str().map_or_else(|| answer.to_string(), str::to_owned)
}

/// What is asked for: action, resource, and what kind of policy the resource has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) action: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) has_policy: bool,
}

impl Target {
    /// That of a request.
    pub(crate) fn of(request: &Value) -> Self {
        let is =
            |target: &&Self| request["action"] == target.action && request["resource"] == target.resource;
        TARGETS.iter().find(is).copied().unwrap_or(WEB_IDENTITY)
    }
}

const fn target(action: &'static str, resource: &'static str) -> Target {
    Target { action, resource, has_policy: true }
}

const OBJECT: &str = "arn:aws:s3:::b/u/k";
const BUCKET: &str = "arn:aws:s3:::b";
const SUBNET: &str = "arn:aws:ec2:us-east-1:111111111111:subnet/s";
const INSTANCE: &str = "arn:aws:ec2:us-east-1:111111111111:instance/i";
const QUEUE: &str = "arn:aws:sqs:us-east-1:111111111111:q";
const TABLE: &str = "arn:aws:dynamodb:us-east-1:111111111111:table/t";
const TOPIC: &str = "arn:aws:sns:us-east-1:111111111111:n";
const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k";
const ROLE: &str = "arn:aws:iam::111111111111:role/R";

const WEB_IDENTITY: Target = target("sts:AssumeRoleWithWebIdentity", ROLE);

const TAGGED: [Target; 5] = [
    Target { action: "ec2:RunInstances", resource: SUBNET, has_policy: false },
    Target { action: "ec2:StartInstances", resource: INSTANCE, has_policy: false },
    Target { action: "ec2:RunInstances", resource: "arn:aws:ec2:us-east-1::image/i", has_policy: false },
    target("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:s"),
    Target {
        action: "ssm:GetParameter",
        resource: "arn:aws:ssm:us-east-1:111111111111:parameter/p",
        has_policy: false,
    },
];

const TARGETS: [Target; 27] = [
    target("s3:GetObject", OBJECT),
    target("s3:PutObject", OBJECT),
    target("s3:ListBucket", BUCKET),
    target("s3:DeleteBucketPolicy", BUCKET),
    target("sqs:SendMessage", QUEUE),
    target("sqs:SetQueueAttributes", QUEUE),
    target("dynamodb:GetItem", TABLE),
    target("dynamodb:DeleteResourcePolicy", TABLE),
    target("sns:Publish", TOPIC),
    target("kms:Decrypt", KEY),
    target("kms:PutKeyPolicy", KEY),
    target("sts:AssumeRole", ROLE),
    target("sts:TagSession", ROLE),
    target("sqs:SendMessage", "arn:aws:sqs:us-east-1:222222222222:q"),
    target("kms:DescribeKey", "arn:aws:kms:eu-west-1:222222222222:key/k"),
    target("kms:RetireGrant", KEY),
    target("s3:GetObject", "arn:aws:s3:::b/v*/${x}"),
    Target {
        action: "sts:GetFederationToken",
        resource: "arn:aws:sts::111111111111:federated-user/f",
        has_policy: false,
    },
    target("sqs:SendMessage", "arn:aws-cn:sqs:us-east-1:111111111111:q"),
    Target { action: "ec2:DescribeInstances", resource: "*", has_policy: false },
    Target { action: "mechanicalturk:CreateHIT", resource: "*", has_policy: false },
    Target { action: "s3:ListAllMyBuckets", resource: "*", has_policy: false },
    Target { action: "kms:ListKeys", resource: "*", has_policy: false },
    Target { action: "sts:GetCallerIdentity", resource: "*", has_policy: false },
    TAGGED[0],
    TAGGED[1],
    Target { action: "iam:GetUser", resource: "arn:aws:iam::111111111111:user/u", has_policy: false },
];

/// Who asks; `issuer` of a federated user, `mark` for what goes with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Who {
    User,
    Session,
    Federated,
    Root,
    AssumedRoot,
    Other,
}

const PRINCIPALS: [(&str, Who); 19] = [
    ("arn:aws:iam::111111111111:user/u", Who::User),
    ("arn:aws:sts::111111111111:assumed-role/R/s", Who::Session),
    ("arn:aws:sts::111111111111:federated-user/f", Who::Federated),
    ("arn:aws:iam::111111111111:user/u", Who::User),
    ("arn:aws:sts::111111111111:assumed-role/R/s", Who::Session),
    ("arn:aws:iam::111111111111:user/team/v", Who::User),
    ("arn:aws:iam::111111111111:role/app/Q", Who::Session),
    ("arn:aws:iam::111111111111:root", Who::Root),
    ("arn:aws:iam::111111111111:root", Who::AssumedRoot),
    ("arn:aws:iam::222222222222:user/u", Who::User),
    ("arn:aws:sts::222222222222:assumed-role/R/s", Who::Session),
    ("arn:aws:iam::222222222222:root", Who::Root),
    ("arn:aws:sts::222222222222:federated-user/f", Who::Federated),
    ("arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/L", Who::Session),
    ("arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/C", Who::Session),
    ("service:sns.amazonaws.com", Who::Other),
    ("anonymous", Who::Other),
    ("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1", Who::Other),
    ("arn:aws:iam::111111111111:oidc-provider/p", Who::Other),
];

/// Makes a request out of a tape.
pub(crate) fn request(tape: &mut Tape) -> Value {
    request_for(tape, &TARGETS)
}

fn request_for(tape: &mut Tape, targets: &[Target]) -> Value {
    request_by(tape, &PRINCIPALS, targets)
}

fn request_by(tape: &mut Tape, principals: &[(&str, Who)], targets: &[Target]) -> Value {
    let (principal, who) = tape.of(principals);
    let mut target = tape.of(targets);
    if principal.contains("oidc-provider") {
        target = WEB_IDENTITY;
    }
    let mut request = json!({"action": target.action, "resource": target.resource});
    request["principal"] = match principal.strip_prefix("service:") {
        Some(service) => json!({"service": service}),
        None => json!(principal),
    };
    if who == Who::Federated && !tape.one_in(4) {
        let account = &principal[13..25];
        let issuers = ["user/u", "root"].map(|name| format!("arn:aws:iam::{account}:{name}"));
        request["issuer"] = json!(tape.of(&issuers));
    }
    // Without it the owner is taken to be the principal's account.
    if target.resource.starts_with("arn:aws:s3") && !tape.one_in(6) {
        request["resource_account"] = json!("111111111111");
    }
    let mut context = conditions::context(tape);
    if who == Who::AssumedRoot {
        context.insert("aws:AssumedRoot".to_owned(), json!("true"));
    }
    request["context"] = Value::Object(context);
    let issued_by_root = request["issuer"].as_str().is_some_and(|issuer| issuer.ends_with("root"));
    request["policies"] = Value::Object(all_policies(tape, target, who, issued_by_root));
    request
}

fn all_policies(tape: &mut Tape, target: Target, who: Who, issued_by_root: bool) -> Map<String, Value> {
    let mut policies = Map::new();
    let has_identity = matches!(who, Who::User | Who::Session | Who::Federated);
    let mut give = |layer: Layer, tape: &mut Tape| {
        policies.insert(layer.name().to_owned(), policies::layer(tape, target, layer));
    };
    if has_identity && !issued_by_root && !tape.one_in(4) {
        give(Layer::Identity, tape);
    }
    if target.has_policy && !tape.one_in(3) {
        give(Layer::resource(target), tape);
    }
    if has_identity && !issued_by_root && tape.one_in(4) {
        give(Layer::Boundary, tape);
    }
    if matches!(who, Who::Session | Who::Federated) && tape.one_in(3) {
        give(Layer::Session, tape);
    }
    if who == Who::AssumedRoot && tape.one_in(2) {
        give(Layer::Task, tape);
    }
    if tape.one_in(5) {
        give(Layer::Scp, tape);
    }
    if tape.one_in(12) {
        give(Layer::Rcp, tape);
    }
    if who != Who::Other && tape.one_in(6) {
        give(Layer::Endpoint, tape);
    }
    policies
}
