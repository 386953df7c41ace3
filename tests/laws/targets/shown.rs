//! What may be in a text that somebody sees.

use iamwhy::report::{Format, Style};
use iamwhy::session::Outcome;
use iamwhy::source::Diagnostic;
use serde_json::Value;

/// How many bytes a message may take at most, with what it quotes.
const MESSAGE: usize = 8_000;

/// The styles without colours: what is not of the input then has no control character at all.
const STYLES: [Style; 3] = [
    Style { format: Format::Text, colour: false, width: 100 },
    Style { format: Format::Plain, colour: false, width: 80 },
    Style { format: Format::Json, colour: false, width: 100 },
];

/// Nothing in a text controls a terminal, turns the direction of a line or hides.
pub(super) fn is_tame(text: &str) {
    let wild = text.char_indices().find(|(_, c)| controls(*c));
    assert!(wild.is_none(), "{wild:?} in {text:?}");
}

fn controls(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && c != '\n') || turns
}

/// What came of a command can be shown on every surface, and is JSON where it should be.
pub(super) fn outcome_is_shown(outcome: &Outcome) {
    for style in &STYLES {
        let text = outcome.render(style);
        is_tame(&text);
        if style.format == Format::Json {
            text.lines().for_each(is_json);
        }
    }
}

/// Messages have a size that fits what they are about, and point into the text.
pub(super) fn diagnostics_are_shown(text: &str, diagnostics: &[Diagnostic]) {
    for span in diagnostics.iter().flat_map(|found| &found.labels).map(|label| label.place.span) {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
    }
    // Drawing takes long: each message on one surface, several of them on all.
    let styles = STYLES.iter().cycle().skip(text.len() % STYLES.len());
    for (diagnostic, style) in diagnostics.iter().zip(styles) {
        let shown = iamwhy::report::diagnostics(std::slice::from_ref(diagnostic), style);
        assert!(shown.len() <= MESSAGE, "{} bytes: {shown}", shown.len());
        is_tame(&shown);
    }
}

/// A line is JSON.
pub(super) fn is_json(line: &str) {
    let read = serde_json::from_str::<Value>(line);
    assert!(read.is_ok(), "{read:?}: {line}");
}
