//! Several mistakes in one policy are each reported, once, with the text that is to blame.

use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::source::Source;

struct Broken {
    claim: &'static str,
    kind: PolicyType,
    text: &'static str,
    /// Code and underlined text of each message, in their order.
    expected: &'static [(&'static str, &'static str)],
}

const fn identity(
    claim: &'static str,
    text: &'static str,
    expected: &'static [(&'static str, &'static str)],
) -> Broken {
    Broken { claim, kind: PolicyType::IdentityBased, text, expected }
}

const BROKEN: &[Broken] = &[
    identity(
        "a misspelt element is reported, and not again as the one that is missing",
        r#"{"Statement": {"Efect": "Allow", "Action": "*", "Resource": "*"}}"#,
        &[("unknown-element", "\"Efect\"")],
    ),
    identity(
        "each misspelt element of a statement is reported",
        r#"{"Statement": {"Effect": "Allow", "Actions": "*", "Resources": "*"}}"#,
        &[("unknown-element", "\"Actions\""), ("unknown-element", "\"Resources\"")],
    ),
    identity(
        "a missing comma does not hide the next mistake",
        r#"{"Statement": {"Effect": "Allow" "Action": "*", "Resource": 3}}"#,
        &[("missing-comma", "\""), ("wrong-type", "3")],
    ),
    identity(
        "a trailing comma and a wrong effect are two mistakes",
        r#"{"Statement": [{"Effect": "Permit", "Action": ["s3:*",], "Resource": "*"}]}"#,
        &[("trailing-comma", ","), ("bad-effect", "\"Permit\"")],
    ),
    identity(
        "mistakes in two statements are both reported",
        r#"{"Statement": [{"Effect": "allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Resource": "*"}]}"#,
        &[("bad-effect", "\"allow\""), ("missing-element", "{")],
    ),
    identity(
        "a single-quoted word is no value",
        r#"{"Statement": {"Effect": 'Allow', "Action": "*", "Resource": "*"}}"#,
        &[("expected-value", "'Allow'")],
    ),
    identity(
        "a key without quotes is reported and its value is read",
        r#"{"Statement": {"Effect": "Allow", Action: "*", "Resource": "*"}}"#,
        &[("expected-key", "Action"), ("missing-element", "{")],
    ),
    identity(
        "a missing colon is reported at what stands in its place",
        r#"{"Statement": {"Effect": "Allow", "Action" "*", "Resource": "*"}}"#,
        &[("expected-colon", "\"")],
    ),
    identity(
        "a missing value is reported at what stands in its place",
        r#"{"Statement": {"Effect": "Allow", "Action": , "Resource": "*"}}"#,
        &[("expected-value", ",")],
    ),
    identity(
        "two commas are one mistake",
        r#"{"Statement": {"Effect": "Allow",, "Action": "*", "Resource": "*"}}"#,
        &[("expected-value", ",")],
    ),
    identity(
        "a comment is one mistake",
        "{\"Statement\": {\"Effect\": \"Allow\", // all\n \"Action\": \"*\", \"Resource\": \"*\"}}",
        &[("comment", "// all")],
    ),
    identity(
        "an unclosed string ends with its line",
        "{\"Statement\": {\"Effect\": \"Allow,\n \"Action\": \"*\", \"Resource\": \"*\"}}",
        &[("unclosed-string", "\"Allow,")],
    ),
    identity(
        "an escape that JSON lacks is underlined alone",
        r#"{"Statement": {"Effect": "Allow", "Action": "s3:\GetObject", "Resource": "*"}}"#,
        &[("bad-escape", r"\G")],
    ),
    identity(
        "half of a surrogate pair is underlined alone",
        r#"{"Statement": {"Sid": "\ud800", "Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
        &[("bad-escape", r"\ud800"), ("bad-sid", r#""\ud800""#)],
    ),
    identity(
        "a bracket of the wrong kind closes what is around it, and the rest is read as standing there",
        r#"{"Statement": {"Effect": "Allow", "Action": ["*"}, "Resource": "*"}}"#,
        &[
            ("wrong-bracket", "}"),
            ("trailing-text", "}"),
            ("unknown-element", "\"Resource\""),
            ("missing-element", "{"),
        ],
    ),
    identity(
        "the end of the text inside brackets is said once",
        r#"{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*""#,
        &[("unclosed-bracket", "{")],
    ),
    identity(
        "what follows the document is one mistake",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}} {}"#,
        &[("trailing-text", "{")],
    ),
    identity(
        "a duplicate element is underlined where it comes again",
        r#"{"Statement": {"Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*"}}"#,
        &[("duplicate-key", "\"Effect\"")],
    ),
    identity(
        "exclusive elements are reported pair by pair",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*", "NotResource": "*"}}"#,
        &[("exclusive-elements", "\"NotAction\""), ("exclusive-elements", "\"NotResource\"")],
    ),
    identity(
        "a version that is none is reported beside a missing statement",
        r#"{"Version": "2024-01-01"}"#,
        &[("bad-version", "\"2024-01-01\""), ("missing-element", "{")],
    ),
    identity("an empty list of statements is no policy", r#"{"Statement": []}"#, &[("no-statement", "[]")]),
    identity("a policy is an object", r#"["Statement"]"#, &[("wrong-type", r#"["Statement"]"#)]),
    identity(
        "each wrong member of a list is reported, in the order of the text",
        r#"{"Statement": {"Effect": "Allow", "Action": ["s3GetObject", 3, "s3:Get, s3:Put", null], "Resource": "*"}}"#,
        &[
            ("bad-action", "\"s3GetObject\""),
            ("wrong-type", "3"),
            ("bad-action", "\"s3:Get, s3:Put\""),
            ("wrong-type", "null"),
        ],
    ),
    identity(
        "resources that cover nothing are each reported",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": ["bucket", "arn:aws:s3", "arn:aws:s3:::${"]}}"#,
        &[
            ("bad-resource", "\"bucket\""),
            ("short-arn", "\"arn:aws:s3\""),
            ("bad-variable", "\"arn:aws:s3:::${\""),
        ],
    ),
    identity(
        "an unknown operator does not hide a duplicate key under the next one",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
            {"StringEqual": {"a:b": "c"}, "Bool": {"aws:X": true, "AWS:x": false}}}}"#,
        &[("unknown-operator", "\"StringEqual\""), ("duplicate-key", "\"AWS:x\"")],
    ),
    identity(
        "operators that differ in letter case only are duplicates",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
            {"Bool": {"a:b": true}, "bool": {"a:c": true}}}}"#,
        &[("duplicate-key", "\"bool\""), ("operator-case", "\"bool\"")],
    ),
    identity(
        "the ninth key of a block may be a duplicate as well",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool":
            {"a:1": [], "a:2": [], "a:3": [], "a:4": [], "a:5": [], "a:6": [], "a:7": [], "a:8": [], "A:1": []}}}}"#,
        &[("duplicate-key", "\"A:1\"")],
    ),
    identity(
        "`NullIfExists` is refused",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NullIfExists": {"a:b": true}}}}"#,
        &[("null-if-exists", "\"NullIfExists\"")],
    ),
    identity(
        "a principal has no place in an identity-based policy, whatever else is wrong",
        r#"{"Id": "x", "Statement": {"Sid": "a b", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}"#,
        &[("useless-id", "\"Id\""), ("bad-sid", "\"a b\""), ("forbidden-element", "\"Principal\"")],
    ),
    identity(
        "two statements of one Sid are reported at the second",
        r#"{"Statement": [{"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"},
            {"Sid": "B", "Effect": "Allow", "Action": "*", "Resource": "*"},
            {"Sid": "A", "Effect": "Deny", "Action": "*", "Resource": "*"}]}"#,
        &[("duplicate-sid", "\"A\"")],
    ),
    identity(
        "a character that IAM does not store is underlined alone",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/→"}}"#,
        &[("bad-character", "→")],
    ),
    identity(
        "an escape for a character that IAM does not store is no way around it",
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/\u2192"}}"#,
        &[("bad-character", r#""arn:aws:s3:::b/\u2192""#)],
    ),
    Broken {
        claim: "each principal that names nobody is reported",
        kind: PolicyType::ResourceBased,
        text: r#"{"Statement": {"Effect": "Allow", "Principal": {"AWS":
            ["arn:aws:iam::111122223333:group/G", "arn:aws:iam::*:root"], "Services": "s3.amazonaws.com"},
            "Action": "s3:*", "Resource": "*"}}"#,
        expected: &[
            ("unknown-element", "\"Services\""),
            ("invalid-principal", "\"arn:aws:iam::111122223333:group/G\""),
            ("wildcard-in-principal", "\"arn:aws:iam::*:root\""),
        ],
    },
    Broken {
        claim: "a name, an account of eleven digits, a role session without its name are no principals; ids are",
        kind: PolicyType::ResourceBased,
        text: r#"{"Statement": {"Effect": "Allow", "Principal": {"AWS":
            ["alice", "11112222333", "arn:aws:iam::111122223333:usr/alice", "arn:aws:sts::111122223333:assumed-role/R",
            "*", "111122223333", "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/x/R",
            "arn:aws:sts::111122223333:assumed-role/R/s", "arn:aws:sts::111122223333:federated-user/f", "AIDAEXAMPLE",
            "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"]},
            "Action": "s3:*", "Resource": "*"}}"#,
        expected: &[
            ("no-principal", "\"alice\""),
            ("no-principal", "\"11112222333\""),
            ("no-principal", "\"arn:aws:iam::111122223333:usr/alice\""),
            ("no-principal", "\"arn:aws:sts::111122223333:assumed-role/R\""),
        ],
    },
    Broken {
        claim: "a bare principal other than the star is refused with the form that it should have",
        kind: PolicyType::Trust,
        text: r#"{"Statement": {"Effect": "Allow", "Principal": "111122223333", "Action": "sts:AssumeRole", "Resource": "*"}}"#,
        expected: &[("invalid-principal", "\"111122223333\""), ("forbidden-element", "\"Resource\"")],
    },
    Broken {
        claim: "a resource control policy is held to all of its rules at once",
        kind: PolicyType::ResourceControl,
        text: r#"{"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*"}}"#,
        expected: &[
            ("not-in-rcp", "\"Allow\""),
            ("not-in-rcp", "\"Principal\""),
            ("not-in-rcp", "\"*\""),
            ("missing-element", "{"),
        ],
    },
];

#[test]
fn every_mistake_is_reported_once_with_the_text_that_is_to_blame() {
    let mut wrong = String::new();
    for broken in BROKEN {
        let found = mistakes(broken);
        let expected: Vec<_> =
            broken.expected.iter().map(|(code, text)| (*code, (*text).to_owned())).collect();
        if found != expected {
            wrong += &format!("{}:\n  expected {expected:?}\n  found    {found:?}\n", broken.claim);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_keep_the_law_of_messages() {
    for broken in BROKEN {
        for diagnostic in parse_policy(&Source::new("p.json", broken.text), broken.kind).diagnostics {
            let message = &diagnostic.message;
            assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
            // A name such as `IAM` may begin one.
            let first: Vec<char> = message.chars().take(2).collect();
            assert!(!first[0].is_uppercase() || first[1].is_uppercase(), "{message}");
        }
    }
}

fn mistakes(broken: &Broken) -> Vec<(&'static str, String)> {
    let parsed = parse_policy(&Source::new("p.json", broken.text), broken.kind);
    let underlined = |d: &iamwhy::source::Diagnostic| d.labels[0].place.text().to_owned();
    parsed.diagnostics.iter().map(|d| (d.code, underlined(d))).collect()
}
