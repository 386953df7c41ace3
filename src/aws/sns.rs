//! SNS: topics and their policies.

use serde_json::{Value, json};

use super::call::Call;
use super::operation::{Operation, Service};
use super::plan::Planned;
use super::resource::{self, known};
use crate::policy::PolicyType;
use crate::world::{Resource, WorldError};

const SNS: Service = Service("sns");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    SNS.row("create-topic", "--name NAME [--tags TAG...] | attributes data-protection-policy", "creates a topic", create),
    SNS.row("delete-topic", "--topic-arn TOPIC", "deletes a topic", |call| resource::delete(call, topic(call))),
    SNS.row("set-topic-attributes", "--topic-arn TOPIC --attribute-name Policy --attribute-value DOCUMENT", "gives a topic a policy", set),
    SNS.row("add-permission", "--topic-arn TOPIC --label NAME --aws-account-id ACCOUNT... --action-name ACTION...", "adds a statement to the policy of a topic", |call| resource::add_permission(call, topic(call), "SNS", ("aws-account-id", "action-name"))),
    SNS.row("remove-permission", "--topic-arn TOPIC --label NAME", "takes a statement out of the policy of a topic", |call| resource::remove_permission(call, topic(call), "label")),
    SNS.row("get-topic-attributes", "--topic-arn TOPIC", "shows ARN and policy of a topic", |call| resource::attributes(call, topic(call), shown)),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (name, tags) = (call.word("name"), call.tags("tags")?);
    let arn = format!("arn:aws:sns:{}:{}:{name}", call.region, call.account);
    let needs = call.needs(&*arn).tagging("sns:TagResource", &tags);
    let shown = json!({"TopicArn": arn});
    needs.change_and_show(move || Ok(resource::tagged(call, &arn, None, tags)), move |_| Ok(shown))
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

fn topic(call: &Call<'_>) -> String {
    call.word("topic-arn").to_owned()
}

fn shown(topic: &Resource) -> Value {
    json!({"TopicArn": &*topic.arn, "Owner": topic.owner.as_str()})
}
