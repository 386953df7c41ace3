//! Context keys that follow from who the principal is (C.1, C.2, C.6).

use super::account::Tags;
use super::caller::Caller;
use super::context::{ContextValue, Key};
use super::identity::Identity;
use super::principal::{Credentials, Principal, PrincipalKind};
use super::state::World;
use crate::names::fold_hash;

impl World {
    pub(super) fn add_principal_keys(&self, caller: &mut Caller, known: Option<Identity<'_>>) {
        let mut keys = Vec::with_capacity(12);
        let (principal, assumed) = (&caller.principal, &mut caller.assumed);
        let mut add = |name: &'static str, value: Option<String>| {
            keys.extend(value.map(|value| Key::one(name, value)));
        };
        add("aws:PrincipalArn", principal_arn(principal));
        add("aws:PrincipalAccount", principal_account(principal));
        add("aws:PrincipalType", principal_type(principal).map(str::to_owned));
        add("aws:PrincipalIsAWSService", is_service(principal).map(|service| service.to_string()));
        add("aws:userid", user_id(principal, known.map(|known| known.id), assumed));
        add("aws:MultiFactorAuthPresent", self.mfa(principal, assumed).map(|mfa| mfa.to_string()));
        if let PrincipalKind::User { name, .. } = &principal.kind {
            add("aws:username", Some(name.to_string()));
        }
        if let PrincipalKind::Service(name) = &principal.kind {
            add("aws:PrincipalServiceName", Some(name.to_string()));
        }
        if matches!(principal.kind, PrincipalKind::AssumedRoot { .. }) {
            add("aws:AssumedRoot", Some("true".to_owned())); // E10
        }
        add(
            "aws:SourceIdentity",
            principal.session.as_ref().and_then(|s| s.source_identity.as_deref().map(Into::into)),
        );
        self.add_organization_keys(principal, &mut keys);
        add_tags(principal, known.and_then(|known| known.tags), &mut keys);
        keys.sort_by_key(|key| key.hash);
        caller.keys = keys;
    }

    fn add_organization_keys(&self, principal: &Principal, keys: &mut Vec<Key<'static>>) {
        let Some(account) = principal.account() else { return };
        if let Some(organization) = self.organization_of(account) {
            keys.push(Key::one("aws:PrincipalOrgID", organization.id.to_string()));
            keys.push(many("aws:PrincipalOrgPaths", &organization.org_path(account)));
            // I19: AWS's own policies tell the management account by it; the guides do not list it.
            keys.push(Key::one("aws:PrincipalOrgMasterAccountId", organization.management.to_string()));
        }
    }

    /// C.2: absent with long-term keys, for federated users and whoever came through an identity provider; another role
    /// session carries `false`.
    fn mfa(&self, principal: &Principal, assumed: &mut Vec<(&'static str, String)>) -> Option<bool> {
        let session = principal.session.as_ref();
        match &principal.kind {
            PrincipalKind::User { .. } | PrincipalKind::Root(_) => match principal.credentials {
                Credentials::LongTerm => None,
                Credentials::Console { mfa } | Credentials::SessionToken { mfa } => Some(mfa),
            },
            PrincipalKind::RoleSession { .. } if self.came_through_provider(principal) => None,
            PrincipalKind::RoleSession { .. } => {
                let inherited =
                    self.settings.mfa_on_role_session && session.is_some_and(|session| session.mfa);
                assumed.push(("aws:MultiFactorAuthPresent", inherited.to_string()));
                Some(inherited)
            }
            PrincipalKind::AssumedRoot { .. } => Some(false),
            _ => None,
        }
    }

    /// Whether a role session is one of Identity Center, SAML or OIDC, as far as its role tells.
    fn came_through_provider(&self, principal: &Principal) -> bool {
        let PrincipalKind::RoleSession { account, path, role, .. } = &principal.kind else { return false };
        let known = || self.account(*account).and_then(|account| account.role(role));
        path.starts_with(IDENTITY_CENTER) || known().is_some_and(|role| role.trusts_providers_alone())
    }
}

/// The path of the roles that IAM Identity Center makes.
const IDENTITY_CENTER: &str = "/aws-reserved/sso.amazonaws.com/";

fn many(name: &'static str, value: &str) -> Key<'static> {
    Key::new(name, ContextValue::Many(vec![value.to_owned().into()]))
}

/// C.1: of a role session the role's ARN, never the session's.
fn principal_arn(principal: &Principal) -> Option<String> {
    match &principal.kind {
        PrincipalKind::RoleSession { .. } => principal.role_arn(),
        PrincipalKind::Service(_)
        | PrincipalKind::IdentityProvider(_)
        | PrincipalKind::OriginAccessIdentity(_)
        | PrincipalKind::Anonymous => None,
        _ => Some(principal.arn()),
    }
}

fn principal_account(principal: &Principal) -> Option<String> {
    match principal.kind {
        PrincipalKind::Anonymous => Some("anonymous".to_owned()),
        _ => principal.account().map(|account| account.to_string()),
    }
}

fn principal_type(principal: &Principal) -> Option<&'static str> {
    match &principal.kind {
        PrincipalKind::Root(_) | PrincipalKind::AssumedRoot { .. } => Some("Account"),
        PrincipalKind::User { .. } => Some("User"),
        PrincipalKind::RoleSession { .. } => Some("AssumedRole"),
        PrincipalKind::FederatedUser { .. } => Some("FederatedUser"),
        PrincipalKind::Anonymous => Some("Anonymous"),
        _ => None,
    }
}

/// Present in every signed request.
fn is_service(principal: &Principal) -> Option<bool> {
    match principal.kind {
        PrincipalKind::Anonymous | PrincipalKind::IdentityProvider(_) => None,
        PrincipalKind::Service(_) => Some(true),
        _ => Some(false),
    }
}

/// C.6; where the unique id is not known, one is made from the ARN, the same in every run.
fn user_id(
    principal: &Principal,
    id: Option<&str>,
    assumed: &mut Vec<(&'static str, String)>,
) -> Option<String> {
    let mut unique = |prefix: &str, arn: String| match id {
        Some(id) => id.to_owned(),
        None => {
            let made = made_up_id(prefix, &arn);
            assumed.push(("aws:userid", made.clone()));
            made
        }
    };
    match &principal.kind {
        PrincipalKind::Root(account) | PrincipalKind::AssumedRoot { account, .. } => {
            Some(account.to_string())
        }
        PrincipalKind::User { .. } => Some(unique("AIDA", principal.arn())),
        PrincipalKind::RoleSession { session, .. } => {
            let id = unique("AROA", principal.role_arn().unwrap_or_default());
            Some(format!("{id}:{session}"))
        }
        PrincipalKind::FederatedUser { account, name, .. } => Some(format!("{account}:{name}")),
        PrincipalKind::Anonymous => Some("anonymous".to_owned()),
        _ => None,
    }
}

/// A unique id made from a text: a prefix and 17 characters of base 32 (E24).
pub(super) fn made_up_id(prefix: &str, text: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut hash = fold_hash(text.as_bytes());
    let mut id = prefix.to_owned();
    for step in 0..17_u64 {
        id.push(char::from(LETTERS[(hash >> 59) as usize]));
        hash = (hash ^ step).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
    }
    id
}

/// Session tags beat the tags of the role or user, whatever the letter case of the key (C.1).
fn add_tags(principal: &Principal, own: Option<&Tags>, keys: &mut Vec<Key<'static>>) {
    let session = principal.session.as_ref().map(|session| &session.tags);
    for (tag, value) in session.into_iter().flatten() {
        keys.push(Key::one(format!("aws:PrincipalTag/{tag}"), value.to_string()));
    }
    let beaten = |tag: &str| session.is_some_and(|tags| tags.keys().any(|key| key.eq_ignore_ascii_case(tag)));
    for (tag, value) in own.into_iter().flatten().filter(|(tag, _)| !beaten(tag)) {
        keys.push(Key::one(format!("aws:PrincipalTag/{tag}"), value.to_string()));
    }
}
