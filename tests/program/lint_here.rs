//! `lint`, `fmt` and `expect lint` at the prompt and in scripts.

use assert_cmd::Command;

use crate::scratch::Folder;

const WORLD: &str = r#"account 111122223333
user bob
policy P { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:GetObjct"], "Resource": "arn:aws:s3:::b/*" } }
policy Good { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" } }
role R trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" } }
inline I on user bob { "Statement": { "Resource": "arn:aws:s3:::b/*", "Effect": "Allow", "Action": "s3:GetObject" } }
"#;

/// Exit code, and all that is said.
fn run(arguments: &[&str], input: &str) -> (i32, String) {
    let folder = Folder::new(&[("w.iam", WORLD.as_bytes()), ("t.iam", input.as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(&folder).args(arguments).write_stdin(input).output().expect("runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("a code"), String::from_utf8(text).expect("UTF-8"))
}

fn in_world(line: &str) -> (i32, String) {
    run(&["--world", "w.iam", "-e", line], "")
}

fn test(lines: &str) -> (i32, String) {
    run(&["test", "t.iam"], &format!("{WORLD}{lines}"))
}

#[test]
fn a_policy_is_linted_by_name_and_so_is_what_a_user_role_or_the_world_has() {
    let (code, said) = in_world("lint P");
    assert!(code == 1 && said.starts_with("findings\n") && said.contains("w.iam:3:"), "{said}");
    assert!(said.contains("unknown-action") && !said.contains("trust-any"), "{said}");
    assert!(in_world("lint R").1.contains("trust-any"));
    assert!(in_world("lint bob").1.contains("missing-version"));
    assert!(in_world("lint I on user bob").1.contains("missing-version"));
    let (code, said) = in_world("lint all");
    assert!(code == 1 && said.contains("unknown-action") && said.contains("trust-any"), "{said}");
    assert!(said.contains("in 4 policies"), "{said}");
    let (code, said) = in_world("lint Good");
    assert!(code == 0 && said.starts_with("clean\n"), "{said}");
}

#[test]
fn a_policy_of_aws_and_a_file_are_linted_and_what_is_neither_is_unknown() {
    assert!(in_world("lint AdministratorAccess").1.contains("read as"));
    assert!(in_world("lint w.iam").1.contains("policies; catalog of"));
    let (code, said) = in_world("lint Goood");
    assert!(code == 3 && said.contains("there is no policy, nor a file, `Goood`"), "{said}");
    assert!(said.contains("did you mean `Good`"), "{said}");
}

#[test]
fn a_policy_of_the_world_is_printed_in_the_form_of_files() {
    let (code, said) = in_world("fmt I on user bob");
    assert!(
        code == 0 && said.starts_with("{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\","),
        "{said}"
    );
    assert!(in_world("fmt P canonical").1.contains("\"Action\": \"s3:GetObjct\""));
    assert!(in_world("fmt all").1.contains("# trust policy of role R\n{"));
}

#[test]
fn an_expectation_states_what_lint_finds() {
    assert_eq!(
        test("expect lint unknown-action on P\nexpect lint clean on Good\ntodo expect lint clean\n").0,
        0
    );
    let (code, said) = test("expect lint clean on P\n");
    assert!(code == 1 && said.contains("s3:GetObjct is not in the catalog"), "{said}");
    let (code, said) = test("expect lint unknown-action on Good\n");
    assert!(
        code == 1 && said.contains("expected that lint finds unknown-action, but it finds nothing"),
        "{said}"
    );
    let (code, said) = test("expect lint unknown-acton on Good\n");
    assert!(code != 0 && said.contains("did you mean `unknown-action`"), "{said}");
}

#[test]
fn what_is_typed_at_the_prompt_shows_what_is_surely_wrong_and_counts_the_rest() {
    let typed = |line: &str| run(&["--empty"], &format!("account 111122223333\n{line}\n")).1;
    let wrong = typed(
        r#"role S trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" } }"#,
    );
    assert!(wrong.contains("error[trust-action]") && wrong.contains("created role S"), "{wrong}");
    let line = WORLD.lines().nth(2).expect("a policy");
    let said = typed(line);
    assert!(said.contains("created policy P") && said.contains("note: 1 finding: `lint P`"), "{said}");
    assert!(!said.contains("unknown-action"), "{said}");
    let pasted = typed(line.strip_prefix("policy P ").expect("a document"));
    assert!(pasted.contains("note: 1 finding: `lint NAME`"), "{pasted}");
    let good = typed(WORLD.lines().nth(3).expect("a policy"));
    assert!(!good.contains("finding"), "{good}");
}

#[test]
fn a_script_says_nothing_of_findings_that_nobody_asked_for() {
    assert!(!run(&["run", "w.iam"], "").1.contains("finding"));
}

#[test]
fn what_lets_the_public_in_is_told_as_block_public_access_of_the_world_stands() {
    let bucket = r#"resource arn:aws:s3:::open owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/*" } }"#;
    let linted = |switch: &str| {
        let script = format!("{WORLD}{bucket}\n{switch}\n");
        run(&["--world", "t.iam", "-e", "lint arn:aws:s3:::open"], &script).1
    };
    let said = linted("");
    assert!(said.contains("is let in:") && said.contains("was taken to be off"), "{said}");
    let said = linted("public-access-block on");
    assert!(
        said.contains("suggestion[public]") && said.contains("would be let in, were Block Public Access off"),
        "{said}"
    );
    assert!(
        linted("public-access-block off for arn:aws:s3:::open").contains("Block Public Access is off here")
    );
}
