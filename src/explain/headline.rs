//! The second line of an answer: the kind of the verdict, and by what.

use std::borrow::Borrow;

use super::{Because, Verdict};
use crate::policy::{Effect, Layer};
use crate::question::Asked;
use crate::trace::{Gate, GateName, StatementAt};
use crate::world::PrincipalKind;

/// How many of several values are named.
const NAMED: usize = 4;

impl Asked<'_> {
    /// The line under the verdict: `explicit deny: NoDelete, statement 1 (identity-based)`.
    pub fn headline(&self) -> String {
        if self.verdict() == Verdict::Depends {
            return self.depends_headline();
        }
        match (&self.trace.gate, self.verdict()) {
            (Some(gate), _) => gate_headline(gate),
            (None, Verdict::Allowed) => self.allowed_headline(),
            (None, Verdict::ExplicitDeny) => self.deny_headline(),
            (None, _) => self.missing_headline(),
        }
    }

    fn depends_headline(&self) -> String {
        if let Some(unknown) = self.unknown() {
            return self.unknown_headline(unknown);
        }
        let needs = self.needs();
        match &self.trace.gate {
            Some(gate) if gate.unknown => gate.reason.clone(),
            _ if self.hangs_on_resource() => {
                format!(
                    "it hangs on which resource is meant: `{}` is all that could be read",
                    self.request.resource().text()
                )
            }
            _ if !needs.is_empty() => format!("it hangs on {}, which nobody gave", list(&needs)),
            _ => format!("it hangs on {}, which could not be consulted", list(&self.incomplete())),
        }
    }

    fn allowed_headline(&self) -> String {
        let because = self.because();
        // The layer that grants comes before those that only limit.
        let granting = [Layer::IdentityBased, Layer::ResourceBased];
        let first = granting.iter().find_map(|layer| because.iter().find(|b| layer_of(b) == Some(*layer)));
        match first.or(because.first()) {
            Some(first) if self.assumes_public_access() => format!(
                "allowed by {}, while Block Public Access is off: new buckets have it on",
                self.name_statement(first)
            ), // I26
            Some(first) => format!("allowed by {}", self.name_with_group(first)),
            None if self.trace.allowed_by.contains(&Layer::ResourceBased) => {
                "allowed by a grant of the key".to_owned()
            }
            None => self.own_right(),
        }
    }

    /// What is allowed without any statement.
    fn own_right(&self) -> String {
        match (&self.request.caller.principal.kind, self.request.task) {
            (PrincipalKind::Root(_), Some(task)) => format!("allowed: root may {}", task.task),
            (PrincipalKind::Root(_), None) => "allowed: root may do everything in its own account".to_owned(),
            (PrincipalKind::AssumedRoot { .. }, _) => {
                "allowed: the task of this root session covers it".to_owned()
            }
            _ => "allowed: nothing stands against it".to_owned(),
        }
    }

    fn deny_headline(&self) -> String {
        let because = self.because();
        let Some(first) = because.first() else { return "explicit deny".to_owned() };
        let more = match because.len() - 1 {
            0 => String::new(),
            1 => " and 1 more statement".to_owned(),
            more => format!(" and {more} more statements"),
        };
        if self.is_restricted() {
            return self.makes_public(first);
        }
        format!("explicit deny: {}{more}", self.name_with_group(first))
    }

    /// D37: RestrictPublicBuckets, which refuses without a Deny.
    pub(super) fn is_restricted(&self) -> bool {
        let is_allow = |because: &Because| because.at.is_some_and(|at| self.is_allow(at));
        self.trace.rules.contains(&const { crate::facts::rule("D37") }) && self.because().iter().all(is_allow)
    }

    /// Whether a statement that stands for a denial is an Allow: it makes the bucket public, and that keeps others out.
    pub(super) fn is_allow(&self, at: StatementAt) -> bool {
        self.request.statement(at).is_some_and(|view| view.statement.effect == Effect::Allow)
    }

    pub(super) fn makes_public(&self, because: &Because) -> String {
        format!("S3 Block Public Access: {} makes the bucket public", self.name_statement(because))
    }

    fn missing_headline(&self) -> String {
        let layers = self.blocked();
        let nouns: Vec<String> = layers.iter().map(|layer| format!("no {}", self.noun(*layer))).collect();
        match nouns.is_empty() {
            true => "implicit deny: nothing allows it".to_owned(),
            false => format!("implicit deny: {} allows it", nouns.join(" and ")),
        }
    }

    /// The layers whose Allow is missing, in the order of AWS's messages.
    pub(super) fn blocked(&self) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::new();
        for layer in self.because().iter().filter_map(layer_of) {
            if !layers.contains(&layer) {
                layers.push(layer);
            }
        }
        layers
    }

    /// `Limits · NoDelete (identity-based)`
    pub fn name_statement(&self, because: &Because) -> String {
        let word = layer_of(because).map_or(because.policy_type, |layer| self.layer_word(layer));
        because.name().map_or_else(|| word.to_owned(), |name| format!("{name} ({word})"))
    }

    /// `ReadReports (identity-based, through group developers)`
    fn name_with_group(&self, because: &Because) -> String {
        let name = self.name_statement(because);
        match (self.group_of(because), name.strip_suffix(')')) {
            (Some(group), Some(open)) => format!("{open}, through group {group})"),
            _ => name,
        }
    }

    /// The group through whose policy the first statement that decides reaches the user (D13).
    pub(super) fn through_group(&self) -> Option<String> {
        self.group_of(self.because().first()?).map(str::to_owned)
    }

    fn group_of(&self, because: &Because) -> Option<&str> {
        let view = self.request.statement(because.at?)?;
        view.level.origins.get(because.at?.statement.policy as usize)?.group.as_deref()
    }

    /// The word for a layer, or the narrower one.
    pub fn layer_word(&self, layer: Layer) -> &'static str {
        match self.policy_type(layer) {
            narrow @ ("trust" | "key" | "task") => narrow,
            _ => layer.word(),
        }
    }
}

pub(super) fn layer_of(because: &Because) -> Option<Layer> {
    Layer::parse(because.policy_type)
}

fn gate_headline(gate: &Gate) -> String {
    match (gate.name, gate.task) {
        (GateName::RootOnly, Some(task)) => format!("root-only task: {}", task.task),
        (GateName::NoPermissionNeeded, _) => format!("allowed: {}", gate.reason),
        _ => format!("{}: {}", gate.name.as_str(), gate.reason),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list<S: Borrow<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.borrow().to_owned(),
        [first @ .., last] => format!("{} and {}", first.join(", "), last.borrow()),
    }
}

/// `a`, `a or b`, `a, b or c`; of many the first few.
pub(super) fn alternatives(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if words.len() <= 6 => format!("{} or {last}", first.join(", ")),
        many => format!("{} or one of {} more", many[..5].join(", "), many.len() - 5),
    }
}

/// The first few of some values.
pub(super) fn few<'t>(values: impl Iterator<Item = &'t str>) -> String {
    let values: Vec<&str> = values.collect();
    if values.is_empty() { "none".to_owned() } else { up_to(NAMED, &values) }
}

/// A list in which no more stands than so many: the last of them is how many there are besides.
pub(super) fn up_to<S: Borrow<str>>(most: usize, words: &[S]) -> String {
    match words.len() {
        many if many > most => format!("{} and {} more", words[..most - 1].join(", "), many + 1 - most),
        _ => list(words),
    }
}
