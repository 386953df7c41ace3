//! How a bucket encrypts: under which key, and whether it takes objects under keys that requests bring (I23).

use serde_json::json;

use super::super::{
    call::{Call, REGION},
    operation::Operation,
    plan::Planned,
    refusal::Refusal,
};
use super::S3API;
use crate::session::Outcome;
use crate::world::{Change, ResourceChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    S3API.row("put-bucket-encryption", "--bucket BUCKET --server-side-encryption-configuration Rules=[{…}] | expected-bucket-owner", "says how a bucket encrypts: `BlockedEncryptionTypes={EncryptionType=[NONE]}` lets it take objects under SSE-C", put),
    S3API.row("get-bucket-encryption", "--bucket BUCKET | expected-bucket-owner", "shows how a bucket encrypts, and which encryption it refuses", get),
    S3API.row("delete-bucket-encryption", "--bucket BUCKET | expected-bucket-owner", "takes what was said of a bucket's encryption back", delete),
];

/// The only type of encryption that a bucket can refuse, and the word for none.
const SSE_C: &str = "SSE-C";
const NONE: &str = "NONE";

fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).then(move |session| {
        call.bucket()?;
        let (on, change) = (opens(call)?, keyed(call, &arn)?);
        let said =
            "how the bucket treats SSE-C stays as it was: the call names no BlockedEncryptionTypes (I23)";
        let key = change.map(|change| session.world.apply(change)).transpose()?;
        Ok(match (on, key) {
            (Some(on), _) => session.world.apply(switched(arn, on))?.into(),
            (None, Some(key)) => Outcome::from(key),
            (None, None) => Outcome::said(said.to_owned()),
        })
    })
}

fn switched(bucket: String, on: bool) -> Change {
    Change::Resource(ResourceChange::SetSseC { bucket: bucket.into(), on })
}

/// The key that objects get unless they say another; `None` if the call does not say how they are encrypted.
fn keyed(call: &Call<'_>, bucket: &str) -> Result<Option<Change>, Refusal> {
    let given = call.structures("server-side-encryption-configuration")?;
    let default = |field: &str| {
        let path = format!("Rules.ApplyServerSideEncryptionByDefault.{field}");
        given.iter().flat_map(|one| one.at(&path)).next()
    };
    let key = default("KMSMasterKeyID").map(|key| match key.starts_with("arn:") {
        true => key,
        false => format!("arn:aws:kms:{REGION}:{}:key/{key}", call.account),
    });
    let is_said = default("SSEAlgorithm").is_some();
    let bucket = bucket.into();
    Ok(is_said.then(|| Change::Resource(ResourceChange::SetKey { bucket, key: key.map(Into::into) })))
}

/// Whether the call lets objects in under SSE-C; `None` if it does not speak of it.
fn opens(call: &Call<'_>) -> Result<Option<bool>, Refusal> {
    let given = call.structures("server-side-encryption-configuration")?;
    if given.iter().all(|one| one.field("Rules").is_none()) {
        return Err(malformed("", "a configuration consists of `Rules`"));
    }
    let blocked: Vec<String> =
        given.iter().flat_map(|one| one.at("Rules.BlockedEncryptionTypes.EncryptionType")).collect();
    if let Some(other) = blocked.iter().find(|word| !matches!(word.as_str(), SSE_C | NONE)) {
        return Err(malformed(
            other,
            &format!("`{other}` cannot be blocked; the types are {SSE_C} and {NONE}"),
        ));
    }
    Ok((!blocked.is_empty()).then(|| !blocked.iter().any(|word| word == SSE_C)))
}

fn malformed(word: &str, what: &str) -> Refusal {
    Refusal::Error("MalformedXML", WorldError::new("bad-encryption", word, what))
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).show(move |_| {
        let bucket = call.bucket()?;
        let blocked = if bucket.takes_sse_c { NONE } else { SSE_C };
        let mut rule = json!({"BlockedEncryptionTypes": {"EncryptionType": [blocked]}});
        if let Some(key) = &bucket.key {
            rule["ApplyServerSideEncryptionByDefault"] =
                json!({"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key});
        }
        Ok(json!({"ServerSideEncryptionConfiguration": {"Rules": [rule]}}))
    })
}

/// What was configured is gone, so the bucket stands as a new one does.
fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).then(move |session| {
        call.bucket()?;
        let bucket = call.bucket_arn().into();
        session.world.apply(Change::Resource(ResourceChange::SetKey { bucket, key: None }))?;
        let applied = session.world.apply(switched(call.bucket_arn(), false))?;
        let note = "AWS does not write what this means for SSE-C; taken as what a new bucket has, which is blocked (I23)";
        Ok(Outcome::from(applied).note(note))
    })
}
