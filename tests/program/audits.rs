//! Questions over whole accounts: patterns and chains of `who-can`, policies of resources in `what-can`, `matrix`, and the
//! forms in which tables are written.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;
use crate::sha256::sha256_base64;

const WORLD: &str = r#"account 111122223333 "Acme" alias acme
user bob
user eve
user idle
policy Assume {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}
attach Assume to user bob
inline Own on user bob {"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"},{"Sid":"B","Effect":"Allow","Action":["s3:PutObject","s3:GetObject"],"Resource":["arn:aws:s3:::logs/*"]},{"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/locked/*"}]}
role First trust {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}
attach Assume to role First
role Last trust {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/First","arn:aws:iam::111122223333:role/Last","arn:aws:iam::999988887777:root"]},"Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/eve"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/Corp"},"Action":"sts:AssumeRoleWithSAML"}]}
attach Assume to role Last
inline Reports on role Last {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/public/*"},{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::reports/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}]}
resource arn:aws:s3:::reports owner 111122223333 policy {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/eve"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::reports/inbox/*","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}
"#;

fn run(arguments: &[&str]) -> (i32, String, String) {
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes())]);
    let world = folder.join("world.iam");
    let start = ["--world", world.to_str().expect("UTF-8")];
    let mut command = Command::cargo_bin("iamwhy").expect("built");
    let output = command.env("COLUMNS", "200").args(start).args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

fn said(arguments: &[&str]) -> String {
    let (code, out, err) = run(arguments);
    assert_eq!(code, 0, "{out}{err}");
    out
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(&[arguments, &["--format", "json"]].concat())).expect("JSON")
}

#[test]
fn of_a_pattern_who_can_tells_who_may_do_all_of_it_and_who_a_part() {
    let out = said(&["who-can", "s3:GetObject", "arn:aws:s3:::reports/*"]);
    assert!(
        out.starts_with(
            "2 principals\nmay call s3:GetObject on arn:aws:s3:::reports/*: 1 all of it, 1 a part, 1 more"
        ),
        "{out}"
    );
    let of_role = out.lines().find(|line| line.contains("role Last")).expect("the role");
    assert!(of_role.starts_with("some") && of_role.contains("on arn:aws:s3:::reports/public/*"), "{out}");
    assert!(out.contains("depends  any principal  999988887777"), "{out}");
    assert!(!out.contains("user eve"), "{out}");
}

#[test]
fn what_hangs_on_a_condition_is_a_row_of_its_own() {
    let found = json(&["who-can", "s3:*Object", "arn:aws:s3:::reports/*"]);
    let rows = found["rows"].as_array().expect("rows");
    let of_role: Vec<&Value> = rows.iter().filter(|row| row["name"] == "role Last").collect();
    assert_eq!((&of_role[0]["extent"], &of_role[0]["actions"][0]), (&"some".into(), &"s3:GetObject".into()));
    assert_eq!(
        (&of_role[1]["extent"], &of_role[1]["actions"][0]),
        (&"depends".into(), &"s3:DeleteObject".into())
    );
    assert!(
        of_role[1]["reason"].as_str().expect("text").contains("if aws:SourceIp is in 203.0.113.0/24"),
        "{found}"
    );
    let eve = rows.iter().find(|row| row["name"] == "user eve").expect("eve");
    assert_eq!(eve["extent"], "depends");
}

#[test]
fn an_action_alone_is_asked_for_whatever_it_acts_on() {
    let found = json(&["who-can", "s3:PutObject"]);
    assert_eq!(found["resource"], Value::Null);
    let bob =
        found["rows"].as_array().expect("rows").iter().find(|row| row["name"] == "user bob").expect("bob");
    assert_eq!((&bob["extent"], &bob["except"][0]["effect"]), (&"some".into(), &"Deny".into()));
    let account_wide = said(&["who-can", "s3:ListAllMyBuckets"]);
    assert!(account_wide.contains("allowed  root"), "{account_wide}");
}

#[test]
fn several_resources_are_several_answers_in_one_table() {
    let question = ["who-can", "s3:GetObject", "arn:aws:s3:::reports/public/a", "arn:aws:s3:::logs/*"];
    assert_eq!(said(&question).matches("principals\nmay call").count(), 2);
    let csv = said(&[&question[..], &["--format", "csv"]].concat());
    assert_eq!(csv.matches("decision,principal").count(), 1, "{csv}");
    assert!(
        csv.contains(
            "all,arn:aws:iam::111122223333:user/bob,111122223333 (Acme),s3:GetObject,arn:aws:s3:::logs/*,"
        ),
        "{csv}"
    );
}

#[test]
fn through_roles_each_row_says_the_chain_and_a_circle_ends() {
    let found = json(&["who-can", "s3:GetObject", "arn:aws:s3:::reports/public/a", "--through-roles"]);
    let chain = |name: &str| {
        let all = found["through_roles"].as_array().expect("chains");
        all.iter()
            .find(|one| one["principal"].as_str().is_some_and(|arn| arn.ends_with(name)))
            .expect(name)
            .clone()
    };
    let roles = |name: &str| -> Vec<String> {
        let links = chain(name)["roles"].as_array().expect("roles").clone();
        links
            .iter()
            .map(|link| link["role"].as_str().expect("an ARN").rsplit('/').next().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(roles("user/bob"), ["First", "Last"]);
    assert_eq!(chain("user/bob")["decision"], "allowed");
    assert_eq!(roles("ec2.amazonaws.com"), ["Last"]);
    assert_eq!(roles("saml-provider/Corp"), ["Last"]);
    assert_eq!(chain("user/eve")["decision"], "depends");
    assert!(!found["through_roles"].to_string().contains("user/idle"), "{found}");
    let text = said(&["who-can", "s3:GetObject", "arn:aws:s3:::reports/public/a", "--through-roles"]);
    assert!(text.contains("assumes role First, then role Last"), "{text}");
    let of_all = said(&["who-can", "s3:GetObject", "arn:aws:s3:::reports/*", "--through-roles"]);
    assert!(of_all.contains("assumes role First, then role Last"), "{of_all}");
}

#[test]
fn what_can_tells_what_policies_of_resources_and_roles_allow() {
    let text = said(&["what-can", "eve"]);
    assert!(text.starts_with("2 actions\n"), "{text}");
    assert!(text.contains("s3:PutObject on arn:aws:s3:::reports\n"), "{text}");
    assert!(text.contains("if     s3:x-amz-acl is bucket-owner-full-control"), "{text}");
    assert!(text.contains("sts:AssumeRole on arn:aws:iam::111122223333:role/Last\n"), "{text}");
    assert!(said(&["what-can", "idle"]).starts_with("nothing\nno policy allows user idle anything"));
}

#[test]
fn what_can_prints_one_policy_that_allows_the_same() {
    let (code, policy, notes) = run(&["what-can", "bob", "--as-policy"]);
    assert_eq!(code, 0, "{policy}{notes}");
    let printed: Value = serde_json::from_str(&policy).expect("a policy");
    assert_eq!(printed["Statement"].as_array().expect("statements").len(), 3, "{policy}");
    assert!(notes.contains("4 statements") && notes.contains("over all requests"), "{notes}");
    assert!(notes.contains("not in it: the policies of resources"), "{notes}");
    let together = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"},{"Effect":"Allow","Action":["s3:PutObject","s3:GetObject"],"Resource":["arn:aws:s3:::logs/*"]},{"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/locked/*"}]}"#;
    let folder = Folder::new(&[("one.json", policy.as_bytes()), ("all.json", together.as_bytes())]);
    let [one, all] =
        ["one.json", "all.json"].map(|name| folder.join(name).to_str().expect("UTF-8").to_owned());
    assert!(said(&["check", "equivalent", &all, &one]).starts_with("holds"));
}

#[test]
fn each_cell_of_a_matrix_is_what_can_says() {
    let resource = "arn:aws:s3:::reports/public/a";
    let csv = said(&["matrix", "*", "s3:GetObject,s3:PutObject", resource, "--format", "csv"]);
    let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!((lines.len(), lines[0][0], lines[1][1]), (3, "action", resource), "{csv}");
    for row in &lines[1..] {
        for (who, cell) in lines[0].iter().zip(row).skip(2) {
            let who = who.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/");
            let who =
                if who.contains("assumed-role") { format!("{who}/x") } else { who.replace(":sts:", ":iam:") };
            let (_, out, _) = run(&["can", &who, row[0], row[1], "--format", "json"]);
            let single: Value = serde_json::from_str(&out).expect("JSON");
            let single = single["decision"].as_str().expect("a decision");
            let expected = if single.ends_with("Deny") { "denied" } else { single };
            assert_eq!(*cell, expected, "{who} {row:?}");
        }
    }
    let lines = said(&["matrix", "role/*", "s3:GetObject", resource, "--format", "json"]);
    let line: Value = serde_json::from_str(&lines).expect("one line");
    assert_eq!(line["allowed"][0], "arn:aws:iam::111122223333:role/Last");
    assert_eq!(line["asked"], 2);
    assert!(
        said(&["matrix", "acme/user/*", "s3:GetObject", resource])
            .starts_with("0 allowed\nof 3 decisions for 3 principals")
    );
}

#[test]
fn a_matrix_of_nobody_nothing_or_a_pattern_of_resources_is_refused() {
    for (question, code) in [
        (["matrix", "nobody", "s3:GetObject", "*"], "no-principal"),
        (["matrix", "*", "s3:Nothing*", "*"], "unknown-action"),
        (["matrix", "*", "s3:GetObject", "arn:aws:s3:::a/*"], "pattern-not-taken"),
    ] {
        let (status, _, wrong) = run(&question);
        assert!(status == 3 && wrong.contains(code), "{status} {wrong}");
    }
}

#[test]
fn tables_are_written_as_csv_and_markdown_and_paths_as_graphs() {
    let markdown =
        said(&["who-can", "s3:GetObject", "arn:aws:s3:::reports/public/a", "--format", "markdown"]);
    assert!(markdown.starts_with("| decision | principal |"), "{markdown}");
    assert!(markdown.lines().nth(1).is_some_and(|rule| rule.starts_with("| --- | --- |")), "{markdown}");
    let csv = said(&["what-can", "bob", "--format", "csv"]);
    assert!(csv.starts_with("what,by,on,") && csv.lines().count() > 3, "{csv}");
    let (_, dot, _) = run(&["paths", "bob", "to", "role/Last", "--format", "dot"]);
    assert!(
        dot.starts_with("digraph paths {") && dot.contains("111122223333 user/bob") && dot.contains("->"),
        "{dot}"
    );
    let (_, mermaid, _) = run(&["paths", "bob", "to", "role/Last", "--format", "mermaid"]);
    assert!(mermaid.starts_with("flowchart LR\n") && mermaid.contains("-->|"), "{mermaid}");
    let (_, steps, _) = run(&["paths", "bob", "to", "role/Last", "--format", "csv"]);
    assert_eq!(steps.lines().count(), 3, "{steps}");
}

#[test]
fn a_form_that_a_command_does_not_have_is_refused() {
    for arguments in [
        ["can", "bob", "s3:GetObject", "--format", "csv"],
        ["who-can", "s3:GetObject", "*", "--format", "dot"],
    ] {
        let (status, _, wrong) = run(&arguments);
        assert!(status == 3 && wrong.contains("wrong-format"), "{wrong}");
    }
}

#[test]
fn a_page_of_rows_runs_its_own_script_and_fetches_nothing() {
    let folder = Folder::new(&[]);
    let page = folder.join("page.html");
    let page = page.to_str().expect("UTF-8");
    for question in [
        &["who-can", "s3:*", "arn:aws:s3:::reports/*", "--through-roles"][..],
        &["what-can", "eve"],
        &["matrix", "*", "s3:GetObject", "arn:aws:s3:::reports/public/a"],
        &["paths", "to", "role/Last"],
    ] {
        run(&[question, &["--html", page]].concat());
        let text = std::fs::read_to_string(page).expect("a page");
        let (_, script) = text.split_once("<script>").expect("a script");
        let (script, _) = script.split_once("</script>").expect("its end");
        assert!(
            text.contains(&format!("script-src 'sha256-{}'", sha256_base64(script.as_bytes()))),
            "{question:?}"
        );
        assert!(
            text.contains("<table class=\"rows\">") && !text.contains("src=") && !text.contains("href="),
            "{question:?}"
        );
    }
}

#[test]
fn an_expectation_about_a_pattern_holds_of_every_request() {
    let tested = |expectation: &str| {
        let folder = Folder::new(&[("t.iam", format!("{WORLD}{expectation}\n").as_bytes())]);
        let path = folder.join("t.iam");
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        let output = command.args(["test", path.to_str().expect("UTF-8")]).output().expect("runs");
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&said).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = tested("expect who-can s3:GetObject on arn:aws:s3:::reports/public/* is root role/Last");
    assert!(all.contains("1 passed"), "{all}");
    let part = tested("expect who-can s3:GetObject on arn:aws:s3:::reports/* is root role/Last");
    assert!(part.contains("role/Last may do all of it, too"), "{part}");
    let other = tested("expect who-can s3:GetObject on arn:aws:s3:::reports/* is root");
    assert!(other.contains("role/Last may not: s3:GetObject on arn:aws:s3:::reports/public/"), "{other}");
}
