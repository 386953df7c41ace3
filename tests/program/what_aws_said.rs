//! `why` of what AWS said, on the command line: which world is asked, what comes first, exit codes.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

const OBJECT: &str = "arn:aws:s3:::acme-reports/q1.csv";
const ALL: &[u8] =
    br#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
const NO_DELETE: &[u8] = br#"{"Version": "2012-10-17", "Statement": {"Sid": "NoDelete", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}}"#;

fn message(reason: &str) -> String {
    format!(
        "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:DeleteObject on resource: \"{OBJECT}\" {reason}"
    )
}

fn folder() -> Folder {
    let world = "account 111122223333\nuser bob\n";
    Folder::new(&[("all.json", ALL), ("no-delete.json", NO_DELETE), ("world.iam", world.as_bytes())])
}

/// What the program prints on both streams, and its exit code.
fn iamwhy(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let mut command = Command::cargo_bin("iamwhy").expect("the program");
    let folder = folder();
    let done = command.current_dir(&folder).args(arguments).write_stdin(input).output().expect("it runs");
    let text = [done.stdout, done.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), done.status.code())
}

const SCP: &str = "with an explicit deny in a service control policy";

#[test]
fn without_a_world_the_message_speaks_alone_and_never_the_demo_world() {
    let said = message(SCP);
    for arguments in [&["why", &*said][..], &["-e", &format!("why {said}")]] {
        let (text, code) = iamwhy(arguments, "");
        assert!(
            text.starts_with("denied\nexplicit deny by a service control policy, says AWS's message\n"),
            "{text}"
        );
        assert!(
            text.contains("the SCPs of the organization root") && text.contains("--world FILE"),
            "{text}"
        );
        assert!(!text.contains("ReadReports"), "{text}");
        assert_eq!(code, Some(2), "{text}");
    }
    let (text, _) = iamwhy(&["why", "-", "--format", "json"], &said);
    let told: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&told["decision"], &told["policy_type"]), (&"explicitDeny".into(), &"scp".into()), "{told}");
}

#[test]
fn the_words_of_a_message_need_no_quotes() {
    let said = message("because no identity-based policy allows the s3:DeleteObject action").replace('"', "");
    let words: Vec<&str> = std::iter::once("why").chain(said.split(' ')).collect();
    let (text, code) = iamwhy(&words, "");
    assert!(text.starts_with("denied\nimplicit deny: no identity-based policy allows it"), "{text}");
    assert_eq!(code, Some(2));
}

#[test]
fn the_policies_that_are_given_count() {
    let said = message("with an explicit deny in an identity-based policy");
    let (text, code) = iamwhy(&["why", "-", "--policy", "no-delete.json"], &said);
    assert!(text.contains("NoDelete") && text.contains("AWS's answer agrees"), "{text}");
    assert_eq!(code, Some(2), "{text}");
    let (text, code) = iamwhy(&["why", &message(SCP), "--policy", "all.json", "--scp", "no-delete.json"], "");
    assert!(text.contains("explicit deny by no-delete") && text.contains("AWS's answer agrees"), "{text}");
    assert_eq!(code, Some(2), "{text}");
}

#[test]
fn where_the_answer_differs_that_comes_first_and_no_remedy_follows() {
    let said = message(SCP);
    let (text, code) = iamwhy(&["why", &said, "--policy", "all.json"], "");
    let expected = "denied\nAWS's answer differs: explicit deny (scp); here it is allowed";
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(code, Some(2), "AWS's answer is the fact: {text}");
    let (text, code) = iamwhy(&["why", &said, "--world", "world.iam"], "");
    assert!(text.starts_with("denied\nAWS's answer differs: explicit deny (scp); here"), "{text}");
    assert!(text.contains("the world may lack it") && !text.contains("what would help"), "{text}");
    assert_eq!(code, Some(2));
    let (text, _) = iamwhy(&["why", &said, "--world", "world.iam", "--format", "json"], "");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(answer["explanation"]["aws"]["agrees"], false, "{answer}");
    assert_eq!(answer["explanation"]["aws"]["decision"], "explicitDeny", "{answer}");
    assert_eq!(answer["explanation"].get("remedies"), None, "{answer}");
}

#[test]
fn what_is_missing_is_named() {
    let cases = [
        ("User: {arn} is not authorized to perform: s3:GetObject", "a placeholder that was never filled in"),
        (
            "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetGadget on resource: g",
            "no action of the catalog",
        ),
        (
            "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
            "who was refused",
        ),
        (
            "You are not authorized to perform this operation. Encoded authorization failure message: AbCdEf",
            "decode-authorization-message",
        ),
    ];
    for (said, missing) in cases {
        let (text, code) = iamwhy(&["why", said], "");
        assert!(text.starts_with("denied\n") && text.contains(missing), "{said}: {text}");
        assert_eq!(code, Some(2), "{said}");
    }
    let (text, code) = iamwhy(&["why", "-"], "what is this\n");
    assert!(text.contains("error[not-a-message]") && code == Some(3), "{text}");
}

#[test]
fn an_event_is_asked_with_the_keys_that_it_tells() {
    let event = r#"{"eventSource": "s3.amazonaws.com", "eventName": "DeleteObject", "awsRegion": "eu-west-1",
        "eventTime": "2026-10-01T10:00:00Z", "sourceIPAddress": "203.0.113.9", "errorCode": "AccessDenied",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/bob", "accountId": "111122223333"},
        "requestParameters": {"bucketName": "acme-reports", "key": "q1.csv"}}"#;
    let here = br#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Sid": "OnlyHere", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}}}]}"#;
    let folder = Folder::new(&[("here.json", here), ("event.json", event.as_bytes())]);
    let mut command = Command::cargo_bin("iamwhy").expect("the program");
    let done =
        command.current_dir(&folder).args(["why", "-", "--policy", "here.json"]).write_stdin(event).output();
    let text = String::from_utf8_lossy(&done.expect("it runs").stdout).into_owned();
    assert!(text.starts_with("denied\n") && text.contains("explicit deny by here · OnlyHere"), "{text}");
    assert!(text.contains("203.0.113.9"), "{text}");
}

#[test]
fn a_refused_policy_is_diagnosed_where_it_is_given() {
    let said = "An error occurred (MalformedPolicyDocument) when calling the CreatePolicy operation: Syntax errors in policy.";
    let (text, code) = iamwhy(&["why", said], "");
    assert!(text.contains("MalformedPolicyDocument") && text.contains("misspelt"), "{text}");
    assert_eq!(code, Some(0));
    let pasted = format!(
        "{said}\n{{\"Statement\": {{\"Effect\": \"Alow\", \"Action\": \"*\", \"Resource\": \"*\"}}}}"
    );
    let (text, code) = iamwhy(&["why", "-"], &pasted);
    assert!(text.contains("`Alow`"), "{text}");
    assert_eq!(code, Some(3));
}

#[test]
fn of_several_events_that_were_denied_one_has_to_be_given() {
    let event =
        r#"{"eventSource": "s3.amazonaws.com", "eventName": "DeleteObject", "errorCode": "AccessDenied"}"#;
    let (text, code) = iamwhy(&["why", "-"], &format!("{{\"Records\": [{event}, {event}]}}"));
    assert!(text.contains("s3:DeleteObject") && text.contains("error[several-events]"), "{text}");
    assert_eq!(code, Some(3));
}

#[test]
fn what_a_message_holds_does_not_control_the_terminal() {
    let said = message(SCP).replace("bob", "b\u{1b}]0;x\u{7}ob");
    let (text, _) = iamwhy(&["why", "-"], &said);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
}

#[test]
fn a_message_of_several_lines_in_a_pipe_is_one_and_commands_may_follow() {
    let said = message("because no identity-based policy allows the s3:DeleteObject action");
    let lines =
        format!("An error occurred (AccessDenied) when calling the DeleteObject operation:\n{said}\n");
    for (arguments, input) in [
        (&["--world", "world.iam"][..], lines.clone()),
        (&["--world", "world.iam"], format!("{lines}whoami\n")),
        (&["--world", "world.iam", "why", "-"], lines.clone()),
    ] {
        let (text, _) = iamwhy(arguments, &input);
        assert!(text.starts_with("denied\n"), "{text}");
        assert_eq!(text.matches("why      implicit deny").count(), 1, "{text}");
        assert!(!text.contains("unknown command"), "{text}");
    }
    let cut_off = "An error occurred (AccessDenied) when calling the DeleteObject operation:\n\nlist users\n";
    let (text, code) = iamwhy(&["--world", "world.iam"], cut_off);
    assert!(text.contains("bob") && code == Some(3), "{text}");
}
