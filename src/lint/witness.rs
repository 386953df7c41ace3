//! Requests that show what a policy allows: the engine has decided each.

use super::subject::{LintSubject, LintedStatement};
use crate::catalog::{ActionFacts, Catalog, ResourceUse};

impl LintSubject<'_> {
    /// A resource on which whoever has this policy may do something that a statement is about, with nothing else in the
    /// request.
    pub(super) fn witness(&self, statement: LintedStatement<'_>, action: &str) -> Option<String> {
        let listed = self.catalog.action(action)?;
        let named = statement.resources().filter(|_| statement.names_resources());
        let named = named.flat_map(|(_, pattern)| match &*pattern {
            "*" => own_resources(listed),
            pattern => vec![covered_by(pattern)],
        });
        let mut candidates =
            named.chain(own_resources(listed).into_iter().filter(|_| !statement.names_resources()));
        candidates.find(|resource| self.grants(action, resource))
    }
}

/// A resource that a pattern covers.
fn covered_by(pattern: &str) -> String {
    pattern.replace('*', "iamwhy-witness").replace('?', "w")
}

/// The resources that a call of an action is asked for; `None` for an action that the catalog does not list.
pub(super) fn resources_of(catalog: &Catalog, action: &str) -> Option<Vec<String>> {
    Some(own_resources(catalog.action(action)?))
}

/// One resource of each type that a call needs; of several that it may need, one of the first.
fn own_resources(action: ActionFacts<'_>) -> Vec<String> {
    let arn = |used: ResourceUse<'_>| used.resource_type().arn_formats().next().map(filled);
    let needed: Vec<String> =
        action.resource_types().filter(|used| used.is_required()).filter_map(arn).collect();
    match needed.is_empty() {
        false => needed,
        true => vec![action.resource_types().find_map(arn).unwrap_or_else(|| "*".to_owned())],
    }
}

/// An ARN of a form, in the account of the example.
fn filled(format: &str) -> String {
    let mut arn = String::new();
    let mut rest = format;
    while let Some((before, (name, after))) =
        rest.split_once("${").and_then(|(before, hole)| Some((before, hole.split_once('}')?)))
    {
        let value = match name {
            "Partition" => "aws",
            "Region" => "us-east-1",
            "Account" => "123456789012",
            _ => "iamwhy-witness",
        };
        arn.extend([before, value]);
        rest = after;
    }
    arn + rest
}
