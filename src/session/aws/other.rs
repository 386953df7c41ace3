//! Operations that are not modelled: what they need is asked, and that is said.

use super::execute::ask;
use super::given::{Raw, RawValue};
use super::names::action_of;
use super::s3_words;
use crate::catalog::ActionFacts;
use crate::names::Arn;
use crate::session::failure::Failure;
use crate::session::need::Need;
use crate::session::outcome::{Outcome, Part, Status};
use crate::session::state::Session;
use crate::world::{Principal, World};

/// An operation of the catalog that is not modelled.
#[derive(Clone, Debug)]
pub(super) struct Other {
    /// How it was called.
    name: String,
    /// The actions that it needs, and what is known of their resources.
    needs: Vec<Asked>,
    /// The options, in the order of the call.
    options: Vec<(String, Vec<String>)>,
}

/// An action, and the resource if a path of S3 says it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) action: String,
    pub(super) resource: Option<String>,
    pub(super) context: Vec<(&'static str, String)>,
}

impl Other {
    /// The operation, if the catalog knows it.
    pub(super) fn read(service: &str, name: &str, free: &[RawValue<'_>], raw: &[Raw<'_>]) -> Option<Self> {
        let words: Vec<&str> = free.iter().map(RawValue::text).collect();
        let needs = match service {
            "s3" => s3_words::needs(name, &words)?,
            _ => {
                let action = action_of(service, name)?.to_string();
                vec![Asked { action, resource: None, context: Vec::new() }]
            }
        };
        let texts = |one: &Raw<'_>| one.values.iter().map(|value| value.text().to_owned()).collect();
        let options = raw.iter().map(|one| (one.name.clone(), texts(one))).collect();
        Some(Self { name: format!("{service} {name}"), needs, options })
    }

    /// Asks whether it would be allowed.
    pub(super) fn ask(
        &self,
        session: &mut Session,
        caller: &Principal,
        region: Option<&str>,
        now: i64,
    ) -> Result<Outcome, Failure> {
        let (mut outcome, mut said) = (Outcome::default(), Vec::new());
        for asked in self.needs.iter().chain(&self.passed_role()) {
            let resource = asked.resource.clone();
            let resource = resource.or_else(|| self.identity(&session.world, caller));
            let resource = resource.or_else(|| self.resource(&asked.action, caller, region));
            let need = Need::new(&*asked.action, resource.unwrap_or_else(|| "*".to_owned()));
            let need = asked.context.iter().fold(need, |need, (key, value)| need.with(*key, value));
            said.push(format!("{} on {}", need.action, need.resource));
            let explanation = ask(session, caller, &need, region, now)?;
            let decision = explanation.answer.decision;
            outcome = outcome.and(Part::Verdict(explanation));
            outcome.status = Status::Answered(decision);
            if decision != crate::explain::Verdict::Allowed {
                break;
            }
        }
        let (name, said) = (&self.name, said.join(" and "));
        let outcome =
            outcome.note(format!("`aws {name}` is not modelled: {said} was asked, and nothing was changed"));
        Ok(match self.options.is_empty() {
            true => outcome,
            false => outcome.note("of its options only those that name a resource were read"),
        })
    }

    /// The role that the call hands to a service: passing it is a permission of its own (D35).
    fn passed_role(&self) -> Option<Asked> {
        let action = crate::catalog::action(&self.needs.first()?.action)?;
        let passes = action.dependent_actions().any(|needed| needed.to_string() == "iam:PassRole");
        let role = |value: &&String| {
            Arn::parse(value).is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"))
        };
        let role = self.options.iter().flat_map(|(_, values)| values).find(role).filter(|_| passes)?;
        let service = match action.service().prefix() {
            "ecs" => "ecs-tasks",
            prefix => prefix,
        };
        let context = vec![("iam:PassedToService", format!("{service}.amazonaws.com"))];
        Some(Asked { action: "iam:PassRole".to_owned(), resource: Some(role.clone()), context })
    }

    /// The user, group or role that an operation of IAM names: its path stands in no option.
    fn identity(&self, world: &World, caller: &Principal) -> Option<String> {
        let account = world.account(caller.account()?).filter(|_| self.name.starts_with("iam "))?;
        let (kind, name) = ["user", "group", "role"].iter().find_map(|kind| {
            let (_, values) =
                self.options.iter().find(|(name, _)| name.strip_suffix("-name") == Some(kind))?;
            Some((*kind, values.first()?))
        })?;
        let known = match kind {
            "user" => account.user(name).map(|user| user.arn(account.id)),
            "role" => account.role(name).map(|role| role.arn(account.id)),
            _ => account
                .group(name)
                .map(|group| format!("arn:aws:iam::{}:group{}{}", account.id, group.path, group.name)),
        };
        known.or_else(|| Some(format!("arn:aws:iam::{}:{kind}/{name}", account.id)))
    }

    /// The ARN of the resource that the options name, after the formats of the catalog.
    fn resource(&self, action: &str, caller: &Principal, region: Option<&str>) -> Option<String> {
        let facts = crate::catalog::action(action)?;
        let mut values = self.options.iter().flat_map(|(_, values)| values);
        if let Some(arn) = values.find(|value| facts.resource_type_of(value).is_some()) {
            return Some(arn.clone());
        }
        let account = caller.account().map(|account| account.to_string()).unwrap_or_default();
        let region = region.unwrap_or("us-east-1");
        let found = formats(facts).filter_map(|format| self.filled(format, &account, region));
        found.max_by_key(String::len)
    }

    /// A format of ARNs with its placeholders filled; nothing if the options do not say one of them.
    fn filled(&self, format: &str, account: &str, region: &str) -> Option<String> {
        let mut arn = String::new();
        let mut rest = format;
        while let Some((before, behind)) = rest.split_once("${") {
            let (name, after) = behind.split_once('}')?;
            arn.push_str(before);
            match name {
                "Partition" => arn.push_str("aws"),
                "Account" => arn.push_str(account),
                "Region" => arn.push_str(region),
                name => arn.push_str(self.value_of(name)?),
            }
            rest = after;
        }
        Some(arn + rest)
    }

    /// The value of the option that a placeholder is called like: `TableName` is `--table-name`, also `--bucket`
    /// for `BucketName`.
    fn value_of(&self, placeholder: &str) -> Option<&str> {
        let wanted = plain(placeholder);
        let named = |name: &str| {
            let own = plain(name);
            own == wanted
                || own.strip_suffix('s') == Some(&*wanted)
                || wanted.strip_suffix("name") == Some(&*own)
        };
        let (_, values) = self.options.iter().find(|(name, _)| named(name))?;
        values.first().map(String::as_str)
    }
}

fn plain(name: &str) -> String {
    name.replace('-', "").to_ascii_lowercase()
}

fn formats(action: ActionFacts) -> impl Iterator<Item = &'static str> {
    action.resource_types().flat_map(|used| used.resource_type().arn_formats().collect::<Vec<_>>())
}
