//! Lambda: the policies of functions, statement by statement.

use serde_json::{Value, json};

use super::call::Call;
use super::operation::{Operation, Service};
use super::plan::Planned;
use super::resource;
use crate::names::AccountId;

const LAMBDA: Service = Service("lambda");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    LAMBDA.row("add-permission", "--function-name FUNCTION --statement-id NAME --action ACTION --principal PRINCIPAL [--source-arn ARN] [--source-account ACCOUNT] [--principal-org-id ORGANIZATION] [--function-url-auth-type AWS_IAM|NONE] | revision-id", "adds a statement to the policy of a function", add),
    LAMBDA.row("remove-permission", "--function-name FUNCTION --statement-id NAME | revision-id", "takes a statement out of the policy of a function", |call| resource::remove_permission(call, function(call), "statement-id")),
    LAMBDA.row("get-policy", "--function-name FUNCTION", "shows the policy of a function", |call| resource::get_policy(call, function(call), "Policy")),
];

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
    let url = call.option("function-url-auth-type");
    let needs =
        call.needs(&*arn).with("lambda:Principal", principal).with_some("lambda:FunctionUrlAuthType", url);
    needs.change_and_show(
        move || resource::add_statement(call, &arn, shown, "statement-id"),
        move |_| Ok(said),
    )
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
        ("function-url-auth-type", "StringEquals", "lambda:FunctionUrlAuthType"),
    ];
    for (option, operator, key) in conditions {
        if let Some(value) = call.option(option) {
            statement["Condition"][operator][key] = value.into();
        }
    }
    statement
}
