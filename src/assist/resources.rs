//! The resources of the world that an action can be asked for.

use super::candidate::Candidate;
use super::names::arns;
use super::vocabulary::Vocabulary;
use crate::catalog::{ActionFacts, ResourceUse};
use crate::explain::acts_on;

/// The ARNs that an action works on: of an action on objects those of the buckets, as far as the key. Where the world has
/// none such, every ARN.
pub(super) fn resources(
    typed: &str,
    action: Option<ActionFacts<'_>>,
    vocabulary: &Vocabulary,
) -> Vec<Candidate> {
    let known = vocabulary.world.resources().map(|resource| &*resource.arn);
    let found: Vec<Candidate> = match action {
        Some(action) => known.filter_map(|arn| asked_for(arn, action)).collect(),
        None => Vec::new(),
    };
    if found.is_empty() { arns(typed, vocabulary) } else { found }
}

/// How the ARN of a resource is asked for by an action: as it is, or with what follows it up to a name.
fn asked_for(arn: &str, action: ActionFacts<'_>) -> Option<Candidate> {
    if acts_on(action, arn) {
        return Some(Candidate::new(arn));
    }
    let own = action.service().resource_type_of(arn)?;
    let types = action.resource_types().map(ResourceUse::resource_type);
    let mut formats = types.flat_map(|kind| kind.arn_formats());
    let below = formats.find_map(|format| own.arn_formats().find_map(|own| format.strip_prefix(own)))?;
    let (until_name, _) = below.split_once('$')?;
    Some(Candidate::new(format!("{arn}{until_name}")).goes_on())
}
