//! `fmt` on the command line: what it shows, checks and writes.

use assert_cmd::Command;

use crate::scratch::Folder;

const LOOSE: &str = r#"{"Statement":[{"Resource":"*","Action":["s3:PutObject","s3:GetObject"],"Effect":"Allow"}],"Version":"2012-10-17"}"#;
const FORMATTED: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "s3:PutObject",
        "s3:GetObject"
      ],
      "Resource": "*"
    }
  ]
}
"#;

/// Exit code, standard output, standard error.
fn iamwhy(folder: &Folder, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(folder).args(arguments).write_stdin(input).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

fn folder() -> Folder {
    Folder::new(&[("p/good.json", FORMATTED.as_bytes()), ("p/loose.json", LOOSE.as_bytes())])
}

#[test]
fn a_policy_is_shown_in_the_form_and_one_in_the_form_stays() {
    let folder = folder();
    for file in ["p/loose.json", "p/good.json"] {
        assert_eq!(iamwhy(&folder, &["fmt", file], ""), (0, FORMATTED.to_owned(), String::new()));
    }
    assert_eq!(iamwhy(&folder, &["fmt", "-"], LOOSE).1, FORMATTED);
    let (_, sorted, _) = iamwhy(&folder, &["fmt", "--canonical", "-"], LOOSE);
    assert!(sorted.find("s3:GetObject") < sorted.find("s3:PutObject"), "{sorted}");
}

#[test]
fn check_and_diff_say_what_would_change_and_change_nothing() {
    let folder = folder();
    let (code, said, _) = iamwhy(&folder, &["fmt", "--check", "p"], "");
    assert_eq!((code, &*said), (1, "unformatted\np/loose.json\n"));
    assert_eq!(iamwhy(&folder, &["fmt", "--check", "p/good.json"], "").0, 0);
    let (code, said, _) = iamwhy(&folder, &["fmt", "--diff", "p"], "");
    assert!(
        code == 1 && said.starts_with("--- p/loose.json\n+++ p/loose.json\n@@ -1,1 +1,13 @@\n-{"),
        "{said}"
    );
    assert!(said.ends_with("+  ]\n+}\n"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.join("p/loose.json")).expect("there"), LOOSE);
}

#[test]
fn write_writes_what_is_written_otherwise() {
    let folder = folder();
    let said = iamwhy(&folder, &["fmt", "--write", "p"], "");
    assert_eq!(said, (0, "formatted p/loose.json\n".to_owned(), String::new()));
    assert_eq!(std::fs::read_to_string(folder.join("p/loose.json")).expect("there"), FORMATTED);
    assert_eq!(iamwhy(&folder, &["fmt", "--write", "-"], LOOSE).0, 3);
    assert_eq!(iamwhy(&folder, &["fmt", "p"], "").0, 3, "several files are not shown as one");
}

#[test]
fn what_is_no_policy_is_refused_and_stays_as_it_is() {
    let broken = LOOSE.replace("Allow", "Permit");
    let folder = Folder::new(&[
        ("broken.json", broken.as_bytes()),
        ("loose.json", LOOSE.as_bytes()),
        ("other.json", b"{\"a\": 1}"),
    ]);
    let (code, said, wrong) = iamwhy(&folder, &["fmt", "--write", "broken.json", "loose.json"], "");
    assert!(code == 3 && said == "formatted loose.json\n" && wrong.contains("bad-effect"), "{said}{wrong}");
    assert_eq!(std::fs::read_to_string(folder.join("broken.json")).expect("there"), broken);
    let (code, _, wrong) = iamwhy(&folder, &["fmt", "other.json"], "");
    assert!(code == 3 && wrong.contains("a JSON object with a `Statement`"), "{wrong}");
}

#[test]
fn of_a_file_that_holds_policies_only_their_text_changes() {
    let output = format!(
        "{{\n    \"PolicyVersion\": {{\n        \"Document\": {LOOSE},\n        \"VersionId\":   \"v1\"\n    }}\n}}\n"
    );
    let folder = Folder::new(&[("o.json", output.as_bytes())]);
    let indented = FORMATTED.trim_end().replace('\n', "\n        ");
    let wanted = format!(
        "{{\n    \"PolicyVersion\": {{\n        \"Document\": {indented},\n        \"VersionId\":   \"v1\"\n    }}\n}}\n"
    );
    assert_eq!(iamwhy(&folder, &["fmt", "o.json"], "").1, wanted);
    assert_eq!(iamwhy(&folder, &["fmt", "-"], &wanted).1, wanted, "what is formatted stays");
    assert_eq!(iamwhy(&folder, &["fmt", "--write", "o.json"], "").0, 0);
    assert_eq!(std::fs::read_to_string(folder.join("o.json")).expect("there"), wanted);
}

#[test]
fn what_stands_in_strings_or_has_functions_stays_and_so_does_yaml() {
    let folder = folder();
    let plan = format!("{{\"planned_values\": {{\"policy\": {}}}}}", serde_json::Value::from(LOOSE));
    assert_eq!(iamwhy(&folder, &["fmt", "-"], &plan).1, plan);
    let function = LOOSE.replace("\"*\"", r#"{"Fn::Sub": "arn:aws:s3:::${B}"}"#);
    let template = format!("{{\"Resources\": {{\"A\": {function}, \"B\": {LOOSE}}}}}");
    let said = iamwhy(&folder, &["fmt", "-"], &template).1;
    assert!(said.contains(&function) && !said.contains(LOOSE), "{said}");
    let (code, _, wrong) = iamwhy(
        &folder,
        &["fmt", "-"],
        "Statement:\n  - Effect: Allow\n    Action: s3:*\n    Resource: '*'\n",
    );
    assert!(code == 3 && wrong.contains("is YAML"), "{wrong}");
}

#[test]
fn a_list_of_policies_is_formatted_item_by_item() {
    let list = format!("[{LOOSE},\n  {LOOSE}]\n");
    let said = iamwhy(&folder(), &["fmt", "-"], &list).1;
    let (one, other) = (FORMATTED.trim_end(), FORMATTED.trim_end().replace('\n', "\n  "));
    assert_eq!(said, format!("[{one},\n  {other}]\n"));
}

const SCRIPT: &str = "# who there is\naccount 111122223333   \"Acme\"\n\n\nuser bob # first\n  policy P {\"Statement\":{\"Action\":\"s3:*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}}\npolicy Q {\n\"Statement\":{\"Action\":\"s3:*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}}\ntag user bob \\\n a=b\nwhat-if {\nattach P to user bob\ncan bob s3:GetObject on *\n}\nexpect table {\nroot allowed s3:GetObject\nbob denied s3:GetObject\n}";

const SCRIPT_FORMATTED: &str = r#"# who there is
account 111122223333 "Acme"

user bob  # first
policy P { "Statement": [ { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } ] }
policy Q {
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:*",
      "Resource": "*"
    }
  ]
}
tag user bob \
    a=b
what-if {
  attach P to user bob
  can bob s3:GetObject on *
}
expect table {
  root allowed s3:GetObject
  bob  denied  s3:GetObject
}
"#;

#[test]
fn a_script_has_a_form_of_its_own_and_its_policies_have_theirs() {
    let folder = Folder::new(&[("w.iam", SCRIPT.as_bytes())]);
    assert_eq!(iamwhy(&folder, &["fmt", "w.iam"], ""), (0, SCRIPT_FORMATTED.to_owned(), String::new()));
    assert_eq!(iamwhy(&folder, &["fmt", "-"], SCRIPT).1, SCRIPT_FORMATTED, "known by how it begins");
    assert_eq!(iamwhy(&folder, &["fmt", "-"], SCRIPT_FORMATTED).1, SCRIPT_FORMATTED, "it stays");
    assert_eq!(iamwhy(&folder, &["fmt", "--check", "."], "").1, "unformatted\n./w.iam\n");
    assert_eq!(iamwhy(&folder, &["fmt", "--write", "w.iam"], "").0, 0);
    assert_eq!(std::fs::read_to_string(folder.join("w.iam")).expect("there"), SCRIPT_FORMATTED);
}

#[test]
fn a_script_that_cannot_be_cut_into_words_is_refused_and_one_with_a_broken_policy_keeps_it() {
    let folder = Folder::new(&[
        ("open.iam", b"policy P {\"Statement\": [\n"),
        ("broken.iam", b"user   bob\npolicy P {\"Statement\":   1}\n"),
    ]);
    let (code, _, wrong) = iamwhy(&folder, &["fmt", "open.iam"], "");
    assert!(code == 3 && wrong.contains("this `[` is never closed"), "{wrong}");
    assert_eq!(iamwhy(&folder, &["fmt", "broken.iam"], "").1, "user bob\npolicy P {\"Statement\":   1}\n");
}

#[test]
fn statements_alone_stay_alone_and_what_is_missing_is_said() {
    let statement = r#"{"Resource": "*", "Effect": "Allow", "Action": "s3:*"}"#;
    let formatted = "{\n  \"Effect\": \"Allow\",\n  \"Action\": \"s3:*\",\n  \"Resource\": \"*\"\n}\n";
    let (code, said, wrong) = iamwhy(&folder(), &["fmt", "-"], statement);
    assert_eq!((code, &*said), (0, formatted));
    assert!(wrong.contains("is a statement without the policy around"), "{wrong}");
    let (_, said, _) = iamwhy(&folder(), &["fmt", "-"], &format!("[{statement}, {statement}]"));
    let item = formatted.trim_end().replace('\n', "\n  ");
    assert_eq!(said, format!("[\n  {item},\n  {item}\n]\n"));
}

#[test]
fn what_has_no_form_where_it_stands_is_named() {
    let plan = format!("{{\"planned_values\": {{\"policy\": {}}}}}", serde_json::Value::from(LOOSE));
    let (code, said, wrong) = iamwhy(&folder(), &["fmt", "-"], &plan);
    assert!(code == 0 && said == plan && wrong.contains("1 policy stays as written"), "{wrong}");
}
