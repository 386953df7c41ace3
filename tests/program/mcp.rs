//! `mcp`: questions as tools of an assistant, in both eras of the protocol.

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::scratch::Folder;

const WORLD: &str = "account 111122223333 \"Acme\" alias acme\nuser alice\nuser bob\nattach AdministratorAccess to user alice\n";
const POLICY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
const OBJECT: &str = "arn:aws:s3:::reports/q1.csv";

/// What is answered to some lines, below a folder in which the world lies.
fn answers(lines: &[String]) -> Vec<Value> {
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes()), ("policy.json", POLICY.as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let program = program.args(["mcp", "--root", folder.join("").to_str().expect("UTF-8"), "--world"]);
    let output = program.arg(folder.join("world.iam")).write_stdin(lines.join("\n")).output().expect("runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    said.lines().map(|line| serde_json::from_str(line).expect("one JSON a line")).collect()
}

fn request(method: &str, params: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string()
}

fn call(tool: &str, arguments: &Value) -> Value {
    let line = request("tools/call", &json!({"name": tool, "arguments": arguments}));
    answers(&[line]).pop().expect("an answer")
}

#[test]
fn a_client_of_either_era_is_answered() {
    let begun = request("initialize", &json!({"protocolVersion": "2025-06-18"}));
    let notified = json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string();
    let meta = json!({"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}});
    let said = answers(&[begun, notified, request("server/discover", &meta), request("ping", &json!({}))]);
    assert_eq!(said.len(), 3, "a notification has no answer");
    assert_eq!(said[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(said[1]["result"]["resultType"], "complete");
    assert_eq!(said[2]["result"], json!({}));
}

#[test]
fn every_tool_says_what_it_takes_and_what_it_answers() {
    let said = answers(&[request("tools/list", &json!({}))]);
    let tools = said[0]["result"]["tools"].as_array().expect("a list");
    let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["can", "why", "when", "who_can", "what_can", "diff", "lint", "test", "info"]);
    for tool in tools {
        assert!(tool["inputSchema"]["properties"]["world"].is_object(), "{tool}");
        assert_eq!(tool["outputSchema"]["required"].as_array().expect("a list").len(), 1, "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
    }
}

#[test]
fn an_answer_is_text_and_data_of_the_one_engine() {
    let asked = json!({"principal": "alice", "action": "account:CloseAccount"});
    let said = call("why", &asked);
    let text = said["result"]["content"][0]["text"].as_str().expect("a text");
    assert!(text.starts_with("denied\n") && text.contains("root"), "{text}");
    assert_eq!(said["result"]["structuredContent"]["decision"], "implicitDeny");
    assert_eq!(said["result"]["isError"], false);
}

#[test]
fn policies_come_as_texts_or_as_files() {
    for policy in [POLICY, "policy.json"] {
        let asked =
            json!({"principal": "bob", "action": "s3:GetObject", "resource": OBJECT, "policies": policy});
        assert_eq!(call("can", &asked)["result"]["structuredContent"]["decision"], "allowed", "{policy}");
    }
    let wider = POLICY.replace("s3:GetObject", "s3:Get*");
    let said = call("diff", &json!({"old": "policy.json", "new": wider}));
    assert_eq!(said["result"]["structuredContent"]["verdict"], "wider");
}

#[test]
fn a_script_of_expectations_is_counted() {
    let script =
        format!("expect bob denied s3:GetObject on {OBJECT}\nexpect bob allowed s3:GetObject on {OBJECT}");
    let said = call("test", &json!({"script": script}));
    let found = &said["result"]["structuredContent"];
    assert_eq!((&found["passed"], &found["failed"]), (&json!(1), &json!(1)));
    assert!(found["messages"].to_string().contains("expectation-failed"), "{found}");
}

#[test]
fn no_call_leaves_anything_behind() {
    let made = request("tools/call", &json!({"name": "test", "arguments": {"script": "user mallory"}}));
    let asked =
        json!({"name": "can", "arguments": {"principal": "mallory", "action": "s3:ListAllMyBuckets"}});
    let said = answers(&[made, request("tools/call", &asked)]);
    assert_eq!(said[1]["result"]["isError"], true, "{}", said[1]);
}

#[test]
fn files_outside_of_the_root_are_not_read_and_none_is_written() {
    let elsewhere = Folder::new(&[("world.iam", WORLD.as_bytes()), ("policy.json", POLICY.as_bytes())]);
    let path = |name: &str| elsewhere.join(name).to_str().expect("UTF-8").to_owned();
    for (tool, arguments) in [
        ("lint", json!({"policy": path("policy.json")})),
        ("can", json!({"principal": "alice", "action": "s3:GetObject", "world": path("world.iam")})),
        ("test", json!({"script": format!("read {}", path("world.iam"))})),
        ("test", json!({"script": "save written.iam"})),
    ] {
        let said = call(tool, &arguments);
        assert_eq!(said["result"]["isError"], true, "{tool} {arguments}: {said}");
        let text = said["result"]["content"][0]["text"].as_str().expect("a text");
        assert!(text.contains("[outside-folder]") || text.contains("[read-only]"), "{text}");
    }
}

#[test]
fn an_argument_never_becomes_a_statement() {
    let asked = json!({"principal": "bob\nuser mallory", "action": "s3:GetObject\" on x; user eve"});
    assert_eq!(call("can", &asked)["result"]["isError"], true);
}

#[test]
fn what_is_wrong_has_the_code_that_the_protocol_gives_it() {
    let wrong = |line: &str| answers(&[line.to_owned()])[0]["error"]["code"].as_i64().expect("a code");
    assert_eq!(wrong("{"), -32700);
    assert_eq!(wrong("[]"), -32600);
    assert_eq!(wrong(r#"{"id": 1}"#), -32600);
    assert_eq!(wrong(&request("resources/list", &json!({}))), -32601);
    for params in [
        json!({"name": "cann"}),
        json!({"name": "can", "arguments": {"principal": "alice"}}),
        json!({"name": "can", "arguments": {"principal": 1, "action": "s3:GetObject"}}),
        json!({"name": "can", "arguments": {"principel": "alice", "action": "s3:GetObject"}}),
    ] {
        assert_eq!(wrong(&request("tools/call", &params)), -32602, "{params}");
    }
}
