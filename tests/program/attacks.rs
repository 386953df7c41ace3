//! Attacks that were found once, each as the files that somebody would be sent: nothing of them is obeyed, nothing is
//! lost, and nothing runs for ever.

use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

use crate::harmless::{assert_harmless, assert_prints, quoted};
use crate::scratch::Folder;

const FORMATS: [&str; 3] = ["text", "plain", "json"];

fn iamwhy(folder: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::cargo_bin("iamwhy").unwrap();
    // What hangs is ended; no test looks at how long anything took.
    command.current_dir(folder).timeout(Duration::from_secs(60)).args(arguments).assert()
}

fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8")
}

fn errors(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8")
}

/// Runs it and looks at what it says on both streams.
fn harmless(folder: &Path, arguments: &[&str]) -> String {
    let ran = iamwhy(folder, arguments);
    assert_harmless(&out(&ran), &format!("{arguments:?}"));
    assert_harmless(&errors(&ran), &format!("{arguments:?}"));
    out(&ran)
}

/// Clears the screen, names the window and fills the clipboard; then looks like an answer and like commands to a
/// pipeline.
const OBEYED: &str = "\u{1b}[2J\u{1b}[H\u{1b}]0;title\u{7}\u{1b}]52;c;ZXZpbA==\u{7}x\nevil allowed\n\
                      ::error file=README.md,line=1,title=Injected::from a file\n::add-mask::a\n::stop-commands::zzz";

fn policy() -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":{sid},"Effect":"Allow","Action":"s3:*","Resource":"*"}},
        {{"Sid":{other},"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}}]}}"#,
        sid = quoted(OBEYED),
        other = quoted(&format!("{OBEYED}2"))
    )
}

#[test]
fn escape_sequences_in_the_names_of_statements_reach_no_terminal() {
    let policy = policy();
    let of_bucket = policy
        .replace("\"Effect\"", "\"Principal\":\"*\",\"Effect\"")
        .replace("\"*\"}", "\"arn:aws:s3:::b/*\"}");
    let world = "account 111122223333 \"x\"\nuser bob\n\
                 resource arn:aws:s3:::b owner 111122223333 policy from \"b.json\"\n";
    let folder = Folder::new(&[
        ("p.json", policy.as_bytes()),
        ("b.json", of_bucket.as_bytes()),
        ("w.iam", world.as_bytes()),
    ]);
    for format in FORMATS {
        for question in ["can", "why", "when"] {
            for action in ["s3:GetObject", "s3:PutObject"] {
                let asked = |given: &[&str]| {
                    let before = ["--format", format, question];
                    harmless(&folder, &[&before[..], given, &[action, "on", "arn:aws:s3:::b/k"]].concat())
                };
                // Identities have no policies with such a Sid: there it is an error.
                asked(&["--policy", "p.json"]);
                assert_ne!(asked(&["--world", "w.iam", "bob"]), "");
            }
        }
        harmless(&folder, &["--format", format, "--world", "w.iam", "-e", "show arn:aws:s3:::b"]);
    }
}

#[test]
fn escape_sequences_in_a_dump_reach_no_terminal() {
    let [name, arn] = ["user/bob", "policy/Z"].map(|path| {
        let name = format!("{path}{OBEYED}");
        (quoted(name.split('/').next_back().unwrap()), quoted(&format!("arn:aws:iam::111122223333:{name}")))
    });
    let text = quoted(OBEYED);
    let dump = format!(
        r#"{{"UserDetailList": [{{"UserName": {}, "UserId": "A", "Path": "/", "Arn": {}, "UserPolicyList": [{{"PolicyName": {text},
            "PolicyDocument": {}}}], "Tags": [{{"Key": {text}, "Value": {text}}}]}},
            {{"UserName": "alice", "UserId": "B", "Path": "/", "Arn": "arn:aws:iam::111122223333:user/alice"}}], "GroupDetailList": [],
            "RoleDetailList": [], "Policies": [{{"PolicyName": {}, "Arn": {}, "DefaultVersionId": "v1", "PolicyVersionList":
            [{{"VersionId": "v1", "IsDefaultVersion": true, "Document": "%7B%1b%5D0;x%07"}}]}}]}}"#,
        name.0,
        name.1,
        policy(),
        arn.0,
        arn.1
    );
    let folder = Folder::new(&[("dump.json", dump.as_bytes())]);
    for format in FORMATS {
        for line in ["list users", "list policies", "show user alice", "can alice s3:GetObject", "save w.iam"]
        {
            harmless(&folder, &["--format", format, "--empty", "-e", "load \"dump.json\"", "-e", line]);
            harmless(&folder, &["--format", format, "--world", "dump.json", "-e", line]);
        }
    }
    assert_prints(&fs::read_to_string(folder.join("w.iam")).unwrap(), "w.iam");
}

#[test]
fn the_name_of_a_statement_is_no_command_to_a_pipeline() {
    let script = "account 111122223333 \"x\"\nuser bob\npolicy P from \"p.json\"\nattach P to user bob\n\
                  expect bob allowed s3:PutObject\nexpect bob denied s3:GetObject\n";
    let folder = Folder::new(&[("p.json", policy().as_bytes()), ("t.iam", script.as_bytes())]);
    // Identities have no policies with such a Sid.
    let ran = iamwhy(&folder, &["test", "t.iam", "--report", "github"]).code(3);
    assert_harmless(&errors(&ran), "github");
    for line in out(&ran).lines() {
        let own = ["::error ", "::warning ", "::notice "].iter().find_map(|own| line.strip_prefix(own));
        assert_harmless(own.unwrap_or_else(|| panic!("{line}")), "github");
        assert!(
            line.split("::").nth(1).is_some_and(|properties| properties.contains("file=p.json")),
            "{line}"
        );
    }
}

/// Ends elements, attributes and comments of a page, and the lines and fields of a report.
const MARKUP: &str = "</script><script>evil()</script><img src=x onerror=evil()>\"onmouseover=\"x'<svg/onload=evil()>]]>\
                      &amp;%0A::error::pct -->";

#[test]
fn markup_in_names_becomes_part_of_no_page_and_of_no_report() {
    let markup = quoted(&format!("{MARKUP}{OBEYED}\u{8}\u{9b}2J"));
    let tag = quoted(&format!("{MARKUP}\u{1b}[2J\n::error::b"));
    let script = format!(
        "account 111122223333 {markup} alias acme\nroot owner@acme.example\nuser bob\n\
         policy P {{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \
         [\"arn:aws:s3:::b/*\", {0}], \"Condition\": {{\"StringEqualsIfExists\": {{{0}: {markup}}}}}}}]}}\n\
         attach P to user bob\ntag user bob k={tag}\n# == Section {MARKUP} \u{1b} ::error::s\n",
        format!("\"arn:aws:s3:::b/{}", &markup[1..])
    );
    let tests = format!(
        "{script}expect bob allowed s3:GetObject on {0}\nexpect bob denied s3:GetObject on {0}\n\
         expect bob allowed s3:PutObject on {0} with aws:RequestTag/x={markup}\n",
        format!("\"arn:aws:s3:::b/{}", &markup[1..])
    );
    let folder = Folder::new(&[("inj.iam", tests.as_bytes()), ("w.iam", script.as_bytes())]);
    iamwhy(&folder, &["test", "inj.iam"]).code(1);
    for (report, holds) in [("junit", "<testsuite"), ("sarif", "\"results\""), ("tap", "TAP"), ("json", "{")]
    {
        let written = format!("{report}=report");
        harmless(&folder, &["test", "inj.iam", "--report", &written]);
        is_a_report(&folder, holds);
    }
    for form in ["lcov", "json"] {
        harmless(&folder, &["test", "inj.iam", &format!("--coverage={form}=report")]);
        is_a_report(&folder, "");
    }
    let on = format!("arn:aws:s3:::b/{MARKUP}");
    harmless(&folder, &["--world", "w.iam", "why", "bob", "s3:GetObject", "on", &on, "--html", "page.html"]);
    has_no_markup(&fs::read_to_string(folder.join("page.html")).unwrap());
}

fn is_a_report(folder: &Path, holds: &str) {
    let path = folder.join("report");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(holds), "{text}");
    assert_prints(&text, holds);
    assert!(!text.lines().any(|line| line.starts_with("::") || line.starts_with("evil")), "{text}");
    assert!(holds != "<testsuite" || !text.contains("<script") && !text.contains("<img"), "{text}");
    fs::remove_file(path).unwrap();
}

/// Nothing in a page is a stranger's element or attribute.
pub(crate) fn has_no_markup(page: &str) {
    assert_prints(page, "page");
    for markup in ["<script", "</script", "<img", "<svg/", "\"onmouseover", "-->"] {
        assert!(!page.contains(markup), "{markup}: {page}");
    }
}

#[test]
fn a_name_with_a_control_character_is_saved_and_read_again() {
    for c in ["\u{85}", "\u{9b}", "\0", "\u{1b}", "\u{7f}", "\u{2028}", "\r", "\n"] {
        for name in [quoted(&format!("a{c}b")), format!("\"a{c}b\"")] {
            let script = format!("account 111122223333 {name}\nsave \"s.iam\"\n");
            let folder = Folder::new(&[("t.iam", script.as_bytes())]);
            let ran = iamwhy(&folder, &["run", "t.iam"]);
            assert_harmless(&(out(&ran) + &errors(&ran)), &script);
            // A string ends with its line, and holds no bare NUL.
            let Ok(saved) = fs::read_to_string(folder.join("s.iam")) else {
                assert!(!name.contains('\\'), "{name}: {}", errors(&ran));
                continue;
            };
            assert_prints(&saved, &script);
            iamwhy(&folder, &["--world", "s.iam", "-e", "save \"again.iam\""]).code(0);
            assert_eq!(saved, fs::read_to_string(folder.join("again.iam")).unwrap(), "{name}");
        }
    }
}

#[test]
fn files_that_read_each_other_over_and_over_are_refused() {
    let chain =
        (1..16).map(|number| (format!("b{number}.iam"), format!("read \"b{}.iam\"\n", number + 1).repeat(4)));
    let leaf = ("b16.iam".to_owned(), "# leaf\n".to_owned());
    let files: Vec<_> = chain.chain([leaf]).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (&**name, text.as_bytes())).collect();
    let folder = Folder::new(&files);
    for way in [
        &["run", "b1.iam"][..],
        &["test", "b1.iam"],
        &["test", "b1.iam", "--list"],
        &["--world", "b1.iam", "-e", "list users"],
    ] {
        let refused = iamwhy(&folder, way).code(3);
        assert!(
            (out(&refused) + &errors(&refused)).contains("too-much-read"),
            "{way:?}: {}",
            errors(&refused)
        );
    }
}

/// Puts a script in the place of another file: its first line would be run by a shell.
const OVERWRITES: &str = "account 111122223333 \"$(touch pwned)\"\nuser alice\nsave victim.txt\n";

#[test]
fn a_list_of_tests_overwrites_no_file() {
    let script = format!("{OVERWRITES}expect alice denied s3:GetObject\n");
    for way in [
        &["test", "t.iam", "--list"][..],
        &["test", ".", "--list"],
        &["test", "t.iam"],
        &["test", "t.iam", "--mutate"],
    ] {
        let folder = Folder::new(&[("t.iam", script.as_bytes()), ("victim.txt", b"precious")]);
        let refused = iamwhy(&folder, way).code(3);
        assert!((out(&refused) + &errors(&refused)).contains("[read-only]"), "{way:?}: {}", errors(&refused));
        assert_eq!(fs::read(folder.join("victim.txt")).unwrap(), b"precious", "{way:?}");
    }
}

#[test]
fn a_world_overwrites_no_file() {
    for way in [
        &["--world", "w.iam", "can", "alice", "s3:GetObject"][..],
        &["--world", "w.iam", "-e", "list users"],
        &["--world", "w.iam", "batch", "/dev/null"],
        &["bench", "--world", "w.iam", "--seconds", "0.05"],
    ] {
        let folder = Folder::new(&[("w.iam", OVERWRITES.as_bytes()), ("victim.txt", b"precious")]);
        let refused = iamwhy(&folder, way).code(3);
        assert!(errors(&refused).contains("[read-only]"), "{way:?}: {}", errors(&refused));
        assert_eq!(fs::read(folder.join("victim.txt")).unwrap(), b"precious", "{way:?}");
        // What a person runs does as it says, but for what it did not write.
        let run = iamwhy(&folder, &["run", "w.iam"]).code(3);
        assert!(errors(&run).contains("over"), "{}", errors(&run));
        assert_eq!(fs::read(folder.join("victim.txt")).unwrap(), b"precious", "{way:?}");
    }
}

#[test]
fn a_benchmark_shows_strangers_names_that_only_print() {
    let file = format!("{MARKUP}\u{1b}[2J\u{1b}]0;t\u{7}\n::error::x\u{202e}.json").replace('/', "");
    let text = quoted(&format!("{MARKUP}{OBEYED}"));
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:Get*","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b/{0}],
            "Condition":{{"StringEqualsIfExists":{{"aws:RequestTag/x":{text}}}}}}}}}"#,
        &text[1..]
    );
    let requests = format!(
        r#"{{"principal":"arn:aws:iam::123456789012:user/alice","requests":[{{"name":{text},"action":"s3:GetObject",
            "resource":"arn:aws:s3:::b/k","context":{{"aws:RequestTag/x":{text}}}}}]}}"#
    );
    let folder = Folder::new(&[
        (&*file, policy.as_bytes()),
        ("requests.json", requests.as_bytes()),
        ("other.json", requests.replace("\"name\":", "\"name\":\"other\",\"was\":").as_bytes()),
    ]);
    let bench = ["bench", "--seconds", "0.02", "--policy", &file];
    let run = |more: &[&str]| harmless(&folder, &[&bench[..], more].concat());
    for format in FORMATS {
        run(&["--format", format]);
        run(&[
            "--format", format, "--requests", "requests.json", "--save", "now.json", "--html", "page.html",
        ]);
        assert_prints(&fs::read_to_string(folder.join("now.json")).unwrap(), "now.json");
        has_no_markup(&fs::read_to_string(folder.join("page.html")).unwrap());
        // The same names in a baseline, which is a file of a stranger too.
        run(&[
            "--format", format, "--requests", "requests.json", "--baseline", "now.json", "--html",
            "page.html",
        ]);
        has_no_markup(&fs::read_to_string(folder.join("page.html")).unwrap());
        run(&["--format", format, "--requests", "other.json"]);
        run(&["--format", format, "--save-requests", "made.json"]);
        assert_prints(&fs::read_to_string(folder.join("made.json")).unwrap(), "made.json");
        run(&["--format", format, "--baseline", "now.json"]);
        run(&["--format", format, "--requests", &file]);
        run(&["--format", format, "--baseline", &file]);
    }
}

#[test]
fn a_message_about_a_name_of_a_megabyte_is_short() {
    let script = format!("account 111122223333 \"A\"\nuser {}\n", "x".repeat(1_000_000));
    let folder = Folder::new(&[("long.iam", script.as_bytes())]);
    for format in ["text", "plain"] {
        let ran = iamwhy(&folder, &["--format", format, "run", "long.iam"]).code(3);
        let said = errors(&ran).len() + out(&ran).len();
        assert!(said < 10_000, "{format}: {said} bytes");
    }
}
