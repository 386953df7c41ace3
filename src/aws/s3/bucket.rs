//! Buckets.

use serde_json::{Value, json};

use super::super::call::{Call, REGION};
use super::super::operation::Operation;
use super::super::plan::{Needs, Planned};
use super::super::refusal::Refusal;
use super::super::resource;
use super::{BUCKET, S3, S3API};
use crate::session::{Need, Outcome, Part};
use crate::world::{Change, Tags, Target, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    S3API.row("create-bucket", "--bucket BUCKET [--create-bucket-configuration LocationConstraint=REGION] | acl object-ownership object-lock-enabled-for-bucket no-object-lock-enabled-for-bucket", "creates a bucket", create),
    S3API.row("delete-bucket", "--bucket BUCKET | expected-bucket-owner", "deletes a bucket", delete),
    S3API.row("list-buckets", "", "lists the buckets of the account", list),
    S3API.row("put-bucket-tagging", "--bucket BUCKET --tagging TagSet=[{Key=…,Value=…}]", "replaces the tags of a bucket", put_tags),
    S3.row("mb", "S3-PATH", "creates a bucket: `aws s3 mb s3://BUCKET`", make),
    S3.row("rb", "S3-PATH [--force]", "deletes a bucket: `aws s3 rb s3://BUCKET`", remove),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let place = call.structures("create-bucket-configuration")?;
    let place = place.first().and_then(|one| one.text("LocationConstraint"));
    let needs = to_create(call)?.with_some("s3:LocationConstraint", place.clone());
    needs.then(move |session| {
        if place.is_none() && call.region != REGION {
            let what = "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.";
            let help = format!("`--create-bucket-configuration LocationConstraint={}`", call.region);
            return Err(Refusal::Error(
                "IllegalLocationConstraintException",
                WorldError::new("no-location", call.region, what).help(help),
            ));
        }
        session.world.apply(new(call, place.as_deref())?)?;
        let name = call.bucket_name();
        let location = match place {
            None => format!("/{name}"),
            Some(_) => format!("http://{name}.s3.amazonaws.com/"),
        };
        Ok(Outcome::of(Part::Json(json!({"Location": location}))))
    })
}

/// That the caller's account may have another bucket of the name; whose it is, AWS says afterwards.
fn to_create(call: &Call<'_>) -> Result<Needs, Refusal> {
    check_name(call.bucket_name())?;
    Ok(call.needs(call.bucket_arn()).owned_by(call.account))
}

/// A new bucket of the caller's account, in the Region of its location constraint.
fn new(call: &Call<'_>, place: Option<&str>) -> Result<Change, Refusal> {
    let (name, arn) = (call.bucket_name(), call.bucket_arn());
    match call.world.resource(&arn) {
        None => Ok(resource::in_region(call, &arn, place.unwrap_or(REGION))),
        Some(known) => {
            let code = if known.owner == call.account { "bucket-exists" } else { "bucket-taken" };
            let what = format!("bucket `{name}` belongs to account {}", known.owner);
            Err(WorldError::new(code, name, what).into())
        }
    }
}

/// Names of buckets: 3 to 63 small letters, digits, `.` and `-`, a letter or digit at both ends.
fn check_name(name: &str) -> Result<(), Refusal> {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends = name.bytes().next().is_some_and(letter) && name.bytes().last().is_some_and(letter);
    let fits = (3..=63).contains(&name.len()) && name.bytes().all(|b| letter(b) || b".-".contains(&b));
    if ends && fits && !name.contains("..") {
        return Ok(());
    }
    let help = "it has 3 to 63 small letters, digits, `.` and `-`, with a letter or digit at both ends";
    Err(WorldError::new("bad-bucket-name", name, format!("`{name}` is not a name for a bucket"))
        .help(help)
        .into())
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).change(move || gone(call))
}

fn gone(call: &Call<'_>) -> Result<Change, Refusal> {
    let arn = call.bucket()?.arn.clone();
    Ok(Change::Delete { account: call.account, target: Target::Resource(arn) })
}

fn make<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let place = (call.region != REGION).then_some(call.region);
    to_create(call)?.with_some("s3:LocationConstraint", place).then(move |session| {
        session.world.apply(new(call, place)?)?;
        Ok(Outcome::said(format!("make_bucket: {}", call.bucket_name())))
    })
}

/// `--force` empties the bucket first.
fn remove<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    let emptied = [Need::new("s3:ListBucket", &*arn), Need::new("s3:DeleteObject", format!("{arn}/*"))];
    let needs = emptied.into_iter().filter(|_| call.has("force")).fold(Needs::default(), Needs::and);
    needs.and(Need::new(call.action(), arn)).then(move |session| {
        session.world.apply(gone(call)?)?;
        Ok(Outcome::said(format!("remove_bucket: {}", call.bucket_name())))
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let own = call.world.resources().filter(|one| one.owner == call.account);
        let names = own.filter_map(|one| one.arn.strip_prefix(BUCKET)).filter(|name| !name.contains('/'));
        Ok(json!({"Buckets": names.map(|name| json!({"Name": name})).collect::<Value>()}))
    })
}

/// The tags of a bucket are replaced, not added to.
fn put_tags<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).then(move |session| {
        let keys = call.bucket()?.tags.keys().cloned().collect();
        let target = || Target::Resource(arn.as_str().into());
        let tags = tag_set(call)?;
        session.world.apply(Change::Untag { account: call.account, target: target(), keys })?;
        Ok(session.world.apply(Change::Tag { account: call.account, target: target(), tags })?.into())
    })
}

/// `TagSet=[{Key=a,Value=b}]`, or the same as JSON.
fn tag_set(call: &Call<'_>) -> Result<Tags, Refusal> {
    let text = call.word("tagging").trim();
    let wrong = || WorldError::new("bad-tag", "", "tags of a bucket are `TagSet=[{Key=team,Value=core}]`");
    let inside = text.strip_prefix("TagSet=").and_then(|set| set.strip_prefix('[')?.strip_suffix(']'));
    let mut tags = Tags::new();
    match inside {
        Some(inside) => {
            for one in inside.split("},").map(|one| one.trim().trim_matches(['{', '}'])) {
                let (key, value) =
                    one.strip_prefix("Key=").and_then(|one| one.split_once(",Value=")).ok_or_else(wrong)?;
                tags.insert(key.into(), value.into());
            }
        }
        None => {
            let json: Value = serde_json::from_str(text).map_err(|_| wrong())?;
            for one in json["TagSet"].as_array().ok_or_else(wrong)? {
                let key = one["Key"].as_str().ok_or_else(wrong)?;
                tags.insert(key.into(), one["Value"].as_str().unwrap_or_default().into());
            }
        }
    }
    Ok(tags)
}
