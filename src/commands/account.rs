//! `account 777788889999 "Beta" alias beta`

use crate::names::AccountId;
use crate::session::slots::{account_id, option};
use crate::session::{Failure, Heading, Outcome, Row, Session, command};
use crate::world::{Change, WorldError};

pub(super) const ROW: Row = Heading::Declaration.row(
    "account ACCOUNT-ID [TEXT [alias NAME]]",
    "creates an account, which always has exactly one root user, or selects one",
    "account 777788889999 \"Beta\" alias beta",
    |words, _| {
        let (id, alias) = (account_id(words)?, option(words, "alias", "NAME"));
        let name = words.get("TEXT").map(|text| (&*text.text).into());
        Ok(command(move |session, _, _| select(session, id, name, alias)).changing())
    },
);

/// Creates or selects an account: its id alone creates it if need be, a name asks for a new one.
fn select(
    session: &mut Session,
    id: AccountId,
    name: Option<Box<str>>,
    alias: Option<Box<str>>,
) -> Result<Outcome, Failure> {
    let outcome = match (session.world.account(id), name) {
        (Some(account), None) => Outcome::said(format!("selected account {}", account.label())),
        (Some(_), Some(_)) => {
            let error = WorldError::new("account-exists", id.as_str(), format!("account `{id}` exists"));
            return Err(error.help(format!("`account {id}` selects it")).into());
        }
        (None, name) => {
            let create = Change::CreateAccount { id, name: name.unwrap_or_default(), alias };
            session.world.apply(create)?.into()
        }
    };
    session.selected = Some(id);
    Ok(outcome)
}
