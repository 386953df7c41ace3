//! Laws of reading and printing policies and the words of statements, over random input.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::{Policy, PolicyType, parse_policy};
use iamwhy::source::{Parsed, Source, Span};
use iamwhy::syntax::json::{Cursor, Kind, each_item, parse_json};
use iamwhy::syntax::script::{PairValue, Usage, Words, parse_statement, write};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::worlds::cases;

fn parse(text: &str) -> Parsed<Policy> {
    parse_policy(&Source::new("p.json", text), PolicyType::ResourceBased)
}

/// Reads a text, and does with the result what can be done with it.
fn try_everything(text: &str) {
    let parsed = parse(text);
    for label in parsed.diagnostics.iter().flat_map(|d| &d.labels) {
        let span = label.place.span;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
    }
    if let Some(policy) = parsed.value {
        policy.print();
        CompiledPolicy::new(Arc::new(policy));
    }
}

/// Text of any characters, those that mean something more often.
fn characters() -> impl Strategy<Value = String> + Clone {
    let telling: Vec<char> = "\"\\{}[]:,*?$é→\u{7f}\n\t\0 /'aZ09".chars().collect();
    vec(prop_oneof![3 => select(telling), 1 => any::<char>()], 0..24).prop_map(String::from_iter)
}

fn one_or_many(text: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Value> {
    prop_oneof![text.clone().prop_map(Value::from), vec(text, 0..4).prop_map(Value::from)]
}

fn principal() -> impl Strategy<Value = Value> {
    let kinds = select(vec!["AWS", "Federated", "Service", "CanonicalUser"]);
    let names = select(vec!["111122223333", "arn:aws:iam::111122223333:user/u", "*", "s3.amazonaws.com"]);
    let map = proptest::collection::btree_map(kinds, one_or_many(names.prop_map(str::to_owned)), 0..4);
    prop_oneof![Just(json!("*")), map.prop_map(|map| json!(map))]
}

fn condition() -> impl Strategy<Value = Value> {
    let operators =
        select(vec!["StringEquals", "ForAnyValue:StringLike", "BoolIfExists", "Null", "DateLessThan"]);
    let values = prop_oneof![
        one_or_many(characters()),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        vec(any::<f32>().prop_filter("a number", |n| n.is_finite()).prop_map(Value::from), 0..3)
            .prop_map(Value::from),
    ];
    // Keys may not differ in letter case alone.
    let keys = "[a-z]{1,3}:[a-z/\\\\\"é]{0,5}";
    let block = proptest::collection::btree_map(keys, values, 0..4);
    proptest::collection::btree_map(operators, block, 0..3).prop_map(|map| json!(map))
}

fn statement() -> impl Strategy<Value = Value> {
    let element = |names: [&'static str; 2], value: BoxedStrategy<Value>| (select(names.to_vec()), value);
    let optional = (
        proptest::option::of(characters().prop_map(Value::from)),
        proptest::option::of(element(["Principal", "NotPrincipal"], principal().boxed())),
        proptest::option::of(element(["Resource", "NotResource"], one_or_many(characters()).boxed())),
        proptest::option::of(condition()),
    );
    let action = element(["Action", "NotAction"], one_or_many(characters()).boxed());
    (select(vec!["Allow", "Deny"]), action, optional).prop_map(
        |(effect, action, (sid, principal, resource, condition))| {
            let mut members = BTreeMap::from([("Effect", json!(effect)), action]);
            members.extend(sid.map(|sid| ("Sid", sid)));
            members.extend(principal);
            members.extend(resource);
            members.extend(condition.map(|condition| ("Condition", condition)));
            json!(members)
        },
    )
}

fn policy() -> impl Strategy<Value = String> {
    let version = select(vec!["2012-10-17", "2008-10-17"]);
    let statements = vec(statement(), 1..4).prop_map(|mut statements| {
        // A Sid names one statement.
        for (number, statement) in statements.iter_mut().enumerate() {
            if let Some(sid) = statement.get_mut("Sid") {
                *sid = format!("{} {number}", sid.as_str().unwrap_or_default()).into();
            }
        }
        statements
    });
    (proptest::option::of(version), statements, any::<bool>()).prop_map(|(version, statements, pretty)| {
        let mut document = serde_json::Map::new();
        document.extend(version.map(|version| ("Version".to_owned(), json!(version))));
        document.insert("Statement".to_owned(), json!(statements));
        let document = Value::from(document);
        if pretty { format!("{document:#}") } else { document.to_string() }
    })
}

/// What a policy says, in the order of the canonical form.
fn said(policy: &Policy) -> Value {
    serde_json::from_str(&policy.print()).expect("what is printed is JSON")
}

/// A JSON value with the members of all objects in the order of their names.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            json!(map.into_iter().map(|(key, value)| (key, sorted(value))).collect::<BTreeMap<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// The policies of a list, printed, when it is read as one tree; `None` if it is no list without errors.
fn read_as_one(source: &Arc<Source>) -> Option<Vec<String>> {
    let parsed = parse_json(source);
    let tree = parsed.value.filter(|_| parsed.diagnostics.is_empty())?;
    (tree.root().kind() == Kind::Array).then(|| tree.root().items().map(printed).collect())
}

fn printed(item: Cursor<'_>) -> String {
    let policy = Policy::lower(item, PolicyType::ResourceBased);
    format!("{:?} {:?}", policy.value.map(|policy| policy.print()), policy.diagnostics)
}

/// What stands in a slot, when a usage that begins with `say` reads it.
fn read<T>(usage: &str, written: &str, look: impl FnOnce(&Words<'_>) -> T) -> T {
    let source = Source::new("<written>", format!("say {written}"));
    let whole = Span::new(0, source.text().len() as u32);
    let table = [Usage::parse(usage).expect("a usage")];
    let words = parse_statement(&source, whole, &table);
    look(&words.unwrap_or_else(|wrong| panic!("{written}: {wrong:?}")))
}

fn read_word(usage: &str, written: &str) -> String {
    read(usage, written, |words| words.get("WORD").expect("a word").text.to_string())
}

/// The key and the values of a pair; no values for `null`, and whether it is a list.
fn read_pair(written: &str) -> (String, Vec<String>, bool) {
    read("say PAIR", written, |words| {
        let pair = words.pairs("PAIR").next().expect("a pair");
        let values = pair.value.words().iter().map(|word| word.text.to_string()).collect();
        (pair.key.text.to_string(), values, matches!(pair.value, PairValue::List(..)))
    })
}

/// A text of any characters, or one that looks like another part of a statement.
fn said_in_a_statement() -> impl Strategy<Value = String> + Clone {
    let telling =
        ["null", "arn:a", "arn:a b", "arn:\u{e9}", "a=b", "#a", "a#b", "[]", "{}", "with", "denied", "$"];
    prop_oneof![characters(), select(telling.to_vec()).prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn no_text_makes_the_parser_panic(text in characters()) {
        try_everything(&text);
    }

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in vec(any::<u8>(), 0..200)) {
        try_everything(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_change_of_a_policy_makes_the_parser_panic(
        text in policy(), put in characters(), at in any::<proptest::sample::Index>(), cut in 0_usize..20,
    ) {
        let all: Vec<char> = text.chars().collect();
        let at = at.index(all.len());
        let after = all[at..].iter().skip(cut);
        try_everything(&all[..at].iter().copied().chain(put.chars()).chain(after.copied()).collect::<String>());
    }

    #[test]
    fn a_list_read_item_by_item_is_the_list_read_as_one(
        policies in vec(policy(), 0..4), put in characters(), at in any::<proptest::sample::Index>(), cut in 0_usize..3,
    ) {
        let whole: Vec<char> = format!(" [{}]\n", policies.join(" ,\n")).chars().collect();
        let at = at.index(whole.len());
        let broken = whole[..at].iter().copied().chain(put.chars()).chain(whole[at..].iter().skip(cut).copied());
        for text in [whole.iter().collect::<String>(), broken.collect()] {
            let source = Source::new("list.json", text);
            let mut items = Vec::new();
            let is_list = each_item(&source, |item| items.push(printed(item)));
            prop_assert_eq!(is_list.then_some(items), read_as_one(&source));
        }
    }

    #[test]
    fn what_serde_json_refuses_is_refused(text in policy(), at in any::<proptest::sample::Index>()) {
        let mut all: Vec<char> = text.chars().collect();
        all.remove(at.index(all.len()));
        let text: String = all.into_iter().collect();
        if serde_json::from_str::<Value>(&text).is_err() {
            prop_assert!(parse(&text).has_errors(), "{}", text);
        }
    }

    #[test]
    fn reading_what_was_printed_changes_nothing(text in policy()) {
        let parsed = parse(&text);
        prop_assert!(!parsed.has_errors(), "{}: {:?}", text, parsed.diagnostics);
        let policy = parsed.value.expect("a policy without errors has a value");
        let printed = policy.print();
        let again = parse(&printed);
        prop_assert!(!again.has_errors(), "{}: {:?}", printed, again.diagnostics);
        let again = again.value.expect("a policy without errors has a value");
        prop_assert_eq!(&printed, &again.print());
        prop_assert_eq!(policy.statements().len(), again.statements().len());
    }

    #[test]
    fn what_is_printed_says_what_was_written(text in policy()) {
        let policy = parse(&text).value.expect("a policy");
        let mut written: Value = serde_json::from_str(&text).expect("JSON");
        // An operator without keys says nothing and is not printed.
        for statement in written["Statement"].as_array_mut().expect("statements") {
            if let Some(condition) = statement.get_mut("Condition").and_then(Value::as_object_mut) {
                condition.retain(|_, block| block.as_object().is_some_and(|block| !block.is_empty()));
            }
        }
        prop_assert_eq!(sorted(said(&policy)), sorted(written));
    }

    #[test]
    fn a_word_that_is_written_reads_back(text in said_in_a_statement()) {
        prop_assert_eq!(read_word("say WORD", &write::word(&text)), text.clone());
        prop_assert_eq!(read_word("say WORD:TEXT", &write::quoted(&text)), text.clone());
        prop_assert_eq!(read_word("say WORD:ARN", &write::arn(&text)), text.clone());
        prop_assert_eq!(read_word("say WORD:PRINCIPAL", &write::quoted(&text)), text);
    }

    #[test]
    fn a_name_that_is_written_is_no_keyword(text in said_in_a_statement()) {
        let usage = "say (with [WORD] | denied | WORD [VERDICT])";
        let written = write::name(&text, &[Usage::parse(usage).expect("a usage")]).into_owned();
        prop_assert_eq!(read_word(usage, &written), text);
    }

    #[test]
    fn a_pair_that_is_written_reads_back(
        key in said_in_a_statement(), value in said_in_a_statement(), list in vec(said_in_a_statement(), 0..4),
    ) {
        let one = read_pair(&write::pair(&key, &write::value(&value)));
        prop_assert_eq!(one, (key.clone(), vec![value.clone()], false));
        let quoted = read_pair(&write::pair(&key, &write::quoted(&value)));
        prop_assert_eq!(quoted, (key.clone(), vec![value], false));
        let written = write::list(list.iter().map(String::as_str));
        prop_assert_eq!(read_pair(&write::pair(&key, &written)), (key.clone(), list, true));
        prop_assert_eq!(read_pair(&write::pair(&key, write::NULL)), (key, Vec::new(), false));
    }
}
