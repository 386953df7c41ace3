//! Nothing is lost: a file that the program writes is whole, old or new, whatever happens; it keeps its mode, and
//! another one is replaced only where that was said.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

use crate::scratch::Folder;

const TESTS: &str = r#"account 111122223333
user a
inline P on user a {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
expect a denied iam:CreateUser on arn:aws:iam::111122223333:user/b
"#;
const POLICY: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;

fn iamwhy(folder: &Path, arguments: &[&str]) -> Assert {
    Command::cargo_bin("iamwhy").unwrap().current_dir(folder).args(arguments).assert()
}

fn said(assert: &Assert) -> String {
    let output = assert.get_output();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The names in a folder, without what is hidden by nobody but us.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Every way to have a file written, each of which replaces what it wrote before.
const WAYS: [(&str, &[&str]); 10] = [
    ("f.iam", &["-e", "save f.iam"]),
    ("f.html", &["-e", "can bob iam:CreateUser", "-e", "picture f.html"]),
    ("f.html", &["why", "bob", "iam:CreateUser", "--html", "f.html"]),
    ("f.xml", &["test", "t.iam", "--report", "junit=f.xml"]),
    ("f.tap", &["test", "t.iam", "--report", "tap=f.tap"]),
    ("f.sarif", &["test", "t.iam", "--report", "sarif=f.sarif"]),
    ("f.lcov", &["test", "t.iam", "--coverage=lcov=f.lcov"]),
    ("f.json", &["test", "t.iam", "--mutate=json=f.json"]),
    ("f.json", &["bench", "--policy", "p.json", "--seconds", "0.01", "--save", "f.json"]),
    ("f.html", &["bench", "--policy", "p.json", "--seconds", "0.01", "--html", "f.html"]),
];

fn folder() -> Folder {
    Folder::new(&[("t.iam", TESTS.as_bytes()), ("p.json", POLICY.as_bytes())])
}

#[test]
fn a_file_of_the_same_kind_is_replaced_and_that_is_said() {
    for (file, way) in WAYS {
        let folder = folder();
        let first = iamwhy(&folder, way);
        assert!(!said(&first).contains("replaced"), "{way:?}: {}", said(&first));
        assert!(!text(&folder, file).is_empty(), "{way:?}");
        let second = iamwhy(&folder, way);
        assert!(said(&second).contains("replaced"), "{way:?}: {}", said(&second));
        assert_eq!(
            names(&folder),
            names(&folder).into_iter().filter(|n| !n.starts_with('.')).collect::<Vec<_>>()
        );
    }
}

#[test]
fn another_file_is_replaced_only_where_that_was_said() {
    for (line, over) in [("save x.txt", "save x.txt over"), ("picture x.txt", "picture x.txt over")] {
        let folder = folder();
        fs::write(folder.join("x.txt"), "precious").unwrap();
        let refused = iamwhy(&folder, &["-e", "can bob iam:CreateUser", "-e", line]).code(3);
        assert!(said(&refused).contains(&format!("`{over}` replaces it")), "{}", said(&refused));
        assert_eq!(text(&folder, "x.txt"), "precious");
        let done = iamwhy(&folder, &["-e", "can bob iam:CreateUser", "-e", over]);
        assert!(said(&done).contains("and replaced what was there"), "{}", said(&done));
        assert!(text(&folder, "x.txt").contains("iamwhy"));
    }
}

#[test]
fn an_empty_file_holds_nothing_to_be_kept() {
    let folder = folder();
    fs::write(folder.join("w.iam"), "").unwrap();
    let saved = iamwhy(&folder, &["-e", "save w.iam"]).code(0);
    assert!(!said(&saved).contains("replaced"), "{}", said(&saved));
    assert!(text(&folder, "w.iam").contains("user alice"));
}

#[test]
fn a_report_takes_the_place_of_no_script_policy_or_world() {
    let folder = folder();
    fs::write(folder.join("world.iam"), "account 111122223333\n").unwrap();
    for way in [
        ["test", "t.iam", "--report", "junit=./t.iam"].as_slice(),
        &["test", "t.iam", "--report", "junit=x", "--coverage=json=x"],
        &["--world", "world.iam", "test", "t.iam", "--mutate=json=world.iam"],
        &["why", "--policy", "p.json", "s3:GetObject", "--html", "p.json"],
        &["why", "--world", "world.iam", "root", "s3:GetObject", "--html", "./world.iam"],
    ] {
        let refused = iamwhy(&folder, way).code(3);
        assert!(said(&refused).contains("[same-file]"), "{way:?}: {}", said(&refused));
    }
    assert_eq!(
        (text(&folder, "t.iam"), text(&folder, "p.json"), text(&folder, "world.iam")),
        (TESTS.to_owned(), POLICY.to_owned(), "account 111122223333\n".to_owned())
    );
}

#[test]
fn record_adds_to_what_there_is() {
    let folder = folder();
    iamwhy(&folder, &["-e", "can bob iam:CreateUser", "-e", "record t.iam"]);
    assert!(text(&folder, "t.iam").starts_with(TESTS) && text(&folder, "t.iam").contains("expect bob"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::process::Stdio;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_replaced_file_keeps_its_mode_and_a_new_one_has_that_of_new_files() {
        for (file, way) in WAYS {
            let folder = folder();
            fs::write(folder.join("new"), "").unwrap();
            iamwhy(&folder, way);
            let mode = |name: &str| fs::metadata(folder.join(name)).unwrap().mode() & 0o7777;
            assert_eq!(mode(file), mode("new"), "{way:?}");
            fs::set_permissions(folder.join(file), fs::Permissions::from_mode(0o640)).unwrap();
            iamwhy(&folder, way);
            assert_eq!(mode(file), 0o640, "{way:?}");
        }
    }

    #[test]
    fn a_link_stays_a_link_and_the_file_that_it_means_is_written() {
        for (file, way) in WAYS {
            let folder = folder();
            fs::create_dir(folder.join("below")).unwrap();
            symlink("below/meant", folder.join("half")).unwrap();
            symlink("half", folder.join(file)).unwrap();
            for _ in 0..2 {
                iamwhy(&folder, way);
                assert!(folder.join(file).is_symlink() && folder.join("half").is_symlink(), "{way:?}");
                assert!(!folder.join("below/meant").is_symlink(), "{way:?}");
                assert!(!text(&folder, "below/meant").is_empty(), "{way:?}");
            }
            assert_eq!(names(&folder.join("below")), ["meant"], "{way:?}");
        }
    }

    /// Runs the program where no file may grow beyond a few bytes.
    fn limited(folder: &Path, arguments: &[&str]) -> Assert {
        let program = env!("CARGO_BIN_EXE_iamwhy");
        let mut command = Command::new("sh");
        command.current_dir(folder).args(["-c", "ulimit -f 0; exec \"$0\" \"$@\"", program]);
        command.args(arguments).assert()
    }

    #[test]
    fn a_limit_on_the_size_of_files_leaves_the_old_one_whole() {
        for (file, way) in WAYS {
            let folder = folder();
            iamwhy(&folder, way);
            let before = (text(&folder, file), names(&folder));
            let refused = limited(&folder, way).code(3);
            assert!(said(&refused).contains("[cannot-write]"), "{way:?}: {}", said(&refused));
            assert!(said(&refused).contains("what was there is as it was"), "{way:?}: {}", said(&refused));
            assert_eq!((text(&folder, file), names(&folder)), before, "{way:?}");
            fs::remove_file(folder.join(file)).unwrap();
            limited(&folder, way).code(3);
            assert!(!folder.join(file).exists(), "{way:?}");
        }
        let folder = folder();
        let before = names(&folder);
        limited(&folder, &["-e", "can bob iam:CreateUser", "-e", "record t.iam"]).code(3);
        assert_eq!((text(&folder, "t.iam"), names(&folder)), (TESTS.to_owned(), before));
    }

    #[test]
    fn a_kill_at_any_moment_leaves_the_old_or_the_new_one_whole() {
        let folder = folder();
        let lines: String = (0..400).map(|number| format!("user u{number}\nsave w.iam\n")).collect();
        fs::write(folder.join("s.iam"), format!("account 111122223333\n{lines}")).unwrap();
        for moment in 0..12 {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_iamwhy"));
            command.current_dir(&*folder).args(["run", "s.iam"]).stdout(Stdio::null());
            let mut running = command.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(20 + 17 * moment));
            running.kill().unwrap();
            running.wait().unwrap();
            let Ok(saved) = fs::read_to_string(folder.join("w.iam")) else { continue };
            // Users stand in the order of their names, each in a line that ends.
            let users = saved.lines().filter(|line| line.starts_with("user ")).count();
            let whole = (1..=400).any(|count| users == count && is_whole(&saved, count));
            assert!(whole, "{saved}");
        }
    }

    /// Whether a saved world has the users of one moment, and its last line.
    fn is_whole(saved: &str, count: usize) -> bool {
        let has = |number: usize| saved.contains(&format!("\nuser u{number}\n"));
        saved.starts_with("# A world of iamwhy.\n") && saved.ends_with('\n') && (0..count).all(has)
    }

    #[test]
    fn pipes_and_standard_output_are_written_to_as_they_are() {
        let folder = folder();
        let saved = iamwhy(&folder, &["-e", "save /dev/stdout"]).code(0);
        assert!(said(&saved).starts_with("# A world of iamwhy.\n"), "{}", said(&saved));
        let tap = iamwhy(&folder, &["test", "t.iam", "--report", "tap=/dev/stdout"]);
        assert!(said(&tap).contains("TAP version"), "{}", said(&tap));
        iamwhy(&folder, &["-e", "save /dev/null"]).code(0);
        let script = "mkfifo p && { cat p > got & \"$0\" -e 'save p'; wait; }";
        let mut command = Command::new("sh");
        command.current_dir(&*folder).args(["-c", script, env!("CARGO_BIN_EXE_iamwhy")]).assert().code(0);
        assert!(text(&folder, "got").contains("user alice"));
        assert!(!folder.join("p").is_file());
    }

    #[test]
    fn a_folder_that_takes_no_files_is_said() {
        let folder = folder();
        for path in ["/proc/none", "none/w.iam", ".", "/"] {
            let refused = iamwhy(&folder, &["-e", &format!("save \"{path}\" over")]).code(3);
            let said = said(&refused);
            assert!(said.contains("[cannot-write]") || said.contains("[is-a-directory]"), "{path}: {said}");
        }
        symlink("loop", folder.join("loop")).unwrap();
        iamwhy(&folder, &["-e", "save loop over"]).code(3);
    }
}
