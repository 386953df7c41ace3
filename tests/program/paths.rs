//! `paths`: how somebody comes by the rights of another, or by all.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

/// A world of people who look dangerous and are not, and of others who are and do not look so.
const WORLD: &str = r#"account 111122223333 "Acme"
role Admin trust {"Statement":{"Effect":"Allow","Principal":{"Service":["lambda.amazonaws.com","ec2.amazonaws.com"]},"Action":"sts:AssumeRole"}}
attach AdministratorAccess to role Admin
role Middle trust {"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/chain"},"Action":"sts:AssumeRole"}}
role End trust {"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/Middle"},"Action":"sts:AssumeRole"}}
attach AdministratorAccess to role End
user boss
attach AdministratorAccess to user boss
user chain
user nobody
user self
inline P on user self {"Statement":{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"}}
user stopped
inline P on user stopped {"Statement":[{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"},{"Effect":"Deny","Action":"iam:Put*","Resource":"*"}]}
user elsewhere
inline P on user elsewhere {"Statement":{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"arn:aws:iam::111122223333:user/other"}}
user halved
inline P on user halved {"Statement":{"Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"*"}}
user passer
inline P on user passer {"Statement":[{"Effect":"Allow","Action":"lambda:*Function","Resource":"arn:aws:lambda:*:*:function:tools-*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}]}
user wrong_service
inline P on user wrong_service {"Statement":[{"Effect":"Allow","Action":"lambda:*","Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"glue.amazonaws.com"}}}]}
user from_office
inline P on user from_office {"Statement":{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}}
user too_late
inline P on user too_late {"Statement":{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}}}
user leader
inline P on user leader {"Statement":{"Effect":"Allow","Action":"ssm:StartSession","Resource":"*"}}
group Admins
attach AdministratorAccess to group Admins
group Readers
attach ReadOnlyAccess to group Readers
user joiner
inline P on user joiner {"Statement":{"Effect":"Allow","Action":"iam:AddUserToGroup","Resource":"arn:aws:iam::111122223333:group/Admins"}}
user reader
inline P on user reader {"Statement":{"Effect":"Allow","Action":"iam:AddUserToGroup","Resource":"arn:aws:iam::111122223333:group/Readers"}}
"#;

fn paths(words: &[&str]) -> (String, Option<i32>) {
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes())]);
    let world = folder.join("world.iam");
    let arguments = [&["paths", "--world", world.to_str().expect("UTF-8")], words].concat();
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.env("COLUMNS", "200").args(arguments).output().expect("runs");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
}

#[test]
fn each_who_looks_dangerous_is_told_apart_from_each_who_is() {
    let (said, code) = paths(&["to", "admin", "--format", "json"]);
    assert_eq!(code, Some(1));
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let name = |arn: &Value| arn.as_str().expect("a text").rsplit('/').next().expect("a name").to_owned();
    let list = |name: &str| said[name].as_array().expect("a list").clone();
    let word = |path: &Value| {
        let methods = path["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .map(|step| step["method"].as_str().expect("a text"));
        let certain = if path["certain"] == true { "" } else { "?" };
        format!("{}{certain} {}", name(&path["from"]), methods.collect::<Vec<_>>().join(" "))
    };
    let found: Vec<String> = list("paths").iter().map(word).collect();
    let expected = [
        "chain sts-assume-role sts-assume-role", "from_office? iam-create-access-key",
        "joiner iam-add-user-to-group", "passer lambda-create-and-invoke", "self iam-put-user-policy",
        "Middle sts-assume-role",
    ];
    assert_eq!(found, expected);
    assert_eq!(list("already").iter().map(name).collect::<Vec<_>>(), ["boss", "Admin", "End"]);
    let leads = list("leads");
    assert!(
        leads.iter().all(|lead| name(&lead["who"]) == "leader" || name(&lead["who"]) == "wrong_service"),
        "{leads:?}"
    );
    assert!(leads.iter().any(|lead| lead["method"] == "ssm-start-session"), "{leads:?}");
}

#[test]
fn a_path_tells_each_step_with_what_it_needs_and_by_what_it_is_allowed() {
    let (said, code) = paths(&["passer", "to", "admin"]);
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with("path\narn:aws:iam::111122223333:user/passer comes by everything in 1 step\n"),
        "{said}"
    );
    for part in [
        "1  arn:aws:iam::111122223333:user/passer: make a function with a role and call it",
        "needs  iam:PassRole on arn:aws:iam::111122223333:role/Admin: P, statement 2",
        "gains  the rights of arn:aws:iam::111122223333:role/Admin",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_condition_on_which_a_path_hangs_is_told() {
    let (said, code) = paths(&["from_office", "to", "admin"]);
    assert_eq!(code, Some(4));
    assert!(
        said.starts_with("conditional\n") && said.contains("when aws:SourceIp is in 203.0.113.0/24"),
        "{said}"
    );
}

#[test]
fn what_a_deny_a_past_date_or_another_service_breaks_is_no_path() {
    for user in ["nobody", "stopped", "elsewhere", "halved", "too_late", "reader"] {
        let (said, code) = paths(&[user, "to", "admin"]);
        assert_eq!((said.lines().next(), code), (Some("no path"), Some(0)), "{user}: {said}");
    }
    let (said, code) = paths(&["boss", "to", "admin"]);
    assert!(code == Some(0) && said.contains("has everything already"), "{said}");
}

#[test]
fn a_path_may_end_with_the_rights_of_somebody() {
    let (said, code) = paths(&["chain", "to", "role/Middle"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("comes by the rights of arn:aws:iam::111122223333:role/Middle in 1 step"),
        "{said}"
    );
}

/// People who are held back by what they can take away, and one who cannot.
const HELD_BACK: &str = r#"account 111122223333 "Acme"
policy Limit {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:*","iam:DeleteUserPermissionsBoundary"],"Resource":"*"}}
user bound
attach AdministratorAccess to user bound
boundary Limit on user bound
user denied
attach AdministratorAccess to user denied
inline Guard on user denied {"Statement":{"Effect":"Deny","NotAction":"iam:DeleteUserPolicy","Resource":"*"}}
user left
attach AdministratorAccess to user left
group Held members left
inline Guard on group Held {"Statement":{"Effect":"Deny","NotAction":"iam:RemoveUserFromGroup","Resource":"*"}}
user held
attach AdministratorAccess to user held
inline Guard on user held {"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}
user versioned
policy P {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}
policy P {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:SetDefaultPolicyVersion","Resource":"*"}}
attach P to user versioned
user keeper
inline Secrets on user keeper {"Statement":{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}}
"#;

#[test]
fn what_somebody_can_take_away_does_not_hold_back() {
    let folder = Folder::new(&[("held.iam", HELD_BACK.as_bytes())]);
    let asked = |who: &str| {
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        command
            .current_dir(&folder)
            .args(["paths", "--world", "held.iam", who, "to", "admin", "--format", "json"]);
        let output = command.output().expect("runs");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    for (who, method) in [
        ("bound", "iam-delete-user-permissions-boundary"),
        ("denied", "iam-delete-user-policy"),
        ("left", "iam-remove-user-from-group"),
        ("versioned", "iam-set-default-policy-version"),
    ] {
        let said = asked(who);
        assert_eq!(
            (&said["verdict"], &said["paths"][0]["steps"][0]["method"]),
            (&"path".into(), &method.into()),
            "{said}"
        );
        assert!(said["paths"][0]["steps"][0]["gains"]["held_back"].is_string(), "{said}");
    }
    let held = asked("held");
    assert_eq!(held["verdict"], "no path", "{held}");
    // That a secret may be read is told, and is no lead for sure.
    let keeper = asked("keeper");
    assert_eq!(
        (&keeper["verdict"], &keeper["leads"][0]["weak"]),
        (&"no path".into(), &true.into()),
        "{keeper}"
    );
}

#[test]
fn a_role_is_handed_to_an_instance_only_where_an_instance_profile_holds_it() {
    let world = |profiles: &str, more: &str| {
        format!(
            r#"account 111122223333
role Machine trust {{"Statement":{{"Effect":"Allow","Principal":{{"Service":"ec2.amazonaws.com"}},"Action":"sts:AssumeRole"}}}}
attach AdministratorAccess to role Machine
{profiles}
user starter
inline P on user starter {{"Statement":{{"Effect":"Allow","Action":["ec2:RunInstances","iam:PassRole"{more}],"Resource":"*"}}}}
"#
        )
    };
    let word = |world: &str| {
        let folder = Folder::new(&[("own.iam", world.as_bytes())]);
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        command.current_dir(&folder).args(["paths", "--world", "own.iam", "starter", "to", "admin"]);
        let said = String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8");
        said.lines().next().unwrap_or_default().to_owned()
    };
    let makes = r#","iam:CreateInstanceProfile","iam:AddRoleToInstanceProfile""#;
    assert_eq!(word(&world("", "")), "path");
    assert_eq!(word(&world("instance-profiles of role Machine are web", "")), "path");
    assert_eq!(word(&world("instance-profiles of role Machine", "")), "no path");
    assert_eq!(word(&world("instance-profiles of role Machine", makes)), "path");
}
