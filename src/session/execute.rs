//! Executing commands: one line for each.

use super::command::Command;
use super::context::no_account;
use super::failure::Failure;
use super::outcome::Outcome;
use super::outside::Outside;
use super::state::Session;
use super::{again, assume, compare, control, expect, identity, question};
use crate::names::AccountId;
use crate::source::Place;
use crate::world::{AccountSetting, Change, PrincipalKind, WorldError};

/// Executes a command; `place` is the statement that it was made of.
///
/// # Errors
/// If the command is refused; then nothing has changed.
pub fn execute(
    session: &mut Session,
    command: Command,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    match command {
        Command::Account { id, name, alias } => account(session, id, name, alias),
        Command::Change(change) => change_world(session, *change),
        Command::Edit(edited) => control::edit(session, *edited, place),
        Command::Load(loading) => control::load(session, loading),
        Command::Read(script) => super::script::read(session, &script, place, outside),
        Command::SignIn(sign_in) => Ok(identity::sign_in(session, sign_in, outside.now())),
        Command::SignOut => identity::sign_out(session),
        Command::WhoAmI => identity::who_am_i(session),
        Command::Open(url) => identity::open(session, &url),
        Command::Assume(role) => assume::assume(session, *role, outside.now()),
        Command::AssumeRoot(root) => assume::assume_root(session, root, outside.now()),
        Command::Federate(user) => assume::federate(session, *user, outside.now()),
        Command::Can(question) => question::can(session, &question),
        Command::Why(question) => question::why(session, &question),
        Command::WhyLast => question::why_last(session),
        Command::LastAnswer => again::last_answer(session),
        Command::Later(later) => super::later::execute(session, later, place, outside),
        Command::Compare(comparison) => compare::compare(session, &comparison),
        Command::Expect(expectation) => expect::expect(session, &expectation, place, outside.now()),
        Command::ExpectTable(table) => expect::expect_table(session, &table, outside),
        Command::Aws(statement) => super::aws::execute(session, &statement, place, outside.now()),
        Command::Set(setting) => control::set(session, &setting),
        Command::Undo => control::undo(session),
        Command::Redo => control::redo(session),
        Command::Changes => Ok(control::changes(session)),
        Command::List(what) => control::list(session, what.as_deref()),
        Command::Info(word) => control::info(session, &word),
        Command::Show(shown) => control::show(session, &shown),
        Command::Save(path) => control::save(session, &path, place, outside),
        Command::Record(path) => super::record::record(session, path.as_deref(), place, outside),
        Command::Tour => Ok(control::tour(outside)),
        Command::Help(command) => control::help(command.as_deref()),
    }
}

/// Changes the world. What only the root user can switch is refused to anybody else who is signed in; where nobody
/// is, a change says what there is.
fn change_world(session: &mut Session, change: Change) -> Result<Outcome, Failure> {
    let of_root = match &change {
        Change::Account(account, AccountSetting::BillingAccess(_)) => {
            Some((*account, "switch IAM access to Billing (E16a)"))
        }
        Change::Account(account, AccountSetting::Root { .. }) => {
            Some((*account, "change the e-mail address and MFA of the root user"))
        }
        _ => None,
    };
    if let (Some((account, what)), Some(who)) = (of_root, &session.signed_in)
        && who.kind != PrincipalKind::Root(account)
    {
        return Err(only_root(session, account, what, &who.arn()).into());
    }
    Ok(session.world.apply(change)?.into())
}

fn only_root(session: &Session, id: AccountId, what: &str, who: &str) -> WorldError {
    let account = session.world.account(id);
    let label = account.map_or(id.to_string(), |account| account.label());
    let message = format!("only the root user of account {label} can {what}, and {who} is signed in");
    let email = account.map(|account| &*account.root.email).filter(|email| !email.is_empty());
    WorldError::new("root-only", "", message)
        .help(format!("sign in as the root user: `sign-in root {}`", email.unwrap_or("EMAIL")))
}

/// Creates or selects an account: `account ID` creates it if need be, a name asks for a new one.
fn account(
    session: &mut Session,
    id: AccountId,
    name: Option<Box<str>>,
    alias: Option<Box<str>>,
) -> Result<Outcome, Failure> {
    if session.world.account(id).is_some() && name.is_none() {
        session.selected = Some(id);
        let account = session.world.account(id).ok_or_else(no_account)?;
        return Ok(Outcome::said(format!("selected account {}", account.label())));
    }
    if session.world.account(id).is_some() {
        let error = WorldError::new("account-exists", id.as_str(), format!("account `{id}` exists"));
        return Err(error.help(format!("`account {id}` selects it")).into());
    }
    let applied = session.world.apply(Change::CreateAccount { id, name: name.unwrap_or_default(), alias })?;
    session.selected = Some(id);
    Ok(applied.into())
}
