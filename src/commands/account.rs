//! `account 777788889999 "Beta" alias beta`

use crate::names::AccountId;
use crate::session::slots::{account_id, option};
use crate::session::{Command, Context, Failure, Heading, Made, Outcome, Outside, Row, Session, no_account};
use crate::source::Place;
use crate::syntax::script::Words;
use crate::world::{Change, WorldError};

pub(super) const ROW: Row = Heading::Declaration.row(
    "account ACCOUNT-ID [TEXT [alias NAME]]",
    "creates an account, which always has exactly one root user, or selects one",
    "account 777788889999 \"Beta\" alias beta",
    make,
);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    let name = words.get("TEXT").map(|text| (&*text.text).into());
    Ok(Box::new(SelectAccount { id: account_id(words)?, name, alias: option(words, "alias", "NAME") }))
}

/// An account to be created or selected: `account ID` creates it if need be, a name asks for a new one.
struct SelectAccount {
    id: AccountId,
    name: Option<Box<str>>,
    alias: Option<Box<str>>,
}

impl Command for SelectAccount {
    fn changes_world(&self) -> bool {
        true
    }

    fn execute(
        self: Box<Self>,
        session: &mut Session,
        _: &Place,
        _: &mut dyn Outside,
    ) -> Result<Outcome, Failure> {
        let Self { id, name, alias } = *self;
        if session.world.account(id).is_some() && name.is_none() {
            session.selected = Some(id);
            let account = session.world.account(id).ok_or_else(no_account)?;
            return Ok(Outcome::said(format!("selected account {}", account.label())));
        }
        if session.world.account(id).is_some() {
            let error = WorldError::new("account-exists", id.as_str(), format!("account `{id}` exists"));
            return Err(error.help(format!("`account {id}` selects it")).into());
        }
        let applied =
            session.world.apply(Change::CreateAccount { id, name: name.unwrap_or_default(), alias })?;
        session.selected = Some(id);
        Ok(applied.into())
    }
}
