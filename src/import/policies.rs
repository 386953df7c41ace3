//! The managed policies of a dump, and those that it only mentions.

use std::collections::BTreeSet;

use super::details::DumpReading;
use super::{document, entry};
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::syntax::json::Cursor;
use crate::world::{Change, Document, PolicyVersion};

impl DumpReading<'_> {
    /// Reads `Policies`.
    pub(super) fn policies(&mut self, dump: Cursor<'_>) {
        for policy in entry::list(dump, "Policies") {
            let Some(arn) = entry::text(policy, "Arn") else {
                self.found.push(entry::finding("no-arn", policy, "a managed policy has no `Arn`".into()));
                continue;
            };
            match place_of(&arn) {
                Some(place) if place.aws => self.aws_policy(policy, &arn, place),
                Some(place) => self.own_policy(policy, &arn, place),
                None => {
                    let what = format!("`{arn}` is not the ARN of a managed policy");
                    self.found.push(entry::finding("bad-policy-arn", policy, what));
                }
            }
        }
    }

    fn aws_policy(&mut self, policy: Cursor<'_>, arn: &str, place: PolicyPlace) {
        let (versions, default) = self.versions(policy, &format!("AWS managed policy {}", place.name));
        let document =
            versions.into_iter().nth(default).map_or(Document::Missing, |version| version.document);
        let arn = self.own_arn(arn, &place);
        self.changes.push(Change::PutAwsPolicy { arn: arn.into(), name: place.name, document });
    }

    fn own_policy(&mut self, policy: Cursor<'_>, arn: &str, place: PolicyPlace) {
        if !self.first_of("policy", &place.name, policy) {
            return;
        }
        let (versions, default) = self.versions(policy, &format!("policy {}", place.name));
        self.put_policy(arn, place, versions, default);
    }

    fn put_policy(&mut self, arn: &str, place: PolicyPlace, versions: Vec<PolicyVersion>, default: usize) {
        let own = self.own_arn(arn, &place);
        self.policies.insert(own);
        let PolicyPlace { name, path, .. } = place;
        self.changes.push(Change::ImportPolicy { account: self.account, name, path, versions, default });
    }

    /// The stored versions and the index of the default one; at least one.
    fn versions(&mut self, policy: Cursor<'_>, label: &str) -> (Vec<PolicyVersion>, usize) {
        let named = entry::text(policy, "DefaultVersionId");
        let mut listed: Vec<_> = entry::list(policy, "PolicyVersionList").collect();
        listed.reverse(); // AWS lists the newest first.
        let is_default = |version: &Cursor<'_>| {
            entry::is_true(*version, "IsDefaultVersion")
                || (named.is_some() && entry::text(*version, "VersionId") == named)
        };
        let default = listed.iter().position(is_default);
        let mut versions: Vec<_> = listed.iter().map(|version| self.version(*version, label)).collect();
        if let Some(default) = default {
            return (versions, default);
        }
        let name = format!("{}: {label}", self.name);
        let (document, finding) = document::read(None, &name, PolicyType::IdentityBased);
        self.found.extend(finding.map(|finding| finding.at(policy.place(), "")));
        versions.push(PolicyVersion { id: named.unwrap_or_else(|| "v1".into()), document });
        let default = versions.len() - 1;
        (versions, default)
    }

    fn version(&mut self, version: Cursor<'_>, label: &str) -> PolicyVersion {
        let id = entry::text(version, "VersionId").unwrap_or_else(|| "v1".into());
        let label = format!("{label}, version {id}");
        let document = self.document(version, "Document", &label, PolicyType::IdentityBased);
        PolicyVersion { id, document }
    }

    /// The ARN under which an attached policy is in the world, a customer managed policy that the dump only
    /// mentions being put there without document.
    pub(super) fn mentioned(&mut self, arn: &str, at: Cursor<'_>, by: &str) -> Option<Box<str>> {
        let Some(place) = place_of(arn) else {
            let what = format!("`{arn}`, attached to {by}, is not the ARN of a managed policy");
            self.found.push(entry::finding("bad-policy-arn", at, what));
            return None;
        };
        let own = self.own_arn(arn, &place);
        if !place.aws && !self.policies.contains(&own) {
            let what = format!(
                "policy `{}`, attached to {by}, is not in the dump; every answer that needs it will say so",
                place.name
            );
            self.found.push(entry::finding("missing-document", at, what));
            if !self.first_of("policy", &place.name, at) {
                return None;
            }
            let version = PolicyVersion { id: "v1".into(), document: Document::Missing };
            self.put_policy(arn, place, vec![version], 0);
        }
        Some(own.into())
    }

    /// The ARN as the world writes it: its own account, partition `aws`.
    fn own_arn(&mut self, arn: &str, place: &PolicyPlace) -> String {
        if place.aws {
            return format!("arn:aws:iam::aws:policy{}{}", place.path, place.name);
        }
        self.note_account(arn);
        format!("arn:aws:iam::{}:policy{}{}", self.account, place.path, place.name)
    }
}

/// The ARNs of the customer managed policies that the changes so far have put into the world.
pub(super) type Policies = BTreeSet<String>;

/// What the ARN of a managed policy says.
struct PolicyPlace {
    aws: bool,
    path: Box<str>,
    name: Box<str>,
}

fn place_of(arn: &str) -> Option<PolicyPlace> {
    let arn = Arn::parse(arn).filter(|arn| arn.service() == "iam")?;
    let whole = arn.resource().strip_prefix("policy")?;
    let (path, name) = whole.split_at(whole.rfind('/')? + 1);
    let aws = arn.account() == "aws";
    (!name.is_empty()).then(|| PolicyPlace { aws, path: path.into(), name: name.into() })
}
