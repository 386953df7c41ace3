//! Who has a policy: inline policies, attachments and members of groups.

use super::declared::{Declared, DeclaredValue, unknown};
use super::kind::Makes;
use super::site::Site;
use crate::policy::PolicyType;
use crate::world::{Change, Document, Entity, Identity, Target};

type OfName = fn(Box<str>) -> Entity;

/// Under which names whose users, groups and roles stand.
const HOLDERS: [(&[&str], OfName); 3] = [
    (&["role", "roles", "Roles", "RoleName"], Entity::Role),
    (&["user", "users", "Users", "UserName"], Entity::User),
    (&["group", "groups", "Groups", "GroupName"], Entity::Group),
];

pub(super) const DOCUMENT: &[&str] = &["policy", "PolicyDocument"];
const POLICY_NAME: &[&str] = &["name", "PolicyName"];

impl Site {
    /// The users, groups and roles that are named; one that only a deployment knows is noted.
    fn holders(&mut self, one: &Declared) -> Vec<Entity> {
        let mut all = Vec::new();
        for (names, entity) in HOLDERS {
            match one.texts(names) {
                DeclaredValue::Known(found) => all.extend(found.into_iter().map(entity)),
                DeclaredValue::Unknown(name) => self.notes.left_out(&one.label, unknown(name)),
                DeclaredValue::Nothing => {}
            }
        }
        all
    }

    pub(super) fn put_inline(&mut self, one: &Declared) {
        let name = self.name_of(one, POLICY_NAME);
        let document = self.document(one, PolicyType::IdentityBased);
        for on in self.holders(one) {
            self.put_inline_on(&one.label, on, name.clone(), document.clone());
        }
    }

    /// One that cannot be read is stored, so that every answer that needs it says so; but what it was before is what is known
    /// of it.
    pub(super) fn put_inline_on(&mut self, label: &str, on: Entity, name: Box<str>, document: Document) {
        self.given.insert((on.clone(), name.clone()));
        let has = |known: Identity<'_>| known.permissions.inline.iter().any(|own| own.name == name);
        if document.compiled().is_none() && self.identity(&on).is_some_and(has) {
            return;
        }
        let change = Change::PutInline { account: self.account, on, name, document };
        self.apply(label, Change::Imported(Box::new(change)));
    }

    /// A policy; one that only a deployment knows is missing.
    pub(super) fn document(&mut self, one: &Declared, kind: PolicyType) -> Document {
        match one.document(DOCUMENT, kind) {
            DeclaredValue::Known(document) => self.readable(&one.label, document),
            DeclaredValue::Unknown(name) => {
                self.notes.left_out(&one.label, unknown(name));
                Document::Missing
            }
            DeclaredValue::Nothing => Document::Missing,
        }
    }

    /// A policy that cannot be read is noted.
    pub(super) fn readable(&mut self, label: &str, document: Document) -> Document {
        if let Document::Refused(wrong) = &document {
            let why = wrong.first().map_or("", |wrong| wrong.message.as_str());
            self.notes.left_out(label, format!("its policy cannot be read: {why}"));
        }
        document
    }

    /// Attaches a managed policy to those whom its own declaration names.
    pub(super) fn attach_own(&mut self, one: &Declared) {
        let DeclaredValue::Known(arn) = self.arn_of_policy(one) else { return };
        self.attach_to_all(one, &arn);
    }

    pub(super) fn attach(&mut self, one: &Declared) {
        let Some(arn) = one.needed(&["policy_arn"], &mut self.notes) else { return };
        self.attach_to_all(one, &arn);
    }

    fn attach_to_all(&mut self, one: &Declared, arn: &str) {
        for to in self.holders(one) {
            self.attach_to(&one.label, arn, to);
        }
    }

    pub(super) fn attach_to(&mut self, label: &str, arn: &str, to: Entity) {
        self.given.insert((to.clone(), arn.into()));
        let change = Change::Attach { account: self.account, policy: arn.into(), to: Target::Entity(to) };
        self.apply(label, change);
    }

    pub(super) fn add_members(&mut self, one: &Declared) {
        for (user, group) in self.memberships(one) {
            self.add_to_group(&one.label, user, group);
        }
    }

    pub(super) fn add_to_group(&mut self, label: &str, user: Box<str>, group: Box<str>) {
        self.apply(label, Change::AddToGroup { account: self.account, user, group });
    }

    fn memberships(&mut self, one: &Declared) -> Vec<(Box<str>, Box<str>)> {
        let named = self.holders(one);
        let names = |kind: &str| -> Vec<Box<str>> {
            named.iter().filter(|one| one.kind() == kind).map(|one| one.name().into()).collect()
        };
        let (users, groups) = (names("user"), names("group"));
        users.iter().flat_map(|user| groups.iter().map(|group| (user.clone(), group.clone()))).collect()
    }

    /// Takes away what somebody has.
    pub(super) fn loosen(&mut self, one: &Declared, makes: &Makes) {
        let account = self.account;
        let changes: Vec<Change> = match makes {
            Makes::Inline => {
                let name = self.name_of(one, POLICY_NAME);
                let gone = |on| Change::DeleteInline { account, on, name: name.clone() };
                self.holders(one).into_iter().map(gone).collect()
            }
            Makes::Attachment => {
                let Some(policy) = one.needed(&["policy_arn"], &mut self.notes) else { return };
                let gone = |on| Change::Detach { account, policy: policy.clone(), from: Target::Entity(on) };
                self.holders(one).into_iter().map(gone).collect()
            }
            Makes::Membership => {
                let gone = |(user, group)| Change::RemoveFromGroup { account, user, group };
                self.memberships(one).into_iter().map(gone).collect()
            }
            _ => return self.open_block(one),
        };
        changes.into_iter().for_each(|change| self.apply(&one.label, change));
    }
}
