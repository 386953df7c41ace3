//! Commands that change what there is.

use super::super::command::Command;
use super::super::context::{Context, option, tags, word};
use super::super::control::Loading;
use super::super::failure::Failure;
use super::super::table::{Group, Row};
use crate::names::AccountId;
use crate::syntax::script::Words;
use crate::world::{Change, OrganizationChange, Target, WorldError};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Change.row("attach POLICY to TARGET", "attaches a managed policy to a user, group or role, or an SCP or RCP to a node of the organization", "attach AdministratorAccess to user alice", attach),
    Group::Change.row("detach POLICY from TARGET", "takes a policy away", "detach AdministratorAccess from user alice", detach),
    Group::Change.row("add user NAME to group NAME", "makes a user a member of a group", "add user alice to group developers", add),
    Group::Change.row("remove user NAME from group NAME", "ends a membership", "remove user bob from group developers", remove),
    Group::Change.row("tag TARGET PAIR...", "adds or replaces tags", "tag user bob team=core", tag),
    Group::Change.row("edit WORD [on ENTITY]", "opens a policy, SCP, RCP, a resource's policy or an inline policy in $VISUAL or $EDITOR, and takes what was saved", "edit ReadReports", edit),
    Group::Change.row("delete TARGET", "deletes a user, group, role, policy, resource or organizational unit", "delete user bob", delete),
    Group::Change.row("move account ACCOUNT to TARGET", "moves an account in the organization; one from outside joins it", "move account 444455556666 to ou Workloads", move_account),
    Group::Change.row("load FILE [as account ACCOUNT-ID]", "reads the output of `aws iam get-account-authorization-details`", "load \"account-authorization-details.json\" as account 111122223333", load),
    Group::Change.row("read FILE", "runs a script; its path is relative to the file that the command stands in", "read \"world.iam\"", read),
];

fn change(change: Change) -> Result<Command, Failure> {
    Ok(Command::Change(Box::new(change)))
}

fn attach(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let to = context.target_of(words)?;
    change(Change::Attach { account: context.account_for(&to)?, policy: word(words, "POLICY"), to })
}

fn detach(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let from = context.target_of(words)?;
    change(Change::Detach { account: context.account_for(&from)?, policy: word(words, "POLICY"), from })
}

fn add(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let (user, group) = member(words);
    change(Change::AddToGroup { account: context.account()?, user, group })
}

fn remove(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let (user, group) = member(words);
    change(Change::RemoveFromGroup { account: context.account()?, user, group })
}

fn member(words: &Words<'_>) -> (Box<str>, Box<str>) {
    (word(words, "NAME"), option(words, "group", "NAME").unwrap_or_default())
}

fn tag(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let target = context.target_of(words)?;
    change(Change::Tag { account: context.account_for(&target)?, target, tags: tags(words)? })
}

fn edit(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Edit(Box::new(context.edited(words)?)))
}

fn delete(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let target = context.target_of(words)?;
    let account = context.account_for(&target)?;
    change(Change::Delete { account, target })
}

fn move_account(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let account = context.account_named(&word(words, "ACCOUNT"))?;
    let to: Target = context.target_of(words)?;
    change(Change::Organization(OrganizationChange::MoveAccount { account, to }))
}

fn load(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let account = words.get("ACCOUNT-ID").and_then(|id| AccountId::parse(&id.text));
    Ok(Command::Load(Loading { source: file(words, context)?, account }))
}

fn read(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Read(file(words, context)?))
}

fn file(
    words: &Words<'_>,
    context: &mut Context<'_>,
) -> Result<std::sync::Arc<crate::source::Source>, Failure> {
    let path = words.get("FILE").ok_or_else(|| WorldError::new("missing-word", "", "expected a path"))?;
    context.file(path)
}
