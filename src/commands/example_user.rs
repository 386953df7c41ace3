//! Who asks where policies are given and nobody is named.

use crate::names::Arn;

/// The account of who asks where the resource belongs to no account.
const EXAMPLE: &str = "123456789012";

/// I31: who asks where nobody is named belongs to the account of the resource.
pub fn example_user(resource: Option<&str>) -> String {
    let arn = resource.and_then(Arn::parse);
    let account = arn.and_then(|arn| arn.account_id()).map(|id| id.to_string());
    let partition = arn.map(|arn| arn.partition()).filter(|partition| !partition.is_empty());
    let (partition, account) = (partition.unwrap_or("aws"), account.unwrap_or_else(|| EXAMPLE.to_owned()));
    format!("arn:{partition}:iam::{account}:user/example-user")
}
