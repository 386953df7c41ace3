//! Questions that may tell two versions of a statement apart.

use crate::catalog::{ActionFacts, Catalog};
use crate::compile::{CompiledPolicy, CompiledStatement};
use crate::names::{AccountId, ActionName, Arn};
use crate::policy::{Statement, TextPart, parts};

/// How many actions are tried.
const ACTIONS: usize = 12;

/// How many resources of a kind are tried with each action.
const RESOURCES: usize = 6;

/// Actions that people know, to be tried before others.
const KNOWN: [&str; 10] = [
    "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "iam:CreateUser", "iam:PassRole",
    "ec2:RunInstances", "ec2:TerminateInstances", "kms:Decrypt", "sts:AssumeRole",
];

/// What was asked about, to be tried before others.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Actions.
    pub actions: Vec<String>,
    /// ARNs.
    pub resources: Vec<String>,
}

/// An action and a resource.
pub type Sample = (String, Option<String>);

/// The actions and resources that a statement and its changed form suggest, the likeliest first: actions that one
/// covers and the other does not, resources of both.
pub fn samples(
    old: &CompiledPolicy,
    new: &CompiledPolicy,
    statement: usize,
    account: AccountId,
    hints: &Hints,
) -> Vec<Sample> {
    let both = [old, new].map(|policy| StatementVersion::of(policy, statement));
    let [Some(old), Some(new)] = both else { return Vec::new() };
    let both = [old, new];
    let resources: Vec<String> = both.iter().flat_map(StatementVersion::resources).collect();
    let of_action = |action: String| {
        let resources = resources_of(&action, &resources, hints, account);
        resources.into_iter().map(move |resource| (action.clone(), resource))
    };
    actions(&both, hints).into_iter().flat_map(of_action).collect()
}

/// A statement in its policy.
struct StatementVersion<'v> {
    policy: &'v CompiledPolicy,
    statement: &'v CompiledStatement,
    ast: &'v Statement,
}

impl<'v> StatementVersion<'v> {
    fn of(policy: &'v CompiledPolicy, number: usize) -> Option<Self> {
        let statement = policy.statements().get(number)?;
        Some(Self { policy, statement, ast: policy.policy().statements().get(number)? })
    }

    fn covers(&self, action: &ActionName<'_>) -> bool {
        let mut patterns = self.policy.actions(self.statement).iter();
        patterns.any(|pattern| pattern.matches(self.policy, action)) != self.statement.not_action
    }

    /// Concrete actions that the patterns name.
    fn actions(&self) -> Vec<String> {
        let mut found = Vec::new();
        for pattern in self.policy.actions(self.statement) {
            let text = pattern.text(self.policy);
            match text.contains(['*', '?']) {
                true => found.extend(Catalog::embedded().matching_actions(text).map(name)),
                false => found.push(text.to_owned()),
            }
        }
        if self.statement.not_action {
            found.extend(["s3:GetObject", "iam:CreateUser", "ec2:RunInstances"].map(str::to_owned));
        }
        found.retain(|text| !text.starts_with("none:"));
        found
    }

    /// Concrete resources that the patterns name.
    fn resources(&self) -> Vec<String> {
        let list = self.ast.resource.map(|resource| self.policy.policy().texts(resource.patterns));
        let texts = list.unwrap_or_default().iter().map(|text| self.policy.policy().text(text));
        texts.filter(|text| text != "*").map(|text| concrete(&text)).collect()
    }
}

fn name(action: ActionFacts<'_>) -> String {
    action.to_string()
}

/// The actions to try: those that only one version covers, then a choice of the others.
fn actions(both: &[StatementVersion<'_>; 2], hints: &Hints) -> Vec<String> {
    let (mut apart, mut alike): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let known = hints.actions.iter().cloned().chain(KNOWN.map(str::to_owned));
    for text in known.chain(both.iter().flat_map(StatementVersion::actions)) {
        let Some(action) = ActionName::parse(&text) else { continue };
        let [old, new] = [&both[0], &both[1]].map(|version| version.covers(&action));
        let list = match (old, new) {
            (true, true) => &mut alike,
            (false, false) => continue,
            _ => &mut apart,
        };
        if list.len() < ACTIONS * 20 && !list.contains(&text) {
            list.push(text);
        }
    }
    let mut chosen = spread(apart);
    chosen.extend(spread(alike));
    chosen
}

/// The first half as it comes, the other half from all parts of the rest.
fn spread(mut list: Vec<String>) -> Vec<String> {
    let rest = list.split_off(list.len().min(ACTIONS / 2));
    let step = (rest.len() / (ACTIONS / 2)).max(1);
    list.extend(rest.into_iter().step_by(step).take(ACTIONS / 2));
    list
}

/// The resources to try with an action: those named that fit it, those asked about, the plainest of its types, none.
fn resources_of(action: &str, named: &[String], hints: &Hints, account: AccountId) -> Vec<Option<String>> {
    let facts = Catalog::embedded().action(action);
    let fits = |arn: &String| facts.is_none_or(|facts| facts.resource_type_of(arn).is_some());
    // A pattern without a key, `bucket*`, can also mean what is in the bucket.
    let named = named.iter().flat_map(|arn| {
        [arn.clone(), format!("{arn}2"), format!("{arn}/example"), format!("{arn}2/example")]
    });
    let types = facts.into_iter().flat_map(|facts| facts.resource_types());
    let mut formats: Vec<&str> = types.filter_map(|used| used.resource_type().arn_formats().next()).collect();
    formats.sort_by_key(|format| format.matches("${").count());
    let plainest = formats.into_iter().take(2).map(|format| filled(format, account));
    let known = hints.resources.iter().filter(|arn| fits(arn)).take(RESOURCES).cloned();
    let all = named.filter(fits).take(RESOURCES).chain(known).chain(plainest);
    let mut found: Vec<Option<String>> = Vec::new();
    for arn in all.filter(|arn| Arn::parse(arn).is_some()) {
        if !found.contains(&Some(arn.clone())) {
            found.push(Some(arn));
        }
    }
    if found.is_empty() {
        found.push(None);
    }
    found
}

/// An ARN of a format of the catalog.
fn filled(format: &str, account: AccountId) -> String {
    let format = format.replace("${Partition}", "aws").replace("${Region}", "us-east-1");
    concrete(&format.replace("${Account}", account.as_str()))
}

/// A text that a pattern covers: wildcards and variables are filled in.
fn concrete(pattern: &str) -> String {
    let filled = parts(pattern).map(|part| match part {
        TextPart::Plain(text) => text.replace("**", "*").replace('*', "example").replace('?', "x"),
        TextPart::Literal(text) | TextPart::Malformed(text) => text.to_owned(),
        TextPart::Variable { .. } => "example".to_owned(),
    });
    filled.collect()
}
