//! What there is to say about a gate: the rule, its source, and who can.

use super::Asked;
use crate::facts::{Bound, FACTS_DATE, RootOnlyTask, RuleId};
use crate::trace::{Gate, GateName};

/// A gate that decided, in full.
#[derive(Clone, Debug)]
pub struct GateDetails {
    /// Which one.
    pub name: GateName,
    /// The rule that it follows.
    pub rule: RuleId,
    /// The task, for a root-only one.
    pub task: Option<&'static RootOnlyTask>,
    /// Why, in a few words.
    pub reason: String,
    /// Who can do it, one line each.
    pub who_can: Vec<String>,
    /// How to get it done.
    pub how: Option<String>,
    /// Since when, and until when, where it is of days.
    pub when: Option<String>,
    /// Where the sources disagree.
    pub conflict: Option<&'static str>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

pub(super) fn gate_details(asked: &Asked<'_>) -> Option<GateDetails> {
    let gate = asked.trace.gate.as_ref()?;
    let facts = gate.rule.facts();
    let details = GateDetails {
        name: gate.name,
        rule: gate.rule,
        task: gate.task,
        reason: gate.reason.clone(),
        who_can: Vec::new(),
        how: None,
        when: None,
        conflict: None,
        sources: vec![source(facts.source, facts.date)],
    };
    Some(match (gate.name, gate.task) {
        (GateName::RootOnly, Some(task)) => root_only(details, asked, task),
        (GateName::BillingAccess, _) => billing(details, asked),
        _ => GateDetails { how: how(gate), ..details },
    })
}

fn root_only(details: GateDetails, asked: &Asked<'_>, task: &'static RootOnlyTask) -> GateDetails {
    let mut who_can = vec![root_user(asked)];
    who_can.extend(task.also_allowed.iter().map(|other| (*other).to_owned()));
    GateDetails {
        who_can,
        how: Some(alternative(task)).filter(|how| !how.is_empty()),
        when: Some(days(task)),
        conflict: task.conflict,
        sources: task.sources.iter().map(|s| source(s, &FACTS_DATE.to_string())).collect(),
        ..details
    }
}

/// How to get it done; of a task that is root-only no more, since when it can be done so.
fn alternative(task: &RootOnlyTask) -> String {
    match task.until {
        Bound::Date(day) | Bound::Before(day) | Bound::Between(_, day) => {
            format!("since {day}: {}", task.alternative)
        }
        _ => task.alternative.to_owned(),
    }
}

/// E16a.
fn billing(details: GateDetails, asked: &Asked<'_>) -> GateDetails {
    let who = format!("{} may turn it on; then an IAM policy is still needed", root_user(asked));
    GateDetails {
        who_can: vec![who],
        how: Some("sign in as root and turn on IAM access to Billing: `billing-access on`".to_owned()),
        ..details
    }
}

fn root_user(asked: &Asked<'_>) -> String {
    let owner = asked.request.owner.or(asked.request.caller.account);
    let Some(account) = owner else { return "the root user of the account".to_owned() };
    let email = asked.request.world.account(account).map(|a| &a.root.email).filter(|email| !email.is_empty());
    match email {
        Some(email) => format!("the root user of account {account}, {email}"),
        None => format!("the root user of account {account}"),
    }
}

fn how(gate: &Gate) -> Option<String> {
    let how = match gate.name {
        GateName::PassRole => "pass a role of the account that makes the call",
        GateName::CrossAccountAction => {
            "assume a role in the account that owns the resource, and ask from there"
        }
        GateName::Organizations => "ask as a principal of the management account",
        GateName::AccessPoint => "send the request from inside the VPC, or use another access point",
        GateName::PublicAccessBlock => "make the policy narrower, or turn BlockPublicPolicy off",
        _ => return None,
    };
    Some(how.to_owned())
}

/// Between which days the task is root-only, as far as is known.
fn days(task: &RootOnlyTask) -> String {
    let from = match task.from {
        Bound::Always => "root-only from the beginning".to_owned(),
        Bound::Date(day) => format!("root-only since {day}"),
        Bound::Before(day) => format!("root-only since {day} or earlier"),
        Bound::Between(first, last) => format!("root-only since some day between {first} and {last}"),
        Bound::Unknown | Bound::Never => "root-only since a day that nobody wrote down".to_owned(),
    };
    let until = match task.until {
        Bound::Never => format!("still so on {FACTS_DATE}"),
        Bound::Date(day) => format!("until {day}"),
        Bound::Before(day) => format!("until {day} or earlier"),
        Bound::Between(first, last) => format!("until some day between {first} and {last}"),
        Bound::Unknown | Bound::Always => "until a day that nobody wrote down".to_owned(),
    };
    format!("{from}, {until}")
}

fn source(source: &str, date: &str) -> String {
    match source.contains(date) {
        true => source.to_owned(),
        false => format!("{source}, facts of {date}"),
    }
}
