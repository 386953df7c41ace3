//! Secrets Manager: the policies of secrets.

use super::call::Call;
use super::operation::Operation;
use super::plan::Planned;
use super::resource;
use crate::policy::PolicyType;

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    Operation::of("secretsmanager", "put-resource-policy", "--secret-id SECRET --resource-policy DOCUMENT", "gives a secret a policy", put),
    Operation::of("secretsmanager", "get-resource-policy", "--secret-id SECRET", "shows the policy of a secret", get),
    Operation::of("secretsmanager", "delete-resource-policy", "--secret-id SECRET", "takes it away", delete),
];

/// The ARN of the secret that the call names by ARN or name; behind its name the ARN of a secret has six letters
/// that AWS draws.
fn secret(call: &Call<'_>) -> String {
    let id = call.word("secret-id");
    if id.starts_with("arn:") {
        return id.to_owned();
    }
    let start = format!("arn:aws:secretsmanager:{}:{}:secret:{id}", call.region, call.account);
    let drawn = |arn: &str| {
        arn.strip_prefix(&*start)
            .is_some_and(|tail| tail.is_empty() || (tail.len() == 7 && tail.starts_with('-')))
    };
    let known = call.world.resources().find(|one| drawn(&one.arn)).map(|one| one.arn.to_string());
    known.unwrap_or(start)
}

fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    resource::put_policy(call, secret(call), "resource-policy", PolicyType::ResourceBased)
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    resource::get_policy(call, secret(call), "ResourcePolicy")
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    resource::delete_policy(call, secret(call))
}
