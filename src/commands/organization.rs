//! The organization: `organization o-exampleorg management 111122223333`, its units, accounts and root access.

use super::examples::ORGANIZATION;
use super::world_change::change;
use crate::names::AccountId;
use crate::session::slots::{account_id, option, word};
use crate::session::{Failure, Heading, Made, Outcome, Row, Session, command};
use crate::world::{Change, OrganizationChange};

pub(super) const CREATE: Row = Heading::Declaration.row(
    "organization NAME management ACCOUNT-ID",
    "creates an organization with its management account; another one than the first selects that account",
    "organization o-exampleorg management 111122223333",
    |words, _| {
        let (id, management) = (word(words, "NAME"), account_id(words)?);
        Ok(command(move |session, _, _| create(session, id, management)).changing())
    },
);

pub(super) const UNIT: Row = Heading::Declaration
    .row("ou NAME [under NAME]", "creates an organizational unit", "ou Prod under Workloads", |words, _| {
        let (name, under) = (word(words, "NAME"), option(words, "under", "NAME"));
        organize(OrganizationChange::CreateUnit { name, under })
    })
    .before(&[ORGANIZATION, "ou Workloads"]);

pub(super) const DELEGATE: Row = Heading::Declaration
    .row(
        "delegate SERVICE:WORD to account ACCOUNT",
        "makes an account the delegated administrator of a service",
        "delegate iam.amazonaws.com to account 444455556666",
        |words, context| {
            let account = context.account_named(&word(words, "ACCOUNT"))?;
            organize(OrganizationChange::Delegate { service: word(words, "SERVICE"), account })
        },
    )
    .before(&[ORGANIZATION, "move account 444455556666 to organization-root"]);

pub(super) const INVITE: Row = Heading::Declaration
    .row(
        "invite ACCOUNT",
        "invites an account to the organization; `aws organizations accept-handshake` accepts",
        "invite 444455556666",
        |words, context| {
            organize(OrganizationChange::Invite { account: context.account_named(&word(words, "ACCOUNT"))? })
        },
    )
    .before(&[ORGANIZATION]);

pub(super) const ROOT_ACCESS: Row = Heading::Declaration
    .row(
        "root-access (credentials|sessions) (on|off)",
        "switches a feature of central root access in the organization",
        "root-access sessions on",
        |words, _| {
            let (sessions, on) = (words.has("sessions"), words.has("on"));
            organize(OrganizationChange::SetRootAccess { sessions, on })
        },
    )
    .before(&[ORGANIZATION]);

pub(super) const MOVE_ACCOUNT: Row = Heading::Change
    .row(
        "move account ACCOUNT to TARGET",
        "moves an account in the organization of the selected account; one from outside joins it",
        "move account 444455556666 to ou Workloads",
        |words, context| {
            let account = context.account_named(&word(words, "ACCOUNT"))?;
            organize(OrganizationChange::MoveAccount { account, to: context.target_of(words)? })
        },
    )
    .before(&[ORGANIZATION, "ou Workloads"]);

/// Creates an organization. Another one than the first selects its management account, so that what comes next is said
/// of it.
fn create(session: &mut Session, id: Box<str>, management: AccountId) -> Result<Outcome, Failure> {
    let is_first = session.world.organizations().next().is_none();
    let outcome = session.world.apply(Change::Organization(OrganizationChange::Create { id, management }))?;
    let selects = !is_first && session.selected != Some(management);
    if selects {
        session.selected = Some(management);
    }
    let outcome = Outcome::from(outcome);
    Ok(match selects {
        true => outcome.note(format!(
            "selected account {management}: statements mean the organization of the selected account"
        )),
        false => outcome,
    })
}

fn organize(changed: OrganizationChange) -> Made {
    change(Change::Organization(changed))
}
