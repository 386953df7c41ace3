//! Lists of actions, written as patterns that cover exactly them among all that the catalog lists.

use std::collections::BTreeMap;

use super::actions::ListedActions;
use super::difference::StatementChange;

/// How many words are too many to be read.
const LONG: usize = 7;

impl ListedActions {
    /// Shorter words for a list of actions: `s3:Get*` where all that the catalog lists of these are among them.
    pub(super) fn folded(&self, actions: &[Box<str>]) -> Vec<String> {
        if self.names.len() > 1 && actions.len() == self.names.len() {
            return vec!["*".to_owned()];
        }
        let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for action in actions {
            let (service, name) = action.split_once(':').unwrap_or((action, ""));
            services.entry(service).or_default().push(name);
        }
        services.into_iter().flat_map(|(service, names)| self.folded_of(service, &names)).collect()
    }

    /// The actions that are not among those of a change, where they take much fewer words.
    pub(super) fn all_but(&self, change: &StatementChange) -> Vec<String> {
        if change.folded.len() < LONG || change.actions.len() * 2 < self.names.len() {
            return Vec::new();
        }
        let is_among = |name: &str| change.actions.binary_search_by(|own| (**own).cmp(name)).is_ok();
        let others: Vec<Box<str>> = self.names.iter().filter(|name| !is_among(name)).cloned().collect();
        let mut others = self.folded(&others);
        // Whole services come first: they are what most likely was meant.
        others.sort_by_key(|pattern| !pattern.ends_with(":*"));
        if others.len() * 2 < change.folded.len() { others } else { Vec::new() }
    }

    fn folded_of(&self, service: &str, names: &[&str]) -> Vec<String> {
        let listed = self.beginning_with(&format!("{service}:"));
        let all: Vec<&str> =
            self.names[listed].iter().filter_map(|name| name.split_once(':')).map(|(_, name)| name).collect();
        if all.len() > 1 && all.len() == names.len() {
            return vec![format!("{service}:*")];
        }
        let mut verbs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        names.iter().for_each(|name| verbs.entry(verb(name)).or_default().push(name));
        let written = |(verb, names): (&str, Vec<&str>)| {
            let listed = all.iter().filter(|name| name.starts_with(verb)).count();
            match names.len() > 1 && listed == names.len() {
                true => vec![format!("{service}:{verb}*")],
                false => names.into_iter().map(|name| format!("{service}:{name}")).collect(),
            }
        };
        verbs.into_iter().flat_map(written).collect()
    }
}

/// The first word of a name: `Get` of `GetObject`.
fn verb(name: &str) -> &str {
    let end = name.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_uppercase());
    end.map_or(name, |(at, _)| &name[..at])
}
