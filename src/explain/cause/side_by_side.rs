//! A statement that nearly applies and the request, side by side.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::headline::few;
use super::super::label_words::said;
use super::super::misspelt::is_misspelling;
use super::super::near_miss::{FIELDS, Hint, NearMiss};
use super::super::test_words;
use super::long_lists;
use crate::compile::Test;
use crate::facts::{self, KeySetter};
use crate::names::Arn;
use crate::policy::{Effect, LanguageVersion, Layer};
use crate::question::Asked;
use crate::trace::{ConditionMismatch, Mismatch, StatementView};
use crate::world::Presence;

/// What the policy has and what the request has, which do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBySide {
    /// What the policy has, as it is written.
    pub policy: String,
    /// What that comes to with the values of its variables, where it has any.
    pub resolved: Option<String>,
    /// What the request has.
    pub request: String,
    /// How many characters of the request stand before the first that differs; absent where that says nothing.
    pub same: Option<usize>,
    /// What to know about it: `only upper and lower case differ`.
    pub note: Option<String>,
}

impl Asked<'_> {
    /// The element of a near miss beside what the request has for it; nothing where there is no such value.
    pub(super) fn comparison(&self, miss: &NearMiss) -> Option<SideBySide> {
        let view = self.request.statement(miss.at)?;
        let sides = self.sides(view, &miss.mismatch)?;
        let note = match &miss.hint {
            Some(Hint::LetterCase { .. }) => Some("only upper and lower case differ".to_owned()),
            Some(hint) => Some(hint.to_string()),
            None => self.slip(view, &miss.mismatch).map(str::to_owned).or_else(|| sides.note.clone()),
        };
        Some(SideBySide { note, ..sides })
    }

    /// The actions that a level allows beside the one that was asked for, where none of its statements is about it.
    pub(super) fn all_allowed_by(&self, layer: Layer, level: u8) -> Option<SideBySide> {
        let here = self.request.statements(layer, Effect::Allow).filter(|at| at.level == level);
        let views: Vec<StatementView<'_>> = here.filter_map(|at| self.request.statement(at)).collect();
        if views.is_empty() || views.iter().any(|view| view.statement.not_action) {
            return None;
        }
        let texts = |view: &StatementView<'_>| {
            let actions = view.policy.actions(view.statement).iter();
            actions.map(|pattern| pattern.text(view.policy).to_owned()).collect::<Vec<_>>()
        };
        let actions: Vec<String> = views.iter().flat_map(texts).collect();
        let mut seen = HashSet::new();
        let actions: Vec<&str> =
            actions.iter().map(String::as_str).filter(|action| seen.insert(*action)).collect();
        let asked = &self.request.action;
        Some(of_several(long_lists::allowed(asked, &actions), asked.text().to_owned()))
    }

    /// Which side is probably misspelt, where the two differ as a slip makes them.
    fn slip(&self, view: StatementView<'_>, mismatch: &Mismatch) -> Option<&'static str> {
        let Mismatch::Condition { test, .. } = *mismatch else { return None };
        let OneValue { key, value, named, .. } = self.one_value(view, test)?;
        let slips = named.iter().any(|own| is_misspelling(&self.resolved(own, str::to_owned), &value));
        let is_of_iam = facts::key_origin(key).setter == KeySetter::Iam;
        slips.then_some(if is_of_iam { IN_THE_POLICY } else { ON_EITHER_SIDE })
    }

    fn sides(&self, view: StatementView<'_>, mismatch: &Mismatch) -> Option<SideBySide> {
        let actions: Vec<&str> =
            view.policy.actions(view.statement).iter().map(|p| p.text(view.policy)).collect();
        let resources = || view.policy.resources(view.statement).iter().map(|p| p.text(view.policy));
        let principals = || view.policy.principals(view.statement).iter().map(|p| p.text(view.policy));
        let action = self.request.action.text().to_owned();
        let resource = self.resource_at(view);
        let all = |policy: String, request: String, few: usize| match few {
            1 => of_one(policy, None, request),
            _ => of_several(policy, request),
        };
        Some(match *mismatch {
            Mismatch::Action => {
                all(long_lists::allowed(&self.request.action, &actions), action, actions.len())
            }
            Mismatch::NotAction(_) => {
                of_several(long_lists::excepted(&self.request.action, &actions), action)
            }
            Mismatch::Resource { nearest, .. } | Mismatch::Unresolved(nearest) => {
                let written = resources().nth(nearest as usize)?;
                of_one(written.to_owned(), self.read_as(view, written), resource)
            }
            Mismatch::OnlyStar(i) => of_several(resources().nth(i as usize)?.to_owned(), "*".to_owned()),
            Mismatch::NotResource(_) => {
                of_several(format!("every resource except {}", few(resources())), resource)
            }
            Mismatch::Principal => all(few(principals()), self.as_named(), principals().count()),
            Mismatch::NotPrincipal => {
                of_several(format!("everybody except {}", few(principals())), self.as_named())
            }
            Mismatch::Condition { test, why } => self.condition_sides(view, test, why)?,
            Mismatch::NotCovered | Mismatch::NoPrincipal | Mismatch::RootOverride => return None,
        })
    }

    /// What a text with variables comes to; nothing where it has none, or none has a value.
    fn read_as(&self, view: StatementView<'_>, written: &str) -> Option<String> {
        let old = view.policy.policy().language() == LanguageVersion::V2008;
        let read = self.resolved(written, |key| format!("${{{key}}}"));
        (!old && read != written).then_some(read)
    }

    fn condition_sides(
        &self,
        view: StatementView<'_>,
        number: u32,
        why: ConditionMismatch,
    ) -> Option<SideBySide> {
        let test = view.policy.tests(view.statement).get(number as usize)?;
        let key = test.key(view.policy);
        let set = test.operator.set.map(|set| format!(" ({})", set.as_str())).unwrap_or_default();
        let must =
            |fact: String| format!("{key} {MUST_BE} {fact}{set}").replace("must be not ", "must not be ");
        let read = must(self.in_words(view, number, test_words::fact));
        let written = must(self.in_words(view, number, test_words::fact_as_written));
        if let Some(nearest) = self.nearest_value(view, number) {
            return Some(nearest);
        }
        let has = match (why, self.request.presence(test.hash, key)) {
            (ConditionMismatch::NotGiven, _) => format!("{key} is not given"),
            (ConditionMismatch::Value | ConditionMismatch::Multivalued, Presence::Known(values)) => {
                let has = format!("{}{}", said(values), self.assumption(key));
                let wanted = read.strip_prefix(&format!("{key} {MUST_BE} "));
                match wanted.and_then(|wanted| small_difference(wanted, &has)) {
                    Some(same) => return Some(under_each_other(key, written, read, &has, same)),
                    None => format!("{key} is {has}"),
                }
            }
            _ => self.has_no(key),
        };
        let resolved = (read != written).then_some(read);
        Some(SideBySide { resolved, ..of_several(written, has) })
    }

    /// The one of several values of a test that the request has but for a little, and what it has.
    fn nearest_value(&self, view: StatementView<'_>, number: u32) -> Option<SideBySide> {
        let OneValue { test, key, value, named } = self.one_value(view, number)?;
        if test.operator.operator.is_negated() {
            return None;
        }
        let (quoted, has) = (|text: &str| format!("`{text}`"), format!("`{value}`{}", self.assumption(key)));
        let near = named.iter().find_map(|own| {
            let (same, field) = match one_field(own, &value) {
                Some(field) => (1 + same_characters(own, &value), Some(field)),
                None => (small_difference(&quoted(own), &quoted(&value))?, None),
            };
            (named.len() > 1 || field.is_some()).then(|| (quoted(own), same, field))
        });
        let (own, same, field) = near?;
        let among = match named.len() {
            1 => String::new(),
            many => format!(" (the nearest of {many})"),
        };
        let must = format!("{key} {MUST_BE} {own}{among}");
        let sides = under_each_other(key, must.clone(), must, &has, same);
        Some(SideBySide { note: field.map(|field| format!("only the {field} differs")), ..sides })
    }

    /// A test of a key that the request has one value of.
    fn one_value<'v>(&self, view: StatementView<'v>, number: u32) -> Option<OneValue<'v>> {
        let test = view.policy.tests(view.statement).get(number as usize)?;
        let key = test.key(view.policy);
        let Presence::Known([value]) = self.request.presence(test.hash, key) else { return None };
        let policy = view.policy.policy();
        let written = policy.texts(view.written()?.condition.get(number as usize)?.values);
        let named = written.iter().map(|own| policy.text(own)).collect();
        Some(OneValue { test, key, value: value.to_string(), named })
    }

    /// The principal as policies name it: of a session the role.
    fn as_named(&self) -> String {
        let caller = &self.request.caller;
        caller.parent_arn.as_deref().unwrap_or(&caller.arn).to_owned()
    }

    /// The resource as the policies of a level see it (D45).
    fn resource_at(&self, view: StatementView<'_>) -> String {
        let asked = || self.request.resource().text().to_owned();
        view.level.resource.as_ref().map_or_else(asked, ToString::to_string)
    }
}

/// A test, the one value that the request has of its key, and the values that it names.
struct OneValue<'v> {
    test: &'v Test,
    key: &'v str,
    value: String,
    named: Vec<Cow<'v, str>>,
}

/// What is said of a slip.
const IN_THE_POLICY: &str = "the policy looks misspelt: IAM itself sets what the request has";
const ON_EITHER_SIDE: &str = "this looks like a misspelling, on one side or the other";

/// What a test asks of its key.
const MUST_BE: &str = "must be";

/// How many characters two values may differ in to be compared character by character.
const FEW: usize = 3;

/// Two values of one kind, and where they begin to differ.
fn of_one(policy: String, resolved: Option<String>, request: String) -> SideBySide {
    let same = first_difference(resolved.as_ref().unwrap_or(&policy), &request);
    SideBySide { policy, resolved, request, same, note: None }
}

/// Two sides that are not compared character by character.
fn of_several(policy: String, request: String) -> SideBySide {
    SideBySide { policy, resolved: None, request, same: None, note: None }
}

/// What a test asks and what its key is, the values under each other.
fn under_each_other(key: &str, written: String, read: String, has: &str, same: usize) -> SideBySide {
    let lead = format!("{key} {:<width$} ", "is", width = MUST_BE.len());
    let same = Some(lead.chars().count() + same);
    let resolved = (read != written).then_some(read);
    SideBySide { policy: written, resolved, request: format!("{lead}{has}"), same, note: None }
}

/// The one field, of the first five, in which two ARNs differ, where it is that alone.
fn one_field(one: &str, other: &str) -> Option<&'static str> {
    let (one, other) = (Arn::parse(one)?, Arn::parse(other)?);
    let mut differ = (0..6).filter(|number| one.field(*number) != other.field(*number));
    let field = differ.next().filter(|_| differ.next().is_none())?;
    let is_wild = one.field(field).contains(['*', '?', '$']);
    FIELDS.get(field).copied().filter(|_| !is_wild)
}

/// How many characters two texts begin with alike.
fn same_characters(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// Where two values that are otherwise alike begin to differ; nothing where they differ in more than a few characters.
fn small_difference(wanted: &str, has: &str) -> Option<usize> {
    let is_one = |text: &str| text.starts_with('`') && text.matches('`').count() == 2;
    if !is_one(wanted) || !is_one(has) || wanted == has {
        return None;
    }
    let (wanted, has): (Vec<char>, Vec<char>) = (wanted.chars().collect(), has.chars().collect());
    let before = wanted.iter().zip(&has).take_while(|(a, b)| a == b).count();
    let behind = wanted.iter().rev().zip(has.iter().rev()).take_while(|(a, b)| a == b).count();
    let longer = wanted.len().max(has.len());
    let rest = longer.saturating_sub(before + behind);
    (rest <= FEW && before + behind > 2 * rest + 2).then_some(before)
}

/// How many characters two values begin with alike; nothing where a wildcard of the first stands before the
/// difference, for then it may be anywhere.
fn first_difference(policy: &str, request: &str) -> Option<usize> {
    let same = same_characters(policy, request);
    let stops_at_wildcard = policy.chars().nth(same).is_some_and(|c| matches!(c, '*' | '?' | '$'));
    let behind_wildcard = policy.chars().take(same).any(|c| matches!(c, '*' | '?'));
    (same > 0 && policy != request && !stops_at_wildcard && !behind_wildcard).then_some(same)
}
