//! The policies of AWS where a file with a policy is asked for.

use std::sync::Arc;

use super::outside::Unreadable;
use crate::facts::{managed_policy, managed_policy_names, root_task_policy};
use crate::source::{Source, nearest};

/// The policy of AWS that a word names where no file is called so, by its name or ARN; else the reason why there is
/// nothing to read, with the name that was perhaps meant.
///
/// # Errors
/// If AWS has no such policy either.
pub fn aws_policy_in_place_of(word: &str, wrong: Unreadable) -> Result<Arc<Source>, Unreadable> {
    if wrong.code != "no-such-file" {
        return Err(wrong);
    }
    let of_aws = managed_policy(word).or_else(|| root_task_policy(word));
    let Some(facts) = of_aws else { return Err(meant(word, wrong)) };
    Ok(Source::new(facts.arn, facts.document))
}

fn meant(word: &str, wrong: Unreadable) -> Unreadable {
    let name = word.strip_prefix("arn:").and_then(|arn| arn.rsplit('/').next());
    let near = || nearest(name.unwrap_or(word), managed_policy_names());
    match wrong.help.is_none().then(near).flatten() {
        Some(near) => Unreadable { help: Some(format!("did you mean AWS's policy `{near}`?")), ..wrong },
        None => wrong,
    }
}
