//! What there is to say about a gate: the rule, its source, and who can.

use std::sync::Arc;

use crate::facts::{self, Bound, FACTS_DATE, OrganizationsCaller, RootOnlyTask, RuleId, TaskStatus};
use crate::names::AccountId;
use crate::question::Asked;
use crate::trace::{Gate, GateName};
use crate::world::{Organization, Prepared, PrincipalKind};

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
        (GateName::Organizations, _) => GateDetails {
            how: how(asked, gate),
            conflict: facts::organizations_conflict(asked.request.action.name()),
            ..details
        },
        _ => GateDetails { how: how(asked, gate), ..details },
    })
}

fn root_only(details: GateDetails, asked: &Asked<'_>, task: &'static RootOnlyTask) -> GateDetails {
    let day = asked.request.settings().as_of.unwrap_or(FACTS_DATE);
    let not_yet = task.status_on(day) == TaskStatus::NotYet;
    let mut who_can: Vec<_> = (!not_yet).then(|| root_user(asked)).into_iter().collect();
    who_can.extend(task.also_allowed.iter().map(|other| (*other).to_owned()));
    GateDetails {
        who_can,
        how: match not_yet {
            true => Some(format!("ask {}", task.also_allowed.join(" or "))),
            false => past_what_bars(asked, alternative(task)).filter(|how| !how.is_empty()),
        },
        when: Some(days(task)),
        conflict: task.conflict,
        sources: task.sources.iter().map(|s| source(s, &FACTS_DATE.to_string())).collect(),
        ..details
    }
}

/// How to get it done, with what must be changed before, where the root user is denied it, too.
fn past_what_bars(asked: &Asked<'_>, how: String) -> Option<String> {
    Some(match asked.barring_statement() {
        Some(named) => format!("first change {named}, which denies it to the root user, too; then {how}"),
        None => how,
    })
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
    GateDetails { who_can: vec![root_user(asked)], ..details }
}

pub(super) fn root_user(asked: &Asked<'_>) -> String {
    let owner = asked.request.owner.or(asked.request.caller.account);
    let Some(account) = owner else { return "the root user of the account".to_owned() };
    let email = asked.request.world.account(account).map(|a| &a.root.email).filter(|email| !email.is_empty());
    match email {
        Some(email) => format!("the root user of account {account}, {email}"),
        None => format!("the root user of account {account}"),
    }
}

/// What one can do about it, where no change of policies helps.
fn how(asked: &Asked<'_>, gate: &Gate) -> Option<String> {
    let id = |account: Option<AccountId>| account.map(|id| id.to_string()).unwrap_or_default();
    let (own, owner) = (id(asked.request.caller.account), id(asked.request.owner));
    Some(match gate.name {
        GateName::PassRole => format!(
            "pass a role of account {own} instead; to use a role of account {owner}, make the call itself there, as a principal of account {owner}"
        ),
        GateName::CrossAccountAction => format!(
            "ask as a principal of account {owner}, which owns the resource, for example in a role there that lets you assume it"
        ),
        GateName::Organizations => organizations(asked)?,
        GateName::Protected => protected(asked, gate).to_owned(),
        GateName::Credentials => credentials(asked),
        GateName::Partition => partition(asked)?,
        _ => return None,
    })
}

/// D47, E8, I16, I17.
fn organizations(asked: &Asked<'_>) -> Option<String> {
    let organization = concerned(&asked.request)?;
    let management = organization.management;
    let ask = format!("ask as a principal of the management account {management}");
    if asked.request.action.is("sts:AssumeRoot") {
        let task = asked.request.given_value("sts:TaskPolicyArn");
        if let Some(feature) = organization.missing_root_feature(task) {
            return Some(format!("switch it on in the management account: `root-access {feature} on`"));
        }
        return Some(format!("{ask}, for a member account"));
    }
    Some(match facts::organizations_caller(asked.request.action.name()) {
        OrganizationsCaller::NoOrganization => {
            "ask as a principal of an account that is in no organization".to_owned()
        }
        OrganizationsCaller::Member if asked.request.caller.account == Some(management) => {
            "delete the organization from the management account, once it has no other accounts".to_owned()
        }
        OrganizationsCaller::Member => {
            format!("have the management account {management} deregister the delegated administrator first")
        }
        OrganizationsCaller::ManagementOrDelegated => format!(
            "{ask}, or of a delegated administrator: `delegate SERVICE to account ACCOUNT`, or a policy on {} that names the account",
            organization.arn()
        ),
        _ => ask,
    })
}

/// The organization that a call is about: that of the account that AssumeRoot goes to, otherwise the caller's.
fn concerned<'a>(request: &Prepared<'a>) -> Option<&'a Arc<Organization>> {
    let of = |account: Option<AccountId>| request.world.organization_of(account?);
    let target = request.owner.filter(|_| request.action.is("sts:AssumeRoot"));
    of(target).or_else(|| of(request.caller.account))
}

/// D22, D33, D34.
fn protected(asked: &Asked<'_>, gate: &Gate) -> &'static str {
    match gate.rule.as_str() {
        "D22" => "give the key an alias that does not begin with alias/aws/",
        "D33" => {
            "make a customer managed policy with the same text, change that one, and attach it in place of AWS's"
        }
        _ if asked.request.arn().is_some_and(|arn| arn.resource().contains("/aws-service-role/")) => {
            "change it through its service, or make a role of your own and hand that to the service"
        }
        _ => "make a role of your own and use that",
    }
}

/// D.10, I22.
fn credentials(asked: &Asked<'_>) -> String {
    let action = asked.request.action.text();
    match &asked.request.caller.principal.kind {
        PrincipalKind::User { .. } if asked.request.action.is("sts:GetScopedCredentials") => {
            format!("call {action} with temporary credentials, of sts:GetSessionToken or sts:AssumeRole")
        }
        PrincipalKind::Root(_) => {
            format!("call {action} as an IAM user or as a session of a role, which can")
        }
        PrincipalKind::AssumedRoot { .. } => {
            "end the root session and ask as an IAM user or as a session of a role".to_owned()
        }
        PrincipalKind::Anonymous => {
            "sign the call: make it as an IAM user or as a session of a role".to_owned()
        }
        PrincipalKind::User { .. } => {
            format!(
                "call {action} with the long-term access key of the user, or with a session of GetSessionToken that was begun with MFA, if it is a call of IAM"
            )
        }
        _ if asked.request.action.is_of("sts") => {
            format!("call {action} with the long-term access key of an IAM user")
        }
        _ => format!("call {action} in the console, or as an IAM user or a session of a role"),
    }
}

/// D.3-1.
fn partition(asked: &Asked<'_>) -> Option<String> {
    let (own, other) = (&asked.request.caller.principal.partition, asked.request.arn()?);
    let other = other.partition();
    Some(format!(
        "partitions share no identities: ask as a principal of an account of {other}, or for a resource of {own}"
    ))
}

/// Since when the task is root-only, and until when, as far as is known.
fn days(task: &RootOnlyTask) -> String {
    let from = match task.from {
        Bound::Always => "the beginning".to_owned(),
        Bound::Date(day) => day.to_string(),
        Bound::Before(day) => format!("{day} or earlier"),
        Bound::Between(first, last) => format!("some day between {first} and {last}"),
        Bound::Unknown | Bound::Never => "a day that nobody wrote down".to_owned(),
    };
    let until = match task.until {
        Bound::Never => format!("and still on {FACTS_DATE}"),
        Bound::Date(day) => format!("until {day}"),
        Bound::Before(day) => format!("until {day} or earlier"),
        Bound::Between(first, last) => format!("until some day between {first} and {last}"),
        Bound::Unknown | Bound::Always => "until a day that nobody wrote down".to_owned(),
    };
    format!("{from}, {until}")
}

fn source(source: &str, date: &str) -> String {
    if source.contains(date) { source.to_owned() } else { format!("{source}, facts of {date}") }
}
