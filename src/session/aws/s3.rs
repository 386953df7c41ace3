//! S3: buckets, their policies, Block Public Access.

use serde_json::{Value, json};

use super::call::Call;
use super::operation::Operation;
use super::plan::Planned;
use super::refusal::Refusal;
use super::resource::{self, policy_text};
use crate::policy::PolicyType;
use crate::session::outcome::Outcome;
use crate::session::state::Session;
use crate::world::{Change, PublicAccessBlock, Resource, ResourceChange, Tags, Target, WorldError};

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    s3api("create-bucket", "--bucket BUCKET [--create-bucket-configuration LocationConstraint=REGION]", "creates a bucket", create),
    s3api("delete-bucket", "--bucket BUCKET", "deletes a bucket", delete),
    s3api("list-buckets", "", "lists the buckets of the account", list),
    s3api("put-bucket-policy", "--bucket BUCKET --policy DOCUMENT", "gives a bucket a policy", put_policy),
    s3api("get-bucket-policy", "--bucket BUCKET", "shows the policy of a bucket", get_policy),
    s3api("delete-bucket-policy", "--bucket BUCKET", "takes it away", delete_policy),
    s3api("put-bucket-tagging", "--bucket BUCKET --tagging TagSet=[{Key=…,Value=…}]", "replaces the tags of a bucket", put_tags),
    s3api("put-public-access-block", "--bucket BUCKET --public-access-block-configuration SWITCHES", "sets Block Public Access of a bucket", put_block),
    s3api("get-public-access-block", "--bucket BUCKET", "shows it", get_block),
    s3api("delete-public-access-block", "--bucket BUCKET", "switches it off", delete_block),
    s3control("put-public-access-block", "--account-id ACCOUNT --public-access-block-configuration SWITCHES", "sets Block Public Access of the account", put_account_block),
    s3control("get-public-access-block", "--account-id ACCOUNT", "shows it", get_account_block),
];

const fn s3api(
    name: &'static str,
    options: &'static str,
    help: &'static str,
    plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
) -> Operation {
    Operation::of("s3api", name, options, help, plan)
}

const fn s3control(
    name: &'static str,
    options: &'static str,
    help: &'static str,
    plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
) -> Operation {
    Operation::of("s3control", name, options, help, plan)
}

impl Call<'_> {
    fn bucket_arn(&self) -> String {
        format!("arn:aws:s3:::{}", self.word("bucket"))
    }

    fn bucket(&self) -> Result<&Resource, Refusal> {
        let name = self.word("bucket");
        self.world.resource(&self.bucket_arn()).map(AsRef::as_ref).ok_or_else(|| {
            let known = self.world.resources().filter_map(|one| one.arn.strip_prefix("arn:aws:s3:::"));
            let what = format!("there is no bucket `{name}`");
            WorldError::new("unknown-bucket", name, what).suggest(known).into()
        })
    }
}

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    let place = call.structures("create-bucket-configuration")?;
    let place = place.first().and_then(|one| one.text("LocationConstraint"));
    call.needs(&*arn).with_some("s3:LocationConstraint", place).then(move |session| {
        if call.world.resource(&arn).is_some() {
            let what = format!("there is a bucket `{}` already", call.word("bucket"));
            return Err(WorldError::new("bucket-exists", call.word("bucket"), what).into());
        }
        session.world.apply(resource::put(call, &arn, None))?;
        let shown = json!({"Location": format!("/{}", call.word("bucket"))});
        Ok(Outcome::of(crate::session::Part::Json(shown)))
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).change(move || {
        call.bucket()?;
        Ok(Change::Delete { account: call.account, target: Target::Resource(arn.into()) })
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let own = call.world.resources().filter(|one| one.owner == call.account);
        let names =
            own.filter_map(|one| one.arn.strip_prefix("arn:aws:s3:::")).filter(|name| !name.contains('/'));
        Ok(json!({"Buckets": names.map(|name| json!({"Name": name})).collect::<Value>()}))
    })
}

fn put_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).change(move || {
        call.bucket()?;
        let document = call.document("policy", PolicyType::ResourceBased)?;
        Ok(resource::put(call, &arn, Some(document)))
    })
}

fn get_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).show(move |_| {
        let policy = policy_text(call.bucket()?).ok_or_else(|| {
            let name = call.word("bucket");
            WorldError::new("no-bucket-policy", name, format!("bucket `{name}` has no policy"))
        })?;
        Ok(json!({"Policy": policy}))
    })
}

fn delete_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).change(move || {
        call.bucket()?;
        Ok(Change::Resource(ResourceChange::DeletePolicy { arn: arn.into() }))
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
    let given = structures.iter().flat_map(super::shorthand::Structure::fields);
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
    let set = |on, switches| {
        Change::Resource(ResourceChange::SetPublicAccessBlock {
            account: call.account,
            resource: resource.map(Into::into),
            on,
            switches,
        })
    };
    let off = session.world.apply(set(false, Vec::new()))?;
    Ok(if on.is_empty() { off } else { session.world.apply(set(true, on))? }.into())
}

fn get_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).show(move |_| Ok(shown(call.bucket()?.public_access_block)))
}

fn delete_block<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).change(move || {
        call.bucket()?;
        let (account, resource) = (call.account, Some(arn.into()));
        Ok(Change::Resource(ResourceChange::SetPublicAccessBlock {
            account,
            resource,
            on: false,
            switches: Vec::new(),
        }))
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
