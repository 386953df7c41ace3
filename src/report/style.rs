//! How a report looks.

use std::borrow::Cow;

use crate::explain::Verdict;
use crate::source::{harmless, one_line, printable, without_commands};

/// What a colour starts with.
const SEQUENCE: &str = "\x1b[";

/// The surface that a report is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A terminal: drawn, with colours if there are any.
    #[default]
    Text,
    /// Logs and screen readers: no colour, no drawing.
    Plain,
    /// Programs.
    Json,
    /// Spreadsheets: tables alone, with commas between the cells.
    Csv,
    /// Pull requests and wikis: tables alone.
    Markdown,
    /// Graphviz: the graph of `paths`.
    Dot,
    /// Mermaid: the same.
    Mermaid,
}

impl Format {
    /// Whether tables are written in a form of their own.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Markdown)
    }

    /// Whether something else than a person reads it, so that remarks have no place in it.
    pub fn is_data(self) -> bool {
        !matches!(self, Self::Text | Self::Plain)
    }
}

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The surface.
    pub format: Format,
    /// Whether colours are used; only in [`Format::Text`].
    pub colour: bool,
    /// The columns of the surface.
    pub width: usize,
}

impl Style {
    /// That of a surface without colours, as wide as is usual.
    pub fn of(format: Format) -> Self {
        Self { format, ..Self::default() }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self { format: Format::Text, colour: false, width: 100 }
    }
}

/// How much of an explanation is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// The verdict, the causes, and the change that costs least.
    Short,
    /// What it takes to act at once.
    #[default]
    Usual,
    /// The statements as they are written, every layer, and the rules with their sources, too.
    Full,
}

/// What a piece of text is for; never the only way in which something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Bad,
    Open,
    Strong,
    Faint,
}

impl Tone {
    /// That of a verdict.
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Good,
            Verdict::Depends => Self::Open,
            Verdict::ExplicitDeny | Verdict::ImplicitDeny => Self::Bad,
        }
    }

    /// That of a word alone, if it is a verdict.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let all = [Verdict::Allowed, Verdict::ImplicitDeny, Verdict::Depends];
        all.into_iter().find(|verdict| verdict.word() == word).map(Self::of)
    }
}

impl Style {
    /// A report as it may be shown: whatever got into it, only its own lines and colours do more than print, and no
    /// line of it is a command to a pipeline.
    pub fn harmless<'r>(&self, report: &'r str) -> Cow<'r, str> {
        if !self.colour || self.format != Format::Text {
            return harmless(report);
        }
        let mut parts = report.split(SEQUENCE);
        let mut shown = printable(parts.next().unwrap_or_default()).into_owned();
        for part in parts {
            let code = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            shown.push_str(&if code.starts_with('m') { SEQUENCE.into() } else { one_line(SEQUENCE) });
            shown.push_str(&printable(part));
        }
        Cow::Owned(without_commands(&shown).into_owned())
    }

    /// The text in the colour of its tone, where there are colours.
    pub(super) fn paint(&self, tone: Tone, text: &str) -> String {
        if !self.colour || self.format != Format::Text {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => "1;32",
            Tone::Bad => "1;31",
            Tone::Open => "1;33",
            Tone::Strong => "1",
            Tone::Faint => "2",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}
