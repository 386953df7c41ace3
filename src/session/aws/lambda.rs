//! Lambda: the policies of functions, statement by statement.

use serde_json::{Value, json};

use super::call::Call;
use super::given::Value as Given;
use super::operation::Operation;
use super::plan::Planned;
use super::resource::{self, known, policy_text};
use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::source::{Place, Source, Span};
use crate::world::{Change, ResourceChange, WorldError};

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    Operation::of("lambda", "add-permission", "--function-name FUNCTION --statement-id NAME --action ACTION --principal PRINCIPAL [--source-arn ARN] [--source-account ACCOUNT] [--principal-org-id ORGANIZATION]", "adds a statement to the policy of a function", add),
    Operation::of("lambda", "remove-permission", "--function-name FUNCTION --statement-id NAME", "takes a statement away", remove),
    Operation::of("lambda", "get-policy", "--function-name FUNCTION", "shows the policy of a function", get),
];

/// The ARN of the function that the call names by ARN or name.
fn function(call: &Call<'_>) -> String {
    let name = call.word("function-name");
    match name.starts_with("arn:") {
        true => name.to_owned(),
        false => format!("arn:aws:lambda:{}:{}:function:{name}", call.region, call.account),
    }
}

fn add<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (arn, principal) = (function(call), call.word("principal"));
    let shown = statement(call, &arn);
    let said = json!({"Statement": shown.to_string()});
    call.needs(&*arn).with("lambda:Principal", principal).change_and_show(
        move || {
            let mut policy = policy_of(call, &arn)?;
            let sid = call.word("statement-id");
            let statements = policy["Statement"].as_array_mut();
            let Some(statements) = statements.filter(|all| all.iter().all(|one| one["Sid"] != sid)) else {
                let what = format!("the policy of the function has a statement `{sid}` already");
                return Err(super::refusal::Refusal::Error(
                    "ResourceConflictException",
                    WorldError::new("statement-exists", sid, what),
                ));
            };
            statements.push(shown);
            changed(call, &arn, &policy)
        },
        move |_| Ok(said),
    )
}

/// The policy that a function has, or an empty one.
fn policy_of(call: &Call<'_>, arn: &str) -> Result<Value, super::refusal::Refusal> {
    let text = policy_text(known(call, arn)?);
    let mut policy: Value = text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(|| json!({"Version": "2012-10-17", "Id": "default", "Statement": []}));
    if !policy["Statement"].is_array() {
        policy["Statement"] = json!([policy["Statement"].take()]);
    }
    Ok(policy)
}

/// The function with another policy.
fn changed(call: &Call<'_>, arn: &str, policy: &Value) -> Result<Change, super::refusal::Refusal> {
    let text = serde_json::to_string_pretty(policy).unwrap_or_default();
    let source = Source::new(format!("<policy of {arn}>"), text);
    let whole = Place::new(&source, Span::new(0, source.text().len() as u32));
    let place = call.value("function-name")?.place.clone();
    let value = Given { text: source.text().into(), whole, place };
    Ok(resource::put(call, arn, Some(call.document_in(&value, PolicyType::ResourceBased)?)))
}

/// The statement that Lambda makes of the options.
fn statement(call: &Call<'_>, arn: &str) -> Value {
    let principal = call.word("principal");
    let who = match AccountId::parse(principal) {
        Some(account) => json!({"AWS": format!("arn:aws:iam::{account}:root")}),
        None if principal == "*" => json!("*"),
        None if principal.starts_with("arn:") => json!({"AWS": principal}),
        None => json!({"Service": principal}),
    };
    let mut statement = json!({
        "Sid": call.word("statement-id"),
        "Effect": "Allow",
        "Principal": who,
        "Action": call.word("action"),
        "Resource": arn,
    });
    let conditions = [
        ("source-arn", "ArnLike", "AWS:SourceArn"),
        ("source-account", "StringEquals", "AWS:SourceAccount"),
        ("principal-org-id", "StringEquals", "aws:PrincipalOrgID"),
    ];
    for (option, operator, key) in conditions {
        if let Some(value) = call.option(option) {
            statement["Condition"][operator][key] = value.into();
        }
    }
    statement
}

fn remove<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (arn, sid) = (function(call), call.word("statement-id"));
    call.needs(&*arn).change(move || {
        let mut policy = policy_of(call, &arn)?;
        let statements = policy["Statement"].as_array_mut();
        let (before, left) = statements.map_or((0, 0), |all| {
            let before = all.len();
            all.retain(|one| one["Sid"] != sid);
            (before, all.len())
        });
        match (before == left, left) {
            (true, _) => {
                let what = format!("the policy of the function has no statement `{sid}`");
                Err(WorldError::new("unknown-resource", sid, what).into())
            }
            (_, 0) => Ok(Change::Resource(ResourceChange::DeletePolicy { arn: arn.into() })),
            _ => changed(call, &arn, &policy),
        }
    })
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    resource::get_policy(call, function(call), "Policy")
}
