//! What the parts of a line are to look like.

/// What a part of a line is, for whoever gives it a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// Nothing of note.
    #[default]
    Plain,
    /// The first word of a command.
    Command,
    /// A first word that no command has.
    Unknown,
    /// A word of the usage of a command.
    Keyword,
    /// A text in quotes.
    Text,
    /// A key of JSON.
    Key,
    /// A number or constant of JSON.
    Constant,
    /// A comment.
    Comment,
    /// The bracket at the cursor, and its partner.
    Bracket,
}

/// The shade of each byte of a line.
pub(super) struct Shades(pub(super) Vec<Shade>);

impl Shades {
    pub(super) fn new(line: &str) -> Self {
        Self(vec![Shade::default(); line.len()])
    }

    pub(super) fn fill(&mut self, start: usize, end: usize, shade: Shade) {
        if let Some(range) = self.0.get_mut(start..end) {
            range.fill(shade);
        }
    }
}
