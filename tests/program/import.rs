//! `import`: outputs of the AWS command line, made a script that makes the same world.

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::scratch::Folder;

const ALLOW_ALL: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;
const NO_DELETE: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"NoDelete","Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}"#;
const TLS: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::shop/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;

/// An organization of two accounts, in one of which there are a user, a bucket, a queue, an instance and an endpoint.
fn outputs() -> Vec<(&'static str, Value)> {
    let unit = json!({ "Id": "ou-exam-live", "Name": "Live", "Path": "o-exampleorgid/r-exam/ou-exam-live/" });
    let member = |id: &str, name: &str, path: &str| json!({ "Id": id, "Name": name, "Email": format!("{name}@example.com"), "Paths": [path] });
    let administrator = json!([{ "PolicyName": "AdministratorAccess", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess" }]);
    let user = json!({
        "Path": "/", "UserName": "ann", "UserId": "AIDAEXAMPLEANN", "Arn": "arn:aws:iam::222222222222:user/ann",
        "AttachedManagedPolicies": administrator, "GroupList": [], "UserPolicyList": [],
    });
    let summary =
        json!({ "Id": "p-1", "Name": "NoDelete", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false });
    let endpoint = json!({
        "VpcEndpointId": "vpce-0a1", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3",
        "OwnerId": "222222222222", "PolicyDocument": ALLOW_ALL,
    });
    let on = json!({ "BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true });
    vec![
        (
            "organization.json",
            json!({ "Organization": { "Id": "o-exampleorgid", "MasterAccountId": "111111111111" } }),
        ),
        ("roots.json", json!({ "Roots": [{ "Id": "r-exam", "Name": "Root" }] })),
        ("units.json", json!({ "OrganizationalUnits": [unit] })),
        (
            "accounts.json",
            json!({ "Accounts": [
                member("111111111111", "payer", "o-exampleorgid/r-exam/111111111111/"),
                member("222222222222", "shop", "o-exampleorgid/r-exam/ou-exam-live/222222222222/"),
            ] }),
        ),
        ("policy-p-1.json", json!({ "Policy": { "PolicySummary": summary, "Content": NO_DELETE } })),
        ("targets-p-1.json", json!({ "PolicyId": "p-1", "Targets": [{ "TargetId": "ou-exam-live" }] })),
        (
            "account.json",
            json!({ "UserDetailList": [user], "GroupDetailList": [], "RoleDetailList": [], "Policies": [] }),
        ),
        ("bucket-shop.json", json!({ "ResourceArn": "arn:aws:s3:::shop", "Policy": TLS })),
        (
            "block-shop.json",
            json!({ "ResourceArn": "arn:aws:s3:::shop", "PublicAccessBlockConfiguration": on }),
        ),
        ("queue.json", json!({ "Attributes": { "QueueArn": "arn:aws:sqs:eu-west-1:222222222222:jobs" } })),
        (
            "tags.json",
            json!({ "ResourceTagMappingList": [{
                "ResourceARN": "arn:aws:ec2:eu-west-1:222222222222:instance/i-1", "Tags": [{ "Key": "team", "Value": "shop" }],
            }] }),
        ),
        ("endpoints.json", json!({ "VpcEndpoints": [endpoint] })),
    ]
}

struct Imported {
    folder: Folder,
    said: String,
    wrong: String,
}

fn imported(more: &[(&str, &str)]) -> Imported {
    let outputs = outputs();
    let texts: Vec<(String, String)> = outputs
        .iter()
        .map(|(name, value)| (format!("c/{name}"), value.to_string()))
        .chain(more.iter().map(|(name, text)| (format!("c/{name}"), (*text).to_owned())))
        .collect();
    let files: Vec<(&str, &[u8])> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = Folder::new(&files);
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.arg("import").arg(folder.join("c")).arg("-o").arg(folder.join("world.iam")).output();
    let output = output.expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    assert!(output.status.success(), "{}", text(output.stderr));
    Imported { folder, said: text(output.stdout), wrong: text(output.stderr) }
}

impl Imported {
    fn ask(&self, words: &[&str]) -> String {
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        let output = command.arg("--world").arg(self.folder.join("world.iam")).args(words).output();
        String::from_utf8(output.expect("runs").stdout).expect("UTF-8")
    }
}

#[test]
fn a_folder_of_outputs_becomes_a_script_that_answers() {
    let imported = imported(&[]);
    assert_eq!(imported.wrong, "");
    let denied = imported.ask(&["can", "222222222222/ann", "s3:DeleteBucket", "on", "arn:aws:s3:::shop"]);
    assert!(denied.starts_with("denied\nexplicit deny: NoDelete (scp)"), "{denied}");
    let plain = imported.ask(&[
        "can", "222222222222/ann", "s3:PutObject", "on", "arn:aws:s3:::shop/a", "with",
        "aws:SecureTransport=false",
    ]);
    assert!(
        plain.starts_with("denied\nexplicit deny: the bucket policy") || plain.contains("resource-based"),
        "{plain}"
    );
    let script = std::fs::read_to_string(imported.folder.join("world.iam")).expect("written");
    for line in [
        "move account 222222222222 to ou Live", "attach NoDelete to ou Live",
        "endpoint vpce-0a1 vpc vpc-1 service s3", "tags team",
    ] {
        assert!(script.contains(line), "{line}: {script}");
    }
}

#[test]
fn what_is_missing_is_listed_and_never_guessed() {
    let imported = imported(&[("policy-p-2.json", ""), ("strange.json", "{\"Foo\": 1}")]);
    for what in [
        "missing: users, groups and roles of account 111111111111",
        "missing: grants of keys",
        "policy-p-2.json",
    ] {
        assert!(imported.said.contains(what), "{what}: {}", imported.said);
    }
    assert!(imported.wrong.contains("nothing is known that holds Foo"), "{}", imported.wrong);
}

#[test]
fn the_lines_that_collect_a_world_only_read() {
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.args(["import", "--how"]).output().expect("runs");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let calls = lines.split("aws ").skip(1).filter_map(|call| call.split_whitespace().nth(1));
    let calls: Vec<&str> = calls.filter(|call| call.contains('-') && !call.starts_with('-')).collect();
    assert!(calls.len() > 25, "{calls:?}");
    for call in calls {
        assert!(["get-", "list-", "describe-"].iter().any(|reads| call.starts_with(reads)), "{call}");
    }
}

#[test]
fn a_real_dump_reads_back_to_the_same_world() {
    let dump = crate::packed::unpacked("tests/data/account-authorization-details.json.zst");
    let folder = Folder::new(&[("dump.json", dump.as_bytes())]);
    let run = |words: &[&str]| {
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        let output = command.current_dir(&folder).args(words).output().expect("runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    run(&["import", "dump.json", "-o", "world.iam"]);
    run(&["--empty", "-e", "read world.iam", "-e", "save again.iam"]);
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("written");
    assert_eq!(text("world.iam"), text("again.iam"));
    assert!(text("world.iam").contains("instance-profiles of role "));
    for asked in [
        ["s3:GetObject", "arn:aws:s3:::reports/a"],
        ["iam:PutUserPolicy", "arn:aws:iam::200611803367:user/example"],
        ["sts:AssumeRole", "arn:aws:iam::200611803367:role/privesc-sre-role"],
    ] {
        let who = |world: &str| run(&["--world", world, "who-can", asked[0], "on", asked[1]]);
        let said = who("dump.json");
        assert_eq!(said, who("world.iam"), "{asked:?}");
        assert!(said.contains(" principal"), "{said}");
    }
}

#[test]
fn nothing_is_written_where_no_file_tells_of_a_world() {
    let folder =
        Folder::new(&[("c/list.json", b"[1]"), ("c/strange.json", b"{\"Foo\": 1}"), ("world.iam", b"kept")]);
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let said = command.current_dir(&folder).args(["import", "c", "-o", "world.iam"]).assert().code(3);
    let wrong = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert!(
        wrong.contains("nothing is known that is a list") && wrong.contains("error[no-outputs]"),
        "{wrong}"
    );
    assert_eq!(std::fs::read_to_string(folder.join("world.iam")).expect("there"), "kept");
}

#[test]
fn what_one_account_lacks_is_said_of_that_account() {
    let dump = json!({
        "UserDetailList": [{ "Path": "/", "UserName": "bo", "UserId": "AIDAEXAMPLEBO", "Arn": "arn:aws:iam::111111111111:user/bo" }],
        "GroupDetailList": [], "RoleDetailList": [], "Policies": [],
    });
    let block =
        json!({ "AccountId": "222222222222", "PublicAccessBlockConfiguration": { "BlockPublicAcls": true } });
    let (dump, block) = (dump.to_string(), block.to_string());
    let imported = imported(&[("account-1.json", &dump), ("block-2.json", &block)]);
    for what in [
        "missing: S3 Block Public Access of account 111111111111",
        "missing: policies of VPC endpoints of account 111111111111",
    ] {
        assert!(imported.said.contains(what), "{what}: {}", imported.said);
    }
}
