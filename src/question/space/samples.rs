//! Actions and resources for which two versions of a statement may come out apart.

use super::actions::actions;
use super::filler::Filler;
use super::keys::Keys;
use super::resources::resources;
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::names::{ActionName, Arn};

/// How many actions are tried of those that one version covers, and of those that both do.
const ACTIONS: usize = 12;

/// How many actions are looked at for them.
const LOOKED_AT: usize = 240;

/// How many resources of a kind are tried with each action.
const RESOURCES: usize = 6;

/// Actions that people know, to be tried before others.
const KNOWN: [&str; 6] =
    ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "iam:CreateUser", "ec2:RunInstances", "kms:Decrypt"];

/// An action and a resource.
pub type Sample = (String, Option<String>);

/// The actions and resources that both versions of a statement suggest, the likeliest first: actions that one covers
/// and the other does not, resources of both. What was asked about is tried before others.
pub fn samples(
    versions: [(&CompiledPolicy, usize); 2],
    filler: &Filler<'_>,
    asked: &[Sample],
) -> Vec<Sample> {
    let own = |(version, number): (&CompiledPolicy, usize)| {
        let written = version.policy().statements().get(number)?;
        Some(resources(version.policy(), written, filler, None))
    };
    let named: Vec<String> = versions.into_iter().filter_map(own).flatten().collect();
    let bare = Keys::new(std::iter::empty(), filler, |_| None);
    let named: Vec<String> = named.iter().map(|text| bare.fill(text).0).collect();
    let of_action = |action: String| {
        let resources = resources_of(&action, &named, filler, asked);
        resources.into_iter().map(move |resource| (action.clone(), resource))
    };
    actions_of(versions, filler.catalog, asked).into_iter().flat_map(of_action).collect()
}

/// The actions to try: those that only one version covers, then a choice of the others.
fn actions_of(versions: [(&CompiledPolicy, usize); 2], catalog: &Catalog, asked: &[Sample]) -> Vec<String> {
    let of_version = |(version, number): (&CompiledPolicy, usize)| {
        let statement = version.policy().statements().get(number)?;
        Some(actions(version.policy(), statement, catalog, Vec::new()).take(LOOKED_AT).collect::<Vec<_>>())
    };
    let known = asked.iter().map(|(action, _)| action.clone()).chain(KNOWN.map(str::to_owned));
    let (mut apart, mut alike): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for text in known.chain(versions.into_iter().filter_map(of_version).flatten()) {
        let Some(action) = ActionName::parse(&text).filter(|_| !text.starts_with("none:")) else { continue };
        let list = match versions.map(|version| covers(version, &action)) {
            [true, true] => &mut alike,
            [false, false] => continue,
            _ => &mut apart,
        };
        if !list.contains(&text) {
            list.push(text);
        }
    }
    [apart, alike].into_iter().flat_map(spread).collect()
}

fn covers((version, number): (&CompiledPolicy, usize), action: &ActionName<'_>) -> bool {
    version.statements().get(number).is_some_and(|statement| {
        let mut patterns = version.actions(statement).iter();
        patterns.any(|pattern| pattern.matches(version, action)) != statement.not_action
    })
}

/// The first half as it comes, the other half from all parts of the rest.
fn spread(mut list: Vec<String>) -> Vec<String> {
    let rest = list.split_off(list.len().min(ACTIONS / 2));
    let step = (rest.len() / (ACTIONS / 2)).max(1);
    list.extend(rest.into_iter().step_by(step).take(ACTIONS / 2));
    list
}

/// The resources to try with an action: those named that fit it, those asked about, the plainest of its types, none.
fn resources_of(
    action: &str,
    named: &[String],
    filler: &Filler<'_>,
    asked: &[Sample],
) -> Vec<Option<String>> {
    let facts = filler.catalog.action(action);
    let fits = |arn: &String| facts.is_none_or(|facts| facts.resource_type_of(arn).is_some());
    // A pattern without a key, `bucket*`, can also mean what is in the bucket.
    let named = named.iter().flat_map(|arn| ["", "2", "/x", "2/x"].map(|end| format!("{arn}{end}")));
    let types = facts.into_iter().flat_map(|facts| facts.resource_types());
    let mut formats: Vec<&str> = types.filter_map(|used| used.resource_type().arn_formats().next()).collect();
    formats.sort_by_key(|format| format.matches("${").count());
    let plainest = formats.into_iter().take(2).map(|format| filler.format(format));
    let known = asked.iter().filter_map(|(_, arn)| arn.clone()).filter(fits).take(RESOURCES);
    let mut found: Vec<Option<String>> = Vec::new();
    for arn in named.filter(fits).take(RESOURCES).chain(known).chain(plainest).map(Some) {
        if arn.as_deref().is_some_and(|arn| Arn::parse(arn).is_some()) && !found.contains(&arn) {
            found.push(arn);
        }
    }
    if found.is_empty() { vec![None] } else { found }
}
