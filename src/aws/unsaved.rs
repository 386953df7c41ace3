//! Policy documents that IAM does not save, with its words (I30, D53).

use crate::names::has_wildcard;
use crate::policy::{Policy, Statement, Text, TextList};
use crate::source::{Diagnostic, Place, Severity};

/// AWS's words for a document, and what is wrong with it.
pub(super) struct Unsaved {
    pub(super) words: String,
    pub(super) found: Diagnostic,
}

const NO_ACTIONS: &str = "Policy statement must contain actions.";
const NO_RESOURCES: &str = "Policy statement must contain resources.";

/// What IAM says of an ARN that it cannot make anything of.
const LEGACY: &str = "The policy failed legacy parsing";

/// AWS's words for what makes a document unusable here, too; `None` = syntax errors, in the words of the service.
pub(super) fn words(found: &[Diagnostic]) -> Option<&'static str> {
    let first = found.iter().find(|diagnostic| diagnostic.severity == Severity::Error)?;
    let names = |element: &str| first.message.contains(&format!("`{element}`"));
    Some(match first.code {
        "missing-element" if names("Action") => NO_ACTIONS,
        "missing-element" if names("Resource") => NO_RESOURCES,
        "duplicate-sid" => "Statement IDs (SID) in a single policy must be unique.",
        "forbidden-element" if names("Principal") || names("NotPrincipal") => {
            "Policy document should not specify a principal."
        }
        "forbidden-element" if names("Resource") => "Has prohibited field Resource",
        _ => return None,
    })
}

/// What IAM does not save of a document that is understood, in an account of a partition.
pub(super) fn unsaved(policy: &Policy, partition: &str) -> Option<Unsaved> {
    let mut statements = policy.statements().iter();
    statements.find_map(|statement| StatementToSave { policy, statement, partition }.unsaved())
}

struct StatementToSave<'p> {
    policy: &'p Policy,
    statement: &'p Statement,
    partition: &'p str,
}

impl<'p> StatementToSave<'p> {
    fn unsaved(&self) -> Option<Unsaved> {
        let (actions, resource) = (self.statement.action.patterns, self.statement.resource);
        let resources = resource.map(|resource| resource.patterns);
        self.empty(actions, NO_ACTIONS)
            .or_else(|| self.texts(actions).find_map(|text| self.action(text)))
            .or_else(|| self.empty(resources?, NO_RESOURCES))
            .or_else(|| self.texts(resources?).find_map(|text| self.resource(text)))
    }

    fn texts(&self, list: TextList) -> impl Iterator<Item = &'p Text> {
        self.policy.texts(list).iter()
    }

    fn empty(&self, list: TextList, words: &str) -> Option<Unsaved> {
        let found = || Diagnostic::error("empty-element", "the list is empty");
        let place = Place::new(self.policy.source(), list.span);
        list.is_empty().then(|| Unsaved { words: words.to_owned(), found: found().at(place, "") })
    }

    fn action(&self, text: &Text) -> Option<Unsaved> {
        let action = self.policy.text(text);
        if *action == *"*" {
            return None;
        }
        let words = match action.split_once(':') {
            None => "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".to_owned(),
            Some((_, name)) if name.contains(':') => {
                "Actions/Condition can contain only one colon.".to_owned()
            }
            Some((vendor, _)) if !is_vendor(vendor) => format!("Vendor {vendor} is not valid"),
            Some(_) => return None,
        };
        Some(self.refused(text, words, format!("`{action}` is not of the form `service:Name`")))
    }

    /// A `*` may stand for the partition (M); one that is written out has to be the account's.
    fn resource(&self, text: &Text) -> Option<Unsaved> {
        let resource = self.policy.text(text);
        let Some(behind) = resource.strip_prefix("arn:") else {
            let words = format!("Resource {resource} must be in ARN format or \"*\".");
            let what = format!("`{resource}` is neither `*` nor an ARN");
            return (*resource != *"*").then(|| self.refused(text, words, what));
        };
        let partition = partition_of(behind);
        let service = behind[partition.len()..].strip_prefix(':').and_then(|rest| rest.split(':').next());
        if service == Some("") {
            let what = format!("`{resource}` names no service");
            return Some(self.refused(text, LEGACY.to_owned(), what));
        }
        if partition == self.partition || (has_wildcard(partition) && !partition.contains("${")) {
            return None;
        }
        let words = format!("Partition \"{partition}\" is not valid for resource \"{resource}\".");
        let what = format!("the account is in partition `{}`", self.partition);
        Some(self.refused(text, words, what))
    }

    fn refused(&self, text: &Text, words: String, what: String) -> Unsaved {
        let place = Place::new(self.policy.source(), text.token());
        Unsaved { words, found: Diagnostic::error("not-saved", what).at(place, "") }
    }
}

/// The partition at the start of what stands behind `arn:`; a variable that was left in it holds colons of its own.
fn partition_of(text: &str) -> &str {
    let variable = text.starts_with("${").then(|| text.find('}')).flatten().unwrap_or_default();
    let end = text[variable..].find(':').map_or(text.len(), |colon| variable + colon);
    &text[..end]
}

/// What can stand before the colon of an action.
fn is_vendor(vendor: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*' | b'?');
    !vendor.is_empty() && vendor.bytes().all(fits)
}
