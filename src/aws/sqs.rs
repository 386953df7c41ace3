//! SQS: queues and their policies.

use serde_json::json;

use super::call::Call;
use super::given::Arg;
use super::operation::{Operation, Service};
use super::plan::Planned;
use super::refusal::Refusal;
use super::resource::{self, known};
use super::shorthand::Structure;
use crate::policy::PolicyType;
use crate::world::{Change, ResourceChange, Tags, WorldError};

const SQS: Service = Service("sqs");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    SQS.row("create-queue", "--queue-name NAME [--tags KEY=VALUE,KEY=VALUE] | attributes", "creates a queue", create),
    SQS.row("delete-queue", "--queue-url QUEUE", "deletes a queue", |call| resource::delete(call, queue(call)?)),
    SQS.row("set-queue-attributes", "--queue-url QUEUE --attributes Policy=DOCUMENT", "gives a queue a policy", set),
    SQS.row("add-permission", "--queue-url QUEUE --label NAME --aws-account-ids ACCOUNT... --actions ACTION...", "adds a statement to the policy of a queue", |call| resource::add_permission(call, queue(call)?, "SQS", ("aws-account-ids", "actions"))),
    SQS.row("remove-permission", "--queue-url QUEUE --label NAME", "takes a statement out of the policy of a queue", |call| resource::remove_permission(call, queue(call)?, "label")),
    SQS.row("get-queue-attributes", "--queue-url QUEUE [--attribute-names NAME...]", "shows ARN and policy of a queue", |call| resource::attributes(call, queue(call)?, |queue| json!({"QueueArn": &*queue.arn}))),
];

/// The ARN of the queue that a URL names: `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`, or the older
/// `https://queue.amazonaws.com/ACCOUNT/NAME` of the Region of the call.
pub(super) fn arn_of(url: &str, region: &str) -> Option<String> {
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    let (account, name) = path.split_once('/').filter(|(_, name)| !name.is_empty() && !name.contains('/'))?;
    let own = match host.strip_prefix("sqs.").and_then(|host| host.strip_suffix(".amazonaws.com")) {
        None => host.ends_with("queue.amazonaws.com").then_some(region)?,
        Some(own) => own,
    };
    Some(format!("arn:aws:sqs:{own}:{account}:{name}"))
}

fn queue(call: &Call<'_>) -> Result<String, Refusal> {
    let url = call.word("queue-url");
    arn_of(url, call.region).ok_or_else(|| {
        let what = format!("`{url}` is not the URL of a queue");
        let help = "it has the form `https://sqs.us-east-1.amazonaws.com/111122223333/jobs`";
        WorldError::new("bad-queue-url", url, what).help(help).into()
    })
}

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (region, account, name) = (call.region, call.account, call.word("queue-name"));
    let arn = format!("arn:aws:sqs:{region}:{account}:{name}");
    let tags: Tags = call
        .structures("tags")?
        .iter()
        .flat_map(Structure::fields)
        .map(|(key, value)| (key.into(), value.as_str().unwrap_or_default().into()))
        .collect();
    let needs = call.needs(&*arn).tagging("sqs:TagQueue", &tags);
    let url = format!("https://sqs.{region}.amazonaws.com/{account}/{name}");
    needs.change_and_show(
        move || Ok(resource::tagged(call, &arn, None, tags)),
        move |_| Ok(json!({"QueueUrl": url})),
    )
}

fn set<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = queue(call)?;
    call.needs(&*arn).then(move |session| {
        known(call, &arn)?;
        let attributes = call.structures("attributes")?;
        let fields = || attributes.iter().flat_map(Structure::fields);
        let policy = attributes.iter().find_map(|one| one.text("Policy"));
        let outcome = match policy {
            Some(text) if text.is_empty() => session
                .world
                .apply(Change::Resource(ResourceChange::DeletePolicy { arn: arn.as_str().into() }))?
                .into(),
            Some(text) => {
                let value = Arg::made("<Policy>", text, call.value("attributes")?);
                let document = call.document_in(&value, PolicyType::ResourceBased)?;
                session.world.apply(resource::put(call, &arn, Some(document)))?.into()
            }
            None => crate::session::Outcome::said(format!("nothing to change in {arn}")),
        };
        let others: Vec<String> =
            fields().filter(|(name, _)| *name != "Policy").map(|(name, _)| format!("`{name}`")).collect();
        Ok(match others.is_empty() {
            true => outcome,
            false => outcome.note(format!("{} is not kept: it decides nothing here", others.join(", "))),
        })
    })
}
