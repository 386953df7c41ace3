//! A made-up organization of any size: accounts in units under SCPs, each with users, groups, roles, policies and buckets.

use std::fmt::Write as _;

/// How many users, and how many roles, an account has.
const USERS: usize = 40;
const ROLES: usize = 60;

/// How many customer managed policies and buckets an account has.
const POLICIES: usize = 10;
const BUCKETS: usize = 5;

/// How many units the organization has.
const UNITS: usize = 20;

/// How many users and roles an account has.
pub(crate) const PRINCIPALS: usize = USERS + ROLES;

/// The organization as a script.
pub(crate) fn script(accounts: usize) -> String {
    let mut script = String::from("# A made-up organization.\n");
    for number in 0..accounts {
        account(&mut script, number);
    }
    units(&mut script, accounts);
    script
}

/// The id of an account.
pub(crate) fn id(number: usize) -> String {
    format!("{}", 200_000_000_000_usize + number)
}

fn account(script: &mut String, number: usize) {
    let id = id(number);
    let _ = writeln!(script, "\naccount {id} \"Team {number}\"");
    for user in 0..USERS {
        let _ = writeln!(script, "user u{user} tags team=t{}", user % 7);
    }
    for group in 0..4 {
        let members: Vec<String> =
            (0..USERS).filter(|user| user % 4 == group).map(|user| format!("u{user}")).collect();
        let _ = writeln!(script, "group g{group} members {}", members.join(" "));
    }
    for policy in 0..POLICIES {
        let _ = writeln!(script, "policy P{policy} {}", reading(&id, policy));
    }
    for role in 0..ROLES {
        let _ = writeln!(script, "role r{role} path /team/ trust {}", trust(&id, role));
    }
    attachments(script, &id);
    for bucket in 0..BUCKETS {
        let name = format!("data-{id}-{bucket}");
        let _ = writeln!(script, "resource arn:aws:s3:::{name} owner {id} policy {}", tls(&name));
    }
}

fn attachments(script: &mut String, id: &str) {
    for group in 0..4 {
        let _ = writeln!(script, "attach P{group} to group g{group}");
    }
    for role in 0..ROLES {
        let _ = writeln!(script, "attach P{} to role r{role}", role % POLICIES);
        if role % 6 == 0 {
            let _ = writeln!(script, "inline Own on role r{role} {}", own(id, role));
        }
    }
    let _ = writeln!(script, "attach AdministratorAccess to role r0\nattach ReadOnlyAccess to role r1");
}

fn units(script: &mut String, accounts: usize) {
    let management = id(0);
    let _ = writeln!(script, "\naccount {management}\norganization o-exampleorg management {management}");
    for unit in 0..UNITS {
        let _ = writeln!(
            script,
            "ou Unit{unit}\nscp Guard{unit} {}\nattach Guard{unit} to ou Unit{unit}",
            guard(unit)
        );
    }
    for number in 1..accounts {
        let _ = writeln!(script, "move account {} to ou Unit{}", id(number), number % UNITS);
    }
}

fn reading(id: &str, policy: usize) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::data-{id}-{b}","arn:aws:s3:::data-{id}-{b}/*"]}},{{"Sid":"Tables","Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:eu-west-1:{id}:table/t{policy}"}},{{"Sid":"Tagged","Effect":"Allow","Action":["ec2:StartInstances","ec2:StopInstances"],"Resource":"*","Condition":{{"StringEquals":{{"aws:ResourceTag/team":"${{aws:PrincipalTag/team}}"}}}}}},{{"Sid":"NoKeys","Effect":"Deny","Action":"iam:*AccessKey*","Resource":"*"}}]}}"#,
        b = policy % BUCKETS,
    )
}

fn own(id: &str, role: usize) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:eu-west-1:{id}:q{role}"}},{{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::{id}:role/team/r{}"}}]}}"#,
        (role + 1) % ROLES,
    )
}

fn trust(id: &str, role: usize) -> String {
    let principal = match role % 3 {
        0 => r#"{"Service":"lambda.amazonaws.com"}"#.to_owned(),
        1 => r#"{"Service":"ec2.amazonaws.com"}"#.to_owned(),
        _ => format!(r#"{{"AWS":"arn:aws:iam::{id}:root"}}"#),
    };
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}}}"#
    )
}

fn tls(name: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{name}","arn:aws:s3:::{name}/*"],"Condition":{{"Bool":{{"aws:SecureTransport":"false"}}}}}}}}"#
    )
}

fn guard(unit: usize) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Stay","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}},{{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","sts:*","s3:*"],"Resource":"*","Condition":{{"StringNotEquals":{{"aws:RequestedRegion":["eu-west-1","eu-west-{}"]}}}}}}]}}"#,
        unit % 3 + 1,
    )
}
