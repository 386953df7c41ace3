//! `diff` on the command line: exit codes, JSON, and what cannot be compared.

use std::collections::BTreeMap;

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

fn iamwhy(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("iamwhy").expect("built").args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

const OLD: &str = "examples/guides/files/reports-v1.json";
const NEW: &str = "examples/guides/files/reports-v2.json";

#[test]
fn the_exit_code_tells_equal_from_other_policies() {
    assert_eq!(iamwhy(&["diff", OLD, OLD]).0, 0);
    let (code, out, _) = iamwhy(&["diff", OLD, NEW]);
    assert_eq!((code, out.lines().next()), (1, Some("wider")));
    let (code, out, _) = iamwhy(&["diff", NEW, OLD]);
    assert_eq!((code, out.lines().next()), (1, Some("narrower")));
}

#[test]
fn json_has_each_statement_with_a_request() {
    let (_, out, _) = iamwhy(&["--format", "json", "diff", OLD, NEW]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["verdict"], "wider");
    assert_eq!(answer["exactness"]["kind"], "exact");
    let changes = answer["newly_allowed"].as_array().expect("a list");
    let by_new = changes.iter().find(|change| change["because"]["side"] == "new").expect("the new statement");
    assert_eq!(by_new["because"]["sid"], "Reports");
    assert_eq!(by_new["actions"], serde_json::json!(["s3:PutObject"]));
    assert_eq!(by_new["witness"]["new"], "allowed");
    assert_eq!(answer["newly_denied"], serde_json::json!([]));
}

#[test]
fn policies_that_look_like_two_types_are_refused() {
    let folder = Folder::new(&[("bucket.json", policy(&[&allow(r#""*""#, "GetObject", "")]).as_bytes())]);
    let (code, _, wrong) = iamwhy(&["diff", OLD, &path(&folder, "bucket.json")]);
    assert_eq!(code, 3);
    assert!(wrong.contains("looks like"), "{wrong}");
    assert_eq!(iamwhy(&["diff", OLD, "no-such-file.json"]).0, 3);
}

const PARTNER: &str = r#"{"AWS": "arn:aws:iam::444455556666:root"}"#;
const LOADER: &str = r#"{"AWS": "arn:aws:iam::444455556666:role/Loader"}"#;
const OF_ORGANIZATION: &str = r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-acme123456"}}"#;

/// A statement of the policy of a bucket.
fn allow(principal: &str, action: &str, condition: &str) -> String {
    let resource = "arn:aws:s3:::acme-reports/*";
    format!(
        r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "s3:{action}", "Resource": "{resource}"{condition}}}"#
    )
}

fn policy(statements: &[&str]) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
}

fn path(folder: &Folder, name: &str) -> String {
    folder.join(name).to_str().expect("UTF-8").to_owned()
}

/// What `diff --format json` says of two policies.
fn compared(old: &str, new: &str, more: &[&str]) -> Value {
    let folder = Folder::new(&[("old.json", old.as_bytes()), ("new.json", new.as_bytes())]);
    let (old, new) = (path(&folder, "old.json"), path(&folder, "new.json"));
    let (_, out, wrong) = iamwhy(&[&["--format", "json", "diff", &old, &new], more].concat());
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{wrong}"))
}

/// What changes, each with whose requests it is and its actions.
fn changes(answer: &Value, turn: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let texts = |list: &Value| {
        list.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
    };
    let changes = answer[turn].as_array().expect("a list").iter();
    changes.map(|change| (texts(&change["callers"]), texts(&change["actions"]))).collect()
}

fn told(callers: &[&str], actions: &[&str]) -> (Vec<String>, Vec<String>) {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    (owned(callers), owned(actions))
}

#[test]
fn a_bucket_policy_that_loses_its_condition_is_open_to_everybody() {
    let old = policy(&[&allow(r#""*""#, "GetObject", OF_ORGANIZATION)]);
    let new = policy(&[&allow(r#""*""#, "GetObject", "")]);
    let answer = compared(&old, &new, &[]);
    assert_eq!((&answer["verdict"], &answer["exactness"]["kind"]), (&"wider".into(), &"exact".into()));
    assert_eq!(changes(&answer, "newly_allowed"), [told(&["everybody"], &["s3:GetObject"])]);
    assert_eq!(compared(&new, &old, &[])["verdict"], "narrower");
    assert_eq!(compared(&old, &old, &[])["verdict"], "equal");
}

#[test]
fn an_account_that_gives_way_to_one_of_its_roles_is_told_from_it() {
    let old = policy(&[&allow(PARTNER, "GetObject", "")]);
    let new = policy(&[&allow(LOADER, "GetObject", ""), &allow(LOADER, "PutObject", "")]);
    let answer = compared(&old, &new, &[]);
    let loader = "arn:aws:iam::444455556666:role/Loader";
    assert_eq!(changes(&answer, "newly_allowed"), [told(&[loader], &["s3:PutObject"])]);
    assert_eq!(changes(&answer, "newly_denied"), [told(&["account 444455556666"], &["s3:GetObject"])]);
}

#[test]
fn what_only_accounts_of_an_organization_are_allowed_is_not_said_of_any_account() {
    let old = policy(&[&allow(PARTNER, "GetObject", "")]);
    let new = policy(&[&allow(PARTNER, "GetObject", ""), &allow(r#""*""#, "PutObject", OF_ORGANIZATION)]);
    let [(callers, _)] = &changes(&compared(&old, &new, &[]), "newly_allowed")[..] else {
        panic!("one change")
    };
    assert!(callers.contains(&"other AWS accounts".to_owned()), "{callers:?}");
    assert!(!callers.contains(&"any AWS account".to_owned()), "{callers:?}");
}

#[test]
fn a_trust_policy_tells_the_roles_that_are_named_by_pattern() {
    let trust = |condition: &str| {
        let principal = r#"{"AWS": "arn:aws:iam::123456789012:root"}"#;
        policy(&[&format!(
            r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole"{condition}}}"#
        )])
    };
    let like = |pattern: &str| {
        trust(&format!(
            r#", "Condition": {{"ArnLike": {{"aws:PrincipalArn": "arn:aws:iam::123456789012:role/{pattern}"}}}}"#
        ))
    };
    let answer = compared(&like("ci-*"), &like("*-ci"), &[]);
    assert_eq!(answer["verdict"], "both");
    let witness = |turn: &str| answer[turn][0]["witness"]["principal"].as_str().expect("an ARN").to_owned();
    assert!(witness("newly_allowed").contains("-ci/") && !witness("newly_allowed").contains("/ci-"));
    assert!(witness("newly_denied").contains("/ci-") && !witness("newly_denied").contains("-ci/"));
    assert_eq!(compared(&like("ci-*"), &like("ci-*"), &[])["verdict"], "equal");
}

#[test]
fn a_key_policy_that_no_longer_names_its_account_shuts_out_all_but_the_role() {
    let key = |who: &str| {
        let principal = format!(r#"{{"AWS": "arn:aws:iam::123456789012:{who}"}}"#);
        policy(&[&format!(
            r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "kms:Decrypt", "Resource": "*"}}"#
        )])
    };
    let arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let answer = compared(&key("root"), &key("role/admin"), &["--on", arn]);
    let own = told(&["principals of its account"], &["kms:Decrypt"]);
    assert_eq!(changes(&answer, "newly_denied"), [own]);
    let admin = told(&["arn:aws:iam::123456789012:role/admin"], &["kms:Decrypt"]);
    assert_eq!(changes(&answer, "newly_allowed"), [admin]);
}

#[test]
fn a_guard_of_an_organization_that_spares_a_role_is_wider() {
    let guard = |condition: &str| {
        let region = r#""StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}"#;
        let condition = format!(r#"{{{region}{condition}}}"#);
        policy(&[&format!(
            r#"{{"Effect": "Deny", "Action": "sqs:*", "Resource": "*", "Condition": {condition}}}"#
        )])
    };
    let spares = r#", "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}"#;
    let answer = compared(&guard(""), &guard(spares), &["--type", "scp"]);
    assert_eq!((&answer["verdict"], &answer["newly_denied"]), (&"wider".into(), &serde_json::json!([])));
    assert_eq!(answer["newly_allowed"][0]["because"]["side"], "old");
}

#[test]
fn checks_take_policies_of_resources() {
    let old = policy(&[&allow(PARTNER, "GetObject", "")]);
    let new = policy(&[&allow(PARTNER, "Get*", "")]);
    let folder = Folder::new(&[("old.json", old.as_bytes()), ("new.json", new.as_bytes())]);
    let (old, new) = (path(&folder, "old.json"), path(&folder, "new.json"));
    assert_eq!(iamwhy(&["check", "no-new-access", &old, &new]).0, 1);
    assert_eq!(iamwhy(&["check", "no-new-access", &new, &old]).0, 0);
    assert_eq!(iamwhy(&["check", "equivalent", &old, &old]).0, 0);
    let granted = |action: &str| {
        let arn = "arn:aws:s3:::acme-reports/*";
        let (code, out, _) = iamwhy(&["check", "access-not-granted", &old, action, arn]);
        (code, out)
    };
    assert_eq!(granted("s3:DeleteObject").0, 0);
    let (code, out) = granted("s3:Get*");
    assert_eq!(code, 1);
    assert!(out.contains("account 444455556666") && out.contains("s3:GetObject on"), "{out}");
    assert_eq!(granted("sqs:SendMessage").0, 4, "nobody can ask that of a bucket");
}

const WORLD: &str = r#"account 111122223333 "Acme"
user alice
user bob
group devs members alice bob
policy Reports {"Version": "2012-10-17", "Statement": [
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports/*"},
  {"Sid": "Queue", "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"], "Resource": "*"}]}
attach Reports to group devs
role Deploy trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
resource arn:aws:s3:::acme-reports owner 111122223333
"#;

/// What `diff --format json` says of two worlds: the one above and one in which a text stands for another.
fn worlds(changes: &[(&str, &str)]) -> Value {
    let new = changes.iter().fold(WORLD.to_owned(), |world, (from, to)| {
        assert!(world.contains(from), "{from}");
        world.replace(from, to)
    });
    let folder = Folder::new(&[("old.iam", WORLD.as_bytes()), ("new.iam", new.as_bytes())]);
    let (old, new) = (path(&folder, "old.iam"), path(&folder, "new.iam"));
    let (_, out, wrong) = iamwhy(&["--format", "json", "diff", &old, &new]);
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{wrong}"))
}

#[test]
fn worlds_differ_by_whoever_has_a_policy_that_is_another() {
    let answer = worlds(&[(r#""s3:GetObject", "Res"#, r#"["s3:GetObject", "s3:PutObject"], "Res"#)]);
    assert_eq!((&answer["verdict"], &answer["exactness"]["kind"]), (&"wider".into(), &"exact".into()));
    let both = told(&["user alice", "user bob"], &["s3:PutObject"]);
    assert_eq!(changes(&answer, "newly_allowed"), [both]);
    assert_eq!(answer["newly_allowed"][0]["because"]["policy"], "Reports");
    assert_eq!(worlds(&[])["verdict"], "equal");
}

#[test]
fn what_a_sign_in_with_mfa_changes_is_part_of_the_difference() {
    let mfa = r#""Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, "Res"#;
    let answer = worlds(&[(r#""s3:GetObject", "Res"#, &format!(r#""s3:GetObject", {mfa}"#))]);
    assert_eq!(answer["verdict"], "narrower");
    let answer = worlds(&[(
        "/*\"},",
        &format!("/*\"}}, {{\"Effect\": \"Allow\", \"Action\": \"sns:Publish\", {mfa}ource\": \"*\"}},"),
    )]);
    assert_eq!(answer["verdict"], "wider");
    let context = &answer["newly_allowed"][0]["witness"]["request"]["context"];
    assert_eq!(context["aws:MultiFactorAuthPresent"], "true");
}

#[test]
fn worlds_whose_gates_differ_are_never_called_equal() {
    let answer = worlds(&[("user alice\n", "region me-south-1 off\nuser alice\n")]);
    assert!(answer["verdict"] != "equal" && answer["exactness"]["kind"] != "exact", "{answer}");
    let answer = worlds(&[("user alice\n", "billing-access on\nuser alice\n")]);
    assert_eq!(answer["verdict"], "unknown");
}

#[test]
fn principals_that_are_gone_or_new_are_named_with_what_they_could_do() {
    let answer = worlds(&[("user bob\n", "user carol\n"), ("members alice bob", "members alice carol")]);
    assert_eq!(
        (&answer["gone"], &answer["new"]),
        (&serde_json::json!(["user bob"]), &serde_json::json!(["user carol"]))
    );
    let of = |turn: &str| changes(&answer, turn).into_iter().map(|(who, _)| who).collect::<Vec<_>>();
    assert_eq!(of("newly_allowed"), [["user carol (new)"], ["user carol (new)"]]);
    assert_eq!(of("newly_denied"), [["user bob (gone)"], ["user bob (gone)"]]);
}

#[test]
fn a_boundary_and_an_scp_take_away_what_they_do_not_allow() {
    let limit =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
    let bounded = format!("user alice\npolicy Limit {limit}\nboundary Limit on user alice\nuser bob\n");
    let answer = worlds(&[("user alice\nuser bob\n", &bounded)]);
    let denied = told(&["user alice"], &["sqs:ReceiveMessage", "sqs:SendMessage"]);
    assert_eq!(changes(&answer, "newly_denied"), [denied]);
    assert_eq!(answer["newly_denied"][0]["layer"], "permissions-boundary");
    let guard = r#"{"Version": "2012-10-17", "Statement": {"Sid": "NoQueues", "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*"}}"#;
    let organization = format!(
        "account 999988887777\norganization o-exampleorg management 999988887777\naccount 111122223333 \"Acme\"\n\
         move account 111122223333 to organization-root\nscp Guard {guard}\nattach Guard to account 111122223333\nuser alice\n"
    );
    let answer = worlds(&[("account 111122223333 \"Acme\"\nuser alice\n", &organization)]);
    let by_guard = answer["newly_denied"].as_array().expect("a list").iter();
    let by_guard = by_guard.filter(|change| change["because"]["sid"] == "NoQueues").collect::<Vec<_>>();
    let [change] = &by_guard[..] else { panic!("{answer}") };
    assert_eq!(change["actions"], serde_json::json!(["sqs:SendMessage"]));
}

#[test]
fn a_bucket_that_is_opened_is_open_to_strangers_and_to_whoever_had_nothing() {
    let open = r#" policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports/pub/*"}}"#;
    let owner = "acme-reports owner 111122223333";
    let answer = worlds(&[(owner, &format!("{owner}{open}"))]);
    let all =
        told(&["anonymous callers", "any AWS account", "AWS services", "role Deploy"], &["s3:GetObject"]);
    assert_eq!(changes(&answer, "newly_allowed"), [all]);
}

#[test]
fn who_may_assume_a_role_is_part_of_the_difference() {
    let answer = worlds(&[(
        r#"{"Service": "ec2.amazonaws.com"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:user/alice"}"#,
    )]);
    assert_eq!(changes(&answer, "newly_allowed"), [told(&["user alice"], &["sts:AssumeRole"])]);
    assert_eq!(changes(&answer, "newly_denied"), [told(&["ec2.amazonaws.com"], &["sts:AssumeRole"])]);
}

#[test]
fn a_world_and_a_policy_are_not_compared_and_a_world_asks_nothing() {
    let asks = format!("{WORLD}can alice s3:GetObject\n");
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes()), ("asks.iam", asks.as_bytes())]);
    let world = path(&folder, "world.iam");
    let (code, _, wrong) = iamwhy(&["diff", &world, OLD]);
    assert!(code == 3 && wrong.contains("holds a world"), "{wrong}");
    let (code, out, wrong) = iamwhy(&["diff", &world, &path(&folder, "asks.iam")]);
    assert!(code == 3 && out.is_empty(), "{out} {wrong}");
}

#[test]
fn checks_take_worlds() {
    let new = WORLD.replace("s3:GetObject", "s3:Get*");
    let folder = Folder::new(&[("old.iam", WORLD.as_bytes()), ("new.iam", new.as_bytes())]);
    let (old, new) = (path(&folder, "old.iam"), path(&folder, "new.iam"));
    assert_eq!(iamwhy(&["check", "no-new-access", &old, &new]).0, 1);
    assert_eq!(iamwhy(&["check", "no-new-access", &new, &old]).0, 0);
    assert_eq!(iamwhy(&["check", "equivalent", &old, &old]).0, 0);
}

/// The decisions of `batch` about the lines of a file, by their ids.
fn decisions(requests: &str, head: &[&str]) -> BTreeMap<String, String> {
    let (_, out, wrong) = iamwhy(&[head, &["batch", requests]].concat());
    let answers = out.lines().map(|line| serde_json::from_str::<Value>(line).expect(line));
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{value} {wrong}")).to_owned();
    answers.map(|answer| (text(&answer["id"]), text(&answer["decision"]))).collect()
}

#[test]
fn the_requests_of_a_difference_are_lines_that_batch_decides_as_it_says() {
    let folder = Folder::new(&[]);
    let requests = path(&folder, "requests.jsonl");
    let (_, out, _) = iamwhy(&["--format", "json", "diff", OLD, NEW, "--requests", &requests]);
    let told: Value = serde_json::from_str(&out).expect("JSON");
    let decided = decisions(&requests, &[]);
    let camel = |said: &Value| match said.as_str() {
        Some("explicit deny") => "explicitDeny",
        Some("implicit deny") => "implicitDeny",
        _ => "allowed",
    };
    let changes = told["newly_allowed"].as_array().expect("a list");
    assert!(changes.len() > 1, "{out}");
    for (number, change) in changes.iter().enumerate() {
        for side in ["old", "new"] {
            let id = format!("{} {side}", number + 1);
            assert_eq!(decided[&id], camel(&change["witness"][side]), "{id}");
        }
    }
}

#[test]
fn the_requests_of_two_worlds_are_asked_of_each() {
    let new = WORLD.replace(r#""s3:GetObject", "Res"#, r#"["s3:GetObject", "s3:PutObject"], "Res"#);
    let folder = Folder::new(&[("old.iam", WORLD.as_bytes()), ("new.iam", new.as_bytes())]);
    let [old, new, requests] = ["old.iam", "new.iam", "r.jsonl"].map(|name| path(&folder, name));
    assert_eq!(iamwhy(&["diff", &old, &new, "--requests", &requests]).0, 1);
    let allowed = |world: &str| decisions(&requests, &["--world", world])["1"] == "allowed";
    assert_eq!((allowed(&old), allowed(&new)), (false, true));
}

#[test]
fn a_difference_is_written_as_a_page_with_all_that_it_lists() {
    let folder = Folder::new(&[]);
    let page = path(&folder, "diff.html");
    let (code, out, wrong) = iamwhy(&["diff", OLD, NEW, "--html", &page]);
    assert_eq!((code, wrong.as_str()), (1, ""), "{out}");
    let text = std::fs::read_to_string(&page).expect("a page");
    assert!(
        text.starts_with("<!DOCTYPE html>") && text.contains("<h1>wider</h1>") && !text.contains("<script"),
        "{text}"
    );
    assert_eq!(
        text.matches("decided by the engine on both sides").count(),
        out.matches("decided by the").count()
    );
    for check in [
        &["check", "no-new-access", OLD, NEW][..],
        &["check", "dead", OLD],
        &["check", "public", "arn:aws:s3:::b"],
    ] {
        let (_, out, _) = iamwhy(&[check, &["--html", &page]].concat());
        let verdict = format!("<h1>{}</h1>", out.lines().next().unwrap_or_default());
        assert!(std::fs::read_to_string(&page).expect("a page").contains(&verdict), "{check:?} {out}");
    }
}

#[test]
fn no_file_is_written_over_a_policy_that_is_read() {
    let folder = Folder::new(&[("a.json", policy(&[]).as_bytes())]);
    let own = path(&folder, "a.json");
    for option in ["--html", "--requests"] {
        let (code, _, wrong) = iamwhy(&["diff", &own, NEW, option, &own]);
        assert!(code == 3 && wrong.contains("would overwrite"), "{wrong}");
    }
}

#[test]
fn what_is_not_left_out_is_told_by_what_is_where_that_is_shorter() {
    let folder = Folder::new(&[
        ("old.json", br#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}}"#),
        ("new.json", br#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}"#),
    ]);
    let (_, out, _) =
        iamwhy(&["--format", "plain", "diff", &path(&folder, "old.json"), &path(&folder, "new.json")]);
    let line = out.lines().find(|line| line.contains("newly allowed  ")).unwrap_or_default();
    assert!(line.contains("all but ") && line.contains("iam:*"), "{out}");
}

/// A policy whose dead parts take long to find.
#[cfg(unix)]
fn long() -> String {
    let statements: Vec<String> = (0..300)
        .map(|number| {
            format!(r#"{{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b{number}/*"}}"#)
        })
        .collect();
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","))
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_question_about_all_requests_with_what_was_found_so_far() {
    let folder = Folder::new(&[]);
    let fifo = path(&folder, "policy.json");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_iamwhy"));
    let child =
        command.args(["--format", "plain", "check", "dead", &fifo]).stdout(std::process::Stdio::piped());
    let child = child.spawn().expect("runs");
    // Once the program reads, it knows what to do at Ctrl-C.
    std::fs::write(&fifo, long()).expect("somebody reads");
    let pressed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(pressed.expect("kill").success());
    let output = child.wait_with_output().expect("ends");
    let out = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(4), "{out}");
    assert!(out.starts_with("unknown") && out.contains("it was stopped"), "{out}");
}
