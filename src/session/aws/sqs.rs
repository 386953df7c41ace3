//! SQS: queues and their policies.

use serde_json::json;

use super::call::Call;
use super::given::Value;
use super::operation::Operation;
use super::plan::Planned;
use super::refusal::Refusal;
use super::resource::{self, known, policy_text};
use crate::policy::PolicyType;
use crate::source::{Place, Source, Span};
use crate::world::{Change, ResourceChange, Target, WorldError};

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    Operation::of("sqs", "create-queue", "--queue-name NAME", "creates a queue", create),
    Operation::of("sqs", "delete-queue", "--queue-url QUEUE", "deletes a queue", delete),
    Operation::of("sqs", "set-queue-attributes", "--queue-url QUEUE --attributes Policy=DOCUMENT", "gives a queue a policy", set),
    Operation::of("sqs", "get-queue-attributes", "--queue-url QUEUE [--attribute-names NAME...]", "shows ARN and policy of a queue", get),
];

/// The ARN of the queue that a URL names: `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`.
fn queue(call: &Call<'_>) -> Result<String, Refusal> {
    let url = call.word("queue-url");
    let parts: Vec<&str> = url.trim_start_matches("https://").split('/').collect();
    let region = |host: &str| host.strip_prefix("sqs.")?.split('.').next().map(str::to_owned);
    match parts[..] {
        [host, account, name] if url.starts_with("https://") && !name.is_empty() => {
            let region = region(host).unwrap_or_else(|| call.region.to_owned());
            Ok(format!("arn:aws:sqs:{region}:{account}:{name}"))
        }
        _ => {
            let what = format!("`{url}` is not the URL of a queue");
            let help = "it has the form `https://sqs.us-east-1.amazonaws.com/111122223333/jobs`";
            Err(WorldError::new("bad-queue-url", url, what).help(help).into())
        }
    }
}

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (region, account, name) = (call.region, call.account, call.word("queue-name"));
    let arn = format!("arn:aws:sqs:{region}:{account}:{name}");
    let needs = call.needs(&*arn);
    let url = format!("https://sqs.{region}.amazonaws.com/{account}/{name}");
    needs.change_and_show(move || Ok(resource::put(call, &arn, None)), move |_| Ok(json!({"QueueUrl": url})))
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = queue(call)?;
    call.needs(&*arn).change(move || {
        known(call, &arn)?;
        Ok(Change::Delete { account: call.account, target: Target::Resource(arn.into()) })
    })
}

fn set<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = queue(call)?;
    call.needs(&*arn).then(move |session| {
        known(call, &arn)?;
        let attributes = call.structures("attributes")?;
        let fields = || attributes.iter().flat_map(super::shorthand::Structure::fields);
        let policy = attributes.iter().find_map(|one| one.text("Policy"));
        let outcome = match policy {
            Some(text) if text.is_empty() => session
                .world
                .apply(Change::Resource(ResourceChange::DeletePolicy { arn: arn.as_str().into() }))?
                .into(),
            Some(text) => {
                let document =
                    call.document_in(&part(call.value("attributes")?, text), PolicyType::ResourceBased)?;
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

/// A document that stands as text within a value.
fn part(value: &Value, text: String) -> Value {
    let source = Source::new("<Policy>", text);
    let span = Span::new(0, source.text().len() as u32);
    Value { text: source.text().into(), whole: Place::new(&source, span), place: value.place.clone() }
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = queue(call)?;
    call.needs(&*arn).show(move |_| {
        let mut attributes = json!({"QueueArn": arn});
        if let Some(policy) = policy_text(known(call, &arn)?) {
            attributes["Policy"] = policy.into();
        }
        Ok(json!({"Attributes": attributes}))
    })
}
