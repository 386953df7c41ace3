//! KMS: keys, their policies and grants.

use serde_json::json;

use super::call::{Call, asked_by};
use super::given::Arg;
use super::operation::{Operation, Service};
use super::plan::{Planned, answered};
use super::refusal::Refusal;
use super::resource;
use crate::explain::Verdict;
use crate::facts::default_key_policy;
use crate::policy::PolicyType;
use crate::session::{Need, Session};
use crate::world::{Change, Document, ResourceChange, WorldError};

const KMS: Service = Service("kms");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    KMS.row("create-key", "[--policy DOCUMENT] [--tags TagKey=NAME,TagValue=VALUE...] [--bypass-policy-lockout-safety-check] | description key-usage key-spec customer-master-key-spec origin multi-region no-multi-region", "creates a key; its policy leaves it to the policies of the account, if none is given", create),
    KMS.row("put-key-policy", "--key-id KEY --policy DOCUMENT [--policy-name default] [--bypass-policy-lockout-safety-check]", "replaces the policy of a key", put_policy),
    KMS.row("get-key-policy", "--key-id KEY [--policy-name default]", "shows the policy of a key", |call| resource::get_policy(call, key(call), "Policy")),
    KMS.row("create-grant", "--key-id KEY --grantee-principal PRINCIPAL-ARN --operations OPERATION... | name retiring-principal constraints", "adds a grant to a key", grant),
];

/// The ARN of the key that the call names by ARN, id or alias.
fn key(call: &Call<'_>) -> String {
    let id = call.word("key-id");
    let kind = if id.starts_with("alias/") { "" } else { "key/" };
    match id.starts_with("arn:") {
        true => id.to_owned(),
        false => format!("arn:aws:kms:{}:{}:{kind}{id}", call.region, call.account),
    }
}

const BYPASS: &str = "bypass-policy-lockout-safety-check";

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (tags, bypass) = (call.tags("tags")?, call.has(BYPASS).to_string());
    let needs =
        call.needs("*").with("kms:BypassPolicyLockoutSafetyCheck", bypass).tagging("kms:TagResource", &tags);
    needs.then(move |session| {
        let (id, arn) = next(call);
        let policy =
            if call.has("policy") { call.document("policy", PolicyType::Key)? } else { usual_policy(call)? };
        let applied = session.world.apply(resource::tagged(call, &arn, Some(policy), tags))?;
        check_lockout(call, session, &arn)?;
        let shown = json!({"KeyMetadata": {"AWSAccountId": call.account.as_str(), "KeyId": id, "Arn": arn, "Enabled": true}});
        Ok(answered(shown, [applied]).note("AWS draws the id of a key at random; here keys are counted"))
    })
}

/// The id and the ARN of the next key.
fn next(call: &Call<'_>) -> (String, String) {
    let arn = |id: &str| format!("arn:aws:kms:{}:{}:key/{id}", call.region, call.account);
    let ids = (1_u64..).map(|number| format!("00000000-0000-4000-8000-{number:012}"));
    let mut free = ids.filter(|id| call.world.resource(&arn(id)).is_none());
    let id = free.next().unwrap_or_default();
    let arn = arn(&id);
    (id, arn)
}

/// The policy of a key that is created without one: the account's policies decide (D22).
fn usual_policy(call: &Call<'_>) -> Result<Document, Refusal> {
    let text = default_key_policy("aws", call.account.as_str());
    call.document_in(&Arg::alone("<default key policy>", text), PolicyType::Key)
}

fn put_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let needs =
        call.needs(key(call)).with("kms:BypassPolicyLockoutSafetyCheck", call.has(BYPASS).to_string());
    needs.then(move |session| {
        let arn = key(call);
        resource::known(call, &arn)?;
        let document = call.document("policy", PolicyType::Key)?;
        let applied = session.world.apply(resource::put(call, &arn, Some(document)))?;
        check_lockout(call, session, &arn)?;
        Ok(applied.into())
    })
}

/// KMS refuses a key policy by which the caller could not change it again.
fn check_lockout(call: &Call<'_>, session: &Session, arn: &str) -> Result<(), Refusal> {
    let question = asked_by(call.caller, &Need::new("kms:PutKeyPolicy", arn), Some(call.region), call.now);
    let allowed = question.ask(&session.world)?.verdict() == Verdict::Allowed;
    if allowed || call.has(BYPASS) {
        return Ok(());
    }
    let what = format!("{} could not call kms:PutKeyPolicy on {arn} any more", call.caller.arn());
    let help = format!("`--{BYPASS}` does it all the same");
    Err(WorldError::new("lockout", call.option("policy").unwrap_or_default(), what).help(help).into())
}

fn grant<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (arn, principal) = (key(call), call.word("grantee-principal"));
    let operations: Vec<String> = call.list("operations").map(str::to_owned).collect();
    let needs = call.needs(&*arn).with("kms:GranteePrincipal", principal);
    needs.with_all("kms:GrantOperations", operations).change(move || {
        resource::known(call, &arn)?;
        let actions = call.list("operations").map(|name| format!("kms:{name}").into()).collect();
        let (key, principal) = (arn.into(), principal.into());
        Ok(Change::Resource(ResourceChange::PutGrant { key, principal, actions }))
    })
}
