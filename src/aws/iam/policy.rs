//! Customer managed policies, and AWS's to look at.

use serde_json::{Value, json};

use super::super::plan::{Planned, answered};
use super::super::{call::Call, operation::Operation, refusal::Refusal};
use super::IAM;
use crate::facts;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::world::{Account, Change, ManagedPolicy, Target, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-policy", "--policy-name NAME --policy-document DOCUMENT [--path PATH] [--tags TAG...] | description", "creates a customer managed policy", create),
    IAM.row("delete-policy", "--policy-arn POLICY", "deletes a policy that is not in use", delete),
    IAM.row("get-policy", "--policy-arn POLICY", "shows a policy", get),
    IAM.row("list-policies", "[--scope All|AWS|Local] [--only-attached]", "lists the managed policies, all of those of AWS, too", list),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path, tags) =
        (call.account, call.word("policy-name"), call.path(), call.tags("tags")?);
    let arn = call.arn("policy", path, name);
    let needs = call.needs(&*arn).tagging("iam:TagPolicy", &tags);
    needs.then(move |session| {
        check_new(call.own()?, name)?;
        let document = call.document("policy-document", PolicyType::IdentityBased)?;
        let change = Change::PutPolicy { account, name: name.into(), path: path.into(), document };
        let applied = session.world.apply(change)?;
        let policy = session.world.find_policy(account, &arn)?;
        let known = session.world.account(account).map_or(call.own()?, AsRef::as_ref);
        let outcome = answered(json!({"Policy": listed(&policy).shown(known)}), [applied]);
        Ok(match tags.is_empty() {
            true => outcome,
            false => outcome.note("tags of a policy are not kept: no key of a request comes of them here"),
        })
    })
}

fn check_new(account: &Account, name: &str) -> Result<(), Refusal> {
    match account.policies.get(name.to_ascii_lowercase().as_str()) {
        None => Ok(()),
        Some(known) => {
            let known = &known.name;
            let what = format!("a policy called `{known}` exists already in account {}", account.label());
            let error = WorldError::new("policy-exists", name, what);
            Err(error.help("`aws iam create-policy-version` gives it another document").into())
        }
    }
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.policy_arn("policy-arn")?;
    call.needs(arn).change(move || {
        let policy = call.world.find_policy(call.account, arn)?;
        let aws = Arn::parse(&policy.arn).is_some_and(|arn| arn.account() == "aws");
        let error = |code, what: String, help: &str| Err(WorldError::new(code, arn, what).help(help).into());
        match (aws, policy.versions.len()) {
            (true, _) => error("aws-owned", format!("`{arn}` is a policy of AWS"), "only AWS deletes it"),
            (_, 1) => Ok(Change::Delete { account: call.account, target: Target::Policy(arn.into()) }),
            (_, count) => error(
                "entity-in-use",
                format!("policy {} has {count} versions", policy.name),
                "`aws iam delete-policy-version` deletes those that are not the default first",
            ),
        }
    })
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.policy_arn("policy-arn")?;
    call.needs(arn).show(move |_| {
        let policy = call.world.find_policy(call.account, arn)?;
        Ok(json!({"Policy": listed(&policy).shown(call.own()?)}))
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let scope = call.option("scope").unwrap_or("All");
    call.needs(call.arn("policy", "/", "*")).show(move |_| {
        if !["All", "AWS", "Local"].contains(&scope) {
            let what = format!("`{scope}` is not a scope");
            return Err(WorldError::new("bad-scope", scope, what).help("it is All, AWS or Local").into());
        }
        let account = call.own()?;
        let mut found: Vec<Value> = Vec::new();
        if scope != "AWS" {
            found.extend(account.policies.values().map(|policy| listed(policy).shown(account)));
        }
        if scope != "Local" {
            found.extend(of_aws(call).into_iter().map(|one| one.shown(account)));
        }
        found.retain(|policy| !call.has("only-attached") || policy["AttachmentCount"] != 0);
        Ok(json!({"Policies": found}))
    })
}

/// What a list says of a managed policy.
struct ListedPolicy<'p> {
    arn: &'p str,
    name: &'p str,
    version: &'p str,
}

/// The policies of AWS that are built in or in use, by ARN.
fn of_aws<'p>(call: &'p Call<'_>) -> Vec<ListedPolicy<'p>> {
    let built_in = facts::managed_policies().filter(|policy| policy.arn.starts_with("arn:aws:iam:"));
    let built_in =
        built_in.map(|facts| ListedPolicy { arn: facts.arn, name: facts.name, version: facts.version });
    let mut all: Vec<_> = call.world.aws_policies().map(|policy| listed(policy)).chain(built_in).collect();
    all.sort_by_key(|one| one.arn);
    all.dedup_by_key(|one| one.arn);
    all
}

/// A managed policy as the AWS command line prints it.
pub(super) fn shown(policy: &ManagedPolicy, account: &Account) -> Value {
    listed(policy).shown(account)
}

fn listed(policy: &ManagedPolicy) -> ListedPolicy<'_> {
    let version = super::version::id_of(policy, policy.default);
    ListedPolicy { arn: &policy.arn, name: &policy.name, version }
}

impl ListedPolicy<'_> {
    /// The policy as the AWS command line prints it.
    fn shown(&self, account: &Account) -> Value {
        let arn = self.arn;
        let path = arn.split_once(":policy").and_then(|(_, path)| path.strip_suffix(self.name));
        json!({
            "PolicyName": self.name,
            "Arn": arn,
            "Path": path.unwrap_or("/"),
            "DefaultVersionId": self.version,
            "AttachmentCount": account.identities().filter(|one| one.has_attached(arn)).count(),
            "PermissionsBoundaryUsageCount": account.identities().filter(|one| one.boundary == Some(arn)).count(),
            "IsAttachable": true,
        })
    }
}
