//! A world onto which something is deployed.

use std::collections::BTreeSet;

use super::declared::{Declared, DeclaredValue};
use super::kind::{Makes, makes};
use super::notes::Notes;
use crate::names::AccountId;
use crate::world::{Change, Entity, Identity, World};

/// A world onto which something is deployed.
pub(super) struct Site {
    pub(super) world: World,
    pub(super) account: AccountId,
    /// The Region where nothing else is said.
    pub(super) region: Option<Box<str>>,
    pub(super) notes: Notes,
    /// The policies that somebody is given, by their ARN or name.
    pub(super) given: BTreeSet<(Entity, Box<str>)>,
}

/// What is done, in this order: a policy is there before it is attached, and whoever a policy names before it is saved.
#[derive(Clone, Copy, PartialEq)]
enum SiteStep {
    Loosen,
    Policies,
    Principals,
    Holdings,
    Trust,
    Resources,
    ResourcePolicies,
    Remove,
}

const SITE_STEPS: [SiteStep; 8] = [
    SiteStep::Loosen,
    SiteStep::Policies,
    SiteStep::Principals,
    SiteStep::Holdings,
    SiteStep::Trust,
    SiteStep::Resources,
    SiteStep::ResourcePolicies,
    SiteStep::Remove,
];

impl Site {
    pub(super) fn new(world: World, account: AccountId) -> Self {
        Self { world, account, region: None, notes: Notes::default(), given: BTreeSet::new() }
    }

    /// Carries out what is declared.
    pub(super) fn carry_out(&mut self, declared: &[Declared]) {
        for turn in SITE_STEPS {
            for one in declared {
                if let Some(makes) = makes(&one.kind) {
                    self.take(turn, one, &makes);
                }
            }
        }
    }

    fn take(&mut self, turn: SiteStep, one: &Declared, makes: &Makes) {
        use Makes as M;
        use SiteStep as T;
        match (turn, makes) {
            (T::Loosen, M::Inline | M::Attachment | M::Membership | M::Block) if one.is_gone => {
                self.loosen(one, makes)
            }
            (T::Loosen, M::Governed(governed)) if one.is_gone && governed.is_policy_alone => {
                self.delete_policies(one, governed);
            }
            (T::Remove, M::Policy | M::Principal(_)) if one.is_gone => self.remove(one, makes),
            (T::Remove, M::Governed(governed)) if one.is_gone && !governed.is_policy_alone => {
                self.delete_resource(one, governed);
            }
            _ if one.is_gone => {}
            (T::Policies, M::Policy) => self.put_policy(one),
            (T::Principals, M::Principal(entity)) => self.put_principal(one, *entity),
            (T::Holdings, M::Principal(entity)) => self.give(one, *entity),
            (T::Holdings, M::Policy) => self.attach_own(one),
            (T::Holdings, M::Inline) => self.put_inline(one),
            (T::Holdings, M::Attachment) => self.attach(one),
            (T::Holdings, M::Membership) => self.add_members(one),
            (T::Trust, M::Principal(entity)) => self.put_trust(one, *entity),
            (T::Resources, M::Governed(governed)) if !governed.is_policy_alone => {
                self.put_resource(one, governed)
            }
            (T::ResourcePolicies, M::Governed(governed)) if governed.is_policy_alone => {
                self.put_resource_policies(one, governed);
            }
            (T::ResourcePolicies, M::Block) => self.put_block(one),
            _ => {}
        }
    }

    /// Makes a change; what the world does not take is noted.
    pub(super) fn apply(&mut self, label: &str, change: Change) {
        if let Err(error) = self.world.apply(change) {
            self.notes.left_out(label, error.message);
        }
    }

    /// What something is called: its name, or where AWS gives it one, what the file calls it.
    pub(super) fn name_of(&mut self, one: &Declared, names: &[&'static str]) -> Box<str> {
        match one.text(names) {
            DeclaredValue::Known(name) => name,
            DeclaredValue::Unknown(_) | DeclaredValue::Nothing => {
                self.notes.unnamed(&one.own_name, &one.label);
                one.own_name.as_str().into()
            }
        }
    }

    /// The user, group or role of that name, if the world has it.
    pub(super) fn identity(&self, entity: &Entity) -> Option<Identity<'_>> {
        self.world.account(self.account)?.identity(entity)
    }
}
