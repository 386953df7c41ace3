//! `iamwhy test` as pipelines meet it: results, reports, exit codes; coverage and mutation with known answers.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::scratch::Folder;
use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;

/// One statement that decides, one element of it that nobody asks about, and a Deny that never decides.
const WORLD: &str = r#"account 111122223333
user eve
inline P on user eve { "Version": "2012-10-17", "Statement": [
  { "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::b/*" },
  { "Sid": "No", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*" } ] }
"#;

const READING: &str = "# == reading\nexpect eve allowed s3:GetObject on arn:aws:s3:::b/k\n";

/// A folder of a test's own, with files in it.
fn folder(files: &[(&str, &str)]) -> Folder {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    Folder::new(&files)
}

fn test_in(folder: &Path, arguments: &[&str]) -> Assert {
    Command::cargo_bin("iamwhy").unwrap().current_dir(folder).arg("test").args(arguments).assert()
}

fn here(arguments: &[&str]) -> Assert {
    test_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn errors(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn json(assert: &Assert) -> Value {
    serde_json::from_str(&out(assert)).unwrap()
}

#[test]
fn the_lessons_and_the_cases_hold_and_say_only_the_summary() {
    let lessons = here(&["examples"]).code(0);
    assert!(out(&lessons).ends_with(" passed, 0 failed\n") && out(&lessons).lines().count() == 1);
    let cases = here(&["tests/cases"]).code(0);
    assert!(out(&cases).ends_with(" passed, 0 failed\n"), "{}", errors(&cases));
}

#[test]
fn setup_is_read_and_not_run_by_itself() {
    let tests = format!("read \"more/setup.iam\"\n{READING}");
    let folder = folder(&[("more/setup.iam", WORLD), ("tests.iam", &tests)]);
    assert_eq!(out(&test_in(&folder, &["."]).code(0)), "1 passed, 0 failed\n");
    assert!(errors(&test_in(&folder, &["more/none"]).code(3)).contains("no file"));
    fs::remove_file(folder.join("tests.iam")).unwrap();
    assert!(errors(&test_in(&folder, &["."]).code(3)).contains("no scripts with expectations"));
}

#[test]
fn a_failed_expectation_shows_its_line_and_the_text_that_decided() {
    let tests = format!("{WORLD}expect eve allowed s3:DeleteObject on arn:aws:s3:::b/k\n");
    let folder = folder(&[("a.iam", &tests)]);
    let failed = test_in(&folder, &["a.iam"]).code(1);
    let said = errors(&failed);
    assert_eq!(said.matches("error[expectation-failed]").count(), 1, "{said}");
    assert!(said.contains("a.iam:6:1") && said.contains("a.iam:5:28: denies: `\"Deny\"`"), "{said}");
    assert_eq!(out(&failed), "0 passed, 1 failed\n");
}

#[test]
fn todo_is_neither_and_a_todo_that_holds_is_said() {
    let tests =
        format!("{WORLD}todo expect eve allowed iam:CreateUser\ntodo expect eve denied iam:CreateUser\n");
    let folder = folder(&[("a.iam", &tests)]);
    let run = test_in(&folder, &["a.iam"]).code(0);
    assert_eq!(out(&run), "1 passed, 0 failed, 1 todo\n");
    assert!(errors(&run).contains("warning[todo-holds]"));
}

#[test]
fn an_invalid_script_is_code_3_and_the_others_run() {
    let good = format!("{WORLD}{READING}");
    let folder = folder(&[("a.iam", "usr eve\nexpect eve denied s3:GetObject\n"), ("b.iam", &good)]);
    assert_eq!(out(&test_in(&folder, &["."]).code(3)), "1 passed, 0 failed, 1 invalid\n");
}

#[test]
fn a_script_that_is_to_be_refused_holds_if_it_is() {
    let refused = "# refused: unknown-command\naccount 111122223333\nusr eve\n";
    let accepted = "# refused: *\naccount 111122223333\n";
    let folder = folder(&[("a.iam", refused), ("b.iam", accepted)]);
    assert_eq!(out(&test_in(&folder, &["a.iam"]).code(0)), "1 passed, 0 failed\n");
    assert!(errors(&test_in(&folder, &["b.iam"]).code(1)).contains("expected a refusal"));
}

#[test]
fn expectations_are_picked_and_listed_by_section() {
    let tests =
        format!("{WORLD}{READING}# == deleting\nexpect eve denied s3:DeleteObject on arn:aws:s3:::b/k\n");
    let folder = folder(&[("a.iam", &tests)]);
    let listed = out(&test_in(&folder, &["a.iam", "--list", "--run", "^a.iam: deleting:"]).code(0));
    assert_eq!(listed, "a.iam:9: deleting: expect eve denied s3:DeleteObject on arn:aws:s3:::b/k\n");
    assert_eq!(out(&test_in(&folder, &["a.iam", "--run", "reading"]).code(0)), "1 passed, 0 failed\n");
    assert!(errors(&test_in(&folder, &["a.iam", "--run", "("]).code(3)).contains("no regular expression"));
}

#[test]
fn the_rows_of_a_table_count_one_by_one() {
    let tests = format!(
        "{WORLD}expect table {{\n  eve allowed s3:GetObject arn:aws:s3:::b/k\n  eve allowed s3:PutObject arn:aws:s3:::b/k\n}}\n"
    );
    let folder = folder(&[("a.iam", &tests)]);
    let run = test_in(&folder, &["a.iam"]).code(1);
    assert_eq!(out(&run), "1 passed, 1 failed\n");
    assert!(errors(&run).contains("a.iam:8:3"), "{}", errors(&run));
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let one = here(&["tests/cases", "--jobs", "1", "--report", "plain"]);
    let four = here(&["tests/cases", "--jobs", "4", "--report", "plain"]);
    assert_eq!(out(&one), out(&four));
    assert_eq!(errors(&one), errors(&four));
}

#[test]
fn fail_fast_ends_with_the_first_that_fails() {
    let bad = format!("{WORLD}expect eve allowed iam:CreateUser\nexpect eve allowed iam:DeleteUser\n");
    let folder = folder(&[("a.iam", &bad), ("b.iam", &bad)]);
    assert_eq!(out(&test_in(&folder, &[".", "--fail-fast"]).code(1)), "0 passed, 1 failed\n");
}

#[test]
fn several_reports_are_written_and_only_one_to_standard_output() {
    let tests = format!("{WORLD}{READING}expect eve allowed iam:CreateUser\n");
    let folder = folder(&[("a.iam", &tests)]);
    let run = test_in(&folder, &["a.iam", "--report", "tap,junit=j.xml,sarif=s.json,json=r.json"]).code(1);
    assert!(
        out(&run).starts_with("TAP version 13\n1..2\nok 1 - a.iam:7 reading: expect eve"),
        "{}",
        out(&run)
    );
    assert!(errors(&run).ends_with("1 passed, 1 failed\n"), "{}", errors(&run));
    let result: Value = serde_json::from_str(&fs::read_to_string(folder.join("r.json")).unwrap()).unwrap();
    assert_eq!((&result["passed"], &result["failed"]), (&Value::from(1), &Value::from(1)));
    assert_eq!(result["scripts"][0]["cases"][1]["line"], 8);
    assert!(
        errors(&test_in(&folder, &["a.iam", "--report", "tap,json"]).code(3)).contains("only one report")
    );
    assert!(errors(&test_in(&folder, &["a.iam", "--report", "toast"]).code(3)).contains("there are junit"));
}

#[test]
fn junit_has_a_suite_a_script_and_counts_that_agree() {
    let tests =
        format!("{WORLD}{READING}expect eve allowed iam:CreateUser\ntodo expect eve allowed iam:GetUser\n");
    let folder = folder(&[("a.iam", &tests), ("b.iam", "usr \"<&>\"\nexpect x denied a:B\n")]);
    let xml = out(&test_in(&folder, &[".", "--report", "junit"]).code(3));
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "), "{xml}");
    assert!(xml.contains("<testsuites name=\"iamwhy\" tests=\"4\" failures=\"1\" errors=\"1\">"), "{xml}");
    assert!(xml.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">"), "{xml}");
    for (element, count) in
        [("testcase ", 4), ("failure ", 1), ("error ", 1), ("skipped/", 1), ("testsuite ", 2)]
    {
        assert_eq!(xml.matches(&format!("<{element}")).count(), count, "{element}: {xml}");
    }
    assert!(xml.contains("&lt;&amp;&gt;") && !xml.contains("\"<&>\""), "{xml}");
}

#[test]
fn sarif_has_what_its_schema_requires() {
    let tests = format!("{WORLD}expect eve allowed s3:DeleteObject on arn:aws:s3:::b/k\n");
    let folder = folder(&[("a b.iam", &tests)]);
    let log = json(&test_in(&folder, &["a b.iam", "--report", "sarif"]).code(1));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "iamwhy");
    let result = &run["results"][0];
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    assert_eq!(result["level"], "error");
    assert!(result["message"]["text"].as_str().unwrap().starts_with("expected allowed, found explicit-deny"));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.iam");
    assert_eq!(place["region"]["startLine"], 6);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "denies");
}

#[test]
fn github_annotations_stand_on_one_line_at_the_expectation() {
    let tests = format!("{WORLD}expect eve allowed s3:DeleteObject on arn:aws:s3:::b/k\n");
    let folder = folder(&[("a.iam", &tests)]);
    let text = out(&test_in(&folder, &["a.iam", "--report", "github"]).code(1));
    assert!(
        text.starts_with("::error file=a.iam,line=6,col=1,title=expect eve allowed s3%3ADelete"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn coverage_knows_what_decided_what_matched_and_what_never_did() {
    let folder = folder(&[("a.iam", &format!("{WORLD}{READING}"))]);
    let found = json(&test_in(&folder, &["a.iam", "--coverage=json"]).code(0));
    // Allow: decided, s3:GetObject and the resource covered, s3:ListBucket not; Deny: nothing of three.
    assert_eq!((&found["covered"], &found["all"]), (&Value::from(3), &Value::from(7)));
    let policy = &found["policies"][0];
    assert_eq!(policy["name"], "P");
    let count = |statement: usize, what: &str| policy["statements"][statement][what].as_u64().unwrap();
    assert_eq!([count(0, "evaluated"), count(0, "matched"), count(0, "decisive")], [1, 1, 1]);
    assert_eq!([count(1, "evaluated"), count(1, "matched"), count(1, "decisive")], [1, 0, 0]);
    let gaps: Vec<&str> =
        policy["gaps"].as_array().unwrap().iter().filter_map(|gap| gap["what"].as_str()).collect();
    assert_eq!(
        gaps,
        [
            "action \"s3:ListBucket\" never covered a request that the statement decided",
            "Deny statement 2 of P (Sid No) was never the deciding statement",
        ]
    );
}

#[test]
fn a_condition_is_covered_if_it_held_and_failed() {
    let world = r#"account 111122223333
user eve
inline P on user eve { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject",
  "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } } }
expect eve allowed s3:GetObject on arn:aws:s3:::b/k with aws:SourceIp=203.0.113.7
"#;
    let outside = "expect eve denied s3:GetObject on arn:aws:s3:::b/k\n";
    let folder = folder(&[("a.iam", world), ("b.iam", &format!("{world}{outside}"))]);
    let half = out(&test_in(&folder, &["a.iam", "--coverage"]).code(0));
    assert!(half.contains("a.iam:4:50: condition \"aws:SourceIp\" never failed"), "{half}");
    assert!(out(&test_in(&folder, &["b.iam", "--coverage"]).code(0)).contains("coverage 100.0 % (5 of 5)"));
}

#[test]
fn a_coverage_that_is_too_low_fails() {
    let folder = folder(&[("a.iam", &format!("{WORLD}{READING}"))]);
    test_in(&folder, &["a.iam", "--coverage-threshold", "40"]).code(0);
    let low = test_in(&folder, &["a.iam", "--coverage-threshold", "90"]).code(1);
    assert!(errors(&low).contains("coverage is 42.9 %, less than 90 %"), "{}", errors(&low));
    assert_eq!(out(&low), "1 passed, 0 failed\n");
}

#[test]
fn lcov_and_the_listing_speak_of_the_lines_of_the_policy() {
    let folder = folder(&[("a.iam", &format!("{WORLD}{READING}"))]);
    let lcov = out(&test_in(&folder, &["a.iam", "--coverage=lcov"]).code(0));
    assert!(
        lcov.contains("SF:a.iam\n") && lcov.contains("DA:4,0\nDA:5,0\nLF:2\nLH:0\nend_of_record\n"),
        "{lcov}"
    );
    let listing = out(&test_in(&folder, &["a.iam", "--coverage=listing"]).code(0));
    assert!(listing.contains("    5     0x |   { \"Sid\": \"No\""), "{listing}");
    assert!(
        listing.contains("^^^^^^ Deny statement 2 of P (Sid No) was never the deciding statement"),
        "{listing}"
    );
}

#[test]
fn a_policy_that_no_expectation_reaches_is_not_covered() {
    let world = format!(
        "{WORLD}user dan\ninline Q on user dan {{ \"Version\": \"2012-10-17\", \"Statement\":\n  {{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\" }} }}\n"
    );
    let folder = folder(&[("a.iam", &format!("{world}{READING}"))]);
    let text = out(&test_in(&folder, &["a.iam", "--coverage"]).code(0));
    assert!(text.contains("Allow statement 1 of Q was never the deciding statement"), "{text}");
}

#[test]
fn mutants_that_nobody_notices_come_with_a_question_that_would() {
    let world = r#"account 111122223333
user eve
inline P on user eve { "Version": "2012-10-17", "Statement":
  { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*" } }
"#;
    let folder = folder(&[("a.iam", &format!("{world}{READING}"))]);
    let found = json(&test_in(&folder, &["a.iam", "--mutate=json"]).code(0));
    let unnoticed = found["unnoticed"].as_array().unwrap();
    let change = |found: &Value| found["change"].as_str().unwrap().to_owned();
    let changes: Vec<String> = unnoticed.iter().map(change).collect();
    assert_eq!(
        changes,
        [
            "widen \"s3:GetObject\" to \"s3:*\"", "widen \"s3:PutObject\" to \"s3:*\"",
            "drop \"s3:PutObject\"", "widen \"arn:aws:s3:::b/*\" to \"*\"",
        ]
    );
    // Noticed: the statement dropped, its effect flipped, s3:GetObject dropped, the resource narrowed.
    assert_eq!(found["noticed"], 4);
    // With the questions that were found, all of them are.
    let questions: Vec<&str> = unnoticed.iter().filter_map(|one| one["would_notice"].as_str()).collect();
    let all = format!("{world}{READING}{}\n", questions.join("\n"));
    fs::write(folder.join("b.iam"), all).unwrap();
    let good = test_in(&folder, &["b.iam", "--mutate", "--mutate-threshold", "100"]).code(0);
    assert!(out(&good).contains("mutation 100.0 % (8 of 8 noticed)"), "{}", out(&good));
    test_in(&folder, &["a.iam", "--mutate-threshold", "60"]).code(1);
}

#[test]
fn conditions_and_principals_are_mutated() {
    let world = r#"account 111122223333
user eve
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement":
  { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/eve" }, "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::b/*", "Condition": { "Bool": { "aws:SecureTransport": "true" } } } }
"#;
    let folder = folder(&[("a.iam", &format!("{world}{READING}"))]);
    let text = out(&test_in(&folder, &["a.iam", "--mutate"]).code(0));
    assert!(text.contains("drop the condition on aws:SecureTransport"), "{text}");
    assert!(text.contains("would notice: expect eve denied s3:GetObject on arn:aws:s3:::b/"), "{text}");
    assert!(text.contains("widen \"arn:aws:iam::111122223333:user/eve\" to \"*\""), "{text}");
}

#[test]
fn the_weak_example_is_shown_up_and_the_strong_one_is_not() {
    let weak = here(&["examples/weak", "--coverage", "--mutate"]).code(0);
    let text = out(&weak);
    assert!(
        text.contains("Deny statement 3 of Payroll (Sid NeverDelete) was never the deciding statement"),
        "{text}"
    );
    assert!(text.contains("condition \"aws:SourceIp\" never failed"), "{text}");
    assert!(
        text.contains("no expectation notices: drop the statement (Deny statement 3 of Payroll)"),
        "{text}"
    );
    assert!(text.ends_with("2 passed, 0 failed\n"), "{text}");
    here(&["examples/weak", "--coverage-threshold", "100"]).code(1);
    here(&["examples/weak", "--mutate-threshold", "100"]).code(1);
    here(&["examples/strong", "--coverage-threshold", "100", "--mutate-threshold", "100"]).code(0);
}

#[test]
fn the_starting_script_holds_and_reads_its_world() {
    let folder = folder(&[("world.iam", WORLD)]);
    test_in(&folder, &["--init", "--world", "world.iam", "start.iam"]).code(0);
    let script = fs::read_to_string(folder.join("start.iam")).unwrap();
    assert!(script.contains("read \"world.iam\"\n") && script.contains("# == root-only tasks"), "{script}");
    assert!(script.contains("expect eve implicit-deny account:CloseAccount because root-only\n"), "{script}");
    test_in(&folder, &["start.iam"]).code(0);
    assert!(errors(&test_in(&folder, &["--init", "start.iam"]).code(3)).contains("exists already"));
    let demo = out(&test_in(&folder, &["--init"]).code(0));
    fs::write(folder.join("demo.iam"), demo).unwrap();
    test_in(&folder, &["demo.iam"]).code(0);
}

#[test]
fn recorded_questions_are_expectations_that_hold() {
    let folder = folder(&[("world.iam", WORLD)]);
    let mut session = Command::cargo_bin("iamwhy").unwrap();
    let session = session.current_dir(&folder).args(["--world", "world.iam"]);
    let questions = "can eve s3:GetObject on arn:aws:s3:::b/k with \"aws:userAgent\"=\"a b\"\nwhy eve iam:CreateUser\n\
                     can eve s3:DeleteObject on arn:aws:s3:::b/k\nrecord\nrecord \"new.iam\"\n";
    let session = session.write_stdin(questions).assert().code(2);
    assert!(out(&session).contains("added 3 expectations to new.iam"), "{}", out(&session));
    let script = fs::read_to_string(folder.join("new.iam")).unwrap();
    let recorded = script.split("# == recorded\n").nth(1).expect("a section");
    assert!(out(&session).contains(recorded), "{recorded}");
    assert!(recorded.contains("because identity-based P statement No\n"), "{recorded}");
    assert_eq!(out(&test_in(&folder, &["new.iam"]).code(0)), "3 passed, 0 failed\n");
    let mut more = Command::cargo_bin("iamwhy").unwrap();
    let more = more
        .current_dir(&folder)
        .args(["--world", "world.iam", "-e", "can eve s3:ListBucket on arn:aws:s3:::b"]);
    more.args(["-e", "record new.iam"]).assert().code(2);
    assert_eq!(out(&test_in(&folder, &["new.iam"]).code(0)), "4 passed, 0 failed\n");
}

#[test]
fn the_starting_script_has_an_expectation_for_each_statement_that_one_can_tell() {
    let folder = folder(&[("world.iam", WORLD)]);
    test_in(&folder, &["--init", "--world", "world.iam", "start.iam"]).code(0);
    // Of 7 parts one reaches nothing: s3:ListBucket is not asked for objects.
    test_in(&folder, &["start.iam", "--coverage-threshold", "85"]).code(0);
    let closed = "account 111122223333\nuser ann\ninline P on user ann {\"Statement\":{\"Sid\":\"Never\",\"Effect\":\"Allow\",\
                  \"Action\":\"s3:Get*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"x\"},\"Null\":{\"aws:PrincipalTag/team\":\"true\"}}}}\n";
    fs::write(folder.join("closed.iam"), closed).unwrap();
    let script = out(&test_in(&folder, &["--init", "--world", "closed.iam"]).code(0));
    assert!(script.contains("# No expectation above reaches these statements:\n#   P [Never]: "), "{script}");
}

#[test]
fn the_commands_of_the_recipes_work() {
    let tests = format!("{WORLD}{READING}expect eve explicit-deny s3:DeleteObject on arn:aws:s3:::b/k\n");
    let folder = folder(&[("policies/a.iam", &tests)]);
    let mut commands = 0;
    for recipe in ["github-actions.yml", "gitlab-ci.yml", "pre-commit-config.yaml", "Makefile"] {
        let text = fs::read_to_string(Path::new("examples/ci").join(recipe)).unwrap();
        let lines = text.lines().filter_map(|line| line.split_once("iamwhy test ").map(|(_, rest)| rest));
        for line in lines.filter(|line| !line.contains("--watch")) {
            let arguments: Vec<&str> = line.split_whitespace().collect();
            test_in(&folder, &arguments).code(0);
            commands += 1;
        }
    }
    assert_eq!(commands, 6);
    for file in ["policies.xml", "policies.sarif", "policies.lcov", "policies-mutants.json"] {
        assert!(folder.join(file).exists(), "{file}");
    }
}

#[test]
fn watch_runs_again_what_a_changed_file_affects() {
    let tests = format!("read \"setup.iam\"\n{READING}");
    let folder = folder(&[("setup.iam", WORLD), ("a.iam", &tests)]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("iamwhy"))
        .current_dir(&folder)
        .args(["test", ".", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut tally = || lines.find(|line| line.ends_with("; watching")).unwrap();
    let first = tally();
    fs::write(folder.join("setup.iam"), WORLD.replace("s3:GetObject", "s3:GetObjectAcl")).unwrap();
    let second = tally();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!([first, second], ["1 passed, 0 failed; watching", "0 passed, 1 failed; watching"]);
}

/// Each of 15 files reads the next one four times: a thousand million reads, if nobody counted.
#[test]
fn files_that_read_each_other_many_times_are_refused_and_do_not_run_for_ever() {
    let chain =
        (1..15).map(|number| (format!("b{number}.iam"), format!("read \"b{}.iam\"\n", number + 1).repeat(4)));
    let mut files: Vec<(String, String)> = chain.collect();
    files.push(("b15.iam".to_owned(), "# leaf\n".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = folder(&files);
    let run = |arguments: &[&str]| {
        Command::cargo_bin("iamwhy").unwrap().current_dir(&*folder).args(arguments).assert().code(3)
    };
    for arguments in
        [&["run", "b1.iam"][..], &["--world", "b1.iam", "-e", "list accounts"], &["test", "b1.iam"]]
    {
        let refused = errors(&run(arguments));
        assert!(refused.contains("too-much-read") && refused.contains("10000 times"), "{refused}");
    }
}

#[test]
fn expectations_that_fail_alike_are_each_shown_where_they_stand() {
    let text = format!("{WORLD}expect eve allowed s3:PutObject on arn:aws:s3:::b/k\n").to_owned()
        + "expect eve allowed s3:PutObject on arn:aws:s3:::b/k\n";
    let folder = folder(&[("t.iam", &text)]);
    let shown = json(&test_in(&folder, &["--report=json", "t.iam"]).code(1));
    let cases = shown["scripts"][0]["cases"].as_array().expect("cases");
    let lines: Vec<_> = cases.iter().map(|case| case["line"].as_u64()).collect();
    assert_eq!(lines, [Some(6), Some(7)]);
    assert_eq!(cases[0]["message"], cases[1]["message"]);
    assert!(cases[1]["details"].as_str().is_some_and(|details| details.contains("t.iam:7:1")), "{cases:?}");
}
