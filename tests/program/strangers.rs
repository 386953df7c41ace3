//! World files and tests may be a stranger's: nothing is written because of them, they read nothing from outside of
//! their folder, and messages show nothing of files that are not what they were named as.

use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

use crate::scratch::Folder;

const START: &str = "account 111122223333 \"x\"\nuser alice\n";
const EXPECTS: &str = "expect alice denied s3:GetObject on arn:aws:s3:::b/k\n";
const POLICY: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
/// What nobody may see.
const SECRET: &str = "hunter2";

/// Every way in which a file is run that may be a stranger's.
const WAYS: [&[&str]; 8] = [
    &["--world", "theirs/a.iam", "can", "alice", "s3:GetObject"],
    &["--world", "theirs/a.iam", "-e", "list users"],
    &["--world", "theirs/a.iam", "batch", "/dev/null"],
    &["--world", "theirs/a.iam", "test", "--init"],
    &["test", "theirs"],
    &["test", "theirs/a.iam"],
    &["test", "theirs", "--list"],
    &["test", "theirs", "--coverage", "--mutate", "--allow-empty", "--report", "tap"],
];

fn iamwhy(folder: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::cargo_bin("iamwhy").unwrap();
    // What hangs is ended; no test looks at how long anything took.
    command.current_dir(folder).timeout(Duration::from_secs(60)).args(arguments).assert()
}

fn all_said(assert: &Assert) -> String {
    let output = assert.get_output();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder of a stranger beside files that are none of theirs; `line` stands in the script, or in one that it reads.
fn theirs(line: &str, is_read: bool) -> Folder {
    let (first, second) = if is_read { ("read \"b.iam\"", line) } else { (line, "") };
    // A world file holds no expectations; a test needs one to be found, and has it in a comment's place.
    let script = format!("{START}{first}\n");
    let folder = Folder::new(&[
        ("theirs/a.iam", script.as_bytes()),
        ("theirs/b.iam", format!("{second}\n").as_bytes()),
        ("theirs/p.json", POLICY.as_bytes()),
        ("theirs/below/p.json", POLICY.as_bytes()),
        ("theirs/.env", format!("TOKEN={SECRET}\n").as_bytes()),
        ("theirs/user.txt", format!("user {SECRET}\npassword {SECRET}\n").as_bytes()),
        ("theirs/key.json", format!("{{\"private_key\": \"{SECRET}\"}}").as_bytes()),
        ("theirs/broken.json", format!("{{\"private_key\": {SECRET}").as_bytes()),
        ("outside.json", POLICY.as_bytes()),
        ("outside.iam", b"user carol\n"),
        ("victim.txt", b"old"),
    ]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../outside.json", folder.join("theirs/link.json")).unwrap();
        symlink("/", folder.join("theirs/all")).unwrap();
        symlink(".env", folder.join("theirs/env.iam")).unwrap();
        symlink("below/p.json", folder.join("theirs/inside.json")).unwrap();
    }
    folder
}

/// Runs a line in every way; all must end with this code, and gives what each said.
fn tried(line: &str, code: i32) -> Vec<String> {
    let mut said = Vec::new();
    for is_read in [false, true] {
        for way in WAYS {
            let folder = theirs(line, is_read);
            // Else the folder would have no tests; it makes the script none of a world.
            if way[0] == "test" {
                let path = folder.join("theirs/a.iam");
                fs::write(&path, fs::read_to_string(&path).unwrap() + EXPECTS).unwrap();
                fs::remove_file(folder.join("theirs/env.iam")).unwrap_or_default();
            }
            let before = contents(&folder);
            let ran = iamwhy(&folder, way);
            let text = all_said(&ran);
            let found = ran.get_output().status.code();
            let denied = way.contains(&"can") && code == 0;
            assert_eq!(found, Some(if denied { 2 } else { code }), "{way:?} {line}: {text}");
            assert!(!text.contains(SECRET), "{way:?} {line}: {text}");
            assert_eq!(contents(&folder), before, "{way:?} {line}");
            said.push(text);
        }
    }
    said
}

/// All files of a folder with what is in them.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match (entry.is_symlink(), entry.is_dir()) {
            (true, _) => {}
            (_, true) => found.extend(contents(&entry)),
            (_, false) if entry.is_file() => {
                found.push((entry.display().to_string(), fs::read(&entry).unwrap()));
            }
            _ => {}
        }
    }
    found.sort();
    found
}

#[test]
fn worlds_and_tests_and_what_they_read_write_nothing() {
    for line in
        ["save ../victim.txt", "save new.iam", "edit AdministratorAccess", "record ../victim.txt", "record"]
    {
        for said in tried(line, 3) {
            assert!(said.contains("[read-only]"), "{line}: {said}");
        }
    }
    // In a world it is refused as a question.
    for said in tried("picture ../victim.txt", 3) {
        assert!(said.contains("[read-only]") || said.contains("[question-in-world]"), "{said}");
    }
}

#[test]
fn a_block_of_what_would_be_writes_nothing_either() {
    let folder = theirs("", false);
    fs::write(folder.join("theirs/a.iam"), format!("{START}what-if {{\n  save ../victim.txt\n}}\n{EXPECTS}"))
        .unwrap();
    let refused = iamwhy(&folder, &["test", "theirs/a.iam"]).code(3);
    assert!(all_said(&refused).contains("[read-only]"), "{}", all_said(&refused));
}

#[test]
fn what_lies_below_the_folder_is_read() {
    for path in ["p.json", "below/p.json", "below/../p.json", "inside.json"] {
        if cfg!(unix) || path != "inside.json" {
            tried(&format!("policy P from \"{path}\""), 0);
        }
    }
}

#[test]
#[cfg(unix)]
fn what_lies_outside_of_the_folder_is_not_read() {
    for path in [
        "../outside.json", "link.json", "all/etc/hostname", "/etc/hostname", "/dev/zero", "/dev/stdin",
        "below/../../outside.json", "../nowhere.json", "/nowhere/at/all", "..",
    ] {
        let words = if path == "link.json" {
            ["policy P from", "load", "read"].as_slice()
        } else {
            &["policy P from"]
        };
        for word in words {
            let line = format!("{word} \"{path}\"");
            for said in tried(&line, 3) {
                let refused = said.contains("[outside-folder]") && said.contains("--allow-outside");
                assert!(refused, "{line}: {said}");
            }
        }
    }
}

#[test]
fn nothing_is_shown_of_a_file_that_is_not_what_it_was_named_as() {
    for file in [".env", "user.txt", "key.json", "broken.json"] {
        for line in [
            format!("policy P from \"{file}\""),
            format!("role R trust from \"{file}\""),
            format!("read \"{file}\""),
            format!("load \"{file}\""),
            format!("aws iam create-user --user-name file://{file}"),
        ] {
            for said in tried(&line, 3) {
                assert!(said.contains("[other-file]"), "{line}: {said}");
            }
        }
    }
}

#[test]
fn context_keys_are_read_from_no_other_file() {
    for file in [".env", "key.json", "broken.json"] {
        let folder = theirs("", false);
        let line = format!("expect alice allowed s3:GetObject with from \"{file}\"\n");
        fs::write(folder.join("theirs/a.iam"), format!("{START}{line}")).unwrap();
        let said = all_said(&iamwhy(&folder, &["test", "theirs/a.iam"]).code(3));
        assert!(said.contains("[other-file]") && !said.contains(SECRET), "{said}");
    }
}

#[test]
fn an_error_in_a_policy_still_shows_its_text() {
    let folder = theirs("policy P from \"bad.json\"", false);
    fs::write(folder.join("theirs/bad.json"), POLICY.replace("Allow", "Alow")).unwrap();
    let said = all_said(&iamwhy(&folder, &["test", "theirs/a.iam"]).code(3));
    assert!(said.contains("\"Alow\""), "{said}");
}

#[test]
fn outside_is_reached_where_it_is_allowed() {
    let folder = theirs("policy P from \"../outside.json\"\nread \"../outside.iam\"", false);
    iamwhy(&folder, &["--allow-outside", "--world", "theirs/a.iam", "can", "carol", "s3:GetObject"]).code(2);
    fs::write(folder.join("theirs/a.iam"), format!("{START}read \"../outside.iam\"\n{EXPECTS}")).unwrap();
    iamwhy(&folder, &["test", "--allow-outside", "theirs/a.iam"]).code(0);
    fs::write(folder.join("theirs/a.iam"), format!("{START}save \"../victim.txt\"\n{EXPECTS}")).unwrap();
    iamwhy(&folder, &["test", "--allow-outside", "theirs/a.iam"]).code(3);
}

#[test]
#[cfg(unix)]
fn a_link_among_the_tests_leads_to_nothing_that_is_no_test() {
    let folder = theirs("", false);
    for target in ["../victim.txt", "../outside.iam", ".env", "/dev/zero"] {
        let link = folder.join("theirs/x.iam");
        drop(fs::remove_file(&link));
        std::os::unix::fs::symlink(target, &link).unwrap();
        let said = all_said(&iamwhy(&folder, &["test", "theirs"]).code(3));
        assert!(!said.contains(SECRET) && !said.contains("old"), "{target}: {said}");
    }
}

#[test]
#[cfg(unix)]
fn what_never_ends_is_not_read() {
    let folder = theirs("policy P from \"pipe\"", false);
    for name in ["pipe", "pipe.iam"] {
        let made = std::process::Command::new("mkfifo").arg(folder.join("theirs").join(name)).status();
        assert!(made.unwrap().success());
    }
    for way in [["test", "theirs/a.iam"], ["test", "theirs"]] {
        let said = all_said(&iamwhy(&folder, &way).code(3));
        assert!(said.contains("is no ordinary file") || said.contains("[other-file]"), "{said}");
    }
}

#[test]
fn standard_input_is_no_file_of_a_world() {
    let folder = theirs("policy P from \"<stdin>\"", false);
    let mut command = Command::cargo_bin("iamwhy").unwrap();
    let ran = command.current_dir(folder.join("theirs")).args(["--world", "a.iam", "-e", "list users"]);
    let said = all_said(&ran.write_stdin(POLICY).assert().code(3));
    assert!(said.contains("[no-such-file]"), "{said}");
}

#[test]
fn a_world_on_standard_input_reaches_the_working_folder() {
    let folder = theirs("", false);
    let run = |path: &str| {
        let mut command = Command::cargo_bin("iamwhy").unwrap();
        let world = format!("{START}policy P from \"{path}\"\n");
        command
            .current_dir(folder.join("theirs"))
            .args(["--world", "-", "-e", "list users"])
            .write_stdin(world)
            .assert()
    };
    run("p.json").code(0);
    run("../outside.json").code(3);
}

#[test]
fn what_is_run_or_typed_is_free() {
    let folder =
        theirs("policy P from \"../outside.json\"\nread \"../outside.iam\"\nsave \"new.iam\"", false);
    iamwhy(&folder, &["run", "theirs/a.iam"]).code(0);
    assert!(fs::read_to_string(folder.join("theirs/new.iam")).unwrap().contains("carol"));
    iamwhy(&folder, &["-e", "save ./mine.iam"]).code(0);
    assert!(folder.join("mine.iam").exists());
}

#[test]
fn the_tests_that_init_writes_say_how_they_are_run() {
    let folder = theirs("", false);
    let wrote = iamwhy(&folder, &["test", "--init", "--world", "theirs/a.iam", "mine/t.iam"]);
    assert!(all_said(&wrote.code(3)).contains("mine/t.iam"), "there is no such folder");
    fs::create_dir(folder.join("mine")).unwrap();
    let wrote = iamwhy(&folder, &["test", "--init", "--world", "theirs/a.iam", "mine/t.iam"]).code(0);
    assert!(
        all_said(&wrote).contains("`iamwhy test --allow-outside mine/t.iam` runs it"),
        "{}",
        all_said(&wrote)
    );
    iamwhy(&folder, &["test", "--allow-outside", "mine/t.iam"]).code(0);
}
