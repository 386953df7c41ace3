//! The page: whole, closed to the outside, and showing what decided.

use crate::stories::{ACME, OTHER, Story};
use iamwhy::explain::Explanation;
use iamwhy::report::html;

const OBJECT: &str = "arn:aws:s3:::reports/q1.csv";

fn pages() -> Vec<(Explanation, String)> {
    let mut story = Story::new();
    story.resource("arn:aws:s3:::reports", ACME, Some(r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/carol"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}"#));
    story.grant("bob", "NoReading", "[{\"Effect\": \"Deny\",\n \"Action\": \"s3:Get*\", \"Resource\": \"*\"}, {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]");
    story.scp("OnlyS3", r#"{"Effect": "Deny", "NotAction": ["s3:*", "account:*"], "Resource": "*"}"#);
    let asked = [
        ("alice", "s3:GetObject", OBJECT),
        ("bob", "s3:GetObject", OBJECT),
        ("carol", "s3:PutObject", OBJECT),
        ("alice", "account:CloseAccount", ""),
        ("root", "ec2:RunInstances", ""),
        ("Deploy/ci", "s3:ListAllMyBuckets", ""),
        ("anonymous", "s3:GetObject", OBJECT),
        ("alice", "s3:GetObject", "arn:aws:s3:::reports/</text><script>alert('1')</script>&\"x"),
        ("alice", "sts:GetCallerIdentity", ""),
    ];
    let explained = asked.into_iter().map(|(who, action, resource)| story.why(who, action, resource));
    explained
        .map(|explanation| {
            let page = html(&explanation);
            (explanation, page)
        })
        .collect()
}

/// Every element that is opened is closed, in order, and every `<` opens or closes one.
fn check_nesting(page: &str) {
    const EMPTY: [&str; 6] = ["meta", "br", "rect", "path", "!DOCTYPE", "!doctype"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => {
                let name = tag.split([' ', '/']).next().unwrap();
                assert!(name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'), "<{tag}>");
                if !EMPTY.contains(&name) && !tag.ends_with('/') {
                    open.push(name);
                }
            }
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

/// The texts that are marked, as a reader sees them.
fn marked(page: &str) -> Vec<String> {
    let marks = page.split("<mark").skip(1).filter_map(|mark| mark.split_once('>')?.1.split_once("</mark>"));
    marks.map(|(text, _)| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")).collect()
}

#[test]
fn every_element_is_closed() {
    pages().iter().for_each(|(_, page)| check_nesting(page));
}

#[test]
fn a_page_needs_no_network_and_runs_nothing() {
    for (_, page) in pages() {
        for word in ["<script", "<link", "<img", "<iframe", "src=", "href=", "@import", "url(http", " on"] {
            let tags = page.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag);
            assert!(
                tags.map(|tag| format!("<{tag}")).all(|tag| !tag.contains(word) || tag.starts_with("<meta")),
                "{word}"
            );
        }
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains("@import") && !page.contains("http://") && !page.contains("https://"));
    }
}

#[test]
fn what_is_asked_cannot_get_out_of_its_place() {
    let (_, page) = &pages()[7];
    assert!(page.contains("&lt;/text&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;x"));
    check_nesting(page);
}

#[test]
fn the_deciding_text_is_marked() {
    for (explanation, page) in pages() {
        let found = marked(&page);
        for label in explanation.excerpts.iter().flat_map(|excerpt| &excerpt.labels) {
            assert!(
                found.iter().any(|text| text == label.place.text()),
                "{:?}: {found:?}",
                label.place.text()
            );
        }
    }
    let (_, denied) = &pages()[1];
    assert_eq!(marked(denied), ["\"Deny\"", "\"s3:Get*\"", "\"*\""]);
}

#[test]
fn the_path_ends_at_what_decided() {
    let drawn: Vec<(usize, String)> = pages()
        .iter()
        .map(|(explanation, page)| {
            let drawing = page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
            let ends = drawing.matches("class=\"exit ").count();
            let taken = drawing
                .split("class=\"exit ")
                .skip(1)
                .filter(|exit| exit.split('"').next().unwrap().ends_with("taken"));
            assert_eq!(taken.count(), 1, "{}", explanation.headline);
            (ends, explanation.answer.decision.word().to_owned())
        })
        .collect();
    assert!(drawn.iter().all(|(ends, _)| *ends >= 1), "{drawn:?}");
}

#[test]
fn a_long_policy_is_shown_around_what_is_marked() {
    let mut story = Story::new();
    let many: Vec<String> = (0..200)
        .map(|i| format!("{{\"Effect\": \"Allow\",\n \"Action\": \"sqs:*\",\n \"Resource\": \"arn:aws:sqs:us-east-1:{OTHER}:q{i}\"}}"))
        .collect();
    let statements =
        format!("[{}, {{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}}]", many.join(",\n"));
    story.grant("bob", "Long", &statements);
    let page = html(&story.why("bob", "s3:GetObject", OBJECT));
    assert!(page.contains("⋮") && page.matches("class=\"row\"").count() < 40);
    assert_eq!(marked(&page), ["\"Deny\"", "\"*\"", "\"*\""]);
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    let (first, second) = (pages(), pages());
    assert!(first.iter().zip(&second).all(|((_, a), (_, b))| a == b));
}
