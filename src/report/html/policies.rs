//! The texts of the policies, with what decided marked.

use super::element::add;
use crate::explain::{Excerpt, ExcerptKind};
use crate::layout::escape;
use crate::source::{Label, Place, Source, Span};

/// Up to how many lines a policy is shown whole.
const WHOLE: usize = 120;

/// How many lines around a mark are shown of a longer one.
const AROUND: usize = 6;

/// The longest stretch of a line that is shown without a mark in it.
const STRETCH: usize = 2000;

/// Shows each policy once, with the marks of all its excerpts.
pub(super) fn policies(excerpts: &[Excerpt]) -> String {
    let mut text = String::new();
    let mut shown: Vec<&Place> = Vec::new();
    for excerpt in excerpts {
        let Some(policy) = excerpt.policy.as_ref().filter(|policy| !shown.contains(policy)) else { continue };
        shown.push(policy);
        let same: Vec<&Excerpt> =
            excerpts.iter().filter(|other| other.policy.as_ref() == Some(policy)).collect();
        text.push_str(&one(policy, &same));
    }
    text
}

fn one(policy: &Place, excerpts: &[&Excerpt]) -> String {
    let mut text = String::from("<article>\n");
    for excerpt in excerpts {
        let class = class(excerpt.kind);
        add(&mut text, format_args!("<h3 class=\"{class}\">{}</h3>\n", escape(&excerpt.title)));
    }
    add(&mut text, format_args!("<p class=\"file\">{}</p>\n<pre>", escape(policy.source.name())));
    let marks = marks(policy, excerpts);
    let lines = lines(policy);
    let near = |line: Span| marks.iter().any(|mark| touches(mark.span, line));
    let shown: Vec<bool> = (0..lines.len())
        .map(|at| {
            let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
            lines.len() <= WHOLE || lines[around].iter().any(|(_, line)| near(*line))
        })
        .collect();
    for (at, (number, line)) in lines.iter().enumerate() {
        match (shown[at], at > 0 && !shown[at - 1]) {
            (true, _) => text.push_str(&row(&policy.source, *number, *line, &marks)),
            (false, true) => {}
            (false, false) => text.push_str("<span class=\"row\"><span class=\"number\">⋮</span></span>"),
        }
    }
    text.push_str("</pre>\n");
    for help in excerpts.iter().filter_map(|excerpt| excerpt.help.as_ref()) {
        add(&mut text, format_args!("<p class=\"help\">{}</p>\n", escape(help)));
    }
    text.push_str("</article>\n");
    text
}

fn class(kind: ExcerptKind) -> &'static str {
    match kind {
        ExcerptKind::Allows => "good",
        ExcerptKind::Denies => "bad",
        ExcerptKind::WouldAllow | ExcerptKind::Nearest => "open",
    }
}

/// A stretch of text that is marked.
struct Mark<'e> {
    span: Span,
    class: &'static str,
    note: &'e str,
}

/// The marks in the order of the text; of two that overlap the first stays.
fn marks<'e>(policy: &Place, excerpts: &[&'e Excerpt]) -> Vec<Mark<'e>> {
    let labels = excerpts.iter().flat_map(|excerpt| excerpt.labels.iter().map(|label| (excerpt.kind, label)));
    let here =
        labels.filter(|(_, label): &(ExcerptKind, &Label)| label.place.source.text() == policy.source.text());
    let mut all: Vec<Mark<'e>> = here
        .map(|(kind, label)| Mark { span: label.place.span, class: class(kind), note: &label.text })
        .collect();
    all.sort_by_key(|mark| (mark.span.start, mark.span.end));
    let mut end = 0;
    all.retain(|mark| {
        let free = mark.span.start >= end;
        end = end.max(mark.span.end);
        free
    });
    all
}

fn touches(mark: Span, line: Span) -> bool {
    mark.start < line.end && line.start < mark.end
}

/// The lines of a policy with their numbers; the first starts where the policy does.
fn lines(policy: &Place) -> Vec<(u32, Span)> {
    let mut number = policy.line_column().line;
    let mut start = policy.span.start;
    let mut found = Vec::new();
    for line in policy.text().split('\n') {
        let end = start + line.len() as u32;
        found.push((number, Span::new(start, end)));
        (number, start) = (number + 1, end + 1);
    }
    found
}

fn row(source: &Source, number: u32, line: Span, marks: &[Mark<'_>]) -> String {
    let here: Vec<&Mark<'_>> = marks.iter().filter(|mark| touches(mark.span, line)).collect();
    let mut text = format!("<span class=\"row\"><span class=\"number\">{number}</span><code>");
    let mut at = line.start;
    for mark in &here {
        let (start, end) = (mark.span.start.max(line.start), mark.span.end.min(line.end));
        text.push_str(&stretch(source.slice(Span::new(at, start))));
        let marked = escape(source.slice(Span::new(start, end)));
        add(&mut text, format_args!("<mark class=\"{}\">{marked}</mark>", mark.class));
        at = end;
    }
    text.push_str(&stretch(source.slice(Span::new(at, line.end)).trim_end_matches('\r')));
    text.push_str("</code>");
    let first_here = |mark: &&&Mark<'_>| mark.span.start >= line.start && !mark.note.is_empty();
    let notes: Vec<String> = here
        .iter()
        .filter(first_here)
        .map(|mark| format!("{} {}", escape(source.slice(mark.span)), escape(mark.note)))
        .collect();
    if !notes.is_empty() {
        add(&mut text, format_args!("<span class=\"note\">{}</span>", notes.join("; ")));
    }
    text.push_str("</span>");
    text
}

/// Text between marks, its middle left out where it is very long.
fn stretch(text: &str) -> String {
    if text.len() <= STRETCH {
        return escape(text);
    }
    let (mut start, mut end) = (STRETCH / 2, text.len() - STRETCH / 2);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    format!("{} … {}", escape(&text[..start]), escape(&text[end..]))
}
