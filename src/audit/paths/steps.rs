//! The steps that a principal can take.

use super::needs::StepNeeds;
use super::release::releases;
use super::step::{MetNeed, PathStep, StepGain};
use crate::facts::{EscalationMethod, MethodGain, NeedOn, escalation_methods};
use crate::question::Assumptions;
use crate::question::space::mentioned;
use crate::world::{Account, Change, Document, Identity, Principal, PrincipalKind, World};

/// Where the policies of AWS's services lie that nobody can change.
const RESERVED: [&str; 2] = ["/aws-service-role/", "/aws-reserved/"];

/// The service whose machines have the role of an instance profile, and what makes one.
const INSTANCES: &str = "ec2.amazonaws.com";
const PROFILE: [&str; 2] = ["iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"];

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
        for method in escalation_methods().iter().filter(|method| method.is_certain()) {
            if method.id != "sts-assume-role" && self.can_act(method) {
                steps.extend(self.by(method));
            }
        }
        steps
    }

    /// What it could do if something ran with a role that has more, and what may lead to credentials.
    pub(super) fn leads(&mut self) -> Vec<(&'static EscalationMethod, Vec<MetNeed>)> {
        let leads = escalation_methods().iter().filter(|method| {
            matches!(method.gains, MethodGain::Running | MethodGain::Weak) && self.can_act(method)
        });
        let leads: Vec<&'static EscalationMethod> = leads.collect();
        leads.into_iter().filter_map(|method| Some((method, self.lead(method)?))).collect()
    }

    fn lead(&mut self, method: &'static EscalationMethod) -> Option<Vec<MetNeed>> {
        self.targets(method).into_iter().find_map(|target| self.met(method, target.as_deref()))
    }

    /// What holds it back and it can take away.
    pub(super) fn releases(&mut self) -> Vec<(PathStep, Change)> {
        let all = releases(&self.needs, self.account, self.own);
        let allowed = all.into_iter().filter_map(|one| {
            let method = escalation_methods().iter().find(|method| method.id == one.method)?;
            let need = self.needs.with(one.action, &one.resource, one.key.as_ref())?;
            self.can_act(method)
                .then(|| (self.step(method, vec![need], StepGain::HeldBack(one.what)), one.change))
        });
        allowed.collect()
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
        let kinds = [
            (NeedOn::User, "user"),
            (NeedOn::Role, "role"),
            (NeedOn::ProviderOfRole, "role"),
            (NeedOn::Group, "group"),
        ];
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
        if method.passed_to == Some(INSTANCES) && !self.is_in_profile(target) {
            for action in PROFILE {
                needs.push(self.needs.anywhere(action)?);
            }
        }
        Some(needs)
    }

    /// Whether an instance profile holds a role; where nobody told, one is taken to.
    fn is_in_profile(&self, role: Option<&str>) -> bool {
        let role = role.and_then(|arn| self.account.role(arn.rsplit('/').next()?));
        role.and_then(|role| role.instance_profiles.as_ref()).is_none_or(|profiles| !profiles.is_empty())
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
            NeedOn::ProviderOfRole => {
                let role = self.account.role(target?.rsplit('/').next()?)?;
                let providers = saml_providers(&role.trust);
                providers.iter().find_map(|provider| self.needs.on(action, provider, None))
            }
            NeedOn::MemberRoot => {
                let others = self.needs.world.accounts().filter(|other| other.id != id);
                let roots: Vec<String> =
                    others.map(|other| format!("arn:aws:iam::{}:root", other.id)).collect();
                roots.iter().find_map(|root| self.needs.on(action, root, None))
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

/// The identity providers that a trust policy lets in by SAML.
fn saml_providers(trust: &Document) -> Vec<String> {
    let Some(compiled) = trust.compiled() else { return Vec::new() };
    let policy = compiled.policy();
    let named = policy.statements().iter().flat_map(|statement| mentioned(policy, statement));
    let providers = named.filter_map(|one| match one.kind {
        PrincipalKind::IdentityProvider(name) if name.contains(":saml-provider/") => Some(name.to_string()),
        _ => None,
    });
    providers.collect()
}

fn is_reserved(path: &str) -> bool {
    RESERVED.iter().any(|reserved| path.starts_with(reserved))
}

pub(super) fn is_service_linked(path: &str) -> bool {
    path.starts_with(RESERVED[0])
}
