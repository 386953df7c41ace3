//! A slip: the request and a policy say nearly the same, and the data may tell which of them is misspelt.

use super::super::headline::up_to;
use super::proposal::Proposal;
use crate::compile::CompiledPolicy;
use crate::names::{Arn, glob};
use crate::policy::Token;
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::trace::StatementAt;
use crate::world::{Principal, PrincipalKind, Tags};

/// On what it hangs which side of a slip is to be mended.
pub(super) const POLICY_IS_RIGHT: &str = "the policy is right";
pub(super) const REQUEST_IS_RIGHT: &str = "the request is right";

/// How many places in which a value is found are named, and how many resources are looked through.
const NAMED: usize = 3;
const LOOKED_AT: usize = 2_000;

/// Two values one of which is probably meant by the other.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    /// What a change holds to be right.
    pub(super) right: String,
    /// What it puts that in place of.
    pub(super) wrong: String,
    /// The tag whose values they are.
    pub(super) tag: Option<String>,
    /// The statement in which one of them stands.
    pub(super) at: Option<StatementAt>,
}

/// What the data says of the side that a change takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Favour {
    /// Only what it holds to be right is known here.
    Supported,
    /// Nothing.
    #[default]
    Open,
    /// Only what it holds to be wrong is known here.
    Doubtful,
}

impl Slip {
    /// A value of the request and the one that a statement has.
    pub(super) fn new(right: impl Into<String>, wrong: impl Into<String>, at: StatementAt) -> Self {
        Self { right: right.into(), wrong: wrong.into(), tag: None, at: Some(at) }
    }

    /// Two values of a tag.
    pub(super) fn of_tag(tag: &str, right: &str, wrong: &str) -> Self {
        Self { right: right.to_owned(), wrong: wrong.to_owned(), tag: Some(tag.to_owned()), at: None }
    }
}

impl Proposal {
    /// That it takes one side of a slip.
    pub(super) fn of_slip(self, slip: Slip) -> Self {
        Self { slip: Some(slip), ..self }
    }
}

impl Asked<'_> {
    /// What the data says of the side that a change takes, and the evidence where it speaks for it.
    pub(super) fn weighed(&self, slip: &Slip) -> (Favour, Option<String>) {
        let (right, wrong) = (self.found_at(slip, &slip.right), self.found_at(slip, &slip.wrong));
        match (&right[..], &wrong[..]) {
            ([], []) => (Favour::Open, Some("nothing else here has either".to_owned())),
            ([], _) => (Favour::Doubtful, None),
            (_, []) => (Favour::Supported, Some(evidence(slip, &right))),
            _ => (Favour::Open, None),
        }
    }

    /// Whether only one side is known here, so that nothing hangs on the other.
    pub(super) fn is_supported(&self, slip: &Slip) -> bool {
        self.weighed(slip).0 == Favour::Supported
    }

    /// Whether nothing else that is known here has the value that a change takes for wrong.
    pub(super) fn is_unused(&self, slip: &Slip) -> bool {
        self.found_at(slip, &slip.wrong).is_empty()
    }

    /// Where a value is found, but for the two places that do not fit: by what bears it, then the policies that name it.
    fn found_at(&self, slip: &Slip, value: &str) -> Vec<String> {
        let mut found = match &slip.tag {
            Some(tag) => self.tagged_so(tag, value),
            None => self.there_as(value),
        };
        found.extend(self.policies_naming(slip, value));
        found
    }

    /// The resources, users and roles whose ARN is the value, or is covered by it.
    fn there_as(&self, value: &str) -> Vec<String> {
        let Some(pattern) = self.resolved_pattern(value).filter(|text| text.starts_with("arn:")) else {
            return Vec::new();
        };
        let known = self.request.world.resources().take(LOOKED_AT).map(|one| one.arn.to_string());
        let people = self.tagged_people().map(|(arn, _)| arn);
        known.chain(people).filter(|arn| glob(&pattern, arn)).collect()
    }

    /// What else has a tag of that value.
    fn tagged_so(&self, tag: &str, value: &str) -> Vec<String> {
        let has =
            |tags: &Tags| tags.iter().any(|(key, own)| key.eq_ignore_ascii_case(tag) && **own == *value);
        let own = [Some(self.request.resource().text().to_owned()), self.own_arn()];
        let is_own = |arn: &String| own.iter().flatten().any(|own| own == arn);
        let people = self.tagged_people().filter(|(_, tags)| has(tags)).map(|(arn, _)| arn);
        let tagged = self.request.world.resources().take(LOOKED_AT).filter(|one| has(&one.tags));
        let tagged = tagged.map(|one| one.arn.to_string());
        people.chain(tagged).filter(|arn| !is_own(arn)).collect()
    }

    /// The users and roles of this world by their ARNs, with their tags.
    fn tagged_people(&self) -> impl Iterator<Item = (String, &Tags)> {
        let accounts = self.request.world.accounts();
        accounts.take(LOOKED_AT).flat_map(|account| {
            let users = account.users.values().map(|user| (user.arn(account.id), &user.tags));
            users.chain(account.roles.values().map(|role| (role.arn(account.id), &role.tags)))
        })
    }

    /// The user or role that asks.
    fn own_arn(&self) -> Option<String> {
        let own = &self.request.caller;
        own.principal.role_arn().or_else(|| Some(own.arn.to_string()))
    }

    /// The policies beside the one of the slip in which a value stands as it is.
    fn policies_naming(&self, slip: &Slip, value: &str) -> Vec<String> {
        let own = slip.at.and_then(|at| self.request.statement(at)).map(|view| view.policy);
        let is_own = |policy: &CompiledPolicy| own.is_some_and(|own| std::ptr::eq(own, policy));
        let text = quote(value);
        let names = |policy: &CompiledPolicy| {
            let numbers = 0..policy.statements().len();
            numbers.into_iter().any(|at| policy.policy().place(at, Token::Statement).text().contains(&text))
        };
        let all = if slip.tag.is_some() { Vec::new() } else { self.request.world.documents() };
        let others = all.into_iter().filter(|(_, policy)| !is_own(policy) && names(policy));
        others.map(|(name, _)| format!("policy {name}")).collect()
    }
}

/// What is found of one side, and that nothing is of the other.
fn evidence(slip: &Slip, found: &[String]) -> String {
    let names: Vec<String> = found.iter().map(|name| short(name)).collect();
    let names = up_to(NAMED, &names);
    let (right, wrong) = (&slip.right, &slip.wrong);
    if let Some(tag) = &slip.tag {
        return format!("{tag}={right} is on {names}, too, {tag}={wrong} on nothing else");
    }
    match (regions(right, wrong), found.iter().find(|name| name.starts_with("arn:"))) {
        (Some((right, wrong)), Some(arn)) => {
            format!("{} is known here in {right}, not in {wrong}", short(arn))
        }
        (None, Some(arn)) if short(arn) == short(wrong) => {
            format!("{arn} is known here, nothing of account {}", wrong.split(':').nth(4).unwrap_or_default())
        }
        (None, Some(arn)) => format!("{} is known here, nothing of {}", short(arn), short(wrong)),
        (_, None) => format!("`{right}` is in {names}, too, `{wrong}` nowhere else"),
    }
}

/// The Regions of two ARNs that differ in nothing else that is told.
fn regions(right: &str, wrong: &str) -> Option<(String, String)> {
    let (right, wrong) = (Arn::parse(right)?, Arn::parse(wrong)?);
    (right.region() != wrong.region()).then(|| (right.region().to_owned(), wrong.region().to_owned()))
}

/// The last field of an ARN; of a user or role in the words of commands.
fn short(name: &str) -> String {
    let Some(arn) = Arn::parse(name) else { return name.to_owned() };
    match Principal::parse_arn(name).map(|one| one.kind) {
        Some(PrincipalKind::User { name, .. }) => format!("user {name}"),
        Some(PrincipalKind::RoleSession { role, .. }) => format!("role {role}"),
        _ => arn.resource().to_owned(),
    }
}
