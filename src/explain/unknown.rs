//! Policies that are not known: whether the answer depends on them, which way they could turn it, how to give them.

use super::headline::list;
use crate::facts::{default_key_policy, may_have_policy, rule};
use crate::names::{AccountId, Arn};
use crate::policy::{Layer, PolicyType};
use crate::question::{Asked, Variation, ask};
use crate::trace::Decision;
use crate::world::{Document, LevelEdit, PrincipalKind, PublicAccessBlock, UnknownPolicy, auth_policy_of};

impl Asked<'_> {
    /// Whether something of a layer is not known: then nothing is proposed for it.
    pub(super) fn is_unknown(&self, layer: Layer) -> bool {
        let levels = self.request.levels(layer);
        levels.iter().any(|level| !level.incomplete.is_empty())
            || (layer == Layer::ResourceBased && self.request.lacks_resource_policy())
    }

    /// Whether it is the layer of a principal's own policies, and nothing is known of its account (I6).
    pub(super) fn is_strangers(&self, layer: Layer) -> bool {
        layer == Layer::IdentityBased && self.request.caller.is_stranger
    }

    /// The account of the principal that must allow it, too, where nothing is known of that.
    pub(super) fn other_side(&self) -> Option<AccountId> {
        self.request.caller.account.filter(|_| self.request.caller.is_stranger)
    }

    /// The name of the policy that decides and that nobody gave.
    pub(super) fn unknown_name(&self, unknown: UnknownPolicy) -> String {
        let resource = self.request.resource().text();
        match unknown {
            UnknownPolicy::Trust => format!("the trust policy of {resource}"),
            UnknownPolicy::Key if self.is_asked_by_alias() => format!("the key policy behind {resource}"),
            UnknownPolicy::Key => format!("the key policy of {resource}"),
            UnknownPolicy::PrivateApi => format!("the policy of the private API behind {resource}"),
            UnknownPolicy::Lattice => {
                let guard = self.request.without_auth_policy();
                auth_policy_of(guard.as_deref().unwrap_or(self.guarded()))
            }
            UnknownPolicy::OfNoFileSystem => "the policy of a file system that nobody named".to_owned(),
            UnknownPolicy::OfNoResource => {
                let (kind, thing) = self.kind_and_thing();
                format!("the {kind} of a {thing} that nobody named")
            }
            UnknownPolicy::OfStranger => list(&self.incomplete()),
        }
    }

    /// Whether the key is named by an alias, which has no policy itself (I1).
    pub(super) fn is_asked_by_alias(&self) -> bool {
        let is_alias = |arn: Arn<'_>| arn.service() == "kms" && arn.resource().starts_with("alias/");
        self.request.action.is_of("kms") && self.request.arn().is_some_and(is_alias)
    }

    /// What the policy of the resource is called, and the resource.
    fn kind_and_thing(&self) -> (&'static str, &'static str) {
        match self.request.side.kind {
            Some(PolicyType::Trust) => ("trust policy", "role"),
            Some(PolicyType::Key) => ("key policy", "key"),
            _ => ("policy", "resource"),
        }
    }

    /// What it hangs on, for the second line of the answer.
    pub(super) fn unknown_headline(&self, unknown: UnknownPolicy) -> String {
        let name = self.unknown_name(unknown);
        match unknown {
            UnknownPolicy::OfNoResource => {
                let (kind, thing) = self.kind_and_thing();
                format!("it hangs on the {thing}, which nobody named: its {kind} would decide")
            }
            UnknownPolicy::OfNoFileSystem => {
                "it hangs on the file system, which nobody named: one without a policy lets every client in"
                    .to_owned()
            }
            UnknownPolicy::OfStranger => match self.other_side() {
                Some(account) => {
                    format!("it needs an Allow in account {account}, which this world does not know")
                }
                None => name,
            },
            _ if self.was_not_given(unknown) => format!("it hangs on {name}, which nobody gave"),
            _ => format!("it hangs on {name}, which cannot be read"),
        }
    }

    /// Whether nobody gave the policy, rather than one that cannot be read.
    fn was_not_given(&self, unknown: UnknownPolicy) -> bool {
        match unknown {
            UnknownPolicy::Lattice => self.request.without_auth_policy().is_some(),
            _ => self.request.side.policies.is_empty(),
        }
    }

    /// Why it depends, in plain words.
    pub(super) fn unknown_reason(&self, unknown: UnknownPolicy) -> &'static str {
        match unknown {
            UnknownPolicy::Trust => {
                "whoever assumes a role must be allowed by its trust policy; without its text nothing can be said"
            }
            UnknownPolicy::Key => {
                "a KMS key obeys its key policy, whatever IAM policies allow; without its text nothing can be said"
            }
            UnknownPolicy::PrivateApi | UnknownPolicy::Lattice => {
                "the policy of the resource must allow it, too; without its text nothing can be said"
            }
            UnknownPolicy::OfNoFileSystem => {
                "a file system without a policy lets every client in that reaches a mount target, and one with a policy whom it names"
            }
            UnknownPolicy::OfNoResource => {
                "AWS asks for one resource, and its policy decides; without the resource nothing can be said"
            }
            UnknownPolicy::OfStranger => match self.request.is_cross_account() {
                true => {
                    "nothing that is known here stands in the way; the principal's own policies and SCPs must allow it, too"
                }
                false => {
                    "the principal's own policies and SCPs must allow it, and nothing of their account is known here"
                }
            },
        }
    }

    /// What is worth knowing where the answer depends on a policy that is not known: that there is one, what the usual
    /// one would say, and how to give the real one.
    pub(super) fn unknown_notes(&self) -> Vec<String> {
        let Some(unknown) = self.unknown() else { return Vec::new() };
        let usual = (unknown == UnknownPolicy::Key).then(|| self.by_default()).flatten();
        let every = every_has_one(unknown).map(str::to_owned);
        let get = (unknown == UnknownPolicy::Key).then(|| self.how_to_get()).flatten();
        every.into_iter().chain(usual).chain(get).chain([self.how_to_give(unknown)]).collect()
    }

    /// How to read the key policy, which AWS lets nobody do from another account, and what to look for in it.
    fn how_to_get(&self) -> Option<String> {
        let (arn, account) = (self.request.arn()?, self.request.owner?);
        let (key, region) = (arn.resource().strip_prefix("key/")?, arn.region());
        Some(format!(
            "to get it: whoever is allowed kms:GetKeyPolicy in account {account} calls `aws kms get-key-policy --region {region} --key-id {key} --policy-name default --query Policy --output text`; look for an Allow of {} that names {}, or its account",
            self.action_name(),
            self.holder_name()
        ))
    }

    /// D22: what the key policy would answer that the API makes where nobody gives one.
    fn by_default(&self) -> Option<String> {
        let account = self.request.owner?;
        let text = default_key_policy(self.request.arn()?.partition(), account.as_str());
        let document = Document::compile("<default key policy>", &text, PolicyType::Key);
        let edit = LevelEdit { layer: Layer::ResourceBased, level: 0, policy: None, document };
        let answer = Variation::default().with_edit(edit).ask(&self.request, |again| again.verdict());
        Some(format!(
            "with the key policy that the API makes by default it would be {}: that leaves the key to the IAM policies of account {account}",
            answer.word()
        ))
    }

    fn how_to_give(&self, unknown: UnknownPolicy) -> String {
        let here = match (unknown, self.role_declared()) {
            (UnknownPolicy::OfNoResource | UnknownPolicy::OfNoFileSystem, _) => {
                let (who, action) = (&self.request.caller.arn, self.request.action.text());
                return format!("to say which resource: `can {who} {action} on ARN`");
            }
            (UnknownPolicy::OfStranger, _) => return self.how_to_declare(),
            (UnknownPolicy::Key, _) if self.is_asked_by_alias() => {
                let alias = self.request.resource().text();
                return format!(
                    "to give it: declare the key with `resource KEY-ARN policy from policy.json`, then `resource {alias} in KEY-ARN`, or `--resource-policy FILE` on the command line"
                );
            }
            (UnknownPolicy::Trust, Some(role)) => format!("{role} trust from trust.json"),
            (UnknownPolicy::Lattice, _) => {
                let guard = self.request.without_auth_policy();
                format!("resource {} policy from policy.json", guard.as_deref().unwrap_or(self.guarded()))
            }
            _ => format!("resource {} policy from policy.json", self.guarded()),
        };
        let account = self.request.owner.map(|id| format!("`account {id}`, then ")).unwrap_or_default();
        format!("to give it: {account}`{here}`, or `--resource-policy FILE` on the command line")
    }

    /// How the account of a stranger becomes known, or its policies.
    fn how_to_declare(&self) -> String {
        let account = self.other_side().map(|id| id.to_string()).unwrap_or_default();
        format!(
            "to tell it: `account {account}` and its users and roles in the world, or `--policy FILE` on the command line for what {} is allowed",
            self.holder_name()
        )
    }

    /// What the policy stands on: of an API the whole of it, of a service of VPC Lattice not the path behind it.
    fn guarded(&self) -> &str {
        let arn = self.request.resource().text();
        let parts = match self.request.action.service() {
            "execute-api" => 1,
            "vpc-lattice-svcs" => 2,
            _ => return arn,
        };
        arn.match_indices('/').nth(parts - 1).map_or(arn, |(at, _)| &arn[..at])
    }

    /// How the role would be declared: `role NAME path /PATH/`.
    fn role_declared(&self) -> Option<String> {
        let arn = self.request.arn()?;
        let name = arn.resource().strip_prefix("role/")?;
        Some(match name.rsplit_once('/') {
            Some((path, name)) => format!("role {name} path /{path}/"),
            None => format!("role {name}"),
        })
    }

    /// What each policy that could not be consulted could do, a sentence each.
    pub(super) fn gaps(&self) -> Vec<String> {
        if let Some(account) = self.other_side().filter(|_| !self.could_turn()) {
            let who = self.holder_name();
            return vec![format!(
                "account {account} is not in this world: what it allows {who} is not known, and the answer is the same whatever that is"
            )];
        }
        let told = self.unknown().map(|unknown| self.unknown_name(unknown));
        let could = match (self.could_turn(), self.decision) {
            (false, _) => "; whatever it says, the answer is the same",
            (true, Decision::Allowed) => ", and it could deny this",
            (true, _) => ", and it could allow this",
        };
        let names = self.incomplete().into_iter().filter(|name| told.as_ref() != Some(name));
        names.map(|name| format!("{name} could not be consulted{could}")).collect()
    }

    /// I6: whether it is only assumed that the resource has no policy, and one could turn the answer.
    pub(super) fn assumes_no_policy(&self) -> bool {
        let request = &self.request;
        let is_undeclared = request.side.record.is_none() && request.side.policies.is_empty();
        let Some(arn) = request.arn().filter(|_| is_undeclared && self.could_be_turned_by_resource()) else {
            return false;
        };
        request.side.kind == Some(PolicyType::ResourceBased)
            && request.unknown_policy().is_none()
            && may_have_policy(arn.service(), arn.resource())
    }

    fn could_be_turned_by_resource(&self) -> bool {
        match (&self.trace.gate, self.decision) {
            (Some(gate), _) => gate.rule == const { rule("I6") },
            (None, Decision::Allowed) => true,
            (None, Decision::ImplicitDeny) => self.trace.could_allow.resource,
            (None, Decision::ExplicitDeny) => false,
        }
    }

    /// I26: whether a stranger is let in through a public bucket policy, and nobody said how Block Public Access stands.
    pub(super) fn assumes_public_access(&self) -> bool {
        let request = &self.request;
        let is_stranger =
            request.caller.principal.kind == PrincipalKind::Anonymous || request.is_cross_account();
        let may_matter = self.decision.is_allowed() && is_stranger && request.action.is_of("s3");
        may_matter
            && !request.side.public_access_block.is_said
            && self.trace.allowed_by.contains(&Layer::ResourceBased)
            && self.is_shut_by_block()
    }

    /// D37: the same question with all switches of Block Public Access on.
    fn is_shut_by_block(&self) -> bool {
        let mut request = self.request.clone();
        request.side.public_access_block = PublicAccessBlock::all(true);
        !ask(request).decision.is_allowed()
    }
}

/// Why there is a policy, though nobody gave it.
fn every_has_one(unknown: UnknownPolicy) -> Option<&'static str> {
    Some(match unknown {
        UnknownPolicy::Trust => "every role has exactly one trust policy",
        UnknownPolicy::Key => "every key has exactly one key policy",
        UnknownPolicy::PrivateApi => {
            "a private API, as is one that is called through an endpoint, lets nobody in without a policy"
        }
        UnknownPolicy::Lattice => {
            "without an auth policy a service or service network of VPC Lattice lets in everybody (auth type NONE) or nobody (AWS_IAM)"
        }
        UnknownPolicy::OfNoResource | UnknownPolicy::OfNoFileSystem | UnknownPolicy::OfStranger => {
            return None;
        }
    })
}
