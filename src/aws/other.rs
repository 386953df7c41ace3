//! Operations that are not modelled: what they need is asked, and that is said.

use std::sync::Arc;

use super::call::REGION;
use super::execute::ask;
use super::given::{Raw, RawValue};
use super::iam::MUST_SPECIFY;
use super::named::{INSTANCE_PROFILE, Lookup};
use super::names::{action_of, spelled};
use super::refusal::occurred;
use super::s3::words::{self, AskedAction};
use crate::catalog::Catalog;
use crate::explain::{Explanation, Verdict};
use crate::facts;
use crate::session::{Failure, Need, Outcome, Part, Session, Status};
use crate::world::{Principal, World, WorldError};

/// An operation of the catalog that is not modelled.
#[derive(Clone, Debug)]
pub(super) struct Other {
    name: String,
    /// The actions that it needs, and what is known of their resources.
    actions: Vec<AskedAction>,
    /// The options, in the order of the call.
    options: Vec<(String, Vec<String>)>,
}

impl Other {
    /// The operation, if the catalog knows it.
    pub(super) fn read(
        catalog: &Catalog,
        (service, name): (&str, &str),
        free: &[RawValue<'_>],
        raw: &[Raw<'_>],
    ) -> Option<Self> {
        let words: Vec<&str> = free.iter().map(RawValue::text).collect();
        let actions = match service {
            "s3" => words::needs(name, &words)?,
            _ => {
                let action = action_of(catalog, service, name)?.to_string();
                vec![AskedAction { action, resource: None, context: Vec::new() }]
            }
        };
        let texts = |one: &Raw<'_>| one.values.iter().map(|value| value.text().to_owned()).collect();
        let options = raw.iter().map(|one| (one.name.clone(), texts(one))).collect();
        Some(Self { name: format!("{service} {name}"), actions, options })
    }

    /// The refusal of a call that nobody signs: who is signed in has no part in it, the identity provider has (D32).
    pub(super) fn unsigned(&self) -> Option<WorldError> {
        let action = &self.actions.first()?.action;
        let (service, name) = action.split_once(':')?;
        let what = format!(
            "`aws {}` is not signed: an identity provider calls, not whoever is signed in",
            self.name
        );
        let help =
            format!("ask as the provider: `can federated/PROVIDER {action} on ARN with KEY=VALUE` (D32)");
        facts::is_unsigned(service, name).then(|| WorldError::new("unsigned-call", "", what).help(help))
    }

    /// Asks whether it would be allowed.
    pub(super) fn ask(
        &self,
        session: &mut Session,
        caller: &Principal,
        region: Option<&str>,
        now: i64,
    ) -> Result<Outcome, Failure> {
        let mut asked: Vec<(Need, Arc<Explanation>)> = Vec::new();
        for need in self.needs(&session.world.clone(), caller, region)? {
            let explanation = ask(session, caller, &need, region, now)?;
            let allowed = explanation.answer.decision == Verdict::Allowed;
            asked.push((need, explanation));
            if !allowed {
                break;
            }
        }
        Ok(self.answered(&asked))
    }

    /// What the call needs: each action on each of its resources, and to pass the role that it hands to a service.
    fn needs(&self, world: &World, caller: &Principal, region: Option<&str>) -> Result<Vec<Need>, Failure> {
        let named = Lookup { world, caller, region: region.unwrap_or(REGION), options: &self.options };
        let mut needs = Vec::new();
        for asked in &self.actions {
            let resources = match (&asked.resource, world.catalog().action(&asked.action)) {
                (Some(resource), _) => vec![resource.clone()],
                (None, Some(action)) if named.lacks_user(action) => {
                    return Err(self.no_user(world.catalog()).into());
                }
                (None, Some(action)) => named.resources(action),
                (None, None) => vec!["*".to_owned()],
            };
            let need = |resource| {
                let need = Need::new(&*asked.action, resource);
                asked.context.iter().fold(need, |need, (key, value)| need.with(*key, value))
            };
            needs.extend(resources.into_iter().map(need));
        }
        needs.extend(self.passed_role(&named));
        Ok(needs)
    }

    fn no_user(&self, catalog: &Catalog) -> WorldError {
        let (service, name) = self.name.split_once(' ').unwrap_or((&self.name, ""));
        let what = occurred("ValidationError", &spelled(catalog, service, name), MUST_SPECIFY);
        WorldError::new("no-user", "", what)
    }

    /// The role that the call hands to a service: passing it is a permission of its own (D35).
    fn passed_role(&self, named: &Lookup<'_>) -> Option<Need> {
        let action = named.world.catalog().action(&self.actions.first()?.action)?;
        action.dependent_actions().find(|needed| needed.to_string() == "iam:PassRole")?;
        let service = match action.service().prefix() {
            "ecs" => "ecs-tasks",
            "iam" => "ec2",
            prefix => prefix,
        };
        let need = Need::new("iam:PassRole", named.role(named.caller.account()?)?);
        Some(need.with("iam:PassedToService", format!("{service}.amazonaws.com")))
    }

    /// The answer that decides, and what was asked.
    fn answered(&self, asked: &[(Need, Arc<Explanation>)]) -> Outcome {
        let Some((_, last)) = asked.last() else { return Outcome::default() };
        let status = Status::Answered(last.answer.decision);
        let outcome = Outcome { status, ..Outcome::of(Part::Verdict(Arc::clone(last))) };
        let name = &self.name;
        let outcome = match asked {
            [(need, _)] => outcome.note(format!(
                "`aws {name}` is not modelled: {} on {} was asked, and nothing was changed",
                need.action, need.resource
            )),
            _ => asked
                .iter()
                .map(|(need, answer)| {
                    format!("{}: {} on {}", answer.answer.decision.word(), need.action, need.resource)
                })
                .fold(outcome, Outcome::note)
                .note(format!("`aws {name}` is not modelled: this was asked, and nothing was changed")),
        };
        let passed = self.options.iter().any(|(name, _)| name == INSTANCE_PROFILE) && asked.len() > 1;
        let outcome = match passed {
            true => outcome.note("the instance profile is taken to hold the role of its name (D35)"),
            false => outcome,
        };
        match self.options.is_empty() {
            true => outcome,
            false => outcome.note("of its options only those that name a resource were read"),
        }
    }
}
