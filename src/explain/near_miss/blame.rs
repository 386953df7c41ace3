//! The token that is to blame where a statement does not apply, and why.

use super::super::label_words::said;
use super::super::test_words;
use super::guess::nearest_action;
use crate::compile::RequestResource;
use crate::policy::Token;
use crate::question::Asked;
use crate::source::{Place, Span};
use crate::trace::{ConditionMismatch, Mismatch, StatementView};
use crate::world::{Presence, PrincipalKind};

/// The fields of an ARN before the resource, as people call them.
pub(in super::super) const FIELDS: [&str; 5] = ["", "partition", "service", "Region", "account"];

/// The token that is to blame.
pub(super) fn token(view: StatementView<'_>, mismatch: &Mismatch, asked: &Asked<'_>, blamed: bool) -> Token {
    match *mismatch {
        // A pattern is to blame where it is said what is wrong with it; else it is that none covers the action.
        Mismatch::Action => match nearest_action(asked, view) {
            Some(i) if view.policy.actions(view.statement).len() == 1 || blamed => Token::Action(i),
            _ => Token::ActionKey,
        },
        Mismatch::NotAction(i) => Token::Action(i),
        Mismatch::NotCovered => Token::ResourceKey,
        Mismatch::Resource { nearest: i, .. }
        | Mismatch::Unresolved(i)
        | Mismatch::OnlyStar(i)
        | Mismatch::NotResource(i) => Token::Resource(i),
        Mismatch::Principal | Mismatch::NotPrincipal => match view.policy.principals(view.statement).len() {
            1 => Token::Principal(0),
            _ => Token::PrincipalKey,
        },
        Mismatch::NoPrincipal | Mismatch::RootOverride => Token::Effect,
        Mismatch::Condition { test, why } => condition_token(view, test, why),
    }
}

fn condition_token(view: StatementView<'_>, test: u32, why: ConditionMismatch) -> Token {
    let values = view.policy.tests(view.statement).get(test as usize);
    let one = values.is_some_and(|test| view.policy.operands(test).len() == 1);
    match why {
        ConditionMismatch::Value if one => Token::Value { test, value: 0 },
        ConditionMismatch::Multivalued => Token::Operator(test),
        _ => Token::Key(test),
    }
}

/// Of an ARN only the field that differs, unless it is the resource itself.
pub(super) fn narrow(place: Place, mismatch: &Mismatch) -> Place {
    let Mismatch::Resource { field: field @ 1..5, .. } = *mismatch else { return place };
    let text = place.text();
    let colons: Vec<usize> = text.match_indices(':').map(|(at, _)| at).take(5).collect();
    let (Some(start), Some(end)) = (colons.get(field as usize - 1), colons.get(field as usize)) else {
        return place;
    };
    if start + 1 == *end || text.contains(['\\', '$']) {
        return place; // an empty field cannot be underlined
    }
    let span = Span::new(place.span.start + *start as u32 + 1, place.span.start + *end as u32);
    Place::new(&place.source, span)
}

pub(super) fn reason(asked: &Asked<'_>, view: StatementView<'_>, mismatch: &Mismatch, text: &str) -> String {
    let action = asked.request.action.text();
    match mismatch {
        Mismatch::Action => format!("does not cover {action}"),
        Mismatch::NotAction(_) => format!("leaves out {action}"),
        Mismatch::Resource { field, .. } => resource_reason(asked, *field, text),
        Mismatch::Unresolved(_) => "holds a variable that has no value here".to_owned(),
        Mismatch::OnlyStar(_) => match asked.request.facts.is_some_and(|facts| facts.has_resource_types()) {
            true => "no resource was given, and this does not cover all".to_owned(),
            false => format!("only `*` covers {action}: it has no resource types"),
        },
        Mismatch::NotCovered => "does not cover the resource".to_owned(),
        Mismatch::NotResource(_) => "leaves out the resource".to_owned(),
        Mismatch::Principal => format!("does not name {}", whom(asked)),
        Mismatch::NotPrincipal => format!("spares {}", whom(asked)),
        Mismatch::NoPrincipal => "names no principal".to_owned(),
        Mismatch::Condition { test, why } => condition_reason(asked, view, *test, *why),
        Mismatch::RootOverride => "does not stop the owner's root user here".to_owned(),
    }
}

fn whom(asked: &Asked<'_>) -> String {
    match &asked.request.caller.principal.kind {
        PrincipalKind::RoleSession { role, .. } => format!("role {role} or this session of it"),
        PrincipalKind::Anonymous => "an anonymous caller".to_owned(),
        _ => super::super::wording::name(&asked.request.caller),
    }
}

fn resource_reason(asked: &Asked<'_>, field: u8, text: &str) -> String {
    let RequestResource::One(arn) = asked.request.resource() else {
        return "does not cover `*`".to_owned();
    };
    let own = arn.field(field as usize);
    let Some(name) = FIELDS.get(field as usize) else { return "does not cover the resource".to_owned() };
    match (text.starts_with('"'), own) {
        (_, "") => format!("the resource has no {name} in its ARN"),
        (true, own) => format!("the {name} of the resource is {own}"),
        (false, own) => format!("{name} {text}, but the resource's is {own}"),
    }
}

fn condition_reason(
    asked: &Asked<'_>,
    view: StatementView<'_>,
    number: u32,
    why: ConditionMismatch,
) -> String {
    let Some(test) = view.policy.tests(view.statement).get(number as usize) else { return String::new() };
    let (key, demand) = (test.key(view.policy), asked.in_words(view, number, test_words::demand));
    match (why, asked.request.presence(test.hash, key)) {
        (ConditionMismatch::Absent, _) => format!("{}: {demand}", asked.has_no(key)),
        (ConditionMismatch::NotGiven, _) => {
            format!("{key} is not given: {demand}")
        }
        (ConditionMismatch::Value, Presence::Known(values)) => {
            format!("{key} is {}{}, but {demand}", said(values), asked.assumption(key))
        }
        (ConditionMismatch::Value, _) => format!("{key} has no value, but {demand}"),
        (ConditionMismatch::Multivalued, _) => format!("{key} has several values"),
    }
}
