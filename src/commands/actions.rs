//! Actions that a command is given: names, patterns, and files that hold a policy or a list.

use std::sync::Arc;

use super::given_policy::GivenPolicy;
use crate::analysis::GrantedActions;
use crate::catalog::{ActionSet, Catalog};
use crate::recognise::{PolicyInside, policies_inside};
use crate::session::{Context, Failure, FileOf};
use crate::source::{Diagnostic, Place, Source, Span, first_of};
use crate::syntax::json::parse_json;
use crate::syntax::script::{Word, Words};
use crate::syntax::yaml::looks_like_yaml;

/// What a command is given that is about actions.
pub(super) struct GivenActions {
    patterns: Vec<Place>,
    policies: Vec<GivenPolicy>,
    /// What of policies nobody can list.
    remarks: Vec<Diagnostic>,
}

/// The actions that were given, and what the catalog does not know.
pub(super) struct ReadActions<'c> {
    pub(super) actions: ActionSet<'c>,
    /// The names and patterns that match no action of the catalog, as they are written.
    pub(super) unlisted: Vec<String>,
    pub(super) remarks: Vec<Diagnostic>,
}

impl GivenActions {
    /// What the words of a command name: a word with a colon is an action or a pattern, any other a file or the name of
    /// an AWS managed policy.
    pub(super) fn of(words: &Words<'_>, context: &mut Context<'_>) -> Result<Self, Failure> {
        let mut given = Self { patterns: Vec::new(), policies: Vec::new(), remarks: Vec::new() };
        for word in words.all("WORD") {
            if is_pattern(&word.text) {
                given.pattern(Place::new(context.source, word.span))?;
            } else {
                given.file(word, context)?;
            }
        }
        Ok(given)
    }

    fn file(&mut self, word: &Word<'_>, context: &mut Context<'_>) -> Result<(), Failure> {
        let source = context.file(word, FileOf::Policy)?;
        let text = source.text().trim_start_matches('\u{feff}').trim_start();
        let is_object = text.starts_with('{') || looks_like_yaml(text) && text.contains("Statement");
        let inside = if is_object { policies_inside(&source).map_err(Failure::from)? } else { None };
        match inside {
            Some(inside) => self.inside(&inside),
            None if is_object => {
                self.policies.push(GivenPolicy::known(parse_json(&source))?);
                Ok(())
            }
            None => list(&source).into_iter().try_for_each(|place| self.pattern(place)),
        }
    }

    /// The policies of something else; that one of them cannot be written down is said, unless it is the only one.
    fn inside(&mut self, inside: &[PolicyInside]) -> Result<(), Failure> {
        for one in inside {
            match one.unresolved().filter(|_| one.trees().is_empty()) {
                Some(wrong) if inside.len() == 1 => return Err(wrong.into()),
                Some(left_out) => self.remarks.push(left_out.help("nothing of it is listed")),
                None => self.policies.push(GivenPolicy::inside(one)?),
            }
        }
        Ok(())
    }

    fn pattern(&mut self, place: Place) -> Result<(), Failure> {
        if !is_pattern(bare(place.text())) {
            let what = format!("`{}` is no action", place.text());
            let wrong = Diagnostic::error("bad-action", what).at(place, "");
            return Err(wrong
                .help("an action is written `service:Name`, as in s3:GetObject or s3:Get*")
                .into());
        }
        self.patterns.push(place);
        Ok(())
    }

    /// Looks all of it up.
    pub(super) fn read(self, catalog: &Catalog) -> ReadActions<'_> {
        let mut actions = ActionSet::none(catalog);
        let mut remarks = self.remarks;
        let mut exceptions = Vec::new();
        let mut unlisted: Vec<Place> =
            self.patterns.into_iter().filter(|place| !actions.add(bare(place.text()))).collect();
        for policy in &self.policies {
            let (granted, open) = policy.granted(catalog);
            remarks.extend(open.into_iter().chain(in_part(policy.name(), &granted)));
            actions.include(&granted.actions);
            unlisted.extend(granted.unlisted);
            exceptions.extend(granted.unlisted_exceptions);
        }
        let missing: Vec<&Place> = unlisted.iter().chain(&exceptions).collect();
        let messages = not_listed(&missing, catalog);
        remarks.splice(0..0, messages);
        let unlisted = unlisted.iter().map(|place| bare(place.text()).to_owned()).collect();
        ReadActions { actions, unlisted, remarks }
    }
}

/// How many names that the catalog does not list are told of one by one.
const MOST_TOLD: usize = 5;

fn not_listed(missing: &[&Place], catalog: &Catalog) -> Vec<Diagnostic> {
    if missing.len() <= MOST_TOLD {
        let told = |place: &&Place| {
            let message = catalog.unlisted_action(bare(place.text()));
            Diagnostic::warning("unknown-action", message).at((*place).clone(), "")
        };
        return missing.iter().map(told).collect();
    }
    let names: Vec<String> = missing.iter().map(|place| format!("`{}`", bare(place.text()))).collect();
    let (count, date) = (missing.len(), catalog.date());
    let what = format!("{count} names are not in the catalog of {date}: {}", first_of(3, &names));
    let help = "`iamwhy catalog update` fetches what AWS lists today; AWS keeps names of what is retired";
    vec![Diagnostic::warning("unknown-action", what).help(help)]
}

/// Actions are told from paths by their colon; no action has a dot or a slash.
fn is_pattern(text: &str) -> bool {
    text == "*" || (text.contains(':') && !text.contains(['/', '\\', '.', ' ']))
}

/// A word of the prompt may be quoted.
fn bare(text: &str) -> &str {
    text.trim_matches('"')
}

/// The words of a list, which may be one in JSON.
fn list(source: &Arc<Source>) -> Vec<Place> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '[' | ']' | '\u{feff}');
    let mut places = Vec::new();
    for word in source.text().split(is_between).filter(|word| !word.is_empty()) {
        let start = word.as_ptr().addr() - source.text().as_ptr().addr();
        places.push(Place::new(source, Span::new(start as u32, (start + word.len()) as u32)));
    }
    places
}

fn in_part(policy: &str, granted: &GrantedActions<'_>) -> Option<Diagnostic> {
    let count = granted.taken_back_in_part.len();
    let what = format!(
        "{policy}: a Deny takes back {count} of these on some resources, for somebody, or under a condition"
    );
    (count > 0).then(|| Diagnostic::warning("denied-in-part", what))
}
