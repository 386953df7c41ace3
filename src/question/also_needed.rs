//! What a call needs beside the permission that was asked about: advice of the Service Authorization Reference, asked of
//! the engine where it is known on what.

use super::Question;
use super::asked::Asked;

/// How many roles are asked about.
const ROLES: usize = 12;

/// Of more types than this a call takes one, though the Service Authorization Reference marks each as required: one model
/// is invoked, one resource has its tags listed. RunInstances has as many.
const TYPES: usize = 5;

const PASS_ROLE: &str = "iam:PassRole";

/// A permission that a call needs, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlsoNeeded {
    /// The action.
    pub action: String,
    /// Of `iam:PassRole`, the roles of the caller's account that it may pass; nothing where that was not asked.
    pub roles: Option<Vec<String>>,
}

impl Asked<'_> {
    /// The permissions that AWS says the call needs beside its own, in alphabetical order. Some calls need them only
    /// where they use what they are for.
    pub fn also_needed(&self) -> Vec<AlsoNeeded> {
        let Some(facts) = self.request.facts else { return Vec::new() };
        let mut names: Vec<String> = facts.dependent_actions().map(|action| action.to_string()).collect();
        names.sort_unstable();
        names.dedup();
        let roles = |action: &str| if action == PASS_ROLE { self.passable_roles() } else { None };
        names.into_iter().map(|action| AlsoNeeded { roles: roles(&action), action }).collect()
    }

    /// The types of resource that the call is authorized on, each by itself, where they are several and the question
    /// is about one: of RunInstances the image, the subnet and others.
    pub fn other_resource_types(&self) -> Vec<&str> {
        let Some(facts) = self.request.facts else { return Vec::new() };
        let own = self.request.arn().and_then(|arn| facts.resource_type_of(arn.text()));
        let Some(own) = own else { return Vec::new() };
        let required = facts.resource_types().filter(|used| used.is_required());
        let mut names: Vec<&str> = required.map(|used| used.resource_type().name()).collect();
        names.retain(|name| *name != own.name());
        if names.len() < TYPES { names } else { Vec::new() }
    }

    /// The roles of the caller's account that it may pass.
    fn passable_roles(&self) -> Option<Vec<String>> {
        let account = self.request.world.account(self.request.caller.account?)?;
        let all = account.roles.values().filter(|role| !role.path.starts_with("/aws-service-role/"));
        let arns: Vec<(String, String)> =
            all.take(ROLES).map(|role| (role.name.to_string(), role.arn(account.id))).collect();
        let may = |arn: &str| {
            let question = Question::new(self.request.caller.principal.clone(), PASS_ROLE)
                .on(arn)
                .settings(*self.request.settings())
                .at(self.request.request.now);
            question.ask(self.request.world).is_ok_and(|asked| asked.decision.is_allowed())
        };
        Some(arns.into_iter().filter(|(_, arn)| may(arn)).map(|(name, _)| name).collect())
    }
}
