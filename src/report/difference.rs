//! What `diff` prints: the word, then each statement that makes a difference, with a request for which it does.

use serde_json::{Value, json};

use super::about_all::{ToldEntry, ToldOfAll};
use super::exactness::{closing, exactness};
use super::html::about_all_page;
use super::rows::ReportRows;
use super::style::{Format, Style, Tone};
use crate::explain::test_in_words;
use crate::policy::{Effect, Layer, Policy};
use crate::question::Question;
use crate::question::wire::WireValue;
use crate::reason::{ChangedStatement, DiffVerdict, PolicyDifference, StatementChange, Turn};
use crate::source::first_of;
use crate::trace::Decision;
use crate::world::{ContextValue, PrincipalKind};

/// How many changes are shown, at most; of the others the number is told.
const SHOWN: usize = 20;

/// How many patterns of a list are shown, at most.
const LISTED: usize = 6;

/// Renders a difference.
pub fn difference(difference: &PolicyDifference, catalog: &str, style: &Style) -> String {
    match style.format {
        Format::Json => format!("{}\n", json(difference)),
        _ => of_difference(difference, catalog).text(style),
    }
}

/// Renders a difference as a page; `question` is what was asked.
pub fn difference_page(difference: &PolicyDifference, question: &str, catalog: &str) -> String {
    about_all_page(&of_difference(difference, catalog), question, catalog)
}

/// A row for each statement that makes a difference.
pub fn difference_rows(difference: &PolicyDifference, catalog: &str) -> ReportRows {
    of_difference(difference, catalog).rows()
}

fn of_difference(difference: &PolicyDifference, catalog: &str) -> ToldOfAll {
    let verdict = difference.verdict();
    ToldOfAll {
        verdict: verdict.word(),
        tone: match verdict {
            DiffVerdict::Equal => Tone::Good,
            DiffVerdict::Narrower | DiffVerdict::Unknown => Tone::Open,
            DiffVerdict::Wider | DiffVerdict::Both => Tone::Bad,
        },
        says: summary(difference),
        entries: difference.changes.iter().map(|change| told(change, Sides::Both)).collect(),
        shown: SHOWN,
        closing: closing(&difference.caveats, &difference.assumed, catalog),
    }
}

fn summary(difference: &PolicyDifference) -> Vec<String> {
    let count = |turn| difference.changes.iter().filter(|change| change.turn == turn).count();
    let by = |count: usize| match count {
        0 => "nothing".to_owned(),
        1 => "by 1 statement".to_owned(),
        count => format!("by {count} statements"),
    };
    let (more, less) = (by(count(Turn::NewlyAllowed)), by(count(Turn::NewlyDenied)));
    let text = match difference.verdict() {
        DiffVerdict::Equal => "no request is decided otherwise".to_owned(),
        DiffVerdict::Unknown => "no difference was found, and not everything was looked at".to_owned(),
        _ => format!("newly allowed: {more}; newly denied: {less}"),
    };
    [vec![text], come_and_gone(difference)].concat()
}

/// The principals that only one version has.
fn come_and_gone(difference: &PolicyDifference) -> Vec<String> {
    let line = |word: &str, who: &[Box<str>]| {
        let who: Vec<&str> = who.iter().map(|one| &**one).collect();
        (!who.is_empty()).then(|| format!("{word}: {}", first_of(LISTED, &who)))
    };
    [line("gone", &difference.gone), line("new", &difference.new)].into_iter().flatten().collect()
}

/// The versions of which somebody is told: beside the new one there may be nothing at all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sides {
    Both,
    NewAlone,
}

/// One change: actions, where and when; then the request.
pub(super) fn told(change: &StatementChange, sides: Sides) -> ToldEntry {
    let turn = if sides == Sides::Both { turn(change.turn) } else { "allowed" };
    let mut rows = Vec::new();
    rows.extend((!change.callers.is_empty()).then(|| ("for", callers(change))));
    match (&change.because, change.layer) {
        (Some(because), _) => {
            rows.push(("by", by(change, because)));
            rows.extend(scope(because));
        }
        (None, Some(layer)) => rows.push(("by", by_layer(change.turn, layer))),
        (None, None) if sides == Sides::NewAlone => {
            rows.push(("by", "no statement: none has to allow it".into()));
        }
        (None, None) => {}
    }
    rows.extend(exceptions(change));
    let witness = &change.witness;
    rows.push(("as in", format!("{}{}", request(change.request()), asked_by(change))));
    let (old, new) = (decided(witness.old), decided(witness.new));
    rows.push(match sides {
        Sides::Both => ("", format!("{old} → {new}, decided by the engine on both sides")),
        Sides::NewAlone => ("", format!("{new}, decided by the engine")),
    });
    ToldEntry { head: format!("{turn}  {}", actions_of(change)), rows }
}

pub(super) fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::NewlyAllowed => "newly allowed",
        Turn::NewlyDenied => "newly denied",
    }
}

/// Patterns that cover so many actions.
pub(super) fn actions(folded: &[String], count: usize) -> String {
    let list = first_of(LISTED, folded);
    match count {
        1 => list,
        count => format!("{list} ({count} actions)"),
    }
}

/// The actions of a change: what they are, or, where that is shorter, what they are not.
pub(super) fn actions_of(change: &StatementChange) -> String {
    match change.all_but.is_empty() {
        true => actions(&change.folded, change.actions.len()),
        false => {
            format!("all but {} ({} actions)", first_of(LISTED, &change.all_but), change.actions.len())
        }
    }
}

/// Whose requests they are.
fn callers(change: &StatementChange) -> String {
    let callers: Vec<&str> = change.callers.iter().map(|caller| &**caller).collect();
    first_of(LISTED, &callers)
}

/// Who asks in the example, where it is one of several.
fn asked_by(change: &StatementChange) -> String {
    let principal = &change.request().principal;
    match change.callers.is_empty() || principal.kind == PrincipalKind::Anonymous {
        true => String::new(),
        false => format!(" by {}", principal.arn()),
    }
}

fn by_layer(turn: Turn, layer: Layer) -> String {
    match turn {
        Turn::NewlyAllowed => format!("{}, which is no longer there", layer.phrase()),
        Turn::NewlyDenied => format!("{}, which is new and does not allow it", layer.phrase()),
    }
}

fn by(change: &StatementChange, because: &ChangedStatement) -> String {
    let does = match (change.turn, because.effect) {
        (Turn::NewlyAllowed, Effect::Allow) => "allows it",
        (Turn::NewlyAllowed, Effect::Deny) => "no longer denies it",
        (Turn::NewlyDenied, Effect::Allow) => "no longer allows it",
        (Turn::NewlyDenied, Effect::Deny) => "denies it",
    };
    format!("{}, {does}", place(because))
}

/// What a statement is called, and where it stands.
pub(super) fn place(because: &ChangedStatement) -> String {
    let place = because.place();
    let file = place.source.name().rsplit(['/', '\\']).next().unwrap_or_default();
    let line = place.line_column().line;
    match *file == *because.name {
        true => format!("{}, {file}:{line}", because.title()),
        false => format!("{} of {}, {file}:{line}", because.title(), because.name),
    }
}

/// Where and when a statement applies.
pub(super) fn scope(because: &ChangedStatement) -> Vec<(&'static str, String)> {
    let resources = resources(because);
    let conditions = conditions(because);
    let on = (!resources.is_empty()).then_some(("on", resources));
    let when = (!conditions.is_empty()).then_some(("if", conditions));
    on.into_iter().chain(when).collect()
}

fn resources(because: &ChangedStatement) -> String {
    let policy = &because.policy;
    let Some(element) = policy.statements().get(because.statement).and_then(|one| one.resource.as_ref())
    else {
        return String::new();
    };
    let list: Vec<String> =
        policy.texts(element.patterns).iter().map(|text| policy.text(text).into_owned()).collect();
    match element.negated {
        true => format!("everything but {}", first_of(LISTED, &list)),
        false => first_of(LISTED, &list),
    }
}

fn conditions(because: &ChangedStatement) -> String {
    let policy: &Policy = &because.policy;
    let tests = policy.statements().get(because.statement).into_iter().flat_map(|one| &one.condition);
    tests.map(|test| test_in_words(policy, test)).collect::<Vec<_>>().join(", and ")
}

/// How many exceptions of a change are shown, at most: who has more reads them as data.
const EXCEPTIONS: usize = 10;

/// A row for each statement that leaves a part out, the first ones where there are many.
pub(super) fn exceptions(change: &StatementChange) -> impl Iterator<Item = (&'static str, String)> {
    let more = change.except.len().saturating_sub(EXCEPTIONS);
    let count = if change.has_more_exceptions { format!("more than {more}") } else { more.to_string() };
    let more = (more > 0).then(|| ("", format!("and what {count} other statements deny or allow anyway")));
    change.except.iter().take(EXCEPTIONS).map(|limit| ("except", exception(limit))).chain(more)
}

pub(super) fn exception(limit: &ChangedStatement) -> String {
    let does = match limit.effect {
        Effect::Deny => "denies",
        Effect::Allow => "allows anyway",
    };
    let (resources, conditions) = (resources(limit), conditions(limit));
    let on = if resources.is_empty() { String::new() } else { format!(": {resources}") };
    let when = if conditions.is_empty() { String::new() } else { format!(" if {conditions}") };
    format!("what {}, {does}{on}{when}", place(limit))
}

pub(super) fn request(question: &Question) -> String {
    let on = question.resource.as_ref().map(|arn| format!(" on {arn}")).unwrap_or_default();
    let pairs = question.assumptions.context.iter().filter(|(_, value)| *value != ContextValue::Absent);
    let pairs: Vec<String> = pairs.map(|(key, value)| value.pair(key)).collect();
    let with = if pairs.is_empty() { String::new() } else { format!(" with {}", pairs.join(" ")) };
    format!("{}{on}{with}", question.action)
}

pub(super) fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "allowed",
        Decision::ExplicitDeny => "explicit deny",
        Decision::ImplicitDeny => "implicit deny",
    }
}

fn json(difference: &PolicyDifference) -> Value {
    let of = |turn| {
        difference.changes.iter().filter(move |change| change.turn == turn).map(change).collect::<Vec<_>>()
    };
    json!({
        "verdict": difference.verdict().word(),
        "exactness": exactness(&difference.caveats, &difference.assumed),
        "gone": difference.gone,
        "new": difference.new,
        "newly_allowed": of(Turn::NewlyAllowed),
        "newly_denied": of(Turn::NewlyDenied),
    })
}

pub(super) fn change(change: &StatementChange) -> Value {
    let witness = &change.witness;
    let mut told = json!({
        "actions": change.actions,
        "patterns": change.folded,
        "all_but": change.all_but,
        "callers": change.callers,
        "because": change.because.as_ref().map(because),
        "layer": change.layer.map(Layer::word),
        "except": change.except.iter().map(because).collect::<Vec<_>>(),
        "witness": {
            "principal": change.request().principal.arn(),
            "request": request_data(change.request()),
            "old": decided(witness.old),
            "new": decided(witness.new),
        },
    });
    if change.has_more_exceptions {
        told["more_exceptions"] = true.into();
    }
    told
}

/// A request as data.
pub(super) fn request_data(request: &Question) -> Value {
    let context: serde_json::Map<String, Value> = request
        .assumptions
        .context
        .iter()
        .filter(|(_, value)| *value != ContextValue::Absent)
        .map(|(key, value)| (key.to_string(), json!(WireValue::from(value))))
        .collect();
    json!({ "action": request.action, "resource": request.resource, "context": context })
}

pub(super) fn because(because: &ChangedStatement) -> Value {
    let position = because.place().line_column();
    json!({
        "side": if because.is_new { "new" } else { "old" },
        "effect": because.effect.as_str(),
        "policy": because.name,
        "statement": because.statement,
        "sid": because.policy.sid(because.statement),
        "line": position.line,
        "column": position.column,
        "resources": resources(because),
        "if": conditions(because),
    })
}
