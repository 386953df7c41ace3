//! The command line as its users meet it: first lines, messages, exit codes.

use std::ops::Deref;
use std::{fmt, fs};

use crate::scratch::Folder;
use assert_cmd::Command;
use assert_cmd::assert::Assert;

fn iamwhy(arguments: &[&str]) -> Assert {
    Command::cargo_bin("iamwhy").unwrap().args(arguments).assert()
}

fn out(assert: &Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}

fn errors(assert: &Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

fn first_line(assert: &Assert) -> String {
    out(assert).lines().next().unwrap_or_default().to_owned()
}

/// A file of a test's own.
struct File {
    path: String,
    _folder: Folder,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl Deref for File {
    type Target = str;

    fn deref(&self) -> &str {
        &self.path
    }
}

fn file(name: &str, content: impl AsRef<[u8]>) -> File {
    let folder = Folder::new(&[(name, content.as_ref())]);
    let path = folder.join(name).to_str().expect("UTF-8").to_owned();
    File { path, _folder: folder }
}

#[test]
fn why_is_told_shorter_or_whole_by_an_option_or_by_its_last_words() {
    let question =
        ["why", "bob", "s3:DeleteObject", "arn:aws:s3:::acme-reports/x", "--with", "aws:SourceIp=1.2.3.4"];
    let told = |more: &[&str]| out(&iamwhy(&[&question[..], more].concat()).code(2));
    let (short, usual, full) = (told(&["--short"]), told(&[]), told(&["--full"]));
    assert!(short.len() < usual.len() && !short.contains("\nAWS "), "{short}");
    assert!(short.contains("why 2") && short.contains("\n  1a  ") && !short.contains("\n  2a  "), "{short}");
    assert!(full.contains("\nlayers\n") && full.contains("demo.iam:26:54:"), "{full}");
    assert_eq!([told(&["short"]), told(&["in", "full"])], [short, full]);
    let again = iamwhy(&["-e", "can alice account:CloseAccount", "-e", "why bob _ in full"]);
    assert!(out(&again).contains("\n  source   "), "{again}");
    for contrary in [&["--short", "--full"][..], &["in", "full", "--short"]] {
        iamwhy(&[&question[..], contrary].concat()).code(3);
    }
}

#[test]
fn a_verdict_is_the_first_line_and_the_exit_code() {
    let allowed = iamwhy(&["can", "alice", "ec2:RunInstances"]).code(0);
    assert_eq!(first_line(&allowed), "allowed");
    let denied = iamwhy(&["can", "alice", "account:CloseAccount"]).code(2);
    assert_eq!(first_line(&denied), "denied");
    iamwhy(&["why", "bob", "s3:DeleteObject", "arn:aws:s3:::acme-reports/x"]).code(2);
}

#[test]
fn a_question_that_hangs_is_depends_under_strict_context() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}"#;
    let path = file("depends.json", policy);
    let question = ["can", "s3:GetObject", "arn:aws:s3:::b/k", "--policy", &path];
    iamwhy(&question).code(2);
    iamwhy(&[&question[..], &["--strict-context"]].concat()).code(4);
    iamwhy(&[&question[..], &["--with", "aws:SourceIp=203.0.113.7"]].concat()).code(0);
}

#[test]
fn a_policy_alone_is_asked_for_an_assumed_user() {
    let path =
        file("policy.json", r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#);
    let answer = iamwhy(&["can", "s3:GetObject", "arn:aws:s3:::b/k", "--policy", &path]).code(0);
    assert!(out(&answer).contains("arn:aws:iam::123456789012:user/example-user"), "{}", out(&answer));
}

#[test]
fn a_policy_counts_for_every_question_of_the_statements() {
    let path = file("get.json", r#"{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#);
    let asked = ["-e", "can alice s3:GetObject arn:aws:s3:::b/k", "-e", "can alice ec2:DescribeRegions"];
    let with_policy = iamwhy(&[&asked[..], &["--policy", &path]].concat()).code(2);
    assert!(out(&with_policy).starts_with("allowed\nallowed by get, statement 1"), "{}", out(&with_policy));
    assert!(out(&with_policy).contains("\ndenied\nimplicit deny"), "{}", out(&with_policy));
    iamwhy(&asked).code(0);
}

#[test]
fn the_verdicts_of_several_statements_give_the_worst_code() {
    iamwhy(&["-e", "can alice ec2:RunInstances", "-e", "can alice account:CloseAccount"]).code(2);
    iamwhy(&["-e", "expect alice denied ec2:RunInstances", "-e", "can alice account:CloseAccount"]).code(1);
    iamwhy(&["-e", "expect alice denied ec2:RunInstances", "-e", "can alyce ec2:RunInstances"]).code(3);
}

#[test]
fn verdicts_of_scripts_do_not_count() {
    let script = file("script.iam", "account 111122223333\nuser eve\ncan eve s3:ListAllMyBuckets\n");
    iamwhy(&["run", &script]).code(0);
}

#[test]
fn a_pipe_goes_on_after_an_error_and_a_script_does_not() {
    let text = "account 111122223333\nusr eve\nuser eve\n";
    let piped = Command::cargo_bin("iamwhy").unwrap().arg("--empty").write_stdin(text).assert().code(3);
    assert!(out(&piped).contains("created user eve"));
    let script = file("broken.iam", text);
    assert!(!out(&iamwhy(&["run", &script]).code(3)).contains("created user eve"));
    assert!(out(&iamwhy(&["run", &script, "--keep-going"]).code(3)).contains("created user eve"));
}

#[test]
fn a_failed_expectation_is_code_1_with_its_place() {
    let script =
        file("failing.iam", "account 111122223333\nuser eve\nexpect eve allowed s3:ListAllMyBuckets\n");
    let failed = iamwhy(&["run", &script]).code(1);
    assert!(errors(&failed).contains("expected allowed, found implicit-deny"), "{}", errors(&failed));
    let tested = iamwhy(&["test", &script]).code(1);
    assert!(out(&tested).ends_with("0 passed, 1 failed\n"), "{}", out(&tested));
}

#[test]
fn wrong_arguments_are_code_3() {
    iamwhy(&["--no-such-option"]).code(3);
    iamwhy(&["can"]).code(3);
    iamwhy(&["--help"]).code(0);
    let version = iamwhy(&["--version"]).code(0);
    assert!(
        out(&version).contains("facts of 20") && out(&version).contains("catalog of 20"),
        "{}",
        out(&version)
    );
}

#[test]
fn input_of_every_wrong_kind_gets_its_message_and_code_3() {
    let folder = std::env::temp_dir();
    let files = [
        (file("latin.json", b"{\"Statement\": \"\xe9\"}"), "is not UTF-8"),
        (file("empty.json", ""), "is empty"),
        (file("brackets.json", "[".repeat(100_000)), "nested"),
        (file("broken.json", "{\"Statement\": [}"), "1:16"),
        (file("long-line.json", format!("{{\"Statement\": [{}]", " ".repeat(150_000))), "is closed"),
        (file("large.json", format!("{{\"Id\": \"{}\"}}", "x".repeat(10 << 20))), "10 MB"),
    ];
    let paths = [("/no/such/file.json", "there is no file"), (folder.to_str().unwrap(), "is a directory")];
    for (path, message) in files.iter().map(|(file, message)| (&**file, *message)).chain(paths) {
        let answer = iamwhy(&["can", "s3:GetObject", "arn:aws:s3:::b/k", "--policy", path]).code(3);
        assert!(
            errors(&answer).contains(message),
            "{path}: {}",
            &errors(&answer)[..300.min(errors(&answer).len())]
        );
        iamwhy(&["run", path]).code(3);
        iamwhy(&["--world", path, "can", "alice", "s3:GetObject"]).code(3);
    }
}

#[test]
fn a_context_key_that_aws_does_not_have_is_told() {
    let answer = iamwhy(&["can", "alice", "s3:GetObject", "with", "aws:SourceIpp=203.0.113.7"]).code(0);
    assert!(out(&answer).contains("warning: aws:SourceIpp is no condition key"), "{}", out(&answer));
    assert!(out(&answer).contains("did you mean aws:SourceIp?"), "{}", out(&answer));
    for key in ["aws:SourceIp=203.0.113.7", "aws:RequestTag/team=core", "token.example.com:sub=x"] {
        let answer = iamwhy(&["can", "alice", "s3:GetObject", "with", key]).code(0);
        assert!(!out(&answer).contains("is no condition key"), "{}", out(&answer));
    }
}

#[test]
fn an_operator_is_explained_by_what_it_does_with_an_absent_key() {
    for (operator, expected) in [
        ("StringEquals", "compares    text: exact, case-sensitive\nabsent key  does not hold (B.3)"),
        ("StringNotLike", "absent key  holds, for it is a negated operator (B.3)"),
        (
            "numericlessthanifexists",
            "condition operator NumericLessThanIfExists\ncompares    numbers: a smaller number",
        ),
        ("ForAllValues:StringEquals", "absent key  holds: there is no value that could fail (B.3)"),
        (
            "ForAnyValue:StringNotEqualsIfExists",
            "absent key  does not hold: there is no value to match (B.3)",
        ),
        ("Null", "asks        whether the key is absent (B12)"),
    ] {
        let told = iamwhy(&["-e", &format!("info {operator}")]).code(0);
        assert!(out(&told).contains(expected), "{operator}: {}", out(&told));
    }
    let wrong = iamwhy(&["-e", "info StringEqual"]).code(3);
    assert!(errors(&wrong).contains("did you mean `StringEquals`?"), "{}", errors(&wrong));
}

#[test]
fn a_script_in_place_of_a_task_is_told_how_to_run() {
    let wrong = iamwhy(&["world.iam"]).code(3);
    assert!(errors(&wrong).contains("A script is run by `iamwhy run FILE`."), "{}", errors(&wrong));
}

#[test]
fn who_signs_in_to_the_wrong_account_is_told_the_right_one() {
    let wrong = iamwhy(&["-e", "sign-in alice at acme-test"]).code(3);
    assert!(errors(&wrong).contains("help: account 111122223333 (Acme) has one"), "{}", errors(&wrong));
}

#[test]
fn a_path_without_spaces_needs_no_quotes() {
    let folder = Folder::new(&[]);
    let run = |line: &str| {
        let mut command = Command::cargo_bin("iamwhy").unwrap();
        command.current_dir(&folder).args(["-e", line]).assert().code(0);
    };
    run("save world.iam");
    assert!(fs::read_to_string(folder.join("world.iam")).unwrap().contains("user alice"));
}

#[test]
fn a_world_holds_no_questions() {
    let world = file("world.iam", "account 111122223333\nuser eve\ncan eve s3:GetObject\n");
    let refused = iamwhy(&["--world", &world, "can", "eve", "s3:ListAllMyBuckets"]).code(3);
    assert!(errors(&refused).contains("a world file holds no questions"), "{}", errors(&refused));
}

#[test]
fn a_batch_answers_every_line_and_fails_with_the_worst() {
    let good =
        r#"{"principal": "arn:aws:iam::111122223333:user/u", "action": "s3:GetObject", "resource": "*"}"#;
    let run = |text: String| Command::cargo_bin("iamwhy").unwrap().arg("batch").write_stdin(text).assert();
    assert_eq!(out(&run(format!("{good}\n{good}\n")).code(0)).lines().count(), 2);
    let mixed = run(format!("{good}\nnonsense\n{good}\n")).code(3);
    assert_eq!(out(&mixed).lines().count(), 3);
    assert!(out(&mixed).lines().nth(1).unwrap().contains("\"error\""));
}

#[test]
fn a_saved_world_answers_as_the_world_did() {
    let path = file("saved.iam", "");
    iamwhy(&["-e", &format!("save \"{path}\"")]).code(0);
    iamwhy(&["--world", &path, "can", "alice", "ec2:RunInstances"]).code(0);
    iamwhy(&["--world", &path, "can", "bob", "s3:GetObject", "arn:aws:s3:::acme-reports/q1.csv"]).code(0);
    let denied =
        iamwhy(&["--world", &path, "can", "bob", "s3:DeleteObject", "arn:aws:s3:::acme-reports/q1.csv"])
            .code(2);
    assert!(out(&denied).contains("NoDelete") || out(&denied).contains("ReadReports"), "{}", out(&denied));
}

#[test]
fn the_region_of_a_bucket_is_kept_shown_undone_and_saved() {
    let path = file("region.iam", "");
    let script = format!(
        "account 111122223333\nresource arn:aws:s3:::b region eu-west-1\nresource arn:aws:s3:::b tags env=prod\nresource arn:aws:s3:::b region eu-north-1\nundo\nshow resource arn:aws:s3:::b\nsave \"{path}\"\n"
    );
    let shown = Command::cargo_bin("iamwhy").unwrap().arg("--empty").write_stdin(script).assert().code(0);
    assert!(out(&shown).contains("region   eu-west-1"), "{}", out(&shown));
    let saved = fs::read_to_string(&*path).unwrap();
    assert!(
        saved.contains("resource arn:aws:s3:::b region eu-west-1 owner 111122223333 tags env=\"prod\""),
        "{saved}"
    );
    iamwhy(&["--world", &path, "why", "root", "s3:ListBucket", "arn:aws:s3:::b"]).code(0);
}

#[test]
fn the_tour_needs_no_terminal() {
    let tour = iamwhy(&["-e", "tour"]).code(0);
    assert!(out(&tour).contains("> compare root alice"));
}

#[test]
fn a_script_that_reads_itself_is_refused() {
    let path = file("circle.iam", "");
    fs::write(&*path, format!("read \"{path}\"\n")).unwrap();
    assert!(errors(&iamwhy(&["run", &path]).code(3)).contains("is being read already"));
}

#[test]
fn an_alias_that_nobody_has_answers_404() {
    let missing = iamwhy(&["-e", "open https://acne.signin.aws.amazon.com/console"]).code(3);
    assert!(errors(&missing).contains("404") && errors(&missing).contains("did you mean `acme`?"));
    let found = iamwhy(&[
        "-e",
        "open https://111122223333.signin.aws.amazon.com/console",
        "-e",
        "sign-in alice at acme",
    ]);
    assert!(out(&found.code(0)).contains("signed in as arn:aws:iam::111122223333:user/alice"));
}

#[test]
fn the_words_behind_a_command_are_the_grammar_of_the_prompt() {
    let object = "arn:aws:s3:::acme-reports/q1.csv";
    let questions: [&[&str]; 6] = [
        &["can", "bob", "s3:GetObject", object],
        &["can", "bob", "s3:GetObject", "on", object],
        &[
            "can", "bob", "s3:GetObject", "on", object, "with", "aws:SourceIp=203.0.113.7", "x:y=two words",
            "x:z=[a, two words]", "x:n=[]",
        ],
        &[
            "can", "bob", "s3:GetObject", "on", object, "as-of", "2021-08-01", "--with",
            "aws:SourceIp=203.0.113.7",
        ],
        &["why", "bob", "s3:GetObject", object, "without", "scp"],
        &["can", "bob", "s3:GetObject", "on", "arn:aws:s3:::acme-reports/two words"],
    ];
    for words in questions {
        let answer = iamwhy(words);
        assert_eq!(answer.get_output().status.code(), Some(0), "{words:?}: {}", errors(&answer));
    }
    iamwhy(&["compare", "root", "alice", "as-of", "2021-08-01"]).code(0);
    let refused = iamwhy(&["can", "alice", "s3:GetObject", "with"]).code(3);
    assert!(errors(&refused).contains("CONTEXT after `with`"), "{}", errors(&refused));
}

#[test]
fn a_policy_alone_is_asked_in_the_words_of_the_prompt() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}"#;
    let path = file("prompt-words.json", policy);
    let words = [
        "can", "--policy", &path, "s3:GetObject", "on", "arn:aws:s3:::b/k", "with",
        "aws:SourceIp=203.0.113.7",
    ];
    assert!(out(&iamwhy(&words).code(0)).contains("no principal was named"));
}

#[test]
fn a_word_that_is_no_resource_is_called_so() {
    for words in [&["can", "s3:GetObject", "x/y"][..], &["-e", "can alice s3:GetObject x/y"]] {
        let refused = iamwhy(words).code(3);
        assert!(errors(&refused).contains("`x/y` is neither `*` nor an ARN"), "{}", errors(&refused));
    }
}

#[test]
fn every_example_of_help_works_in_the_demo_world() {
    // Neither files nor an editor are there.
    let alone = |usage: &str| !usage.contains("FILE") && !usage.starts_with("edit ");
    for row in iamwhy::commands::table().rows.iter().filter(|row| alone(row.usage)) {
        let lines = row.before.iter().chain([&row.example]).map(|line| format!("{line}\n"));
        let demo = Command::cargo_bin("iamwhy").unwrap().write_stdin(lines.collect::<String>()).assert();
        // Whatever the verdict is.
        assert!(
            matches!(demo.get_output().status.code(), Some(0 | 2 | 4)),
            "{}: {}",
            row.usage,
            errors(&demo)
        );
        if !row.before.is_empty() {
            let alone = Command::cargo_bin("iamwhy").unwrap().write_stdin(row.example).assert();
            assert_eq!(alone.get_output().status.code(), Some(3), "needs nothing before: {}", row.usage);
        }
    }
}

#[test]
fn switches_of_the_root_user_are_refused_to_others() {
    let refused = iamwhy(&["-e", "sign-in alice at acme", "-e", "billing-access on"]).code(3);
    assert!(errors(&refused).contains("only the root user of account 111122223333 (Acme)"));
    assert!(errors(&refused).contains("`sign-in root owner@acme.example`"), "{}", errors(&refused));
    iamwhy(&["-e", "sign-in root owner@acme.example mfa", "-e", "billing-access on"]).code(0);
    iamwhy(&["-e", "billing-access on"]).code(0);
}

#[test]
fn everything_is_json_that_is_asked_for_as_json() {
    let words = [
        "sign-in alice at acme", "whoami", "show bob", "show arn:aws:s3:::acme-reports", "info s3:GetObject",
        "help", "list", "list users", "list settings", "compare root alice", "can alice s3:GetObject", "why",
        "can alyce s3:GetObject", "changes",
    ];
    let all = Command::cargo_bin("iamwhy")
        .unwrap()
        .args(["--format", "json"])
        .write_stdin(words.join("\n"))
        .assert()
        .code(3);
    assert_eq!(errors(&all), "");
    for line in out(&all).lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        assert!(object.as_object().is_some_and(|it| it.keys().all(|key| !key.is_empty())), "{line}");
    }
    assert!(
        out(&all).contains(r#""code":"unknown-principal""#) && out(&all).contains(r#""note":"""#),
        "{}",
        out(&all)
    );
    let refused = iamwhy(&["--format", "json", "can", "alyce", "s3:GetObject"]).code(3);
    assert!(out(&refused).starts_with(r#"{"severity":"error""#), "{}", out(&refused));
}

#[test]
fn names_of_sessions_are_held_to_their_form() {
    let role = r#"role D trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}"#;
    let long = "x".repeat(33);
    for (name, code) in [("x", 3), ("ci-1", 0), ("\"a b\"", 3), (&long, 0)] {
        iamwhy(&["-e", role, "-e", &format!("assume D as {name}")]).code(code);
    }
    for (name, code) in [("x", 3), ("guest", 0), (&long, 3)] {
        iamwhy(&["-e", "sign-in alice at acme", "-e", &format!("federate {name}")]).code(code);
    }
}

#[test]
fn a_name_of_two_tells_of_both() {
    let role = r#"role alice trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}"#;
    for word in ["alice", "acme/alice"] {
        let both = out(&iamwhy(&["-e", role, "-e", &format!("info {word}")]).code(0));
        assert!(both.contains("user/alice") && both.contains("assumed-role/alice"), "{both}");
    }
}

#[test]
fn the_day_and_the_time_go_back_to_the_present() {
    let settings = |lines: &[&str]| {
        let lines: Vec<&str> =
            lines.iter().flat_map(|line| ["-e", *line]).chain(["-e", "list settings"]).collect();
        out(&iamwhy(&lines).code(0))
            .lines()
            .filter(|line| line.contains(" as-of") || line.starts_with("as-of ") || line.starts_with("time "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let fresh = settings(&[]);
    let back = settings(&[
        "set as-of 2021-08-01", "set as-of today", "set time 2026-01-31T12:00:00Z", "set time now",
    ]);
    assert_eq!(fresh, back.into_iter().filter(|line| !line.contains(" is ")).collect::<Vec<_>>());
    assert!(out(&iamwhy(&["-e", "list settings"])).contains("strict, any-listed"));
}

#[test]
fn show_tells_the_policy_and_tags_of_a_resource_and_the_policies_of_groups() {
    let resource = r#"resource arn:aws:s3:::acme-reports policy {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-reports/*"}} tags env=prod"#;
    let shown = out(&iamwhy(&["-e", resource, "-e", "show arn:aws:s3:::acme-reports"]).code(0));
    assert!(shown.contains("env=prod") && shown.contains("s3:PutObject"), "{shown}");
    let bob = out(&iamwhy(&["-e", "show bob"]).code(0));
    assert!(bob.contains("ReadReports (group developers)"), "{bob}");
}

#[test]
fn a_test_that_cannot_be_read_is_invalid_and_counts_as_nothing_else() {
    let missing = iamwhy(&["test", "/no/such.iam"]).code(3);
    assert!(errors(&missing).contains("there is no file"));
    assert_eq!(out(&missing).trim(), "0 passed, 0 failed, 1 invalid");
}

#[test]
fn shells_and_man_are_told_of_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&iamwhy(&["completions", shell]).code(0)).contains("compare"), "{shell}");
    }
    iamwhy(&["completions", "no-such-shell"]).code(3);
}

#[test]
fn a_manual_page_has_one_line_for_its_head_and_tells_of_codes_and_statements() {
    let page = out(&iamwhy(&["man"]).code(0));
    let head = page.lines().find(|line| line.starts_with(".TH")).expect("a head");
    assert_eq!(head, concat!(".TH iamwhy 1  \"iamwhy ", env!("CARGO_PKG_VERSION"), "\" iamwhy"));
    for part in [".SH \"EXIT STATUS\"", ".SH ENVIRONMENT", ".SH EXAMPLES", "who\\-can ACTION"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(page.matches(".ds Aq").count(), 2);
    let lint = out(&iamwhy(&["man", "lint"]).code(0));
    assert!(lint.contains(".TH iamwhy-lint 1") && lint.contains("fail\\-on"), "{lint}");
    assert!(errors(&iamwhy(&["man", "lin"]).code(3)).contains("did you mean `lint`?"));
}

#[test]
fn the_manual_pages_of_all_commands_are_written_for_packages() {
    let folder = Folder::new(&[]);
    let into = folder.to_string_lossy().into_owned();
    iamwhy(&["man", "--into", &into]).code(0);
    for name in ["iamwhy.1", "iamwhy-can.1", "iamwhy-who-can.1", "iamwhy-catalog.1"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
}

/// A program whose standard output is a full disk: its exit code, and what it says on standard error.
#[cfg(target_os = "linux")]
fn onto_a_full_disk(arguments: &[&str]) -> (Option<i32>, String) {
    let full = fs::File::create("/dev/full").expect("there");
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_iamwhy"))
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .stdout(full)
        .output()
        .expect("started");
    (program.status.code(), String::from_utf8_lossy(&program.stderr).into_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_an_error_everywhere() {
    let line = r#"{"principal": "anonymous", "action": "s3:GetObject"}"#;
    let (batch, script) =
        (file("full.jsonl", line), file("full.iam", "account 111122223333\nuser eve\nlist users\n"));
    for arguments in [
        ["batch", &batch].as_slice(),
        &["batch", "--schema"],
        &["bench", "--seconds", "0.01", "--format", "json"],
        &["can", "alice", "s3:ListAllMyBuckets"],
        &["can", "alice", "s3:ListAllMyBuckets", "--format", "json"],
        &["-e", "list users"],
        &["run", &script],
        &["test", &script],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let (code, said) = onto_a_full_disk(arguments);
        assert_eq!(code, Some(3), "{arguments:?}: {said}");
        assert!(said.contains("the answer cannot be written: no space left"), "{arguments:?}: {said}");
    }
}

#[test]
fn where_nobody_reads_any_more_the_program_ends_quietly() {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_iamwhy"))
        .args(["-e", "list users", "-e", "tour"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    drop(program.stdout.take());
    let ended = program.wait_with_output().expect("ended");
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_line_of_a_batch_is_answered_before_the_next_one_comes() {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_iamwhy"))
        .arg("batch")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    let (mut input, output) = (program.stdin.take().expect("piped"), program.stdout.take().expect("piped"));
    let mut answers = std::io::BufRead::lines(std::io::BufReader::new(output));
    for id in ["a", "b", "c"] {
        let line =
            format!("{{\"id\": \"{id}\", \"principal\": \"anonymous\", \"action\": \"s3:GetObject\"}}\n");
        std::io::Write::write_all(&mut input, line.as_bytes()).expect("written");
        let answer = answers.next().expect("an answer").expect("text");
        assert!(answer.contains(&format!("\"id\":\"{id}\"")), "{answer}");
    }
    drop(input);
    assert!(answers.next().is_none() && program.wait().expect("ended").success());
}

#[test]
fn a_batch_from_a_pipe_is_answered_as_the_file_is() {
    let line =
        |i: usize| format!("{{\"id\": {i}, \"principal\": \"anonymous\", \"action\": \"s3:GetObject\"}}\n");
    let lines: String = (0..5_000).map(line).collect();
    let path = file("many.jsonl", &lines);
    let piped = Command::cargo_bin("iamwhy").unwrap().arg("batch").write_stdin(lines).assert().code(0);
    assert_eq!(out(&piped), out(&iamwhy(&["batch", &path]).code(0)));
    assert_eq!(out(&piped).lines().count(), 5_000);
}

#[test]
fn what_a_line_of_a_batch_repeats_is_cut() {
    let long = "x".repeat(100_000);
    for line in [
        format!(r#"{{"principal": "anonymous", "action": "{long}"}}"#),
        format!(r#"{{"principal": "{long}", "action": "s3:GetObject"}}"#),
        format!(r#"{{"principal": "anonymous", "action": "s3:GetObject", "{long}": 1}}"#),
    ] {
        let failed = Command::cargo_bin("iamwhy").unwrap().arg("batch").write_stdin(line).assert().code(3);
        assert!(out(&failed).len() < 1_000 && out(&failed).contains("xx…xx"), "{}", out(&failed));
    }
}

#[test]
fn the_help_says_in_which_world_a_batch_starts() {
    let help = out(&iamwhy(&["batch", "--help"]).code(0));
    assert!(help.contains("Starts in an empty world"), "{help}");
}

#[test]
fn an_option_says_what_the_same_clause_says() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["a,b", "c", "d e", ""]}}}}"#;
    let path = file("tag-keys.json", policy);
    let asked = ["can", "--policy", &path, "s3:GetObject", "arn:aws:s3:::b/k"];
    let lists =
        [r#"["a,b", c]"#, "[d e, c]", "['a,b', \"c\"]", "[]", "[c,]", r#"[d e, "a,b"]"#, "[ ]", "[a,b]"];
    for (list, code) in lists.into_iter().zip([0, 0, 0, 0, 0, 0, 0, 2]) {
        let pair = format!("aws:TagKeys={list}");
        iamwhy(&[&asked[..], &["with", &pair]].concat()).code(code);
        iamwhy(&[&asked[..], &["--with", &pair]].concat()).code(code);
    }
}

#[test]
fn a_value_given_by_an_option_stays_what_it_is() {
    for value in
        ["a, \"b\" 'c'", "\"quoted\"", "[open", "{x}", "back\\slash", "", "with", "#", "k=v", "é\u{a0}"]
    {
        let value = serde_json::Value::from(value);
        let policy = format!(
            r#"{{"Statement": {{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": {{"StringEquals": {{"aws:RequestTag/cost center": {value}}}}}}}}}"#
        );
        let path = file("tag-value.json", &policy);
        let pair = format!("aws:RequestTag/cost center={}", value.as_str().unwrap());
        let answer = iamwhy(&["can", "--policy", &path, "s3:GetObject", "arn:aws:s3:::b/k", "--with", &pair]);
        assert_eq!(answer.get_output().status.code(), Some(0), "{value}: {}", errors(&answer));
    }
}

#[test]
fn what_is_wrong_with_an_option_is_underlined() {
    let wrong = [
        (["--with", "x"], "found `x`", ": `x`"),
        (["--with", "a b"], "found `\"a b\"`", ": `\"a b\"`"),
        (["--without", "Nobody"], "no policy `Nobody`", ": `Nobody`"),
        (["--as-of", "today"], "expected DATE", ": `today`"),
        (["--context", "/no/such.json"], "there is no file", "`\"/no/such.json\"`"),
    ];
    for (option, message, underlined) in wrong {
        let words = ["can", "alice", "s3:GetObject", "arn:aws:s3:::b/k", option[0], option[1]];
        let said = errors(&iamwhy(&words).code(3));
        let line = said.lines().find(|line| line.contains("<command line>")).unwrap_or_default();
        assert!(said.contains(message) && line.ends_with(underlined), "{option:?}: {said}");
    }
}

#[test]
fn a_context_may_come_from_standard_input() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}}}}"#;
    let path = file("team.json", policy);
    let words = ["can", "--policy", &path, "s3:GetObject", "arn:aws:s3:::b/k", "--context", "-"];
    let mut command = Command::cargo_bin("iamwhy").expect("the program is built");
    command.args(words).write_stdin(r#"{"aws:RequestTag/team": "red"}"#).assert().code(0);
}
