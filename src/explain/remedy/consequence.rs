//! What a change means for others, in one line: which actions, on what, for whom.

use std::borrow::Cow;

use super::super::NearMiss;
use super::super::headline::{list, up_to};
use super::context::REGION;
use super::edit::{LIFTS, NOTHING_ELSE, TAKES};
use super::proposal::{Patch, Proposal};
use super::statement_words::{few, fresh, written};
use crate::compile::Element;
use crate::facts;
use crate::names::{AccountId, has_wildcard};
use crate::policy::{ConditionTest, Layer, PolicyType};
use crate::question::{Asked, ask};
use crate::trace::StatementAt;
use crate::world::{Principal, PrincipalKind, Request};

/// How many actions are named of those that a change opens or lifts a Deny on, and how many of those it leaves.
const ALL: usize = 10;
const SOME: usize = 3;

/// How it is said that a condition is not told.
const ITS_CONDITION: &str = ", as far as its Condition lets them";

impl Asked<'_> {
    /// What a Deny gives up: `lifts the Deny on iam:* for user alice`.
    pub(super) fn lifts(&self, at: StatementAt, whom: &str) -> String {
        let (actions, resources) = (self.actions_of(at), self.resources_of(at));
        let below = if self.request.action.is_of("glue") { " and what lies in it" } else { "" }; // D44
        let nothing = if whom == self.holder_name() { self.nothing_remains(at) } else { None };
        let nothing = nothing.unwrap_or_default();
        match self.regions_kept(at) {
            Some(regions) => format!(
                "{LIFTS} for {whom}: all that policies allow is then allowed in every Region, and data may leave {regions}{nothing}"
            ),
            None => format!("{LIFTS} on {actions}{resources}{below} for {whom}{nothing}"),
        }
    }

    /// The Regions that a Deny of nearly all keeps everybody in.
    fn regions_kept(&self, at: StatementAt) -> Option<String> {
        let view = self.request.statement(at)?;
        let is_wide = view.statement.not_action || self.actions_of(at) == "every action";
        let policy = view.policy.policy();
        let mut tests = view.written()?.condition.iter().filter(|_| is_wide);
        let is_kept = |test: &&ConditionTest| {
            test.operator.operator.is_negated() && policy.text(&test.key).eq_ignore_ascii_case(REGION)
        };
        let test = tests.find(is_kept)?;
        let regions: Vec<Cow<'_, str>> =
            policy.texts(test.values).iter().map(|text| policy.text(text)).collect();
        Some(up_to(SOME, &regions))
    }

    /// That an exception for the one who asks leaves a Deny without anybody, where nobody else has its policy.
    pub(super) fn nothing_remains(&self, at: StatementAt) -> Option<String> {
        let is_own = matches!(at.layer, Layer::IdentityBased | Layer::PermissionsBoundary);
        let origin = self.origin(at).filter(|origin| is_own && origin.group.is_none())?;
        let is_alone = origin.arn.is_none() || self.holders_of(&origin.name) == Some(1);
        let account = self.request.caller.account.filter(|_| is_alone)?;
        Some(match self.permission_set() {
            Some(_) => format!("; nothing of this Deny remains in account {account}"),
            None => "; nothing of this Deny remains, since nobody else has that policy".to_owned(),
        })
    }

    /// What a statement is about: `s3:GetObject on arn:…`.
    pub(super) fn covered(&self, at: StatementAt) -> String {
        format!("{}{}", self.actions_of(at), self.resources_of(at))
    }

    /// What an exception for one resource gives up: `lifts the Deny on s3:* for everybody, on … alone`.
    pub(super) fn lifts_for(&self, at: StatementAt, whom: &str, resource: &str) -> String {
        format!("lifts the Deny on {} for {whom}, on {resource} alone", self.actions_of(at))
    }

    /// What an Allow grants that comes to cover the request: what is new in it, and whom it speaks to.
    pub(super) fn also_grants(&self, at: StatementAt, found: &Proposal) -> String {
        if let Some(raised) = self.raises(at.layer, at.level, &self.actions_of(at)) {
            return raised;
        }
        let Patch::Policy(edit) = &found.change else { return String::new() };
        let number = at.statement.statement as usize;
        let (Some(old), Some(new)) = (&found.replaces, &edit.document) else { return String::new() };
        let Some((old, new)) = written(old, number).zip(written(new, number)) else { return String::new() };
        let fresh_actions = fresh(old.actions(), new.actions());
        let (named, on) = self.of_fitting_types(fresh_actions, fresh(old.resources(), new.resources()));
        let actions = match new.one.not_action {
            true => format!("every action but {}", few(&new.actions())),
            false => named_actions(self.own_first(named)),
        };
        let resources = new.on(&on);
        let principals = fresh(old.principals(), new.principals());
        let is_new = principals.len() < new.principals().len();
        let whom = self.whom(at, &principals);
        let met = new.newly_met(&old, number).filter(|_| !is_new);
        let stays = new.still_asks(number, met.as_deref().and_then(|met| met.split(' ').next()));
        let where_so =
            |all: Vec<String>| if all.is_empty() { String::new() } else { format!(", where {}", list(&all)) };
        let whom = match met {
            Some(whose) if principals.iter().any(|name| name == "*") => {
                format!(" to everybody whose {whose}{}", where_so(stays))
            }
            Some(whose) => format!("{whom}{}", where_so([vec![whose], stays].concat())),
            None if whom.ends_with(ITS_CONDITION) && !stays.is_empty() => {
                format!("{}{}", whom.trim_end_matches(ITS_CONDITION), where_so(stays))
            }
            None => format!("{whom}{}", where_so(stays)),
        };
        format!("grants {actions}{resources}{whom}")
    }

    /// Of actions and resources those that go together: an action on objects is none on their bucket.
    fn of_fitting_types(&self, actions: Vec<String>, on: Vec<String>) -> (Vec<String>, Vec<String>) {
        let catalog = self.request.world.catalog();
        let fits = |action: &String, arn: &String| match catalog.action(action) {
            Some(facts) if facts.has_resource_types() && !has_wildcard(arn) && !arn.contains('$') => {
                facts.resource_type_of(arn).is_some()
            }
            _ => true,
        };
        let named = |action: &&String| on.is_empty() || on.iter().any(|arn| fits(action, arn));
        let some: Vec<String> = actions.iter().filter(named).cloned().collect();
        let (actions, is_known) = if some.is_empty() { (actions, false) } else { (some, true) };
        let covered = |arn: &&String| actions.iter().any(|action| fits(action, arn));
        let others: Vec<String> = on.iter().filter(covered).cloned().collect();
        let on = if is_known && !others.is_empty() { others } else { on };
        (actions, on)
    }

    /// Whom a statement speaks to.
    fn whom(&self, at: StatementAt, principals: &[String]) -> String {
        let everybody = principals.iter().any(|name| name == "*");
        match at.layer {
            Layer::IdentityBased => format!(" to {}", self.holders(at)),
            Layer::ResourceBased if everybody => format!(" to everybody{ITS_CONDITION}"),
            Layer::ResourceBased if principals.is_empty() => String::new(),
            Layer::ResourceBased => {
                let names: Vec<String> = principals.iter().map(|name| self.whom_a_name_means(name)).collect();
                format!(" to {}", few(&names))
            }
            _ => String::new(),
        }
    }

    /// Who is meant by the name of a principal in a policy.
    fn whom_a_name_means(&self, name: &str) -> String {
        let account = name.strip_suffix(":root").and_then(|arn| arn.rsplit(':').next()).unwrap_or(name);
        if let Some(account) = AccountId::parse(account) {
            return format!("every principal of account {account}");
        }
        if let Some((_, provider)) = name.split_once("-provider/") {
            return format!("users of identity provider {provider}");
        }
        match Principal::parse_arn(name) {
            Some(role @ Principal { kind: PrincipalKind::RoleSession { .. }, .. }) => {
                format!("every session of {}", self.name(&role))
            }
            Some(user) => self.name(&user),
            None => name.to_owned(),
        }
    }

    /// What a new statement opens that has a Condition on a beginning: all that begins so.
    pub(super) fn grants_below(&self, condition: Option<&str>) -> Option<String> {
        let prefix = condition.filter(|text| text.contains("StringLike"))?;
        let prefix = prefix.split('"').find_map(|text| text.strip_suffix('*'))?;
        Some(format!("grants {} of all under {prefix} to {}", self.action_name(), self.own_name()))
    }

    /// To whom a policy of the principal counts: of a role to all its sessions.
    fn own_name(&self) -> String {
        let is_session = matches!(self.request.caller.principal.kind, PrincipalKind::RoleSession { .. });
        let own = self.holder_name();
        if is_session { format!("every session of {own}") } else { own }
    }

    /// Who has an identity-based policy: the members of a group, or all to whom it is attached.
    fn holders(&self, at: StatementAt) -> String {
        let Some(origin) = self.origin(at) else { return self.holder_name() };
        if let Some(group) = &origin.group {
            let account = self.request.caller.account.and_then(|id| self.request.world.account(id));
            let members = account.iter().flat_map(|account| account.members(group));
            let names: Vec<String> = members.map(|user| format!("user {}", user.name)).collect();
            return format!("everybody in group {group} ({})", few(&names));
        }
        match self.shared(&origin.name).strip_prefix(", to ") {
            Some(all) => all.to_owned(),
            None => format!("{} alone", self.holder_name()),
        }
    }

    /// That a statement for just this grants nothing else.
    pub(super) fn grants_this(
        &self,
        layer: Layer,
        policy: Option<&str>,
        kind: PolicyType,
        pattern: &str,
    ) -> String {
        let identity = layer == Layer::IdentityBased;
        let shared = policy.filter(|_| identity).map(|name| self.shared(name)).unwrap_or_default();
        let is_wider =
            !matches!(kind, PolicyType::Key | PolicyType::Trust) && pattern != self.request.resource().text();
        if is_wider {
            let own = match layer {
                Layer::Session => format!("this session of {}", self.holder_name()),
                _ => self.many_named().unwrap_or_else(|| self.own_name()),
            };
            let whom = if shared.is_empty() { format!(" to {own}") } else { shared };
            return format!("grants {} on all of {pattern}{whom}", self.action_name());
        }
        if layer == Layer::ResourceBased
            && let Some(whom) = self.many_named()
        {
            return format!("grants {} to {whom}", self.action_name());
        }
        let own = self.own_name();
        let sessions = match layer {
            Layer::Session => ", to this session alone".to_owned(),
            _ if own == self.holder_name() || !shared.is_empty() => String::new(),
            _ => format!(", to {own}"),
        };
        let key = if kind == PolicyType::Key { "; in a key policy `*` is this key" } else { "" };
        format!("{NOTHING_ELSE}{shared}{sessions}{key}")
    }

    /// The action that was asked for, and the others of its task, or that the call does on its resource, that are not
    /// allowed on it either.
    pub(super) fn task_actions(&self) -> Vec<String> {
        let own = self.action_name();
        let task = facts::task_of(&own).map(|task| task.actions).unwrap_or_default();
        let beside = facts::needed_beside(&own).filter(|one| one.elsewhere.is_none()).map(|one| &one.action);
        let all = task.iter().chain(beside);
        let others = all.filter(|other| **other != own && !self.is_allowed(other));
        let others: Vec<String> = others.map(|other| (*other).to_owned()).collect();
        [own].into_iter().chain(others).collect()
    }

    fn is_allowed(&self, action: &str) -> bool {
        let request = Request { action, ..self.request.request };
        let prepared = self.request.world.prepare(self.request.caller.clone(), request);
        prepared.is_ok_and(|prepared| ask(prepared).decision.is_allowed())
    }

    /// That a statement grants what a task takes.
    pub(super) fn grants_task(&self, layer: Layer, actions: &[String], pattern: &str) -> Option<String> {
        let task = facts::task_of(&self.action_name()).map(|task| task.name);
        let task = task.or(facts::needed_beside(&self.action_name()).next().map(|_| "the call"));
        let task = task.filter(|_| actions.len() > 1)?;
        let own = match layer {
            Layer::Session => "this session alone".to_owned(),
            _ => self.many_named().unwrap_or_else(|| self.own_name()),
        };
        Some(format!("grants {} on {pattern} to {own}: {task} {TAKES}", few(actions)))
    }

    /// What is said instead where nobody could be asked before and after.
    pub(super) fn grants_it(&self, near: Option<&NearMiss>) -> String {
        let key = self.request.side.kind == Some(PolicyType::Key);
        let pattern =
            if key { self.request.resource().text().to_owned() } else { self.resource_pattern(near) };
        let own = self.many_named().unwrap_or_else(|| self.holder_name());
        format!("grants {} on {pattern} to {own}", self.action_name())
    }

    /// Whom a resource's policy names by the name of the principal, where those are more: everybody, or an account.
    fn many_named(&self) -> Option<String> {
        let caller = &self.request.caller;
        match &caller.principal.kind {
            PrincipalKind::Anonymous => Some("everybody, signed in or not".to_owned()),
            PrincipalKind::Root(account) => {
                Some(format!("account {account}: to its root user, and to whom its IAM policies allow it"))
            }
            _ => None,
        }
    }

    /// That a limit is raised, by which nobody has got anything yet: of an SCP, of a boundary.
    pub(super) fn raises(&self, layer: Layer, level: u8, what: &str) -> Option<String> {
        let level = self.request.level(layer, level);
        let whose = match layer {
            Layer::ServiceControl => match &*level?.name {
                root if root.starts_with("organization") => "every account of the organization".to_owned(),
                ou if ou.starts_with("ou ") => format!("every account in {ou}"),
                account => account.to_owned(),
            },
            Layer::PermissionsBoundary => {
                let origin = level.and_then(|level| level.origins.first());
                let shared = origin.map(|origin| self.shared(&origin.name)).unwrap_or_default();
                let all =
                    shared.strip_prefix(", to ").map(|all| all.replace(", roles and groups", " and roles"));
                format!("the policies of {}", all.unwrap_or_else(|| self.holder_name()))
            }
            _ => return None,
        };
        Some(format!("lets {whose} allow {what}; grants nothing by itself"))
    }

    /// The actions of a statement: `iam:*`, `every action but sts:*`.
    fn actions_of(&self, at: StatementAt) -> String {
        let Some(view) = self.request.statement(at) else { return String::new() };
        let patterns = view.policy.actions(view.statement).iter();
        let names: Vec<String> = patterns.map(|p| p.text(view.policy).to_owned()).collect();
        match (view.statement.not_action, &names[..]) {
            (true, []) => "every action".to_owned(),
            (true, names) if names.len() <= SOME => format!("every action but {}", few(names)),
            (true, names) => format!("every action but {} exceptions", names.len()),
            (false, [one]) if one == "*" => "every action".to_owned(),
            (false, names) => up_to(ALL, &self.own_first(names.to_vec())),
        }
    }

    fn resources_of(&self, at: StatementAt) -> String {
        let Some(view) = self.request.statement(at) else { return String::new() };
        let patterns = view.policy.resources(view.statement).iter();
        let names: Vec<String> = patterns.map(|p| p.text(view.policy).to_owned()).collect();
        let all = match at.layer {
            Layer::ResourceControl => {
                let level = self.request.level(at.layer, at.level).map(|level| &*level.name);
                level.filter(|level| !level.is_empty()).map(|level| {
                    format!(" in {}", level.replace("organization root", "the whole organization"))
                })
            }
            _ => None,
        };
        match (view.statement.resource_element, &names[..]) {
            (Element::Absent, _) => String::new(),
            (Element::Negated, names) => format!(" on every resource but {}", few(names)),
            (Element::Plain, [one]) if one == "*" => {
                format!(" on every resource{}", all.unwrap_or_default())
            }
            (Element::Plain, names) => format!(" on {}", few(names)),
        }
    }

    /// `, to all 3 users, roles and groups with AppData`
    fn shared(&self, policy: &str) -> String {
        match self.holders_of(policy) {
            None | Some(0 | 1) => String::new(),
            Some(many) => format!(", to all {many} users, roles and groups with {policy}"),
        }
    }

    /// How many users, roles and groups have a managed policy of the account, be it as their boundary.
    fn holders_of(&self, policy: &str) -> Option<usize> {
        let account = self.request.caller.account.and_then(|id| self.request.world.account(id))?;
        let known = account.policy(policy)?;
        let has = |arn: &str| *arn == *known.arn;
        let users = account.users.values().map(|user| (&user.permissions, &user.boundary));
        let roles = account.roles.values().map(|role| (&role.permissions, &role.boundary));
        let groups = account.groups.values().map(|group| (&group.permissions, &None));
        let all = users.chain(roles).chain(groups);
        let uses = all.filter(|(permissions, boundary)| {
            permissions.attached.iter().any(|arn| has(arn)) || boundary.as_deref().is_some_and(has)
        });
        Some(uses.count())
    }
}

fn named_actions(names: Vec<String>) -> String {
    match &names[..] {
        [one] if one == "*" => "every action".to_owned(),
        names => up_to(ALL, names),
    }
}
