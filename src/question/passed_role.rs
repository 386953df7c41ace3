//! The role that a call hands on: passing it is a permission of its own, and the role must trust the service (D35).

use super::also_needed::{AlsoNeeded, NeededOn, OF_RESOURCE, PASS_ROLE, PASSED_TO, POSSIBLE, given, starts};
use super::asked::Asked;
use crate::catalog::ActionFacts;
use crate::facts;
use crate::names::Arn;

const ASSUME_ROLE: &str = "sts:AssumeRole";
const INSTANCE_PROFILE: &str = "ec2:InstanceProfile";

impl Asked<'_> {
    /// D35: passing a role is a permission of its own, and the role must trust the service.
    pub(super) fn of_the_passed_role(&self, facts: ActionFacts<'_>) -> Vec<AlsoNeeded> {
        let is_certain = facts::always_takes_role(&facts.to_string());
        let may_pass = is_certain || facts.dependent_actions().any(|action| action.to_string() == PASS_ROLE);
        if !may_pass && self.role_in_a_key().is_none() {
            return Vec::new();
        }
        let services = facts::passed_to(facts.service().prefix(), facts.name());
        let Some(service) = services.first() else { return Vec::new() };
        let mut context = self.context_but(&OF_RESOURCE);
        context.push(given(PASSED_TO, &**service));
        let passing = |on: NeededOn| AlsoNeeded { context: context.clone(), ..self.certain(PASS_ROLE, on) };
        let Some(role) = self.passed_role() else {
            let what = format!("the role that it hands to {service}");
            let roles = self.roles_for(service);
            let is_known = !roles.is_empty();
            let possible = if is_known { roles } else { self.possible(PASS_ROLE, "role") };
            let pattern =
                if let ([only], true) = (&possible[..], is_known) { Some(only.clone()) } else { None };
            let untold = passing(NeededOn::Untold { what, possible, is_known, pattern });
            return vec![AlsoNeeded { is_certain, ..untold }];
        };
        vec![passing(NeededOn::Resource(role.clone())), self.trusted(&role, service)]
    }

    /// D35: a role that is passed must trust the service to which it goes, where the world has the role.
    pub(super) fn of_the_role_itself(&self) -> Option<AlsoNeeded> {
        let service = self.given_value(PASSED_TO).filter(|_| self.request.action.is(PASS_ROLE))?;
        let role = self.request.arn()?.text();
        self.is_known_role(role).then(|| self.trusted(role, &service))
    }

    fn is_known_role(&self, role: &str) -> bool {
        let account = Arn::parse(role).and_then(|arn| self.request.world.account(arn.account_id()?));
        account.is_some_and(|own| own.roles.values().any(|one| one.arn(own.id) == role))
    }

    /// The role that the call names; an instance profile is taken to hold the role of its name.
    fn passed_role(&self) -> Option<String> {
        let named = self.using().find(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"));
        let of_profile = || {
            let profile = self.given_value(INSTANCE_PROFILE)?;
            Some(profile.replacen(":instance-profile/", ":role/", 1)).filter(|role| role.contains(":role/"))
        };
        named.map(|arn| arn.text().to_owned()).or_else(of_profile).or_else(|| self.role_in_a_key())
    }

    /// The role that a key of the service names: `cloudformation:RoleArn`.
    fn role_in_a_key(&self) -> Option<String> {
        let own = format!("{}:", self.request.action.service());
        let mut given = self.request.request.context.iter().filter(|(key, _)| starts(key, &own));
        let is_role = |value: &String| {
            Arn::parse(value).is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"))
        };
        given.find_map(|(_, value)| value.only().map(str::to_owned).filter(is_role))
    }

    /// That a role lets a service assume it.
    fn trusted(&self, role: &str, service: &str) -> AlsoNeeded {
        let account = self.request.caller.account.map(|id| given("aws:SourceAccount", id.to_string()));
        AlsoNeeded {
            service: Some(service.to_owned()),
            context: account.into_iter().collect(),
            ..self.certain(ASSUME_ROLE, NeededOn::Resource(role.to_owned()))
        }
    }

    /// The roles of the caller's account that trust a service.
    fn roles_for(&self, service: &str) -> Vec<String> {
        let account = self.request.caller.account.and_then(|id| self.request.world.account(id));
        let Some(account) = account else { return Vec::new() };
        let own = account.roles.values().filter(|role| !role.path.starts_with("/aws-service-role/"));
        let trusts = |role: &String| {
            let needed = self.trusted(role, service);
            needed.ask(self, Some(role), |asked| asked.decision.is_allowed()).unwrap_or_default()
        };
        own.map(|role| role.arn(account.id)).take(POSSIBLE).filter(trusts).collect()
    }
}
