//! How accounts come into an organization and out of it: invitations and their answers, leaving.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal};
use super::{ORGANIZATIONS, arn_in, node_arn};
use crate::names::AccountId;
use crate::session::{Outcome, Part};
use crate::world::{Change, Node, Organization, OrganizationChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    ORGANIZATIONS.row("invite-account-to-organization", "--target Id=ACCOUNT,Type=ACCOUNT [--tags TAG...] | notes", "invites an account", invite),
    ORGANIZATIONS.row("accept-handshake", "--handshake-id HANDSHAKE", "accepts an invitation: the account joins", |call| answer(call, "ACCEPTED")),
    ORGANIZATIONS.row("decline-handshake", "--handshake-id HANDSHAKE", "declines an invitation", |call| answer(call, "DECLINED")),
    ORGANIZATIONS.row("cancel-handshake", "--handshake-id HANDSHAKE", "takes an invitation back", |call| answer(call, "CANCELED")),
    ORGANIZATIONS.row("list-handshakes-for-account", "", "lists the invitations of the account", list_own),
    ORGANIZATIONS.row("list-handshakes-for-organization", "", "lists the invitations to the organization", list_all),
    ORGANIZATIONS.row("leave-organization", "", "takes the account out of its organization", leave),
];

fn invite<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (organization, account) = (call.organization()?, invited(call)?);
    let needs = call.needs(node_arn(organization, &Node::Account(account))).with_tags(&call.tags("tags")?);
    needs.then(move |session| {
        session.world.apply(call.organize(OrganizationChange::Invite { account }))?;
        let open = session
            .world
            .organization_of(call.account)
            .and_then(|own| Some((own, own.invited.get(&account)?)));
        let shown = open.map(|(own, id)| shown(own, account, id, "OPEN"));
        Ok(Outcome::of(Part::Json(json!({"Handshake": shown}))))
    })
}

/// The account that `--target` means: by its id, or by the e-mail address of its root user.
fn invited(call: &Call<'_>) -> Result<AccountId, Refusal> {
    let target = call.structures("target")?;
    let id = target.first().and_then(|one| one.text("Id")).unwrap_or_default();
    let by_email =
        || call.world.accounts().find(|one| !id.is_empty() && *one.root.email == *id).map(|one| one.id);
    AccountId::parse(&id).or_else(by_email).ok_or_else(|| WorldError::bad_account_id(&id).into())
}

fn answer<'a>(call: &'a Call<'a>, state: &'static str) -> Planned<'a> {
    let id = call.word("handshake-id");
    let (organization, account) = call.world.invitation(id).ok_or_else(|| unknown(id))?;
    // Whose organization the ARN names has no say in the answer of another account: its own policies allow it.
    call.needs(handshake_arn(organization, id)).owned_by(call.account).then(move |session| {
        let asked = if state == "CANCELED" { organization.management } else { account };
        if call.account != asked {
            return Err(unknown(id));
        }
        let accepted = state == "ACCEPTED";
        let change = OrganizationChange::EndInvitation { id: id.into(), accepted };
        session.world.apply(Change::Organization(change))?;
        let shown = json!({"Handshake": shown(organization, account, id, state)});
        Ok(Outcome::of(Part::Json(shown)))
    })
}

fn unknown(id: &str) -> Refusal {
    WorldError::new("unknown-handshake", id, format!("there is no open invitation `{id}` of this account"))
        .into()
}

fn list_own<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let all = call.world.organizations().filter_map(|own| Some((own, own.invited.get(&call.account)?)));
        let all: Value = all.map(|(own, id)| shown(own, call.account, id, "OPEN")).collect();
        Ok(json!({"Handshakes": all}))
    })
}

fn list_all<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let own = call.organization()?;
        let all: Value = own.invited.iter().map(|(account, id)| shown(own, *account, id, "OPEN")).collect();
        Ok(json!({"Handshakes": all}))
    })
}

fn leave<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*")
        .change(move || Ok(Change::Organization(OrganizationChange::Leave { account: call.account })))
}

fn handshake_arn(organization: &Organization, id: &str) -> String {
    format!("{}/invite/{id}", arn_in(organization, "handshake/").trim_end_matches('/'))
}

fn shown(organization: &Organization, account: AccountId, id: &str, state: &str) -> Value {
    json!({
        "Id": id, "Arn": handshake_arn(organization, id), "Action": "INVITE", "State": state,
        "Parties": [
            {"Id": organization.id.trim_start_matches("o-"), "Type": "ORGANIZATION"},
            {"Id": account.as_str(), "Type": "ACCOUNT"},
        ],
    })
}
