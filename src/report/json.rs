//! Reports for programs: one JSON object a line.

use serde_json::{Map, Value, json};

use super::plain::severity;
use super::style::Style;
use crate::explain::{
    Agreement, Assumption, Cause, Companion, Edit, Excerpt, Explanation, GateDetails, NearMiss, Remedy,
    Since, Step, Support, TOLD, choice, fine,
};
use crate::policy::Token;
use crate::source::{Diagnostic, Label, Place};
use crate::trace::Mismatch;

pub(super) fn diagnostic(diagnostic: &Diagnostic, _: &Style) -> String {
    line(&message(diagnostic))
}

/// A message about a text.
pub(super) fn message(diagnostic: &Diagnostic) -> Value {
    let mut object = Map::new();
    object.insert("severity".to_owned(), severity(diagnostic.severity).into());
    object.insert("code".to_owned(), diagnostic.code.into());
    object.insert("message".to_owned(), diagnostic.message.as_str().into());
    add(&mut object, "labels", labels(&diagnostic.labels));
    add(&mut object, "help", diagnostic.help.clone().into());
    Value::Object(object)
}

pub(super) fn verdict(explanation: &Explanation) -> String {
    let mut answer = answer(explanation);
    if let Value::Object(object) = &mut answer {
        add(object, "advice", explanation.advice.clone().into());
    }
    line(&answer)
}

pub(super) fn explanation(explanation: &Explanation) -> String {
    line(&explained_data(explanation))
}

/// An answer with its explanation.
pub(super) fn explained_data(explanation: &Explanation) -> Value {
    let mut answer = answer(explanation);
    if let Value::Object(object) = &mut answer {
        object.insert("explanation".to_owned(), details(explanation));
    }
    answer
}

fn answer(explanation: &Explanation) -> Value {
    // Answers are plain data with string keys: this does not fail.
    let mut answer = serde_json::to_value(&explanation.answer).unwrap_or_default();
    if let Value::Object(object) = &mut answer {
        add(object, "through_group", explanation.through_group.clone().into());
        add(object, "also", explanation.also.iter().map(companion).collect());
        let turning = explanation.assumptions.iter().filter(|assumed| assumed.matters);
        add(object, "matters", turning.map(|assumed| assumed.about.as_str()).collect());
    }
    explanation.since.iter().for_each(|since| answer["since"] = since_then(since));
    answer
}

fn companion(one: &Companion) -> Value {
    serde_json::to_value(one).unwrap_or_default()
}

fn since_then(since: &Since) -> Value {
    match since {
        Since::Other { verdict, headline } => json!({"decision": verdict, "headline": headline}),
        Since::Before(why) => json!({"from_before": why}),
    }
}

fn details(explanation: &Explanation) -> Value {
    let mut object = Map::new();
    object.insert("question".to_owned(), explanation.question.to_string().into());
    object.insert("headline".to_owned(), explanation.headline.as_str().into());
    object.insert("reason".to_owned(), explanation.reason.as_str().into());
    add(&mut object, "aws", explanation.aws.as_ref().map(aws).unwrap_or_default());
    add(&mut object, "gaps", explanation.gaps.clone().into());
    add(&mut object, "causes", explanation.causes.iter().map(cause).collect());
    add(&mut object, "choice", choice(&explanation.remedies, TOLD, false).into());
    add(&mut object, "first_step", explanation.first_step.clone().into());
    let accounts = explanation.accounts.iter().map(|(id, name)| (id.to_string(), Value::from(name.as_str())));
    add(&mut object, "accounts", accounts.collect::<Map<String, Value>>().into());
    add(&mut object, "write", explanation.letter.clone().into());
    add(&mut object, "remedies", explanation.remedies.iter().map(remedy).collect());
    add(&mut object, "support", explanation.support.as_ref().map(support).unwrap_or_default());
    add(&mut object, "fine", fine(&explanation.path).unwrap_or_default().into());
    add(&mut object, "assumptions", explanation.assumptions.iter().map(assumption).collect());
    add(&mut object, "unfinished", explanation.unfinished.clone().into());
    add(&mut object, "path", explanation.path.iter().map(step).collect());
    add(&mut object, "excerpts", explanation.excerpts.iter().map(excerpt).collect());
    add(&mut object, "near_misses", explanation.near_misses.iter().map(near_miss).collect());
    add(&mut object, "gate", explanation.gate.as_ref().map(gate).unwrap_or_default());
    add(&mut object, "rules", explanation.rules.iter().map(|rule| rule.as_str()).collect());
    add(&mut object, "advice", explanation.advice.clone().into());
    Value::Object(object)
}

fn aws(aws: &Agreement) -> Value {
    let mut object = Map::new();
    object.insert("agrees".to_owned(), aws.agrees.into());
    object.insert("decision".to_owned(), serde_json::to_value(aws.verdict).unwrap_or_default());
    object.insert("summary".to_owned(), aws.summary.as_str().into());
    add(&mut object, "causes", aws.causes.clone().into());
    Value::Object(object)
}

fn cause(cause: &Cause) -> Value {
    let mut object = Map::new();
    object.insert("kind".to_owned(), cause.kind.as_str().into());
    object.insert("title".to_owned(), cause.title.as_str().into());
    add(&mut object, "statement", cause.statement.clone().into());
    add(&mut object, "says", cause.says.clone().into());
    if let Some(sides) = &cause.comparison {
        object.insert("policy".to_owned(), sides.policy.as_str().into());
        add(&mut object, "resolved", sides.resolved.clone().into());
        object.insert("request".to_owned(), sides.request.as_str().into());
        add(&mut object, "differs_at", sides.same.into());
        add(&mut object, "note", sides.note.clone().into());
    }
    add(&mut object, "assumed", cause.assumed.clone().into());
    Value::Object(object)
}

fn assumption(assumption: &Assumption) -> Value {
    json!({"about": assumption.about, "assumed": assumption.sentence, "matters": assumption.matters})
}

fn step(step: &Step) -> Value {
    let mut object = Map::new();
    object.insert("layer".to_owned(), step.layer.key().into());
    add(&mut object, "level", step.level.clone().into());
    object.insert("said".to_owned(), step.said.as_str().into());
    object.insert("by".to_owned(), step.by.as_str().into());
    Value::Object(object)
}

fn excerpt(excerpt: &Excerpt) -> Value {
    let mut object = Map::new();
    object.insert("kind".to_owned(), excerpt.kind.as_str().into());
    object.insert("title".to_owned(), excerpt.title.as_str().into());
    add(&mut object, "labels", labels(&excerpt.labels));
    add(&mut object, "help", excerpt.help.clone().into());
    Value::Object(object)
}

fn near_miss(miss: &NearMiss) -> Value {
    let mut object = place(&miss.place);
    object.insert("effect".to_owned(), miss.effect.as_str().into());
    object.insert("element".to_owned(), element(miss.token).into());
    object.insert("mismatch".to_owned(), mismatch(&miss.mismatch).into());
    object.insert("reason".to_owned(), miss.reason.as_str().into());
    add(&mut object, "differs", miss.differs.clone().into());
    if let Some(hint) = &miss.hint {
        object.insert("hint".to_owned(), json!({"code": hint.code(), "message": hint.to_string()}));
    }
    Value::Object(object)
}

fn remedy(remedy: &Remedy) -> Value {
    let mut steps: Vec<Value> = remedy.edits.iter().map(edit).collect();
    if let Some(Value::Object(first)) = steps.first_mut() {
        add(first, "recommended", remedy.merit.into());
        add(first, "also_needed_then", remedy.then.iter().map(companion).collect());
    }
    steps.into()
}

fn edit(edit: &Edit) -> Value {
    let mut object = edit.place.as_ref().map(place).unwrap_or_default();
    object.insert("do".to_owned(), edit.words.as_str().into());
    add(&mut object, "layer", edit.layer.map(|layer| layer.key()).into());
    add(&mut object, "policy", edit.policy.clone().into());
    add(&mut object, "document", edit.document.clone().into());
    add(&mut object, "statement", edit.statement.clone().into());
    let changed =
        edit.statement.iter().flat_map(|text| edit.changed.iter().filter_map(|part| text.get(part.clone())));
    add(&mut object, "changed", changed.collect());
    add(&mut object, "context", edit.context.clone().into());
    add(&mut object, "principal", edit.principal.clone().into());
    add(&mut object, "resource", edit.resource.clone().into());
    add(&mut object, "where", edit.whereabouts.clone().into());
    add(&mut object, "who", edit.who.clone().into());
    add(&mut object, "read", edit.read.clone().into());
    add(&mut object, "run", edit.run.clone().into());
    add(&mut object, "replaces_whole_policy", edit.replaces_whole.then_some(true).into());
    add(&mut object, "so", edit.so.clone().into());
    add(&mut object, "loses", edit.loses.clone().into());
    add(&mut object, "careful", edit.careful.clone().into());
    add(&mut object, "if", edit.provided.clone().into());
    add(&mut object, "evidence", edit.evidence.clone().into());
    add(&mut object, "ask_first", edit.ask.clone().into());
    add(&mut object, "question", edit.question.clone().into());
    add(&mut object, "today", edit.today.clone().into());
    add(&mut object, "since", edit.since.clone().into());
    add(&mut object, "commands", edit.commands.clone().into());
    add(&mut object, "account", edit.account.map(|account| account.to_string()).into());
    Value::Object(object)
}

fn support(support: &Support) -> Value {
    match support {
        Support::Each(all) => json!({"each": all}),
        Support::Several(all) => json!({"several": all}),
    }
}

fn gate(gate: &GateDetails) -> Value {
    let mut object = Map::new();
    object.insert("name".to_owned(), gate.name.as_str().into());
    object.insert("rule".to_owned(), gate.rule.as_str().into());
    add(&mut object, "task", gate.task.map(|task| task.task).into());
    object.insert("reason".to_owned(), gate.reason.as_str().into());
    add(&mut object, "who_can", gate.who_can.clone().into());
    add(&mut object, "how", gate.how.clone().into());
    add(&mut object, "when", gate.when.clone().into());
    add(&mut object, "conflict", gate.conflict.into());
    add(&mut object, "sources", gate.sources.clone().into());
    Value::Object(object)
}

fn labels(labels: &[Label]) -> Value {
    let label = |label: &Label| {
        let mut object = place(&label.place);
        add(&mut object, "label", label.text.as_str().into());
        Value::Object(object)
    };
    labels.iter().map(label).collect()
}

fn place(place: &Place) -> Map<String, Value> {
    let at = place.line_column();
    let mut object = Map::new();
    object.insert("file".to_owned(), place.source.name().into());
    object.insert("line".to_owned(), at.line.into());
    object.insert("column".to_owned(), at.column.into());
    object.insert("text".to_owned(), place.text().into());
    object
}

fn element(token: Token) -> &'static str {
    match token {
        Token::Statement => "Statement",
        Token::Sid => "Sid",
        Token::Effect => "Effect",
        Token::ActionKey | Token::Action(_) => "Action",
        Token::ResourceKey | Token::Resource(_) => "Resource",
        Token::PrincipalKey | Token::Principal(_) => "Principal",
        Token::Condition | Token::Operator(_) | Token::Key(_) | Token::Value { .. } => "Condition",
    }
}

fn mismatch(mismatch: &Mismatch) -> &'static str {
    use crate::trace::ConditionMismatch as C;
    match mismatch {
        Mismatch::Action => "action",
        Mismatch::NotAction(_) => "not-action",
        Mismatch::Resource { field: 1, .. } => "partition",
        Mismatch::Resource { field: 2, .. } => "service",
        Mismatch::Resource { field: 3, .. } => "region",
        Mismatch::Resource { field: 4, .. } => "account",
        Mismatch::Resource { .. } | Mismatch::NotCovered => "resource",
        Mismatch::Unresolved(_) => "unresolved-variable",
        Mismatch::OnlyStar(_) => "only-star",
        Mismatch::NotResource(_) => "not-resource",
        Mismatch::Principal => "principal",
        Mismatch::NotPrincipal => "not-principal",
        Mismatch::NoPrincipal => "no-principal",
        Mismatch::Condition { why: C::Absent, .. } => "key-absent",
        Mismatch::Condition { why: C::NotGiven, .. } => "key-not-given",
        Mismatch::Condition { why: C::Value, .. } => "value",
        Mismatch::Condition { why: C::Multivalued, .. } => "several-values",
        Mismatch::RootOverride => "root-override",
    }
}

/// Fields are absent when empty.
fn add(object: &mut Map<String, Value>, name: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    if !empty {
        object.insert(name.to_owned(), value);
    }
}

fn line(value: &Value) -> String {
    format!("{value}\n")
}
