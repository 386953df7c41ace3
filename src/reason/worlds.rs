//! Two worlds, compared over all requests of whoever is in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::actions::ListedActions;
use super::anybody::everything;
use super::difference::{Caveat, PolicyDifference, Turn};
use super::found::Findings;
use super::how_much::HowMuch;
use super::said::WorldsApart;
use super::stand_in::{StandIn, stand_ins};
use super::two_versions::{AskedVersion, KnownOfCaller, TwoVersions, VersionPair, WorldPair};
use crate::names::{AccountId, Arn};
use crate::question::Question;
use crate::question::search::is_stopped;
use crate::world::{GivenPolicies, NamedDocument, Principal, PrincipalKind, World};

/// Two worlds to be compared.
pub struct TwoWorlds<'w> {
    /// The old world and the new one.
    pub worlds: [&'w World; 2],
    /// The actions.
    pub listed: &'w ListedActions,
    /// What the clock says, in epoch seconds.
    pub now: i64,
}

/// Somebody of one of two worlds, or of both.
struct Inhabitant {
    label: String,
    principal: Arc<Principal>,
    is_in: [bool; 2],
}

impl TwoWorlds<'_> {
    /// All that differs for the users, roles and root users of either world, and on resources that are not the same also
    /// for strangers, services and whoever their policies name.
    pub fn difference(&self) -> PolicyDifference {
        self.compared_by_all(HowMuch::All)
    }

    /// The first that differs, for those who ask whether anything does.
    pub fn first_difference(&self) -> PolicyDifference {
        self.compared_by_all(HowMuch::Anything)
    }

    /// What differs, as far as it is looked for.
    fn compared_by_all(&self, how_much: HowMuch) -> PolicyDifference {
        let apart = WorldsApart::of(self.worlds);
        let (divided, asked_for, kept) = Default::default();
        let pair = WorldPair { worlds: self.worlds, apart, how_much, divided, asked_for, kept };
        let is_done = |all: &PolicyDifference| {
            is_stopped() || (how_much == HowMuch::Anything && !all.changes.is_empty())
        };
        let mut all = PolicyDifference { caveats: pair.apart.caveats.clone(), ..PolicyDifference::default() };
        for arn in &pair.apart.resources {
            self.of_strangers(arn, &pair, &mut all);
        }
        for one in self.inhabitants() {
            if is_done(&all) {
                break;
            }
            let found = self.of_inhabitant(&one, &pair);
            let label = match one.is_in {
                [true, false] => format!("{} (gone)", one.label),
                [false, true] => format!("{} (new)", one.label),
                _ => one.label.clone(),
            };
            all.add(found.by(&label));
            match one.is_in {
                [true, false] => all.gone.push(one.label.into()),
                [false, true] => all.new.push(one.label.into()),
                _ => {}
            }
        }
        if is_stopped() {
            all.caveats.push(Caveat::of_stop());
        }
        all.ranked(self.worlds[1].catalog())
    }

    fn inhabitants(&self) -> Vec<Inhabitant> {
        let mut all: BTreeMap<String, Inhabitant> = BTreeMap::new();
        for (version, world) in self.worlds.into_iter().enumerate() {
            for (label, principal) in inhabitants(world) {
                let one = || Inhabitant { label, principal: Arc::new(principal.clone()), is_in: [false; 2] };
                all.entry(principal.arn()).or_insert_with(one).is_in[version] = true;
            }
        }
        all.into_values().collect()
    }

    fn of_inhabitant(&self, one: &Inhabitant, pair: &WorldPair<'_>) -> PolicyDifference {
        let turns: &[Turn] = match one.is_in {
            [true, false] => &[Turn::NewlyDenied],
            [false, true] => &[Turn::NewlyAllowed],
            _ => &Turn::BOTH,
        };
        let question = Question::new(Arc::clone(&one.principal), "s3:GetObject").at(self.now);
        let mut all = self.compared(&question, KnownOfCaller::OfWorld, None, turns, pair);
        for arn in &pair.apart.resources {
            all.add(self.compared(&question, KnownOfCaller::OfWorld, Some(arn), turns, pair));
        }
        all
    }

    fn compared(
        &self,
        question: &Question,
        known: KnownOfCaller,
        on: Option<&str>,
        turns: &'static [Turn],
        pair: &WorldPair<'_>,
    ) -> PolicyDifference {
        let versions = self.worlds.map(|world| AskedVersion { world, question: question.clone() });
        let on = on.map(Into::into);
        let two = TwoVersions { versions, known, on, within: None, turns, listed: self.listed };
        let mut comparison = VersionPair::new(&two, Some(pair));
        let mut findings = Findings::of(pair.how_much);
        comparison
            .callers
            .iter()
            .flat_map(|caller| caller.levels())
            .flat_map(|level| level.incomplete.iter())
            .for_each(|name| findings.caveat(Caveat::new(format!("{name} could not be consulted"))));
        comparison.compare(&mut findings);
        findings.into_difference(self.listed)
    }

    /// What differs on a resource for those who are in neither world.
    fn of_strangers(&self, arn: &str, pair: &WorldPair<'_>, all: &mut PolicyDifference) {
        let Some(resource) = Arn::parse(arn) else { return };
        let Some(owner) = self.owner_of(&resource) else { return };
        let policies: Vec<NamedDocument> =
            self.worlds.iter().filter_map(|world| policy_of(world, &resource)).collect();
        if policies.is_empty() {
            return;
        }
        let is_in = |account: AccountId| self.worlds.iter().any(|world| world.account(account).is_some());
        let (groups, caveats) = stand_ins((resource.partition(), owner), &policies);
        let strangers = groups.into_iter().filter(|group| !group.principal.account().is_some_and(is_in));
        let mut found = PolicyDifference { caveats, ..PolicyDifference::default() };
        for group in strangers {
            let question = question_of(&group, self.now);
            let of_group = self.compared(&question, KnownOfCaller::Name, Some(arn), &Turn::BOTH, pair);
            found.add(of_group.untold(group.within, &found).by(&group.label));
        }
        all.add(found);
    }

    fn owner_of(&self, resource: &Arn<'_>) -> Option<AccountId> {
        let declared = |world: &World| world.resource(resource.text()).map(|one| one.owner);
        let [old, new] = self.worlds.map(declared);
        resource.account_id().or(new).or(old)
    }
}

/// Whoever stands for a group has every permission in their own account.
pub(super) fn question_of(group: &StandIn, now: i64) -> Question {
    let given = GivenPolicies { identity: Some(vec![everything()]), ..GivenPolicies::default() };
    let mut question = Question::new(Arc::clone(&group.principal), "s3:GetObject").policies(given).at(now);
    question.assumptions.context.clone_from(&group.context);
    question
}

/// The policy of a resource or role.
pub(super) fn policy_of(world: &World, resource: &Arn<'_>) -> Option<NamedDocument> {
    let declared = || world.resource(resource.text())?.policy.clone();
    let trust = || {
        let name = resource.resource().strip_prefix("role/")?.rsplit('/').next()?;
        world.account(resource.account_id()?)?.role(name).map(|role| role.trust.clone())
    };
    let document = declared().or_else(trust)?;
    Some(NamedDocument { name: "".into(), document })
}

/// The root users, users and roles of a world, with what they are called.
pub(super) fn inhabitants(world: &World) -> Vec<(String, Principal)> {
    let several = world.accounts().count() > 1;
    let mut all = Vec::new();
    for account in world.accounts() {
        let id = account.id;
        let of = if several { format!(" of {}", account.label()) } else { String::new() };
        all.push((format!("root{of}"), Principal::new(PrincipalKind::Root(id))));
        for one in account.identities().filter(|one| one.kind != "group") {
            all.extend(Principal::parse(&one.arn(id)).map(|principal| (one.label() + &of, principal)));
        }
    }
    all
}
