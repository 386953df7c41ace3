//! `list users`: lists of what there is.

use std::sync::Arc;

use super::describe::{names, permissions};
use super::list_policies::all_policies;
use crate::facts::{self, FACTS_DATE, MANAGED_POLICIES_DATE, TaskStatus};
use crate::session::{Failure, Heading, Outcome, Part, Row, Session, command};
use crate::syntax::script::plain;
use crate::world::{self, ControlKind, DOUBTS, MODES, Node, Switch, WorldError};

pub(super) const ROW: Row = Heading::Control.row(
    "list [WORD [all]]",
    "lists accounts, users, groups, roles, policies, resources, endpoints, ous, scps, rcps, root-only (tasks), settings, rules or commands; users, groups, roles and policies of the selected account, or of `all`",
    "list users",
    |words, _| {
        let what = words.get("WORD").map(|word| word.text.to_string());
        let all = words.keyword("all").is_some();
        Ok(command(move |session, _, _| match all {
            true => list_all(session, what.as_deref().unwrap_or_default()),
            false => list(session, what.as_deref()),
        }))
    },
);

/// What can be listed, and how.
type Lister = fn(&Session) -> Result<Outcome, Failure>;

const LISTS: [(&str, Lister); 14] = [
    ("accounts", accounts),
    ("users", users),
    ("groups", groups),
    ("roles", roles),
    ("policies", policies),
    ("resources", resources),
    ("endpoints", endpoints),
    ("ous", units),
    ("scps", |session| control_policies(session, ControlKind::Scp)),
    ("rcps", |session| control_policies(session, ControlKind::Rcp)),
    ("root-only", root_only),
    ("settings", settings),
    ("rules", rules),
    ("commands", commands),
];

/// What can be listed.
pub fn lists() -> impl Iterator<Item = &'static str> {
    LISTS.into_iter().map(|(name, _)| name)
}

/// Lists things of a kind; without one, what can be listed.
fn list(session: &Session, what: Option<&str>) -> Result<Outcome, Failure> {
    let Some(what) = what else { return Ok(overview(session)) };
    let plural = |name: &&(&str, Lister)| name.0 == what || name.0.strip_suffix('s') == Some(what);
    match LISTS.iter().find(plural) {
        Some((_, lister)) => lister(session),
        None => Err(unknown(what).into()),
    }
}

/// Lists things of a kind of all accounts.
fn list_all(session: &Session, what: &str) -> Result<Outcome, Failure> {
    let of_each = |header: &[&str], rows: fn(&world::Account) -> Vec<Vec<String>>| {
        let rows = session.world.accounts().flat_map(|account| with_account(account, rows(account)));
        table(&[&["account"], header].concat(), rows.collect())
    };
    match what.trim_end_matches('s') {
        "user" => of_each(&USERS, |account| account.users.values().map(|user| user_row(user)).collect()),
        "group" => of_each(&GROUPS, group_rows),
        "role" => of_each(&ROLES, |account| account.roles.values().map(|role| role_row(role)).collect()),
        "policie" | "policy" => all_policies(session),
        _ => list(session, Some(what)), // which is of all accounts, or of none
    }
}

fn with_account(account: &world::Account, rows: Vec<Vec<String>>) -> impl Iterator<Item = Vec<String>> {
    let name = account.alias.as_deref().unwrap_or(account.id.as_str()).to_owned();
    rows.into_iter().map(move |row| [vec![name.clone()], row].concat())
}

fn unknown(what: &str) -> WorldError {
    let kinds = LISTS.map(|(name, _)| name);
    WorldError::new("unknown-list", what, format!("there is no list of `{what}`"))
        .suggest(kinds)
        .otherwise(format!("one of {}", kinds.join(", ")))
}

fn overview(session: &Session) -> Outcome {
    let world = &session.world;
    let mut lines = vec![format!("accounts   {}", names(world.accounts().map(|account| account.label())))];
    if let Ok(account) = session.selected_account() {
        lines.push(format!("selected   {}", account.label()));
        lines.push(format!("users      {}", names(account.users.values().map(|user| &user.name))));
        lines.push(format!("groups     {}", names(account.groups.values().map(|group| &group.name))));
        lines.push(format!("roles      {}", names(account.roles.values().map(|role| &role.name))));
        lines.push(format!("policies   {}", names(account.policies.keys())));
    }
    lines.push(format!("resources  {}", names(world.resources().map(|resource| &resource.arn))));
    let kinds = LISTS.map(|(name, _)| name).join(", ");
    Outcome::of(Part::Text(lines.join("\n"))).note(format!("`list` takes one of {kinds}"))
}

pub(super) fn table(header: &[&str], rows: Vec<Vec<String>>) -> Result<Outcome, Failure> {
    if rows.is_empty() {
        return Ok(Outcome::said("none"));
    }
    Ok(Outcome::of(Part::Table { header: header.iter().map(|name| name.to_string()).collect(), rows }))
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-" } else { text }.to_owned()
}

fn accounts(session: &Session) -> Result<Outcome, Failure> {
    let world = &session.world;
    let rows = world.accounts().map(|account| {
        let organization = world.organization_of(account.id).map_or("", |organization| &*organization.id);
        vec![
            account.id.to_string(),
            account.name.to_string(),
            or_dash(account.alias.as_deref().unwrap_or_default()),
            or_dash(&account.root.email),
            if account.root.mfa { "yes" } else { "no" }.to_owned(),
            or_dash(organization),
        ]
    });
    table(&["account", "name", "alias", "root user", "MFA of root", "organization"], rows.collect())
}

fn users(session: &Session) -> Result<Outcome, Failure> {
    table(&USERS, session.selected_account()?.users.values().map(|user| user_row(user)).collect())
}

const USERS: [&str; 4] = ["user", "groups", "policies", "boundary"];

fn user_row(user: &world::User) -> Vec<String> {
    let (groups, policies) = (names(user.groups.iter()), permissions(&user.permissions));
    vec![user.name.to_string(), groups, policies, boundary(user.boundary.as_deref())]
}

fn groups(session: &Session) -> Result<Outcome, Failure> {
    table(&GROUPS, group_rows(session.selected_account()?))
}

const GROUPS: [&str; 3] = ["group", "members", "policies"];

fn group_rows(account: &world::Account) -> Vec<Vec<String>> {
    let rows = account.groups.values().map(|group| {
        let members = account.members(&group.name);
        let members = names(members.map(|user| user.name));
        vec![group.name.to_string(), members, permissions(&group.permissions)]
    });
    rows.collect()
}

fn roles(session: &Session) -> Result<Outcome, Failure> {
    table(&ROLES, session.selected_account()?.roles.values().map(|role| role_row(role)).collect())
}

const ROLES: [&str; 3] = ["role", "policies", "boundary"];

fn role_row(role: &world::Role) -> Vec<String> {
    vec![role.name.to_string(), permissions(&role.permissions), boundary(role.boundary.as_deref())]
}

/// The name of a boundary: the last part of its ARN.
fn boundary(arn: Option<&str>) -> String {
    or_dash(arn.and_then(|arn| arn.rsplit('/').next()).unwrap_or_default())
}

fn policies(session: &Session) -> Result<Outcome, Failure> {
    let own = session.selected_account()?.policies.values().map(|policy| policy_row(policy));
    let version = |arn: &str| facts::managed_policy(arn).map_or("-", |policy| policy.version).to_owned();
    let aws = session.world.aws_policies();
    let aws = aws.map(|policy| vec![policy.name.to_string(), "AWS managed".to_owned(), version(&policy.arn)]);
    let built_in = format!(
        "every policy of AWS is built in, as it was on {MANAGED_POLICIES_DATE}; those in use are listed here"
    );
    let more =
        (session.world.accounts().count() > 1).then_some("`list policies all` lists those of all accounts");
    let list = table(&["policy", "kind", "version"], own.chain(aws).collect())?.note(built_in);
    Ok(more.into_iter().fold(list, |list, more| list.note(more)))
}

fn policy_row(policy: &world::ManagedPolicy) -> Vec<String> {
    let version = policy.versions.get(policy.default).map(|version| version.id.to_string());
    vec![policy.name.to_string(), "customer managed".to_owned(), version.unwrap_or_default()]
}

fn resources(session: &Session) -> Result<Outcome, Failure> {
    let rows = session.world.resources().map(|resource| {
        let policy = if resource.policy.is_some() { "yes" } else { "no" };
        vec![resource.arn.to_string(), resource.owner.to_string(), policy.to_owned()]
    });
    table(&["resource", "owner", "policy"], rows.collect())
}

fn endpoints(session: &Session) -> Result<Outcome, Failure> {
    let endpoints = session.world.endpoints();
    let rows = endpoints.map(|endpoint| vec![endpoint.id.to_string(), endpoint.vpc.to_string()]);
    table(&["endpoint", "vpc"], rows.collect())
}

fn organization(session: &Session) -> Result<&world::Organization, Failure> {
    Ok(session.world.organization_meant(session.selected)?)
}

fn units(session: &Session) -> Result<Outcome, Failure> {
    let organization = organization(session)?;
    let row = |unit: &world::OrganizationalUnit| {
        let parent = unit.parent.as_deref().unwrap_or("organization root").to_owned();
        let node = Node::Unit(unit.name.clone());
        let accounts = organization.inside(&node).filter_map(|node| match node {
            Node::Account(id) => Some(id),
            _ => None,
        });
        vec![unit.name.to_string(), parent, names(accounts)]
    };
    let rows = organization.units.values().map(|unit| row(unit)).collect();
    Ok(of_one(session, organization, table(&["ou", "under", "accounts"], rows)?))
}

fn control_policies(session: &Session, kind: ControlKind) -> Result<Outcome, Failure> {
    let organization = organization(session)?;
    let controls = organization.controls(kind);
    let row = |name: &Arc<str>| vec![name.to_string(), names(controls.holders(name))];
    let rows = controls.policies.keys().map(row).collect();
    Ok(of_one(session, organization, table(&[kind.keyword(), "attached to"], rows)?))
}

/// A list of one organization says so, where there are several.
fn of_one(session: &Session, organization: &world::Organization, list: Outcome) -> Outcome {
    match session.world.organizations().count() {
        0 | 1 => list,
        count => list.note(format!("of organization {}, one of {count}", organization.id)),
    }
}

fn root_only(session: &Session) -> Result<Outcome, Failure> {
    let day = session.world.settings().as_of.unwrap_or(FACTS_DATE);
    let word = |status| match status {
        TaskStatus::RootOnly => "root only",
        TaskStatus::NotRootOnly => "no more",
        TaskStatus::NotYet => "not yet",
        TaskStatus::Unknown => "unknown",
        TaskStatus::Either => "either",
    };
    let rows = facts::root_only_tasks().map(|task| {
        let asked = task.pseudo_action.or(task.real_actions.first().copied()).unwrap_or("-");
        vec![task.id.to_owned(), task.task.to_owned(), word(task.status_on(day)).to_owned(), asked.to_owned()]
    });
    Ok(table(&["rule", "task", &format!("on {day}"), "asked for as"], rows.collect())?
        .note("`rootonly:…` names are ours: AWS has no IAM actions for these tasks"))
}

fn settings(session: &Session) -> Result<Outcome, Failure> {
    let settings = session.world.settings();
    let time = settings.time.map_or("the clock".to_owned(), |time| format!("{time} (epoch seconds)"));
    let switch =
        |switch: &Switch| vec![switch.label(), switch.word(settings).to_owned(), switch.words.join(", ")];
    let row = |name: &str, value: String, takes: &str| vec![name.to_owned(), value, takes.to_owned()];
    let mut rows: Vec<_> = DOUBTS.iter().map(switch).collect();
    rows.push(row("time", time, "a time such as 2026-11-23T12:00:00Z, now"));
    let day = settings.as_of.unwrap_or(FACTS_DATE).to_string();
    rows.push(row("as-of", day, "a day such as 2021-08-01, today"));
    rows.extend(MODES.iter().map(switch));
    table(&["setting", "value", "takes"], rows)
}

fn rules(_: &Session) -> Result<Outcome, Failure> {
    let rows =
        facts::RuleId::all().map(|rule| vec![rule.as_str().to_owned(), rule.facts().sentence.to_owned()]);
    table(&["rule", "what it says"], rows.collect())
}

fn commands(session: &Session) -> Result<Outcome, Failure> {
    let rows = session.table.rows.iter().map(|row| vec![plain(row.usage), row.help.to_owned()]).collect();
    table(&["command", "what it does"], rows)
}
