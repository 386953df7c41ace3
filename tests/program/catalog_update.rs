//! `catalog update` against a server on the loopback address: what comes whole is used by every command, and of what does
//! not nothing is left.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use assert_cmd::Command;
use iamwhy::catalog::{AccessLevel, ActionFacts, Catalog, KeyFacts, ServiceFacts};
use serde_json::{Value, json};

use crate::scratch::Folder;

const AWS: &str = "https://servicereference.us-east-1.amazonaws.com";

/// What a server sends to a question about a path: all bytes of the answer.
type Answer = dyn Fn(&str) -> Vec<u8> + Send + Sync;

/// A server on the loopback address.
struct Server {
    address: String,
    asked: Arc<AtomicUsize>,
    /// What it does in place of sending the whole feed.
    answer: Arc<Mutex<Box<Answer>>>,
}

impl Server {
    fn new(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/", listener.local_addr().expect("an address"));
        let asked = Arc::new(AtomicUsize::new(0));
        let answer: Arc<Mutex<Box<Answer>>> = Arc::new(Mutex::new(Box::new(answer)));
        let server = Self { address, asked: Arc::clone(&asked), answer: Arc::clone(&answer) };
        // It ends with the tests.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                asked.fetch_add(1, Ordering::Relaxed);
                let answer = Arc::clone(&answer);
                thread::spawn(move || serve(stream, &answer));
            }
        });
        server
    }

    fn answers(&self, answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) {
        *self.answer.lock().expect("unharmed") = Box::new(answer);
    }
}

fn serve(mut stream: TcpStream, answer: &Mutex<Box<Answer>>) {
    let mut question = Vec::new();
    let mut byte = [0];
    while !question.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
        question.extend(byte);
    }
    let question = String::from_utf8_lossy(&question);
    let path = question.split(' ').nth(1).unwrap_or_default();
    let sent = answer.lock().map(|answer| answer(path)).unwrap_or_default();
    let _ = stream.write_all(&sent);
    if sent.ends_with(HANGS) {
        thread::sleep(std::time::Duration::from_secs(20));
    }
}

/// The end of an answer after which nothing comes, and the connection stays.
const HANGS: &[u8] = b"\n...";

fn ok(body: &str) -> Vec<u8> {
    sent("200 OK", body.len(), body.as_bytes())
}

fn sent(status: &str, length: usize, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// The feed as AWS would publish it, had it the facts of the built-in catalog.
fn feed(path: &str) -> Vec<u8> {
    static MADE: LazyLock<Mutex<BTreeMap<String, Vec<u8>>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().expect("unharmed");
    made.entry(path.to_owned()).or_insert_with(|| made_anew(path)).clone()
}

fn made_anew(path: &str) -> Vec<u8> {
    if path == "/v1/service-list.json" {
        let entry = |service: ServiceFacts<'_>| {
            let name = service.prefix();
            json!({"service": name, "url": format!("{AWS}/v1/{name}/{name}.json"), "modified": 1_790_000_000})
        };
        return ok(&Value::Array(Catalog::embedded().services().map(entry).collect()).to_string());
    }
    match path.split('/').nth(2).and_then(|name| Catalog::embedded().service(name)) {
        Some(service) => ok(&document(service).to_string()),
        None => sent("404 Not Found", 0, b""),
    }
}

fn document(service: ServiceFacts<'_>) -> Value {
    let types = service.resource_types().map(|one| {
        let arns: Vec<_> = one.arn_formats().collect();
        json!({"Name": one.name(), "ARNFormats": arns, "ConditionKeys": names(one.condition_keys())})
    });
    let mut actions: Vec<Value> = service.actions().map(action).collect();
    if service.prefix() == "s3" {
        actions.push(action(Catalog::embedded().action("s3:GetObject").expect("known")));
        actions.last_mut().expect("one")["Name"] = json!("GetObjectTomorrow");
    }
    json!({
        "Name": service.prefix(),
        "Version": "v1.4",
        "Actions": actions,
        "ConditionKeys": service.condition_keys().map(key).collect::<Vec<_>>(),
        "Resources": types.collect::<Vec<_>>(),
    })
}

fn action(action: ActionFacts<'_>) -> Value {
    let is = |level: AccessLevel| action.level() == level;
    let uses = action.resource_types().map(
        |used| json!({"Name": used.resource_type().name(), "ConditionKeys": names(used.condition_keys())}),
    );
    json!({
        "Name": action.name(),
        "ActionConditionKeys": names(action.condition_keys()),
        "Annotations": {"Properties": {
            "IsList": is(AccessLevel::List),
            "IsPermissionManagement": is(AccessLevel::PermissionsManagement),
            "IsTaggingOnly": is(AccessLevel::Tagging),
            "IsWrite": !is(AccessLevel::List) && !is(AccessLevel::Read),
        }},
        "Resources": uses.collect::<Vec<_>>(),
    })
}

fn key(key: KeyFacts<'_>) -> Value {
    let many = if key.is_multivalued() { "ArrayOf" } else { "" };
    json!({"Name": key.name(), "Types": [format!("{many}{}", key.kind().name())]})
}

fn names<'c>(keys: impl Iterator<Item = KeyFacts<'c>>) -> Vec<&'c str> {
    keys.map(KeyFacts::name).collect()
}

/// The folder of a user, and the catalog in it.
struct Home(Folder);

impl Home {
    fn new() -> Self {
        Self(Folder::new(&[("policy.json", POLICY)]))
    }

    /// With a catalog that was updated; it is made once.
    fn updated() -> Self {
        static MADE: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let home = Home::new();
            assert!(home.update(&Server::new(feed), &[]).status.success());
            fs::read(home.catalog()).expect("updated")
        });
        let home = Self::new();
        fs::create_dir_all(home.0.join("iamwhy")).expect("a folder");
        fs::write(home.catalog(), &*MADE).expect("writable");
        home
    }

    fn catalog(&self) -> PathBuf {
        self.0.join("iamwhy").join("catalog.bin")
    }

    fn program(&self) -> Command {
        let mut program = Command::cargo_bin("iamwhy").expect("built");
        program.current_dir(&*self.0).env("IAMWHY_CATALOG", self.catalog());
        program.env_remove("http_proxy").env("no_proxy", "127.0.0.1");
        program
    }

    fn update(&self, server: &Server, more: &[&str]) -> Output {
        let from = ["catalog", "update", "--from", &server.address];
        self.program().args(from).args(more).output().expect("runs")
    }

    fn said(&self, arguments: &[&str]) -> String {
        said(&self.program().args(arguments).output().expect("runs"))
    }
}

const POLICY: &[u8] = br#"{"Version": "2012-10-17", "Statement":
    {"Effect": "Allow", "Action": "s3:GetObjectTomorrow", "Resource": "arn:aws:s3:::b/*"}}"#;

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), &output.stderr].concat()).expect("UTF-8")
}

#[test]
fn what_the_feed_says_is_what_every_command_answers_by() {
    let (home, server) = (Home::new(), Server::new(feed));
    assert!(
        home.said(&["lint", "policy.json"])
            .contains("s3:GetObjectTomorrow is not in the catalog of 2026-11-23")
    );
    let updated = home.update(&server, &[]);
    let text = said(&updated);
    assert!(updated.status.success(), "{text}");
    for part in ["updated", "(before: 2026-11-23)", "22322", "1: s3:GetObjectTomorrow", "none", "catalog.bin"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!home.catalog().with_extension("part").exists(), "nothing is left over");
    assert!(!home.said(&["lint", "policy.json"]).contains("not in the catalog"));
    assert_eq!(home.said(&["expand", "s3:GetObjectTom*"]).trim(), "s3:GetObjectTomorrow");
    let info = home.said(&["--empty", "-e", "info s3:GetObjectTomorrow"]);
    assert!(info.contains("access level    Read") && info.contains("object: arn:"), "{info}");
    let of = home.said(&["catalog", "info"]);
    assert!(of.contains("by `catalog update`") && of.contains("(without it: 2026-11-23)"), "{of}");
    let built_in = home.program().env("IAMWHY_CATALOG", "built-in").args(["catalog", "info"]).output();
    assert!(said(&built_in.expect("runs")).contains("22321"));
}

#[test]
fn what_the_feed_does_not_say_is_kept_from_the_catalog_that_was_there() {
    let home = Home::updated();
    for name in [
        "ec2:RunInstances", "s3:ListBucket", "aws:SourceIp", "s3:bucket", "sts:AssumeRole",
        "aws:PrincipalArn",
    ] {
        let of = |catalog: &str| {
            let mut program = home.program();
            program.env("IAMWHY_CATALOG", catalog).args(["--empty", "-e", &format!("info {name}")]);
            let text = said(&program.output().expect("runs"));
            text.lines().filter(|line| !line.starts_with("catalog of")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(of("built-in"), of(&home.catalog().to_string_lossy()), "{name}");
    }
}

#[test]
fn an_update_that_ends_early_changes_nothing_and_goes_on_where_it_ended() {
    let home = Home::new();
    let server = Server::new(|path| if path.contains("/s3/") { vec![] } else { feed(path) });
    let failed = home.update(&server, &[]);
    let text = said(&failed);
    assert_eq!(failed.status.code(), Some(3), "{text}");
    assert!(text.contains("the document of s3 could not be fetched"), "{text}");
    assert!(text.contains("nothing was changed") && text.contains("goes on from there"), "{text}");
    assert!(!home.catalog().exists());
    let services = Catalog::embedded().services().len();
    let first = server.asked.swap(0, Ordering::Relaxed);
    server.answers(feed);
    assert!(home.update(&server, &[]).status.success());
    let second = server.asked.load(Ordering::Relaxed);
    // The index, and those that were not there; s3 was asked for twice.
    assert!(first + second <= services + 12, "{first} and {second} of {services}");
    assert!(home.said(&["catalog", "info"]).contains("22322"));
}

#[test]
fn a_server_that_stops_lies_redirects_or_sends_garbage_changes_nothing() {
    let index = json!([{"service": "s3", "url": format!("{AWS}/v1/s3/s3.json")}]).to_string();
    let s3 = |answer: Vec<u8>| {
        let index = index.clone();
        move |path: &str| if path.contains("/s3/") { answer.clone() } else { ok(&index) }
    };
    let body = document(Catalog::embedded().service("s3").expect("known")).to_string();
    let whole = body.len();
    let half = &body.as_bytes()[..whole / 2];
    let redirect =
        b"HTTP/1.1 302 Found\r\nLocation: https://example.com/s3.json\r\nContent-Length: 0\r\n\r\n";
    let gzip = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\xed\xbd";
    let named = |from: &str, to: &str| ok(&body.replacen(from, to, 1));
    let mut huge = sent("200 OK", 40 << 20, b"");
    huge.resize(41 << 20, b' ');
    let cases: [(&str, Vec<u8>); 13] = [
        ("could not be fetched", sent("200 OK", whole, half)),
        ("malformed", sent("200 OK", whole / 2, body.as_bytes())),
        ("redirects to https://example.com/s3.json, which is not followed", redirect.to_vec()),
        ("malformed", ok("<html>sign in to the hotel's network</html>")),
        ("it is no text", gzip.to_vec()),
        ("malformed", ok(&body[..whole / 2])),
        ("status 404", sent("404 Not Found", 0, b"")),
        ("status 503", sent("503 Busy", 0, b"")),
        ("more than 32 MB", huge),
        ("it is the document of another service, `s4`", named("\"Name\":\"s3\"", "\"Name\":\"s4\"")),
        ("is no name of a kind: action", named("\"GetObject\"", "\"Get\\u001b[31mObject\"")),
        ("is no name of a kind: action", named("\"GetObject\"", "\"Get*\"")),
        ("unknown type of a condition key", named("\"ArrayOfString\"", "\"Anything\"")),
    ];
    let (home, server) = (Home::updated(), Server::new(feed));
    let before = fs::read(home.catalog()).expect("updated");
    for (wanted, answer) in cases {
        server.answers(s3(answer));
        let refused = home.update(&server, &[]);
        let text = said(&refused);
        assert_eq!(refused.status.code(), Some(3), "{wanted}: {text}");
        assert!(text.contains(wanted), "{wanted}: {text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(fs::read(home.catalog()).expect("there"), before, "{wanted}");
    }
}

#[test]
fn a_server_that_sends_no_more_is_left_after_the_seconds_that_were_said() {
    let home = Home::new();
    let server = Server::new(|_| sent("200 OK", 100_000, b"[{\n..."));
    let text = said(&home.update(&server, &["--timeout", "1"]));
    assert!(text.contains("the index could not be fetched") && text.contains("timed out"), "{text}");
    assert!(!home.catalog().exists());
}

#[test]
fn an_index_that_is_no_whole_feed_of_one_host_is_refused() {
    let home = Home::new();
    let entry = |service: &str, url: &str| json!({"service": service, "url": url});
    let s3 = || entry("s3", &format!("{AWS}/v1/s3/s3.json"));
    for (wanted, index) in [
        ("less than half of the 457", json!([s3()])),
        ("it lists no service", json!([])),
        ("service `s3` is there twice", json!([s3(), s3()])),
        ("is no name of a kind: service", json!([entry("../../x", &format!("{AWS}/v1/s3/s3.json"))])),
        ("names another host", json!([entry("s3", "https://example.com/v1/s3/s3.json")])),
        (
            "names another host",
            json!([entry("s3", "https://servicereference.us-east-1.amazonaws.com@example.com/x")]),
        ),
        ("names another host", json!([entry("s3", "file:///etc/passwd")])),
        ("malformed", json!({"s3": 1})),
    ] {
        let index = index.to_string();
        let server =
            Server::new(move |path| if path.ends_with("list.json") { ok(&index) } else { feed(path) });
        let refused = home.update(&server, &[]);
        let text = said(&refused);
        assert!(refused.status.code() == Some(3) && text.contains(wanted), "{wanted}: {text}");
        assert!(!home.catalog().exists(), "{wanted}");
    }
}

#[test]
fn a_feed_that_others_could_change_on_the_way_is_not_asked() {
    let home = Home::new();
    for from in [
        "http://example.com/", "http://127.0.0.1.example.com/", "ftp://127.0.0.1/", "nothing",
        "http://a@127.0.0.1/",
    ] {
        let text = home.said(&["catalog", "update", "--from", from]);
        assert!(text.contains("is not `https`") || text.contains("is no address"), "{from}: {text}");
    }
}

#[test]
fn a_catalog_that_is_broken_is_said_to_be_and_the_built_in_one_is_used() {
    let home = Home::updated();
    let whole = fs::read(home.catalog()).expect("updated");
    for broken in [&whole[..whole.len() - 1], b"", b"IAMWHYC0 of another version"] {
        fs::write(home.catalog(), broken).expect("writable");
        let text = home.said(&["catalog", "info"]);
        assert!(text.contains("cannot be read, so the built-in one is used"), "{text}");
        assert!(text.contains("22321"), "{text}");
    }
}
