//! Managed and inline policies, SCPs and RCPs as documents (A11a, A12, A13).

use std::sync::Arc;

use super::naming::{check_inline_name, check_name, check_path, check_title};
use super::{ChangeOrigin, Outcome, ids, references, room, warnings};
use crate::names::AccountId;
use crate::policy::LanguageVersion;
use crate::world::account::{Account, InlinePolicy};
use crate::world::aws_policies::AWS_POLICY;
use crate::world::{
    Applied, ControlKind, Document, Entity, ManagedPolicy, Organization, PolicyVersion, World, WorldError,
};

/// How many versions of a managed policy are stored (A13).
pub(super) const MOST_VERSIONS: usize = 5;

impl World {
    /// Creates a customer managed policy, or adds a version to it and makes that the default (A13).
    pub(super) fn put_policy(
        &mut self,
        account: AccountId,
        name: Box<str>,
        path: Box<str>,
        document: Document,
    ) -> Outcome {
        check_name("policy", &name, 128)?;
        check_path(&path)?;
        check_document(&document, &name, &format!("policy {name}"), ChangeOrigin::Command)?;
        check_version(&document, &name, "a customer managed policy")?;
        let known = self.known_account(account)?;
        check_policy_name(known, &name)?;
        let old = known.policy(&name);
        if let Some(old) = old.filter(|old| &*path != "/" && *old.arn != policy_arn(account, &path, &name)) {
            let what = format!("policy `{name}` exists already with another path: `{}`", old.arn);
            return Err(
                WorldError::new("path-is-fixed", &*path, what).help("the path of a policy cannot change")
            );
        }
        let warning = warnings::MANAGED.check(&format!("policy {name}"), [&document]);
        let account = self.account_mut(account)?;
        let applied = match account.policies.get_mut(name.to_ascii_lowercase().as_str()) {
            Some(policy) => add_version(Arc::make_mut(policy), document),
            None => add_policy(account, &path, name, document),
        };
        Ok(applied.warn(warning))
    }

    /// Stores a customer managed policy as a dump holds it.
    pub(super) fn import_policy(
        &mut self,
        account: AccountId,
        name: Box<str>,
        path: Box<str>,
        versions: Vec<PolicyVersion>,
        default: usize,
    ) -> Outcome {
        check_name("policy", &name, 128)?;
        check_path(&path)?;
        if default >= versions.len() {
            let what = format!("policy `{name}` has no default version");
            return Err(WorldError::new("no-default-version", &*name, what));
        }
        let known = self.known_account(account)?;
        check_policy_name(known, &name)?;
        if known.policy(&name).is_some() {
            let what = format!("policy `{name}` exists already in account {}", known.label());
            return Err(WorldError::new("policy-exists", &*name, what));
        }
        let message = format!("created policy {name} in account {}", known.label());
        let arn = policy_arn(account, &path, &name).into();
        let policy = ManagedPolicy { name: name.clone(), arn, versions, default };
        self.account_mut(account)?.policies.insert(name.to_ascii_lowercase(), Arc::new(policy));
        Ok(Applied::said(message))
    }

    pub(super) fn put_aws_policy(&mut self, arn: Box<str>, name: Box<str>, document: Document) -> Outcome {
        if !arn.starts_with(AWS_POLICY) {
            let what = format!("`{arn}` is not the ARN of an AWS managed policy");
            return Err(WorldError::new("bad-policy-arn", &*arn, what));
        }
        let message = format!("stored the AWS managed policy {name}");
        self.aws_policies.insert(arn.clone(), Arc::new(ManagedPolicy::new(name, arn, document)));
        Ok(Applied::said(message))
    }

    /// Adds or replaces an inline policy.
    pub(super) fn put_inline(
        &mut self,
        account: AccountId,
        on: &Entity,
        name: Box<str>,
        document: Document,
        origin: ChangeOrigin,
    ) -> Outcome {
        check_inline_name(&name)?;
        let identity = references::find(self.known_account(account)?, on)?;
        let label = identity.label();
        let others = identity.permissions.inline.iter().filter(|inline| inline.name != name).count();
        room::INLINE_POLICIES.check(&*name, &label, others + 1)?;
        check_document(&document, &name, &format!("inline policy {name} of {label}"), origin)?;
        let Some(permissions) = references::permissions_mut(self.account_mut(account)?, on) else {
            return Ok(Applied::default());
        };
        let size = warnings::inline(on).size(&document);
        let message = match permissions.inline.iter_mut().find(|inline| inline.name == name) {
            Some(inline) => {
                (inline.document, inline.size) = (document, size);
                format!("replaced inline policy {name} on {label}")
            }
            None => {
                let message = format!("added inline policy {name} to {label}");
                permissions.inline.push(InlinePolicy { name, document, size });
                message
            }
        };
        let size = permissions.inline.iter().map(|inline| inline.size).sum();
        let what = format!("the inline policies of {label}, taken together,");
        Ok(Applied::said(message).warn(warnings::inline(on).exceeded(&what, size)))
    }

    /// Takes an inline policy away.
    pub(super) fn delete_inline(&mut self, account: AccountId, on: &Entity, name: &str) -> Outcome {
        let identity = references::find(self.known_account(account)?, on)?;
        let (label, inline) = (identity.label(), &identity.permissions.inline);
        if !inline.iter().any(|inline| &*inline.name == name) {
            let what = format!("there is no inline policy `{name}` on {label}");
            let error = WorldError::new("unknown-inline-policy", name, what);
            return Err(error.suggest(inline.iter().map(|inline| &*inline.name)));
        }
        if let Some(permissions) = references::permissions_mut(self.account_mut(account)?, on) {
            permissions.inline.retain(|inline| &*inline.name != name);
        }
        Ok(Applied::said(format!("deleted inline policy {name} of {label}")))
    }

    /// Creates an SCP or RCP, or replaces its document.
    pub(super) fn put_control(
        &mut self,
        kind: ControlKind,
        name: Box<str>,
        document: Document,
        said_in: Option<AccountId>,
    ) -> Outcome {
        let organization = self.organization_meant(said_in)?;
        let label = format!("{} {name}", kind.word());
        check_control(organization, kind, &name, &document)?;
        let warnings = match kind {
            ControlKind::Scp => [warnings::SCP.check(&label, [&document]), None],
            ControlKind::Rcp => {
                [warnings::RCP.check(&label, [&document]), warnings::idle_services(&name, &document)]
            }
        };
        let of = self.in_organization(organization);
        let organization = self.organization_mut(said_in)?;
        let (owner, id, kind_word) =
            (organization.management, &organization.id, kind.aws_name().to_ascii_lowercase());
        let own = ids::policy_id(&kind_word, &name);
        let arn = format!("arn:aws:organizations::{owner}:policy/{id}/{kind_word}/{own}");
        let policy = Arc::new(ManagedPolicy::new(&*name, arn, document));
        let message = match organization.controls_mut(kind).policies.insert(name, policy) {
            Some(_) => format!("replaced the document of {label}{of}"),
            None => format!("created {label}{of}"),
        };
        Ok(Applied::said(message).warn(warnings.into_iter().flatten()))
    }

    /// Whether a name is an SCP's or an RCP's of any organization.
    pub(super) fn control_kind(&self, name: &str) -> Option<ControlKind> {
        let of_aws = ControlKind::ALL.into_iter().find(|kind| kind.full_access() == name);
        of_aws.or_else(|| self.organizations().find_map(|organization| organization.control_kind(name)))
    }
}

fn check_control(
    organization: &Organization,
    kind: ControlKind,
    name: &str,
    document: &Document,
) -> Result<(), WorldError> {
    check_title(&format!("an {}", kind.word()), name)?;
    if ControlKind::ALL.iter().any(|kind| kind.full_access() == name) {
        let what = format!("`{name}` is a policy of AWS and cannot be replaced");
        return Err(WorldError::new("aws-owned", name, what));
    }
    check_document(document, name, &format!("{} {name}", kind.word()), ChangeOrigin::Command)?;
    if kind == ControlKind::Rcp {
        check_version(document, name, "a resource control policy")?; // A12
    }
    match organization.control_kind(name).filter(|other| *other != kind) {
        Some(other) => Err(name_taken(name, other.word())),
        None => Ok(()),
    }
}

/// Refuses a document that cannot be consulted; a dump's is stored, so that answers can say so.
pub(super) fn check_document(
    document: &Document,
    about: &str,
    label: &str,
    origin: ChangeOrigin,
) -> Result<(), WorldError> {
    match document {
        _ if origin == ChangeOrigin::Dump => Ok(()),
        Document::Good(_) => Ok(()),
        Document::Refused(_) => Err(WorldError::new(
            "policy-refused",
            about,
            format!("{label} has errors, so nothing was changed"),
        )),
        Document::Missing => {
            Err(WorldError::new("policy-missing", about, format!("{label} has no document")))
        }
    }
}

/// A11a, A12.
pub(super) fn check_version(document: &Document, about: &str, what: &str) -> Result<(), WorldError> {
    let version = document.compiled().and_then(|compiled| compiled.policy().version());
    if matches!(version, Some((LanguageVersion::V2012, _))) {
        return Ok(());
    }
    let what = format!("{what} must be version 2012-10-17");
    Err(WorldError::new("missing-version", about, what).help(
        "begin it with `\"Version\": \"2012-10-17\"`; AWS answers `MalformedPolicyDocument: Policy document must \
         be version 2012-10-17 or greater.`",
    ))
}

/// Names of policies are unique without letter case.
fn check_policy_name(account: &Account, name: &str) -> Result<(), WorldError> {
    let known = account.policies.get(name.to_ascii_lowercase().as_str());
    known.filter(|known| *known.name != *name).map_or(Ok(()), |known| Err(case_only(&known.name, name)))
}

fn case_only(known: &str, name: &str) -> WorldError {
    let what =
        format!("policy `{known}` exists already, and names that differ only in letter case are the same");
    WorldError::new("policy-exists", name, what).help(format!("write `{known}` to add a version to it"))
}

fn policy_arn(account: AccountId, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:policy{path}{name}")
}

fn add_policy(account: &mut Account, path: &str, name: Box<str>, document: Document) -> Applied {
    let policy = ManagedPolicy::new(name.clone(), policy_arn(account.id, path, &name), document);
    account.policies.insert(name.to_ascii_lowercase(), Arc::new(policy));
    Applied::said(format!("created policy {name} in account {}", account.label()))
}

fn add_version(policy: &mut ManagedPolicy, document: Document) -> Applied {
    let next = next_version(policy);
    let dropped = drop_oldest(policy);
    let applied = Applied::said(format!("policy {}: version {next} is now the default", policy.name));
    policy.versions.push(PolicyVersion { id: next, document });
    policy.default = policy.versions.len() - 1;
    match dropped {
        Some(id) => {
            applied.and(format!("policy {}: version {id} was dropped, {MOST_VERSIONS} are kept", policy.name))
        }
        None => applied,
    }
}

pub(super) fn next_version(policy: &ManagedPolicy) -> Box<str> {
    let number = |version: &PolicyVersion| version.id.trim_start_matches('v').parse::<u32>().unwrap_or(0);
    format!("v{}", policy.versions.iter().map(number).max().unwrap_or(0).saturating_add(1)).into()
}

/// Makes room for a version: the oldest that is not the default goes.
fn drop_oldest(policy: &mut ManagedPolicy) -> Option<Box<str>> {
    let oldest = usize::from(policy.default == 0);
    let full = policy.versions.len() >= MOST_VERSIONS;
    full.then(|| policy.versions.remove(oldest).id)
}

fn name_taken(name: &str, kind: &str) -> WorldError {
    let what = format!("`{name}` is already the name of an {kind}");
    WorldError::new("name-taken", name, what)
        .help("SCPs and RCPs are attached by name, so names are not shared")
}
