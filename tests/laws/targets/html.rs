//! Explanations as pages, and on the other surfaces.

use std::sync::Arc;

use iamwhy::Question;
use iamwhy::report;
use iamwhy::session::{Outcome, Part};
use iamwhy::world::{Principal, World};

use super::shown::{is_tame, outcome_is_shown};

/// What a page is made of.
const ELEMENTS: &[&str] = &[
    "!doctype", "html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer",
    "figure", "figcaption", "h1", "h2", "h3", "p", "br", "small", "pre", "code", "mark", "span", "strong",
    "em", "ol", "ul", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg",
    "desc", "defs", "marker", "path", "rect", "text", "tspan", "line", "polyline", "g", "b", "i", "details",
    "summary", "div", "a", "article", "abbr", "kbd", "sup", "ins",
];

/// What is never closed.
const SINGLE: &[&str] = &["!doctype", "meta", "br"];

/// A question: its action, its resource and a policy, each behind a line end.
pub(super) fn html(data: &[u8]) {
    let text = super::text(data);
    let mut parts = text.splitn(3, '\n');
    let mut next = || parts.next().unwrap_or_default();
    let (action, resource, policy) = (next(), next(), next());
    let alice = Principal::parse("arn:aws:iam::111122223333:user/alice").expect("a principal");
    let question = Question::new(alice, action).on(resource).policy("Given \u{1b}[2J<b>", policy);
    let world = World::new();
    let Ok(asked) = question.ask(&world) else { return };
    let explanation = Arc::new(asked.explain());
    is_a_page(&report::html(&explanation));
    for part in [Part::Explanation(Arc::clone(&explanation)), Part::Verdict(explanation)] {
        outcome_is_shown(&Outcome::of(part));
    }
}

/// A page is tame, made of known elements that are closed in turn, and runs nothing.
fn is_a_page(page: &str) {
    is_tame(page);
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, behind) = tag.split_once('>').expect("a tag is closed");
        rest = behind;
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        assert!(ELEMENTS.contains(&name.to_ascii_lowercase().as_str()), "<{tag}> in {page}");
        has_plain_attributes(tag);
        if name == "style" && !tag.starts_with('/') {
            rest = &rest[rest.find("</style>").expect("a style is closed")..];
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{page}");
        } else if !tag.ends_with('/') && !SINGLE.contains(&name.to_ascii_lowercase().as_str()) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} is not closed in {page}");
}

/// Attributes are quoted, and none of them does something.
fn has_plain_attributes(tag: &str) {
    assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
    for (number, piece) in tag.split('"').enumerate() {
        let name = piece.trim().trim_end_matches('=').to_ascii_lowercase();
        let does = number % 2 == 0 && (name.starts_with("on") || ["href", "src"].contains(&&*name));
        assert!(!does, "<{tag}>");
    }
}
