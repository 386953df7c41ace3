//! Files that are given as a policy and are none are named for what they are, with what to do.

use assert_cmd::Command;

use crate::scratch::Folder;

/// What standard error or, for `lint`, standard output says of a file, at every door that takes a policy; the exit codes.
fn at_every_door(name: &str, content: &[u8]) -> Vec<(i32, String)> {
    let declares = format!("policy X from \"{name}\"");
    let doors: [&[&str]; 5] = [
        &["lint", name],
        &["fmt", name],
        &["can", "--policy", name, "s3:GetObject", "arn:aws:s3:::b/k"],
        &["check", "dead", name],
        &["--empty", "-e", "account 111122223333", "-e", &declares],
    ];
    let folder = Folder::new(&[(name, content)]);
    let said = doors.map(|arguments| {
        let mut program = Command::cargo_bin("iamwhy").expect("built");
        let output = program.current_dir(&folder).args(arguments).output().expect("runs");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().expect("a code"), String::from_utf8(text).expect("UTF-8"))
    });
    said.into()
}

/// The doors of `fmt` and `check dead`, which take scripts and worlds, too.
const FMT: usize = 1;
const DEAD: usize = 3;

fn is_named(name: &str, content: &[u8], what: &str, instead: &str) {
    for (number, (code, said)) in at_every_door(name, content).into_iter().enumerate() {
        if [DEAD, FMT].contains(&number) && name.ends_with(".iam") {
            continue; // a world is looked through for what is dead in it, and a script has a form
        }
        // What cannot be read at all is no finding.
        let wanted = if number == 0 && said.starts_with("findings") { 1 } else { 3 };
        assert_eq!(code, wanted, "{name}: {said}");
        let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(&format!("`{name}` is {what}")), "{name}, door {number}: {said}");
        assert!(flat.contains(instead), "{name}, door {number}: {said}");
        assert!(!said.contains("unknown-element") && said.matches("error[").count() == 1, "{name}: {said}");
    }
}

#[test]
fn what_aws_answers_is_named_and_explained_by_why() {
    let event =
        br#"{"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": "AccessDenied"}"#;
    is_named("event.json", event, "an event of CloudTrail", "iamwhy why -");
    let lines = [&event[..], b"\n", &event[..]].concat();
    is_named("events.json", &lines, "a list of events of CloudTrail", "iamwhy why -");
    let message = b"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action";
    is_named("message.txt", message, "a message of AWS", "iamwhy why -");
}

#[test]
fn outputs_that_hold_no_policy_say_what_prints_one() {
    let get_policy = br#"{"Policy": {"PolicyName": "P", "Arn": "arn:aws:iam::111122223333:policy/P", "DefaultVersionId": "v1"}}"#;
    is_named("p.json", get_policy, "the output of `aws iam get-policy`", "aws iam get-policy-version");
    let attached =
        br#"{"AttachedPolicies": [{"PolicyName": "P", "PolicyArn": "arn:aws:iam::aws:policy/P"}]}"#;
    is_named("a.json", attached, "a list of the policies that are attached", "aws iam get-policy-version");
    let identity =
        br#"{"UserId": "A", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/bob"}"#;
    is_named("me.json", identity, "the output of `aws sts get-caller-identity`", "iamwhy can ARN ACTION");
    let state =
        br#"{"version": 4, "terraform_version": "1.9.0", "serial": 3, "lineage": "l", "resources": []}"#;
    is_named("terraform.tfstate", state, "a state of Terraform", "no policy is in it");
    let manifest = br#"{"version": "36.0.0", "artifacts": {}}"#;
    is_named("manifest.json", manifest, "the manifest of what the CDK made", "*.template.json");
}

#[test]
fn files_of_other_programs_are_named() {
    is_named(
        "package.json",
        br#"{"name": "x", "version": "1.0.0", "scripts": {}}"#,
        "a package of npm",
        "no policy",
    );
    is_named("other.json", br#"{"a": 1, "b": 2}"#, "a JSON object with `a`, `b`", "a `Statement`");
    is_named("list.json", b"[]", "an empty list", "a `Statement`");
    is_named("page.html", b"<!DOCTYPE html>\n<html></html>", "a page in HTML", "in JSON");
    is_named(
        "main.tf",
        b"# roles\nresource \"aws_iam_policy\" \"p\" {\n}\n",
        "code of Terraform",
        "terraform show -json",
    );
    is_named(
        "world.iam", b"account 111122223333 \"Acme\"\nuser bob\n", "a script of iamwhy", "iamwhy run FILE",
    );
    is_named("notes.txt", b"ask Bob about this policy", "a text in words", "a `Statement`");
}

#[test]
fn what_is_no_text_is_named_by_its_first_bytes() {
    is_named("f.zip", b"PK\x03\x04\xff\xfe", "a zip archive", "unpack it first");
    is_named(
        "tf.plan", b"PK\x03\x04\xff\xfe\x00\x00tfplan", "a plan in Terraform's own form",
        "terraform show -json",
    );
    is_named("p.json", b"\xff\xfe{\x00}\x00", "text in UTF-16", "Out-File -Encoding utf8");
}

#[test]
fn of_a_file_with_secrets_nothing_is_shown() {
    let secrets = b"[default]\naws_secret_access_key = hunter2\n";
    is_named(
        "credentials", secrets, "the configuration of the AWS command line", "name the file of a policy",
    );
    assert!(at_every_door("credentials", secrets).iter().all(|(_, said)| !said.contains("hunter2")));
    let session = br#"{"Credentials": {"SecretAccessKey": "hunter2"}}"#;
    is_named("session.json", session, "credentials of a session", "nothing of them is shown");
    assert!(at_every_door("session.json", session).iter().all(|(_, said)| !said.contains("hunter2")));
}

#[test]
fn a_statement_alone_is_taken_and_what_is_missing_is_said_and_a_slip_is_left_to_the_reader_of_policies() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#;
    for (text, is) in
        [(statement.to_owned(), "a statement"), (format!("[{statement}]"), "a list of statements")]
    {
        for (door, (code, said)) in at_every_door("s.json", text.as_bytes()).into_iter().enumerate() {
            if door == DEAD {
                continue; // it tells what a policy does
            }
            let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(&format!("`s.json` is {is} without the policy around")), "{door}: {said}");
            assert!(flat.contains(r#""Statement": ` before it"#), "{door}: {said}");
            assert_eq!(code, i32::from(door == 0), "{door}: {said}");
        }
    }
    let slip = br#"{"Version": "2012-10-17", "Statment": []}"#;
    for (_, said) in at_every_door("p.json", slip) {
        assert!(said.contains("`Statment`") || said.contains("a JSON object with a `Statement`"), "{said}");
    }
}

#[test]
fn a_policy_that_is_a_string_in_json_is_one() {
    let text = br#""{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}""#;
    let said = at_every_door("p.json", text);
    assert!(said[2].0 == 0 && said[2].1.starts_with("allowed"), "{said:?}");
}

/// What `load`, `--world` and `batch` say of a file, in one line each; all of them refuse it.
fn of_worlds_and_requests(name: &str, content: &str) -> [String; 3] {
    let load = format!("load \"{name}\"");
    let folder = Folder::new(&[(name, content.as_bytes())]);
    [&["--empty", "-e", &load][..], &["--world", name, "-e", "show world"], &["batch", name]].map(
        |arguments| {
            let mut program = Command::cargo_bin("iamwhy").expect("built");
            let output = program.current_dir(&folder).args(arguments).output().expect("runs");
            assert_eq!(output.status.code(), Some(3), "{name} {arguments:?}");
            let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        },
    )
}

#[test]
fn what_is_no_dump_and_no_request_is_named_with_what_takes_it() {
    let policy =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let version = format!(r#"{{"PolicyVersion": {{"Document": {policy}}}}}"#);
    let event = r#"{"Records": [{"eventSource": "s3.amazonaws.com", "eventName": "GetObject"}]}"#;
    let template = r#"{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}"#;
    for (text, what, by) in [
        (policy, "a policy", "`iamwhy can --policy FILE"),
        (&version, "the output of `aws iam get-policy-version`", "`iamwhy lint FILE`"),
        (r#"{"Users": []}"#, "a list of users", ""),
        (event, "an event of CloudTrail", "`iamwhy why - < FILE`"),
        (template, "a template of CloudFormation", ""),
    ] {
        let spread = serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        for text in [text.to_owned(), serde_json::to_string_pretty(&spread).expect("JSON")] {
            let [load, world, batch] = of_worlds_and_requests("f.json", &text);
            for said in [load, world] {
                let no_dump = "and no output of `aws iam get-account-authorization-details`";
                assert!(said.contains(&format!("`f.json` is {what}, {no_dump}")), "{said}");
                assert!(said.contains(by) && said.contains("writes what is read here"), "{said}");
            }
            let is_one = text.lines().count() == 1;
            let of = if is_one { "the line is" } else { "`f.json` is" };
            let no = if is_one { "and no request" } else { "and no list of requests" };
            assert!(batch.contains(&format!("{of} {what}, {no}")), "{batch}");
            assert!(batch.contains(by) && batch.contains("a request is a line such as"), "{batch}");
            assert_eq!(batch.matches("a request is a line").count(), 1, "{batch}");
        }
    }
}

#[test]
fn what_may_be_meant_as_a_dump_or_a_request_is_held_to_that() {
    let [load, _, batch] = of_worlds_and_requests("f.json", r#"{"colour": "red"}"#);
    assert!(load.contains("expected an object with the lists `UserDetailList`"), "{load}");
    assert!(batch.contains("`colour` is not a field"), "{batch}");
    let spread = "{\"principal\": \n \"anonymous\", \"action\": \"s3:GetObject\"}";
    let [load, _, batch] = of_worlds_and_requests("f.json", spread);
    assert!(load.contains("`f.json` is a request, as `batch` takes them"), "{load}");
    assert!(batch.contains("a request in several lines") && batch.contains("jq -c . FILE"), "{batch}");
    let [_, _, batch] = of_worlds_and_requests("f.json", &format!("[{spread}]"));
    assert!(batch.contains("a list of requests") && batch.contains("jq -c '.[]' FILE"), "{batch}");
}
