//! Long lists of actions and exceptions: what of them concerns the request.

use super::super::headline::{few, list};
use crate::names::ActionName;

/// How many are named of those that concern the request.
const NEAR: usize = 4;

/// How many exceptions are named, where none is for the service.
const SHORT: usize = 4;

/// The actions that a policy allows: of many those of the service, nearest first, and how many others there are.
pub(super) fn allowed(asked: &ActionName<'_>, actions: &[&str]) -> String {
    if actions.len() <= NEAR {
        return few(actions.iter().copied());
    }
    let own = near(asked, actions);
    match (own.len(), actions.len() - own.len().min(NEAR)) {
        (0, _) => format!("{} actions, none of {}", actions.len(), asked.service()),
        (_, 0) => list(&own),
        (_, others) => format!("{} and {others} more", own[..own.len().min(NEAR)].join(", ")),
    }
}

/// Every action but those that a statement excepts: of many how many these are, and which are for the service.
pub(super) fn excepted(asked: &ActionName<'_>, actions: &[&str]) -> String {
    if actions.len() <= SHORT {
        return format!("every action except {}", few(actions.iter().copied()));
    }
    let own = near(asked, actions);
    let named = match own.len() {
        0 => format!("none for {}", asked.service()),
        _ => format!("for {} {}", asked.service(), few(own.into_iter())),
    };
    format!("every action but {} exceptions, {named}", actions.len())
}

/// The patterns that are for the service, those first that begin as the action does.
fn near<'t>(asked: &ActionName<'_>, actions: &[&'t str]) -> Vec<&'t str> {
    let own = actions.iter().copied().filter(|pattern| is_for(pattern, asked.service()));
    let mut own: Vec<&str> = own.collect();
    let alike = |pattern: &str| {
        let pairs = pattern.bytes().zip(asked.text().bytes());
        pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    own.sort_by_key(|pattern| std::cmp::Reverse(alike(pattern)));
    own
}

fn is_for(pattern: &str, service: &str) -> bool {
    match pattern.split_once(':') {
        Some((own, _)) => own.contains(['*', '?']) || own.eq_ignore_ascii_case(service),
        None => true,
    }
}
