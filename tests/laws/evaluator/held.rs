//! Policies on containers: which of those that a world holds govern what is asked for (I1), and how they name it (I3).

use serde_json::Value;

use super::asked::{Asked, Kind};

/// The request with the policies that govern its resource, as if they had been given with it.
pub(crate) fn with_policies_of_holders(request: &Value, held: &[(&str, Value)], now: i64) -> Value {
    let asked = Asked::read(request, now);
    let governing = held.iter().filter(|(arn, _)| governs(arn, &asked));
    // VPC Lattice asks network and service each, everything else all policies together.
    let (networks, others): (Vec<_>, Vec<_>) =
        governing.partition(|(arn, _)| arn.contains(":servicenetwork/"));
    let mut given = request.clone();
    for (layer, list) in [("resource", others), ("service_network", networks)] {
        if !list.is_empty() {
            given["policies"][layer] = list.into_iter().map(|(arn, policy)| completed(arn, policy)).collect();
        }
    }
    given
}

/// I3: the short form in the policy of an API, with the API put in.
fn completed(arn: &str, policy: &Value) -> Value {
    match arn.contains(":execute-api:") {
        true => {
            let text = policy.to_string().replace("\"execute-api:/", &format!("\"{arn}/"));
            serde_json::from_str(&text).expect("a policy")
        }
        false => policy.clone(),
    }
}

fn governs(arn: &str, asked: &Asked) -> bool {
    let (on, of) = (arn.split(':').collect::<Vec<_>>(), asked.resource.split(':').collect::<Vec<_>>());
    let beside = on[..5] == of[..5];
    let (on, of) = (on[5..].join(":"), of[5..].join(":"));
    let (service, name) = asked.action.split_once(':').expect("an action has a colon");
    let below = |mark: char| of.strip_prefix(&*on).is_some_and(|rest| rest.starts_with(mark));
    beside
        && match service {
            "es" => name.starts_with("ESHttp") && below('/'),
            "execute-api" => ["Invoke", "InvalidateCache"].contains(&name) && below('/'),
            "glue" => {
                let kinds =
                    ["catalog", "database", "table", "tableVersion", "userDefinedFunction", "connection"];
                on == "catalog" && kinds.contains(&of.split('/').next().unwrap_or_default())
            }
            "s3vectors" => on == of || below('/'),
            "codeartifact" => {
                let (on, of) = (on.split('/').collect::<Vec<_>>(), of.split('/').collect::<Vec<_>>());
                let in_domain =
                    on[0] == "domain" && ["repository", "package"].contains(&of[0]) && on[1] == of[1];
                let in_repository = on[0] == "repository" && of[0] == "package" && on[1..] == of[1..3];
                on == of || in_domain || in_repository
            }
            "s3" => on == of || below('/'),
            "s3tables" => on == of || (!on.contains("/table/") && below('/')),
            "dynamodb" => on == of || of.strip_prefix(&*on).is_some_and(|rest| rest.starts_with("/index/")),
            "lambda" => on == of || below(':'),
            "events" => match of.split('/').collect::<Vec<_>>()[..] {
                ["rule", _] => on == "event-bus/default",
                ["rule", bus, _] => on == format!("event-bus/{bus}"),
                _ => on == of,
            },
            "logs" => {
                let group = on.starts_with("resource-policy:") || below(':');
                asked.kind == Kind::Service && ["CreateLogStream", "PutLogEvents"].contains(&name) && group
            }
            // What is asked for lies in the only service, and that in the only network of these worlds.
            "vpc-lattice-svcs" => on.starts_with("servicenetwork/") || below('/'),
            _ => on == of,
        }
}
