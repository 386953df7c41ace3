//! `replay`: past calls asked again in a changed world.

use std::io::Write as _;

use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::scratch::Folder;

const OLD: &str = r#"account 111122223333 "Acme"
user alice
user bob
role Deploy path /ci/ trust {"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}
attach AdministratorAccess to user alice
attach ReadOnlyAccess to user bob
attach AdministratorAccess to role Deploy
"#;

/// What is new: a Deny.
const GUARD: &str = r#"inline Guard on user alice {"Statement":[{"Sid":"NoDelete","Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}
"#;

/// An event of a user.
fn event(user: &str, name: &str, second: usize) -> Value {
    json!({
        "userIdentity": { "type": "IAMUser", "arn": format!("arn:aws:iam::111122223333:user/{user}"), "accountId": "111122223333" },
        "eventTime": format!("2026-11-02T10:{:02}:{:02}Z", second / 60, second % 60),
        "eventSource": "s3.amazonaws.com",
        "eventName": name,
        "eventID": format!("e-{second}"),
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "203.0.113.9",
        "requestParameters": { "bucketName": "reports" },
    })
}

/// A thousand calls of which one deletes a bucket.
fn thousand() -> Vec<Value> {
    let reads = (0..1000).map(|at| event(["alice", "bob"][at % 2], "GetBucketPolicy", at));
    let mut events: Vec<Value> = reads.collect();
    events[616] = event("alice", "DeleteBucket", 616);
    events
}

fn replayed(files: &[(&str, &[u8])], arguments: &[&str]) -> (String, Option<i32>) {
    let new = format!("{OLD}{GUARD}");
    let worlds = [("old.iam", OLD.as_bytes()), ("new.iam", new.as_bytes())];
    let folder = Folder::new(&[&worlds[..], files].concat());
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let arguments = arguments.iter().map(|word| match word.contains('.') {
        true => path(word),
        false => (*word).to_owned(),
    });
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.arg("replay").args(arguments).output();
    let output = output.expect("runs");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
}

#[test]
fn a_change_that_denies_one_call_of_a_thousand_finds_exactly_that_one() {
    let log = json!({ "Records": thousand() }).to_string();
    let (said, code) = replayed(&[("log.json", log.as_bytes())], &["log.json", "--world", "new.iam"]);
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with(
            "narrower\n1000 events from 2026-11-02 to 2026-11-02, 1000 of them asked again: 1 newly denied, 0 newly"
        ),
        "{said}"
    );
    for part in [
        "1  newly denied: s3:DeleteBucket, 1 call\n",
        "arn:aws:s3:::reports, at 2026-11-02T10:10:16Z, event e-616",
        "now    explicit deny: Guard · NoDelete (identity-based)",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("\n2  "), "{said}");
}

#[test]
fn every_form_of_a_log_gives_the_same_answer() {
    let events = thousand();
    let records = json!({ "Records": events }).to_string();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(records.as_bytes()).expect("packs");
    let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
    let looked_up: Vec<Value> =
        events.iter().map(|event| json!({ "EventId": "e", "CloudTrailEvent": event.to_string() })).collect();
    let bridged: Vec<Value> =
        events.iter().map(|event| json!({ "source": "aws.s3", "detail": event })).collect();
    let forms: [(&str, Vec<u8>); 5] = [
        ("records.json", records.clone().into()),
        ("packed.json.gz", packed.finish().expect("packs")),
        ("lines.jsonl", lines.into()),
        ("looked-up.json", json!({ "Events": looked_up, "NextToken": "]}" }).to_string().into()),
        ("bridged.json", json!(bridged).to_string().into()),
    ];
    let data = |file: (&str, &[u8])| {
        let (said, _) = replayed(&[file], &[file.0, "--world", "new.iam", "--format", "json"]);
        serde_json::from_str::<Value>(&said).expect("JSON")
    };
    let first = data((forms[0].0, &forms[0].1));
    assert_eq!((&first["events"], &first["newly_denied"]), (&json!(1000), &json!(1)));
    for (name, bytes) in &forms[1..] {
        assert_eq!(data((name, bytes)), first, "{name}");
    }
}

#[test]
fn an_unchanged_world_is_equal_and_is_held_to_what_aws_recorded() {
    let mut events = thousand();
    events[7]["errorCode"] = json!("AccessDenied");
    let log = json!({ "Records": events }).to_string();
    let (said, code) = replayed(
        &[("log.json", log.as_bytes())],
        &["log.json", "--world", "old.iam", "--against", "old.iam"],
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("equal\n"), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("recorded: the old world decides 999 of 1000 as AWS did"), "{said}");
}

#[test]
fn what_cannot_be_asked_is_counted_by_cause() {
    let mut stranger = event("alice", "GetBucketPolicy", 1);
    stranger["userIdentity"]["arn"] = json!("arn:aws:iam::999988887777:user/eve");
    let mut hidden = event("alice", "GetObject", 2);
    hidden["requestParameters"] = Value::Null;
    let gone = event("carol", "GetBucketPolicy", 3);
    let mut failed = event("alice", "GetBucketPolicy", 4);
    failed["errorCode"] = json!("NoSuchBucketPolicy");
    let unknown = event("alice", "FlyToTheMoon", 5);
    let sign_in = json!({ "eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin" });
    let events = [stranger, hidden, gone, failed, unknown, sign_in];
    let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
    let log = format!("{lines}no JSON\n{{\"a\":1}}\n{{\"cut\": ");
    let (said, code) =
        replayed(&[("log.jsonl", log.as_bytes())], &["log.jsonl", "--world", "new.iam", "--format", "json"]);
    assert_eq!(code, Some(4), "{said}");
    let said: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(
        (&said["verdict"], &said["events"], &said["asked"]),
        (&json!("unknown"), &json!(9), &json!(0))
    );
    let why = said["not_asked"].as_object().expect("an object");
    let counts: Vec<(&str, u64)> = why
        .iter()
        .map(|(why, all)| {
            (why.as_str(), all.as_object().expect("an object").values().filter_map(Value::as_u64).sum())
        })
        .collect();
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<u64>(), 9, "{counts:?}");
    for cause in
        ["account is not in the world", "who is not in the world", "on which resource", "does not tell"]
    {
        assert!(counts.iter().any(|(why, count)| why.contains(cause) && *count == 1), "{cause}: {counts:?}");
    }
}

#[test]
fn an_answer_that_hangs_on_what_no_event_tells_is_open() {
    let world = format!(
        "{OLD}inline Home on user bob {{\"Statement\":[{{\"Effect\":\"Deny\",\"Action\":\"s3:ListBucket\",\"Resource\":\"*\",\
         \"Condition\":{{\"StringNotLike\":{{\"s3:prefix\":\"home/*\"}}}}}}]}}\n"
    );
    let log = event("bob", "ListObjects", 1).to_string();
    let files = [("own.iam", world.as_bytes()), ("log.json", log.as_bytes())];
    let (said, code) = replayed(&files, &["log.json", "--world", "own.iam"]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.starts_with("unknown\n") && said.contains("s3:prefix"), "{said}");
}

#[test]
fn roles_are_found_by_their_path_and_broken_archives_are_said() {
    let mut session = event("alice", "DeleteBucket", 1);
    session["userIdentity"] = json!({
        "type": "AssumedRole",
        "arn": "arn:aws:sts::111122223333:assumed-role/Deploy/run-7",
        "accountId": "111122223333",
        "sessionContext": { "sessionIssuer": { "type": "Role", "arn": "arn:aws:iam::111122223333:role/ci/Deploy" } },
    });
    let (said, code) =
        replayed(&[("log.json", session.to_string().as_bytes())], &["log.json", "--world", "new.iam"]);
    assert_eq!((said.lines().next(), code), (Some("equal"), Some(0)), "{said}");
    let broken = [&[0x1f, 0x8b][..], &[7; 40]].concat();
    let (_, code) = replayed(&[("log.json.gz", &broken)], &["log.json.gz", "--world", "new.iam"]);
    assert_eq!(code, Some(3));
}

/// A world of two who have more than they need.
const WIDE: &str = r#"account 111122223333 "Acme"
user alice
user bob
inline All on user alice {"Statement":{"Sid":"All","Effect":"Allow","Action":"s3:*","Resource":"*"}}
inline Read on user bob {"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"},{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}
"#;

/// What `--learn` says as JSON of a log and of a world.
fn learned(world: &str, events: &[Value], arguments: &[&str]) -> (Value, Option<i32>) {
    let log = json!({ "Records": events }).to_string();
    let files = [("own.iam", world.as_bytes()), ("log.json", log.as_bytes())];
    let always = ["log.json", "--world", "own.iam", "--learn", "--format", "json"];
    let (said, code) = replayed(&files, &[&always[..], arguments].concat());
    (serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}")), code)
}

#[test]
fn the_policy_that_is_learned_has_what_the_calls_needed_and_no_more() {
    let (said, code) = learned(WIDE, &thousand(), &["--of", "alice"]);
    assert_eq!(
        (code, &said["verdict"], &said["tried"]),
        (Some(1), &json!("narrower"), &json!(true)),
        "{said}"
    );
    let alice = &said["principals"][0];
    assert_eq!(
        (&alice["calls"], &alice["lost"], &alice["no_new_access"]),
        (&json!(500), &json!(0), &json!("holds"))
    );
    let needed = json!(["s3:DeleteBucket", "s3:GetBucketPolicy"]);
    assert_eq!(alice["policy"]["Statement"][0]["Action"], needed, "{said}");
    assert_eq!(alice["policy"]["Statement"][0]["Resource"], "arn:aws:s3:::reports");
    assert_eq!(said["not_asked"]["call of somebody else"][""], 500, "{said}");
}

#[test]
fn a_call_under_another_condition_is_not_lost_with_its_statement() {
    let office = |address: &str, sid: &str| {
        json!({ "Sid": sid, "Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": { "IpAddress": { "aws:SourceIp": address } } })
    };
    let statements =
        json!({ "Statement": [office("203.0.113.9/32", "Office"), office("198.51.100.0/24", "Home")] });
    let world = format!("account 111122223333\nuser alice\ninline Places on user alice {statements}\n");
    let mut events: Vec<Value> = (0..20).map(|at| event("alice", "GetBucketPolicy", at)).collect();
    events[13]["sourceIPAddress"] = json!("198.51.100.7");
    let (said, _) = learned(&world, &events, &[]);
    let alice = &said["principals"][0];
    assert_eq!(
        (&alice["verdict"], &alice["lost"], &alice["calls"]),
        (&json!("narrower"), &json!(0), &json!(20))
    );
    assert_eq!(alice["policy"]["Statement"].as_array().map(Vec::len), Some(2), "{said}");
}

#[test]
fn what_aws_denied_teaches_nothing_and_what_this_world_denies_is_said() {
    let mut events = vec![event("alice", "GetBucketPolicy", 1), event("alice", "DeleteBucket", 2)];
    events[1]["errorCode"] = json!("AccessDenied");
    let world = "account 111122223333\nuser alice\ninline Read on user alice {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\
                 \"s3:GetBucketPolicy\",\"Resource\":\"arn:aws:s3:::reports\"}}\n";
    let (said, code) = learned(world, &events, &[]);
    assert_eq!((code, &said["verdict"]), (Some(0), &json!("equal")), "{said}");
    events.push(event("alice", "PutBucketPolicy", 3));
    let (said, code) = learned(world, &events, &[]);
    assert_eq!((code, &said["principals"][0]["denied_in_this_world"]), (Some(4), &json!(1)), "{said}");
}

#[test]
fn learned_policies_are_written_and_events_that_cannot_be_read_again_are_refused() {
    let log = json!({ "Records": thousand() }).to_string();
    let folder = Folder::new(&[("old.iam", WIDE.as_bytes()), ("log.json", log.as_bytes())]);
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    command
        .current_dir(&folder)
        .args(["replay", "log.json", "--world", "old.iam", "--learn", "--policies", "learned"]);
    command.assert().code(1).stderr("wrote 2 policies to learned\n");
    let written =
        std::fs::read_to_string(folder.join("learned/111122223333-user-bob.json")).expect("written");
    assert!(written.contains("\"s3:GetBucketPolicy\""), "{written}");
    let (_, code) = replayed(&[], &["-", "--world", "old.iam", "--learn"]);
    assert_eq!(code, Some(3));
}

#[test]
fn a_call_between_accounts_that_two_trails_have_is_counted_once() {
    let mut events = vec![
        event("alice", "DeleteBucket", 1),
        event("alice", "DeleteBucket", 1),
        event("alice", "DeleteBucket", 2),
    ];
    for event in &mut events[..2] {
        event["sharedEventID"] = json!("3f0c1c1e-0000-4000-8000-000000000001");
    }
    events[1]["recipientAccountId"] = json!("444455556666");
    let log = json!({ "Records": events }).to_string();
    let (said, _) =
        replayed(&[("log.json", log.as_bytes())], &["log.json", "--world", "new.iam", "--format", "json"]);
    let said: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((&said["events"], &said["newly_denied"]), (&json!(3), &json!(2)), "{said}");
    assert_eq!(
        said["not_asked"]["second event of a call from one account to another"]["s3:DeleteBucket"], 1,
        "{said}"
    );
}

#[test]
fn a_guard_on_one_unit_is_tried_on_the_calls_of_its_accounts() {
    let old = format!(
        "account 999988887777\norganization o-exampleorg management 999988887777\nou Live\n{OLD}\
         move account 111122223333 to ou Live\n"
    );
    let guard = r#"scp NoDelete {"Statement":{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}}
attach NoDelete to ou Live
"#;
    let log = json!({ "Records": thousand() }).to_string();
    let files = [("org.iam", old.as_bytes()), ("guard.iam", guard.as_bytes()), ("log.json", log.as_bytes())];
    let (said, code) =
        replayed(&files, &["log.json", "--world", "org.iam", "--world", "guard.iam", "--against", "org.iam"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("1 newly denied") && said.contains("now    explicit deny: NoDelete, statement 1 (scp)"),
        "{said}"
    );
}
