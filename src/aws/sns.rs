//! SNS: topics and their policies.

use serde_json::json;

use super::call::Call;
use super::operation::{Operation, Service};
use super::plan::Planned;
use super::resource::{self, known, policy_text};
use crate::policy::PolicyType;
use crate::world::{Change, Target, WorldError};

const SNS: Service = Service("sns");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    SNS.row("create-topic", "--name NAME [--tags TAG...] | attributes data-protection-policy", "creates a topic", create),
    SNS.row("delete-topic", "--topic-arn TOPIC", "deletes a topic", delete),
    SNS.row("set-topic-attributes", "--topic-arn TOPIC --attribute-name Policy --attribute-value DOCUMENT", "gives a topic a policy", set),
    SNS.row("add-permission", "--topic-arn TOPIC --label NAME --aws-account-id ACCOUNT... --action-name ACTION...", "adds a statement to the policy of a topic", add),
    SNS.row("remove-permission", "--topic-arn TOPIC --label NAME", "takes a statement out of the policy of a topic", remove),
    SNS.row("get-topic-attributes", "--topic-arn TOPIC", "shows ARN and policy of a topic", get),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (name, tags) = (call.word("name"), call.tags("tags")?);
    let arn = format!("arn:aws:sns:{}:{}:{name}", call.region, call.account);
    let needs = call.needs(&*arn).tagging("sns:TagResource", &tags);
    let shown = json!({"TopicArn": arn});
    needs.change_and_show(move || Ok(resource::tagged(call, &arn, None, tags)), move |_| Ok(shown))
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.word("topic-arn");
    call.needs(arn).change(move || {
        known(call, arn)?;
        Ok(Change::Delete { account: call.account, target: Target::Resource(arn.into()) })
    })
}

fn set<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (arn, name) = (call.word("topic-arn"), call.word("attribute-name"));
    call.needs(arn).change(move || {
        known(call, arn)?;
        if name != "Policy" {
            let what = format!("the attribute `{name}` of a topic is not modelled");
            return Err(WorldError::new("not-modelled", name, what).help("`Policy` is").into());
        }
        let document = call.document("attribute-value", PolicyType::ResourceBased)?;
        Ok(resource::put(call, arn, Some(document)))
    })
}

fn add<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.word("topic-arn");
    call.needs(arn).change(move || {
        let actions = call.list("action-name").map(|action| format!("SNS:{action}"));
        let statement = resource::permission(call.word("label"), call.list("aws-account-id"), actions, arn);
        resource::add_statement(call, arn, statement, "label")
    })
}

fn remove<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.word("topic-arn");
    call.needs(arn).change(move || resource::remove_statement(call, arn, "label"))
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.word("topic-arn");
    call.needs(arn).show(move |_| {
        let mut attributes = json!({"TopicArn": arn, "Owner": known(call, arn)?.owner.as_str()});
        if let Some(policy) = policy_text(known(call, arn)?) {
            attributes["Policy"] = policy.into();
        }
        Ok(json!({"Attributes": attributes}))
    })
}
