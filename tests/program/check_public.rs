//! `check public`: what strangers may do, with a request; what confines a grant; Block Public Access; what is not known.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

fn iamwhy(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("iamwhy").expect("built").args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// What becomes of a policy of these statements.
fn of_policy(statements: &str) -> (i32, String) {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let folder = Folder::new(&[("p.json", text.as_bytes())]);
    let (code, out, wrong) = iamwhy(&["check", "public", folder.join("p.json").to_str().expect("UTF-8")]);
    assert_eq!(wrong, "", "{out}");
    (code, out)
}

fn word(statements: &str) -> String {
    let (code, out) = of_policy(statements);
    let word = out.lines().next().unwrap_or_default().to_owned();
    let expected = if word == "private" {
        0
    } else if word == "public" {
        1
    } else {
        4
    };
    assert_eq!(code, expected, "{out}");
    word
}

/// A grant of everybody under a condition.
fn under(condition: &str) -> String {
    format!(
        r#"{{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {condition}}}"#
    )
}

#[test]
fn a_grant_to_everybody_is_public_and_shown_with_a_request() {
    let (code, out) = of_policy(&under("{}"));
    assert_eq!(code, 1);
    assert!(out.starts_with("public\nstrangers are allowed something on arn:aws:s3:::b\n"), "{out}");
    assert!(
        out.contains("1  anonymous callers  s3:GetObject\n   by     statement 1, p.json:1, allows it"),
        "{out}"
    );
    assert!(out.contains("   as in  s3:GetObject on arn:aws:s3:::b/x\n"), "{out}");
    assert!(out.replace('\n', " ").contains("Block Public Access is taken to be off"), "{out}");
}

#[test]
fn what_strangers_cannot_have_confines_a_grant() {
    for confined in [
        r#"{"StringEquals": {"aws:PrincipalOrgID": "o-mine123456"}}"#,
        r#"{"StringEquals": {"aws:SourceVpce": "vpce-1"}}"#,
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#,
        r#"{"StringEquals": {"aws:PrincipalAccount": "111122223333"}}"#,
    ] {
        assert_eq!(word(&under(confined)), "private", "{confined}");
    }
}

#[test]
fn what_strangers_may_choose_confines_nothing() {
    for open in [
        r#"{"StringLike": {"aws:UserAgent": "secret*"}}"#,
        r#"{"Bool": {"aws:SecureTransport": "true"}}"#,
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy-*"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}"#,
        r#"{"StringNotEquals": {"aws:PrincipalOrgID": "o-mine123456"}}"#,
        r#"{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-mine123456"}}"#,
    ] {
        assert_eq!(word(&under(open)), "public", "{open}");
    }
}

#[test]
fn a_deny_of_strangers_takes_a_grant_back() {
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}}}"#;
    assert_eq!(word(&format!("{}, {deny}", under("{}"))), "private");
}

#[test]
fn queues_and_roles_are_resources_too() {
    let queue = |principal: &str| {
        format!(
            r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs"}}"#
        )
    };
    assert_eq!(word(&queue(r#""*""#)), "public");
    assert_eq!(word(&queue(r#"{"AWS": "444455556666"}"#)), "private");
    let trust = |principal: &str| {
        format!(r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "sts:AssumeRole"}}"#)
    };
    let (code, out) = of_policy(&trust("*"));
    assert!(code == 1 && out.contains("any AWS account  sts:AssumeRole"), "{out}");
    assert_eq!(word(&trust("444455556666")), "private");
}

#[test]
fn resources_of_a_world_are_checked_with_block_public_access() {
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, under("{}"));
    let world = format!("account 111122223333\nresource arn:aws:s3:::b owner 111122223333 policy {policy}\n");
    let blocked = format!("{world}public-access-block on\n");
    let of = |world: &str, resource: &str| {
        let folder = Folder::new(&[("w.iam", world.as_bytes())]);
        let path = folder.join("w.iam");
        iamwhy(&["--world", path.to_str().expect("UTF-8"), "check", "public", resource])
    };
    assert!(of(&world, "arn:aws:s3:::b").1.starts_with("public\n"));
    assert!(of(&blocked, "arn:aws:s3:::b").1.starts_with("private\n"));
    let (code, out, _) = of(&world, "arn:aws:s3:::another");
    assert!(
        code == 4
            && out.starts_with("unknown\n")
            && out.replace('\n', " ").contains("its policy is not known here"),
        "{out}"
    );
    let (code, _, wrong) = of(&world, "arn:aws:s3:::b*");
    assert!(code == 3 && wrong.contains("names no single resource"), "{wrong}");
}

#[test]
fn programs_get_who_may_do_what() {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, under("{}"));
    let folder = Folder::new(&[("p.json", text.as_bytes())]);
    let path = folder.join("p.json");
    let (_, out, _) = iamwhy(&["--format", "json", "check", "public", path.to_str().expect("UTF-8")]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        (&answer["verdict"], &answer["public"][0]["to"]),
        (&"public".into(), &"anonymous callers".into())
    );
    assert_eq!(answer["public"][0]["witness"]["request"]["action"], "s3:GetObject");
}

#[test]
fn strangers_have_addresses_of_both_versions() {
    let from = |networks: &str| word(&under(&format!(r#"{{"IpAddress": {{"aws:SourceIp": {networks}}}}}"#)));
    assert_eq!(from(r#""::/0""#), "public");
    assert_eq!(from(r#""2000::/3""#), "public");
    assert_eq!(from(r#"["2001:db8:12::/48", "fd00::/8"]"#), "private");
    let not = r#"{"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"}}"#;
    assert_eq!(word(&under(not)), "public", "whoever comes by IPv6 has no address of version 4");
    assert_eq!(word(&under(r#"{"NotIpAddress": {"aws:SourceIp": ["0.0.0.0/0", "::/0"]}}"#)), "private");
}

#[test]
fn the_requests_of_strangers_are_lines_that_batch_decides_as_it_says() {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, under("{}"));
    let folder = Folder::new(&[("p.json", text.as_bytes())]);
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (policy, requests) = (path("p.json"), path("r.jsonl"));
    let (code, out, _) = iamwhy(&["--format", "json", "check", "public", &policy, "--requests", &requests]);
    assert_eq!(code, 1, "{out}");
    let (_, decided, wrong) = iamwhy(&["batch", &requests]);
    let decisions: Vec<Value> = decided.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(!decisions.is_empty() && wrong.is_empty(), "{decided} {wrong}");
    for one in &decisions {
        assert_eq!(one["decision"], "allowed", "{one}");
    }
}
