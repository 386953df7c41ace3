//! Operations that are not modelled: what they need is asked, and that is said.

use std::cell::RefCell;
use std::sync::Arc;

use super::call::{REGION, asked_by};
use super::call_option::{spread, texts};
use super::carried::Carried;
use super::execute::{ask, of_the_key};
use super::given::{CallOption, Raw, RawValue};
use super::iam::MUST_SPECIFY;
use super::joined::{by_alias, copied, is_not_needed, joined, options_of, qualified};
use super::named::{INSTANCE_PROFILE, Lookup};
use super::names::{action_of, operation_of, spelled};
use super::refusal::occurred;
use super::s3::words::{self, AskedAction};
use super::secrets;
use super::tag_options::{TagSets, is_about_tags};
use crate::catalog::Catalog;
use crate::explain::{Explanation, Verdict};
use crate::facts;
use crate::names::has_wildcard;
use crate::session::{Context, Failure, Need, Outcome, Part, Session, Status};
use crate::world::{Principal, Settings, World, WorldError};

/// An operation of the catalog that is not modelled.
#[derive(Clone, Debug)]
pub(super) struct Other {
    name: String,
    /// The actions that it needs, and what is known of their resources.
    actions: Vec<AskedAction>,
    /// Whether the call decides which of the actions it needs.
    is_uncertain: bool,
    /// The options, in the order of the call.
    options: Vec<CallOption>,
}

impl Other {
    /// The operation, if the catalog knows it.
    pub(super) fn read(
        (service, name): (&str, &str),
        free: &[RawValue<'_>],
        raw: &[Raw<'_>],
        context: &mut Context<'_>,
    ) -> Result<Option<Self>, Failure> {
        let mut options = raw.iter().map(|one| texts(one, context)).collect::<Result<Vec<_>, _>>()?;
        spread(&mut options);
        let words: Vec<&str> = free.iter().map(RawValue::text).collect();
        let catalog = context.world().catalog();
        let (actions, is_uncertain) = match service {
            "s3" => {
                let paths = words::paths(&words, &mut options);
                words::grants(&mut options);
                (words::needs(name, &paths, &options), false)
            }
            _ => needed(catalog, service, name, &options),
        };
        let name = format!("{service} {name}");
        let own = |actions| Self { name, actions: joined(actions, &options), is_uncertain, options };
        Ok(actions.map(own))
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
        let (mut needs, unread) = self.needs(&session.world.clone(), caller, region)?;
        let keys_used = needs.iter().map(|need| of_the_key(session, &asked_by(caller, need, region, now)));
        needs.extend(keys_used.collect::<Result<Vec<_>, _>>()?.concat());
        let mut asked: Vec<(Need, Arc<Explanation>)> = Vec::new();
        for need in needs {
            let mut question = asked_by(caller, &need, region, now);
            question.assumptions.resource_is_unread = is_open(&need.resource, &unread);
            let mut explanation = ask(session, question.clone())?;
            if may_be_carried(&explanation, &unread) {
                let settings = Settings { strict_context: true, ..*session.world.settings() };
                explanation = ask(session, question.settings(settings))?;
            }
            let allowed = explanation.answer.decision == Verdict::Allowed;
            asked.push((need, explanation));
            if !allowed && !self.is_uncertain {
                break;
            }
        }
        Ok(self.answered(&asked, &unread))
    }

    /// What the call needs, each action on each of its resources with the keys that its options carry, and to pass the
    /// role that it hands to a service; and the options that nobody read.
    fn needs(
        &self,
        world: &World,
        caller: &Principal,
        region: Option<&str>,
    ) -> Result<(Vec<Need>, Vec<&str>), Failure> {
        let (mut needs, mut read) = (Vec::new(), Vec::new());
        let tags = TagSets::of(&self.options);
        let (tagged, region): (Vec<&str>, _) = (tags.types().collect(), region.unwrap_or(REGION));
        for asked in &self.actions {
            let options = options_of(&asked.action, &self.options);
            let named = Lookup {
                world,
                caller,
                region,
                options: &options,
                tagged: &tagged,
                naming: RefCell::default(),
            };
            let own = self.needs_of(asked, &named)?;
            needs.extend(own.into_iter().map(|need| carry(world, need, &self.options, region, &mut read)));
            needs.extend(self.passed_role(&named).filter(|_| std::ptr::eq(asked, &self.actions[0])));
            let naming = named.naming.take();
            let names = self.options.iter().zip(&options).filter(|(_, (name, _))| naming.contains(name));
            read.extend(names.map(|((name, _), _)| name.clone()));
        }
        needs.extend(tagging(world, &needs, &self.options, &tagged, region));
        let unread = self.options.iter().map(|(name, _)| &**name);
        Ok((needs, unread.filter(|name| !read.iter().any(|own| own == name)).collect()))
    }

    /// An action on each of its resources.
    fn needs_of(&self, asked: &AskedAction, named: &Lookup<'_>) -> Result<Vec<Need>, Failure> {
        let catalog = named.world.catalog();
        let resources = match (&asked.resource, catalog.action(&asked.action)) {
            (Some(resource), _) => vec![resource.clone()],
            (None, Some(action)) if named.lacks_user(action) => return Err(self.no_user(catalog).into()),
            (None, Some(action)) => named.resources(action),
            (None, None) => vec!["*".to_owned()],
        };
        let need = |resource| {
            let need = Need::new(&*asked.action, by_alias(qualified(resource, named.options), named.options));
            asked.context.iter().fold(need, |need, (key, value)| need.with(*key, value))
        };
        Ok(resources.into_iter().map(need).collect())
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
        let services = facts::passed_to(action.service().prefix(), action.name());
        let need = Need::new("iam:PassRole", named.role(named.caller.account()?)?);
        Some(need.with_some("iam:PassedToService", services.into_iter().next()))
    }

    /// The answer that decides, and what was asked.
    fn answered(&self, asked: &[(Need, Arc<Explanation>)], unread: &[&str]) -> Outcome {
        let decided = asked.iter().find(|(_, one)| one.answer.decision != Verdict::Allowed);
        let Some((_, last)) = decided.or(asked.last()) else { return Outcome::default() };
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
        let notes = [
            passed.then(|| "the instance profile is taken to hold the role of its name (D35)".to_owned()),
            self.is_uncertain.then(|| "the call decides which of these actions it needs".to_owned()),
            (!unread.is_empty()).then(|| not_read(unread)),
        ];
        notes.into_iter().flatten().fold(outcome, Outcome::note)
    }
}

/// What an operation needs, and whether the call decides which of that.
fn needed(
    catalog: &Catalog,
    service: &str,
    name: &str,
    options: &[CallOption],
) -> (Option<Vec<AskedAction>>, bool) {
    let Some(operation) = operation_of(catalog, service, name) else {
        let action = action_of(catalog, service, name);
        return (action.map(|action| vec![AskedAction::on(&action.to_string(), None)]), false);
    };
    let copied = copied(options);
    let asked = |action: &String| match &copied {
        Some(copied) if action == "s3:GetObject" => copied.clone(),
        _ => AskedAction::on(action, None),
    };
    let needed = operation.actions.iter().filter(|action| !is_not_needed(action, options));
    let actions: Vec<AskedAction> = needed.map(asked).collect();
    let is_uncertain = operation.is_uncertain && actions.len() == operation.actions.len();
    (Some(actions).filter(|actions| !actions.is_empty()), is_uncertain)
}

/// A need with what the options carry to it.
fn carry(world: &World, need: Need, options: &[CallOption], region: &str, read: &mut Vec<String>) -> Need {
    let carried = Carried::of(world.catalog(), &need, options, region);
    read.extend(options.iter().map(|(name, _)| name).filter(|name| carried.has_read(name)).cloned());
    carried.add_to(need)
}

/// EC2: to put tags on what a call creates is a permission of its own.
fn tagging(
    world: &World,
    needs: &[Need],
    options: &[CallOption],
    tagged: &[&str],
    region: &str,
) -> Vec<Need> {
    let created = |need: &&Need| {
        let action = world.catalog().action(&need.action).filter(|action| action.service().prefix() == "ec2");
        let kind = action.and_then(|action| action.resource_type_of(&need.resource));
        kind.is_some_and(|kind| tagged.contains(&kind.name()))
    };
    let name =
        |need: &Need| need.action.split_once(':').map_or_else(String::new, |(_, name)| name.to_owned());
    let tags =
        |need: &Need| Need::new("ec2:CreateTags", &*need.resource).with("ec2:CreateAction", name(need));
    let needs = needs.iter().filter(created).map(tags);
    needs.map(|need| carry(world, need, options, region, &mut Vec::new())).collect()
}

/// Whether the answer hangs on a key that one of the options may carry: one of the service, or a tag that an option for
/// tags gives.
fn may_be_carried(explanation: &Explanation, unread: &[&str]) -> bool {
    let is =
        |key: &str, start: &str| key.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let carried = |key: &String| match is(key, "aws:") {
        true => {
            unread.iter().any(|name| is_about_tags(name))
                && (is(key, "aws:RequestTag/") || is(key, "aws:TagKeys"))
        }
        false => !unread.is_empty(),
    };
    explanation.answer.needs.iter().any(carried)
}

/// Whether nobody could read which resource is meant: an option may name it that was not read, or letters of it are
/// drawn by AWS, as those of a secret are.
fn is_open(resource: &str, unread: &[&str]) -> bool {
    resource.ends_with(secrets::DRAWN) || (has_wildcard(resource) && !unread.is_empty())
}

fn not_read(options: &[&str]) -> String {
    let names: Vec<String> = options.iter().map(|name| format!("`--{name}`")).collect();
    format!("not read: {}; what hangs on what it may say is `depends`", names.join(", "))
}
