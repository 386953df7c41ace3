//! `serve`: the wire as AWS's clients speak it, and as nobody should, on the built program.

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::scratch::Folder;

const WORLD: &str = "account 111122223333 \"Acme\" alias acme
user alice
user bob
attach AdministratorAccess to user alice
inline Own on user bob {\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}
role Deploy trust {\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}}
resource arn:aws:s3:::reports policy {\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::reports/*\"}}
";

/// The program behind a port of its own.
struct Served {
    program: Child,
    address: String,
    folder: Folder,
}

impl Served {
    fn new() -> Self {
        let folder = Folder::new(&[("world.iam", WORLD.as_bytes())]);
        let mut program = Command::new(cargo_bin("iamwhy"));
        let program = program.args(["serve", "--port", "0", "--world"]).arg(folder.join("world.iam"));
        let mut program = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        let lines = BufReader::new(program.stdout.take().expect("piped")).lines();
        let mut said = lines.map(|line| line.expect("UTF-8"));
        let address =
            said.find_map(|line| Some(line.strip_prefix("export AWS_ENDPOINT_URL=http://")?.to_owned()));
        Self { program, address: address.expect("an address"), folder }
    }

    /// What is answered to bytes, until the connection ends.
    fn told(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a port");
        // Who is refused early may be told so before all is sent.
        drop(stream.write_all(bytes).and_then(|()| stream.shutdown(Shutdown::Write)));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        String::from_utf8(answer).expect("UTF-8")
    }

    fn asked(&self, head: &str, body: &str) -> String {
        let length = body.len();
        let head = format!("{head} HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\n\r\n", self.address);
        self.told(format!("{head}{body}").as_bytes())
    }

    fn form(&self, action: &str, pairs: &[(&str, &str)]) -> String {
        let mut form = format!("Action={action}&Version=2010-05-08");
        for (name, value) in pairs {
            write!(form, "&{name}={}", iamwhy::syntax::percent::encode(value)).expect("a text");
        }
        self.asked("POST /", &form)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or_default()
}

fn has(answer: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(answer.contains(part), "{part}: {answer}"));
}

#[test]
fn a_simulation_is_answered_in_xml() {
    let served = Served::new();
    let policy =
        r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/<&>"}}"#;
    let answer = served.form(
        "SimulateCustomPolicy",
        &[
            ("PolicyInputList.member.1", policy),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "s3:PutObject"),
            ("ResourceArns.member.1", "arn:aws:s3:::b/<&>"),
            ("ContextEntries", ""),
        ],
    );
    assert_eq!(status(&answer), 200, "{answer}");
    has(
        &answer,
        &[
            "<SimulateCustomPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><SimulateCustomPolicyResult>",
            "<EvalActionName>s3:GetObject</EvalActionName>",
            "<EvalDecision>allowed</EvalDecision>",
            "<SourcePolicyId>PolicyInputList.1</SourcePolicyId>",
            "<StartPosition><Line>1</Line><Column>15</Column></StartPosition>",
            "<EvalResourceName>arn:aws:s3:::b/&lt;&amp;&gt;</EvalResourceName>",
            "<EvalDecision>implicitDeny</EvalDecision><MatchedStatements></MatchedStatements>",
            "<IsTruncated>false</IsTruncated>",
        ],
    );
}

#[test]
fn pages_follow_each_other() {
    let served = Served::new();
    let asked = |from: &str| {
        let pairs = [("MaxItems", "1"), ("Marker", from)];
        served.form("ListUsers", if from.is_empty() { &pairs[..1] } else { &pairs })
    };
    has(&asked(""), &["<UserName>alice</UserName>", "<IsTruncated>true</IsTruncated>", "<Marker>1</Marker>"]);
    let last = asked("1");
    has(&last, &["<UserName>bob</UserName>", "<IsTruncated>false</IsTruncated>"]);
    assert!(!last.contains("alice") && !last.contains("<Marker>"), "{last}");
    assert_eq!(status(&asked("x")), 400);
}

#[test]
fn what_a_world_holds_is_read_and_nothing_else_is_done() {
    let served = Served::new();
    has(
        &served.form("GetRole", &[("RoleName", "Deploy")]),
        &["<RoleName>Deploy</RoleName>", "<AssumeRolePolicyDocument>%7B%22Statement%22"],
    );
    has(&served.form("ListUserPolicies", &[("UserName", "alice")]), &["<PolicyNames></PolicyNames>"]);
    has(&served.asked("GET /reports?policy", ""), &["200 OK", "{\"Statement\": {\"Effect\""]);
    has(&served.asked("GET /", ""), &["<Buckets><Bucket><Name>reports</Name></Bucket></Buckets>"]);
    let details = served.form("GetAccountAuthorizationDetails", &[]);
    has(
        &details,
        &[
            "<UserDetailList><member><Path>/</Path><UserName>alice</UserName>",
            "<AttachedManagedPolicies><member><PolicyName>AdministratorAccess</PolicyName>",
            "<RoleDetailList><member>",
            "<PolicyVersionList><member><Document>%7B",
        ],
    );
    let pairs =
        [("MaxItems", "2"), ("Marker", "2"), ("Filter.member.1", "User"), ("Filter.member.2", "Role")];
    let last = served.form("GetAccountAuthorizationDetails", &pairs);
    has(
        &last,
        &["<UserDetailList></UserDetailList>", "<RoleName>Deploy</RoleName>", "<Policies></Policies>"],
    );
    let refused = [
        (served.form("GetUser", &[("UserName", "nobody")]), 404, "<Code>NoSuchEntity</Code>"),
        (served.form("CreateUser", &[("UserName", "eve")]), 400, "<Code>InvalidAction</Code>"),
        (served.form("GetUser", &[("UserNam", "bob")]), 400, "<Code>ValidationError</Code>"),
        (
            served.form("SimulateCustomPolicy", &[("ActionNames.member.1", "s3:GetObject")]),
            400,
            "PolicyInputList",
        ),
        (served.asked("GET /nowhere?policy", ""), 404, "<Code>NoSuchBucket</Code>"),
        (served.asked("GET /nothing/here", ""), 404, "x-amzn-ErrorType: UnknownOperationException"),
    ];
    for (answer, expected, code) in refused {
        assert_eq!(status(&answer), expected, "{answer}");
        has(&answer, &[code]);
    }
    assert!(!served.form("ListUsers", &[]).contains("eve"));
}

#[test]
fn a_connection_is_kept_and_its_requests_are_answered_in_order() {
    let served = Served::new();
    let one = |action: &str| {
        let body = format!("Action={action}&Version=2010-05-08");
        format!("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    };
    let answer = served.told(format!("{}{}", one("ListUsers"), one("ListRoles")).as_bytes());
    let (users, roles) = (answer.find("<ListUsersResult>"), answer.find("<ListRolesResult>"));
    assert!(users.is_some() && users < roles, "{answer}");
}

#[test]
fn what_is_no_request_is_refused_and_the_port_stays_open() {
    let served = Served::new();
    let host = format!("Host: {}\r\n", served.address);
    let post = |headers: &str, body: &str| format!("POST / HTTP/1.1\r\n{host}{headers}\r\n{body}");
    let long = format!("X: {}\r\n", "x".repeat(20_000));
    let many = "X: y\r\n".repeat(100);
    let cases = [
        ("hello\r\n\r\n".to_owned(), 400),
        (post(&long, ""), 431),
        (post(&many, ""), 431),
        (post("Content-Length: -1\r\n", ""), 400),
        (post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400),
        (post("Content-Length: 99999999999999999999999\r\n", ""), 413),
        (post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 411),
        (post("Content-Length: 3\r\n", "\u{0}%f"), 400),
        ("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n".to_owned(), 403),
        ("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n".to_owned(), 403),
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\nContent-Length: 0\r\n\r\n".to_owned(), 403),
        (post("Origin: https://evil.example\r\nContent-Length: 0\r\n", ""), 403),
    ];
    for (request, expected) in cases {
        let shown: String = request.chars().take(90).collect();
        let answer = served.told(request.as_bytes());
        assert_eq!(status(&answer), expected, "{shown}: {answer}");
    }
    assert_eq!(served.told(post("Content-Length: 10\r\n", "short").as_bytes()), "", "its end never came");
    assert_eq!(status(&served.told(b"POST / HTTP/1.1\r\nHost: \xff\xff\r\n\r\n")), 400);
    assert_eq!(status(&served.form("ListUsers", &[])), 200);
}

#[test]
fn organizations_are_answered_in_json() {
    let served = Served::new();
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AWSOrganizationsV20161128.DescribeOrganization\r\nContent-Length: 2\r\n\r\n{}";
    let answer = served.told(head.as_bytes());
    assert_eq!(status(&answer), 400);
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).expect("a body")).expect("JSON");
    assert_eq!(body["__type"], json!("AWSOrganizationsNotInUseException"));
}

#[test]
fn policies_are_validated_and_checked() {
    let served = Served::new();
    let answer = |path: &str, body: &Value| -> Value {
        let answer = served.asked(path, &body.to_string());
        serde_json::from_str(answer.split("\r\n\r\n").nth(1).expect("a body")).expect("JSON")
    };
    let policy = |action: &str| {
        let statement =
            json!({"Sid": "One", "Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::b/*"});
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    };
    let found = answer(
        "POST /policy/validation",
        &json!({"policyDocument": policy("s3:GetObjct"), "policyType": "IDENTITY_POLICY"}),
    );
    assert_eq!(found["findings"][0]["issueCode"], "INVALID_ACTION", "{found}");
    assert_eq!(
        found["findings"][0]["locations"][0]["path"],
        json!([{"value": "Statement"}, {"index": 0}, {"value": "Action"}])
    );
    let (old, new) = (policy("s3:Get*"), policy("s3:*"));
    let checked =
        json!({"existingPolicyDocument": old, "newPolicyDocument": new, "policyType": "IDENTITY_POLICY"});
    let found = answer("POST /policy/check-no-new-access", &checked);
    assert_eq!(
        (&found["result"], &found["reasons"][0]["statementId"]),
        (&json!("FAIL"), &json!("One")),
        "{found}"
    );
    let asked = |action: &str| json!({"policyDocument": old, "policyType": "IDENTITY_POLICY", "access": [{"actions": [action]}]});
    assert_eq!(answer("POST /policy/check-access-not-granted", &asked("s3:PutObject"))["result"], "PASS");
    assert_eq!(answer("POST /policy/check-access-not-granted", &asked("s3:GetObject"))["result"], "FAIL");
    let public = old.replace("\"Sid\"", "\"Principal\":\"*\",\"Sid\"");
    let asked = json!({"policyDocument": public, "resourceType": "AWS::S3::Bucket"});
    assert_eq!(answer("POST /policy/check-no-public-access", &asked)["result"], "FAIL");
    let wrong = served.asked("POST /policy/validation", "{\"policyType\": \"IDENTITY_POLICY\"}");
    assert_eq!(status(&wrong), 400);
    has(&wrong, &["x-amzn-ErrorType: ValidationException", "`policyDocument`"]);
}

#[test]
fn an_access_preview_tells_who_is_let_in_from_outside() {
    let served = Served::new();
    let statement = json!({"Effect": "Allow", "Principal": {"AWS": ["444455556666", "111122223333"]}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"});
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    let asked = json!({"analyzerArn": "x", "configurations": {"arn:aws:s3:::b": {"s3Bucket": {"bucketPolicy": policy}}}});
    let made = served.asked("PUT /access-preview", &asked.to_string());
    let id =
        made.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    has(&served.asked(&format!("GET /access-preview/{id}?analyzerArn=x"), ""), &["\"status\":\"COMPLETED\""]);
    let found = served.asked(&format!("POST /access-preview/{id}"), "{}");
    has(&found, &["\"principal\":{\"AWS\":\"444455556666\"}", "\"isPublic\":false"]);
    assert!(!found.contains("{\"AWS\":\"111122223333\"}"), "{found}");
    assert_eq!(status(&served.asked("GET /access-preview/nothing", "")), 404);
}

#[test]
fn a_world_that_changes_is_loaded_again_and_a_broken_one_is_not() {
    let served = Served::new();
    let until = |part: &str| {
        let tries = (0..200).map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(25));
            served.form("ListUsers", &[])
        });
        assert!(tries.into_iter().any(|answer| answer.contains(part)), "{part}");
    };
    let write = |more: &str| {
        std::fs::write(served.folder.join("world.iam"), format!("{WORLD}{more}")).expect("written")
    };
    write("user carol\n");
    until("<UserName>carol</UserName>");
    write("user dave\nuser\n");
    std::thread::sleep(std::time::Duration::from_millis(300));
    until("<UserName>carol</UserName>");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_gracefully() {
    let mut served = Served::new();
    let kept = TcpStream::connect(&served.address).expect("a port");
    let id = served.program.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    assert_eq!(served.program.wait().expect("ends").code(), Some(0));
    drop(kept);
}
