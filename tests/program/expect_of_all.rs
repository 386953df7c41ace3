//! Expectations about everybody: `expect no-access … except …`, `expect public nothing` and `expect no-new-access over …`;
//! and `what-if { … } for all`.

use assert_cmd::Command;

use crate::scratch::Folder;

const WORLD: &str = r#"account 444455556666
role Other trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}}
account 111122223333
user alice
user bob
group staff members alice bob
inline Read on group staff {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"}}
inline Clean on user alice {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::reports/old/*"}}
role Job trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
resource arn:aws:s3:::reports owner 111122223333
"#;

fn run(lines: &str) -> (i32, String) {
    let folder = Folder::new(&[("t.iam", format!("{WORLD}{lines}").as_bytes())]);
    let path = folder.join("t.iam");
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.args(["test", path.to_str().expect("UTF-8")]).output().expect("runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("a code"), text(&output.stdout) + &text(&output.stderr))
}

const DELETE: &str = "expect no-access s3:Delete* on arn:aws:s3:::reports/*";

#[test]
fn nobody_but_these_is_allowed_any_of_it() {
    let (code, out) = run(&format!(
        "{DELETE} except root alice\nexpect no-access s3:* on arn:aws:s3:::reports/* except root alice bob\n"
    ));
    assert!(code == 0 && out.contains("2 passed"), "{out}");
}

#[test]
fn somebody_else_who_is_allowed_something_is_named_with_a_request() {
    let (code, out) = run(&format!("{DELETE} except root bob\n"));
    assert_eq!(code, 1, "{out}");
    let wrong = "expected no access, but arn:aws:iam::111122223333:user/alice is allowed s3:DeleteObject on";
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains(wrong) && out.contains("arn:aws:s3:::reports/old/"), "{out}");
}

#[test]
fn the_root_user_has_to_be_excepted() {
    let (code, out) = run(&format!("{DELETE} except alice\n"));
    assert!(code == 1 && out.contains("arn:aws:iam::111122223333:root"), "{out}");
}

#[test]
fn policies_of_resources_let_somebody_in() {
    let policy = r#"resource arn:aws:s3:::reports policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Job"}, "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/tmp/*"}}"#;
    let (code, out) = run(&format!("{policy}\n{DELETE} except root alice\n"));
    assert!(code == 1 && out.contains("assumed-role/Job"), "{out}");
    let (code, out) = run(&format!("{policy}\n{DELETE} except root alice Job\n"));
    assert_eq!(code, 0, "{out}");
}

#[test]
fn nothing_is_public_until_a_policy_lets_strangers_in() {
    let (code, out) = run("expect public nothing\n");
    assert!(code == 0 && out.contains("1 passed"), "{out}");
    let open = r#"resource arn:aws:sqs:us-east-1:111122223333:jobs policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}}"#;
    let (code, out) = run(&format!("{open}\nexpect public nothing\n"));
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = "expected nothing public, but anonymous callers may call sqs:SendMessage on";
    assert!(code == 1 && out.contains(wrong), "{out}");
    let (code, out) = run(&format!("{open}\ntodo expect public nothing\n"));
    assert!(code == 0 && out.contains("todo"), "{out}");
}

#[test]
fn what_nobody_could_ask_for_is_no_expectation() {
    let (code, out) = run("expect no-access sqs:* on arn:aws:s3:::reports/*\n");
    assert!(code == 3 && out.contains("sqs:* is asked for none of these resources"), "{out}");
}

/// Runs a test that states that there is no new access over the world above, which is read from a file beside it.
fn over(lines: &str) -> (i32, String) {
    let test = format!("read \"base.iam\"\n{lines}\nexpect no-new-access over \"base.iam\"\n");
    let folder = Folder::new(&[("base.iam", WORLD.as_bytes()), ("t.iam", test.as_bytes())]);
    let path = folder.join("t.iam");
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.args(["test", path.to_str().expect("UTF-8")]).output().expect("runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let out = text(&output.stdout) + &text(&output.stderr);
    (output.status.code().expect("a code"), out.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn what_is_allowed_here_and_not_in_the_world_of_a_file_is_named_with_a_request() {
    let (code, out) = over("");
    assert!(code == 0 && out.contains("1 passed"), "{out}");
    let (code, out) = over("remove user bob from group staff");
    assert!(code == 0, "less is no new access: {out}");
    let tags = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::reports/new/*"}}"#;
    let (code, out) = over(&format!("inline Write on user bob {tags}"));
    let wrong =
        "but arn:aws:iam::111122223333:user/bob is newly allowed s3:PutObject on arn:aws:s3:::reports/new/";
    assert!(code == 1 && out.contains(wrong) && out.contains("t.iam:3"), "{out}");
}

#[test]
fn a_file_that_holds_no_world_is_refused() {
    let folder = Folder::new(&[
        ("policy.json", br#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#),
        ("t.iam", b"account 111122223333\nexpect no-new-access over \"policy.json\"\n"),
    ]);
    let path = folder.join("t.iam");
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.args(["test", path.to_str().expect("UTF-8")]).output().expect("runs");
    let out = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(3) && out.contains("holds no world"), "{out}");
}

#[test]
fn what_if_for_all_is_the_difference_over_all_requests() {
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes())]);
    let path = folder.join("world.iam");
    let ask = |block: &str| {
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        let world = path.to_str().expect("UTF-8");
        let output =
            command.args(["--world", world, "-e", &format!("what-if {{ {block} }} for all")]).output();
        let output = output.expect("runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let (code, out) = ask("delete user alice");
    assert!(code == Some(1) && out.contains("narrower\n") && out.contains("gone: user alice"), "{out}");
    let (code, out) = ask("tag user alice team=red");
    assert!(code == Some(0) && out.contains("equal\n"), "{out}");
}

#[test]
fn exactly_these_may_do_something_and_one_more_or_less_is_named() {
    const READ: &str = "expect who-can s3:GetObject on arn:aws:s3:::reports/a is";
    let (code, out) = run(&format!("{READ} root alice bob\n"));
    assert!(code == 0 && out.contains("1 passed"), "{out}");
    let said = |line: String| run(&line).1.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = said(format!("{READ} root bob\n"));
    assert!(more.contains("expected that arn:aws:iam::111122223333:user/alice may not: Read"), "{more}");
    let less = said(format!("{READ} root alice bob Job\n"));
    assert!(less.contains("expected that arn:aws:iam::111122223333:role/Job may, too"), "{less}");
    let nobody = said(format!("{READ} nobody\n"));
    assert!(nobody.contains("expected that arn:aws:iam::111122223333:root may not"), "{nobody}");
}
