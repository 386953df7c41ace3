//! Where the benchmarks read their texts from, and what they make of them.
#![allow(dead_code, reason = "each benchmark uses a part")]

#[path = "../../tests/packed/mod.rs"]
mod packed;

use std::process::Command;
use std::sync::Arc;

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::{Policy, PolicyType, parse_policy};
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::world::{ContextEntry, ContextValue, Document, GivenPolicies, NamedDocument, Principal, Request};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

/// A file of the benchmark data.
pub(crate) fn data(name: &str) -> String {
    packed::unpacked(&format!("benches/data/{name}.zst"))
}

/// The text of a packed file of the package.
pub(crate) fn unpacked(path: &str) -> String {
    packed::unpacked(path)
}

/// A JSON text with four spaces a level.
pub(crate) fn pretty(text: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let mut pretty = Vec::new();
    let four = PrettyFormatter::with_indent(b"    ");
    value.serialize(&mut Serializer::with_formatter(&mut pretty, four)).expect("memory");
    String::from_utf8(pretty).expect("UTF-8")
}

/// A list of policies as identity-based policies of a request.
pub(crate) fn policies(name: &str, text: &str) -> GivenPolicies {
    let source = Source::new(name, text);
    let tree = parse_json(&source).value.expect("JSON");
    let documents = tree.root().items().enumerate().map(|(i, item)| {
        let policy = Policy::lower(item, PolicyType::IdentityBased).value.expect("a policy");
        named(&format!("p{i}"), policy)
    });
    GivenPolicies { identity: Some(documents.collect()), ..GivenPolicies::default() }
}

/// A policy of a kind.
pub(crate) fn document(name: &str, text: &str, kind: PolicyType) -> NamedDocument {
    let parsed = parse_policy(&Source::new(name, text), kind);
    named(name, parsed.value.expect("a policy"))
}

fn named(name: &str, policy: Policy) -> NamedDocument {
    let document = Document::Good(Arc::new(CompiledPolicy::new(Arc::new(policy))));
    NamedDocument { name: name.into(), document }
}

/// `requests.json`: who asks what.
pub(crate) struct Requests {
    /// Who asks.
    pub(crate) principal: Principal,
    /// Their ARN.
    pub(crate) arn: String,
    /// Context keys.
    pub(crate) context: Vec<ContextEntry<'static>>,
    /// Name, action, resource.
    pub(crate) rows: Vec<[String; 3]>,
    /// The file.
    pub(crate) json: serde_json::Value,
}

impl Requests {
    /// Reads them.
    pub(crate) fn read() -> Self {
        let json: serde_json::Value = serde_json::from_str(&data("requests.json")).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
        let arn = text(&json["principal"]);
        let context = json["context"].as_object().expect("an object").iter();
        let rows = json["requests"].as_array().expect("a list").iter();
        Self {
            principal: Principal::parse(&arn).expect("a principal"),
            arn,
            context: context.map(|(k, v)| (k.clone().into(), ContextValue::One(text(v).into()))).collect(),
            rows: rows.map(|row| ["name", "action", "resource"].map(|field| text(&row[field]))).collect(),
            json,
        }
    }

    /// One of them as a request to the evaluator.
    pub(crate) fn request<'a>(&'a self, row: &'a [String; 3], policies: &'a GivenPolicies) -> Request<'a> {
        request(&row[1], &row[2], &self.context, policies)
    }
}

/// A request to the evaluator.
pub(crate) fn request<'a>(
    action: &'a str,
    resource: &'a str,
    context: &'a [ContextEntry<'a>],
    policies: &'a GivenPolicies,
) -> Request<'a> {
    Request::complete(action, Some(resource), context, policies)
}

/// The instructions of this program with that loop.
pub(crate) fn counted(arguments: &[&str]) -> Option<u64> {
    let own = std::env::current_exe().ok()?;
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(own)
        .arg("--loop")
        .args(arguments);
    let output = valgrind.output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = said.lines().find_map(|line| line.split_once("Collected :"))?;
    collected.1.trim().parse().ok()
}
