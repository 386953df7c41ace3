//! What a change means for others, in one line.

use super::super::headline::list;
use crate::catalog::{AccessLevel, ActionFacts};
use crate::compile::Element;
use crate::policy::{Layer, PolicyType};
use crate::question::Asked;
use crate::trace::StatementAt;
use crate::world::PrincipalKind;

/// How many patterns are named.
const NAMED: usize = 4;

impl Asked<'_> {
    /// What a Deny gives up: `lifts the Deny on iam:* for user alice`.
    pub(super) fn lifts(&self, at: StatementAt, whom: &str) -> String {
        let (actions, resources) = (self.actions_of(at), self.resources_of(at));
        format!("lifts the Deny on {actions}{resources} for {whom}")
    }

    /// What an exception for one resource gives up: `lifts the Deny on s3:* for everybody, on … alone`.
    pub(super) fn lifts_for(&self, at: StatementAt, whom: &str, resource: &str) -> String {
        format!("lifts the Deny on {} for {whom}, on {resource} alone", self.actions_of(at))
    }

    /// What an Allow that comes to cover the request grants besides.
    pub(super) fn also_grants(&self, at: StatementAt) -> String {
        let Some(view) = self.request.statement(at) else { return String::new() };
        if let Some(raised) = self.raises(at.layer, at.level, &self.actions_of(at)) {
            return raised;
        }
        let action = self.request.action;
        let patterns = view.policy.actions(view.statement).iter().map(|p| p.text(view.policy));
        let (own, others): (Vec<&str>, Vec<&str>) = patterns.partition(|pattern| action.is(pattern));
        let others: Vec<String> = others.into_iter().map(str::to_owned).collect();
        let what = match (view.statement.not_action, others.is_empty(), own.is_empty()) {
            (true, ..) => format!("grants every action but {}", few(&others)),
            (_, true, _) => "grants no other action".to_owned(),
            (_, false, true) => format!("grants all of {}", few(&others)),
            (_, false, false) => format!("also grants {}", few(&others)),
        };
        format!("{what}{}", self.reach(at))
    }

    /// That a statement for just this grants nothing else.
    pub(super) fn grants_this(&self, layer: Layer, policy: Option<&str>, kind: PolicyType) -> String {
        let identity = layer == Layer::IdentityBased;
        let shared = policy.filter(|_| identity).map(|name| self.shared(name)).unwrap_or_default();
        let pattern = self.resource_pattern();
        let is_wider =
            !matches!(kind, PolicyType::Key | PolicyType::Trust) && pattern != self.request.resource().text();
        if is_wider {
            return format!("grants {} on all of {pattern}{shared}", self.action_name());
        }
        if layer == Layer::ResourceBased
            && let Some(whom) = self.many_named()
        {
            return format!("grants {} to {whom}", self.action_name());
        }
        let key = if kind == PolicyType::Key { "; in a key policy `*` is this key" } else { "" };
        format!("grants nothing else{shared}{key}")
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
                let all = shared.strip_prefix(", to ").map(str::to_owned);
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
            (true, names) => format!("every action but {}", few(names)),
            (false, [one]) if one == "*" => "every action".to_owned(),
            (false, names) => few(names),
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

    /// To whom a statement speaks, where that is more than the principal.
    fn reach(&self, at: StatementAt) -> String {
        match at.layer {
            Layer::IdentityBased | Layer::PermissionsBoundary => {
                self.origin(at).map(|origin| self.shared(&origin.name)).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// `, to all 3 that have AppData`
    fn shared(&self, policy: &str) -> String {
        let account = self.request.caller.account.and_then(|id| self.request.world.account(id));
        let Some((account, known)) = account.and_then(|own| Some((own, own.policy(policy)?))) else {
            return String::new();
        };
        let has = |arn: &str| *arn == *known.arn;
        let users = account.users.values().map(|user| (&user.permissions, &user.boundary));
        let roles = account.roles.values().map(|role| (&role.permissions, &role.boundary));
        let groups = account.groups.values().map(|group| (&group.permissions, &None));
        let all = users.chain(roles).chain(groups);
        let uses = all.filter(|(permissions, boundary)| {
            permissions.attached.iter().any(|arn| has(arn)) || boundary.as_deref().is_some_and(has)
        });
        match uses.count() {
            0 | 1 => String::new(),
            many => format!(", to all {many} that have {policy}"),
        }
    }

    /// Rights over IAM can be used to get more of them.
    pub(super) fn caution(&self) -> Option<String> {
        if self.request.action.is("iam:PassRole") {
            return Some(
                "whoever may pass a role lends its rights to the service, and so has the use of them"
                    .to_owned(),
            );
        }
        let reads = |facts: ActionFacts<'_>| matches!(facts.level(), AccessLevel::List | AccessLevel::Read);
        let writes =
            self.request.action.is_of("iam") && self.request.facts.is_some_and(|facts| !reads(facts));
        writes.then(|| "whoever may change IAM can give themself further rights".to_owned())
    }
}

fn few(names: &[String]) -> String {
    match names.len() {
        0..=NAMED => list(names),
        many => format!("{} and {} more", names[..NAMED - 1].join(", "), many + 1 - NAMED),
    }
}
