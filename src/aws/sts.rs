//! Sessions: of roles, of root for a task, federated, of the caller itself.

use serde_json::{Value, json};

use super::call::Call;
use super::operation::{Operation, Service};
use super::plan::{Needs, Planned};
use super::refusal::Refusal;
use crate::names::{AccountId, Arn};
use crate::policy::PolicyType;
use crate::session::{
    AssumeRole, AssumeRoot, Federate, Need, Outcome, Part, SCOPE, Session, begin_federation, begin_role,
    begin_root, begin_scope, check_session_name, enter, federation_needs, role_needs, root_need, scope_need,
};
use crate::world::{Credentials, GivenPolicies, NamedDocument, Principal, PrincipalKind, World, WorldError};

const STS: Service = Service("sts");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    STS.row("get-caller-identity", "", "shows who calls; nothing can deny it", caller_identity),
    STS.row("assume-role", "--role-arn ROLE-ARN --role-session-name NAME [--policy DOCUMENT] [--policy-arns POLICY...] [--tags TAG...] [--transitive-tag-keys KEY...] [--external-id TEXT] [--source-identity NAME] [--serial-number MFA] [--token-code CODE] | duration-seconds", "begins a session of a role, and signs in as it", assume_role),
    STS.row("assume-root", "--target-principal ACCOUNT --task-policy-arn TASK | duration-seconds", "begins a root session in a member account for one task, and signs in as it", assume_root),
    STS.row("get-session-token", "[--serial-number MFA] [--token-code CODE] | duration-seconds", "exchanges the credentials of a user for temporary ones, with or without MFA", session_token),
    STS.row("get-scoped-credentials", "[--policy DOCUMENT] [--duration-seconds SECONDS] | minimum-session-token-size scoped-session-description", "scopes the temporary credentials of the caller down to a policy, and signs in with them", scoped_credentials),
    STS.row("get-federation-token", "--name NAME [--policy DOCUMENT] [--policy-arns POLICY...] [--tags TAG...] | duration-seconds", "begins a federated user session, and signs in as it", federation_token),
];

/// What AWS prints besides.
const NO_CREDENTIALS: &str =
    "there are no credentials to export here: the session itself is entered; `sign-in` goes back";

fn caller_identity<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let mut shown = json!({"Account": call.account.as_str(), "Arn": call.caller.arn()});
        if let (Some(id), Some(fields)) = (user_id(call.world, call.caller), shown.as_object_mut()) {
            fields.shift_insert(0, "UserId".to_owned(), id.into());
        }
        Ok(shown)
    })
}

/// The unique id of a caller, as far as the world knows it (C.6).
fn user_id(world: &World, who: &Principal) -> Option<String> {
    let known = || world.caller(who, &GivenPolicies::default()).unique_id;
    match &who.kind {
        PrincipalKind::Root(account) | PrincipalKind::AssumedRoot { account, .. } => {
            Some(account.to_string())
        }
        PrincipalKind::User { .. } => known().map(Into::into),
        PrincipalKind::RoleSession { session, .. } => known().map(|id| format!("{id}:{session}")),
        PrincipalKind::FederatedUser { account, name, .. } => Some(format!("{account}:{name}")),
        _ => None,
    }
}

fn assume_role<'a>(call: &'a Call<'a>) -> Planned<'a> {
    check_session_name("role session", call.word("role-session-name"), 64)?;
    let role = AssumeRole {
        role: role_of(call)?,
        session: call.word("role-session-name").into(),
        mfa: with_token(call)?,
        policies: Vec::new(),
        tags: call.tags("tags")?,
        transitive: call.list("transitive-tag-keys").map(Into::into).collect(),
        external_id: call.option("external-id").map(Into::into),
        source_identity: call.option("source-identity").map(Into::into),
    };
    let needs = all(role_needs(&role));
    needs.then(move |session| {
        let account = role.role.account().unwrap_or(call.account);
        let policies = session_policies(call, account)?;
        let outcome = begin_role(session, AssumeRole { policies, ..role }, call.now)?;
        let mut shown = json!({"AssumedRoleUser": entered(session, "AssumedRoleId")});
        if let Some(name) = call.option("source-identity") {
            shown["SourceIdentity"] = name.into();
        }
        Ok(begun(shown, outcome))
    })
}

fn all(needs: impl IntoIterator<Item = Need>) -> Needs {
    needs.into_iter().fold(Needs::default(), Needs::and)
}

fn role_of(call: &Call<'_>) -> Result<Principal, Refusal> {
    let text = call.word("role-arn");
    let role =
        Principal::parse_arn(text).filter(|_| Arn::parse(text).is_some_and(|arn| arn.service() == "iam"));
    let mut role =
        role.filter(|who| matches!(who.kind, PrincipalKind::RoleSession { .. })).ok_or_else(|| {
            let what = format!("`{text}` is not the ARN of a role");
            WorldError::new("bad-role-arn", text, what)
                .help("it has the form `arn:aws:iam::111122223333:role/Deploy`")
        })?;
    if let PrincipalKind::RoleSession { session, .. } = &mut role.kind {
        *session = call.word("role-session-name").into();
    }
    Ok(role)
}

/// Whether the call passes the code of an MFA device; it needs the device, too.
fn with_token(call: &Call<'_>) -> Result<bool, Refusal> {
    match (call.has("serial-number"), call.has("token-code")) {
        (true, true) => Ok(true),
        (false, false) => Ok(false),
        _ => {
            let what = "`--serial-number` and `--token-code` are given together";
            let alone = if call.has("token-code") { "--token-code" } else { "--serial-number" };
            Err(WorldError::new("mfa-incomplete", alone, what).into())
        }
    }
}

/// The session policies of a call: a document, and managed policies of the account.
fn session_policies(call: &Call<'_>, account: AccountId) -> Result<Vec<NamedDocument>, Refusal> {
    let mut policies = Vec::new();
    if call.has("policy") {
        let document = call.document("policy", PolicyType::Session)?;
        policies.push(NamedDocument { name: "session-policy".into(), document });
    }
    for arn in arns(call, "policy-arns")? {
        let policy = call.world.find_policy(account, &arn)?;
        policies.push(NamedDocument { name: policy.name.clone(), document: policy.document().clone() });
    }
    Ok(policies)
}

/// ARNs that an option gives as `arn=…`, or as they are.
fn arns(call: &Call<'_>, name: &str) -> Result<Vec<String>, Refusal> {
    let values = call.given.all(name).unwrap_or_default();
    if values.iter().all(|value| value.text.starts_with("arn:")) {
        return Ok(values.iter().map(|value| value.text.to_string()).collect());
    }
    let arns = call.structures(name)?.into_iter().map(|one| one.text("arn"));
    arns.collect::<Option<_>>().ok_or_else(|| {
        WorldError::new("bad-arn", "", format!("`--{name}` is given as `arn=arn:aws:iam::…`")).into()
    })
}

/// Who is signed in now as data.
fn entered(session: &Session, id_field: &str) -> Value {
    let who = session.signed_in.as_ref();
    let mut user = json!({});
    if let Some(id) = who.and_then(|who| user_id(&session.world, who)) {
        user[id_field] = id.into();
    }
    user["Arn"] = who.map(Principal::arn).into();
    user
}

/// A session that began, as data: credentials are not made up, the session itself is entered.
fn begun(shown: Value, outcome: Outcome) -> Outcome {
    let notes = outcome.parts.into_iter().filter_map(text_of);
    notes.fold(Outcome::of(Part::Json(shown)), Outcome::note).note(NO_CREDENTIALS)
}

fn text_of(part: Part) -> Option<String> {
    match part {
        Part::Said(text) | Part::Note(text) => Some(text),
        _ => None,
    }
}

fn assume_root<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let target = call.word("target-principal");
    let id =
        target.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_suffix(":root")).unwrap_or(target);
    let account = AccountId::parse(id).ok_or_else(|| WorldError::bad_account_id(target))?;
    let task = arns(call, "task-policy-arn")?.into_iter().next().unwrap_or_default();
    let root = AssumeRoot { account, task: task.into() };
    Needs::default().and(root_need(&root)?).then(move |session| {
        let outcome = begin_root(session, &root, call.now)?;
        Ok(outcome.note(NO_CREDENTIALS))
    })
}

fn session_token<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let mfa = with_token(call)?;
    call.needs("*").then(move |session| {
        let who = Principal { credentials: Credentials::SessionToken { mfa }, ..call.caller.clone() };
        let with = if mfa { "with MFA" } else { "without MFA" };
        let said = format!("{} signs with temporary credentials now, {with}", who.arn());
        enter(session, who, call.now);
        Ok(Outcome::said(said).note(NO_CREDENTIALS))
    })
}

fn federation_token<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let user = Federate { name: call.word("name").into(), policies: Vec::new(), tags: call.tags("tags")? };
    let account = call.account;
    let needs = federation_needs(call.caller, &user)?;
    all(needs).then(move |session| {
        let policies = session_policies(call, account)?;
        let outcome = begin_federation(session, Federate { policies, ..user }, call.now)?;
        Ok(begun(json!({"FederatedUser": entered(session, "FederatedUserId")}), outcome))
    })
}

/// I22.
fn scoped_credentials<'a>(call: &'a Call<'a>) -> Planned<'a> {
    check_scope(call)?;
    Needs::default().and(scope_need()).then(move |session| {
        let named = |document| NamedDocument { name: SCOPE.into(), document };
        let policy = call.has("policy").then(|| call.document("policy", PolicyType::Session));
        let outcome = begin_scope(session, policy.transpose()?.map(named), call.now)?;
        let scopes = session.signed_in.as_ref().and_then(|who| who.session.as_ref());
        let count = scopes.map_or(0, |details| details.scopes.len());
        let shown = json!({"SessionInfo": entered(session, "ScopedSessionId"), "ScopedPoliciesCount": count});
        let limited = call.has("duration-seconds").then_some(NEVER_LONGER);
        Ok(limited.into_iter().fold(begun(shown, outcome), Outcome::note))
    })
}

const NEVER_LONGER: &str = "how long sessions last is not kept here; scoped credentials never outlive the session that asked for them (I22)";

/// What a call must say, and where it can be made.
fn check_scope(call: &Call<'_>) -> Result<(), Refusal> {
    let duration = call.option("duration-seconds");
    let (code, word, what) = match duration.map(str::parse::<u32>) {
        _ if call.region == "aws-global" => (
            "InvalidAction",
            call.region,
            "GetScopedCredentials is not offered on the global endpoint of STS",
        ),
        None if !call.has("policy") => {
            ("ValidationError", "", "at least one of `--policy` and `--duration-seconds` must be given")
        }
        None | Some(Ok(1..=129_600)) => return Ok(()),
        Some(_) => {
            let word = duration.unwrap_or_default();
            ("ValidationError", word, "scoped credentials last from 1 second to 129600 seconds (36 hours)")
        }
    };
    Err(Refusal::Error(code, WorldError::new("bad-scope", word, what)))
}
