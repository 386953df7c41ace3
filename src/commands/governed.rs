//! The resource to which a policy belongs that a file holds.

use crate::names::has_wildcard;
use crate::policy::Policy;
use crate::world::WorldError;

/// The role whose trust policy a file holds, where nobody says which.
const EXAMPLE_ROLE: &str = "arn:aws:iam::123456789012:role/example-role";

/// The resource that a policy speaks of: a bucket by its objects; a role where it names none.
pub(super) fn governed(policy: &Policy) -> Result<String, WorldError> {
    let elements = policy.statements().iter().filter_map(|statement| statement.resource.as_ref());
    let mut texts =
        elements.flat_map(|element| policy.texts(element.patterns)).map(|text| policy.text(text)).peekable();
    if texts.peek().is_none() {
        return Ok(EXAMPLE_ROLE.to_owned());
    }
    let own = |text: &str| match text.contains(":s3:::") {
        true => text.split('/').next().unwrap_or_default().to_owned(),
        false => text.to_owned(),
    };
    let mut named =
        texts.map(|text| own(&text)).filter(|text| text.starts_with("arn:") && !has_wildcard(text));
    named.next().ok_or_else(|| {
        WorldError::new("which-resource", "", "the policy does not say which resource has it")
            .help("say it with `on`, such as `on arn:aws:sqs:us-east-1:111122223333:jobs`")
    })
}
