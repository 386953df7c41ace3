//! Expectations about everybody: `expect no-access … except …` and `expect public nothing`.

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
    assert!(code == 3 && out.contains("is asked for no resource"), "{out}");
}
