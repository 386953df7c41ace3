//! Resources that a statement covers.

use super::filler::{FILLING, Filler};
use super::key_test::template;
use crate::policy::{OF_API, Policy, Statement};

/// The resource where a statement leaves it open.
const ANY_RESOURCE: &str = "arn:aws:s3:::bench-bucket/bench-object";

/// Resources that a statement may mean which only says what it does not.
const OTHER_RESOURCES: [&str; 2] =
    ["arn:aws:sqs:eu-central-1:999999999999:other", "arn:aws:dynamodb:us-east-1:999999999999:table/other"];

/// How many pieces of a text are tried as the value of a variable.
const PIECES: usize = 12;

/// Resources that the statement covers, as templates; `own` is the one whose policy it is.
pub fn resources(
    policy: &Policy,
    statement: &Statement,
    filler: &Filler<'_>,
    own: Option<&str>,
) -> Vec<String> {
    let local = |arn: &str| arn.replacen("arn:aws:", &format!("arn:{}:", filler.partition), 1);
    let open = own.map_or_else(|| local(ANY_RESOURCE), str::to_owned);
    let mut found = Vec::new();
    match &statement.resource {
        Some(element) if !element.negated => {
            let texts = policy.texts(element.patterns).iter().map(|text| policy.text(text));
            let patterns = texts.map(|text| completed(template(policy, &text, &|_| None), own));
            let patterns: Vec<String> = patterns.collect();
            for filling in [FILLING, "x/x"] {
                let fill = |pattern: &str| match pattern {
                    "*" => open.clone(),
                    pattern => filler.arn(pattern, filling),
                };
                found.extend(patterns.iter().map(|pattern| fill(pattern)));
            }
            if patterns.iter().any(|pattern| !pattern.starts_with("arn:")) {
                found.push(open); // `a*` covers any ARN
            }
        }
        _ => {
            found.push(open);
            found.extend(OTHER_RESOURCES.map(local));
        }
    }
    found.dedup();
    found
}

/// I3: the short form of a method with the ARN of its API.
fn completed(pattern: String, own: Option<&str>) -> String {
    let api = own.and_then(|own| own.split('/').next());
    match (pattern.strip_prefix(OF_API), api) {
        (Some(method), Some(api)) => format!("{api}/{method}"),
        _ => pattern,
    }
}

/// What may stand for a variable that is to cover a text: whatever is between its `/` and `:`.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', ':']).filter(|piece| !piece.is_empty() && *piece != "*").take(PIECES)
}
