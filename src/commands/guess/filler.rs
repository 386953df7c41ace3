//! What stands for the fillers of a line that is offered: what was typed, and what follows from it and from the session.

use super::word::{Found, label};
use crate::facts;
use crate::session::Session;
use crate::syntax::json::quote;
use crate::world::{Account, PrincipalKind};

/// A text with its fillers; nothing where one is not known.
pub(super) fn filled(text: &str, fillers: &[(String, String)]) -> Option<String> {
    let text = fillers.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    let unknown = text.split('{').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    (!unknown).then(|| text.replace("  ", " "))
}

/// What stands for each filler: what the slots hold, and what follows from it and from the session.
pub(super) fn fillers(found: &[Found], session: &Session) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for Found { label, value, .. } in found {
        let second = all.iter().any(|(name, _)| *name == format!("{{{label}}}"));
        let name = if second { format!("{{SECOND-{label}}}") } else { format!("{{{label}}}") };
        all.push((name, value.clone()));
    }
    let says = found.iter().find(|one| one.label == "TASK").map(|one| task_says(&one.value));
    let value = |label: &str| found.iter().find(|one| one.label == label).map(|one| one.value.as_str());
    let mut add =
        |name: &str, value: Option<String>| all.extend(value.map(|value| (format!("{{{name}}}"), value)));
    add("TASK-SAYS", says.map(str::to_owned));
    let world = session.world();
    let selected = session.selected().and_then(|id| world.account(id)).map(AsRef::as_ref);
    add("HERE", selected.map(label));
    add("TRUST", selected.map(trust));
    add("ROOT-EMAIL", selected.and_then(email));
    let other = world.accounts().find(|one| Some(one.id) != session.selected() && email(one).is_some());
    add("OTHER-EMAIL", other.and_then(|account| email(account)));
    add("SOMEONE", selected.and_then(somebody));
    let role = value("ROLE").zip(selected).and_then(|(name, account)| Some((account.role(name)?, account)));
    add("ROLE-ARN", role.map(|(role, account)| role.arn(account.id)));
    let named = value("ACCOUNT").and_then(|word| world.find_account(word));
    add("ACCOUNT-ID", named.map(|account| account.id.to_string()));
    add("EMAIL-OF-ACCOUNT", named.and_then(|account| email(account)));
    add("SOMEONE-OF-ACCOUNT", named.and_then(|account| somebody(account)));
    let of = value("USER").map(|name| {
        let here = selected.into_iter();
        here.chain(world.accounts().map(AsRef::as_ref)).find(|account| account.user(name).is_some())
    });
    add("HOME", of.flatten().map(label));
    let user = value("USER").and_then(|name| Some((selected?.user(name)?, selected?.id)));
    add("USER-ARN", user.map(|(user, account)| user.arn(account)));
    add("HERE-ID", selected.map(|account| account.id.to_string()));
    add(
        "OTHER-ID",
        world.accounts().find(|one| Some(one.id) != session.selected()).map(|one| one.id.to_string()),
    );
    let bucket = value("BUCKET");
    add("BUCKET-NAME", bucket.and_then(|arn| arn.rsplit(':').next()).map(str::to_owned));
    add(
        "PUBLIC",
        bucket.map(|arn| policy_text("Allow", "\"Principal\": \"*\", ", "s3:GetObject", &format!("{arn}/*"))),
    );
    let service = value("SERVICE");
    add("SERVICE-TRUST", service.map(trust_of_service));
    let service = found.iter().rfind(|one| one.label == "SERVICE").map(|one| one.value.as_str());
    add("READ-POLICY", service.and_then(|service| managed(service, "ReadOnlyAccess")));
    add("FULL-POLICY", service.and_then(|service| managed(service, "FullAccess")));
    let on_all = bucket.map(|arn| format!("s3:GetObject on {arn}/*"));
    if let Some(deed) = value("DEED").map(str::to_owned).or(on_all) {
        let (action, resource) = deed.split_once(" on ").unwrap_or((&deed, "*"));
        add("DEED-NAME", action.split(':').nth(1).map(str::to_owned));
        add("ALLOW-DEED", Some(policy_text("Allow", "", action, resource)));
        add("DENY-DEED", Some(policy_text("Deny", "", action, resource)));
        let of_one = deed.strip_suffix("/*").map(|start| format!("{start}/example.txt"));
        add(
            "OF-ONE-SAYS",
            Some(
                of_one
                    .as_ref()
                    .map(|_| "it is asked for one object: a policy may name others")
                    .unwrap_or_default()
                    .to_owned(),
            ),
        );
        add("DEED-OF-ONE", value("DEED").map(|_| of_one.unwrap_or_else(|| deed.clone())));
    }
    add("READ-ALL", Some(policy_text("Allow", "", "s3:GetObject", "arn:aws:s3:::acme-reports/*")));
    add("DENY-ALL", Some(policy_text("Deny", "", "*", "*")));
    add(
        "ME",
        session.signed_in().and_then(|who| match &who.kind {
            PrincipalKind::User { name, .. } => Some(name.to_string()),
            _ => None,
        }),
    );
    all
}

/// A policy of one statement.
fn policy_text(effect: &str, principal: &str, action: &str, resource: &str) -> String {
    let resource = quote(resource);
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "{effect}", {principal}"Action": "{action}", "Resource": {resource} }} }}"#
    )
}

/// A trust policy that lets a service assume a role.
fn trust_of_service(service: &str) -> String {
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "{service}.amazonaws.com" }}, "Action": "sts:AssumeRole" }} }}"#
    )
}

/// The policy of AWS for all of a service that ends so: the one with the shortest name.
fn managed(service: &str, end: &str) -> Option<String> {
    let is_its = |name: &&str| {
        let start = name.strip_suffix(end).map(|start| start.trim_end_matches('_').to_ascii_lowercase());
        start.is_some_and(|start| {
            ["", "amazon", "aws"].iter().any(|before| start == format!("{before}{service}"))
        })
    };
    facts::managed_policy_names().find(is_its).map(str::to_owned)
}

/// A trust policy that leaves it to the account.
fn trust(account: &Account) -> String {
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "{}" }}, "Action": "sts:AssumeRole" }} }}"#,
        account.id
    )
}

fn email(account: &Account) -> Option<String> {
    Some(account.root.email.to_string()).filter(|email| !email.is_empty())
}

/// Some user of an account.
fn somebody(account: &Account) -> Option<String> {
    account.users.keys().next().map(|name| name.to_string())
}

/// What is worth knowing of a task, whatever the answer.
fn task_says(action: &str) -> &'static str {
    match action {
        "account:CloseAccount" => "no policy gives that away: it is the root user's alone; ",
        "billing:GetBillingData" => {
            "the root user must have switched IAM access to Billing on (`billing-access on`), and then a policy is needed; "
        }
        _ => "",
    }
}
