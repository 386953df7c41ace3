//! Commands that are one change of the world.

use crate::names::AccountId;
use crate::session::{Made, Session, command};
use crate::world::{AccountSetting, Change, PrincipalKind, WorldError};

pub(super) fn change(change: Change) -> Made {
    let execute = command(move |session, _, _| {
        check_root(session, &change)?;
        Ok(session.world.apply(change.said_in(session.selected))?.into())
    });
    Ok(execute.changing())
}

/// What only the root user can switch is refused to anybody else who is signed in; where nobody is, a change says
/// what there is.
fn check_root(session: &Session, change: &Change) -> Result<(), WorldError> {
    let of_root = match change {
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
        return Err(only_root(session, account, what, &who.arn()));
    }
    Ok(())
}

fn only_root(session: &Session, id: AccountId, what: &str, who: &str) -> WorldError {
    let account = session.world.account(id);
    let label = account.map_or(id.to_string(), |account| account.label());
    let message = format!("only the root user of account {label} can {what}, and {who} is signed in");
    let email = account.map(|account| &*account.root.email).filter(|email| !email.is_empty());
    WorldError::new("root-only", "", message).help(match email {
        Some(email) => format!("sign in as the root user: `sign-in root {email}`"),
        None => "first `sign-out`: where nobody is signed in, the line says what there is".to_owned(),
    })
}
