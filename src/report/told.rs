//! What a text of AWS says by itself.

use serde_json::{Map, Value};

use super::prose::prose;
use super::style::{Format, Style, Tone};
use super::table::table;
use super::verdict::first_lines;
use crate::explain::{SaidAlone, Verdict};
use crate::names::Instant;
use crate::recognise::{PastedKind, PastedOutcome};
use crate::source::one_line;
use crate::world::ContextEntry;

/// Renders what a text of AWS says: the verdict, who asked for what, where to look, what is missing.
pub fn told(told: &SaidAlone, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", json(told));
    }
    let rows = fields(told).map(|(name, what)| vec![format!("  {name}"), what]);
    let rows: Vec<Vec<String>> = rows.collect();
    let parts = [
        first_lines(told.verdict(), &told.headline, style),
        table(&[], &rows, style),
        list("where to look", &told.look_at, style),
        list("missing to say more", &told.missing, style),
        told.pasted
            .remarks
            .iter()
            .map(|note| prose(&format!("note: {}", one_line(note)), style) + "\n")
            .collect(),
    ];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn fields(told: &SaidAlone) -> impl Iterator<Item = (&'static str, String)> {
    let pasted = &told.pasted;
    let time = pasted.at.map(|at| Instant::from_epoch_seconds(at).to_iso());
    let keys: Vec<String> = pasted.context.iter().map(|(key, value)| value.pair(key)).collect();
    let all = [
        ("who", pasted.principal.clone()),
        ("action", pasted.action.clone()),
        ("resource", pasted.resource.clone()),
        ("policy", pasted.policy_arn.clone()),
        ("when", time),
        ("keys", (!keys.is_empty()).then(|| keys.join(", "))),
    ];
    all.into_iter().filter_map(|(name, what)| Some((name, what?)))
}

fn list(title: &str, lines: &[String], style: &Style) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String =
        lines.iter().map(|line| prose(&format!("  {}", one_line(line)), style) + "\n").collect();
    format!("{}\n{lines}", style.paint(Tone::Strong, title))
}

fn json(told: &SaidAlone) -> Value {
    let pasted = &told.pasted;
    let mut object = Map::new();
    object.insert("decision".to_owned(), decision(told).into());
    object.insert("told_by".to_owned(), pasted.form.key().into());
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            object.insert(name.to_owned(), value.into());
        }
    };
    add("principal", pasted.principal.as_deref());
    add("action", pasted.action.as_deref());
    add("resource", pasted.resource.as_deref());
    add("policy_type", pasted.layer.map(|layer| layer.key()));
    add("policy", pasted.policy_arn.as_deref());
    add("authorization_id", pasted.authorization_id.as_deref());
    add("headline", Some(&told.headline));
    let context: Map<String, Value> = pasted.context.iter().map(entry).collect();
    let lists = [
        ("statements", Value::from(pasted.statements.clone())),
        ("look_at", told.look_at.clone().into()),
        ("missing", told.missing.clone().into()),
        ("notes", pasted.remarks.clone().into()),
        ("context", context.into()),
    ];
    let full = |value: &Value| match value {
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    };
    object.extend(
        lists.into_iter().filter(|(_, value)| full(value)).map(|(name, value)| (name.to_owned(), value)),
    );
    Value::Object(object)
}

fn entry((key, value): &ContextEntry<'_>) -> (String, Value) {
    use crate::world::ContextValue as V;
    let value = match value {
        V::Absent => Value::Null,
        V::One(text) => Value::from(text.as_ref()),
        V::Many(texts) => texts.iter().map(|text| Value::from(text.as_ref())).collect(),
    };
    (key.to_string(), value)
}

/// The verdict for programs, which says no more than the text does.
fn decision(told: &SaidAlone) -> &'static str {
    match (told.verdict(), told.pasted.outcome, told.pasted.kind) {
        (_, PastedOutcome::Denied, PastedKind::None) => "denied",
        (Verdict::Allowed, ..) => "allowed",
        (Verdict::ExplicitDeny, ..) => "explicitDeny",
        (Verdict::ImplicitDeny, ..) => "implicitDeny",
        (Verdict::Depends, ..) => "depends",
    }
}
