//! The stored versions of customer managed policies (A13).

use std::sync::Arc;

use super::policies::{MOST_VERSIONS, check_document, check_version, next_version};
use super::{ChangeOrigin, Outcome, references, warnings};
use crate::names::AccountId;
use crate::world::{Applied, Document, ManagedPolicy, PolicyVersion, World, WorldError};

impl World {
    /// Stores a version of a policy that exists, as the default or beside it.
    pub(super) fn add_version(
        &mut self,
        account: AccountId,
        word: &str,
        document: Document,
        default: bool,
    ) -> Outcome {
        check_document(&document, word, &format!("policy {word}"), ChangeOrigin::Command)?;
        check_version(&document, word, "a customer managed policy")?;
        let policy = self.own_policy_mut(account, word)?;
        if policy.versions.len() >= MOST_VERSIONS {
            let what =
                format!("policy {} has {MOST_VERSIONS} versions already, and no more are kept", policy.name);
            let error = WorldError::new("version-limit", word, what);
            return Err(error.help("delete a version that is not the default first"));
        }
        let id = next_version(policy);
        let message = match default {
            true => format!("policy {}: version {id} is now the default", policy.name),
            false => format!("policy {}: version {id} is stored, and not the default", policy.name),
        };
        let warning = warnings::MANAGED.check(&format!("policy {}", policy.name), [&document]);
        policy.versions.push(PolicyVersion { id, document });
        policy.default = if default { policy.versions.len() - 1 } else { policy.default };
        Ok(Applied::said(message).warn(warning))
    }

    pub(super) fn set_default_version(&mut self, account: AccountId, word: &str, version: &str) -> Outcome {
        let policy = self.own_policy_mut(account, word)?;
        policy.default = version_at(policy, version)?;
        Ok(Applied::said(format!("policy {}: version {version} is now the default", policy.name)))
    }

    /// Deletes a stored version that is not the default.
    pub(super) fn delete_version(&mut self, account: AccountId, word: &str, version: &str) -> Outcome {
        let policy = self.own_policy_mut(account, word)?;
        let at = version_at(policy, version)?;
        if at == policy.default {
            let what =
                format!("version {version} is the default of policy {} and cannot be deleted", policy.name);
            return Err(WorldError::new("default-version", version, what)
                .help("make another version the default first"));
        }
        policy.versions.remove(at);
        policy.default -= usize::from(at < policy.default);
        Ok(Applied::said(format!("policy {}: deleted version {version}", policy.name)))
    }

    /// A policy of the account by name or ARN, to be changed; one of AWS is not the account's to change (D33).
    fn own_policy_mut(&mut self, account: AccountId, word: &str) -> Result<&mut ManagedPolicy, WorldError> {
        let arn = self.managed_policy(self.known_account(account)?, word)?.arn;
        let name = references::last_part(&arn).to_owned();
        let own = self
            .account_mut(account)?
            .policies
            .get_mut(name.to_ascii_lowercase().as_str())
            .map(Arc::make_mut);
        own.filter(|own| own.arn == arn).ok_or_else(|| {
            WorldError::new(
                "aws-owned",
                word,
                format!("`{word}` is a policy of AWS, and only AWS changes it"),
            )
        })
    }
}

fn version_at(policy: &ManagedPolicy, version: &str) -> Result<usize, WorldError> {
    let known = policy.versions.iter().map(|known| &*known.id);
    policy.versions.iter().position(|known| &*known.id == version).ok_or_else(|| {
        let what = format!("policy {} has no version `{version}`", policy.name);
        let error = WorldError::new("unknown-version", version, what);
        error.help(format!("stored: {}", known.collect::<Vec<_>>().join(", ")))
    })
}
