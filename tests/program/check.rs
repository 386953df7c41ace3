//! `check …` on the command line: the word, exit codes, the request that is shown, and what cannot be checked.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

fn iamwhy(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("iamwhy").expect("built").args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// The exit code and the first line of a check of policies, of which each is a statement list in JSON.
fn checked(check: &str, policies: &[&str], words: &[&str]) -> (i32, String) {
    let (code, out) = answer(&["check", check], policies, words);
    (code, out.lines().next().unwrap_or_default().to_owned())
}

fn answer(head: &[&str], policies: &[&str], words: &[&str]) -> (i32, String) {
    let texts: Vec<String> = policies
        .iter()
        .map(|list| format!(r#"{{"Version": "2012-10-17", "Statement": [{list}]}}"#))
        .collect();
    let names: Vec<String> = (0..policies.len()).map(|number| format!("p{number}.json")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (&**name, text.as_bytes())).collect();
    let folder = Folder::new(&files);
    let paths: Vec<String> =
        names.iter().map(|name| folder.join(name).to_str().expect("UTF-8").to_owned()).collect();
    let all: Vec<&str> =
        head.iter().copied().chain(paths.iter().map(String::as_str)).chain(words.iter().copied()).collect();
    let (code, out, wrong) = iamwhy(&all);
    assert_eq!(wrong, "", "{out}");
    (code, out)
}

const OLD: &str = "examples/guides/files/reports-v1.json";
const NEW: &str = "examples/guides/files/reports-v2.json";

const GET: &str = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#;
const PUT: &str = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#;
const BOTH: &str = r#"{"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "*"}"#;
const OF_A_TAG: &str = r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}"}"#;
const OF_NO_TAG: &str = r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}"},
    {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}", "Condition": {"Null": {"aws:PrincipalTag/team": "false"}}}"#;

#[test]
fn policies_are_equivalent_that_are_written_otherwise() {
    assert_eq!(checked("equivalent", &[&format!("{GET}, {PUT}"), BOTH], &[]), (0, "holds".to_owned()));
    assert_eq!(checked("equivalent", &[GET, BOTH], &[]), (1, "fails".to_owned()));
    assert_eq!(checked("equivalent", &[BOTH, GET], &[]), (1, "fails".to_owned()));
}

#[test]
fn a_version_that_allows_less_allows_nothing_new() {
    assert_eq!(checked("no-new-access", &[BOTH, GET], &[]), (0, "holds".to_owned()));
    assert_eq!(checked("no-new-access", &[GET, BOTH], &[]), (1, "fails".to_owned()));
    assert_eq!(checked("no-new-access", &[GET, PUT], &[]), (1, "fails".to_owned()));
}

#[test]
fn what_was_not_looked_at_is_unknown_and_never_holds() {
    for check in ["equivalent", "no-new-access"] {
        assert_eq!(checked(check, &[OF_A_TAG, OF_NO_TAG], &[]), (4, "unknown".to_owned()), "{check}");
    }
}

#[test]
fn a_check_that_fails_shows_a_request() {
    let (_, out, _) = iamwhy(&["--format", "json", "check", "no-new-access", OLD, NEW]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&answer["check"], &answer["verdict"]), (&"no-new-access".into(), &"fails".into()));
    for breach in answer["breaches"].as_array().expect("a list") {
        assert_eq!(breach["turn"], "newly allowed");
        assert_eq!(breach["witness"]["new"], "allowed");
    }
    let (code, out, _) = iamwhy(&["--format", "plain", "check", "no-new-access", OLD, NEW]);
    assert_eq!((code, out.lines().next()), (1, Some("fails")));
    assert!(out.contains("as in  s3:GetObject on arn:aws:s3:::reports/hr/"), "{out}");
}

#[test]
fn what_cannot_be_read_is_not_checked() {
    assert_eq!(iamwhy(&["check", "equivalent", OLD, "no-such-file.json"]).0, 3);
    assert_eq!(iamwhy(&["check", "no-new-access", OLD]).0, 3);
}

#[test]
fn a_script_checks_too_and_goes_on() {
    let line = format!("check no-new-access {OLD} {NEW}");
    let (code, out, _) = iamwhy(&["-e", &line, "-e", "can alice s3:GetObject"]);
    assert_eq!(out.lines().next(), Some("fails"), "{out}");
    assert_ne!(code, 0);
}

const REPORTS: &str = r#"{"Sid": "Reports", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::reports/*"},
    {"Sid": "NotHr", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/hr/*"}"#;

#[test]
fn access_is_not_granted_where_no_request_within_is_allowed() {
    let of = |words: &[&str]| checked("access-not-granted", &[REPORTS], words);
    let holds = (0, "holds".to_owned());
    assert_eq!(of(&["s3:GetObject", "arn:aws:s3:::reports/hr/*"]), holds);
    assert_eq!(of(&["s3:Delete*", "arn:aws:s3:::reports/*"]), holds);
    assert_eq!(of(&["s3:*", "arn:aws:s3:::other/*", "arn:aws:s3:::reports/hr/*"]), holds);
    for words in [
        &["s3:GetObject", "arn:aws:s3:::reports/*"][..],
        &["s3:Get*", "*"],
        &["s3:Delete*", "s3:Put*", "on", "arn:aws:s3:::other/*", "arn:aws:s3:::reports/h*"],
        &["s3:GetObject", "arn:aws:s3:::reports/hr"],
    ] {
        assert_eq!(of(words), (1, "fails".to_owned()), "{words:?}");
    }
}

#[test]
fn a_request_that_is_granted_lies_within_what_was_asked_about() {
    let head = ["--format", "json", "check", "access-not-granted"];
    let (code, out) = answer(&head, &[REPORTS], &["s3:Put*", "arn:aws:s3:::reports/q*"]);
    let told: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, told["breaches"].as_array().map(Vec::len)), (1, Some(1)), "{out}");
    let breach = &told["breaches"][0];
    assert_eq!(breach["actions"], serde_json::json!(["s3:PutObject"]));
    assert_eq!(breach["witness"]["decision"], "allowed");
    let resource = breach["witness"]["request"]["resource"].as_str().expect("a resource");
    assert!(resource.starts_with("arn:aws:s3:::reports/q"), "{resource}");
    let excepts = breach["except"].as_array().expect("a list");
    assert!(
        excepts.iter().all(|except| except["policy"] == "p0.json"),
        "bounds of a question are none: {excepts:?}"
    );
}

#[test]
fn of_what_nobody_can_ask_for_it_is_unknown_whether_it_is_granted() {
    let of = |words: &[&str]| checked("access-not-granted", &[REPORTS], words);
    let unknown = (4, "unknown".to_owned());
    assert_eq!(of(&["s3:GetObjct", "arn:aws:s3:::reports/hr/*"]), unknown, "no such action");
    assert_eq!(of(&["s3:GetObject", "arn:aws:s3:::reports"]), unknown, "a bucket is no object");
    assert_eq!(of(&["s3:GetObject", "arn:aws:s3:::reports/hr/*", "arn:aws:sqs:*:*:q"]), unknown, "no queue");
}

#[test]
fn a_statement_that_others_cover_is_dead_and_what_has_a_use_is_alive() {
    let dead = |list: &str| checked("dead", &[list], &[]);
    assert_eq!(dead(REPORTS), (0, "alive".to_owned()));
    assert_eq!(dead(GET), (0, "alive".to_owned()));
    assert_eq!(dead(&format!("{GET}, {BOTH}")), (1, "dead".to_owned()));
    // A Deny counts though the policy allows nothing under it, for others may.
    let deny = r#"{"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}"#;
    assert_eq!(dead(deny), (0, "alive".to_owned()));
    assert_eq!(dead(&format!("{deny}, {deny}")), (1, "dead".to_owned()));
}

#[test]
fn dead_parts_of_statements_are_told_with_their_places() {
    let list = r#"{"Sid": "A", "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x"]},
    {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"StringLike": {"aws:Referer": "*"}, "Null": {"aws:Referer": "false"}}},
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b/*"}"#;
    let (code, out) = answer(&["--format", "json", "check", "dead"], &[list], &[]);
    let told: Value = serde_json::from_str(&out).expect("JSON");
    let parts: Vec<(&str, &str, i64)> = told["parts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|part| {
            let text = if part["part"] == "statement" { "" } else { part["text"].as_str().expect("a text") };
            (part["part"].as_str().expect("a kind"), text, part["line"].as_i64().expect("a line"))
        })
        .collect();
    let expected = [
        ("action", "s3:GetObject", 1),
        ("resource", "arn:aws:s3:::b/x", 1),
        ("condition", "aws:Referer", 2),
        ("statement", "", 3),
    ];
    assert_eq!((code, parts), (1, expected.to_vec()));
}

const WORLD: &str = r#"account 999988887777
organization o-exampleorg management 999988887777
account 444455556666
move account 444455556666 to organization-root
role Other trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
account 111122223333
move account 111122223333 to organization-root
scp Guard {"Version": "2012-10-17", "Statement": [{"Sid": "NoDelete", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}, {"Sid": "NoQueue", "Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "*"}]}
attach Guard to account 111122223333
user alice
user bob
inline Clean on user alice {"Version": "2012-10-17", "Statement": [{"Sid": "Old", "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/old/*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}, {"Sid": "Again", "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/old/x/*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}
inline Limited on user bob {"Version": "2012-10-17", "Statement": [{"Sid": "Within", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Sid": "Beyond", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]}
policy Bound {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
boundary Bound on user bob
policy Unused {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
resource arn:aws:s3:::reports owner 111122223333 policy {"Version": "2012-10-17", "Statement": {"Sid": "Peer", "Effect": "Allow", "Principal": {"AWS": "777788889999"}, "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/tmp/*"}}
"#;

/// The exit code and the answer of a check of the world above.
fn of_world(check: &str, words: &[&str]) -> (i32, Value) {
    let folder = Folder::new(&[("acme.iam", WORLD.as_bytes())]);
    let path = folder.join("acme.iam");
    let head = ["--format", "json", "check", check, path.to_str().expect("UTF-8")];
    let (code, out, wrong) = iamwhy(&[&head, words].concat());
    assert_eq!(wrong, "", "{out}");
    (code, serde_json::from_str(&out).expect("JSON"))
}

const DELETE: [&str; 2] = ["s3:Delete*", "arn:aws:s3:::reports/*"];

#[test]
fn access_is_granted_in_a_world_to_whoever_is_in_it_and_whom_its_resources_let_in() {
    let granted_to = |except: &[&str]| {
        let (code, told) = of_world("access-not-granted", &[&DELETE, except].concat());
        let breaches = told["breaches"].as_array().expect("a list").clone();
        let callers = breaches.iter().flat_map(|breach| breach["callers"].as_array().expect("callers"));
        (code, callers.map(|caller| caller.as_str().expect("a name").to_owned()).collect::<Vec<_>>())
    };
    let (code, mut all) = granted_to(&[]);
    all.sort();
    all.dedup();
    assert_eq!(
        (code, all),
        (
            1,
            ["account 777788889999", "root of 111122223333", "user alice of 111122223333"]
                .map(str::to_owned)
                .to_vec()
        )
    );
    let root = ["except", "root", "arn:aws:iam::777788889999:root"];
    let (code, all) = granted_to(&root);
    assert!(code == 1 && all.iter().all(|one| one == "user alice of 111122223333"), "{all:?}");
    assert_eq!(granted_to(&[&root[..], &["alice"]].concat()), (0, vec![]));
}

#[test]
fn what_a_condition_lets_through_is_granted_with_that_condition() {
    let words = [&DELETE[..], &["except", "root", "arn:aws:iam::777788889999:root"]].concat();
    let (_, told) = of_world("access-not-granted", &words);
    assert_eq!(told["breaches"][0]["witness"]["request"]["context"]["aws:MultiFactorAuthPresent"], "true");
}

#[test]
fn of_a_world_somebody_is_left_out_and_of_a_policy_nobody() {
    let (code, _, wrong) =
        iamwhy(&["check", "access-not-granted", NEW, "s3:*", "arn:aws:s3:::b", "except", "alice"]);
    assert!(code == 3 && wrong.contains("a policy is nobody's"), "{wrong}");
}

#[test]
fn a_statement_is_dead_in_a_world_where_its_layers_leave_nothing_of_it() {
    let (code, told) = of_world("dead", &[]);
    let names = |part: &Value| {
        let sid = part["sid"].as_str().unwrap_or("-");
        format!("{} {sid}", part["policy"].as_str().expect("a policy"))
    };
    let mut dead: Vec<String> = told["parts"].as_array().expect("a list").iter().map(names).collect();
    dead.sort();
    // Bob's boundary leaves him no queue; what the SCP denies the root user could do.
    assert_eq!((code, dead), (1, ["Clean Again", "Limited Beyond", "Unused -"].map(str::to_owned).to_vec()));
}

const WIDE: &str = r#"{"Version": "2012-10-17", "Statement": [
  {"Sid": "Files", "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]},
  {"Sid": "Idle", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"},
  {"Sid": "NotHr", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/hr/*"}]}"#;

const LOG: &str = r#"{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/q1/a"}
{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/q1/b"}
{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/q1/c"}
{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/q1/d"}
{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:ListBucket", "resource": "arn:aws:s3:::reports"}
{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/hr/a"}
"#;

#[test]
fn the_least_that_keeps_the_requests_of_a_log_allowed_is_a_policy_that_allows_nothing_new() {
    let folder = Folder::new(&[("wide.json", WIDE.as_bytes()), ("log.jsonl", LOG.as_bytes())]);
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (wide, log, least) = (path("wide.json"), path("log.jsonl"), path("least.json"));
    let (code, out, _) = iamwhy(&["--format", "json", "check", "least-privilege", &wide, "--log", &log]);
    let told: Value = serde_json::from_str(&out).expect("JSON");
    let words = |key: &str| told[key].clone();
    assert_eq!((code, words("verdict"), words("kept")), (1, "fails".into(), 5.into()), "{out}");
    assert_eq!(told["left_out"].as_array().map(Vec::len), Some(1), "hr is denied anyway");
    let statements = told["policy"]["Statement"].as_array().expect("statements").clone();
    let of = |statement: &Value| (statement["Action"].clone(), statement["Resource"].clone());
    let expected = [
        ("s3:ListBucket".into(), "arn:aws:s3:::reports".into()),
        ("s3:GetObject".into(), "arn:aws:s3:::reports/q1/*".into()),
        ("s3:*".into(), "arn:aws:s3:::reports/hr/*".into()),
    ];
    assert_eq!(statements.iter().map(of).collect::<Vec<_>>(), expected);
    std::fs::write(&least, told["policy"].to_string()).expect("written");
    assert_eq!(iamwhy(&["check", "no-new-access", &wide, &least]).0, 0);
    let (code, out, _) = iamwhy(&["check", "least-privilege", &least, "--log", &log]);
    assert_eq!((code, out.lines().next()), (0, Some("holds")), "nothing is left to be taken away: {out}");
}

#[test]
fn the_expectations_of_a_script_say_what_stays_allowed() {
    let script = format!(
        "account 111122223333\nuser alice\npolicy Wide {WIDE}\nattach Wide to user alice\nexpect alice allowed s3:PutObject on arn:aws:s3:::reports/a\nexpect alice denied s3:PutObject on arn:aws:s3:::reports/hr/a\n"
    );
    let folder = Folder::new(&[("wide.json", WIDE.as_bytes()), ("t.iam", script.as_bytes())]);
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (wide, tests) = (path("wide.json"), path("t.iam"));
    let (code, out, wrong) =
        iamwhy(&["--format", "plain", "check", "least-privilege", &wide, "--expect", &tests]);
    assert_eq!((code, wrong.as_str()), (1, ""), "{out}");
    let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "fails less is enough to keep 1 request allowed",
        "needs s3:PutObject on arn:aws:s3:::reports/a",
        "no request needs it",
        "the narrower policy allows nothing that was not allowed",
    ] {
        assert!(text.contains(part), "{part}: {out}");
    }
    let (code, _, wrong) = iamwhy(&["check", "least-privilege", &wide]);
    assert!(code != 0 && wrong.contains("--expect"), "{wrong}");
}

/// The codes that `batch` gives the requests that a check writes, in a world or in none.
fn decided(check: &[&str], world: Option<&str>, folder: &Folder) -> Vec<Value> {
    let requests = folder.join("requests.jsonl");
    let requests = requests.to_str().expect("UTF-8");
    let (code, out, wrong) = iamwhy(&[check, &["--requests", requests]].concat());
    assert_eq!((code, wrong.as_str()), (1, ""), "{out}");
    let head: Vec<&str> = world.into_iter().flat_map(|world| ["--world", world]).collect();
    let (_, answers, wrong) = iamwhy(&[&head[..], &["batch", requests]].concat());
    assert_eq!(wrong, "");
    answers.lines().map(|line| serde_json::from_str::<Value>(line).expect(line)["decision"].clone()).collect()
}

#[test]
fn what_is_granted_is_written_as_requests_that_batch_allows() {
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{GET}]}}"#);
    let folder = Folder::new(&[("acme.iam", WORLD.as_bytes()), ("p.json", policy.as_bytes())]);
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (world, policy) = (path("acme.iam"), path("p.json"));
    let of_policy = decided(&["check", "access-not-granted", &policy, "s3:*", "*"], None, &folder);
    assert_eq!(of_policy, ["allowed"]);
    let check = [&["check", "access-not-granted", &world][..], &DELETE].concat();
    let of_world = decided(&check, Some(&world), &folder);
    assert!(of_world.len() > 1 && of_world.iter().all(|one| one == "allowed"), "{of_world:?}");
}

#[test]
fn every_check_tells_by_its_exit_code_whether_it_holds() {
    let open = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"#;
    let policy = |statements: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let log = r#"{"principal": "arn:aws:iam::111122223333:user/alice", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#;
    let folder = Folder::new(&[
        ("get.json", policy(GET).as_bytes()),
        ("both.json", policy(BOTH).as_bytes()),
        ("twice.json", policy(&format!("{GET}, {GET}")).as_bytes()),
        ("tag.json", policy(OF_A_TAG).as_bytes()),
        ("no-tag.json", policy(OF_NO_TAG).as_bytes()),
        ("open.json", open.as_bytes()),
        ("shut.json", open.replace("Allow", "Deny").as_bytes()),
        ("log.jsonl", log.as_bytes()),
    ]);
    let code = |line: &str| {
        let words: Vec<String> = line
            .split(' ')
            .map(|word| match word.contains(".json") {
                true => folder.join(word).to_str().expect("UTF-8").to_owned(),
                false => word.to_owned(),
            })
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        iamwhy(&[&["check"], &words[..]].concat()).0
    };
    for (line, expected) in [
        ("equivalent get.json get.json", 0),
        ("equivalent get.json both.json", 1),
        ("equivalent get.json none.json", 3),
        ("equivalent tag.json no-tag.json", 4),
        ("no-new-access both.json get.json", 0),
        ("no-new-access get.json both.json", 1),
        ("no-new-access none.json get.json", 3),
        ("no-new-access tag.json no-tag.json", 4),
        ("access-not-granted get.json iam:* *", 0),
        ("access-not-granted get.json s3:* *", 1),
        ("access-not-granted none.json s3:* *", 3),
        ("access-not-granted get.json s3:Nothing* *", 4),
        ("public shut.json", 0),
        ("public open.json", 1),
        ("public none.json", 3),
        ("dead get.json", 0),
        ("dead twice.json", 1),
        ("dead none.json", 3),
        ("least-privilege both.json --log none.jsonl", 3),
    ] {
        assert_eq!(code(line), expected, "{line}");
    }
}
