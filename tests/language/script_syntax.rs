//! The syntax of the script language: the rules that remove its ambiguities, and what its errors underline.

use std::sync::Arc;

use iamwhy::source::{Diagnostic, Source, Span};
use iamwhy::syntax::script::{
    Clause, ContextAt, Expected, JsonAt, PairValue, SlotKind, Usage, Words, expected_at, parse_statement,
    split_statements, split_within, unfinished,
};

use crate::grammar::table;

/// Runs a test on the words of a statement that must be right.
fn with_words<T>(text: &str, test: impl FnOnce(&Words<'_>) -> T) -> T {
    let source = Source::new("<test>", text);
    let table = table::table();
    let statements = split_statements(&source);
    assert_eq!(statements.len(), 1, "{text}: {statements:?}");
    match parse_statement(&source, statements[0].span, &table) {
        Ok(words) => test(&words),
        Err(wrong) => panic!("{text}: {}", show(&wrong)),
    }
}

/// What a statement is made of, as text: the usage, and what stands in its slots.
fn said(text: &str, label: &str) -> Vec<String> {
    with_words(text, |words| words.all(label).map(|word| word.text.to_string()).collect())
}

fn error(text: &str) -> Diagnostic {
    let source = Source::new("<test>", text);
    let statements = split_statements(&source);
    let table = table::table();
    let mut wrong = statements.iter().filter_map(|one| parse_statement(&source, one.span, &table).err());
    wrong.next().unwrap_or_else(|| panic!("accepted: {text}"))
}

fn show(wrong: &Diagnostic) -> String {
    format!("{}: {} | {:?} | {:?}", wrong.code, wrong.message, wrong.labels, wrong.help)
}

/// Holds the first error of a script to its code, its message and the text that it underlines.
fn assert_error(text: &str, code: &str, message: &str, underlined: &str) {
    let wrong = error(text);
    assert_eq!((wrong.code, &*wrong.message), (code, message), "{text}");
    assert_eq!(
        wrong.labels.first().map(|label| label.place.text()),
        Some(underlined),
        "{text}: {}",
        show(&wrong)
    );
}

fn texts(source: &Arc<Source>) -> Vec<&str> {
    split_statements(source).iter().map(|one| source.slice(one.span)).collect()
}

#[test]
fn a_brace_opens_json_if_a_quote_or_a_closer_follows_and_otherwise_a_block() {
    with_words("policy P { \"Version\": \"2012-10-17\" }", |words| {
        assert!(matches!(words.document("DOCUMENT"), Some(JsonAt::Json(span)) if span.len() == 27));
    });
    let source = Source::new("<test>", "what-if {\n detach P from user bob # why {\n\n  delete user bob\n}");
    let table = table::table();
    let words = parse_statement(&source, split_statements(&source)[0].span, &table).unwrap();
    let inside = split_within(&source, words.block("BLOCK").unwrap());
    let inside: Vec<&str> = inside.iter().map(|one| source.slice(one.span)).collect();
    assert_eq!(inside, ["detach P from user bob", "delete user bob"]);
    assert_error(
        "policy P { user bob }", "expected-word", "expected DOCUMENT, found `{ user bob }`", "{ user bob }",
    );
}

#[test]
fn of_two_words_that_look_like_actions_the_first_is_the_principal() {
    let both = "can Deploy:ci-1 s3:GetObject";
    assert_eq!(
        (said(both, "PRINCIPAL"), said(both, "ACTION")),
        (vec!["Deploy:ci-1".into()], vec!["s3:GetObject".into()])
    );
    let one = "can s3:GetObject arn:aws:s3:::b/k";
    assert_eq!((said(one, "PRINCIPAL").len(), said(one, "ACTION")), (0, vec!["s3:GetObject".into()]));
    assert_eq!(said(one, "RESOURCE"), ["arn:aws:s3:::b/k"]);
    let two_actions = "can s3:GetObject s3:PutObject on *";
    assert_eq!(said(two_actions, "PRINCIPAL"), ["s3:GetObject"]);
    assert_eq!(
        said("can arn:aws:iam::111122223333:user/bob s3:GetObject arn:aws:s3:::b", "PRINCIPAL").len(),
        1
    );
}

#[test]
fn brackets_quotes_and_the_hash_are_special_only_at_the_start_of_a_word() {
    let odd = "can s3:GetObject on arn:aws:s3:::b/a#b{1}'\"[x]=\"y # a comment";
    assert_eq!(said(odd, "RESOURCE"), ["arn:aws:s3:::b/a#b{1}'\"[x]=\"y"]);
    assert_eq!(
        said("can s3:GetObject on \"arn:aws:s3:::b/a \\u0041\\n\"", "RESOURCE"),
        ["arn:aws:s3:::b/a A\n"]
    );
    assert_eq!(said("can s3:GetObject on 'arn:aws:s3:::b/a \\n'", "RESOURCE"), ["arn:aws:s3:::b/a \\n"]);
    assert_eq!(said("user a,b=c.d@e+f_g-h", "NAME"), ["a,b=c.d@e+f_g-h"]);
}

#[test]
fn a_quoted_word_is_never_a_keyword_and_keywords_count_only_where_the_usage_has_them() {
    assert_eq!(said("user on", "NAME"), ["on"]);
    assert_eq!(said("expect allowed allowed s3:GetObject", "PRINCIPAL"), ["allowed"]);
    assert_eq!(said("expect allowed s3:GetObject", "PRINCIPAL").len(), 0);
    assert_eq!(said("user user path path", "WORD"), ["path"]);
    assert_error("user bob \"path\" /dev/", "unexpected-word", "unexpected `\"path\"`", "\"path\"");
    with_words("root owner@acme.example mfa", |words| assert!(words.has("mfa") && !words.has("root2")));
}

#[test]
fn a_principal_is_an_account_a_kind_and_a_name() {
    for right in [
        "root", "alice", "user/alice", "acme/alice", "444455556666/role/Deploy:ci-1",
        "service:s3.amazonaws.com", "anonymous", "federated/accounts.google.com",
    ] {
        assert_eq!(said(&format!("can {right} s3:GetObject"), "PRINCIPAL"), [right]);
    }
    assert_eq!(error("can a/b/alice s3:GetObject").labels[0].place.text(), "a/b/alice");
}

#[test]
fn pairs_hold_lists_null_and_quoted_text_and_the_first_equals_sign_divides() {
    let text = "can s3:GetObject with a=[x, \"y z\",w] b=[] c=[one] d=null e=\"a b\" \"key with space\"=x f=g=h i=\"null\"";
    with_words(text, |words| {
        let Some(Clause::With(ContextAt::Pairs(pairs))) = words.clauses("CLAUSE").next() else {
            panic!("no pairs")
        };
        let shown: Vec<String> = pairs
            .iter()
            .map(|pair| {
                let values: Vec<&str> = pair.value.words().iter().map(|word| &*word.text).collect();
                let form = match &pair.value {
                    PairValue::Null(_) => "null",
                    PairValue::One(_) => "",
                    PairValue::List(..) => "list ",
                };
                format!("{}: {form}{}", pair.key.text, values.join("|"))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a: list x|y z|w", "b: list ", "c: list one", "d: null", "e: a b", "key with space: x",
                "f: g=h", "i: null"
            ]
        );
        assert_eq!(&text[pairs[0].value.words()[1].span.start as usize..][..5], "\"y z\"");
        assert_eq!(
            &text[pairs[5].key.span.start as usize..pairs[5].key.span.end as usize],
            "\"key with space\""
        );
    });
    with_words("why bob s3:GetObject with from \"c.json\" without scp as-of 2026-01-31", |words| {
        let clauses: Vec<_> = words.clauses("CLAUSE").collect();
        assert!(matches!(clauses[0], Clause::With(ContextAt::From(path)) if path.text == "c.json"));
        assert!(matches!(clauses[1], Clause::Without(layer) if layer.text == "scp"));
        assert!(matches!(clauses[2], Clause::AsOf(date) if date.text == "2026-01-31"));
    });
    with_words("can s3:GetObject with from ../c.json", |words| {
        let clauses: Vec<_> = words.clauses("CLAUSE").collect();
        assert!(matches!(clauses[0], Clause::With(ContextAt::From(path)) if path.text == "../c.json"));
    });
    with_words("can s3:GetObject with {\"a\": 1}", |words| {
        assert!(matches!(words.clauses("CLAUSE").next(), Some(Clause::With(ContextAt::Json(_)))));
    });
}

#[test]
fn a_statement_goes_on_in_brackets_in_quotes_and_after_a_backslash() {
    let text = "\u{feff}user a \\\n  path /x/\r\n\r\n# nothing\npolicy P {\n \"a\": [\n]}\nwhy \"two\nlines\"\ntag user a k=[x,\n y]\nwhoami";
    let source = Source::new("<test>", text);
    let expected = [
        "user a \\\n  path /x/", "policy P {\n \"a\": [\n]}", "why \"two\nlines\"", "tag user a k=[x,\n y]",
        "whoami",
    ];
    assert_eq!(texts(&source), expected);
    let table = table::table();
    assert!(split_statements(&source).iter().all(|one| parse_statement(&source, one.span, &table).is_ok()));
}

#[test]
fn only_a_text_that_ran_out_is_unfinished() {
    let open = |text: &str| {
        unfinished(&Source::new("<test>", text)).map(|it| text[it.opening.start as usize..].to_string())
    };
    for (text, opening) in [
        ("policy P {\n\"a\": [", "["),
        ("what-if {\nuser bob\n", "{\nuser bob\n"),
        ("user 'al", "'al"),
        ("user bob \\", "\\"),
        ("tag user a k=[x,", "[x,"),
        ("policy P {", "{"),
        ("aws iam 'x", "'x"),
        ("policy P {\"a", "\"a"),
    ] {
        assert_eq!(open(text).as_deref(), Some(opening), "{text}");
    }
    for text in [
        "policy P {\"a\": [}", "user bob", "", "user }", "user bob \\\n", "user \"a\"b",
        "policy P {\"a: 1}\n}",
    ] {
        assert_eq!(open(text), None, "{text}");
    }
}

#[test]
fn a_broken_statement_leaves_the_next_ones_alone() {
    let lines = |text: &str| {
        split_statements(&Source::new("<test>", text))
            .iter()
            .map(|one| text[one.span.start as usize..one.span.end as usize].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(lines("policy P {\n  \"a\": [1}\n}\nuser bob"), ["policy P {\n  \"a\": [1}\n}", "user bob"]);
    assert_eq!(
        lines("policy P {\n  \"a\": [1\n\nuser bob\nuser eve"),
        ["policy P {\n  \"a\": [1", "user bob", "user eve"]
    );
    assert_eq!(lines("user 'al\nuser bob"), ["user 'al", "user bob"]);
    assert_eq!(lines("user 'al\nuser 'bob'\nuser eve"), ["user 'al", "user 'bob'", "user eve"]);
    assert_error("user 'al\nuser bob", "unclosed-quote", "this ' is never closed", "'");
}

#[test]
fn errors_underline_the_word_that_is_to_blame() {
    assert_error("usr alice", "unknown-command", "unknown command `usr`", "usr");
    assert_eq!(error("usr alice").help.as_deref(), Some("did you mean `user`?"));
    assert_error("user", "missing-word", "expected NAME after `user`", "user");
    assert_error("user alice pth /x/", "unexpected-word", "unexpected `pth`", "pth");
    let help = error("user alice pth /x/").help.unwrap();
    assert_eq!(
        help,
        "did you mean `path`? usage: `user NAME [path WORD] [tags PAIR...]`, for example `user bob path /dev/ tags team=core`"
    );
    assert_error("user alice path", "missing-word", "expected WORD after `path`", "path");
    assert_error("user alice tags team", "expected-word", "expected PAIR, found `team`", "team");
    assert_error("role R trust", "missing-word", "expected DOCUMENT after `trust`", "trust");
    assert_error("role R trust from {}", "expected-word", "expected FILE, found `{}`", "{}");
    assert_error("attach P to usr bob", "expected-word", "expected TARGET, found `usr`", "usr");
    assert_error("account 1234", "expected-word", "expected ACCOUNT-ID, found `1234`", "1234");
    assert_error("can alice", "missing-word", "expected ACTION after `alice`", "alice");
    assert_error("can alice GetObject", "expected-word", "expected ACTION, found `GetObject`", "GetObject");
    assert_error("can s3:GetObject with", "missing-word", "expected CONTEXT after `with`", "with");
    assert_error("whoami now", "unexpected-word", "unexpected `now`", "now");
}

#[test]
fn a_clause_that_stands_too_late_is_told_before_what_it_goes() {
    let wrong = error("user alice tags team=core path /dev/");
    let help = wrong.help.as_deref().unwrap_or_default();
    assert!(help.starts_with("`path` goes before `tags`; "), "{}", show(&wrong));
    let wrong = error("user alice path /dev/ path /x/");
    assert!(!wrong.help.as_deref().unwrap_or_default().contains("goes before"), "{}", show(&wrong));
}

#[test]
fn json_in_single_quotes_is_told_from_a_block() {
    let message = "a name in JSON stands in double quotes, and this is 'Version'";
    for text in ["policy P { 'Version': '2012-10-17' }", "policy P {\n  'Version': '2012-10-17',\n}"] {
        assert_error(text, "misquoted-name", message, "'Version'");
    }
    with_words("expect table {\n 'alice' allowed s3:GetObject\n}", |words| assert!(words.has("table")));
}

#[test]
fn a_command_in_two_words_is_recognised() {
    let table =
        ["sign-in NAME at ACCOUNT", "set WORD WORD"].map(|usage| Usage::parse(usage).expect("a usage"));
    let source = Source::new("<test>", "sign in alice at acme");
    let error = parse_statement(&source, Span::new(0, 21), &table).expect_err("no such command");
    assert_eq!(error.help.as_deref(), Some("did you mean `sign-in`?"));
    assert_eq!(error.labels[0].place.text(), "sign in");
}

#[test]
fn odd_text_is_an_error_with_a_place() {
    assert_error("user al\0ice", "odd-character", "unexpected character U+0000", "\0");
    assert_error("user al\u{a0}ice", "odd-character", "unexpected character U+00A0", "\u{a0}");
    assert_error("user \"a\\q\"", "bad-escape", "`\\q` is no escape", "\\q");
    assert_error("user \"a\"b", "missing-space", "expected white space before `b`", "b");
    assert_error("user a\\ b", "stray-backslash", "a word cannot end with `\\`", "\\");
    assert_error("user }", "stray-closer", "`}` closes nothing", "}");
    assert_error("user [a]", "stray-list", "a list stands only after `KEY=`", "[");
    assert_error("policy P {\"a\": [1}", "wrong-closer", "`}` closes what another bracket opened", "}");
    assert_error("policy P {\"a\": [1", "unclosed-bracket", "this `[` is never closed", "[");
    assert_error("policy P {\"a: 1}\n}", "unclosed-string", "this string is not closed on its line", "\"");
    assert_error("what-if {\nuser bob", "unclosed-block", "this `{` is never closed", "{");
    assert_error("tag user a k=[b c]", "bad-list", "expected items with commas between them", "c");
}

#[test]
fn hostile_texts_end_in_an_error_and_not_in_a_crash() {
    assert_eq!(error(&format!("policy P {{\"a\":{}", "[".repeat(100_000))).code, "too-deep");
    assert_eq!(error(&format!("what-if {}", "{ ".repeat(100_000))).code, "too-deep");
    assert_eq!(error(&"{ \"a\n".repeat(20_000)).code, "unclosed-string");
    assert_eq!(error(&"{ \"a\": [\nx".repeat(20_000)).code, "too-deep");
    assert_eq!(error(&"policy P {\"a\": 1\n".repeat(20_000)).code, "too-deep");
    assert_eq!(error(&"x ".repeat(75_000)).code, "unknown-command");
    let pairs = format!("user bob tags {}", "key=value ".repeat(15_000));
    with_words(&pairs, |words| assert_eq!(words.pairs("PAIR").count(), 15_000));
    let long = "x".repeat(150_000);
    assert_eq!(said(&format!("user {long}"), "NAME"), [long]);
}

#[test]
fn every_prefix_and_every_single_character_change_ends_in_a_value_or_an_error() {
    let script = "policy P { \"a\": \"\\u00e9\" }\nuser \"é x\" tags a=[b,'c'] \\\n d=\"\\ud83d\\ude00\"\nwhat-if {\n aws x 'y' \\z\n}\r\n";
    let table = table::table();
    let read = |text: &str| {
        let source = Source::new("<test>", text);
        for one in split_statements(&source) {
            let _ = parse_statement(&source, one.span, &table);
        }
        expected_at(text, &table);
    };
    for (at, c) in script.char_indices() {
        read(&script[..at]);
        for new in ["", "\0", "\"", "'", "{", "}", "[", "]", "\\", "=", "\n", "\r", "#", "\u{feff}"] {
            read(&format!("{}{new}{}", &script[..at], &script[at + c.len_utf8()..]));
        }
    }
}

#[test]
fn the_rest_of_an_aws_line_is_left_to_the_shell_words() {
    let line = "aws iam create-user --tags Key=a,Value='x y' --q \"a # b\"c \\\n --z {} # comment";
    assert_eq!(said(line, "AWS"), ["iam create-user --tags Key=a,Value='x y' --q \"a # b\"c \\\n --z {}"]);
}

#[test]
fn completion_knows_what_could_stand_at_the_cursor() {
    let table = table::table();
    let at = |text: &str| expected_at(text, &table);
    assert_eq!(at("user al").expected, [Expected::Slot { kind: SlotKind::Name, label: "NAME" }]);
    assert_eq!(at("user al").start, 5);
    assert_eq!(
        at("user al ").expected,
        [Expected::Keyword("path"), Expected::Keyword("tags"), Expected::End]
    );
    assert!(at("").expected.contains(&Expected::Keyword("who-can")));
    assert!(at("whoami\nattach P to ").expected.contains(&Expected::Keyword("organization-root")));
    assert_eq!(at("load 'x").expected, [Expected::Slot { kind: SlotKind::File, label: "FILE" }]);
    assert_eq!(at("load 'x").start, 5);
    assert_eq!(at("nonsense foo ").expected, []);
}

#[test]
fn reasons_targets_and_entities_are_structured() {
    with_words("expect bob denied s3:Get* because scp NoDelete statement 2", |words| {
        let reason = words.reason("REASON").unwrap();
        let part =
            |word: &Option<iamwhy::syntax::script::Word<'_>>| word.as_ref().map(|word| word.text.to_string());
        assert_eq!(
            (&*reason.word.text, part(&reason.policy), part(&reason.statement)),
            ("scp", Some("NoDelete".into()), Some("2".into()))
        );
        assert_eq!(words.get("VERDICT").unwrap().text, "denied");
    });
    with_words("attach P to organization-root", |words| {
        assert_eq!(words.target("TARGET").unwrap().name, None)
    });
    with_words("boundary P on role R", |words| assert_eq!(words.entity("ENTITY").unwrap().name.text, "R"));
    with_words("assume Deploy as ci mfa tags a=b policy from 'x'", |words| {
        assert!(words.has("mfa") && words.pairs("PAIR").count() == 1 && words.document("DOCUMENT").is_some());
    });
}

#[test]
fn a_usage_that_cannot_be_read_is_an_error_and_so_is_no_statement_at_all() {
    for usage in ["user [NAME", "user NAME)", "user FOO", "", "...", "a | | b"] {
        assert_eq!(
            Usage::parse(usage).map(|usage| usage.to_ebnf()).map_err(|wrong| wrong.code),
            Err("bad-usage")
        );
    }
    let empty = parse_statement(&Source::new("<test>", ""), Span::default(), &[]).map(|words| words.row());
    assert_eq!(empty.unwrap_err().code, "empty-statement");
}
