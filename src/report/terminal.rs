//! Drawn reports: the adapter to miette.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity as Weight,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::snippet::{Margin, Snippet, snippets, statement};
use super::style::Style;
use crate::explain::{Excerpt, ExcerptKind};
use crate::layout::{width, wrap};
use crate::source::{Diagnostic, Severity};

/// A narrower screen is drawn on as if it had these columns.
const NARROWEST: usize = 40;

/// The columns that number, line and arrow take beside the words of a label, and the least room for these.
const BESIDE: usize = 14;
const LEAST: usize = 12;

/// What is drawn around a name, beside the digits of a number: `  ╭─[` and `]`.
const FRAME: usize = 6;

/// What is drawn before a title: `  × `.
const SIGN: usize = 4;

/// What is drawn before help: `  help: `.
const HELP: usize = 8;

pub(super) fn diagnostic(diagnostic: &Diagnostic, style: &Style) -> String {
    let weight = match diagnostic.severity {
        Severity::Note | Severity::Suggestion => Weight::Advice,
        Severity::Warning | Severity::Security => Weight::Warning,
        Severity::Error => Weight::Error,
    };
    let help = diagnostic.help.as_deref();
    let snippets = snippets(&diagnostic.labels, style.width);
    draw(&Drawing { weight, sign: None, title: &diagnostic.message, snippets, help }, style)
}

pub(super) fn excerpt(excerpt: &Excerpt, style: &Style) -> String {
    let (weight, sign) = match excerpt.kind {
        ExcerptKind::Denies => (Weight::Error, None),
        ExcerptKind::Allows => (Weight::Advice, Some("✓")),
        ExcerptKind::WouldAllow => (Weight::Warning, None),
        ExcerptKind::Nearest => (Weight::Advice, None),
    };
    let help = excerpt.help.as_deref();
    let snippets = vec![statement(&excerpt.statement, &excerpt.telling, style.width)];
    draw(&Drawing { weight, sign, title: &excerpt.title, snippets, help }, style)
}

/// A title, texts with labels, and help, to be drawn.
struct Drawing<'d> {
    weight: Weight,
    sign: Option<&'static str>,
    title: &'d str,
    snippets: Vec<Snippet>,
    help: Option<&'d str>,
}

fn draw(drawing: &Drawing<'_>, style: &Style) -> String {
    let snippets = &drawing.snippets;
    let width = style.width.max(NARROWEST);
    let last = snippets.len().saturating_sub(1);
    let part = |i: usize| {
        let help = drawing.help.filter(|_| i == last).map(|help| folded(help, width - HELP));
        let snippet = snippets.get(i).map(|snippet| Numbered::new(snippet, width));
        let title = folded(drawing.title, width - SIGN);
        let part = DrawnPart { title, weight: drawing.weight, help, snippet };
        let text = render(&part, drawing.sign, style);
        if i == 0 { text } else { without_title(&text) }
    };
    (0..=last).map(part).collect()
}

/// A text cut between words only: no name is broken at its hyphens.
fn folded(text: &str, room: usize) -> String {
    wrap(text, room).join("\n")
}

fn render(part: &DrawnPart, sign: Option<&'static str>, style: &Style) -> String {
    let mut characters = ThemeCharacters::unicode();
    if let Some(sign) = sign {
        characters.advice = sign.into();
    }
    let styles = if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let rows = part.snippet.as_ref().map_or(0, |snippet| snippet.margins.len());
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_wrap_lines(false)
        .with_links(false)
        .with_urls(false)
        .with_width(style.width.max(NARROWEST))
        .with_context_lines(rows)
        .without_primary_span_start();
    let mut text = String::new();
    match handler.render_report(&mut text, part) {
        Ok(()) => part.snippet.as_ref().map_or(text.clone(), |snippet| snippet.renumber(&text)),
        Err(_) => format!("{}\n", part.title), // a string takes whatever is written to it: not reached
    }
}

/// From the second text on, the title is not said again.
fn without_title(text: &str) -> String {
    let drawn = text.lines().skip_while(|line| !line.contains('╭'));
    drawn.flat_map(|line| [line, "\n"]).collect()
}

#[derive(Debug)]
struct DrawnPart {
    title: String,
    weight: Weight,
    help: Option<String>,
    snippet: Option<Numbered>,
}

impl fmt::Display for DrawnPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for DrawnPart {}

impl miette::Diagnostic for DrawnPart {
    fn severity(&self) -> Option<Weight> {
        Some(self.weight)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.snippet.as_ref().map(|snippet| Box::new(snippet.labels.iter().cloned()) as Box<_>)
    }
}

/// The rows of a snippet as one text without gaps, numbered from a number that has as many digits as the last true
/// one; the true numbers are put in after drawing.
#[derive(Debug)]
struct Numbered {
    name: String,
    text: String,
    labels: Vec<LabeledSpan>,
    first: usize,
    margins: Vec<Margin>,
}

impl Numbered {
    fn new(snippet: &Snippet, columns: usize) -> Self {
        let mut text = String::new();
        let mut labels = Vec::new();
        for row in &snippet.rows {
            for (range, label) in &row.marks {
                let room = columns.saturating_sub(
                    width(&row.text[..range.start]) + width(&row.text[range.clone()]) / 2 + BESIDE,
                );
                let label = wrap(label, room.max(LEAST)).join("\n");
                let label = Some(label).filter(|label| !label.is_empty());
                labels.push(LabeledSpan::new(label, text.len() + range.start, range.len()));
            }
            text.push_str(&row.text);
            text.push('\n');
        }
        let margins: Vec<Margin> = snippet.rows.iter().map(|row| row.margin).collect();
        let first = first_number(&margins);
        let name = end_of(&snippet.name, columns.saturating_sub(first.to_string().len() + FRAME));
        Self { name, text, labels, first, margins }
    }

    fn renumber(&self, drawn: &str) -> String {
        let mut next = 0;
        let mut text = String::with_capacity(drawn.len());
        for line in drawn.lines() {
            let drawn_as = (self.first + next).to_string();
            match (self.margins.get(next), number_at(line, &drawn_as)) {
                (Some(margin), Some(at)) => {
                    let number = match margin {
                        Margin::Line(number) => number.to_string(),
                        Margin::GoesOn => String::new(),
                        Margin::LeftOut => "⋮".to_owned(),
                    };
                    let width = drawn_as.len();
                    let (before, after) = (&line[..at], &line[at + width..]);
                    text.push_str(&format!("{before}{number:>width$}{after}"));
                    next += 1;
                }
                _ => text.push_str(line),
            }
            text.push('\n');
        }
        text
    }
}

/// The end of a name that is too long: the file, line and column are there.
fn end_of(name: &str, room: usize) -> String {
    match width(name).saturating_sub(room) {
        0 => name.to_owned(),
        over => format!("…{}", name.chars().skip(over + 1).collect::<String>()),
    }
}

/// A number from which so many rows can be counted that all have as many digits as the last true number, or more.
fn first_number(margins: &[Margin]) -> usize {
    let number = |margin: &Margin| match margin {
        Margin::Line(number) => Some(*number as usize),
        Margin::GoesOn | Margin::LeftOut => None,
    };
    let last = margins.iter().filter_map(number).max().unwrap_or(1).max(margins.len());
    10_usize.pow(last.ilog10())
}

/// Where a drawn line has its number, if it has this one: after blanks and escapes only.
fn number_at(line: &str, number: &str) -> Option<usize> {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(' ');
        match rest.strip_prefix("\x1b[") {
            Some(escape) => rest = &escape[escape.find('m')? + 1..],
            None => break,
        }
    }
    rest.starts_with(number).then(|| line.len() - rest.len())
}

impl SourceCode for Numbered {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let found = self.text.read_span(span, before, after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            found.data(),
            *found.span(),
            found.line() + self.first - 1,
            found.column(),
            found.line_count(),
        )))
    }
}
