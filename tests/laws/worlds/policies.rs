//! Random policies for a target.

use serde_json::{Value, json};

use super::conditions::condition;
use super::{Tape, Target};

/// What a policy is given as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layer {
    Identity,
    Boundary,
    Session,
    Task,
    Resource,
    Trust,
    Endpoint,
    Scp,
    Rcp,
}

impl Layer {
    /// Its key in a request.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Boundary => "permissions_boundary",
            Self::Session | Self::Task => "session",
            Self::Resource | Self::Trust => "resource",
            Self::Endpoint => "vpc_endpoint",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
        }
    }

    /// What the policy of the target is.
    pub(crate) fn resource(target: Target) -> Self {
        if target.action.starts_with("sts:") { Self::Trust } else { Self::Resource }
    }
}

/// The policies of a layer.
pub(crate) fn layer(tape: &mut Tape, target: Target, layer: Layer) -> Value {
    match layer {
        Layer::Resource | Layer::Trust | Layer::Endpoint => policy(tape, target, layer),
        Layer::Scp | Layer::Rcp => {
            let levels = 1 + tape.below(2);
            (0..levels).map(|_| list(tape, target, layer)).collect()
        }
        _ => list(tape, target, layer),
    }
}

fn list(tape: &mut Tape, target: Target, layer: Layer) -> Value {
    let policies = 1 + tape.below(2);
    (0..policies).map(|_| policy(tape, target, layer)).collect()
}

fn policy(tape: &mut Tape, target: Target, layer: Layer) -> Value {
    let count = 1 + tape.below(3);
    let statements: Vec<Value> = (0..count).map(|_| statement(tape, target, layer, None)).collect();
    let mut policy = json!({"Statement": statements});
    if layer == Layer::Rcp || !tape.one_in(5) {
        policy["Version"] = json!("2012-10-17");
    }
    if count == 1 && tape.one_in(2) {
        policy["Statement"] = policy["Statement"][0].take();
    }
    policy
}

/// A random statement, of that effect if one is given.
pub(crate) fn statement(tape: &mut Tape, target: Target, layer: Layer, effect: Option<&str>) -> Value {
    let only_denies = matches!(layer, Layer::Rcp | Layer::Task);
    let drawn = if only_denies || tape.one_in(5) { "Deny" } else { "Allow" };
    let effect = effect.unwrap_or(drawn);
    let mut statement = json!({"Effect": effect});
    add_principal(tape, layer, target, &mut statement);
    add_action(tape, layer, target, &mut statement);
    if layer != Layer::Trust && !(layer == Layer::Resource && tape.one_in(8)) {
        add_resource(tape, layer, target, &mut statement);
    }
    if let Some(condition) = condition(tape) {
        statement["Condition"] = condition;
    }
    statement
}

const ACCOUNTS: [&str; 3] = ["111111111111", "arn:aws:iam::111111111111:root", "222222222222"];

const NAMED: [&str; 14] = [
    "arn:aws:iam::111111111111:user/u",
    "arn:aws:iam::111111111111:role/R",
    "arn:aws:sts::111111111111:assumed-role/R/s",
    "111111111111",
    "arn:aws:iam::111111111111:root",
    "arn:aws:sts::111111111111:federated-user/f",
    "arn:aws:iam::222222222222:user/u",
    "arn:aws:iam::222222222222:role/R",
    "arn:aws:sts::222222222222:assumed-role/R/s",
    "222222222222",
    "arn:aws:iam::111111111111:role/app/Q",
    "arn:aws:iam::111111111111:user/*",
    "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    "*",
];

fn add_principal(tape: &mut Tape, layer: Layer, target: Target, statement: &mut Value) {
    match layer {
        Layer::Rcp => statement["Principal"] = json!("*"),
        Layer::Endpoint => {
            statement["Principal"] = match tape.below(4) {
                0 | 1 => json!("*"),
                2 => json!({"AWS": tape.of(&ACCOUNTS)}),
                // A56: a gateway endpoint knows no single principals.
                _ if target.action.starts_with("s3:") || target.action.starts_with("dynamodb:") => {
                    json!({"AWS": "*"})
                }
                _ => json!({"AWS": tape.of(&NAMED)}),
            }
        }
        Layer::Resource | Layer::Trust => {
            let negated = layer == Layer::Resource && tape.one_in(7);
            if tape.one_in(20) && layer == Layer::Resource {
                return; // A18
            }
            let element = principal(tape);
            // A34 and D28 leave open which wins for `*`.
            let name = if negated { "NotPrincipal" } else { "Principal" };
            let everyone = element == "*" || element["AWS"].to_string().contains("\"*\"");
            statement[if everyone { "Principal" } else { name }] = element;
        }
        _ => {}
    }
}

fn principal(tape: &mut Tape) -> Value {
    match tape.below(8) {
        0 => json!("*"),
        1 | 2 => json!({"AWS": tape.of(&NAMED)}),
        3 => json!({"AWS": [tape.of(&NAMED), tape.of(&NAMED), tape.of(&NAMED)]}),
        4 => json!({"AWS": ["111111111111", "arn:aws:iam::111111111111:role/R",
            "arn:aws:sts::111111111111:assumed-role/R/s", "arn:aws:iam::111111111111:user/u",
            tape.of(&NAMED)]}),
        5 => json!({"Service": tape.of(&["sns.amazonaws.com", "ec2.amazonaws.com"])}),
        6 => json!({"Federated": "arn:aws:iam::111111111111:oidc-provider/p"}),
        _ => json!({"AWS": tape.of(&NAMED), "Service": "sns.amazonaws.com"}),
    }
}

fn add_action(tape: &mut Tape, layer: Layer, target: Target, statement: &mut Value) {
    let negated = layer != Layer::Rcp && tape.one_in(6);
    let count = 1 + tape.below(2);
    let patterns: Vec<String> = (0..count).map(|_| action(tape, layer, target.action)).collect();
    let element = if count == 1 { json!(patterns[0]) } else { json!(patterns) };
    statement[if negated { "NotAction" } else { "Action" }] = element;
}

fn action(tape: &mut Tape, layer: Layer, action: &str) -> String {
    let (service, name) = action.split_once(':').expect("an action has a colon");
    match tape.below(10) {
        0 if layer == Layer::Rcp => format!("{service}:*"),
        0 => "*".to_owned(),
        1 => action.to_owned(),
        2 => format!("{service}:*"),
        3 => format!("{service}:{}*", &name[..3]),
        4 => action.to_uppercase(),
        5 => format!("{service}:?{}", &name[1..].to_lowercase()),
        6 => format!("{}*:*{}", &service[..2], &name[2..]),
        7 => "ec2:RunInstances".to_owned(),
        8 => format!("{service}:?{name}"),
        _ => format!("{service}:*e*"),
    }
}

fn add_resource(tape: &mut Tape, layer: Layer, target: Target, statement: &mut Value) {
    let negated = tape.one_in(6);
    let count = 1 + tape.below(2);
    let patterns: Vec<String> = (0..count).map(|_| resource(tape, layer, target.resource)).collect();
    let element = if count == 1 { json!(patterns[0]) } else { json!(patterns) };
    statement[if negated { "NotResource" } else { "Resource" }] = element;
}

fn resource(tape: &mut Tape, layer: Layer, arn: &str) -> String {
    let arn = if arn == "*" { "arn:aws:s3:::*" } else { arn };
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let may_be_short = !matches!(layer, Layer::Session | Layer::Scp | Layer::Rcp | Layer::Task);
    let before = fields[..5].join(":");
    match tape.below(14) {
        0 => "*".to_owned(),
        1 => arn.to_owned(),
        2 => format!("{before}:*"),
        3 => format!("{before}:{}*", &fields[5][..1]),
        4 => format!("{before}:?{}", &fields[5][1..]),
        5 => "arn:aws:s3:::b/${aws:username}/*".to_owned(),
        6 => format!("arn:aws:{}:*:*:*", fields[2]),
        7 => "arn:aws:s3:::b/${aws:PrincipalTag/t, 'u'}/?".to_owned(),
        8 => format!("arn:*:{}:{}:${{aws:PrincipalAccount}}:*", fields[2], fields[3]),
        9 if may_be_short => format!("arn:aws:{}:*", fields[2]),
        10 if may_be_short => format!("arn:aws:{}", fields[2]),
        11 => "arn:aws:s3:::b/*k".to_owned(),
        12 => format!("{before}:{}", fields[5].to_uppercase()),
        _ => "arn:aws:s3:::c/*".to_owned(),
    }
}
