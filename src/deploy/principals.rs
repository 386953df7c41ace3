//! Users, groups, roles and managed policies.

use super::declared::{Declared, DeclaredValue, document_of, texts_of, unknown};
use super::kind::{Makes, makes};
use super::site::Site;
use crate::policy::PolicyType;
use crate::syntax::json::Cursor;
use crate::world::{Change, Document, Entity, PolicyVersion, Target, World};

type OfName = fn(Box<str>) -> Entity;

const NAME: &[&str] = &["name", "UserName", "GroupName", "RoleName"];
const MANAGED_NAME: &[&str] = &["name", "ManagedPolicyName"];
const PATH: &[&str] = &["path", "Path"];
const TRUST: &[&str] = &["assume_role_policy", "AssumeRolePolicyDocument"];
const BOUNDARY: &[&str] = &["permissions_boundary", "PermissionsBoundary"];
const ATTACHED: &[&str] = &["managed_policy_arns", "ManagedPolicyArns"];
const INLINE: &[&str] = &["inline_policy", "Policies"];

impl Site {
    /// The ARN of a managed policy that is declared.
    pub(super) fn arn_of_policy(&mut self, one: &Declared) -> DeclaredValue<String> {
        let name = self.name_of(one, MANAGED_NAME);
        let path = one.text(PATH).known().unwrap_or_else(|| "/".into());
        DeclaredValue::Known(format!("arn:aws:iam::{}:policy{path}{name}", self.account))
    }

    /// A new version of a managed policy; one of which nothing is known but its name is stored without a text.
    pub(super) fn put_policy(&mut self, one: &Declared) {
        let (account, name) = (self.account, self.name_of(one, MANAGED_NAME));
        let path = one.text(PATH).known().unwrap_or_else(|| "/".into());
        let document = self.document(one, PolicyType::IdentityBased);
        let is_there = self.world.account(account).is_some_and(|known| known.policy(&name).is_some());
        let change = match (&document, is_there) {
            (Document::Good(_), _) => Change::PutPolicy { account, name, path, document },
            // What it was is what is known of it.
            (_, true) => return,
            (_, false) => {
                let versions = vec![PolicyVersion { id: "v1".into(), document }];
                Change::ImportPolicy { account, name, path, versions, default: 0 }
            }
        };
        self.apply(&one.label, change);
    }

    /// A user, group or role that is not there yet. A trust policy is given in full once everybody is there.
    pub(super) fn put_principal(&mut self, one: &Declared, entity: OfName) {
        let (account, name) = (self.account, self.name_of(one, NAME));
        if self.identity(&entity(name.clone())).is_some() {
            return;
        }
        let path = one.text(PATH).known().unwrap_or_else(|| "/".into());
        let (tags, id) = (one.tags(), None);
        let change = match entity(name) {
            Entity::User(name) => Change::CreateUser { account, name, path, tags, id },
            Entity::Group(name) => Change::CreateGroup { account, name, path, members: Vec::new() },
            Entity::Role(name) => {
                let trust = Document::Missing;
                Change::Imported(Box::new(Change::CreateRole { account, name, path, trust, tags, id }))
            }
        };
        self.apply(&one.label, change);
    }

    pub(super) fn put_trust(&mut self, one: &Declared, entity: OfName) {
        let Entity::Role(role) = entity(self.name_of(one, NAME)) else { return };
        match one.document(TRUST, PolicyType::Trust) {
            DeclaredValue::Known(document) => {
                let trust = self.readable(&one.label, document);
                if trust.compiled().is_some() {
                    self.apply(&one.label, Change::SetTrust { account: self.account, role, trust });
                }
            }
            DeclaredValue::Unknown(name) => self.notes.left_out(&one.label, unknown(name)),
            DeclaredValue::Nothing => {}
        }
    }

    /// What the declaration of a user, group or role gives it: a boundary, policies, groups.
    pub(super) fn give(&mut self, one: &Declared, entity: OfName) {
        let on = entity(self.name_of(one, NAME));
        self.bound(one, &on);
        self.give_inline(one, &on);
        match one.texts(ATTACHED) {
            DeclaredValue::Known(arns) => {
                arns.iter().for_each(|arn| self.attach_to(&one.label, arn, on.clone()))
            }
            DeclaredValue::Unknown(name) => self.notes.left_out(&one.label, unknown(name)),
            DeclaredValue::Nothing => {}
        }
        if let (Entity::User(user), DeclaredValue::Known(groups)) = (&on, one.texts(&["Groups"])) {
            groups.into_iter().for_each(|group| self.add_to_group(&one.label, user.clone(), group));
        }
        self.take_what_is_gone(one, &on);
    }

    fn bound(&mut self, one: &Declared, on: &Entity) {
        if matches!(on, Entity::Group(_)) {
            return;
        }
        let policy = match one.text(BOUNDARY) {
            DeclaredValue::Known(arn) => Some(arn),
            DeclaredValue::Unknown(name) => return self.notes.left_out(&one.label, unknown(name)),
            DeclaredValue::Nothing => None,
        };
        self.apply(&one.label, Change::SetBoundary { account: self.account, on: on.clone(), policy });
    }

    fn give_inline(&mut self, one: &Declared, on: &Entity) {
        let policies = match one.member(INLINE) {
            DeclaredValue::Known(policies) => policies,
            DeclaredValue::Unknown(name) => return self.notes.left_out(&one.label, unknown(name)),
            DeclaredValue::Nothing => return,
        };
        for policy in policies.items() {
            let Some(name) = inline_name(policy) else { continue };
            let document = policy.member("policy").or_else(|| policy.member("PolicyDocument"));
            let document =
                document.and_then(|document| document_of(document, &one.label, PolicyType::IdentityBased));
            let document = match document {
                Some(document) => self.readable(&one.label, document),
                None => {
                    self.notes.left_out(&one.label, unknown(&name));
                    Document::Missing
                }
            };
            self.put_inline_on(&one.label, on.clone(), name, document);
        }
    }

    /// What a plan takes from it.
    fn take_what_is_gone(&mut self, one: &Declared, on: &Entity) {
        let account = self.account;
        let (attached, inline) = (texts_in(one.member(ATTACHED)), inline_names(one.member(INLINE)));
        for policy in texts_in(one.before(ATTACHED)).into_iter().filter(|arn| !attached.contains(arn)) {
            let from = Target::Entity(on.clone());
            self.apply(&one.label, Change::Detach { account, policy, from });
        }
        for name in inline_names(one.before(INLINE)).into_iter().filter(|name| !inline.contains(name)) {
            self.apply(&one.label, Change::DeleteInline { account, on: on.clone(), name });
        }
    }

    /// What somebody had that a template does not name: whether it goes is not known.
    pub(super) fn note_what_stays(&mut self, declared: &[Declared], before: &World) {
        for one in declared.iter().filter(|one| one.is_of_template()) {
            let Some(Makes::Principal(entity)) = makes(&one.kind) else { continue };
            let on = entity(self.name_of(one, NAME));
            let known = before.account(self.account).and_then(|account| account.identity(&on));
            let Some(permissions) = known.map(|known| known.permissions) else { continue };
            let had = permissions.attached.iter().chain(permissions.inline.iter().map(|own| &own.name));
            let others = had.filter(|policy| !self.given.contains(&(on.clone(), (*policy).clone())));
            let others: Vec<&str> = others.map(|policy| &**policy).collect();
            if !others.is_empty() {
                let why = format!("it has {}, too, which the template does not name", others.join(", "));
                self.notes.left_out(&one.label, format!("{why}: that is taken to stay"));
            }
        }
    }

    pub(super) fn remove(&mut self, one: &Declared, makes: &Makes) {
        let target = match makes {
            Makes::Principal(entity) => Target::Entity(entity(self.name_of(one, NAME))),
            _ => Target::Policy(self.name_of(one, MANAGED_NAME)),
        };
        self.apply(&one.label, Change::Delete { account: self.account, target });
    }
}

fn inline_name(policy: Cursor<'_>) -> Option<Box<str>> {
    let name = policy.member("name").or_else(|| policy.member("PolicyName"))?;
    name.string().filter(|name| !name.is_empty()).map(Box::from)
}

fn texts_in(said: DeclaredValue<Cursor<'_>>) -> Vec<Box<str>> {
    said.known().map(texts_of).unwrap_or_default()
}

fn inline_names(said: DeclaredValue<Cursor<'_>>) -> Vec<Box<str>> {
    said.known().into_iter().flat_map(|list| list.items()).filter_map(inline_name).collect()
}
