//! Block Public Access of buckets and of the account (D36).

use serde_json::{Value, json};

use super::super::{
    call::Call,
    operation::Operation,
    plan::{Needs, Planned},
    refusal::Refusal,
    shorthand::Structure,
};
use super::{S3API, S3CONTROL};
use crate::world::{Change, PublicAccessBlock, PublicAccessLevel, ResourceChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    S3API.row("put-public-access-block", "--bucket BUCKET --public-access-block-configuration SWITCHES", "sets Block Public Access of a bucket", put),
    S3API.row("get-public-access-block", "--bucket BUCKET", "shows Block Public Access of a bucket", get),
    S3API.row("delete-public-access-block", "--bucket BUCKET", "switches Block Public Access of a bucket off", delete),
    S3CONTROL.row("put-public-access-block", "--account-id ACCOUNT --public-access-block-configuration SWITCHES", "sets Block Public Access of the account", put),
    S3CONTROL.row("get-public-access-block", "--account-id ACCOUNT", "shows Block Public Access of the account", get),
    S3CONTROL.row("delete-public-access-block", "--account-id ACCOUNT", "switches Block Public Access of the account off", delete),
];

fn shown(block: PublicAccessBlock) -> Value {
    let switches = block.switches().map(|(ours, on)| (PublicAccessBlock::aws_name(ours), on.into()));
    let switches: serde_json::Map<_, _> = switches.into_iter().collect();
    json!({"PublicAccessBlockConfiguration": switches})
}

/// What the call is about: a bucket, or the caller's own account.
enum SwitchScope {
    Bucket(String),
    Own,
}

impl SwitchScope {
    fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        match call.option("account-id") {
            None => Ok(Self::Bucket(call.bucket_arn())),
            Some(id) if id == call.account.as_str() => Ok(Self::Own),
            Some(id) => {
                let what = format!("`{id}` is not the account of who calls, {}", call.account);
                Err(Refusal::Error("InvalidRequest", WorldError::new("foreign-account", id, what)))
            }
        }
    }

    fn needs(&self, call: &Call<'_>) -> Needs {
        match self {
            Self::Bucket(arn) => call.needs(&**arn),
            Self::Own => call.needs("*"),
        }
    }

    /// How the switches stand, if it exists.
    fn block(&self, call: &Call<'_>) -> Result<PublicAccessBlock, Refusal> {
        match self {
            Self::Bucket(_) => Ok(call.bucket()?.public_access_block),
            Self::Own => Ok(call.own()?.public_access_block),
        }
    }

    fn change(&self, call: &Call<'_>, on: bool, switches: Vec<Box<str>>) -> Change {
        let level = match self {
            Self::Bucket(arn) => PublicAccessLevel::Resource(arn.as_str().into()),
            Self::Own => PublicAccessLevel::Account(call.account),
        };
        Change::Resource(ResourceChange::SetPublicAccessBlock { level, on, switches })
    }
}

/// Sets the four switches; those that the call does not name are off.
fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let scope = SwitchScope::of(call)?;
    scope.needs(call).then(move |session| {
        scope.block(call)?;
        let on = named_on(call)?;
        let all_off = session.world.apply(scope.change(call, false, Vec::new()))?;
        let left = if on.is_empty() { all_off } else { session.world.apply(scope.change(call, true, on))? };
        Ok(left.into())
    })
}

/// The switches that the call names and wants on.
fn named_on(call: &Call<'_>) -> Result<Vec<Box<str>>, Refusal> {
    let structures = call.structures("public-access-block-configuration")?;
    let mut on = Vec::new();
    for (name, value) in structures.iter().flat_map(Structure::fields) {
        let Some(ours) =
            PublicAccessBlock::SWITCHES.into_iter().find(|ours| PublicAccessBlock::aws_name(ours) == name)
        else {
            let what = format!("`{name}` is no switch of Block Public Access");
            let known = PublicAccessBlock::SWITCHES.map(PublicAccessBlock::aws_name);
            let error = WorldError::new("unknown-switch", name, what);
            return Err(error.suggest(known.iter().map(String::as_str)).into());
        };
        if value.to_string().trim_matches('"').eq_ignore_ascii_case("true") {
            on.push(ours.into());
        }
    }
    Ok(on)
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let scope = SwitchScope::of(call)?;
    scope.needs(call).show(move |_| Ok(shown(scope.block(call)?)))
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let scope = SwitchScope::of(call)?;
    scope.needs(call).change(move || {
        scope.block(call)?;
        Ok(scope.change(call, false, Vec::new()))
    })
}
