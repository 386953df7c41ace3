//! `lsp`: what an editor asks while a policy or a script is written, on the built program.

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::scratch::Folder;

/// An editor that talks to the program.
struct Editor {
    program: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: u64,
    folder: Folder,
}

impl Editor {
    fn new() -> Self {
        let folder = Folder::new(&[]);
        let mut program = Command::new(cargo_bin("iamwhy"));
        let program = program.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = program.spawn().expect("runs");
        let to = program.stdin.take().expect("piped");
        let from = BufReader::new(program.stdout.take().expect("piped"));
        let mut editor = Self { program, to, from, asked: 0, folder };
        let said = editor.ask("initialize", json!({"capabilities": {}}));
        assert_eq!(said["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn address(&self, name: &str) -> String {
        format!("file://{}", self.folder.join(name).to_str().expect("UTF-8"))
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the program reads");
        self.to.flush().expect("the program reads");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).expect("UTF-8") > 0, "the program ended");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", said)) => length = said.parse().expect("a number"),
                Some(_) => {}
                None => break,
            }
        }
        let mut text = vec![0; length];
        self.from.read_exact(&mut text).expect("the whole message");
        serde_json::from_slice(&text).expect("JSON")
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The answer to a request; what is told in between is passed over.
    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message["id"] == self.asked {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// Opens a text and gives what is found in it.
    fn open(&mut self, name: &str, text: &str) -> Vec<Value> {
        let uri = self.address(name);
        let document = json!({"uri": uri, "languageId": "x", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
        self.found()
    }

    fn found(&mut self) -> Vec<Value> {
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics" {
                return message["params"]["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    /// A request about a place in a text.
    fn at(&mut self, method: &str, name: &str, line: usize, character: usize) -> Value {
        let position = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": self.address(name)}, "position": position});
        self.ask(method, params)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

const POLICY: &str = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\"Effect\": \"Allow\", \"Action\": [\"s3:GetObjct\", \"s3:Get*\", \"s3:GetObject\"], \"Resource\": \"*\"}\n  ]\n}\n";

#[test]
fn findings_underline_the_token_and_go_when_it_is_mended() {
    let mut editor = Editor::new();
    let found = editor.open("p.json", POLICY);
    let wrong = found.iter().find(|one| one["code"] == "unknown-action").expect("found");
    let start = POLICY.lines().nth(3).expect("a line").find("\"s3:GetObjct").expect("there");
    assert_eq!(wrong["range"]["start"], json!({"line": 3, "character": start}));
    assert_eq!(wrong["range"]["end"], json!({"line": 3, "character": start + 13}));
    let at =
        json!({"start": {"line": 3, "character": start + 9}, "end": {"line": 3, "character": start + 12}});
    let change = json!({"range": at, "text": "ject"});
    let uri = editor.address("p.json");
    editor.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}),
    );
    let found = editor.found();
    assert!(!found.iter().any(|one| one["code"] == "unknown-action"), "{found:?}");
}

#[test]
fn columns_are_units_of_utf_16() {
    let mut editor = Editor::new();
    let text = "{\"Statement\": {\"Sid\": \"𝒳\", \"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\", \"Resource\": \"*\"}}";
    let found = editor.open("p.json", text);
    let wrong = found.iter().find(|one| one["code"] == "unknown-action").expect("found");
    let before = text.split("\"s3:").next().expect("there").encode_utf16().count();
    assert_eq!(wrong["range"]["start"]["character"], before);
}

#[test]
fn a_word_is_explained() {
    let mut editor = Editor::new();
    editor.open("p.json", POLICY);
    let column = POLICY.lines().nth(3).expect("a line").find("s3:GetObject\"").expect("there") + 4;
    let said = editor.at("textDocument/hover", "p.json", 3, column);
    assert!(
        said["contents"]["value"].as_str().expect("a text").contains("s3:GetObject of Amazon S3"),
        "{said}"
    );
    assert_eq!(editor.at("textDocument/hover", "p.json", 0, 0), Value::Null);
}

#[test]
fn what_can_stand_here_is_offered_in_policies_and_in_scripts() {
    let mut editor = Editor::new();
    editor.open("p.json", "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObj");
    let said = editor.at("textDocument/completion", "p.json", 0, 53);
    let labels = |said: &Value| -> Vec<String> {
        let items = said["items"].as_array().expect("a list");
        items.iter().map(|item| item["label"].as_str().expect("a text").to_owned()).collect()
    };
    assert!(labels(&said).contains(&"s3:GetObject".to_owned()), "{said}");
    editor.open("s.iam", "account 111122223333\nuser carol\ncan ca");
    let said = editor.at("textDocument/completion", "s.iam", 2, 6);
    assert!(labels(&said).iter().any(|label| label.contains("carol")), "{said}");
}

#[test]
fn a_finding_has_its_mending_and_its_meaning() {
    let mut editor = Editor::new();
    editor.open("p.json", POLICY);
    let range = json!({"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 90}});
    let params = json!({"textDocument": {"uri": editor.address("p.json")}, "range": range, "context": {"diagnostics": []}});
    let said = editor.ask("textDocument/codeAction", params);
    let titles: Vec<&str> =
        said.as_array().expect("a list").iter().filter_map(|one| one["title"].as_str()).collect();
    for title in [
        "Replace it by `s3:GetObject`", "What does `unknown-action` mean?",
        "Mend all that changes no decision",
    ] {
        assert!(titles.contains(&title), "{titles:?}");
    }
    let asked = json!({"command": "iamwhy.explain", "arguments": ["unknown-action"]});
    let told = editor.ask("workspace/executeCommand", asked);
    assert!(told.as_str().expect("a text").contains("unknown-action"), "{told}");
}

#[test]
fn the_one_form_is_an_edit_of_the_whole_text() {
    let mut editor = Editor::new();
    editor.open("p.json", POLICY);
    let uri = editor.address("p.json");
    let said = editor.ask("textDocument/formatting", json!({"textDocument": {"uri": uri}}));
    let text = said[0]["newText"].as_str().expect("an edit");
    assert!(text.contains("      \"Effect\": \"Allow\",\n"), "{text}");
    assert_eq!(said[0]["range"]["end"], json!({"line": 6, "character": 0}));
}

const SCRIPT: &str = "account 111122223333\nuser carol\nexpect carol denied s3:ListAllMyBuckets\nexpect carol allowed s3:ListAllMyBuckets\ncan carol s3:ListAllMyBuckets\n";

#[test]
fn expectations_are_run_while_they_are_written() {
    let mut editor = Editor::new();
    let found = editor.open("s.iam", SCRIPT);
    let failed = found.iter().find(|one| one["code"] == "expectation-failed").expect("found");
    assert_eq!(failed["range"]["start"]["line"], 3);
    let uri = editor.address("s.iam");
    let said = editor.ask("textDocument/codeLens", json!({"textDocument": {"uri": uri}}));
    let lines: Vec<(u64, &str)> = said
        .as_array()
        .expect("a list")
        .iter()
        .map(|lens| {
            let line = lens["range"]["start"]["line"].as_u64().expect("a line");
            (line, lens["command"]["title"].as_str().expect("a title"))
        })
        .collect();
    assert_eq!(lines, [(2, "holds"), (3, "does not hold"), (4, "denied")]);
}

#[test]
fn a_name_leads_to_where_it_is_declared_and_used() {
    let mut editor = Editor::new();
    editor.open("s.iam", SCRIPT);
    let declared = editor.at("textDocument/definition", "s.iam", 4, 6);
    assert_eq!(declared[0]["range"]["start"], json!({"line": 1, "character": 5}));
    let used = editor.at("textDocument/references", "s.iam", 1, 6);
    assert_eq!(used.as_array().expect("a list").len(), 4);
}

#[test]
fn a_script_reads_nothing_from_outside_of_its_folder_and_writes_nothing() {
    let mut editor = Editor::new();
    let elsewhere = Folder::new(&[("w.iam", b"account 111122223333")]);
    let path = elsewhere.join("w.iam");
    let text = format!("read {}\nsave written.iam\n", path.to_str().expect("UTF-8"));
    let found = editor.open("s.iam", &text);
    let codes: Vec<&str> = found.iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, ["outside-folder", "read-only"]);
    assert!(!editor.folder.join("written.iam").exists());
}

#[test]
fn what_is_wrong_has_the_code_that_the_protocol_gives_it() {
    let mut editor = Editor::new();
    let code = |answer: Value| answer["error"]["code"].as_i64().expect("a code");
    assert_eq!(code(editor.answer("textDocument/rename", json!({}))), -32601);
    let unknown =
        json!({"textDocument": {"uri": "file:///nowhere"}, "position": {"line": 0, "character": 0}});
    assert_eq!(code(editor.answer("textDocument/hover", unknown)), -32602);
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    editor.tell("exit", Value::Null);
    assert!(editor.program.wait().expect("ends").success());
}
