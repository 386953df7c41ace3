//! Block Public Access of buckets and of the account (D36).

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal, shorthand::Structure};
use super::{S3API, S3CONTROL};
use crate::session::{Outcome, Session};
use crate::world::{Change, PublicAccessBlock, PublicAccessLevel, ResourceChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    S3API.row("put-public-access-block", "--bucket BUCKET --public-access-block-configuration SWITCHES", "sets Block Public Access of a bucket", put_block),
    S3API.row("get-public-access-block", "--bucket BUCKET", "shows Block Public Access of a bucket", get_block),
    S3API.row("delete-public-access-block", "--bucket BUCKET", "switches Block Public Access of a bucket off", delete_block),
    S3CONTROL.row("put-public-access-block", "--account-id ACCOUNT --public-access-block-configuration SWITCHES", "sets Block Public Access of the account", put_account_block),
    S3CONTROL.row("get-public-access-block", "--account-id ACCOUNT", "shows Block Public Access of the account", get_account_block),
    S3CONTROL.row("delete-public-access-block", "--account-id ACCOUNT", "switches Block Public Access of the account off", delete_account_block),
];

/// AWS's names of the switches, and ours.
const SWITCHES: [(&str, &str); 4] = [
    ("BlockPublicAcls", "block-public-acls"),
    ("IgnorePublicAcls", "ignore-public-acls"),
    ("BlockPublicPolicy", "block-public-policy"),
    ("RestrictPublicBuckets", "restrict-public-buckets"),
];

fn shown(mut block: PublicAccessBlock) -> Value {
    let mut state = |ours| block.switch(ours).is_some_and(|on| *on);
    let switches: serde_json::Map<_, _> =
        SWITCHES.iter().map(|(name, ours)| ((*name).to_owned(), state(ours).into())).collect();
    json!({"PublicAccessBlockConfiguration": switches})
}

fn put_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).then(move |session| {
        call.bucket()?;
        set_block(call, session, Some(&arn))
    })
}

/// Sets the four switches; those that the call does not name are off.
fn set_block(call: &Call<'_>, session: &mut Session, resource: Option<&str>) -> Result<Outcome, Refusal> {
    let structures = call.structures("public-access-block-configuration")?;
    let given = structures.iter().flat_map(Structure::fields);
    let mut on = Vec::new();
    for (name, value) in given {
        let Some((_, ours)) = SWITCHES.iter().find(|(own, _)| *own == name) else {
            let what = format!("`{name}` is no switch of Block Public Access");
            return Err(WorldError::new("unknown-switch", name, what)
                .suggest(SWITCHES.map(|(own, _)| own))
                .into());
        };
        if value.to_string().trim_matches('"').eq_ignore_ascii_case("true") {
            on.push((*ours).into());
        }
    }
    let all_off = session.world.apply(change(call, resource, false, Vec::new()))?;
    let left = if on.is_empty() { all_off } else { session.world.apply(change(call, resource, true, on))? };
    Ok(left.into())
}

fn change(call: &Call<'_>, resource: Option<&str>, on: bool, switches: Vec<Box<str>>) -> Change {
    let level = match resource {
        Some(arn) => PublicAccessLevel::Resource(arn.into()),
        None => PublicAccessLevel::Account(call.account),
    };
    Change::Resource(ResourceChange::SetPublicAccessBlock { level, on, switches })
}

fn get_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).show(move |_| Ok(shown(call.bucket()?.public_access_block)))
}

fn delete_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).change(move || {
        call.bucket()?;
        Ok(change(call, Some(&arn), false, Vec::new()))
    })
}

/// The call is about its own account.
fn check_account(call: &Call<'_>) -> Result<(), Refusal> {
    let id = call.word("account-id");
    if id == call.account.as_str() {
        return Ok(());
    }
    let what = format!("`{id}` is not the account of who calls, {}", call.account);
    Err(Refusal::Error("InvalidRequest", WorldError::new("foreign-account", id, what)))
}

fn put_account_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    check_account(call)?;
    call.needs("*").then(move |session| set_block(call, session, None))
}

fn get_account_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    check_account(call)?;
    call.needs("*").show(move |_| Ok(shown(call.own()?.public_access_block)))
}

fn delete_account_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    check_account(call)?;
    call.needs("*").change(move || Ok(change(call, None, false, Vec::new())))
}
