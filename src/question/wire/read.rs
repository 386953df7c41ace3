//! A request, read from its JSON.

use std::borrow::Cow;
use std::sync::Arc;

use super::policies::read_policies;
use super::write::Id;
use crate::names::{AccountId, Arn};
use crate::question::{Assumptions, Question};
use crate::source::{Diagnostic, Place};
use crate::syntax::json::{Cursor, Kind};
use crate::world::{
    ContextEntry, ContextValue, GivenPolicies, Principal, PrincipalKind, PublicAccessBlock, Request,
    Settings, Thing, policy_kind,
};

/// A request as its text gives it: what it can borrow from the text, it borrows.
#[derive(Debug)]
pub struct WireRequest<'t> {
    /// The id to echo.
    pub id: Option<Id>,
    /// The principal as it was given: an ARN, `anonymous`, or `service:…`.
    pub principal: Cow<'t, str>,
    /// Who issued a federated user session.
    pub issuer: Option<String>,
    /// The action.
    pub action: Cow<'t, str>,
    /// The resource.
    pub resource: Option<Cow<'t, str>>,
    /// The account that owns the resource.
    pub resource_account: Option<AccountId>,
    /// Context keys.
    pub context: Vec<ContextEntry<'t>>,
    /// Policies in place of the world's.
    pub policies: GivenPolicies,
    /// Whether any policies were given: then nothing of the principal can be reused.
    pub has_policies: bool,
    /// The switches.
    pub settings: Settings,
    /// S3 Block Public Access in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// What there is to say about the policies given.
    pub warnings: Vec<Diagnostic>,
    /// The place of the principal, for errors.
    pub principal_place: Place,
    /// What else the call works with: a key, a role that it hands on.
    pub using: Vec<Box<str>>,
    /// The ARN of the role as which it is done once the principal has assumed it, or of a session of that.
    pub as_role: Option<Cow<'t, str>>,
}

const FIELDS: [&str; 11] = [
    "id", "principal", "issuer", "action", "resource", "resource_account", "context", "policies", "settings",
    "using", "as_role",
];

impl WireRequest<'_> {
    /// Who asks: federated users with their issuer, sessions of AssumeRoot told from root users.
    ///
    /// # Errors
    /// If the principal is none.
    pub fn who(&self) -> Result<Principal, Diagnostic> {
        let named = principal_named(&self.principal, self.issuer.as_deref(), self.assumes_root());
        named.ok_or_else(|| self.nobody())
    }

    fn nobody(&self) -> Diagnostic {
        let what = format!("`{}` is not a principal", self.principal);
        let help = "an ARN such as `arn:aws:iam::111122223333:user/alice`, `anonymous` or `{\"service\": …}`";
        Diagnostic::error("bad-principal", what).at(self.principal_place.clone(), "").help(help)
    }

    /// What it asks for, when the clock says `now`, in epoch seconds.
    pub fn at(&self, now: i64) -> Request<'_> {
        Request {
            resource_account: self.resource_account,
            public_access_block: self.public_access_block,
            settings: self.settings,
            now,
            ..Request::complete(&self.action, self.resource.as_deref(), &self.context, &self.policies)
        }
    }

    /// Whether the principal is not simply the one of that name in the world, prepared as for any other request.
    pub fn brings_its_own(&self) -> bool {
        self.has_policies || self.issuer.is_some() || self.assumes_root()
    }

    /// Whether it asks for more than one decision: what else the call needs, or a role to be assumed first.
    pub fn asks_more(&self) -> bool {
        self.as_role.is_some() || !self.using.is_empty()
    }

    /// The session of the role as which the call is made; one that only the role names has no name yet.
    ///
    /// # Errors
    /// If it is no role.
    pub fn role(&self) -> Result<Option<Principal>, Diagnostic> {
        let Some(arn) = &self.as_role else { return Ok(None) };
        let role = Principal::parse_arn(arn).filter(|role| role.role_arn().is_some());
        let what = || {
            Diagnostic::error(
                "not-a-role",
                format!("`{arn}` is not the ARN of a role, or of a session of one"),
            )
        };
        role.map(Some).ok_or_else(|| what().at(self.principal_place.clone(), ""))
    }

    fn assumes_root(&self) -> bool {
        assumes_root(&self.context)
    }

    /// The question of a principal with policies: those of the request itself, or others.
    pub fn into_question(self, principal: Arc<Principal>, policies: Arc<GivenPolicies>) -> Question {
        let assumptions = Assumptions {
            context: owned_context(self.context),
            policies,
            resource_account: self.resource_account,
            public_access_block: self.public_access_block,
            settings: Some(self.settings),
            using: self.using,
            ..Assumptions::default()
        };
        let question = Question::new(principal, self.action).assuming(assumptions);
        Question { resource: self.resource.map(Into::into), ..question }
    }
}

/// A root user with `aws:AssumedRoot` is a session of AssumeRoot (E10).
pub fn assumes_root(context: &[ContextEntry<'_>]) -> bool {
    context.iter().any(|(key, value)| {
        let is_true = || value.only().is_some_and(|text| text.eq_ignore_ascii_case("true"));
        key.eq_ignore_ascii_case("aws:AssumedRoot") && is_true()
    })
}

/// Whom a text names: federated users with their issuer, sessions of AssumeRoot told from root users.
pub fn principal_named(text: &str, issued_by: Option<&str>, assumes_root: bool) -> Option<Principal> {
    let mut principal = Principal::parse(text)?;
    match &mut principal.kind {
        PrincipalKind::FederatedUser { issuer, .. } => *issuer = issued_by.map(Into::into),
        PrincipalKind::Root(account) if assumes_root => {
            principal.kind = PrincipalKind::AssumedRoot { account: *account, task: "".into() };
        }
        _ => {}
    }
    Some(principal)
}

/// Reads a request from its JSON.
///
/// # Errors
/// If a field is unknown, missing or of the wrong type.
pub fn read_request<'t>(line: Cursor<'t>, settings: Settings) -> Result<WireRequest<'t>, Diagnostic> {
    read_request_of(line, settings, None)
}

/// Reads a request that need not say who asks, where somebody else does.
///
/// # Errors
/// If a field is unknown, missing or of the wrong type.
pub fn read_request_of<'t>(
    line: Cursor<'t>,
    settings: Settings,
    asker: Option<&'t str>,
) -> Result<WireRequest<'t>, Diagnostic> {
    let [
        id,
        principal,
        issuer,
        action,
        resource,
        resource_account,
        context,
        policies,
        switches,
        using,
        as_role,
    ] = fields(line)?;
    let named = match (principal, asker) {
        (Some(principal), _) => read_principal(principal)?,
        (None, Some(asker)) => asker.into(),
        (None, None) => return Err(missing("principal", line)),
    };
    let action = action.ok_or_else(|| missing("action", line))?;
    let mut request = WireRequest {
        id: id.and_then(read_id),
        principal: named,
        issuer: issuer.map(text).transpose()?.map(Into::into),
        action: text(action)?,
        resource: resource.map(text).transpose()?,
        resource_account: resource_account.map(account).transpose()?,
        context: context.map_or(Ok(Vec::new()), read_context)?,
        policies: GivenPolicies::default(),
        has_policies: policies.is_some(),
        settings,
        public_access_block: None,
        warnings: Vec::new(),
        principal_place: principal.unwrap_or(line).place(),
        using: using.map_or(Ok(Vec::new()), read_arns)?,
        as_role: as_role.map(text).transpose()?,
    };
    if let Some(policies) = policies {
        let kind = policy_kind(request.resource.as_deref());
        request.policies = read_policies(policies, kind, &mut request.warnings)?;
    }
    switches.map_or(Ok(()), |switches| read_settings(switches, &mut request))?;
    Ok(request)
}

/// The id of a request, a string or a number; anything else is kept as its text.
pub(crate) fn read_id(value: Cursor<'_>) -> Option<Id> {
    match value.string() {
        Some(text) => Some(Id::Text(text.into())),
        None if value.kind() == Kind::Null => None,
        None => Some(value.raw().parse().map_or_else(|_| Id::Text(value.raw().to_owned()), Id::Number)),
    }
}

fn fields<'t>(line: Cursor<'t>) -> Result<[Option<Cursor<'t>>; FIELDS.len()], Diagnostic> {
    let mut found = [None; FIELDS.len()];
    for (key, value) in members(line, "a request, which is a JSON object")? {
        let name = key.string().unwrap_or_default();
        let Some(at) = FIELDS.iter().position(|field| *field == name) else {
            return Err(unknown(key, "field of a request", &FIELDS));
        };
        if found[at].is_some() {
            return Err(twice(key, ""));
        }
        found[at] = Some(value).filter(|value| value.kind() != Kind::Null);
    }
    Ok(found)
}

/// ARNs of what a call works with: a list, or one text.
fn read_arns(value: Cursor<'_>) -> Result<Vec<Box<str>>, Diagnostic> {
    let arn = |value: Cursor<'_>| {
        let found = text(value).ok().filter(|text| Arn::parse(text).is_some());
        found.map(|text| Box::from(&*text)).ok_or_else(|| expected("an ARN, or a list of them", value))
    };
    if value.kind() == Kind::Array { value.items().map(arn).collect() } else { Ok(vec![arn(value)?]) }
}

/// Reads a principal: an ARN or `anonymous`, or `{"service": …}`.
///
/// # Errors
/// If it is neither a text nor such an object.
pub fn read_principal(value: Cursor<'_>) -> Result<Cow<'_, str>, Diagnostic> {
    if value.kind() != Kind::Object {
        return text(value);
    }
    let mut members = value.members();
    match (members.next(), members.next()) {
        (Some((key, service)), None) if key.string().as_deref() == Some("service") => {
            Ok(format!("service:{}", text(service)?).into())
        }
        _ => Err(expected("an ARN, `anonymous` or `{\"service\": …}`", value)),
    }
}

/// Reads context keys: a string, number or boolean is a single value, a list a multivalued key, null an absent one.
///
/// # Errors
/// If it is no object, or a value is an object.
pub fn read_context(value: Cursor<'_>) -> Result<Vec<ContextEntry<'_>>, Diagnostic> {
    let mut context: Vec<ContextEntry<'_>> = Vec::with_capacity(12);
    for (key, value) in members(value, "an object of context keys and values")? {
        let name = key.string().unwrap_or_default();
        if context.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            return Err(twice(key, "; letter case does not count"));
        }
        context.push((name, context_value(value)?));
    }
    Ok(context)
}

/// Context keys with texts of their own.
pub fn owned_context(context: Vec<ContextEntry<'_>>) -> Vec<ContextEntry<'static>> {
    context.into_iter().map(|(key, value)| (key.into_owned().into(), value.into_owned())).collect()
}

fn context_value(value: Cursor<'_>) -> Result<ContextValue<'_>, Diagnostic> {
    match value.kind() {
        Kind::Null => Ok(ContextValue::Absent),
        Kind::Array => Ok(ContextValue::Many(value.items().map(scalar).collect::<Result<_, _>>()?)),
        _ => Ok(ContextValue::One(scalar(value)?)),
    }
}

fn scalar(value: Cursor<'_>) -> Result<Cow<'_, str>, Diagnostic> {
    match value.kind() {
        Kind::Bool | Kind::Number => Ok(Cow::Borrowed(value.raw())),
        _ => text(value).map_err(|_| expected("a string, number or boolean", value)),
    }
}

fn read_settings(value: Cursor<'_>, request: &mut WireRequest<'_>) -> Result<(), Diagnostic> {
    for (key, value) in members(value, "an object of settings")? {
        let name = key.string().unwrap_or_default();
        if name == "s3_block_public_access" {
            request.public_access_block = Some(public_access_block(value)?);
            continue;
        }
        let text = scalar(value)?;
        if let Err(error) = request.settings.set(&name, &text) {
            let diagnostic = Diagnostic::error(error.code, error.message);
            let place = if error.thing == Some(Thing::Setting) { key.place() } else { value.place() };
            return Err(Diagnostic { help: error.help, ..diagnostic }.at(place, ""));
        }
    }
    Ok(())
}

/// `true` or `false` for all four switches, or an object of them.
fn public_access_block(value: Cursor<'_>) -> Result<PublicAccessBlock, Diagnostic> {
    if value.kind() == Kind::Bool {
        return Ok(PublicAccessBlock::all(value.raw() == "true"));
    }
    let mut block = PublicAccessBlock::all(false);
    for (key, value) in value.members() {
        let name = key.string().unwrap_or_default();
        let Some(switch) = block.switch(&kebab(&name)) else {
            let known =
                ["block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"];
            return Err(unknown(key, "switch of Block Public Access", &known));
        };
        *switch = value.raw() == "true";
    }
    Ok(block)
}

/// `block_public_acls` and AWS's `BlockPublicAcls` as `block-public-acls`.
fn kebab(name: &str) -> String {
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(if letter == '_' { '-' } else { letter.to_ascii_lowercase() });
    }
    word
}

fn text(value: Cursor<'_>) -> Result<Cow<'_, str>, Diagnostic> {
    value.string().ok_or_else(|| expected("a string", value))
}

fn account(value: Cursor<'_>) -> Result<AccountId, Diagnostic> {
    let found = value.string().and_then(|text| AccountId::parse(&text));
    found.ok_or_else(|| expected("the 12 digits of an account, in quotes", value))
}

/// The members of an object, and no other value.
pub(super) fn members<'t>(
    value: Cursor<'t>,
    what: &str,
) -> Result<impl Iterator<Item = (Cursor<'t>, Cursor<'t>)> + use<'t>, Diagnostic> {
    if value.kind() == Kind::Object { Ok(value.members()) } else { Err(expected(what, value)) }
}

pub(super) fn unknown(key: Cursor<'_>, what: &str, known: &[&str]) -> Diagnostic {
    let name = key.string().unwrap_or_default();
    let error = Diagnostic::error("unknown-field", format!("`{name}` is not a {what}"));
    error.at(key.place(), "").suggest(&name, known.iter().copied())
}

fn twice(key: Cursor<'_>, more: &str) -> Diagnostic {
    let name = key.string().unwrap_or_default();
    Diagnostic::error("duplicate-key", format!("`{name}` is given twice{more}")).at(key.place(), "")
}

pub(super) fn expected(what: &str, value: Cursor<'_>) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("expected {what}")).at(value.place(), "")
}

fn missing(field: &str, line: Cursor<'_>) -> Diagnostic {
    Diagnostic::error("missing-field", format!("the field `{field}` is missing")).at(line.place(), "")
}
