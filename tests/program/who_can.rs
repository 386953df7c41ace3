//! `who-can`: everybody who may do something, by what, and on what condition; `what-can`: all that somebody may do.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

const WORLD: &str = r#"account 111122223333 "Acme"
user bob
user alice
user eve
policy P {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}]}
attach P to user bob
group Admins
attach AdministratorAccess to group Admins
add user alice to group Admins
role App trust {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}
attach AmazonS3ReadOnlyAccess to role App
resource arn:aws:s3:::reports owner 111122223333 policy {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"},{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}]}
"#;

fn who_can(more: &[&str]) -> String {
    asked("who-can", more)
}

fn asked(head: &str, more: &[&str]) -> String {
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes())]);
    let world = folder.join("world.iam");
    let start = [head, "--world", world.to_str().expect("UTF-8")];
    let output = Command::cargo_bin("iamwhy").expect("built").args([&start[..], more].concat()).output();
    let output = output.expect("runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_first_line_says_how_many_and_each_has_its_reason() {
    let said = who_can(&["s3:GetObject", "arn:aws:s3:::reports/a"]);
    assert!(
        said.starts_with("3 principals\nmay call s3:GetObject on arn:aws:s3:::reports/a, 3 more"),
        "{said}"
    );
    assert!(said.contains("allowed  role App  ") && !said.contains("user eve"), "{said}");
    let nobody = who_can(&["account:EnableRegion", "without", "identity-based"]);
    assert!(nobody.starts_with("1 principal\n"), "{nobody}");
}

#[test]
fn groups_conditions_services_and_other_accounts_are_told() {
    let said = who_can(&["s3:GetObject", "arn:aws:s3:::reports/a", "--format", "json"]);
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let of = |list: &str, name: &str| {
        let rows = said[list].as_array().expect("a list");
        rows.iter().find(|row| row["principal"].as_str().is_some_and(|arn| arn.ends_with(name))).cloned()
    };
    assert_eq!(of("allowed", "user/alice").expect("alice")["through_group"], "Admins");
    let bob = of("depends", "user/bob").expect("bob");
    assert_eq!(
        (&bob["reason"], &bob["with"][0]),
        (&"when aws:SourceIp is in 203.0.113.0/24".into(), &"aws:SourceIp=203.0.113.0".into())
    );
    let service = of("depends", "cloudtrail.amazonaws.com").expect("the service");
    assert_eq!(service["with"][0], "aws:SourceAccount=111122223333");
    let other = of("depends", "999988887777:user/example-user").expect("the other account");
    assert_eq!(other["outside"], true);
    assert!(
        other["reason"]
            .as_str()
            .expect("text")
            .starts_with("reports, statement 1 (resource-based), if that account"),
        "{other}"
    );
}

#[test]
fn what_the_question_gives_counts_for_everybody() {
    let said = who_can(&["s3:GetObject", "arn:aws:s3:::reports/a", "with", "aws:SourceIp=203.0.113.7"]);
    assert!(said.starts_with("4 principals\n") && said.contains("allowed  user bob"), "{said}");
}

#[test]
fn what_nobody_declared_is_said() {
    let said = who_can(&["s3:GetFoo", "arn:aws:s3:::other"]);
    assert!(said.contains("warning: s3:GetFoo is not in the catalog"), "{said}");
    assert!(said.contains("assumed: the resource, which nobody declared, belongs to whoever asks"), "{said}");
}

#[test]
fn what_can_counts_by_service_and_level_and_says_by_which_statement() {
    let said = asked("what-can", &["bob"]);
    assert!(said.starts_with("180 actions\nof 1 service are allowed to user bob"), "{said}");
    assert!(said.contains("s3       all 18  all 66  all 57  all 12   all 27"), "{said}");
    assert!(said.contains("1  s3:* (180 actions)\n   by     statement 1 of P, world.iam:5\n"), "{said}");
    assert!(said.contains("   if     aws:SourceIp is in 203.0.113.0/24\n"), "{said}");
    assert!(asked("what-can", &["eve"]).starts_with("nothing\n"));
    assert!(asked("what-can", &["root"]).starts_with("everything\n"));
    let json: Value = serde_json::from_str(&asked("what-can", &["bob", "--format", "json"])).expect("JSON");
    assert_eq!(json["services"]["s3"]["Tagging"]["allowed"], 12);
    assert_eq!(json["granted"][0]["patterns"][0], "s3:*");
}
