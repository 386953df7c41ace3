//! Commands about the session itself.

use super::super::command::Command;
use super::super::context::{Context, entity, relative_to, word};
use super::super::control::{Setting, Shown};
use super::super::failure::Failure;
use super::super::table::{Group, Row};
use crate::syntax::script::Words;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Control.row("set WORD WORD", "switches a setting; `list settings` shows them and what they take; `set as-of today` and `set time now` go back", "set as-of 2021-08-01", set),
    Group::Control.row("undo", "takes the last change back", "undo", |_, _| Ok(Command::Undo)),
    Group::Control.row("redo", "makes a change again that was taken back", "redo", |_, _| Ok(Command::Redo)),
    Group::Control.row("changes", "lists what can be taken back", "changes", |_, _| Ok(Command::Changes)),
    Group::Control.row("list [WORD]", "lists accounts, users, groups, roles, policies, resources, endpoints, ous, scps, rcps, root-only (tasks), settings, rules or commands", "list users", |words, _| Ok(Command::List(optional(words)))),
    Group::Control.row("info WORD", "tells about a rule, an action, a condition key, an operator or a principal", "info s3:GetObject", |words, _| Ok(Command::Info(word(words, "WORD")))),
    Group::Control.row("show [policy|user|group|role|account|resource] WORD [on ENTITY]", "shows a policy, user, group, role, account or resource; a policy with the line numbers that explanations use; `on` for an inline policy", "show policy ReadReports", show),
    Group::Control.row("save FILE", "writes the world as a script that makes it again", "save \"world.iam\"", save),
    Group::Control.row("record [FILE]", "shows the questions just asked as expectations, or adds them to a file", "record \"tests.iam\"", record),
    Group::Control.row("tour", "walks through the story of the root user and an administrator, in two minutes", "tour", |_, _| Ok(Command::Tour)),
    Group::Control.row("help [WORD]", "lists the commands, or explains one", "help can", |words, _| Ok(Command::Help(optional(words)))),
];

fn optional(words: &Words<'_>) -> Option<Box<str>> {
    words.get("WORD").map(|word| (&*word.text).into())
}

fn show(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    let kinds = ["policy", "user", "group", "role", "account", "resource"];
    let name = words.get("WORD").map_or(0, |word| word.span.start);
    let kind = kinds.into_iter().find(|kind| words.keyword(kind).is_some_and(|at| at.start < name));
    let on = words.entity("ENTITY").map(entity);
    Ok(Command::Show(Shown { kind, word: word(words, "WORD"), on }))
}

fn set(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    let mut both = words.all("WORD").map(|word| (&*word.text).into());
    let (name, value) = (both.next().unwrap_or_default(), both.next().unwrap_or_default());
    Ok(Command::Set(Setting { name, value }))
}

fn record(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let path = words.get("FILE").map(|path| relative_to(context.source.name(), &path.text).into());
    Ok(Command::Record(path))
}

fn save(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Save(relative_to(context.source.name(), &word(words, "FILE")).into()))
}
