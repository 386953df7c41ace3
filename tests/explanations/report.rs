//! What people see.

use crate::stories::{ACME, Story, entity, id};
use iamwhy::report::{Extent, Format, Style, diagnostics, explained, explanation, table, verdict};
use iamwhy::source::{Diagnostic, Place, Source, Span};

const TEXT: Style = Style { format: Format::Text, colour: false, width: 80 };
const PLAIN: Style = Style { format: Format::Plain, ..TEXT };
const JSON: Style = Style { format: Format::Json, ..TEXT };

fn label(text: &str, marked: &str) -> Diagnostic {
    let start = text.find(marked).expect("the marked text") as u32;
    let source = Source::new("policy.json", text);
    let place = Place::new(&source, Span::new(start, start + marked.len() as u32));
    Diagnostic::error("bad-thing", "a thing is bad").at(place, "this one").help("make it better")
}

/// What stands above the drawn underline.
fn above_underline(drawn: &str) -> String {
    let lines: Vec<&str> = drawn.lines().collect();
    let at = lines.iter().position(|line| line.contains('┬')).expect("an underline");
    let columns = |line: &str| -> Vec<char> {
        // A wide character takes two columns.
        line.chars()
            .flat_map(|c| if ('\u{4e00}'..'\u{9fff}').contains(&c) { vec![c, '\0'] } else { vec![c] })
            .collect()
    };
    let (text, under) = (columns(lines[at - 1]), columns(lines[at]));
    let marked = under.iter().enumerate().filter(|(_, c)| matches!(c, '─' | '┬'));
    marked.filter_map(|(i, _)| text.get(i)).filter(|c| **c != '\0').collect()
}

#[test]
fn a_diagnostic_is_drawn_with_its_place_label_and_help() {
    let drawn = diagnostics(&[label("{\n  \"Effect\": \"Permit\"\n}", "\"Permit\"")], &TEXT);
    assert!(drawn.contains("× a thing is bad"), "{drawn}");
    assert!(drawn.contains("policy.json:2:13"), "{drawn}");
    assert!(drawn.contains("help: make it better"), "{drawn}");
    assert_eq!(above_underline(&drawn), "\"Permit\"", "{drawn}");
}

#[test]
fn a_label_at_column_100_000_is_drawn_in_a_window() {
    let text = format!("{}\"Permit\"{}", "x".repeat(99_999), "y".repeat(50_000));
    let drawn = diagnostics(&[label(&text, "\"Permit\"")], &TEXT);
    assert!(drawn.contains("policy.json:1:100000"), "{drawn}");
    assert_eq!(above_underline(&drawn), "\"Permit\"", "{drawn}");
    assert!(drawn.lines().all(|line| line.chars().count() <= 90), "{drawn}");
    assert!(drawn.contains("…x") && drawn.contains("y…"), "{drawn}");
}

#[test]
fn a_label_over_a_whole_line_of_150_kilobytes_is_cut() {
    let text = format!("{{{}}}", "a".repeat(150_000));
    for style in [TEXT, PLAIN] {
        let drawn = diagnostics(&[label(&text, &text)], &style);
        assert!(drawn.len() < 2_000, "{drawn}");
        assert!(drawn.contains("{aaa") && drawn.contains('…'), "{drawn}");
    }
}

#[test]
fn labels_far_apart_on_one_line_share_a_row() {
    let text = format!("\"first\"{}\"second\"{}", " ".repeat(70_000), " ".repeat(70_000));
    let source = Source::new("one-line.json", text.as_str());
    let place = |marked: &str| {
        let start = text.find(marked).expect("there") as u32;
        Place::new(&source, Span::new(start, start + marked.len() as u32))
    };
    let both = Diagnostic::error("x", "both").at(place("\"first\""), "one").at(place("\"second\""), "two");
    let drawn = diagnostics(&[both], &TEXT);
    let row = drawn.lines().find(|line| line.contains("\"first\"")).expect("a row");
    assert!(row.contains('…') && row.contains("\"second\""), "{drawn}");
}

#[test]
fn one_text_is_one_picture_with_the_lines_between_left_out() {
    let text: String = (1..=120).map(|i| format!("line {i}\n")).collect();
    let source = Source::new("long.json", text.as_str());
    let place = |marked: &str| {
        let start = text.find(marked).expect("there") as u32;
        Place::new(&source, Span::new(start, start + marked.len() as u32))
    };
    let three = Diagnostic::error("x", "three")
        .at(place("line 9\n"), "early")
        .at(place("line 11\n"), "soon after")
        .at(place("line 117"), "late");
    let drawn = diagnostics(&[three], &TEXT);
    assert_eq!(drawn.matches('╭').count(), 1, "{drawn}");
    for row in ["   9 │ line 9", "  10 │ line 10", "  11 │ line 11", "   ⋮ │", " 117 │ line 117"]
    {
        assert!(drawn.contains(row), "{row}\n{drawn}");
    }
    assert!(!drawn.contains("line 60"), "{drawn}");
}

#[test]
fn labels_in_several_texts_are_drawn_under_one_title() {
    let (a, b) = (Source::new("a.json", "alpha"), Source::new("b.json", "beta"));
    let both = Diagnostic::warning("x", "they differ")
        .at(Place::new(&a, Span::new(0, 5)), "here")
        .at(Place::new(&b, Span::new(0, 4)), "and here");
    let drawn = diagnostics(&[both], &TEXT);
    assert_eq!(drawn.matches("they differ").count(), 1, "{drawn}");
    assert!(drawn.contains("a.json:1:1") && drawn.contains("b.json:1:1"), "{drawn}");
}

#[test]
fn tabs_and_wide_characters_do_not_misplace_the_underline() {
    let drawn = diagnostics(&[label("\t\t\"名前\": \"Permit\",", "\"Permit\"")], &TEXT);
    assert_eq!(above_underline(&drawn), "\"Permit\"", "{drawn}");
    let drawn = diagnostics(&[label("\t\"名前\": 1", "\"名前\"")], &TEXT);
    assert_eq!(above_underline(&drawn), "\"名前\"", "{drawn}");
}

#[test]
fn a_label_at_the_end_of_the_text_is_drawn() {
    for text in ["", "{", "{\n", "{\r\n\r\n"] {
        let source = Source::new("cut.json", text);
        let end = text.len() as u32;
        let cut =
            Diagnostic::error("x", "the text ends").at(Place::new(&source, Span::new(end, end)), "here");
        for style in [TEXT, PLAIN, JSON] {
            assert!(diagnostics(std::slice::from_ref(&cut), &style).contains("the text ends"));
        }
    }
}

#[test]
fn a_place_outside_the_text_is_survived() {
    let source = Source::new("short.json", "é");
    let out = Diagnostic::error("x", "odd").at(Place::new(&source, Span::new(1, 900)), "here");
    assert!(diagnostics(&[out], &TEXT).contains("odd"));
}

#[test]
fn the_first_line_of_every_answer_is_the_bare_verdict() {
    let story = Story::new();
    for (who, action, word) in [
        ("alice", "s3:GetObject", "allowed"),
        ("bob", "s3:GetObject", "denied"),
        ("alice", "account:CloseAccount", "denied"),
    ] {
        let why = story.why(who, action, "");
        for style in [TEXT, PLAIN] {
            assert_eq!(verdict(&why, &style).lines().next(), Some(word));
            assert_eq!(explanation(&why, &style).lines().next(), Some(word));
        }
    }
}

#[test]
fn plain_has_neither_colour_nor_drawing() {
    let plain = Style { colour: true, ..PLAIN };
    let why = Story::new().why("alice", "account:CloseAccount", "");
    let text = explained(&why, Extent::Full, &plain);
    assert!(!text.contains('\x1b') && !text.contains(['│', '╭', '·', '─']), "{text}");
    let place = "arn:aws:iam::aws:policy/AdministratorAccess:6:17: this would have allowed it: `\"*\"`";
    assert!(text.contains(place), "{text}");
}

#[test]
fn colour_changes_nothing_but_colour() {
    let colour = Style { colour: true, ..TEXT };
    let why = Story::new().why("carol", "s3:GetObject", "arn:aws:s3:::reports/q1.csv");
    let coloured = explanation(&why, &colour);
    assert!(coloured.contains('\x1b'));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        stripped.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    stripped.push_str(rest);
    assert_eq!(stripped, explanation(&why, &TEXT));
}

#[test]
fn json_is_the_answer_and_for_why_the_explanation_too() {
    let mut story = Story::new();
    story.grant(
        "bob",
        "Read",
        r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports"}"#,
    );
    let why = story.why("bob", "s3:GetObject", "arn:aws:s3:::reports/q1.csv");
    let answer: serde_json::Value = serde_json::from_str(&verdict(&why, &JSON)).expect("JSON");
    assert_eq!(answer["decision"], "implicitDeny");
    assert!(answer.get("explanation").is_none());
    let answer: serde_json::Value = serde_json::from_str(&explanation(&why, &JSON)).expect("JSON");
    let miss = &answer["explanation"]["near_misses"][0];
    assert_eq!(miss["text"], "\"arn:aws:s3:::reports\"");
    assert_eq!((&miss["element"], &miss["mismatch"]), (&"Resource".into(), &"resource".into()));
    assert_eq!(miss["hint"]["code"], "bucket-for-object");
    let line = diagnostics(&[label("Permit", "Permit")], &JSON);
    let diagnostic: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(
        (&diagnostic["labels"][0]["line"], &diagnostic["help"]),
        (&1.into(), &"make it better".into())
    );
}

#[test]
fn tables_align_by_columns_and_wrap_the_last() {
    let rows = vec![
        vec!["a".to_owned(), "one".to_owned()],
        vec!["名前".to_owned(), "word ".repeat(20).trim().to_owned()],
    ];
    let text = table(&["name", "what"], &rows, &Style { width: 40, ..TEXT });
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(&lines[..2], ["name  what", "a     one"]);
    assert!(lines[2].starts_with("名前  word"), "{text}");
    assert!(
        lines[3].starts_with("      word") && lines.iter().all(|line| line.chars().count() <= 40),
        "{text}"
    );
    let json = table(&["name", "what"], &rows[..1], &JSON);
    assert_eq!(json, "{\"name\":\"a\",\"what\":\"one\"}\n");
}

#[test]
fn every_column_of_a_table_that_is_too_wide_wraps_between_words() {
    let words =
        |text: &str| vec![format!("one {text}"), "word ".repeat(12).trim().to_owned(), "word ".repeat(9)];
    let text = table(&["name", "first", "second"], &[words("a"), words("b")], &Style { width: 50, ..TEXT });
    assert!(text.starts_with("name "), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 50), "{text}");
    assert_eq!(text.matches("word").count(), 42, "no word is broken: {text}");
}

#[test]
fn a_row_of_a_table_without_room_for_its_columns_is_a_block_of_lines() {
    let row =
        |name: &str, group: &str| vec![name.to_owned(), group.to_owned(), "AdministratorAccess".to_owned()];
    let rows = [row("somebody-with-a-long-name", "developers"), row("alice", "-")];
    let text = table(&["user", "groups", "policies"], &rows, &Style { width: 40, ..TEXT });
    let expected = "somebody-with-a-long-name\n  groups    developers\n  policies  AdministratorAccess\n\
                    alice\n  policies  AdministratorAccess\n";
    assert_eq!(text, expected);
    let layer = ["  permissions-boundary", "not involved", "none is set here"].map(str::to_owned).to_vec();
    let text = table(&[], &[layer], &Style { width: 40, ..TEXT });
    assert_eq!(text, "  permissions-boundary  not involved\n      none is set here\n");
}

#[test]
fn labels_and_suggested_json_end_before_the_screen_does() {
    let mut story = Story::new();
    story.grant(
        "bob",
        "NoDelete",
        r#"{ "Sid": "NoDelete", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" }"#,
    );
    let why = story.why("bob", "s3:DeleteObject", "arn:aws:s3:::reports/q1.csv");
    for width in [60, 80, 100] {
        let text = explanation(&why, &Style { width, ..TEXT });
        let words = text.split(['\n', '│', '·', '┤', ' ']).filter(|word| !word.is_empty());
        assert!(
            words.collect::<Vec<_>>().join(" ").contains("covers s3:DeleteObject"),
            "at {width}:\n{text}"
        );
        // AWS's message stays in one line, and an ARN in one piece, with what it is marked by.
        let whole = |line: &&str| line.contains("arn:") || line.trim().starts_with('+');
        let long = text.lines().filter(|line| !whole(line)).find(|line| line.chars().count() > width);
        assert_eq!(long, None, "at {width}:\n{text}");
    }
}

#[test]
fn what_could_not_be_consulted_is_said_after_the_verdict() {
    let mut story = Story::new();
    let lost = iamwhy::world::PolicyVersion { id: "v1".into(), document: iamwhy::world::Document::Missing };
    story.does(iamwhy::world::Change::ImportPolicy {
        account: id(ACME),
        name: "Lost".into(),
        path: "/".into(),
        versions: vec![lost],
        default: 0,
    });
    story.attach("Lost", entity("alice"));
    let why = story.why("alice", "s3:GetObject", "arn:aws:s3:::reports/q1.csv");
    let text = verdict(&why, &TEXT);
    let third = text.lines().nth(2);
    assert_eq!(third, Some("warning: Lost could not be consulted, and it could deny this"));
}

#[test]
fn keys_that_nobody_gave_are_listed() {
    let mut story = Story::new();
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#;
    story.grant("bob", "Ip", statement);
    let why = story.why("bob", "s3:GetObject", "arn:aws:s3:::reports/q1.csv");
    assert!(verdict(&why, &TEXT).contains("\nhangs on: aws:SourceIp (nobody gave it)\n"));
}

mod laws {
    use super::{PLAIN, TEXT};
    use iamwhy::report::diagnostics;
    use iamwhy::source::{Diagnostic, Place, Source, Span};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// Whatever the text, the places and the width, there is a drawing with the title and every label.
        #[test]
        fn any_text_with_any_places_is_drawn(
            text in "([a-z\" \t\r\n{}é名́\u{1f600}\u{7}]|[0-9]{30,60}){0,60}",
            spans in prop::collection::vec((0_u32..900, 0_u32..200), 1..5),
            width in 0_usize..120,
        ) {
            let source = Source::new("any.json", text.as_str());
            let mut found = Diagnostic::error("any", "the title");
            for (start, length) in spans {
                found = found.at(Place::new(&source, Span::new(start, start + length)), "said");
            }
            for style in [TEXT, PLAIN] {
                let drawn = diagnostics(std::slice::from_ref(&found), &iamwhy::report::Style { width, ..style });
                prop_assert!(drawn.contains("the title") && drawn.contains("said"), "{}", drawn);
                prop_assert!(drawn.contains("any.json:"), "{}", drawn);
            }
        }
    }
}
