//! Users, groups and roles: `user carol path /dev/ tags team=core`, their inline policies and boundaries.

use super::world_change::change;
use crate::policy::PolicyType;
use crate::session::slots::{option, path, tags, word};
use crate::session::{Heading, Row};
use crate::world::Change;

pub(super) const USER: Row = Heading::Declaration.row(
    "user NAME [path WORD] [id WORD] [tags PAIR...]",
    "creates an IAM user; its unique id is made up unless it is given",
    "user carol path /dev/ tags team=core",
    |words, context| {
        let (account, name, path) = (context.account()?, word(words, "NAME"), path(words));
        change(Change::CreateUser {
            account,
            name,
            path,
            tags: tags(words)?,
            id: option(words, "id", "WORD"),
        })
    },
);

pub(super) const GROUP: Row = Heading::Declaration.row(
    "group NAME [path WORD] [members NAME...]",
    "creates a user group",
    "group auditors members alice bob",
    |words, context| {
        let mut names = words.all("NAME").map(|name| (&*name.text).into());
        let (account, name) = (context.account()?, names.next().unwrap_or_default());
        change(Change::CreateGroup { account, name, path: path(words), members: names.collect() })
    },
);

/// The role of the examples.
const DEPLOY: &str = r#"role Deploy trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }"#;

pub(super) const ROLE: Row = Heading::Declaration.row(
    "role NAME [path WORD] [id WORD] trust DOCUMENT [tags PAIR...]",
    "creates a role with its trust policy",
    DEPLOY,
    |words, context| {
        let (account, name, path) = (context.account()?, word(words, "NAME"), path(words));
        let trust = context.document_of(words, PolicyType::Trust)?;
        let (tags, id) = (tags(words)?, option(words, "id", "WORD"));
        change(Change::CreateRole { account, name, path, trust, tags, id })
    },
);

pub(super) const INLINE: Row = Heading::Declaration.row(
    "inline NAME on ENTITY DOCUMENT",
    "puts an inline policy into a user, group or role",
    r#"inline ReadLogs on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "logs:Get*", "Resource": "*" } }"#,
    |words, context| {
        let (account, on, name) = (context.account()?, context.entity_of(words)?, word(words, "NAME"));
        let document = context.document_of(words, PolicyType::IdentityBased)?;
        change(Change::PutInline { account, on, name, document })
    },
);

pub(super) const BOUNDARY: Row = Heading::Declaration.row(
    "boundary POLICY on ENTITY",
    "sets the permissions boundary of a user or role",
    "boundary PowerUserAccess on user bob",
    |words, context| {
        let policy = Some(word(words, "POLICY"));
        change(Change::SetBoundary { account: context.account()?, on: context.entity_of(words)?, policy })
    },
);

pub(super) const INSTANCE_PROFILES: Row = Heading::Declaration.row(
    "instance-profiles of role NAME [are NAME...]",
    "says which instance profiles hold a role, or that none does: instances of EC2 can have no other role",
    "instance-profiles of role Deploy are web",
    |words, context| {
        let mut names = words.all("NAME").map(|name| (&*name.text).into());
        let (account, role) = (context.account()?, names.next().unwrap_or_default());
        change(Change::SetInstanceProfiles { account, role, profiles: names.collect() })
    },
)
.before(&[DEPLOY]);

pub(super) const ADD: Row = Heading::Change.row(
    "add user NAME to group NAME",
    "makes a user a member of a group",
    "add user alice to group developers",
    |words, context| {
        let (user, group) = (word(words, "NAME"), option(words, "group", "NAME").unwrap_or_default());
        change(Change::AddToGroup { account: context.account()?, user, group })
    },
);

pub(super) const REMOVE: Row = Heading::Change.row(
    "remove user NAME from group NAME",
    "ends a membership",
    "remove user bob from group developers",
    |words, context| {
        let (user, group) = (word(words, "NAME"), option(words, "group", "NAME").unwrap_or_default());
        change(Change::RemoveFromGroup { account: context.account()?, user, group })
    },
);
