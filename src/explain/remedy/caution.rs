//! What to be careful about in a change, named for what it is.

use super::authority::By;
use super::edit::Takes;
use super::isolation::ITS_OWN;
use super::proposal::{Patch, Proposal};
use super::statement_words::granted;
use crate::facts::{Danger, danger, dangers};
use crate::names::{glob_fold, overlap};
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::PrincipalKind;

/// Of a call that is made as somebody else.
const LENT: &str = "the call is then that role's, with all its other rights";

/// How many dangers are told of one change.
const TOLD: usize = 2;

impl Asked<'_> {
    /// What to be careful about, the danger of what was asked for first.
    pub(super) fn cautions(&self, proposal: &Proposal) -> Option<String> {
        if let Patch::Call(_) = proposal.change {
            let danger = self.own_danger().map(Danger::sentence);
            let own = (!proposal.edit.is_work_of_others)
                .then(|| format!("{LENT}, and {}", self.who_must_agree(proposal)));
            let all: Vec<&str> = danger.into_iter().chain(own.as_deref()).collect();
            let is_lent = proposal.edit.takes == Takes::Identity && proposal.edit.provided.is_none();
            return (is_lent && !all.is_empty()).then(|| all.join("; "));
        }
        let Patch::Policy(edit) = &proposal.change else { return proposal.edit.careful.clone() };
        if proposal.slip.is_some() {
            return None; // a name put right lets in whom it was meant for
        }
        let patterns = granted(proposal).unwrap_or_else(|| vec![self.action_name()]);
        let mut all: Vec<String> = self.mixes(proposal).into_iter().collect();
        all.extend(self.lets_in_others(edit.layer));
        all.extend(self.own_danger().map(|danger| self.danger_in_words(danger)));
        all.extend(patterns.iter().filter_map(|pattern| whole_service(pattern)));
        let covered = |action: &str| patterns.iter().any(|pattern| covers(pattern, action));
        let others = dangers().filter(|(action, _)| covered(action));
        let is_whole = patterns.iter().any(|pattern| whole_service(pattern).is_some());
        let told = |danger: Danger| all.iter().any(|known| known.starts_with(danger.sentence()));
        let others = others.filter(|(_, danger)| !is_whole && !told(*danger));
        let others: Vec<String> =
            others.map(|(action, danger)| format!("{action}: {}", danger.sentence())).collect();
        all.extend(others);
        all.truncate(TOLD);
        let own = proposal.edit.careful.clone();
        let all: Vec<String> = own.into_iter().chain(of_a_guard(proposal)).chain(all).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// That what belongs to one is opened to others, where a variable sets them apart.
    fn mixes(&self, proposal: &Proposal) -> Option<String> {
        let is_apart = proposal.edit.since.as_ref().is_some_and(|since| since.ends_with(ITS_OWN));
        is_apart.then(|| {
            format!("what belongs to one is then open to all who have the policies of {}", self.holder_name())
        })
    }

    /// Who answers for a role as which a call is to be made: `user ann, who may change it, must agree`.
    fn who_must_agree(&self, proposal: &Proposal) -> String {
        let Patch::Call(call) = &proposal.change else { return String::new() };
        let role = call.principal.as_ref().and_then(|one| Some((one.role_arn()?, one.account()?)));
        let by = role.map(|(role, account)| By::whoever_calls("iam:UpdateAssumeRolePolicy", role, account));
        match by.and_then(|by| self.keeper(&self.authority(&by)?)) {
            Some(keeper) => format!("{keeper}, who may change it, must agree"),
            None => "whoever answers for it must agree: nobody known here".to_owned(),
        }
    }

    /// A danger, with the rights that a role lends.
    fn danger_in_words(&self, danger: Danger) -> String {
        let is_lent = matches!(danger, Danger::PassesRole | Danger::IsRole);
        match self.lent_rights().filter(|_| is_lent) {
            Some(rights) => format!("{}: {rights}", danger.sentence()),
            None => danger.sentence().to_owned(),
        }
    }

    /// The danger of what was asked for; of IAM all but reading has one.
    fn own_danger(&self) -> Option<Danger> {
        let writes =
            self.request.action.is_of("iam") && self.request.facts.is_some_and(|facts| !facts.reads());
        danger(&self.action_name()).or_else(|| writes.then_some(Danger::ChangesRights))
    }

    /// That a policy of a resource, or of the organization, opens it to people who are not of its account.
    fn lets_in_others(&self, layer: Layer) -> Option<String> {
        if !matches!(layer, Layer::ResourceBased | Layer::ResourceControl) {
            return None;
        }
        let owner = self.request.owner?;
        match (&self.request.caller.principal.kind, self.request.caller.account) {
            (PrincipalKind::Anonymous, _) => {
                Some("this makes it public: everybody on the internet, signed in or not".to_owned())
            }
            (_, Some(account)) if account != owner => {
                Some(format!("account {account} decides who acts under that name"))
            }
            _ => None,
        }
    }
}

/// That a Deny gets an exception, or goes as a whole: that of others, or the user's own.
fn of_a_guard(proposal: &Proposal) -> Option<String> {
    let lifts = proposal.edit.so.as_deref().filter(|so| so.starts_with("lifts the Deny"));
    let words = &proposal.edit.words;
    let goes = (lifts.is_some() && words.starts_with("remove ")) || words.starts_with("detach ");
    let empties = "this empties a guard: it holds nobody back any more";
    let guard = proposal.edit.guard.as_ref();
    let is_all = |so: &str| so.contains(" for everybody") && !so.contains(" for everybody of account");
    let everybody = guard.is_some() && lifts.is_some_and(is_all);
    match (goes, everybody) {
        (true, _) => Some(empties.to_owned()),
        (_, true) => Some("an exception for everybody".to_owned()),
        (_, false) => None,
    }
}

/// That a pattern is all of a service.
fn whole_service(pattern: &str) -> Option<String> {
    match pattern.split_once(':') {
        None => Some("`*` is every action of every service".to_owned()),
        Some((service, "*")) => Some(format!(
            "{pattern} is every action of {service}: those that delete and those that let others in, too"
        )),
        Some(_) => None,
    }
}

/// Whether a pattern of a policy covers an action with a danger, which may be a pattern itself.
fn covers(pattern: &str, action: &str) -> bool {
    glob_fold(pattern, action) || overlap(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
}
