//! SNS: topics and their policies.

use serde_json::json;

use super::call::Call;
use super::operation::Operation;
use super::plan::Planned;
use super::resource::{self, known, policy_text};
use crate::policy::PolicyType;
use crate::world::{Change, ResourceChange, Target, WorldError};

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    Operation::of("sns", "create-topic", "--name NAME [--tags TAG...]", "creates a topic", create),
    Operation::of("sns", "delete-topic", "--topic-arn TOPIC", "deletes a topic", delete),
    Operation::of("sns", "set-topic-attributes", "--topic-arn TOPIC --attribute-name Policy --attribute-value DOCUMENT", "gives a topic a policy", set),
    Operation::of("sns", "get-topic-attributes", "--topic-arn TOPIC", "shows ARN and policy of a topic", get),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (name, tags) = (call.word("name"), call.tags("tags")?);
    let arn = format!("arn:aws:sns:{}:{}:{name}", call.region, call.account);
    let needs = call.needs(&*arn).with_tags(&tags);
    let shown = json!({"TopicArn": arn});
    needs.change_and_show(
        move || {
            let owner = None;
            Ok(Change::Resource(ResourceChange::Put {
                arn: arn.into(),
                owner,
                selected: call.account,
                policy: None,
                tags,
            }))
        },
        move |_| Ok(shown),
    )
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
