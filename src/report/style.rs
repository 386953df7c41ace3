//! How a report looks.

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

impl Default for Style {
    fn default() -> Self {
        Self { format: Format::Text, colour: false, width: 100 }
    }
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

impl Style {
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
