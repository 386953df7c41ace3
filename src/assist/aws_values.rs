//! Names for the options of the AWS command line.

use super::candidate::Candidate;
use super::files::files;
use super::names;
use super::vocabulary::Vocabulary;
use crate::facts;
use crate::names::Arn;
use crate::world::Account;

/// What an option can take, by the word for it in the usage.
pub(super) fn values(takes: &str, begun: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    if takes.contains('|') {
        return takes.split('|').map(Candidate::new).collect();
    }
    let account = || vocabulary.account();
    match takes {
        "USER" | "GROUP" | "ROLE" => {
            let all = account().into_iter().flat_map(Account::identities);
            let own = all.filter(|one| takes.eq_ignore_ascii_case(one.kind));
            own.map(|one| Candidate::new(one.name)).collect()
        }
        "ROLE-ARN" => roles(vocabulary),
        "POLICY" => policies(account()),
        "INLINE" => inline(account()),
        "ACCOUNT" => names::account_ids(vocabulary),
        "BUCKET" => resources(vocabulary, "s3", |arn| arn.rsplit(':').next().unwrap_or_default().to_owned()),
        "KEY" => resources(vocabulary, "kms", str::to_owned),
        "TOPIC" => resources(vocabulary, "sns", str::to_owned),
        "SECRET" => resources(vocabulary, "secretsmanager", str::to_owned),
        "FUNCTION" => resources(vocabulary, "lambda", str::to_owned),
        "QUEUE" => resources(vocabulary, "sqs", queue_url),
        "TASK" => facts::root_task_policies()
            .iter()
            .map(|policy| Candidate::new(format!("arn={}", policy.arn)))
            .collect(),
        "PARENT" | "TARGET" | "UNIT" | "ROOT" => nodes(vocabulary),
        "POLICY-ID" => control_policies(vocabulary),
        "DOCUMENT" => documents(begun, vocabulary),
        _ => Vec::new(),
    }
}

fn roles(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let accounts = vocabulary.world.accounts();
    accounts
        .flat_map(|account| account.roles.values().map(|role| Candidate::new(role.arn(account.id))))
        .collect()
}

fn policies(account: Option<&Account>) -> Vec<Candidate> {
    let own = account.into_iter().flat_map(|account| account.policies.values());
    let own = own.map(|policy| Candidate::new(&*policy.arn).about("customer managed"));
    let built_in = facts::managed_policies().filter(|policy| policy.arn.starts_with("arn:aws:iam:"));
    own.chain(built_in.map(|policy| Candidate::new(policy.arn).about("AWS managed"))).collect()
}

fn inline(account: Option<&Account>) -> Vec<Candidate> {
    let all = account.into_iter().flat_map(Account::identities);
    all.flat_map(|one| &one.permissions.inline).map(|inline| Candidate::new(&*inline.name)).collect()
}

fn resources(vocabulary: &Vocabulary, service: &str, named: impl Fn(&str) -> String) -> Vec<Candidate> {
    let own = vocabulary
        .world
        .resources()
        .filter(|one| Arn::parse(&one.arn).is_some_and(|arn| arn.service() == service));
    own.map(|one| Candidate::new(named(&one.arn))).collect()
}

/// `arn:aws:sqs:REGION:ACCOUNT:NAME` as a URL.
fn queue_url(arn: &str) -> String {
    let url = |arn: Arn<'_>| {
        format!("https://sqs.{}.amazonaws.com/{}/{}", arn.region(), arn.account(), arn.resource())
    };
    Arn::parse(arn).map(url).unwrap_or_default()
}

fn nodes(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let Some(organization) = vocabulary.organization() else { return Vec::new() };
    let root = Candidate::new(&*organization.root_id).about("organization root");
    let units = organization.units.values().map(|unit| Candidate::new(&*unit.id).about(&unit.name));
    let accounts = organization.accounts.keys().map(|id| Candidate::new(id.as_str()).about("account"));
    [root].into_iter().chain(units).chain(accounts).collect()
}

fn control_policies(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let organization = vocabulary.organization().into_iter();
    let all = organization.flat_map(|all| all.control_policies());
    let id = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    all.map(|(_, policy)| Candidate::new(id(&policy.arn)).about(&policy.name)).collect()
}

/// Files, as the AWS command line names them.
fn documents(begun: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let Some(path) = begun.strip_prefix("file://") else { return vec![Candidate::new("file://").goes_on()] };
    let plain = |one: Candidate| Candidate { text: format!("file://{}", one.text.replace('"', "")), ..one };
    files(path, vocabulary.folder).into_iter().map(plain).collect()
}
