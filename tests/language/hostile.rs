//! No text makes the parser of policies panic, overflow the stack or take long; every text that is no policy
//! gets an error. What takes long is not measured: the texts are so large that work which grows as their square takes
//! minutes and more.

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::{Policy, PolicyType, parse_policy};
use iamwhy::source::{Parsed, Source};

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "One", "Effect": "Allow", "Principal": {"AWS": ["*", "111122223333"]},
    "Action": ["s3:Get*", "sqs:SendMessage"], "Resource": "arn:aws:s3:::b/${aws:username, 'x'}/*",
    "Condition": {"ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["a\u00e9", "b"]}, "Bool": {"aws:X": true}}
  }]
}"#;

const KINDS: [PolicyType; 4] = [
    PolicyType::IdentityBased,
    PolicyType::ResourceBased,
    PolicyType::ServiceControl,
    PolicyType::ResourceControl,
];

/// Texts longer than this are read as one kind of policy: kinds differ in what they refuse, not in how they read.
const LONG: usize = 100_000;

/// Reads a text as policies of several kinds and compiles what there is; returns the first.
fn read(text: &str) -> Parsed<Policy> {
    let source = Source::new("hostile.json", text);
    let kinds = if text.len() > LONG { &KINDS[..1] } else { &KINDS };
    let mut all: Vec<_> = kinds.iter().map(|kind| parse_policy(&source, *kind)).collect();
    for parsed in &all {
        for label in parsed.diagnostics.iter().flat_map(|d| &d.labels) {
            let span = label.place.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
        }
        if let Some(policy) = &parsed.value {
            CompiledPolicy::new(std::sync::Arc::new(policy.clone()));
            policy.print();
        }
    }
    all.swap_remove(0)
}

fn refused(text: &str) -> Vec<&'static str> {
    let parsed = read(text);
    assert!(parsed.has_errors(), "no error in {:?}…", text.chars().take(60).collect::<String>());
    parsed.diagnostics.iter().map(|d| d.code).collect()
}

fn in_action(text: &str) -> String {
    POLICY.replace("s3:Get*", text)
}

#[test]
fn every_prefix_of_a_policy_is_refused() {
    for (end, _) in POLICY.char_indices() {
        refused(&POLICY[..end]);
    }
}

#[test]
fn every_change_of_one_character_ends_in_a_value_or_an_error() {
    for (at, old) in POLICY.char_indices() {
        for new in
            ["", "\"", "\\", "{", "}", "[", "]", ",", ":", "/", "\n", "\u{0}", "é", "\u{10ffff}", "$", "*"]
        {
            read(&format!("{}{new}{}", &POLICY[..at], &POLICY[at + old.len_utf8()..]));
            read(&format!("{}{new}{}", &POLICY[..at], &POLICY[at..]));
        }
    }
}

#[test]
fn nested_brackets_do_not_overflow_the_stack() {
    refused(&"{".repeat(100_000));
    for open in ["[", "{\"a\":", "[{\"Statement\":", "[[],"] {
        assert!(refused(&open.repeat(100_000)).contains(&"too-deep"), "{open}");
    }
    let both = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(refused(&both), ["too-deep", "wrong-type"]);
    refused(&format!("{{\"Statement\": {both}}}"));
}

#[test]
fn ten_megabytes_are_read() {
    let statement = r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"},"#;
    let many = statement.repeat((10 << 20) / statement.len());
    let text = format!("{{\"Statement\": [{}]}}", many.trim_end_matches(','));
    assert!(!read(&text).has_errors());
}

#[test]
fn a_megabyte_of_one_kind_of_text_is_refused_without_taking_long() {
    for piece in
        ["\"", "\\", "{", "]", ",", "a", "/", "//", "/*", "\u{0}", "é", "[\"", "{\"a\" ", "1 ", "\"a\":", "'"]
    {
        refused(&piece.repeat((1 << 20) / piece.len()));
        refused(&in_action(&piece.repeat((1 << 20) / piece.len())).replace("\"sqs:SendMessage\"", "0"));
    }
}

#[test]
fn many_keys_of_a_condition_are_compared_without_taking_long() {
    let keys: Vec<String> = (0..100_000).map(|i| format!("\"a:{i}\": \"x\"")).collect();
    let text = POLICY.replace("\"aws:X\": true", &keys.join(","));
    assert!(read(&text).value.is_some());
    let text = POLICY.replace("\"aws:X\": true", &"\"a:b\": \"x\",".repeat(100_000));
    assert!(refused(&text).contains(&"duplicate-key"));
}

#[test]
fn a_line_of_150_kilobytes_is_read() {
    let actions: Vec<String> = (0..6_000).map(|i| format!("\"service:ActionNumber{i}\"")).collect();
    let text =
        format!(r#"{{"Statement":{{"Effect":"Allow","Action":[{}],"Resource":"*"}}}}"#, actions.join(","));
    assert!(text.len() > 150_000);
    let policy = read(&text).value.expect("a policy");
    assert_eq!(policy.texts(policy.statements()[0].action.patterns).len(), 6_000);
}

#[test]
fn one_string_of_a_megabyte_is_read() {
    for filling in ["a", "*", "${", "${a}", "é", "\\u00e9", ":", "?*"] {
        let long = filling.repeat((1 << 20) / filling.len());
        let text =
            POLICY.replace("111122223333", "x").replace("arn:aws:s3:::b/", &format!("arn:aws:s3:::{long}"));
        assert!(read(&text).value.is_some(), "{filling}");
        assert!(read(&in_action(&long)).value.is_some(), "{filling}");
    }
}

#[test]
fn a_nul_may_not_stand_in_a_policy() {
    assert!(refused("\u{0}").contains(&"expected-value"));
    assert_eq!(refused(&in_action("s3:\u{0}Get"))[0], "control-character");
    assert!(!refused(&POLICY.replace(": [{", ":\u{0} [{")).is_empty());
}

#[test]
fn halves_of_surrogate_pairs_are_refused() {
    for half in
        ["\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud800x", "\\ud800\\n", "\\udbff\\u0041", "\\ud800\\u"]
    {
        assert_eq!(refused(&in_action(half))[0], "bad-escape", "{half}");
    }
    assert!(!refused(&in_action("\\ud83d\\ude00")).contains(&"bad-escape"));
}

#[test]
fn broken_escapes_are_refused() {
    for escape in ["\\", "\\u", "\\u1", "\\u12g4", "\\u+123", "\\x41", "\\é", "\\u00é0", "\\\u{0}"] {
        refused(&in_action(escape));
    }
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_no_mistake() {
    let identity = POLICY.replace(r#""Principal": {"AWS": ["*", "111122223333"]},"#, "");
    let plain = read(&identity);
    assert!(!plain.has_errors(), "{:?}", plain.diagnostics);
    let windows = format!("\u{feff}{}", identity.replace('\n', "\r\n"));
    let same = read(&windows);
    assert!(!same.has_errors(), "{:?}", same.diagnostics);
    assert_eq!(plain.value.map(|p| p.print()), same.value.map(|p| p.print()));
}

#[test]
fn an_empty_text_is_no_policy() {
    for text in ["", " ", "\n\r\t ", "\u{feff}", "\u{a0}", "\u{feff}\u{feff}{}"] {
        refused(text);
    }
}
