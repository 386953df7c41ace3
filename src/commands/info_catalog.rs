//! What the catalog knows of actions, condition keys and resource types, as text of several lines.

use super::describe::names;
use crate::catalog::{
    AccessLevel, ActionFacts, ApiOperation, Catalog, KeyFacts, ResourceTypeFacts, ServiceFacts,
};
use crate::facts::{self, KeySetter};
use crate::source::first_of;

/// Of how many resource types the keys are told, too.
const FEW: usize = 4;

/// How many names of a kind are told.
const MOST: usize = 12;

/// An action: its level, what it is asked for, the keys of the request, and what comes with it.
pub(super) fn action_text(catalog: &Catalog, action: ActionFacts<'_>) -> String {
    let name = action.to_string();
    let mut lines = vec![
        format!("action {name} of {}", action.service().name()),
        format!("access level    {}", action.level().name()),
    ];
    lines.extend(resource_lines(action));
    lines.extend(key_lines("condition keys", action.condition_keys().collect()));
    let dependent: Vec<String> = action.dependent_actions().map(|other| other.to_string()).collect();
    if !dependent.is_empty() {
        lines.push(format!("also needs      {} (AWS's advice, no part of a decision)", dependent.join(", ")));
    }
    let operations = ApiOperation::needing(&name);
    if !operations.is_empty() {
        lines.push(format!("operations      {}", first_of(MOST, &operations)));
    }
    lines.extend(facts::by_real_action(&name).map(|task| match super::info::over(task) {
        Some(over) => format!("was root-only   {over} ({}: {})", task.id, task.task),
        None => format!("root-only task  {}: {}", task.id, task.task),
    }));
    lines.push(format!("catalog of      {}", catalog.date()));
    lines.join("\n")
}

/// Each resource type with its ARNs and its own keys.
fn resource_lines(action: ActionFacts<'_>) -> Vec<String> {
    if !action.has_resource_types() {
        return vec!["asked for       `*`: it has no resource type (A46)".to_owned()];
    }
    let mut lines = Vec::new();
    let types: Vec<_> = action.resource_types().collect();
    for used in &types {
        let one = used.resource_type();
        let label = if lines.is_empty() { "asked for" } else { "" };
        let arns: Vec<&str> = one.arn_formats().collect();
        let required = if used.is_required() { ", required" } else { "" };
        lines.push(format!("{label:<14}  {}{required}: {}", one.name(), arns.join(" or ")));
        let own: Vec<&str> = used.condition_keys().map(KeyFacts::name).collect();
        if !own.is_empty() && types.len() <= FEW {
            lines.push(format!("{:<14}  with {}", "", first_of(MOST, &own)));
        }
    }
    if types.len() > FEW {
        let example = format!("{}:{}", action.service().prefix(), types[0].resource_type().name());
        lines.push(format!("{:<14}  `info {example}` tells the keys of a type", ""));
    }
    lines
}

/// Keys by their type and who sets them.
fn key_lines(label: &str, keys: Vec<KeyFacts<'_>>) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for key in keys {
        let setter = facts::known_key_origin(key.name()).map(|origin| setter_words(origin.setter));
        let from = setter.map(|setter| format!(", from {setter}")).unwrap_or_default();
        let said = format!("{}{from}", type_words(key));
        match groups.iter_mut().find(|(known, _)| *known == said) {
            Some((_, names)) => names.push(key.name()),
            None => groups.push((said, vec![key.name()])),
        }
    }
    if groups.is_empty() {
        return vec![format!("{label:<14}  none of its own; global ones such as aws:SourceIp always count")];
    }
    let line = |(number, (said, names)): (usize, (String, Vec<&str>))| {
        let label = if number == 0 { label } else { "" };
        format!("{label:<14}  {} ({said})", names.join(", "))
    };
    groups.into_iter().enumerate().map(line).collect()
}

fn type_words(key: KeyFacts<'_>) -> String {
    let many = if key.is_multivalued() { "list of " } else { "" };
    let second = key.second_kind().map(|kind| format!(" or {}", kind.name())).unwrap_or_default();
    format!("{many}{}{second}", key.kind().name())
}

fn setter_words(setter: KeySetter) -> &'static str {
    match setter {
        KeySetter::Caller => "the call",
        KeySetter::SignIn => "whoever signs in",
        KeySetter::Owner => "the owner of the resource",
        KeySetter::Iam => "IAM, by who calls",
        KeySetter::Network => "the network",
        KeySetter::Service => "the service that calls",
        KeySetter::IdentityProvider => "the identity provider",
    }
}

/// A condition key: its type, who sets it, when it is there, and the actions that list it.
pub(super) fn key_text(catalog: &Catalog, key: KeyFacts<'_>) -> String {
    let global = if key.is_global() { "global" } else { "of services" };
    let many = match key.is_multivalued() {
        true => "multivalued: use ForAllValues or ForAnyValue",
        false => "single-valued",
    };
    let mut lines = vec![
        format!("condition key {} ({global})", key.name()),
        format!("type      {}, {many}", type_words(key)),
        format!(
            "there     {}",
            if key.is_always_present() { "in every request" } else { "where it applies" }
        ),
    ];
    if let Some(origin) = facts::known_key_origin(key.name()) {
        let how = origin.how.map(|how| format!(": `{how}`")).unwrap_or_default();
        lines.insert(2, format!("set by    {}{how}", setter_words(origin.setter)));
    }
    if key.is_legacy() {
        lines.push("old       AWS advises against it".to_owned());
    }
    let listing = catalog.actions().filter(|action| action.lists_key(key)).map(|action| action.to_string());
    let listing: Vec<String> = listing.collect();
    if !listing.is_empty() {
        lines.push(format!("listed by {}", first_of(MOST, &listing)));
    }
    lines.push(format!("catalog of {}", catalog.date()));
    lines.join("\n")
}

/// A service: how many actions of each level it has, its resource types, and what to ask further.
pub(super) fn service_text(catalog: &Catalog, service: ServiceFacts<'_>) -> String {
    let prefix = service.prefix();
    let mut lines = vec![format!("service {prefix}: {}", service.name())];
    let of_level = |level| service.actions().filter(|action| action.level() == level).count();
    let counts = AccessLevel::ALL.map(|level| (of_level(level), level.name().to_lowercase()));
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}"));
    let counts: Vec<String> = counts.collect();
    lines.push(format!("actions         {}: {}", service.actions().len(), counts.join(", ")));
    let types: Vec<&str> = service.resource_types().map(|one| one.name()).collect();
    if let Some(first) = types.first() {
        lines.push(format!("resource types  {}", first_of(MOST, &types)));
        lines.push(format!("try             `info {prefix}:{first}`, `expand {prefix}:*`"));
    } else {
        lines.push(format!("try             `expand {prefix}:*`"));
    }
    lines.push(format!("catalog of      {}", catalog.date()));
    lines.join("\n")
}

/// The resource types that a word names: `s3:bucket`.
pub(super) fn resource_types<'c>(catalog: &'c Catalog, word: &str) -> Vec<ResourceTypeFacts<'c>> {
    let Some((service, name)) = word.split_once([':', ' ']) else { return Vec::new() };
    let types = catalog.service(service).into_iter().flat_map(|service| service.resource_types());
    types.filter(|one| one.name().eq_ignore_ascii_case(name.trim())).collect()
}

/// A resource type: its ARNs, its keys, and the actions that take it, by their level.
pub(super) fn type_text(catalog: &Catalog, one: ResourceTypeFacts<'_>) -> String {
    let service = one.service();
    let mut lines = vec![format!("resource type {} of {}", one.name(), service.name())];
    for (number, arn) in one.arn_formats().enumerate() {
        lines.push(format!("{:<14}  {arn}", if number == 0 { "ARN" } else { "" }));
    }
    lines.extend(key_lines("condition keys", one.condition_keys().collect()));
    let takes = |action: &ActionFacts<'_>| action.resource_types().any(|used| used.resource_type() == one);
    let actions: Vec<ActionFacts<'_>> = catalog.actions().filter(takes).collect();
    for level in AccessLevel::ALL {
        let own = actions.iter().filter(|action| action.level() == level).map(ToString::to_string);
        let own: Vec<String> = own.collect();
        if !own.is_empty() {
            let label = level.name().split(' ').next().unwrap_or_default();
            lines.push(format!("{label:<14}  {}", first_of(MOST, &own)));
        }
    }
    if actions.is_empty() {
        lines.push(format!("{:<14}  {}", "actions", names(std::iter::empty::<&str>())));
    }
    lines.push(format!("catalog of      {}", catalog.date()));
    lines.join("\n")
}
