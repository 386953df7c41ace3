//! What kind of policy a resource has is the same, whichever door the policy comes through.

use assert_cmd::Command;
use iamwhy::batch::Batch;
use iamwhy::world::World;

use crate::scratch::Folder;

/// Resources, each with what its policy is.
const KINDS: [(&str, &str, &str); 5] = [
    ("arn:aws:iam::111122223333:role/Deploy", "sts:AssumeRole", "a role trust policy"),
    ("arn:aws:kms:us-east-1:111122223333:key/1234", "kms:Decrypt", "a key policy"),
    ("arn:aws:kms:us-east-1:111122223333:alias/mine", "kms:Decrypt", "a resource-based policy"),
    ("arn:aws:sqs:us-east-1:111122223333:jobs", "sqs:SendMessage", "a resource-based policy"),
    ("arn:aws:s3:::reports", "s3:ListBucket", "a resource-based policy"),
];

/// A statement that names nobody: what is said of it names the kind of its policy.
const NOBODY: &str = r#"{"Statement": {"Effect": "Allow", "Action": "*"}}"#;

fn of_batch(arn: &str, action: &str) -> String {
    let world = World::new();
    let mut answers = String::new();
    let request = format!(
        r#"{{"principal": "arn:aws:iam::111122223333:user/alice", "action": "{action}", "resource": "{arn}", "policies": {{"resource": {NOBODY}}}}}"#
    );
    Batch::new(&world, 0, "requests").answer(&request, 1, &mut answers);
    answers
}

fn said(arguments: &[&str]) -> String {
    let ran = Command::cargo_bin("iamwhy").expect("the program").args(arguments).output().expect("it runs");
    let text = [ran.stdout, ran.stderr].concat();
    String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of_command_line(arn: &str, action: &str) -> String {
    let folder = Folder::new(&[("p.json", NOBODY.as_bytes())]);
    let path = folder.join("p.json");
    let path = path.to_str().expect("UTF-8");
    said(&["can", "arn:aws:iam::111122223333:user/alice", action, arn, "--resource-policy", path])
}

fn of_script(arn: &str) -> String {
    let script = format!("account 111122223333 \"Acme\"\nresource {arn} policy {NOBODY}\n");
    let folder = Folder::new(&[("world.iam", script.as_bytes())]);
    said(&["run", folder.join("world.iam").to_str().expect("UTF-8")])
}

#[test]
fn a_batch_the_command_line_and_a_script_agree_on_the_kind_of_a_resources_policy() {
    for (arn, action, kind) in KINDS {
        let names_kind = format!("a statement of {kind} that names no principal");
        let doors = [
            ("batch", of_batch(arn, action)),
            ("command line", of_command_line(arn, action)),
            ("script", of_script(arn)),
        ];
        for (door, said) in doors {
            assert!(said.contains(&names_kind), "{door}: {arn} has {kind}: {said}");
        }
    }
}

#[test]
fn a_trust_policy_has_no_resource_at_any_door() {
    let role = "arn:aws:iam::111122223333:role/Deploy";
    let script = format!(
        "account 111122223333 \"Acme\"\nresource {role} policy {{\"Statement\": {{\"Effect\": \"Allow\", \
         \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}}}}\n"
    );
    let folder = Folder::new(&[("world.iam", script.as_bytes())]);
    let said = said(&["run", folder.join("world.iam").to_str().expect("UTF-8")]);
    assert!(said.contains("a role trust policy has no resource"), "{said}");
}
