//! The steps that a principal can take.

use super::needs::StepNeeds;
use super::step::{MetNeed, PathStep, StepGain};
use crate::facts::{EscalationMethod, MethodGain, NeedOn, escalation_methods};
use crate::question::Assumptions;
use crate::world::{Account, Change, Identity, Principal, PrincipalKind, World};

/// Where the policies of AWS's services lie that nobody can change.
const RESERVED: [&str; 2] = ["/aws-service-role/", "/aws-reserved/"];

/// The steps of a principal, and what it could do where something ran with a role.
pub(super) struct Taken<'w> {
    pub(super) needs: StepNeeds<'w>,
    pub(super) account: &'w Account,
    /// The principal itself; nothing for a root user, who needs no steps.
    pub(super) own: Identity<'w>,
    /// Which roles a service may assume.
    pub(super) service_roles: &'w dyn Fn(&str) -> Vec<String>,
    pub(super) assumptions: &'w Assumptions,
}

impl Taken<'_> {
    /// All steps; those of a method on several targets are several.
    pub(super) fn steps(&mut self) -> Vec<PathStep> {
        let mut steps = self.assumed_roles();
        for method in escalation_methods().iter().filter(|method| method.gains != MethodGain::Running) {
            if method.id != "sts-assume-role" && self.can_act(method) {
                steps.extend(self.by(method));
            }
        }
        steps
    }

    /// What it could do if something ran with a role that has more.
    pub(super) fn leads(&mut self) -> Vec<(&'static EscalationMethod, Vec<MetNeed>)> {
        let running = escalation_methods().iter().filter(|method| method.gains == MethodGain::Running);
        running.filter_map(|method| Some((method, self.met(method, None)?))).collect()
    }

    /// Whether the principal is of the kind that can use a method on itself; nobody changes what is AWS's own.
    fn can_act(&self, method: &EscalationMethod) -> bool {
        let is_kind = method.actor.is_none_or(|kind| kind == self.own.kind);
        is_kind && !(method.needs_on(NeedOn::Itself) && is_reserved(self.own.path))
    }

    /// The roles of all accounts that it may assume.
    fn assumed_roles(&mut self) -> Vec<PathStep> {
        let Some(method) = escalation_methods().iter().find(|method| method.id == "sts-assume-role") else {
            return Vec::new();
        };
        let own = self.own.arn(self.account.id);
        let roles = self.needs.world.accounts().flat_map(|account| {
            let roles = account.identities().filter(|one| one.kind == "role");
            roles
                .filter(|role| !is_service_linked(role.path))
                .map(|role| role.arn(account.id))
                .collect::<Vec<_>>()
        });
        let roles: Vec<String> = roles.filter(|role| *role != own).collect();
        let steps = roles.into_iter().filter_map(|role| {
            let need = self.needs.on("sts:AssumeRole", &role, None)?;
            Some(self.step(method, vec![need], StepGain::RightsOf(role)))
        });
        steps.collect()
    }

    /// The steps by one method, one for each target on which all that it needs is there.
    fn by(&mut self, method: &'static EscalationMethod) -> Vec<PathStep> {
        let targets = self.targets(method);
        let mut steps = Vec::new();
        for target in targets {
            let Some(needs) = self.met(method, target.as_deref()) else { continue };
            let gains = match (method.gains, &target) {
                (MethodGain::Target, Some(arn)) => StepGain::RightsOf(arn.clone()),
                (MethodGain::Group, Some(group)) if !self.makes_administrator(group) => continue,
                _ => StepGain::Everything,
            };
            steps.push(self.step(method, needs, gains));
        }
        steps
    }

    fn step(&self, method: &'static EscalationMethod, needs: Vec<MetNeed>, gains: StepGain) -> PathStep {
        PathStep { who: self.own.arn(self.account.id), method, needs, gains }
    }

    /// What a method can be used on; one nothing where it needs no target.
    fn targets(&self, method: &EscalationMethod) -> Vec<Option<String>> {
        let id = self.account.id;
        let others = |kind: &'static str| {
            let of_kind = self.account.identities().filter(move |one| one.kind == kind);
            let others = of_kind.filter(|one| {
                !is_reserved(one.path) && (one.kind, one.name) != (self.own.kind, self.own.name)
            });
            others.map(move |one| Some(one.arn(id))).collect::<Vec<_>>()
        };
        if let (true, Some(service)) = (method.needs_on(NeedOn::PassedRole), method.trusted.first()) {
            return (self.service_roles)(service).into_iter().map(Some).collect();
        }
        let kinds = [(NeedOn::User, "user"), (NeedOn::Role, "role"), (NeedOn::Group, "group")];
        match kinds.into_iter().find(|(on, _)| method.needs_on(*on)) {
            Some((_, "group")) => {
                let is_in = |arn: &Option<String>| arn.as_deref().is_some_and(|arn| self.is_in(arn));
                others("group").into_iter().filter(|group| !is_in(group)).collect()
            }
            Some((_, kind)) => others(kind),
            None => vec![None],
        }
    }

    fn is_in(&self, group: &str) -> bool {
        let name = group.rsplit('/').next().unwrap_or_default();
        self.own.groups.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// All that a method needs on a target, or nothing.
    fn met(&mut self, method: &'static EscalationMethod, target: Option<&str>) -> Option<Vec<MetNeed>> {
        let mut needs = Vec::new();
        for (action, on) in &method.needs {
            needs.push(self.need(action, *on, target, method.passed_to)?);
        }
        Some(needs)
    }

    fn need(
        &mut self,
        action: &'static str,
        on: NeedOn,
        target: Option<&str>,
        passed_to: Option<&'static str>,
    ) -> Option<MetNeed> {
        let id = self.account.id;
        match on {
            NeedOn::Anything => self.needs.anywhere(action),
            NeedOn::Itself => self.needs.on(action, &self.own.arn(id), None),
            NeedOn::User | NeedOn::Role | NeedOn::Group => self.needs.on(action, target?, None),
            NeedOn::PassedRole => self.needs.on(action, target?, passed_to),
            NeedOn::OwnGroup => {
                let groups: Vec<String> = self.own_groups().map(|group| group.arn(id)).collect();
                groups.iter().find_map(|group| self.needs.on(action, group, None))
            }
            NeedOn::OwnPolicy => {
                let groups: Vec<String> = self.own_groups().flat_map(customer_managed).collect();
                let own: Vec<String> = customer_managed(self.own).chain(groups).collect();
                own.iter().find_map(|policy| self.needs.on(action, policy, None))
            }
            NeedOn::PolicyOfRole => {
                let role = self.account.role(target?.rsplit('/').next()?)?;
                let policies: Vec<String> = customer_managed(Identity::from(&**role)).collect();
                policies.iter().find_map(|policy| self.needs.on(action, policy, None))
            }
        }
    }

    fn own_groups(&self) -> impl Iterator<Item = Identity<'_>> {
        self.own
            .groups
            .iter()
            .filter_map(|name| self.account.group(name))
            .map(|group| Identity::from(&**group))
    }

    /// Whether a user may do everything who joins a group.
    fn makes_administrator(&self, group: &str) -> bool {
        let mut world: World = self.needs.world.clone();
        let group = group.rsplit('/').next().unwrap_or_default().into();
        let join = Change::AddToGroup { account: self.account.id, user: self.own.name.into(), group };
        let joined = world.apply(join).is_ok();
        joined && is_administrator(&world, &self.needs.principal, self.assumptions)
    }
}

/// Whether a principal may do everything, as far as actions of several services on anything tell.
pub(super) fn is_administrator(world: &World, principal: &Principal, assumptions: &Assumptions) -> bool {
    const EVERYTHING: [&str; 6] = [
        "iam:PutUserPolicy", "iam:CreateRole", "s3:DeleteBucket", "ec2:TerminateInstances",
        "rds:DeleteDBInstance", "lambda:UpdateFunctionCode",
    ];
    if matches!(principal.kind, PrincipalKind::Root(_)) {
        return true;
    }
    let mut needs = StepNeeds::of(world, principal.clone(), assumptions);
    EVERYTHING.iter().all(|action| needs.on_any_other(action).is_some_and(|met| met.condition.is_none()))
}

fn customer_managed(identity: Identity<'_>) -> impl Iterator<Item = String> + '_ {
    identity.permissions.attached.iter().filter(|arn| !arn.contains(":iam::aws:")).map(|arn| arn.to_string())
}

fn is_reserved(path: &str) -> bool {
    RESERVED.iter().any(|reserved| path.starts_with(reserved))
}

pub(super) fn is_service_linked(path: &str) -> bool {
    path.starts_with(RESERVED[0])
}
