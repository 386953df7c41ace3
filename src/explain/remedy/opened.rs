//! What a change opened and took away, in words, and what is claimed of it checked against what differs.

use super::super::headline::up_to;
use super::context::is_principal_tag;
use super::difference::{CallBy, Difference, is_one};
use super::edit::NOTHING_ELSE;
use super::proposal::Proposal;
use crate::compile::CompiledPolicy;
use crate::names::{AccountId, fold_hash, glob};
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::{Principal, PrincipalKind};

/// How many names stand in a list, and how many different sets of calls are told.
const NAMED: usize = 3;
const TOLD: usize = 3;

impl Asked<'_> {
    /// What is opened: what was reasoned, and for whom else the answers differ; nothing is claimed that was not asked.
    pub(super) fn opens(&self, proposal: &Proposal, found: Option<&Difference>) -> Option<String> {
        let reasoned = proposal.edit.so.clone();
        let Some(found) = found else {
            let claims = reasoned.as_ref().is_some_and(|so| so.starts_with(NOTHING_ELSE));
            return match claims {
                true if proposal.edit.layer == Some(Layer::Session) => {
                    let on = self.request.resource().text();
                    Some(format!("grants {} on {on} to this session alone", self.action_name()))
                }
                true => Some(self.grants_it(None)),
                false => reasoned,
            };
        };
        let Some(so) = reasoned else { return self.of_a_tag(proposal, found) };
        let unsaid: Vec<&CallBy> = found.opened.iter().filter(|call| !self.says(&so, call)).collect();
        match (so.strip_prefix(NOTHING_ELSE), unsaid.is_empty()) {
            (_, true) => Some(so),
            (Some(_), false) => {
                Some(format!("grants {}", self.told(&found.opened.iter().collect::<Vec<_>>(), opened_to)))
            }
            (None, false) => Some(format!("{so}; opens, too: {}", self.told(&unsaid, opened_to))),
        }
    }

    /// What a tag opens, or that it does so wherever it is read.
    fn of_a_tag(&self, proposal: &Proposal, found: &Difference) -> Option<String> {
        let is_tag = !proposal.made.is_empty() && proposal.edit.layer.is_none();
        let opened: Vec<&CallBy> = found.opened.iter().collect();
        match (is_tag, opened.is_empty()) {
            (false, _) => None,
            (true, true) => Some("the tag counts wherever a policy reads it".to_owned()),
            (true, false) => {
                let readers = self.readers_of_tag(proposal).unwrap_or_default();
                Some(format!("grants {}{readers}", self.told(&opened, opened_to)))
            }
        }
    }

    /// Which policies read a tag, wherever they stand: that is all on which it can count.
    fn readers_of_tag(&self, proposal: &Proposal) -> Option<String> {
        let key = proposal.keys().find(|key| self.is_tag(key))?;
        let (_, tag) = key.split_once('/')?;
        let of_principal = is_principal_tag(key);
        let plain = format!("aws:ResourceTag/{tag}");
        let keys = [key, if of_principal { key } else { &plain }].map(|key| fold_hash(key.as_bytes()));
        let documents = self.request.world.documents();
        let reads = |policy: &CompiledPolicy| keys.iter().any(|key| policy.keys().contains(key));
        let readers = documents.into_iter().filter(|(_, policy)| reads(policy));
        let names = distinct(readers.map(|(name, _)| name));
        match names.len() {
            0 => None,
            1 => Some("; no other policy in this data reads that tag".to_owned()),
            _ => Some(format!("; the tag is read by {}", up_to(NAMED, &names))),
        }
    }

    /// What is lost.
    pub(super) fn loses(&self, proposal: &Proposal, found: Option<&Difference>) -> Option<String> {
        if let Some(known) = &proposal.edit.loses {
            return Some(known.clone());
        }
        let lost: Vec<&CallBy> = found?.lost.iter().collect();
        let by_old_tag = || {
            let old = proposal.old_tag.as_ref()?;
            Some(format!("whatever hangs on the tag {old}: nothing known here"))
        };
        match lost.is_empty() {
            true => by_old_tag(),
            false => Some(self.told(&lost, |calls, names| format!("{names}: {calls}"))),
        }
    }

    /// Whether the words for what is opened tell of a call.
    fn says(&self, so: &str, call: &CallBy) -> bool {
        let own = is_one(&call.who, &self.request.caller.principal);
        let same = call.action.eq_ignore_ascii_case(&self.action_name())
            && (call.resource == self.request.resource().text()
                || so.contains(&*call.resource)
                || glob(&self.resource_pattern(None), &call.resource));
        if so.starts_with(NOTHING_ELSE) {
            return (own || so.contains("to all ")) && same;
        }
        let name = self.name(&call.who);
        let of_all = ["everybody", "to all ", "every account", "every call", "whoever"];
        let account = call.who.account().map(|id| format!("every principal of account {id}"));
        let of_account = account.is_some_and(|account| so.contains(&account));
        own || of_account || so.contains(&name) || of_all.iter().any(|word| so.contains(word))
    }

    /// Calls in words: `s3:GetObject on arn:… to user bob`.
    fn told(&self, calls: &[&CallBy], words: impl Fn(&str, &str) -> String) -> String {
        let mut sets: Vec<(Vec<String>, Vec<String>, Vec<String>)> = Vec::new();
        let mut asked: Vec<&Principal> = Vec::new();
        for call in calls {
            if asked.iter().any(|known| known.arn() == call.who.arn()) {
                continue;
            }
            asked.push(&call.who);
            let own = || calls.iter().filter(|other| other.who.arn() == call.who.arn());
            let actions = distinct(own().map(|call| call.action.clone()));
            let resources = distinct(own().map(|call| call.resource.clone()));
            match sets.iter_mut().find(|(a, r, _)| *a == actions && *r == resources) {
                Some((.., names)) => names.push(self.name(&call.who)),
                None => sets.push((actions, resources, vec![self.name(&call.who)])),
            }
        }
        let rest = sets.len().saturating_sub(TOLD);
        let each = sets.iter().take(TOLD).map(|(actions, resources, names)| {
            words(&format!("{} on {}", up_to(NAMED, actions), up_to(NAMED, resources)), &up_to(NAMED, names))
        });
        let mut lines: Vec<String> = each.collect();
        lines.extend((rest > 0).then(|| format!("and more of {rest} others")));
        lines.join("; ")
    }

    /// Somebody in words, with the account where it is another.
    pub(super) fn name(&self, principal: &Principal) -> String {
        let own = self.request.caller.account;
        let other = principal.account().filter(|id| Some(*id) != own);
        let of = other.map(|id: AccountId| format!(" of account {id}")).unwrap_or_default();
        match &principal.kind {
            PrincipalKind::User { name, .. } => format!("user {name}{of}"),
            PrincipalKind::RoleSession { role, .. } => format!("role {role}{of}"),
            PrincipalKind::Anonymous => "everybody, signed in or not".to_owned(),
            _ => principal.arn(),
        }
    }
}

fn opened_to(calls: &str, names: &str) -> String {
    format!("{calls} to {names}")
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}
