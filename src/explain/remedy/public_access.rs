//! S3 Block Public Access in the way (D36, D37): at which levels a switch is on, who turns it off there and by which
//! command, and what serves as well while it stays on.

use std::sync::Arc;

use super::super::headline::list;
use super::authority::{By, CALLER, name};
use super::edit::Takes;
use super::people::HowReached;
use super::permitted::{Authority, Permitted};
use super::proposal::{Patch, Proposal};
use crate::names::Arn;
use crate::policy::{Effect, Token};
use crate::question::{Asked, OtherCall, Variation};
use crate::trace::StatementAt;
use crate::world::{
    self, ContextValue, Node, Organization, Principal, PrincipalKind, PublicAccessBlock, PublicAccessLevel,
    Resource, ResourceChange,
};

/// Why Block Public Access may be right to deny.
pub(super) const KEEPS_OUT: &str =
    "it is there to keep the public out, and while it is on this link works for nobody outside";

/// How many other buckets are named, and objects of one are tried.
const BUCKETS: usize = 6;

/// A level of Block Public Access at which a switch is on.
struct Blocked {
    level: PublicAccessLevel,
    /// All four switches as they stand there.
    block: PublicAccessBlock,
}

impl Asked<'_> {
    /// D37: a policy that is not public, or a switch less.
    pub(super) fn public_policy(&self) -> Vec<Proposal> {
        let entry = ("iamwhy:PolicyIsPublic".into(), ContextValue::One("false".into()));
        let words = format!(
            "put a policy that is not public, which allows nobody as \"*\" without a condition on who it is ({})",
            entry.1.pair("iamwhy:PolicyIsPublic")
        );
        let narrower = Proposal::of_key(words, entry, None).by(Some(By::Said(CALLER.to_owned())));
        [narrower].into_iter().chain(self.unblocked("block-public-policy")).collect()
    }

    /// D37: a policy that RestrictPublicBuckets takes for public, made less so, or the switch turned.
    pub(super) fn unpublic_changes(&self, at: StatementAt) -> Vec<Proposal> {
        let named = self.target(at).filter(|_| self.request.is_iam_principal()).and_then(|on| {
            let token = Token::Principal(on.view.everyone()?);
            let own = self.principal_element();
            let what = format!(
                "write \"Principal\": {own} instead of everyone, so that the bucket is public no longer"
            );
            let found = self.reworded(&on, token, &what, on.edit.with_principal(&own)?)?;
            let so = format!("grants {} to {}", self.covered(at), self.principal_element());
            Some(found.taking(self.everybodys(at)).so(so))
        });
        let removal = format!("remove {}, which is for everyone", self.named(at));
        let removed = self.rewritten(at, Token::Statement, removal, None).filter(|_| self.allows_besides(at));
        let removed = removed.map(|found| match self.allowing_without(at, &found) {
            Some(other) => found.so(format!(
                "the bucket is public no longer; {other} then allows {} {} on {}",
                self.holder_name(),
                self.action_name(),
                self.request.resource().text()
            )),
            None => found,
        });
        let removed = removed.map(|found| found.taking(self.everybodys(at)));
        let open = self.unblocked("restrict-public-buckets");
        let open =
            open.map(|found| found.so(format!("grants {} to everybody, signed in or not", self.covered(at))));
        let signed = self.signed().filter(|_| !self.request.is_iam_principal());
        let served = self.by_cloudfront();
        served.into_iter().chain(removed.or(named).or(signed)).chain(open).collect()
    }

    /// What everybody had by a statement that is for everybody.
    fn everybodys(&self, at: StatementAt) -> String {
        format!("everybody else: {}", self.covered(at))
    }

    /// The statement of the same policy that allows it once another is gone, by its number of now.
    fn allowing_without(&self, gone: StatementAt, change: &Proposal) -> Option<String> {
        let mut at = change.changing(&Variation::default()).ask(&self.request, |again| {
            let allowing = again.because().into_iter().filter_map(|because| because.at);
            let mut own = allowing.filter(|at| at.layer == gone.layer);
            own.next().filter(|_| again.decision.is_allowed())
        })?;
        at.statement.statement += u32::from(at.statement.statement >= gone.statement.statement);
        Some(self.named(at))
    }

    /// Whether another statement of the layer allows it.
    fn allows_besides(&self, at: StatementAt) -> bool {
        self.trace.statements.iter().any(|other| {
            other.at != at
                && other.at.layer == at.layer
                && other.effect == Effect::Allow
                && other.found.is_ok()
        })
    }

    /// The call made with the credentials of somebody of the owner's account who may do it: S3 keeps them in.
    fn signed(&self) -> Option<Proposal> {
        let (account, resource) = (self.request.owner?, self.request.resource().text().to_owned());
        let by = By::whoever_calls(self.action_name(), resource, account);
        let (may, reach) = self.signer(self.authority(&by)?)?;
        let named = format!("{} of account {account}{}", name(&may.principal, account), may.provided());
        let named = reach.asked(&named);
        let words = format!("have {named} sign the request, who may make it{}", self.or_presign());
        let change =
            Patch::Call(OtherCall { principal: Some(may.principal), keys: may.with, ..OtherCall::default() });
        let mut found = Proposal::new(words, change).by(Some(By::Said(named)));
        found.edit.run = self.presigned();
        let found = found
            .provided("only some are to have it")
            .taking_of(Takes::Identity)
            .since(Some(KEEPS_OUT.to_owned()));
        Some(found.so("whoever has the URL has that one object until it expires".to_owned()))
    }

    /// Who may make the call and can sign it: a person before a role, which somebody has to assume.
    fn signer(&self, call: Authority) -> Option<(Permitted, HowReached)> {
        let may = call.permitted.into_iter().filter(|one| !one.principal.is_root());
        let reached = may.map(|one| (self.reach(&one.principal), one));
        let people = reached.filter(|(reach, _)| !reach.is_machine());
        people
            .min_by_key(|(reach, one)| (reach.order(), !one.with.is_empty()))
            .map(|(reach, one)| (one, reach))
    }

    /// What serves as well, of an object that is read.
    fn or_presign(&self) -> &'static str {
        if self.presigned().is_some() { ", or give out a presigned URL" } else { "" }
    }

    /// The line that makes a presigned URL, good for an hour.
    fn presigned(&self) -> Option<String> {
        let text = self.request.resource().text();
        let object = text.strip_prefix("arn:aws:s3:::").filter(|_| self.request.action.is("s3:GetObject"))?;
        Some(format!("aws s3 presign s3://{object} --expires-in 3600"))
    }

    /// A switch of Block Public Access turned off at every level where it is on (D36), a step for each.
    fn unblocked(&self, switch: &'static str) -> Option<Proposal> {
        let levels = self.levels_with(switch);
        let steps: Vec<Proposal> = levels.iter().map(|blocked| self.turned_off(switch, blocked)).collect();
        Proposal::in_steps(steps)
    }

    fn turned_off(&self, switch: &'static str, Blocked { level, block }: &Blocked) -> Proposal {
        let (name, at) = (PublicAccessBlock::aws_name(switch), self.level_name(level));
        let words = match level {
            PublicAccessLevel::Organization(_) => format!("turn {name} off in the S3_POLICY of {at}"),
            PublicAccessLevel::Resource(arn) if is_access_point(arn) => {
                format!(
                    "delete {at} and create it again without {name}, since its switches cannot be changed"
                )
            }
            _ => format!("turn {name} off for {at}"),
        };
        let command = match level {
            PublicAccessLevel::Organization(Node::Root) => {
                format!("public-access-block off for organization {switch}")
            }
            PublicAccessLevel::Organization(node) => {
                format!("public-access-block off for organization {node} {switch}")
            }
            PublicAccessLevel::Account(_) => format!("public-access-block off {switch}"),
            PublicAccessLevel::Resource(arn) => format!("public-access-block off for {arn} {switch}"),
        };
        let change = ResourceChange::SetPublicAccessBlock {
            level: level.clone(),
            on: false,
            switches: vec![switch.into()],
        };
        let change = world::Change::Resource(change).said_in(self.request.owner);
        let mut found = Proposal::of_world(words, change, self.who_unblocks(level), command);
        found.edit.run = command_for(level, block.without(switch));
        found.edit.careful = self.public_besides(level, &found);
        found.within(self.request.owner).taking_of(Takes::Guard).provided("the public is meant to have it")
    }

    /// Which other buckets become public once a switch of the account is off.
    fn public_besides(&self, level: &PublicAccessLevel, off: &Proposal) -> Option<String> {
        let PublicAccessLevel::Account(account) = level else { return None };
        let (before, after) = (self.request.world, off.world_after(self.request.world)?);
        let own = self.request.side.record.as_ref().map(|record| &record.arn);
        let is_other = |one: &&Arc<Resource>| one.owner == *account && Some(&one.arn) != own;
        let caller = after.caller(&Principal::new(PrincipalKind::Anonymous), self.request.request.policies);
        let opens = |arn: &String| {
            self.allows(&after, &caller, "s3:GetObject", arn)
                && !self.allows(before, &caller, "s3:GetObject", arn)
        };
        let others = before.resources().filter(is_other).filter(|one| objects_of(one).iter().any(opens));
        let names: Vec<&str> = others.filter_map(|one| one.arn.rsplit(':').next()).take(BUCKETS).collect();
        let too = if names.is_empty() {
            "no other bucket here has a public policy".to_owned()
        } else {
            format!("these become public, too: {}", list(&names))
        };
        Some(format!("the guard is then off for every bucket of account {account}; {too}"))
    }

    /// Who can turn a switch off at a level of Block Public Access.
    fn who_unblocks(&self, level: &PublicAccessLevel) -> Option<By> {
        let (action, resource, account) = match level {
            PublicAccessLevel::Organization(_) => {
                return self.management(self.request.owner?, "organizations:UpdatePolicy", Some("s3_policy"));
            }
            PublicAccessLevel::Account(id) => ("s3:PutAccountPublicAccessBlock", "*", *id),
            PublicAccessLevel::Resource(arn) if is_access_point(arn) => {
                ("s3:CreateAccessPoint", &**arn, self.request.owner?)
            }
            PublicAccessLevel::Resource(arn) => {
                ("s3:PutBucketPublicAccessBlock", &**arn, self.request.owner?)
            }
        };
        Some(By::whoever_calls(action, resource, account))
    }

    /// At which levels a switch is on, in words; nothing where the question alone says how they stand.
    pub(in crate::explain) fn where_blocked(&self, switch: &'static str) -> Option<String> {
        let levels = self.levels_with(switch);
        let names: Vec<String> = levels.iter().map(|blocked| self.level_name(&blocked.level)).collect();
        (!names.is_empty()).then(|| list(&names))
    }

    fn level_name(&self, level: &PublicAccessLevel) -> String {
        match level {
            PublicAccessLevel::Organization(node) => {
                let own = self.owner_organization();
                let name = own.map(|own| self.request.world.organization_label(own)).unwrap_or_default();
                if *node == Node::Root { name } else { format!("{node} of {name}") }
            }
            PublicAccessLevel::Account(id) => format!("account {id}"),
            PublicAccessLevel::Resource(arn) => match Arn::parse(arn) {
                Some(arn) if is_access_point(arn.text()) => format!("access point {}", arn.text()),
                Some(arn) => format!("bucket {}", arn.resource()),
                None => arn.to_string(),
            },
        }
    }

    fn levels_with(&self, switch: &'static str) -> Vec<Blocked> {
        let mut levels = self.public_access_levels();
        levels.retain_mut(|blocked| blocked.block.switch(switch).is_some_and(|on| *on));
        levels
    }

    /// The levels that a resource is under, from the organization down; none where the question says how they stand.
    fn public_access_levels(&self) -> Vec<Blocked> {
        let (world, owner) = (self.request.world, self.request.owner);
        if self.request.request.public_access_block.is_some() {
            return Vec::new();
        }
        let organization = self.owner_organization();
        let of_organization = organization.into_iter().zip(owner).flat_map(|(own, id)| {
            let set = |node| Some((*own.public_access_blocks.get(&node)?, node));
            own.path_to(id).into_iter().filter_map(set).collect::<Vec<_>>()
        });
        let of_organization =
            of_organization.map(|(block, node)| (PublicAccessLevel::Organization(node), block));
        let account = owner.and_then(|id| world.account(id));
        let of_account = account.map(|own| (PublicAccessLevel::Account(own.id), own.public_access_block));
        let record = self.request.side.record.as_ref();
        let bucket = record.and_then(|record| world.resource(record.bucket.as_deref()?));
        let of_resources = record.into_iter().chain(bucket);
        let of_resources =
            of_resources.map(|own| (PublicAccessLevel::Resource(own.arn.clone()), own.public_access_block));
        let all = of_organization.chain(of_account).chain(of_resources);
        all.map(|(level, block)| Blocked { level, block }).collect()
    }

    fn owner_organization(&self) -> Option<&Arc<Organization>> {
        self.request.world.organization_of(self.request.owner?)
    }
}

/// What the Allows of a bucket's policy name, with the wildcards filled.
fn objects_of(bucket: &Resource) -> Vec<String> {
    let policy = bucket.policy.as_ref().and_then(|policy| policy.compiled());
    let policy = policy.filter(|_| bucket.arn.contains(":s3:"));
    let allows = policy.into_iter().flat_map(|policy| {
        let own = policy.statements().iter().filter(|one| one.effect == Effect::Allow);
        own.flat_map(|one| policy.resources(one)).map(|pattern| pattern.text(policy).replace(['*', '?'], "x"))
    });
    allows.take(BUCKETS).collect()
}

fn is_access_point(arn: &str) -> bool {
    arn.contains(":accesspoint/")
}

/// The AWS command that sets Block Public Access at a level. It names all four switches, for it replaces all of them.
fn command_for(level: &PublicAccessLevel, block: PublicAccessBlock) -> Option<String> {
    let (service, whose) = match level {
        PublicAccessLevel::Account(id) => ("s3control", format!("--account-id {id}")),
        PublicAccessLevel::Resource(arn) if !is_access_point(arn) => {
            ("s3api", format!("--bucket {}", Arn::parse(arn)?.resource()))
        }
        PublicAccessLevel::Organization(_) | PublicAccessLevel::Resource(_) => return None,
    };
    let switches =
        block.switches().map(|(switch, on)| format!("{}={on}", PublicAccessBlock::aws_name(switch)));
    let switches = switches.join(",");
    Some(format!(
        "aws {service} put-public-access-block {whose} --public-access-block-configuration {switches}"
    ))
}
