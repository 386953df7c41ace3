//! The grammars in `grammar/` are live: what they generate is accepted, and what they refuse is refused.

mod ebnf;
mod rules;
pub(crate) mod table;

use std::collections::BTreeSet;
use std::path::Path;

use iamwhy::commands::table;
use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::source::{Severity, Source, Span};
use iamwhy::syntax::script::{
    SlotKind, Usage, parse_statement, split_statements, split_within, table_to_ebnf,
};
use serde_json::json;

const SCRIPT: &str = include_str!("../../../grammar/script.ebnf");

#[test]
fn the_parser_and_the_grammar_of_scripts_agree() {
    rules::hold(SCRIPT, "script", |text| is_script(text, &table().usages));
}

#[test]
fn the_statements_of_the_grammar_are_the_table() {
    let printed = printed();
    assert!(SCRIPT.contains(&printed), "grammar/script.ebnf should contain:\n{printed}");
}

#[test]
fn the_grammars_of_policies_and_patterns_refer_to_what_there_is() {
    for text in [POLICY, PATTERN] {
        let read = ebnf::Grammar::read(text);
        for start in read.productions.keys() {
            assert!(!rules::sample(text, start, 20).is_empty(), "{start} has no sentence");
        }
    }
}

fn printed() -> String {
    let kind = |kind: &SlotKind| kind.to_ebnf().map(|right| format!("{} ::= {right}\n", kind.production()));
    let kinds: String = SlotKind::ALL.iter().filter_map(kind).collect();
    table_to_ebnf("statement", &table().usages) + "\n" + &kinds
}

fn is_script(text: &str, table: &[Usage]) -> bool {
    let source = Source::new("<test>", text);
    let mut open: Vec<_> = split_statements(&source).into_iter().map(|one| one.span).collect();
    while let Some(span) = open.pop() {
        let Ok(words) = parse_statement(&source, span, table) else { return false };
        open.extend(inside(&source, words.block("BLOCK")));
        let rows = inside(&source, words.block("TABLE"));
        if !rows.iter().all(|row| is_row(&source, *row)) {
            return false;
        }
    }
    true
}

fn inside(source: &std::sync::Arc<Source>, span: Option<Span>) -> Vec<Span> {
    span.map(|span| split_within(source, span).iter().map(|one| one.span).collect()).unwrap_or_default()
}

fn is_row(source: &std::sync::Arc<Source>, row: Span) -> bool {
    let words = iamwhy::syntax::script::words_within(source, row);
    words.is_ok_and(|words| words.iter().all(|word| word.kind.is_word()))
}

const POLICY: &str = include_str!("../../../grammar/policy.ebnf");
const PATTERN: &str = include_str!("../../../grammar/pattern.ebnf");

/// What the grammar of policies leaves to prose: elements that are missing, doubled or not for this kind of policy.
const UNSAID: [&str; 3] = ["missing-element", "forbidden-element", "duplicate-sid"];

/// Errors after which the parser does not read a value on which the grammar has an opinion.
const UNREAD: [&str; 2] = ["duplicate-key", "exclusive-elements"];

#[test]
fn the_parser_and_the_grammar_of_policies_agree() {
    let read = ebnf::Grammar::read(POLICY);
    rules::hold(POLICY, "document", |text| {
        let found = parse_policy(&Source::new("<test>", text), PolicyType::IdentityBased).diagnostics;
        if found.iter().any(|d| UNREAD.contains(&d.code)) {
            return ebnf::Recogniser::accepts(&read, "document", text);
        }
        let mut telling = found.iter().filter(|d| d.severity == Severity::Error || d.code == "operator-case");
        telling.all(|d| UNSAID.contains(&d.code))
    });
}

#[test]
fn the_parser_has_nothing_to_say_about_the_patterns_of_the_grammar() {
    let policy = |action: &str, resource: &str| {
        let statement = json!({"Effect": "Allow", "Action": action, "Resource": resource});
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        parse_policy(&Source::new("<test>", text), PolicyType::ResourceControl).diagnostics
    };
    let bad = ["bad-action", "bad-resource", "bad-variable"];
    for action in rules::sample(PATTERN, "action_pattern", 500) {
        assert!(!policy(&action, "*").iter().any(|d| bad.contains(&d.code)), "{action}");
    }
    for resource in rules::sample(PATTERN, "resource_pattern", 500) {
        assert!(!policy("*", &resource).iter().any(|d| bad.contains(&d.code)), "{resource}");
    }
}

#[test]
fn every_production_of_policies_and_patterns_is_a_function_or_a_type() {
    let names = names_in_the_sources();
    for text in [POLICY, PATTERN] {
        let productions = ebnf::Grammar::read(text).productions;
        let missing: Vec<_> =
            productions.keys().filter(|name| !names.contains(&name.replace('_', ""))).collect();
        assert!(missing.is_empty(), "neither function nor type: {missing:?}");
    }
}

/// The names of functions and types that read policies, in small letters without `_`.
fn names_in_the_sources() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/syntax/json", "src/policy", "src/compile"].map(|folder| root.join(folder));
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let mut names = BTreeSet::new();
    for file in files.filter_map(Result::ok) {
        let text = std::fs::read_to_string(file.path()).expect("readable");
        for keyword in ["fn ", "struct ", "enum "] {
            let words =
                text.split(keyword).skip(1).filter_map(|rest| rest.split(|c: char| !is_word(c)).next());
            names.extend(words.map(|word| word.replace('_', "").to_lowercase()));
        }
    }
    names
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
